// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/compare/comparevalues.h"

#include <array>
#include <vector>

namespace hubkeeper {

/// How likely two records are one, by Fellegi and Sunter (1969): for each feature how often it
/// agrees so among duplicates and among others, multiplied. What is agreed on counts more where it
/// is rare. Nothing is known beforehand but a rough idea that a few pairs of evidence outweigh: the
/// likelihoods come from the records themselves, by expectation maximisation over pairs.
///
/// Duplicates of which one has moved are a kind of their own, since city, street and house then
/// differ together: that counts once, not feature by feature. So are pairs that share a reason: a
/// household (last name, address, phone), a father and his son, a workplace (company, domain,
/// switchboard), a place.
class MatchModel
{
public:
    /// One pair for learning.
    using Example = Compared;

    MatchModel(const ComparableRecords &records, std::vector<Feature> features);

    /// How values agree by chance: from pairs drawn blindly.
    void learnChance(const std::vector<Example> &pairs);
    /// From pairs that share a key; `scale` is how many such pairs there are for one of these.
    void learnMatches(const std::vector<Example> &pairs, double scale);

    /// The logarithm (natural) of the odds that they are one record.
    [[nodiscard]] double logOdds(const Compared &pair) const;
    /// What one feature adds to it, against chance: the weight of evidence.
    [[nodiscard]] double weight(Feature feature, const Compared &pair) const;
    [[nodiscard]] static double probability(double logOdds);

    /// For a look inside: how often duplicates are at a level of a feature where both have a value.
    [[nodiscard]] double amongMatches(Feature feature, Level level) const;
    [[nodiscard]] double byChance(Feature feature, Level level) const;
    /// How many pairs of duplicates there may be.
    [[nodiscard]] double expectedMatches() const { return m_sizes[0] + m_sizes[1]; }
    [[nodiscard]] const std::vector<Feature> &features() const { return m_features; }

private:
    static constexpr int matchKinds = 2; ///< Duplicates, and those of which one has moved.
    static constexpr int kindCount = 7; ///< These, four reasons, chance.
    using Levels = std::array<double, levelCount>;
    using Kind = std::array<Levels, featureCount>;

    [[nodiscard]] std::array<double, kindCount> logLikelihoods(const Compared &pair) const;
    [[nodiscard]] double logChance(size_t feature, const Compared &pair) const;
    void knowReasons();
    void learnLevels(const Kind &counts);
    void updateLogs();

    MatchKind m_kind;
    std::vector<Feature> m_features;
    double m_allPairs = 1;
    std::array<double, kindCount> m_sizes {};
    std::array<double, kindCount> m_logSizes {};
    std::array<std::array<bool, featureCount>, kindCount> m_shares {};
    std::array<std::array<bool, featureCount>, kindCount> m_isKnown {}; ///< Not learned.
    std::array<Kind, kindCount> m_levels {};
    std::array<Kind, kindCount> m_logs {};
    Kind m_prior {};
    std::array<std::array<double, levelCount>, featureCount> m_usualShare {};
};

} // namespace hubkeeper
