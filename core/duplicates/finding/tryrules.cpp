// SPDX-License-Identifier: MIT
#include "duplicates/finding/tryrules.h"

#include "duplicates/compare/comparevalues.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr double pairsPerTriedRecord = 40;
constexpr size_t mostSamples = 10;

/// Keeps the first, then takes the place of others with falling likelihood, the same each time.
void sample(TriedRule &tried, std::uint32_t a, std::uint32_t b)
{
    if (tried.samples.size() < mostSamples) {
        tried.samples.emplace_back(a, b);
        return;
    }
    const std::uint64_t draw = (tried.pairs * 0x9e3779b97f4a7c15ULL >> 20U) % tried.pairs;
    if (draw < mostSamples)
        tried.samples[draw] = {a, b};
}

} // namespace

Result<std::vector<TriedRule>> tryRules(const ComparableRecords &records, const MatchRules &rules,
                                        const std::stop_token &stop)
{
    std::vector<TriedRule> tried;
    for (const MatchRule &rule : rules.rules())
        tried.push_back({rule, 0, {}});
    Blocks blocks(records, rules.passes(), pairsPerTriedRecord);
    for (int pass = 0; pass < blocks.passes(); ++pass) {
        blocks.prepare(pass);
        for (size_t i = 0; i < blocks.count() && !stop.stop_requested(); ++i) {
            blocks.forPairs(i, [&](std::uint32_t a, std::uint32_t b) {
                const FeatureLevels levels = compared(records, a, b).levels;
                for (TriedRule &one : tried) {
                    if (!MatchRules::holds(one.rule, levels))
                        continue;
                    ++one.pairs;
                    sample(one, std::min(a, b), std::max(a, b));
                }
            });
        }
    }
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, QString());
    return tried;
}

} // namespace hubkeeper
