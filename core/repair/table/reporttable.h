// SPDX-License-Identifier: MIT
#pragma once

#include "repair/table/valuereport.h"
#include "tables/rows/tablerow.h"

#include <QMap>

#include <stop_token>

namespace hubkeeper {

struct TableReportRequest
{
    QString path;
    TableOptions table;
    QString country; ///< Of phone numbers without a country code; may be empty.
    QStringList required; ///< Titles or properties.
    QMap<QString, QList<OptionChoice>> options; ///< By title or property.
    QStringList dates; ///< Titles or properties whose values are days.
};

/// How many of a kind were found, in a column.
using ValueFaultCounts = QMap<std::pair<QString, ValueFaultKind>, qint64>;

struct TableReport
{
    qint64 rows = 0; ///< Without the header.
    qint64 badRows = 0; ///< Something is wrong in them.
    ValueFaultCounts counts;
};

/// Looks at every row of a file; what is wrong goes to `found`, row by row. Columns are known by
/// their titles (columnOfProperty()). Memory holds a row. In the calling thread. Fails as
/// readTable(), with InvalidInput for a file without a header and for names that are not columns,
/// and with Cancelled.
[[nodiscard]] Result<TableReport>
reportOnTable(const TableReportRequest &request,
              const std::function<void(const ValueFault &)> &found,
              const std::function<void(qint64)> &progress, const std::stop_token &stop);

} // namespace hubkeeper
