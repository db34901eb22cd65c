// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"

namespace hubkeeper {

// What a row about an association holds. A link between two records is a value, the set of its
// kinds, and a row changes it from one set to another: nothing before makes the link, nothing after
// removes it.
//
// A link between a contact and a company always belongs to the contact (RowChange::type), so that
// a change set has one row for it. A link within one type belongs to the record it was staged from.

/// The set of kinds as a text: "HUBSPOT_DEFINED/1 Primary; HUBSPOT_DEFINED/279". Empty: no link.
inline constexpr QLatin1StringView associationCell("associations");
/// Id of the contact's primary company. Only in rows that set or take the primary label: a
/// contact has one at most, so that setting it takes it off another link.
inline constexpr QLatin1StringView primaryCell("associations.primary");

/// Sorted by category and number, each kind once. A label is there for people: semicolons in it
/// become commas.
[[nodiscard]] QString kindsText(const QList<AssociationKind> &kinds);
/// Back from a text; what is not a kind is passed over.
[[nodiscard]] QList<AssociationKind> kindsOf(const QString &text);
/// Whether a text is one that kindsText() writes.
[[nodiscard]] bool isKindsText(const QString &text);

[[nodiscard]] bool isSameKind(const AssociationKind &one, const AssociationKind &other);
/// Regardless of order and labels.
[[nodiscard]] bool areSameKinds(const QList<AssociationKind> &one,
                                const QList<AssociationKind> &other);
[[nodiscard]] bool hasKind(const QList<AssociationKind> &kinds, const AssociationKind &kind);
/// `kinds` without those that `gone` has.
[[nodiscard]] QList<AssociationKind> without(const QList<AssociationKind> &kinds,
                                             const QList<AssociationKind> &gone);

/// The kind that every link has (hubspot-api 9.1).
[[nodiscard]] AssociationKind unlabelledKind(ObjectType from, ObjectType to);
/// From a contact to its primary company.
[[nodiscard]] AssociationKind primaryKind();
/// Whether the two types have a primary link, and this is its kind.
[[nodiscard]] bool isPrimary(const AssociationKind &kind);

/// For people: "Primary, Decision maker"; "No label" of a link without one; empty without a link.
[[nodiscard]] QString shownKinds(const QString &text);

/// A link that shall change. Both `now` and `wanted` without kinds: no link.
struct AssociationEdit
{
    RecordReference from; ///< The contact, where the other end is a company.
    RecordReference to;
    QString label; ///< What people call the two.
    QList<AssociationKind> now;
    QList<AssociationKind> wanted; ///< The unlabelled kind comes by itself.
    /// Of a contact and a company: the id of the contact's primary company now; empty: none.
    QString primaryNow;
};

/// The row of it. Nothing if it changes nothing.
[[nodiscard]] std::optional<RowChange> associationRow(const AssociationEdit &edit);

/// RowChange::kind by the cells: a create from nothing, an archive to nothing, else an update.
void updateAssociationKind(RowChange &row);

/// "512>companies/77": the second part of a row's key, with the ids that the portal has.
[[nodiscard]] QString pairText(const QString &fromId, const RecordReference &to);

} // namespace hubkeeper
