// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/compare/comparablerecords.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hubkeeper {

/// Which pairs are compared at all: records that share a key, in one of several passes. A key that
/// too many records share says little and is left out; how many is too many follows from what a
/// pass may cost, so that the work grows with the records and not with their square. A pair comes
/// once, however many keys it shares.
class Blocks
{
public:
    using Key = std::uint32_t;
    /// Gives the keys of a record in a pass, at most two; 0 is none.
    using KeysOf = std::function<std::array<Key, 2>(const ComparableRecords &, size_t)>;

    /// With further passes, such as those of rules, before the usual ones. `pairsPerRecord` is what
    /// one pass may cost.
    Blocks(const ComparableRecords &records, const std::vector<KeysOf> &further,
           double pairsPerRecord);

    [[nodiscard]] int passes() const { return m_passes; }

    /// Finds the blocks of a pass; passes have to be prepared in their order.
    void prepare(int pass);
    /// How many blocks the prepared pass has, and how many pairs there are in them.
    [[nodiscard]] size_t count() const { return m_blocks.size(); }
    [[nodiscard]] std::uint64_t pairs() const { return m_pairs; }
    /// The records of one, and their key.
    [[nodiscard]] std::span<const std::uint64_t> block(size_t number) const;
    /// Whether it is left out where only a share (0 to 1) of the blocks is looked at.
    [[nodiscard]] bool isSampled(size_t number, double share) const;

    /// Calls `take(a, b)` for each pair of a block that did not come before. Any thread.
    template <typename Take>
    void forPairs(size_t number, Take &&take) const
    {
        const auto members = block(number);
        const Key key = Key(members.front() >> 32U);
        for (size_t i = 0; i < members.size(); ++i) {
            for (size_t j = i + 1; j < members.size(); ++j) {
                const auto a = std::uint32_t(members[i]);
                const auto b = std::uint32_t(members[j]);
                if (a != b && isNew(key, a, b))
                    take(a, b);
            }
        }
    }

private:
    struct Block
    {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    [[nodiscard]] bool isNew(Key key, std::uint32_t a, std::uint32_t b) const;
    void choose(std::vector<Block> &found);

    const ComparableRecords &m_records;
    const double m_pairsPerRecord;
    const int m_firstUsual; ///< Pass after the further ones.
    const int m_identifying; ///< How many of the usual ones, from the first, name somebody.
    int m_passes = 0;
    size_t m_width = 0; ///< Keys of a record.
    int m_pass = -1;
    std::vector<Key> m_keys;
    std::vector<std::uint64_t> m_sorted; ///< Key and record of the prepared pass.
    std::vector<Block> m_blocks;
    std::uint64_t m_pairs = 0;
};

/// The usual passes for what the records have: first those of e-mail addresses and numbers.
[[nodiscard]] std::vector<Blocks::KeysOf> usualPasses(const ComparableRecords &records);

} // namespace hubkeeper
