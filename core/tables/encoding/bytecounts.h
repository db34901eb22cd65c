// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <string>
#include <string_view>

namespace hubkeeper {

/// What tells encodings apart, counted over a file that is not plain UTF-8.
struct ByteCounts
{
    qint64 bytes = 0; ///< Of pieces that are not plain ASCII; nothing else is counted of others.
    std::array<qint64, 4> zeros {}; ///< By the place modulo four.
    qint64 goodCharacters = 0; ///< Of UTF-8, with more than one byte.
    qint64 brokenCharacters = 0; ///< Without the one at the end that may have been cut.
    qint64 surrogates = 0; ///< As three bytes each; only writers of UTF-8 make them.
    std::string cutEnd; ///< The beginning of a character, where the file ends.
    std::array<qint64, 256> values {};
    bool hasLineFeed = false;
    bool hasCarriageReturn = false;
    std::string head; ///< The first bytes.
    std::string foreign; ///< Some lines with bytes from 0x80 on.

    void add(std::string_view bytes, bool isLast);
    [[nodiscard]] qint64 allZeros() const { return zeros[0] + zeros[1] + zeros[2] + zeros[3]; }

private:
    void addCharacters(std::string_view bytes, bool isLast);
    void addLines(std::string_view bytes);

    std::string m_rest;
    qint64 m_offset = 0; ///< Bytes before the next piece.
};

} // namespace hubkeeper
