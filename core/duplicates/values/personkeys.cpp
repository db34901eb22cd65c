// SPDX-License-Identifier: MIT
// Names, e-mail addresses, phone numbers, dates.
#include "duplicates/values/keytext.h"
#include "duplicates/values/valuekeys.h"

#include <algorithm>
#include <array>

namespace hubkeeper {

namespace {

constexpr std::string_view titles[] = {
    "dr",   "prof", "mr",  "mrs", "ms",    "miss", "herr", "frau", "mme", "mlle",
    "dipl", "ing",  "sir", "phd", "md",    "esq",  "mba",  "med",  "jur", "phil",
    "rer",  "nat",  "sra", "don", "senor", "mag",  "bsc",  "msc",  "hon", "rev"};

constexpr std::string_view roles[] = {
    "info",     "sales",     "contact",   "kontakt",  "office",   "mail",
    "admin",    "hello",     "support",   "service",  "team",     "post",
    "welcome",  "marketing", "hr",        "jobs",     "billing",  "buchhaltung",
    "vertrieb", "verkauf",   "enquiries", "contacto", "accounts", "purchasing"};

constexpr std::string_view freeMail[] = {
    "gmail.com",   "yahoo.com",      "hotmail.com",   "outlook.com",     "live.com",
    "icloud.com",  "aol.com",        "msn.com",       "me.com",          "mac.com",
    "gmx.de",      "gmx.net",        "gmx.at",        "gmx.ch",          "web.de",
    "t-online.de", "freenet.de",     "mail.com",      "yahoo.de",        "yahoo.co.uk",
    "yahoo.fr",    "yahoo.es",       "hotmail.co.uk", "hotmail.de",      "hotmail.fr",
    "hotmail.es",  "outlook.de",     "outlook.fr",    "outlook.es",      "live.de",
    "live.co.uk",  "live.fr",        "orange.fr",     "wanadoo.fr",      "free.fr",
    "laposte.net", "sfr.fr",         "bluewin.ch",    "libero.it",       "protonmail.com",
    "proton.me",   "posteo.de",      "mail.ru",       "yandex.ru",       "qq.com",
    "163.com",     "comcast.net",    "verizon.net",   "att.net",         "btinternet.com",
    "zoho.com",    "ymail.com",      "arcor.de",      "telefonica.net",  "fastmail.com",
    "gmx.com",     "rocketmail.com", "sbcglobal.net", "virginmedia.com", "sky.com"};

template <typename List>
bool isOneOf(std::string_view text, const List &list)
{
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

std::string joined(const std::vector<std::string_view> &words, size_t begin, size_t end)
{
    std::string text;
    for (size_t i = begin; i < end; ++i) {
        if (!text.empty())
            text.push_back(' ');
        text.append(words[i]);
    }
    return text;
}

constexpr std::array<std::string_view, 5> generations {"jr", "sr", "ii", "iii", "iv"};

/// "junior" and "2nd" as "jr" and "ii"; another word as it is.
std::string_view generationWord(std::string_view word)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words {{{"junior", "jr"},
                                                                                   {"jnr", "jr"},
                                                                                   {"senior", "sr"},
                                                                                   {"snr", "sr"},
                                                                                   {"2nd", "ii"},
                                                                                   {"3rd", "iii"}}};
    const auto *const found = std::find_if(words.begin(), words.end(),
                                           [word](const auto &pair) { return pair.first == word; });
    return found == words.end() ? word : found->second;
}

std::string nameOfWords(std::string_view key)
{
    std::string buffer;
    std::vector<std::string_view> words = wordsOf(key, buffer);
    if (words.size() > 1) { // A name that is a title remains where it is all there is.
        std::vector<std::string_view> kept;
        std::copy_if(words.begin(), words.end(), std::back_inserter(kept),
                     [](std::string_view word) { return !isOneOf(word, titles); });
        if (!kept.empty())
            words = std::move(kept);
        if (words.size() > 1)
            words.back() = generationWord(words.back());
    }
    return joined(words, 0, words.size());
}

char digitOf(char letter) // As on a telephone.
{
    constexpr std::string_view digits = "22233344455566677778889999";
    if (letter >= '0' && letter <= '9')
        return letter;
    return letter >= 'a' && letter <= 'z' ? digits[size_t(letter - 'a')] : '\0';
}

/// Cuts "ext. 12", "x12", "/12" is left: it may be part of the number.
std::string_view withoutExtension(std::string_view text)
{
    for (const std::string_view mark :
         {std::string_view("ext"), std::string_view("durchwahl"), std::string_view("#"),
          std::string_view(" x"), std::string_view(";")}) {
        const size_t at = text.find(mark);
        if (at != std::string_view::npos && at >= 5)
            text = text.substr(0, at);
    }
    const size_t x = text.find('x');
    if (x != std::string_view::npos && x >= 7 && x + 1 < text.size() && text[x + 1] >= '0'
        && text[x + 1] <= '9')
        text = text.substr(0, x);
    return text;
}

int numberOf(std::string_view digits)
{
    int number = 0;
    for (const char digit : digits)
        number = number * 10 + (digit - '0');
    return number;
}

std::string twoDigits(int number)
{
    return {char('0' + number / 10 % 10), char('0' + number % 10)};
}

int monthNamed(std::string_view word)
{
    constexpr std::array<std::string_view, 12> months {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < months.size(); ++i) {
        if (word.substr(0, 3) == months[i])
            return int(i) + 1;
    }
    return word.substr(0, 3) == "mai" ? 5
        : word.substr(0, 3) == "okt"  ? 10
        : word.substr(0, 3) == "dez"  ? 12
                                      : 0;
}

} // namespace

std::string nameKey(std::string_view value)
{
    return nameOfWords(withoutUmlautE(asciiKey(value)));
}

std::string_view generationOf(std::string_view name)
{
    const size_t at = name.rfind(' ');
    if (at == std::string_view::npos || !isOneOf(name.substr(at + 1), generations))
        return {};
    return name.substr(at + 1);
}

std::string_view withoutGeneration(std::string_view name)
{
    const std::string_view generation = generationOf(name);
    return name.substr(0, name.size() - (generation.empty() ? 0 : generation.size() + 1));
}

PersonName splitName(std::string_view value)
{
    const std::string key = withoutUmlautE(asciiKey(value));
    const size_t comma = key.find(',');
    if (comma != std::string::npos) {
        const std::string before = nameOfWords(std::string_view(key).substr(0, comma));
        const std::string after = nameOfWords(std::string_view(key).substr(comma + 1));
        const bool isSuffix =
            isOneOf(std::string_view(after), titles) || isOneOf(generationWord(after), generations);
        if (!after.empty() && !isSuffix)
            return {after, before};
    }
    const std::string name = nameOfWords(key);
    std::string buffer;
    const std::vector<std::string_view> words = wordsOf(name, buffer);
    if (words.size() < 2)
        return {{}, name};
    size_t last = words.size() - 1;
    if (last > 1 && !generationOf(name).empty())
        --last;
    while (last > 1
           && isOneOf(words[last - 1],
                      std::array<std::string_view, 11> {"de", "la", "van", "von", "der", "den",
                                                        "del", "di", "da", "zu", "le"}))
        --last;
    return {joined(words, 0, last), joined(words, last, words.size())};
}

EmailKey emailKey(std::string_view value)
{
    std::string key = asciiKey(value);
    const size_t open = key.find('<');
    if (open != std::string::npos)
        key = key.substr(open + 1, key.find('>', open) - open - 1);
    const size_t begin = key.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return {};
    key = key.substr(begin, key.find_first_of(" \t\r\n;,", begin) - begin);
    if (key.starts_with("mailto:"))
        key.erase(0, 7);
    const size_t at = key.rfind('@');
    EmailKey email;
    email.local = key.substr(0, at);
    if (at != std::string::npos)
        email.domain = key.substr(at + 1);
    if (email.domain.starts_with("googlemail."))
        email.domain = "gmail.com";
    const size_t plus = email.local.find('+');
    if (plus != std::string::npos && plus > 0)
        email.local.erase(plus);
    if (email.domain == "gmail.com")
        email.local.erase(std::remove(email.local.begin(), email.local.end(), '.'),
                          email.local.end());
    email.address = email.local + '@' + email.domain;
    return email;
}

bool isRole(std::string_view local)
{
    return isOneOf(local, roles);
}

bool isFreeMail(std::string_view domain)
{
    return isOneOf(domain, freeMail);
}

std::string phoneKey(std::string_view value)
{
    std::string key = asciiKey(value);
    std::string digits;
    const std::string_view number = withoutExtension(key);
    const bool hasTrunk = number.find("(0)") != std::string_view::npos;
    for (size_t i = 0; i < number.size(); ++i) {
        if (hasTrunk && number.substr(i, 3) == "(0)") {
            i += 2;
            continue;
        }
        if (const char digit = digitOf(number[i]); digit != '\0' && digits.size() < 20)
            digits.push_back(digit);
    }
    digits.erase(0, digits.find_first_not_of('0'));
    return digits.size() < 5 ? std::string() : digits;
}

std::string dateKey(std::string_view value)
{
    std::string buffer;
    std::string key = asciiKey(value);
    if (const size_t time = key.find('t'); time == 10)
        key.erase(time);
    const std::vector<std::string_view> words = wordsOf(key, buffer);
    if (words.size() == 1) {
        const std::string_view one = words[0];
        const bool isNumber = one.find_first_not_of("0123456789") == std::string_view::npos;
        return isNumber ? std::string(one) : std::string();
    }
    if (words.size() < 3)
        return codeKey(value);
    std::array<int, 3> numbers {};
    bool isNamed = false;
    for (size_t i = 0; i < 3; ++i) {
        const bool isNumber = words[i].find_first_not_of("0123456789") == std::string_view::npos;
        numbers[i] = isNumber ? numberOf(words[i].substr(0, 8)) : monthNamed(words[i]);
        isNamed = isNamed || (!isNumber && i == 0);
    }
    int year = numbers[2];
    int month = numbers[1];
    int day = numbers[0];
    if (words[0].size() == 4) {
        year = numbers[0];
        day = numbers[2];
    } else if (year < 100) {
        year += year > 30 ? 1900 : 2000;
    }
    if (isNamed || (month > 12 && day <= 12))
        std::swap(month, day);
    return std::to_string(year) + twoDigits(month) + twoDigits(day);
}

} // namespace hubkeeper
