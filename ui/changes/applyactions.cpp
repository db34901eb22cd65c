// SPDX-License-Identifier: MIT
#include "changes/applyactions.h"

#include "session/open/session.h"
#include "session/writing/applychanges.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestNote = 1000;

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
    connect(m_apply, &QAction::triggered, this, [this] { apply(0); });
    connect(m_applyFirst, &QAction::triggered, this, [this] { apply(m_firstRows->value()); });
    updateActions(false);
}

ApplyActions::~ApplyActions() = default;

void ApplyActions::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    // The same connection is opened anew when a secret or a setting has changed.
    if (m_session && m_session->connection().id != m_connection) {
        m_connection = m_session->connection().id;
        m_note->clear();
    }
    if (m_session)
        connect(m_session.get(), &Session::policyChanged, m_work.get(),
                [this] { m_message.dismissFor(&m_refusal); });
}

void ApplyActions::updateActions(bool isBusy)
{
    const bool readOnly = m_session && m_session->connection().policy.mode == WriteMode::ReadOnly;
    const bool waiting = m_session && m_session->changes().waiting() > 0;
    m_apply->setEnabled(waiting && !isBusy && !readOnly);
    m_applyFirst->setEnabled(m_apply->isEnabled());
    m_firstRows->setEnabled(m_apply->isEnabled());
    const QString why = readOnly
        ? tr("The connection is read-only. Change it with Portal > Write Mode.")
        : tr("Send the staged changes to HubSpot");
    m_apply->setToolTip(why);
    m_applyFirst->setToolTip(why);
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
    const int problems = changes.count(RowState::Failed) + changes.count(RowState::Conflicting)
        + changes.count(RowState::Unknown);
    if (problems == 0)
        m_message.dismissFor(&m_problems);
    if (changes.waiting() != m_refusedRows)
        m_message.dismissFor(&m_refusal); // Fewer may be allowed.
    if (changes.waiting() == 0)
        m_message.dismissFor(&m_rest);
}

/// What of the rows can be taken back, and what cannot.
QString ApplyActions::consequences(int rows) const
{
    std::array<int, 3> counts {}; // By ChangeKind; an association that goes can come back.
    int left = rows;
    m_session->changes().index().forEach([&](const RowIndex::Slot &slot) {
        if (isToBeSent(slot.state) && left-- > 0)
            ++counts[size_t(slot.subject == RowSubject::Association ? ChangeKind::Update
                                                                    : slot.kind)];
        return left > 0;
    });
    const int archives = counts[size_t(ChangeKind::Archive)];
    QStringList parts;
    if (const int updates = counts[size_t(ChangeKind::Update)]; updates > 0)
        parts.append(tr("%Ln to be changed", nullptr, updates));
    if (const int creates = counts[size_t(ChangeKind::Create)]; creates > 0)
        parts.append(tr("%Ln to be created", nullptr, creates));
    if (archives > 0)
        parts.append(tr("%Ln to be archived", nullptr, archives));
    QStringList sentences {parts.join(u", "_s) + u'.'};
    if (m_session->connection().kind == ConnectionKind::Production)
        sentences.append(tr("This is a production connection."));
    if (archives > 0)
        sentences.append(tr("What is archived cannot be brought back from here: only HubSpot can, "
                            "for 90 days."));
    if (archives < rows)
        sentences.append(archives > 0 ? tr("The rest can be reverted from the Journal.")
                                      : tr("The run can be reverted from the Journal."));
    return sentences.join(u'\n');
}

void ApplyActions::confirm(int rows, int firstRows)
{
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Apply Changes"),
        tr("Write %Ln record(s) to “%1”?", nullptr, rows).arg(m_session->connection().label),
        QMessageBox::NoButton, m_dock);
    question->setObjectName(u"applyQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(consequences(rows));
    auto *apply = question->addButton(tr("&Apply"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(apply, &QAbstractButton::clicked, m_work.get(),
            [this, firstRows] { start(firstRows); });
    connect(m_work.get(), &QObject::destroyed, question, &QDialog::reject);
    question->open();
}

void ApplyActions::apply(int firstRows)
{
    if (!m_session || m_progress.isBusy())
        return;
    const int waiting = m_session->changes().waiting();
    const int count = firstRows > 0 ? std::min(firstRows, waiting) : waiting;
    if (count == 0)
        return;
    if (m_session->connection().policy.mode == WriteMode::Confirm)
        confirm(count, firstRows);
    else
        start(firstRows);
}

void ApplyActions::start(int firstRows)
{
    m_message.dismiss();
    RunOptions options;
    options.reviewed = m_dock->isVisible(); // What is sent is what the dock shows.
    options.confirmed = true;
    options.firstRows = firstRows;
    options.note = m_note->text().simplified();
    auto *call = applyChanges(*m_session, options, m_work.get());
    m_progress.watch(call, tr("Applying changes"));
    call->onDone(this, [this](const Result<RunSummary> &outcome) { onApplied(outcome); });
    emit started();
}

void ApplyActions::onApplied(const Result<RunSummary> &outcome)
{
    if (outcome) {
        m_note->clear(); // The journal has it.
        showSummary(*outcome);
    } else if (outcome.error().kind == ErrorKind::Cancelled) {
        m_note->clear();
        showStopped();
    } else {
        m_message.showError(outcome.error(), Situation::ApplyingChanges);
        m_message.setCause(&m_refusal);
        m_refusedRows = m_session ? m_session->changes().waiting() : 0;
    }
    emit ended();
}

void ApplyActions::showSummary(const RunSummary &summary)
{
    QStringList parts {
        tr("%Ln record(s) applied and proven.", nullptr, summary.applied - summary.unproven)};
    if (summary.unproven > 0)
        parts.append(tr("%Ln written but not proven.", nullptr, summary.unproven));
    if (summary.failed > 0) // Without an answer nothing was refused.
        parts.append(summary.stopped ? tr("%Ln not written.", nullptr, summary.failed)
                                     : tr("%Ln refused.", nullptr, summary.failed));
    if (summary.conflicting > 0)
        parts.append(tr("%Ln changed meanwhile.", nullptr, summary.conflicting));
    if (summary.unknown > 0)
        parts.append(tr("%Ln of unknown outcome.", nullptr, summary.unknown));
    if (summary.skipped > 0)
        parts.append(tr("%Ln not sent.", nullptr, summary.skipped));
    const int problems = summary.failed + summary.conflicting + summary.unknown;
    const bool clean = problems + summary.unproven == 0;
    const QString stopped = summary.stopped
        ? tr("The run stopped: %1").arg(m_masking.text(summary.stopped->sentence()))
        : QString();
    m_message.showMessage(
        clean && stopped.isEmpty() ? MessageBar::Good : MessageBar::Warning, parts.join(u' '),
        !stopped.isEmpty() ? stopped
            : clean        ? QString()
                           : tr("The rows below say why. Correct them and apply again."));
    m_message.setCause(summary.stopped || summary.skipped > 0 ? &m_rest
                           : problems > 0                     ? &m_problems
                                                              : static_cast<QObject *>(this));
    m_leftWaiting = m_session ? m_session->changes().waiting() : 0;
    if (!m_message.isVisible()) // The dock says it itself.
        emit statusMessage(parts.join(u' '));
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
                          tr("What was sent is in the Journal. Apply again to go on."));
    m_message.setCause(&m_rest);
    if (!m_message.isVisible())
        emit statusMessage(parts.join(u' '));
}

} // namespace hubkeeper
