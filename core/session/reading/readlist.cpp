// SPDX-License-Identifier: MIT
#include "session/reading/readlist.h"

#include "portal/access/accountbudget.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// Calls that could not be used are made up for as far as this: the first page comes alone.
constexpr auto longestArrears = 300ms;

/// Between two requests: a little less than the permits allow, so that the budget sets the pace.
std::chrono::microseconds intervalOf(const AccountBudget &budget)
{
    return std::chrono::microseconds(970'000 / budget.permitsPerSecond());
}

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
    , m_plan(m_query.ranges, m_query.parallel)
    , m_nextAt(portal.client().clock().now())
{
    cancelWith(m_portal.client().lifetime());
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
    SearchQuery newest;
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
        m_nextAt += intervalOf(m_portal.client().budget());
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
    const auto delay = std::max(m_portal.client().budget().delayAt(BudgetFamily::General, now),
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

void ReadList::fetch(const SegmentPlan::Request &request)
{
    ListOptions options;
    options.after = request.after;
    options.limit = 100; // hubspot-api 4.3
    options.properties = m_query.properties;
    then(m_portal.list(m_query.type, options, this),
         [this, segment = request.segment](const RecordPage &page) { onPage(segment, page); });
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
