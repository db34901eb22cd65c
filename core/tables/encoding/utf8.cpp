// SPDX-License-Identifier: MIT
#include "tables/encoding/utf8.h"

#include <algorithm>
#include <simdjson.h>

namespace hubkeeper {

namespace {

struct Lead
{
    size_t length = 0; ///< Of the whole character; 0: no character begins so.
    unsigned char lowest = 0x80; ///< Of the second byte.
    unsigned char highest = 0xBF;
};

/// Table 3-7 of the Unicode Standard.
Lead leadOf(unsigned char byte)
{
    if (byte < 0x80)
        return {1};
    if (byte < 0xC2)
        return {};
    if (byte < 0xE0)
        return {2};
    if (byte < 0xF0) {
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    }
    if (byte < 0xF5) {
        return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
    }
    return {};
}

/// How many bytes at the beginning fit together, the whole character at most.
size_t fitting(std::string_view bytes, const Lead &lead)
{
    size_t count = 1;
    while (count < lead.length && count < bytes.size()) {
        const auto byte = static_cast<unsigned char>(bytes[count]);
        const unsigned char lowest = count == 1 ? lead.lowest : 0x80;
        const unsigned char highest = count == 1 ? lead.highest : 0xBF;
        if (byte < lowest || byte > highest)
            break;
        ++count;
    }
    return count;
}

} // namespace

bool isUtf8(std::string_view bytes)
{
    return simdjson::validate_utf8(bytes.data(), bytes.size());
}

size_t utf8Length(std::string_view bytes)
{
    if (bytes.empty())
        return 0;
    const Lead lead = leadOf(static_cast<unsigned char>(bytes.front()));
    return lead.length > 0 && fitting(bytes, lead) == lead.length ? lead.length : 0;
}

size_t brokenUtf8Length(std::string_view bytes)
{
    const Lead lead = leadOf(static_cast<unsigned char>(bytes.front()));
    return lead.length == 0 ? 1 : fitting(bytes, lead);
}

bool isUtf8Beginning(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    const Lead lead = leadOf(static_cast<unsigned char>(bytes.front()));
    return lead.length > bytes.size() && fitting(bytes, lead) == bytes.size();
}

size_t cutUtf8Tail(std::string_view bytes)
{
    for (size_t length = 1; length <= std::min<size_t>(3, bytes.size()); ++length) {
        if (isUtf8Beginning(bytes.substr(bytes.size() - length)))
            return length;
    }
    return 0;
}

void appendUtf8(std::string &text, char32_t character)
{
    const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
}

} // namespace hubkeeper
