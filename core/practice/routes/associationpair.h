// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

/// Two records that are or shall be associated.
struct AssociationPair
{
    ObjectType from = ObjectType::Contact;
    qint64 fromId = 0;
    ObjectType to = ObjectType::Company;
    qint64 toId = 0;
};

/// {"toObjectId","associationTypes"} (hubspot-api 9.2).
[[nodiscard]] QJsonObject linkJson(const PortalState &state, ObjectType from, ObjectType to,
                                   const Link &link);

/// [{"associationCategory","associationTypeId"}] as type ids that exist between the two types.
[[nodiscard]] Outcome<QList<int>> readTypes(const PortalState &state, ObjectType from,
                                            ObjectType to, const QJsonArray &types);

/// The labels of type ids; the unlabelled kind has none.
[[nodiscard]] QJsonArray labelTexts(const PortalState &state, ObjectType from, ObjectType to,
                                    const QList<int> &typeIds);

/// Both directions of a default association, as its reply lists them.
[[nodiscard]] QJsonArray defaultResults(const PortalState &state, const AssociationPair &pair);

/// The 2026-09 permission (hubspot-api 2.4).
[[nodiscard]] Outcome<void> mayAssociate(const PortalState &state, const ApiCall &call);

/// The name of a label as a program sees it.
[[nodiscard]] QString internalName(const LabelType &label);

} // namespace hubkeeper::practice
