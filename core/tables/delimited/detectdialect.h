// SPDX-License-Identifier: MIT
#pragma once

#include "tables/delimited/dialect.h"

#include <optional>
#include <string_view>

namespace hubkeeper {

/// What is known before anything is found out.
struct DialectHints
{
    std::optional<std::string> separator;
    std::optional<char> quote; ///< 0: none.
    bool isTabFile = false; ///< By its name.
};

/// The dialect of a text by its beginning. Separator and quote are those under which the rows are
/// alike and the cells look like something (the idea of van den Burg, Nazabal and Sutton,
/// "Wrangling messy CSV files", 2019; measures and weights are our own). `isWhole`: the text is all
/// there is; else what may be a part of a row at its end is not looked at.
[[nodiscard]] Dialect detectDialect(std::string_view text, bool isWhole, const DialectHints &hints);

/// Bytes of a line "sep=;" at the beginning, its end included; 0: there is none. Spreadsheets take
/// it as the separator and do not show it.
[[nodiscard]] size_t separatorLine(std::string_view text, std::string &separator);

} // namespace hubkeeper
