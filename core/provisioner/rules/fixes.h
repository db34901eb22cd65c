// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/validation.h"

#include <QSet>

namespace hubkeeper {

struct FixChoice
{
    QSet<QString> rules; ///< Ids; empty: all.
    bool onlySafe = true;
};

struct FixOutcome
{
    QByteArray bytes; ///< The mended text.
    QList<Finding> mended; ///< In the order they were mended.
    QList<Finding> remaining; ///< Of `bytes`.
};

/// Mends what can be mended, again until nothing changes: one fix may make another possible. Fixes
/// that touch the same bytes wait for the next round. A text with syntax faults is mended in those
/// alone. Pure.
[[nodiscard]] FixOutcome withFixes(const QByteArray &bytes, const ValidationOptions &options,
                                   const FixChoice &choice = {});

} // namespace hubkeeper
