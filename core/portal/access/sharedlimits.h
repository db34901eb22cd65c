// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"
#include "net/ratebudget.h"

namespace hubkeeper {

/// What one client asks of the limits it keeps together with others.
struct BudgetRequest
{
    int permitsPerSecond = 1;
    int searchesPerSecond = 1;
    int reserve = 0; ///< Percent of every limit that is left to other programs.

    /// The more careful of both, value by value.
    [[nodiscard]] BudgetRequest plus(const BudgetRequest &other) const;
};

/// What the portal's headers said last (hubspot-api 12.1); -1 where nothing was said.
struct LimitReport
{
    int windowMax = -1; ///< Of the app on this account.
    int windowRemaining = -1;
    std::chrono::milliseconds window {-1};
    int dailyMax = -1; ///< Of the account.
    int dailyRemaining = -1;
};

/// What HubSpot counts for one app on one account (hubspot-api 12.1): the window of ten seconds as
/// the headers report it; and the provisioner's permitsPerSecond, which is there to stay below it.
///
/// The headers count everybody's calls. What is missing beyond our own was used by another program
/// with the same app: that much less is taken, and near the end of the window the pace is halved.
/// Alone, the whole window is used. Plain arithmetic; not thread-safe.
class AppLimits
{
public:
    AppLimits();

    [[nodiscard]] std::chrono::milliseconds delayAt(BudgetFamily family, Clock::Instant now) const;
    void spend(BudgetFamily family, Clock::Instant now);
    /// The portal refused a general request; it will be asked again at `until`.
    void hold(Clock::Instant until);
    /// Slows down below a tenth of the window where others use it too.
    void learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now);
    void reportTo(LimitReport &report) const;

    void follow(const BudgetRequest &strictest);
    /// Takes over what `other` spent and learned; both counted the same app on the same account.
    void absorb(const AppLimits &other);

private:
    void applyLimits();

    BudgetRequest m_request;
    std::chrono::milliseconds m_margin; // HubSpot's window is taken to be longer by this.
    Clock::Instant m_heldUntil {};
    int m_others = 0; // Calls of others in HubSpot's window, as of the newest header.
    RateBudget m_permits; // Every family but Exempt.
    RateBudget m_window; // HubSpot's ten seconds; wide open until a header says.
    int m_windowMax = -1;
    int m_windowRemaining = -1;
    std::chrono::milliseconds m_windowLength {-1};
};

/// What HubSpot counts for a whole account, all its apps together (hubspot-api 12.1): searches a
/// second, calls a day; and whether the account can be reached at all. Plain arithmetic; not
/// thread-safe.
class AccountLimits
{
public:
    AccountLimits();

    [[nodiscard]] std::chrono::milliseconds searchDelayAt(Clock::Instant now) const;
    void spendSearch(Clock::Instant now);
    void holdSearches(Clock::Instant until);
    void close(Clock::Instant until, Error why);
    [[nodiscard]] std::optional<Error> closedAt(Clock::Instant now) const;
    void learn(const HttpReply &reply);
    void reportTo(LimitReport &report) const;

    void follow(const BudgetRequest &strictest);
    /// Takes over what `other` spent and learned; both counted the same account.
    void absorb(const AccountLimits &other);

private:
    RateBudget m_search;
    int m_dailyMax = -1;
    int m_dailyRemaining = -1;
    Clock::Instant m_closedUntil {};
    std::optional<Error> m_closedBecause;
};

} // namespace hubkeeper
