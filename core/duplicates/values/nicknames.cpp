// SPDX-License-Identifier: MIT
#include "duplicates/values/nicknames.h"

#include "duplicates/values/keytext.h"
#include "duplicates/values/nicknametable.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace hubkeeper {

namespace {

using NicknameTable = std::unordered_map<std::string, FullNames>;

NicknameTable readNicknames()
{
    NicknameTable table;
    unsigned short number = 0;
    for (const std::string_view line : nicknameLines) {
        ++number;
        std::string buffer;
        const std::string key = withoutUmlautE(line);
        for (const std::string_view word : wordsOf(key, buffer)) {
            FullNames &names = table[std::string(word)];
            const auto free = std::find(names.begin(), names.end(), 0);
            if (free != names.end())
                *free = number;
        }
    }
    return table;
}

} // namespace

FullNames fullNamesOf(std::string_view name)
{
    static const NicknameTable table = readNicknames();
    const auto found = table.find(std::string(name));
    return found == table.end() ? FullNames {} : found->second;
}

bool areOneName(const FullNames &a, const FullNames &b)
{
    return std::any_of(a.begin(), a.end(), [&b](unsigned short number) {
        return number != 0 && std::find(b.begin(), b.end(), number) != b.end();
    });
}

} // namespace hubkeeper
