// SPDX-License-Identifier: MIT
#include "practice/routes/batch.h"
#include "practice/routes/recordjson.h"
#include "practice/routes/recordwrites.h"
#include "practice/routes/routes.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

Outcome<QJsonArray> batchInputs(const ApiCall &call, int most, const QString &tooMany)
{
    const QJsonValue inputs = call.body().value("inputs"_L1);
    if (!inputs.isArray())
        return refuse(invalid(u"Some required fields were not set: [inputs]"_s));
    const QJsonArray list = inputs.toArray();
    if (list.size() > most)
        return refuse(invalid(tooMany));
    for (const QJsonValue &input : list) {
        if (!input.isObject())
            return refuse(invalid(u"Invalid input JSON: every input must be an object"_s));
    }
    return list;
}

Outcome<QJsonArray> recordInputs(const PortalState &state, const ApiCall &call)
{
    const int most = state.options.bounds.batchInputs;
    return batchInputs(call, most,
                       u"The maximum number of inputs supported in a batch is %1. Please reduce "
                       "the number of items and try again"_s.arg(most));
}

Reply duplicateIds(const QString &id)
{
    return invalid(u"Duplicate IDs found in batch input: [%1]. IDs must be unique"_s.arg(id),
                   {{u"context"_s, QJsonObject {{u"ids"_s, QJsonArray {id}}}}});
}

Outcome<void> uniqueIds(const QJsonArray &inputs)
{
    QSet<QString> seen;
    for (const QJsonValue &input : inputs) {
        const QString id = input.toObject().value("id"_L1).toVariant().toString();
        if (id.isEmpty())
            return refuse(invalid(u"Some required fields were not set: [id]"_s));
        if (seen.contains(id))
            return refuse(duplicateIds(id));
        seen.insert(id);
    }
    return {};
}

Reply batchReply(PortalState &state, QJsonArray results, const QJsonArray &errors, int success)
{
    if (state.options.switches.shuffledResults) {
        // Any order will do that is not the one of the inputs, and always the same.
        QJsonArray other;
        for (qsizetype i = 1; i < results.size(); i += 2)
            other.prepend(results.at(i));
        for (qsizetype i = 0; i < results.size(); i += 2)
            other.append(results.at(i));
        results = other;
    }
    QJsonObject json {{u"status"_s, u"COMPLETE"_s},
                      {u"results"_s, results},
                      {u"startedAt"_s, isoText(state.now())},
                      {u"completedAt"_s, isoText(state.now())}};
    if (!errors.isEmpty()) {
        json.insert(u"numErrors"_s, errors.size());
        json.insert(u"errors"_s, errors);
    }
    return jsonReply(json, errors.isEmpty() ? success : 207);
}

QJsonObject missingIds(ObjectType type, const QStringList &ids)
{
    return {{u"status"_s, u"error"_s},
            {u"category"_s, u"OBJECT_NOT_FOUND"_s},
            {u"message"_s,
             u"Could not get some %1 objects, they may be deleted or not exist. Check that ids "
             "are valid."_s.arg(namesOf(type).upper)},
            {u"context"_s, QJsonObject {{u"ids"_s, texts(ids)}}}};
}

namespace {

QStringList textList(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &entry : value.toArray())
        list.append(entry.toString());
    return list;
}

} // namespace

Reply batchRead(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const QStringList histories = textList(call.body().value("propertiesWithHistory"_L1));
    const int most = state.options.bounds.batchInputsWithHistory;
    const auto inputs = histories.isEmpty()
        ? recordInputs(state, call)
        : batchInputs(call, most,
                      u"The maximum number of inputs supported in a batch request for property "
                      "histories is %1"_s.arg(most));
    if (!inputs)
        return inputs.error();
    if (auto unique = uniqueIds(*inputs); !unique)
        return unique.error();
    const QString idProperty = call.body().value("idProperty"_L1).toString();
    if (!idProperty.isEmpty() && idProperty != "hs_object_id"_L1
        && !isKey(state, *type, idProperty))
        return locate(state, *type, {}, idProperty).error();

    const RecordShape shape =
        shapeFor(state, *type, textList(call.body().value("properties"_L1)), histories);
    QJsonArray results;
    QStringList missing;
    for (const QJsonValue &input : *inputs) {
        const QString key = input.toObject().value("id"_L1).toVariant().toString();
        const auto id = locate(state, *type, key, idProperty);
        const auto record = id ? state.store(*type).find(*id) : std::nullopt;
        if (record && record->archivedAt.has_value() == call.flag("archived"_L1))
            results.append(recordJson(state, shape, *record));
        else
            missing.append(key);
    }
    QJsonArray errors;
    if (!missing.isEmpty())
        errors.append(missingIds(*type, missing));
    return batchReply(state, results, errors, 200);
}

Reply batchArchive(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto inputs = recordInputs(state, call);
    if (!inputs)
        return inputs.error();
    for (const QJsonValue &input : *inputs) {
        const QString key = input.toObject().value("id"_L1).toVariant().toString();
        if (const auto id = locate(state, *type, key, {}))
            archive(state, *type, *id); // Ids already gone are no error (hubspot-api 5).
    }
    return emptyReply(204);
}

} // namespace hubkeeper::practice
