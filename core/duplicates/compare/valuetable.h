// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace hubkeeper {

/// The different keys of a kind of value, each once, with how often it came. Numbers begin at 1; 0
/// is the empty key. Texts stay where they are as long as the table lives.
class ValueTable
{
public:
    using Id = std::uint32_t;

    ValueTable();

    /// Its number, one more of it counted.
    Id add(std::string_view key);
    /// Its number, not counted; 0 if it is not there.
    [[nodiscard]] Id find(std::string_view key) const;

    [[nodiscard]] std::string_view text(Id id) const { return m_entries[id].text; }
    [[nodiscard]] std::uint32_t count(Id id) const { return m_entries[id].count; }
    /// With that of 0.
    [[nodiscard]] size_t size() const { return m_entries.size(); }

private:
    struct Entry
    {
        std::string_view text;
        std::uint32_t count = 0;
    };
    void grow();
    [[nodiscard]] size_t placeOf(std::string_view key) const;
    [[nodiscard]] std::string_view keep(std::string_view key);

    std::vector<Entry> m_entries;
    std::vector<Id> m_places; ///< Open addressing; a power of two.
    std::deque<std::string> m_blocks;
};

} // namespace hubkeeper
