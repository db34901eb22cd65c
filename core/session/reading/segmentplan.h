// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <limits>
#include <optional>
#include <vector>

namespace hubkeeper {

/// Record ids from `from` on, up to and without `end`.
struct IdRange
{
    static constexpr quint64 open = std::numeric_limits<quint64>::max();

    quint64 from = 0;
    quint64 end = open;

    bool operator==(const IdRange &) const = default;
};

/// Cuts the reading of a complete list into pieces that can be read at the same time.
///
/// The list call pages by record id (hubspot-api 4.3), one page after another, so a portal that
/// is 300 ms away gives three pages a second however many calls are allowed. Several cursors in
/// several parts of the id space hide that. Where a part ends its neighbour has begun, and the
/// first record both see must be the same: otherwise a cursor did not mean what it looks like,
/// and the gap is read again in one piece. A part that runs dry takes half of the largest one.
///
/// Plain arithmetic without network or clock. Not thread-safe.
class SegmentPlan
{
public:
    /// What to ask for next.
    struct Request
    {
        size_t segment = 0;
        QString after; ///< The cursor; empty is the start of the list.
    };

    /// `ranges` do not overlap; `parallel` is how many pieces to aim for, 1 or more; `pageSize` how
    /// many records an answer holds.
    SegmentPlan(const std::vector<IdRange> &ranges, int parallel, int pageSize = 100);

    /// The largest id there is, to know where to cut. Until it is known nothing is cut.
    void setLargestId(quint64 id) { m_largestId = id; }

    /// The next page to ask for, or nothing while every piece is either done or asked for.
    [[nodiscard]] std::optional<Request> next();

    /// Takes the answer to a request: the records that belong to the piece and are new. Fails
    /// with BadReply when ids are no numbers or not in ascending order.
    [[nodiscard]] Result<QList<Record>> take(size_t segment, const RecordPage &page);

    /// Everything was read and all neighbours met.
    [[nodiscard]] bool isDone() const;

    /// What is still to be read, for a later continuation.
    [[nodiscard]] std::vector<IdRange> remaining() const;

private:
    struct Segment
    {
        IdRange range;
        quint64 position = 0; ///< All below is read.
        QString cursor; ///< The portal's own, once there is one.
        std::optional<quint64> firstSeen; ///< Smallest id its first page held.
        std::optional<quint64> beyond; ///< Smallest id at or above the end that a page showed.
        quint64 records = 0;
        quint64 idsPerRecord = 0; ///< As seen here or in the piece it was cut from; 0 is unknown.
        bool asked = false;
        bool done = false;
    };

    void finish(size_t index);
    void meetNeighbours(size_t index);
    void closeGap(quint64 from, quint64 end);
    [[nodiscard]] std::optional<size_t> split();
    [[nodiscard]] quint64 spanLeft(const Segment &segment) const;

    std::vector<Segment> m_segments;
    quint64 m_largestId = 0;
    size_t m_parallel;
    quint64 m_pageSize;
};

} // namespace hubkeeper
