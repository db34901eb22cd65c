// SPDX-License-Identifier: MIT
#include "session/reading/readall.h"

#include "session/open/session.h"

namespace hubkeeper {

ReadAllRecords::ReadAllRecords(PortalReader &portal, BrowseQuery query,
                               std::function<bool(const Record &)> take, QObject *parent)
    : Call(parent)
    , m_take(std::move(take))
{
    auto *list = new ReadList(
        portal, std::move(query),
        [this](const QList<Record> &records, QObject *owner) { return takePage(records, owner); },
        this);
    connect(list, &CallBase::progressed, this, &CallBase::progressed);
    then<BrowseSummary>(list, [this](const BrowseSummary &) { complete({}); });
}

Call<void> *ReadAllRecords::takePage(const QList<Record> &records, QObject *owner)
{
    for (const Record &record : records) {
        if (!isFinished() && !m_take(record))
            complete({}); // Enough; the rest is not asked for.
    }
    return new ReadyCall<void>({}, owner);
}

Call<SearchResult> *searchAll(Session &session, const QString &objectClass,
                              const CrestFilter &filter, SearchOptions options, QObject *parent)
{
    options.readAll = [&session](const WantedRecords &wanted,
                                 std::function<bool(const Record &)> take, QObject *owner) {
        BrowseQuery query;
        query.type = wanted.type;
        query.properties = wanted.properties;
        if (!wanted.groups.isEmpty()) {
            query.search.emplace();
            query.search->groups = wanted.groups;
        }
        query.parallel = session.maximumConnections();
        return static_cast<Call<void> *>(
            new ReadAllRecords(session.portal(), std::move(query), std::move(take), owner));
    };
    return session.connector().search(objectClass, filter, options, parent);
}

} // namespace hubkeeper
