// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "net/http.h"

namespace hubkeeper {

/// How a request to an IDM server says who sends it.
enum class LoginKind {
    StaticUser, ///< X-OpenIDM-Username and X-OpenIDM-Password with every request.
    Basic, ///< Authorization: Basic.
    Bearer, ///< Authorization: Bearer, with a token from elsewhere.
    ServiceAccount, ///< Bearer tokens of the cloud, got with a signed assertion (serviceaccount.h).
};

[[nodiscard]] QString nameOf(LoginKind kind); ///< "user", "basic", "bearer", "service-account".
[[nodiscard]] std::optional<LoginKind> loginKindFrom(const QString &name);

/// Who logs in; the password, token or key is kept apart.
struct ServerLogin
{
    LoginKind kind = LoginKind::StaticUser;
    QString userName; ///< The id of a service account; not used with Bearer.

    bool operator==(const ServerLogin &) const = default;
};

/// A user name as a header may have it: as it is where it is ASCII, else in the form of RFC 5987,
/// which OpenIDM 6.3.0 was seen to accept.
[[nodiscard]] QByteArray headerValueOf(const QString &userName);

/// What `secret` has to be for HttpTransport::send(): the password, the token, or the pair of
/// Basic. Nothing for a service account, whose key is never sent.
[[nodiscard]] Secret wireSecret(const ServerLogin &login, const Secret &secret);

/// Says in the request how the secret is sent.
void addLogin(HttpRequest &request, const ServerLogin &login);

} // namespace hubkeeper
