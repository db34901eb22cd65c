// SPDX-License-Identifier: MIT
#pragma once

#include "policy/policy.h"

namespace hubkeeper {

/// Something in a policy file that is not as it has to be.
struct PolicyFault
{
    int line = 1; ///< From 1.
    int column = 1; ///< From 1, in characters.
    QString text; ///< A phrase without a full stop: "\"mod\" is not known".

    bool operator==(const PolicyFault &) const = default;
};

/// A policy and everything that is wrong with it. With a fault it must not be used.
struct ParsedPolicy
{
    Policy policy;
    QList<PolicyFault> faults; ///< By line.
};

/// Strict: what is not known, a key that is there twice, a comment, a wrong kind of value, a number
/// out of its range, and more signatures than trusted keys are faults. `path` names it in
/// Policy::file. Pure.
[[nodiscard]] ParsedPolicy parsePolicy(const QByteArray &content, const QString &path);

/// "line 9: "mod" is not known", of the first one; and how many more.
[[nodiscard]] QString summaryOf(const QList<PolicyFault> &faults);

} // namespace hubkeeper
