// SPDX-License-Identifier: MIT
#include "store/snapshot/snapshotwriter.h"

#include "base/database.h"
#include "base/savefile.h"
#include "store/snapshot/snapshotlayout.h"
#include "store/snapshot/snapshotreader.h"
#include "store/storetext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

template <typename Work>
[[nodiscard]] auto writeCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    return databaseCall(u"The snapshot"_s, doing, std::forward<Work>(work));
}

std::string nameOfTable(ObjectType type)
{
    return type == ObjectType::Contacts ? "contacts" : "companies";
}

void bindBytes(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bindNoCopy(index, bytes.constData(), static_cast<int>(bytes.size()));
}

std::unique_ptr<SQLite::Database> openToWrite(const QString &path)
{
    auto database = std::make_unique<SQLite::Database>(path.toStdString(),
                                                       SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                       int(databasePatience.count()));
    database->exec("PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;");
    return database;
}

/// What is committed survives a killed program; a power cut takes whole transactions, the last
/// ones, and never half a one.
void useLog(SQLite::Database &database)
{
    useWriteAheadLog(database);
    database.exec("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 100;");
}

void putAbout(SQLite::Database &database, const std::string &name, const QByteArray &value)
{
    SQLite::Statement put(database, "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)");
    put.bind(1, name);
    put.bind(2, value.toStdString());
    put.exec();
}

void putText(SQLite::Database &database, const std::string &type, const std::string &what,
             qint64 place, const std::string &name, const QByteArray &json)
{
    SQLite::Statement put(database,
                          "INSERT OR REPLACE INTO schemas (type, what, place, name, json)"
                          " VALUES (?, ?, ?, ?, ?)");
    put.bind(1, type);
    put.bind(2, what);
    put.bind(3, int64_t(place));
    put.bind(4, name);
    put.bind(5, json.toStdString());
    put.exec();
}

} // namespace

struct SnapshotWriter::Statements
{
    explicit Statements(SQLite::Database &database)
        : putRest(database, "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)")
        , puts {SQLite::Statement(
                    database,
                    "INSERT OR REPLACE INTO contacts (id, created, updated, archived, cells)"
                    " VALUES (?, ?, ?, ?, ?)"),
                SQLite::Statement(
                    database,
                    "INSERT OR REPLACE INTO companies (id, created, updated, archived, cells)"
                    " VALUES (?, ?, ?, ?, ?)")}
        , putLinks(database, "INSERT OR REPLACE INTO links (pair, id, links) VALUES (?, ?, ?)")
    {
        database.exec("CREATE TEMP TABLE seen (type INTEGER NOT NULL, id INTEGER NOT NULL,"
                      " PRIMARY KEY (type, id)) WITHOUT ROWID");
        database.exec("CREATE TEMP TABLE relinked (type INTEGER NOT NULL, id INTEGER NOT NULL,"
                      " PRIMARY KEY (type, id)) WITHOUT ROWID");
    }
    SQLite::Statement putRest;
    std::array<SQLite::Statement, allObjectTypes.size()> puts;
    SQLite::Statement putLinks;
};

SnapshotWriter::SnapshotWriter(QString path, std::unique_ptr<SQLite::Database> database,
                               SnapshotInfo info)
    : m_path(std::move(path))
    , m_database(std::move(database))
    , m_statements(std::make_unique<Statements>(*m_database))
    , m_info(std::move(info))
{
}

SnapshotWriter::~SnapshotWriter() = default;

Result<std::unique_ptr<SnapshotWriter>> SnapshotWriter::create(const QString &path,
                                                               const SnapshotInfo &info)
{
    for (const QString &old : {path, path + u"-wal"_s, path + u"-shm"_s, path + u"-journal"_s}) {
        if (const auto removed = removeFile(old); !removed)
            return tl::unexpected(removed.error());
    }
    if (const auto made = makePrivateFile(path); !made)
        return tl::unexpected(made.error());
    return writeCall("making it", [&] {
        auto database = openToWrite(path);
        makeSnapshotTables(*database);
        useLog(*database);
        auto writer =
            std::unique_ptr<SnapshotWriter>(new SnapshotWriter(path, std::move(database), info));
        writer->writeInfo();
        return writer;
    });
}

Result<std::unique_ptr<SnapshotWriter>> SnapshotWriter::resume(const QString &path)
{
    const auto before = SnapshotReader::open(path);
    if (!before)
        return tl::unexpected(before.error());
    if ((*before)->info().state != SnapshotState::Unfinished)
        return fail(ErrorKind::Refused,
                    StoreText::tr("%1 is finished: nothing is added to it.").arg(path));
    return writeCall("opening it", [&] {
        auto database = openToWrite(path);
        useLog(*database);
        return std::unique_ptr<SnapshotWriter>(
            new SnapshotWriter(path, std::move(database), (*before)->info()));
    });
}

void SnapshotWriter::writeInfo()
{
    putAbout(*m_database, "info", snapshotInfoJson(m_info));
}

Result<void> SnapshotWriter::setInfo(const SnapshotInfo &info)
{
    return writeCall("storing what it is of", [&] {
        SQLite::Transaction transaction(*m_database);
        m_info = info;
        writeInfo();
        for (const SnapshotPart &part : info.parts)
            putAbout(*m_database, "rest." + nameOf(part.type).toStdString(), part.rest);
        transaction.commit();
    });
}

Result<void> SnapshotWriter::putSchema(ObjectType type, const SnapshotSchema &schema)
{
    return writeCall("storing the schema", [&] {
        SQLite::Transaction transaction(*m_database);
        const std::string typeName = nameOf(type).toStdString();
        SQLite::Statement clear(*m_database, "DELETE FROM schemas WHERE type = ?");
        clear.bind(1, typeName);
        clear.exec();
        qint64 place = 0;
        for (const PropertyDefinition &one : schema.definitions)
            putText(*m_database, typeName, "property", place++, one.name.toStdString(),
                    QJsonDocument(one.json).toJson(QJsonDocument::Compact));
        place = 0;
        for (const QJsonObject &group : schema.groups)
            putText(*m_database, typeName, "group", place++,
                    group["name"_L1].toString().toStdString(),
                    QJsonDocument(group).toJson(QJsonDocument::Compact));
        transaction.commit();
    });
}

Result<void> SnapshotWriter::putLabels(const SnapshotLabels &labels)
{
    QJsonArray list;
    for (const AssociationLabel &label : labels.labels)
        list.append(QJsonObject {{u"category"_s, label.category},
                                 {u"typeId"_s, label.typeId},
                                 {u"label"_s, label.label}});
    const QByteArray json =
        QJsonDocument(QJsonObject {{u"results"_s, list}}).toJson(QJsonDocument::Compact);
    return writeCall("storing the labels", [&] {
        const int number = pairNumber(labels.pair);
        putText(*m_database, "", "labels", number, std::to_string(number), json);
    });
}

Result<void> SnapshotWriter::putOwners(const QList<Owner> &owners)
{
    return writeCall("storing the owners",
                     [&] { putText(*m_database, "", "owners", 0, "", ownersJson(owners)); });
}

Result<void> SnapshotWriter::copyFrom(const QString &base)
{
    const auto reader = SnapshotReader::open(base);
    if (!reader)
        return tl::unexpected(reader.error());
    for (const SnapshotPart &part : std::as_const(m_info.parts)) {
        const PackedColumns to(part.properties);
        const PackedColumns &from = (*reader)->columns(part.type);
        std::vector<qsizetype> column; // Of ours, by theirs.
        for (const QString &name : from.names())
            column.push_back(to.columnOf(name));
        constexpr int block = 2'000;
        qint64 last = 0;
        while (true) {
            auto records = (*reader)->after(part.type, last, block);
            if (!records)
                return tl::unexpected(records.error());
            if (records->empty())
                break;
            last = records->back().id;
            for (PackedRecord &record : *records) {
                CellPacker packer;
                PackedValues values(record.cells);
                for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
                    if (size_t(value.column) < column.size() && column[size_t(value.column)] >= 0)
                        packer.add(column[size_t(value.column)],
                                   {value.text.data(), size_t(value.text.size())});
                }
                record.cells = packer.pack();
            }
            if (const auto added = add(part.type, *records, part.rest); !added)
                return added;
        }
    }
    return {};
}

void SnapshotWriter::bindRecord(const PackedRecord &record, ObjectType type)
{
    SQLite::Statement &put = m_statements->puts[size_t(type)];
    put.reset();
    put.bind(1, int64_t(record.id));
    put.bind(2, int64_t(record.created));
    put.bind(3, int64_t(record.updated));
    put.bind(4, record.archived ? 1 : 0);
    bindBytes(put, 5, record.cells);
    put.exec();
}

Result<void> SnapshotWriter::add(ObjectType type, const std::vector<PackedRecord> &records,
                                 const QByteArray &rest)
{
    return writeCall("storing records", [&] {
        SQLite::Transaction transaction(*m_database);
        for (const PackedRecord &record : records)
            bindRecord(record, type);
        SQLite::Statement &put = m_statements->putRest;
        put.reset();
        put.bind(1, "rest." + nameOf(type).toStdString());
        put.bind(2, rest.toStdString());
        put.exec();
        transaction.commit();
    });
}

Result<void> SnapshotWriter::clear(ObjectType type)
{
    return writeCall("taking records out", [&] {
        SQLite::Transaction transaction(*m_database);
        m_database->exec("DELETE FROM " + nameOfTable(type));
        SQLite::Statement links(*m_database, "DELETE FROM links WHERE pair = ?");
        for (const SnapshotPair pair : snapshotPairs) {
            if (pair.from != type)
                continue;
            links.reset();
            links.bind(1, pairNumber(pair));
            links.exec();
        }
        transaction.commit();
    });
}

Result<void> SnapshotWriter::remove(ObjectType type, const std::vector<qint64> &ids)
{
    return writeCall("taking records out", [&] {
        SQLite::Transaction transaction(*m_database);
        SQLite::Statement record(*m_database, "DELETE FROM " + nameOfTable(type) + " WHERE id = ?");
        SQLite::Statement links(*m_database, "DELETE FROM links WHERE pair = ? AND id = ?");
        for (const qint64 id : ids) {
            record.reset();
            record.bind(1, int64_t(id));
            record.exec();
            for (const SnapshotPair pair : snapshotPairs) {
                if (pair.from != type)
                    continue;
                links.reset();
                links.bind(1, pairNumber(pair));
                links.bind(2, int64_t(id));
                links.exec();
            }
        }
        transaction.commit();
    });
}

Result<void> SnapshotWriter::putLinks(SnapshotPair pair, const QList<SnapshotLinks> &links)
{
    return writeCall("storing associations", [&] {
        SQLite::Transaction transaction(*m_database);
        SQLite::Statement &put = m_statements->putLinks;
        for (const SnapshotLinks &one : links) {
            const QByteArray bytes = linkBytes(one.links);
            put.reset();
            put.bind(1, pairNumber(pair));
            put.bind(2, int64_t(one.fromId));
            bindBytes(put, 3, bytes);
            put.exec();
        }
        transaction.commit();
    });
}

Result<std::vector<qint64>> SnapshotWriter::idsAfter(ObjectType type, qint64 after, int most)
{
    return writeCall("reading IDs", [&] {
        SQLite::Statement rows(*m_database,
                               "SELECT id FROM " + nameOfTable(type)
                                   + " WHERE id > ? ORDER BY id LIMIT ?");
        rows.bind(1, int64_t(after));
        rows.bind(2, most);
        std::vector<qint64> ids;
        while (rows.executeStep())
            ids.push_back(rows.getColumn(0).getInt64());
        return ids;
    });
}

Result<qint64> SnapshotWriter::lastLinked(SnapshotPair pair)
{
    return writeCall("reading associations", [&]() -> qint64 {
        SQLite::Statement one(*m_database, "SELECT max(id) FROM links WHERE pair = ?");
        one.bind(1, pairNumber(pair));
        return one.executeStep() ? one.getColumn(0).getInt64() : 0;
    });
}

Result<qint64> SnapshotWriter::count(ObjectType type)
{
    return writeCall("counting records", [&]() -> qint64 {
        SQLite::Statement one(*m_database, "SELECT count(*) FROM " + nameOfTable(type));
        return one.executeStep() ? one.getColumn(0).getInt64() : 0;
    });
}

qint64 SnapshotWriter::bytes() const
{
    return QFileInfo(m_path).size() + QFileInfo(m_path + u"-wal"_s).size();
}

Result<void> SnapshotWriter::finish()
{
    return writeCall("finishing it", [this] {
        m_info.state = m_info.gaps.isEmpty() ? SnapshotState::Complete : SnapshotState::Partial;
        {
            SQLite::Transaction transaction(*m_database);
            writeInfo();
            // Records without links were noted so that the reading could go on after them.
            m_database->exec("DELETE FROM links WHERE length(links) = 0");
            m_database->exec("DELETE FROM about WHERE name LIKE 'rest.%'");
            putAbout(*m_database, "seal", snapshotDigest(*m_database, {}));
            transaction.commit();
        }
        m_statements.reset();
        m_database->exec("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);");
        SQLite::Statement single(*m_database, "PRAGMA journal_mode = DELETE");
        (void)single.executeStep();
    });
}

} // namespace hubkeeper
