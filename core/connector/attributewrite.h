// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace hubkeeper {

// From the connector's attributes to what HubSpot is sent, with every refusal that needs no
// network. Pure.

enum class WriteKind { Create, Update };

/// The HubSpot properties of a write to a contact or company. Null, empty lists and empty texts
/// clear in an update and are left out of a create. Names are compared without letter case; those
/// that begin with one underscore (_id, _rev) are skipped.
///
/// Fails with InvalidInput for unknown attributes, two of one name, values of a wrong type, a
/// missing required one, and a contact without e-mail and name or a company without name and
/// domain (hubspot-api 4.5); with Refused for read-only ones. Error::fields names each.
/// `definitions`, if there are any, are asked about values too (refusalOf()).
[[nodiscard]] Result<QHash<QString, QString>>
propertiesToWrite(const ObjectClassInfo &info, const QJsonObject &attributes, WriteKind kind,
                  const QList<PropertyDefinition> &definitions);

/// The definition a write to contactProperties or companyProperties sends, with the same refusals;
/// besides, what today's API cannot set is Refused. `name` is the property's name in an update,
/// which must not change.
[[nodiscard]] Result<QJsonObject> definitionToWrite(const ObjectClassInfo &info,
                                                    const QJsonObject &attributes, WriteKind kind,
                                                    const QString &name);

/// An attribute of a definition as the journal keeps it: a text as it is, anything else as JSON.
[[nodiscard]] QString definitionText(const QJsonValue &value);

/// The value of an attribute of a property definition whose text a journal kept (a list as JSON).
/// Nothing for what HubSpot's API cannot set, and for a text that is none of its type.
[[nodiscard]] std::optional<QJsonValue> definitionValueFrom(const QString &attribute,
                                                            const QString &text);

} // namespace hubkeeper
