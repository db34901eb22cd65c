// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <functional>

namespace hubkeeper {

/// How values of a field compare. HubSpot ignores letter case in texts and minds it in options
/// (hubspot-api 6.2); local evaluation does the same, so that it does not matter who filters.
enum class ValueKind {
    Text, ///< Letter case ignored.
    Exact, ///< Options: letter case matters.
    Number,
    Instant, ///< ISO 8601 (UTC if it names no zone) or epoch milliseconds.
    Day,
    Boolean,
    Id, ///< Equal as text, ordered as number.
};

/// The value of a field: undefined if it has none; for lists any item may match.
struct FieldValue
{
    QJsonValue value = QJsonValue::Undefined;
    ValueKind kind = ValueKind::Text;
};

using FieldReader = std::function<FieldValue(const QStringList &pointer)>;

/// Whether an object matches. A field without value matches nothing but its negation.
[[nodiscard]] bool matches(const CrestFilter &filter, const FieldReader &read);

/// Less than 0, 0, more than 0; nothing if one of them is not a value of the kind.
[[nodiscard]] std::optional<int> compareAs(ValueKind kind, const QString &a, const QString &b);

/// Epoch milliseconds of an instant or of a day's midnight in UTC.
[[nodiscard]] std::optional<qint64> epochOf(ValueKind kind, const QString &text);

} // namespace hubkeeper
