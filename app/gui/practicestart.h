// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/paths.h"
#include "practice/server/practicethread.h"
#include "secrets/secretstore.h"
#include "session/connections/connectionregistry.h"

namespace hubkeeper {

/// Runs the practice portal of the window: one, in a thread of its own, until the program ends.
class PracticeStart
{
public:
    /// Registry and store must outlive it.
    PracticeStart(ConnectionRegistry &registry, SecretStore &secrets, const Paths &paths);

    /// The connection of the running portal, started if need be. The provisioner lies in the state
    /// folder; secrets of an earlier portal go from the keychain. Fails with Storage, or Offline if
    /// no port can be opened.
    [[nodiscard]] Call<Connection> *connection(QObject *parent);

private:
    [[nodiscard]] Result<Connection> start();

    ConnectionRegistry &m_registry;
    SecretStore &m_secrets;
    const Paths m_paths;
    std::unique_ptr<practice::PracticeThread> m_portal;
};

} // namespace hubkeeper
