// SPDX-License-Identifier: MIT
#include "duplicates/compare/valuetable.h"

#include "duplicates/values/keytext.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr size_t textBlock = 64 << 10; // Bytes.
constexpr size_t firstPlaces = 1 << 10;

} // namespace

ValueTable::ValueTable()
    : m_entries(1)
    , m_places(firstPlaces)
{
}

ValueTable::Id ValueTable::add(std::string_view key)
{
    if (key.empty())
        return 0;
    size_t place = placeOf(key);
    if (m_places[place] == 0) {
        if ((m_entries.size() + 1) * 2 > m_places.size()) {
            grow();
            place = placeOf(key);
        }
        m_places[place] = Id(m_entries.size());
        m_entries.push_back({keep(key), 0});
    }
    ++m_entries[m_places[place]].count;
    return m_places[place];
}

ValueTable::Id ValueTable::find(std::string_view key) const
{
    return key.empty() ? 0 : m_places[placeOf(key)];
}

size_t ValueTable::placeOf(std::string_view key) const
{
    const size_t mask = m_places.size() - 1;
    size_t place = size_t(hashOf(key)) & mask;
    while (m_places[place] != 0 && m_entries[m_places[place]].text != key)
        place = (place + 1) & mask;
    return place;
}

void ValueTable::grow()
{
    m_places.assign(m_places.size() * 2, 0);
    for (size_t id = 1; id < m_entries.size(); ++id)
        m_places[placeOf(m_entries[id].text)] = Id(id);
}

std::string_view ValueTable::keep(std::string_view key)
{
    if (m_blocks.empty() || m_blocks.back().capacity() - m_blocks.back().size() < key.size()) {
        m_blocks.emplace_back();
        m_blocks.back().reserve(std::max(textBlock, key.size()));
    }
    std::string &block = m_blocks.back(); // Never beyond its capacity: texts do not move.
    const size_t begin = block.size();
    block.append(key);
    return std::string_view(block).substr(begin);
}

} // namespace hubkeeper
