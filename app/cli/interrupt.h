// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QSocketNotifier;

namespace hubkeeper::cli {

/// Ctrl+C and a termination request as a signal in the event loop. One per program. A second
/// Ctrl+C ends the program at once.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);

    /// For work that runs no event loop.
    [[nodiscard]] static bool wasRequested();

signals:
    void requested();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace hubkeeper::cli
