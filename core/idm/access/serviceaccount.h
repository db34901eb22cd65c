// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/signingkey.h"
#include "net/http.h"

#include <QDateTime>

namespace hubkeeper {

/// A service account of the cloud: signs an assertion (RFC 7523) with its key and gets an access
/// token for it. Claims, scope and form are those of the vendor's "Authenticate to REST API with
/// access token", which @rockcarver/frodo-lib 3.3.3 was seen to send as well. Pure.

/// Where tokens are handed out, on the host of IDM.
inline constexpr auto tokenPath = QLatin1StringView("/am/oauth2/access_token");

/// What an assertion says.
struct AssertionClaims
{
    /// For the vendor three minutes at most.
    static constexpr std::chrono::seconds life {180};

    QString account; ///< The id of the service account: issuer and subject.
    QUrl server; ///< Scheme, host and port of the tenant.
    QDateTime issuedAt; ///< By the clock of this computer.
    QString id; ///< Another one for each assertion.
};

/// The claims as JSON. The audience has its port even where it is the usual one.
[[nodiscard]] QByteArray claimsJson(const AssertionClaims &claims);

/// The assertion: header, claims and signature of a JWT. Fails as SigningKey::sign().
[[nodiscard]] Result<Secret> assertionOf(const AssertionClaims &claims, const SigningKey &key);

/// Asks for a token that may do everything in IDM and nothing elsewhere.
[[nodiscard]] HttpRequest tokenRequest(const Secret &assertion);

struct AccessToken
{
    Secret token;
    std::chrono::seconds life {0};
};

/// The token in an answer of the token endpoint. Fails with Unauthorized where the assertion is
/// refused: the clock of this computer is wrong (by the answer's Date), or key and id do not belong
/// together; with Forbidden where the account may not use IDM; with BadReply where no such endpoint
/// is; else as serverErrorFrom(). `now` is when the answer came.
[[nodiscard]] Result<AccessToken> accessTokenFrom(const HttpReply &reply, const QString &account,
                                                  const QDateTime &now);

} // namespace hubkeeper
