// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// A text as one word of a POSIX shell: in single quotes, which keep everything but themselves as
/// it is. A shell word holds no NUL, so that is left out.
[[nodiscard]] QString shellQuoted(QString text);

/// The same, without quotes where none are needed: for people who read it.
[[nodiscard]] QString shellWord(const QString &text);

} // namespace hubkeeper
