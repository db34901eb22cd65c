// SPDX-License-Identifier: MIT
#include "store/sets/recordfile.h"

#include "base/paths.h"
#include "store/sets/rowcells.h"
#include "store/sets/sqlitecall.h"
#include "store/storetext.h"

#include <QDir>
#include <QFile>
#include <QSet>
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

void bindBlob(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bindNoCopy(index, bytes.constData(), static_cast<int>(bytes.size()));
}

/// The row a statement is at; its columns are row, id, updated, archived and cells.
StoredRow rowFrom(SQLite::Statement &statement)
{
    StoredRow row;
    row.row = statement.getColumn(0).getInt64();
    const SQLite::Column id = statement.getColumn(1);
    row.id = QString::fromUtf8(id.getText(), id.getBytes());
    const SQLite::Column updated = statement.getColumn(2);
    row.updated = updated.isNull() ? -1 : updated.getInt64();
    row.archived = statement.getColumn(3).getInt() != 0;
    const SQLite::Column cells = statement.getColumn(4);
    row.cells = QByteArray(static_cast<const char *>(cells.getBlob()), cells.getBytes());
    return row;
}

} // namespace

qint64 idKey(const QString &id)
{
    bool isNumber = false;
    const qint64 key = id.toLongLong(&isNumber);
    return isNumber ? key : std::numeric_limits<qint64>::max();
}

void RecordPlace::removeLeftovers(const QString &folderPath)
{
    const QDir folder(folderPath);
    QSet<QString> sets; // By what a program left, which need not be the file itself.
    const auto names = folder.entryList({u"records-*.sqlite*"_s}, QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        sets.insert(name.left(name.indexOf(".sqlite"_L1)) + ".sqlite"_L1);
    for (const QString &set : std::as_const(sets)) {
        const QString path = folder.filePath(set);
        const auto lock = privateLock(path + ".lock"_L1);
        if (lock && *lock) // Nobody alive holds it.
            removeSet(path);
    }
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
    removeLeftovers(folder);
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString path = QDir(folder).filePath(u"records-%1.sqlite"_s.arg(name));
    auto lock = privateLock(path + ".lock"_L1);
    QFile file(path);
    if (!lock)
        return tl::unexpected(lock.error());
    if (!*lock
        || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                      QFile::ReadOwner | QFile::WriteOwner)) {
        return fail(ErrorKind::NotSaved, StoreText::tr("No file can be made in %1.").arg(folder),
                    StoreText::tr("Check the free space and the permissions of the folder."));
    }
    return std::unique_ptr<RecordPlace>(new RecordPlace(path, std::move(*lock)));
}

struct RecordFile::Statements
{
    explicit Statements(SQLite::Database &database)
        : find(database,
               "SELECT row, id, updated, archived, cells FROM rows WHERE key = ? AND id = ?")
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
        StoredRows rows;
        rows.firstNew = m_rows;
        for (const Record &record : records)
            storeOne(record, rows);
        transaction.commit();
        return rows;
    });
    if (!stored)
        m_rows = rowsBefore;
    return stored;
}

std::optional<StoredRow> RecordFile::find(const QString &id)
{
    const std::string idText = id.toStdString();
    SQLite::Statement &statement = m_statements->find;
    statement.reset();
    statement.bind(1, int64_t(idKey(id)));
    statement.bindNoCopy(2, idText);
    std::optional<StoredRow> found;
    if (statement.executeStep())
        found = rowFrom(statement);
    statement.reset();
    return found;
}

void RecordFile::storeOne(const Record &record, StoredRows &stored)
{
    const std::optional<StoredRow> known = find(record.id);
    QList<QString> texts =
        known ? unpackRow(known->cells, m_columns.size()) : QList<QString>(m_columns.size());
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const auto cell = record.properties.constFind(m_columns[i]);
        if (cell != record.properties.cend())
            texts[i] = *cell;
    }
    StoredRow row {known ? known->row : m_rows, record.id, packRow(texts),
                   record.updatedAt.isValid() ? record.updatedAt.toMSecsSinceEpoch() : -1,
                   record.archived};
    write(row, texts, !known);
    if (!known) {
        ++m_rows;
        stored.added.push_back(std::move(row));
    } else if (row.row >= stored.firstNew) { // Twice in one page.
        stored.added[size_t(row.row - stored.firstNew)] = std::move(row);
    } else {
        stored.changed.push_back(std::move(row));
    }
}

void RecordFile::write(const StoredRow &row, const QList<QString> &texts, bool isNew)
{
    const std::string id = row.id.toStdString();
    const QByteArray folds = foldedRow(row.id, texts);
    SQLite::Statement &put = isNew ? m_statements->insert : m_statements->update;
    put.reset();
    put.bind(1, int64_t(row.row));
    if (row.updated >= 0)
        put.bind(2, int64_t(row.updated));
    else
        put.bind(2);
    put.bind(3, row.archived ? 1 : 0);
    bindBlob(put, 4, row.cells);
    if (isNew) {
        put.bind(5, int64_t(idKey(row.id)));
        put.bindNoCopy(6, id);
    }
    put.exec();

    SQLite::Statement &putFolded = m_statements->putFolded;
    putFolded.reset();
    putFolded.bind(1, int64_t(row.row));
    bindBlob(putFolded, 2, folds);
    putFolded.exec();
}

Result<StoredRows> RecordFile::markArchived(const QString &id)
{
    return sqliteCall("marking a record as archived", [&] {
        StoredRows rows;
        rows.firstNew = m_rows;
        if (auto row = find(id)) {
            m_statements->archive.reset();
            m_statements->archive.bind(1, int64_t(row->row));
            m_statements->archive.exec();
            row->archived = true;
            rows.changed.push_back(std::move(*row));
        }
        return rows;
    });
}

struct RecordReader::Statements
{
    explicit Statements(SQLite::Database &database)
        : range(database,
                "SELECT row, id, updated, archived, cells FROM rows"
                " WHERE row >= ? AND row < ? ORDER BY row")
        , find(database, "SELECT row FROM rows WHERE key = ? AND id = ?")
    {
    }
    SQLite::Statement range;
    SQLite::Statement find;
};

RecordReader::RecordReader(std::unique_ptr<SQLite::Database> database)
    : m_database(std::move(database))
    , m_statements(std::make_unique<Statements>(*m_database))
{
}

RecordReader::~RecordReader() = default;

Result<std::unique_ptr<RecordReader>> RecordReader::open(const QString &path)
{
    return sqliteCall("opening a record set", [&] {
        auto database =
            std::make_unique<SQLite::Database>(path.toStdString(), SQLite::OPEN_READONLY, 5000);
        return std::unique_ptr<RecordReader>(new RecordReader(std::move(database)));
    });
}

Result<std::vector<StoredRow>> RecordReader::rows(qint64 first, qint64 count, qsizetype mostBytes)
{
    return sqliteCall("reading records", [&] {
        SQLite::Statement &statement = m_statements->range;
        statement.reset();
        statement.bind(1, int64_t(first));
        statement.bind(2, int64_t(first + count));
        std::vector<StoredRow> rows;
        for (qsizetype bytes = 0; bytes < mostBytes && statement.executeStep();) {
            rows.push_back(rowFrom(statement));
            bytes += rows.back().cells.size();
        }
        statement.reset();
        return rows;
    });
}

Result<std::vector<StoredRow>> RecordReader::rows(const std::vector<qint64> &wanted)
{
    std::vector<StoredRow> found;
    for (const qint64 row : wanted) {
        auto one = rows(row, 1, 1);
        if (!one)
            return one;
        for (StoredRow &stored : *one)
            found.push_back(std::move(stored));
    }
    return found;
}

Result<qint64> RecordReader::rowOf(const QString &id)
{
    return sqliteCall("looking for a record", [&]() -> qint64 {
        SQLite::Statement &statement = m_statements->find;
        const std::string idText = id.toStdString();
        statement.reset();
        statement.bind(1, int64_t(idKey(id)));
        statement.bindNoCopy(2, idText);
        const qint64 row = statement.executeStep() ? statement.getColumn(0).getInt64() : -1;
        statement.reset();
        return row;
    });
}

} // namespace hubkeeper
