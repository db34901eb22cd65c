// SPDX-License-Identifier: MIT
#include "journal/runexport.h"

#include "journal/journaljson.h"
#include "journal/journalmodel.h"
#include "widgets/masking.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// RFC 4180. What a spreadsheet would take for a formula gets an apostrophe, which it hides.
QString csvLine(QStringList fields)
{
    static const QString formula = u"=+-@\t\r\n"_s;
    for (QString &field : fields) {
        if (!field.isEmpty() && formula.contains(field.front()))
            field.prepend(u'\'');
        field = u'"' + field.replace(u'"', u"\"\""_s) + u'"';
    }
    return fields.join(u',') + u"\r\n"_s;
}

QString utcText(const QDateTime &time)
{
    return time.toString(Qt::ISODateWithMs);
}

} // namespace

RunExport::RunExport(const JournalRun &run, const QList<JournalRow> &rows, const Masking &masking)
    : m_run(run)
    , m_rows(rows)
{
    if (!masking.isOn())
        return;
    m_run.user = masking.name(run.user);
    m_run.note = masking.text(run.note);
    for (JournalRow &row : m_rows)
        row = maskedRow(row, masking);
}

QByteArray RunExport::json() const
{
    QJsonArray list;
    for (const JournalRow &row : m_rows)
        list.append(rowJson(row));
    return QJsonDocument(QJsonObject {{u"run"_s, runJson(m_run)}, {u"rows"_s, list}}).toJson();
}

QString RunExport::lines(const JournalRow &row) const
{
    const auto line = [&](const QString &property, const CellChange &cell) {
        return csvLine({m_run.id, utcText(m_run.startedAt), m_run.connection,
                        QString::number(m_run.portalId), m_run.user, m_run.note,
                        row.isDefinition ? u"definition"_s : row.type, nameOf(row.kind),
                        row.recordId, row.label, property, cell.before, cell.after, row.outcome,
                        row.message});
    };
    if (row.cells.isEmpty())
        return line({}, {});
    QString text;
    for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
        text += line(cell.key(), *cell);
    return text;
}

QByteArray RunExport::csv() const
{
    QString text = QChar(QChar::ByteOrderMark)
        + csvLine({u"run"_s, u"startedAt"_s, u"connection"_s, u"portalId"_s, u"user"_s, u"note"_s,
                   u"type"_s, u"operation"_s, u"id"_s, u"label"_s, u"property"_s, u"old"_s,
                   u"new"_s, u"outcome"_s, u"message"_s});
    for (const JournalRow &row : m_rows)
        text += lines(row);
    return text.toUtf8();
}

} // namespace hubkeeper
