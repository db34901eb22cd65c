// SPDX-License-Identifier: MIT
#include "session/workbench/importfile.h"

#include "base/database.h"
#include "session/sessiontext.h"
#include "session/workbench/matchrecords.h"
#include "session/workbench/packedcells.h"
#include "session/workbench/rowclashes.h"
#include "store/sets/recordfile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// It lives no longer than its program: nothing waits for the disk, nothing is rolled back.
constexpr auto schema = R"(
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -16384;
CREATE TABLE rows (place INTEGER PRIMARY KEY, number INTEGER NOT NULL, key BLOB NOT NULL,
                   cells BLOB NOT NULL);
CREATE TABLE decided (place INTEGER PRIMARY KEY, status INTEGER NOT NULL,
                      refusal INTEGER NOT NULL, col INTEGER NOT NULL, id TEXT NOT NULL,
                      message TEXT NOT NULL);
CREATE TABLE changes (number INTEGER PRIMARY KEY, place INTEGER NOT NULL, type INTEGER NOT NULL,
                      kind INTEGER NOT NULL, subject INTEGER NOT NULL, id TEXT NOT NULL,
                      body BLOB NOT NULL);
CREATE TABLE staged (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
)";

QString columnText(const SQLite::Column &column)
{
    return QString::fromUtf8(static_cast<const char *>(column.getBlob()), column.getBytes());
}

QByteArray columnBytes(const SQLite::Column &column)
{
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

void bindBytes(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bind(index, static_cast<const void *>(bytes.constData()), int(bytes.size()));
}

/// Columns number, cells, status, refusal, col, id, message.
ImportedRow rowAt(SQLite::Statement &statement, int first)
{
    ImportedRow row;
    row.number = statement.getColumn(first).getInt64();
    row.cells = unpackedCells(columnBytes(statement.getColumn(first + 1)));
    row.status = ImportedRow::Status(statement.getColumn(first + 2).getInt());
    row.refusal = ImportRefusal(statement.getColumn(first + 3).getInt());
    row.column = statement.getColumn(first + 4).getInt();
    row.id = columnText(statement.getColumn(first + 5));
    row.message = columnText(statement.getColumn(first + 6));
    return row;
}

ImportedRow refused(ImportRefusal refusal, const QString &message)
{
    ImportedRow row;
    row.refusal = refusal;
    row.message = message;
    return row;
}

} // namespace

template <typename Work>
auto ImportFile::locked(const char *doing, Work work) const
{
    const std::lock_guard guard(m_mutex);
    return databaseCall(SessionText::tr("The file of the import"), doing, work);
}

ImportFile::ImportFile(std::unique_ptr<RecordPlace> place,
                       std::unique_ptr<SQLite::Database> database)
    : m_place(std::move(place))
    , m_database(std::move(database))
{
}

ImportFile::~ImportFile()
{
    m_statements.clear();
    m_database.reset();
}

Result<std::shared_ptr<ImportFile>> ImportFile::create(const QString &folder)
{
    auto place = RecordPlace::make(folder);
    if (!place)
        return tl::unexpected(place.error());
    return databaseCall(SessionText::tr("The file of the import"), "making it", [&] {
        auto database = std::make_unique<SQLite::Database>((*place)->path().toStdString(),
                                                           SQLite::OPEN_READWRITE, 5000);
        database->exec(schema);
        return std::shared_ptr<ImportFile>(new ImportFile(std::move(*place), std::move(database)));
    });
}

SQLite::Statement &ImportFile::prepared(const char *sql) const
{
    for (auto &[text, statement] : m_statements) {
        if (text == sql) {
            statement->reset();
            return *statement;
        }
    }
    m_statements.emplace_back(sql, std::make_unique<SQLite::Statement>(*m_database, sql));
    return *m_statements.back().second;
}

Result<void> ImportFile::beginRows()
{
    return locked("storing rows", [this] { m_database->exec("BEGIN"); });
}

Result<void> ImportFile::addRow(qint64 number, const QByteArray &key,
                                std::span<const std::string_view> cells,
                                const std::optional<ImportedRow> &refused)
{
    static constexpr auto sql = "INSERT INTO rows (place, number, key, cells) VALUES (?, ?, ?, ?)";
    return locked("storing rows", [&] {
        SQLite::Statement &write = prepared(sql);
        const std::string packed = packedCells(cells);
        write.bind(1, int64_t(m_count));
        write.bind(2, int64_t(number));
        write.bindNoCopy(3, key.constData(), int(key.size()));
        write.bindNoCopy(4, packed.data(), int(packed.size()));
        write.exec();
        if (refused)
            put({m_count, *refused, {}});
        ++m_count;
    });
}

Result<void> ImportFile::endRows(const QString &keyName)
{
    return locked("comparing rows", [&] {
        m_database->exec("COMMIT");
        m_database->exec("CREATE INDEX rows_by_key ON rows (key, place) WHERE length(key) > 0");
        m_database->exec("BEGIN");
        visitTwins(*m_database, [&](const RowClash &clash) {
            const QString called = clash.key.front() == recordKeyMark ? u"ID"_s : keyName;
            put({clash.place,
                 refused(
                     ImportRefusal::Twin,
                     SessionText::tr("Row %1 has the same %2.").arg(clash.otherNumber).arg(called)),
                 {}});
        });
        m_database->exec("COMMIT");
    });
}

Result<void> ImportFile::addStaged(const QList<std::pair<QString, RowChange>> &rows)
{
    static constexpr auto sql = "INSERT OR REPLACE INTO staged (key, body) VALUES (?, ?)";
    return locked("storing rows", [&] {
        m_database->exec("BEGIN");
        for (const auto &[key, row] : rows) {
            SQLite::Statement &write = prepared(sql);
            write.bind(1, key.toStdString());
            bindBytes(write, 2, readyBody(row));
            write.exec();
        }
        m_database->exec("COMMIT");
        m_hasStaged = m_hasStaged || !rows.isEmpty();
    });
}

Result<std::optional<RowChange>> ImportFile::staged(const QString &key) const
{
    static constexpr auto sql = "SELECT body FROM staged WHERE key = ?";
    return locked("reading rows", [&]() -> std::optional<RowChange> {
        if (!m_hasStaged)
            return {};
        SQLite::Statement &read = prepared(sql);
        read.bind(1, key.toStdString());
        std::optional<RowChange> found;
        if (read.executeStep())
            found = rowFromBody(columnBytes(read.getColumn(0)));
        read.reset(); // Else an index could not be made.
        return found;
    });
}

Result<std::vector<OpenRow>> ImportFile::openRows(qint64 from, int most) const
{
    static constexpr auto sql =
        "SELECT place, number, cells FROM rows WHERE place >= ?"
        " AND NOT EXISTS (SELECT 1 FROM decided WHERE decided.place = rows.place)"
        " ORDER BY place LIMIT ?";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, int64_t(from));
        read.bind(2, most);
        std::vector<OpenRow> rows;
        while (read.executeStep()) {
            OpenRow open;
            open.place = read.getColumn(0).getInt64();
            open.row.number = read.getColumn(1).getInt64();
            open.row.cells = unpackedCells(columnBytes(read.getColumn(2)));
            rows.push_back(std::move(open));
        }
        return rows;
    });
}

void ImportFile::put(const DecidedRow &decided)
{
    static constexpr auto sql =
        "INSERT OR REPLACE INTO decided (place, status, refusal, col, id, message)"
        " VALUES (?, ?, ?, ?, ?, ?)";
    const ImportedRow &row = decided.row;
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(decided.place));
    write.bind(2, int(row.status));
    write.bind(3, int(row.refusal));
    write.bind(4, row.column);
    write.bind(5, row.id.toStdString());
    write.bind(6, row.message.toStdString());
    write.exec();
    for (const RowChange &change : decided.changes)
        putChange(++m_lastChange, decided.place, change);
}

void ImportFile::putChange(qint64 number, qint64 place, const RowChange &change)
{
    static constexpr auto sql = "INSERT INTO changes (number, place, type, kind, subject, id, body)"
                                " VALUES (?, ?, ?, ?, ?, ?, ?)";
    const RowKey key = keyOf(change);
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(number));
    write.bind(2, int64_t(place));
    write.bind(3, int(key.type));
    write.bind(4, int(change.kind));
    write.bind(5, int(key.subject));
    write.bind(6, key.id.toStdString());
    bindBytes(write, 7, readyBody(change));
    write.exec();
    countUses(change, 1);
}

void ImportFile::countUses(const RowChange &row, int by)
{
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        m_uses[cell.key().toLower()] += by;
}

QHash<QString, int> ImportFile::uses() const
{
    const std::lock_guard guard(m_mutex);
    return m_uses;
}

void ImportFile::dropRefusedChanges()
{
    SQLite::Statement refused(*m_database,
                              "SELECT body FROM changes JOIN decided USING (place)"
                              " WHERE refusal <> 0");
    while (refused.executeStep())
        countUses(rowFromBody(columnBytes(refused.getColumn(0))), -1);
    m_database->exec("DELETE FROM changes WHERE place IN"
                     " (SELECT place FROM decided WHERE refusal <> 0)");
}

Result<void> ImportFile::decide(const std::vector<DecidedRow> &rows)
{
    return locked("storing rows", [&] {
        m_database->exec("BEGIN");
        for (const DecidedRow &row : rows)
            put(row);
        m_database->exec("COMMIT");
    });
}

Result<void> ImportFile::refuseContested()
{
    return locked("comparing rows", [&] {
        m_database->exec("BEGIN");
        bool isAny = false;
        visitContested(*m_database, [&](const RowClash &clash) {
            ImportedRow row =
                refused(ImportRefusal::Contested,
                        SessionText::tr("Row %1 finds the same record.").arg(clash.otherNumber));
            row.id = QString::fromUtf8(clash.key);
            put({clash.place, row, {}});
            isAny = true;
        });
        if (isAny)
            dropRefusedChanges();
        m_database->exec("COMMIT");
    });
}

Result<ImportFile::Counts> ImportFile::counts() const
{
    return locked("counting rows", [this] {
        Counts counts;
        SQLite::Statement read(*m_database, "SELECT status, COUNT(*) FROM decided GROUP BY status");
        while (read.executeStep()) {
            const qint64 rows = read.getColumn(1).getInt64();
            switch (ImportedRow::Status(read.getColumn(0).getInt())) {
            case ImportedRow::Status::Creates:
                counts.creates = rows;
                break;
            case ImportedRow::Status::Updates:
                counts.updates = rows;
                break;
            case ImportedRow::Status::Unchanged:
                counts.unchanged = rows;
                break;
            case ImportedRow::Status::Refused:
                counts.refused = rows;
                break;
            }
        }
        SQLite::Statement changes(*m_database,
                                  "SELECT COUNT(*), COALESCE(SUM(subject = ?1 AND kind <> ?2), 0),"
                                  " COALESCE(SUM(subject = ?1 AND kind = ?2), 0),"
                                  " COALESCE(SUM(length(body)), 0) FROM changes");
        changes.bind(1, int(RowSubject::Association));
        changes.bind(2, int(ChangeKind::Archive));
        if (changes.executeStep()) {
            counts.changes = changes.getColumn(0).getInt64();
            counts.associations = changes.getColumn(1).getInt64();
            counts.removedAssociations = changes.getColumn(2).getInt64();
            counts.bytes = changes.getColumn(3).getInt64();
        }
        return counts;
    });
}

Result<std::vector<ImportedRow>> ImportFile::read(qint64 first, int most) const
{
    static constexpr auto sql = "SELECT number, cells, status, refusal, col, id, message"
                                " FROM rows JOIN decided USING (place) WHERE place >= ?"
                                " ORDER BY place LIMIT ?";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, int64_t(first));
        read.bind(2, most);
        std::vector<ImportedRow> rows;
        while (read.executeStep())
            rows.push_back(rowAt(read, 0));
        return rows;
    });
}

Result<std::vector<qint64>> ImportFile::placesOf(ImportedRow::Status status) const
{
    static constexpr auto sql = "SELECT place FROM decided WHERE status = ? ORDER BY place";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, int(status));
        std::vector<qint64> places;
        while (read.executeStep())
            places.push_back(read.getColumn(0).getInt64());
        return places;
    });
}

Result<std::vector<qint64>> ImportFile::placesWithMessage() const
{
    static constexpr auto sql = "SELECT place FROM decided WHERE message <> '' ORDER BY place";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        std::vector<qint64> places;
        while (read.executeStep())
            places.push_back(read.getColumn(0).getInt64());
        return places;
    });
}

Result<std::vector<RefusalCount>> ImportFile::refusals() const
{
    static constexpr auto sql = "SELECT refusal, col, COUNT(*) FROM decided WHERE refusal <> 0"
                                " GROUP BY refusal, col ORDER BY COUNT(*) DESC, refusal, col";
    return locked("counting rows", [&] {
        SQLite::Statement &read = prepared(sql);
        std::vector<RefusalCount> counts;
        while (read.executeStep())
            counts.push_back({ImportRefusal(read.getColumn(0).getInt()), read.getColumn(1).getInt(),
                              read.getColumn(2).getInt64()});
        return counts;
    });
}

Result<std::vector<ImportFile::NumberedChange>> ImportFile::changes(qint64 from, int most) const
{
    static constexpr auto sql = "SELECT number, type, kind, subject, id, body FROM changes"
                                " WHERE number >= ? ORDER BY number LIMIT ?";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, int64_t(from));
        read.bind(2, most);
        std::vector<NumberedChange> rows;
        while (read.executeStep()) {
            NumberedChange change;
            change.number = read.getColumn(0).getInt64();
            change.row.key = {ObjectType(read.getColumn(1).getInt()), columnText(read.getColumn(4)),
                              RowSubject(read.getColumn(3).getInt())};
            change.row.kind = ChangeKind(read.getColumn(2).getInt());
            change.row.body = columnBytes(read.getColumn(5));
            rows.push_back(std::move(change));
        }
        return rows;
    });
}

Result<std::vector<ReadyRow>> ImportedChanges::next(int most)
{
    auto some = m_file->changes(m_next, most);
    if (!some)
        return tl::unexpected(some.error());
    std::vector<ReadyRow> rows;
    rows.reserve(some->size());
    for (ImportFile::NumberedChange &change : *some) {
        rows.push_back(std::move(change.row));
        m_next = change.number + 1;
    }
    return rows;
}

} // namespace hubkeeper
