// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>
#include <QTimer>

class QSocketNotifier;

namespace hubkeeper::cli {

/// What ends a verb early: Ctrl+C, a termination request, or the end of its --timeout. One per
/// program. A second Ctrl+C ends the program at once.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);

    /// By a signal. For work that runs no event loop.
    [[nodiscard]] static bool wasRequested();
    /// SIGINT or SIGTERM; 0 without one.
    [[nodiscard]] static int signalNumber();
    /// Readable once a signal came, for poll(); -1 where there is none.
    [[nodiscard]] static int descriptor();

    /// From now on; requested() comes when it is over. The first one counts.
    void setTimeLimit(std::chrono::milliseconds limit);
    /// What a call that was cancelled failed with: the time limit, if it was that.
    [[nodiscard]] Error reasonOf(const Error &cancelled) const;

signals:
    void requested();
    /// Each second while a call is waited for.
    void stillWaiting(int seconds);

private:
    QSocketNotifier *m_notifier = nullptr;
    QTimer m_timer;
    std::chrono::milliseconds m_limit {};
    bool m_isOutOfTime = false;
};

} // namespace hubkeeper::cli
