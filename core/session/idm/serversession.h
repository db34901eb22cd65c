// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"
#include "net/traffic.h"
#include "session/connections/services.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// One open server: what reads from it. Nothing is sent until somebody asks.
class ServerSession
{
public:
    /// `services` must outlive the session.
    ServerSession(Server server, const Secret &secret, const SessionServices &services);

    [[nodiscard]] const Server &server() const { return m_server; }
    [[nodiscard]] IdmClient &client() { return m_client; }
    [[nodiscard]] TrafficLog &traffic() { return m_traffic; }
    /// Who answers there (askServer()), with the profile that was set for it, if one was.
    [[nodiscard]] Call<ServerFacts> *ask(QObject *parent);

private:
    const Server m_server;
    TrafficLog m_traffic;
    QnamTransport m_transport;
    IdmClient m_client;
};

/// The session of a server, with the secret `given`, else the one in the keychain. Fails with
/// NotFound (no secret; says how to store it) and NoKeychain.
[[nodiscard]] Call<std::shared_ptr<ServerSession>> *openServer(const Server &server,
                                                               const SessionServices &services,
                                                               std::optional<Secret> given,
                                                               QObject *parent);

} // namespace hubkeeper
