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

} // namespace

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
    if (isManagedUser(collection)) {
        static const ConnectorType user = standardUser();
        return &user;
    }
    const auto known = m_types.constFind(collection);
    if (known != m_types.cend())
        return &*known;
    const SystemCollection parts = systemCollection(collection);
    if (m_systems.contains(parts.system)
        || !parts.system.contains("hubspot"_L1, Qt::CaseInsensitive))
        return nullptr;
    const auto shipped = shippedTypes().constFind(parts.type);
    return shipped == shippedTypes().cend() ? nullptr : &*shipped;
}

bool KnownCollections::isDeclared(const QString &collection) const
{
    return m_systems.contains(systemCollection(collection).system);
}

QStringList KnownCollections::typesBeside(const QString &collection) const
{
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
