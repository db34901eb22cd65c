// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

// An apostrophe before cells that a spreadsheet may run as formulas: those that begin with "=",
// "+", "-", "@", a tab, a carriage return or a line feed (OWASP, CSV injection). It can be taken
// off without a doubt, because cells that have apostrophes before such a sign get one more: each of
// the two functions undoes the other, whatever the text. Pure.

/// The text as a guarded file has it.
[[nodiscard]] QString guarded(const QString &text);
/// The text of a cell of a guarded file.
[[nodiscard]] QString unguarded(const QString &text);

} // namespace hubkeeper
