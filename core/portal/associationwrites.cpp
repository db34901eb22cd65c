// SPDX-License-Identifier: MIT
#include "portal/associationwrites.h"

#include "portal/access/errorfrom.h"
#include "portal/jsontext.h"
#include "portal/portaltext.h"
#include "portal/requests.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonArray kindList(const QList<AssociationKind> &kinds)
{
    QJsonArray list;
    for (const AssociationKind &kind : kinds)
        list.append(QJsonObject {{u"associationCategory"_s, kind.category},
                                 {u"associationTypeId"_s, kind.typeId}});
    return list;
}

QJsonObject idObject(const QString &id)
{
    return {{u"id"_s, id}};
}

HttpRequest inputsRequest(const QString &path, const QJsonArray &inputs)
{
    return jsonRequest(Verb::Post, path, QJsonObject {{u"inputs"_s, inputs}});
}

HttpRequest typedRequest(const QString &path, const QList<AssociationInput> &inputs)
{
    QJsonArray list;
    for (const AssociationInput &input : inputs)
        list.append(QJsonObject {{u"from"_s, idObject(input.fromId)},
                                 {u"to"_s, idObject(input.toId)},
                                 {u"types"_s, kindList(input.kinds)}});
    return inputsRequest(path, list);
}

/// The status the same failure has outside of a batch (hubspot-api 11).
int statusOfEntry(const QString &category)
{
    if (category == "OBJECT_NOT_FOUND"_L1)
        return 404;
    if (category == "MISSING_SCOPES"_L1 || category == "USER_DOES_NOT_HAVE_PERMISSIONS"_L1)
        return 403;
    return 400;
}

/// The first id of a member of a context, which is a list of texts.
QString firstId(const QJsonObject &context, QLatin1StringView member)
{
    const QJsonValue value = context.value(member);
    return textOf(value.isArray() ? value.toArray().at(0) : value);
}

} // namespace

HttpRequest associationCreateRequest(const ApiPaths &paths, ObjectType from, ObjectType to,
                                     const QList<AssociationInput> &inputs)
{
    return typedRequest(paths.associationBatch(from, to) + u"/create"_s, inputs);
}

HttpRequest associationArchiveRequest(const ApiPaths &paths, ObjectType from, ObjectType to,
                                      const QList<AssociationInput> &inputs)
{
    QStringList order;
    QHash<QString, QJsonArray> ends;
    for (const AssociationInput &input : inputs) {
        if (!ends.contains(input.fromId))
            order.append(input.fromId);
        ends[input.fromId].append(idObject(input.toId));
    }
    QJsonArray list;
    for (const QString &id : std::as_const(order))
        list.append(QJsonObject {{u"from"_s, idObject(id)}, {u"to"_s, ends.value(id)}});
    return inputsRequest(paths.associationBatch(from, to) + u"/archive"_s, list);
}

HttpRequest labelArchiveRequest(const ApiPaths &paths, ObjectType from, ObjectType to,
                                const QList<AssociationInput> &inputs)
{
    return typedRequest(paths.associationBatch(from, to) + u"/labels/archive"_s, inputs);
}

Result<QList<AssociationFault>> parseAssociationFaults(const QByteArray &json)
{
    QList<AssociationFault> faults;
    if (json.trimmed().isEmpty())
        return faults;
    const auto reply = objectFrom(json, PortalText::tr("associations"));
    if (!reply)
        return tl::unexpected(reply.error());
    const QJsonArray errors = reply->value("errors"_L1).toArray();
    for (const QJsonValue &entry : errors) {
        const QJsonObject fault = entry.toObject();
        const QJsonObject context = fault.value("context"_L1).toObject();
        HttpReply alone;
        alone.status = statusOfEntry(textOf(fault.value("category"_L1)));
        alone.body = QJsonDocument(fault).toJson(QJsonDocument::Compact);
        faults.append({firstId(context, "fromObjectId"_L1), firstId(context, "toObjectId"_L1),
                       errorFrom(alone)});
    }
    return faults;
}

} // namespace hubkeeper
