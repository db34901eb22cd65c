// SPDX-License-Identifier: MIT
#include "portal/access/accountbudget.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hubkeeper {

/// Limits and those who keep them together.
template <typename Limits>
struct AccountBudget::Group
{
    /// All of them, at least one.
    [[nodiscard]] BudgetRequest strictest() const
    {
        BudgetRequest request = members.front()->m_request;
        for (const AccountBudget *member : members)
            request = request.plus(member->m_request);
        return request;
    }

    /// Members or their requests changed.
    void agree()
    {
        if (!members.empty())
            limits.follow(strictest());
    }

    Limits limits;
    std::vector<AccountBudget *> members;
};

class BudgetRegistry::Private
{
public:
    template <typename Limits>
    using Groups = QHash<QString, std::weak_ptr<AccountBudget::Group<Limits>>>;

    /// The group of that name, made if nobody holds it.
    template <typename Limits>
    static std::shared_ptr<AccountBudget::Group<Limits>> named(const QString &name,
                                                               Groups<Limits> &groups)
    {
        if (auto known = groups.value(name).lock())
            return known;
        groups.removeIf([](const auto &entry) { return entry.value().expired(); });
        auto fresh = std::make_shared<AccountBudget::Group<Limits>>();
        groups.insert(name, fresh);
        return fresh;
    }

    Groups<AppLimits> apps;
    Groups<AccountLimits> accounts;
};

BudgetRegistry::BudgetRegistry()
    : d(std::make_unique<Private>())
{
}

BudgetRegistry::~BudgetRegistry() = default;

/// With all who were in the group before: they have the same account.
template <typename Limits>
void AccountBudget::moveTo(std::shared_ptr<Group<Limits>> group, GroupPlace<Limits> place)
{
    const auto before = this->*place;
    if (before == group)
        return;
    if (before) {
        group->limits.absorb(before->limits);
        for (AccountBudget *member : std::exchange(before->members, {})) {
            member->*place = group;
            group->members.push_back(member);
        }
    } else {
        this->*place = group;
        group->members.push_back(this);
    }
    group->agree();
}

template <typename Limits>
void AccountBudget::leave(Group<Limits> &group)
{
    group.members.erase(std::find(group.members.begin(), group.members.end(), this));
    group.agree();
}

AccountBudget::AccountBudget(int permitsPerSecond, int searchesPerSecond)
    : m_request {std::max(permitsPerSecond, 1), std::max(searchesPerSecond, 1), 0}
{
    moveTo(std::make_shared<Group<AppLimits>>(), &AccountBudget::m_app);
    moveTo(std::make_shared<Group<AccountLimits>>(), &AccountBudget::m_account);
}

AccountBudget::~AccountBudget()
{
    leave(*m_app);
    leave(*m_account);
}

void AccountBudget::share(BudgetRegistry &registry, const QString &account, const QString &app)
{
    using Known = BudgetRegistry::Private;
    moveTo(Known::named(account, registry.d->accounts), &AccountBudget::m_account);
    moveTo(Known::named(account + u'\n' + app, registry.d->apps), &AccountBudget::m_app);
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
    m_request.reserve = std::clamp(percent, 0, mostReserve);
    m_app->agree();
    m_account->agree();
}

LimitReport AccountBudget::report() const
{
    LimitReport report;
    m_app->limits.reportTo(report);
    m_account->limits.reportTo(report);
    return report;
}

int AccountBudget::permitsPerSecond() const
{
    return m_app->strictest().permitsPerSecond;
}

int AccountBudget::searchesPerSecond() const
{
    return m_account->strictest().searchesPerSecond;
}

} // namespace hubkeeper
