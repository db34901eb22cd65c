// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QString>

#include <memory>
#include <optional>

struct xcb_connection_t;

namespace hubkeeper::bench {

/// What was seen of one start.
struct WindowStart
{
    double milliseconds = 0; ///< From the start of the process to the painted window.
    double processorMilliseconds = 0; ///< Of all its threads until then.
    double residentMiB = 0; ///< A moment after, when it is at rest.
};

/// An X server without a screen (Xvfb) of its own, on which programs are started and watched.
class WindowWatcher
{
public:
    /// Settings of the programs are kept below `home`.
    explicit WindowWatcher(QString home);
    ~WindowWatcher();
    WindowWatcher(const WindowWatcher &) = delete;
    WindowWatcher &operator=(const WindowWatcher &) = delete;

    [[nodiscard]] bool isReady() const { return m_failure.isEmpty(); }
    [[nodiscard]] const QString &failure() const { return m_failure; }

    /// Starts the program, waits until a window of at least 400 x 300 pixels has contents of more
    /// than one colour, and ends it. Nothing if that takes more than 20 s.
    [[nodiscard]] std::optional<WindowStart> start(const QString &program,
                                                   const QStringList &arguments) const;

private:
    [[nodiscard]] bool hasPaintedWindow() const;

    const QString m_home;
    QString m_failure;
    QProcess m_server;
    QString m_display;
    xcb_connection_t *m_connection = nullptr;
};

} // namespace hubkeeper::bench
