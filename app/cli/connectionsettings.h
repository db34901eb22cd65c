// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/connections/connectionsettings.h"

#include <optional>

namespace hubkeeper::cli {

/// The options of `connections set`: what the settings of a connection in the window have. What is
/// not given stays as it is.
struct ConnectionSettings
{
    std::optional<std::string> label;
    std::optional<std::string> kind;
    std::optional<std::string> colour; ///< "#rrggbb" or "none".
    std::optional<std::string> mode;
    std::optional<std::string> apiVersion;
    std::optional<std::string> baseUrl; ///< "none" is HubSpot's own.
    std::optional<bool> allowRemote;
    std::optional<std::string> server; ///< Label or id of an IDM server, or "none".
    std::optional<int> reserve;
    std::optional<int> mostRows;
    std::optional<int> mostArchives;
    std::optional<int> mostPercent;
    std::optional<bool> archiveAllowed;
    std::vector<std::string> protect;
    std::vector<std::string> unprotect;
    bool unprotectAll = false;
    std::optional<std::string> confirmLabel; ///< Typed to lift a guard of a production portal.

    void addTo(CLI::App &verb);

    [[nodiscard]] std::optional<QString> confirmation() const;

    /// Puts the id of the server that was named in place of its label. Before applyTo(). Fails with
    /// NotFound.
    [[nodiscard]] Result<void> lookUpServer(const Paths &paths);

    /// Puts the given ones into the connection. Fails with InvalidInput for a value that cannot
    /// be, Refused for an address a token must not go to, or if a guard of a production portal
    /// would be lifted (liftsGuard()) and `confirmed` is not the connection's label, or the label
    /// given to one that is new; the connection is then half changed and not to be stored.
    [[nodiscard]] Result<void> applyTo(Connection &connection,
                                       const std::optional<QString> &confirmed) const;

private:
    [[nodiscard]] Result<void> applyAll(Connection &connection) const;
};

/// Everything kept of a connection, as `connections list`, `set` and `show` report it. No secret.
[[nodiscard]] QJsonObject asJson(const Connection &connection);

} // namespace hubkeeper::cli
