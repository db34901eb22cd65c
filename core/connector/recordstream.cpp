// SPDX-License-Identifier: MIT
#include "connector/recordstream.h"

#include "connector/connectortext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostPerList = 100;
constexpr int mostPerSearch = 200;

bool recordLess(const Record &a, const Record &b)
{
    return idLess(a.id, b.id);
}

bool isAfter(const QString &id, const QString &lastId)
{
    return lastId.isEmpty() || idLess(lastId, id);
}

} // namespace

RecordStream::RecordStream(PortalReader &portal, ObjectType type, SearchPlan plan,
                           QStringList properties, Start start, Sink sink, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_type(type)
    , m_plan(std::move(plan))
    , m_properties(std::move(properties))
    , m_start(std::move(start))
    , m_sink(std::move(sink))
{
    if (m_plan.everything) {
        readList(m_start.after);
        return;
    }
    m_sources.push_back({{}, {}, {}, true}); // The direct reads.
    for (const auto &groups : m_plan.queries)
        m_sources.push_back({groups, {}, m_start.lastId, false});
    // From the event loop: the sink belongs to the caller, who is still handling this.
    QMetaObject::invokeMethod(this, unlessOver([this] { readIds(0); }), Qt::QueuedConnection);
}

void RecordStream::readList(const QString &after)
{
    ListOptions options;
    options.after = after;
    options.limit = std::clamp(m_start.pageSize, 1, mostPerList);
    options.properties = m_properties;
    then(m_portal.list(m_type, options, this),
         [this, after](const RecordPage &page) { onList(after, page); });
}

void RecordStream::onList(const QString &after, const RecordPage &page)
{
    for (qsizetype i = 0; i < page.records.size(); ++i) {
        if (!isAfter(page.records[i].id, m_start.lastId))
            continue;
        const bool isLastOfPage = i + 1 == page.records.size();
        if (!m_sink(page.records[i], isLastOfPage ? page.after : after))
            return complete(!isLastOfPage || !page.after.isEmpty());
    }
    if (page.after.isEmpty() || page.after == after)
        return complete(false);
    readList(page.after);
}

void RecordStream::readIds(qsizetype first)
{
    if (first >= m_plan.ids.size())
        return readEmail(0);
    then(m_portal.batchRead(m_type, m_plan.ids.mid(first, mostBatchInputs), m_properties, this),
         [this, first](const BatchReadOutcome &outcome) {
             for (const Record &record : outcome.records)
                 addDirect(record);
             readIds(first + mostBatchInputs);
         });
}

void RecordStream::readEmail(qsizetype index)
{
    if (index >= m_plan.emails.size())
        return merge();
    ReadOptions options;
    options.idProperty = u"email"_s;
    options.properties = m_properties;
    always(m_portal.read(m_type, m_plan.emails[index], options, this),
           [this, index](const Result<Record> &record) {
               if (!record && record.error().kind != ErrorKind::NotFound)
                   return complete(tl::unexpected(record.error()));
               if (record)
                   addDirect(*record);
               readEmail(index + 1);
           });
}

void RecordStream::addDirect(const Record &record)
{
    QList<Record> &buffer = m_sources.front().buffer;
    const auto place = std::lower_bound(buffer.begin(), buffer.end(), record, &recordLess);
    const bool isKnown = place != buffer.end() && place->id == record.id;
    if (!isKnown && isAfter(record.id, m_start.lastId))
        buffer.insert(place, record);
}

void RecordStream::merge()
{
    while (!isFinished()) {
        if (Source *source = emptySource())
            return fetch(*source);
        const bool isOver = std::all_of(m_sources.cbegin(), m_sources.cend(),
                                        [](const Source &one) { return one.buffer.isEmpty(); });
        if (isOver)
            return complete(false);
        if (deliverSmallest())
            continue;
        const bool more = std::any_of(m_sources.cbegin(), m_sources.cend(), [](const Source &one) {
            return !one.buffer.isEmpty() || !one.ended;
        });
        return complete(more);
    }
}

RecordStream::Source *RecordStream::emptySource()
{
    const auto found = std::find_if(m_sources.begin(), m_sources.end(), [](const Source &one) {
        return one.buffer.isEmpty() && !one.ended;
    });
    return found == m_sources.end() ? nullptr : &*found;
}

/// False if the sink has enough.
bool RecordStream::deliverSmallest()
{
    const Source *smallest = nullptr;
    for (const Source &source : m_sources) {
        if (!source.buffer.isEmpty()
            && (!smallest || recordLess(source.buffer.front(), smallest->buffer.front())))
            smallest = &source;
    }
    const Record record = smallest->buffer.front();
    for (Source &source : m_sources) { // The same record may be found by several searches.
        if (!source.buffer.isEmpty() && source.buffer.front().id == record.id)
            source.buffer.removeFirst();
    }
    return m_sink(record, {});
}

void RecordStream::fetch(Source &source)
{
    SearchQuery query;
    query.groups = source.groups;
    if (!source.lastId.isEmpty()) {
        for (auto &group : query.groups)
            group.append({u"hs_object_id"_s, SearchOperator::Gt, source.lastId, {}, {}});
    }
    query.sortProperty = u"hs_object_id"_s;
    query.properties = m_properties;
    query.limit = std::clamp(m_start.pageSize, 1, mostPerSearch);
    then(m_portal.search(m_type, query, this),
         [this, &source](const RecordPage &page) { onFetched(source, page); });
}

void RecordStream::onFetched(Source &source, const RecordPage &page)
{
    QString last = source.lastId;
    for (const Record &record : page.records) {
        if (isAfter(record.id, source.lastId))
            source.buffer.append(record);
        if (isAfter(record.id, last))
            last = record.id;
    }
    std::sort(source.buffer.begin(), source.buffer.end(), &recordLess);
    source.ended = page.after.isEmpty();
    if (!source.ended && last == source.lastId)
        return complete(fail(
            ErrorKind::BadReply,
            ConnectorText::tr("The portal's search does not go on after record %1.").arg(last)));
    source.lastId = last;
    merge();
}

} // namespace hubkeeper
