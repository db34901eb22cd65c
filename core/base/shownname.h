// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// A name that somebody chose, for a sentence: shortened, and in quotes where it is empty or has
/// blanks in it, so that it leaves no gap and does not run into the words around it.
[[nodiscard]] QString shownName(const QString &name);

} // namespace hubkeeper
