// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "output.h"

namespace hubkeeper::cli {

/// The rows as old -> new on the message stream, for a dry run and before the outcome.
void showRows(const std::vector<RowChange> &rows, Output &output);

/// A line for each cell, with a heading: state, operation, record, property, old and new text.
[[nodiscard]] QList<QStringList> rowsTable(const std::vector<RowChange> &rows);

/// Why a run ended, for its exit code: where --timeout left rows that may have been written, that
/// is what counts, and not that the same call may work later.
[[nodiscard]] Error reasonOfRun(Error error, const ChangeSet &changes);

} // namespace hubkeeper::cli
