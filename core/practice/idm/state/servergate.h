// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace hubkeeper::practice {

/// Lets the thread of a reconciliation do its work on the server's state in the server's thread,
/// one piece at a time, and lets go of it when the server ends.
class ServerGate final : public std::enable_shared_from_this<ServerGate>
{
public:
    /// `context` lives in the server's thread and outlives the gate's close().
    explicit ServerGate(QObject *context)
        : m_context(context)
    {
    }

    /// From a run's thread: does `work` in the server's thread and waits for what it gives. Nothing
    /// once the gate is closed.
    template <typename Work>
    auto run(Work work) -> std::optional<std::invoke_result_t<Work>>
    {
        std::optional<std::invoke_result_t<Work>> given;
        std::unique_lock lock(m_mutex);
        if (m_isClosed)
            return given;
        bool isDone = false;
        QMetaObject::invokeMethod(
            m_context,
            [self = shared_from_this(), &given, &isDone, &work] {
                const std::unique_lock inner(self->m_mutex);
                if (self->m_isClosed) // The caller has gone, and with it all that is referred to.
                    return;
                given = work();
                isDone = true;
                self->m_changed.notify_all();
            },
            Qt::QueuedConnection);
        m_changed.wait(lock, [&] { return isDone || m_isClosed; });
        return given;
    }

    /// From a run's thread: waits, but not longer than the gate is open.
    void pause(std::chrono::milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, time, [this] { return m_isClosed; });
    }

    /// From the server's thread, before `context` goes: nobody comes through any more.
    void close()
    {
        const std::unique_lock lock(m_mutex);
        m_isClosed = true;
        m_changed.notify_all();
    }

private:
    QObject *m_context;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isClosed = false;
};

} // namespace hubkeeper::practice
