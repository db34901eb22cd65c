// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"
#include "session/reading/segmentplan.h"
#include "store/sets/recordset.h"

#include <functional>

namespace hubkeeper {

/// Takes the records of a page; the next ones come when the call is over.
using RecordSink = std::function<Call<void> *(const QList<Record> &records, QObject *parent)>;

/// Which records a page asks for.
struct BrowseQuery
{
    ObjectType type = ObjectType::Contacts;
    QStringList properties; ///< The columns.
    /// HubSpot search, or nothing for the complete list by id. Its properties, limit and cursor
    /// are ignored.
    std::optional<SearchQuery> search;
    int parallel = 10; ///< In the order of ids: pages asked for at the same time.
    /// In the order of ids: only these, e.g. what a broken reading left (ReadList::remaining()).
    std::vector<IdRange> ranges {IdRange {}};
    /// Further searches, each read after the one before; a record that several find is one.
    QList<SearchQuery> more = {};
    /// Only these records are kept, of all that come; every one where it is null.
    std::function<bool(const Record &)> keeps = {};
    /// Asks for a page of the complete list in place of PortalReader::list(), by its cursor: for
    /// who keeps the records in a form of their own. Only their ids are looked at.
    std::function<Call<RecordPage> *(const QString &after, QObject *parent)> page = {};
};

/// How much of it was read.
struct BrowseSummary
{
    qint64 records = 0;
    qint64 total = -1; ///< What the portal says there is; -1 where it does not say.
    bool complete = true; ///< False: HubSpot lets nobody reach the rest of this search.
};

/// Whether the pages of a search can be asked for by record id: it has no order of its own, and
/// each group has room for one more filter (hubspot-api 6.6).
[[nodiscard]] bool pagesById(const SearchQuery &search);
/// The search for what lies above `floor`, in the order of ids.
[[nodiscard]] SearchQuery searchAbove(SearchQuery search, const QString &floor);

/// A reading into a record set.
class Browse : public Call<BrowseSummary>
{
public:
    using Call::Call;

    /// After an error or a cancel: what was not read, as a query for another reading into the same
    /// set, also over another session on the same portal. Nothing where a reading can only start
    /// again: a ReadSearch.
    [[nodiscard]] virtual std::optional<BrowseQuery> rest() const = 0;
};

/// Reads a search that ReadList cannot read page after page into a record set until the end or
/// until cancelled: a sorted one, or one whose filters leave no room for an id. HubSpot shows
/// 10,000 of it (hubspot-api 6.6); it stops there and says so. A page is stored while the next one
/// is on its way, so memory holds a few. Progress is records/total. Pages stored before an error or
/// a cancel stay in the set.
class ReadSearch final : public Browse
{
public:
    /// `portal` and `set` must outlive the call. `query.search` is set.
    ReadSearch(PortalReader &portal, BrowseQuery query, RecordSet &set, QObject *parent);

    /// It can only start again.
    [[nodiscard]] std::optional<BrowseQuery> rest() const override { return std::nullopt; }

private:
    void fetchPage();
    void onPage(const RecordPage &page);
    void storePage(const RecordPage &page);
    [[nodiscard]] bool prepareNext(const RecordPage &page);
    void finishWhenStored();

    PortalReader &m_portal;
    const BrowseQuery m_query;
    RecordSet &m_set;
    QString m_after;
    qint64 m_hits = 0;
    int m_storing = 0;
    bool m_allFetched = false;
    BrowseSummary m_summary;
};

} // namespace hubkeeper
