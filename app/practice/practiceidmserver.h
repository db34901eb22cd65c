// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// The entry of a running practice IDM in the list of servers: of kind practice, free to be written
/// to. The one of an earlier run keeps its id and gets the new address; where another server has
/// the label, a number is added to it. `address` is without IDM's path. Fails as ServerRegistry.
[[nodiscard]] Result<Server> keepPracticeServer(const QUrl &address, const QString &userName,
                                                const QString &label, const Paths &paths);

} // namespace hubkeeper
