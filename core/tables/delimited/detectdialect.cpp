// SPDX-License-Identifier: MIT
#include "tables/delimited/detectdialect.h"

#include "tables/delimited/rowparser.h"
#include "tables/shape/celltype.h"
#include "tables/shape/tableshape.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace hubkeeper {

namespace {

constexpr size_t mostRows = 300;
constexpr size_t mostScoredCells = 4'000;
constexpr size_t scoredBytes = 48 << 10; // Enough for separators; quotes are looked for in more.
constexpr int leastLines = 3; // In what is looked at, however long they are.

struct Candidate
{
    const char *separator;
    double prior; ///< Against the frequent ones, where all else is alike.
    size_t leastWidth; ///< Fewer columns are no reason to believe in it.
};

constexpr std::array candidates {
    Candidate {",", 1.0, 2},         Candidate {";", 1.0, 2},
    Candidate {"\t", 1.0, 2},        Candidate {"|", 0.95, 2},
    Candidate {"\x1F", 0.95, 2},     Candidate {"\x01", 0.95, 2},
    Candidate {"\x1E", 0.9, 2},      Candidate {"^", 0.85, 2},
    Candidate {"~", 0.85, 2},        Candidate {"\xC2\xA7", 0.85, 2},
    Candidate {"\xC2\xA6", 0.85, 2}, Candidate {"\xC2\xAC", 0.85, 2},
    Candidate {":", 0.6, 3},         Candidate {"*", 0.5, 3},
    Candidate {"#", 0.5, 3},         Candidate {"!", 0.5, 3},
    Candidate {"&", 0.4, 3},         Candidate {" ", 0.4, 3},
};

/// What a text looks like in one dialect.
struct Look
{
    size_t rows = 0;
    size_t width = 0; ///< Of most rows.
    size_t firstWidth = 0; ///< Of the first row.
    double alike = 0; ///< The share of rows with this width.
    double pattern = 0; ///< How alike the rows are; 0 to 1.
    double empty = 0; ///< The share of cells with nothing in them.
    double types = 0; ///< The share of cells that look like something.
    double strongTypes = 0; ///< That are numbers, dates, addresses or flags.
    size_t quoted = 0; ///< Cells in quotes, as they should be.
    size_t broken = 0; ///< Cells that begin with a quote and are not.
};

double patternOf(const std::map<size_t, size_t> &widths, size_t rows, size_t width)
{
    double sum = 0;
    for (const auto &[cells, count] : widths) {
        const double weight = cells < 2 ? 0 : double(cells - 1) / double(cells);
        sum += weight * double(count) * (cells == width ? 1.0 : 0.3);
    }
    return rows > 0 ? sum / double(rows) : 0;
}

class Looker
{
public:
    explicit Looker(Dialect dialect)
        : m_parser(std::move(dialect))
    {
    }

    Look at(std::string_view text, bool isWhole)
    {
        ParsedRow row;
        while (m_look.rows < mostRows
               && m_parser.next(text, isWhole, row) == RowParser::Outcome::Row) {
            const bool isComment = !row.cells.empty() && row.cells.front().starts_with('#');
            if (!row.isBlank && !(isComment && row.cells.size() == 1))
                add(row, text);
            text.remove_prefix(row.bytes);
        }
        measure(0, mostFrequent(m_widths, 0));
        if (m_look.width == 1)
            lookBelow();
        return m_look;
    }

private:
    /// Quotes as they should be hold what they like: separators in them are text.
    [[nodiscard]] bool isQuoted(const ParsedRow &row, std::string_view text, size_t column) const
    {
        const char quote = m_parser.dialect().quote;
        return quote && row.begins[column] < row.bytes && text[row.begins[column]] == quote
            && std::none_of(row.faults.begin(), row.faults.end(),
                            [column](const auto &fault) { return fault.column == column; });
    }

    void add(const ParsedRow &row, std::string_view text)
    {
        if (m_look.rows == 0)
            m_look.firstWidth = row.cells.size();
        ++m_look.rows;
        m_look.quoted += row.quotedCells;
        for (const ParsedRow::QuoteFault &fault : row.faults) {
            if (fault.kind == TableFaultKind::TextAfterQuote && m_look.quoted > 0)
                --m_look.quoted;
            m_look.broken += fault.kind == TableFaultKind::StrayQuote ? 0 : 1;
        }
        RowLook look;
        for (size_t i = 0; i < row.cells.size() && m_cells < mostScoredCells; ++i, ++m_cells) {
            const CellType type = cellType(row.cells[i].substr(0, 400));
            const bool isEmpty = type == CellType::Empty;
            look.empty += isEmpty ? 1 : 0;
            const bool isKnown = type != CellType::Other || isQuoted(row, text, i);
            look.typed += isEmpty ? 0.9 : isKnown ? 1 : 0;
            look.strong += !isEmpty && type != CellType::Other && type != CellType::Word ? 1 : 0;
            look.hasBlankBegin = look.hasBlankBegin || (i > 0 && row.cells[i].starts_with(' '));
            ++look.cells;
        }
        m_rows.push_back(look);
        m_widths.push_back(row.cells.size());
    }

    /// Looks at the rows from `first` on.
    void measure(size_t first, size_t width)
    {
        std::map<size_t, size_t> counts;
        RowLook all;
        for (size_t i = first; i < m_rows.size(); ++i) {
            ++counts[m_widths[i]];
            all.cells += m_rows[i].cells;
            all.empty += m_rows[i].empty;
            all.typed += m_rows[i].typed;
            all.strong += m_rows[i].strong;
        }
        const size_t rows = m_rows.size() - first;
        m_look.width = width;
        m_look.alike = rows > 0 ? double(counts[width]) / double(rows) : 0;
        m_look.pattern = patternOf(counts, rows, width);
        if (all.cells > 0) {
            m_look.types = all.typed / double(all.cells);
            m_look.empty = double(all.empty) / double(all.cells);
            m_look.strongTypes = double(all.strong) / double(all.cells);
        }
    }

    /// Most lines have no separator; a table may stand below them. Commas of sentences have blanks
    /// after them.
    void lookBelow()
    {
        const auto below = alikeRowsBelow(m_widths);
        if (!below)
            return;
        const auto blanks = std::count_if(m_rows.begin() + long(below->first), m_rows.end(),
                                          [](const RowLook &row) { return row.hasBlankBegin; });
        if (size_t(blanks) * 2 >= m_rows.size() - below->first)
            return;
        measure(below->first, below->width);
        m_look.pattern *= 0.8;
    }

    struct RowLook
    {
        size_t cells = 0;
        size_t empty = 0;
        double typed = 0;
        size_t strong = 0;
        bool hasBlankBegin = false;
    };

    RowParser m_parser;
    Look m_look;
    std::vector<size_t> m_widths;
    std::vector<RowLook> m_rows;
    size_t m_cells = 0;
};

double scoreOf(const Look &look, const Candidate &candidate)
{
    // Columns that are filled up with blanks have no separator.
    if (look.width < 2 || (candidate.separator[0] == ' ' && look.empty > 0.1))
        return 0;
    if (candidate.leastWidth > 2 && look.firstWidth < 2) // One column, of texts that have it.
        return 0;
    if (candidate.separator[0] == ' ' && look.strongTypes < 0.2) // Words of names and sentences.
        return 0;
    const double doubt = look.width < candidate.leastWidth ? 0.25 : 1;
    const double quotes = 1 - double(look.broken) / double(std::max<size_t>(1, look.rows)) * 0.7;
    return look.pattern * look.types * look.types * candidate.prior * doubt * std::max(0.1, quotes);
}

/// The same for no separator at all: whole lines are the cells.
struct LineScore
{
    double all = 0;
    double values = 0; ///< Where the lines are numbers, dates and the like.
    bool isFirstValue = false; ///< The first line is one, too.
    bool areValuesBelow = false; ///< All but the first one are.
};

LineScore scoreOfLines(std::string_view text, bool isWhole)
{
    const Look look = Looker(Dialect {noSeparator, 0, false}).at(text, isWhole);
    LineScore score;
    score.all = 0.12 * look.types;
    score.values = look.strongTypes > 0.6 ? 0.45 : score.all;
    const CellType first = cellType(text.substr(0, text.find_first_of("\r\n")));
    score.isFirstValue = first != CellType::Word && first != CellType::Other;
    const double others = (1 - look.strongTypes) * double(look.rows);
    score.areValuesBelow = !score.isFirstValue && look.rows > 2 && others < 1.5;
    return score;
}

/// Whether colons are mostly those of times: "13:45".
bool hasTimes(std::string_view text)
{
    const auto isDigit = [text](size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    size_t colons = 0;
    size_t times = 0;
    for (size_t at = text.find(':'); at != text.npos; at = text.find(':', at + 1)) {
        ++colons;
        times += at >= 2 && isDigit(at - 1) && isDigit(at - 2) && !(at >= 3 && isDigit(at - 3))
                && isDigit(at + 1) && isDigit(at + 2) && !isDigit(at + 3)
            ? 1
            : 0;
    }
    return times * 2 > colons;
}

size_t afterLines(std::string_view text, int lines)
{
    size_t at = 0;
    for (int i = 0; i < lines && at < text.size(); ++i)
        at = std::min(text.find_first_of("\r\n", at), text.size() - 1) + 1;
    return at;
}

std::string bestSeparator(std::string_view text, bool isWhole, const DialectHints &hints)
{
    const std::string usual = hints.isTabFile ? "\t" : ",";
    std::string best = text.find(usual) == text.npos ? usual : noSeparator;
    const size_t scored = std::max(scoredBytes, afterLines(text, leastLines));
    isWhole = isWhole && text.size() <= scored;
    text = text.substr(0, scored);
    const LineScore lines = scoreOfLines(text, isWhole);
    double most = lines.all;
    const bool hasDouble = text.find('"') != text.npos;
    const bool hasSingle = std::count(text.begin(), text.end(), '\'') >= 4;
    for (const Candidate &candidate : candidates) {
        if (text.find(candidate.separator) == text.npos
            || (candidate.separator[0] == ':' && hasTimes(text)))
            continue;
        for (const char quote : {'"', '\'', '\0'}) {
            if ((hints.quote && quote != *hints.quote)
                || (quote == '\'' && !hasSingle && !hints.quote)
                || (quote == '\0' && !hasDouble && !hints.quote))
                continue;
            const Look look = Looker({candidate.separator, quote, false}).at(text, isWhole);
            // Other quotes need to be better, not as good.
            const double score = scoreOf(look, candidate) * (quote == '"' ? 1 : 0.9)
                * (hints.isTabFile && candidate.separator[0] == '\t' ? 1.3 : 1);
            // A header that has the separator shows that values do not have it by chance; the
            // blanks of "Date of birth" show nothing.
            const bool isShown =
                candidate.leastWidth == 2 && look.firstWidth > 1 && !lines.isFirstValue;
            if (lines.areValuesBelow && look.firstWidth < 2)
                continue; // Decimal commas of one column.
            if (score > most * 1.0001 && (isShown || score > lines.values)) {
                most = score;
                best = candidate.separator;
            }
        }
    }
    return best;
}

char bestQuote(std::string_view text, bool isWhole, const std::string &separator)
{
    const Look twice = Looker({separator, '"', false}).at(text, isWhole);
    const Look once =
        text.find('\'') == text.npos ? Look {} : Looker({separator, '\'', false}).at(text, isWhole);
    // Apostrophes begin words too: the rows have to bear it out.
    const bool isAsGood = once.width >= twice.width || once.alike >= twice.alike;
    const bool isBetter = once.quoted >= 10 * once.broken && once.alike > twice.alike;
    if (once.quoted >= 2 && twice.quoted == 0 && (isBetter || (once.broken == 0 && isAsGood)))
        return '\'';
    const size_t borne = separator == "\t" ? 0 : 2;
    return twice.broken > borne && twice.broken > 2 * twice.quoted ? '\0' : '"';
}

bool isEndOfCell(std::string_view text, size_t at, const std::string &separator)
{
    return at >= text.size() || text[at] == '\n' || text[at] == '\r'
        || text.substr(at).starts_with(separator);
}

/// Whether quotes inside quotes have a backslash before them. A backslash at the end of a cell, as
/// in "C:\", is no reason.
bool hasBackslashEscapes(std::string_view text, const std::string &separator, char quote)
{
    size_t escaped = 0;
    size_t doubled = 0;
    for (size_t at = text.find(quote); at != text.npos; at = text.find(quote, at + 1)) {
        if (at > 0 && text[at - 1] == '\\') {
            escaped += isEndOfCell(text, at + 1, separator) ? 0 : 1;
        } else if (at + 1 < text.size() && text[at + 1] == quote) {
            const bool isEmptyCell = isEndOfCell(text, at + 2, separator)
                && (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r'
                    || text.substr(0, at).ends_with(separator));
            doubled += isEmptyCell ? 0 : 1;
            ++at;
        }
    }
    return escaped > doubled;
}

/// Whether a backslash before a separator makes it a letter: `Doe\\, Jane`. It does if rows are
/// more alike then.
bool hasEscapedSeparators(std::string_view text, bool isWhole, const Dialect &dialect)
{
    if (dialect.separator == noSeparator
        || text.find("\\" + dialect.separator) == std::string_view::npos)
        return false;
    Dialect escaped = dialect;
    escaped.hasBackslashEscapes = true;
    return Looker(escaped).at(text, isWhole).alike > Looker(dialect).at(text, isWhole).alike;
}

/// "a||b||c": every second column is empty, whatever the row.
bool isTwice(std::string_view text, bool isWhole, const Dialect &dialect)
{
    RowParser parser(dialect);
    ParsedRow row;
    size_t rows = 0;
    while (rows < mostRows && parser.next(text, isWhole, row) == RowParser::Outcome::Row) {
        text.remove_prefix(row.bytes);
        if (row.isBlank)
            continue;
        if (row.cells.size() < 3 || row.cells.size() % 2 == 0)
            return false;
        for (size_t i = 1; i < row.cells.size(); i += 2) {
            if (!row.cells[i].empty())
                return false;
        }
        ++rows;
    }
    return rows > 1;
}

} // namespace

size_t separatorLine(std::string_view text, std::string &separator)
{
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && line.back() == ' ')
        line.remove_suffix(1);
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"')
        line = line.substr(1, line.size() - 2);
    if (line.size() < 5 || line.size() > 8 || (line[0] | 0x20) != 's' || (line[1] | 0x20) != 'e'
        || (line[2] | 0x20) != 'p' || line[3] != '=')
        return 0;
    separator = line.substr(4);
    if (separator == "\\t")
        separator = "\t";
    const std::string_view rest = text.substr(end);
    return end
        + (rest.starts_with("\r\r\n")     ? 3
               : rest.starts_with("\r\n") ? 2
               : rest.empty()             ? 0
                                          : 1);
}

Dialect detectDialect(std::string_view text, bool isWhole, const DialectHints &hints)
{
    Dialect dialect;
    dialect.separator = hints.separator ? *hints.separator : bestSeparator(text, isWhole, hints);
    dialect.quote = hints.quote ? *hints.quote : bestQuote(text, isWhole, dialect.separator);
    if (dialect.quote)
        dialect.hasBackslashEscapes = hasBackslashEscapes(text, dialect.separator, dialect.quote)
            || hasEscapedSeparators(text, isWhole, dialect);
    if (!hints.separator && dialect.separator.size() == 1 && isTwice(text, isWhole, dialect))
        dialect.separator += dialect.separator;
    return dialect;
}

} // namespace hubkeeper
