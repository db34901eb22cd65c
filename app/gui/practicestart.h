// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/paths.h"
#include "idm/practiceserver.h"
#include "practice/idm/server/idmbesideportal.h"
#include "practice/server/practicethread.h"
#include "secrets/secretstore.h"
#include "session/connections/connectionregistry.h"

namespace hubkeeper {

/// Runs the practice portal of the window, and the practice IDM beside it: one each, in a thread of
/// their own, until the program ends.
class PracticeStart
{
public:
    /// Registry and store must outlive it.
    PracticeStart(ConnectionRegistry &registry, SecretStore &secrets, const Paths &paths);

    /// The connection of the running portal, started if need be. The provisioner lies in the state
    /// folder; secrets of an earlier portal go from the keychain. Fails with Storage, or Offline if
    /// no port can be opened.
    [[nodiscard]] Call<Connection> *connection(QObject *parent);
    /// The practice IDM beside the portal, both started if need be; its server is in the list.
    /// Fails as connection().
    [[nodiscard]] Call<PracticeServer> *server(QObject *parent);

private:
    [[nodiscard]] Result<void> startPortal();
    [[nodiscard]] Result<Connection> start();
    [[nodiscard]] Result<PracticeServer> startServer();

    ConnectionRegistry &m_registry;
    SecretStore &m_secrets;
    const Paths m_paths;
    std::unique_ptr<practice::PracticeThread> m_portal;
    std::unique_ptr<practice::IdmBesidePortal> m_idm; // Ends before the portal.
};

} // namespace hubkeeper
