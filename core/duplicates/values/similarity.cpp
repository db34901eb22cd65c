// SPDX-License-Identifier: MIT
#include "duplicates/values/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <cstdint>

namespace hubkeeper {

namespace {

constexpr size_t longest = 64;
constexpr size_t soundLength = 6;

/// What the two have in common at their ends does not count.
void trim(std::string_view &a, std::string_view &b)
{
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
}

/// Which letters and digits a text has, a bit each.
std::uint64_t lettersOf(std::string_view text)
{
    std::uint64_t letters = 0;
    for (const char letter : text)
        letters |= 1ULL << (static_cast<unsigned char>(letter) & 63U);
    return letters;
}

/// The most that jaroWinkler() can be, from the letters alone.
double mostLikeness(std::string_view a, std::string_view b)
{
    const std::uint64_t lettersB = lettersOf(b);
    int same = 0;
    for (const char letter : a)
        same += int(lettersB >> (static_cast<unsigned char>(letter) & 63U) & 1U);
    const double jaro =
        (double(same) / double(a.size()) + std::min(double(same) / double(b.size()), 1.0) + 1) / 3;
    return jaro + 0.4 * (1 - jaro);
}

char soundClass(std::string_view key, size_t at)
{
    switch (key[at]) {
    case 'b':
        return 'p';
    case 'p':
        return at + 1 < key.size() && key[at + 1] == 'h' ? 'f' : 'p';
    case 'd':
    case 't':
        return 't';
    case 'c':
        return at + 1 < key.size() && (key[at + 1] == 'e' || key[at + 1] == 'i') ? 's' : 'k';
    case 'g':
    case 'j':
    case 'k':
    case 'q':
    case 'x':
        return 'k';
    case 's':
    case 'z':
        return 's';
    case 'f':
    case 'v':
    case 'w':
        return 'f';
    case 'm':
    case 'n':
        return 'm';
    case 'l':
    case 'r':
        return key[at];
    default:
        return key[at] >= '0' && key[at] <= '9' ? key[at] : '\0';
    }
}

} // namespace

int typos(std::string_view a, std::string_view b, int most)
{
    a = a.substr(0, longest);
    b = b.substr(0, longest);
    trim(a, b);
    if (a.size() > b.size())
        std::swap(a, b);
    if (int(b.size() - a.size()) > most)
        return most + 1;
    if (a.empty())
        return int(b.size());
    // A letter changed makes at most two letters appear or vanish.
    if (std::popcount(lettersOf(a) ^ lettersOf(b)) > 2 * most)
        return most + 1;
    std::array<std::array<int, longest + 1>, 3> rows; // NOLINT: filled as far as it is read.
    for (size_t j = 0; j <= a.size(); ++j)
        rows[0][j] = int(j);
    for (size_t i = 1; i <= b.size(); ++i) {
        auto &row = rows[i % 3];
        const auto &above = rows[(i - 1) % 3];
        row[0] = int(i);
        int best = row[0];
        for (size_t j = 1; j <= a.size(); ++j) {
            int cost = above[j - 1] + (b[i - 1] == a[j - 1] ? 0 : 1);
            cost = std::min({cost, above[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && b[i - 1] == a[j - 2] && b[i - 2] == a[j - 1])
                cost = std::min(cost, rows[(i + 1) % 3][j - 2] + 1);
            row[j] = cost;
            best = std::min(best, cost);
        }
        if (best > most)
            return most + 1;
    }
    return std::min(rows[b.size() % 3][a.size()], most + 1);
}

double jaroWinkler(std::string_view a, std::string_view b, double least)
{
    a = a.substr(0, longest);
    b = b.substr(0, longest);
    if (a.empty() || b.empty())
        return a == b ? 1 : 0;
    if (a.size() > b.size())
        std::swap(a, b);
    if (mostLikeness(a, b) < least)
        return 0;
    const size_t reach = b.size() / 2 > 0 ? b.size() / 2 - 1 : 0;
    std::bitset<longest> takenA;
    std::bitset<longest> takenB;
    int same = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const size_t end = std::min(i + reach + 1, b.size());
        for (size_t j = i > reach ? i - reach : 0; j < end; ++j) {
            if (takenB[j] || a[i] != b[j])
                continue;
            takenA.set(i);
            takenB.set(j);
            ++same;
            break;
        }
    }
    if (same == 0)
        return 0;
    int moved = 0;
    for (size_t i = 0, j = 0; i < a.size(); ++i) {
        if (!takenA[i])
            continue;
        while (!takenB[j])
            ++j;
        moved += a[i] != b[j] ? 1 : 0;
        ++j;
    }
    const double count = same;
    const double jaro =
        (count / double(a.size()) + count / double(b.size()) + (count - double(moved / 2)) / count)
        / 3;
    size_t prefix = 0;
    while (prefix < 4 && prefix < a.size() && a[prefix] == b[prefix])
        ++prefix;
    return jaro + double(prefix) * 0.1 * (1 - jaro);
}

std::string soundOf(std::string_view key)
{
    std::string sound;
    char before = '\0';
    for (size_t i = 0; i < key.size() && sound.size() < soundLength; ++i) {
        const char letter = soundClass(key, i);
        if (letter != '\0' && letter != before)
            sound.push_back(letter);
        else if (i == 0)
            sound.push_back('a'); // A vowel, or h or y, at the beginning.
        before = letter;
    }
    return sound;
}

} // namespace hubkeeper
