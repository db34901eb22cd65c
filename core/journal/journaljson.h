// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalrow.h"

namespace hubkeeper {

// The journal as JSON for others: of `hubkeeper-cli journal --json` and of an exported run.

/// {property: {"old", "new"}}.
[[nodiscard]] QJsonObject cellsJson(const CellChanges &cells);
[[nodiscard]] QJsonObject runJson(const JournalRun &run);
[[nodiscard]] QJsonObject rowJson(const JournalRow &row);

} // namespace hubkeeper
