// SPDX-License-Identifier: MIT
#include "session/workbench/importfile.h"

#include "base/database.h"
#include "session/sessiontext.h"
#include "session/workbench/packedcells.h"
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
CREATE TABLE changes (place INTEGER PRIMARY KEY, type INTEGER NOT NULL, kind INTEGER NOT NULL,
                      id TEXT NOT NULL, body BLOB NOT NULL);
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
            put({m_count, *refused, std::nullopt});
        ++m_count;
    });
}

Result<void> ImportFile::endRows(const QString &keyName)
{
    return locked("comparing rows", [&] {
        m_database->exec("COMMIT");
        m_database->exec("CREATE INDEX rows_by_key ON rows (key, place) WHERE length(key) > 0");
        m_database->exec("BEGIN");
        refuseTwins(keyName);
        m_database->exec("COMMIT");
    });
}

/// In the order of the keys, so that memory holds two rows. The first of several keeps what it is
/// refused for already.
void ImportFile::refuseTwins(const QString &keyName)
{
    SQLite::Statement keys(*m_database,
                           "SELECT key, place FROM rows INDEXED BY rows_by_key"
                           " WHERE length(key) > 0 ORDER BY key, place");
    SQLite::Statement numberAt(*m_database, "SELECT number FROM rows WHERE place = ?");
    SQLite::Statement isDecided(*m_database, "SELECT 1 FROM decided WHERE place = ?");
    const auto numberOf = [&numberAt](qint64 place) {
        numberAt.reset();
        numberAt.bind(1, int64_t(place));
        return numberAt.executeStep() ? numberAt.getColumn(0).getInt64() : 0;
    };
    const auto isRefused = [&isDecided](qint64 place) {
        isDecided.reset();
        isDecided.bind(1, int64_t(place));
        return isDecided.executeStep();
    };
    const auto refuse = [&](qint64 place, qint64 other) {
        put({place,
             refused(ImportRefusal::Twin,
                     SessionText::tr("Row %1 has the same %2.").arg(numberOf(other)).arg(keyName)),
             std::nullopt});
    };
    QByteArray last;
    qint64 first = -1; // Of the rows with the key `last`.
    bool isAlone = true;
    while (keys.executeStep()) {
        const SQLite::Column key = keys.getColumn(0);
        const QByteArrayView bytes(static_cast<const char *>(key.getBlob()), key.getBytes());
        const qint64 place = keys.getColumn(1).getInt64();
        if (first < 0 || bytes != last) {
            last = bytes.toByteArray();
            first = place;
            isAlone = true;
            continue;
        }
        refuse(place, first);
        if (std::exchange(isAlone, false) && !isRefused(first))
            refuse(first, place);
    }
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
    static constexpr auto changeSql =
        "INSERT OR REPLACE INTO changes (place, type, kind, id, body) VALUES (?, ?, ?, ?, ?)";
    const ImportedRow &row = decided.row;
    SQLite::Statement &write = prepared(sql);
    write.bind(1, int64_t(decided.place));
    write.bind(2, int(row.status));
    write.bind(3, int(row.refusal));
    write.bind(4, row.column);
    write.bind(5, row.id.toStdString());
    write.bind(6, row.message.toStdString());
    write.exec();
    if (!decided.change)
        return;
    SQLite::Statement &change = prepared(changeSql);
    change.bind(1, int64_t(decided.place));
    change.bind(2, int(decided.change->type));
    change.bind(3, int(decided.change->kind));
    change.bind(4, decided.change->id.toStdString());
    bindBytes(change, 5, readyBody(*decided.change));
    change.exec();
    countUses(*decided.change, 1);
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
    static constexpr auto index = "CREATE INDEX decided_by_id ON decided (id, place)"
                                  " WHERE id <> '' AND refusal = 0";
    return locked("comparing rows", [&] {
        m_database->exec(index);
        SQLite::Statement ids(*m_database,
                              "SELECT id FROM decided INDEXED BY decided_by_id"
                              " WHERE id <> '' AND refusal = 0 GROUP BY id HAVING COUNT(*) > 1");
        SQLite::Statement rowsOf(*m_database,
                                 "SELECT decided.place, number FROM decided JOIN rows USING (place)"
                                 " WHERE id = ? AND refusal = 0 ORDER BY decided.place");
        QStringList contested;
        while (ids.executeStep())
            contested.append(columnText(ids.getColumn(0)));
        m_database->exec("BEGIN");
        for (const QString &id : std::as_const(contested)) {
            std::vector<std::pair<qint64, qint64>> places;
            rowsOf.reset();
            rowsOf.bind(1, id.toStdString());
            while (rowsOf.executeStep())
                places.emplace_back(rowsOf.getColumn(0).getInt64(), rowsOf.getColumn(1).getInt64());
            rowsOf.reset();
            for (size_t i = 0; i < places.size(); ++i) {
                ImportedRow row = refused(
                    ImportRefusal::Contested,
                    SessionText::tr("Row %1 finds the same record.").arg(places[i == 0].second));
                row.id = id;
                put({places[i].first, row, std::nullopt});
            }
        }
        if (!contested.isEmpty())
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
        counts.bytes =
            m_database->execAndGet("SELECT COALESCE(SUM(length(body)), 0) FROM changes").getInt64();
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

Result<std::vector<std::pair<qint64, ReadyRow>>> ImportFile::changes(qint64 from, int most) const
{
    static constexpr auto sql =
        "SELECT place, type, kind, id, body FROM changes WHERE place >= ? ORDER BY place LIMIT ?";
    return locked("reading rows", [&] {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, int64_t(from));
        read.bind(2, most);
        std::vector<std::pair<qint64, ReadyRow>> rows;
        while (read.executeStep()) {
            ReadyRow row;
            row.key.type = ObjectType(read.getColumn(1).getInt());
            row.key.id = columnText(read.getColumn(3));
            row.kind = ChangeKind(read.getColumn(2).getInt());
            row.body = columnBytes(read.getColumn(4));
            rows.emplace_back(read.getColumn(0).getInt64(), std::move(row));
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
    for (auto &[place, row] : *some) {
        rows.push_back(std::move(row));
        m_next = place + 1;
    }
    return rows;
}

} // namespace hubkeeper
