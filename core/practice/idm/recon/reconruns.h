// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

/// What a call asks of a new run.
struct RunWish
{
    QString mapping;
    ReconRequest request;
    bool isAnalysis = false; ///< `analyze=true`, where the server knows it.
    bool keepsAssociations = false;
};

/// A run that begins. Fails with 409 for an unknown mapping.
[[nodiscard]] CrestOutcome<std::shared_ptr<ReconRun>> beginRun(IdmState &state,
                                                               const RunWish &wish);

/// Carries a run out, here and now. Gives the time that its queries would take on the wire.
std::chrono::milliseconds finishRun(IdmState &state, ReconRun &run);

/// Carries a run out in a thread of its own, which asks the server's thread for everything.
void startRun(IdmState &state, const std::shared_ptr<ReconRun> &run);

/// Cancels a run; one that is over stays as it is.
void cancelRun(ReconRun &run);

/// Ends every thread, in the server's.
void endRuns(IdmState &state);

[[nodiscard]] ReconRun *runWithId(const IdmState &state, const QString &id);

} // namespace hubkeeper::practice
