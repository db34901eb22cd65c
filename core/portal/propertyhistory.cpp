// SPDX-License-Identifier: MIT
#include "portal/propertyhistory.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"
#include "portal/requests.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto userPrefix = "userId:"_L1;

PastValue pastValueFrom(const QJsonObject &json)
{
    PastValue past;
    past.value = textOf(json.value("value"_L1));
    past.at = instantOf(json.value("timestamp"_L1));
    past.sourceType = textOf(json.value("sourceType"_L1));
    past.sourceId = textOf(json.value("sourceId"_L1));
    past.sourceLabel = textOf(json.value("sourceLabel"_L1));
    past.userId = textOf(json.value("updatedByUserId"_L1));
    if (past.userId.isEmpty() && past.sourceId.startsWith(userPrefix))
        past.userId = past.sourceId.mid(userPrefix.size());
    return past;
}

/// Newest first, whatever the reply's order.
QList<PastValue> pastValuesFrom(const QJsonArray &entries)
{
    QList<PastValue> values;
    for (const QJsonValue &entry : entries) {
        if (PastValue past = pastValueFrom(entry.toObject()); past.at.isValid())
            values.append(std::move(past));
    }
    std::stable_sort(
        values.begin(), values.end(),
        [](const PastValue &one, const PastValue &other) { return one.at > other.at; });
    return values;
}

} // namespace

HttpRequest historyRequest(const ApiPaths &paths, ObjectType type, const QStringList &ids,
                           const QStringList &properties)
{
    QJsonArray inputs;
    for (const QString &id : ids)
        inputs.append(QJsonObject {{u"id"_s, id}});
    const QStringList shown = properties + QStringList {mergedIdsProperty};
    return jsonRequest(
        Verb::Post, paths.records(type) + u"/batch/read"_s,
        QJsonObject {{u"inputs"_s, inputs},
                     {u"properties"_s, QJsonArray::fromStringList(shown)},
                     {u"propertiesWithHistory"_s, QJsonArray::fromStringList(properties)}});
}

Result<HistoryBatch> parseHistories(const QByteArray &json, const QStringList &ids)
{
    auto read = parseBatchRead(json, ids);
    if (!read)
        return tl::unexpected(read.error());
    const auto reply = objectFrom(json, PortalText::tr("a batch"));
    if (!reply)
        return tl::unexpected(reply.error());
    QHash<QString, QJsonObject> byId;
    const QJsonArray results = reply->value("results"_L1).toArray();
    for (const QJsonValue &result : results)
        byId.insert(textOf(result["id"_L1]), result["propertiesWithHistory"_L1].toObject());
    HistoryBatch batch;
    batch.missing = read->missing;
    batch.survivors = read->survivors;
    for (Record &record : read->records) {
        RecordHistory history;
        const QJsonObject properties = byId.value(record.id);
        for (auto one = properties.begin(); one != properties.end(); ++one)
            history.values.insert(one.key(), pastValuesFrom(one.value().toArray()));
        history.record = std::move(record);
        batch.records.append(std::move(history));
    }
    return batch;
}

Call<HistoryBatch> *readHistories(PortalReader &portal, ObjectType type, QStringList ids,
                                  QStringList properties, QObject *parent)
{
    ids.removeDuplicates();
    properties.removeDuplicates();
    if (ids.isEmpty() || ids.size() > mostHistoryInputs)
        return new ReadyCall<HistoryBatch>(
            fail(ErrorKind::InvalidInput,
                 PortalText::tr("HubSpot reads the history of 1 to %1 records at a time.")
                     .arg(mostHistoryInputs)),
            parent);
    return portal.client().fetchAs<HistoryBatch>(
        historyRequest(ApiPaths(portal.version()), type, ids, properties),
        [ids](const QByteArray &json) { return parseHistories(json, ids); }, parent);
}

ValueThen valueAt(const RecordHistory &history, ObjectType type, const QString &property,
                  const QDateTime &moment)
{
    const QList<PastValue> values = history.values.value(property);
    const auto then = std::find_if(values.cbegin(), values.cend(),
                                   [&](const PastValue &past) { return past.at <= moment; });
    if (then != values.cend())
        return {ValueThen::Known, then->value};
    if (history.record.createdAt.isValid() && history.record.createdAt > moment)
        return {ValueThen::NotThere, {}};
    if (values.isEmpty() && !history.record.text(property).isEmpty())
        return {ValueThen::NoHistory, {}};
    if (values.size() >= keptValues(type))
        return {ValueThen::NotKept, {}};
    return {ValueThen::Known, {}};
}

QString shownSource(const PastValue &value)
{
    const QString &type = value.sourceType;
    if (type == "CRM_UI"_L1 || type == "CRM_UI_BULK_ACTION"_L1)
        return PortalText::tr("in HubSpot");
    if (type == "INTEGRATION"_L1 || type == "API"_L1)
        return PortalText::tr("by an app");
    if (type == "IMPORT"_L1)
        return PortalText::tr("by an import");
    if (type == "FORM"_L1)
        return PortalText::tr("by a form");
    if (type == "AUTOMATION_PLATFORM"_L1 || type == "WORKFLOWS"_L1)
        return PortalText::tr("by a workflow");
    if (type == "CALCULATED"_L1)
        return PortalText::tr("calculated");
    if (type.startsWith("MERGE_"_L1))
        return PortalText::tr("by a merge");
    return type;
}

} // namespace hubkeeper
