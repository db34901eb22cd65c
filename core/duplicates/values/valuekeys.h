// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace hubkeeper {

// The keys of values by what they are; empty where there is nothing to compare. Pure; any thread.

/// A given or family name: without titles; words parted by blanks; "Junior" and "2nd" as "jr" and
/// "ii".
[[nodiscard]] std::string nameKey(std::string_view value);

/// What tells father and son apart at the end of a nameKey(): "jr", "sr", "ii", "iii", "iv"; empty
/// without it, and where it is the whole name.
[[nodiscard]] std::string_view generationOf(std::string_view name);
[[nodiscard]] std::string_view withoutGeneration(std::string_view name);

struct PersonName
{
    std::string first;
    std::string last;
};
/// "Anna Maria Smith", "Smith, Anna Maria".
[[nodiscard]] PersonName splitName(std::string_view value);

struct EmailKey
{
    std::string address; ///< local@domain.
    std::string local; ///< Without +tag; of Gmail without dots.
    std::string domain; ///< googlemail.com is gmail.com.
};
[[nodiscard]] EmailKey emailKey(std::string_view value);
/// info@, sales@: of many people.
[[nodiscard]] bool isRole(std::string_view local);
/// gmail.com, gmx.de: says nothing of a company.
[[nodiscard]] bool isFreeMail(std::string_view domain);

/// The digits that count: no trunk zero, no international prefix, no extension; letters of vanity
/// numbers as digits. Empty below five digits.
[[nodiscard]] std::string phoneKey(std::string_view value);

/// The name of a company without its legal form, usual abbreviations in full; words parted by
/// blanks.
[[nodiscard]] std::string companyKey(std::string_view value);

struct DomainKey
{
    std::string registrable; ///< "example.co.uk" of "https://www.example.co.uk/start".
    std::string label; ///< "example".
};
[[nodiscard]] DomainKey domainKey(std::string_view value);

struct StreetKey
{
    std::string street; ///< Usual abbreviations in one form.
    std::string number; ///< Empty where there is none.
};
[[nodiscard]] StreetKey streetKey(std::string_view value);

/// "yyyymmdd" where it can be read so, else its digits. What is in doubt between day and month is
/// read as day, month; the two are compared either way.
[[nodiscard]] std::string dateKey(std::string_view value);

/// The usual names and codes of some countries in one form; others as a text.
[[nodiscard]] std::string countryKey(std::string_view value);

/// Letters and digits only.
[[nodiscard]] std::string codeKey(std::string_view value);
/// Words parted by blanks.
[[nodiscard]] std::string textKey(std::string_view value);

} // namespace hubkeeper
