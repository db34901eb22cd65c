// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"

namespace hubkeeper {

/// Whether edits of the row do nothing: being sent, outcome unknown, or a create that was written.
[[nodiscard]] bool isLocked(const RowChange &row);
/// Whether the row still changes something.
[[nodiscard]] bool isWorthKeeping(const RowChange &row);
/// An edit of a row that was refused or skipped gives it another chance. Why it was refused stays
/// with it until it is tried again.
void stageAgain(RowChange &row);
/// The wanted text of a cell, `baseline` being what it is based on if the row has none yet. False
/// if that changes nothing.
[[nodiscard]] bool setCell(RowChange &row, const QString &property, const QString &baseline,
                           const QString &text);
/// A conflict solved for ours.
void takeOverTheirs(RowChange &row);

/// `staged` with the cells of `added`, which count where both have one; nothing if the two do not
/// go together and `staged` has to stay.
[[nodiscard]] std::optional<RowChange> mergedRow(const RowChange &staged, const RowChange &added);

} // namespace hubkeeper
