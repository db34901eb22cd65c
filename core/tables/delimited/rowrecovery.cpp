// SPDX-License-Identifier: MIT
// What quotes mean that are not as they should be.
#include "tables/delimited/linecells.h"
#include "tables/delimited/rowparser.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr size_t mostLookAhead = 64 << 10; // Bytes of a line, for what a stray quote means.
constexpr size_t mostLooks = 64; // At each byte of a row, on average.
constexpr int mostTrials = 8; // In a row; each looks at the rest of its line.

} // namespace

/// Whether looking ahead is still in proportion to the row. Else a line of stray quotes would be
/// read once for each of them.
bool RowParser::mayLook(size_t at) const
{
    return m_looked <= mostLookAhead + mostLooks * at;
}

/// What a quote inside a quoted cell means that no separator, row end or second quote follows.
RowParser::Stray RowParser::strayAt(size_t quote, size_t at, const ParsedRow &row)
{
    if (at < m_closesAt)
        return Stray::Letter; // As was found at the one before it.
    if (!mayLook(at))
        return Stray::TextAfter;
    const size_t firstLine = std::min(m_text.substr(0, at).find_first_of("\r\n", quote), at);
    if (firstLine < at) {
        m_looked += at < mostLookAhead ? at : 0; // What swallowsRows() reads.
        if (isAfterCellEnd(at) || swallowsRows(firstLine, at))
            return Stray::Unclosed; // It opens a cell: the one before it was never closed.
    }
    const size_t end = lineEndFrom(at);
    m_looked += firstLine - quote + end - at;
    if (end == m_text.size() && !m_isWhole && end - at < mostLookAhead)
        return Stray::NeedsMore;
    if (m_width > 0 && isAfterCellEnd(at) && end - quote < mostLookAhead
        && ++m_trials <= mostTrials) {
        const std::string_view line = m_text.substr(quote + 1, end - quote - 1);
        if (isRightWidth(quote, cellsAfterUnquoted(line, m_dialect), row))
            return Stray::Opened; // It opens a cell: the one before it was never closed.
    }
    for (size_t i = at + 1; i < std::min(end, at + mostLookAhead); ++i) {
        if (m_text[i] != m_dialect.quote)
            continue;
        if (i + 1 < end && m_text[i + 1] == m_dialect.quote) {
            ++i;
            continue;
        }
        if (isAfterCellEnd(i))
            return Stray::TextAfter; // It opens the next cell.
        if (isCellEnd(i + 1)) {
            m_closesAt = i;
            return Stray::Letter; // It closes this one.
        }
    }
    return Stray::TextAfter;
}

/// Whether the lines up to the one with a quote at `at` look like rows, each for itself. In a table
/// of two columns two lines of a text may do so by chance.
bool RowParser::swallowsRows(size_t firstLine, size_t at) const
{
    if (m_width < 2 || at >= mostLookAhead)
        return false;
    const size_t next = m_text.find_first_not_of("\r\n", firstLine);
    const bool isNext =
        next >= at || m_text.substr(0, at).find_first_of("\r\n", next) == m_text.npos;
    return (m_width > 2 || !isNext)
        && areRows(m_text.substr(0, lineEndFrom(at)), m_width, m_dialect);
}

/// Whether a row has the right number of cells with `cells` from the one at `quote` on, and another
/// one if its quotes mean what they should.
bool RowParser::isRightWidth(size_t quote, size_t cells, const ParsedRow &row) const
{
    const size_t before = row.begins.size();
    if (before + cells != m_width)
        return false;
    const size_t end = lineEndFrom(quote);
    return before + cellsOf(m_text.substr(quote, end - quote), m_dialect) != m_width;
}

/// `"24"","next"`: a quote that was not doubled at the end of its cell makes a pair with the one
/// that closes it, and what follows seems to be text of the cell.
bool RowParser::closesAtPair(size_t quote, const Pair &pair, bool isUnclosed, ParsedRow &row)
{
    if (pair.at == 0 || m_width == 0 || ++m_trials > mostTrials)
        return false;
    const size_t end = pair.at + 2;
    const size_t line = lineEndFrom(quote);
    if (end > line || (line == m_text.size() && !m_isWhole))
        return false;
    const size_t next = end + m_dialect.separator.size();
    const size_t cells = end == line ? 1 : 1 + cellsOf(m_text.substr(next, line - next), m_dialect);
    if (isUnclosed ? row.begins.size() + cells != m_width : !isRightWidth(quote, cells, row))
        return false;
    m_changed.resize(pair.end);
    note(row, TableFaultKind::StrayQuote);
    m_at = end;
    finishQuoted(quote, pair.begin, {pair.at, 1, false}, row);
    return true;
}

/// The cell ends where its row would end without the quote.
bool RowParser::recoverUnclosed(size_t quote, const Pair &pair, ParsedRow &row)
{
    const size_t end = lineEndFrom(quote);
    if (end == m_text.size() && !m_isWhole)
        return false;
    const size_t cells = row.begins.size() + 1;
    const size_t further = separatorsBetween(quote, end);
    while (!row.faults.empty() && row.faults.back().column + 1 == cells)
        row.faults.pop_back(); // What was swallowed is another cell's.
    if (closesAtPair(quote, pair, true, row))
        return true;
    note(row, TableFaultKind::UnclosedQuote);
    if (m_isWhole && !isWorthRecovering(quote)) {
        size_t last = m_text.size();
        while (last > quote + 1 && (m_text[last - 1] == '\n' || m_text[last - 1] == '\r'))
            --last;
        m_at = last;
        finishCell(quote, {quote + 1, last - quote - 1, false}, row);
        return true;
    }
    const bool isRest = further > 0 && m_width > 0 && cells == m_width;
    if (isRest) {
        m_at = end;
        finishCell(quote, {quote + 1, end - quote - 1, false}, row);
        return true;
    }
    return parseUnquoted(quote + 1, row);
}

/// Whether the lines that an open quote swallowed, up to the end of the file, look like rows.
bool RowParser::isWorthRecovering(size_t quote) const
{
    const size_t end = lineEndFrom(quote);
    if (m_text.find_first_not_of("\r\n", end) == std::string_view::npos)
        return true; // There are none.
    if (m_width < 2 || m_text.size() - quote > mostLookAhead)
        return true;
    const LineCount count = rowsOf(m_text.substr(end), m_width, m_dialect);
    return count.rows * 2 >= count.lines;
}

} // namespace hubkeeper
