// SPDX-License-Identifier: MIT
#include "portal/access/accountbudget.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hubkeeper {

/// Limits and those who keep them together.
template <typename Limits>
struct AccountBudget::Lane
{
    /// All of them, at least one.
    [[nodiscard]] BudgetWish strictest() const
    {
        BudgetWish wish = members.front()->m_wish;
        for (const AccountBudget *member : members)
            wish = wish.togetherWith(member->m_wish);
        return wish;
    }

    /// Members or their wishes changed.
    void agree()
    {
        if (!members.empty())
            limits.obey(strictest());
    }

    Limits limits;
    std::vector<AccountBudget *> members;
};

/// The lane of that name in this thread, made if nobody holds it.
template <typename Limits>
std::shared_ptr<AccountBudget::Lane<Limits>> AccountBudget::laneNamed(const QString &name)
{
    static thread_local QHash<QString, std::weak_ptr<Lane<Limits>>> lanes;
    if (auto known = lanes.value(name).lock())
        return known;
    lanes.removeIf([](const auto &entry) { return entry.value().expired(); });
    auto fresh = std::make_shared<Lane<Limits>>();
    lanes.insert(name, fresh);
    return fresh;
}

/// With all who were in the lane before: they have the same account.
template <typename Limits>
void AccountBudget::moveTo(std::shared_ptr<Lane<Limits>> lane, LanePlace<Limits> place)
{
    const auto before = this->*place;
    if (before == lane)
        return;
    if (before) {
        lane->limits.absorb(before->limits);
        for (AccountBudget *member : std::exchange(before->members, {})) {
            member->*place = lane;
            lane->members.push_back(member);
        }
    } else {
        this->*place = lane;
        lane->members.push_back(this);
    }
    lane->agree();
}

template <typename Limits>
void AccountBudget::leave(Lane<Limits> &lane)
{
    lane.members.erase(std::find(lane.members.begin(), lane.members.end(), this));
    lane.agree();
}

AccountBudget::AccountBudget(int permitsPerSecond, int searchesPerSecond)
    : m_wish {std::max(permitsPerSecond, 1), std::max(searchesPerSecond, 1), 0}
{
    moveTo(std::make_shared<Lane<AppLimits>>(), &AccountBudget::m_app);
    moveTo(std::make_shared<Lane<AccountLimits>>(), &AccountBudget::m_account);
}

AccountBudget::~AccountBudget()
{
    leave(*m_app);
    leave(*m_account);
}

void AccountBudget::share(const QString &account, const QString &app)
{
    moveTo(laneNamed<AccountLimits>(account), &AccountBudget::m_account);
    moveTo(laneNamed<AppLimits>(account + u'\n' + app), &AccountBudget::m_app);
}

std::chrono::milliseconds AccountBudget::delayAt(BudgetFamily family, Clock::Instant now) const
{
    const auto ofApp = m_app->limits.delayAt(family, now);
    return family == BudgetFamily::Search ? std::max(ofApp, m_account->limits.searchDelayAt(now))
                                          : ofApp;
}

void AccountBudget::spend(BudgetFamily family, Clock::Instant now)
{
    m_app->limits.spend(family, now);
    if (family == BudgetFamily::Search)
        m_account->limits.spendSearch(now);
}

void AccountBudget::hold(BudgetFamily family, Clock::Instant until)
{
    if (family == BudgetFamily::General)
        m_app->limits.hold(until);
    else if (family == BudgetFamily::Search)
        m_account->limits.holdSearches(until);
}

void AccountBudget::close(Clock::Instant until, Error why)
{
    m_account->limits.close(until, std::move(why));
}

std::optional<Error> AccountBudget::closedAt(Clock::Instant now) const
{
    return m_account->limits.closedAt(now);
}

void AccountBudget::learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now)
{
    m_app->limits.learn(reply, started, now);
    m_account->limits.learn(reply);
}

void AccountBudget::setReserve(int percent)
{
    m_wish.reserve = std::clamp(percent, 0, mostReserve);
    m_app->agree();
    m_account->agree();
}

LimitReport AccountBudget::report() const
{
    LimitReport report;
    m_app->limits.tellInto(report);
    m_account->limits.tellInto(report);
    return report;
}

int AccountBudget::permitsPerSecond() const
{
    return m_app->strictest().permitsPerSecond;
}

} // namespace hubkeeper
