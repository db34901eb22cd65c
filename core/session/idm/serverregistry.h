// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "policy/policy.h"
#include "session/connections/registryfile.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// Changes one server; a failure leaves everything as it is.
using ServerEdit = std::function<Result<void>(Server &server)>;

/// The IDM servers this user knows, kept in `servers.json` below Paths::config (0600), shared with
/// other programs as RegistryFile says.
class ServerRegistry
{
public:
    [[nodiscard]] static Result<ServerRegistry> load(const Paths &paths);
    /// The file, for those who watch it.
    [[nodiscard]] static QString pathIn(const Paths &paths);

    /// As of the last reading or change, by label.
    [[nodiscard]] const QList<Server> &servers() const { return m_servers; }
    /// By id or by label, without regard to case.
    [[nodiscard]] const Server *find(const QString &name) const;

    [[nodiscard]] Result<void> reload();
    /// Adds a new one. Fails with Conflict if its label is taken, with Storage or NotSaved.
    [[nodiscard]] Result<Server> add(Server server);
    /// Changes the one with this id as it is in the file at this moment. Fails with NotFound,
    /// Conflict (the label), as `edit` does, with Storage or NotSaved.
    [[nodiscard]] Result<Server> edit(const QString &id, const ServerEdit &edit);
    /// Forgets it; connections that name it have no server then (serveruse.h). Fails with Storage
    /// or NotSaved.
    [[nodiscard]] Result<void> remove(const QString &id);

private:
    void take(const QJsonObject &root);
    [[nodiscard]] Result<void> update(const RegistryFile::Change &change);

    Paths m_paths;
    QJsonObject m_root;
    QList<Server> m_servers;
};

/// The write mode that holds at this moment: read from the file, so that what another program has
/// set since counts. Fails with Refused if the server was forgotten meanwhile, and as load().
[[nodiscard]] Result<WriteMode> currentMode(const Server &server, const Paths &paths);

/// Whether the policy file of the computer is not for it: it is called a practice server and is on
/// this computer.
[[nodiscard]] bool isExempt(const Server &server);

/// What the policy file of this moment says of it; nothing of an exempt one. Fails as
/// currentPolicyFile(); nothing may be sent then.
[[nodiscard]] Result<ServerLimits> currentLimits(const Server &server);

/// The same for who is about to write, under the policy file of the computer, from which a practice
/// server on this computer is exempt: fails with Refused if it is read-only, and says what changes
/// that, or which rule forbids it; and as currentPolicyFile().
[[nodiscard]] Result<WriteMode> modeToWrite(const Server &server, const Paths &paths);

/// A server that becomes a production one becomes read-only with it.
void setKind(Server &server, ConnectionKind kind);

/// Whether a change lifts a guard of a production server, so that its label has to be typed: a
/// higher write mode or a lower kind, another address, a certificate fault forgiven.
[[nodiscard]] bool liftsGuard(const Server &before, const Server &after);

} // namespace hubkeeper
