// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QString>

#include <array>

namespace hubkeeper {

/// The declared type of a configuration property; IDM converts to it (idm-connector 2.5).
enum class PropertyType { String, GuardedString, Boolean, Integer };

/// One of the ten properties of the connector (idm-connector 1.2).
struct ConnectorProperty
{
    const char *name;
    PropertyType type;
    const char *defaultJson; ///< "null", "false", "10".
    bool required;
    bool advanced; ///< Of the group "Advanced Connection"; else "Basic".
    const char *label; ///< English, for people.
    const char *help; ///< One or two English sentences.

    [[nodiscard]] bool isConfidential() const { return type == PropertyType::GuardedString; }
};

/// The ten, in the order of the connector's documentation: the one table behind the form, the
/// command line, the manual and the validator.
[[nodiscard]] const std::array<ConnectorProperty, 10> &connectorProperties();

/// Nothing if the connector has no property of that name.
[[nodiscard]] const ConnectorProperty *connectorProperty(const QString &name);

/// What IDM makes of a value for the type (idm-connector 2.5): "10" becomes 10, "TRUE" true, 1
/// true. Undefined if it refuses; null stays null.
[[nodiscard]] QJsonValue converted(PropertyType type, const QJsonValue &value);

} // namespace hubkeeper
