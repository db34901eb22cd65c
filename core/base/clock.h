// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

class QObject;

namespace hubkeeper {

/// Time as the core sees it: what time it is, and how to be called back later.
/// Passed in by reference, never reached through a singleton, so a test can own it.
class Clock
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;

    /// Steady: never jumps. For pauses and budgets.
    [[nodiscard]] virtual Instant now() const = 0;

    /// The calendar, UTC. For time stamps, expiry and dated rules.
    [[nodiscard]] virtual QDateTime utc() const = 0;

    /// Runs `work` once after `delay`, from the event loop of the thread of `context`.
    /// Does nothing if `context` is gone by then.
    virtual void after(std::chrono::milliseconds delay, QObject *context,
                       std::function<void()> work) = 0;
};

/// The real one: steady clock and single-shot timers.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] QDateTime utc() const override;
    void after(std::chrono::milliseconds delay, QObject *context,
               std::function<void()> work) override;
};

} // namespace hubkeeper
