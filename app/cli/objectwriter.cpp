// SPDX-License-Identifier: MIT
#include "objectwriter.h"

#include "base/compactjson.h"
#include "output.h"
#include "tables/csv.h"
#include "textcolumns.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype measuredRows = 200;
constexpr int leastColumn = 12; // What a column that was not chosen should have at least.

QByteArray compact(const ConnectorObject &object)
{
    return safeJson(compactJson(object.toJson()));
}

} // namespace

std::vector<std::string> objectFormats()
{
    return {"text", "json", "jsonl", "csv", "tsv", "xlsx"};
}

ObjectFormat objectFormatFrom(const QString &name)
{
    return name == "json"_L1 ? ObjectFormat::Json
        : name == "jsonl"_L1 ? ObjectFormat::JsonLines
        : name == "csv"_L1   ? ObjectFormat::Csv
        : name == "tsv"_L1   ? ObjectFormat::Tsv
                             : ObjectFormat::Table;
}

ObjectWriter::ObjectWriter(Options options, Sink sink)
    : m_options(std::move(options))
    , m_sink(std::move(sink))
{
    m_options.columns.removeAll(u"_id"_s);
}

/// With the first object or the end, not before: a search that is refused has no heading.
void ObjectWriter::begin()
{
    if (std::exchange(m_hasBegun, true))
        return;
    if (m_options.format == ObjectFormat::Json)
        m_sink("{\"result\":[");
    else if (m_options.format == ObjectFormat::Csv)
        m_sink(csvLine(QStringList {u"_id"_s} + m_options.columns, Formulas::Keep));
    else if (m_options.format == ObjectFormat::Tsv)
        m_sink(tsvLine(QStringList {u"_id"_s} + m_options.columns));
}

void ObjectWriter::add(const ConnectorObject &object)
{
    begin();
    ++m_count;
    switch (m_options.format) {
    case ObjectFormat::Json:
        return m_sink((m_count > 1 ? ",\n" : "\n") + compact(object));
    case ObjectFormat::JsonLines:
        return m_sink(compact(object) + '\n');
    case ObjectFormat::Csv:
        return m_sink(csvLine(cellsOf(object), Formulas::Keep));
    case ObjectFormat::Tsv:
        return m_sink(tsvLine(cellsOf(object)));
    case ObjectFormat::Table:
        return addRow(cellsOf(object));
    }
}

QStringList ObjectWriter::cellsOf(const ConnectorObject &object) const
{
    QStringList cells {object.uid};
    for (const QString &name : m_options.columns)
        cells.append(readableText(object.attributes[name]));
    return cells;
}

void ObjectWriter::addRow(const QStringList &cells)
{
    QStringList shown;
    for (const QString &cell : cells)
        shown.append(printable(cell));
    if (m_widths.isEmpty()) {
        m_first.append(shown);
        if (m_first.size() == measuredRows)
            measure();
        return;
    }
    m_sink(lineOf(shown.first(m_widths.size()), m_widths, m_options.room > 0).toUtf8() + '\n');
}

/// Drops the columns that do not fit, unless they were asked for, and writes the first rows.
void ObjectWriter::measure()
{
    QList<QStringList> rows = std::exchange(m_first, {});
    rows.prepend(QStringList {u"_id"_s} + m_options.columns);
    if (m_options.room > 0 && !m_options.wereChosen) {
        const QList<int> natural = columnWidths(rows, 0);
        int taken = natural[0];
        qsizetype fit = 1;
        while (fit < natural.size()
               && taken + 2 + std::min(natural[fit], leastColumn) <= m_options.room)
            taken += 2 + std::min(natural[fit++], leastColumn);
        m_leftOut = rows.first().mid(fit);
        for (QStringList &row : rows)
            row = row.first(fit);
    }
    m_widths = columnWidths(rows, m_options.room);
    QByteArray text;
    for (const QStringList &row : std::as_const(rows))
        text += lineOf(row, m_widths, m_options.room > 0).toUtf8() + '\n';
    m_sink(text);
}

void ObjectWriter::end(const QString &cookie, const QJsonObject &error)
{
    if (m_count > 0 || error.isEmpty() || m_options.format == ObjectFormat::Json)
        begin();
    const bool isRefused = m_count == 0 && !error.isEmpty();
    if (m_options.format == ObjectFormat::Table && m_widths.isEmpty() && !isRefused)
        measure();
    if (m_options.format != ObjectFormat::Json)
        return;
    QJsonObject rest {
        {u"resultCount"_s, m_count},
        {u"pagedResultsCookie"_s, cookie.isEmpty() ? QJsonValue() : QJsonValue(cookie)},
        {u"totalPagedResultsPolicy"_s, u"NONE"_s},
        {u"totalPagedResults"_s, -1},
        {u"remainingPagedResults"_s, -1}};
    if (!error.isEmpty())
        rest.insert(u"error"_s, error);
    m_sink("\n]," + safeJson(compactJson(rest)).mid(1) + '\n');
}

} // namespace hubkeeper::cli
