// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorobject.h"
#include "connector/schema.h"
#include "portal/account.h"
#include "portal/record.h"

namespace hubkeeper {

// From HubSpot's values to the connector's attributes. Pure.

/// Which attributes a caller wants: `fields` in any letter case, unknown names ignored, "_id"
/// always there; none given: those returned by default.
[[nodiscard]] QList<AttributeInfo> wantedAttributes(const ObjectClassInfo &info,
                                                    const QStringList &fields);

/// The HubSpot properties that have to be read for these attributes.
[[nodiscard]] QStringList propertiesFor(const QList<AttributeInfo> &attributes);

/// Whether one of them needs the account details.
[[nodiscard]] bool needsAccount(const QList<AttributeInfo> &attributes);

/// Attributes without value are left out. `account` may be empty if needsAccount() is false.
[[nodiscard]] ConnectorObject objectFrom(ObjectClass objectClass, const Record &record,
                                         const QList<AttributeInfo> &attributes,
                                         const AccountDetails &account);
[[nodiscard]] ConnectorObject objectFrom(const Owner &owner, const QList<AttributeInfo> &attributes,
                                         const AccountDetails &account);
[[nodiscard]] ConnectorObject objectFrom(ObjectClass objectClass,
                                         const PropertyDefinition &definition,
                                         const QList<AttributeInfo> &attributes);

} // namespace hubkeeper
