// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"
#include "portal/access/oauth.h"
#include "session/open/session.h"

namespace hubkeeper {

/// What a sign-in of a connection starts from.
struct SignInBasis
{
    TransportOptions transport; ///< To the token endpoint, as the provisioner says.
    QUrl authorizeHost; ///< HubSpot's, or the practice portal's.
    /// What is known so far: the client id from the file, the secrets from the store, else from
    /// the file where they are plain text. Each may be empty.
    OAuthCredentials known;
    QString fileClientId; ///< As it is in the file; empty for a substitution.
    std::optional<Error> keychainFailure; ///< No keychain answers.
};

/// Reads file and store; sends nothing. A missing client id or secret is not a failure here. Fails
/// with InvalidInput if the file is not a provisioner, or Refused for the base URL.
[[nodiscard]] Call<std::shared_ptr<const SignInBasis>> *
readSignInBasis(const Connection &connection, SecretStore &secrets, QObject *parent);

/// Stores client secret and refresh token of a connection, in this order. Fails as the store.
[[nodiscard]] Call<void> *storeCredentials(const Connection &connection, const Secret &clientSecret,
                                           const Secret &refreshToken, SecretStore &secrets,
                                           QObject *parent);

/// A failed sign-in was refused for the client id or secret, so that these have to be entered
/// again (hubspot-api 3.6).
[[nodiscard]] bool isAboutTheClient(const Error &error);

} // namespace hubkeeper
