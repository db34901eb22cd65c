// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// What can be wrong with a place of a table. Kinds are never renamed; programs read them.
enum class TableFaultKind {
    Encoding, ///< Bytes that are not in the file's encoding; shown as U+FFFD.
    LoneSurrogate, ///< Half a character; shown as U+FFFD.
    Nul, ///< A character 0; it stays in the cell.
    ByteOrderMark, ///< A byte order mark inside the file, as joined files have; left out.
    ShortRow, ///< Fewer cells than the header.
    LongRow, ///< More cells than the header, and not only empty ones.
    DuplicateHeader, ///< A name of a column that another column has, whatever its case.
    EmptyHeader, ///< A column without a name.
    StrayQuote, ///< A quote inside a cell that is not doubled; a letter.
    TextAfterQuote, ///< Text between the closing quote and the separator; kept.
    UnclosedQuote, ///< A quote that is never closed; left out; the cell ends where it would
                   ///< without.
    Preamble, ///< A line above the header that is not of the table; left out.
    Comment, ///< A line that begins with "#"; left out.
    Empty, ///< The file has no row.
    ManyColumns, ///< More columns than HubSpot or Excel take.
    LongCell, ///< More characters than HubSpot takes; the cell is whole up to mostCellBytes.
    ManyRows, ///< Rows over Excel's limit; left out.
    ErrorCell, ///< A cell with an error, such as #N/A; the error is its text.
    NoStoredValue, ///< A formula whose value the file does not hold; the cell is empty.
    NotADate, ///< A number formatted as a date that is not one; the number is its text.
    MergedCells, ///< Cells joined to one: the first has the text, the others are empty.
    BadCell, ///< A cell whose content the file's own format does not allow.
    BadJson, ///< A line that is not JSON; left out.
};

/// One fault. The text is a sentence for people.
struct TableFault
{
    TableFaultKind kind = TableFaultKind::Encoding;
    qint64 row = 0; ///< As TableRow::number.
    qint64 column = 0; ///< From 1; 0: the whole row.
    qint64 line = 0; ///< As TableRow::line.
    QString text;

    bool operator==(const TableFault &) const = default;
};

/// The kind as one word for JSON: "encoding", "loneSurrogate", "nul", ... Never changes.
[[nodiscard]] QString nameOf(TableFaultKind kind);

/// Sentences that readers of all kinds have in common.
[[nodiscard]] QString longCellSentence(qsizetype characters);
[[nodiscard]] QString manyColumnsSentence(qsizetype cells);
[[nodiscard]] QString longRowSentence(size_t cells, size_t width);

} // namespace hubkeeper
