// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/connections/connectionsettings.h"
#include "session/connections/registryfile.h"

#include <functional>

namespace hubkeeper {

/// Changes one connection; a failure leaves everything as it is.
using ConnectionEdit = std::function<Result<void>(Connection &connection)>;

/// The connections this user knows, kept in `connections.json` below Paths::config (0600).
///
/// Windows and command lines share the file: every change takes its lock, reads it again, changes
/// one entry and writes it, so that nobody's settings are lost. Members this version does not know
/// stay. Reading a damaged file fails and never overwrites it. A registry that was not loaded keeps
/// its connections in memory only: what a program works with after that failure.
class ConnectionRegistry
{
public:
    [[nodiscard]] static Result<ConnectionRegistry> load(const Paths &paths);
    /// The file, for those who watch it.
    [[nodiscard]] static QString pathIn(const Paths &paths);

    /// As of the last reading or change.
    [[nodiscard]] const QList<Connection> &connections() const { return m_connections; }
    [[nodiscard]] const Connection *byId(const QString &id) const;
    /// By canonical path of the provisioner.
    [[nodiscard]] const Connection *byProvisioner(const QString &path) const;

    /// Takes over what other programs have changed. Fails as load(); the registry is unchanged
    /// then.
    [[nodiscard]] Result<void> reload();

    /// Changes the connection as it is in the file at this moment: the one with the id of
    /// `connection`, else the one of its provisioner, else `connection` itself, which is added.
    /// Gives it as it is kept then. Fails as `edit` does, or with Storage; the file and the
    /// registry are unchanged then.
    [[nodiscard]] Result<Connection> edit(const Connection &connection, const ConnectionEdit &edit);
    /// Adds it if neither its id nor its provisioner is known; gives the one that is kept.
    [[nodiscard]] Result<Connection> keep(const Connection &connection);
    /// Takes over the settings in which `after` differs from `before`, from which it was made.
    /// Fails with Conflict if another program has changed one of them to something else meanwhile,
    /// and with NotFound if the connection was forgotten.
    [[nodiscard]] Result<Connection> change(const Connection &before, const Connection &after);
    [[nodiscard]] Result<void> remove(const QString &id);

private:
    using Change = RegistryFile::Change;

    [[nodiscard]] Result<void> update(const Change &change);
    void take(const QJsonObject &root);

    Paths m_paths;
    QJsonObject m_root; // Of the file, with what this version does not know.
    QList<Connection> m_connections;
};

/// The write policy that holds at this moment for an open connection: read from the file, so that
/// what another program has set since it was opened counts. One that is in no registry has its own.
/// Fails with Refused if the connection was forgotten meanwhile, as load() if the file cannot be
/// read; nothing may be sent then.
[[nodiscard]] Result<WritePolicy> currentPolicy(const Connection &opened, const Paths &paths);

/// Whether the policy file of the computer is not for it: it is called a practice connection and
/// its address is on this computer, where HubSpot is not.
[[nodiscard]] bool isExempt(const Connection &connection);

/// `own` under the policy file of this moment; unchanged for an exempt connection. `portal` 0: not
/// known yet. Fails as currentPolicyFile(); nothing may be sent then.
[[nodiscard]] Result<WritePolicy> underPolicyFile(const WritePolicy &own, const Connection &opened,
                                                  qint64 portal);

} // namespace hubkeeper
