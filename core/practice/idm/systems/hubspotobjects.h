// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/systems/connector.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

/// The live records of a portal as the connector shows them, by id.
[[nodiscard]] QList<NativeObject> recordObjects(const PortalState &portal, ObjectType type);
/// The one with this id, or nothing.
[[nodiscard]] QList<NativeObject> recordObject(const PortalState &portal, ObjectType type,
                                               qint64 id);

/// The live records that match, without making an object of those that do not.
[[nodiscard]] QList<NativeObject> matchingRecords(const PortalState &portal, ObjectType type,
                                                  const CrestFilter &filter);

/// Owners, and definitions of properties ("contactProperties", "companyProperties").
[[nodiscard]] QList<NativeObject> definitionObjects(PortalState &portal, const QString &type);

/// Attributes as HubSpot takes them: texts, lists joined by a semicolon, "" for no value.
[[nodiscard]] QJsonObject hubSpotProperties(const QJsonObject &attributes);

} // namespace hubkeeper::practice
