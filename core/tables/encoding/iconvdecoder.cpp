// SPDX-License-Identifier: MIT
#include "tables/encoding/iconvdecoder.h"

#include "tables/encoding/utf8.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <iconv.h>

namespace hubkeeper {

std::unique_ptr<Decoder> IconvDecoder::make(const QString &encoding)
{
    iconv_t converter = iconv_open("UTF-8", encoding.toLatin1().constData());
    if (converter == reinterpret_cast<iconv_t>(-1))
        return nullptr;
    return std::unique_ptr<Decoder>(new IconvDecoder(converter));
}

IconvDecoder::IconvDecoder(void *converter)
    : m_converter(converter)
{
}

IconvDecoder::~IconvDecoder()
{
    iconv_close(static_cast<iconv_t>(m_converter));
}

size_t IconvDecoder::decodePiece(std::string_view bytes, bool isLast, std::string &text)
{
    std::string input(bytes); // iconv takes what it does not change as if it did.
    char *from = input.data();
    size_t left = input.size();
    std::array<char, 16'384> piece {};
    while (left > 0) {
        if (*from == '\0')
            note(text, TableFaultKind::Nul, {from, 1});
        // Up to the next NUL, so that each is noted at its place.
        const void *nul = std::memchr(from + 1, 0, left - 1);
        size_t now = nul ? size_t(static_cast<const char *>(nul) - from) : left;
        const size_t before = now;
        char *to = piece.data();
        size_t room = piece.size();
        const size_t outcome = iconv(static_cast<iconv_t>(m_converter), &from, &now, &to, &room);
        const int why = errno;
        text.append(piece.data(), piece.size() - room);
        left -= before - now;
        if (outcome != size_t(-1) || why == E2BIG)
            continue;
        if (why == EINVAL && !isLast && left == now && left < 8)
            return left; // The beginning of a character.
        note(text, TableFaultKind::Encoding, {from, 1});
        appendUtf8(text, 0xFFFD);
        ++from;
        --left;
    }
    return 0;
}

} // namespace hubkeeper
