// SPDX-License-Identifier: MIT
#pragma once

#include "connector/crestmatch.h"
#include "portal/search.h"

namespace hubkeeper {

/// What HubSpot's search knows about a field.
struct SearchField
{
    QString property; ///< Empty: it cannot be searched for; it is compared locally only.
    ValueKind kind = ValueKind::Text;
    /// Only presence can be searched for: phone numbers, lists (hubspot-api 6.2).
    bool presenceOnly = false;
    bool isKey = false; ///< Equality is answered by a direct read: the id, a contact's e-mail.
};

using FieldResolver = std::function<SearchField(const QStringList &pointer)>;

/// How a filter is answered. Objects found by any of the three ways are candidates.
struct SearchPlan
{
    bool everything = false; ///< Nothing could be pushed down: list all.
    /// Every candidate matches; else they have to be filtered locally.
    bool exact = true;
    QStringList ids; ///< Read directly.
    QStringList emails; ///< Read directly by idProperty=email.
    /// One search each: groups joined by OR, filters within by AND. One filter per group is left
    /// free for paging by id (hubspot-api 6.6).
    QList<QList<QList<SearchFilter>>> queries;
};

/// Translates a filter into HubSpot's terms, never losing a match:
///
/// - negations are pushed to the leaves (De Morgan), conjunctions are distributed over
///   alternatives, alternatives are cut into searches of at most 5 groups, 6 filters each, 18 in
///   all;
/// - a leaf HubSpot cannot answer is dropped from a conjunction and makes an alternative
///   "everything"; both are no longer exact;
/// - equality on keys becomes direct reads, several equalities of one property become one IN.
///
/// Field names must be known to `resolve`; extended operators other than ew, ca and word, see
/// prepareFilter().
[[nodiscard]] SearchPlan planSearch(const CrestFilter &filter, const FieldResolver &resolve);

/// Writes "in" as equalities (its value is a JSON array in a text) and refuses other extended
/// operators and pointers of several steps. Fields that `isKnown` denies are refused, except in a
/// presence test, which is then false (idm-connector 3.2).
[[nodiscard]] Result<CrestFilter>
prepareFilter(const CrestFilter &filter, const std::function<bool(const QString &)> &isKnown);

/// All fields a filter names.
[[nodiscard]] QStringList fieldsOf(const CrestFilter &filter);

} // namespace hubkeeper
