// SPDX-License-Identifier: MIT
#pragma once

#include "idm/reconciliation/serverrun.h"
#include "idm/writing/serverwrite.h"

namespace hubkeeper {

/// A reconciliation to be started.
struct ReconOrder
{
    QString mapping;
    QString id; ///< reconById of this source object; empty: everything.
    /// Body of the call: what it says wins over the mapping for this run (recon-vectors, fact 50).
    QJsonObject parameters;
    /// The server computes it and writes nothing. Only for servers that are known to do so: others
    /// ignore the word and run for real (idm-rest 6.1).
    bool isAnalysis = false;
};

/// As the engine starts it. A conflict if a run of the mapping is under way, since a server would
/// take a second one beside it. Its row has the id of the run in `recordId`; where the answer is
/// lost, the server's list of runs is looked up for a new one of the mapping.
[[nodiscard]] std::shared_ptr<ServerWrite> serverWriteOf(const ReconOrder &order);

/// A run to be cancelled. A conflict if it is over.
struct ReconCancel
{
    QString id;
    QString mapping;
};
[[nodiscard]] std::shared_ptr<ServerWrite> serverWriteOf(const ReconCancel &cancel);

/// The row of a start with what the run came to: for the journal, once it is over. `failed` counts
/// the objects that an administrator calls failed. Pure.
[[nodiscard]] JournalRow withResult(JournalRow started, const ServerRun &run, qint64 failed);

} // namespace hubkeeper
