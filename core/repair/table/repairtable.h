// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/reciperunner.h"
#include "repair/table/repaircolumns.h"
#include "repair/table/repaircounts.h"
#include "tables/rows/tablerow.h"
#include "tables/writing/tablefiles.h"

#include <functional>
#include <stop_token>

namespace hubkeeper {

struct TableRepairRequest
{
    QString path;
    TableOptions table;
    Recipe recipe; ///< Is checked first (recipecheck.h).
    RepairSettings settings;
    QStringList columns; ///< As repairColumns() takes them.
    /// Where the repaired table goes; may be `path`. Nothing is written without it. CSV has the
    /// separator of the file it comes from.
    std::optional<QString> output;
    QString workFolder; ///< As TableFiles::Target has it.
};

struct TableRepair
{
    qint64 rows = 0; ///< Without the header.
    qint64 faults = 0; ///< Of the file.
    RepairCounts counts {{}};
    WrittenTable written; ///< Empty where nothing was written.
};

/// Runs a recipe over the rows of a file, and writes them all, repaired or as they were. What is
/// doubtful goes to `doubtful`, as it comes, and the first of it into the counts. Memory holds a
/// row; nothing is left of a run that fails. In the calling thread; `progress` gets rows.
///
/// Fails as checkRecipe(), repairColumns(), readTable() and TableFiles do, with InvalidInput for a
/// file without a header or an output of another kind, and with Cancelled.
[[nodiscard]] Result<TableRepair>
repairTable(const TableRepairRequest &request,
            const std::function<void(const DoubtfulValue &)> &doubtful,
            const std::function<void(qint64)> &progress, const std::stop_token &stop);

} // namespace hubkeeper
