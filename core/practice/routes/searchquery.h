// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

enum class Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Between,
    In,
    NotIn,
    Has,
    HasNot,
    ContainsToken,
    ContainsNotToken,
};

/// How values of a property compare (hubspot-api 6.2).
enum class Comparison {
    Text, ///< Without regard to case.
    Exact, ///< Options.
    Number,
    Instant, ///< Dates and date-times, as epoch milliseconds.
    Linked, ///< associations.{type}
};

/// One condition, with its values already in the form they are compared in.
struct SearchFilter
{
    PropertyKey key;
    Operator op = Operator::Equal;
    Comparison comparison = Comparison::Text;
    QStringList texts; ///< Folded for Text.
    QList<double> numbers;
    QList<qint64> integers; ///< Instants, ids.
    bool isInteger = false; ///< Number: compare `integers`, for ids beyond 2^53.
    ObjectType linkedTo = ObjectType::Company;
};

/// A search as it is carried out.
struct SearchQuery
{
    ObjectType type = ObjectType::Contact;
    QString text; ///< Folded words to look for; empty: none.
    QList<QList<SearchFilter>> groups; ///< OR of ANDs; empty: everything.
    PropertyKey sortKey;
    Comparison sortAs = Comparison::Number;
    bool descending = false;
    QStringList properties;
    int limit = 10;
    int after = 0;
};

/// Reads and bounds a search body (hubspot-api 6.1, 6.3).
[[nodiscard]] Outcome<SearchQuery> readSearch(PortalState &state, const ApiCall &call,
                                              ObjectType type);

} // namespace hubkeeper::practice
