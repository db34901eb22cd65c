// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>

namespace hubkeeper {

/// How many letters must be typed, dropped, changed or swapped with their neighbour to make `a` of
/// `b`; letter case does not count. Texts beyond 64 characters are as far apart as they are long.
[[nodiscard]] int typingDistance(QStringView a, QStringView b);

/// "Did you mean": the known name that is nearest to `wanted`, if it is so near that it may be
/// meant: at most a third of the letters differ, or only case, dashes, dots and underscores do.
/// Nothing if `wanted` itself is known, or nothing is near.
[[nodiscard]] std::optional<QString> mostSimilarName(const QString &wanted,
                                                     const QStringList &known);

} // namespace hubkeeper
