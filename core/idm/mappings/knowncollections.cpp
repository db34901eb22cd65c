// SPDX-License-Identifier: MIT
#include "idm/mappings/knowncollections.h"

#include "provisioner/model/objecttypes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

AttributeRule ruleOf(const DeclaredAttribute &attribute)
{
    AttributeRule rule;
    rule.isList = attribute.type == "array"_L1;
    rule.type = rule.isList ? attribute.itemType : attribute.type;
    rule.isRequired = attribute.required;
    rule.isCreatable = attribute.isCreatable();
    rule.isUpdatable = attribute.isUpdateable();
    return rule;
}

/// What the connector offers without a provisioner that says otherwise.
const QHash<QString, ConnectorType> &shippedTypes()
{
    static const QHash<QString, ConnectorType> types = [] {
        QHash<QString, ConnectorType> all;
        for (const DeclaredObjectType &declared : shippedObjectTypes()) {
            ConnectorType type;
            for (const DeclaredAttribute &attribute : declared.attributes)
                type.attributes.insert(attribute.name, ruleOf(attribute));
            all.insert(declared.key, type);
        }
        return all;
    }();
    return types;
}

ConnectorType standardUser()
{
    ConnectorType type;
    for (const QString &name : typedUserProperties()) {
        AttributeRule rule;
        rule.isRequired = requiredUserProperties().contains(name);
        static const QStringList lists {u"roles"_s, u"authzRoles"_s, u"reports"_s,
                                        u"effectiveRoles"_s, u"effectiveAssignments"_s};
        rule.isList = lists.contains(name);
        if (rule.isList)
            rule.type = u"object"_s;
        type.attributes.insert(name, rule);
    }
    return type;
}

/// "type" of a property: one name, or several of which one may be "null".
QStringList typeNamesOf(const QJsonObject &property)
{
    const QJsonValue type = property["type"_L1];
    return type.isArray() ? type.toVariant().toStringList() : QStringList(type.toString());
}

/// Of a type that is not compared with others the name is empty.
AttributeRule ruleOf(const QStringList &typeNames)
{
    static const QStringList comparable {u"string"_s, u"integer"_s, u"number"_s, u"boolean"_s,
                                         u"object"_s};
    AttributeRule rule;
    rule.isList = typeNames.contains(u"array"_s);
    const auto known = std::find_if(typeNames.begin(), typeNames.end(),
                                    [](const QString &name) { return comparable.contains(name); });
    rule.type = known == typeNames.end() ? QString() : *known;
    return rule;
}

} // namespace

void KnownCollections::addManaged(const QJsonArray &objects)
{
    m_managed = QStringList();
    for (const QJsonValue &object : objects) {
        const QString name = object["name"_L1].toString();
        m_managed->append(name);
        const QJsonObject properties = object["schema"_L1]["properties"_L1].toObject();
        if (properties.isEmpty())
            continue;
        ConnectorType type;
        const QStringList required = object["schema"_L1]["required"_L1].toVariant().toStringList();
        QStringList typed;
        for (auto it = properties.begin(); it != properties.end(); ++it) {
            const QStringList typeNames = typeNamesOf(it.value().toObject());
            AttributeRule rule = ruleOf(typeNames);
            rule.isRequired = required.contains(it.key());
            if (!typeNames.first().isEmpty() && !typeNames.contains(u"null"_s))
                typed.append(it.key());
            type.attributes.insert(it.key(), rule);
        }
        m_types.insert(u"managed/"_s + name, type);
        m_typed.insert(u"managed/"_s + name, typed);
    }
}

void KnownCollections::addProvisioner(const QString &system, const QJsonObject &provisioner)
{
    m_systems.append(system);
    const QJsonObject types = provisioner["objectTypes"_L1].toObject();
    for (auto it = types.begin(); it != types.end(); ++it)
        addType(system, it.key(), connectorTypeOf(it.key(), it.value().toObject()));
}

void KnownCollections::addType(const QString &system, const QString &type,
                               const ConnectorType &known)
{
    m_types.insert(u"system/%1/%2"_s.arg(system, type), known);
}

const ConnectorType *KnownCollections::find(const QString &collection) const
{
    const auto known = m_types.constFind(collection);
    if (known != m_types.cend())
        return &*known;
    if (isManagedUser(collection) && !m_managed) {
        static const ConnectorType user = standardUser();
        return &user;
    }
    const SystemCollection parts = systemCollection(collection);
    if (m_systems.contains(parts.system)
        || !parts.system.contains("hubspot"_L1, Qt::CaseInsensitive))
        return nullptr;
    const auto shipped = shippedTypes().constFind(parts.type);
    return shipped == shippedTypes().cend() ? nullptr : &*shipped;
}

bool KnownCollections::isDeclared(const QString &collection) const
{
    return isManaged(collection) ? m_managed.has_value()
                                 : m_systems.contains(systemCollection(collection).system);
}

QStringList KnownCollections::typesBeside(const QString &collection) const
{
    if (isManaged(collection))
        return m_managed.value_or(QStringList());
    const SystemCollection parts = systemCollection(collection);
    QStringList types;
    if (!m_systems.contains(parts.system))
        types = shippedTypes().keys();
    for (auto it = m_types.cbegin(); it != m_types.cend(); ++it) {
        if (const SystemCollection other = systemCollection(it.key());
            other.system == parts.system && !types.contains(other.type))
            types.append(other.type);
    }
    types.sort();
    return types;
}

bool KnownCollections::refusesNull(const QString &collection, const QString &property) const
{
    if (m_managed)
        return m_typed.value(collection).contains(property);
    return isManagedUser(collection) && typedUserProperties().contains(property);
}

SystemCollection systemCollection(const QString &collection)
{
    const QStringList parts = collection.split(u'/');
    if (parts.size() != 3 || parts[0] != "system"_L1)
        return {};
    return {parts[1], parts[2]};
}

const QStringList &typedUserProperties()
{
    static const QStringList names {u"_id"_s,
                                    u"userName"_s,
                                    u"givenName"_s,
                                    u"sn"_s,
                                    u"mail"_s,
                                    u"telephoneNumber"_s,
                                    u"city"_s,
                                    u"postalAddress"_s,
                                    u"address2"_s,
                                    u"postalCode"_s,
                                    u"country"_s,
                                    u"stateProvince"_s,
                                    u"accountStatus"_s,
                                    u"password"_s,
                                    u"roles"_s,
                                    u"authzRoles"_s,
                                    u"reports"_s,
                                    u"effectiveRoles"_s,
                                    u"effectiveAssignments"_s};
    return names;
}

const QStringList &requiredUserProperties()
{
    static const QStringList names {u"userName"_s, u"givenName"_s, u"sn"_s, u"mail"_s};
    return names;
}

} // namespace hubkeeper
