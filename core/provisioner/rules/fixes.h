// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/validation.h"

#include <QSet>

#include <functional>

namespace hubkeeper {

struct FixChoice
{
    QSet<QString> rules; ///< Ids; empty: all.
    bool onlySafe = true;
};

struct FixOutcome
{
    QByteArray bytes; ///< The fixed text.
    QList<Finding> fixed; ///< In the order they were fixed.
    QList<Finding> remaining; ///< Of `bytes`.
};

/// Fixes what can be fixed, again until nothing changes: one fix may make another possible. Fixes
/// that touch the same bytes wait for the next round. Of a text with syntax faults only those are
/// fixed. Where fixes undo each other their findings stay, and so do those whose safe fixes would
/// make an error where there was none. A second call changes nothing, unless
/// there are thousands of mistakes in a text of many times a provisioner's size. Pure.
[[nodiscard]] FixOutcome withFixes(const QByteArray &bytes, const ValidationOptions &options,
                                   const FixChoice &choice = {});

/// What is wrong with a text of another kind than a provisioner.
using Judging = std::function<QList<Finding>(const JsonText &text)>;
/// The same for such a text.
[[nodiscard]] FixOutcome withFixesBy(const QByteArray &bytes, const Judging &judge,
                                     const FixChoice &choice);

} // namespace hubkeeper
