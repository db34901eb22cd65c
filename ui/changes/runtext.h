// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/runplan.h"

namespace hubkeeper {

// What a run will do, and what it did, in sentences.

/// "About 39 calls to HubSpot, 4 seconds at least." and what that is of the day.
[[nodiscard]] QStringList budgetText(const CallBudget &budget);
/// In few words, for a line beside others: "39 calls, 4 s".
[[nodiscard]] QString shortBudgetText(const CallBudget &budget);
/// "12 records applied and proven. 3 refused."
[[nodiscard]] QString summaryText(const RunSummary &summary);
/// What of the rows can be taken back, and what cannot.
[[nodiscard]] QStringList consequences(const RowIndex &index, const std::vector<qint64> &rows);

} // namespace hubkeeper
