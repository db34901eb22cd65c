// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "journal/journalrow.h"

namespace hubkeeper {

/// A row of a change set as the journal keeps it: the outcome is its state, the message its error.
[[nodiscard]] JournalRow journalRowOf(const RowChange &row);
/// What joins a row of a change set with those of the journal (JournalRow::subject).
[[nodiscard]] QString journalSubjectOf(const RowChange &row);
/// The record type of a journal row; contacts for a word that is not known.
[[nodiscard]] ObjectType typeOf(const JournalRow &row);
/// Of an association: the record at its other end.
[[nodiscard]] RecordReference otherEndOf(const JournalRow &row);

} // namespace hubkeeper
