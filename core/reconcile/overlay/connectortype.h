// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace hubkeeper {

/// What an object type of a provisioner says about one attribute.
struct AttributeRule
{
    QString type = QStringLiteral("string"); ///< string, integer, number, boolean, object.
    bool isList = false;
    bool isRequired = false;
    bool isCreatable = true;
    bool isUpdatable = true;
};

/// How a connector's objects of one type behave.
struct ConnectorType
{
    QHash<QString, AttributeRule> attributes; ///< By the IDM-side name.
    QStringList unique; ///< No two objects have the same value there.
    QString nameAttribute; ///< __NAME__ follows it; empty: it follows nothing.
    QString idAttribute; ///< Has the id of the object, such as vid; empty: none.
    /// The framework filters what the connector finds (enableFilteredResultsHandler): every filter
    /// is applied as it is written (idm-rest 9.3.1).
    bool filtersByItself = false;
    /// A last name of x-… is refused, as the connector of the recordings does; for those only.
    bool refusesByName = false;
};

/// The `objectTypes` entry of a provisioner as a value. Unique is what HubSpot keeps unique: the
/// e-mail address of a contact.
[[nodiscard]] ConnectorType connectorTypeOf(const QString &name, const QJsonObject &json);

/// The type of that name of the connector that the recordings were made with; nothing for others.
[[nodiscard]] std::optional<ConnectorType> recordedConnectorType(const QString &name);

} // namespace hubkeeper
