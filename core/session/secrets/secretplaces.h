// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/confidential/secretvalue.h"
#include "session/connections/connection.h"
#include "session/connections/services.h"

namespace hubkeeper {

class SecretVault;

/// One secret of one connection and every place where it is.
struct SecretPlace
{
    SecretId id;
    QString connection; ///< Label; empty for the journal key, which is the program's own.
    QString provisionerPath; ///< Empty for the journal key.
    bool stored = false; ///< In the keychain, or in memory where that is used.
    bool sessionOnly = false; ///< `stored` in memory; gone when the program ends.
    std::optional<Error> failure; ///< The keychain could not be asked.
    SecretForm inFile = SecretForm::Absent;
    QDateTime lastUse; ///< UTC; invalid if it was never used.
};

/// Looks for client secret and refresh token of every connection, and for the journal key. Secrets
/// are read to see that they are there, and dropped at once. Files are read by a worker. Never
/// fails: what cannot be asked is reported place by place.
[[nodiscard]] Call<QList<SecretPlace>> *lookForSecrets(const QList<Connection> &connections,
                                                       const SessionServices &services,
                                                       SecretVault *vault, QObject *parent);

/// "clientSecret", "refreshToken": what a connection has.
[[nodiscard]] const QStringList &secretNames();

/// What a substitution for this secret is usually called: "esv.hubspot.client.secret" for the
/// clientSecret of provisioner.openicf-hubspot.json.
[[nodiscard]] QString substitutionNameFor(const QString &secret, const QString &provisionerPath);

/// The id of the key that signs the journal.
[[nodiscard]] SecretId journalKeyId();

} // namespace hubkeeper
