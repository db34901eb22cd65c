// SPDX-License-Identifier: MIT
#include "changes/review/patterncounter.h"

#include <algorithm>

namespace hubkeeper {

namespace {

void add(GroupCounts &sum, const GroupCounts &part)
{
    sum.rows += part.rows;
    sum.waiting += part.waiting;
    sum.excluded += part.excluded;
}

} // namespace

void PatternCounter::start(const QString &property)
{
    m_group = {property, {}, {}};
    m_shapes.clear();
    m_isFull = false;
}

void PatternCounter::add(const QString &before, const QString &after, const GroupCounts &counts)
{
    hubkeeper::add(m_group.counts, counts);
    if (!m_isFull && m_group.patterns.size() < mostNamed) {
        m_group.patterns.push_back({{PatternShape::Exact, before, after, {}}, counts});
        return;
    }
    m_isFull = true;
    addToShape(before, after, counts);
}

void PatternCounter::addToShape(const QString &before, const QString &after,
                                const GroupCounts &counts)
{
    const PatternShape shape = shapeOf(before, after);
    const auto known = std::find_if(m_shapes.begin(), m_shapes.end(), [&](const PatternGroup &one) {
        return one.pattern.shape == shape;
    });
    if (known == m_shapes.end())
        m_shapes.push_back({{shape, {}, {}, {}}, counts});
    else
        hubkeeper::add(known->counts, counts);
}

PropertyGroup PatternCounter::take()
{
    if (m_isFull) { // A pair of one row says nothing beside thousands.
        const auto single =
            std::find_if(m_group.patterns.begin(), m_group.patterns.end(),
                         [](const PatternGroup &one) { return one.counts.rows < 2; });
        for (auto one = single; one != m_group.patterns.end(); ++one)
            addToShape(one->pattern.before, one->pattern.after, one->counts);
        m_group.patterns.erase(single, m_group.patterns.end());
    }
    std::vector<std::pair<QString, QString>> named;
    for (const PatternGroup &one : m_group.patterns)
        named.emplace_back(one.pattern.before, one.pattern.after);
    for (PatternGroup &one : m_shapes) {
        one.pattern.apart = named;
        m_group.patterns.push_back(std::move(one));
    }
    std::stable_sort(m_group.patterns.begin(), m_group.patterns.end(),
                     [](const PatternGroup &one, const PatternGroup &other) {
                         return one.counts.rows > other.counts.rows;
                     });
    m_shapes.clear();
    return std::move(m_group);
}

} // namespace hubkeeper
