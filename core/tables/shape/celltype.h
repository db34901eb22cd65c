// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace hubkeeper {

/// What a text of a cell looks like, for finding out how a file is built; never for what it means.
enum class CellType {
    Empty,
    Number, ///< With sign, separators of thousands, currency, per cent.
    Date, ///< A date, a time, or both.
    Address, ///< An e-mail address or a URL.
    Flag, ///< true, false, yes, no.
    Word, ///< Letters, with the signs of names and sentences.
    Other, ///< Something a wrong separator may have left.
};

[[nodiscard]] CellType cellType(std::string_view text);

/// Whether headers often have this name, in one of HubSpot's larger languages: "email", "Vorname".
[[nodiscard]] bool isHeaderWord(std::string_view text);

/// Without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace hubkeeper
