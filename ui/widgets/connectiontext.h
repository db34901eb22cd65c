// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connectionsettings.h"

#include <QIcon>

namespace hubkeeper {

/// Kind and write mode in the user's language, with an icon each.
[[nodiscard]] QString textOf(ConnectionKind kind);
[[nodiscard]] QIcon iconOf(ConnectionKind kind);
[[nodiscard]] QString textOf(WriteMode mode);
[[nodiscard]] QIcon iconOf(WriteMode mode);
/// What a setting is called in the window.
[[nodiscard]] QString textOf(ConnectionSetting setting);
/// One sentence: what the mode allows.
[[nodiscard]] QString explanationOf(WriteMode mode);

/// "production · read-only"
[[nodiscard]] QString stateOf(const Connection &connection);
/// "ACME EU · production · read-only"
[[nodiscard]] QString summaryOf(const Connection &connection);

} // namespace hubkeeper
