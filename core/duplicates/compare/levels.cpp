// SPDX-License-Identifier: MIT
// How near two keys are.
#include "duplicates/compare/comparevalues.h"
#include "duplicates/values/keytext.h"
#include "duplicates/values/similarity.h"
#include "duplicates/values/valuekeys.h"

#include <algorithm>

namespace hubkeeper {

namespace {

std::string compact(std::string_view text)
{
    std::string letters(text);
    letters.erase(std::remove(letters.begin(), letters.end(), ' '), letters.end());
    return letters;
}

enum class SharedWords { None, Some, All };

/// Words that two names have in common, particles aside: all of one in "anna" and "anna maria",
/// some in "maria clara" and "maria vitoria", none in "van gorp" and "van der berg".
SharedWords sharedWords(std::string_view a, std::string_view b)
{
    if (a.find(' ') == std::string_view::npos && b.find(' ') == std::string_view::npos)
        return SharedWords::None;
    std::string bufferA;
    std::string bufferB;
    const auto counts = [](std::string_view word) {
        constexpr std::string_view particles[] {"van", "von", "der", "den", "del", "das", "dos",
                                                "las", "los", "ter", "ten", "bin", "ibn", "abu"};
        return word.size() >= 3
            && std::find(std::begin(particles), std::end(particles), word) == std::end(particles);
    };
    const auto wordsB = wordsOf(b, bufferB);
    std::ptrdiff_t ofA = 0;
    std::ptrdiff_t shared = 0;
    for (const std::string_view word : wordsOf(a, bufferA)) {
        ofA += counts(word) ? 1 : 0;
        shared += counts(word) && std::find(wordsB.begin(), wordsB.end(), word) != wordsB.end();
    }
    const auto ofB = std::count_if(wordsB.begin(), wordsB.end(), counts);
    return shared == 0                ? SharedWords::None
        : shared < std::min(ofA, ofB) ? SharedWords::Some
                                      : SharedWords::All;
}

/// Without initials after the first word: "karl j" is compared as "karl", "a g" as "a".
std::string_view withoutMiddleInitials(std::string_view name)
{
    while (name.size() > 2 && name[name.size() - 2] == ' ')
        name.remove_suffix(2);
    return name;
}

/// Like typos(), with "ae", "oe", "ue" that only one of the two had, so that it lost its "e".
int nameTypos(std::string_view a, std::string_view b, int most)
{
    const int count = typos(a, b, most);
    if (count <= most || a.size() == b.size())
        return count;
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view longer = a.size() < b.size() ? b : a;
    int least = count;
    for (size_t at = 0; at < shorter.size(); ++at) {
        if (shorter[at] == 'a' || shorter[at] == 'o' || shorter[at] == 'u') {
            std::string whole(shorter);
            whole.insert(at + 1, 1, 'e');
            least = std::min(least, typos(whole, longer, most));
        }
    }
    return least;
}

int allowedTypos(size_t length)
{
    return length >= 8 ? 2 : length >= 4 ? 1 : 0;
}

} // namespace

Level nameLevel(std::string_view a, std::string_view b, const FullNames &fullA,
                const FullNames &fullB)
{
    if (a.empty() || b.empty())
        return Level::Missing;
    if (a == b)
        return Level::Same;
    if (const std::string_view one = generationOf(a), other = generationOf(b); one != other) {
        const Level level = nameLevel(withoutGeneration(a), withoutGeneration(b), fullA, fullB);
        return level < Level::Similar ? Level::Related : level;
    }
    a = withoutMiddleInitials(a);
    b = withoutMiddleInitials(b);
    if (a.size() == 1 || b.size() == 1)
        return a.front() == b.front() ? Level::Initial : Level::Differs;
    const SharedWords shared = sharedWords(a, b);
    if (a == b || shared == SharedWords::All
        || (areOneName(fullA, fullB) && shared != SharedWords::Some))
        return Level::Equivalent;
    const size_t longer = std::max(a.size(), b.size());
    const int most = std::max(allowedTypos(longer), 1);
    const int count = nameTypos(a, b, most);
    if (count <= most && (longer > 3 || a.front() == b.front()))
        return Level::Typo;
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view other = a.size() < b.size() ? b : a;
    if (shorter.size() >= 3 && other.starts_with(shorter))
        return Level::Similar;
    if (shared == SharedWords::Some || jaroWinkler(a, b, 0.88) >= 0.88 || compact(a) == compact(b))
        return Level::Similar;
    return Level::Differs;
}

Level phoneLevel(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return Level::Missing;
    if (a == b)
        return Level::Same;
    if (a.size() > b.size())
        std::swap(a, b);
    if (a.size() >= 8 && b.ends_with(a))
        return Level::Same;
    const size_t tail = std::min<size_t>(a.size(), 9);
    const std::string_view endA = a.substr(a.size() - tail);
    const std::string_view endB = b.substr(b.size() - tail);
    if (endA == endB)
        return tail >= 9 ? Level::Same : tail >= 6 ? Level::Equivalent : Level::Similar;
    if (tail >= 7 && endA.substr(tail - 7) == endB.substr(tail - 7))
        return Level::Equivalent;
    if (tail >= 7 && typos(endA, endB, 1) <= 1)
        return Level::Typo;
    return Level::Differs;
}

Level dateLevel(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return Level::Missing;
    if (a == b)
        return Level::Same;
    if (a.size() == 8 && b.size() == 8) {
        if (a.substr(0, 4) == b.substr(0, 4) && a.substr(4, 2) == b.substr(6, 2)
            && a.substr(6, 2) == b.substr(4, 2))
            return Level::Equivalent;
        if (typos(a, b, 1) <= 1)
            return Level::Typo;
        const int same = (a.substr(0, 4) == b.substr(0, 4) ? 1 : 0)
            + (a.substr(4, 2) == b.substr(4, 2) ? 1 : 0)
            + (a.substr(6, 2) == b.substr(6, 2) ? 1 : 0);
        return same >= 2 ? Level::Similar : Level::Differs;
    }
    return typos(a, b, 1) <= 1 ? Level::Typo : Level::Differs;
}

Level codeLevel(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return Level::Missing;
    if (a == b)
        return Level::Same;
    if (a.size() > b.size())
        std::swap(a, b);
    if (a.size() >= 3 && b.starts_with(a))
        return Level::Equivalent; // A ZIP code with and without its four digits more.
    if (a.size() >= 3 && typos(a, b, 1) <= 1)
        return Level::Typo;
    return a.size() >= 6 && typos(a, b, 2) <= 2 ? Level::Similar : Level::Differs;
}

Level textLevel(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return Level::Missing;
    if (a == b)
        return Level::Same;
    const size_t longer = std::max(a.size(), b.size());
    const int most = allowedTypos(longer);
    if (most > 0 && typos(a, b, most) <= most)
        return Level::Typo;
    if (compact(a) == compact(b))
        return Level::Typo;
    return jaroWinkler(a, b, 0.9) >= 0.9 || sharedWords(a, b) != SharedWords::None ? Level::Similar
                                                                                   : Level::Differs;
}

} // namespace hubkeeper
