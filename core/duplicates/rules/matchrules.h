// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/blocking/blocks.h"
#include "duplicates/columns/matchfield.h"

#include <optional>
#include <vector>

namespace hubkeeper {

/// What must hold between the values of two records.
struct RuleCondition
{
    Feature feature = Feature::Email;
    Level worst = Level::Same; ///< This near or nearer. Of differing values: Differs.
    bool isDifference = false; ///< Both have a value, and they differ beyond `worst`.
};

/// A line of rules: all conditions have to hold.
struct MatchRule
{
    QString text; ///< As written.
    int line = 0; ///< From 1.
    bool isMatch = true; ///< Else: such pairs are never duplicates, whatever else says.
    std::vector<RuleCondition> conditions;
};

/// Rules for duplicates as text, a rule a line:
///
///     # Comments and empty lines are skipped.
///     match email same
///     match lastname typo, firstname nickname, phone tail
///     never dateofbirth differs
///     only rules
///
/// Words for how near: same; nickname, part, tail (the same or equivalent); typo (or better);
/// similar (or better); initial (or better); differs. "never" wins over "match", both over the
/// score; with "only rules" the score is not asked.
class MatchRules
{
public:
    /// Fails with InvalidInput and the line: an unknown word, a "match" without a condition that
    /// brings records together (same, nickname, part, tail), a field that the records do not have.
    [[nodiscard]] static Result<MatchRules> parse(const QString &text, const MatchColumns &columns);

    [[nodiscard]] bool isOnly() const { return m_isOnly; }
    [[nodiscard]] const std::vector<MatchRule> &rules() const { return m_rules; }

    /// What they say of two records; nothing if no rule applies.
    [[nodiscard]] std::optional<bool> verdict(const FeatureLevels &levels) const;
    [[nodiscard]] static bool holds(const MatchRule &rule, const FeatureLevels &levels);

    /// Keys that bring the pairs of each "match" together.
    [[nodiscard]] std::vector<Blocks::KeysOf> passes() const;

    static constexpr float surely = 30; ///< The log-odds of what a rule says.

private:
    std::vector<MatchRule> m_rules;
    bool m_isOnly = false;
};

} // namespace hubkeeper
