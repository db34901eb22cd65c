// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/rules/finding.h"

#include <QHash>
#include <QSet>

namespace hubkeeper {

/// Which rules count, and how much.
struct RuleChoice
{
    QSet<QString> ignored;
    QSet<QString> only; ///< Empty: all.
    QHash<QString, Severity> severities; ///< Instead of the rule's own.

    [[nodiscard]] bool takes(const QString &ruleId) const;
    /// Leaves out what is not wanted, and gives the rest its severity.
    void applyTo(QList<Finding> &findings) const;

    bool operator==(const RuleChoice &) const = default;
};

/// "HK401" in any letter case as the rule is called. InvalidInput for one that does not exist.
[[nodiscard]] Result<QString> knownRule(const QString &id);

} // namespace hubkeeper
