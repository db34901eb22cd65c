// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/server.h"

namespace CLI {
class App;
}

namespace hubkeeper::cli {

/// What `idm servers add` and `set` can say of a server; what is not given stays as it is.
struct ServerSettings
{
    std::optional<std::string> label;
    std::optional<std::string> address;
    std::optional<std::string> login;
    std::optional<std::string> user;
    std::optional<std::string> serviceAccount; ///< Its id; sets the login, too.
    std::optional<std::string> keyFile; ///< A JWK, for a service account.
    std::optional<std::string> kind;
    std::optional<std::string> mode;
    std::optional<std::string> profile; ///< "ask" finds it by asking.
    std::optional<std::string> colour; ///< "#rrggbb" or "none".
    std::optional<std::string> proxy; ///< "host:port" or "none".
    std::optional<bool> acceptSelfSigned;
    std::optional<bool> ignoreHostName;
    std::optional<std::string> confirmLabel;
    bool secretFromInput = false;

    void addTo(CLI::App &verb);
    /// Puts the given ones into the server. Fails with InvalidInput; the server is then half
    /// changed and not to be stored.
    [[nodiscard]] Result<void> applyTo(Server &server) const;

private:
    void addLoginTo(CLI::App &verb);
    [[nodiscard]] Result<void> applyAddress(Server &server) const;
    [[nodiscard]] Result<void> applyLooks(Server &server) const;
    [[nodiscard]] Result<void> applyLogin(Server &server) const;
};

} // namespace hubkeeper::cli
