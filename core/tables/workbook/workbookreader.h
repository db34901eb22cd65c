// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

namespace hubkeeper {

/// Reads a sheet of a workbook (.xlsx, .xlsm): the one that is asked for, else the first that is
/// visible and has cells. Texts come as they are, numbers without exponents, dates as ISO, truth as
/// "true" and "false". Memory holds the shared strings and a row. Fails with InvalidInput where
/// the file is not a workbook, is damaged, or would unpack to more than the bounds; rows before the
/// damage were given.
[[nodiscard]] Result<void> readWorkbook(const QString &path, const TableOptions &options,
                                        TableSink &sink);

} // namespace hubkeeper
