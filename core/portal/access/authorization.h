// SPDX-License-Identifier: MIT
#pragma once

#include "portal/access/oauth.h"

#include <QUrl>

namespace hubkeeper {

/// The scopes the connector needs (hubspot-api 3.3).
struct ScopeChoice
{
    QStringList required; ///< Must all be set as required in the HubSpot app.
    QStringList optional; ///< Dropped without an error where the account lacks the product.

    /// Reading and writing contacts and companies, plus owners and schemas as optional ones.
    [[nodiscard]] static ScopeChoice forConnector();
};

/// HubSpot's authorize page for a sign-in (hubspot-api 3.2). `host` is "https://app.hubspot.com"
/// or a practice portal. Scopes are separated by %20.
[[nodiscard]] QUrl authorizeUrl(const QUrl &host, const QString &clientId,
                                const QString &redirectUri, const ScopeChoice &scopes,
                                const QByteArray &state);

/// 32 random bytes from the system, as text for a URL.
[[nodiscard]] QByteArray freshState();

/// What was asked for and not granted, in the order of asking. Empty if `granted` is empty: the v1
/// endpoint does not say.
[[nodiscard]] QStringList missingScopes(const QStringList &asked, const QStringList &granted);

/// Takes the code out of what a user pasted: the code itself, or the whole address the browser
/// ended at. Checks the state if the address holds one. Fails with InvalidInput or Refused.
[[nodiscard]] Result<QByteArray> codeFromPastedText(const QString &text, const QByteArray &state);

} // namespace hubkeeper
