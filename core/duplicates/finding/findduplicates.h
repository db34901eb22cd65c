// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/finding/grouping.h"
#include "duplicates/finding/matchmodel.h"
#include "duplicates/rules/matchrules.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace hubkeeper {

struct DuplicateOptions
{
    double threshold = 0.5; ///< The least probability of a pair, above 0 and below 1.
    MatchRules rules;
    std::stop_token stop;
    /// Called from the calling thread now and then: part of the work done, 0 to 1.
    std::function<void(double)> progress;
};

/// Two records of one group.
struct DuplicatePair
{
    std::uint32_t first = 0; ///< The lesser; numbers of records in the order of their adding.
    std::uint32_t second = 0;
    double score = 0; ///< Probability, 0 to 1.
    bool isImplied = false; ///< Below the threshold alone, but both are like the rest of the group.
};

struct DuplicateGroup
{
    std::vector<std::uint32_t> records; ///< Ascending, at least two.
    double score = 0; ///< The mean of its pairs.
};

struct Duplicates
{
    std::vector<DuplicateGroup> groups; ///< By their first record.
    /// All pairs in a group, by their records; of groups beyond mostCompared only those found.
    std::vector<DuplicatePair> pairs;
    std::uint64_t compared = 0; ///< How many pairs were compared.
    std::shared_ptr<const MatchModel> model; ///< What was learned, to explain a pair by.
};

/// Finds them. The same records in the same order give the same result. Uses all processors; for a
/// worker thread, not the GUI's. Fails with Cancelled.
[[nodiscard]] Result<Duplicates> findDuplicates(const ComparableRecords &records,
                                                const DuplicateOptions &options);

} // namespace hubkeeper
