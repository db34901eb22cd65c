// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/server/practiceidm.h"
#include "practice/server/practicethread.h"

namespace hubkeeper::practice {

/// A practice IDM in the thread of a practice portal, whose records are the objects of its
/// connector. Use from one thread; ends before the portal does.
class IdmBesidePortal final
{
public:
    /// The portal has been started.
    IdmBesidePortal(PracticeThread &portal, const IdmOptions &options);
    ~IdmBesidePortal();
    IdmBesidePortal(const IdmBesidePortal &) = delete;
    IdmBesidePortal &operator=(const IdmBesidePortal &) = delete;

    /// Fills it (but for `users` below 0: a fresh server) and opens the port. Blocks until it
    /// listens or failed to; errors as PracticeIdm::start() and fill().
    [[nodiscard]] Result<void> start(int users = 300);

    // Valid after start().
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QByteArray token() const { return m_token; }

    /// Runs `work(PracticeIdm &)` in the server's thread and waits for what it returns.
    template <typename Work>
    auto inServer(Work work) -> std::invoke_result_t<Work, PracticeIdm &>
    {
        return m_portal.inPortal([&](PracticePortal &) { return work(*m_idm); });
    }

private:
    PracticeThread &m_portal;
    IdmOptions m_options;
    SystemClock m_clock;
    PracticeIdm *m_idm = nullptr; // Lives in the portal's thread.
    QUrl m_url;
    QByteArray m_token;
};

} // namespace hubkeeper::practice
