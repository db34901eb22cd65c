// SPDX-License-Identifier: MIT
#include "session/browse.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int listPageSize = 100; // hubspot-api 4.3
constexpr int searchPageSize = 200; // hubspot-api 6.3
constexpr int mostPagesStoring = 2;
constexpr auto idProperty = "hs_object_id"_L1;

/// Adds "id above `floor`" to every group (hubspot-api 6.6).
void addFloor(SearchQuery &search, const QString &floor)
{
    const SearchFilter above {idProperty, SearchOperator::Gt, floor, {}, {}};
    if (search.groups.isEmpty())
        search.groups.append(QList<SearchFilter> {});
    for (QList<SearchFilter> &group : search.groups)
        group.append(above);
}

} // namespace

BrowseRecords::BrowseRecords(Portal &portal, BrowseQuery query, RecordSet &set, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_query(std::move(query))
    , m_set(set)
{
    if (!m_query.search)
        askForTotal();
    fetchPage();
}

/// The list call tells no total (hubspot-api 4.3); a search for everything does. Only for the
/// progress: a refusal is no error.
void BrowseRecords::askForTotal()
{
    SearchQuery everything;
    everything.limit = 1;
    m_portal.search(m_query.type, everything, this)->onDone(this, [this](const auto &page) {
        if (page && page->total >= 0)
            m_summary.total = page->total;
    });
}

void BrowseRecords::fetchPage()
{
    const auto next = [this](const Result<RecordPage> &page) { onPage(page); };
    if (!m_query.search) {
        ListOptions options;
        options.after = m_after;
        options.limit = listPageSize;
        options.properties = m_query.properties;
        m_portal.list(m_query.type, options, this)->onDone(this, next);
        return;
    }
    SearchQuery search = *m_query.search;
    search.properties = m_query.properties;
    search.limit = searchPageSize;
    search.after = m_after;
    if (search.sortProperty.isEmpty())
        search.sortProperty = idProperty;
    if (!m_floorId.isEmpty())
        addFloor(search, m_floorId);
    m_portal.search(m_query.type, search, this)->onDone(this, next);
}

void BrowseRecords::onPage(const Result<RecordPage> &page)
{
    if (isFinished()) // Cancelled while the page was on its way.
        return;
    if (!page)
        return complete(tl::unexpected(page.error()));
    if (page->total >= 0 && m_floorId.isEmpty())
        m_summary.total = page->total;
    m_summary.records += page->records.size();
    emit progressed(m_summary.records, m_summary.total);
    m_allFetched = !prepareNext(*page);
    storePage(*page);
    if (!m_allFetched && m_storing < mostPagesStoring)
        fetchPage();
}

/// Sets the cursor for the next page; false at the end.
bool BrowseRecords::prepareNext(const RecordPage &page)
{
    if (!page.records.isEmpty())
        m_lastId = page.records.last().id;
    m_inWindow += page.records.size();
    const bool stuck = page.after == m_after; // A cursor that does not move would loop for ever.
    if (page.after.isEmpty() || stuck)
        return false;
    m_after = page.after;
    if (!m_query.search || m_inWindow + searchPageSize <= SearchQuery::mostHits)
        return true;
    if (!m_query.search->sortProperty.isEmpty()) {
        m_summary.complete = false;
        return false;
    }
    m_floorId = m_lastId;
    m_after.clear();
    m_inWindow = 0;
    return true;
}

void BrowseRecords::storePage(const RecordPage &page)
{
    ++m_storing;
    m_set.append(page.records, this)->onDone(this, [this](const Result<void> &stored) {
        if (!stored)
            return complete(tl::unexpected(stored.error()));
        const bool wasWaiting = m_storing-- == mostPagesStoring;
        if (wasWaiting && !m_allFetched && !isFinished())
            fetchPage();
        finishWhenStored();
    });
}

void BrowseRecords::finishWhenStored()
{
    if (m_allFetched && m_storing == 0)
        complete(m_summary);
}

} // namespace hubkeeper
