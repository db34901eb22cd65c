// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/crest/crestrequest.h"

namespace hubkeeper::practice {

/// The value a pointer leads to; undefined if it leads nowhere.
[[nodiscard]] QJsonValue valueAt(const QJsonValue &value, const QStringList &pointer);

/// The steps of a pointer: percent-decoded, the slash in front optional (idm-connector 3.1).
[[nodiscard]] QStringList pointerSteps(const QString &text);

/// The first operator of the filter that is not one of `known`; empty if there is none.
[[nodiscard]] QString operatorBeyond(const CrestFilter &filter, const QStringList &known);

/// Whether an object matches. Texts compare to the letter, numbers with numbers only, and of a list
/// any item may match.
[[nodiscard]] bool objectMatches(const CrestFilter &filter, const QJsonValue &object);

/// Less than 0, 0, more than 0: null, booleans, numbers, texts, in this order.
[[nodiscard]] int compareJson(const QJsonValue &a, const QJsonValue &b);

/// The members that `fields` name, and always _id and _rev. Without fields, or with "*", all.
[[nodiscard]] QJsonObject shownFields(const QJsonObject &object, const QStringList &fields);

/// How a resource counts what a query found.
enum class Totals {
    Never, ///< NONE and -1, whatever was asked: community, and objects of connectors.
    Always, ///< EXACT: configurations of commercial servers (idm-rest 9.1).
};

/// Sorts, pages and cuts what a query found into its answer. The cookie is the place of the next
/// object as text, null at the end.
[[nodiscard]] CrestReply pageReply(QList<QJsonObject> found, const CrestQuery &query,
                                   Totals totals = Totals::Never);

} // namespace hubkeeper::practice
