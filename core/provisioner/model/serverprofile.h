// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace hubkeeper {

/// The server a file is meant for (idm-connector 7, "Differences to keep switchable").
enum class ServerProfile {
    Commercial, ///< ForgeRock / Ping IDM 7 and newer.
    Community, ///< OpenIDM of the community.
};

[[nodiscard]] QString nameOf(ServerProfile profile); ///< "commercial", "community".
[[nodiscard]] std::optional<ServerProfile> profileFrom(const QString &name);

} // namespace hubkeeper
