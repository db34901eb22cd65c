// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

#include <deque>

namespace hubkeeper {

/// How many requests may start in how much time.
struct RateLimit
{
    int requests = 1;
    std::chrono::milliseconds window {1000};
};

/// Keeps one family of requests under its limits with sliding windows. Plain arithmetic: it holds
/// no timer and asks no clock. Not thread-safe.
class RateBudget
{
public:
    /// A limit of less than one request is treated as one.
    explicit RateBudget(RateLimit limit);

    /// How long to wait before the next request may start; zero means now.
    [[nodiscard]] std::chrono::milliseconds delayAt(Clock::Instant now) const;
    /// Records that a request starts at `now`, repeats included.
    void spend(Clock::Instant now);
    /// Blocks every request until `until`, e.g. because the portal answered 429.
    void hold(Clock::Instant until);
    void setLimit(RateLimit limit);
    [[nodiscard]] RateLimit limit() const { return m_limit; }
    /// How many requests started in the last `window` before `now`; what is longer ago than three
    /// times the limit's window is forgotten.
    [[nodiscard]] int startedIn(std::chrono::milliseconds window, Clock::Instant now) const;
    /// Counts what `other` started too, and waits as long as it; the limit stays.
    void absorb(const RateBudget &other);

private:
    RateLimit m_limit;
    std::deque<Clock::Instant> m_starts; // Of the last window, oldest first.
    Clock::Instant m_heldUntil {};
};

} // namespace hubkeeper
