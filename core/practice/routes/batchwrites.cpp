// SPDX-License-Identifier: MIT
#include "practice/routes/batch.h"
#include "practice/routes/recordwrites.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// True when every input names itself, each differently: then a bad row stays alone
/// (hubspot-api 5).
bool allTraced(const QJsonArray &inputs)
{
    QSet<QString> seen;
    for (const QJsonValue &input : inputs) {
        const QString id = input.toObject().value("objectWriteTraceId"_L1).toString();
        if (id.isEmpty() || seen.contains(id))
            return false;
        seen.insert(id);
    }
    return true;
}

/// The refusal of one input as an entry of errors[].
QJsonObject errorEntry(const Reply &reply, const QJsonObject &input)
{
    QJsonObject entry = reply.json.value_or(QJsonObject());
    QJsonObject context = entry.value("context"_L1).toObject();
    const QString trace = input.value("objectWriteTraceId"_L1).toString();
    if (!trace.isEmpty())
        context.insert(u"objectWriteTraceId"_s, QJsonArray {trace});
    if (const QJsonValue id = input.value("id"_L1); !id.isUndefined())
        context.insert(u"ids"_s, QJsonArray {id.toVariant().toString()});
    const QString existing =
        entry.value("message"_L1).toString().section(u"Existing ID: "_s, 1).trimmed();
    if (!existing.isEmpty())
        context.insert(u"existingId"_s, QJsonArray {existing});
    entry.insert(u"context"_s, context);
    return entry;
}

/// A batch without trace ids says that a contact is there, not which.
Reply withoutId(Reply reply)
{
    const QString known = u"Contact already exists"_s;
    if (reply.json && reply.json->value("message"_L1).toString().startsWith(known))
        reply.json->insert(u"message"_s, known);
    return reply;
}

QJsonObject withTrace(QJsonObject json, const QJsonObject &input)
{
    const QJsonValue trace = input.value("objectWriteTraceId"_L1);
    if (trace.isString())
        json.insert(u"objectWriteTraceId"_s, trace);
    return json;
}

/// The outcome of checking one input.
using Prepare = std::function<Outcome<PreparedWrite>(const QJsonObject &, TakenKeys *)>;

/// Checks all inputs, then stores: all of them, or with trace ids those that are good.
Reply runBatch(PortalState &state, const QJsonArray &inputs, bool partial, bool tellsNew,
               int success, const Prepare &prepare)
{
    TakenKeys taken;
    QJsonArray errors;
    QList<std::pair<QJsonObject, PreparedWrite>> writes;
    for (const QJsonValue &value : inputs) {
        const QJsonObject input = value.toObject();
        auto write = prepare(input, &taken);
        if (write)
            writes.emplaceBack(input, std::move(*write));
        else if (partial)
            errors.append(errorEntry(write.error(), input));
        else
            return withoutId(write.error());
    }
    QJsonArray results;
    for (const auto &[input, write] : writes) {
        const Record stored = commit(state, write);
        QJsonObject json = withTrace(writtenJson(state, write, stored), input);
        if (tellsNew)
            json.insert(u"new"_s, write.isNew);
        results.append(json);
    }
    return batchReply(state, results, errors, success);
}

} // namespace

Reply batchCreate(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto inputs = recordInputs(state, call);
    if (!inputs)
        return inputs.error();
    return runBatch(state, *inputs, allTraced(*inputs), false, 201,
                    [&](const QJsonObject &input, TakenKeys *taken) {
                        return prepareCreate(state, call, *type, input, taken);
                    });
}

Reply batchUpdate(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto inputs = recordInputs(state, call);
    if (!inputs)
        return inputs.error();
    if (auto unique = uniqueIds(*inputs); !unique)
        return unique.error();
    // Ids that are not there never stop the others; they come grouped (hubspot-api 5).
    QJsonArray found;
    QStringList missing;
    for (const QJsonValue &value : *inputs) {
        const QString key = value.toObject().value("id"_L1).toVariant().toString();
        const auto id =
            locate(state, *type, key, value.toObject().value("idProperty"_L1).toString());
        const bool isMerged = id && QString::number(*id) != key
            && value.toObject().value("idProperty"_L1).toString().isEmpty();
        if (isMerged && state.options.switches.mergedDroppedInBatch)
            continue;
        if (id && state.store(*type).isLive(*id))
            found.append(value);
        else
            missing.append(key);
    }
    Reply reply =
        runBatch(state, found, allTraced(*inputs), false, 200,
                 [&](const QJsonObject &input, TakenKeys *taken) -> Outcome<PreparedWrite> {
                     const auto id =
                         locate(state, *type, input.value("id"_L1).toVariant().toString(),
                                input.value("idProperty"_L1).toString());
                     return prepareUpdate(state, call, *type, *id,
                                          input.value("properties"_L1).toObject(), taken);
                 });
    if (missing.isEmpty() || reply.isError())
        return reply;
    QJsonArray errors = reply.json->value("errors"_L1).toArray();
    errors.append(missingIds(*type, missing));
    reply.json->insert(u"errors"_s, errors);
    reply.json->insert(u"numErrors"_s, errors.size());
    reply.status = 207;
    return reply;
}

Reply batchUpsert(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto inputs = recordInputs(state, call);
    if (!inputs)
        return inputs.error();
    bool byEmail = false;
    QSet<QString> seen;
    for (const QJsonValue &value : *inputs) {
        const QString property = value.toObject().value("idProperty"_L1).toString();
        if (!isKey(state, *type, property))
            return invalid(u"Unable to perform update/upsert by non-unique %1 property %2"_s.arg(
                QString(namesOf(*type).typeId), property));
        byEmail = byEmail || property == "email"_L1;
        const QString id = value.toObject().value("id"_L1).toVariant().toString().toLower();
        if (id.isEmpty() || seen.contains(id))
            return duplicateIds(id);
        seen.insert(id);
    }
    return runBatch(
        state, *inputs,
        allTraced(*inputs) && (!byEmail || state.options.switches.emailUpsertPartial), true, 200,
        [&](const QJsonObject &input, TakenKeys *taken) -> Outcome<PreparedWrite> {
            const QString property = input.value("idProperty"_L1).toString();
            const QString key = input.value("id"_L1).toVariant().toString();
            QJsonObject properties = input.value("properties"_L1).toObject();
            if (const auto id = state.store(*type).withUnique(property, key, true))
                return prepareUpdate(state, call, *type, *id, properties, taken);
            if (!properties.contains(property))
                properties.insert(property, key);
            return prepareCreate(state, call, *type, {{u"properties"_s, properties}}, taken);
        });
}

} // namespace hubkeeper::practice
