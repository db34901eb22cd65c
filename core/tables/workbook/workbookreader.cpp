// SPDX-License-Identifier: MIT
#include "tables/workbook/workbookreader.h"

#include "tables/rows/tablestext.h"
#include "tables/shape/celltype.h"
#include "tables/shape/headerfaults.h"
#include "tables/shape/tableshape.h"
#include "tables/workbook/sheetreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t sampleRows = 100;

class WorkbookReader
{
public:
    WorkbookReader(Package &package, const TableOptions &options, TableSink &sink)
        : m_package(package)
        , m_options(options)
        , m_sink(sink)
    {
    }

    Result<void> read()
    {
        auto parts = workbookParts(m_package);
        if (!parts)
            return tl::unexpected(parts.error());
        if (const auto loaded = loadFacts(*parts); !loaded)
            return loaded;
        const auto sheet = chosenSheet(*parts);
        if (!sheet)
            return tl::unexpected(sheet.error());
        m_format.kind = TableKind::Workbook;
        m_format.sheet = sheet->name;
        for (const WorkbookSheet &one : std::as_const(parts->sheets))
            m_format.sheets.append(one.name);
        if (const auto found = findShape(); !found)
            return found;
        return m_sink.begin(m_format) ? readRows(sheet->part) : Result<void> {};
    }

private:
    Result<void> loadFacts(const WorkbookParts &parts);
    Result<WorkbookSheet> chosenSheet(const WorkbookParts &parts);
    Result<void> findShape();
    Result<std::vector<FirstRow>> firstRows(const QString &part);
    Result<void> readRows(const QString &part);
    void reportWidth(qint64 number, const std::vector<std::string> &cells);
    [[nodiscard]] bool give(qint64 number, const std::vector<std::string> &cells);

    Package &m_package;
    const TableOptions &m_options;
    TableSink &m_sink;
    WorkbookFacts m_facts;
    TableFormat m_format;
    std::vector<FirstRow> m_first;
    std::vector<std::string_view> m_cells;
    QList<TableFault> m_headerFaults;
    size_t m_width = 0; ///< Columns of the header; 0: there is none.
    bool m_saidManyColumns = false;
    qint64 m_given = 0;
};

Result<void> WorkbookReader::loadFacts(const WorkbookParts &parts)
{
    m_facts.isFrom1904 = parts.isFrom1904;
    if (!parts.sharedStrings.isEmpty() && m_package.has(parts.sharedStrings)) {
        if (const auto loaded = m_facts.strings.load(m_package, parts.sharedStrings); !loaded)
            return loaded;
    }
    if (!parts.styles.isEmpty() && m_package.has(parts.styles))
        return m_facts.formats.load(m_package, parts.styles);
    return {};
}

/// The one that is asked for; else the first visible one with cells, else the first visible one.
Result<WorkbookSheet> WorkbookReader::chosenSheet(const WorkbookParts &parts)
{
    const QList<WorkbookSheet> &sheets = parts.sheets;
    const auto load = [this](const WorkbookSheet &sheet) -> Result<WorkbookSheet> {
        auto rows = firstRows(sheet.part);
        if (!rows)
            return tl::unexpected(rows.error());
        m_first = std::move(*rows);
        return sheet;
    };
    if (sheets.isEmpty())
        return fail(ErrorKind::InvalidInput, TablesText::tr("The workbook has no sheet."));
    if (m_options.sheet) {
        for (const WorkbookSheet &sheet : sheets) {
            if (sheet.name.compare(*m_options.sheet, Qt::CaseInsensitive) == 0)
                return load(sheet);
        }
        const qlonglong number = m_options.sheet->toLongLong();
        if (number >= 1 && number <= sheets.size())
            return load(sheets[number - 1]);
        QStringList names;
        for (const WorkbookSheet &sheet : sheets)
            names.append(sheet.name);
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("The workbook has no sheet \"%1\".").arg(*m_options.sheet),
                    TablesText::tr("It has: %1").arg(names.join(u", "_s)));
    }
    std::optional<WorkbookSheet> first;
    for (const WorkbookSheet &sheet : sheets) {
        if (sheet.isHidden)
            continue;
        auto loaded = load(sheet);
        if (!loaded || !m_first.empty())
            return loaded;
        first = first.value_or(sheet);
    }
    return load(first.value_or(sheets.first()));
}

Result<std::vector<FirstRow>> WorkbookReader::firstRows(const QString &part)
{
    std::vector<FirstRow> rows;
    const size_t most = size_t(m_options.headerRow.value_or(0)) + sampleRows;
    SheetReader reader(
        m_facts,
        [&](qint64 number, std::vector<std::string> &cells) {
            if (!cells.empty())
                rows.push_back({number, 0, cells});
            return rows.size() < most && number < mostSheetRows;
        },
        [](const TableFault &) {});
    if (const auto read = reader.read(m_package, part); !read && rows.empty())
        return tl::unexpected(read.error());
    return rows;
}

Result<void> WorkbookReader::findShape()
{
    TableShape shape =
        m_options.hasHeader ? tableShape(m_first, *m_options.hasHeader) : tableShape(m_first);
    if (m_options.headerRow) {
        const auto header = std::find_if(m_first.begin(), m_first.end(), [this](const auto &row) {
            return row.number == *m_options.headerRow;
        });
        if (header == m_first.end())
            return fail(
                ErrorKind::InvalidInput,
                TablesText::tr("Row %1 cannot be the header: it is empty or does not exist.")
                    .arg(*m_options.headerRow));
        shape.hasHeader = true;
        shape.first = size_t(header - m_first.begin());
    }
    if (!m_first.empty()) {
        m_format.firstRow = m_first[shape.first].number;
        m_format.headerRow = shape.hasHeader ? m_format.firstRow : 0;
        m_width = shape.hasHeader ? m_first[shape.first].cells.size() : 0;
        m_headerFaults = headerFaults(m_first, shape);
    }
    m_first.clear();
    return {};
}

Result<void> WorkbookReader::readRows(const QString &part)
{
    SheetReader reader(
        m_facts,
        [this](qint64 number, std::vector<std::string> &cells) { return give(number, cells); },
        [this](const TableFault &fault) { m_sink.fault(fault); });
    const auto read = reader.read(m_package, part);
    if (read && m_given == 0)
        m_sink.fault({TableFaultKind::Empty, 1, 0, 0, TablesText::tr("The sheet has no rows.")});
    return read;
}

void WorkbookReader::reportWidth(qint64 number, const std::vector<std::string> &cells)
{
    const auto hasText = [](const std::string &cell) { return !trimmed(cell).empty(); };
    if (m_width > 0 && cells.size() > m_width
        && std::any_of(cells.begin() + long(m_width), cells.end(), hasText))
        m_sink.fault({TableFaultKind::LongRow, number, qint64(m_width) + 1, 0,
                      longRowSentence(cells.size(), m_width)});
    if (qsizetype(cells.size()) > hubSpotColumns && !std::exchange(m_saidManyColumns, true))
        m_sink.fault({TableFaultKind::ManyColumns, number, qint64(hubSpotColumns) + 1, 0,
                      manyColumnsSentence(qsizetype(cells.size()))});
}

bool WorkbookReader::give(qint64 number, const std::vector<std::string> &cells)
{
    if (number < m_format.firstRow) {
        const auto text = std::find_if(cells.begin(), cells.end(),
                                       [](const std::string &cell) { return !cell.empty(); });
        if (text != cells.end() && !m_options.headerRow)
            m_sink.fault({TableFaultKind::Preamble, number, 1, 0,
                          TablesText::tr("This row above the header is not part of the table and "
                                         "was left out: %1")
                              .arg(QString::fromStdString(text->substr(0, 240)).left(60))});
        return true;
    }
    if (number == m_format.headerRow) {
        for (const TableFault &fault : std::exchange(m_headerFaults, {}))
            m_sink.fault(fault);
    }
    reportWidth(number, cells);
    m_cells.assign(cells.begin(), cells.end());
    for (size_t i = 0; i < m_cells.size(); ++i) {
        if (m_cells[i].size() <= size_t(hubSpotCharacters))
            continue;
        const qsizetype characters = QString::fromStdString(cells[i]).size();
        if (characters > hubSpotCharacters)
            m_sink.fault(
                {TableFaultKind::LongCell, number, qint64(i) + 1, 0, longCellSentence(characters)});
    }
    ++m_given;
    return m_sink.row({number, 0, number == m_format.headerRow, m_cells});
}

} // namespace

Result<void> readWorkbook(const QString &path, const TableOptions &options, TableSink &sink)
{
    const auto package = Package::open(path);
    if (!package)
        return tl::unexpected(package.error());
    return WorkbookReader(**package, options, sink).read();
}

} // namespace hubkeeper
