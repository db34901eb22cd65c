// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/callbudget.h"

namespace hubkeeper {

class Session;

/// What sending the rows of `options` from the session's change set would ask of HubSpot, by what
/// is known at this moment: asks nothing.
[[nodiscard]] CallBudget callBudget(Session &session, const RunOptions &options);

} // namespace hubkeeper
