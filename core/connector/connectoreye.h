// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "portal/account.h"
#include "portal/record.h"

namespace hubkeeper {

/// What a line of the connector-eye view says about a value.
enum class EyeNote {
    Writable, ///< IDM sees it and may set it; it has no value now.
    Overwritten, ///< It has a value, and an update of IDM replaces the whole of it (idm-connector
                 ///< 4).
    ReadOnly, ///< IDM sees it and cannot set it.
    NoCounterpart, ///< The attribute has nothing behind it in today's API: always absent.
    NotSeen, ///< HubSpot has a value, no attribute shows it: IDM neither reads nor changes it.
};

/// One line: HubSpot's side and the connector's side of the same thing.
struct EyeLine
{
    QString property; ///< HubSpot's name; empty if the attribute is not a property.
    QString text; ///< HubSpot's value as text.
    QString attribute; ///< The connector's name; empty if it shows no such attribute.
    QJsonValue value; ///< What IDM gets; undefined if the attribute is absent.
    EyeNote note = EyeNote::Writable;

    bool operator==(const EyeLine &) const = default;
};

/// One contact or company with the connector's eyes: its attributes in the order of the schema,
/// then, by name, the properties with a value that none of them shows. Pure.
[[nodiscard]] QList<EyeLine> connectorEye(const ObjectClassInfo &info, const Record &record,
                                          const AccountDetails &account);

} // namespace hubkeeper
