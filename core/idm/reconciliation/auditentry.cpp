// SPDX-License-Identifier: MIT
#include "idm/reconciliation/auditentry.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// "901, 902" of the audit, or a list.
QStringList idsFrom(const QJsonValue &value)
{
    QStringList ids;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &id : list)
        ids.append(id.toString());
    const QStringList written = value.toString().split(u',', Qt::SkipEmptyParts);
    for (const QString &id : written)
        ids.append(id.trimmed());
    return ids;
}

/// The sentence inside of the server's, which repeats it as its own root cause.
QString messageFrom(const QJsonObject &json)
{
    const QString inner = json["messageDetail"_L1]["message"_L1].toString();
    if (!inner.isEmpty())
        return inner;
    const QString message = json["message"_L1].toString();
    return message.isEmpty() ? json["exception"_L1].toString() : message;
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QString sideOf(const AuditEntry &entry)
{
    return entry.ofTargetPhase ? u"target"_s : u"source"_s;
}

} // namespace

bool AuditEntry::isFailed() const
{
    return status != "SUCCESS"_L1 || action == "EXCEPTION"_L1;
}

AuditEntry auditEntryFrom(const QJsonObject &json)
{
    AuditEntry entry;
    const QString side = json["reconciling"_L1].toString(json["phase"_L1].toString());
    entry.ofTargetPhase = side.compare("target"_L1, Qt::CaseInsensitive) == 0;
    entry.sourceId = json["sourceObjectId"_L1].toString();
    entry.targetId = json["targetObjectId"_L1].toString();
    entry.ambiguousTargetIds = idsFrom(json["ambiguousTargetObjectIds"_L1]);
    entry.linkQualifier = json["linkQualifier"_L1].toString();
    entry.situation = json["situation"_L1].toString();
    entry.action = json["action"_L1].toString();
    entry.status = json["status"_L1].toString();
    entry.timestamp = json["timestamp"_L1].toString();
    entry.message = messageFrom(json);
    return entry;
}

QJsonObject auditEntryJson(const AuditEntry &entry)
{
    return {{u"reconciling"_s, sideOf(entry)},
            {u"sourceObjectId"_s, orNull(entry.sourceId)},
            {u"targetObjectId"_s, orNull(entry.targetId)},
            {u"ambiguousTargetObjectIds"_s, QJsonArray::fromStringList(entry.ambiguousTargetIds)},
            {u"linkQualifier"_s, entry.linkQualifier},
            {u"situation"_s, orNull(entry.situation)},
            {u"action"_s, orNull(entry.action)},
            {u"status"_s, entry.status},
            {u"failed"_s, entry.isFailed()},
            {u"message"_s, entry.message},
            {u"timestamp"_s, entry.timestamp}};
}

QStringList auditEntryColumns()
{
    return {u"reconciling"_s,    u"situation"_s,     u"action"_s,
            u"status"_s,         u"failed"_s,        u"sourceObjectId"_s,
            u"targetObjectId"_s, u"linkQualifier"_s, u"ambiguousTargetObjectIds"_s,
            u"message"_s,        u"timestamp"_s};
}

QStringList auditEntryCells(const AuditEntry &entry)
{
    return {sideOf(entry),
            entry.situation,
            entry.action,
            entry.status,
            entry.isFailed() ? u"true"_s : u"false"_s,
            entry.sourceId,
            entry.targetId,
            entry.linkQualifier,
            entry.ambiguousTargetIds.join(u", "_s),
            entry.message,
            entry.timestamp};
}

} // namespace hubkeeper
