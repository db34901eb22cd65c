// SPDX-License-Identifier: MIT
#include "session/reading/browse.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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

bool pagesById(const SearchQuery &search)
{
    return search.sortProperty.isEmpty()
        && searchBody(searchAbove(search, QString(20, u'9'))).has_value();
}

SearchQuery searchAbove(SearchQuery search, const QString &floor)
{
    search.sortProperty = idProperty;
    search.descending = false;
    search.limit = searchPageSize;
    search.after.clear();
    if (!floor.isEmpty())
        addFloor(search, floor);
    return search;
}

ReadSearch::ReadSearch(PortalReader &portal, BrowseQuery query, RecordSet &set, QObject *parent)
    : Browse(parent)
    , m_portal(portal)
    , m_query(std::move(query))
    , m_set(set)
{
    cancelWith(m_portal.client().lifetime());
    fetchPage();
}

void ReadSearch::fetchPage()
{
    SearchQuery search = *m_query.search;
    search.properties = m_query.properties;
    search.limit = searchPageSize;
    search.after = m_after;
    if (search.sortProperty.isEmpty())
        search.sortProperty = idProperty;
    then(m_portal.search(m_query.type, search, this),
         [this](const RecordPage &page) { onPage(page); });
}

void ReadSearch::onPage(const RecordPage &page)
{
    if (m_summary.total < 0) // Later pages may be counted from another record on.
        m_summary.total = page.total;
    m_summary.records += page.records.size();
    emit progressed(m_summary.records, m_summary.total);
    m_allFetched = !prepareNext(page);
    storePage(page);
    if (!m_allFetched && m_storing < mostPagesStoring)
        fetchPage();
}

/// Sets the cursor for the next page; false at the end.
bool ReadSearch::prepareNext(const RecordPage &page)
{
    m_hits += page.records.size();
    const bool stuck = page.after == m_after; // A cursor that does not move would loop for ever.
    if (page.after.isEmpty() || stuck)
        return false;
    m_after = page.after;
    m_summary.complete = m_hits + searchPageSize <= SearchQuery::mostHits;
    return m_summary.complete;
}

void ReadSearch::storePage(const RecordPage &page)
{
    ++m_storing;
    then(m_set.append(page.records, this), [this] {
        const bool wasWaiting = m_storing-- == mostPagesStoring;
        if (wasWaiting && !m_allFetched)
            fetchPage();
        finishWhenStored();
    });
}

void ReadSearch::finishWhenStored()
{
    if (m_allFetched && m_storing == 0)
        complete(m_summary);
}

} // namespace hubkeeper
