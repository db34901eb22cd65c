// SPDX-License-Identifier: MIT
#include "idm/deploy/planview.h"

#include "editor/difftext.h"
#include "session/idm/fileonserver.h"
#include "widgets/icons.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTabBar>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int contextLines = 3;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::PlanView)
};

void addChecked(QTreeWidget &table, bool isGood, const QStringList &columns)
{
    auto *item = new QTreeWidgetItem(&table, columns);
    item->setIcon(0, icon(isGood ? u"dialog-ok"_s : u"dialog-error"_s));
    for (int column = 0; column < int(columns.size()); ++column)
        item->setToolTip(column, columns[column]);
}

void addChanges(QTreeWidget &table, const QList<MeaningChange> &changes)
{
    for (const MeaningChange &change : changes) {
        const QString &missing = u"—"_s;
        auto *item = new QTreeWidgetItem(
            &table,
            {change.pointer, change.kind == MeaningChange::Kind::Added ? missing : change.before,
             change.kind == MeaningChange::Kind::Removed ? missing : change.after});
        for (int column = 0; column < 3; ++column)
            item->setToolTip(column, item->text(column));
    }
}

} // namespace

QString summaryOf(const DeployPlan &plan)
{
    if (const auto refusal = plan.refusal())
        //: %1 is why.
        return Words::tr("It must not be deployed: %1").arg(refusal->what);
    if (!plan.seen)
        //: %1 is the id of a configuration.
        return Words::tr("The server has no %1: it would be new.").arg(plan.id);
    if (plan.isSame())
        return Words::tr("The server has what the file says.");
    const int changes = int(plan.difference->changes.size());
    return changes == 0 ? Words::tr("Only secrets would be written; everything else is the same.")
                        : Words::tr("%Ln value(s) would change on the server.", nullptr, changes);
}

QString textOf(DeployedSecret source)
{
    switch (source) {
    case DeployedSecret::File:
        return Words::tr("from the file; the server encrypts it");
    case DeployedSecret::Substitution:
        return Words::tr("a substitution in the file, which the server replaces");
    case DeployedSecret::Server:
        return Words::tr("what the server has stays");
    case DeployedSecret::Keychain:
        return Words::tr("from the keychain; the server encrypts it");
    case DeployedSecret::Nowhere:
        return Words::tr("nowhere; the connector cannot log in without it");
    }
    Q_UNREACHABLE();
}

PlanView::PlanView(QWidget *parent)
    : QTabWidget(parent)
    , m_changes(table(u"planChanges"_s, tr("What differs"),
                      {tr("Value"), tr("On the server"), tr("In the file")}))
    , m_text(new DiffText(DiffSide::Both, this))
    , m_secrets(table(u"planSecrets"_s, tr("Secrets"), {tr("Secret"), tr("Comes from")}))
    , m_checks(table(u"planChecks"_s, tr("Checks"), {tr("Check"), tr("Where"), tr("What to do")}))
    , m_since(table(u"planSince"_s, tr("What others have changed on the server"),
                    {tr("Value"), tr("When it was last deployed from here"), tr("Now")}))
{
    setObjectName(u"planView"_s);
    setDocumentMode(true);
    tabBar()->setAccessibleName(tr("What a deployment would do"));
    m_text->setObjectName(u"planText"_s);
    m_text->setAccessibleName(tr("Server and file as text"));
    addTab(m_changes, tr("Differences"));
    addTab(m_text, tr("As text"));
    addTab(m_secrets, tr("Secrets"));
    addTab(m_checks, tr("Checks"));
    addTab(m_since, tr("By Others"));
    const int letter = fontMetrics().averageCharWidth();
    m_changes->header()->resizeSection(0, letter * 44);
    m_changes->header()->resizeSection(1, letter * 38);
    m_since->header()->resizeSection(0, letter * 44);
    m_since->header()->resizeSection(1, letter * 38);
    m_secrets->header()->resizeSection(0, letter * 24);
    m_checks->header()->resizeSection(0, letter * 60);
    m_checks->header()->resizeSection(1, letter * 18);
}

QTreeWidget *PlanView::table(const QString &name, const QString &title, const QStringList &columns)
{
    auto *made = new QTreeWidget(this);
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setHeaderLabels(columns);
    made->setRootIsDecorated(false);
    made->setAlternatingRowColors(true);
    made->setTextElideMode(Qt::ElideRight);
    return made;
}

void PlanView::clear()
{
    m_changes->clear();
    m_text->show({});
    m_secrets->clear();
    m_checks->clear();
    setTabText(0, tr("Differences"));
    setTabText(3, tr("Checks"));
    m_since->clear();
    setTabText(4, tr("By Others"));
}

void PlanView::show(const DeployPlan &plan, const QByteArray &file,
                    const std::optional<DeployDifference> &since)
{
    clear();
    showSince(since);
    showChanges(plan);
    showText(plan, file);
    showSecrets(plan);
    showChecks(plan);
}

void PlanView::showChanges(const DeployPlan &plan)
{
    if (!plan.difference)
        return addChecked(*m_changes, true,
                          {plan.id, tr("(not there)"), tr("all of the file: it would be new")});
    addChanges(*m_changes, plan.difference->changes);
    for (const QString &pointer : plan.difference->notCompared)
        new QTreeWidgetItem(
            m_changes, {pointer, tr("encrypted: only the server can read it"), tr("not compared")});
    if (!plan.difference->changes.isEmpty())
        setTabText(0, tr("Differences (%1)").arg(plan.difference->changes.size()));
}

void PlanView::showSince(const std::optional<DeployDifference> &since)
{
    if (!since)
        return addChecked(*m_since, true, {tr("It was never deployed from here.")});
    if (since->isSame())
        return addChecked(*m_since, true,
                          {tr("Nothing has changed since it was last deployed from here.")});
    addChanges(*m_since, since->changes);
    setTabText(4, tr("By Others (%1)").arg(since->changes.size()));
}

/// The server's values in the file's own layout, so that only what is another value differs.
void PlanView::showText(const DeployPlan &plan, const QByteArray &file)
{
    if (!plan.seen)
        return m_text->show(compared({}, file).rows);
    const auto before = withServersValues(file, *plan.seen);
    m_text->show(compared(before.value_or(textOf(*plan.seen)), file, contextLines).rows);
}

void PlanView::showSecrets(const DeployPlan &plan)
{
    for (const auto &[name, source] : plan.secrets)
        addChecked(*m_secrets, source != DeployedSecret::Nowhere, {name, textOf(source)});
}

void PlanView::showChecks(const DeployPlan &plan)
{
    int against = 0;
    for (const DeployObstacle &one : plan.obstacles) {
        addChecked(*m_checks, false, {one.what, one.pointer, one.remedy});
        ++against;
    }
    const bool isLoaded = plan.bundle.state == BundleCheck::State::Loaded;
    addChecked(*m_checks, isLoaded,
               {plan.bundle.detail, u"/connectorRef"_s,
                isLoaded ? QString() : tr("Deploy it when the server has the bundle.")});
    against += isLoaded ? 0 : 1;
    setTabText(3, against == 0 ? tr("Checks") : tr("Checks (%1)").arg(against));
}

void PlanView::showChecks()
{
    setCurrentWidget(m_checks);
}

} // namespace hubkeeper
