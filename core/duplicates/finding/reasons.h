// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/finding/matchmodel.h"

#include <QString>

namespace hubkeeper {

/// What one field says about two records.
struct MatchReason
{
    Feature feature = Feature::Email;
    Level level = Level::Missing;
    double weight = 0; ///< Evidence for one record; below 0: against. Natural logarithm.
};

/// All that was compared, the strongest first.
[[nodiscard]] std::vector<MatchReason> reasonsFor(const ComparableRecords &records,
                                                  const MatchModel &model, size_t a, size_t b);

/// "firstname", "email": as the fields are called; "nameorder". Never changes.
[[nodiscard]] QString nameOf(Feature feature);
/// "same", "equivalent", "typo", "similar", "initial", "related", "differs". Never changes.
[[nodiscard]] QString nameOf(Level level);

} // namespace hubkeeper
