// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace hubkeeper {

/// The full names that a given name may stand for, as numbers; 0: none. "alex" stands for Alexander
/// and Alexandra, "alexander" for itself. Of asciiKey(), withoutUmlautE(). English names, and some
/// German, French, Spanish, Italian and Dutch ones: nicknametable.h. Any thread.
using FullNames = std::array<unsigned short, 4>;
[[nodiscard]] FullNames fullNamesOf(std::string_view name);

/// Whether one full name may be meant by both: Bill and William, Bill and Will.
[[nodiscard]] bool areOneName(const FullNames &a, const FullNames &b);

} // namespace hubkeeper
