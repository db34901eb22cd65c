// SPDX-License-Identifier: MIT
#include "connector/schema.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Source = AttributeSource;

AttributeInfo writable(const char *name)
{
    AttributeInfo info;
    info.name = QString::fromLatin1(name);
    info.nativeName = info.name;
    info.property = info.name;
    return info;
}

AttributeInfo readOnly(const char *name, Source source, const char *property = "")
{
    AttributeInfo info = writable(name);
    info.creatable = false;
    info.updateable = false;
    info.source = source;
    info.property = QString::fromLatin1(property);
    return info;
}

AttributeInfo naming(AttributeInfo info)
{
    info.nativeName = u"__NAME__"_s;
    return info;
}

AttributeInfo listOfObjects(AttributeInfo info)
{
    info.type = u"array"_s;
    info.nativeType = u"object"_s;
    info.itemType = u"object"_s;
    return info;
}

AttributeInfo member(const char *name, const char *path, bool required = false)
{
    AttributeInfo info = writable(name);
    info.source = *path ? Source::Member : Source::None;
    info.property = QString::fromLatin1(path);
    info.required = required;
    return info;
}

QList<AttributeInfo> contactAttributes()
{
    return {naming(readOnly("vid", Source::RecordId)),
            writable("email"),
            writable("firstname"),
            writable("lastname"),
            writable("phone"),
            writable("company"),
            writable("website"),
            writable("address"),
            writable("city"),
            readOnly("canonical-vid", Source::RecordId),
            readOnly("portal-vid", Source::AccountId),
            readOnly("is-contact", Source::Yes),
            readOnly("profile-token", Source::None),
            readOnly("profile-url", Source::ProfileUrl),
            readOnly("addedAt", Source::Created),
            listOfObjects(readOnly("merged-vids", Source::MergedIds)),
            listOfObjects(readOnly("form-submissions", Source::None)),
            listOfObjects(readOnly("identity-profiles", Source::IdentityProfiles)),
            listOfObjects(readOnly("merge-audits", Source::None))};
}

QList<AttributeInfo> companyAttributes()
{
    return {naming(readOnly("companyId", Source::RecordId)),
            writable("name"),
            writable("phone"),
            writable("city"),
            writable("timezone"),
            writable("description"),
            writable("about_us"),
            writable("is_public"),
            readOnly("portalId", Source::AccountId),
            readOnly("isDeleted", Source::Archived),
            listOfObjects(readOnly("additionalDomains", Source::AdditionalDomains)),
            listOfObjects(readOnly("form-submissions", Source::None)),
            listOfObjects(readOnly("mergeAudits", Source::MergedIds)),
            listOfObjects(readOnly("stateChanges", Source::None))};
}

QList<AttributeInfo> ownerAttributes()
{
    return {naming(readOnly("ownerId", Source::Member, "id")),
            readOnly("email", Source::Member, "email"),
            readOnly("firstName", Source::Member, "firstName"),
            readOnly("lastName", Source::Member, "lastName"),
            readOnly("type", Source::Member, "type"),
            readOnly("portalId", Source::AccountId),
            readOnly("createdAt", Source::Member, "createdAt"),
            readOnly("updatedAt", Source::Member, "updatedAt"),
            listOfObjects(readOnly("remoteList", Source::None))};
}

/// Of a property definition: those with an empty path have no counterpart in today's API.
QList<AttributeInfo> definitionAttributes(ObjectClass objectClass)
{
    QList<AttributeInfo> all {
        naming(member("name", "name", true)),
        member("label", "label", true),
        member("groupName", "groupName", true),
        member("type", "type", true),
        member("fieldType", "fieldType", true),
        member("description", "description"),
        member("displayMode", ""),
        member("displayOrder", "displayOrder"),
        member("numberDisplayHint", "numberDisplayHint"),
        member("textDisplayHint", "textDisplayHint"),
        member("showCurrencySymbol", "showCurrencySymbol"),
        member("externalOptions", "externalOptions"),
        member("referencedObjectType", "referencedObjectType"),
        member("hidden", "hidden"),
        member("deleted", "archived"),
        member("calculated", "calculated"),
        member("favorited", ""),
        member("favoritedOrder", ""),
        member("isCustomizedDefault", ""),
        member("optionsAreMutable", "modificationMetadata/!readOnlyOptions"),
        member("readOnlyDefinition", "modificationMetadata/readOnlyDefinition"),
        member("readOnlyValue", "modificationMetadata/readOnlyValue"),
        member("mutableDefinitionNotDeletable", "modificationMetadata/!archivable"),
        member("createdAt", "createdAt"),
        member("createdUserId", "createdUserId"),
        member("updatedAt", "updatedAt"),
        member("updatedUserId", "updatedUserId"),
        member("formField", "formField"),
        listOfObjects(member("options", "options"))};
    all[27].type = u"boolean"_s; // formField
    all[27].nativeType = u"boolean"_s;
    if (objectClass == ObjectClass::CompanyProperties)
        all[28].nativeType = u"string"_s; // As shipped: a quirk of the file.
    return all;
}

AttributeInfo liveAttribute(const PropertyDefinition &property)
{
    AttributeInfo info;
    info.name = property.name;
    info.nativeName = property.name;
    info.property = property.name;
    info.creatable = !property.readOnlyValue;
    info.updateable = !property.readOnlyValue;
    if (property.isMultiValued()) {
        info.type = u"array"_s;
        info.itemType = u"string"_s;
    } else if (property.type == "number"_L1) {
        info.type = u"number"_s;
        info.nativeType = u"number"_s;
    } else if (property.type == "bool"_L1) {
        info.type = u"boolean"_s;
        info.nativeType = u"boolean"_s;
    }
    return info;
}

QList<AttributeInfo> liveAttributes(const AttributeInfo &nameAttribute,
                                    const QList<PropertyDefinition> &properties)
{
    QList<AttributeInfo> attributes {nameAttribute};
    for (const PropertyDefinition &property : properties) {
        if (!property.archived && property.name != nameAttribute.name)
            attributes.append(liveAttribute(property));
    }
    return attributes;
}

QJsonObject attributeJson(const AttributeInfo &info)
{
    QJsonObject json {{u"type"_s, info.type},
                      {u"nativeName"_s, info.nativeName},
                      {u"nativeType"_s, info.nativeType}};
    if (info.isMultiValued())
        json[u"items"_s] =
            QJsonObject {{u"type"_s, info.itemType}, {u"nativeType"_s, info.itemType}};
    if (info.required)
        json[u"required"_s] = true;
    if (const QStringList flags = info.flags(); !flags.isEmpty())
        json[u"flags"_s] = QJsonArray::fromStringList(flags);
    return json;
}

} // namespace

QStringList AttributeInfo::flags() const
{
    QStringList flags;
    if (!creatable)
        flags.append(u"NOT_CREATABLE"_s);
    if (!updateable)
        flags.append(u"NOT_UPDATEABLE"_s);
    if (!readable)
        flags.append(u"NOT_READABLE"_s);
    if (!returnedByDefault)
        flags.append(u"NOT_RETURNED_BY_DEFAULT"_s);
    return flags;
}

const AttributeInfo *ObjectClassInfo::find(const QString &wanted) const
{
    const auto found = std::find_if(attributes.cbegin(), attributes.cend(), [&](const auto &info) {
        return info.name.compare(wanted, Qt::CaseInsensitive) == 0
            || info.nativeName.compare(wanted, Qt::CaseInsensitive) == 0;
    });
    return found == attributes.cend() ? nullptr : &*found;
}

const AttributeInfo &ObjectClassInfo::nameAttribute() const
{
    return attributes.constFirst(); // By construction.
}

QStringList ObjectClassInfo::operations() const
{
    if (!isWritable(objectClass))
        return {u"GET"_s, u"SEARCH"_s};
    return {u"CREATE"_s, u"DELETE"_s, u"GET"_s, u"SEARCH"_s, u"UPDATE"_s};
}

QJsonObject ObjectClassInfo::toJson() const
{
    QJsonObject properties;
    for (const AttributeInfo &info : attributes)
        properties[info.name] = attributeJson(info);
    return {{u"$schema"_s, u"http://json-schema.org/draft-03/schema"_s},
            {u"id"_s, name()},
            {u"type"_s, u"object"_s},
            {u"nativeType"_s, name()},
            {u"properties"_s, properties}};
}

const ObjectClassInfo &Schema::of(ObjectClass objectClass) const
{
    return *std::find_if(classes.cbegin(), classes.cend(), [&](const ObjectClassInfo &info) {
        return info.objectClass == objectClass;
    });
}

QStringList Schema::objectTypes() const
{
    QStringList names;
    for (const ObjectClassInfo &info : classes)
        names.append(info.name());
    names.sort();
    names.prepend(u"__ALL__"_s);
    return names;
}

QJsonObject Schema::toJson() const
{
    QJsonObject json;
    for (const ObjectClassInfo &info : classes)
        json[info.name()] = info.toJson();
    return json;
}

Schema defaultSchema()
{
    return {
        {{ObjectClass::Contact, contactAttributes()},
         {ObjectClass::Company, companyAttributes()},
         {ObjectClass::Owner, ownerAttributes()},
         {ObjectClass::ContactProperties, definitionAttributes(ObjectClass::ContactProperties)},
         {ObjectClass::CompanyProperties, definitionAttributes(ObjectClass::CompanyProperties)}}};
}

Schema liveSchema(const QList<PropertyDefinition> &contacts,
                  const QList<PropertyDefinition> &companies)
{
    Schema schema = defaultSchema();
    for (ObjectClassInfo &info : schema.classes) {
        if (info.objectClass == ObjectClass::Contact)
            info.attributes = liveAttributes(info.nameAttribute(), contacts);
        else if (info.objectClass == ObjectClass::Company)
            info.attributes = liveAttributes(info.nameAttribute(), companies);
    }
    return schema;
}

} // namespace hubkeeper
