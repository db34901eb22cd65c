// SPDX-License-Identifier: MIT
#include "tables/delimited/delimitedreader.h"

#include "tables/delimited/detectdialect.h"
#include "tables/delimited/rowfaults.h"
#include "tables/delimited/rowparser.h"
#include "tables/delimited/textwindow.h"
#include "tables/encoding/detectencoding.h"
#include "tables/rows/tablestext.h"
#include "tables/shape/celltype.h"
#include "tables/shape/headerfaults.h"
#include "tables/shape/tableshape.h"

#include <QIODevice>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t sampleBytes = 128 << 10;
constexpr size_t mostSampleBytes = 1 << 20; // Of rows that are longer than a sample.
constexpr long sampleLines = 4;
constexpr size_t sampleRows = 100;
constexpr std::string_view mark = "\xEF\xBB\xBF";
constexpr std::string_view twiceEncodedMark = "\xC3\xAF\xC2\xBB\xC2\xBF";

/// Reads one file; every step leaves the window at the beginning of what is not done yet.
class DelimitedReader
{
public:
    DelimitedReader(QIODevice &file, bool isTabFile, const TableOptions &options, TableSink &sink)
        : m_file(file)
        , m_isTabFile(isTabFile)
        , m_options(options)
        , m_sink(sink)
        , m_faults(sink)
    {
    }

    Result<void> read()
    {
        if (const auto opened = openText(); !opened)
            return opened;
        if (const auto found = findDialect(); !found)
            return found;
        if (const auto found = findShape(); !found)
            return found;
        if (!m_sink.begin(m_format))
            return {};
        if (m_hasStrangeMark)
            m_faults.add(TableFaultKind::ByteOrderMark, {1, 1}, 1);
        return readRows();
    }

private:
    Result<void> openText();
    Result<size_t> sampleSize();
    Result<void> findDialect();
    Result<void> findShape();
    Result<void> readRows();
    [[nodiscard]] std::vector<FirstRow> firstRows(size_t most) const;
    [[nodiscard]] bool isAllShown(const std::vector<FirstRow> &rows, size_t most) const;
    void useShape(const std::vector<FirstRow> &rows);
    [[nodiscard]] bool take(ParsedRow &parsed);
    [[nodiscard]] bool isLeftOut(const ParsedRow &parsed);

    QIODevice &m_file;
    bool m_isTabFile;
    const TableOptions &m_options;
    TableSink &m_sink;
    RowFaults m_faults;
    TableFormat m_format;
    Dialect m_dialect;
    std::unique_ptr<TextWindow> m_window;
    TableShape m_shape;
    QList<TableFault> m_headerFaults;
    qint64 m_number = 1; ///< Of the next row.
    qint64 m_line = 1;
    qint64 m_given = 0;
    bool m_hasStrangeMark = false; ///< A byte order mark that was taken for letters.
};

Result<void> DelimitedReader::openText()
{
    const auto encoding = detectEncoding(m_file, m_options.encoding);
    if (!encoding)
        return tl::unexpected(encoding.error());
    auto decoder = decoderFor(encoding->name);
    if (!decoder)
        return tl::unexpected(decoder.error());
    m_format.encoding = encoding->name;
    m_format.hasByteOrderMark = encoding->markBytes > 0;
    if (!m_file.seek(encoding->markBytes))
        return fail(ErrorKind::InvalidInput, m_file.errorString());
    m_window = std::make_unique<TextWindow>(m_file, std::move(*decoder));
    if (const auto grown = m_window->grow(sampleBytes); !grown)
        return grown;
    while (m_window->text().starts_with(mark))
        m_window->drop(mark.size());
    if (m_window->text().starts_with(twiceEncodedMark)) {
        m_window->drop(twiceEncodedMark.size());
        m_hasStrangeMark = true;
    }
    return {};
}

/// Bytes to look at: enough for some rows, however long they are.
Result<size_t> DelimitedReader::sampleSize()
{
    size_t size = sampleBytes;
    const auto hasLines = [&] {
        const std::string_view text = m_window->text().substr(0, size);
        const auto isEnd = [](char letter) { return letter == '\n' || letter == '\r'; };
        return std::count_if(text.begin(), text.end(), isEnd) >= sampleLines;
    };
    while (size < mostSampleBytes && !hasLines()) {
        size *= 2;
        if (const auto grown = m_window->grow(size); !grown)
            return tl::unexpected(grown.error());
        if (m_window->isWhole())
            break;
    }
    return size;
}

Result<void> DelimitedReader::findDialect()
{
    DialectHints hints;
    hints.isTabFile = m_isTabFile;
    std::string separator;
    const size_t line = separatorLine(m_window->text(), separator);
    m_window->drop(line);
    m_line += line > 0 ? 1 : 0;
    if (line > 0)
        hints.separator = separator;
    if (m_options.separator) {
        hints.separator = m_options.separator->toStdString();
        if (hints.separator->empty()
            || hints.separator->find_first_of("\r\n\"") != std::string::npos)
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("\"%1\" cannot separate cells.").arg(*m_options.separator));
    }
    if (m_options.quote) {
        const QString quote = *m_options.quote;
        if (!quote.isEmpty() && quote != u'"' && quote != u'\'')
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("A quote is \" or ', not \"%1\".").arg(quote));
        hints.quote = quote.isEmpty() ? '\0' : char(quote.front().unicode());
    }
    const auto sample = sampleSize();
    if (!sample)
        return tl::unexpected(sample.error());
    const bool isWhole = m_window->isWhole() && m_window->text().size() <= *sample;
    m_dialect = detectDialect(m_window->text().substr(0, *sample), isWhole, hints);
    m_format.separator = m_dialect.separator == noSeparator
        ? QString()
        : QString::fromStdString(m_dialect.separator);
    m_format.quote = m_dialect.quote ? QString(QLatin1Char(m_dialect.quote)) : QString();
    m_format.hasBackslashEscapes = m_dialect.hasBackslashEscapes;
    return {};
}

/// Those that the window holds, without blank ones.
std::vector<FirstRow> DelimitedReader::firstRows(size_t most) const
{
    RowParser parser(m_dialect);
    std::vector<FirstRow> rows;
    std::string_view text = m_window->text();
    ParsedRow parsed;
    qint64 number = m_number;
    while (rows.size() < most
           && parser.next(text, m_window->isWhole(), parsed) == RowParser::Outcome::Row) {
        text.remove_prefix(parsed.bytes);
        if (!parsed.isBlank)
            rows.push_back({number, 0, {parsed.cells.begin(), parsed.cells.end()}});
        ++number;
    }
    return rows;
}

bool DelimitedReader::isAllShown(const std::vector<FirstRow> &rows, size_t most) const
{
    const bool isEnough = rows.size() >= most || (!m_options.headerRow && rows.size() > 1);
    return m_window->isWhole() || isEnough || m_window->text().size() > size_t(mostCellBytes);
}

Result<void> DelimitedReader::findShape()
{
    const size_t most = size_t(m_options.headerRow.value_or(0)) + sampleRows;
    std::vector<FirstRow> rows = firstRows(most);
    while (!isAllShown(rows, most)) {
        if (const auto grown = m_window->grow(); !grown)
            return grown;
        rows = firstRows(most);
    }
    useShape(rows);
    if (m_options.headerRow && m_format.headerRow == 0)
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("Row %1 cannot be the header: it is empty or does not exist.")
                        .arg(*m_options.headerRow));
    return {};
}

void DelimitedReader::useShape(const std::vector<FirstRow> &rows)
{
    m_shape = m_options.hasHeader ? tableShape(rows, *m_options.hasHeader) : tableShape(rows);
    if (m_options.headerRow) {
        const auto header = std::find_if(rows.begin(), rows.end(), [this](const FirstRow &row) {
            return row.number == *m_options.headerRow;
        });
        m_shape.hasHeader = header != rows.end();
        m_shape.first = m_shape.hasHeader ? size_t(header - rows.begin()) : 0;
        m_shape.width = m_shape.hasHeader ? header->cells.size() : m_shape.width;
    }
    if (rows.empty())
        return;
    const FirstRow &first = rows[m_shape.first];
    m_format.firstRow = first.number;
    m_format.headerRow = m_shape.hasHeader ? first.number : 0;
    size_t least = m_shape.width;
    while (m_shape.hasHeader && least > 0 && trimmed(first.cells[least - 1]).empty())
        --least;
    m_faults.setWidths(least, m_shape.width);
    m_headerFaults = headerFaults(rows, m_shape);
}

Result<void> DelimitedReader::readRows()
{
    RowParser parser(m_dialect);
    parser.setWidth(m_shape.width);
    ParsedRow parsed;
    while (true) {
        switch (parser.next(m_window->text(), m_window->isWhole(), parsed)) {
        case RowParser::Outcome::NeedsMore:
            if (const auto grown = m_window->grow(); !grown)
                return grown;
            continue;
        case RowParser::Outcome::End:
            if (m_given == 0)
                m_faults.add(TableFaultKind::Empty, {m_number, 0}, m_line);
            return {};
        case RowParser::Outcome::Row:
            if (!take(parsed))
                return {};
            m_window->drop(parsed.bytes);
            m_line += qint64(parsed.lines);
            ++m_number;
        }
    }
}

bool DelimitedReader::take(ParsedRow &parsed)
{
    m_faults.addBytes(m_window->faults(), m_window->position(), parsed, m_number, m_line);
    if (isLeftOut(parsed))
        return true;
    m_faults.addRow(parsed, m_number, m_line);
    const bool isHeader = m_number == m_format.headerRow;
    if (isHeader)
        m_faults.addHeader(std::exchange(m_headerFaults, {}), m_line);
    if (qsizetype(parsed.cells.size()) > mostColumns)
        parsed.cells.resize(size_t(mostColumns));
    ++m_given;
    return m_sink.row({m_number, m_line, isHeader, parsed.cells});
}

bool DelimitedReader::isLeftOut(const ParsedRow &parsed)
{
    if (parsed.isBlank)
        return true;
    // What DOS ended texts with, and what a crash leaves at the end of a file.
    const std::string_view first = parsed.cells.front();
    static constexpr std::string_view rubbish {"\0\x1A", 2};
    if (parsed.cells.size() == 1 && first.find_first_not_of(rubbish) == first.npos)
        return parsed.quotedCells == 0;
    const bool isComment = first.starts_with('#');
    if (m_number < m_format.firstRow) {
        if (!m_options.headerRow) {
            m_faults.add(isComment ? TableFaultKind::Comment : TableFaultKind::Preamble,
                         {m_number, 1}, m_line, first);
        }
        return true;
    }
    if (isComment && m_number != m_format.headerRow && m_shape.width > 1
        && parsed.cells.size() != m_shape.width) {
        m_faults.add(TableFaultKind::Comment, {m_number, 1}, m_line, first);
        return true;
    }
    return false;
}

} // namespace

Result<void> readDelimited(QIODevice &file, bool isTabFile, const TableOptions &options,
                           TableSink &sink)
{
    return DelimitedReader(file, isTabFile, options, sink).read();
}

} // namespace hubkeeper
