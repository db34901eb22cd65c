// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// What every model of the form answers for a row: QString, the JSON pointer of its value.
inline constexpr int pointerRole = Qt::UserRole;

/// Whether `pointer` is `prefix` or below it.
[[nodiscard]] inline bool isAtOrBelow(const QString &pointer, const QString &prefix)
{
    return pointer.startsWith(prefix)
        && (pointer.size() == prefix.size() || pointer[prefix.size()] == u'/');
}

} // namespace hubkeeper
