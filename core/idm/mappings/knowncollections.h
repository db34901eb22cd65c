// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/connectortype.h"

#include <QJsonArray>

namespace hubkeeper {

/// What is known of the two sides of mappings: the object types of provisioners, the connector's
/// default schema for a system called like HubSpot, and the schema of managed objects, for
/// managed/user the standard one where no other is known.
class KnownCollections
{
public:
    /// The object types of a provisioner; `system` is the name by which mappings know it.
    void addProvisioner(const QString &system, const QJsonObject &provisioner);
    void addType(const QString &system, const QString &type, const ConnectorType &known);
    /// `objects` of config/managed: from now on there are no other managed objects.
    void addManaged(const QJsonArray &objects);

    /// Null where nothing is known of it.
    [[nodiscard]] const ConnectorType *find(const QString &collection) const;
    /// Whether all object types of the system of "system/hubspot/contact", or all managed objects
    /// for "managed/user", are known.
    [[nodiscard]] bool isDeclared(const QString &collection) const;
    /// The object types of its system; the managed objects.
    [[nodiscard]] QStringList typesBeside(const QString &collection) const;
    /// Whether the schema of a managed object refuses null there (recon-vectors, fact 31).
    [[nodiscard]] bool refusesNull(const QString &collection, const QString &property) const;

private:
    QStringList m_systems;
    std::optional<QStringList> m_managed; ///< Names, once they are known.
    QHash<QString, ConnectorType> m_types; ///< By "system/hubspot/contact", "managed/user".
    QHash<QString, QStringList> m_typed; ///< By "managed/user": what must not be null.
};

/// "system/hubspot/contact" as "hubspot" and "contact"; empty for other collections.
struct SystemCollection
{
    QString system;
    QString type;
};
[[nodiscard]] SystemCollection systemCollection(const QString &collection);

[[nodiscard]] inline bool isConnector(const QString &collection)
{
    return collection.startsWith(QLatin1StringView("system/"));
}
[[nodiscard]] inline bool isManaged(const QString &collection)
{
    return collection.startsWith(QLatin1StringView("managed/"));
}
[[nodiscard]] inline bool isManagedUser(const QString &collection)
{
    return collection == QLatin1StringView("managed/user");
}

/// Properties of managed/user that the standard schema types as text or list; null is refused
/// (recon-vectors, fact 31).
[[nodiscard]] const QStringList &typedUserProperties();
/// userName, givenName, sn, mail.
[[nodiscard]] const QStringList &requiredUserProperties();

} // namespace hubkeeper
