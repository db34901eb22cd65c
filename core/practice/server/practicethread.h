// SPDX-License-Identifier: MIT
#pragma once

#include "practice/server/practiceportal.h"

#include <QThread>

namespace hubkeeper::practice {

/// Runs a practice portal in a thread of its own, for the program's practice mode and for tests
/// whose client blocks. Stops it when destroyed. Use from one thread.
class PracticeThread final
{
public:
    /// Uses the system's time.
    explicit PracticeThread(const PracticeOptions &options);
    ~PracticeThread();
    PracticeThread(const PracticeThread &) = delete;
    PracticeThread &operator=(const PracticeThread &) = delete;

    /// Blocks until the portal listens or failed to; errors as PracticePortal::start().
    [[nodiscard]] Result<void> start();

    // Valid after start().
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString clientId() const { return m_clientId; }
    [[nodiscard]] Secret clientSecret() const { return m_clientSecret.clone(); }
    [[nodiscard]] Secret refreshToken() const { return m_refreshToken.clone(); }
    [[nodiscard]] Secret staticToken() const { return m_staticToken.clone(); }
    [[nodiscard]] QByteArray controlToken() const { return m_controlToken; }

    /// Runs `work(PracticePortal &)` in the portal's thread and waits for what it returns.
    template <typename Work>
    auto inPortal(Work work) -> std::invoke_result_t<Work, PracticePortal &>
    {
        using Value = std::invoke_result_t<Work, PracticePortal &>;
        if constexpr (std::is_void_v<Value>) {
            QMetaObject::invokeMethod(
                m_portal, [&] { work(*m_portal); }, Qt::BlockingQueuedConnection);
        } else {
            Value value {};
            QMetaObject::invokeMethod(
                m_portal, [&] { value = work(*m_portal); }, Qt::BlockingQueuedConnection);
            return value;
        }
    }

private:
    PracticeOptions m_options;
    SystemClock m_clock;
    QThread m_thread;
    PracticePortal *m_portal = nullptr; // Lives in m_thread and ends with it.
    QUrl m_url;
    QString m_clientId;
    Secret m_clientSecret;
    Secret m_refreshToken;
    Secret m_staticToken;
    QByteArray m_controlToken;
};

} // namespace hubkeeper::practice
