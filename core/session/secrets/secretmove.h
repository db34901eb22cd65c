// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "session/connections/connection.h"
#include "session/connections/services.h"

namespace hubkeeper {

/// Whether the store holds another secret there than this one. Fails as the store, but for
/// NotFound.
[[nodiscard]] Call<bool> *holdsAnother(const SecretId &id, const Secret &secret,
                                       SecretStore &secrets, QObject *parent);

/// What to do where the store holds another secret already.
enum class WhenStored { Refuse, Replace };

/// Moves a secret that is plain text in the provisioner of a connection that is not open:
/// first into the store of secrets, then the value becomes null and the file is saved. Only that
/// value's bytes change, the file keeps its mode.
///
/// Fails with Conflict if the store holds another one that must not be replaced, if the file is
/// open in another program of ours, if unsaved edits of it wait for being restored, or if it
/// changed on disk meanwhile; with InvalidInput if it cannot be read or holds no such plain text;
/// as the store; with Storage. The secret is never lost: until the file is saved it is in both
/// places.
[[nodiscard]] Call<void> *moveSecretIntoStore(const Connection &connection, const QString &name,
                                              const SessionServices &services,
                                              WhenStored whenStored, QObject *parent);

} // namespace hubkeeper
