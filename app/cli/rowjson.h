// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hubkeeper::cli {

/// Staged or sent changes for --json: type, id, label, operation, state, old and new text of each
/// cell; why one failed (`error`), and what the portal has instead (`theirs`).
[[nodiscard]] QJsonArray rowsJson(const std::vector<RowChange> &rows);

} // namespace hubkeeper::cli
