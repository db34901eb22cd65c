// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordset.h"

#include <functional>

namespace hubkeeper {

/// Makes the order of `query` from the file, with a connection of its own; for a worker thread.
/// Only rows below `rowCount` take part. `stopped` is asked now and then; once it says true the
/// outcome is Cancelled.
///
/// Order of a text column: letters without regard to case and accents. Of a numeric one: numbers
/// by value, exactly, then other texts; of a temporal one likewise. Rows without a value are last
/// in both directions; equal ones keep the order of RowQuery::thenBy, then that
/// of their arrival.
[[nodiscard]] Result<RowOrder> rowOrder(const QString &path, const QStringList &columns,
                                        const RowQuery &query, qint64 rowCount,
                                        const std::function<bool()> &stopped);

} // namespace hubkeeper
