// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/idm/serverregistry.h"
#include "session/idm/serversession.h"

namespace hubkeeper::cli {

/// The options of every verb that talks to an IDM server.
struct ServerOptions
{
    std::string server; ///< Label or id; empty: the only one known.
    bool secretFromInput = false;
    double timeLimit = 0; ///< Seconds; 0 is none.

    void addTo(CLI::App &verb);
};

/// The server that was named, or the only one there is. Fails with NotFound or InvalidInput.
[[nodiscard]] Result<Server> serverNamed(const std::string &name, Services &services);

/// Opens it with the password or token from standard input if the options say so, else from the
/// keychain. From here on --timeout counts. Fails as openServer().
[[nodiscard]] Result<std::shared_ptr<ServerSession>> openFor(const ServerOptions &options,
                                                             Services &services);

/// `{"password":"…"}` or `{"token":"…"}` from standard input; the text is wiped. Fails with
/// InvalidInput.
[[nodiscard]] Result<Secret> loginSecretFrom(QIODevice &input);

/// Everything kept of a server; no secret.
[[nodiscard]] QJsonObject asJson(const Server &server);

} // namespace hubkeeper::cli
