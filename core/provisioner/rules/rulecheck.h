// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rule.h"
#include "provisioner/validation.h"

namespace hubkeeper {

/// What a check of one stage sees, and where it tells what it found.
class RuleCheck
{
public:
    RuleCheck(const JsonText &checked, const ValidationOptions &how);

    const JsonText &text;
    const ValidationOptions &options;

    /// A member by pointer, if it is there and of that kind; else JsonText::none.
    [[nodiscard]] int find(const QString &pointer, JsonKind kind) const;
    [[nodiscard]] int member(int object, QLatin1StringView key) const;
    [[nodiscard]] bool isKind(int node, JsonKind kind) const;
    /// The value as it stands in the file, shortened, for a sentence. Never for a secret.
    [[nodiscard]] QString shown(int node) const;

    /// A finding at a value, at the key of a member, at bytes, or about the whole file.
    void report(const Rule &rule, int node, const QString &message, std::optional<Fix> fix = {});
    void reportKey(const Rule &rule, int node, const QString &message, std::optional<Fix> fix = {});
    void reportBytes(const Rule &rule, Span at, const QString &message,
                     std::optional<Fix> fix = {});
    void reportFile(const Rule &rule, const QString &message, std::optional<Fix> fix = {});

    [[nodiscard]] QList<Finding> takeFindings();

private:
    void add(const Rule &rule, Span at, const QString &pointer, const QString &message,
             std::optional<Fix> fix);

    QList<Finding> m_findings;
};

/// A stage: its rules, and the check that reports them. A file of rules/ for each.
struct RuleSet
{
    std::span<const Rule *const> rules;
    void (*check)(RuleCheck &check);
    /// Runs on text that is no JSON too; the others need a root that is an object.
    bool onBrokenText = false;
};

[[nodiscard]] const RuleSet &byteRules();
[[nodiscard]] const RuleSet &secretRules();
[[nodiscard]] const RuleSet &cryptoRules();
[[nodiscard]] const RuleSet &substitutionRules();
[[nodiscard]] const RuleSet &coercionRules();
[[nodiscard]] const RuleSet &liveRules();

} // namespace hubkeeper
