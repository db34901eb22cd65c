// SPDX-License-Identifier: MIT
#include "journal/journalrow.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonObject bodyOf(const CellChanges &cells)
{
    QJsonObject body;
    for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
        body.insert(cell.key(),
                    QJsonObject {{u"before"_s, cell->before}, {u"after"_s, cell->after}});
    }
    return body;
}

WrittenThing thingIn(const QJsonObject &body)
{
    const QString word = body["thing"_L1].toString();
    for (const WrittenThing thing : {WrittenThing::Link, WrittenThing::Reconciliation,
                                     WrittenThing::Association, WrittenThing::Merge}) {
        if (word == nameOf(thing))
            return thing;
    }
    return body["definition"_L1].toBool()   ? WrittenThing::Definition
        : body["configuration"_L1].toBool() ? WrittenThing::Configuration
                                            : WrittenThing::Record;
}

} // namespace

QString nameOf(WrittenThing thing)
{
    switch (thing) {
    case WrittenThing::Record:
        return u"record"_s;
    case WrittenThing::Definition:
        return u"definition"_s;
    case WrittenThing::Configuration:
        return u"configuration"_s;
    case WrittenThing::Link:
        return u"link"_s;
    case WrittenThing::Reconciliation:
        return u"reconciliation"_s;
    case WrittenThing::Association:
        return u"association"_s;
    case WrittenThing::Merge:
        return u"merge"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(RunState state)
{
    switch (state) {
    case RunState::Ended:
        return u"ended"_s;
    case RunState::Stopped:
        return u"stopped"_s;
    case RunState::UnderWay:
        return u"underWay"_s;
    case RunState::Interrupted:
        return u"interrupted"_s;
    case RunState::Open:
        return u"open"_s;
    }
    Q_UNREACHABLE();
}

RunState JournalRun::state() const
{
    if (hasEnded())
        return waiting() > 0 ? RunState::Stopped : RunState::Ended;
    const auto there = isThere(process);
    if (!there)
        return RunState::Open;
    return *there ? RunState::UnderWay : RunState::Interrupted;
}

bool JournalRow::wroteNothing() const
{
    return outcome == outcome::failed || outcome == outcome::conflict
        || outcome == outcome::skipped;
}

bool JournalRow::isApplied() const
{
    return outcome == outcome::applied;
}

QJsonObject bodyOf(const JournalRow &row)
{
    QJsonObject body {{u"type"_s, row.type},
                      {u"kind"_s, nameOf(row.kind)},
                      {u"id"_s, row.recordId},
                      {u"label"_s, row.label},
                      {u"cells"_s, bodyOf(row.cells)}};
    if (row.isDefinition())
        body.insert(u"definition"_s, true);
    if (row.thing == WrittenThing::Configuration)
        body.insert(u"configuration"_s, true);
    if (row.thing == WrittenThing::Link || row.thing == WrittenThing::Reconciliation
        || row.isAssociation() || row.isMerge())
        body.insert(u"thing"_s, nameOf(row.thing));
    if (!row.details.isEmpty())
        body.insert(u"details"_s, row.details);
    if (!row.rebuilds.isEmpty())
        body.insert(u"rebuilds"_s, row.rebuilds);
    if (row.isAssociation() || row.isMerge())
        body.insert(u"to"_s, QJsonObject {{u"type"_s, row.toType}, {u"id"_s, row.toId}});
    if (row.writtenAt.isValid())
        body.insert(u"writtenAt"_s, row.writtenAt.toUTC().toString(Qt::ISODateWithMs));
    if (!row.revertOf.isEmpty())
        body.insert(u"revertOf"_s, row.revertOf);
    if (!row.message.isEmpty())
        body.insert(u"message"_s, row.message);
    return body;
}

JournalRow rowFrom(const QJsonObject &body)
{
    JournalRow row;
    row.type = body["type"_L1].toString();
    row.kind = changeKindFrom(body["kind"_L1].toString()).value_or(ChangeKind::Update);
    row.thing = thingIn(body);
    row.recordId = body["id"_L1].toString();
    row.toType = body["to"_L1]["type"_L1].toString();
    row.toId = body["to"_L1]["id"_L1].toString();
    row.details = body["details"_L1].toObject();
    row.rebuilds = body["rebuilds"_L1].toString();
    row.label = body["label"_L1].toString();
    row.writtenAt = QDateTime::fromString(body["writtenAt"_L1].toString(), Qt::ISODateWithMs);
    row.revertOf = body["revertOf"_L1].toString();
    row.message = body["message"_L1].toString();
    const QJsonObject cells = body["cells"_L1].toObject();
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        const QJsonObject texts = cell.value().toObject();
        row.cells.insert(cell.key(), {texts["before"_L1].toString(), texts["after"_L1].toString()});
    }
    return row;
}

} // namespace hubkeeper
