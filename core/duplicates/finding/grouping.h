// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace hubkeeper {

/// Two records that may be one; `logOdds` as MatchModel gives it.
struct DuplicateLink
{
    std::uint32_t first = 0; ///< The lesser.
    std::uint32_t second = 0;
    float logOdds = 0;
};

/// Groups of records that are one, each in ascending order, the groups by their first record. Links
/// alone make chains: A like B, B like C, but A unlike C. So the nearest are joined first, and two
/// groups only where their records are alike on average, all pairs of them considered; `between`
/// compares those that are not linked. Groups of more than mostCompared records are joined by
/// their links alone. Pure.
[[nodiscard]] std::vector<std::vector<std::uint32_t>>
groupsOf(std::vector<DuplicateLink> links, size_t records,
         const std::function<float(std::uint32_t, std::uint32_t)> &between);

inline constexpr size_t mostCompared = 600;

} // namespace hubkeeper
