// SPDX-License-Identifier: MIT
#include "changes/run/run.h"

#include "base/clock.h"
#include "changes/run/applybatch.h"
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
    sum.applied += part.applied;
    sum.failed += part.failed;
    sum.conflicting += part.conflicting;
    sum.unknown += part.unknown;
    sum.skipped += part.skipped;
}

} // namespace

class ApplyRun::Private
{
public:
    Private(ApplyRun *run, RunContext theContext)
        : q(run)
        , context(std::move(theContext))
    {
    }

    void start(const std::vector<RowChange> &rows);
    void startBatches();
    void onBatch(const ApplyBatch *batch, const Result<BatchReport> &report);
    void skipRest(const std::optional<Error> &why);
    void finishIfDone();

    ApplyRun *q;
    RunContext context;
    std::vector<std::vector<RowChange>> waiting; // The next one last.
    std::optional<Error> journalFault;
    RunSummary summary;
    int running = 0;
    qint64 rowsDone = 0;
    qint64 rowsTotal = 0;
};

/// Marks all rows in one go, so that a draft of them is written once, before anything is sent.
void ApplyRun::Private::start(const std::vector<RowChange> &rows)
{
    rowsTotal = qint64(rows.size());
    context.changes.beginStep({});
    for (const RowChange &row : rows) {
        if (row.kind == ChangeKind::Create && row.state != RowState::Unknown)
            context.changes.setSentAt(row.type, row.id, context.clock.utc());
        context.changes.setState(row.type, row.id, RowState::Sending);
    }
    context.changes.endStep();
    waiting = batchesOf(rows);
    std::reverse(waiting.begin(), waiting.end());
    startBatches();
}

void ApplyRun::Private::startBatches()
{
    const int mostBatches = batchesFor(context.portal.client().budget().permitsPerSecond());
    while (running < mostBatches && !waiting.empty()) {
        auto *batch = new ApplyBatch(context, std::move(waiting.back()), q);
        waiting.pop_back();
        ++running;
        batch->onDone(q, [this, batch](const Result<BatchReport> &report) {
            if (!q->isFinished())
                onBatch(batch, report);
        });
    }
    finishIfDone();
}

void ApplyRun::Private::onBatch(const ApplyBatch *batch, const Result<BatchReport> &report)
{
    --running;
    rowsDone += batch->size();
    if (report) {
        add(summary, report->counts);
        if (!report->written.isEmpty())
            emit q->recordsWritten(batch->type(), report->written);
        if (!report->archived.isEmpty())
            emit q->recordsArchived(batch->type(), report->archived);
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
    context.changes.beginStep({});
    for (const auto &rows : waiting) {
        for (const RowChange &row : rows) {
            const bool unknown = row.state == RowState::Unknown;
            context.changes.setState(row.type, row.id,
                                     unknown ? RowState::Unknown : RowState::Skipped, why);
            ++(unknown ? summary.unknown : summary.skipped);
        }
        rowsDone += qint64(rows.size());
    }
    context.changes.endStep();
    waiting.clear();
}

void ApplyRun::Private::finishIfDone()
{
    if (running > 0 || !waiting.empty())
        return;
    const Result<void> ended = context.journal.endRun(context.runId);
    if (journalFault)
        return q->complete(tl::unexpected(*journalFault));
    if (!ended)
        return q->complete(tl::unexpected(ended.error()));
    q->complete(summary);
}

ApplyRun::ApplyRun(Portal &portal, ChangeSet &changes, Journal &journal, WritePolicy policy,
                   RunOptions options, QHash<ObjectType, QList<PropertyDefinition>> definitions,
                   Clock &clock, QObject *parent)
    : Call(parent)
    , d(std::make_unique<Private>(this, RunContext {portal, changes, journal, clock, {}, {}, {}}))
{
    const std::vector<RowChange> rows = changes.rows();
    if (const auto refusal = refusalOf(rows, policy, options)) {
        complete(tl::unexpected(*refusal));
        return;
    }
    for (auto type = definitions.cbegin(); type != definitions.cend(); ++type) {
        for (const PropertyDefinition &property : *type)
            d->context.definitions[type.key()].insert(property.name, property);
    }
    const Result<QString> run =
        journal.beginRun(options.connection, options.portalId, options.note, options.revertOf);
    if (!run) {
        complete(tl::unexpected(run.error()));
        return;
    }
    d->context.runId = *run;
    d->summary.runId = *run;
    d->start(rowsToSend(rows, options));
}

ApplyRun::~ApplyRun() = default;

void ApplyRun::finishEarly()
{
    if (isFinished())
        return;
    d->skipRest({});
    d->finishIfDone();
}

void ApplyRun::abortWork()
{
    // The batches on their way recorded theirs: they are children and were cancelled first.
    if (d->context.runId.isEmpty())
        return;
    d->skipRest({});
    (void)d->context.journal.endRun(d->context.runId);
}

} // namespace hubkeeper
