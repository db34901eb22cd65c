// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace hubkeeper::test {

/// A made-up table of which it is known which rows are one.
struct MadeTable
{
    std::vector<std::string> headers;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::uint32_t> entities; ///< Of each row.
};

/// Choices that are the same on every computer: std's distributions are not.
class Dice
{
public:
    explicit Dice(std::uint32_t seed)
        : m_random(seed)
    {
    }

    /// 0 to below `count`.
    size_t below(size_t count) { return size_t(m_random()) % count; }
    bool happens(double share) { return double(m_random()) < share * 4294967296.0; }
    /// Few come often, most seldom, as names do.
    size_t skewed(size_t count);
    template <typename List>
    const auto &one(const List &list)
    {
        return list[below(std::size(list))];
    }
    std::string digits(int count);

private:
    std::mt19937 m_random;
};

/// One letter more, fewer, another, or two swapped.
[[nodiscard]] std::string mistyped(std::string text, Dice &dice);
/// "Müller" as "Muller" or "Mueller", "José" as "Jose".
[[nodiscard]] std::string unaccented(const std::string &text, bool withE);

/// Names, from a pool whose first ones are common.
[[nodiscard]] std::string madeFirstName(Dice &dice);
[[nodiscard]] std::string madeLastName(Dice &dice);
[[nodiscard]] std::string madeCompany(Dice &dice);
/// What people with that name are called; empty without a nickname.
[[nodiscard]] std::string nicknameOf(const std::string &first, Dice &dice);

/// Contacts as a portal has them: colleagues, families and namesakes among them, and a quarter
/// of the people more than once, with typing errors, nicknames, swapped names, accents, aliases of
/// e-mail addresses and several ways to write a phone number.
[[nodiscard]] MadeTable madeContacts(size_t rows, std::uint32_t seed);
/// Companies likewise: legal forms, abbreviations, domains, branches.
[[nodiscard]] MadeTable madeCompanies(size_t rows, std::uint32_t seed);

} // namespace hubkeeper::test
