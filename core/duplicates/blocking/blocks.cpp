// SPDX-License-Identifier: MIT
#include "duplicates/blocking/blocks.h"

#include "duplicates/values/keytext.h"

#include <algorithm>
#include <map>

namespace hubkeeper {

namespace {

constexpr std::uint32_t largestBlock = 600; // Records, whatever a pass may cost.
constexpr double identifyingShare = 20; // A pass of addresses or numbers may cost so much more.

std::uint64_t pairsIn(std::uint64_t size)
{
    return size * (size - 1) / 2;
}

} // namespace

Blocks::Blocks(const ComparableRecords &records, const std::vector<KeysOf> &further,
               double pairsPerRecord)
    : m_records(records)
    , m_pairsPerRecord(pairsPerRecord)
    , m_firstUsual(int(further.size()))
    , m_identifying((records.has(Slot::Email1) ? 1 : 0) + (records.has(Slot::National) ? 1 : 0))
{
    std::vector<KeysOf> passes = further;
    for (KeysOf &usual : usualPasses(records))
        passes.push_back(std::move(usual));
    m_passes = int(passes.size());
    m_width = passes.size() * 2;
    m_keys.resize(records.size() * m_width);
    for (size_t record = 0; record < records.size(); ++record) {
        Key *keys = &m_keys[record * m_width];
        for (const KeysOf &keysOf : passes) {
            const auto given = keysOf(records, record);
            *keys++ = given[0];
            *keys++ = given[1] == given[0] ? 0 : given[1];
        }
    }
}

void Blocks::prepare(int pass)
{
    m_pass = pass;
    m_sorted.clear();
    m_blocks.clear();
    for (size_t record = 0; record < m_records.size(); ++record) {
        for (size_t i = 0; i < 2; ++i) {
            const Key key = m_keys[record * m_width + size_t(pass) * 2 + i];
            if (key != 0)
                m_sorted.push_back(std::uint64_t(key) << 32U | record);
        }
    }
    std::sort(m_sorted.begin(), m_sorted.end());
    std::vector<Block> found;
    for (size_t begin = 0; begin < m_sorted.size();) {
        size_t end = begin + 1;
        while (end < m_sorted.size() && m_sorted[end] >> 32U == m_sorted[begin] >> 32U)
            ++end;
        if (end - begin > 1)
            found.push_back({std::uint32_t(begin), std::uint32_t(end - begin)});
        begin = end;
    }
    choose(found);
}

void Blocks::choose(std::vector<Block> &found)
{
    std::map<std::uint32_t, std::uint64_t> bySize;
    for (const Block &block : found)
        ++bySize[block.size];
    const bool isIdentifying = m_pass >= m_firstUsual && m_pass < m_firstUsual + m_identifying;
    const double budget =
        m_pairsPerRecord * double(m_records.size()) * (isIdentifying ? identifyingShare : 1);
    std::uint32_t bound = 1;
    m_pairs = 0;
    for (const auto &[size, number] : bySize) {
        const std::uint64_t more = number * pairsIn(size);
        if (size > largestBlock || (size > 4 && double(m_pairs + more) > budget))
            break;
        m_pairs += more;
        bound = size;
    }
    for (const Block &block : found) {
        if (block.size <= bound) {
            m_blocks.push_back(block);
            continue;
        }
        for (std::uint32_t i = block.begin; i < block.begin + block.size; ++i) {
            Key *keys = &m_keys[size_t(std::uint32_t(m_sorted[i])) * m_width + size_t(m_pass) * 2];
            const Key key = Key(m_sorted[i] >> 32U);
            (keys[0] == key ? keys[0] : keys[1]) = 0;
        }
    }
}

std::span<const std::uint64_t> Blocks::block(size_t number) const
{
    return std::span(m_sorted).subspan(m_blocks[number].begin, m_blocks[number].size);
}

bool Blocks::isSampled(size_t number, double share) const
{
    const std::uint64_t key = m_sorted[m_blocks[number].begin] >> 32U;
    return double(mixed(key, 7) >> 32U) < share * 4294967296.0;
}

bool Blocks::isNew(Key key, std::uint32_t a, std::uint32_t b) const
{
    const Key *keysA = &m_keys[size_t(a) * m_width];
    const Key *keysB = &m_keys[size_t(b) * m_width];
    for (int pass = 0; pass <= m_pass; ++pass) {
        for (int i = 0; i < 2; ++i) {
            const Key one = keysA[pass * 2 + i];
            if (one == 0 || (one != keysB[pass * 2] && one != keysB[pass * 2 + 1]))
                continue;
            if (pass < m_pass || one < key)
                return false; // It came before, or comes with this pass's lesser key.
        }
    }
    return true;
}

} // namespace hubkeeper
