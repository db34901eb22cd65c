// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <memory>

struct evp_pkey_st;

namespace hubkeeper {

/// The private RSA key of a service account, as the cloud's console hands it out once: a JWK
/// (RFC 7517). Signing and checking is libcrypto's.
///
/// Can be copied cheaply; the key itself never changes. Any thread.
class SigningKey
{
public:
    static constexpr int fewestBits = 2048; ///< RFC 7518 3.3.

    /// Reads one and tries it on a text of its own. Only n, e, d and the primes are used; whatever
    /// else follows from them is computed. Fails with InvalidInput and says what is wrong: not
    /// JSON, a PEM file, a public key, another kind of key, too short, damaged.
    [[nodiscard]] static Result<SigningKey> fromJwk(const Secret &jwk);

    /// The signature RS256 (RFC 7518 3.3) of `text`, as it is: not encoded. Fails with Storage if
    /// libcrypto refuses, which a key that was read does not make it do.
    [[nodiscard]] Result<QByteArray> sign(const QByteArray &text) const;

    /// The JWK with nothing in it that signing does not need: about 2,100 bytes for 4,096 bits, so
    /// that every keychain takes it (that of Windows has room for 2,560).
    [[nodiscard]] Secret kept() const;

private:
    SigningKey() = default;

    std::shared_ptr<evp_pkey_st> m_key;
    std::shared_ptr<const Secret> m_kept;
};

/// What is to be kept of the key in a file, a paste or standard input: a JWK, or an object with one
/// as its member "jwk". Fails as SigningKey::fromJwk().
[[nodiscard]] Result<Secret> keptKeyFrom(const Secret &text);

} // namespace hubkeeper
