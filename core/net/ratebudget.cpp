// SPDX-License-Identifier: MIT
#include "net/ratebudget.h"

#include <algorithm>
#include <iterator>

namespace hubkeeper {

using std::chrono::ceil;
using std::chrono::milliseconds;

namespace {

RateLimit atLeastOne(RateLimit limit)
{
    return {std::max(limit.requests, 1), std::max(limit.window, milliseconds(1))};
}

} // namespace

RateBudget::RateBudget(RateLimit limit)
    : m_limit(atLeastOne(limit))
{
}

milliseconds RateBudget::delayAt(Clock::Instant now) const
{
    Clock::Instant free = std::max(now, m_heldUntil);
    if (m_starts.size() >= size_t(m_limit.requests)) {
        const auto oldest = m_starts.end() - m_limit.requests;
        free = std::max(free, *oldest + m_limit.window);
    }
    return ceil<milliseconds>(free - now); // Rounding down would start a fraction early.
}

void RateBudget::spend(Clock::Instant now)
{
    // Older ones than the window are kept for a while: startedIn() looks at the time before a
    // request that took long.
    while (!m_starts.empty() && m_starts.front() + m_limit.window * 3 <= now)
        m_starts.pop_front();
    m_starts.push_back(now);
}

void RateBudget::hold(Clock::Instant until)
{
    m_heldUntil = std::max(m_heldUntil, until);
}

void RateBudget::setLimit(RateLimit limit)
{
    m_limit = atLeastOne(limit);
}

int RateBudget::startedIn(milliseconds window, Clock::Instant now) const
{
    const auto first = std::upper_bound(m_starts.begin(), m_starts.end(), now - window);
    return static_cast<int>(m_starts.end() - first);
}

void RateBudget::absorb(const RateBudget &other)
{
    std::deque<Clock::Instant> all;
    std::merge(m_starts.begin(), m_starts.end(), other.m_starts.begin(), other.m_starts.end(),
               std::back_inserter(all));
    m_starts = std::move(all);
    hold(other.m_heldUntil);
}

} // namespace hubkeeper
