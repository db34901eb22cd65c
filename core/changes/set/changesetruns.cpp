// SPDX-License-Identifier: MIT
#include "changes/set/changesetprivate.h"

#include <QPointer>

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

void ChangeSet::setWritten(ObjectType type, const QString &id, const QString &writtenId)
{
    setWritten(RowKey {type, id}, writtenId);
}

void ChangeSet::setWritten(const RowKey &key, const QString &writtenId)
{
    if (!d->isLater([=, this] { setWritten(key, writtenId); }))
        d->revise(key, [&](RowChange &row) { row.writtenId = writtenId; });
}

void ChangeSet::setSentAt(ObjectType type, const QString &id, const QDateTime &sentAt)
{
    if (!d->isLater([=, this] { setSentAt(type, id, sentAt); }))
        d->revise({type, id}, [&](RowChange &row) { row.basedOn = sentAt; });
}

void ChangeSet::setState(ObjectType type, const QString &id, RowState state,
                         std::optional<Error> error, const QHash<QString, QString> &theirs)
{
    setState(RowKey {type, id}, state, std::move(error), theirs);
}

void ChangeSet::setState(const RowKey &key, RowState state, std::optional<Error> error,
                         const QHash<QString, QString> &theirs)
{
    if (d->isLater([=, this] { setState(key, state, error, theirs); }))
        return;
    if (state == RowState::Sending)
        d->staged.steps.forget();
    d->revise(key, [&](RowChange &row) {
        row.state = state;
        row.error = std::move(error);
        row.theirs = theirs;
        if (!keepsRun(state))
            row.run.clear();
    });
}

void ChangeSet::setStates(const std::vector<qint64> &sequences, RowState state,
                          const std::optional<Error> &error)
{
    if (sequences.empty() || d->isLater([=, this] { setStates(sequences, state, error); }))
        return;
    d->marks.setStates(sequences, state, error,
                       [this](size_t count) { return d->inSlices(int(count)); });
    d->publishNow();
}

} // namespace hubkeeper
