// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/finding/findduplicates.h"
#include "duplicates/finding/tryrules.h"
#include "duplicatetable.h"
#include "output.h"

namespace hubkeeper::cli {

enum class DuplicateFormat { Table, Json, Csv };

/// What was found in a table of records, as a verb prints it.
struct FoundDuplicates
{
    const DuplicateTable &table;
    const Duplicates &found;
    double threshold = 0;
    bool isExplained = false;
};

/// Prints pairs and groups.
void printDuplicates(const FoundDuplicates &duplicates, DuplicateFormat format, Output &output);

/// Prints what rules do: how many pairs each has, and some of them.
void printTriedRules(const DuplicateTable &table, const std::vector<TriedRule> &rules,
                     Output &output);

/// "lastname typo +7.3, email same +9.1": why two records are one, the strongest reason first.
[[nodiscard]] QStringList reasonsOf(const FoundDuplicates &duplicates, const DuplicatePair &pair);

} // namespace hubkeeper::cli
