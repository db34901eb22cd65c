// SPDX-License-Identifier: MIT
#include "tables/delimited/linecells.h"

#include <algorithm>
#include <optional>

namespace hubkeeper {

namespace {

constexpr size_t mostLines = 50;

size_t withoutBlanks(std::string_view line, size_t at, const std::string &separator)
{
    while (at < line.size() && line[at] == ' ' && separator.front() != ' ')
        ++at;
    return at;
}

/// After the quote that closes the cell; npos: none does.
size_t afterQuoted(std::string_view line, size_t quote, const Dialect &dialect)
{
    for (size_t at = quote + 1; at < line.size(); ++at) {
        if (dialect.hasBackslashEscapes && line[at] == '\\') {
            ++at;
            continue;
        }
        if (line[at] != dialect.quote)
            continue;
        if (at + 1 < line.size() && line[at + 1] == dialect.quote) {
            ++at;
            continue;
        }
        const size_t next = withoutBlanks(line, at + 1, dialect.separator);
        if (next == line.size() || line.substr(next).starts_with(dialect.separator))
            return next;
    }
    return line.npos;
}

/// The next line that is not blank.
std::optional<std::string_view> takeLine(std::string_view &lines)
{
    const size_t begin = lines.find_first_not_of("\r\n");
    if (begin == lines.npos)
        return {};
    const size_t end = std::min(lines.find_first_of("\r\n", begin), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    lines.remove_prefix(end);
    return line;
}

} // namespace

size_t cellsOf(std::string_view line, const Dialect &dialect)
{
    size_t cells = 0;
    bool mayClose = dialect.quote != 0; // Where one cell is not closed, none after it is.
    while (true) {
        ++cells;
        const size_t begin = withoutBlanks(line, 0, dialect.separator);
        size_t from = 0;
        if (mayClose && begin < line.size() && line[begin] == dialect.quote) {
            const size_t after = afterQuoted(line, begin, dialect);
            mayClose = after != line.npos;
            from = mayClose ? after : begin + 1;
        }
        const size_t end = line.find(dialect.separator, from);
        if (end == line.npos)
            return cells;
        line.remove_prefix(end + dialect.separator.size());
    }
}

size_t cellsAfterUnquoted(std::string_view line, const Dialect &dialect)
{
    const size_t end = line.find(dialect.separator);
    return end == line.npos ? 1 : 1 + cellsOf(line.substr(end + dialect.separator.size()), dialect);
}

LineCount rowsOf(std::string_view lines, size_t width, const Dialect &dialect)
{
    LineCount count;
    for (auto line = takeLine(lines); line && count.lines < mostLines; line = takeLine(lines)) {
        ++count.lines;
        count.rows += cellsOf(*line, dialect) == width ? 1 : 0;
    }
    return count;
}

bool areRows(std::string_view lines, size_t width, const Dialect &dialect)
{
    auto line = takeLine(lines);
    for (size_t i = 0; line && i < mostLines; ++i, line = takeLine(lines)) {
        if (cellsOf(*line, dialect) != width)
            return false;
    }
    return true;
}

} // namespace hubkeeper
