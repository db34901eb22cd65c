// SPDX-License-Identifier: MIT
#include "portal/association.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<Association> associationFrom(const QJsonObject &json)
{
    Association association;
    association.toId = textOf(json["toObjectId"_L1]);
    if (association.toId.isEmpty())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("An association in the portal's reply has no target."));
    const QJsonArray kinds = json["associationTypes"_L1].toArray();
    for (const QJsonValue &value : kinds) {
        association.kinds.append({textOf(value["category"_L1]), textOf(value["typeId"_L1]).toInt(),
                                  textOf(value["label"_L1])});
    }
    return association;
}

} // namespace

Result<AssociationPage> parseAssociations(const QByteArray &json)
{
    const auto reply = objectFrom(json, u"associations"_s);
    if (!reply)
        return tl::unexpected(reply.error());
    const auto results = resultsFrom(*reply, u"associations"_s);
    if (!results)
        return tl::unexpected(results.error());

    AssociationPage page;
    page.after = cursorOf(*reply);
    for (const QJsonValue &value : *results) {
        auto association = associationFrom(value.toObject());
        if (!association)
            return tl::unexpected(association.error());
        page.associations.append(std::move(*association));
    }
    return page;
}

Result<QList<AssociationLabel>> parseAssociationLabels(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("association labels"));
    if (!reply)
        return tl::unexpected(reply.error());
    const auto results = resultsFrom(*reply, PortalText::tr("association labels"));
    if (!results)
        return tl::unexpected(results.error());

    QList<AssociationLabel> labels;
    for (const QJsonValue &value : *results) {
        labels.append({textOf(value["category"_L1]), textOf(value["typeId"_L1]).toInt(),
                       textOf(value["label"_L1])});
    }
    return labels;
}

} // namespace hubkeeper
