// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/compare/comparablerecords.h"

namespace hubkeeper {

/// What a comparison of two records found.
struct Compared
{
    FeatureLevels levels {};
    /// How common the more common of the two values, or what they have in common, is: the share of
    /// records that have it. 0: not known.
    std::array<float, featureCount> shares {};
};

/// Compares two records value by value. Pure; any thread once the records are frozen.
[[nodiscard]] Compared compared(const ComparableRecords &records, size_t a, size_t b);

/// Which features the records have at all.
[[nodiscard]] std::vector<Feature> featuresOf(const ComparableRecords &records);

// The parts, for tables of tests.
[[nodiscard]] Level nameLevel(std::string_view a, std::string_view b, const FullNames &fullA,
                              const FullNames &fullB);
[[nodiscard]] Level phoneLevel(std::string_view a, std::string_view b);
[[nodiscard]] Level dateLevel(std::string_view a, std::string_view b);
[[nodiscard]] Level textLevel(std::string_view a, std::string_view b);
[[nodiscard]] Level codeLevel(std::string_view a, std::string_view b);

} // namespace hubkeeper
