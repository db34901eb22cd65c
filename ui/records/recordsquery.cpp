// SPDX-License-Identifier: MIT
#include "records/recordsquery.h"

#include "records/values/propertynames.h"
#include "session/open/session.h"
#include "session/reading/browserecords.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

RecordsQuery::RecordsQuery(ObjectType type, const PropertyNames &names, QObject *parent)
    : QObject(parent)
    , m_type(type)
    , m_names(names)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &RecordsQuery::arrange);
}

RecordsQuery::~RecordsQuery() = default;

void RecordsQuery::setSession(std::shared_ptr<Session> session)
{
    m_pause.stop();
    m_rest.reset();
    m_isReading = false;
    m_isComplete = false;
    m_total = -1;
    {
        const std::unique_ptr<RecordSet> before = std::move(m_set); // With its readings.
        emit setChanged();
    }
    if (m_session)
        m_session->disconnect(this);
    m_session = std::move(session);
    if (m_session)
        followWrites();
}

/// Shows at once what was written. What the disk refuses is reported by the set.
void RecordsQuery::followWrites()
{
    connect(m_session.get(), &Session::recordsWritten, this,
            [this](ObjectType type, const QList<Record> &records) {
                for (const Record &record : records) {
                    if (type == m_type && m_set)
                        m_set->replace(record);
                }
            });
    connect(m_session.get(), &Session::recordsArchived, this,
            [this](ObjectType type, const QStringList &ids) {
                for (const QString &id : ids) {
                    if (type == m_type && m_set)
                        m_set->markArchived(id);
                }
            });
}

void RecordsQuery::read(const QStringList &properties, const std::optional<SearchQuery> &search)
{
    auto set = RecordSet::create(m_session->recordFolder(), m_type, properties);
    if (!set)
        return emit failed(set.error());
    const std::unique_ptr<RecordSet> before = std::exchange(m_set, std::move(*set));
    m_total = -1;
    m_isComplete = false;
    connect(m_set.get(), &RecordSet::rowsAppended, this, &RecordsQuery::onGrown);
    connect(m_set.get(), &RecordSet::failed, this, &RecordsQuery::failed);
    emit setChanged();
    BrowseQuery query;
    query.type = m_type;
    query.properties = properties;
    query.search = search;
    start(std::move(query));
}

void RecordsQuery::readOn()
{
    if (m_set && m_rest)
        start(*std::exchange(m_rest, std::nullopt));
}

void RecordsQuery::start(const BrowseQuery &query)
{
    m_rest.reset();
    m_isReading = true;
    m_before = m_set->rowCount();
    Browse *call = browseRecords(*m_session, query, *m_set, m_set.get());
    connect(call, &CallBase::progressed, this, [this](qint64, qint64 total) {
        if (total >= 0)
            m_total = std::max(m_total, m_before + total);
    });
    call->onDone(this, [this, call](const Result<BrowseSummary> &summary) {
        m_isReading = false;
        m_isComplete = summary.has_value();
        if (!summary)
            m_rest = call->rest();
        m_outcome = summary;
        emit readingEnded();
        arrange();
    });
    emit readingStarted(call);
}

/// A record that was written, or looked up, is shown as well; a reading sorts at its end.
void RecordsQuery::onGrown()
{
    if (!m_isReading)
        m_pause.start();
    emit grown();
}

void RecordsQuery::setFilter(const QString &text)
{
    m_rowQuery.contains = text;
    m_pause.start();
}

void RecordsQuery::setSort(const QString &property, bool descending)
{
    m_rowQuery.sortProperty = property;
    m_rowQuery.descending = descending;
    arrange();
}

void RecordsQuery::arrange()
{
    m_pause.stop();
    if (m_sorting)
        m_sorting->cancel();
    if (!m_set || m_set->rowCount() == 0)
        return emit arranged({});
    m_rowQuery.numericProperties.clear();
    m_rowQuery.temporalProperties.clear();
    for (const QString &property : m_set->properties()) {
        const PropertyDefinition *definition = m_names.definition(property);
        if (m_names.isNumeric(property))
            m_rowQuery.numericProperties.append(property);
        else if (definition && definition->type.startsWith("date"_L1))
            m_rowQuery.temporalProperties.append(property);
    }
    m_sorting = m_set->order(m_rowQuery, m_set.get());
    m_sorting->onDone(this, [this](const Result<RowOrder> &order) {
        if (order)
            emit arranged(*order);
        else if (order.error().kind != ErrorKind::Cancelled)
            emit failed(order.error());
    });
    emit sortingStarted(m_sorting);
}

} // namespace hubkeeper
