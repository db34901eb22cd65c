// SPDX-License-Identifier: MIT
#include "practice/idm/recon/reconruns.h"

#include "practice/idm/recon/analysis.h"
#include "practice/idm/recon/gatedworld.h"
#include "practice/idm/recon/implicitsync.h"
#include "practice/idm/recon/reconjson.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/scripts/hostedscripts.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr size_t keptRuns = 100;

SyncMappings mappingsOf(const IdmState &state)
{
    const auto all = readMappings(state.mappings());
    return all ? *all : SyncMappings();
}

void dropOldRuns(IdmState &state)
{
    while (state.runs.size() > keptRuns && !state.runs.front()->isActive()) {
        if (state.runs.front()->thread) // It is over, or about to be.
            state.runs.front()->thread->wait();
        state.runs.erase(state.runs.begin());
    }
}

/// In the server's thread: one object is done.
void noteEntry(IdmState &state, ReconRun &run, const ReconEntry &entry)
{
    run.entries.push_back(entry);
    const QJsonObject shown = objectEntry(state, run, entry);
    run.shown.append(shown);
    if (!run.isAnalysis)
        state.audit.add(u"recon"_s, shown);
    synchronisePending(state);
}

/// In the server's thread: the run is over.
void noteEnd(IdmState &state, ReconRun &run, const ReconResult &result)
{
    synchronisePending(state);
    run.result = result;
    run.ended = std::max(state.now(), run.started + 1); // 0 stands for a run that works.
    state.audit.add(u"recon"_s, summaryEntry(state, run));
    dropOldRuns(state);
}

/// The thread of a run.
void work(IdmState &state, ReconRun &run, const SyncMappings &all, std::stop_token stop)
{
    ServerGate &gate = *run.gate;
    IdmObjects ownObjects(state, &run);
    IdmLinks ownLinks(state, &run);
    GatedObjects objects(gate, ownObjects);
    GatedLinks links(gate, ownLinks);
    HostedScripts scripts(objects);
    const std::chrono::milliseconds pause = state.options.reconPause;
    const ReconResult result = reconcile(
        all, run.mapping, run.request, {objects, links, scripts}, std::move(stop),
        [&](const ReconProgress &progress) { run.inTargetPhase = progress.inTargetPhase; },
        [&](const ReconEntry &entry) {
            (void)gate.run([&] {
                noteEntry(state, run, entry);
                return true;
            });
            if (pause.count() > 0)
                gate.pause(pause);
        });
    (void)gate.run([&] {
        noteEnd(state, run, result);
        return true;
    });
}

} // namespace

CrestOutcome<std::shared_ptr<ReconRun>> beginRun(IdmState &state, const RunWish &wish)
{
    const SyncMappings all = mappingsOf(state);
    const SyncMapping *mapping = all.find(wish.mapping);
    if (!mapping)
        return refuse(crestError(409, u"No such mapping: %1"_s.arg(wish.mapping)));
    auto run = std::make_shared<ReconRun>();
    run->id = state.nextTransactionId();
    run->mapping = mapping->name;
    run->source = mapping->source;
    run->target = mapping->target;
    run->linkType = mapping->links;
    run->request = wish.request;
    run->isAnalysis = wish.isAnalysis;
    run->keepsAssociations = wish.keepsAssociations;
    run->started = state.now();
    run->steps.insert(u"onReconScript"_s, 1);
    state.runs.push_back(run);
    state.audit.add(u"recon"_s, startEntry(state, *run));
    return run;
}

std::chrono::milliseconds finishRun(IdmState &state, ReconRun &run)
{
    const SyncMappings all = mappingsOf(state);
    if (run.isAnalysis) {
        noteEnd(state, run, analysed(state, run, all));
        return {};
    }
    IdmObjects objects(state, &run);
    IdmLinks links(state, &run);
    HostedScripts scripts(objects);
    const ReconResult result = reconcile(
        all, run.mapping, run.request, {objects, links, scripts}, {},
        [&](const ReconProgress &progress) { run.inTargetPhase = progress.inTargetPhase; },
        [&](const ReconEntry &entry) { noteEntry(state, run, entry); });
    noteEnd(state, run, result);
    return objects.searchTime();
}

void startRun(IdmState &state, const std::shared_ptr<ReconRun> &run)
{
    if (run->isAnalysis) { // Computed in a moment; there is nothing to wait for.
        finishRun(state, *run);
        return;
    }
    run->gate = std::make_shared<ServerGate>(state.context);
    run->thread.reset(QThread::create([&state, run = run.get(), all = mappingsOf(state)] {
        work(state, *run, all, run->stop.get_token());
    }));
    run->thread->start();
}

void cancelRun(ReconRun &run)
{
    if (!run.isActive())
        return;
    run.isCancelled = true;
    run.stop.request_stop();
}

void endRuns(IdmState &state)
{
    for (const auto &run : state.runs) {
        run->stop.request_stop();
        if (run->gate)
            run->gate->close();
        if (run->thread)
            run->thread->wait();
    }
}

ReconRun *runWithId(const IdmState &state, const QString &id)
{
    for (const auto &run : state.runs) {
        if (run->id == id)
            return run.get();
    }
    return nullptr;
}

} // namespace hubkeeper::practice
