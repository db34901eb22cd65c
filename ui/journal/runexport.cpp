// SPDX-License-Identifier: MIT
#include "journal/runexport.h"

#include "journal/journaljson.h"
#include "journal/journalmodel.h"
#include "tables/csv.h"
#include "widgets/masking.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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

QByteArray RunExport::lines(const JournalRow &row) const
{
    const auto line = [&](const QString &property, const CellChange &cell) {
        return csvLine(
            {m_run.id, utcText(m_run.startedAt), m_run.connection,
             m_run.portalId == 0 ? QString() : QString::number(m_run.portalId), // A server's.
             m_run.user, m_run.note, row.isDefinition() ? u"definition"_s : row.type,
             nameOf(row.kind), row.recordId, row.label, property, cell.before, cell.after,
             row.outcome, row.message},
            Formulas::Disarm);
    };
    if (row.cells.isEmpty())
        return line({}, {});
    QByteArray text;
    for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
        text += line(cell.key(), *cell);
    return text;
}

QByteArray RunExport::csv() const
{
    QByteArray text = "\xEF\xBB\xBF"
        + csvLine({u"run"_s, u"startedAt"_s, u"connection"_s, u"portalId"_s, u"user"_s, u"note"_s,
                   u"type"_s, u"operation"_s, u"id"_s, u"label"_s, u"property"_s, u"old"_s,
                   u"new"_s, u"outcome"_s, u"message"_s},
                  Formulas::Disarm);
    for (const JournalRow &row : m_rows)
        text += lines(row);
    return text;
}

} // namespace hubkeeper
