// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "secrets/secretstore.h"
#include "session/connections/connectionregistry.h"

#include <QUrl>

namespace hubkeeper {

/// What a running practice portal announces.
struct PracticeAddress
{
    QUrl url;
    QString clientId;
    Secret clientSecret;
    Secret refreshToken;
    QString label;
};

/// Writes a provisioner that works with a practice portal (mode 0600, made-up secrets as plain
/// text) and a connection with the portal's address, which a provisioner has no property for
/// (idm-connector 1.2). An existing connection of that file keeps its id. Fails with Storage, or
/// with Refused if another file is there already that was not written for practice.
[[nodiscard]] Result<Connection> writePracticeConnection(const QString &path,
                                                         const PracticeAddress &address,
                                                         ConnectionRegistry &registry);

/// Takes the secrets of such a connection out of the store, where those of an earlier portal may
/// be: they would win over the file's. Where no keychain answers none can win, and that is a
/// success.
[[nodiscard]] Call<void> *forgetOlderSecrets(const Connection &connection, SecretStore &store,
                                             QObject *parent);

} // namespace hubkeeper
