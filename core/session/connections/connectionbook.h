// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/connections/connection.h"

namespace hubkeeper {

/// The connections this user knows, kept in `connections.json` below Paths::config (0600).
/// Reading a damaged file fails and never overwrites it. A book that was not loaded keeps its
/// connections in memory only: what a program works with after that failure.
class ConnectionBook
{
public:
    [[nodiscard]] static Result<ConnectionBook> load(const Paths &paths);

    [[nodiscard]] const QList<Connection> &connections() const { return m_connections; }
    [[nodiscard]] const Connection *byId(const QString &id) const;
    /// By canonical path of the provisioner.
    [[nodiscard]] const Connection *byProvisioner(const QString &path) const;

    /// Adds or replaces by id and saves. Fails with Storage; the book is unchanged then.
    [[nodiscard]] Result<void> store(const Connection &connection);
    [[nodiscard]] Result<void> remove(const QString &id);

private:
    [[nodiscard]] Result<void> save(const QList<Connection> &connections) const;

    Paths m_paths;
    QList<Connection> m_connections;
};

} // namespace hubkeeper
