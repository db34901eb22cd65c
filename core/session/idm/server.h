// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverfacts.h"
#include "net/qnamtransport.h"
#include "secrets/secretstore.h"
#include "session/connections/connection.h"

#include <QJsonObject>

namespace hubkeeper {

/// An IDM server as this user knows it. Its password, token or key is in the SecretStore under
/// secretIdOf().
struct Server
{
    QString id; ///< UUID; names the secret in the keychain.
    QString label; ///< What people call it; unique without regard to case.
    QUrl address; ///< With IDM's path: "https://idm.example.com:8443/openidm".
    ServerLogin login;
    ConnectionKind kind = ConnectionKind::Production;
    QString colour; ///< "#rrggbb"; may be empty.
    WriteMode mode = WriteMode::ReadOnly;
    std::optional<IdmProfile> profile; ///< Only if it is not to be found by asking.
    bool acceptSelfSignedCertificates = false; ///< Forgives exactly that.
    bool disableHostNameVerifier = false; ///< Forgives exactly that.
    QString proxyHost; ///< Empty: the system's proxy settings.
    quint16 proxyPort = 0;

    bool operator==(const Server &) const = default;
};

/// Where its password, token or key is.
[[nodiscard]] SecretId secretIdOf(const Server &server);

/// An address as people type it, put right: without a path it gets "/openidm", without a scheme
/// "https". Fails with InvalidInput: no host, a user name in it, a query, another scheme; plain
/// HTTP to anything but this computer.
[[nodiscard]] Result<QUrl> serverAddressFrom(const QString &text);

/// How to reach it.
[[nodiscard]] TransportOptions transportOptionsOf(const Server &server);

/// As `servers.json` keeps it.
[[nodiscard]] QJsonObject entryOf(const Server &server);
/// Reads an entry. What is missing has its default; a safety setting that cannot be read has its
/// strictest value.
[[nodiscard]] Server serverFrom(const QJsonObject &entry);

} // namespace hubkeeper
