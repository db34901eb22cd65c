// SPDX-License-Identifier: MIT
#pragma once

#include "tables/delimited/dialect.h"

#include <string_view>

namespace hubkeeper {

/// How many cells a line has, or what is left of one from the beginning of a cell on, by the rules
/// of quotes: a quote closes its cell where a separator or the end follows. A cell whose quote is
/// not closed on the line is counted as if it had none. At least 1.
[[nodiscard]] size_t cellsOf(std::string_view line, const Dialect &dialect);

/// The same where the first cell has no quotes, whatever it begins with.
[[nodiscard]] size_t cellsAfterUnquoted(std::string_view line, const Dialect &dialect);

/// Lines that look like rows.
struct LineCount
{
    size_t lines = 0; ///< Blank ones not counted; at most 50 are looked at.
    size_t rows = 0; ///< With the right number of cells.
};

[[nodiscard]] LineCount rowsOf(std::string_view lines, size_t width, const Dialect &dialect);

/// Whether all lines do, as far as rowsOf() looks.
[[nodiscard]] bool areRows(std::string_view lines, size_t width, const Dialect &dialect);

} // namespace hubkeeper
