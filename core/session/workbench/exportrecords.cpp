// SPDX-License-Identifier: MIT
#include "session/workbench/exportrecords.h"

#include "base/poolcall.h"
#include "session/open/session.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t rowsPerPortion = 500;
constexpr size_t mostPortions = 4; // So many of them are read at the same time.
constexpr qsizetype mostKeys = 200'000; // Kept of the associated records; asked for anew then.

/// Ids in batches, each for a call.
QList<QStringList> batchesOf(const QStringList &ids)
{
    QList<QStringList> batches;
    for (qsizetype at = 0; at < ids.size(); at += mostBatchInputs)
        batches.append(ids.mid(at, mostBatchInputs));
    return batches;
}

/// As a column of lists has it (TableColumn).
QString listOf(const QStringList &texts)
{
    return texts.isEmpty() ? QString() : u""_s + texts.join(u';');
}

QStringList idsOf(const QList<Record> &records)
{
    QStringList ids;
    for (const Record &record : records)
        ids.append(record.id);
    return ids;
}

/// On another thread.
Result<void> writeRows(TableFiles &files, const QList<QStringList> &rows, qint64 rowsToCome,
                       const std::stop_token &stop)
{
    for (const QStringList &row : rows) {
        if (stop.stop_requested())
            return {};
        if (const auto added = files.add(row); !added)
            return added;
    }
    return rowsToCome < 0 ? Result<void>() : files.checkRoom(rowsToCome);
}

} // namespace

ExportRecords::ExportRecords(Session &session, RecordSet &set, std::vector<qint64> rows,
                             ExportPlan plan, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_plan(std::move(plan))
    , m_keys(m_plan.links.size())
{
    cancelWith(&m_set); // Another reading replaces it.
    for (const QString &property : m_plan.properties) {
        if (!m_set.properties().contains(property))
            m_missing.append(property);
    }
    then(session.definitions(set.type(), false, this),
         [this](const QList<PropertyDefinition> &definitions) { open(definitions); });
}

void ExportRecords::open(const QList<PropertyDefinition> &definitions)
{
    const QList<TableColumn> columns = columnsOf(m_plan, m_set.type(), definitions);
    for (const TableColumn &column : columns)
        m_outcome.titles.append(column.title);
    using Opened = std::shared_ptr<TableFiles>;
    const auto begin = [target = m_plan.target, columns](const std::stop_token &) {
        return TableFiles::begin(target, columns).map([](TableFiles &&files) {
            return std::make_shared<TableFiles>(std::move(files));
        });
    };
    then<Opened>(new PoolCall<Opened>(begin, this), [this](const Opened &files) {
        m_files = files;
        readMore();
        writeReady();
    });
}

void ExportRecords::readMore()
{
    while (m_portions.size() < mostPortions && m_asked < m_rows.size()) {
        const auto from = m_rows.begin() + qsizetype(m_asked);
        const size_t count = std::min(rowsPerPortion, m_rows.size() - m_asked);
        m_asked += count;
        const auto portion = std::make_shared<Portion>();
        m_portions.push_back(portion);
        then(m_set.read({from, from + qsizetype(count)}, this),
             [this, portion](const QList<Record> &records) {
                 for (const Record &record : records) {
                     if (!record.archived)
                         portion->records.append(record);
                 }
                 readMissing(portion);
             });
    }
}

void ExportRecords::readMissing(const PortionPtr &portion)
{
    if (m_missing.isEmpty() || portion->records.isEmpty())
        return readLinks(portion, 0);
    const auto fresh = std::make_shared<QHash<QString, Record>>();
    const QList<QStringList> batches = batchesOf(idsOf(portion->records));
    portion->waiting = int(batches.size());
    for (const QStringList &ids : batches) {
        then(m_session.portal().batchRead(m_set.type(), ids, m_missing, this),
             [this, portion, fresh](const BatchReadOutcome &outcome) {
                 for (const Record &record : outcome.records)
                     fresh->insert(record.id, record);
                 if (--portion->waiting > 0)
                     return;
                 m_outcome.gone += portion->records.removeIf(
                     [&](const Record &record) { return !fresh->contains(record.id); });
                 for (Record &record : portion->records)
                     record.properties.insert(fresh->value(record.id).properties);
                 readLinks(portion, 0);
             });
    }
}

void ExportRecords::readLinks(const PortionPtr &portion, qsizetype at)
{
    if (at == m_plan.links.size()) {
        portion->isReady = true;
        return writeReady();
    }
    then(new BatchAssociations(m_session.portal(), m_set.type(), idsOf(portion->records),
                               m_plan.links[at].type, this),
         [this, portion, at](const AssociationsById &links) {
             portion->links.append(links);
             portion->keys.append(QHash<QString, QString>());
             readKeys(portion, at);
         });
}

void ExportRecords::readKeys(const PortionPtr &portion, qsizetype at)
{
    QStringList unknown;
    for (const QList<Association> &associations : std::as_const(portion->links[at])) {
        for (const Association &association : associations) {
            const auto known = m_keys[at].constFind(association.toId);
            if (known != m_keys[at].constEnd())
                portion->keys[at].insert(association.toId, *known);
            else
                unknown.append(association.toId);
        }
    }
    unknown.removeDuplicates();
    const ExportedLinks &links = m_plan.links[at];
    if (unknown.isEmpty() || links.key.isEmpty())
        return readLinks(portion, at + 1);
    const QList<QStringList> batches = batchesOf(unknown);
    portion->waiting = int(batches.size());
    for (const QStringList &ids : batches) {
        then(m_session.portal().batchRead(links.type, ids, {links.key}, this),
             [this, portion, at](const BatchReadOutcome &outcome) {
                 const QString &key = m_plan.links[at].key;
                 if (m_keys[at].size() > mostKeys)
                     m_keys[at].clear();
                 for (const Record &record : outcome.records) {
                     portion->keys[at].insert(record.id, record.text(key));
                     m_keys[at].insert(record.id, record.text(key));
                 }
                 if (--portion->waiting == 0)
                     readLinks(portion, at + 1);
             });
    }
}

/// The first portion, if it is complete: the file has them in their order.
void ExportRecords::writeReady()
{
    if (m_isWriting)
        return;
    if (m_portions.empty())
        return finishFiles();
    if (!m_portions.front()->isReady)
        return;
    const PortionPtr portion = m_portions.front();
    m_portions.pop_front();
    m_isWriting = true;
    const qint64 done = std::min<qint64>(m_written + qint64(rowsPerPortion), qint64(m_rows.size()));
    const qint64 rowsToCome = m_written == 0 ? qint64(m_rows.size()) - done : -1;
    auto *write = new PoolCall<void>(
        [files = m_files, rows = rowsOf(*portion), rowsToCome](const std::stop_token &stop) {
            return writeRows(*files, rows, rowsToCome, stop);
        },
        this);
    then(write, [this, done] {
        m_isWriting = false;
        m_written = done;
        emit progressed(m_written, qint64(m_rows.size()));
        readMore();
        writeReady();
    });
}

QList<QStringList> ExportRecords::rowsOf(const Portion &portion) const
{
    QList<QStringList> rows;
    for (const Record &record : portion.records)
        rows.append(rowOf(portion, record));
    return rows;
}

QStringList ExportRecords::rowOf(const Portion &portion, const Record &record) const
{
    QStringList cells {record.id};
    for (const QString &property : m_plan.properties) {
        const QString text = record.text(property);
        cells.append(m_plan.textOf && !text.isEmpty() ? m_plan.textOf(property, text) : text);
    }
    for (qsizetype i = 0; i < m_plan.links.size(); ++i) {
        QStringList ids;
        QStringList keys;
        for (const Association &association : portion.links[i].value(record.id)) {
            ids.append(association.toId);
            keys.append(portion.keys[i].value(association.toId));
        }
        cells.append(listOf(ids));
        if (!m_plan.links[i].key.isEmpty())
            cells.append(listOf(keys));
    }
    return cells;
}

void ExportRecords::finishFiles()
{
    m_isWriting = true;
    const auto finish = [files = m_files](const std::stop_token &stop) -> Result<WrittenTable> {
        return stop.stop_requested() ? Result<WrittenTable>() : files->finish();
    };
    then<WrittenTable>(new PoolCall<WrittenTable>(finish, this), [this](const WrittenTable &table) {
        m_outcome.table = table;
        complete(std::move(m_outcome));
    });
}

} // namespace hubkeeper
