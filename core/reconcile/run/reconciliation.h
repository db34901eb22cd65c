// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/mapping/syncmapping.h"
#include "reconcile/run/reconresult.h"
#include "reconcile/world/linkstore.h"
#include "reconcile/world/mappingscripts.h"
#include "reconcile/world/objectaccess.h"

#include <functional>
#include <stop_token>

namespace hubkeeper {

/// What a run works on. All of it outlives the run.
struct SyncWorld
{
    ObjectAccess &objects;
    LinkStore &links;
    MappingScripts &scripts;
};

/// How far a run is. Counts go up to what they are of, which is -1 while it is not known.
struct ReconProgress
{
    bool inTargetPhase = false;
    qint64 sourcesDone = 0;
    qint64 sources = -1;
    qint64 targetsDone = 0;
    qint64 targets = -1;
};

/// Which run.
struct ReconRequest
{
    /// reconById of one id; else a run of everything.
    std::optional<QString> id;
    /// The body of the call: sourceQuery, targetQuery, runTargetPhase, allowEmptySourceSet. It wins
    /// over the mapping, both ways (fact 50).
    QJsonObject overrides;
    /// Whether the result has the entries; without it the sink alone gets them.
    bool keepsEntries = true;
};

using ReconObserver = std::function<void(const ReconProgress &)>;
/// Gets each entry as it comes.
using EntrySink = std::function<void(const ReconEntry &)>;

/// Runs a mapping: the source phase, then the target phase, object by object in the order of the
/// query, with one thread. What OpenIDM 6.3.0 leaves to chance with its ten threads is decided by
/// that order here.
///
/// Synchronous: returns when the run is over, calls everything in the thread that called it, keeps
/// nothing. `mappings` has all mappings of the server; correlation trees may name another one. A
/// mapping that is not known gives a FAILED result. `stop` is looked at before each object.
[[nodiscard]] ReconResult reconcile(const SyncMappings &mappings, const QString &mapping,
                                    const ReconRequest &request, const SyncWorld &world,
                                    std::stop_token stop = {}, const ReconObserver &observer = {},
                                    const EntrySink &sink = {});

} // namespace hubkeeper
