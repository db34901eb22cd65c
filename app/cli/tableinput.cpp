// SPDX-License-Identifier: MIT
#include "tableinput.h"

#include "cliservices.h"
#include "counttext.h"
#include "interrupt.h"
#include "options.h"
#include "session/open/session.h"
#include "standardinput.h"
#include "tablejson.h"
#include "tables/reading/readtable.h"
#include "textcolumns.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype shownRows = 10;
constexpr qsizetype shownFaults = 50;

QString separatorFrom(const QString &text)
{
    static const QHash<QString, QString> words {
        {u"comma"_s, u","_s}, {u"semicolon"_s, u";"_s}, {u"tab"_s, u"\t"_s}, {u"\\t"_s, u"\t"_s},
        {u"pipe"_s, u"|"_s},  {u"space"_s, u" "_s},     {u"colon"_s, u":"_s}};
    return words.value(text, text);
}

QString nameOfSeparator(const QString &separator)
{
    return separator == u'\t' ? u"tab"_s
        : separator == u' '   ? u"space"_s
        : separator.isEmpty() ? u"none"_s
                              : printable(separator);
}

/// Shows a table to a person: what was found, the first rows, what is wrong.
class TableText final : public TableSink
{
public:
    explicit TableText(Output &output)
        : m_output(output)
    {
    }

    bool begin(const TableFormat &format) override
    {
        QStringList found;
        if (!format.encoding.isEmpty())
            found.append(u"encoding %1%2"_s.arg(
                format.encoding, format.hasByteOrderMark ? u" with byte order mark"_s : QString()));
        if (format.kind == TableKind::Delimited) {
            found.append(u"separator %1"_s.arg(nameOfSeparator(format.separator)));
            found.append(u"quote %1"_s.arg(format.quote.isEmpty() ? u"none"_s : format.quote));
        }
        if (!format.sheet.isEmpty())
            found.append(u"sheet %1"_s.arg(printable(format.sheet)));
        found.append(format.headerRow > 0 ? u"header in row %1"_s.arg(format.headerRow)
                                          : u"no header"_s);
        m_output.line(found.join(u", "_s));
        return true;
    }

    bool row(const TableRow &row) override
    {
        ++m_rows;
        if (m_rows > shownRows)
            return !Interrupt::wasRequested();
        QStringList cells;
        for (const std::string_view cell : row.cells)
            cells.append(printable(QString::fromUtf8(cell.data(), qsizetype(cell.size()))));
        m_first.append(cells);
        return true;
    }

    void fault(const TableFault &fault) override
    {
        ++m_faultCount;
        if (m_faults.size() >= shownFaults)
            return;
        const QString column = fault.column > 0 ? u", column %1"_s.arg(fault.column) : QString();
        m_faults.append(u"row %1%2: %3"_s.arg(QString::number(fault.row), column, fault.text));
    }

    void end()
    {
        qsizetype width = 0;
        for (const QStringList &row : std::as_const(m_first))
            width = std::max(width, row.size());
        for (QStringList &row : m_first) {
            while (row.size() < width)
                row.append(QString());
        }
        if (width > 0)
            m_output.table(m_first);
        m_output.line(countText(m_rows, "row"_L1, "rows"_L1));
        for (const QString &fault : std::as_const(m_faults))
            m_output.line(printable(fault));
        if (m_faultCount > m_faults.size())
            m_output.line(u"and %1 more"_s.arg(m_faultCount - m_faults.size()));
    }

private:
    Output &m_output;
    QList<QStringList> m_first;
    QStringList m_faults;
    qint64 m_rows = 0;
    qint64 m_faultCount = 0;
};

} // namespace

void TableInput::addTo(CLI::App &verb)
{
    verb.add_option("TABLE", file, "The file: CSV, TSV, XLSX or JSON Lines; - is standard input")
        ->required()
        ->type_name(fileArgument);
    verb.add_option("--encoding", encoding, "Encoding of a text file, such as windows-1252");
    verb.add_option("--separator", separator,
                    "What separates cells: comma, semicolon, tab, pipe, or the character");
    verb.add_option("--quote", quote, "What cells are quoted with: double, single, none");
    verb.add_option("--header", header, "yes, no, or the number of the header's row");
    verb.add_option("--sheet", sheet, "Sheet of a workbook, by name or by number from 1");
}

Result<TableOptions> TableInput::options() const
{
    TableOptions options;
    if (!encoding.empty())
        options.encoding = QString::fromStdString(encoding);
    if (!separator.empty())
        options.separator = separatorFrom(QString::fromStdString(separator));
    if (!sheet.empty())
        options.sheet = QString::fromStdString(sheet);
    if (quote == "double" || quote == "\"")
        options.quote = u"\""_s;
    else if (quote == "single" || quote == "'")
        options.quote = u"'"_s;
    else if (quote == "none")
        options.quote = QString();
    else if (!quote.empty())
        return fail(ErrorKind::InvalidInput, u"--quote takes double, single or none."_s);
    if (header == "yes" || header == "no") {
        options.hasHeader = header == "yes";
    } else if (!header.empty()) {
        bool isNumber = false;
        const qlonglong row = QString::fromStdString(header).toLongLong(&isNumber);
        if (!isNumber || row < 1 || row > 1'000)
            return fail(ErrorKind::InvalidInput,
                        u"--header takes yes, no, or a row from 1 to 1000."_s);
        options.headerRow = row;
    }
    return options;
}

QString TableInput::name() const
{
    return isStandardInput() ? u"standard input"_s
                             : QFileInfo(QString::fromStdString(file)).fileName();
}

Result<TableFile> TableFile::of(const TableInput &input, Services &services)
{
    TableFile table;
    table.m_path = QString::fromStdString(input.file);
    if (!input.isStandardInput())
        return table;
    auto place = RecordPlace::make(recordFolderIn(services.paths));
    if (!place)
        return tl::unexpected(place.error());
    table.m_copy = *std::move(place);
    table.m_path = table.m_copy->path();
    QFile copy(table.m_path);
    if (!copy.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return fail(ErrorKind::NotSaved, copy.errorString());
    StandardInput standardInput;
    const QString before = standardInput.errorString();
    for (;;) {
        const QByteArray part = standardInput.read(1 << 20);
        if (Interrupt::wasRequested())
            return fail(ErrorKind::Cancelled, u"Stopped before it was finished."_s);
        if (part.isEmpty())
            break;
        if (copy.write(part) != part.size())
            return fail(ErrorKind::NotSaved,
                        u"Standard input cannot be kept: %1."_s.arg(copy.errorString()),
                        u"Make room on the disk of %1."_s.arg(services.paths.cache));
        if (copy.size() > mostTableBytes)
            return tl::unexpected(tooLargeTable(u"Standard input"_s));
    }
    if (standardInput.errorString() != before)
        return fail(ErrorKind::InvalidInput,
                    u"Standard input cannot be read: %1."_s.arg(standardInput.errorString()));
    if (!copy.flush())
        return fail(ErrorKind::NotSaved,
                    u"Standard input cannot be kept: %1."_s.arg(copy.errorString()));
    return table;
}

namespace {

/// Fails with Cancelled where a signal ended the reading.
Result<void> readWhole(const QString &path, const TableOptions &options, TableSink &sink)
{
    const auto read = readTable(path, options, sink);
    if (Interrupt::wasRequested())
        return fail(ErrorKind::Cancelled, u"Stopped before it was finished."_s);
    return read;
}

} // namespace

int runParse(const TableInput &input, const QString &path, Services &services)
{
    Output &output = services.output;
    const auto options = input.options();
    if (!options)
        return output.failure(options.error());
    if (!output.json) {
        TableText text(output);
        const auto read = readWhole(path, *options, text);
        if (!read)
            return output.failure(read.error());
        text.end();
        return Done;
    }
    TableJson json([&output](const QByteArray &block) { output.raw(block); });
    const auto read = readWhole(path, *options, json);
    json.end(read ? std::nullopt : std::optional(read.error()));
    return read ? Done : exitCodeFor(read.error().kind);
}

} // namespace hubkeeper::cli
