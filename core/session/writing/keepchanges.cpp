// SPDX-License-Identifier: MIT
#include "session/writing/keepchanges.h"

#include "base/log.h"
#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/set/changesfile.h"
#include "changes/set/journalrows.h"
#include "journal/journal.h"
#include "session/open/session.h"
#include "session/sessiontext.h"

#include <QDir>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestDraft = 256 << 20;

RowState stateOf(const JournalRow &row)
{
    for (const RowState state : allRowStates) {
        if (nameOf(state) == row.outcome)
            return state;
    }
    return RowState::Unknown; // Intended, and nothing was heard of it.
}

Error maybeSent()
{
    return fail(ErrorKind::OutcomeUnknown,
                SessionText::tr("The program ended while the record was being sent."),
                SessionText::tr("Apply again: the portal is asked first."))
        .value();
}

/// Rows of a run by the subject that the journal joins them with.
using RunRows = QHash<QString, JournalRow>;

void finishChange(ChangeSet &changes, const RowChange &row, const RunRows &known)
{
    const auto found = known.constFind(journalSubjectOf(row));
    if (found == known.cend()) { // Nothing is sent that the journal does not know.
        // But an earlier run may have sent a create that this one was still looking for.
        if (row.isCreate() && row.basedOn.isValid())
            return changes.setState(keyOf(row), RowState::Unknown, maybeSent());
        return changes.setState(keyOf(row), RowState::Skipped);
    }
    const RowState state = stateOf(*found);
    if (state == RowState::Applied && (row.isCreate() || row.subject == RowSubject::Merge))
        changes.setWritten(keyOf(row), found->recordId);
    std::optional<Error> error;
    if (state == RowState::Unknown)
        error = maybeSent();
    else if (!found->message.isEmpty())
        error = fail(ErrorKind::Rejected, found->message).value();
    changes.setState(keyOf(row), state, error);
}

class FinishInterrupted final : public Call<void>
{
public:
    FinishInterrupted(ChangeSet &changes, Journal &journal, QObject *parent)
        : Call(parent)
        , m_changes(changes)
        , m_journal(journal)
    {
        m_changes.index().forEach([this](const RowIndex::Slot &slot) {
            if (slot.state == RowState::Sending)
                m_sending.push_back(slot.sequence);
            return true;
        });
        finishNext();
    }

private:
    void finishNext()
    {
        const size_t end = std::min(m_done + rowsPerSlice, m_sending.size());
        const std::vector<RowChange> rows = m_changes.rowsOf(std::vector<qint64>(
            m_sending.begin() + qsizetype(m_done), m_sending.begin() + qsizetype(end)));
        for (const RowChange &row : rows) {
            if (!row.run.isEmpty() && !m_runs.contains(row.run))
                return readRun(row.run);
        }
        m_changes.beginStep({});
        for (const RowChange &row : rows) {
            const std::optional<RunRows> known = m_runs.value(row.run);
            if (known)
                finishChange(m_changes, row, *known);
            else
                m_changes.setState(keyOf(row), RowState::Unknown, maybeSent());
        }
        m_changes.endStep();
        m_done = end;
        if (m_done == m_sending.size())
            return complete(m_outcome);
        QTimer::singleShot(0, this, unlessOver([this] { finishNext(); }));
    }

    void readRun(const QString &id)
    {
        always(m_journal.readRun(id, this), [this, id](const Result<RunRecord> &record) {
            RunRows rows; // None of a run that never began.
            if (record) {
                for (const JournalRow &row : record->rows)
                    rows.insert(row.subject, row);
            }
            const bool isKnown = record || record.error().kind == ErrorKind::NotFound;
            if (!isKnown)
                m_outcome = tl::unexpected(record.error());
            m_runs.insert(id, isKnown ? std::optional(rows) : std::nullopt);
            finishNext();
        });
    }

    static constexpr size_t rowsPerSlice = 200;

    ChangeSet &m_changes;
    Journal &m_journal;
    std::vector<qint64> m_sending;
    size_t m_done = 0;
    QHash<QString, std::optional<RunRows>> m_runs;
    Result<void> m_outcome;
};

} // namespace

KeepChanges::KeepChanges(Session &session, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_folder(session.paths().data + u"/changes"_s)
{
    askPortal();
}

void KeepChanges::askPortal()
{
    m_isAsking = true;
    always(m_session.account(this), [this](const Result<AccountDetails> &account) {
        m_isAsking = false;
        onPortal(account);
    });
}

void KeepChanges::onPortal(const Result<AccountDetails> &account)
{
    const Connection &connection = m_session.connection();
    ChangeBinding binding {m_session.tokenState().hubId, {}, connection.id, connection.label};
    if (account) {
        binding.portalId = account->portalId;
        binding.portalName = account->portalName;
    }
    if (binding.portalId != 0)
        return open(pathFor(binding.portalId), binding);
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({connection.id + u"-*.sqlite"_s}, QDir::Files, QDir::Time);
    if (!files.isEmpty())
        return open(files.first().filePath(), binding);
    if (!std::exchange(m_isListening, true))
        connect(&m_session, &Session::tokenStateChanged, this, [this] {
            if (!isFinished() && !m_isAsking && m_session.tokenState().phase == TokenState::Valid)
                askPortal();
        });
}

void KeepChanges::open(const QString &path, const ChangeBinding &binding)
{
    disconnect(&m_session, nullptr, this, nullptr);
    m_session.changes().setBinding(binding);
    then(ChangeStore::open(path, binding, this),
         [this](const ChangeStore::Opened &opened) { onOpened(opened); });
}

void KeepChanges::onOpened(const ChangeStore::Opened &opened)
{
    m_restored.takenBy = opened.takenBy;
    m_restored.setAside = opened.setAside;
    if (!opened.store)
        return complete(m_restored);
    ChangeSet &changes = m_session.changes();
    changes.keepIn(opened);
    always(finishInterrupted(changes, m_session.journal(), this), [this](const Result<void> &done) {
        if (!done)
            qCWarning(lcSession).noquote() << done.error().sentence();
        readOldDraft();
    });
}

/// What a version of this program kept that had no database.
void KeepChanges::readOldDraft()
{
    if (!QFileInfo::exists(oldDraft()) || m_session.changes().binding().portalId == 0)
        return finish();
    const auto read = [path = oldDraft()](const std::stop_token &) {
        return readFile(path, largestDraft)
            .and_then(&changesFromFile)
            .map([](const ExchangedChanges &changes) { return changes.rows; });
    };
    always(new PoolCall<std::vector<RowChange>>(read, this),
           [this](const Result<std::vector<RowChange>> &rows) { onOldDraft(rows); });
}

void KeepChanges::onOldDraft(const Result<std::vector<RowChange>> &rows)
{
    if (!rows) {
        const QString aside = oldDraft() + u".unreadable"_s;
        m_restored.setAside = rows.error();
        if (QFile::rename(oldDraft(), aside))
            m_restored.setAside->remedy = SessionText::tr("It was kept as %1.").arg(aside);
        return finish();
    }
    then(m_session.changes().addRows(*rows, Adding::Merge, {}, this), [this](const AddedRows &) {
        m_session.changes().forgetUndo();
        always(m_session.changes().flush(this), [this](const Result<void> &flushed) {
            if (flushed)
                removeOldDraft();
            finish();
        });
    });
}

void KeepChanges::removeOldDraft()
{
    if (!QFile::remove(oldDraft()))
        qCWarning(lcSession) << "The old draft cannot be removed:" << oldDraft();
}

void KeepChanges::finish()
{
    const ChangeSet &changes = m_session.changes();
    m_restored.unknown = changes.count(RowState::Unknown);
    m_restored.applied = changes.count(RowState::Applied);
    m_restored.waiting = changes.waiting() - m_restored.unknown;
    complete(m_restored);
}

QString KeepChanges::pathFor(qint64 portalId) const
{
    return u"%1/%2-%3.sqlite"_s.arg(m_folder, m_session.connection().id).arg(portalId);
}

QString KeepChanges::oldDraft() const
{
    return u"%1/%2.json"_s.arg(m_folder, m_session.connection().id);
}

Call<void> *finishInterrupted(ChangeSet &changes, Journal &journal, QObject *parent)
{
    return new FinishInterrupted(changes, journal, parent);
}

} // namespace hubkeeper
