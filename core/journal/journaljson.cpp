// SPDX-License-Identifier: MIT
#include "journal/journaljson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QJsonObject cellsJson(const CellChanges &cells)
{
    QJsonObject json;
    for (auto cell = cells.begin(); cell != cells.end(); ++cell)
        json.insert(cell.key(), QJsonObject {{u"old"_s, cell->before}, {u"new"_s, cell->after}});
    return json;
}

QJsonObject runJson(const JournalRun &run)
{
    return {{u"id"_s, run.id},
            {u"startedAt"_s, run.startedAt.toString(Qt::ISODateWithMs)},
            {u"endedAt"_s, run.endedAt.toString(Qt::ISODateWithMs)},
            {u"ended"_s, run.hasEnded()},
            {u"state"_s, nameOf(run.state())},
            {u"connection"_s, run.connection},
            {u"connectionId"_s, run.connectionId},
            {u"portalId"_s, run.portalId},
            {u"user"_s, run.user},
            {u"note"_s, run.note},
            {u"revertOf"_s, run.revertOf},
            {u"rows"_s, run.rows},
            {u"applied"_s, run.applied},
            {u"unproven"_s, run.unproven},
            {u"failed"_s, run.failed},
            {u"conflicting"_s, run.conflicting},
            {u"unknown"_s, run.unknown},
            {u"waiting"_s, run.waiting()}};
}

QJsonObject rowJson(const JournalRow &row)
{
    QJsonObject json {
        {u"row"_s, row.subject},     {u"type"_s, row.type},      {u"operation"_s, nameOf(row.kind)},
        {u"id"_s, row.recordId},     {u"label"_s, row.label},    {u"cells"_s, cellsJson(row.cells)},
        {u"outcome"_s, row.outcome}, {u"message"_s, row.message}};
    if (row.isDefinition())
        json.insert(u"definition"_s, true);
    if (row.thing == WrittenThing::Configuration)
        json.insert(u"configuration"_s, true);
    if (row.thing == WrittenThing::Link || row.thing == WrittenThing::Reconciliation
        || row.isAssociation() || row.isMerge())
        json.insert(u"thing"_s, nameOf(row.thing));
    if (!row.details.isEmpty())
        json.insert(u"images"_s, row.details);
    if (!row.rebuilds.isEmpty())
        json.insert(u"rebuilds"_s, row.rebuilds);
    if (row.isAssociation() || row.isMerge())
        json.insert(u"to"_s, QJsonObject {{u"type"_s, row.toType}, {u"id"_s, row.toId}});
    if (!row.revertOf.isEmpty())
        json.insert(u"revertOf"_s, row.revertOf);
    return json;
}

} // namespace hubkeeper
