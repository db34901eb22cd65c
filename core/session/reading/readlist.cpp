// SPDX-License-Identifier: MIT
#include "session/reading/readlist.h"

#include "portal/access/accountbudget.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// Calls that could not be used are made up for as far as this: the first page comes alone.
constexpr auto longestArrears = 300ms;

/// Between two requests: a little less than the permits allow, so that the budget sets the pace.
std::chrono::microseconds intervalOf(const AccountBudget &budget, bool isSearch)
{
    const int searches = std::min(budget.searchesPerSecond(), budget.permitsPerSecond());
    return std::chrono::microseconds(970'000 / (isSearch ? searches : budget.permitsPerSecond()));
}

constexpr int mostPerList = 100; // hubspot-api 4.3
constexpr int mostPerSearch = 200; // hubspot-api 6.3

} // namespace

ReadList::ReadList(PortalReader &portal, BrowseQuery query, RecordSet &set, QObject *parent)
    : ReadList(
        portal, std::move(query),
        [&set](const QList<Record> &records, QObject *owner) { return set.append(records, owner); },
        parent)
{
}

ReadList::ReadList(PortalReader &portal, BrowseQuery query, RecordSink sink, QObject *parent)
    : Browse(parent)
    , m_portal(portal)
    , m_query(std::move(query))
    , m_sink(std::move(sink))
    , m_plan(m_query.ranges, m_query.parallel, m_query.search ? mostPerSearch : mostPerList)
    , m_nextAt(portal.client().clock().now())
{
    cancelWith(m_portal.client().lifetime());
    if (!m_query.search) // One page of a search may be all of it.
        askForSize();
    fetchMore();
    finishWhenStored(); // There may be nothing to read.
}

std::vector<IdRange> ReadList::remaining() const
{
    return m_plan.remaining();
}

std::optional<BrowseQuery> ReadList::rest() const
{
    BrowseQuery rest = m_query;
    rest.ranges = remaining();
    return rest.ranges.empty() ? std::nullopt : std::optional(rest);
}

/// The list call gives no total (hubspot-api 4.3); one search gives it and the largest id, while
/// the first page is on its way. If the search is refused, the list is read in one piece.
void ReadList::askForSize()
{
    m_askedForSize = true;
    SearchQuery newest = m_query.search.value_or(SearchQuery());
    newest.properties.clear();
    newest.after.clear();
    newest.limit = 1;
    newest.sortProperty = u"hs_object_id"_s;
    newest.descending = true;
    always(m_portal.search(m_query.type, newest, this),
           [this](const Result<RecordPage> &page) { onSize(page); });
}

void ReadList::onSize(const Result<RecordPage> &newest)
{
    if (!newest)
        return;
    m_summary.total = newest->total;
    if (!newest->records.isEmpty())
        m_plan.setLargestId(newest->records.first().id.toULongLong());
    emit progressed(m_summary.records, m_summary.total);
    fetchMore();
}

void ReadList::fetchMore()
{
    while (!isFinished() && m_storing < m_query.parallel && !isTooEarly()) {
        const auto request = m_plan.next();
        if (!request)
            return;
        m_nextAt += intervalOf(m_portal.client().budget(), m_query.search.has_value());
        fetch(*request);
    }
}

/// True if the next request has to wait for its turn; it will then be asked for.
bool ReadList::isTooEarly()
{
    if (m_isWaiting)
        return true;
    Clock &clock = m_portal.client().clock();
    const Clock::Instant now = clock.now();
    m_nextAt = std::max(m_nextAt, now - longestArrears);
    const auto delay = std::max(m_portal.client().budget().delayAt(family(), now),
                                std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - now));
    if (delay <= 0ms)
        return false;
    m_isWaiting = true;
    clock.after(delay, this, unlessOver([this] {
                    m_isWaiting = false;
                    fetchMore();
                }));
    return true;
}

BudgetFamily ReadList::family() const
{
    return m_query.search ? BudgetFamily::Search : BudgetFamily::General;
}

void ReadList::fetch(const SegmentPlan::Request &request)
{
    if (m_query.search)
        return search(request);
    ListOptions options;
    options.after = request.after;
    options.limit = mostPerList;
    options.properties = m_query.properties;
    then(m_query.page ? m_query.page(request.after, this)
                      : m_portal.list(m_query.type, options, this),
         [this, segment = request.segment](const RecordPage &page) { onPage(segment, page); });
}

/// A search pages by id, too: its own cursor counts hits, which move when a record changes.
void ReadList::search(const SegmentPlan::Request &request)
{
    SearchQuery query = searchAbove(*m_query.search, request.after);
    query.properties = m_query.properties;
    then(m_portal.search(m_query.type, query, this),
         [this, request](const RecordPage &page) { onFound(request, page); });
}

void ReadList::onFound(const SegmentPlan::Request &request, RecordPage page)
{
    std::sort(page.records.begin(), page.records.end(),
              [](const Record &a, const Record &b) { return idLess(a.id, b.id); });
    const bool isOver = page.after.isEmpty();
    const QString last = page.records.isEmpty() ? request.after : page.records.last().id;
    const bool goesOn = !last.isEmpty() && (request.after.isEmpty() || idLess(request.after, last));
    if (!isOver && !goesOn)
        return complete(
            fail(ErrorKind::BadReply,
                 SessionText::tr("The portal's search does not go on after record %1.").arg(last)));
    page.after = isOver ? QString() : last;
    if (m_summary.total < 0 && request.after.isEmpty())
        m_summary.total = page.total;
    if (!isOver && !m_askedForSize)
        askForSize();
    onPage(request.segment, page);
}

void ReadList::onPage(size_t segment, const RecordPage &page)
{
    const auto records = m_plan.take(segment, page);
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
    then(m_sink(records, this), [this] {
        --m_storing;
        fetchMore();
        finishWhenStored();
    });
}

void ReadList::finishWhenStored()
{
    if (!m_plan.isDone() || m_storing > 0)
        return;
    const bool wasWhole = m_query.ranges == std::vector<IdRange> {IdRange {}};
    if (m_summary.total < 0 && wasWhole) // The end came before the answer to the search.
        m_summary.total = m_summary.records;
    complete(m_summary);
}

} // namespace hubkeeper
