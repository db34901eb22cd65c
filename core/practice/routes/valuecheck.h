// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

/// The property values of one write, as they would be stored.
struct CheckedValues
{
    QHash<QString, QString> values; ///< An empty text clears.
    QJsonArray warnings; ///< Of normalised dates, 2026-09 only (hubspot-api 2.4).
};

/// Checks every property of a write against its definition. All faults come in one reply
/// (hubspot-api 8.3). `before` is the stored record of an update, nullptr for a create.
[[nodiscard]] Outcome<CheckedValues> checkValues(PortalState &state, const ApiCall &call,
                                                 ObjectType type, const QJsonObject &properties,
                                                 const Record *before);

/// The rules of 2026-09: what must be there once the values are applied (hubspot-api 2.4).
[[nodiscard]] Outcome<void> checkRequired(PortalState &state, const ApiCall &call, ObjectType type,
                                          const QHash<QString, QString> &after, bool isCreate);

} // namespace hubkeeper::practice
