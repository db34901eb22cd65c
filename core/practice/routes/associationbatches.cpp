// SPDX-License-Identifier: MIT
#include "practice/routes/associationpair.h"
#include "practice/routes/batch.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qsizetype pageOfLinks = 500;

/// One record's links from its cursor on.
QJsonObject pageOf(const PortalState &state, const AssociationBatch &batch, qint64 id, qint64 after)
{
    QJsonArray to;
    QJsonObject json {{u"from"_s, QJsonObject {{u"id"_s, QString::number(id)}}}};
    for (const Link &link : state.associations.links(batch.from, id, batch.to)) {
        if (link.to < after)
            continue;
        if (to.size() >= pageOfLinks) {
            const QString next = QString::number(link.to);
            json.insert(u"paging"_s, QJsonObject {{u"next"_s, QJsonObject {{u"after"_s, next}}}});
            break;
        }
        to.append(linkJson(state, batch.from, batch.to, link));
    }
    json.insert(u"to"_s, to);
    return json;
}

/// The success of a removal differs between versions (hubspot-api 2.3).
Reply removedReply(PortalState &state, const ApiCall &call)
{
    return call.isDated() ? batchReply(state, {}, {}, 200) : emptyReply(204);
}

} // namespace

Reply batchReadAssociations(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationReads, false);
    if (!batch)
        return batch.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const qint64 id =
            state.store(batch->from).resolved(input.value("id"_L1).toVariant().toLongLong());
        const QJsonObject page =
            pageOf(state, *batch, id, input.value("after"_L1).toVariant().toLongLong());
        if (!page.value("to"_L1).toArray().isEmpty())
            results.append(page);
        else if (state.options.switches.missingListed)
            errors.append(noAssociations(*batch, id));
    }
    return batchReply(state, results, errors, 200);
}

Reply batchAssociate(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationCreates, true);
    if (!batch)
        return batch.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const AssociationPair pair = pairIn(state, *batch, input);
        const auto typeIds =
            readTypes(state, batch->from, batch->to, input.value("types"_L1).toArray());
        if (!typeIds)
            return typeIds.error();
        if (const auto fault = faultOf(state, pair, input)) {
            errors.append(*fault);
            continue;
        }
        state.associations.add(pair.from, pair.fromId, pair.to, pair.toId, *typeIds,
                               state.options.switches.firstCompanyPrimary);
        results.append(
            QJsonObject {{u"fromObjectTypeId"_s, QString(namesOf(pair.from).typeId)},
                         {u"fromObjectId"_s, pair.fromId},
                         {u"toObjectTypeId"_s, QString(namesOf(pair.to).typeId)},
                         {u"toObjectId"_s, pair.toId},
                         {u"labels"_s, labelTexts(state, pair.from, pair.to, *typeIds)}});
    }
    return batchReply(state, results, errors, 201);
}

Reply batchAssociateDefault(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationCreates, true);
    if (!batch)
        return batch.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const AssociationPair pair = pairIn(state, *batch, input);
        if (const auto fault = faultOf(state, pair, input)) {
            errors.append(*fault);
            continue;
        }
        state.associations.add(pair.from, pair.fromId, pair.to, pair.toId, {},
                               state.options.switches.firstCompanyPrimary);
        for (const QJsonValue &row : defaultResults(state, pair))
            results.append(row);
    }
    return batchReply(state, results, errors, 200);
}

Reply batchRemoveAssociations(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationRemovals, true);
    if (!batch)
        return batch.error();
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const qint64 from = pairIn(state, *batch, input).fromId;
        for (const QJsonValue &to : input.value("to"_L1).toArray()) {
            const qint64 toId = to.toObject().value("id"_L1).toVariant().toLongLong();
            state.associations.remove(batch->from, from, batch->to,
                                      state.store(batch->to).resolved(toId));
        }
    }
    return removedReply(state, call);
}

Reply batchRemoveLabels(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationRemovals, true);
    if (!batch)
        return batch.error();
    for (const QJsonValue &value : batch->inputs) {
        const AssociationPair pair = pairIn(state, *batch, value.toObject());
        const auto typeIds =
            readTypes(state, pair.from, pair.to, value.toObject().value("types"_L1).toArray());
        if (!typeIds)
            return typeIds.error();
        state.associations.removeTypes(pair.from, pair.fromId, pair.to, pair.toId, *typeIds);
    }
    return removedReply(state, call);
}

Reply listLabels(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call, 0);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    QJsonArray results;
    for (const LabelType &label : state.associations.labels(*from, *to)) {
        results.append(QJsonObject {
            {u"category"_s, label.category},
            {u"typeId"_s, label.typeId},
            {u"label"_s, label.label.isEmpty() ? QJsonValue() : QJsonValue(label.label)}});
    }
    return jsonReply({{u"results"_s, results}});
}

Reply createLabel(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call, 0);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    const QString label = call.body().value("label"_L1).toString();
    const QString name = call.body().value("name"_L1).toString();
    if (label.isEmpty() || name.isEmpty())
        return invalid(u"Some required fields were not set: [label, name]"_s);
    for (const LabelType &known : state.associations.labels(*from, *to)) {
        if (internalName(known) == name)
            return errorReply(409, u"OBJECT_ALREADY_EXISTS"_s,
                              u"An association label named '%1' already exists."_s.arg(name));
    }
    QJsonArray results;
    for (const LabelType &made : state.associations.addLabel(
             *from, *to, name, label, call.body().value("inverseLabel"_L1).toString())) {
        results.append(QJsonObject {
            {u"category"_s, made.category}, {u"typeId"_s, made.typeId}, {u"label"_s, made.label}});
    }
    return jsonReply({{u"results"_s, results}});
}

Reply renameLabel(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call, 0);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    const QString label = call.body().value("label"_L1).toString();
    if (label.isEmpty())
        return invalid(u"Some required fields were not set: [label]"_s);
    const bool done = state.associations.renameLabel(
        *from, *to, call.body().value("associationTypeId"_L1).toInt(), label,
        call.body().value("inverseLabel"_L1).toString());
    return done ? emptyReply(204) : notFound();
}

Reply removeLabel(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call, 0);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    return state.associations.removeLabel(*from, *to, call.args[2].toInt()) ? emptyReply(204)
                                                                            : notFound();
}

} // namespace hubkeeper::practice
