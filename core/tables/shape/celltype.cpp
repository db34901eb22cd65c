// SPDX-License-Identifier: MIT
#include "tables/shape/celltype.h"

#include <algorithm>
#include <array>
#include <string>

namespace hubkeeper {

namespace {

constexpr std::string_view currencies[] {"$",   "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "EUR",
                                         "USD", "GBP",          "CHF",      "%"};

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool isAsciiLetter(char letter)
{
    const char lower = char(letter | 0x20);
    return lower >= 'a' && lower <= 'z';
}

char lowered(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? char(letter | 0x20) : letter;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char letter) { return lowered(letter); });
    return result;
}

std::string_view withoutCurrency(std::string_view text)
{
    for (const std::string_view sign : currencies) {
        if (text.starts_with(sign))
            return trimmed(text.substr(sign.size()));
        if (text.ends_with(sign))
            return trimmed(text.substr(0, text.size() - sign.size()));
    }
    return text;
}

/// Three digits and no fourth.
bool isGroup(std::string_view text)
{
    return text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, isDigit)
        && (text.size() == 3 || !isDigit(text[3]));
}

/// Groups of three after a comma, point, apostrophe or blank, and at most one decimal sign.
bool isNumber(std::string_view text)
{
    text = withoutCurrency(text);
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text = withoutCurrency(trimmed(text.substr(1)));
    if (text.empty() || (!isDigit(text.front()) && text.front() != '.'))
        return false;
    size_t digits = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (isDigit(letter)) {
            ++digits;
        } else if ((letter | 0x20) == 'e') {
            const std::string_view rest = text.substr(i + 1);
            const size_t sign = !rest.empty() && (rest[0] == '-' || rest[0] == '+') ? 1 : 0;
            return digits > 0 && rest.size() > sign
                && std::all_of(rest.begin() + long(sign), rest.end(), isDigit);
        } else if (letter != '.' && letter != ',' && letter != '\'' && letter != ' ') {
            return false;
        } else if (i + 1 < text.size() && !isDigit(text[i + 1])) {
            return false;
        } else if (letter == ' ' && !isGroup(text.substr(i + 1))) {
            return false;
        }
    }
    return digits > 0;
}

/// Digits in two or three groups, or an English month; a time may follow.
bool isDate(std::string_view text)
{
    if (text.size() < 4 || text.size() > 40
        || !(isDigit(text.front()) || isAsciiLetter(text.front())))
        return false;
    size_t digits = 0;
    size_t groups = 0;
    size_t letters = 0;
    size_t signs = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (isDigit(letter)) {
            ++digits;
            groups += i == 0 || !isDigit(text[i - 1]) ? 1 : 0;
        } else if (isAsciiLetter(letter)) {
            ++letters;
        } else if (letter == '-' || letter == '/' || letter == '.' || letter == ':') {
            ++signs;
            const std::string_view rest = text.substr(i + 1);
            if (letter == ':' && (rest.size() < 2 || !isDigit(rest[0]) || !isDigit(rest[1])))
                return false;
        } else if (letter != ' ' && letter != ',' && letter != '+') {
            return false;
        }
    }
    if (letters == 0)
        return groups >= 2 && digits >= 3 && signs >= 1 && text.find("..") == text.npos
            && (signs >= 2 || text.find(':') != text.npos || text.find('/') != text.npos);
    static constexpr std::array months {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    const std::string lower = lowered(text);
    const bool hasMonth = std::any_of(months.begin(), months.end(), [&lower](const char *month) {
        return lower.find(month) != lower.npos;
    });
    const bool isIso = letters <= 2 && signs >= 3 && text.find('T') != text.npos;
    return (hasMonth && digits >= 3 && letters <= 12 && groups >= 2) || isIso;
}

bool isAddress(std::string_view text)
{
    if (text.find_first_of(" ;|\t\"") != text.npos)
        return false;
    const std::string lower = lowered(text);
    if (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www."))
        return true;
    const size_t at = text.find('@');
    return at != text.npos && at > 0 && text.find(',') == text.npos && text.find(':') == text.npos
        && text.find('.', at + 2) != text.npos && text.find('@', at + 1) == text.npos;
}

bool isFlag(std::string_view text)
{
    const std::string lower = lowered(text);
    return lower == "true" || lower == "false" || lower == "yes" || lower == "no";
}

/// A comma or semicolon may stand in a text where a blank follows; other separators may not.
bool isWord(std::string_view text)
{
    for (size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (isAsciiLetter(letter) || isDigit(letter) || (letter & 0x80) != 0)
            continue;
        if (letter == ',' || letter == ';' || letter == ':') {
            if (i == 0 || i + 1 == text.size() || text[i + 1] != ' ')
                return false;
        } else if (std::string_view(" .'-_&()/+#!?@%\"\n\r*").find(letter)
                   == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

CellType cellType(std::string_view cell)
{
    const std::string_view text = trimmed(cell);
    if (text.empty())
        return CellType::Empty;
    if (isNumber(text))
        return CellType::Number;
    if (isDate(text))
        return CellType::Date;
    if (isAddress(text))
        return CellType::Address;
    if (isFlag(text))
        return CellType::Flag;
    return isWord(text) ? CellType::Word : CellType::Other;
}

bool isHeaderWord(std::string_view text)
{
    // Of contacts, companies and tables in general; the ends of longer names count, too.
    static constexpr std::string_view words[] {"id",
                                               "uid",
                                               "key",
                                               "no",
                                               "nr",
                                               "number",
                                               "nummer",
                                               "code",
                                               "name",
                                               "names",
                                               "firstname",
                                               "first name",
                                               "first",
                                               "lastname",
                                               "last name",
                                               "last",
                                               "surname",
                                               "vorname",
                                               "nachname",
                                               "full name",
                                               "title",
                                               "titel",
                                               "email",
                                               "e-mail",
                                               "mail",
                                               "email address",
                                               "phone",
                                               "tel",
                                               "telephone",
                                               "telefon",
                                               "mobile",
                                               "fax",
                                               "city",
                                               "ort",
                                               "stadt",
                                               "town",
                                               "ville",
                                               "ciudad",
                                               "state",
                                               "region",
                                               "province",
                                               "country",
                                               "land",
                                               "pays",
                                               "street",
                                               "address",
                                               "adresse",
                                               "strasse",
                                               "zip",
                                               "plz",
                                               "postcode",
                                               "postal code",
                                               "company",
                                               "firma",
                                               "organisation",
                                               "organization",
                                               "domain",
                                               "website",
                                               "url",
                                               "date",
                                               "datum",
                                               "fecha",
                                               "birthday",
                                               "time",
                                               "day",
                                               "month",
                                               "year",
                                               "created",
                                               "createdate",
                                               "updated",
                                               "amount",
                                               "betrag",
                                               "price",
                                               "preis",
                                               "total",
                                               "sum",
                                               "qty",
                                               "quantity",
                                               "menge",
                                               "count",
                                               "value",
                                               "wert",
                                               "currency",
                                               "type",
                                               "kind",
                                               "typ",
                                               "category",
                                               "status",
                                               "stage",
                                               "owner",
                                               "note",
                                               "notes",
                                               "comment",
                                               "comments",
                                               "bemerkung",
                                               "description",
                                               "text",
                                               "tags",
                                               "lang",
                                               "language",
                                               "gender",
                                               "age",
                                               "job title",
                                               "industry",
                                               "item",
                                               "product",
                                               "record id",
                                               "nom",
                                               "nombre",
                                               "apellido",
                                               "prenom",
                                               "score",
                                               "active",
                                               "col",
                                               "column",
                                               "field",
                                               "user",
                                               "username",
                                               "a",
                                               "b",
                                               "c"};
    std::string lower = lowered(trimmed(text));
    std::replace(lower.begin(), lower.end(), '_', ' ');
    while (!lower.empty() && isDigit(lower.back()))
        lower.pop_back();
    return std::any_of(std::begin(words), std::end(words), [&lower](std::string_view word) {
        return lower == word
            || (word.size() > 1 && lower.size() > word.size() && lower.ends_with(word)
                && lower[lower.size() - word.size() - 1] == ' ');
    });
}

} // namespace hubkeeper
