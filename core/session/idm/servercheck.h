// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverfacts.h"
#include "session/connections/services.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// How far one gets with a server.
enum class ServerReach {
    Ready, ///< It does its work and accepts the login.
    Starting, ///< It says so, or answers 503.
    NotReady, ///< It says so: stopping, or started without a part it needs.
    Refused, ///< No connection: it is not started, or not there.
    NoIdm, ///< Something else answers; for some seconds after its start a server, too.
    LoginRefused, ///< It does not know the login, or does not let it do anything.
    NoSecret, ///< The keychain has no password, token or key for it.
    Failed, ///< Something else, which the error says.
};

[[nodiscard]] QString nameOf(ServerReach reach); ///< "ready", "starting", … Never changes.

struct ServerCheck
{
    ServerReach reach = ServerReach::Failed;
    std::optional<ServerFacts> facts; ///< If it answered.
    std::optional<Error> error; ///< If it did not, or not as it should.
};

/// What an answer of ServerSession::ask(), or of openServer(), comes to.
[[nodiscard]] ServerCheck serverCheckFrom(const Result<ServerFacts> &answer);

/// Asks all of them at once, each with its secret from the keychain; in their order. Fails only if
/// it is cancelled.
[[nodiscard]] Call<QList<ServerCheck>> *
checkServers(const QList<Server> &servers, const SessionServices &services, QObject *parent);

} // namespace hubkeeper
