// SPDX-License-Identifier: MIT
#include "journal/runreverts.h"

#include "session/open/session.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostNames = 5; // In a message.

} // namespace

RunReverts::RunReverts(const Masking &masking, MessageBar &message, QWidget *page)
    : QObject(page)
    , m_masking(masking)
    , m_message(message)
    , m_page(page)
{
}

RunReverts::~RunReverts() = default;

void RunReverts::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_isBusy = false;
}

void RunReverts::setBusy(bool busy)
{
    m_isBusy = busy;
    emit busyChanged();
}

void RunReverts::stage(const RevertChoice &choice)
{
    if (!m_session || m_isBusy)
        return;
    m_message.dismiss();
    setBusy(true);
    stageRevert(*m_session, choice, m_work.get())
        ->onDone(this, [this, choice](const Result<StagedRevert> &outcome) {
            setBusy(false);
            onStaged(choice, outcome);
        });
}

void RunReverts::onStaged(const RevertChoice &choice, const Result<StagedRevert> &outcome)
{
    if (!outcome) {
        m_message.showMessage(MessageBar::Warning, tr("Nothing was staged."),
                              m_masking.text(outcome.error().sentence()));
        return m_message.setCause(this);
    }
    if (!outcome->left.isEmpty())
        showLeft(outcome->left);
    else if (!outcome->lost.isEmpty())
        showLost(outcome->lost);
    if (!outcome->definitions.isEmpty())
        askAboutDefinitions(*outcome);
    if (outcome->rows.empty())
        return;
    emit statusMessage(stagedText(choice, *outcome));
    emit goTo({PageId::Changes, {}});
}

QString RunReverts::stagedText(const RevertChoice &choice, const StagedRevert &staged)
{
    if (!choice.makeAnew)
        return tr("The inverse of the run is staged. Look at it, then apply it.");
    const int rows = int(staged.rows.size());
    if (staged.skipped.isEmpty())
        return tr("%Ln record(s) staged as new.", nullptr, rows);
    const QStringList names = staged.skipped.first(std::min(mostNames, staged.skipped.size()));
    return tr("%Ln record(s) staged as new, without what HubSpot sets itself (%1).", nullptr, rows)
        .arg(names.join(u", "_s));
}

/// A number, the first few names, and why.
void RunReverts::showLeft(const QList<LeftRow> &left)
{
    QStringList lines;
    for (const LeftRow &row : left.first(std::min(mostNames, left.size())))
        lines.append(u"%1: %2"_s.arg(m_masking.name(row.label), row.reason));
    if (left.size() > mostNames)
        lines.append(tr("and %Ln other(s)", nullptr, int(left.size() - mostNames)));
    m_message.showMessage(MessageBar::Warning,
                          tr("%Ln row(s) cannot be reverted.", nullptr, int(left.size())),
                          lines.join(u'\n'));
    m_message.setCause(this);
}

/// Of merges that are taken back: what does not return.
void RunReverts::showLost(const QList<LeftRow> &lost)
{
    QStringList lines;
    for (const LeftRow &row : lost.first(std::min(mostNames, lost.size())))
        lines.append(u"%1: %2"_s.arg(m_masking.name(row.label), row.reason));
    if (lost.size() > mostNames)
        lines.append(tr("and %Ln other(s)", nullptr, int(lost.size() - mostNames)));
    m_message.showMessage(MessageBar::Information,
                          tr("The second record of the merge is staged as a new one. Some of it "
                             "does not return."),
                          lines.join(u'\n'));
    m_message.setCause(this);
}

void RunReverts::askAboutDefinitions(const StagedRevert &staged)
{
    QStringList lines;
    int possible = 0;
    for (const DefinitionInverse &one : staged.definitions) {
        possible += one.impossible.isEmpty() ? 1 : 0;
        if (lines.size() < mostNames)
            lines.append(one.impossible.isEmpty() ? one.label
                                                  : u"%1: %2"_s.arg(one.label, one.impossible));
    }
    if (staged.definitions.size() > mostNames)
        lines.append(tr("and %Ln other(s)", nullptr, int(staged.definitions.size() - mostNames)));
    if (possible == 0) {
        m_message.showMessage(MessageBar::Warning,
                              tr("%Ln property definition(s) cannot be reverted.", nullptr,
                                 int(staged.definitions.size())),
                              lines.join(u'\n'));
        return m_message.setCause(this);
    }
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Revert Property Definitions"),
        tr("The run changed %Ln property definition(s). They are not staged: they are written to "
           "“%1” at once.",
           nullptr, possible)
            .arg(m_session->connection().label),
        QMessageBox::NoButton, m_page);
    question->setObjectName(u"revertDefinitions"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(lines.join(u'\n'));
    auto *revert = question->addButton(tr("&Revert Definitions"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(revert, &QAbstractButton::clicked, m_work.get(),
            [this, staged] { revertDefinitionsOf(staged); });
    connect(m_work.get(), &QObject::destroyed, question, &QDialog::reject);
    question->open();
}

void RunReverts::revertDefinitionsOf(const StagedRevert &staged)
{
    RunOptions options;
    options.reviewed = true; // The question named them.
    options.confirmed = true;
    setBusy(true);
    revertDefinitions(*m_session, staged.run.id, staged.definitions, options, m_work.get())
        ->onDone(this, [this](const Result<QList<RevertedDefinition>> &done) {
            setBusy(false);
            if (done)
                return onDefinitions(*done);
            m_message.showError(done.error(), Situation::ApplyingChanges);
            m_message.setCause(this);
        });
}

void RunReverts::onDefinitions(const QList<RevertedDefinition> &done)
{
    QStringList reasons;
    int applied = 0;
    for (const RevertedDefinition &one : done) {
        applied += one.state == RowState::Applied ? 1 : 0;
        if (one.state != RowState::Applied && reasons.size() < mostNames)
            reasons.append(u"%1: %2"_s.arg(one.label, one.message));
    }
    m_message.showMessage(reasons.isEmpty() ? MessageBar::Good : MessageBar::Warning,
                          tr("%Ln property definition(s) reverted.", nullptr, applied),
                          reasons.join(u'\n'));
    m_message.setCause(this);
}

} // namespace hubkeeper
