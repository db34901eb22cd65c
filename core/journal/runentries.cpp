// SPDX-License-Identifier: MIT
#include "journal/runentries.h"

#include "journal/loginname.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

JournalEntry beginOf(const QString &id, const RunStart &start)
{
    const WritingProcess process = thisProcess();
    QJsonObject body {{u"connection"_s, start.connection},
                      {u"connectionId"_s, start.connectionId},
                      {u"portalId"_s, QString::number(start.portalId)},
                      {u"note"_s, start.note},
                      {u"revertOf"_s, start.revertOf},
                      {u"user"_s, loginName()},
                      {u"host"_s, process.host},
                      {u"process"_s, process.id},
                      {u"processStarted"_s, process.started}};
    if (start.planned > 0)
        body.insert(u"planned"_s, start.planned);
    return {0, 0, id, u"begin"_s, {}, {}, compact(body)};
}

JournalEntries intentsOf(const QString &runId, const std::vector<JournalRow> &rows)
{
    JournalEntries entries;
    for (const JournalRow &row : rows) {
        JournalRow intent = row;
        intent.message.clear(); // What went wrong before is not part of what is intended now.
        entries.push_back({0, 0, runId, u"intent"_s, row.subject, {}, compact(bodyOf(intent))});
    }
    return entries;
}

JournalEntries outcomesOf(const QString &runId, const std::vector<JournalRow> &rows)
{
    JournalEntries entries;
    for (const JournalRow &row : rows) {
        entries.push_back(
            {0, 0, runId, u"outcome"_s, row.subject, row.outcome, compact(bodyOf(row))});
    }
    return entries;
}

JournalEntry endOf(const JournalRun &run)
{
    const QJsonObject body {{u"rows"_s, run.rows},
                            {u"applied"_s, run.applied},
                            {u"unproven"_s, run.unproven},
                            {u"failed"_s, run.failed},
                            {u"conflicting"_s, run.conflicting},
                            {u"unknown"_s, run.unknown}};
    return {0, 0, run.id, u"end"_s, {}, {}, compact(body)};
}

} // namespace hubkeeper
