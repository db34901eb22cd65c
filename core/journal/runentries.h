// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalentry.h"
#include "journal/journalrow.h"

#include <vector>

namespace hubkeeper {

// The entries that a run consists of. Time, number and hash are set when they are written.

using JournalEntries = std::vector<JournalEntry>;

/// Names who writes: the login of this process, and the process.
[[nodiscard]] JournalEntry beginOf(const QString &id, const RunStart &start);
/// What will be written, one entry for each row.
[[nodiscard]] JournalEntries intentsOf(const QString &runId, const std::vector<JournalRow> &rows);
/// What became of it.
[[nodiscard]] JournalEntries outcomesOf(const QString &runId, const std::vector<JournalRow> &rows);
/// With the counts of the run.
[[nodiscard]] JournalEntry endOf(const JournalRun &run);

} // namespace hubkeeper
