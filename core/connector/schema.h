// SPDX-License-Identifier: MIT
#pragma once

#include "connector/objectclass.h"
#include "portal/property.h"

namespace hubkeeper {

/// Where an attribute's value comes from in today's API (idm-connector 1.4, second table).
enum class AttributeSource {
    Property, ///< The HubSpot property AttributeInfo::property.
    RecordId,
    AccountId, ///< From the account details.
    Yes, ///< Always "true".
    Created,
    Archived,
    ProfileUrl, ///< Made of account and record id.
    IdentityProfiles, ///< E-mail and additional addresses.
    MergedIds,
    AdditionalDomains,
    Member, ///< The JSON member AttributeInfo::property of an owner or a definition.
    None, ///< Today's API has no counterpart: always absent, never writable.
};

/// One attribute of an object class, with the seven facts of ICF.
struct AttributeInfo
{
    QString name; ///< IDM's side.
    QString nativeName; ///< "__NAME__" for the naming attribute, else the name.
    QString type = QStringLiteral("string"); ///< string, boolean, number, array.
    QString nativeType = QStringLiteral("string");
    QString itemType; ///< Arrays only: string or object.
    bool required = false;
    bool creatable = true;
    bool updateable = true;
    bool readable = true;
    bool returnedByDefault = true;
    AttributeSource source = AttributeSource::Property;
    QString property;

    [[nodiscard]] bool isName() const { return nativeName == QStringLiteral("__NAME__"); }
    [[nodiscard]] bool isMultiValued() const { return type == QStringLiteral("array"); }
    /// "NOT_CREATABLE", "NOT_UPDATEABLE", ... as a provisioner writes them.
    [[nodiscard]] QStringList flags() const;
};

/// One object class with its attributes, in the order of the shipped file.
struct ObjectClassInfo
{
    ObjectClass objectClass = ObjectClass::Contact;
    QList<AttributeInfo> attributes;

    [[nodiscard]] QString name() const { return nameOf(objectClass); }
    /// By name or native name, in any letter case; null if there is none.
    [[nodiscard]] const AttributeInfo *find(const QString &name) const;
    [[nodiscard]] const AttributeInfo &nameAttribute() const;
    /// "CREATE", "DELETE", "GET", "SEARCH", "UPDATE" as far as the class supports them.
    [[nodiscard]] QStringList operations() const;
    /// As an entry of a provisioner's objectTypes (idm-connector 2.6).
    [[nodiscard]] QJsonObject toJson() const;
};

/// What the connector offers.
struct Schema
{
    QList<ObjectClassInfo> classes; ///< All of allObjectClasses.

    [[nodiscard]] const ObjectClassInfo &of(ObjectClass objectClass) const;
    /// "__ALL__" first, then the names in order of the alphabet.
    [[nodiscard]] QStringList objectTypes() const;
    /// As a provisioner's objectTypes.
    [[nodiscard]] QJsonObject toJson() const;
};

/// readSchema = false: the attributes of the shipped file (idm-connector 1.4, first table).
[[nodiscard]] Schema defaultSchema();

/// readSchema = true: contact and company have their naming attribute and every defined property,
/// once, with type and flags from the definition. The other classes are as in defaultSchema().
[[nodiscard]] Schema liveSchema(const QList<PropertyDefinition> &contacts,
                                const QList<PropertyDefinition> &companies);

} // namespace hubkeeper
