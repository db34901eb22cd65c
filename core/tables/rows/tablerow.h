// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tables/rows/tablefault.h"

#include <QStringList>

#include <optional>
#include <span>
#include <string_view>

namespace hubkeeper {

/// A row as it was read. Its cells are UTF-8 and live until the sink returns.
struct TableRow
{
    qint64 number = 0; ///< Of the file, as spreadsheets count: from 1, blank rows included.
    qint64 line = 0; ///< Text files: the line it begins in, from 1; else 0.
    bool isHeader = false;
    std::span<const std::string_view> cells; ///< As many as the file has; rows differ.
};

/// The kinds of file that are read, by their content and not by their names.
enum class TableKind { Delimited, Workbook, JsonLines };

/// What was found out about a file, or what the caller demanded instead.
struct TableFormat
{
    TableKind kind = TableKind::Delimited;
    QString encoding; ///< "UTF-8", "windows-1252", ... Empty for workbooks.
    bool hasByteOrderMark = false;
    QString separator; ///< One character, or more where the file has more. Empty for workbooks.
    QString quote; ///< `"`, `'`, or empty: quotes are letters.
    bool hasBackslashEscapes = false; ///< `\"` inside quotes, not `""`.
    qint64 headerRow = 0; ///< Its number; 0: the file has no header.
    qint64 firstRow = 0; ///< Number of the first row that is given; what is above it is a preamble.
    QString sheet; ///< Workbooks: the sheet that is read.
    QStringList sheets; ///< Workbooks: all that can be read, in their order, hidden ones too.

    bool operator==(const TableFormat &) const = default;
};

/// What the caller knows better; what is not set is found out.
struct TableOptions
{
    std::optional<QString> encoding; ///< A name of encodingNames(), or one that iconv knows.
    std::optional<QString> separator; ///< One to four characters.
    std::optional<QString> quote; ///< `"`, `'`, or empty for none.
    std::optional<bool> hasHeader;
    std::optional<qint64> headerRow; ///< The header is this row; what is above it is left out.
    std::optional<QString> sheet; ///< By name, or by number from 1 where no sheet has the name.
};

/// Takes what a reader finds, in the order of the file. Called in the thread that reads.
class TableSink
{
public:
    TableSink() = default;
    virtual ~TableSink() = default;
    Q_DISABLE_COPY_MOVE(TableSink)

    /// First of all, once. False ends the reading.
    [[nodiscard]] virtual bool begin(const TableFormat &format) = 0;
    /// False ends the reading.
    [[nodiscard]] virtual bool row(const TableRow &row) = 0;
    /// Something is wrong at a place; the rest is read. Those of a row come before the row.
    virtual void fault(const TableFault &fault) = 0;
};

// What is read at most; a file or a cell over it is refused or cut, and that is said.
inline constexpr qint64 mostCellBytes = 16LL << 20; ///< A quoted cell ends here at the latest.
inline constexpr qsizetype mostColumns = 16'384; ///< Of a row: Excel's limit.
inline constexpr qsizetype hubSpotColumns = 1'000; ///< Named from here on; HubSpot takes fewer.
inline constexpr qsizetype hubSpotCharacters = 65'536; ///< Of a cell; longer ones are named.
inline constexpr qint64 mostSheetRows = 1'048'576; ///< Of a sheet: Excel's limit.

} // namespace hubkeeper
