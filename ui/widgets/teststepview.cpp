// SPDX-License-Identifier: MIT
#include "widgets/teststepview.h"

#include "widgets/icons.h"
#include "widgets/showntime.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QIcon iconOf(TestStep::State state)
{
    switch (state) {
    case TestStep::Passed:
        return icon(u"dialog-ok"_s);
    case TestStep::Failed:
        return icon(u"dialog-error"_s);
    case TestStep::Warned:
        return icon(u"dialog-warning"_s);
    case TestStep::Skipped:
        return icon(u"step-skipped"_s);
    }
    Q_UNREACHABLE();
}

struct StepWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::TestStepModel)
};

} // namespace

QString textOf(TestStep::State state)
{
    switch (state) {
    case TestStep::Passed:
        return StepWords::tr("passed");
    case TestStep::Failed:
        return StepWords::tr("failed");
    case TestStep::Warned:
        return StepWords::tr("passed with a warning");
    case TestStep::Skipped:
        return StepWords::tr("skipped");
    }
    Q_UNREACHABLE();
}

QString titleOf(const TestStep &step)
{
    const QHash<QString, QString> titles {
        {u"configuration"_s, StepWords::tr("Configuration")},
        {u"token"_s, StepWords::tr("Access token")},
        {u"account"_s, StepWords::tr("Account")},
        {u"contact"_s, StepWords::tr("Contacts")},
        {u"company"_s, StepWords::tr("Companies")},
        {u"owner"_s, StepWords::tr("Owners")},
        {u"contactProperties"_s, StepWords::tr("Properties of contacts")},
        {u"companyProperties"_s, StepWords::tr("Properties of companies")},
    };
    return titles.value(step.id, step.title);
}

void TestStepModel::setSteps(const QList<TestStep> &steps)
{
    beginResetModel();
    m_steps = steps;
    endResetModel();
}

int TestStepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

int TestStepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TestStepModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TestStep &step = m_steps[index.row()];
    if (role == Qt::DecorationRole && index.column() == Step)
        return iconOf(step.state);
    if (role == Qt::AccessibleTextRole && index.column() == Step) {
        //: Name of a step of a test, and its state: "Access token: passed".
        return tr("%1: %2").arg(titleOf(step), textOf(step.state));
    }
    if (role == Qt::ToolTipRole)
        return index.column() == Step ? textOf(step.state) : withShownTimes(step.detail);
    if (role == Qt::TextAlignmentRole && index.column() == Took)
        return int(Qt::AlignRight | Qt::AlignTop);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignTop);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Step:
        return titleOf(step);
    case Found:
        return step.state == TestStep::Skipped && step.detail.isEmpty()
            ? textOf(step.state)
            : withShownTimes(step.detail);
    case Took:
        return step.state == TestStep::Skipped
            ? QString()
            //: Milliseconds.
            : tr("%1 ms").arg(QLocale().toString(qlonglong(step.duration.count())));
    default:
        return {};
    }
}

QVariant TestStepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("Step");
    case Found:
        return tr("What was found");
    case Took:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace hubkeeper
