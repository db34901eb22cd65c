// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/importtable.h"

#include <stop_token>

namespace hubkeeper {

enum class ResultRows { All, Refused };

/// Writes what became of the rows of a checked table: its columns in their order, then "id",
/// "status" and "message". The ending of the path says the format (exportFormatOf()); CSV for
/// others. The id of a row that is to be created is the local one of its change ("new-17"), once it
/// is staged (ImportedTable::firstLocal). Gives how many rows were written. Any thread. Fails as
/// TableFiles does, with Storage as ImportedRows::read(), with Cancelled: then there is no file.
[[nodiscard]] Result<qint64> writeImportResult(const QString &path, const ImportedTable &table,
                                               ResultRows rows, const std::stop_token &stop = {});

} // namespace hubkeeper
