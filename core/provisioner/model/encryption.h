// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// Whether IDM can work with a cipher: a Java transformation that needs an IV or nothing, no
/// further parameters (idm-connector 2.8).
[[nodiscard]] bool isKnownCipher(const QString &transformation);

inline constexpr qsizetype aesBlock = 16; // Bytes.

/// Whether the data of a block is words in Base64, as in an example. Ciphertext is never all
/// printable: of 16 random bytes one in a hundred million times.
[[nodiscard]] bool isMadeUp(const QString &base64);

/// Whether a key alias is one that IDM's keystore has from the beginning.
[[nodiscard]] bool isUsualAlias(const QString &alias);

} // namespace hubkeeper
