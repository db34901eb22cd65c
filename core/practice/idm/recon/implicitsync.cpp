// SPDX-License-Identifier: MIT
#include "practice/idm/recon/implicitsync.h"

#include "practice/idm/recon/idmworld.h"
#include "practice/idm/recon/reconjson.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/run/synchronisation.h"
#include "reconcile/scripts/hostedscripts.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr int deepestChain = 5; // Mappings may go round in circles.

void synchroniseAll(IdmState &state, const SyncMappings &all, const ManagedChange &change)
{
    IdmObjects objects(state);
    IdmLinks links(state);
    HostedScripts scripts(objects);
    const SyncWorld world {objects, links, scripts};
    for (const SyncMapping &mapping : all.mappings) {
        if (!mapping.enableSync || mapping.source != change.collection)
            continue;
        const SyncOutcome outcome =
            synchronise(all, mapping, {change.id, change.before, change.after}, world);
        for (const ReconEntry &entry : outcome.entries)
            state.audit.add(u"sync"_s, syncEntry(state, mapping.name, mapping.source, entry));
    }
}

void synchroniseChange(IdmState &state, const ManagedChange &change)
{
    if (state.syncDepth >= deepestChain)
        return;
    const auto all = readMappings(state.mappings());
    if (!all || !all->unknown.isEmpty())
        return;
    ++state.syncDepth;
    synchroniseAll(state, *all, change);
    --state.syncDepth;
}

} // namespace

void listenForSync(IdmState &state)
{
    state.objects.setListener([&state](const ManagedChange &change) {
        if (state.isByRun)
            state.pendingSync.push_back(change);
        else
            synchroniseChange(state, change);
    });
}

void synchronisePending(IdmState &state)
{
    while (!state.pendingSync.empty()) {
        for (const ManagedChange &change : std::exchange(state.pendingSync, {}))
            synchroniseChange(state, change);
    }
}

} // namespace hubkeeper::practice
