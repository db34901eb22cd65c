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
    m_kept.clear();
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
                forgetSearches(type);
                for (const Record &record : records) {
                    for (const Kept &kept : m_kept) {
                        if (type == m_type)
                            kept.set->replace(record);
                    }
                    if (type == m_type && m_set)
                        m_set->replace(record);
                    if (type == m_type && m_next)
                        m_next->replace(record);
                }
            });
    connect(m_session.get(), &Session::recordsArchived, this,
            [this](ObjectType type, const QStringList &ids) {
                forgetSearches(type);
                for (const QString &id : ids) {
                    for (const Kept &kept : m_kept) {
                        if (type == m_type)
                            kept.set->markArchived(id);
                    }
                    if (type == m_type && m_set)
                        m_set->markArchived(id);
                    if (type == m_type && m_next)
                        m_next->markArchived(id);
                }
            });
}

/// Whether a record belongs to a search may be otherwise once it was written: it is made again.
void RecordsQuery::forgetSearches(ObjectType type)
{
    if (type == m_type)
        std::erase_if(m_kept, [](const Kept &kept) { return kept.isSearch; });
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

/// Gives what was shown before, which nobody looks at any more.
std::unique_ptr<RecordSet> RecordsQuery::showSet(std::unique_ptr<RecordSet> set, const QString &key)
{
    std::unique_ptr<RecordSet> before = std::exchange(m_set, std::move(set));
    m_key = key;
    m_total = -1;
    connect(m_set.get(), &RecordSet::rowsAppended, this, &RecordsQuery::onGrown);
    emit setChanged();
    if (before)
        disconnect(before.get(), &RecordSet::rowsAppended, this, nullptr);
    return before;
}

/// What was shown is kept if it is whole, and another query's.
void RecordsQuery::showNew(std::unique_ptr<RecordSet> set, const QString &key, bool isSearch)
{
    std::optional<Kept> old;
    if (isWholeSet() && m_outcome && m_key != key)
        old = Kept {m_key, nullptr, m_isSearch, m_outcome};
    std::erase_if(m_kept, [&](const Kept &kept) { return kept.key == key || kept.key == m_key; });
    m_isSearch = isSearch;
    std::unique_ptr<RecordSet> before = showSet(std::move(set), key);
    if (!old || !before)
        return;
    old->set = std::move(before);
    m_kept.push_back(std::move(*old));
    if (m_kept.size() > mostKept)
        m_kept.erase(m_kept.begin());
}

bool RecordsQuery::holds(const RecordSet *set, const QStringList &properties)
{
    return std::all_of(properties.begin(), properties.end(),
                       [set](const QString &name) { return set->properties().contains(name); });
}

/// Whether it asks for less than everything.
bool RecordsQuery::isSearch(const BrowseQuery &query)
{
    return query.search || query.keeps || query.ranges.empty();
}

void RecordsQuery::show(const PlannedQuery &query)
{
    if (isWholeSet() && m_key == query.key && holds(m_set.get(), query.browse.properties)) {
        emit setChanged();
        return arrange();
    }
    const auto there = std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept &kept) {
        return kept.key == query.key && holds(kept.set.get(), query.browse.properties);
    });
    if (there == m_kept.end())
        return read(query);
    Kept kept = std::move(*there);
    m_kept.erase(there);
    m_next.reset();
    m_rest.reset();
    const bool isSearch = kept.isSearch;
    showNew(std::move(kept.set), query.key, isSearch); // Looks at how the one before ended.
    m_outcome = kept.outcome;
    m_isReading = false;
    m_isComplete = true;
    m_keepsOld = false;
    emit readingEnded();
    arrange();
}

void RecordsQuery::read(const PlannedQuery &query)
{
    m_next.reset();
    std::unique_ptr<RecordSet> set = makeSet(query.browse.properties);
    if (!set)
        return;
    showNew(std::move(set), query.key, isSearch(query.browse));
    m_isComplete = false;
    start(query.browse, *m_set);
}

void RecordsQuery::readAgain(const PlannedQuery &query)
{
    const bool isWhole = m_next ? m_wasComplete : m_isComplete;
    if (!m_set || !isWhole)
        return read(query);
    m_next = makeSet(query.browse.properties);
    if (!m_next)
        return;
    m_nextKey = query.key;
    m_isComplete = true; // What is shown, until the end of the reading.
    m_nextIsSearch = isSearch(query.browse);
    start(query.browse, *m_next);
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
        (void)showSet(std::move(m_next), m_nextKey);
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

void RecordsQuery::setSorts(const QList<RowSort> &sorts)
{
    const RowSort first = sorts.value(0);
    m_rowQuery.sortProperty = first.property;
    m_rowQuery.descending = first.descending;
    m_rowQuery.thenBy = sorts.mid(1);
    if (m_set && m_set->rowCount() > 0)
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
