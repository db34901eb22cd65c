// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/plan.h"
#include "changes/set/associationcells.h"
#include "portal/batchassociations.h"

namespace hubkeeper {

// The decisions of a run about links between records, as pure functions.

/// What the portal has between two records.
struct LinkNow
{
    QList<AssociationKind> kinds; ///< None: no link.
    QString primary; ///< Of a contact and a company: the contact's primary company, or empty.
};
/// `all` are the links of one record with the type of the other.
[[nodiscard]] LinkNow linkNow(const QList<Association> &all, const QString &toId);

/// Compares with the set of kinds that was staged. What the portal has and a row wants is done; a
/// link that is wanted without a label is there with any. `isMoved`: this run changed the contact's
/// primary company already, so that the primary label says nothing.
[[nodiscard]] Comparison comparedLink(const RowChange &row, const LinkNow &now, bool isMoved);

/// The row with what really was there before, for the journal: its inverse has to bring that back.
/// A row that was done before it was sent changes nothing, unless an earlier run may have sent it.
[[nodiscard]] RowChange journaledLink(const RowChange &row, const LinkNow &now, bool isDone);

/// What has to be added and what taken off so that the link has the kinds that are wanted.
[[nodiscard]] QList<AssociationKind> kindsToAdd(const RowChange &row);
[[nodiscard]] QList<AssociationKind> kindsToTakeOff(const RowChange &row);
/// The company, other than the row's own, that gets the primary label; empty: none. Taking the
/// label back gives it to the one that had it before.
[[nodiscard]] QString companyToPromote(const RowChange &row);

/// Judges by what the portal has after the sending, as outcomeOf() does. The first company of a
/// contact becomes its primary one on its own (hubspot-api 9.2): that is as wanted.
[[nodiscard]] Outcome linkOutcomeOf(const RowChange &row, const std::optional<Error> &doubt,
                                    const Result<LinkNow> &now);

} // namespace hubkeeper
