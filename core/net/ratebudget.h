// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "net/http.h"

#include <deque>
#include <memory>

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
///
/// The headers count everybody's calls. What is missing beyond our own was used by another program
/// with the same app: that much less is taken, and near the end of the window the pace is halved.
/// Alone, the whole window is used. Not thread-safe.
class AccountBudget
{
public:
    /// The largest reserve, in percent.
    static constexpr int mostReserve = 90;

    /// HubSpot allows five searches a second; four leave room for others (hubspot-api 12.3).
    explicit AccountBudget(int permitsPerSecond, int searchesPerSecond = 4);

    [[nodiscard]] std::chrono::milliseconds delayAt(BudgetFamily family, Clock::Instant now) const;
    void spend(BudgetFamily family, Clock::Instant now);
    /// The portal refused one: everyone of the family waits, not only the caller.
    void hold(BudgetFamily family, Clock::Instant until);
    /// The portal is closed to everyone until `until`, because of `why` (status 477). Unlike a
    /// hold this is long: requests fail with `why` instead of waiting.
    void close(Clock::Instant until, Error why);
    /// Why the portal is closed at `now`, with the time left in retryAfter, or nothing.
    [[nodiscard]] std::optional<Error> closedAt(Clock::Instant now) const;
    /// Reads the rate-limit headers of a reply to a request that started at `started`. Slows down
    /// below a tenth of the window where others use it too.
    void learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now);
    /// Leaves this share of every limit, 0 to mostReserve percent, to other programs.
    void setReserve(int percent);
    /// Goes on with the smaller of the present number and this one.
    void lowerPermits(int permitsPerSecond);
    [[nodiscard]] const LimitReport &report() const { return m_report; }
    [[nodiscard]] int permitsPerSecond() const; ///< Without the reserve.

private:
    void applyLimits();
    [[nodiscard]] int withoutReserve(int requests) const;

    int m_permitsPerSecond;
    int m_searchesPerSecond;
    int m_reserve = 0; // Percent.
    std::chrono::milliseconds m_margin {100}; // HubSpot's window is taken to be longer by this.
    Clock::Instant m_generalHeldUntil {};
    int m_others = 0; // Calls of others in HubSpot's window, as of the newest header.
    RateBudget m_permits; // permitsPerSecond, every family but Exempt.
    RateBudget m_search;
    RateBudget m_portalWindow; // HubSpot's ten seconds; wide open until a header tells.
    LimitReport m_report;
    Clock::Instant m_closedUntil {};
    std::optional<Error> m_closedBecause;
};

/// The budget of `account` that everything in this thread shares while it holds it: two windows
/// on one portal together stay under its limits. The smallest permitsPerSecond asked for counts.
/// `account` is any text that tells accounts apart; it is kept, so it must not be a secret.
[[nodiscard]] std::shared_ptr<AccountBudget> sharedBudget(const QString &account,
                                                          int permitsPerSecond);

} // namespace hubkeeper
