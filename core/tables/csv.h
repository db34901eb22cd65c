// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringList>

namespace hubkeeper {

/// What becomes of a cell that a spreadsheet would take for a formula: one that begins with "=",
/// "+", "-", "@", a tab or a carriage return.
enum class Formulas {
    Keep, ///< For programs: the cell as it is.
    Disarm, ///< For spreadsheets: an apostrophe before it, which they hide.
};

/// A line of CSV in UTF-8, ended by "\r\n" (RFC 4180). Cells with commas, quotes, line ends or
/// blanks at either end are quoted, inner quotes doubled.
[[nodiscard]] QByteArray csvLine(const QStringList &cells, Formulas formulas);

/// The same with tabs between the cells and "\n" at its end. TSV knows no quotes: tabs and line
/// ends of a cell become "\t", "\n" and "\r", a backslash is doubled.
[[nodiscard]] QByteArray tsvLine(const QStringList &cells);

} // namespace hubkeeper
