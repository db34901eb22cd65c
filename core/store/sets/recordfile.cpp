// SPDX-License-Identifier: MIT
#include "store/sets/recordfile.h"

#include "base/paths.h"
#include "store/sets/rowcells.h"
#include "store/sets/sqlitecall.h"

#include <QDir>
#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto companions = {"", "-wal", "-shm"};

// The set lives no longer than its program, so nothing waits for the disk.
constexpr auto schema = R"(
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16384;
CREATE TABLE rows (row INTEGER PRIMARY KEY, key INTEGER NOT NULL, id TEXT NOT NULL,
                   updated INTEGER, archived INTEGER NOT NULL, cells BLOB NOT NULL);
CREATE UNIQUE INDEX rows_by_id ON rows (key, id);
CREATE TABLE folded (row INTEGER PRIMARY KEY, texts BLOB NOT NULL);
)";

void removeSet(const QString &path)
{
    for (const char *companion : companions)
        QFile::remove(path + QLatin1String(companion));
}

void removeLeftovers(const QDir &folder)
{
    const auto names = folder.entryList({u"records-*.sqlite"_s}, QDir::Files);
    for (const QString &name : names) {
        const QString path = folder.filePath(name);
        QLockFile lock(path + ".lock"_L1);
        lock.setStaleLockTime(0);
        if (lock.tryLock(0)) // Nobody alive holds it.
            removeSet(path);
    }
}

void bindBlob(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bindNoCopy(index, bytes.constData(), static_cast<int>(bytes.size()));
}

} // namespace

qint64 idKey(const QString &id)
{
    bool isNumber = false;
    const qint64 key = id.toLongLong(&isNumber);
    return isNumber ? key : std::numeric_limits<qint64>::max();
}

RecordPlace::RecordPlace(QString path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{
}

RecordPlace::~RecordPlace()
{
    removeSet(m_path);
}

Result<std::unique_ptr<RecordPlace>> RecordPlace::make(const QString &folder)
{
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    removeLeftovers(QDir(folder));
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString path = QDir(folder).filePath(u"records-%1.sqlite"_s.arg(name));
    auto lock = std::make_unique<QLockFile>(path + ".lock"_L1);
    lock->setStaleLockTime(0);
    QFile file(path);
    if (!lock->tryLock(0)
        || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                      QFile::ReadOwner | QFile::WriteOwner)) {
        return fail(ErrorKind::Storage, u"No file can be made in %1."_s.arg(folder),
                    u"Check the free space and the permissions of the folder."_s);
    }
    return std::unique_ptr<RecordPlace>(new RecordPlace(path, std::move(lock)));
}

struct RecordFile::Statements
{
    explicit Statements(SQLite::Database &database)
        : find(database, "SELECT row, cells FROM rows WHERE key = ? AND id = ?")
        , insert(database,
                 "INSERT INTO rows (row, updated, archived, cells, key, id)"
                 " VALUES (?, ?, ?, ?, ?, ?)")
        , update(database, "UPDATE rows SET updated = ?2, archived = ?3, cells = ?4 WHERE row = ?1")
        , putFolded(database, "INSERT OR REPLACE INTO folded (row, texts) VALUES (?, ?)")
        , archive(database, "UPDATE rows SET archived = 1 WHERE row = ?")
    {
    }
    SQLite::Statement find;
    SQLite::Statement insert;
    SQLite::Statement update;
    SQLite::Statement putFolded;
    SQLite::Statement archive;
};

RecordFile::RecordFile(std::unique_ptr<SQLite::Database> database, QStringList columns)
    : m_database(std::move(database))
    , m_statements(std::make_unique<Statements>(*m_database))
    , m_columns(std::move(columns))
{
}

RecordFile::~RecordFile() = default;

Result<std::unique_ptr<RecordFile>> RecordFile::create(const QString &path, QStringList columns)
{
    return sqliteCall("making a record set", [&] {
        auto database =
            std::make_unique<SQLite::Database>(path.toStdString(), SQLite::OPEN_READWRITE, 5000);
        database->exec(schema);
        return std::unique_ptr<RecordFile>(new RecordFile(std::move(database), std::move(columns)));
    });
}

Result<StoredRows> RecordFile::store(const QList<Record> &records)
{
    const qint64 rowsBefore = m_rows;
    auto stored = sqliteCall("storing records", [&] {
        SQLite::Transaction transaction(*m_database);
        StoredRows rows {m_rows, 0, {}};
        for (const Record &record : records)
            storeOne(record, rows);
        transaction.commit();
        return rows;
    });
    if (!stored)
        m_rows = rowsBefore;
    return stored;
}

std::optional<qint64> RecordFile::find(const QString &id, QList<QString> *texts)
{
    const std::string idText = id.toStdString();
    SQLite::Statement &statement = m_statements->find;
    statement.reset();
    statement.bind(1, int64_t(idKey(id)));
    statement.bindNoCopy(2, idText);
    if (!statement.executeStep())
        return {};
    const qint64 row = statement.getColumn(0).getInt64();
    const SQLite::Column cells = statement.getColumn(1);
    if (texts) {
        *texts =
            unpackRow(QByteArrayView(static_cast<const char *>(cells.getBlob()), cells.getBytes()),
                      m_columns.size());
    }
    statement.reset();
    return row;
}

void RecordFile::storeOne(const Record &record, StoredRows &stored)
{
    QList<QString> texts(m_columns.size());
    const std::optional<qint64> known = find(record.id, &texts);
    const qint64 row = known.value_or(m_rows);
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const auto cell = record.properties.constFind(m_columns[i]);
        if (cell != record.properties.cend())
            texts[i] = *cell;
    }
    write(row, record, texts, !known);
    if (!known) {
        ++m_rows;
        ++stored.countNew;
    } else if (row < stored.firstNew) {
        stored.changed.append(row);
    }
}

void RecordFile::write(qint64 row, const Record &record, const QList<QString> &texts, bool isNew)
{
    const std::string id = record.id.toStdString();
    const QByteArray cells = packRow(texts);
    const QByteArray folds = foldedRow(texts);
    SQLite::Statement &put = isNew ? m_statements->insert : m_statements->update;
    put.reset();
    put.bind(1, int64_t(row));
    if (record.updatedAt.isValid())
        put.bind(2, int64_t(record.updatedAt.toMSecsSinceEpoch()));
    else
        put.bind(2);
    put.bind(3, record.archived ? 1 : 0);
    bindBlob(put, 4, cells);
    if (isNew) {
        put.bind(5, int64_t(idKey(record.id)));
        put.bindNoCopy(6, id);
    }
    put.exec();

    SQLite::Statement &putFolded = m_statements->putFolded;
    putFolded.reset();
    putFolded.bind(1, int64_t(row));
    bindBlob(putFolded, 2, folds);
    putFolded.exec();
}

Result<StoredRows> RecordFile::markArchived(const QString &id)
{
    return sqliteCall("marking a record as archived", [&] {
        StoredRows rows {m_rows, 0, {}};
        if (const auto row = find(id, nullptr))
            rows.changed.append(*row);
        for (const qint64 row : rows.changed) {
            m_statements->archive.reset();
            m_statements->archive.bind(1, int64_t(row));
            m_statements->archive.exec();
        }
        return rows;
    });
}

} // namespace hubkeeper
