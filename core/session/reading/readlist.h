// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "session/reading/browse.h"

namespace hubkeeper {

/// Reads a portal's complete list of a type, or what a search without an order finds, into a record
/// set, several pages at a time
/// (SegmentPlan), until the end or until cancelled. Requests start evenly, at the pace the
/// account's budget allows; another piece is begun only when a call would be lost otherwise, so
/// there are as many as the portal's answers take long, `parallel` at most. Records arrive in no
/// particular order; the set's default order is by id. Pages are stored while others are on their
/// way, so memory holds at most `parallel` of them. Progress is records/total. After an error or a
/// cancel, remaining() is what another call can continue with; the set keeps what was stored.
class ReadList final : public Browse
{
public:
    /// `portal` and `set` must outlive the call.
    ReadList(PortalReader &portal, BrowseQuery query, RecordSet &set, QObject *parent);
    /// The same for who keeps no set: `sink` gets the pages as they come.
    ReadList(PortalReader &portal, BrowseQuery query, RecordSink sink, QObject *parent);

    /// What was not read. Pages that are on their way to the disk count as read.
    [[nodiscard]] std::vector<IdRange> remaining() const;
    [[nodiscard]] std::optional<BrowseQuery> rest() const override;

private:
    void askForSize();
    void onSize(const Result<RecordPage> &newest);
    void fetchMore();
    [[nodiscard]] bool isTooEarly();
    [[nodiscard]] BudgetFamily family() const;
    void fetch(const SegmentPlan::Request &request);
    void search(const SegmentPlan::Request &request);
    void onFound(const SegmentPlan::Request &request, RecordPage page);
    void onPage(size_t segment, const RecordPage &page);
    void store(const QList<Record> &records);
    void finishWhenStored();

    PortalReader &m_portal;
    const BrowseQuery m_query;
    const RecordSink m_sink;
    SegmentPlan m_plan;
    Clock::Instant m_nextAt; ///< When the next request is due at an even pace.
    bool m_askedForSize = false;
    bool m_isWaiting = false; ///< A timer will call fetchMore().
    int m_storing = 0;
    BrowseSummary m_summary;
};

} // namespace hubkeeper
