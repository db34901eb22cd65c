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
    m_next.reset();
    m_isReading = false;
    m_isComplete = false;
    m_keepsOld = false;
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
                    if (type == m_type && m_next)
                        m_next->replace(record);
                }
            });
    connect(m_session.get(), &Session::recordsArchived, this,
            [this](ObjectType type, const QStringList &ids) {
                for (const QString &id : ids) {
                    if (type == m_type && m_set)
                        m_set->markArchived(id);
                    if (type == m_type && m_next)
                        m_next->markArchived(id);
                }
            });
}

/// Null if it cannot be made, which has been reported.
std::unique_ptr<RecordSet> RecordsQuery::makeSet(const QStringList &properties)
{
    auto set = RecordSet::create(m_session->recordFolder(), m_type, properties);
    if (!set) {
        emit failed(set.error());
        return nullptr;
    }
    connect(set->get(), &RecordSet::failed, this, &RecordsQuery::failed);
    return std::move(*set);
}

void RecordsQuery::show(std::unique_ptr<RecordSet> set)
{
    const std::unique_ptr<RecordSet> before = std::exchange(m_set, std::move(set));
    m_total = -1;
    connect(m_set.get(), &RecordSet::rowsAppended, this, &RecordsQuery::onGrown);
    emit setChanged();
}

void RecordsQuery::read(const QStringList &properties, const std::optional<SearchQuery> &search)
{
    m_next.reset();
    std::unique_ptr<RecordSet> set = makeSet(properties);
    if (!set)
        return;
    m_isComplete = false;
    m_isSearch = search.has_value();
    show(std::move(set));
    BrowseQuery query;
    query.type = m_type;
    query.properties = properties;
    query.search = search;
    start(query, *m_set);
}

void RecordsQuery::readAgain(const QStringList &properties,
                             const std::optional<SearchQuery> &search)
{
    const bool isWhole = m_next ? m_wasComplete : m_isComplete;
    if (!m_set || !isWhole)
        return read(properties, search);
    m_next = makeSet(properties);
    if (!m_next)
        return;
    m_isComplete = true; // What is shown, until the end of the reading.
    m_nextIsSearch = search.has_value();
    BrowseQuery query;
    query.type = m_type;
    query.properties = properties;
    query.search = search;
    start(query, *m_next);
}

void RecordsQuery::readOn()
{
    if (m_set && m_rest)
        start(*std::exchange(m_rest, std::nullopt), *m_set);
}

void RecordsQuery::start(const BrowseQuery &query, RecordSet &set)
{
    m_rest.reset();
    m_isReading = true;
    m_wasComplete = std::exchange(m_isComplete, false);
    m_before = set.rowCount();
    Browse *call = browseRecords(*m_session, query, set, &set);
    connect(call, &CallBase::progressed, this, [this](qint64, qint64 total) {
        if (total >= 0 && !m_next)
            m_total = std::max(m_total, m_before + total);
    });
    call->onDone(this, [this, call](const Result<BrowseSummary> &summary) {
        m_isReading = false;
        if (!summary && !m_next)
            m_rest = call->rest();
        onRead(summary);
    });
    emit readingStarted(call);
}

void RecordsQuery::onRead(const Result<BrowseSummary> &summary)
{
    m_outcome = summary;
    m_keepsOld = m_next && !summary;
    m_isComplete = m_keepsOld ? m_wasComplete : summary.has_value();
    if (m_keepsOld)
        m_next.reset();
    else if (m_next) {
        m_isSearch = m_nextIsSearch;
        show(std::move(m_next));
    }
    emit readingEnded();
    arrange();
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

void RecordsQuery::setThenBy(const QList<RowSort> &sorts)
{
    m_rowQuery.thenBy = sorts;
    arrange();
}

void RecordsQuery::setShown(const QStringList &columns, bool raw)
{
    m_rowQuery.columns = columns;
    m_isRaw = raw;
    namesChanged();
}

void RecordsQuery::namesChanged()
{
    if (m_set && !m_isReading
        && (!m_rowQuery.contains.isEmpty() || !m_rowQuery.sortProperty.isEmpty()))
        m_pause.start();
}

void RecordsQuery::takeNames()
{
    m_rowQuery.numericProperties.clear();
    m_rowQuery.temporalProperties.clear();
    m_rowQuery.shown.clear();
    for (const QString &property : m_set->properties()) {
        const PropertyDefinition *definition = m_names.definition(property);
        if (m_names.isNumeric(property))
            m_rowQuery.numericProperties.append(property);
        else if (definition && definition->type.startsWith("date"_L1))
            m_rowQuery.temporalProperties.append(property);
        const auto shown = m_isRaw ? std::nullopt : m_names.shownValues(property);
        if (shown)
            m_rowQuery.shown.insert(property, *shown);
    }
}

void RecordsQuery::arrange()
{
    m_pause.stop();
    if (m_staging)
        m_staging->cancel();
    if (m_sorting)
        m_sorting->cancel();
    if (!m_set || m_set->rowCount() == 0)
        return emit arranged({});
    takeNames();
    m_rowQuery.staged.clear();
    ChangeSet &changes = m_session->changes();
    const bool matters = !m_rowQuery.contains.isEmpty() || !m_rowQuery.sortProperty.isEmpty();
    if (changes.isEmpty() || !matters)
        return order();
    Call<TextsByRecord> *staged = changes.texts(m_type, m_set.get());
    m_staging = staged;
    staged->onDone(this, [this](const Result<TextsByRecord> &texts) {
        if (!texts && texts.error().kind == ErrorKind::Cancelled)
            return;
        if (texts)
            m_rowQuery.staged = *texts;
        else
            emit failed(texts.error());
        order();
    });
}

void RecordsQuery::order()
{
    m_sorting = m_set->order(m_rowQuery, m_set.get());
    m_rowQuery.staged.clear(); // There may be many.
    m_sorting->onDone(this, [this](const Result<RowOrder> &order) {
        if (order)
            emit arranged(*order);
        else if (order.error().kind != ErrorKind::Cancelled)
            emit failed(order.error());
    });
    emit sortingStarted(m_sorting);
}

} // namespace hubkeeper
