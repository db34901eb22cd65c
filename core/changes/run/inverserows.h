// SPDX-License-Identifier: MIT
#pragma once

#include "changes/journal.h"

namespace hubkeeper {

/// JournalRow::outcome of a row whose outcome was never written down.
inline constexpr QLatin1StringView intendedOutcome("intended");

/// The changes that take the rows of a run back, the last one written first: old texts as wanted
/// texts, new texts as baselines; creates become archives. Pure.
///
/// - What a run did to one record is taken back at once: several updates as one, and nothing for
///   a record that it made and archived itself.
/// - Updates of which no outcome is known are in it, their baselines decide.
/// - What a change set cannot take back (archives, property definitions, creates of unknown
///   outcome) is named in `left` by its label; rows that wrote nothing are not mentioned.
[[nodiscard]] std::vector<RowChange> inverseRows(const QList<JournalRow> &rows, QStringList *left);

} // namespace hubkeeper
