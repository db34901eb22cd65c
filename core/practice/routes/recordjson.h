// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/portalstate.h"

#include <QJsonObject>

namespace hubkeeper::practice {

/// What to show of records; looked up once for a whole page.
struct RecordShape
{
    ObjectType type = ObjectType::Contact;
    QList<PropertyKey> properties;
    QList<PropertyKey> histories;
    QList<ObjectType> associations;
};

/// The shape for requested names; unknown ones are left out, an empty list means the default
/// properties (hubspot-api 4.2).
[[nodiscard]] RecordShape shapeFor(PortalState &state, ObjectType type, const QStringList &names,
                                   const QStringList &histories = {},
                                   const QList<ObjectType> &associations = {});

/// {"id","properties","createdAt","updatedAt","archived","url",...} (hubspot-api 4.2).
[[nodiscard]] QJsonObject recordJson(const PortalState &state, const RecordShape &shape,
                                     const Record &record);

/// Of a live record, by its view.
[[nodiscard]] QJsonObject recordJson(const PortalState &state, const RecordShape &shape,
                                     const RecordView &record);

} // namespace hubkeeper::practice
