// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace hubkeeper {

class Secret;

/// Hides a secret from now on, until the program ends: wherever its text turns up in what a server
/// repeats, withoutKnownSecrets() and redacted() mask it. Only hashes are kept, so the secret
/// itself can still be wiped. Secrets of fewer than eight bytes are not remembered: they are found
/// everywhere. Any thread.
void rememberSecret(const Secret &secret);

/// The text (UTF-8) with "<secret>" for every secret that is known, as it is and percent-encoded.
/// Takes time for each length of a known secret, a few milliseconds a megabyte. Any thread.
[[nodiscard]] QByteArray withoutKnownSecrets(const QByteArray &text);

} // namespace hubkeeper
