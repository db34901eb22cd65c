// SPDX-License-Identifier: MIT
#include "duplicates/finding/grouping.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace hubkeeper {

namespace {

using Group = std::vector<std::uint32_t>;

constexpr float mostOdds = 12; // So that one certain pair does not outvote all others.
constexpr float leastOdds = -6; // Nor one that differs much because both have typing errors.

class Components
{
public:
    explicit Components(size_t count)
        : m_parents(count)
    {
        std::iota(m_parents.begin(), m_parents.end(), 0U);
    }

    std::uint32_t root(std::uint32_t member)
    {
        while (m_parents[member] != member)
            member = m_parents[member] = m_parents[m_parents[member]];
        return member;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = root(a);
        b = root(b);
        m_parents[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parents;
};

/// All pairs of a component, clusters joined from the nearest on.
class Clusters
{
public:
    Clusters(const Group &members, const std::vector<DuplicateLink> &links,
             const std::function<float(std::uint32_t, std::uint32_t)> &between)
        : m_count(members.size())
        , m_sums(m_count * m_count)
        , m_sizes(m_count, 1)
    {
        std::vector<bool> isKnown(m_count * m_count);
        const auto place = [&members](std::uint32_t record) {
            return size_t(std::lower_bound(members.begin(), members.end(), record)
                          - members.begin());
        };
        for (const DuplicateLink &link : links) {
            const size_t a = place(link.first);
            const size_t b = place(link.second);
            sum(a, b) = sum(b, a) = std::clamp(link.logOdds, leastOdds, mostOdds);
            isKnown[a * m_count + b] = isKnown[b * m_count + a] = true;
        }
        for (size_t a = 0; a < m_count; ++a) {
            for (size_t b = a + 1; b < m_count; ++b) {
                if (!isKnown[a * m_count + b])
                    sum(a, b) = sum(b, a) =
                        std::clamp(between(members[a], members[b]), leastOdds, mostOdds);
            }
        }
    }

    [[nodiscard]] std::vector<Group> joined(const Group &members)
    {
        if (std::all_of(m_sums.begin(), m_sums.end(), [](float sum) { return sum >= 0; }))
            return {members};
        Components clusters(m_count);
        while (const auto next = nearest()) {
            const auto [a, b] = *next;
            clusters.join(std::uint32_t(a), std::uint32_t(b));
            for (size_t other = 0; other < m_count; ++other)
                sum(a, other) = sum(other, a) = sum(a, other) + sum(b, other);
            m_sizes[a] += m_sizes[b];
            m_sizes[b] = 0;
        }
        std::vector<Group> groups(m_count);
        for (size_t i = 0; i < m_count; ++i)
            groups[clusters.root(std::uint32_t(i))].push_back(members[i]);
        return groups;
    }

private:
    [[nodiscard]] std::optional<std::pair<size_t, size_t>> nearest()
    {
        float best = 0;
        std::optional<std::pair<size_t, size_t>> found;
        for (size_t a = 0; a < m_count; ++a) {
            for (size_t b = a + 1; b < m_count && m_sizes[a] > 0; ++b) {
                if (m_sizes[b] == 0)
                    continue;
                const float average = sum(a, b) / float(m_sizes[a] * m_sizes[b]);
                if (average > best) {
                    best = average;
                    found = {a, b};
                }
            }
        }
        return found;
    }
    float &sum(size_t a, size_t b) { return m_sums[a * m_count + b]; }

    size_t m_count;
    std::vector<float> m_sums;
    std::vector<size_t> m_sizes;
};

} // namespace

std::vector<Group> groupsOf(std::vector<DuplicateLink> links, size_t records,
                            const std::function<float(std::uint32_t, std::uint32_t)> &between)
{
    Components components(records);
    for (const DuplicateLink &link : links)
        components.join(link.first, link.second);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> members; // Root, record.
    for (const DuplicateLink &link : links) {
        members.emplace_back(components.root(link.first), link.first);
        members.emplace_back(components.root(link.first), link.second);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    std::sort(links.begin(), links.end(),
              [&components](const DuplicateLink &a, const DuplicateLink &b) {
                  return components.root(a.first) < components.root(b.first);
              });
    std::vector<Group> groups;
    auto link = links.begin();
    for (auto begin = members.begin(); begin != members.end();) {
        auto end = begin;
        Group group;
        while (end != members.end() && end->first == begin->first)
            group.push_back(end++->second);
        auto linksEnd = link;
        while (linksEnd != links.end() && components.root(linksEnd->first) == begin->first)
            ++linksEnd;
        if (group.size() == 2 || group.size() > mostCompared) {
            groups.push_back(group);
        } else {
            for (Group &part : Clusters(group, {link, linksEnd}, between).joined(group)) {
                if (part.size() > 1)
                    groups.push_back(std::move(part));
            }
        }
        link = linksEnd;
        begin = end;
    }
    std::sort(groups.begin(), groups.end());
    return groups;
}

} // namespace hubkeeper
