// SPDX-License-Identifier: MIT
#include "practice/routes/associationpair.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

QString internalName(const LabelType &label)
{
    return label.name.isEmpty() ? label.label : label.name;
}

QJsonObject linkJson(const PortalState &state, ObjectType from, ObjectType to, const Link &link)
{
    QJsonArray types;
    for (const int typeId : link.typeIds) {
        const LabelType *label = state.associations.label(from, to, typeId);
        if (!label)
            continue;
        types.append(QJsonObject {
            {u"category"_s, label->category},
            {u"typeId"_s, typeId},
            {u"label"_s, label->label.isEmpty() ? QJsonValue() : QJsonValue(label->label)}});
    }
    const bool asText = state.options.switches.textObjectIds;
    return {{u"toObjectId"_s, asText ? QJsonValue(QString::number(link.to)) : QJsonValue(link.to)},
            {u"associationTypes"_s, types}};
}

Outcome<QList<int>> readTypes(const PortalState &state, ObjectType from, ObjectType to,
                              const QJsonArray &types)
{
    QList<int> ids;
    for (const QJsonValue &type : types) {
        const int typeId = type.toObject().value("associationTypeId"_L1).toInt();
        const LabelType *label = state.associations.label(from, to, typeId);
        const QString category = type.toObject().value("associationCategory"_L1).toString();
        if (!label || label->category != category)
            return refuse(
                invalid(u"The association type %1 of %2 does not exist between %3 and %4"_s.arg(
                    QString::number(typeId), category, QString(namesOf(from).upper),
                    QString(namesOf(to).upper))));
        ids.append(typeId);
    }
    return ids;
}

QJsonArray labelTexts(const PortalState &state, ObjectType from, ObjectType to,
                      const QList<int> &typeIds)
{
    QJsonArray labels;
    for (const int typeId : typeIds) {
        if (const LabelType *label = state.associations.label(from, to, typeId);
            label && !label->label.isEmpty())
            labels.append(label->label);
    }
    return labels;
}

Outcome<void> mayAssociate(const PortalState &state, const ApiCall &call)
{
    if (call.enforcesRules() && call.who.isOauth && state.options.switches.editAssociationsDenied)
        return refuse(invalid(u"Missing 'Edit Associations' permission."_s));
    return {};
}

namespace {

/// Types and ids of crm/objects/{type}/{id}/associations/[default/]{toType}[/{toId}].
Outcome<AssociationPair> pairOf(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call);
    if (!from)
        return refuse(from.error());
    const auto to = typeArgument(call, 2);
    if (!to)
        return refuse(to.error());
    AssociationPair pair;
    pair.from = *from;
    pair.to = *to;
    pair.fromId = state.store(*from).resolved(call.args[1].toLongLong());
    pair.toId = state.store(*to).resolved(call.args.value(3).toLongLong());
    return pair;
}

Outcome<AssociationPair> livePair(PortalState &state, const ApiCall &call)
{
    auto pair = pairOf(state, call);
    if (!pair)
        return pair;
    if (auto may = mayAssociate(state, call); !may)
        return refuse(may.error());
    if (!state.store(pair->from).isLive(pair->fromId) || !state.store(pair->to).isLive(pair->toId))
        return refuse(notFound());
    if (pair->from == pair->to && pair->fromId == pair->toId)
        return refuse(invalid(toItself(*pair)));
    return pair;
}

} // namespace

Reply listAssociations(PortalState &state, const ApiCall &call)
{
    const auto pair = pairOf(state, call);
    const auto limit = numberParam(call, "limit"_L1, 500, 500);
    if (!pair || !limit)
        return !pair ? pair.error() : limit.error();
    if (!state.store(pair->from).isLive(pair->fromId))
        return notFound();
    const qint64 after = call.param("after"_L1).toLongLong();
    QJsonArray results;
    QJsonObject json;
    for (const Link &link : state.associations.links(pair->from, pair->fromId, pair->to)) {
        if (link.to < after)
            continue;
        if (results.size() >= std::max(1, *limit)) {
            const QString next = QString::number(link.to);
            json.insert(
                u"paging"_s,
                QJsonObject {{u"next"_s,
                              QJsonObject {{u"after"_s, next}, {u"link"_s, u"?after="_s + next}}}});
            break;
        }
        results.append(linkJson(state, pair->from, pair->to, link));
    }
    json.insert(u"results"_s, results);
    return jsonReply(json);
}

Reply associateDefault(PortalState &state, const ApiCall &call)
{
    const auto pair = livePair(state, call);
    if (!pair)
        return pair.error();
    state.associations.add(pair->from, pair->fromId, pair->to, pair->toId, {},
                           state.options.switches.firstCompanyPrimary);
    return jsonReply({{u"status"_s, u"COMPLETE"_s},
                      {u"results"_s, defaultResults(state, *pair)},
                      {u"startedAt"_s, isoText(state.now())},
                      {u"completedAt"_s, isoText(state.now())}});
}

QJsonArray defaultResults(const PortalState &state, const AssociationPair &pair)
{
    const auto row = [&](ObjectType from, qint64 fromId, ObjectType to, qint64 toId) {
        return QJsonObject {
            {u"from"_s, QJsonObject {{u"id"_s, QString::number(fromId)}}},
            {u"to"_s, QJsonObject {{u"id"_s, QString::number(toId)}}},
            {u"associationSpec"_s,
             QJsonObject {{u"associationCategory"_s, u"HUBSPOT_DEFINED"_s},
                          {u"associationTypeId"_s, state.associations.unlabelledId(from, to)}}}};
    };
    return {row(pair.from, pair.fromId, pair.to, pair.toId),
            row(pair.to, pair.toId, pair.from, pair.fromId)};
}

Reply associateLabelled(PortalState &state, const ApiCall &call)
{
    const auto pair = livePair(state, call);
    if (!pair)
        return pair.error();
    if (!call.json.isArray() || call.json.toArray().isEmpty())
        return invalid(u"The body must be a list of association types"_s);
    const auto typeIds = readTypes(state, pair->from, pair->to, call.json.toArray());
    if (!typeIds)
        return typeIds.error();
    state.associations.add(pair->from, pair->fromId, pair->to, pair->toId, *typeIds,
                           state.options.switches.firstCompanyPrimary,
                           state.options.switches.labelsReplaced);
    return jsonReply({{u"fromObjectTypeId"_s, QString(namesOf(pair->from).typeId)},
                      {u"fromObjectId"_s, pair->fromId},
                      {u"toObjectTypeId"_s, QString(namesOf(pair->to).typeId)},
                      {u"toObjectId"_s, pair->toId},
                      {u"labels"_s, labelTexts(state, pair->from, pair->to, *typeIds)}},
                     201);
}

Reply removeAssociation(PortalState &state, const ApiCall &call)
{
    const auto pair = livePair(state, call);
    if (!pair)
        return pair.error();
    state.associations.remove(pair->from, pair->fromId, pair->to, pair->toId);
    return emptyReply(204);
}

} // namespace hubkeeper::practice
