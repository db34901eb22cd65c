// SPDX-License-Identifier: MIT
#include "changes/run/run.h"

#include "base/clock.h"
#include "changes/run/applybatch.h"
#include "changes/run/associationbatch.h"
#include "changes/run/mergebatch.h"
#include "changes/run/readtotals.h"
#include "portal/access/accountbudget.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Batches on their way at a time: what keeps the permits busy with a portal that takes 400 ms for
/// a request. Few, so that a run that has to stop leaves little behind.
int batchesFor(int permitsPerSecond)
{
    return std::clamp(permitsPerSecond * 2 / 5, 4, 20);
}

void add(RunSummary &sum, const RunSummary &part)
{
    sum.sendable += part.sendable;
    sum.applied += part.applied;
    sum.unproven += part.unproven;
    sum.failed += part.failed;
    sum.conflicting += part.conflicting;
    sum.unknown += part.unknown;
    sum.skipped += part.skipped;
}

} // namespace

class ApplyRun::Private
{
public:
    Private(ApplyRun *run, RunContext theContext, RunOptions theOptions)
        : q(run)
        , context(std::move(theContext))
        , options(std::move(theOptions))
    {
        context.dryRun = options.dryRun;
        context.mayRepeatDomains = options.mayRepeatDomains;
    }

    void readTotals(const std::vector<qint64> &rows);
    void begin(const std::vector<qint64> &rows);
    void claim(const std::vector<qint64> &rows);
    void onClaimed(const Result<std::vector<qint64>> &claimed);
    void beginInJournal();
    void onBegun(const Result<QString> &begun);
    void setWaiting(const std::vector<qint64> &rows);
    void startBatches();
    [[nodiscard]] std::vector<RowChange> rowsOf(const std::vector<qint64> &batch) const;
    [[nodiscard]] int stageOfNext() const;
    template <typename Batch>
    void startBatch(std::vector<RowChange> rows);
    void onBatch(ObjectType type, int size, const Result<BatchReport> &report);
    void skipRest(const std::optional<Error> &why);
    void finishIfDone();
    void end();

    /// How far the run is; finishEarly() and cancel() depend on it.
    enum Phase {
        Checking, // Nothing is written anywhere.
        Beginning, // The change set gives it the rows, and the journal learns of the run.
        Sending,
        Ending, // Every row has its outcome; the journal learns of the end.
    };

    ApplyRun *q;
    RunContext context;
    const RunOptions options;
    std::vector<std::vector<qint64>> waiting; // Sequence numbers; the next batch last.
    QSet<qint64> unclear; // Rows whose outcome was unknown before this run.
    std::optional<Error> journalFault;
    RunSummary summary;
    int running = 0;
    int stage = 0; // Of the batches that are on their way.
    qint64 rowsDone = 0;
    qint64 rowsTotal = 0;
    Phase phase = Checking;
    bool isInJournal = false; // Or on its way there.
    bool isPaused = false;
};

/// The share of the portal that the run writes, where the policy limits it.
void ApplyRun::Private::readTotals(const std::vector<qint64> &rows)
{
    if (!context.guard.needsTotals())
        return begin(rows);
    QList<ObjectType> types;
    context.changes.index().forEach([&](const RowIndex::Slot &slot) {
        if (!types.contains(slot.type)
            && std::binary_search(rows.begin(), rows.end(), slot.sequence))
            types.append(slot.type);
        return true;
    });
    q->then(readMissingTotals(context.portal, context.guard, types, q),
            [this, rows] { begin(rows); });
}

void ApplyRun::Private::begin(const std::vector<qint64> &rows)
{
    const Result<WritePolicy> policy = context.guard.policy();
    if (!policy)
        return q->complete(tl::unexpected(policy.error()));
    const auto refusal = context.guard.refusalOf(guardedWrites(context.changes, rows, *policy));
    if (refusal)
        return q->complete(tl::unexpected(*refusal));
    context.changes.index().forEach([this](const RowIndex::Slot &slot) {
        if (slot.state == RowState::Unknown)
            unclear.insert(slot.sequence);
        return true;
    });
    context.survivors = survivorsOf(context.changes);
    setWaiting(rows);
    if (!options.dryRun)
        return claim(rows);
    phase = Sending;
    startBatches();
}

void ApplyRun::Private::beginInJournal()
{
    isInJournal = true;
    RunStart start;
    start.id = context.runId;
    start.connectionId = options.connectionId;
    start.connection = options.connection;
    start.portalId = options.portalId;
    start.note = options.note;
    start.revertOf = options.revertOf;
    start.planned = int(rowsTotal);
    q->always(context.journal.begin(start, q),
              [this](const Result<QString> &begun) { onBegun(begun); });
}

void ApplyRun::Private::onBegun(const Result<QString> &begun)
{
    if (!begun) { // Nothing was sent, and nothing is.
        skipRest(begun.error());
        return q->complete(tl::unexpected(begun.error()));
    }
    phase = Sending;
    if (context.isStopping)
        skipRest(stoppedBefore());
    startBatches();
}

/// All rows in one go, and locked from here on: nothing is sent before the disk has it, or that
/// somebody else sends. A run that ends before the journal knows it has sent nothing.
void ApplyRun::Private::claim(const std::vector<qint64> &rows)
{
    phase = Beginning;
    context.runId = Journal::newRunId();
    summary.runId = context.runId;
    q->always(context.changes.claim(context.runId, rows, q),
              [this](const Result<std::vector<qint64>> &claimed) { onClaimed(claimed); });
}

void ApplyRun::Private::onClaimed(const Result<std::vector<qint64>> &claimed)
{
    if (!claimed)
        return q->complete(tl::unexpected(claimed.error()));
    if (qint64(claimed->size()) < rowsTotal)
        setWaiting(*claimed);
    beginInJournal();
}

void ApplyRun::Private::setWaiting(const std::vector<qint64> &rows)
{
    rowsTotal = qint64(rows.size());
    waiting = batchesOf(context.changes.index(), rows);
    std::reverse(waiting.begin(), waiting.end());
}

std::vector<RowChange> ApplyRun::Private::rowsOf(const std::vector<qint64> &batch) const
{
    std::vector<RowChange> rows = context.changes.rowsOf(batch);
    for (RowChange &row : rows) {
        const bool isUnclear = unclear.contains(context.changes.index().find(keyOf(row)));
        row.state = isUnclear ? RowState::Unknown : RowState::Staged;
    }
    return rows;
}

void ApplyRun::Private::startBatches()
{
    const int mostBatches = batchesFor(context.portal.client().budget().permitsPerSecond());
    while (!isPaused && running < mostBatches && !waiting.empty()) {
        const RowIndex::Slot *next = context.changes.index().slot(waiting.back().front());
        if (running > 0 && (stageOfNext() != stage || (next && goesAlone(*next))))
            break;
        stage = stageOfNext();
        std::vector<RowChange> rows = rowsOf(waiting.back());
        waiting.pop_back();
        if (rows.empty()) // Taken out meanwhile.
            continue;
        ++running;
        if (rows.front().subject == RowSubject::Association)
            startBatch<AssociationBatch>(std::move(rows));
        else if (rows.front().subject == RowSubject::Merge)
            startBatch<MergeBatch>(std::move(rows));
        else
            startBatch<ApplyBatch>(std::move(rows));
    }
    finishIfDone();
}

int ApplyRun::Private::stageOfNext() const
{
    const RowIndex::Slot *slot = context.changes.index().slot(waiting.back().front());
    return slot ? stageOf(*slot) : stage;
}

template <typename Batch>
void ApplyRun::Private::startBatch(std::vector<RowChange> rows)
{
    auto *batch = new Batch(context, std::move(rows), q);
    q->always(batch,
              [this, type = batch->type(), size = batch->size()](
                  const Result<BatchReport> &report) { onBatch(type, size, report); });
}

void ApplyRun::Private::onBatch(ObjectType type, int size, const Result<BatchReport> &report)
{
    --running;
    rowsDone += size;
    if (report) {
        add(summary, report->counts);
        if (!report->written.isEmpty())
            emit q->recordsWritten(type, report->written);
        if (!report->archived.isEmpty())
            emit q->recordsArchived(type, report->archived);
    }
    const std::optional<Error> stop = report ? report->stop : std::optional(report.error());
    if (stop) {
        if (stop->kind == ErrorKind::Storage || stop->kind == ErrorKind::NotSaved)
            journalFault = stop;
        summary.stopped = stop;
        skipRest(stop);
    }
    emit q->progressed(rowsDone, rowsTotal);
    startBatches();
}

void ApplyRun::Private::skipRest(const std::optional<Error> &why)
{
    std::vector<qint64> unknown;
    std::vector<qint64> skipped;
    for (const auto &rows : waiting) {
        for (const qint64 row : rows)
            (unclear.contains(row) ? unknown : skipped).push_back(row);
        rowsDone += qint64(rows.size());
    }
    waiting.clear();
    summary.unknown += int(unknown.size());
    summary.skipped += int(skipped.size());
    if (options.dryRun)
        return;
    context.changes.setStates(unknown, RowState::Unknown, why);
    context.changes.setStates(skipped, RowState::Skipped, why);
}

void ApplyRun::Private::finishIfDone()
{
    if (phase != Sending || running > 0 || !waiting.empty())
        return;
    phase = Ending;
    if (options.dryRun)
        return q->complete(summary);
    q->always(context.journal.end(context.runId, q), [this](const Result<void> &ended) {
        if (journalFault)
            return q->complete(tl::unexpected(*journalFault));
        if (!ended)
            return q->complete(tl::unexpected(ended.error()));
        q->complete(summary);
    });
}

ApplyRun::ApplyRun(PortalWriter &portal, ChangeSet &changes, Journal &journal,
                   WriteGuard::PolicySource policy, RunOptions options,
                   const QHash<ObjectType, QList<PropertyDefinition>> &definitions, Clock &clock,
                   QObject *parent)
    : Call(parent)
    , d(std::make_unique<Private>(
          this,
          RunContext {portal, changes, journal, clock, {std::move(policy), options.consent()}},
          std::move(options)))
{
    d->context.guard.setSignedAs(changes.signedAs());
    // What is refused whatever the portal says needs no request.
    const Result<WritePolicy> held = d->context.guard.policy();
    if (!held) {
        complete(tl::unexpected(held.error()));
        return;
    }
    if (const auto refusal = refusalOf(changes, *held, d->options)) {
        complete(tl::unexpected(*refusal));
        return;
    }
    for (auto type = definitions.cbegin(); type != definitions.cend(); ++type) {
        for (const PropertyDefinition &property : *type)
            d->context.definitions[type.key()].insert(property.name, property);
    }
    d->readTotals(rowsToSend(changes.index(), d->options));
}

ApplyRun::~ApplyRun() = default;

void ApplyRun::finishEarly()
{
    if (isFinished() || d->phase == Private::Ending)
        return;
    if (d->phase == Private::Checking)
        return cancel();
    d->context.isStopping = true;
    if (d->phase == Private::Beginning)
        return; // Nothing is sent; the rows are skipped once they are this run's.
    d->skipRest(stoppedBefore());
    d->finishIfDone();
}

void ApplyRun::pause()
{
    d->isPaused = true;
}

void ApplyRun::resume()
{
    if (std::exchange(d->isPaused, false) && d->phase == Private::Sending)
        d->startBatches();
}

bool ApplyRun::isPaused() const
{
    return d->isPaused;
}

void ApplyRun::abortWork()
{
    // The batches on their way recorded theirs: they are children and were cancelled first.
    if (d->context.runId.isEmpty() || d->phase == Private::Ending)
        return;
    d->skipRest(stoppedBefore());
    if (d->isInJournal)
        d->context.journal.leaveEnd(d->context.runId);
}

} // namespace hubkeeper
