// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace hubkeeper {

/// Letters typed, dropped, changed or swapped with their neighbour to make `a` of `b`; `most` + 1
/// where there are more. Texts beyond 64 letters are compared by their first 64. Pure; any thread.
[[nodiscard]] int typos(std::string_view a, std::string_view b, int most);

/// Jaro-Winkler, 0 to 1; 0 where it is plainly below `least`. Texts beyond 64 letters are compared
/// by their first 64.
[[nodiscard]] double jaroWinkler(std::string_view a, std::string_view b, double least = 0);

/// How a name sounds, roughly: consonants in classes, vowels and doublings left out; six at most.
[[nodiscard]] std::string soundOf(std::string_view key);

} // namespace hubkeeper
