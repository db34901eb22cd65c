// SPDX-License-Identifier: MIT
#include "store/sets/recordset.h"

#include "base/log.h"
#include "base/qtcompat.h"
#include "store/sets/rowcache.h"
#include "store/sets/rowcells.h"
#include "store/sets/roworder.h"
#include "store/storetext.h"

#include <atomic>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 rowsPerBlock = 128;
constexpr qsizetype cachedBytes = 16 << 20;
constexpr qsizetype mostBytesAhead = 1 << 20; // Huge rows are not read ahead.
constexpr size_t mostWanted = 512; // Rows scrolled past are not read.

/// Shared by the object and its workers: who comes late finds out that the set is gone.
struct Shared
{
    std::atomic_bool closing = false;
    std::atomic_bool broken = false;
};

QDateTime lastChangeOf(const StoredRow &row)
{
    return row.updated >= 0 ? QDateTime::fromMSecsSinceEpoch(row.updated, utc) : QDateTime();
}

Record recordFrom(const StoredRow &row, const QStringList &properties)
{
    Record record;
    record.id = row.id;
    record.updatedAt = lastChangeOf(row);
    record.archived = row.archived;
    const QList<QString> texts = unpackRow(row.cells, properties.size());
    for (qsizetype i = 0; i < properties.size(); ++i)
        record.properties.insert(properties[i], texts[i]);
    return record;
}

} // namespace

class RecordSet::Private
{
public:
    using Write = std::function<Result<StoredRows>(RecordFile &)>;

    Private(ObjectType theType, QStringList theProperties)
        : type(theType)
        , properties(std::move(theProperties))
        , cache(cachedBytes)
    {
        for (qsizetype i = 0; i < properties.size(); ++i)
            columns.insert(properties[i], i);
        for (QThreadPool *pool : {&writer, &readers, &sorters})
            pool->setMaxThreadCount(1);
    }
    ~Private()
    {
        shared->closing = true;
        for (QThreadPool *pool : {&sorters, &readers, &writer})
            pool->waitForDone();
    }

    [[nodiscard]] Result<void> open(const QString &folder);
    [[nodiscard]] Call<void> *write(Write work, QObject *parent);
    void onStored(const Result<StoredRows> &stored);
    [[nodiscard]] const StoredRow *rowAt(qint64 row);
    void loadNext();
    void onLoaded(qint64 wantedRow, qint64 asOf, const Result<std::vector<StoredRow>> &rows);

    const ObjectType type;
    const QStringList properties;
    QHash<QString, qsizetype> columns;
    qint64 rowCount = 0;
    RecordSet *set = nullptr;
    std::shared_ptr<Shared> shared = std::make_shared<Shared>();

    // In this order: the file goes last, after everybody who uses it.
    std::unique_ptr<RecordPlace> place;
    std::shared_ptr<RecordFile> file;
    std::shared_ptr<RecordReader> reader;
    RowCache cache;
    std::vector<qint64> wanted; // Rows asked for in vain, the last one first to be read.
    bool isLoading = false;
    bool cannotRead = false;
    qint64 writes = 0; // How often rows that were there have changed.
    QThreadPool sorters;
    QThreadPool readers;
    QThreadPool writer;
};

Result<void> RecordSet::Private::open(const QString &folder)
{
    auto made = RecordPlace::make(folder);
    if (!made)
        return tl::unexpected(made.error());
    place = std::move(*made);
    auto created = RecordFile::create(place->path(), properties);
    if (!created)
        return tl::unexpected(created.error());
    file = std::move(*created);
    auto opened = RecordReader::open(place->path());
    if (!opened)
        return tl::unexpected(opened.error());
    reader = std::move(*opened);
    return {};
}

/// Runs `work` after all writes before it. What it did is reported through the set, which may be
/// gone by then; the call only says that it is over.
Call<void> *RecordSet::Private::write(Write work, QObject *parent)
{
    const auto run = [owner = set, work = std::move(work), target = file,
                      state = shared](const std::stop_token &) -> Result<void> {
        if (state->closing)
            return fail(ErrorKind::Cancelled, StoreText::tr("The record set was closed."));
        if (state->broken)
            return fail(ErrorKind::Storage,
                        StoreText::tr("The record set cannot be written any more."),
                        StoreText::tr("Load the records again."));
        const Result<StoredRows> stored = work(*target);
        if (!stored)
            state->broken = true;
        // The set waits for its workers before it goes, so it is still there.
        QMetaObject::invokeMethod(
            owner, [owner, stored] { owner->d->onStored(stored); }, Qt::QueuedConnection);
        if (!stored)
            return tl::unexpected(stored.error());
        return {};
    };
    return new PoolCall<void>(writer, run, parent);
}

void RecordSet::Private::onStored(const Result<StoredRows> &stored)
{
    if (!stored) {
        qCWarning(lcStore) << stored.error().what;
        emit set->failed(stored.error());
        return;
    }
    if (!stored->changed.empty())
        ++writes;
    for (const StoredRow &row : stored->changed)
        cache.update(row);
    for (const StoredRow &row : stored->added)
        cache.insert(row);
    if (!stored->added.empty()) {
        const auto count = qint64(stored->added.size());
        rowCount = stored->firstNew + count;
        emit set->rowsAppended(stored->firstNew, count);
    }
    for (const StoredRow &row : stored->changed)
        emit set->rowChanged(row.row);
}

const StoredRow *RecordSet::Private::rowAt(qint64 row)
{
    if (row < 0 || row >= rowCount)
        return nullptr;
    if (const StoredRow *known = cache.row(row))
        return known;
    if (!cannotRead && (wanted.empty() || wanted.back() != row)) {
        std::erase(wanted, row);
        wanted.push_back(row);
        if (wanted.size() > mostWanted)
            wanted.erase(wanted.begin());
        loadNext();
    }
    return nullptr;
}

void RecordSet::Private::loadNext()
{
    std::erase_if(wanted, [this](qint64 row) { return cache.contains(row); });
    if (isLoading || cannotRead || wanted.empty())
        return;
    isLoading = true;
    const qint64 row = wanted.back();
    const auto run = [row, source = reader](const std::stop_token &) {
        auto rows = source->rows(row - row % rowsPerBlock, rowsPerBlock, mostBytesAhead);
        const bool isThere = rows
            && std::any_of(rows->begin(), rows->end(),
                           [row](const auto &one) { return one.row == row; });
        return !rows || isThere ? rows : source->rows({row});
    };
    auto *call = new PoolCall<std::vector<StoredRow>>(readers, run, set);
    call->onDone(set, [this, row, asOf = writes](const Result<std::vector<StoredRow>> &rows) {
        onLoaded(row, asOf, rows);
    });
}

void RecordSet::Private::onLoaded(qint64 wantedRow, qint64 asOf,
                                  const Result<std::vector<StoredRow>> &rows)
{
    isLoading = false;
    if (!rows) {
        cannotRead = true;
        qCWarning(lcStore) << rows.error().what;
        emit set->failed(rows.error());
        return;
    }
    if (asOf != writes) // Some of it may be older than what was reported since.
        return loadNext();
    std::erase(wanted, wantedRow);
    for (const StoredRow &row : *rows) {
        if (row.row < rowCount) // Not reported yet: not here yet.
            cache.insert(row);
    }
    loadNext();
    if (!rows->empty())
        emit set->rowsLoaded(rows->front().row, rows->back().row - rows->front().row + 1);
}

RecordSet::RecordSet(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
    d->set = this;
}

RecordSet::~RecordSet() = default;

Result<std::unique_ptr<RecordSet>> RecordSet::create(const QString &folder, ObjectType type,
                                                     const QStringList &properties)
{
    auto priv = std::make_unique<Private>(type, properties);
    if (const auto opened = priv->open(folder); !opened)
        return tl::unexpected(opened.error());
    return std::unique_ptr<RecordSet>(new RecordSet(std::move(priv)));
}

ObjectType RecordSet::type() const
{
    return d->type;
}

const QStringList &RecordSet::properties() const
{
    return d->properties;
}

Call<void> *RecordSet::append(QList<Record> records, QObject *parent)
{
    return d->write(
        [records = std::move(records)](RecordFile &file) { return file.store(records); }, parent);
}

void RecordSet::replace(const Record &record)
{
    (void)append({record}, this); // Its failure is reported by failed().
}

void RecordSet::markArchived(const QString &id)
{
    (void)d->write([id](RecordFile &file) { return file.markArchived(id); }, this);
}

qint64 RecordSet::rowCount() const
{
    return d->rowCount;
}

bool RecordSet::isLoaded(qint64 row) const
{
    return d->cache.contains(row);
}

QString RecordSet::idAt(qint64 row) const
{
    const StoredRow *known = d->rowAt(row);
    return known ? known->id : QString();
}

QString RecordSet::textAt(qint64 row, const QString &property) const
{
    const qsizetype column = d->columns.value(property, -1);
    const StoredRow *known = column < 0 ? nullptr : d->rowAt(row);
    return known ? PackedRow(known->cells).at(column).text() : QString();
}

QDateTime RecordSet::updatedAt(qint64 row) const
{
    const StoredRow *known = d->rowAt(row);
    return known ? lastChangeOf(*known) : QDateTime();
}

bool RecordSet::isArchived(qint64 row) const
{
    const StoredRow *known = d->rowAt(row);
    return known && known->archived;
}

qint64 RecordSet::loadedRowOf(const QString &id) const
{
    return d->cache.rowOf(id);
}

Call<qint64> *RecordSet::find(const QString &id, QObject *parent)
{
    const auto run = [id, source = d->reader,
                      count = d->rowCount](const std::stop_token &) -> Result<qint64> {
        const auto row = source->rowOf(id);
        return row && *row >= count ? Result<qint64>(-1) : row; // Not reported yet: not here yet.
    };
    return new PoolCall<qint64>(d->readers, run, parent);
}

Call<QList<Record>> *RecordSet::read(std::vector<qint64> rows, QObject *parent)
{
    const auto run = [rows = std::move(rows), source = d->reader, properties = d->properties,
                      state = d->shared](const std::stop_token &stop) -> Result<QList<Record>> {
        if (state->closing || stop.stop_requested())
            return fail(ErrorKind::Cancelled, StoreText::tr("The record set was closed."));
        const auto stored = source->rows(rows);
        if (!stored)
            return tl::unexpected(stored.error());
        QList<Record> records;
        for (const StoredRow &row : *stored)
            records.append(recordFrom(row, properties));
        return records;
    };
    return new PoolCall<QList<Record>>(d->readers, run, parent);
}

Call<RowOrder> *RecordSet::order(const RowQuery &query, QObject *parent)
{
    const auto run = [path = d->place->path(), columns = d->properties, query, count = d->rowCount,
                      state = d->shared](const std::stop_token &stop) -> Result<RowOrder> {
        return rowOrder(path, columns, query, count,
                        [&] { return stop.stop_requested() || state->closing; });
    };
    return new PoolCall<RowOrder>(d->sorters, run, parent);
}

} // namespace hubkeeper
