// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QElapsedTimer>

#include <deque>

namespace hubkeeper {

/// Runs named steps one after another, prints each with its result and time on standard output,
/// and stops at the first that fails.
class TourRunner final : public QObject
{
    Q_OBJECT

public:
    /// A step starts its work and gives a call whose outcome is a sentence of what was seen.
    using Step = std::function<Call<QString> *(QObject *parent)>;

    using QObject::QObject;

    void add(const QString &name, Step step);
    void start();

signals:
    /// 0 if every step passed, 1 if one failed.
    void finished(int exitCode);

private:
    struct NamedStep
    {
        QString name;
        Step run;
    };

    void next();
    void report(const QString &mark, const QString &name, const QString &detail);

    std::deque<NamedStep> m_steps;
    QElapsedTimer m_timer;
    int m_passed = 0;
};

/// Waits, turn of the event loop by turn, until `isThere` says so, then asks `describe` for the
/// outcome. Fails with TimedOut after `patience`.
class WaitUntil final : public Call<QString>
{
public:
    WaitUntil(std::function<bool()> isThere, std::function<Result<QString>()> describe,
              std::chrono::milliseconds patience, QObject *parent);

private:
    void look();

    const std::function<bool()> m_isThere;
    const std::function<Result<QString>()> m_describe;
    const std::chrono::milliseconds m_patience;
    QElapsedTimer m_timer;
};

} // namespace hubkeeper
