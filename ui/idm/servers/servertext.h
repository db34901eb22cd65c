// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/server.h"

namespace hubkeeper {

// What an IDM server is, in the user's language.

[[nodiscard]] QString textOf(IdmProfile profile); ///< "community"
[[nodiscard]] QString textOf(Readiness readiness); ///< "ready"
[[nodiscard]] QString textOf(LoginKind kind); ///< "User name and password in IDM's headers"

/// "Test · sandbox · confirm"
[[nodiscard]] QString summaryOf(const Server &server);
/// "ready · OpenIDM 6.3.0 · community · openidm-admin"; says where the user is no administrator.
[[nodiscard]] QString summaryOf(const ServerFacts &facts);
/// One sentence: what a write mode allows on a server.
[[nodiscard]] QString serverModeText(WriteMode mode);

} // namespace hubkeeper
