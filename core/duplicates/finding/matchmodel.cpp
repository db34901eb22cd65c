// SPDX-License-Identifier: MIT
#include "duplicates/finding/matchmodel.h"

#include <algorithm>
#include <cmath>

namespace hubkeeper {

namespace {

constexpr int rounds = 20;
constexpr double priorPairs = 20; // What the rough idea of duplicates counts for.
constexpr double rarest = 1e-9;
constexpr double mostMoved = 0.2; // Of all duplicates.
constexpr double mostGenerations = 0.002; // Duplicates of which one only is a "Jr.".

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
        return 0.01;
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
constexpr Rough generationName {0, 0.004, 0.004, 0.004, 0.004, 0.004, 0.976, 0.004};
constexpr Rough sisterName {0, 0.02, 0.03, 0.03, 0.2, 0.02, 0.4, 0.3};

/// Duplicates of which one has moved. What is not named here is as among all duplicates.
constexpr Reason moved[] = {
    {Feature::Street, differing(0.93)},     {Feature::HouseNumber, differing(0.9)},
    {Feature::Address2, differing(0.8)},    {Feature::City, differing(0.8)},
    {Feature::PostalCode, differing(0.93)}, {Feature::Phone, differing(0.5)},
};
constexpr Reason household[] = {
    {Feature::LastName, shared(0.85)},   {Feature::Phone, shared(0.5)},
    {Feature::Street, shared(0.8)},      {Feature::HouseNumber, shared(0.8)},
    {Feature::Address2, shared(0.7)},    {Feature::City, shared(0.85)},
    {Feature::State, shared(0.88)},      {Feature::Country, shared(0.88)},
    {Feature::PostalCode, shared(0.8)},  {Feature::Email, differing(0.8)},
    {Feature::Company, differing(0.75)},
};
/// Of one name, but for what tells them apart: "Jr.", "II".
constexpr Reason fatherAndSon[] = {
    {Feature::FirstName, shared(0.89)},  {Feature::LastName, generationName},
    {Feature::Phone, shared(0.6)},       {Feature::Street, shared(0.8)},
    {Feature::HouseNumber, shared(0.8)}, {Feature::Address2, shared(0.7)},
    {Feature::City, shared(0.85)},       {Feature::State, shared(0.88)},
    {Feature::Country, shared(0.88)},    {Feature::PostalCode, shared(0.8)},
    {Feature::Email, differing(0.93)},   {Feature::Company, differing(0.8)},
    {Feature::Date, differing(0.95)},    {Feature::NationalId, differing(0.95)},
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
    {Feature::PostalCode, shared(0.85)}, {Feature::Phone, differing(0.65)},
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
    m_sizes.fill(0.1 * count);
    m_sizes.back() = m_allPairs;
    for (const Feature feature : m_features) {
        const size_t f = size_t(feature);
        m_shares[0][f] = true;
        m_shares[1][f] = true;
        m_prior[f] = feature == Feature::NameOrder ? roughOrder : roughMatch;
        m_levels[0][f] = m_prior[f];
        m_levels[1][f] = m_prior[f];
        m_levels.back()[f].fill(1.0 / (levelCount - 1));
    }
    knowReasons();
    updateLogs();
}

void MatchModel::knowReasons()
{
    const auto know = [this](size_t kind, const auto &reasons) {
        const auto known =
            std::count_if(std::begin(reasons), std::end(reasons), [&](const auto &r) {
                return std::find(m_features.begin(), m_features.end(), r.feature)
                    != m_features.end();
            });
        if (known < 2) { // With fewer than two it does not count.
            m_sizes[kind] = 0;
            return;
        }
        for (const Reason &reason : reasons) {
            m_shares[kind][size_t(reason.feature)] = true;
            m_levels[kind][size_t(reason.feature)] = reason.levels;
            m_isKnown[kind][size_t(reason.feature)] = true;
        }
    };
    know(1, moved);
    if (m_kind == MatchKind::People) {
        know(2, household);
        know(3, workplace);
        know(4, fatherAndSon);
    } else {
        know(2, sisters);
        m_sizes[3] = 0;
        m_sizes[4] = 0;
    }
    know(5, place);
    m_sizes[1] = std::min(m_sizes[1], mostMoved * m_sizes[0]);
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
        Levels &chance = m_levels.back()[f];
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
    const double log = m_logs.back()[feature][level];
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
                    if (kind < matchKinds && !m_isKnown[kind][size_t(feature)])
                        counts[size_t(feature)][size_t(pair.levels[size_t(feature)])] += share;
                }
            }
        }
        for (size_t kind = 0; kind < kindCount - 1; ++kind) {
            if (m_sizes[kind] > 0)
                m_sizes[kind] = sizes[kind] + 1;
        }
        m_sizes[1] = std::min(m_sizes[1], mostMoved * m_sizes[0]);
        learnLevels(counts);
    }
}

void MatchModel::learnLevels(const Kind &counts)
{
    for (const Feature feature : m_features) {
        const size_t f = size_t(feature);
        double all = priorPairs;
        for (size_t level = 1; level < levelCount; ++level)
            all += counts[f][level];
        for (size_t level = 1; level < levelCount; ++level)
            m_levels[0][f][level] = (counts[f][level] + priorPairs * m_prior[f][level]) / all;
        limitDiffering(m_levels[0][f], mostDiffering(feature, m_kind));
        if (feature == Feature::LastName)
            m_levels[0][f][size_t(Level::Related)] =
                std::min(m_levels[0][f][size_t(Level::Related)], mostGenerations);
        if (!m_isKnown[1][f])
            m_levels[1][f] = m_levels[0][f];
    }
    updateLogs();
}

double MatchModel::logOdds(const Compared &pair) const
{
    const auto logs = logLikelihoods(pair);
    const auto sum = [](auto begin, auto end) {
        const double best = *std::max_element(begin, end);
        double all = 0;
        for (auto log = begin; log != end; ++log)
            all += std::exp(*log - best);
        return best + std::log(all);
    };
    return sum(logs.begin(), logs.begin() + matchKinds)
        - sum(logs.begin() + matchKinds, logs.end());
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
    return m_levels.back()[size_t(feature)][size_t(level)];
}

} // namespace hubkeeper
