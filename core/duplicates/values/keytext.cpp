// SPDX-License-Identifier: MIT
#include "duplicates/values/keytext.h"

#include "base/foldedtext.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace hubkeeper {

namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char byte) { return (byte & 0x80) == 0; });
}

char lowerAscii(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? char(letter - 'A' + 'a') : letter;
}

/// One for a thread: they keep a state while they work.
const icu::Transliterator *latinizer()
{
    thread_local const std::unique_ptr<icu::Transliterator> latin = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            icu::UnicodeString::fromUTF8("Any-Latin; Latin-ASCII; Lower"), UTRANS_FORWARD, status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    return latin.get();
}

constexpr qsizetype longestKey = 4'096; // Letters of a value that take part.

} // namespace

std::string asciiKey(std::string_view utf8)
{
    std::string key;
    utf8 = utf8.substr(0, size_t(longestKey));
    if (isAscii(utf8)) {
        key.resize(utf8.size());
        std::transform(utf8.begin(), utf8.end(), key.begin(), &lowerAscii);
        return key;
    }
    const QString folded = foldedText(QString::fromUtf8(utf8.data(), qsizetype(utf8.size())));
    icu::UnicodeString text(reinterpret_cast<const char16_t *>(folded.utf16()),
                            int32_t(folded.size()));
    const bool isPlain = std::all_of(folded.begin(), folded.end(),
                                     [](QChar letter) { return letter.unicode() < 0x80; });
    if (!isPlain) {
        if (const icu::Transliterator *latin = latinizer())
            latin->transliterate(text);
    }
    for (int32_t i = 0; i < text.length(); ++i) {
        if (text.charAt(i) < 0x80)
            key.push_back(lowerAscii(char(text.charAt(i))));
        else if (text.charAt(i) > 0x2000 && text.charAt(i) < 0x3000)
            key.push_back(' '); // General punctuation parts words.
    }
    return key;
}

std::vector<std::string_view> wordsOf(std::string_view key, std::string &buffer)
{
    buffer.clear();
    for (const char letter : key) {
        const bool isWord = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (isWord)
            buffer.push_back(letter);
        else if (letter != '\'' && letter != '`' && !buffer.empty() && buffer.back() != ' ')
            buffer.push_back(' ');
    }
    std::vector<std::string_view> words;
    const std::string_view text = buffer;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin)
            words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

std::string withoutUmlautE(std::string_view key)
{
    std::string short_;
    for (size_t i = 0; i < key.size(); ++i) {
        const char before = i > 0 ? key[i - 1] : ' ';
        if (key[i] != 'e' || (before != 'a' && before != 'o' && before != 'u'))
            short_.push_back(key[i]);
    }
    return short_;
}

unsigned long long hashOf(std::string_view text)
{
    unsigned long long hash = 0xcbf29ce484222325ULL; // FNV-1a, then mixed.
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return mixed(hash, 0x9e3779b97f4a7c15ULL);
}

unsigned long long mixed(unsigned long long a, unsigned long long b)
{
    unsigned long long hash = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    hash ^= hash >> 31;
    return hash == 0 ? 1 : hash;
}

} // namespace hubkeeper
