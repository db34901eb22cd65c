// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

#include <QTimer>

namespace hubkeeper::test {

/// Runs many times as fast as the wall's, so that nobody waits for an index, a window of ten
/// seconds or a pause before a repeat.
class QuickClock final : public Clock
{
public:
    explicit QuickClock(int speed = 20)
        : m_speed(speed)
    {
    }

    [[nodiscard]] Instant now() const override
    {
        return m_start + (std::chrono::steady_clock::now() - m_start) * m_speed;
    }
    [[nodiscard]] QDateTime utc() const override
    {
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now() - m_start);
        return m_utcStart.addMSecs(passed.count());
    }
    void after(std::chrono::milliseconds delay, QObject *context,
               std::function<void()> work) override
    {
        QTimer::singleShot(delay / m_speed, context, std::move(work));
    }

private:
    const int m_speed;
    const Instant m_start = std::chrono::steady_clock::now();
    const QDateTime m_utcStart = QDateTime::currentDateTimeUtc();
};

} // namespace hubkeeper::test
