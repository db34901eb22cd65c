// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hubkeeper::cli {

/// Staged changes for --json: type, id, label, operation, and old and new text of each cell.
[[nodiscard]] QJsonArray rowsJson(const std::vector<RowChange> &rows);

} // namespace hubkeeper::cli
