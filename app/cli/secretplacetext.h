// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/secrets/secretplaces.h"

namespace hubkeeper::cli {

/// Where client secret and refresh token of a connection are. What the keychain does not say is
/// reported place by place. Fails with Cancelled (Ctrl+C).
[[nodiscard]] Result<QList<SecretPlace>> placesOf(const Connection &connection, Services &services);

/// Names, places and times, never a secret: [{"name", "keychain": "stored", "absent" or "unknown",
/// "file": "absent", "plainText", "encrypted", "substituted" or "invalid", "lastUse"}], each state
/// with its sentence in "keychainText" and "fileText".
[[nodiscard]] QJsonArray placesJson(const QList<SecretPlace> &places);

/// The same as rows of a table, with a heading.
[[nodiscard]] QList<QStringList> placesTable(const QList<SecretPlace> &places);

} // namespace hubkeeper::cli
