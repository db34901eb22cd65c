// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <QDateTime>

namespace hubkeeper {

/// The OAuth app's credentials of a connection.
struct OAuthCredentials
{
    QString clientId;
    Secret clientSecret;
    Secret refreshToken;

    [[nodiscard]] OAuthCredentials clone() const;
};

/// What the token endpoint granted (hubspot-api 3.4). Only accessToken is sure to be there.
struct TokenGrant
{
    Secret accessToken;
    Secret refreshToken; ///< Empty if the reply holds none: keep the old one.
    std::chrono::seconds expiresIn {1800};
    QStringList scopes; ///< Empty if the reply does not say (v1).
    qint64 hubId = 0;

    [[nodiscard]] TokenGrant clone() const;
};

/// Path of the token endpoint for an API version: "/oauth/v1/token", "/oauth/2026-09/token".
/// The requests' bodies hold secrets (bodyIsSecret).
[[nodiscard]] HttpRequest refreshRequest(const QString &tokenPath, const OAuthCredentials &app);
[[nodiscard]] HttpRequest codeExchangeRequest(const QString &tokenPath, const QString &clientId,
                                              const Secret &clientSecret, const Secret &code,
                                              const QString &redirectUri);
[[nodiscard]] HttpRequest revokeRequest(const QString &tokenPath, const OAuthCredentials &app);

/// Reads a token reply. Fails with BadReply if there is no access token.
[[nodiscard]] Result<TokenGrant> parseTokenGrant(const QByteArray &json);

} // namespace hubkeeper
