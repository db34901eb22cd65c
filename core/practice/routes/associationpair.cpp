// SPDX-License-Identifier: MIT
#include "practice/routes/associationpair.h"

#include "practice/routes/batch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

Outcome<AssociationBatch> readBatch(const PortalState &state, const ApiCall &call, int most,
                                    bool isWrite)
{
    AssociationBatch batch;
    const auto from = typeArgument(call, 0);
    if (!from)
        return refuse(from.error());
    const auto to = typeArgument(call, 1);
    if (!to)
        return refuse(to.error());
    auto inputs = batchInputs(call, most,
                              u"The maximum number of inputs supported in a batch is %1. Please "
                              "reduce the number of items and try again"_s.arg(most));
    if (!inputs)
        return refuse(inputs.error());
    if (isWrite) {
        if (auto may = mayAssociate(state, call); !may)
            return refuse(may.error());
    }
    batch.from = *from;
    batch.to = *to;
    batch.inputs = *inputs;
    return batch;
}

namespace {

qint64 idIn(const QJsonObject &json, QLatin1StringView member)
{
    return json.value(member).toObject().value("id"_L1).toVariant().toLongLong();
}

} // namespace

AssociationPair pairIn(PortalState &state, const AssociationBatch &batch, const QJsonObject &input)
{
    AssociationPair pair;
    pair.from = batch.from;
    pair.to = batch.to;
    pair.fromId = state.store(batch.from).resolved(idIn(input, "from"_L1));
    pair.toId = state.store(batch.to).resolved(idIn(input, "to"_L1));
    return pair;
}

namespace {

QJsonObject faultEntry(const QString &category, const QString &subCategory, const QString &message,
                       const QJsonObject &context)
{
    QJsonObject entry {
        {u"status"_s, u"error"_s}, {u"category"_s, category}, {u"message"_s, message}};
    if (!subCategory.isEmpty())
        entry.insert(u"subCategory"_s, subCategory);
    if (!context.isEmpty())
        entry.insert(u"context"_s, context);
    return entry;
}

} // namespace

QString toItself(const AssociationPair &pair)
{
    return u"Object %1 cannot be associated to itself (%2)"_s.arg(pair.fromId).arg(pair.toId);
}

std::optional<QJsonObject> faultOf(PortalState &state, const AssociationPair &pair,
                                   const QJsonObject &input)
{
    for (const QString &end : {u"from"_s, u"to"_s}) {
        const QString id = input.value(end).toObject().value("id"_L1).toVariant().toString();
        bool isNumber = false;
        (void)id.toLongLong(&isNumber);
        if (!isNumber)
            return faultEntry(u"VALIDATION_ERROR"_s, u"crm.associations.INVALID_IDENTIFIER"_s,
                              u"%1 is not a valid ID"_s.arg(id), {});
    }
    if (pair.from == pair.to && pair.fromId == pair.toId)
        return faultEntry(u"VALIDATION_ERROR"_s, {}, toItself(pair), {});
    if (state.store(pair.from).isLive(pair.fromId) && state.store(pair.to).isLive(pair.toId))
        return std::nullopt;
    return faultEntry(u"OBJECT_NOT_FOUND"_s, {}, u"One of the records does not exist"_s,
                      {{u"fromObjectId"_s, QJsonArray {QString::number(pair.fromId)}},
                       {u"toObjectId"_s, QJsonArray {QString::number(pair.toId)}}});
}

QJsonObject noAssociations(const AssociationBatch &batch, qint64 id)
{
    return {{u"status"_s, u"error"_s},
            {u"category"_s, u"OBJECT_NOT_FOUND"_s},
            {u"subCategory"_s, u"crm.associations.NO_ASSOCIATIONS_FOUND"_s},
            {u"message"_s,
             u"No %1 is associated with %2 %3."_s.arg(QString(namesOf(batch.to).singular),
                                                      QString(namesOf(batch.from).singular),
                                                      QString::number(id))},
            {u"context"_s,
             QJsonObject {{u"fromObjectId"_s, QJsonArray {QString::number(id)}},
                          {u"fromObjectType"_s, QJsonArray {QString(namesOf(batch.from).singular)}},
                          {u"toObjectType"_s, QJsonArray {QString(namesOf(batch.to).singular)}}}}};
}

QString legacyTypeName(const LabelType &label)
{
    const QString plain = namesOf(label.from).singular + u"_to_"_s + namesOf(label.to).singular;
    if (label.primary || (label.unlabelled && label.from == label.to))
        return plain;
    if (label.unlabelled)
        return plain + u"_unlabeled"_s;
    if (label.typeId == 13)
        return u"parent_to_child_company"_s;
    if (label.typeId == 14)
        return u"child_to_parent_company"_s;
    const QString name = label.name.isEmpty() ? label.label : label.name;
    return name.toLower().replace(u' ', u'_');
}

} // namespace hubkeeper::practice
