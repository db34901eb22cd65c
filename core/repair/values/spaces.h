// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

namespace hubkeeper {

/// Without white space at both ends, and one ordinary space for each run of it inside. Line breaks
/// stay, at most two in a row, unless `joinsLines`. Knows every white space of Unicode. Pure.
[[nodiscard]] QString collapsedSpaces(const QString &text, bool joinsLines);

/// Without characters that nobody sees: zero-width ones, soft hyphens, byte order marks, marks of
/// direction, control characters. No-break spaces become ordinary ones. Joiners stay where a script
/// or an emoji needs them; line breaks and tabs stay. Pure.
[[nodiscard]] QString withoutInvisible(const QString &text);

/// withoutInvisible(); doubtful where a character was lost before (U+FFFD).
[[nodiscard]] RepairedValue repairInvisible(const QString &text);

/// Both, on one line: what every other repair begins with.
[[nodiscard]] QString tidied(const QString &text);

} // namespace hubkeeper
