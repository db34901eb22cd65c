// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace hubkeeper {

/// Stands for no separator at all: a byte that no UTF-8 holds.
inline const std::string noSeparator = "\xFF";

/// How the cells of a text file are told apart.
struct Dialect
{
    std::string separator = ","; ///< UTF-8, one character or more; never empty.
    char quote = '"'; ///< 0: quotes are letters.
    bool hasBackslashEscapes = false; ///< A backslash before a quote makes it a letter.

    bool operator==(const Dialect &) const = default;
};

} // namespace hubkeeper
