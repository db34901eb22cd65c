// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/changegroups.h"

namespace hubkeeper {

/// Sums up the changes of one property: the pairs of texts that many rows have stay apart, the rest
/// goes by shape, so that ten thousand phone numbers are one line and three stages are three.
class PatternCounter
{
public:
    /// Pairs of texts that are named.
    static constexpr size_t mostNamed = 12;

    void start(const QString &property);
    [[nodiscard]] const QString &property() const { return m_group.property; }
    /// Each pair once, those with the most rows first.
    void add(const QString &before, const QString &after, const GroupCounts &counts);
    [[nodiscard]] PropertyGroup take();

private:
    void addToShape(const QString &before, const QString &after, const GroupCounts &counts);

    PropertyGroup m_group;
    std::vector<PatternGroup> m_shapes;
    bool m_isFull = false; // Not all pairs are named.
};

} // namespace hubkeeper
