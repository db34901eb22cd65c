// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <QTimer>

namespace hubkeeper {

Clock::Instant SystemClock::now() const
{
    return std::chrono::steady_clock::now();
}

QDateTime SystemClock::utc() const
{
    return QDateTime::currentDateTimeUtc();
}

void SystemClock::after(std::chrono::milliseconds delay, QObject *context,
                        std::function<void()> work)
{
    QTimer::singleShot(delay, context, std::move(work));
}

} // namespace hubkeeper
