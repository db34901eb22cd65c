// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// Whether every surrogate of the text is one of a pair, so that UTF-8 can say it.
[[nodiscard]] bool isWellFormed(const QString &text);
/// The text with U+FFFD for each half of a pair.
[[nodiscard]] QString wellFormed(QString text);

} // namespace hubkeeper
