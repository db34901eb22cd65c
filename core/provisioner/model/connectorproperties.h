// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QJsonValue>
#include <QString>

#include <array>
#include <optional>

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
    bool isPrimitive; ///< A Java `boolean`: takes neither null nor 0 and 1.
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
/// true. Undefined if it refuses; null stays null. A QJsonValue does not say how a number was
/// written, see convertedAt().
[[nodiscard]] QJsonValue converted(PropertyType type, const QJsonValue &value);

/// The same for a value of a file, as a server was seen to do: 10.0 and 1e1 are not whole numbers,
/// and a primitive boolean takes no number.
[[nodiscard]] QJsonValue convertedAt(const ConnectorProperty &property, const JsonText &text,
                                     int node);

/// A whole number as Java reads one: digits with a sign, as a number or in quotes, without blanks,
/// point and exponent. Nothing for anything else.
[[nodiscard]] std::optional<qint64> wholeNumberAt(const JsonText &text, int node);

} // namespace hubkeeper
