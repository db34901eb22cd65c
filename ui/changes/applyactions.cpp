// SPDX-License-Identifier: MIT
#include "changes/applyactions.h"

#include "changes/review/changereview.h"
#include "changes/run/plan.h"
#include "changes/runtext.h"
#include "changes/watchedrun.h"
#include "session/open/session.h"
#include "session/writing/stagerevert.h"
#include "session/writing/unfinishedrun.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/policynote.h"

#include <QAction>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestNote = 1000;

int problemsIn(const ChangeSet &changes)
{
    return changes.count(RowState::Failed) + changes.count(RowState::Conflicting)
        + changes.count(RowState::Unknown);
}

} // namespace

ApplyActions::ApplyActions(const Masking &masking, MessageBar &message, CallBar &progress,
                           QWidget *dock)
    : QObject(dock)
    , m_masking(masking)
    , m_message(message)
    , m_progress(progress)
    , m_dock(dock)
    , m_apply(new QAction(icon(u"apply"_s), tr("&Apply"), this))
    , m_applyFirst(new QAction(tr("Apply &First"), this))
    , m_applySample(new QAction(tr("Apply Random Sampl&e"), this))
    , m_applySelected(new QAction(tr("Apply Selecte&d"), this))
    , m_retryFailed(new QAction(icon(u"view-refresh"_s), tr("Retr&y Failed"), this))
    , m_pause(new QAction(icon(u"step-waiting"_s), tr("&Pause"), this))
    , m_firstRows(new QSpinBox(dock))
    , m_note(new QLineEdit(dock))
{
    m_apply->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_apply->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_firstRows->setRange(1, 1000);
    m_firstRows->setValue(5);
    m_firstRows->setAccessibleName(tr("Number of records of a trial"));
    m_firstRows->setToolTip(tr("Apply only so many records first, as a trial"));
    m_note->setObjectName(u"runNote"_s);
    m_note->setPlaceholderText(tr("Why? (kept in the journal)"));
    m_note->setAccessibleName(tr("Note for the Journal"));
    m_note->setToolTip(tr("The Journal keeps it with the run"));
    m_note->setMaxLength(longestNote);
    m_note->setClearButtonEnabled(true);
    m_applySample->setToolTip(tr("A trial with records chosen at random"));
    m_retryFailed->setToolTip(tr("Send only what was refused before"));
    m_pause->setToolTip(tr("Send nothing more until you go on; what is on its way ends"));
    connectActions();
    updateActions(false);
}

ApplyActions::~ApplyActions() = default;

void ApplyActions::connectActions()
{
    connect(m_apply, &QAction::triggered, this, [this] { apply(0); });
    connect(m_applyFirst, &QAction::triggered, this, [this] { apply(m_firstRows->value()); });
    connect(m_applySample, &QAction::triggered, this, &ApplyActions::applySample);
    connect(m_applySelected, &QAction::triggered, this, &ApplyActions::selectedWanted);
    connect(m_retryFailed, &QAction::triggered, this, &ApplyActions::retryFailed);
    connect(m_pause, &QAction::triggered, this, &ApplyActions::pauseOrResume);
    connect(&m_message, &MessageBar::buttonPressed, this, &ApplyActions::onChoice);
}

void ApplyActions::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_hasLooked = false;
    // The same connection is opened anew when a secret or a setting has changed.
    if (m_session && m_session->connection().id != m_connection) {
        m_connection = m_session->connection().id;
        m_note->clear();
    }
    if (m_session)
        connect(m_session.get(), &Session::policyChanged, m_work.get(),
                [this] { m_message.dismissFor(&m_refusal); });
}

bool ApplyActions::isPaused() const
{
    return m_run && m_run->isPaused();
}

void ApplyActions::updateActions(bool isBusy)
{
    const bool readOnly = m_session && m_session->policyInForce().mode == WriteMode::ReadOnly;
    const bool waiting = m_session && m_session->changes().waiting() > 0;
    const bool failed = m_session && m_session->changes().count(RowState::Failed) > 0;
    m_apply->setEnabled(waiting && !isBusy && !readOnly && !m_run);
    for (QAction *action : {m_applyFirst, m_applySample, m_applySelected})
        action->setEnabled(m_apply->isEnabled());
    m_firstRows->setEnabled(m_apply->isEnabled());
    m_retryFailed->setEnabled(m_apply->isEnabled() && failed);
    m_pause->setEnabled(isRunning());
    m_pause->setText(isPaused() ? tr("Res&ume") : tr("&Pause"));
    const QString why = readOnly ? reasonAgainst() : tr("Send the staged changes to HubSpot");
    m_apply->setToolTip(why);
    m_applyFirst->setToolTip(why);
}

/// Of a connection that cannot be written to.
QString ApplyActions::reasonAgainst() const
{
    if (m_session->policyFault())
        return m_session->policyFault()->sentence();
    const PortalLimits &limits = m_session->policyInForce().limits;
    if (limits.mode && limits.mode->value == WriteMode::ReadOnly)
        return policyNote(limits.file, limits.mode->place);
    return tr("The connection is read-only. Change it with Portal > Write Mode.");
}

void ApplyActions::changesChanged()
{
    if (!m_session || m_session->changes().isEmpty()) {
        m_message.dismissFor(&m_refusal);
        m_message.dismissFor(&m_problems);
        m_message.dismissFor(&m_rest);
        return m_message.dismissFor(this);
    }
    const ChangeSet &changes = m_session->changes();
    if (changes.waiting() > m_leftWaiting)
        m_message.dismissFor(this); // It was of a run before this.
    if (problemsIn(changes) == 0)
        m_message.dismissFor(&m_problems);
    if (changes.waiting() != m_refusedRows)
        m_message.dismissFor(&m_refusal); // Fewer may be allowed.
    if (changes.waiting() == 0)
        m_message.dismissFor(&m_rest);
}

void ApplyActions::apply(int firstRows)
{
    RunOptions options;
    options.firstRows = firstRows;
    begin(options);
}

void ApplyActions::applyRows(const std::vector<qint64> &rows)
{
    RunOptions options;
    options.only = rows;
    begin(options);
}

void ApplyActions::applySample()
{
    if (!m_session)
        return;
    const RowIndex &index = m_session->changes().index();
    RunOptions options;
    options.only = sampleOf(rowsToSend(index, options), m_firstRows->value());
    options.firstRows = m_firstRows->value(); // All of the sample, and a trial.
    begin(options);
}

void ApplyActions::retryFailed()
{
    if (!m_session)
        return;
    ReviewFilter filter;
    filter.states = {RowState::Failed};
    findChanges(m_session->changes(), filter, {}, m_work.get())
        ->onDone(m_work.get(), [this](const Result<std::vector<qint64>> &rows) {
            if (rows)
                applyRows(*rows);
            else
                showRefusal(rows.error());
        });
}

void ApplyActions::begin(const RunOptions &options)
{
    if (!m_session || m_progress.isBusy() || m_run
        || rowsToSend(m_session->changes().index(), options).empty())
        return;
    const CallBudget budget = callBudget(*m_session, options);
    const bool isNear =
        budget.fit() == CallBudget::ReachesLimit || budget.fit() == CallBudget::TouchesReserve;
    if (m_session->policyInForce().mode == WriteMode::Confirm || isNear)
        confirm(options, budget);
    else
        start(options);
}

void ApplyActions::confirm(const RunOptions &options, const CallBudget &budget)
{
    const RowIndex &index = m_session->changes().index();
    QStringList sentences = consequences(index, rowsToSend(index, options));
    if (m_session->connection().kind == ConnectionKind::Production)
        sentences.insert(1, tr("This is a production connection."));
    sentences += budgetText(budget);
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Apply Changes"),
        tr("Write %Ln record(s) to “%1”?", nullptr, budget.rows).arg(m_session->connection().label),
        QMessageBox::NoButton, m_dock);
    question->setObjectName(u"applyQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(sentences.join(u'\n'));
    RunOptions agreed = options;
    agreed.mayReachDailyLimit = true; // It was said.
    auto *apply = question->addButton(tr("&Apply"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(apply, &QAbstractButton::clicked, m_work.get(), [this, agreed] { start(agreed); });
    connect(m_work.get(), &QObject::destroyed, question, &QDialog::reject);
    question->open();
}

void ApplyActions::start(const RunOptions &wanted)
{
    m_message.dismiss();
    RunOptions options = wanted;
    options.reviewed = m_dock->isVisible(); // What is sent is what the dock shows.
    options.confirmed = true;
    if (options.note.isEmpty())
        options.note = m_note->text().simplified();
    m_isTrial = options.firstRows > 0;
    m_hasLooked = true; // What this run leaves is said when it ends.
    const auto rows = qint64(rowsToSend(m_session->changes().index(), options).size());
    m_run = applyChanges(*m_session, options, m_work.get());
    m_watched = new WatchedRun(m_run, rows, m_work.get());
    m_progress.watch(m_watched, tr("Applying changes"));
    m_run->onDone(this, [this](const Result<RunSummary> &outcome) { onApplied(outcome); });
    emit started();
}

void ApplyActions::pauseOrResume()
{
    if (!m_run)
        return;
    if (m_run->isPaused())
        m_run->resume();
    else
        m_run->pause();
    m_progress.watch(m_watched, m_run->isPaused() ? tr("Paused") : tr("Applying changes"));
    m_watched->report();
    emit started();
}

void ApplyActions::onApplied(const Result<RunSummary> &outcome)
{
    m_run.clear();
    delete m_watched.data(); // The bar is free when `ended` says so.
    if (outcome) {
        m_note->clear(); // The journal has it.
        m_lastRun = outcome->runId;
        showSummary(*outcome);
    } else if (outcome.error().kind == ErrorKind::Cancelled) {
        m_note->clear();
        showStopped();
    } else {
        showRefusal(outcome.error());
    }
    emit ended();
}

void ApplyActions::showRefusal(const Error &error)
{
    m_message.showError(error, Situation::ApplyingChanges);
    m_message.setCause(&m_refusal);
    m_refusedRows = m_session ? m_session->changes().waiting() : 0;
}

void ApplyActions::showSummary(const RunSummary &summary)
{
    const QString text = summaryText(summary);
    const int problems = summary.failed + summary.conflicting + summary.unknown;
    const bool isClean = problems + summary.unproven == 0;
    const bool hasRest = summary.stopped || summary.skipped > 0;
    m_leftWaiting = m_session ? m_session->changes().waiting() : 0;
    QList<MessageBar::Button> buttons;
    QString detail;
    if (summary.stopped) {
        detail = tr("The run stopped: %1").arg(m_masking.text(summary.stopped->sentence()));
    } else if (hasRest) {
        detail = tr("The run was stopped. What was sent is in the Journal.");
    } else if (m_isTrial && m_leftWaiting > 0) {
        detail = tr("That was the trial: %Ln record(s) are waiting.", nullptr, m_leftWaiting);
        buttons = {{Choice::ReadOn, tr("&Go On With the Rest")},
                   {Choice::Restore, tr("&Take Back")}};
    } else if (!isClean) {
        detail = tr("The rows below say why. Correct them and apply again.");
    }
    if (hasRest && m_leftWaiting > 0)
        buttons = {{Choice::Again, tr("&Resume")}};
    m_message.showMessage(isClean && !hasRest ? MessageBar::Good : MessageBar::Warning, text,
                          detail, buttons);
    m_message.setCause(hasRest            ? &m_rest
                           : problems > 0 ? &m_problems
                                          : static_cast<QObject *>(this));
    if (!m_message.isVisible()) // The dock says it itself.
        emit statusMessage(text);
}

void ApplyActions::showStopped()
{
    const ChangeSet &changes = m_session->changes();
    const int unknown = changes.count(RowState::Unknown);
    const int waiting = changes.waiting() - unknown;
    QStringList parts {tr("The run was stopped: %Ln record(s) are waiting.", nullptr, waiting)};
    if (unknown > 0)
        parts.append(tr("%Ln may have been sent.", nullptr, unknown));
    m_message.showMessage(MessageBar::Warning, parts.join(u' '),
                          tr("What was sent is in the Journal. Apply again to go on."),
                          {{Choice::Again, tr("&Resume")}});
    m_message.setCause(&m_rest);
    if (!m_message.isVisible())
        emit statusMessage(parts.join(u' '));
}

void ApplyActions::lookForUnfinishedRun()
{
    if (!m_session || m_hasLooked || !m_session->changes().isKept()
        || m_session->changes().count(RowState::Sending) > 0 || m_run)
        return;
    const ChangeSet &changes = m_session->changes();
    if (changes.count(RowState::Skipped) + changes.count(RowState::Unknown) == 0)
        return;
    m_hasLooked = true;
    findUnfinishedRun(*m_session, m_work.get())
        ->onDone(m_work.get(), [this](const Result<std::optional<UnfinishedRun>> &found) {
            if (found && *found && !m_run)
                onUnfinished(**found);
        });
}

/// Of an earlier start of the program, too.
void ApplyActions::onUnfinished(const UnfinishedRun &left)
{
    m_lastRun = left.run.id;
    m_leftWaiting = m_session->changes().waiting();
    const QString what =
        tr("A run was interrupted at record %L1 of %L2.").arg(left.rowsDone()).arg(left.run.rows);
    QStringList details {tr("%Ln record(s) are left of it.", nullptr, int(left.rows.size()))};
    if (left.unknown > 0)
        details.append(
            tr("%Ln of them may have been sent: HubSpot is asked first.", nullptr, left.unknown));
    m_message.showMessage(
        MessageBar::Warning, what, details.join(u' '),
        {{Choice::Again, tr("&Resume")}, {Choice::ShowJournal, tr("&Look What Was Done")}});
    m_message.setCause(&m_rest);
}

void ApplyActions::onChoice(Choice choice)
{
    switch (choice) {
    case Choice::ReadOn:
        return apply(0);
    case Choice::Again:
        return goOn();
    case Choice::Restore:
        return takeBack();
    case Choice::ShowJournal:
        emit runWanted(m_lastRun);
        return;
    default:
        emit wants(choice);
    }
}

/// With what the last run left, and nothing that came later.
void ApplyActions::goOn()
{
    if (!m_session)
        return;
    findUnfinishedRun(*m_session, m_work.get())
        ->onDone(m_work.get(), [this](const Result<std::optional<UnfinishedRun>> &found) {
            if (!found)
                return showRefusal(found.error());
            RunOptions options;
            options.only.emplace();
            if (*found) {
                options.only = (*found)->rows;
                options.note = (*found)->run.note;
            }
            begin(options);
        });
}

/// The trial: its inverse is staged and sent at once, the rest stays staged.
void ApplyActions::takeBack()
{
    if (!m_session)
        return;
    RevertChoice choice;
    choice.runId = m_lastRun;
    stageRevert(*m_session, choice, m_work.get())
        ->onDone(m_work.get(), [this](const Result<StagedRevert> &staged) {
            if (!staged)
                return showRefusal(staged.error());
            std::vector<qint64> rows;
            for (const RowChange &row : staged->rows)
                rows.push_back(m_session->changes().index().find(keyOf(row)));
            std::sort(rows.begin(), rows.end());
            applyRows(rows);
        });
}

} // namespace hubkeeper
