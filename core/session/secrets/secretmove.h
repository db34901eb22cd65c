// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "session/connections/connection.h"
#include "session/connections/services.h"

namespace hubkeeper {

/// Moves a secret that stands as plain text in the provisioner of a connection that is not open:
/// first into the store of secrets, then the value becomes null and the file is saved. Only that
/// value's bytes change, the file keeps its mode.
///
/// Fails with Conflict if the file is open in another program of ours, if unsaved edits of it wait
/// for being restored, or if it changed on disk meanwhile; with InvalidInput if it cannot be read
/// or holds no such plain text; as the store; with Storage. The secret is never lost: until the
/// file is saved it stands in both places.
[[nodiscard]] Call<void> *moveSecretIntoStore(const Connection &connection, const QString &name,
                                              const SessionServices &services, QObject *parent);

} // namespace hubkeeper
