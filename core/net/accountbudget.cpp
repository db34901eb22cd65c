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

/// A header's number, or -1.
int numberIn(const HttpReply &reply, const char *name)
{
    bool isNumber = false;
    const int number = reply.header(QByteArray(name)).trimmed().toInt(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

} // namespace

AccountBudget::AccountBudget(int permitsPerSecond, int searchesPerSecond)
    : m_permits({permitsPerSecond, seconds(1)})
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
    if (family != BudgetFamily::Exempt)
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

void AccountBudget::learn(const HttpReply &reply, Clock::Instant now)
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
    m_portalWindow.setLimit({max, m_report.window});
    // Somebody else uses the account too: go at half the pace that refills the window, and
    // stand still for a moment where nothing is left.
    if (remaining == 0)
        m_portalWindow.hold(now + m_report.window / 5);
    else if (remaining * 10 < max)
        m_portalWindow.hold(now + m_report.window * 2 / max);
}

int AccountBudget::permitsPerSecond() const
{
    return m_permits.limit().requests;
}

} // namespace hubkeeper
