// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace hubkeeper {

/// The operators of HubSpot's search (hubspot-api 6.2).
enum class SearchOperator {
    Eq,
    Neq,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
    In,
    NotIn,
    HasProperty,
    NotHasProperty,
    ContainsToken,
    NotContainsToken,
};

struct SearchFilter
{
    QString property;
    SearchOperator op = SearchOperator::Eq;
    QString value;
    QString highValue; ///< Between only.
    QStringList values; ///< In and NotIn only.

    bool operator==(const SearchFilter &) const = default;
};

/// A search: groups joined by OR, filters within one by AND (hubspot-api 6.1).
struct SearchQuery
{
    QString text; ///< `query`: token prefixes over the fields of hubspot-api 6.4; may be empty.
    QList<QList<SearchFilter>> groups;
    QString sortProperty; ///< Empty: HubSpot's default order, oldest first.
    bool descending = false;
    QStringList properties; ///< What to return.
    int limit = 200; ///< 1 to 200.
    QString after;

    static constexpr int mostGroups = 5;
    static constexpr int mostFiltersPerGroup = 6;
    static constexpr int mostFilters = 18;
    static constexpr int mostHits = 10'000;

    bool operator==(const SearchQuery &) const = default;
};

/// The request's JSON. Fails with InvalidInput when a limit of hubspot-api 6.3 is exceeded.
[[nodiscard]] Result<QByteArray> searchBody(const SearchQuery &query);

} // namespace hubkeeper
