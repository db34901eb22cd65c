// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "idm/configuration/deploydifference.h"
#include "session/idm/server.h"

namespace hubkeeper {

/// A configuration object of a server as it was when this computer last deployed it. Kept below
/// Paths::data (0600), one file for each, with secrets as the server gives them: encrypted. Fails
/// as saveFile().
[[nodiscard]] Result<void> rememberDeployed(const Server &server, const ConfigObject &object,
                                            const Paths &paths);

/// What has changed on the server since then, from then to now; nothing if it was never deployed
/// from here, or the file cannot be read.
[[nodiscard]] std::optional<DeployDifference>
changedSinceDeployed(const Server &server, const ConfigObject &now, const Paths &paths);

} // namespace hubkeeper
