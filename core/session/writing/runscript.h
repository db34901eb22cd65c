// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "connector/script.h"

namespace hubkeeper {

class Session;

/// Why a write of a script must not be sent at once under this policy, or nothing. `before` are
/// the writes the same run has sent. Read-only refuses, and so does review: what a script is going
/// to write can only be reviewed in a dry run. Confirm wants `confirmed`. Thresholds and protected
/// properties are those of a run (DESIGN 7). Errors are of kind Refused.
[[nodiscard]] std::optional<Error> refusalOf(const CollectedWrite &write,
                                             const QList<CollectedWrite> &before,
                                             WritePolicy policy, bool confirmed);

struct ScriptRunOptions
{
    bool confirmed = false; ///< The user was asked whether it may write.
    QString name; ///< What people call the script; the journal's note. Empty: it has no name.
    /// Told the id of the journal run that holds what is written, before the first write leaves.
    std::function<void(const QString &runId)> recorded = {};
};

/// Runs a script on the session's connector. Writes are guarded by the session's policy of that
/// moment and journaled with old and new values, as one run (JournaledWrite); it is reverted like
/// any other. A script that writes nothing leaves no run. Fails as ScriptRun does; the session must
/// outlive the call.
[[nodiscard]] ScriptRun *runScript(Session &session, ScriptRequest request,
                                   const ScriptRunOptions &options, QObject *parent);

} // namespace hubkeeper
