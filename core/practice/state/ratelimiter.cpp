// SPDX-License-Identifier: MIT
#include "practice/state/ratelimiter.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr std::chrono::seconds window {10};

QString keyOf(Budget budget, const QString &app)
{
    switch (budget) {
    case Budget::Search:
        return u"search"_s; // Shared by all apps of the account.
    case Budget::Association:
        return u"association "_s + app;
    case Budget::General:
        break;
    }
    return u"general "_s + app;
}

int limitOf(const RateLimits &limits, bool isOauth, Budget budget)
{
    switch (budget) {
    case Budget::Search:
        return limits.searchPerSecond;
    case Budget::Association:
        return limits.associationsPerWindow;
    case Budget::General:
        break;
    }
    return isOauth ? limits.oauthPerWindow : limits.staticPerWindow;
}

} // namespace

std::optional<LimitPolicy> RateLimiter::spend(const ShiftedClock &clock, const RateLimits &limits,
                                              const QString &app, bool isOauth, Budget budget,
                                              int cost, bool countsDaily)
{
    startDay(clock.utcMs());
    const bool isDaily = countsDaily && !isOauth;
    if (isDaily && limits.perDay > 0 && m_today + cost > limits.perDay)
        return LimitPolicy::Daily;
    Window &calls = m_windows[keyOf(budget, app)];
    const auto length = budget == Budget::Search ? std::chrono::seconds(1) : window;
    while (!calls.empty() && calls.front() + length <= clock.now())
        calls.pop_front();
    const int limit = limitOf(limits, isOauth, budget);
    if (limit > 0 && static_cast<int>(calls.size()) + cost > limit)
        return budget == Budget::Search ? LimitPolicy::Secondly : LimitPolicy::TenSecondly;
    calls.insert(calls.end(), static_cast<size_t>(cost), clock.now());
    if (isDaily)
        m_today += cost;
    return std::nullopt;
}

int RateLimiter::secondsToWait(const ShiftedClock &clock, LimitPolicy policy) const
{
    switch (policy) {
    case LimitPolicy::Daily:
        return static_cast<int>((resetsAt(clock.utcMs()) - clock.utcMs()) / 1000 + 1);
    case LimitPolicy::Secondly:
        return 1;
    case LimitPolicy::TenSecondly:
        break;
    }
    return static_cast<int>(window.count());
}

HeaderList RateLimiter::headers(const RateLimits &limits, const QString &app, bool isOauth,
                                Budget budget) const
{
    const int limit = limitOf(limits, isOauth, budget);
    if (budget == Budget::Search || limit <= 0)
        return {};
    const auto it = m_windows.find(keyOf(budget, app));
    const int used = it == m_windows.end() ? 0 : static_cast<int>(it->second.size());
    const auto number = [](int value) { return QByteArray::number(std::max(0, value)); };
    HeaderList list {{"X-HubSpot-RateLimit-Interval-Milliseconds", "10000"},
                     {"X-HubSpot-RateLimit-Max", number(limit)},
                     {"X-HubSpot-RateLimit-Remaining", number(limit - used)},
                     {"X-HubSpot-RateLimit-Secondly", number(limit / 10)},
                     {"X-HubSpot-RateLimit-Secondly-Remaining", number(limit / 10 - 1)}};
    if (!isOauth && limits.perDay > 0) {
        list.emplaceBack("X-HubSpot-RateLimit-Daily", number(limits.perDay));
        list.emplaceBack("X-HubSpot-RateLimit-Daily-Remaining", number(limits.perDay - m_today));
    }
    return list;
}

EpochMs RateLimiter::resetsAt(EpochMs now)
{
    const EpochMs local = now + accountOffsetMs;
    return (local / dayMs + 1) * dayMs - accountOffsetMs;
}

void RateLimiter::reset()
{
    m_windows.clear();
    m_today = 0;
}

void RateLimiter::startDay(EpochMs now)
{
    if (now < m_dayEnds)
        return;
    if (m_dayEnds != 0)
        m_today = 0;
    m_dayEnds = resetsAt(now);
}

} // namespace hubkeeper::practice
