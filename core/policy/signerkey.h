// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "policy/signature.h"

namespace hubkeeper {

/// A pair of Ed25519 keys. The private one is a Secret: its seed of 32 bytes as base64, as the
/// keychain keeps it.
struct SignerKey
{
    Secret seed;
    QByteArray publicKey; ///< 32 bytes.
};

/// From the system's random numbers.
[[nodiscard]] SignerKey newSignerKey();
/// Of a seed as the keychain gave it. Fails with InvalidInput if it is none.
[[nodiscard]] Result<SignerKey> signerKeyOf(Secret seed);

/// Signs the content with that digest. What was derived from the seed is wiped before it returns.
/// Fails with InvalidInput if the seed is none.
[[nodiscard]] Result<Signature> signedBy(const Secret &seed, const QByteArray &digest,
                                         const QDateTime &now);

} // namespace hubkeeper
