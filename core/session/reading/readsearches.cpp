// SPDX-License-Identifier: MIT
#include "session/reading/readsearches.h"

#include "session/open/session.h"
#include "session/reading/readlist.h"

namespace hubkeeper {

ReadSearches::ReadSearches(Session &session, BrowseQuery query, RecordSet &set, QObject *parent)
    : Browse(parent)
    , m_session(session)
    , m_query(std::move(query))
    , m_set(set)
{
    m_summary.total = 0;
    read();
}

void ReadSearches::read()
{
    BrowseQuery list = m_query;
    list.more.clear();
    list.keeps = nullptr;
    list.parallel = m_session.maximumConnections();
    auto *reading = new ReadList(
        m_session.portal(), list,
        [this](const QList<Record> &records, QObject *owner) { return take(records, owner); },
        this);
    m_reading = reading;
    connect(reading, &CallBase::progressed, this, [this](qint64 done, qint64 total) {
        emit progressed(m_before + done, total < 0 ? total : m_before + total);
    });
    then(reading, [this](const BrowseSummary &summary) {
        m_before += summary.records;
        m_summary.complete = m_summary.complete && summary.complete;
        if (m_query.more.isEmpty()) {
            m_summary.records = m_set.rowCount();
            m_summary.total = m_summary.records;
            return complete(m_summary);
        }
        m_query.search = m_query.more.takeFirst();
        m_query.ranges = {IdRange {}};
        read();
    });
}

Call<void> *ReadSearches::take(const QList<Record> &records, QObject *owner)
{
    QList<Record> kept = records;
    if (m_query.keeps)
        kept.removeIf([this](const Record &record) { return !m_query.keeps(record); });
    if (kept.isEmpty())
        return new ReadyCall<void>({}, owner);
    return m_set.append(std::move(kept), owner);
}

std::optional<BrowseQuery> ReadSearches::rest() const
{
    BrowseQuery rest = m_query;
    const auto open = m_reading ? m_reading->rest() : std::nullopt;
    if (open)
        rest.ranges = open->ranges;
    else if (rest.more.isEmpty())
        return std::nullopt;
    else
        rest.ranges.clear();
    return rest;
}

} // namespace hubkeeper
