// SPDX-License-Identifier: MIT
#include "store/snapshot/snapshotlayout.h"

#include "base/database.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto snapshotTables = R"(
PRAGMA page_size = 16384;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE schemas (type TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL,
                      place INTEGER NOT NULL, json TEXT NOT NULL,
                      PRIMARY KEY (type, what, place)) WITHOUT ROWID;
CREATE TABLE contacts (id INTEGER PRIMARY KEY, created INTEGER NOT NULL, updated INTEGER NOT NULL,
                       archived INTEGER NOT NULL, cells BLOB NOT NULL);
CREATE TABLE companies (id INTEGER PRIMARY KEY, created INTEGER NOT NULL, updated INTEGER NOT NULL,
                        archived INTEGER NOT NULL, cells BLOB NOT NULL);
CREATE TABLE links (pair INTEGER NOT NULL, id INTEGER NOT NULL, links BLOB NOT NULL,
                    PRIMARY KEY (pair, id)) WITHOUT ROWID;
)";

QString textOfTime(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeFromText(const QJsonValue &text)
{
    return QDateTime::fromString(text.toString(), Qt::ISODateWithMs).toUTC();
}

QStringList textsFrom(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &one : array.toArray())
        texts.append(one.toString());
    return texts;
}

QJsonObject partJson(const SnapshotPart &part)
{
    return {{u"type"_s, nameOf(part.type)},
            {u"properties"_s, QJsonArray::fromStringList(part.properties)},
            {u"begun"_s, textOfTime(part.begun)},
            {u"ended"_s, textOfTime(part.ended)},
            {u"linksRead"_s, textOfTime(part.linksRead)},
            {u"records"_s, part.records}};
}

SnapshotPart partFrom(const QJsonObject &json)
{
    SnapshotPart part;
    part.type = json["type"_L1].toString() == nameOf(ObjectType::Companies) ? ObjectType::Companies
                                                                            : ObjectType::Contacts;
    part.properties = textsFrom(json["properties"_L1]);
    part.begun = timeFromText(json["begun"_L1]);
    part.ended = timeFromText(json["ended"_L1]);
    part.linksRead = timeFromText(json["linksRead"_L1]);
    part.records = json["records"_L1].toInteger(-1);
    return part;
}

/// One column after the other, each with its size, so that nothing can move between them.
void addRowTo(QCryptographicHash &hash, SQLite::Statement &row)
{
    for (int i = 0; i < row.getColumnCount(); ++i) {
        const SQLite::Column column = row.getColumn(i);
        qint64 head = column.isInteger() ? column.getInt64() : column.getBytes();
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(&head), sizeof head));
        if (!column.isInteger())
            hash.addData(
                QByteArrayView(static_cast<const char *>(column.getBlob()), column.getBytes()));
    }
}

} // namespace

QString nameOf(SnapshotState state)
{
    switch (state) {
    case SnapshotState::Unfinished:
        return u"unfinished"_s;
    case SnapshotState::Complete:
        return u"complete"_s;
    case SnapshotState::Partial:
        break;
    }
    return u"partial"_s;
}

const SnapshotPart *SnapshotInfo::part(ObjectType type) const
{
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [type](const SnapshotPart &part) { return part.type == type; });
    return found == parts.end() ? nullptr : &*found;
}

QString SnapshotInfo::portalText() const
{
    return portalName.isEmpty() ? QString::number(portalId)
                                : u"%1 (%2)"_s.arg(portalName).arg(portalId);
}

void makeSnapshotTables(SQLite::Database &database)
{
    database.exec(snapshotTables);
    database.exec("PRAGMA application_id = " + std::to_string(snapshotApplication));
    database.exec("PRAGMA user_version = " + std::to_string(snapshotVersion));
}

QByteArray snapshotInfoJson(const SnapshotInfo &info)
{
    QJsonArray parts;
    for (const SnapshotPart &part : info.parts)
        parts.append(partJson(part));
    const QJsonObject json {{u"portal"_s, QString::number(info.portalId)},
                            {u"portalName"_s, info.portalName},
                            {u"connection"_s, info.connection},
                            {u"connectionId"_s, info.connectionId},
                            {u"apiVersion"_s, info.apiVersion},
                            {u"program"_s, info.program},
                            {u"begun"_s, textOfTime(info.begun)},
                            {u"ended"_s, textOfTime(info.ended)},
                            {u"basedOn"_s, textOfTime(info.basedOn)},
                            {u"condition"_s, info.condition},
                            {u"state"_s, nameOf(info.state)},
                            {u"gaps"_s, QJsonArray::fromStringList(info.gaps)},
                            {u"notes"_s, QJsonArray::fromStringList(info.notes)},
                            {u"parts"_s, parts}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

SnapshotInfo snapshotInfoFrom(const QByteArray &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    SnapshotInfo info;
    info.portalId = json["portal"_L1].toString().toLongLong();
    info.portalName = json["portalName"_L1].toString();
    info.connection = json["connection"_L1].toString();
    info.connectionId = json["connectionId"_L1].toString();
    info.apiVersion = json["apiVersion"_L1].toString();
    info.program = json["program"_L1].toString();
    info.begun = timeFromText(json["begun"_L1]);
    info.ended = timeFromText(json["ended"_L1]);
    info.basedOn = timeFromText(json["basedOn"_L1]);
    info.condition = json["condition"_L1].toString();
    const QString state = json["state"_L1].toString();
    info.state = state == "complete"_L1 ? SnapshotState::Complete
        : state == "partial"_L1         ? SnapshotState::Partial
                                        : SnapshotState::Unfinished;
    info.gaps = textsFrom(json["gaps"_L1]);
    info.notes = textsFrom(json["notes"_L1]);
    for (const QJsonValue &part : json["parts"_L1].toArray())
        info.parts.append(partFrom(part.toObject()));
    return info;
}

QByteArray ownersJson(const QList<Owner> &owners)
{
    QJsonArray list;
    for (const Owner &owner : owners)
        list.append(QJsonObject {{u"id"_s, owner.id},
                                 {u"email"_s, owner.email},
                                 {u"firstName"_s, owner.firstName},
                                 {u"lastName"_s, owner.lastName},
                                 {u"type"_s, owner.type},
                                 {u"userId"_s, owner.userId},
                                 {u"createdAt"_s, textOfTime(owner.createdAt)},
                                 {u"updatedAt"_s, textOfTime(owner.updatedAt)},
                                 {u"archived"_s, owner.archived}});
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QList<Owner> ownersFrom(const QByteArray &text)
{
    QList<Owner> owners;
    const QJsonArray list = QJsonDocument::fromJson(text).array();
    for (const QJsonValue &one : list) {
        Owner owner;
        owner.id = one["id"_L1].toString();
        owner.email = one["email"_L1].toString();
        owner.firstName = one["firstName"_L1].toString();
        owner.lastName = one["lastName"_L1].toString();
        owner.type = one["type"_L1].toString();
        owner.userId = one["userId"_L1].toString();
        owner.createdAt = timeFromText(one["createdAt"_L1]);
        owner.updatedAt = timeFromText(one["updatedAt"_L1]);
        owner.archived = one["archived"_L1].toBool();
        owners.append(std::move(owner));
    }
    return owners;
}

QByteArray linkBytes(const QList<Association> &links)
{
    QByteArray bytes;
    for (const Association &link : links) {
        bytes += link.toId.toUtf8();
        for (const AssociationKind &kind : link.kinds)
            bytes += ' ' + kind.category.toUtf8() + ' ' + QByteArray::number(kind.typeId);
        bytes += '\n';
    }
    return bytes;
}

QList<Association> linksFrom(QByteArrayView bytes)
{
    QList<Association> links;
    for (const QByteArray &line : bytes.toByteArray().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.first().isEmpty())
            continue;
        Association link;
        link.toId = QString::fromUtf8(words.first());
        for (qsizetype i = 1; i + 1 < words.size(); i += 2)
            link.kinds.append({QString::fromUtf8(words[i]), words[i + 1].toInt(), QString()});
        links.append(std::move(link));
    }
    return links;
}

int pairNumber(SnapshotPair pair)
{
    return int(std::find(snapshotPairs.begin(), snapshotPairs.end(), pair) - snapshotPairs.begin());
}

PackedRecord packedRecordFrom(SQLite::Statement &statement)
{
    PackedRecord record;
    record.id = statement.getColumn(0).getInt64();
    record.created = statement.getColumn(1).getInt64();
    record.updated = statement.getColumn(2).getInt64();
    record.archived = statement.getColumn(3).getInt() != 0;
    const SQLite::Column cells = statement.getColumn(4);
    record.cells = QByteArray(static_cast<const char *>(cells.getBlob()), cells.getBytes());
    return record;
}

QByteArray snapshotDigest(SQLite::Database &database, const std::stop_token &stop)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    for (const char *rows :
         {"SELECT name, value FROM about WHERE name <> 'seal' ORDER BY name",
          "SELECT type, what, place, name, json FROM schemas ORDER BY type, what, place",
          "SELECT id, created, updated, archived, cells FROM contacts ORDER BY id",
          "SELECT id, created, updated, archived, cells FROM companies ORDER BY id",
          "SELECT pair, id, links FROM links ORDER BY pair, id"}) {
        hash.addData(QByteArrayView(rows));
        SQLite::Statement statement(database, rows);
        for (qint64 row = 0; statement.executeStep(); ++row) {
            addRowTo(hash, statement);
            if (row % 4096 == 0 && stop.stop_requested())
                return {};
        }
    }
    return hash.result().toHex();
}

} // namespace hubkeeper
