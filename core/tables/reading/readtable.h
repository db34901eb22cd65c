// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

namespace hubkeeper {

/// Reads a table from a file: CSV, TSV and similar text, a workbook (.xlsx), JSON Lines; its
/// content decides which. Rows and faults go to the sink in the order of the file, in this thread;
/// memory does not grow with the rows. Fails with NotFound where there is no file, with
/// InvalidInput where it is refused as a whole, and why: not a table, encrypted, damaged, over the
/// bounds, one of which is mostTableBytes.
[[nodiscard]] Result<void> readTable(const QString &path, const TableOptions &options,
                                     TableSink &sink);

/// Of a file; HubSpot takes 512 MB.
inline constexpr qint64 mostTableBytes = 4LL << 30;
/// The refusal of a larger one; `name` begins the sentence.
[[nodiscard]] Error tooLargeTable(const QString &name);

} // namespace hubkeeper
