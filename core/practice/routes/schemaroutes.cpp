// SPDX-License-Identifier: MIT
#include "practice/routes/associationpair.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QJsonArray propertiesJson(PortalState &state, ObjectType type)
{
    QJsonArray properties;
    for (const auto &[name, property] : state.catalogue(type).all()) {
        if (!property.archived)
            properties.append(property.json);
    }
    return properties;
}

QJsonArray associationTypesJson(const PortalState &state, ObjectType from)
{
    QJsonArray list;
    for (const LabelType &label : state.associations.labels()) {
        if (label.from != from)
            continue;
        list.append(QJsonObject {{u"id"_s, QString::number(label.typeId)},
                                 {u"fromObjectTypeId"_s, QString(namesOf(label.from).typeId)},
                                 {u"toObjectTypeId"_s, QString(namesOf(label.to).typeId)},
                                 {u"name"_s, legacyTypeName(label)}});
    }
    return list;
}

/// One object type with its properties and associations.
QJsonObject schemaJson(PortalState &state, ObjectType type)
{
    const TypeNames &names = namesOf(type);
    QString plural = names.plural;
    plural[0] = plural[0].toUpper();
    const bool isContact = type == ObjectType::Contact;
    const QString display = isContact ? u"email"_s : u"name"_s;
    const QStringList searchable = isContact
        ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s, u"phone"_s}
        : QStringList {u"name"_s, u"domain"_s, u"website"_s, u"phone"_s};
    return {
        {u"id"_s, QString(names.typeId)},
        {u"objectTypeId"_s, QString(names.typeId)},
        {u"name"_s, QString(names.singular)},
        {u"fullyQualifiedName"_s, QString(names.upper)},
        {u"labels"_s, QJsonObject {{u"singular"_s, QString(names.label)}, {u"plural"_s, plural}}},
        {u"requiredProperties"_s, QJsonArray()},
        {u"searchableProperties"_s, texts(searchable)},
        {u"primaryDisplayProperty"_s, display},
        {u"secondaryDisplayProperties"_s, QJsonArray()},
        {u"archived"_s, false},
        {u"properties"_s, propertiesJson(state, type)},
        {u"associations"_s, associationTypesJson(state, type)}};
}

} // namespace

/// Custom object types; with includeHubSpotDefinitions the built-in ones, too.
Reply listSchemas(PortalState &state, const ApiCall &call)
{
    QJsonArray results;
    if (call.flag("includeHubSpotDefinitions"_L1) && !call.flag("archived"_L1)) {
        for (const ObjectType type : {ObjectType::Contact, ObjectType::Company})
            results.append(schemaJson(state, type));
    }
    return jsonReply({{u"results"_s, results}});
}

Reply readSchema(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    return type ? jsonReply(schemaJson(state, *type)) : type.error();
}

} // namespace hubkeeper::practice
