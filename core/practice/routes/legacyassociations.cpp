// SPDX-License-Identifier: MIT
#include "practice/routes/associationpair.h"
#include "practice/routes/batch.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

// The associations of v3 (crm/v3/associations/{from}/{to}/...): one row for each type of a link,
// types by name, ids as texts.

namespace {

QJsonObject idJson(qint64 id)
{
    return {{u"id"_s, QString::number(id)}};
}

/// The type an input names, by name or number; a 400 for one that is not between the two.
Outcome<LabelType> typeIn(const PortalState &state, const AssociationBatch &batch,
                          const QJsonObject &input)
{
    const QString name = input.value("type"_L1).toVariant().toString();
    for (const LabelType &label : state.associations.labels(batch.from, batch.to)) {
        if (legacyTypeName(label) == name || QString::number(label.typeId) == name)
            return label;
    }
    return refuse(invalid(u"Invalid association type %1 between %2 and %3"_s.arg(
        name, QString(namesOf(batch.from).upper), QString(namesOf(batch.to).upper))));
}

} // namespace

Reply batchReadLegacy(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationReads, false);
    if (!batch)
        return batch.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &value : batch->inputs) {
        const qint64 id =
            state.store(batch->from).resolved(value["id"_L1].toVariant().toLongLong());
        QJsonArray to;
        for (const Link &link : state.associations.links(batch->from, id, batch->to)) {
            for (const int typeId : link.typeIds) {
                if (const auto *label = state.associations.label(batch->from, batch->to, typeId))
                    to.append(QJsonObject {{u"id"_s, QString::number(link.to)},
                                           {u"type"_s, legacyTypeName(*label)}});
            }
        }
        if (!to.isEmpty())
            results.append(QJsonObject {{u"from"_s, idJson(id)}, {u"to"_s, to}});
        else if (state.options.switches.missingListed)
            errors.append(noAssociations(*batch, id));
    }
    return batchReply(state, results, errors, 200);
}

Reply batchAssociateLegacy(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationCreates, true);
    if (!batch)
        return batch.error();
    QJsonArray results;
    QJsonArray errors;
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const auto type = typeIn(state, *batch, input);
        if (!type)
            return type.error();
        const AssociationPair pair = pairIn(state, *batch, input);
        if (const auto fault = faultOf(state, pair, input)) {
            errors.append(*fault);
            continue;
        }
        state.associations.add(pair.from, pair.fromId, pair.to, pair.toId, {type->typeId},
                               state.options.switches.firstCompanyPrimary);
        results.append(QJsonObject {{u"from"_s, idJson(pair.fromId)},
                                    {u"to"_s, idJson(pair.toId)},
                                    {u"type"_s, legacyTypeName(*type)}});
    }
    return batchReply(state, results, errors, 201);
}

Reply batchRemoveLegacy(PortalState &state, const ApiCall &call)
{
    const auto batch = readBatch(state, call, mostAssociationRemovals, true);
    if (!batch)
        return batch.error();
    for (const QJsonValue &value : batch->inputs) {
        const QJsonObject input = value.toObject();
        const auto type = typeIn(state, *batch, input);
        if (!type)
            return type.error();
        const AssociationPair pair = pairIn(state, *batch, input);
        if (type->unlabelled)
            state.associations.remove(pair.from, pair.fromId, pair.to, pair.toId);
        else
            state.associations.removeTypes(pair.from, pair.fromId, pair.to, pair.toId,
                                           {type->typeId});
    }
    return emptyReply(204);
}

Reply listLegacyTypes(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call, 0);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    QJsonArray results;
    for (const LabelType &label : state.associations.labels(*from, *to))
        results.append(QJsonObject {{u"id"_s, QString::number(label.typeId)},
                                    {u"name"_s, legacyTypeName(label)}});
    return jsonReply({{u"results"_s, results}});
}

} // namespace hubkeeper::practice
