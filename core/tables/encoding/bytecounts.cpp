// SPDX-License-Identifier: MIT
#include "tables/encoding/bytecounts.h"

#include "tables/encoding/utf8.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr size_t headBytes = 64 << 10;
constexpr size_t foreignBytes = 128 << 10;

bool isHigh(char letter)
{
    return static_cast<unsigned char>(letter) >= 0x80;
}

/// Without NUL.
bool isPlainAscii(std::string_view bytes)
{
    return bytes.find('\0') == bytes.npos && std::none_of(bytes.begin(), bytes.end(), isHigh);
}

} // namespace

void ByteCounts::add(std::string_view piece, bool isLast)
{
    head += piece.substr(0, headBytes - std::min(headBytes, head.size()));
    hasLineFeed = hasLineFeed || piece.find('\n') != piece.npos;
    hasCarriageReturn = hasCarriageReturn || piece.find('\r') != piece.npos;
    const qint64 offset = m_offset;
    m_offset += qint64(piece.size());
    if (m_rest.empty() && isPlainAscii(piece))
        return;
    for (size_t i = 0; i < piece.size(); ++i) {
        const auto byte = static_cast<unsigned char>(piece[i]);
        ++values[byte];
        if (byte == 0)
            ++zeros[(size_t(offset) + i) & 3];
    }
    bytes += qint64(piece.size());
    addLines(piece);
    m_rest += piece;
    const size_t tail = isLast ? 0 : cutUtf8Tail(m_rest);
    const std::string whole = m_rest.substr(0, m_rest.size() - tail);
    m_rest.erase(0, whole.size());
    addCharacters(whole, isLast);
}

void ByteCounts::addCharacters(std::string_view piece, bool isLast)
{
    while (!piece.empty()) {
        if (!isHigh(piece.front())) {
            piece.remove_prefix(1);
            continue;
        }
        size_t length = utf8Length(piece);
        if (length > 0) {
            ++goodCharacters;
        } else if (isLast && isUtf8Beginning(piece)) {
            cutEnd = piece;
            return;
        } else if (piece.size() >= 3 && piece[0] == '\xED' && isHigh(piece[1])
                   && isHigh(piece[2])) {
            ++surrogates;
            length = 3;
        } else {
            ++brokenCharacters;
            length = brokenUtf8Length(piece);
        }
        piece.remove_prefix(length);
    }
}

void ByteCounts::addLines(std::string_view piece)
{
    while (!piece.empty() && foreign.size() < foreignBytes) {
        const auto *found = std::find_if(piece.begin(), piece.end(), isHigh);
        if (found == piece.end())
            return;
        const auto at = size_t(found - piece.begin());
        const size_t begin = piece.find_last_of("\r\n", at) + 1; // npos + 1 is 0.
        const size_t end = std::min(piece.find_first_of("\r\n", at), begin + 4'000);
        const std::string_view line = piece.substr(begin, end - begin);
        foreign += line;
        foreign += '\n';
        if (begin + line.size() >= piece.size())
            return;
        piece.remove_prefix(begin + line.size());
    }
}

} // namespace hubkeeper
