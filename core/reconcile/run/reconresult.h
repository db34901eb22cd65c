// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/mapping/situation.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace hubkeeper {

/// What one object came to under one link qualifier.
struct ReconEntry
{
    enum class Status {
        Success, ///< The server's word; EXCEPTION is a SUCCESS (fact 7).
        Failure,
        Unknown, ///< It depends on a script that only the server can run.
    };

    bool ofTargetPhase = false; ///< reconciling: source or target.
    QString linkQualifier;
    QString sourceId; ///< Without the collection; null if there is none.
    QString targetId; ///< Without the collection; null if there is none.
    QStringList ambiguousTargetIds;
    QString deletedTargetId; ///< By a source; targetId is null then, as in the server's log (58).
    std::optional<SyncSituation> situation; ///< None: it failed, or is not known, before.
    std::optional<SyncAction> action; ///< None: as the situation, or an action script's.
    Status status = Status::Success;
    /// What an administrator calls failed: a failure, or the action EXCEPTION.
    bool failed = false;
    /// False where what was found depends on another object whose script only the server can run.
    bool certain = true;
    QString reason; ///< Why it failed or is not known; empty if neither.
};

/// What a run came to.
struct ReconResult
{
    enum class State { Success, Failed, Canceled };

    QString mapping;
    State state = State::Success;
    QString cause; ///< Of Failed: one sentence.
    /// False where a script that only the server can run had a say, or the run was cancelled.
    bool complete = true;
    QStringList serverScripts; ///< Which, each once.

    std::vector<ReconEntry> entries; ///< In the order of the run. NOREPORT makes none.
    QMap<SyncSituation, int> situations; ///< NOREPORT counts here.
    int successes = 0; ///< statusSummary.
    int failures = 0;
};

/// "SUCCESS", "FAILED", "CANCELED".
[[nodiscard]] QString wordOf(ReconResult::State state);
/// "SUCCESS", "FAILURE", "UNKNOWN".
[[nodiscard]] QString wordOf(ReconEntry::Status status);

} // namespace hubkeeper
