// SPDX-License-Identifier: MIT
#pragma once

#include "portal/access/sharedlimits.h"

#include <memory>

namespace hubkeeper {

/// Which accounts and apps the budgets of a program are for, so that those of the same account
/// keep its limits together. One for a program, in the thread of its budgets; it may go before
/// they do, and forgets by itself what nobody uses any more.
class BudgetRegistry
{
public:
    BudgetRegistry();
    ~BudgetRegistry();
    Q_DISABLE_COPY_MOVE(BudgetRegistry)

private:
    friend class AccountBudget;
    class Private;

    std::unique_ptr<Private> d;
};

/// The limits one client keeps: those of its app on its account and those of the account. Alone at
/// first; share() joins them with the ones of everybody in a registry who talks to the same.
///
/// Where several keep limits together, the smallest permitsPerSecond, the fewest searches and the
/// largest reserve of those who are there count. One thread; RestClient asks it.
class AccountBudget
{
public:
    /// The largest reserve, in percent.
    static constexpr int mostReserve = 90;

    /// HubSpot allows five searches a second (hubspot-api 6.3); who shares the account sets a
    /// reserve. Less than one is one.
    explicit AccountBudget(int permitsPerSecond, int searchesPerSecond = 5);
    ~AccountBudget();
    Q_DISABLE_COPY_MOVE(AccountBudget)

    /// Goes on together with everybody who named the same `account` (searches, calls a day, closed)
    /// and, on it, the same `app` (general calls). Whatever was spent or learned before is brought
    /// along, and so are those who shared with this one till now: the names say better which
    /// account it is, never another one. `registry` keeps them, so they must not be secret.
    void share(BudgetRegistry &registry, const QString &account, const QString &app);

    [[nodiscard]] std::chrono::milliseconds delayAt(BudgetFamily family, Clock::Instant now) const;
    void spend(BudgetFamily family, Clock::Instant now);
    /// The portal refused one: everyone of the family waits, not only the caller.
    void hold(BudgetFamily family, Clock::Instant until);
    /// The account is closed to everyone until `until`, because of `why` (status 477). Unlike a
    /// hold this is long: requests fail with `why` instead of waiting.
    void close(Clock::Instant until, Error why);
    /// Why the account is closed at `now`, with the time left in retryAfter, or nothing.
    [[nodiscard]] std::optional<Error> closedAt(Clock::Instant now) const;
    /// Reads the rate-limit headers of a reply to a request that started at `started`.
    void learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now);
    /// Leaves this share of every limit, 0 to mostReserve percent, to other programs; from the next
    /// request on.
    void setReserve(int percent);
    [[nodiscard]] LimitReport report() const;
    /// Of all who share; without the reserve.
    [[nodiscard]] int permitsPerSecond() const;
    [[nodiscard]] int searchesPerSecond() const;

private:
    friend class BudgetRegistry;

    template <typename Limits>
    struct Group;
    template <typename Limits>
    using GroupPlace = std::shared_ptr<Group<Limits>> AccountBudget::*;

    template <typename Limits>
    void moveTo(std::shared_ptr<Group<Limits>> group, GroupPlace<Limits> place);
    template <typename Limits>
    void leave(Group<Limits> &group);

    BudgetRequest m_request;
    std::shared_ptr<Group<AppLimits>> m_app;
    std::shared_ptr<Group<AccountLimits>> m_account;
};

} // namespace hubkeeper
