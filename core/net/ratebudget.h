// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "net/http.h"

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

private:
    RateLimit m_limit;
    std::deque<Clock::Instant> m_starts; // Of the last window, oldest first.
    Clock::Instant m_heldUntil {};
};

/// What the portal's headers said last (hubspot-api 12.1); -1 where nothing was said.
struct LimitReport
{
    int windowMax = -1;
    int windowRemaining = -1;
    std::chrono::milliseconds window {-1};
    int dailyMax = -1;
    int dailyRemaining = -1;
};

/// All limits of one account, shared by everything that talks to it: the provisioner's
/// permitsPerSecond, HubSpot's own window as the headers tell it, and five searches a second.
class AccountBudget
{
public:
    /// HubSpot allows five searches a second; four leave room for others (hubspot-api 12.3).
    explicit AccountBudget(int permitsPerSecond, int searchesPerSecond = 4);

    [[nodiscard]] std::chrono::milliseconds delayAt(BudgetFamily family, Clock::Instant now) const;
    void spend(BudgetFamily family, Clock::Instant now);
    /// Everyone of the family waits, not only the caller.
    void hold(BudgetFamily family, Clock::Instant until);
    /// The portal is closed to everyone until `until`, because of `why` (status 477). Unlike a
    /// hold this is long: requests fail with `why` instead of waiting.
    void close(Clock::Instant until, Error why);
    /// Why the portal is closed at `now`, with the time left in retryAfter, or nothing.
    [[nodiscard]] std::optional<Error> closedAt(Clock::Instant now) const;
    /// Reads the rate-limit headers of a reply and slows down below a tenth of the window.
    void learn(const HttpReply &reply, Clock::Instant now);
    [[nodiscard]] const LimitReport &report() const { return m_report; }
    [[nodiscard]] int permitsPerSecond() const;

private:
    RateBudget m_permits; // permitsPerSecond, every family but Exempt.
    RateBudget m_search;
    RateBudget m_portalWindow; // HubSpot's ten seconds; wide open until a header tells.
    LimitReport m_report;
    Clock::Instant m_closedUntil {};
    std::optional<Error> m_closedBecause;
};

} // namespace hubkeeper
