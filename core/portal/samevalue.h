// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"

#include <QHash>

namespace hubkeeper {

// The one notion of "the same value": what is staged, compared with a baseline, proven after
// sending, reported as a difference, filtered and sorted all ask here. Pure; any thread.

using DefinitionsByName = QHash<QString, PropertyDefinition>;

/// Whether two texts are the same value for this property, so that writing one over the other
/// would change nothing:
/// - null and empty are both no value;
/// - texts with different line ends (\r\n, \r, \n) are the same; letter case, blanks and no-break
///   spaces differ;
/// - numbers by their value, exactly: 1, 1.0, +1 and 1e0 are the same, 9007199254740993 and
///   9007199254740992 are not;
/// - booleans and e-mail addresses without letter case;
/// - days and instants, as ISO 8601 or epoch milliseconds;
/// - checkboxes as sets: order, repetitions and empty parts do not count.
/// Texts that are not values of the property's type are compared as texts.
[[nodiscard]] bool sameValue(const PropertyDefinition &property, const QString &a,
                             const QString &b);
/// The same for a property by its name; as plain texts if it is not defined.
[[nodiscard]] bool sameValue(const DefinitionsByName &definitions, const QString &property,
                             const QString &a, const QString &b);
/// Texts of a property that nothing is known of.
[[nodiscard]] bool sameText(const QString &a, const QString &b);

/// A text that is equal for two texts exactly if they are the same value of the property: for
/// hashes, groups and indexes. Empty for no value.
[[nodiscard]] QString valueKey(const PropertyDefinition &property, const QString &text);

/// Compares two decimal numbers exactly, however many digits they have: less than, equal to or
/// greater than 0 as `a` is to `b`. Nothing if one of them is not a number.
[[nodiscard]] std::optional<int> compareNumbers(const QString &a, const QString &b);

/// The day that a value of type date names, as ISO 8601 or as the milliseconds of a midnight UTC
/// (hubspot-api 8.1); invalid if it names none.
[[nodiscard]] QDate dayOf(const QString &text);

} // namespace hubkeeper
