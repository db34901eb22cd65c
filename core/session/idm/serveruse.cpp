// SPDX-License-Identifier: MIT
#include "session/idm/serveruse.h"

#include "session/connections/connectionregistry.h"

namespace hubkeeper {

Result<std::optional<Server>> serverOfFile(const QString &provisionerPath, const Paths &paths)
{
    const auto connections = ConnectionRegistry::load(paths);
    if (!connections)
        return tl::unexpected(connections.error());
    const Connection *connection = connections->byProvisioner(provisionerPath);
    if (!connection || connection->server.isEmpty())
        return std::nullopt;
    return ServerRegistry::load(paths).map([&](const ServerRegistry &servers) {
        const Server *server = servers.find(connection->server);
        return server ? std::optional(*server) : std::nullopt;
    });
}

Result<QStringList> connectionsOf(const QString &serverId, const Paths &paths)
{
    return ConnectionRegistry::load(paths).map([&](const ConnectionRegistry &registry) {
        QStringList labels;
        for (const Connection &connection : registry.connections()) {
            if (connection.server == serverId)
                labels.append(connection.label);
        }
        return labels;
    });
}

Result<void> releaseServer(const QString &serverId, const Paths &paths)
{
    auto registry = ConnectionRegistry::load(paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const QList<Connection> connections = registry->connections();
    for (const Connection &connection : connections) {
        if (connection.server != serverId)
            continue;
        const auto released = registry->edit(connection, [&](Connection &now) {
            if (now.server == serverId)
                now.server.clear();
            return Result<void>();
        });
        if (!released)
            return tl::unexpected(released.error());
    }
    return {};
}

} // namespace hubkeeper
