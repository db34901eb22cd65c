// SPDX-License-Identifier: MIT
#include "tables/writing/textwriters.h"

#include "base/compactjson.h"
#include "tables/writing/formulaguard.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QChar byteOrderMark = u'\uFEFF';

bool needsQuotes(const QString &cell, QChar separator)
{
    const auto isSpecial = [separator](QChar c) {
        return c == separator || c == u'"' || c == u'\n' || c == u'\r';
    };
    // Some readers take blanks off that are not between quotes, and a mark for one of the encoding.
    return !cell.isEmpty()
        && (cell.front().isSpace() || cell.back().isSpace() || cell.front() == byteOrderMark
            || std::any_of(cell.begin(), cell.end(), isSpecial));
}

} // namespace

QByteArray csvRow(const QStringList &cells, const ExportFormat &format)
{
    QString row;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        QString cell = format.isGuarded ? guarded(cells[i]) : cells[i];
        // A row of one empty cell would be an empty line, which is no row.
        if (needsQuotes(cell, format.separator) || (cells.size() == 1 && cell.isEmpty()))
            cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
        if (i > 0)
            row += format.separator;
        row += cell;
    }
    return row.toUtf8() + (format.endsWithCrLf ? "\r\n" : "\n");
}

CsvWriter::CsvWriter(const ExportFormat &format, FileSaver file)
    : TableWriter(std::move(file))
    , m_format(format)
{
}

Result<void> CsvWriter::writeHeading(const QList<TableColumn> &columns)
{
    QStringList titles;
    for (const TableColumn &column : columns)
        titles.append(column.title);
    if (m_format.hasBom) {
        if (const auto marked = m_file.write(QString(byteOrderMark).toUtf8()); !marked)
            return marked;
    }
    return add(titles);
}

Result<void> CsvWriter::add(const QStringList &cells)
{
    const QByteArray row = csvRow(cells, m_format);
    m_bytes += row.size();
    return m_file.write(row);
}

JsonLinesWriter::JsonLinesWriter(const QList<TableColumn> &columns, FileSaver file)
    : TableWriter(std::move(file))
{
    for (const TableColumn &column : columns) {
        m_keys.append((m_keys.isEmpty() ? "{" : ",") + compactJson(column.title) + ':');
        m_areLists.append(column.isList);
    }
}

Result<void> JsonLinesWriter::add(const QStringList &cells)
{
    QByteArray row;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        row += m_keys[i];
        if (m_areLists[i])
            row += compactJson(QJsonArray::fromStringList(
                cells[i].isNull() ? QStringList() : cells[i].split(u';')));
        else
            row += cells[i].isNull() ? "null"_ba : compactJson(cells[i]);
    }
    row += "}\n";
    m_bytes += row.size();
    return m_file.write(row);
}

} // namespace hubkeeper
