// SPDX-License-Identifier: MIT
#include "tables/delimited/rowparser.h"

#include "tables/delimited/linecells.h"
#include "tables/rows/tablerow.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr size_t mostLookAhead = 64 << 10; // Bytes of a line, for what a stray quote means.
constexpr size_t mostLooks = 64; // At each byte of a row, on average.
constexpr int mostTrials = 8; // In a row; each looks at the rest of its line.

size_t lineEndsIn(std::string_view text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isPair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        count += (text[i] == '\n' || text[i] == '\r') && !isPair ? 1 : 0;
    }
    return count;
}

} // namespace

RowParser::RowParser(Dialect dialect)
    : m_dialect(std::move(dialect))
{
    m_stops['\r'] = true;
    m_stops['\n'] = true;
    m_stops[static_cast<unsigned char>(m_dialect.separator.front())] = true;
    if (m_dialect.quote)
        m_stops[static_cast<unsigned char>(m_dialect.quote)] = true;
    if (m_dialect.hasBackslashEscapes)
        m_stops['\\'] = true;
    m_quoteAndEscape = {m_dialect.quote, '\\'};
}

RowParser::Outcome RowParser::next(std::string_view text, bool isWhole, ParsedRow &row)
{
    row.cells.clear();
    row.begins.clear();
    row.faults.clear();
    row.quotedCells = 0;
    row.lines = 0;
    row.isBlank = false;
    m_places.clear();
    m_changed.clear();
    m_text = text;
    m_isWhole = isWhole;
    m_at = 0;
    m_closesAt = 0;
    m_looked = 0;
    m_trials = 0;
    if (text.empty())
        return isWhole ? Outcome::End : Outcome::NeedsMore;
    if (text.starts_with(byteOrderMark)) { // Of a file that was appended to another.
        note(row, TableFaultKind::ByteOrderMark);
        m_at = byteOrderMark.size();
    }
    while (true) {
        if (!parseCell(row))
            return Outcome::NeedsMore;
        if (m_at < text.size() && isSeparator(m_at)) {
            m_at += m_dialect.separator.size();
            if (m_at < text.size() || isWhole)
                continue;
            return Outcome::NeedsMore;
        }
        if (!takeRowEnd(row))
            return Outcome::NeedsMore;
        break;
    }
    for (const CellPlace &place : m_places) {
        const std::string_view from = place.isChanged ? std::string_view(m_changed) : text;
        row.cells.push_back(from.substr(place.begin, place.size));
    }
    row.isBlank = row.quotedCells == 0 && (row.cells.size() == 1 || m_dialect.separator == " ")
        && std::all_of(row.cells.begin(), row.cells.end(), [](std::string_view cell) {
                      return cell.find_first_not_of(" \t") == cell.npos;
                  });
    return Outcome::Row;
}

/// Gives false where the text is too short to know; so do all below.
bool RowParser::parseCell(ParsedRow &row)
{
    if (!m_dialect.quote)
        return parseUnquoted(m_at, row);
    size_t at = m_at;
    while (at < m_text.size() && m_text[at] == ' ' && !isSeparator(at))
        ++at;
    if (at == m_text.size() && !m_isWhole)
        return false;
    if (at < m_text.size() && m_text[at] == m_dialect.quote)
        return parseQuoted(at, row);
    return parseUnquoted(m_at, row);
}

bool RowParser::parseUnquoted(size_t begin, ParsedRow &row)
{
    size_t at = begin;
    size_t from = begin; // Of what is not in m_changed yet.
    const size_t changed = m_changed.size();
    bool isChanged = false;
    while (true) {
        at = plainEndFrom(at);
        if (at == m_text.size())
            break;
        const char letter = m_text[at];
        if (letter == '\n' || letter == '\r' || isSeparator(at))
            break;
        if (letter == '\\' && m_dialect.hasBackslashEscapes && at + 1 < m_text.size()
            && (isCellEnd(at + 1) || m_text[at + 1] == m_dialect.quote || m_text[at + 1] == '\\')) {
            m_changed += m_text.substr(from, at - from);
            isChanged = true;
            from = at + 1;
            at +=
                m_text[at + 1] == '\r' && at + 2 < m_text.size() && m_text[at + 2] == '\n' ? 3 : 2;
            continue;
        }
        if (m_dialect.quote && letter == m_dialect.quote && letter == '"')
            note(row, TableFaultKind::StrayQuote);
        ++at;
    }
    if (at == m_text.size() && !m_isWhole)
        return false;
    m_at = at;
    // ="00123" is how spreadsheets are told to keep a text.
    const std::string_view whole = m_text.substr(begin, at - begin);
    if (whole.size() > 2 && whole.starts_with("=\"") && whole.ends_with('"'))
        forgetStray(row);
    if (!isChanged) {
        finishCell(begin, {begin, at - begin, false}, row);
        return true;
    }
    m_changed += m_text.substr(from, at - from);
    finishCell(begin, {changed, m_changed.size() - changed, true}, row);
    return true;
}

bool RowParser::parseQuoted(size_t quote, ParsedRow &row)
{
    const size_t changed = m_changed.size();
    size_t from = quote + 1;
    size_t at = from;
    Pair pair;
    while (true) {
        at = m_dialect.hasBackslashEscapes ? m_text.find_first_of(m_quoteAndEscape, at)
                                           : m_text.find(m_dialect.quote, at);
        const bool isTooLong = std::min(at, m_text.size()) - quote > size_t(mostCellBytes);
        if (at == m_text.npos || isTooLong) {
            return (m_isWhole || isTooLong) && recoverUnclosed(quote, pair, row);
        }
        const bool isEscape = m_dialect.hasBackslashEscapes && m_text[at] == '\\';
        if (at + 1 == m_text.size() && !m_isWhole)
            return false;
        const char after = at + 1 < m_text.size() ? m_text[at + 1] : '\0';
        if (isEscape && after != m_dialect.quote && after != '\\') {
            ++at;
            continue;
        }
        if (isEscape || (at + 1 < m_text.size() && after == m_dialect.quote)) {
            m_changed += m_text.substr(from, at - from);
            if (!isEscape && pair.at == 0 && isCellEnd(at + 2))
                pair = {at, changed, m_changed.size()};
            from = at + 1;
            at += 2;
            continue;
        }
        size_t end = at + 1;
        while (end < m_text.size() && m_text[end] == ' ' && !isSeparator(end))
            ++end;
        if (end == m_text.size() && !m_isWhole)
            return false;
        if (isCellEnd(end)) {
            m_at = end;
            finishQuoted(quote, changed, {from, at - from, false}, row);
            return true;
        }
        if (isAfterCellEnd(at) && closesAtPair(quote, pair, false, row))
            return true;
        switch (strayAt(quote, at, row)) {
        case Stray::NeedsMore:
            return false;
        case Stray::Letter:
            note(row, TableFaultKind::StrayQuote);
            ++at;
            continue;
        case Stray::TextAfter:
            m_changed += m_text.substr(from, at - from);
            return takeTextAfter(quote, changed, at + 1, row);
        case Stray::Unclosed:
            return recoverUnclosed(quote, pair, row);
        case Stray::Opened:
            note(row, TableFaultKind::UnclosedQuote);
            return parseUnquoted(quote + 1, row);
        }
    }
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

/// What is after a closing quote belongs to its cell, as spreadsheets have it.
bool RowParser::takeTextAfter(size_t quote, size_t changed, size_t from, ParsedRow &row)
{
    size_t at = from;
    while (at < m_text.size() && !isCellEnd(at))
        ++at;
    if (at == m_text.size() && !m_isWhole)
        return false;
    note(row, TableFaultKind::TextAfterQuote);
    m_at = at;
    finishQuoted(quote, changed, {from, at - from, false}, row);
    return true;
}

/// `last` is the end of the cell, what is in m_changed after `changed` its beginning.
void RowParser::finishQuoted(size_t quote, size_t changed, const CellPlace &last, ParsedRow &row)
{
    ++row.quotedCells;
    if (m_changed.size() == changed) // As most are: it is in the text as it is.
        return finishCell(quote, last, row);
    m_changed += m_text.substr(last.begin, last.size);
    finishCell(quote, {changed, m_changed.size() - changed, true}, row);
}

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

bool RowParser::takeRowEnd(ParsedRow &row)
{
    row.lines = 1;
    if (m_at < m_text.size()) {
        if (m_text[m_at] == '\n') {
            ++m_at;
        } else {
            const std::string_view rest = m_text.substr(m_at, 3);
            if (rest.size() < 3 && !m_isWhole)
                return false;
            m_at += rest.starts_with("\r\n") ? 2 : rest == "\r\r\n" ? 3 : 1;
        }
    }
    row.bytes = m_at;
    if (row.quotedCells > 0) // Only quoted cells hold ends of lines.
        row.lines = std::max<size_t>(1, lineEndsIn(m_text.substr(0, m_at)));
    return true;
}

bool RowParser::isSeparator(size_t at) const
{
    const std::string &separator = m_dialect.separator;
    return m_text[at] == separator.front()
        && (separator.size() == 1 || m_text.substr(at, separator.size()) == separator);
}

bool RowParser::isLineEnd(size_t at) const
{
    return m_text[at] == '\n' || m_text[at] == '\r';
}

bool RowParser::isCellEnd(size_t at) const
{
    return at >= m_text.size() || isLineEnd(at) || isSeparator(at);
}

bool RowParser::isAfterCellEnd(size_t at) const
{
    const size_t length = m_dialect.separator.size();
    return at == 0 || isLineEnd(at - 1) || (at >= length && isSeparator(at - length));
}

size_t RowParser::lineEndFrom(size_t at) const
{
    return std::min(m_text.find_first_of("\r\n", at), m_text.size());
}

size_t RowParser::separatorsBetween(size_t from, size_t to) const
{
    size_t count = 0;
    for (size_t at = from; at < to; ++at) {
        if (isSeparator(at)) {
            ++count;
            at += m_dialect.separator.size() - 1;
        }
    }
    return count;
}

/// The next byte at which an unquoted cell may end.
size_t RowParser::plainEndFrom(size_t at) const
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(m_text.data());
    const size_t size = m_text.size();
    while (at < size && !m_stops[bytes[at]])
        ++at;
    return at;
}

void RowParser::note(ParsedRow &row, TableFaultKind kind) const
{
    const size_t column = row.begins.size();
    if (row.faults.empty() || row.faults.back().column != column || row.faults.back().kind != kind)
        row.faults.push_back({kind, column});
}

void RowParser::forgetStray(ParsedRow &row) const
{
    if (!row.faults.empty() && row.faults.back().column == row.begins.size()
        && row.faults.back().kind == TableFaultKind::StrayQuote)
        row.faults.pop_back();
}

void RowParser::finishCell(size_t begin, const CellPlace &place, ParsedRow &row)
{
    row.begins.push_back(begin);
    m_places.push_back(place);
}

} // namespace hubkeeper
