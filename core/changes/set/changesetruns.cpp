// SPDX-License-Identifier: MIT
// What a run does to a change set, and what follows from it.
#include "changes/set/changesetprivate.h"
#include "changes/set/rowedits.h"

namespace hubkeeper {

Call<std::vector<qint64>> *ChangeSet::claim(const QString &run,
                                            const std::vector<qint64> &sequences, QObject *parent)
{
    auto *call = new LaterCall<std::vector<qint64>>(parent);
    const auto start = [this, run, sequences, call = QPointer(call)] {
        if (call)
            d->claim(run, sequences, *call);
    };
    if (!d->isLater(start))
        start();
    return call;
}

void ChangeSet::Private::claim(const QString &run, const std::vector<qint64> &sequences,
                               LaterCall<std::vector<qint64>> &call)
{
    staged.steps.forget();
    staged.rows.setRun(run);
    auto before = staged.rows.index().setStates(sequences, RowState::Sending, isToBeSent);
    std::vector<qint64> wanted;
    wanted.reserve(before.size());
    for (const auto &[sequence, state] : before)
        wanted.push_back(sequence);
    touchAll(wanted);
    publish();
    ChangeStore *store = staged.rows.store();
    if (!store)
        return call.end(std::move(wanted));
    store->claim(run, std::move(wanted), q)
        ->onDone(
            q, [this, before, call = QPointer(&call)](const Result<std::vector<qint64>> &claimed) {
                onClaimed(before, claimed);
                if (call)
                    call->end(claimed);
            });
}

void ChangeSet::Private::setStateOf(qint64 sequence, RowState state)
{
    staged.rows.setState(sequence, state);
    staged.touch(sequence);
}

/// The states of these rows changed; of few, those who show single records hear of each.
void ChangeSet::Private::touchAll(const std::vector<qint64> &sequences)
{
    constexpr size_t few = 100;
    if (sequences.size() > few) {
        staged.touchEnds(sequences);
        return;
    }
    for (const qint64 sequence : sequences) {
        staged.touch(sequence);
        staged.touchedKeys.push_back(keyOf(staged.rows.get(sequence).value_or(RowChange())));
    }
}

/// `before`: the rows and what they were.
void ChangeSet::Private::onClaimed(const std::vector<std::pair<qint64, RowState>> &before,
                                   const Result<std::vector<qint64>> &claimed)
{
    if (claimed && claimed->size() == before.size())
        return;
    QSet<qint64> got;
    if (claimed)
        got = QSet<qint64>(claimed->begin(), claimed->end());
    for (const auto &[sequence, state] : before) {
        if (!claimed) {
            setStateOf(sequence, state);
        } else if (!got.contains(sequence)) {
            staged.rows.readAgain(sequence); // Another process has it.
            staged.touch(sequence);
        }
    }
    publish();
}

void ChangeSet::setWritten(ObjectType type, const QString &id, const QString &writtenId)
{
    if (!d->isLater([=, this] { setWritten(type, id, writtenId); }))
        d->revise({type, id}, [&](RowChange &row) { row.writtenId = writtenId; });
}

void ChangeSet::setSentAt(ObjectType type, const QString &id, const QDateTime &sentAt)
{
    if (!d->isLater([=, this] { setSentAt(type, id, sentAt); }))
        d->revise({type, id}, [&](RowChange &row) { row.basedOn = sentAt; });
}

void ChangeSet::setState(ObjectType type, const QString &id, RowState state,
                         std::optional<Error> error, const QHash<QString, QString> &theirs)
{
    if (d->isLater([=, this] { setState(type, id, state, error, theirs); }))
        return;
    if (state == RowState::Sending)
        d->staged.steps.forget();
    d->revise({type, id}, [&](RowChange &row) {
        row.state = state;
        row.error = std::move(error);
        row.theirs = theirs;
        if (state != RowState::Sending)
            row.run.clear();
    });
}

void ChangeSet::setStates(const std::vector<qint64> &sequences, RowState state,
                          const std::optional<Error> &error)
{
    if (sequences.empty() || d->isLater([=, this] { setStates(sequences, state, error); }))
        return;
    std::vector<qint64> sending;
    const auto isSending = [](RowState now) { return now == RowState::Sending; };
    for (const auto &[sequence, before] :
         d->staged.rows.index().setStates(sequences, state, isSending))
        sending.push_back(sequence);
    d->touchAll(sending);
    if (error && !d->inSlices(int(sending.size()))) {
        for (const qint64 sequence : sending) {
            std::optional<RowChange> row = d->staged.rows.get(sequence);
            row->error = error;
            row->run.clear();
            d->staged.rows.put(sequence, *row);
        }
    } else if (ChangeStore *store = d->staged.rows.store()) {
        (void)store->post([sending = std::move(sending), state](ChangeFile &file) {
            file.setStates(sending, state);
        });
    }
    if (d->depth == 0)
        d->publish();
}

void ChangeSet::removeApplied()
{
    if (d->isLater([this] { removeApplied(); }))
        return;
    std::vector<qint64> gone;
    index().forEach([&gone](const RowIndex::Slot &slot) {
        if (slot.state == RowState::Applied)
            gone.push_back(slot.sequence);
        return true;
    });
    d->drop(std::move(gone), false, {});
}

void ChangeSet::rebase(ObjectType type, const QString &id)
{
    if (d->isLater([=, this] { rebase(type, id); }))
        return;
    std::optional<RowChange> row = d->staged.find({type, id});
    if (!row || row->state != RowState::Conflicting)
        return;
    takeOverTheirs(*row);
    d->put({type, id}, isWorthKeeping(*row) ? row : std::nullopt, row->label);
}

} // namespace hubkeeper
