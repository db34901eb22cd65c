// SPDX-License-Identifier: MIT
#include "duplicates/finding/findduplicates.h"

#include "duplicates/blocking/blocks.h"
#include "duplicates/values/keytext.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>
#include <thread>

namespace hubkeeper {

namespace {

constexpr size_t blindPairs = 150'000;
constexpr double examplePairs = 100'000;
constexpr size_t largeSet = 100'000; // Records, from which on a pass may cost less for each.
constexpr double pairsPerRecord = 8;
constexpr double pairsPerRecordOfMany = 2;
constexpr size_t blocksAtOnce = 256;
constexpr size_t largeBlock = 20; // Records.
constexpr unsigned mostThreads = 16;
constexpr double learningShare = 0.2; // Of the work, for the progress.

class Search
{
public:
    Search(const ComparableRecords &records, const DuplicateOptions &options)
        : m_records(records)
        , m_options(options)
        , m_least(float(std::log(options.threshold / (1 - options.threshold))))
        , m_features(featuresOf(records))
    {
    }

    [[nodiscard]] Result<Duplicates> run()
    {
        auto model = std::make_shared<MatchModel>(m_records, m_features);
        m_model = model;
        model->learnChance(blind());
        {
            Blocks blocks = makeBlocks();
            learn(*model, blocks);
        }
        Blocks blocks = makeBlocks();
        for (int pass = 0; pass < blocks.passes() && !isStopped(); ++pass) {
            blocks.prepare(pass);
            comparePass(blocks);
            tell(learningShare
                 + (1 - learningShare) * double(pass + 1) / double(blocks.passes() + 1));
        }
        if (isStopped())
            return fail(ErrorKind::Cancelled, QString());
        return collected();
    }

private:
    [[nodiscard]] bool isStopped() const { return m_options.stop.stop_requested(); }
    void tell(double part) const
    {
        if (m_options.progress)
            m_options.progress(part);
    }
    [[nodiscard]] Blocks makeBlocks() const
    {
        return {m_records, m_options.rules.passes(),
                m_records.size() > largeSet ? pairsPerRecordOfMany : pairsPerRecord};
    }
    [[nodiscard]] std::vector<Compared> blind() const;
    void learn(MatchModel &model, Blocks &blocks) const;
    void comparePass(const Blocks &blocks);
    [[nodiscard]] float oddsOf(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] Result<Duplicates> collected();

    const ComparableRecords &m_records;
    const DuplicateOptions &m_options;
    const float m_least;
    const std::vector<Feature> m_features;
    std::shared_ptr<const MatchModel> m_model;
    std::vector<DuplicateLink> m_links;
    std::uint64_t m_compared = 0;
};

std::vector<Compared> Search::blind() const
{
    std::vector<Compared> pairs;
    const auto count = std::uint32_t(m_records.size());
    if (count < 2)
        return pairs;
    const std::uint64_t all = std::uint64_t(count) * (count - 1) / 2;
    if (all <= std::min<std::uint64_t>(blindPairs, 20'000)) {
        for (std::uint32_t a = 0; a < count; ++a) {
            for (std::uint32_t b = a + 1; b < count; ++b)
                pairs.push_back(compared(m_records, a, b));
        }
        return pairs;
    }
    std::mt19937 random(20'240'501); // NOLINT(cert-msc51-cpp): the same records, the same result.
    const size_t wanted = std::min(blindPairs, size_t(count) * 40);
    while (pairs.size() < wanted && !isStopped()) {
        const auto a = std::uint32_t(random() % count);
        const auto b = std::uint32_t(random() % count);
        if (a != b)
            pairs.push_back(compared(m_records, a, b));
    }
    return pairs;
}

void Search::learn(MatchModel &model, Blocks &blocks) const
{
    const double expected = double(m_records.size())
        * (m_records.size() > largeSet ? pairsPerRecordOfMany : pairsPerRecord) * blocks.passes()
        * 0.5;
    const double share = std::min(1.0, examplePairs / std::max(expected, 1.0));
    std::vector<Compared> examples;
    for (int pass = 0; pass < blocks.passes() && !isStopped(); ++pass) {
        blocks.prepare(pass);
        for (size_t i = 0; i < blocks.count(); ++i) {
            // Of large blocks some pairs, not all or none: one of them may hold most duplicates.
            const bool isLarge = blocks.block(i).size() > largeBlock;
            if (share < 1 && !isLarge && !blocks.isSampled(i, share))
                continue;
            blocks.forPairs(i, [&](std::uint32_t a, std::uint32_t b) {
                if (isLarge && double(mixed(a, b) >> 32U) >= share * 4294967296.0)
                    return;
                examples.push_back(compared(m_records, a, b));
            });
        }
        tell(learningShare * double(pass + 1) / double(blocks.passes() + 1));
    }
    if (!isStopped())
        model.learnMatches(examples, 1 / share);
}

float Search::oddsOf(std::uint32_t a, std::uint32_t b) const
{
    const Compared pair = compared(m_records, a, b);
    if (const auto ruled = m_options.rules.verdict(pair.levels))
        return *ruled ? MatchRules::surely : -MatchRules::surely;
    return m_options.rules.isOnly() ? -MatchRules::surely : float(m_model->logOdds(pair));
}

void Search::comparePass(const Blocks &blocks)
{
    std::atomic<size_t> next = 0;
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
    std::vector<std::vector<DuplicateLink>> found(threads);
    std::vector<std::uint64_t> counts(threads);
    const auto work = [&](unsigned thread) {
        for (;;) {
            const size_t begin = next.fetch_add(blocksAtOnce);
            if (begin >= blocks.count() || isStopped())
                return;
            for (size_t i = begin; i < std::min(begin + blocksAtOnce, blocks.count()); ++i) {
                blocks.forPairs(i, [&](std::uint32_t a, std::uint32_t b) {
                    ++counts[thread];
                    const float odds = oddsOf(a, b);
                    if (odds >= m_least)
                        found[thread].push_back({std::min(a, b), std::max(a, b), odds});
                });
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned thread = 1; thread < threads; ++thread)
            helpers.emplace_back(work, thread);
        work(0);
    }
    for (unsigned thread = 0; thread < threads; ++thread) {
        m_links.insert(m_links.end(), found[thread].begin(), found[thread].end());
        m_compared += counts[thread];
    }
}

Result<Duplicates> Search::collected()
{
    std::sort(m_links.begin(), m_links.end(), [](const DuplicateLink &a, const DuplicateLink &b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    Duplicates result;
    result.compared = m_compared;
    result.model = m_model;
    const auto between = [this](std::uint32_t a, std::uint32_t b) { return oddsOf(a, b); };
    for (std::vector<std::uint32_t> &records : groupsOf(m_links, m_records.size(), between)) {
        DuplicateGroup group {std::move(records), 0};
        const size_t before = result.pairs.size();
        const bool isWhole = group.records.size() <= mostCompared;
        for (size_t i = 0; i < group.records.size() && !isStopped(); ++i) {
            for (size_t j = i + 1; j < group.records.size(); ++j) {
                const std::uint32_t a = group.records[i];
                const std::uint32_t b = group.records[j];
                const auto link =
                    std::lower_bound(m_links.begin(), m_links.end(), std::pair(a, b),
                                     [](const DuplicateLink &one,
                                        const std::pair<std::uint32_t, std::uint32_t> &wanted) {
                                         return std::pair(one.first, one.second) < wanted;
                                     });
                const bool isLinked =
                    link != m_links.end() && link->first == a && link->second == b;
                if (!isLinked && !isWhole)
                    continue;
                const float odds = isLinked ? link->logOdds : oddsOf(a, b);
                result.pairs.push_back({a, b, MatchModel::probability(odds), odds < m_least});
                group.score += result.pairs.back().score;
            }
        }
        group.score /= double(std::max<size_t>(result.pairs.size() - before, 1));
        result.groups.push_back(std::move(group));
    }
    if (isStopped())
        return fail(ErrorKind::Cancelled, QString());
    std::sort(result.pairs.begin(), result.pairs.end(), [](const auto &a, const auto &b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    tell(1);
    return result;
}

} // namespace

Result<Duplicates> findDuplicates(const ComparableRecords &records, const DuplicateOptions &options)
{
    return Search(records, options).run();
}

} // namespace hubkeeper
