// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run.h"
#include "connector/script.h"

namespace hubkeeper {

class Session;

/// Why a write of a script must not be sent at once under this policy, or nothing. `before` are
/// the writes the same run has sent. Read-only refuses, and so does review: what a script is going
/// to write can only be reviewed in a dry run. Confirm wants `confirmed`. Thresholds and protected
/// properties are those of a run (DESIGN 7). Errors are of kind Refused.
[[nodiscard]] std::optional<Error> refusalOf(const CollectedWrite &write,
                                             const QList<CollectedWrite> &before,
                                             const WritePolicy &policy, bool confirmed);

/// Runs a script on the session's connector, each write guarded by the session's policy of that
/// moment. `confirmed`: the user was asked whether it may write. Fails as ScriptRun does; the
/// session must outlive the call.
[[nodiscard]] ScriptRun *runScript(Session &session, ScriptRequest request, bool confirmed,
                                   QObject *parent);

} // namespace hubkeeper
