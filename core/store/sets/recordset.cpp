// SPDX-License-Identifier: MIT
#include "store/sets/recordset.h"

#include "base/log.h"
#include "base/qtcompat.h"
#include "store/sets/recordfile.h"
#include "store/sets/rowcells.h"
#include "store/sets/roworder.h"
#include "store/sets/sqlitecall.h"

#include <QCache>

#include <atomic>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 rowsPerBlock = 128;
constexpr qsizetype cachedBytes = 16 << 20;
constexpr qsizetype mostBytesAhead = 1 << 20; // Huge rows are not read ahead.

struct Row
{
    QString id;
    QByteArray cells;
    qint64 updated = -1; // Milliseconds since 1970, or -1.
    bool archived = false;

    [[nodiscard]] qsizetype cost() const { return cells.size() + id.size() * 2 + 96; }
};

/// Shared by the object and its workers: who comes late finds out that the set is gone.
struct Shared
{
    std::atomic_bool closing = false;
    std::atomic_bool broken = false;
};

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
        writer.setMaxThreadCount(1);
        sorters.setMaxThreadCount(1);
    }
    ~Private()
    {
        shared->closing = true;
        sorters.waitForDone();
        writer.waitForDone();
    }

    [[nodiscard]] Result<void> open(const QString &folder);
    [[nodiscard]] Call<void> *write(RecordSet *set, Write work, QObject *parent);
    void onStored(RecordSet *set, const Result<StoredRows> &stored);
    [[nodiscard]] const Row *rowAt(qint64 row);
    void load(qint64 first, qint64 count);

    const ObjectType type;
    const QStringList properties;
    QHash<QString, qsizetype> columns;
    qint64 rowCount = 0;
    std::shared_ptr<Shared> shared = std::make_shared<Shared>();

    // In this order: the file goes last, after everybody who uses it.
    std::unique_ptr<RecordPlace> place;
    std::shared_ptr<RecordFile> file;
    std::unique_ptr<SQLite::Database> reader;
    std::unique_ptr<SQLite::Statement> readRows;
    std::unique_ptr<SQLite::Statement> findRow;
    QCache<qint64, Row> cache;
    Row kept; // The row asked for last, when it is too large for the cache.
    QThreadPool sorters;
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
    return sqliteCall("opening a record set", [this] {
        reader = std::make_unique<SQLite::Database>(place->path().toStdString(),
                                                    SQLite::OPEN_READONLY, 5000);
        readRows =
            std::make_unique<SQLite::Statement>(*reader,
                                                "SELECT row, id, updated, archived, cells FROM rows"
                                                " WHERE row >= ? AND row < ? ORDER BY row");
        findRow = std::make_unique<SQLite::Statement>(
            *reader, "SELECT row FROM rows WHERE key = ? AND id = ?");
    });
}

/// Runs `work` after all writes before it. What it did is told through the set, which may be gone
/// by then; the call only says that it is over.
Call<void> *RecordSet::Private::write(RecordSet *set, Write work, QObject *parent)
{
    const auto run = [set, work = std::move(work), target = file,
                      state = shared](const std::stop_token &) -> Result<void> {
        if (state->closing)
            return fail(ErrorKind::Cancelled, u"The record set was closed."_s);
        if (state->broken)
            return fail(ErrorKind::Storage, u"The record set cannot be written any more."_s,
                        u"Load the records again."_s);
        const Result<StoredRows> stored = work(*target);
        if (!stored)
            state->broken = true;
        // The set waits for its workers before it goes, so it is still there.
        QMetaObject::invokeMethod(
            set, [set, stored] { set->d->onStored(set, stored); }, Qt::QueuedConnection);
        if (!stored)
            return tl::unexpected(stored.error());
        return {};
    };
    return new PoolCall<void>(writer, run, parent);
}

void RecordSet::Private::onStored(RecordSet *set, const Result<StoredRows> &stored)
{
    if (!stored) {
        qCWarning(lcStore) << stored.error().what;
        emit set->failed(stored.error());
        return;
    }
    for (const qint64 row : stored->changed)
        cache.remove(row);
    kept = {};
    if (stored->countNew > 0) {
        rowCount = stored->firstNew + stored->countNew;
        emit set->rowsAppended(stored->firstNew, stored->countNew);
    }
    for (const qint64 row : stored->changed)
        emit set->rowChanged(row);
}

void RecordSet::Private::load(qint64 first, qint64 count)
{
    const auto read = sqliteCall("reading records", [&] {
        SQLite::Statement &statement = *readRows;
        statement.reset();
        statement.bind(1, int64_t(first));
        statement.bind(2, int64_t(first + count));
        qsizetype bytes = 0;
        while (bytes < mostBytesAhead && statement.executeStep()) {
            Row row;
            const SQLite::Column id = statement.getColumn(1);
            row.id = QString::fromUtf8(id.getText(), id.getBytes());
            const SQLite::Column updated = statement.getColumn(2);
            row.updated = updated.isNull() ? -1 : updated.getInt64();
            row.archived = statement.getColumn(3).getInt() != 0;
            const SQLite::Column cells = statement.getColumn(4);
            row.cells = QByteArray(static_cast<const char *>(cells.getBlob()), cells.getBytes());
            const qsizetype cost = row.cost();
            bytes += cost;
            if (count == 1)
                kept = row;
            cache.insert(statement.getColumn(0).getInt64(), new Row(std::move(row)), cost);
        }
        statement.reset();
    });
    if (!read)
        qCWarning(lcStore) << read.error().what;
}

const Row *RecordSet::Private::rowAt(qint64 row)
{
    if (row < 0 || row >= rowCount)
        return nullptr;
    if (const Row *known = cache.object(row))
        return known;
    load(row - row % rowsPerBlock, rowsPerBlock);
    if (const Row *known = cache.object(row))
        return known;
    kept = {};
    load(row, 1);
    return &kept;
}

RecordSet::RecordSet(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
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
        this, [records = std::move(records)](RecordFile &file) { return file.store(records); },
        parent);
}

void RecordSet::replace(const Record &record)
{
    (void)append({record}, this);
}

void RecordSet::markArchived(const QString &id)
{
    (void)d->write(
        this, [id](RecordFile &file) { return file.markArchived(id); }, this);
}

qint64 RecordSet::rowCount() const
{
    return d->rowCount;
}

QString RecordSet::idAt(qint64 row) const
{
    const Row *known = d->rowAt(row);
    return known ? known->id : QString();
}

QString RecordSet::textAt(qint64 row, const QString &property) const
{
    const qsizetype column = d->columns.value(property, -1);
    const Row *known = column < 0 ? nullptr : d->rowAt(row);
    return known ? PackedRow(known->cells).at(column).text() : QString();
}

QDateTime RecordSet::updatedAt(qint64 row) const
{
    const Row *known = d->rowAt(row);
    return known && known->updated >= 0 ? QDateTime::fromMSecsSinceEpoch(known->updated, utc)
                                        : QDateTime();
}

bool RecordSet::isArchived(qint64 row) const
{
    const Row *known = d->rowAt(row);
    return known && known->archived;
}

qint64 RecordSet::rowOf(const QString &id) const
{
    const auto found = sqliteCall("looking for a record", [&]() -> qint64 {
        SQLite::Statement &statement = *d->findRow;
        const std::string idText = id.toStdString();
        statement.reset();
        statement.bind(1, int64_t(idKey(id)));
        statement.bindNoCopy(2, idText);
        const qint64 row = statement.executeStep() ? statement.getColumn(0).getInt64() : -1;
        statement.reset();
        return row < d->rowCount ? row : -1; // Not told of yet: not here yet.
    });
    return found.value_or(-1);
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
