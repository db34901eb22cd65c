// SPDX-License-Identifier: MIT
#include "session/readlist.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReadList::ReadList(Portal &portal, BrowseQuery query, RecordSet &set, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_query(std::move(query))
    , m_set(set)
{
    askForSize();
}

std::vector<IdRange> ReadList::remaining() const
{
    return m_plan ? m_plan->remaining() : m_query.ranges;
}

/// The list call tells no total (hubspot-api 4.3); one search tells it and the largest id. If the
/// search is refused, the list is read in one piece.
void ReadList::askForSize()
{
    SearchQuery newest;
    newest.limit = 1;
    newest.sortProperty = u"hs_object_id"_s;
    newest.descending = true;
    m_portal.search(m_query.type, newest, this)
        ->onDone(this, [this](const Result<RecordPage> &page) {
            if (isFinished())
                return;
            const bool found = page && !page->records.isEmpty();
            if (page)
                m_summary.total = page->total;
            begin(found ? page->records.first().id.toULongLong() : 0);
        });
}

void ReadList::begin(quint64 largestId)
{
    m_plan.emplace(m_query.ranges, largestId, m_query.parallel);
    emit progressed(0, m_summary.total);
    fetchMore();
    finishWhenStored(); // There may be nothing left to read.
}

void ReadList::fetchMore()
{
    while (m_storing < m_query.parallel) {
        const auto request = m_plan->next();
        if (!request)
            return;
        ListOptions options;
        options.after = request->after;
        options.limit = 100; // hubspot-api 4.3
        options.properties = m_query.properties;
        m_portal.list(m_query.type, options, this)
            ->onDone(this, [this, segment = request->segment](const Result<RecordPage> &page) {
                onPage(segment, page);
            });
    }
}

void ReadList::onPage(size_t segment, const Result<RecordPage> &page)
{
    if (isFinished()) // Cancelled or failed while the page was on its way.
        return;
    const auto records =
        page ? m_plan->take(segment, *page) : Result<QList<Record>>(tl::unexpected(page.error()));
    if (!records)
        return complete(tl::unexpected(records.error()));
    m_summary.records += records->size();
    emit progressed(m_summary.records, m_summary.total);
    store(*records);
    fetchMore();
    finishWhenStored();
}

void ReadList::store(const QList<Record> &records)
{
    if (records.isEmpty())
        return;
    ++m_storing;
    m_set.append(records, this)->onDone(this, [this](const Result<void> &stored) {
        --m_storing;
        if (isFinished())
            return;
        if (!stored)
            return complete(tl::unexpected(stored.error()));
        fetchMore();
        finishWhenStored();
    });
}

void ReadList::finishWhenStored()
{
    if (m_plan->isDone() && m_storing == 0)
        complete(m_summary);
}

} // namespace hubkeeper
