// SPDX-License-Identifier: MIT
#pragma once

#include "base/filewatch.h"
#include "session/idm/activation.h"
#include "session/idm/serverregistry.h"
#include "session/idm/serversession.h"

#include <QPointer>

#include <map>

namespace hubkeeper {

/// The one IDM server that is open in the window, and the list of those that are known.
///
/// Nothing is sent until open(). session() and facts() come and go together: there is no session
/// before it is known who answers. What other programs change in the list is taken over at once: a
/// write mode as it is, another address, login or label by opening the server again; a server that
/// was forgotten is closed.
///
/// Work that outlives a change holds the session itself (shared_ptr). GUI thread.
class CurrentServer final : public QObject
{
    Q_OBJECT

public:
    /// What `services` refers to must outlive it.
    CurrentServer(const SessionServices &services, QObject *parent);
    ~CurrentServer() override;

    [[nodiscard]] const SessionServices &services() const { return m_services; }
    /// How long connectors are waited for after their configuration is written.
    [[nodiscard]] const ActivationWait &activationWait() const { return m_wait; }
    void setActivationWait(const ActivationWait &wait) { m_wait = wait; }
    [[nodiscard]] const ServerRegistry &registry() const { return m_registry; }

    /// The server that is open, being opened, or could not be opened.
    [[nodiscard]] const std::optional<Server> &server() const { return m_server; }
    /// Null while none is open.
    [[nodiscard]] const std::shared_ptr<ServerSession> &session() const { return m_session; }
    /// Who answers there; set exactly while session() is.
    [[nodiscard]] const std::optional<ServerFacts> &facts() const { return m_facts; }
    /// Why the server could not be opened, was closed, or could not be asked again.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    [[nodiscard]] bool isOpening() const { return !m_opening.isNull(); }

    /// Opens a server of the list with the secret that was typed for it, else the keychain's, and
    /// asks who answers. Closes the one before. Nothing happens for an id that is not there.
    void open(const QString &id);
    /// The same with a secret, which is kept until the program ends; not in the keychain.
    void openWith(const QString &id, Secret secret);
    /// Asks again who answers: readiness and version may be others now.
    void askAgain();
    void close();
    /// Asks who answers at `server`, which need not be in the list: with this secret, else the one
    /// that was typed for it, else the keychain's. Changes nothing here.
    [[nodiscard]] Call<ServerFacts> *test(const Server &server, std::optional<Secret> secret,
                                          QObject *parent);
    /// A session with a server of the list: the open one if it is that, else another one, with the
    /// secret that was typed for it or the keychain's. Fails as openServer(), NotFound for an
    /// unknown id.
    [[nodiscard]] Call<std::shared_ptr<ServerSession>> *sessionOf(const QString &id,
                                                                  QObject *parent);

    /// Adds a server to the list. Fails as ServerRegistry::add().
    [[nodiscard]] Result<Server> add(const Server &server);
    /// Saves `after`, unless somebody else changed the server since it was `before` (Conflict). One
    /// that is open is opened again if it is reached in another way. Fails as
    /// ServerRegistry::edit().
    [[nodiscard]] Result<Server> change(const Server &before, const Server &after);
    /// Takes it out of the list; closes it if it is open. Its secret in the keychain stays.
    [[nodiscard]] Result<void> forget(const QString &id);
    /// Reads the list again. Fails as ServerRegistry::load().
    [[nodiscard]] Result<void> readList();
    /// A secret to be used from now on, until the program ends.
    void keep(const QString &id, Secret secret);

signals:
    /// server(), session(), facts() or failure() are others.
    void changed();
    /// The list of servers, or settings in it.
    void listChanged();
    /// Opening or asking has begun.
    void opening(hubkeeper::CallBase *call);
    /// The list of servers cannot be read.
    void failed(const hubkeeper::Error &error);

private:
    [[nodiscard]] std::optional<Secret> typedFor(const QString &id) const;
    void start();
    void takeOver();
    void end();

    const SessionServices m_services;
    ActivationWait m_wait;
    ServerRegistry m_registry;
    std::optional<Server> m_server;
    std::shared_ptr<ServerSession> m_session;
    std::optional<ServerFacts> m_facts;
    std::optional<Error> m_failure;
    QPointer<CallBase> m_opening;
    std::map<QString, Secret> m_typed; // By server.
    FileWatch m_watch;
};

} // namespace hubkeeper
