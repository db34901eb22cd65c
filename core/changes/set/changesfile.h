// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper {

/// The file format of change sets, described in core/changes/README.md.
[[nodiscard]] QByteArray changesToJson(const std::vector<RowChange> &rows);
/// InvalidInput, naming the row, for anything that is not such a file of version 1. Rows that
/// were being sent come back as ChangeSet::rowsFromJson() says.
[[nodiscard]] Result<std::vector<RowChange>> changesFromJson(const QByteArray &json);

} // namespace hubkeeper
