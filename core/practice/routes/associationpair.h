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

/// The two types of crm/associations/{from}/{to}/... and the inputs.
struct AssociationBatch
{
    ObjectType from = ObjectType::Contact;
    ObjectType to = ObjectType::Company;
    QJsonArray inputs;
};

inline constexpr int mostAssociationReads = 1000; // hubspot-api 9.2
inline constexpr int mostAssociationCreates = 2000;
inline constexpr int mostAssociationRemovals = 100;

/// Types and inputs of a batch, at most `most`; for writes the permission too.
[[nodiscard]] Outcome<AssociationBatch> readBatch(const PortalState &state, const ApiCall &call,
                                                  int most, bool isWrite);

/// The records of an input {"from":{"id"},"to":{"id"}}; merged ids are followed.
[[nodiscard]] AssociationPair pairIn(PortalState &state, const AssociationBatch &batch,
                                     const QJsonObject &input);

/// The entry of errors[] for a pair that cannot be associated: an id that is not one, a record
/// that is not there, or twice the same.
[[nodiscard]] std::optional<QJsonObject> faultOf(PortalState &state, const AssociationPair &pair,
                                                 const QJsonObject &input);

/// "Object 5 cannot be associated to itself (5)"
[[nodiscard]] QString toItself(const AssociationPair &pair);

/// The entry for a record without associations of the wanted type.
[[nodiscard]] QJsonObject noAssociations(const AssociationBatch &batch, qint64 id);

/// The name of an association type in v3: "contact_to_company", "contact_to_company_unlabeled".
[[nodiscard]] QString legacyTypeName(const LabelType &label);

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
