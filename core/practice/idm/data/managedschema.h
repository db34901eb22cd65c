// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/data/managedstore.h"

#include <QJsonArray>

namespace hubkeeper::practice {

/// The collections of the standard schema: "managed/user", "managed/role", "managed/assignment".
[[nodiscard]] bool isManagedCollection(const QString &collection);

/// What the policies of the standard schema have against an object: one {"policyRequirements",
/// "property"} for each property, empty if nothing. A null counts as a value of the wrong type
/// (recon-vectors, fact 31). `id` is the object's own, empty for a new one.
[[nodiscard]] QJsonArray failedPolicies(const ManagedStore &store, const QString &collection,
                                        const QString &id, const QJsonObject &content);

/// An object as REST shows it: _id, _rev, what is computed of roles, nothing that is private.
[[nodiscard]] QJsonObject shownObject(const ManagedStore &store, const QString &collection,
                                      const ManagedObject &object);

} // namespace hubkeeper::practice
