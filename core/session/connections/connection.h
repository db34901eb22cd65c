// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"

#include <QUrl>

namespace hubkeeper {

enum class ConnectionKind { Production, Sandbox, Practice };

/// A provisioner plus local policy (DESIGN 1). Holds no secret: those lie in the SecretStore
/// under `id`.
struct Connection
{
    QString id; ///< UUID; names the secrets in the keychain.
    QString label; ///< What people call it.
    QString provisionerPath; ///< Absolute path of the file.
    ConnectionKind kind = ConnectionKind::Production;
    QString colour; ///< "#rrggbb", shown beside text and icon; may be empty.
    WritePolicy policy; ///< A new production connection is read-only.
    ApiVersion apiVersion = ApiVersion::V2026_09;
    QUrl baseUrl; ///< Empty: HubSpot's own. Else loopback, unless allowRemoteBaseUrl.
    bool allowRemoteBaseUrl = false;
    /// Id of the IDM server it is deployed to (ServerRegistry). May be empty; may name one that was
    /// forgotten since, which counts as none.
    QString server;
    /// Percent of the account's calls that are left to other programs, e.g. the connector in IDM;
    /// up to AccountBudget::mostReserve.
    int reserve = 0;
    /// It is one of the list of connections (ConnectionRegistry); not kept itself.
    bool inBook = false;
};

[[nodiscard]] QString nameOf(ConnectionKind kind); ///< "production", "sandbox", "practice".
[[nodiscard]] std::optional<ConnectionKind> connectionKindFrom(const QString &name);

/// What a new connection of this file is called: "provisioner.openicf-eu.json" is "eu".
[[nodiscard]] QString labelFor(const QString &provisionerPath);

/// Whether a token may be sent there: HubSpot's own address, loopback, or explicitly allowed.
/// Otherwise the reason (Refused).
[[nodiscard]] Result<void> checkBaseUrl(const QUrl &url, bool allowRemote);

} // namespace hubkeeper
