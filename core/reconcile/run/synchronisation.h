// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/run/reconciliation.h"

namespace hubkeeper {

/// A source object that somebody created, changed or deleted.
struct SourceChange
{
    QString id;
    std::optional<QJsonObject> before; ///< None: it was created.
    std::optional<QJsonObject> after; ///< None: it was deleted.
};

/// What a mapping did about one changed object.
struct SyncOutcome
{
    std::vector<ReconEntry> entries; ///< One for each link qualifier; NOREPORT too (fact 58).
    QString breaks; ///< Not empty: the whole call failed, for this reason.

    [[nodiscard]] bool failed() const;
};

/// Implicit synchronisation: what one mapping does about a change, under each of its link
/// qualifiers. Does not look at enableSync, nor at other mappings: the caller goes through those
/// whose source is the collection, in their order. Synchronous, keeps nothing, as reconcile().
[[nodiscard]] SyncOutcome synchronise(const SyncMappings &mappings, const SyncMapping &mapping,
                                      const SourceChange &change, const SyncWorld &world);

} // namespace hubkeeper
