// SPDX-License-Identifier: MIT
#include "portal/access/sharedlimits.h"

#include "portal/access/errorfrom.h"

#include <algorithm>

namespace hubkeeper {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// HubSpot's window before any header said its size: wide enough not to matter.
constexpr RateLimit unknownWindow {100'000, milliseconds(10'000)};

/// Requests do not arrive as evenly as they start: HubSpot's window is taken to be longer by some
/// margin, or those that started late enough would arrive too early now and then. Every refusal
/// widens it.
constexpr milliseconds firstMargin {100};
constexpr milliseconds marginStep {200};
constexpr milliseconds widestMargin {1000};

/// HubSpot counts searches by the second. Those that start a second apart may arrive closer to each
/// other, so a little more than a second is kept: 95 % of what is allowed.
constexpr milliseconds searchWindow {1050};

int withoutReserve(int requests, int reserve)
{
    return static_cast<int>(qint64(requests) * (100 - reserve) / 100);
}

} // namespace

BudgetRequest BudgetRequest::plus(const BudgetRequest &other) const
{
    return {std::min(permitsPerSecond, other.permitsPerSecond),
            std::min(searchesPerSecond, other.searchesPerSecond), std::max(reserve, other.reserve)};
}

AppLimits::AppLimits()
    : m_margin(firstMargin)
    , m_permits({1, seconds(1)})
    , m_window(unknownWindow)
{
}

milliseconds AppLimits::delayAt(BudgetFamily family, Clock::Instant now) const
{
    switch (family) {
    case BudgetFamily::General:
        return std::max(m_permits.delayAt(now), m_window.delayAt(now));
    case BudgetFamily::Search: // Exempt from the window, not from the permits.
        return m_permits.delayAt(now);
    case BudgetFamily::Exempt:
        break;
    }
    return milliseconds(0);
}

void AppLimits::spend(BudgetFamily family, Clock::Instant now)
{
    if (family == BudgetFamily::Exempt)
        return;
    m_permits.spend(now);
    if (family == BudgetFamily::General)
        m_window.spend(now);
}

void AppLimits::hold(Clock::Instant until)
{
    if (until > m_heldUntil) {
        m_heldUntil = until + widestMargin; // Refusals that arrive together are one.
        m_margin = std::min(m_margin + marginStep, widestMargin);
        applyLimits();
    }
    m_window.hold(until);
}

void AppLimits::learn(const HttpReply &reply, Clock::Instant started, Clock::Instant now)
{
    const int max = reply.number("x-hubspot-ratelimit-max");
    const int remaining = reply.number("x-hubspot-ratelimit-remaining");
    const int window = reply.number("x-hubspot-ratelimit-interval-milliseconds");
    if (max <= 0 || remaining < 0 || window <= 0 || window > 60'000)
        return;
    m_windowMax = max;
    m_windowRemaining = remaining;
    m_windowLength = milliseconds(window);
    // Ours are those of the window before the request started, and those in flight, which only
    // make the share of others look smaller.
    const auto ours = ceil<milliseconds>(now - started) + m_windowLength + m_margin;
    m_others = std::max(0, max - remaining - m_window.startedIn(ours, now));
    applyLimits();
    if (m_others == 0)
        return;
    // Somebody else uses the app too: go at half the pace that refills the window, and stand
    // still for a moment where nothing is left.
    if (remaining == 0)
        m_window.hold(now + m_windowLength / 5);
    else if (remaining * 10 < max)
        m_window.hold(now + m_windowLength * 2 / max);
}

void AppLimits::reportTo(LimitReport &report) const
{
    report.windowMax = m_windowMax;
    report.windowRemaining = m_windowRemaining;
    report.window = m_windowLength;
}

void AppLimits::follow(const BudgetRequest &strictest)
{
    m_request = strictest;
    applyLimits();
}

void AppLimits::absorb(const AppLimits &other)
{
    m_margin = std::max(m_margin, other.m_margin);
    m_heldUntil = std::max(m_heldUntil, other.m_heldUntil);
    m_others = std::max(m_others, other.m_others);
    m_permits.absorb(other.m_permits);
    m_window.absorb(other.m_window);
    if (m_windowMax < 0) {
        m_windowMax = other.m_windowMax;
        m_windowRemaining = other.m_windowRemaining;
        m_windowLength = other.m_windowLength;
    }
    applyLimits();
}

void AppLimits::applyLimits()
{
    m_permits.setLimit({withoutReserve(m_request.permitsPerSecond, m_request.reserve), seconds(1)});
    if (m_windowMax > 0)
        m_window.setLimit(
            {withoutReserve(m_windowMax, m_request.reserve) - m_others, m_windowLength + m_margin});
}

AccountLimits::AccountLimits()
    : m_search({1, seconds(1)})
{
}

milliseconds AccountLimits::searchDelayAt(Clock::Instant now) const
{
    return m_search.delayAt(now);
}

void AccountLimits::spendSearch(Clock::Instant now)
{
    m_search.spend(now);
}

void AccountLimits::holdSearches(Clock::Instant until)
{
    m_search.hold(until);
}

void AccountLimits::close(Clock::Instant until, Error why)
{
    m_closedUntil = until;
    m_closedBecause = std::move(why);
}

std::optional<Error> AccountLimits::closedAt(Clock::Instant now) const
{
    if (!m_closedBecause || now >= m_closedUntil)
        return std::nullopt;
    Error error = *m_closedBecause;
    error.retryAfter = ceil<milliseconds>(m_closedUntil - now);
    error.remedy = movingRemedy(error.retryAfter); // What is left of it.
    return error;
}

void AccountLimits::learn(const HttpReply &reply)
{
    const int max = reply.number("x-hubspot-ratelimit-daily");
    const int remaining = reply.number("x-hubspot-ratelimit-daily-remaining");
    m_dailyMax = max >= 0 ? max : m_dailyMax;
    m_dailyRemaining = remaining >= 0 ? remaining : m_dailyRemaining;
}

void AccountLimits::reportTo(LimitReport &report) const
{
    report.dailyMax = m_dailyMax;
    report.dailyRemaining = m_dailyRemaining;
}

void AccountLimits::follow(const BudgetRequest &strictest)
{
    m_search.setLimit(
        {withoutReserve(strictest.searchesPerSecond, strictest.reserve), searchWindow});
}

void AccountLimits::absorb(const AccountLimits &other)
{
    m_search.absorb(other.m_search);
    m_dailyMax = m_dailyMax < 0 ? other.m_dailyMax : m_dailyMax;
    m_dailyRemaining = m_dailyRemaining < 0 ? other.m_dailyRemaining : m_dailyRemaining;
    if (other.m_closedBecause && other.m_closedUntil > m_closedUntil)
        close(other.m_closedUntil, *other.m_closedBecause);
}

} // namespace hubkeeper
