// SPDX-License-Identifier: MIT
#pragma once

#include "session/snapshots/rehearse.h"

namespace hubkeeper {

/// Starts a practice portal that is filled from a snapshot, in a thread of its own, without limits
/// of calls and without a delay of the search. Fails as portalContentsOf(), with InvalidInput for a
/// fault or a switch that there is not, and as PracticeThread::start().
[[nodiscard]] Result<std::shared_ptr<RehearsalPortal>>
startRehearsalPortal(const RehearsalSetting &setting, const std::stop_token &stop);

} // namespace hubkeeper
