// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"
#include "session/idm/serverregistry.h"

namespace hubkeeper {

// Several connections belong to one server: each names it by its id (Connection::server).

/// The server of the connection of this provisioner; nothing if it has none, or one that was
/// forgotten. Fails as the registries do.
[[nodiscard]] Result<std::optional<Server>> serverOfFile(const QString &provisionerPath,
                                                         const Paths &paths);

/// The labels of the connections that name this server.
[[nodiscard]] Result<QStringList> connectionsOf(const QString &serverId, const Paths &paths);

/// No connection names this server any more; ServerRegistry::remove() sees to it.
[[nodiscard]] Result<void> releaseServer(const QString &serverId, const Paths &paths);

} // namespace hubkeeper
