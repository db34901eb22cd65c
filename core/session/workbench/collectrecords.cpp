// SPDX-License-Identifier: MIT
#include "session/workbench/collectrecords.h"

#include "connector/objectclass.h"
#include "session/open/session.h"
#include "session/reading/readall.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype recordsPerPage = 200;

QString classOf(ObjectType type)
{
    return nameOf(type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company);
}

} // namespace

CollectRecords::CollectRecords(Session &session, Connector &connector, ObjectType type,
                               const CrestFilter &filter, SearchOptions options, RecordSet &set,
                               QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_type(type)
    , m_isSorted(!options.sortKeys.isEmpty())
    , m_set(set)
{
    options.fields = {u"_id"_s};
    options.handler = [this](const ConnectorObject &object) { return take(object); };
    options.readAll = [this](const WantedRecords &wanted, std::function<bool(const Record &)> sink,
                             QObject *owner) { return readAll(wanted, std::move(sink), owner); };
    auto *search = connector.search(classOf(type), filter, options, this);
    connect(search, &CallBase::progressed, this, &CallBase::progressed);
    then(search, [this](const SearchResult &result) {
        m_found.warnings = result.warnings;
        m_found.pagedResultsCookie = result.pagedResultsCookie;
        readByIds(0);
    });
}

/// Reads the properties that are wanted along with those that the search looks at.
Call<void> *CollectRecords::readAll(const WantedRecords &wanted,
                                    std::function<bool(const Record &)> sink, QObject *owner)
{
    BrowseQuery query;
    query.type = wanted.type;
    query.properties = wanted.properties + m_set.properties();
    query.properties.removeDuplicates();
    if (!wanted.groups.isEmpty()) {
        query.search.emplace();
        query.search->groups = wanted.groups;
    }
    query.parallel = m_session.maximumConnections();
    return new ReadAllRecords(
        m_session.portal(), std::move(query),
        [this, sink = std::move(sink)](const Record &record) {
            m_current = &record;
            const bool goesOn = sink(record);
            m_current = nullptr;
            return goesOn;
        },
        owner);
}

bool CollectRecords::take(const ConnectorObject &object)
{
    if (m_current && m_current->id == object.uid)
        m_page.append(*m_current);
    else
        m_ids.append(object.uid);
    if (m_page.size() >= recordsPerPage)
        store();
    return !isFinished();
}

void CollectRecords::store()
{
    if (m_page.isEmpty())
        return;
    ++m_storing;
    then(m_set.append(std::exchange(m_page, {}), this), [this] {
        --m_storing;
        finishWhenStored();
    });
}

void CollectRecords::readByIds(qsizetype from)
{
    store();
    if (from >= m_ids.size()) {
        m_isRead = true;
        return finishWhenStored();
    }
    const QStringList ids = m_ids.mid(from, mostBatchInputs);
    then(m_session.portal().batchRead(m_type, ids, m_set.properties(), this),
         [this, ids, from](const BatchReadOutcome &outcome) {
             QHash<QString, Record> byId;
             for (const Record &record : outcome.records)
                 byId.insert(record.id, record);
             for (const QString &id : ids) { // In the order of the search.
                 if (byId.contains(id))
                     m_page.append(byId.value(id));
             }
             emit progressed(from + ids.size(), m_ids.size());
             readByIds(from + mostBatchInputs);
         });
}

void CollectRecords::finishWhenStored()
{
    if (!m_isRead || m_storing > 0)
        return;
    if (m_isSorted) { // As they arrived.
        m_found.rows.resize(size_t(m_set.rowCount()));
        std::iota(m_found.rows.begin(), m_found.rows.end(), 0);
        return complete(std::move(m_found));
    }
    then(m_set.order({}, this), [this](const RowOrder &order) {
        m_found.rows = order;
        complete(std::move(m_found));
    });
}

} // namespace hubkeeper
