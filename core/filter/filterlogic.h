// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <algorithm>

namespace hubkeeper {

/// Whether an order (less than, equal to, more than 0) is what a comparison asks for; false for an
/// operator that does not compare.
[[nodiscard]] inline bool orderHolds(const QString &op, int order)
{
    if (op == QLatin1StringView("eq"))
        return order == 0;
    if (op == QLatin1StringView("lt"))
        return order < 0;
    if (op == QLatin1StringView("le"))
        return order <= 0;
    if (op == QLatin1StringView("gt"))
        return order > 0;
    return op == QLatin1StringView("ge") && order >= 0;
}

/// The logic of a filter over what its leaves say: `leafHolds(const CrestFilter &)` is asked for
/// those of kind Present and Compare, for as few of them as decide.
template <typename Leaf>
[[nodiscard]] bool filterHolds(const CrestFilter &filter, const Leaf &leafHolds)
{
    const auto holds = [&leafHolds](const CrestFilter &operand) {
        return filterHolds(operand, leafHolds);
    };
    switch (filter.kind) {
    case CrestFilter::True:
        return true;
    case CrestFilter::False:
        return false;
    case CrestFilter::And:
        return std::all_of(filter.operands.cbegin(), filter.operands.cend(), holds);
    case CrestFilter::Or:
        return std::any_of(filter.operands.cbegin(), filter.operands.cend(), holds);
    case CrestFilter::Not:
        return !holds(filter.operands.front());
    case CrestFilter::Present:
    case CrestFilter::Compare:
        return leafHolds(filter);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
