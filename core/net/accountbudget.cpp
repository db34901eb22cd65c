// SPDX-License-Identifier: MIT
#include "net/ratebudget.h"

#include <algorithm>

namespace hubkeeper {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// HubSpot's window before any header told its size: wide enough not to matter.
constexpr RateLimit unknownWindow {100'000, milliseconds(10'000)};

/// Requests do not arrive as evenly as they start: HubSpot's window is taken to be longer by some
/// margin, or those that started late enough would arrive too early now and then. Every refusal
/// widens it.
constexpr milliseconds marginStep {200};
constexpr milliseconds widestMargin {1000};

/// A header's number, or -1.
int numberIn(const HttpReply &reply, const char *name)
{
    bool isNumber = false;
    const int number = reply.header(QByteArray(name)).trimmed().toInt(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

} // namespace

AccountBudget::AccountBudget(int permitsPerSecond, int searchesPerSecond)
    : m_permitsPerSecond(std::max(permitsPerSecond, 1))
    , m_searchesPerSecond(searchesPerSecond)
    , m_permits({permitsPerSecond, seconds(1)})
    , m_search({searchesPerSecond, seconds(1)})
    , m_portalWindow(unknownWindow)
{
}

milliseconds AccountBudget::delayAt(BudgetFamily family, Clock::Instant now) const
{
    switch (family) {
    case BudgetFamily::General:
        return std::max(m_permits.delayAt(now), m_portalWindow.delayAt(now));
    case BudgetFamily::Search:
        return std::max(m_permits.delayAt(now), m_search.delayAt(now));
    case BudgetFamily::Exempt:
        break;
    }
    return milliseconds(0);
}

void AccountBudget::spend(BudgetFamily family, Clock::Instant now)
{
    if (family == BudgetFamily::Exempt)
        return;
    m_permits.spend(now);
    (family == BudgetFamily::Search ? m_search : m_portalWindow).spend(now);
}

void AccountBudget::hold(BudgetFamily family, Clock::Instant until)
{
    if (family == BudgetFamily::Exempt)
        return;
    if (family == BudgetFamily::General && until > m_generalHeldUntil) {
        m_generalHeldUntil = until + widestMargin; // Refusals that arrive together are one.
        m_margin = std::min(m_margin + marginStep, widestMargin);
        applyLimits();
    }
    (family == BudgetFamily::Search ? m_search : m_portalWindow).hold(until);
}

void AccountBudget::close(Clock::Instant until, Error why)
{
    m_closedUntil = until;
    m_closedBecause = std::move(why);
}

std::optional<Error> AccountBudget::closedAt(Clock::Instant now) const
{
    if (!m_closedBecause || now >= m_closedUntil)
        return std::nullopt;
    Error error = *m_closedBecause;
    error.retryAfter = ceil<milliseconds>(m_closedUntil - now);
    return error;
}

void AccountBudget::learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now)
{
    const int max = numberIn(reply, "x-hubspot-ratelimit-max");
    const int remaining = numberIn(reply, "x-hubspot-ratelimit-remaining");
    const int window = numberIn(reply, "x-hubspot-ratelimit-interval-milliseconds");
    const int daily = numberIn(reply, "x-hubspot-ratelimit-daily");
    const int dailyRemaining = numberIn(reply, "x-hubspot-ratelimit-daily-remaining");
    if (daily >= 0)
        m_report.dailyMax = daily;
    if (dailyRemaining >= 0)
        m_report.dailyRemaining = dailyRemaining;
    if (max <= 0 || remaining < 0 || window <= 0 || window > 60'000)
        return;
    m_report.windowMax = max;
    m_report.windowRemaining = remaining;
    m_report.window = milliseconds(window);
    // Ours are those of the window before the request started, and those in flight, which only
    // make the share of others look smaller.
    const auto ours = ceil<milliseconds>(now - started) + m_report.window + m_margin;
    m_others = std::max(0, max - remaining - m_portalWindow.startedIn(ours, now));
    applyLimits();
    if (m_others == 0)
        return;
    // Somebody else uses the account too: go at half the pace that refills the window, and
    // stand still for a moment where nothing is left.
    if (remaining == 0)
        m_portalWindow.hold(now + m_report.window / 5);
    else if (remaining * 10 < max)
        m_portalWindow.hold(now + m_report.window * 2 / max);
}

void AccountBudget::setReserve(int percent)
{
    m_reserve = std::clamp(percent, 0, mostReserve);
    applyLimits();
}

void AccountBudget::lowerPermits(int permitsPerSecond)
{
    m_permitsPerSecond = std::clamp(permitsPerSecond, 1, m_permitsPerSecond);
    applyLimits();
}

int AccountBudget::withoutReserve(int requests) const
{
    return static_cast<int>(qint64(requests) * (100 - m_reserve) / 100);
}

void AccountBudget::applyLimits()
{
    m_permits.setLimit({withoutReserve(m_permitsPerSecond), seconds(1)});
    m_search.setLimit({withoutReserve(m_searchesPerSecond), seconds(1)});
    if (m_report.windowMax > 0)
        m_portalWindow.setLimit(
            {withoutReserve(m_report.windowMax) - m_others, m_report.window + m_margin});
}

int AccountBudget::permitsPerSecond() const
{
    return m_permitsPerSecond;
}

std::shared_ptr<AccountBudget> sharedBudget(const QString &account, int permitsPerSecond)
{
    static thread_local QHash<QString, std::weak_ptr<AccountBudget>> budgets;
    if (auto known = budgets.value(account).lock()) {
        known->lowerPermits(permitsPerSecond);
        return known;
    }
    budgets.removeIf([](const auto &entry) { return entry.value().expired(); });
    auto fresh = std::make_shared<AccountBudget>(permitsPerSecond);
    budgets.insert(account, fresh);
    return fresh;
}

} // namespace hubkeeper
