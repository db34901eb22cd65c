// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/services.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// Keeps what is on a server before it is changed: a file only this user can read, below
/// `rollback/<server>` of Paths::data. `what` names it, "provisioner.openicf/hubspot"; the time is
/// in front of it. The newest 50 of a server are kept. Gives the path. Fails with NotSaved.
[[nodiscard]] Result<QString> saveRollbackFile(const QString &what, const QByteArray &content,
                                               const Server &server,
                                               const SessionServices &services);

} // namespace hubkeeper
