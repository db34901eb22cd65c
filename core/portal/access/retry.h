// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

namespace hubkeeper {

/// Which 429 it was (hubspot-api 12.2).
enum class RatePolicy { Secondly, TenSecondlyRolling, Daily, Unknown };
[[nodiscard]] RatePolicy ratePolicyOf(const HttpReply &reply);

/// How long to pause before attempt number `next` (2 is the first repeat), or nothing if the
/// request must not be repeated: the table of hubspot-api 12.3. `chance` is 0 to 1.
[[nodiscard]] std::optional<std::chrono::milliseconds> pauseBefore(int next, const Error &error,
                                                                   RatePolicy policy,
                                                                   const HttpRequest &request,
                                                                   double chance);

} // namespace hubkeeper
