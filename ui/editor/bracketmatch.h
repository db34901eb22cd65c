// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>

class QTextDocument;

namespace hubkeeper {

/// The bracket before or after a position and its counterpart, as positions in the document.
/// Brackets in texts in double quotes do not count. Looks at most `mostLooked` characters far;
/// nothing if there is no bracket or no counterpart.
[[nodiscard]] std::optional<std::pair<int, int>> bracketsAt(const QTextDocument &document,
                                                            int position, int mostLooked = 50'000);

} // namespace hubkeeper
