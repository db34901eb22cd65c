// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"
#include "practice/data/shiftedclock.h"
#include "practice/state/answers.h"
#include "practice/state/practiceoptions.h"

#include <QHash>

#include <deque>
#include <map>

namespace hubkeeper::practice {

/// Which budget a call draws on (hubspot-api 12.1, 6.3).
enum class Budget { General, Search, Association };

/// Counts calls in sliding windows and per day, refuses those above the limit, and reports the
/// headers of the rest.
class RateLimiter
{
public:
    /// Spends `cost` calls of the app's budget. The policy that refused, if one did; refused
    /// calls cost nothing.
    [[nodiscard]] std::optional<LimitPolicy> spend(const ShiftedClock &clock,
                                                   const RateLimits &limits, const QString &app,
                                                   bool isOauth, Budget budget, int cost,
                                                   bool countsDaily);

    /// Seconds until the refused call would pass, for Retry-After.
    [[nodiscard]] int secondsToWait(const ShiftedClock &clock, LimitPolicy policy) const;

    /// X-HubSpot-RateLimit-... as they stand (hubspot-api 12.1); none for search.
    [[nodiscard]] HeaderList headers(const RateLimits &limits, const QString &app, bool isOauth,
                                     Budget budget) const;

    [[nodiscard]] int usedToday() const { return m_today; }
    void setUsedToday(int calls) { m_today = calls; }

    /// The next midnight of the account's time zone.
    [[nodiscard]] static EpochMs resetsAt(EpochMs now);

    void reset();

private:
    using Window = std::deque<Clock::Instant>;

    void startDay(EpochMs now);

    std::map<QString, Window> m_windows; // Key: budget and app.
    EpochMs m_dayEnds = 0;
    int m_today = 0;
};

/// The account's offset from UTC: US/Eastern in winter (hubspot-api 10.2).
inline constexpr EpochMs accountOffsetMs = -18'000'000;

} // namespace hubkeeper::practice
