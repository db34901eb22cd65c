// SPDX-License-Identifier: MIT
#pragma once

#include "policy/signature.h"
#include "session/connections/services.h"

namespace hubkeeper {

struct ExchangedChanges;

/// A key that this user signs change sets with, without what is secret of it.
struct OwnSigningKey
{
    QString id; ///< UUID; names the private key in the keychain.
    QString name; ///< What people call it; unique without regard to case.
    QByteArray publicKey; ///< 32 bytes.
    QDateTime created;
};

/// Those in `signing-keys.json` below Paths::config, by name. Fails with Storage if that is
/// damaged.
[[nodiscard]] Result<QList<OwnSigningKey>> signingKeys(const Paths &paths);
/// One of them by name; without a name the only one. Fails with NotFound, with InvalidInput where
/// there are several.
[[nodiscard]] Result<OwnSigningKey> signingKeyNamed(const QString &name, const Paths &paths);

/// Makes a pair of keys; the private one goes into the store of secrets and nowhere else. Fails
/// with Conflict if the name is taken, with InvalidInput if it is empty, as the store, and with
/// NoKeychain where the store forgets it at the end of the program.
[[nodiscard]] Call<OwnSigningKey> *
createSigningKey(const QString &name, const SessionServices &services, QObject *parent);

/// Takes the private key out of the store, then the entry out of the list.
[[nodiscard]] Call<void> *forgetSigningKey(const OwnSigningKey &key,
                                           const SessionServices &services, QObject *parent);

/// Signs the file with that key: reads it, takes the private key out of the store for that moment,
/// and puts the signature at the file's end. The outcome is the file with it. Fails as
/// readChangesFile(), addSignature() and the store; with Refused if this account has saved
/// the file itself.
[[nodiscard]] Call<ExchangedChanges> *signChangesFile(const QString &path, const OwnSigningKey &key,
                                                      const SessionServices &services,
                                                      QObject *parent);

} // namespace hubkeeper
