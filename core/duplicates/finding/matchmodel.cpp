// SPDX-License-Identifier: MIT
#include "duplicates/finding/matchmodel.h"

#include <algorithm>
#include <cmath>

namespace hubkeeper {

namespace {

constexpr int rounds = 20;
constexpr double priorPairs = 20; // What the rough idea of duplicates counts for.
constexpr double rarest = 1e-9;

/// Missing, Same, Equivalent, Typo, Similar, Initial, Related, Differs.
using Rough = std::array<double, levelCount>;
constexpr Rough roughMatch {0, 0.72, 0.06, 0.1, 0.03, 0.02, 0.02, 0.05};
constexpr Rough roughChance {0, 0.005, 0.003, 0.003, 0.006, 0.003, 0.01, 0.97};
constexpr double blindPairsKnown = 100; // What the rough idea of chance counts for.
constexpr Rough roughOrder {0, 0.97, 0, 0, 0, 0, 0, 0.03};

/// How often duplicates may differ at most: pairs that differ more often are alike for another
/// reason, however many there are.
double mostDiffering(Feature feature, MatchKind kind)
{
    switch (feature) {
    case Feature::FirstName:
    case Feature::LastName:
        return 0.04;
    case Feature::NameOrder:
        return 0.15;
    case Feature::Company:
        return kind == MatchKind::Companies ? 0.06 : 0.4;
    case Feature::Date:
    case Feature::NationalId:
        return 0.15;
    case Feature::Domain:
        return kind == MatchKind::Companies ? 0.3 : 0.4;
    case Feature::State:
    case Feature::Country:
        return 0.2;
    default:
        return 0.4;
    }
}

void limitDiffering(std::array<double, levelCount> &levels, double most)
{
    double &differs = levels[size_t(Level::Differs)];
    if (differs <= most)
        return;
    const double scale = (1 - most) / std::max(1 - differs, 1e-6);
    for (size_t level = 1; level < size_t(Level::Differs); ++level)
        levels[level] *= scale;
    differs = most;
}

/// What pairs with a reason of their own share, and how often: known, not learned, since what is
/// learned without labels would drift towards whatever is frequent.
struct Reason
{
    Feature feature;
    Rough levels;
};
/// Mostly the same; sometimes written otherwise.
constexpr Rough shared(double same)
{
    return {0, same, 0.03, 0.03, 0.02, 0.005, 0.005, 0.91 - same};
}
constexpr Rough differing(double differs)
{
    return {0, 0.97 - differs, 0.005, 0.005, 0.01, 0.005, 0.005, differs};
}
constexpr Rough colleagueMail {0, 0.03, 0.005, 0.005, 0.01, 0.25, 0.25, 0.45};
constexpr Rough sisterName {0, 0.02, 0.03, 0.03, 0.2, 0.02, 0.4, 0.3};

constexpr Reason household[] = {
    {Feature::LastName, shared(0.85)},   {Feature::Phone, shared(0.5)},
    {Feature::Street, shared(0.8)},      {Feature::HouseNumber, shared(0.8)},
    {Feature::Address2, shared(0.7)},    {Feature::City, shared(0.85)},
    {Feature::State, shared(0.88)},      {Feature::Country, shared(0.88)},
    {Feature::PostalCode, shared(0.8)},  {Feature::Email, differing(0.8)},
    {Feature::Company, differing(0.75)},
};
constexpr Reason workplace[] = {
    {Feature::Company, shared(0.85)},    {Feature::Domain, shared(0.85)},
    {Feature::Email, colleagueMail},     {Feature::Phone, differing(0.6)},
    {Feature::Street, shared(0.75)},     {Feature::HouseNumber, shared(0.75)},
    {Feature::City, shared(0.75)},       {Feature::PostalCode, shared(0.6)},
    {Feature::State, shared(0.8)},       {Feature::Country, shared(0.85)},
    {Feature::JobTitle, differing(0.8)},
};
constexpr Reason place[] = {
    {Feature::Street, shared(0.85)},     {Feature::HouseNumber, shared(0.8)},
    {Feature::Address2, shared(0.6)},    {Feature::City, shared(0.88)},
    {Feature::State, shared(0.88)},      {Feature::Country, shared(0.88)},
    {Feature::PostalCode, shared(0.85)}, {Feature::Phone, differing(0.8)},
};
/// Companies of one group, or branches.
constexpr Reason sisters[] = {
    {Feature::Company, sisterName},      {Feature::Domain, differing(0.8)},
    {Feature::Phone, differing(0.8)},    {Feature::Street, shared(0.6)},
    {Feature::HouseNumber, shared(0.6)}, {Feature::City, shared(0.7)},
    {Feature::State, shared(0.8)},       {Feature::Country, shared(0.88)},
    {Feature::PostalCode, shared(0.6)},
};

} // namespace

MatchModel::MatchModel(const ComparableRecords &records, std::vector<Feature> features)
    : m_kind(records.kind())
    , m_features(std::move(features))
{
    const double count = double(records.size());
    m_allPairs = std::max(count * (count - 1) / 2, 1.0);
    m_sizes = {0.1 * count, 0.1 * count, 0.1 * count, 0.1 * count, m_allPairs};
    for (const Feature feature : m_features) {
        const size_t f = size_t(feature);
        m_shares[0][f] = true;
        m_prior[f] = feature == Feature::NameOrder ? roughOrder : roughMatch;
        m_levels[0][f] = m_prior[f];
        m_levels[kindCount - 1][f].fill(1.0 / (levelCount - 1));
    }
    const auto know = [this](size_t kind, const auto &reasons) {
        for (const Reason &reason : reasons) {
            m_shares[kind][size_t(reason.feature)] = true;
            m_levels[kind][size_t(reason.feature)] = reason.levels;
        }
    };
    if (m_kind == MatchKind::People) {
        know(1, household);
        know(2, workplace);
    } else {
        know(1, sisters);
    }
    know(3, place);
    for (size_t kind = 1; kind < kindCount - 1; ++kind) { // With fewer than two it does not count.
        const auto shared = std::count_if(m_features.begin(), m_features.end(),
                                          [&](Feature f) { return m_shares[kind][size_t(f)]; });
        if (shared < 2)
            m_sizes[kind] = 0;
    }
    updateLogs();
}

void MatchModel::updateLogs()
{
    for (size_t kind = 0; kind < kindCount; ++kind) {
        m_logSizes[kind] = m_sizes[kind] > 0 ? std::log(m_sizes[kind]) : -1e9;
        for (const Feature feature : m_features) {
            for (size_t level = 1; level < levelCount; ++level)
                m_logs[kind][size_t(feature)][level] =
                    std::log(std::max(m_levels[kind][size_t(feature)][level], rarest));
        }
    }
}

void MatchModel::learnChance(const std::vector<Example> &pairs)
{
    for (const Feature feature : m_features) {
        const size_t f = size_t(feature);
        Levels counts {};
        Levels shares {};
        double all = 0;
        for (const Example &pair : pairs) {
            const size_t level = size_t(pair.levels[f]);
            if (level == 0)
                continue;
            counts[level] += 1;
            shares[level] += pair.shares[f];
            all += 1;
        }
        Levels &chance = m_levels[kindCount - 1][f];
        for (size_t level = 1; level < levelCount; ++level) {
            chance[level] =
                (counts[level] + blindPairsKnown * roughChance[level]) / (all + blindPairsKnown);
            m_usualShare[f][level] = counts[level] >= 20 ? shares[level] / counts[level] : 0;
        }
        if (feature == Feature::NameOrder)
            chance = {0, 1, 1, 1, 1, 1, 1, 1}; // Each order has its own chance, as the names say.
    }
    updateLogs();
}

double MatchModel::logChance(size_t feature, const Compared &pair) const
{
    const size_t level = size_t(pair.levels[feature]);
    const double share = pair.shares[feature];
    const bool isShare = level == size_t(Level::Same) || feature == size_t(Feature::Company)
        || (feature == size_t(Feature::Email) && level == size_t(Level::Equivalent));
    if (isShare && share > 0)
        return std::log(share);
    const double log = m_logs[kindCount - 1][feature][level];
    if (share <= 0 || level > size_t(Level::Typo))
        return log;
    const double usual = m_usualShare[feature][level];
    const double scaled = usual > 0 ? log + std::log(std::clamp(share / usual, 0.05, 10.0)) : log;
    return std::max(scaled, std::log(share)); // The other value comes by chance at least so often.
}

std::array<double, MatchModel::kindCount> MatchModel::logLikelihoods(const Compared &pair) const
{
    std::array<double, kindCount> sums = m_logSizes;
    for (const Feature feature : m_features) {
        const size_t f = size_t(feature);
        const size_t level = size_t(pair.levels[f]);
        if (level == 0)
            continue;
        const double chance = logChance(f, pair);
        for (size_t kind = 0; kind < kindCount; ++kind)
            sums[kind] += m_shares[kind][f] ? m_logs[kind][f][level] : chance;
    }
    return sums;
}

void MatchModel::learnMatches(const std::vector<Example> &pairs, double scale)
{
    for (int round = 0; round < rounds; ++round) {
        Kind counts {};
        std::array<double, kindCount> sizes {};
        for (const Example &pair : pairs) {
            const auto logs = logLikelihoods(pair);
            const double best = *std::max_element(logs.begin(), logs.end());
            std::array<double, kindCount> shares {};
            double all = 0;
            for (size_t kind = 0; kind < kindCount; ++kind)
                all += shares[kind] = std::exp(logs[kind] - best);
            for (size_t kind = 0; kind < kindCount - 1; ++kind) {
                const double share = shares[kind] / all * scale;
                if (share < 1e-6 * scale)
                    continue;
                sizes[kind] += share;
                for (const Feature feature : m_features) {
                    if (kind == 0)
                        counts[size_t(feature)][size_t(pair.levels[size_t(feature)])] += share;
                }
            }
        }
        for (size_t kind = 0; kind < kindCount - 1; ++kind) {
            if (m_sizes[kind] > 0)
                m_sizes[kind] = sizes[kind] + 1;
        }
        for (const Feature feature : m_features) {
            const size_t f = size_t(feature);
            double all = priorPairs;
            for (size_t level = 1; level < levelCount; ++level)
                all += counts[f][level];
            for (size_t level = 1; level < levelCount; ++level)
                m_levels[0][f][level] = (counts[f][level] + priorPairs * m_prior[f][level]) / all;
            limitDiffering(m_levels[0][f], mostDiffering(feature, m_kind));
        }
        updateLogs();
    }
}

double MatchModel::logOdds(const Compared &pair) const
{
    const auto logs = logLikelihoods(pair);
    const double best = *std::max_element(logs.begin() + 1, logs.end());
    double others = 0;
    for (size_t kind = 1; kind < kindCount; ++kind)
        others += std::exp(logs[kind] - best);
    return logs[0] - best - std::log(others);
}

double MatchModel::weight(Feature feature, const Compared &pair) const
{
    const size_t level = size_t(pair.levels[size_t(feature)]);
    return level == 0 ? 0 : m_logs[0][size_t(feature)][level] - logChance(size_t(feature), pair);
}

double MatchModel::probability(double logOdds)
{
    return 1 / (1 + std::exp(-logOdds));
}

double MatchModel::amongMatches(Feature feature, Level level) const
{
    return m_levels[0][size_t(feature)][size_t(level)];
}

double MatchModel::byChance(Feature feature, Level level) const
{
    return m_levels[kindCount - 1][size_t(feature)][size_t(level)];
}

} // namespace hubkeeper
