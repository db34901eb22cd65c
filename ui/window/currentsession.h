// SPDX-License-Identifier: MIT
#pragma once

#include "base/filewatch.h"
#include "session/connections/connectionregistry.h"
#include "session/open/session.h"
#include "session/writing/keepchanges.h"

#include <QPointer>

namespace hubkeeper {

/// The one connection that is open in the window, and its session.
///
/// A connection can be open without a session: when its provisioner or its secrets do not allow
/// one yet. Then failure() says why, and the configuration can still be edited.
///
/// What other programs change in the list of connections is taken over at once: the write policy
/// of the open session, too. A changed address, API version or file opens the connection again,
/// after the writes that are on their way. A connection that was forgotten elsewhere becomes
/// read-only.
class CurrentSession final : public QObject
{
    Q_OBJECT

public:
    /// `registry` must outlive the keeper.
    CurrentSession(ConnectionRegistry &registry, const SessionServices &services, QObject *parent);

    [[nodiscard]] const ConnectionRegistry &registry() const { return m_registry; }
    [[nodiscard]] const SessionServices &services() const { return m_services; }
    [[nodiscard]] const std::optional<Connection> &connection() const { return m_connection; }
    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    /// What was staged when the connection was open the last time, or why it cannot be read; empty
    /// until changesRestored().
    [[nodiscard]] const Result<RestoredChanges> &restoredChanges() const { return m_restored; }

    /// Opens a connection, of the registry or not; closes the one before.
    void open(const Connection &connection);
    /// Opens the file's connection of the registry; where there is none, the file is opened as a
    /// production connection, read-only and named after it, which is not kept. Fails with
    /// InvalidInput if the file is not a provisioner, as load() if the registry cannot be read.
    [[nodiscard]] Result<void> openFile(const QString &path);
    /// Makes a connection of the file that is open, unless it is one: before secrets are stored
    /// for it or settings are kept. Fails as ConnectionRegistry::keep().
    [[nodiscard]] Result<void> keep();
    /// Opens the same connection again, e.g. after secrets or the provisioner changed.
    void reopen();
    void close();

    /// Takes over the settings of the open connection in which `after` differs from `before`, and
    /// saves them if it is in the registry. A change of address, API version or file opens the
    /// connection again. Fails as ConnectionRegistry::change(); connection() is up to date then.
    [[nodiscard]] Result<void> change(const Connection &before, const Connection &after);
    /// Takes a connection out of the registry; closes it if it is open. Its secrets stay.
    [[nodiscard]] Result<void> forget(const QString &id);

signals:
    /// Another connection, or other settings of it.
    void connectionChanged();
    /// A session was opened, closed, or could not be opened.
    void sessionChanged();
    /// restoredChanges() is known.
    void changesRestored();
    void opening(hubkeeper::CallBase *call);
    /// The list of connections cannot be read, or another program has forgotten the open one.
    void failed(const hubkeeper::Error &error);
    /// The list of connections was read again.
    void listRead();

private:
    void takeOver();
    void takeOver(const Connection &now);
    void openAnew(const Connection &now);
    void start();
    void keepChanges();
    void endSession();

    ConnectionRegistry &m_registry;
    const SessionServices m_services;
    std::optional<Connection> m_connection;
    bool m_isForgotten = false; // By another program; it must not come back unasked.
    std::shared_ptr<Session> m_session;
    std::optional<Error> m_failure;
    Result<RestoredChanges> m_restored;
    QPointer<CallBase> m_opening;
    FileWatch m_watch;
};

} // namespace hubkeeper
