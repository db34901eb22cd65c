// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

namespace hubkeeper {

/// What a reply that is not 2xx means (hubspot-api 3.6, 3.7, 8.3, 11): kind from the status,
/// message, category, correlation id, field faults, scopes and the existing id from the body if it
/// is HubSpot's JSON; a body of HTML or nothing is tolerated. A taken value of a unique property is
/// a Conflict, whatever the status. Texts are without secrets and cut.
[[nodiscard]] Error errorFrom(const HttpReply &reply);

/// What to do while the account is being moved (status 477): wait so long.
[[nodiscard]] QString movingRemedy(const std::optional<std::chrono::milliseconds> &retryAfter);

} // namespace hubkeeper
