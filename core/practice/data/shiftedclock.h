// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

namespace hubkeeper::practice {

/// Another clock plus an offset that only grows, so that a served portal can be moved on in time.
class ShiftedClock
{
public:
    explicit ShiftedClock(const Clock &clock)
        : m_clock(clock)
    {
    }

    [[nodiscard]] Clock::Instant now() const { return m_clock.now() + m_offset; }

    /// Milliseconds since 1970-01-01 UTC.
    [[nodiscard]] qint64 utcMs() const
    {
        return m_clock.utc().toMSecsSinceEpoch() + m_offset.count();
    }

    /// Negative amounts are ignored: tokens and budgets rely on time going forward. A hundred years
    /// in all at most.
    void advance(std::chrono::milliseconds by)
    {
        if (by.count() > 0)
            m_offset += std::min(by, longest - m_offset);
    }

    [[nodiscard]] std::chrono::milliseconds offset() const { return m_offset; }

private:
    static constexpr std::chrono::milliseconds longest = std::chrono::years(100);

    const Clock &m_clock;
    std::chrono::milliseconds m_offset {0};
};

} // namespace hubkeeper::practice
