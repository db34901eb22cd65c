// SPDX-License-Identifier: MIT
#include "session/snapshots/snapshotrecords.h"

#include "portal/batchassociations.h"
#include "session/open/session.h"
#include "session/sessiontext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int linkReadsAtOnce = 4;
/// The log beside the file holds the last of it once more (wal_autocheckpoint of SnapshotWriter).
constexpr qint64 mostLogBytes = 2 * 1024 * 1024;

RecordPage idsOnly(const PackedPage &page)
{
    RecordPage ids;
    ids.after = page.after;
    for (const PackedRecord &packed : page.records) {
        Record record;
        record.id = QString::number(packed.id);
        ids.records.append(std::move(record));
    }
    return ids;
}

/// A packed page whose records are kept aside, as a page of ids.
class KeptPage final : public Call<RecordPage>
{
public:
    KeptPage(Call<PackedPage> *page, QHash<qint64, PackedRecord> &kept, QObject *parent)
        : Call(parent)
    {
        page->setParent(this);
        then(page, [this, &kept](const PackedPage &packed) {
            for (const PackedRecord &record : packed.records)
                kept.insert(record.id, record);
            complete(idsOnly(packed));
        });
    }
};

/// Takes the records of these ids out of those that are kept. A page may hold some that another
/// piece has taken already.
std::vector<PackedRecord> takeKept(QHash<qint64, PackedRecord> &kept, const QList<Record> &records)
{
    std::vector<PackedRecord> taken;
    for (const Record &record : records) {
        const auto found = kept.constFind(record.id.toLongLong());
        if (found == kept.constEnd())
            continue;
        taken.push_back(*found);
        kept.erase(found);
    }
    return taken;
}

QString modifiedProperty(ObjectType type)
{
    return type == ObjectType::Contacts ? u"lastmodifieddate"_s : u"hs_lastmodifieddate"_s;
}

BrowseQuery listQuery(const SnapshotTarget &target)
{
    BrowseQuery query;
    query.type = target.type;
    query.parallel = target.session.maximumConnections();
    query.ranges = target.ranges;
    return query;
}

} // namespace

QByteArray rangesText(const std::vector<IdRange> &ranges)
{
    QJsonArray list;
    for (const IdRange &range : ranges)
        list.append(QJsonArray {QString::number(range.from), QString::number(range.end)});
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

std::vector<IdRange> rangesFrom(const QByteArray &text)
{
    if (text.isEmpty())
        return {IdRange {}};
    std::vector<IdRange> ranges;
    const QJsonArray list = QJsonDocument::fromJson(text).array();
    for (const QJsonValue &one : list) {
        const IdRange range {one[0].toString().toULongLong(), one[1].toString().toULongLong()};
        if (range.from < range.end)
            ranges.push_back(range);
    }
    return ranges;
}

ListIntoSnapshot::ListIntoSnapshot(SnapshotTarget target, QObject *parent)
    : Call(parent)
    , m_target(std::move(target))
{
    BrowseQuery query = listQuery(m_target);
    query.page = [this](const QString &after, QObject *owner) { return page(after, owner); };
    m_list = new ReadList(
        m_target.session.portal(), query,
        [this](const QList<Record> &records, QObject *owner) { return store(records, owner); },
        this);
    connect(m_list, &CallBase::progressed, this, &ListIntoSnapshot::noteProgress);
    then(m_list, [this](const BrowseSummary &summary) { complete(summary.records); });
}

Call<RecordPage> *ListIntoSnapshot::page(const QString &after, QObject *owner)
{
    return new KeptPage(
        new PackedList(m_target.session.portal(), m_target.type, m_target.columns, after, owner),
        m_packed, owner);
}

void ListIntoSnapshot::noteProgress(qint64 done, qint64 total)
{
    m_total = total;
    emit progressed(done, total);
}

Call<void> *ListIntoSnapshot::store(const QList<Record> &records, QObject *owner)
{
    auto taken = takeKept(m_packed, records);
    const bool looksAtRoom = !m_hasRoom && m_total > 0 && !taken.empty();
    m_hasRoom = m_hasRoom || looksAtRoom;
    // What is left when these are stored: pages are written in the order in which they come.
    return m_target.store.run<void>(
        [type = m_target.type, taken = std::move(taken), rest = rangesText(m_list->remaining()),
         looksAtRoom, folder = m_target.folder,
         total = m_total](SnapshotWriter &writer) -> Result<void> {
            if (const auto added = writer.add(type, taken, rest); !added || !looksAtRoom)
                return added;
            // What an earlier run has left there is not needed again.
            return writer.count(type).and_then([&](qint64 there) {
                const qint64 more = snapshotRoomFor(taken, total - there);
                return checkSnapshotRoom(folder, more + std::min(more, mostLogBytes));
            });
        },
        owner);
}

SweepIntoSnapshot::SweepIntoSnapshot(SnapshotTarget target,
                                     std::shared_ptr<const PackedColumns> derived, QObject *parent)
    : Call(parent)
    , m_target(std::move(target))
    , m_derived(std::move(derived))
{
    BrowseQuery query = listQuery(m_target);
    query.page = [this](const QString &after, QObject *owner) { return page(after, owner); };
    auto *list = new ReadList(
        m_target.session.portal(), query,
        [this](const QList<Record> &records, QObject *owner) { return compare(records, owner); },
        this);
    connect(list, &CallBase::progressed, this, &CallBase::progressed);
    then(list, [this](const BrowseSummary &) { removeUnseen(); });
}

Call<RecordPage> *SweepIntoSnapshot::page(const QString &after, QObject *owner)
{
    return new KeptPage(
        new PackedList(m_target.session.portal(), m_target.type, m_derived, after, owner), m_seen,
        owner);
}

Call<void> *SweepIntoSnapshot::compare(const QList<Record> &records, QObject *owner)
{
    /// The page, and then the records of it that have to be read.
    class Compared final : public Call<void>
    {
    public:
        Compared(SnapshotTarget target, std::vector<PackedRecord> page,
                 std::shared_ptr<const PackedColumns> derived, SweepOutcome &outcome,
                 QObject *parent)
            : Call(parent)
        {
            const auto sweep = [type = target.type, page = std::move(page),
                                derived = std::move(derived)](SnapshotWriter &writer) {
                return writer.sweep(type, page, *derived);
            };
            then(target.store.run<SweptRecords>(sweep, this),
                 [this, target, &outcome](const SweptRecords &swept) {
                     outcome.changed += qint64(swept.wanted.size());
                     outcome.refreshed += swept.refreshed;
                     then(new IdsIntoSnapshot(target, swept.wanted, this),
                          [this] { complete({}); });
                 });
        }
    };
    return new Compared(m_target, takeKept(m_seen, records), m_derived, m_outcome, owner);
}

void SweepIntoSnapshot::removeUnseen()
{
    constexpr qint64 portion = 5'000;
    const auto removed = [type = m_target.type](SnapshotWriter &writer) -> Result<qint64> {
        const auto ids = writer.unseen(type, portion);
        if (!ids)
            return tl::unexpected(ids.error());
        return writer.remove(type, *ids).map([&] { return qint64(ids->size()); });
    };
    then(m_target.store.run<qint64>(removed, this), [this](qint64 count) {
        m_outcome.changed += count;
        if (count < portion)
            return complete(m_outcome);
        removeUnseen();
    });
}

ChangesIntoSnapshot::ChangesIntoSnapshot(SnapshotTarget target, const QDateTime &since,
                                         QObject *parent)
    : Call(parent)
{
    BrowseQuery query = listQuery(target);
    query.properties = target.columns->names();
    query.search.emplace();
    query.search->groups = {{{modifiedProperty(target.type),
                              SearchOperator::Gte,
                              QString::number(since.toMSecsSinceEpoch()),
                              {},
                              {}}}};
    const auto take = [this, target](const QList<Record> &records, QObject *owner) -> Call<void> * {
        std::vector<PackedRecord> rows;
        for (const Record &record : records) {
            if (auto row = packed(record, *target.columns))
                rows.push_back(std::move(*row));
        }
        m_records += qint64(rows.size());
        return target.store.run<void>(
            [type = target.type, rows = std::move(rows)](SnapshotWriter &writer) {
                return writer.add(type, rows, "[]");
            },
            owner);
    };
    auto *list = new ReadList(target.session.portal(), query, take, this);
    connect(list, &CallBase::progressed, this, &CallBase::progressed);
    then(list, [this](const BrowseSummary &) { complete(m_records); });
}

IdsIntoSnapshot::IdsIntoSnapshot(SnapshotTarget target, std::vector<qint64> ids, QObject *parent)
    : Call(parent)
    , m_target(std::move(target))
    , m_ids(std::move(ids))
{
    readNext();
}

void IdsIntoSnapshot::readNext()
{
    if (m_at >= m_ids.size())
        return complete({});
    QStringList batch;
    for (; m_at < m_ids.size() && batch.size() < mostBatchInputs; ++m_at)
        batch.append(QString::number(m_ids[m_at]));
    then(packedBatch(m_target.session.portal(), m_target.type, m_target.columns, batch, this),
         [this](const PackedPage &page) {
             const auto add = [type = m_target.type, rows = page.records](SnapshotWriter &writer) {
                 return writer.add(type, rows, "[]");
             };
             then(m_target.store.run<void>(add, this), [this] { readNext(); });
         });
}

RelinkedIntoSnapshot::RelinkedIntoSnapshot(SnapshotTarget target, QObject *parent)
    : Call(parent)
    , m_target(std::move(target))
{
    readAfter(0);
}

void RelinkedIntoSnapshot::readAfter(qint64 last)
{
    constexpr int portion = 1'000;
    const auto next = [type = m_target.type, last](SnapshotWriter &writer) {
        return writer.relinkedAfter(type, last, portion);
    };
    then(m_target.store.run<std::vector<qint64>>(next, this),
         [this](const std::vector<qint64> &ids) {
             if (ids.empty())
                 return complete({});
             then(new IdsIntoSnapshot(m_target, ids, this),
                  [this, read = ids.back()] { readAfter(read); });
         });
}

LinksIntoSnapshot::LinksIntoSnapshot(Session &session, SnapshotStore &store, SnapshotPair pair,
                                     qint64 total, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_store(store)
    , m_pair(pair)
    , m_total(total)
{
    const auto last = [pair](SnapshotWriter &writer) { return writer.lastLinked(pair); };
    then(m_store.run<qint64>(last, this), [this](qint64 id) {
        m_last = id;
        readNext();
    });
}

void LinksIntoSnapshot::readNext()
{
    const auto ids = [pair = m_pair, after = m_last](SnapshotWriter &writer) {
        return writer.idsAfter(pair.from, after, mostAssociationReads * linkReadsAtOnce);
    };
    then(m_store.run<std::vector<qint64>>(ids, this),
         [this](const std::vector<qint64> &next) { read(next); });
}

void LinksIntoSnapshot::read(const std::vector<qint64> &ids)
{
    if (ids.empty())
        return complete({});
    m_last = ids.back();
    m_done += qint64(ids.size());
    m_links.clear();
    for (size_t at = 0; at < ids.size(); at += mostAssociationReads) {
        QStringList batch;
        for (size_t i = at; i < std::min(ids.size(), at + mostAssociationReads); ++i)
            batch.append(QString::number(ids[i]));
        ++m_waiting;
        then(new BatchAssociations(m_session.portal(), m_pair.from, batch, m_pair.to, this),
             [this, batch](const AssociationsById &found) {
                 for (const QString &id : batch) { // Those without links show how far it is.
                     QList<Association> links = found.value(id);
                     std::sort(links.begin(), links.end(),
                               [](const auto &a, const auto &b) { return idLess(a.toId, b.toId); });
                     m_links.append({id.toLongLong(), links});
                 }
                 if (--m_waiting > 0)
                     return;
                 const auto put = [pair = m_pair, links = m_links](SnapshotWriter &writer) {
                     return writer.putLinks(pair, links);
                 };
                 then(m_store.run<void>(put, this), [this] {
                     emit progressed(m_done, m_total);
                     readNext();
                 });
             });
    }
}

} // namespace hubkeeper
