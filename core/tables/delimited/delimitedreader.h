// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

class QIODevice;

namespace hubkeeper {

/// Reads CSV, TSV and similar text from the beginning of an open file that can be read twice.
/// Memory holds the first hundred rows, then a block and the longest row. Fails with InvalidInput
/// where an option has no meaning or the device fails; ends early without an error where the
/// sink says so. `isTabFile`: its name says that it has tabs.
[[nodiscard]] Result<void> readDelimited(QIODevice &file, bool isTabFile,
                                         const TableOptions &options, TableSink &sink);

} // namespace hubkeeper
