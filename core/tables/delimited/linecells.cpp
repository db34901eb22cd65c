// SPDX-License-Identifier: MIT
#include "tables/delimited/linecells.h"

#include <algorithm>

namespace hubkeeper {

namespace {

size_t withoutBlanks(std::string_view line, size_t at, const std::string &separator)
{
    while (at < line.size() && line[at] == ' ' && separator.front() != ' ')
        ++at;
    return at;
}

/// After the quote that closes the cell; where none does, after the one that opens it.
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
    return quote + 1;
}

} // namespace

size_t cellsOf(std::string_view line, const Dialect &dialect)
{
    size_t cells = 0;
    while (true) {
        ++cells;
        const size_t begin = withoutBlanks(line, 0, dialect.separator);
        const bool isQuoted = dialect.quote && begin < line.size() && line[begin] == dialect.quote;
        const size_t from = isQuoted ? afterQuoted(line, begin, dialect) : 0;
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
    constexpr size_t most = 50;
    LineCount count;
    while (count.lines < most) {
        const size_t begin = lines.find_first_not_of("\r\n");
        if (begin == lines.npos)
            break;
        const size_t end = std::min(lines.find_first_of("\r\n", begin), lines.size());
        ++count.lines;
        count.rows += cellsOf(lines.substr(begin, end - begin), dialect) == width ? 1 : 0;
        lines.remove_prefix(end);
    }
    return count;
}

} // namespace hubkeeper
