// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/compare/comparablerecords.h"
#include "tableinput.h"

#include <memory>
#include <string>

namespace hubkeeper::cli {

/// The records of a table as `duplicates` compares them, and what names them.
struct DuplicateTable
{
    MatchColumns columns;
    bool isGuessed = false; ///< Nobody said what the columns are.
    std::shared_ptr<const ComparableRecords> records;
    std::vector<std::string> ids; ///< As UTF-8; empty without a column for them.
    std::vector<std::uint32_t> rows; ///< Of the file, from 1; of a portal empty.
    qint64 faults = 0; ///< Rows of the file about which something is wrong.

    /// The id, or the row where it has none.
    [[nodiscard]] QString nameOf(size_t record) const;
    [[nodiscard]] qint64 rowOf(size_t record) const
    {
        return record < rows.size() ? rows[record] : 0;
    }
};

/// Reads it; `mapping` is FIELD=COLUMN,…, JSON, or the path of a file with either; empty: by the
/// names of the columns. Fails as readTable() and mappedColumns(), with InvalidInput where nothing
/// can be compared, and Cancelled.
[[nodiscard]] Result<DuplicateTable> readDuplicateTable(const QString &path,
                                                        const TableOptions &options,
                                                        const QString &mapping,
                                                        std::optional<MatchKind> kind);

} // namespace hubkeeper::cli
