// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connectionbook.h"
#include "session/open/session.h"

#include <QPointer>

namespace hubkeeper {

/// The one connection that is open in the window, and its session.
///
/// A connection can be open without a session: when its provisioner or its secrets do not allow
/// one yet. Then failure() says why, and the configuration can still be edited.
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    /// `book` must outlive the keeper.
    SessionKeeper(ConnectionBook &book, const SessionServices &services, QObject *parent);

    [[nodiscard]] const ConnectionBook &book() const { return m_book; }
    [[nodiscard]] const SessionServices &services() const { return m_services; }
    [[nodiscard]] const std::optional<Connection> &connection() const { return m_connection; }
    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    /// Rows of the change set that were staged when the connection was open the last time, or why
    /// they cannot be read.
    [[nodiscard]] const Result<int> &restoredChanges() const { return m_restored; }

    /// Opens a connection, of the book or not; closes the one before.
    void open(const Connection &connection);
    /// Finds the file's connection in the book, or makes one: production, read-only, named after
    /// the file. Fails with InvalidInput if the file is no provisioner, Storage if the book cannot
    /// be saved.
    [[nodiscard]] Result<void> openFile(const QString &path);
    /// Opens the same connection again, e.g. after secrets or the provisioner changed.
    void reopen();
    void close();

    /// Takes over changed settings of the open connection and saves them if the book knows it. A
    /// change of address, API version or file opens the connection again.
    [[nodiscard]] Result<void> change(const Connection &connection);
    /// Takes a connection out of the book; closes it if it is open. Its secrets stay.
    [[nodiscard]] Result<void> forget(const QString &id);

signals:
    /// Another connection, or other settings of it.
    void connectionChanged();
    /// A session was opened, closed, or could not be opened.
    void sessionChanged();
    void opening(hubkeeper::CallBase *call);
    void bookChanged();

private:
    void start();
    void endSession();

    ConnectionBook &m_book;
    const SessionServices m_services;
    std::optional<Connection> m_connection;
    std::shared_ptr<Session> m_session;
    std::optional<Error> m_failure;
    Result<int> m_restored = 0;
    QPointer<CallBase> m_opening;
};

} // namespace hubkeeper
