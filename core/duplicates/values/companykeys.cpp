// SPDX-License-Identifier: MIT
// Names of companies, domains, addresses.
#include "duplicates/values/keytext.h"
#include "duplicates/values/valuekeys.h"

#include <algorithm>
#include <array>
#include <libpsl.h>

namespace hubkeeper {

namespace {

/// Left out at the end, and some before it: "GmbH & Co. KG" goes word by word.
constexpr std::string_view legalForms[] = {"gmbh",
                                           "ggmbh",
                                           "mbh",
                                           "ag",
                                           "kg",
                                           "kgaa",
                                           "ohg",
                                           "gbr",
                                           "ug",
                                           "ev",
                                           "eg",
                                           "se",
                                           "haftungsbeschrankt",
                                           "ltd",
                                           "limited",
                                           "plc",
                                           "llp",
                                           "llc",
                                           "lc",
                                           "inc",
                                           "incorporated",
                                           "corp",
                                           "corporation",
                                           "co",
                                           "company",
                                           "lp",
                                           "pllc",
                                           "pc",
                                           "sa",
                                           "sas",
                                           "sasu",
                                           "sarl",
                                           "eurl",
                                           "sci",
                                           "snc",
                                           "sl",
                                           "slu",
                                           "sau",
                                           "srl",
                                           "spa",
                                           "sapa",
                                           "bv",
                                           "nv",
                                           "cv",
                                           "vof",
                                           "ab",
                                           "oy",
                                           "oyj",
                                           "as",
                                           "asa",
                                           "aps",
                                           "sro",
                                           "doo",
                                           "dd",
                                           "kft",
                                           "zrt",
                                           "nyrt",
                                           "ltda",
                                           "pty",
                                           "pvt",
                                           "pte",
                                           "bhd",
                                           "sdn",
                                           "kk",
                                           "spzoo",
                                           "cie",
                                           "gesellschaft",
                                           "aktiengesellschaft",
                                           "the"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 34> abbreviations {{
    {"st", "street"},   {"str", "strase"},    {"strasse", "strase"}, {"rd", "road"},
    {"ave", "avenue"},  {"av", "avenue"},     {"blvd", "boulevard"}, {"bd", "boulevard"},
    {"dr", "drive"},    {"ln", "lane"},       {"ct", "court"},       {"pl", "place"},
    {"sq", "square"},   {"hwy", "highway"},   {"pkwy", "parkway"},   {"cres", "crescent"},
    {"ter", "terrace"}, {"cct", "circuit"},   {"cir", "circle"},     {"crt", "court"},
    {"gr", "grove"},    {"cl", "close"},      {"n", "north"},        {"s", "south"},
    {"e", "east"},      {"w", "west"},        {"apt", "apartment"},  {"ste", "suite"},
    {"pde", "parade"},  {"esp", "esplanade"}, {"c", "calle"},        {"avda", "avenida"},
    {"pza", "plaza"},   {"fl", "floor"},
}};

constexpr std::pair<std::string_view, std::string_view> shortWords[] = {
    {"intl", "international"},
    {"bros", "brothers"},
    {"gebr", "gebruder"},
    {"mfg", "manufacturing"},
    {"svc", "services"},
    {"svcs", "services"},
    {"serv", "services"},
    {"assoc", "associates"},
    {"assocs", "associates"},
    {"grp", "group"},
    {"st", "saint"},
    {"natl", "national"},
    {"mgmt", "management"},
    {"mgt", "management"},
    {"sys", "systems"},
    {"eng", "engineering"},
    {"engg", "engineering"},
    {"ind", "industries"},
    {"inds", "industries"},
    {"univ", "university"},
    {"hosp", "hospital"},
    {"ins", "insurance"},
    {"dist", "distribution"},
    {"tech", "technologies"},
    {"technology", "technologies"},
    {"hldgs", "holdings"},
    {"hldg", "holding"},
    {"ctr", "center"},
    {"centre", "center"},
    {"labs", "laboratories"},
    {"lab", "laboratories"},
    {"pharm", "pharma"},
    {"trans", "transport"},
    {"fin", "financial"},
    {"comm", "communications"},
    {"dev", "development"},
    {"cons", "consulting"},
    {"prod", "products"},
    {"prods", "products"},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 30> countries {{
    {"united states", "us"},
    {"united states of america", "us"},
    {"usa", "us"},
    {"great britain", "gb"},
    {"united kingdom", "gb"},
    {"uk", "gb"},
    {"england", "gb"},
    {"germany", "de"},
    {"deutschland", "de"},
    {"allemagne", "de"},
    {"france", "fr"},
    {"frankreich", "fr"},
    {"spain", "es"},
    {"espana", "es"},
    {"spanien", "es"},
    {"italy", "it"},
    {"italia", "it"},
    {"italien", "it"},
    {"austria", "at"},
    {"osterreich", "at"},
    {"switzerland", "ch"},
    {"schweiz", "ch"},
    {"suisse", "ch"},
    {"netherlands", "nl"},
    {"the netherlands", "nl"},
    {"nederland", "nl"},
    {"belgium", "be"},
    {"belgien", "be"},
    {"canada", "ca"},
    {"australia", "au"},
}};

bool isLegalForm(std::string_view word)
{
    return std::find(std::begin(legalForms), std::end(legalForms), word) != std::end(legalForms);
}

/// "s a" and "s r l" as they come from "S.A." and "S.R.L." become one word.
std::vector<std::string> withAcronyms(const std::vector<std::string_view> &words)
{
    std::vector<std::string> whole;
    bool wasLetter = false;
    for (const std::string_view word : words) {
        const bool isLetter = word.size() == 1 && word[0] >= 'a' && word[0] <= 'z';
        if (isLetter && wasLetter)
            whole.back().append(word);
        else
            whole.emplace_back(word);
        wasLetter = isLetter;
    }
    return whole;
}

std::string joinedWords(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) {
        if (!text.empty())
            text.push_back(' ');
        text.append(word);
    }
    return text;
}

bool beginsWithDigit(std::string_view word)
{
    return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

} // namespace

std::string companyKey(std::string_view value)
{
    std::string key = withoutUmlautE(asciiKey(value));
    for (size_t at = key.find('&'); at != std::string::npos; at = key.find('&', at))
        key.replace(at, 1, " and ");
    std::string buffer;
    std::vector<std::string> words = withAcronyms(wordsOf(key, buffer));
    for (std::string &word : words) {
        if (word == "und" || word == "et" || word == "y" || word == "e")
            word = "and";
        for (const auto &[shorter, longer] : shortWords) {
            if (word == shorter)
                word = longer;
        }
    }
    std::vector<std::string> kept = words;
    while (kept.size() > 1 && (isLegalForm(kept.back()) || kept.back() == "and"))
        kept.pop_back();
    if (kept.size() > 1 && kept.front() == "the")
        kept.erase(kept.begin());
    if (kept.size() > 2) { // A legal form in the middle: "Acme GmbH Berlin".
        std::vector<std::string> inner = kept;
        inner.erase(std::remove_if(inner.begin() + 1, inner.end(),
                                   [](const std::string &word) {
                                       return word.size() > 1 && word != "the" && isLegalForm(word);
                                   }),
                    inner.end());
        if (!inner.empty())
            kept = std::move(inner);
    }
    return joinedWords(kept);
}

DomainKey domainKey(std::string_view value)
{
    std::string key = asciiKey(value);
    const size_t begin = key.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return {};
    key.erase(0, begin);
    if (const size_t scheme = key.find("://"); scheme != std::string::npos)
        key.erase(0, scheme + 3);
    if (const size_t at = key.find('@'); at != std::string::npos)
        key.erase(0, at + 1);
    key = key.substr(0, key.find_first_of("/?#: \t\r\n"));
    while (!key.empty() && key.back() == '.')
        key.pop_back();
    if (key.starts_with("www."))
        key.erase(0, 4);
    if (key.find('.') == std::string::npos)
        return {key, key};
    DomainKey domain {key, {}};
    if (const char *found = psl_registrable_domain(psl_builtin(), key.c_str()))
        domain.registrable = found;
    domain.label = domain.registrable.substr(0, domain.registrable.find('.'));
    return domain;
}

StreetKey streetKey(std::string_view value)
{
    const std::string key = withoutUmlautE(asciiKey(value));
    std::string buffer;
    StreetKey street;
    std::vector<std::string> words;
    for (const std::string_view word : wordsOf(key, buffer)) {
        if (beginsWithDigit(word) && street.number.empty()) {
            street.number = word;
            continue;
        }
        std::string whole(word);
        for (const auto &[shorter, longer] : abbreviations) {
            if (word == shorter)
                whole = longer;
        }
        if (whole.size() > 6 && whole.ends_with("strasse"))
            whole.replace(whole.size() - 7, 7, "strase");
        else if (whole.size() > 5 && whole.ends_with("str"))
            whole.append("ase");
        words.push_back(std::move(whole));
    }
    street.street = joinedWords(words);
    return street;
}

std::string countryKey(std::string_view value)
{
    std::string key = textKey(value);
    for (const auto &[name, code] : countries) {
        if (key == name)
            return std::string(code);
    }
    return key;
}

std::string codeKey(std::string_view value)
{
    const std::string key = asciiKey(value);
    std::string code;
    for (const char letter : key) {
        if ((letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z'))
            code.push_back(letter);
    }
    return code;
}

std::string textKey(std::string_view value)
{
    const std::string key = withoutUmlautE(asciiKey(value));
    std::string buffer;
    std::string text;
    for (const std::string_view word : wordsOf(key, buffer)) {
        if (!text.empty())
            text.push_back(' ');
        text.append(word);
    }
    return text;
}

} // namespace hubkeeper
