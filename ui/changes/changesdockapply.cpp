// SPDX-License-Identifier: MIT
// Applying: the question before it, and what is said of its outcome.
#include "changes/changesdock.h"
#include "session/open/session.h"
#include "session/writing/applychanges.h"
#include "widgets/callbar.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QMessageBox>
#include <QPushButton>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

/// What of the rows can be taken back, and what cannot.
QString ChangesDock::consequences(int rows) const
{
    std::array<int, 3> counts {}; // By ChangeKind.
    int left = rows;
    m_session->changes().index().forEach([&](const RowIndex::Slot &slot) {
        if (isToBeSent(slot.state) && left-- > 0)
            ++counts[size_t(slot.kind)];
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

void ChangesDock::confirm(int rows, int firstRows)
{
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Apply Changes"),
        tr("Write %Ln record(s) to “%1”?", nullptr, rows).arg(m_session->connection().label),
        QMessageBox::NoButton, this);
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

void ChangesDock::apply(int firstRows)
{
    if (!m_session || m_progress->isBusy())
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

void ChangesDock::start(int firstRows)
{
    m_message->dismiss();
    RunOptions options;
    options.reviewed = isVisible(); // What is sent is what this dock shows.
    options.confirmed = true;
    options.firstRows = firstRows;
    auto *call = applyChanges(*m_session, options, m_work.get());
    m_progress->watch(call, tr("Applying changes"));
    call->onDone(this, [this](const Result<RunSummary> &outcome) { onApplied(outcome); });
    updateButtons();
}

void ChangesDock::onApplied(const Result<RunSummary> &outcome)
{
    updateButtons();
    if (!outcome && outcome.error().kind == ErrorKind::Cancelled) {
        const QString text = stoppedText();
        m_message->showMessage(MessageBar::Warning, text,
                               tr("What was sent is in the Journal. Apply again to go on."));
        emit statusMessage(text);
        emit runEnded();
        return;
    }
    if (!outcome) {
        m_message->showError(outcome.error(), Situation::ApplyingChanges);
        emit runEnded();
        return;
    }
    QStringList parts {
        tr("%Ln record(s) applied and proven.", nullptr, outcome->applied - outcome->unproven)};
    if (outcome->unproven > 0)
        parts.append(tr("%Ln written but not proven.", nullptr, outcome->unproven));
    if (outcome->failed > 0) // Without an answer nothing was refused.
        parts.append(outcome->stopped ? tr("%Ln not written.", nullptr, outcome->failed)
                                      : tr("%Ln refused.", nullptr, outcome->failed));
    if (outcome->conflicting > 0)
        parts.append(tr("%Ln changed meanwhile.", nullptr, outcome->conflicting));
    if (outcome->unknown > 0)
        parts.append(tr("%Ln of unknown outcome.", nullptr, outcome->unknown));
    if (outcome->skipped > 0)
        parts.append(tr("%Ln not sent.", nullptr, outcome->skipped));
    const int open = outcome->failed + outcome->conflicting + outcome->unknown + outcome->unproven;
    const bool clean = open == 0;
    const QString stopped = outcome->stopped
        ? tr("The run stopped: %1").arg(m_masking.text(outcome->stopped->sentence()))
        : QString();
    m_message->showMessage(
        clean && stopped.isEmpty() ? MessageBar::Good : MessageBar::Warning, parts.join(u' '),
        !stopped.isEmpty() ? stopped
            : clean        ? QString()
                           : tr("The rows below say why. Correct them and apply again."));
    m_speaksOfRows = true;
    emit statusMessage(parts.join(u' '));
    emit runEnded();
}

QString ChangesDock::stoppedText() const
{
    const ChangeSet &changes = m_session->changes();
    const int unknown = changes.count(RowState::Unknown);
    const int waiting = changes.waiting() - unknown;
    QStringList parts {tr("The run was stopped: %Ln record(s) wait.", nullptr, waiting)};
    if (unknown > 0)
        parts.append(tr("%Ln may have been sent.", nullptr, unknown));
    return parts.join(u' ');
}

} // namespace hubkeeper
