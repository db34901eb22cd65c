// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablefault.h"
#include "tables/shape/tableshape.h"

#include <QList>

namespace hubkeeper {

/// What is wrong with the names of the columns: two columns of one name, whatever its case, and
/// columns without a name that lie between others or hold something in these rows. Empty where the
/// table has no header. `line` is the header's, 0 in workbooks.
[[nodiscard]] QList<TableFault> headerFaults(const std::vector<FirstRow> &rows,
                                             const TableShape &shape);

} // namespace hubkeeper
