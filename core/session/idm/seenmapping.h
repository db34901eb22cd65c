// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "base/result.h"
#include "session/idm/server.h"

#include <QJsonObject>

#include <optional>

namespace hubkeeper {

/// A mapping of a server as this computer last saw it, so that a later write notices what somebody
/// else has changed meanwhile. Kept below Paths::data (0600), one file for each. Fails as
/// saveFile().
[[nodiscard]] Result<void> rememberSeen(const Server &server, const QString &name,
                                        const QJsonObject &mapping, const Paths &paths);

/// Nothing if it was never seen, or its file cannot be read.
[[nodiscard]] std::optional<QJsonObject> lastSeen(const Server &server, const QString &name,
                                                  const Paths &paths);

} // namespace hubkeeper
