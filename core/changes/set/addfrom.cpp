// SPDX-License-Identifier: MIT
#include "changes/changestext.h"
#include "changes/set/changesetprivate.h"
#include "changes/set/visitingrows.h"

namespace hubkeeper {

namespace {

constexpr int slotsPerPiece = 500;

Error tooManyRows(qint64 staged, qint64 added)
{
    return fail(ErrorKind::Refused,
                ChangesText::tr("%L1 changes are staged, and %L2 would come; a change set holds "
                                "%L3.")
                    .arg(staged)
                    .arg(added)
                    .arg(ChangeSet::mostRows),
                ChangesText::tr("Send or drop what is staged first, or add fewer."))
        .value();
}

/// All of them in memory, where there is no file.
Result<std::vector<RowChange>> allRowsOf(RowSource &source, qint64 localOffset)
{
    std::vector<RowChange> rows;
    source.rewind();
    try {
        for (;;) {
            const auto some = source.next(500);
            if (!some)
                return tl::unexpected(some.error());
            if (some->empty())
                return rows;
            for (ReadyRow row : *some) {
                shiftLocalId(row, localOffset);
                rows.push_back(rowFromBody(row.body));
            }
        }
    } catch (const std::runtime_error &damaged) {
        return fail(ErrorKind::Storage, QString::fromUtf8(damaged.what()));
    }
}

} // namespace

Call<AddedRows> *ChangeSet::addFrom(std::shared_ptr<RowSource> source, const QString &name,
                                    QObject *parent)
{
    auto *call = new LaterCall<AddedRows>(parent);
    const auto start = [this, name, source = std::move(source), call = QPointer(call)] {
        if (call)
            d->addFrom(source, name, *call);
    };
    if (!d->isLater(start))
        start();
    return call;
}

Call<void> *ChangeSet::visit(Visit visit, QObject *parent)
{
    return new VisitingRows(*this, d->staged.rows.store(), std::move(visit), parent);
}

void ChangeSet::Private::addFrom(const std::shared_ptr<RowSource> &source, const QString &name,
                                 LaterCall<AddedRows> &call)
{
    if (q->count() + source->count() > mostRows)
        return call.end(tl::unexpected(tooManyRows(q->count(), source->count())));
    const qint64 localOffset = staged.rows.nextLocalNumber() - 1;
    staged.rows.reserveLocalNumbers(localOffset + source->lastLocalNumber());
    ChangeStore *store = staged.rows.store();
    if (!store) {
        auto rows = allRowsOf(*source, localOffset);
        if (!rows)
            return call.end(tl::unexpected(rows.error()));
        q->addRows(*std::move(rows), Adding::Merge, name, &call)
            ->onDone(&call, [&call, localOffset](const Result<AddedRows> &added) {
                call.end(added.map([localOffset](AddedRows all) {
                    all.localOffset = localOffset;
                    return all;
                }));
            });
        return;
    }
    if (store->isFailing())
        return call.end(
            fail(ErrorKind::Storage, ChangesText::tr("The disk does not take the staged changes."),
                 ChangesText::tr("Check the free space and the permissions of the folder.")));
    const auto job = std::make_shared<StageRows>();
    job->source = source;
    job->name = name;
    job->step = staged.steps.nextStep();
    job->firstSequence = staged.rows.nextSequence();
    job->localOffset = localOffset;
    job->isEmpty = q->isEmpty();
    connect(&call, &CallBase::finished, q, [job] { job->isStopped = true; });
    job->progress = [target = QPointer(&call), owner = q, total = source->count()](qint64 done) {
        QMetaObject::invokeMethod(
            owner,
            [target, done, total] {
                if (target && !target->isFinished())
                    emit target->progressed(done, total);
            },
            Qt::QueuedConnection);
    };
    stage(job, call);
}

/// Everything else waits meanwhile; then the index learns of the rows, in slices.
void ChangeSet::Private::stage(const std::shared_ptr<StageRows> &job, LaterCall<AddedRows> &call)
{
    const auto outcome = std::make_shared<std::optional<Result<void>>>();
    const auto next = std::make_shared<qint64>(job->firstSequence);
    ChangeStore *store = staged.rows.store();
    startWork(
        [this, job, outcome, next, store] {
            if (!**outcome || *next >= job->nextSequence)
                return false;
            const auto some = store->slotsFrom(*next, slotsPerPiece);
            if (!some || some->empty())
                return false;
            for (const auto &[key, slot] : *some)
                staged.rows.adopt(key, slot);
            *next = some->back().second.sequence + 1;
            return true;
        },
        [this, job, outcome, call = QPointer(&call)] {
            if (**outcome)
                adopt(*job);
            if (!call)
                return;
            if (**outcome)
                call->end(AddedRows {int(job->added), job->left, job->localOffset});
            else
                call->end(tl::unexpected(job->fault.value_or((*outcome)->error())));
        },
        [outcome] { return outcome->has_value(); });
    store->attempt([job](ChangeFile &file) { job->writeTo(file); },
                   [this, outcome](const Result<void> &done) {
                       *outcome = done;
                       work.resume();
                   });
}

void ChangeSet::Private::adopt(const StageRows &added)
{
    staged.rows.adopt(added.nextSequence, added.uses);
    for (const auto &[key, sequence] : added.dropped)
        staged.rows.adoptDrop(key, sequence);
    for (const qint64 sequence : added.merged)
        staged.rows.readAgain(sequence);
    if (added.imageCount > 0)
        staged.steps.adopt({added.name, added.imageCount});
}

} // namespace hubkeeper
