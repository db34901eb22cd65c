// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

namespace hubkeeper {

/// The gravest finding at a place or below it; of equals the first. Null if there is none. Points
/// into `findings`.
[[nodiscard]] const Finding *worstBelow(const QList<Finding> &findings, const QString &pointer);

/// Takes what is at a place or below it out of `findings`.
[[nodiscard]] QList<Finding> takeBelow(QList<Finding> &findings, const QString &pointer);

} // namespace hubkeeper
