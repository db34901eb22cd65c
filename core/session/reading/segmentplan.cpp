// SPDX-License-Identifier: MIT
#include "session/reading/segmentplan.h"

#include "session/sessiontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A piece is cut only if both halves are worth this many pages: every cut costs half a page, but
/// is asked for only when a call would be lost otherwise.
constexpr quint64 pagesWorthCutting = 1;

/// The cursor that makes a list begin at `from`, whether the portal reads it as "from" or as
/// "after": one record too many is dropped by take().
QString cursorBefore(quint64 from)
{
    return from == 0 ? QString() : QString::number(from - 1);
}

} // namespace

SegmentPlan::SegmentPlan(const std::vector<IdRange> &ranges, int parallel, int pageSize)
    : m_parallel(size_t(std::max(parallel, 1)))
    , m_pageSize(quint64(pageSize))
{
    for (const IdRange &range : ranges)
        m_segments.push_back(
            {range, range.from, cursorBefore(range.from), {}, {}, 0, 0, false, false});
}

std::optional<SegmentPlan::Request> SegmentPlan::next()
{
    for (size_t i = 0; i < m_segments.size(); ++i) {
        Segment &segment = m_segments[i];
        if (segment.done || segment.asked)
            continue;
        segment.asked = true;
        return Request {i, segment.cursor};
    }
    const auto fresh = split();
    if (!fresh)
        return std::nullopt;
    m_segments[*fresh].asked = true;
    return Request {*fresh, m_segments[*fresh].cursor};
}

quint64 SegmentPlan::spanLeft(const Segment &segment) const
{
    const quint64 end = std::min(segment.range.end, m_largestId);
    return end > segment.position ? end - segment.position : 0;
}

/// Halves the piece with the most ids left; gives the index of the new one.
std::optional<size_t> SegmentPlan::split()
{
    const auto active = std::count_if(m_segments.begin(), m_segments.end(),
                                      [](const Segment &s) { return !s.done; });
    if (active == 0 || size_t(active) >= m_parallel)
        return std::nullopt;
    const auto largest = std::max_element(
        m_segments.begin(), m_segments.end(), [this](const Segment &a, const Segment &b) {
            return (a.done ? 0 : spanLeft(a)) < (b.done ? 0 : spanLeft(b));
        });
    const quint64 span = largest->done ? 0 : spanLeft(*largest);
    const bool isWorthIt = largest->idsPerRecord > 0
        && span / 2 >= pagesWorthCutting * m_pageSize * largest->idsPerRecord;
    if (!isWorthIt)
        return std::nullopt;

    const quint64 middle = largest->position + span / 2;
    const quint64 end = largest->range.end;
    largest->range.end = middle;
    const quint64 density = largest->idsPerRecord;
    m_segments.push_back(
        {{middle, end}, middle, cursorBefore(middle), {}, {}, 0, density, false, false});
    return m_segments.size() - 1;
}

Result<QList<Record>> SegmentPlan::take(size_t index, const RecordPage &page)
{
    Segment &segment = m_segments[index];
    segment.asked = false;
    QList<Record> mine;
    quint64 previous = 0;
    for (const Record &record : page.records) {
        bool isNumber = false;
        const quint64 id = record.id.toULongLong(&isNumber);
        if (!isNumber || id < previous)
            return fail(ErrorKind::BadReply,
                        SessionText::tr("The portal's list is not in the order of IDs."));
        previous = id;
        if (id >= segment.range.end) {
            segment.beyond = id;
            break;
        }
        if (id < segment.position)
            continue;
        if (!segment.firstSeen)
            segment.firstSeen = id;
        segment.position = id + 1;
        mine.append(record);
    }
    segment.records += quint64(mine.size());
    if (segment.records > 0) {
        const quint64 ids = segment.position - *segment.firstSeen;
        segment.idsPerRecord = std::max<quint64>(1, ids / segment.records);
    }
    // A cursor that does not move would loop for ever.
    const bool ends = segment.beyond || page.after.isEmpty() || page.after == segment.cursor;
    segment.cursor = page.after;
    if (ends)
        finish(index); // May add pieces: `segment` is not valid any more.
    return mine;
}

void SegmentPlan::finish(size_t index)
{
    m_segments[index].done = true;
    meetNeighbours(index);
}

/// Compares a finished piece with the ones that touch it. Pieces that meet exactly are fine; a
/// later start of the right one is a gap.
void SegmentPlan::meetNeighbours(size_t index)
{
    const auto compare = [this](const Segment &left, const Segment &right) {
        if (!left.done || !left.beyond || right.range.from != left.range.end)
            return;
        const quint64 expected = *left.beyond;
        const bool rightKnows = right.firstSeen || right.done;
        const quint64 begins = right.firstSeen.value_or(right.range.end);
        if (rightKnows && expected < right.range.end && begins > expected)
            closeGap(expected, std::min(begins, right.range.end));
    };
    const std::vector<Segment> before = m_segments; // closeGap() adds to the list.
    for (const Segment &other : before) {
        compare(before[index], other);
        compare(other, before[index]);
    }
}

void SegmentPlan::closeGap(quint64 from, quint64 end)
{
    const IdRange gap {from, end};
    const bool known = std::any_of(m_segments.begin(), m_segments.end(),
                                   [&](const Segment &s) { return s.range == gap; });
    if (!known)
        m_segments.push_back({gap, from, cursorBefore(from), {}, {}, 0, 0, false, false});
}

bool SegmentPlan::isDone() const
{
    return std::all_of(m_segments.begin(), m_segments.end(),
                       [](const Segment &s) { return s.done; });
}

std::vector<IdRange> SegmentPlan::remaining() const
{
    std::vector<IdRange> ranges;
    for (const Segment &segment : m_segments) {
        if (!segment.done)
            ranges.push_back({segment.position, segment.range.end});
    }
    std::sort(ranges.begin(), ranges.end(),
              [](const IdRange &a, const IdRange &b) { return a.from < b.from; });
    return ranges;
}

} // namespace hubkeeper
