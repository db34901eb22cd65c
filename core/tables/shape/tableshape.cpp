// SPDX-License-Identifier: MIT
#include "tables/shape/tableshape.h"

#include "tables/shape/celltype.h"

#include <QByteArrayView>

#include <algorithm>
#include <map>
#include <set>

namespace hubkeeper {

namespace {

constexpr const char *valueWords[] {"active", "no", "first", "last", "a", "b", "c"};

constexpr size_t mostPreambleRows = 30;
constexpr size_t mostNameBytes = 1'000; // Questions of a survey are names of columns too.

bool isText(CellType type)
{
    return type == CellType::Word || type == CellType::Other;
}

size_t widthWithoutEmptyEnd(const FirstRow &row)
{
    size_t width = row.cells.size();
    while (width > 0 && trimmed(row.cells[width - 1]).empty())
        --width;
    return width;
}

/// Years as names of columns: "Country, 2024, 2025".
bool isYear(std::string_view text)
{
    return text.size() == 4 && (text.starts_with("19") || text.starts_with("20"))
        && cellType(text) == CellType::Number;
}

/// Whether a column holds, below a row, things of one kind that is another one than in the row:
/// "Jan 2026" above numbers.
bool differsBelow(const std::vector<FirstRow> &rows, size_t row, size_t column)
{
    const CellType type = cellType(rows[row].cells[column]);
    size_t others = 0;
    for (size_t i = row + 1; i < rows.size() && i < row + 50; ++i) {
        if (column >= rows[i].cells.size())
            continue;
        const CellType below = cellType(rows[i].cells[column]);
        if (below == type || isText(below))
            return false;
        others += below == CellType::Empty ? 0 : 1;
    }
    return others > 0;
}

/// Whether a row could be names of columns: texts, most of them once.
bool couldBeHeader(const std::vector<FirstRow> &rows, size_t row)
{
    std::set<std::string_view> seen;
    size_t texts = 0;
    for (size_t column = 0; column < rows[row].cells.size(); ++column) {
        const std::string_view text = trimmed(rows[row].cells[column]);
        if (text.empty())
            continue;
        const bool isName = isText(cellType(text)) || isHeaderWord(text);
        if (text.size() > mostNameBytes
            || (!isName && !isYear(text) && !differsBelow(rows, row, column)))
            return false;
        texts += isName ? 1 : 0;
        seen.insert(text);
    }
    return texts > 0 && seen.size() * 2 >= filledCells(rows[row]);
}

/// Whether a column holds, below a row, mostly what is no text.
bool isTypedBelow(const std::vector<FirstRow> &rows, size_t row, size_t column)
{
    size_t typed = 0;
    size_t texts = 0;
    for (size_t i = row + 1; i < rows.size() && i < row + 50; ++i) {
        if (column >= rows[i].cells.size())
            continue;
        const CellType type = cellType(rows[i].cells[column]);
        texts += isText(type) ? 1 : 0;
        typed += !isText(type) && type != CellType::Empty ? 1 : 0;
    }
    return typed > 0 && typed >= 4 * texts;
}

/// Columns in which the row is text and what is below it is not.
size_t typedColumns(const std::vector<FirstRow> &rows, size_t row)
{
    size_t count = 0;
    for (size_t column = 0; column < rows[row].cells.size(); ++column) {
        if (isText(cellType(rows[row].cells[column])) && isTypedBelow(rows, row, column))
            ++count;
    }
    return count;
}

/// Whether the text of a cell comes again in its column, as names of columns do not.
bool isRepeatedBelow(const std::vector<FirstRow> &rows, size_t row, size_t column)
{
    const std::string_view text = trimmed(rows[row].cells[column]);
    return !text.empty()
        && std::any_of(rows.begin() + long(row) + 1, rows.end(), [&](const FirstRow &below) {
               return column < below.cells.size() && trimmed(below.cells[column]) == text;
           });
}

bool isRepeatedBelow(const std::vector<FirstRow> &rows, size_t row)
{
    for (size_t column = 0; column < rows[row].cells.size(); ++column) {
        if (isRepeatedBelow(rows, row, column))
            return true;
    }
    return false;
}

/// Words of headers that columns often hold, too.
bool isValueWord(std::string_view text)
{
    const std::string_view word = trimmed(text);
    const QByteArrayView bytes(word.data(), qsizetype(word.size()));
    return std::any_of(std::begin(valueWords), std::end(valueWords), [bytes](const char *value) {
        return bytes.compare(value, Qt::CaseInsensitive) == 0;
    });
}

/// Whether one of the texts is one that headers often have. "active" above "active" is none, unless
/// the row comes again as it is, as it does where files were joined.
bool hasHeaderWord(const std::vector<FirstRow> &rows, size_t row)
{
    const bool isRowRepeated = (rows[row].cells.size() > 1 || !isValueWord(rows[row].cells.front()))
        && std::any_of(rows.begin() + long(row) + 1, rows.end(),
                       [&](const FirstRow &below) { return below.cells == rows[row].cells; });
    for (size_t column = 0; column < rows[row].cells.size(); ++column) {
        if (isHeaderWord(rows[row].cells[column])
            && (isRowRepeated || !isRepeatedBelow(rows, row, column)))
            return true;
    }
    return false;
}

bool hasHeaderAt(const std::vector<FirstRow> &rows, size_t row)
{
    if (!couldBeHeader(rows, row))
        return false;
    if (hasHeaderWord(rows, row) || typedColumns(rows, row) > 0)
        return true;
    return !isRepeatedBelow(rows, row);
}

bool isCommentRow(const FirstRow &row)
{
    return !row.cells.empty() && row.cells.front().starts_with('#');
}

/// A line that begins as comments of other programs do.
bool looksLikeComment(const FirstRow &row)
{
    const std::string_view first = trimmed(row.cells.front());
    return first.starts_with("//") || first.starts_with("--") || first.starts_with('%')
        || isCommentRow(row);
}

/// Whether a row above the header is a title or a remark rather than part of the table.
bool isRemark(const FirstRow &row, size_t width)
{
    const size_t filled = filledCells(row);
    return filled <= 1 || (filled <= 2 && width >= 4) || (looksLikeComment(row) && filled < width);
}

/// Rows before the header that is the first to be full, with a reason to believe it: a blank line
/// between, or a header that looks like one.
size_t preambleRows(const std::vector<FirstRow> &rows, size_t width)
{
    const auto isFull = [&rows, width](const FirstRow &row) {
        const size_t cells = widthWithoutEmptyEnd(row);
        const bool isLast = &row == &rows.back();
        if (cells > width && !isLast && (&row + 1)->number > row.number + 1)
            return false; // Longer than others, and a blank line below it.
        return cells * 4 >= width * 3 && filledCells(row) * 4 >= width * 3;
    };
    const auto end = rows.begin() + long(std::min(rows.size(), mostPreambleRows));
    const auto header = std::find_if(rows.begin(), end, isFull);
    if (width < 2 || header == end || header == rows.begin())
        return 0;
    const auto isAll = [&](const auto &holds) { return std::all_of(rows.begin(), header, holds); };
    const auto index = size_t(header - rows.begin());
    const bool isApart = header->number > std::prev(header)->number + 1;
    const bool areShort = isAll([width](const FirstRow &row) { return row.cells.size() < width; });
    const bool areRemarks = isAll([width](const FirstRow &row) { return isRemark(row, width); });
    const bool isHeader =
        couldBeHeader(rows, index) && (hasHeaderWord(rows, index) || typedColumns(rows, index) > 0);
    const bool isBelieved = isAll(isCommentRow) || (isApart && (isHeader || areShort))
        || (isHeader && areRemarks && (areShort || width >= 3));
    return isBelieved ? index : 0;
}

/// Comments in the first lines that are built like the rows: "# from A, by B".
size_t leadingComments(const std::vector<FirstRow> &rows)
{
    size_t count = 0;
    while (count < rows.size() && isCommentRow(rows[count]))
        ++count;
    if (count == 0 || count == rows.size())
        return 0;
    // "#id,name": the last of them may be the header.
    const FirstRow &last = rows[count - 1];
    const bool isHeader = last.cells.size() > 1 && last.cells.size() == rows[count].cells.size()
        && couldBeHeader(rows, count - 1) && !couldBeHeader(rows, count);
    return isHeader ? count - 1 : count;
}

} // namespace

size_t filledCells(const FirstRow &row)
{
    return size_t(std::count_if(row.cells.begin(), row.cells.end(),
                                [](const std::string &cell) { return !trimmed(cell).empty(); }));
}

size_t mostFrequent(const std::vector<size_t> &widths, size_t least)
{
    std::map<size_t, size_t> counts;
    for (const size_t width : widths)
        counts[width] += width >= least ? 1 : 0;
    size_t best = 0;
    size_t most = 1;
    for (const auto &[width, count] : counts) {
        if (count >= most) {
            most = count;
            best = width;
        }
    }
    return best;
}

std::optional<AlikeRows> alikeRowsBelow(const std::vector<size_t> &widths)
{
    const size_t width = mostFrequent(widths, 2);
    size_t others = size_t(std::count_if(widths.begin(), widths.end(),
                                         [width](size_t cells) { return cells != width; }));
    for (size_t i = 0; width > 0 && i < widths.size() && i <= mostPreambleRows; ++i) {
        const size_t rows = widths.size() - i;
        const bool isMany = rows >= 3 && (width >= 3 || rows >= i);
        if (widths[i] == width && isMany && others * 5 <= rows)
            return i > 0 ? std::optional(AlikeRows {i, width}) : std::nullopt;
        others -= widths[i] == width ? 0 : 1;
    }
    return {};
}

size_t usualWidth(const std::vector<FirstRow> &rows)
{
    std::vector<size_t> widths;
    widths.reserve(rows.size());
    for (const FirstRow &row : rows)
        widths.push_back(row.cells.size());
    const size_t width = mostFrequent(widths, 0);
    const auto below = width == 1 ? alikeRowsBelow(widths) : std::nullopt;
    return below ? below->width : width;
}

TableShape tableShape(const std::vector<FirstRow> &rows)
{
    TableShape shape {0, false, usualWidth(rows)};
    if (rows.empty())
        return shape;
    shape.first = std::max(leadingComments(rows), preambleRows(rows, shape.width));
    shape.hasHeader = hasHeaderAt(rows, shape.first);
    if (shape.hasHeader)
        shape.width = rows[shape.first].cells.size();
    return shape;
}

TableShape tableShape(const std::vector<FirstRow> &rows, bool hasHeader)
{
    TableShape shape = tableShape(rows);
    shape.hasHeader = hasHeader && !rows.empty();
    shape.width = shape.hasHeader ? rows[shape.first].cells.size() : usualWidth(rows);
    return shape;
}

} // namespace hubkeeper
