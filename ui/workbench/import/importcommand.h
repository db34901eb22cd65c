// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/importtable.h"

namespace hubkeeper {

/// The hubkeeper-cli command that stages the same, quoted for a POSIX shell. `proposed` is what the
/// command maps by itself: other columns are named.
[[nodiscard]] QString importCommand(const QString &provisioner, const ImportRequest &request,
                                    const ColumnMapping &proposed);

} // namespace hubkeeper
