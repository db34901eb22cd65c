// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

namespace hubkeeper {

/// Own calls in one stretch of time.
struct UsageSlot
{
    int general = 0;
    int search = 0;
    int limited = 0; ///< Of these, answered with 429.

    bool operator==(const UsageSlot &) const = default;
};

inline constexpr int usageSlots = 60;
inline constexpr std::chrono::seconds usageSlotLength {10};

/// The last ten minutes before `now`, oldest slot first; a call counts where it began. Token
/// requests are not counted: HubSpot does not either. Pure.
[[nodiscard]] QList<UsageSlot> usageOf(const std::deque<TrafficRecord> &records,
                                       const QDateTime &now);

} // namespace hubkeeper
