// SPDX-License-Identifier: MIT
#pragma once

#include "tables/delimited/dialect.h"
#include "tables/rows/tablefault.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace hubkeeper {

/// A row as it was taken from a text.
struct ParsedRow
{
    struct QuoteFault
    {
        TableFaultKind kind = TableFaultKind::StrayQuote;
        size_t column = 0; ///< From 0.
    };

    std::vector<std::string_view> cells; ///< Live until the next row is parsed.
    std::vector<size_t> begins; ///< Of each cell, in the text, for what is noted by place.
    std::vector<QuoteFault> faults; ///< At most one of a kind in a cell.
    size_t bytes = 0; ///< Of the text, its end of row included.
    size_t lines = 0; ///< Ends of lines in it, those inside cells included.
    size_t quotedCells = 0;
    bool isBlank = false; ///< A line with nothing in it, or blanks only.
};

/// Takes rows from the beginning of a text, in one dialect. Row ends are LF, CRLF, CR and CR CR
/// LF, nothing else. Every text gives rows: what breaks the rules of quotes is named and read
/// with the least loss.
class RowParser
{
public:
    enum class Outcome {
        Row, ///< There is one.
        NeedsMore, ///< The row does not end in this text, or it cannot be known.
        End, ///< The text is empty.
    };

    explicit RowParser(Dialect dialect);

    /// How many cells rows have, to decide where a quote that is never closed should have been; 0:
    /// not known.
    void setWidth(size_t width) { m_width = width; }

    /// `isWhole`: nothing comes after this text. `row` is made anew; its memory is used again.
    [[nodiscard]] Outcome next(std::string_view text, bool isWhole, ParsedRow &row);

    [[nodiscard]] const Dialect &dialect() const { return m_dialect; }

private:
    enum class Stray { Letter, TextAfter, Unclosed, Opened, NeedsMore };

    struct CellPlace
    {
        size_t begin = 0; ///< In the text or in m_changed.
        size_t size = 0;
        bool isChanged = false;
    };

    /// Two quotes in a cell before the end of a cell: one, or a letter and the end.
    struct Pair
    {
        size_t at = 0; ///< 0: there is none.
        size_t begin = 0; ///< Of the cell in m_changed.
        size_t end = 0; ///< Of what is before the pair.
    };

    [[nodiscard]] bool parseCell(ParsedRow &row);
    [[nodiscard]] bool parseUnquoted(size_t begin, ParsedRow &row);
    [[nodiscard]] bool parseQuoted(size_t quote, ParsedRow &row);
    [[nodiscard]] bool takeTextAfter(size_t quote, size_t changed, size_t from, ParsedRow &row);
    void finishQuoted(size_t quote, size_t changed, const CellPlace &last, ParsedRow &row);
    [[nodiscard]] bool recoverUnclosed(size_t quote, const Pair &pair, ParsedRow &row);
    [[nodiscard]] bool closesAtPair(size_t quote, const Pair &pair, bool isUnclosed,
                                    ParsedRow &row);
    [[nodiscard]] bool mayLook(size_t at) const;
    [[nodiscard]] bool swallowsRows(size_t firstLine, size_t at) const;
    [[nodiscard]] bool isRightWidth(size_t quote, size_t cells, const ParsedRow &row) const;
    [[nodiscard]] Stray strayAt(size_t quote, size_t at, const ParsedRow &row);
    [[nodiscard]] bool isWorthRecovering(size_t quote) const;
    [[nodiscard]] bool takeRowEnd(ParsedRow &row);

    [[nodiscard]] bool isSeparator(size_t at) const;
    [[nodiscard]] bool isLineEnd(size_t at) const;
    [[nodiscard]] bool isCellEnd(size_t at) const;
    [[nodiscard]] bool isAfterCellEnd(size_t at) const;
    [[nodiscard]] size_t lineEndFrom(size_t at) const;
    [[nodiscard]] size_t separatorsBetween(size_t from, size_t to) const;
    [[nodiscard]] size_t plainEndFrom(size_t at) const;
    void note(ParsedRow &row, TableFaultKind kind) const;
    void forgetStray(ParsedRow &row) const;
    void finishCell(size_t begin, const CellPlace &place, ParsedRow &row);

    Dialect m_dialect;
    size_t m_width = 0;
    std::array<bool, 256> m_stops {}; ///< Bytes at which an unquoted cell may end or change.
    std::string m_changed; ///< Cells that are not in the text as they are.
    std::vector<CellPlace> m_places;
    std::string_view m_text;
    bool m_isWhole = false;
    size_t m_at = 0;
    size_t m_closesAt = 0; ///< Where the present cell is closed, if a stray quote made it known.
    size_t m_looked = 0; ///< Bytes of this row that were looked at ahead.
    int m_trials = 0; ///< Of other meanings of quotes in this row.
    std::string m_quoteAndEscape;
};

} // namespace hubkeeper
