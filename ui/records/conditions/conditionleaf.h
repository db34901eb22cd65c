// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <optional>

namespace hubkeeper {

struct PropertyDefinition;

/// What a condition asks of a property.
enum class ConditionOp {
    Is,
    IsNot,
    OneOf,
    NoneOf,
    Less,
    AtMost,
    More,
    AtLeast,
    Between,
    Contains,
    ContainsNot,
    StartsWith,
    EndsWith,
    Word,
    NotWord,
    Present,
    Absent,
};

/// One condition, as a row shows it.
struct ConditionLeaf
{
    QString property;
    ConditionOp op = ConditionOp::Is;
    QStringList values; ///< One; two of Between; any number of OneOf and NoneOf; else none.

    bool operator==(const ConditionLeaf &) const = default;
};

/// How conditions on a property are made.
enum class ConditionFamily { Choices, Numbers, Dates, Texts };

/// The operators that a property of this family has, in the order of a list.
[[nodiscard]] QList<ConditionOp> operatorsOf(ConditionFamily family);
[[nodiscard]] QString textOf(ConditionOp op, ConditionFamily family);
/// How many values it needs; -1: any number from one on.
[[nodiscard]] int valuesOf(ConditionOp op);

[[nodiscard]] CrestFilter filterOf(const ConditionLeaf &leaf);
/// The condition that a filter is; nothing if it is none, or several.
[[nodiscard]] std::optional<ConditionLeaf> leafFrom(const CrestFilter &filter);

} // namespace hubkeeper
