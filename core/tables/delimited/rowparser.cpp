// SPDX-License-Identifier: MIT
#include "tables/delimited/rowparser.h"

#include "tables/delimited/linecells.h"
#include "tables/rows/tablerow.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

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
