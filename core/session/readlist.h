// SPDX-License-Identifier: MIT
#pragma once

#include "session/browse.h"

namespace hubkeeper {

/// Reads a portal's complete list of a type into a record set, several pages at a time
/// (SegmentPlan), until the end or until cancelled. Records arrive in no particular order; the
/// set's default order is by id. Pages are stored while others are on their way, so memory holds
/// at most `parallel` of them. Progress is records/total. After an error or a cancel, remaining()
/// is what another call can continue with; the set keeps what was stored.
class ReadList final : public Call<BrowseSummary>
{
public:
    /// `portal` and `set` must outlive the call.
    ReadList(Portal &portal, BrowseQuery query, RecordSet &set, QObject *parent);

    /// What is not yet stored. Before the size of the portal is known: everything asked for.
    [[nodiscard]] std::vector<IdRange> remaining() const;

private:
    void askForSize();
    void begin(quint64 largestId);
    void fetchMore();
    void onPage(size_t segment, const Result<RecordPage> &page);
    void store(const QList<Record> &records);
    void finishWhenStored();

    Portal &m_portal;
    const BrowseQuery m_query;
    RecordSet &m_set;
    std::optional<SegmentPlan> m_plan;
    int m_storing = 0;
    BrowseSummary m_summary;
};

} // namespace hubkeeper
