// SPDX-License-Identifier: MIT
#include "net/ratebudget.h"

#include <algorithm>

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
    while (!m_starts.empty() && m_starts.front() + m_limit.window <= now)
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

} // namespace hubkeeper
