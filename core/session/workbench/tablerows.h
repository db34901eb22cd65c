// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/importtable.h"

#include <stop_token>

namespace hubkeeper {

/// The rows of a file below its header, for an import; empty rows are left out.
struct TableRows
{
    TableFormat format;
    QStringList header;
    std::vector<ImportedRow> rows;
    QList<TableFault> faults;
};

/// On any thread. Fails with InvalidInput as readTable(), and for a file without a header or with
/// more than mostImportedRows; with Cancelled. `isGuarded`: see ImportRequest.
[[nodiscard]] Result<TableRows> readTableRows(const QString &path, const TableOptions &options,
                                              bool isGuarded, const std::stop_token &stop);

} // namespace hubkeeper
