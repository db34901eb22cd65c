// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/rules/matchrules.h"

#include <stop_token>

namespace hubkeeper {

/// What a rule would do.
struct TriedRule
{
    MatchRule rule;
    std::uint64_t pairs = 0; ///< Of a "never": of the pairs that share a key.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> samples; ///< Up to ten, spread out.
};

/// Counts the pairs of each rule, whatever the other rules say. Pairs of a key that more than 600
/// records share are not counted. Fails with Cancelled.
[[nodiscard]] Result<std::vector<TriedRule>>
tryRules(const ComparableRecords &records, const MatchRules &rules, const std::stop_token &stop);

} // namespace hubkeeper
