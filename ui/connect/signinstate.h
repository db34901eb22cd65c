// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "session/signin/signin.h"
#include "session/signin/signinbasis.h"

#include <QPointer>

namespace hubkeeper {

class SecretVault;

/// What the assistant needs from the window; all must outlive it.
struct ConnectServices
{
    SessionServices session;
    SecretVault *vault = nullptr; ///< To keep secrets for this session; may be null.
    QPointer<Document> document =
        {}; ///< The provisioner, while it is open for editing; may be null.
    /// Opens an address in the user's own browser; false if that did not work.
    std::function<bool(const QUrl &)> openBrowser = {};
};

/// What the pages of the assistant hand on to each other.
struct SignInState
{
    Connection connection;
    ConnectServices services;
    std::shared_ptr<const SignInBasis> basis; ///< Null until it was read.
    QString clientId;
    Secret clientSecret; ///< As typed; empty: the known one.
    ScopeChoice scopes = ScopeChoice::forConnector();
    quint16 port = usualSignInPort;
    std::shared_ptr<const SignInOutcome> outcome; ///< Null until a grant is there.

    /// As typed, else the one that is known.
    [[nodiscard]] Secret secretInUse() const
    {
        if (!clientSecret.isEmpty() || !basis)
            return clientSecret.clone();
        return basis->known.clientSecret.clone();
    }
};

} // namespace hubkeeper
