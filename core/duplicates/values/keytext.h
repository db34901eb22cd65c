// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hubkeeper {

// Keys: what is compared instead of values. They are never shown and never written anywhere. Pure;
// any thread.

/// UTF-8 as lower-case ASCII: accents and other marks dropped, other scripts in Latin letters
/// (ICU's Any-Latin), "ß" as "ss". Letters that ICU cannot write so are left out.
[[nodiscard]] std::string asciiKey(std::string_view utf8);

/// The words of an asciiKey(): letters and digits, parted by anything else; apostrophes join.
[[nodiscard]] std::vector<std::string_view> wordsOf(std::string_view key, std::string &buffer);

/// "ae", "oe", "ue" as "a", "o", "u", so that Mueller and Müller have one key.
[[nodiscard]] std::string withoutUmlautE(std::string_view key);

/// A number that stands for a text in keys of blocks; never 0.
[[nodiscard]] unsigned long long hashOf(std::string_view text);
[[nodiscard]] unsigned long long mixed(unsigned long long a, unsigned long long b);

} // namespace hubkeeper
