// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hubkeeper {

/// Whether all of it is UTF-8 as RFC 3629 has it: nothing over-long, no surrogates. Some
/// gigabytes a second.
[[nodiscard]] bool isUtf8(std::string_view bytes);

/// The length of the well-formed character at the beginning; 0: there is none.
[[nodiscard]] size_t utf8Length(std::string_view bytes);

/// How many bytes at the beginning belong together as the start of a character that is not
/// complete or not allowed: what one U+FFFD stands for ("maximal subpart" of the Unicode
/// Standard, 3.9). At least 1.
[[nodiscard]] size_t brokenUtf8Length(std::string_view bytes);

/// Whether all of it could be the beginning of a character: a file that was cut.
[[nodiscard]] bool isUtf8Beginning(std::string_view bytes);

/// How many bytes at the end belong to a character whose rest is missing; 0 to 3.
[[nodiscard]] size_t cutUtf8Tail(std::string_view bytes);

void appendUtf8(std::string &text, char32_t character);

} // namespace hubkeeper
