// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>
#include <string>
#include <vector>

namespace hubkeeper {

/// One of the first rows of a file, kept to find out how it is built.
struct FirstRow
{
    qint64 number = 0; ///< As TableRow::number; what is missing between two rows is blank.
    qint64 line = 0;
    std::vector<std::string> cells;
};

/// How a table lies in its file.
struct TableShape
{
    size_t first = 0; ///< Index of the first row that belongs to the table.
    bool hasHeader = false; ///< That row is the header.
    size_t width = 0; ///< Cells that a row should have; 0: there are no rows.
};

/// Finds the header, and lines above it that are titles or remarks. `rows` are the first ones,
/// without blank lines. Without a sign of the contrary the first row is the header, as HubSpot
/// wants it; it is not one where it looks like the rows below it.
[[nodiscard]] TableShape tableShape(const std::vector<FirstRow> &rows);

/// The same where it is known whether there is a header.
[[nodiscard]] TableShape tableShape(const std::vector<FirstRow> &rows, bool hasHeader);

/// How many cells most of the rows have; of two, the larger number.
[[nodiscard]] size_t usualWidth(const std::vector<FirstRow> &rows);

/// The width that most have of those that are not smaller than `least`; of two, the larger; 0:
/// there is none.
[[nodiscard]] size_t mostFrequent(const std::vector<size_t> &widths, size_t least);

/// Rows that are alike up to the end of what is known, below lines that are not.
struct AlikeRows
{
    size_t first = 0; ///< How many lines are above them; never 0.
    size_t width = 0; ///< Of four in five of them at least; 2 or more.
};

/// Whether there is a table below more lines than it has itself; `widths` are the cells of each.
[[nodiscard]] std::optional<AlikeRows> alikeRowsBelow(const std::vector<size_t> &widths);

/// Cells with something in them.
[[nodiscard]] size_t filledCells(const FirstRow &row);

} // namespace hubkeeper
