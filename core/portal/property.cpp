// SPDX-License-Identifier: MIT
#include "portal/property.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QList<PropertyOption> optionsFrom(const QJsonValue &json)
{
    QList<PropertyOption> options;
    const QJsonArray array = json.toArray();
    options.reserve(array.size());
    for (const QJsonValue &value : array) {
        if (!value.isObject())
            continue;
        options.append(
            {textOf(value["value"_L1]), textOf(value["label"_L1]), value["hidden"_L1].toBool()});
    }
    return options;
}

/// What HubSpot sets itself, and refuses from others, although the definition says otherwise: the
/// primary company of a contact since April 2019. The one place that knows; who asks readOnlyValue
/// need not.
bool isSetByHubSpot(const PropertyDefinition &property)
{
    return property.hubspotDefined && property.name == "associatedcompanyid"_L1;
}

void readFlags(PropertyDefinition &property, const QJsonObject &json)
{
    property.externalOptions = json["externalOptions"_L1].toBool();
    property.calculated = json["calculated"_L1].toBool();
    property.hasUniqueValue = json["hasUniqueValue"_L1].toBool();
    property.hidden = json["hidden"_L1].toBool();
    property.formField = json["formField"_L1].toBool();
    property.hubspotDefined = json["hubspotDefined"_L1].toBool();
    property.archived = json["archived"_L1].toBool();
    const QJsonValue modification = json["modificationMetadata"_L1];
    property.readOnlyValue = modification["readOnlyValue"_L1].toBool() || isSetByHubSpot(property);
    property.readOnlyDefinition = modification["readOnlyDefinition"_L1].toBool();
    property.readOnlyOptions = modification["readOnlyOptions"_L1].toBool();
}

Result<PropertyDefinition> propertyFrom(const QJsonObject &json)
{
    PropertyDefinition property;
    property.name = textOf(json["name"_L1]);
    if (property.name.isEmpty())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("A property definition in the portal's reply has no "
                                   "name."));
    property.label = textOf(json["label"_L1]);
    property.type = textOf(json["type"_L1]);
    property.fieldType = textOf(json["fieldType"_L1]);
    property.groupName = textOf(json["groupName"_L1]);
    property.description = textOf(json["description"_L1]);
    property.options = optionsFrom(json["options"_L1]);
    property.referencedObjectType = textOf(json["referencedObjectType"_L1]);
    property.displayOrder = json["displayOrder"_L1].toInt(-1);
    readFlags(property, json);
    property.json = json;
    return property;
}

} // namespace

Result<PropertyDefinition> parseProperty(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("a property definition"));
    if (!reply)
        return tl::unexpected(reply.error());
    return propertyFrom(*reply);
}

Result<QList<PropertyDefinition>> parseProperties(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("property definitions"));
    if (!reply)
        return tl::unexpected(reply.error());
    const auto results = resultsFrom(*reply, PortalText::tr("property definitions"));
    if (!results)
        return tl::unexpected(results.error());

    QList<PropertyDefinition> properties;
    properties.reserve(results->size());
    for (const QJsonValue &value : *results) {
        auto property = propertyFrom(value.toObject());
        if (!property)
            return tl::unexpected(property.error());
        properties.append(std::move(*property));
    }
    return properties;
}

} // namespace hubkeeper
