// SPDX-License-Identifier: MIT
#include "idm/preview/previewstore.h"

#include "base/compactjson.h"
#include "base/savefile.h"
#include "idm/idmtext.h"
#include "idm/preview/keptobject.h"
#include "idm/preview/previewcall.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QUuid>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int applicationId = 0x48627076; // "Hbpv", as `file` shows it.
constexpr QByteArrayView sqliteMark("SQLite format 3\0", 16);
constexpr qsizetype headerSize = 100; // Bytes.
constexpr qint64 savedAtOnce = 1 << 20; // Bytes.

constexpr auto bounds = R"(
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
)";

constexpr auto storeSchema = R"(
CREATE TABLE side (number INTEGER PRIMARY KEY, collection TEXT NOT NULL UNIQUE);
CREATE TABLE object (side INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
                     body BLOB NOT NULL, PRIMARY KEY (side, place)) WITHOUT ROWID;
CREATE UNIQUE INDEX object_by_id ON object (side, id);
CREATE TABLE link (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev TEXT, type TEXT,
                   qualifier TEXT, firstId TEXT, secondId TEXT);
CREATE TABLE reading (collection TEXT PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE document (name TEXT PRIMARY KEY, body TEXT NOT NULL);
)";

tl::unexpected<Error> unusable(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::InvalidInput, what, remedy);
}

tl::unexpected<Error> anotherKind(const QString &path)
{
    return unusable(IdmText::tr("%1 is another kind of file.").arg(path),
                    IdmText::tr("Choose one that `idm preview --save` wrote."));
}

/// By the size that its head says (https://www.sqlite.org/fileformat2.html, 1.3).
bool isCut(QFile &file)
{
    const QByteArray head = file.peek(headerSize);
    if (head.size() < headerSize)
        return true;
    const quint32 written = qFromBigEndian<quint16>(head.constData() + 16);
    const qint64 pageSize = written == 1 ? 65536 : written;
    const qint64 pages = qFromBigEndian<quint32>(head.constData() + 28);
    return file.size() < pages * pageSize;
}

/// Tables and their indexes only: a file of somebody else must not run anything.
bool hasOnlyTables(SQLite::Database &database)
{
    return database
               .execAndGet("SELECT count(*) FROM sqlite_master WHERE type NOT IN "
                           "('table', 'index')")
               .getInt()
        == 0;
}

QJsonObject toJson(const CollectionReading &reading)
{
    return {{u"began"_s, reading.began.toString(Qt::ISODateWithMs)},
            {u"ended"_s, reading.ended.toString(Qt::ISODateWithMs)},
            {u"rows"_s, reading.rows},
            {u"seenTwice"_s, reading.seenTwice},
            {u"appeared"_s, reading.appeared},
            {u"vanished"_s, reading.vanished},
            {u"changed"_s, reading.changed},
            {u"assigned"_s, reading.assigned},
            {u"gap"_s, reading.gap}};
}

CollectionReading readingFrom(const QString &collection, const QJsonObject &json)
{
    CollectionReading reading;
    reading.collection = collection;
    reading.began = QDateTime::fromString(json["began"_L1].toString(), Qt::ISODateWithMs);
    reading.ended = QDateTime::fromString(json["ended"_L1].toString(), Qt::ISODateWithMs);
    reading.rows = json["rows"_L1].toInteger();
    reading.seenTwice = json["seenTwice"_L1].toInteger();
    reading.appeared = json["appeared"_L1].toInteger();
    reading.vanished = json["vanished"_L1].toInteger();
    reading.changed = json["changed"_L1].toInteger();
    reading.assigned = json["assigned"_L1].toInteger();
    reading.gap = json["gap"_L1].toString();
    return reading;
}

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

/// Copies a file through a FileSaver.
Result<void> copyTo(const QString &path, const QString &from)
{
    QFile file(from);
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorKind::NotSaved, IdmText::tr("%1 could not be written.").arg(path));
    auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
    if (!saver)
        return tl::unexpected(saver.error());
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(savedAtOnce);
        if (bytes.isEmpty())
            return fail(ErrorKind::NotSaved, IdmText::tr("%1 could not be written.").arg(path));
        if (const auto written = saver->write(bytes); !written)
            return written;
    }
    return saver->commit();
}

} // namespace

PreviewStore::PreviewStore(std::unique_ptr<SQLite::Database> database)
    : m_database(std::move(database))
{
}

PreviewStore::~PreviewStore() = default;

Result<std::shared_ptr<PreviewStore>> PreviewStore::makeTemporary()
{
    return previewCall("making it", [] {
        auto database =
            std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database->exec(bounds);
        database->exec(storeSchema);
        database->exec("PRAGMA application_id = " + std::to_string(applicationId));
        database->exec("PRAGMA user_version = " + std::to_string(version));
        return std::shared_ptr<PreviewStore>(new PreviewStore(std::move(database)));
    });
}

bool PreviewStore::isDatabase(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QFile::ReadOnly)
        && file.peek(sqliteMark.size()) == sqliteMark;
}

Result<std::shared_ptr<PreviewStore>> PreviewStore::open(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QFile::ReadOnly))
        return unusable(IdmText::tr("%1 cannot be read.").arg(path),
                        IdmText::tr("Check its name and permissions."));
    if (file.peek(sqliteMark.size()) != sqliteMark)
        return anotherKind(path);
    const auto cut = [&] {
        return unusable(IdmText::tr("%1 is cut off or damaged.").arg(path),
                        IdmText::tr("Write or copy it again."));
    };
    if (isCut(file))
        return cut();
    file.close();
    try {
        auto database =
            std::make_unique<SQLite::Database>(path.toUtf8().toStdString(), SQLite::OPEN_READONLY);
        database->exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                       "PRAGMA locking_mode = EXCLUSIVE;" // Not locked anew for each object.
                       "PRAGMA cache_size = -16384");
        if (database->execAndGet("PRAGMA application_id").getInt() != applicationId
            || !hasOnlyTables(*database))
            return anotherKind(path);
        if (database->execAndGet("PRAGMA user_version").getInt() > version)
            return unusable(
                IdmText::tr("%1 was written by a newer version of this program.").arg(path),
                IdmText::tr("Update this one, or save the set again with it."));
        if (database->execAndGet("PRAGMA quick_check(1)").getString() != "ok")
            return cut();
        return std::shared_ptr<PreviewStore>(new PreviewStore(std::move(database)));
    } catch (const SQLite::Exception &) {
        return cut();
    }
}

/// Through a file beside it, because SQLite writes to names only.
Result<void> PreviewStore::saveAs(const QString &path) const
{
    const QString beside = path + u'.' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (const auto made = makePrivateFile(beside); !made)
        return made;
    auto saved = previewCall("saving it", [&] {
        SQLite::Statement vacuum(*m_database, "VACUUM INTO ?");
        bindText(vacuum, 1, beside);
        vacuum.exec();
    });
    if (saved)
        saved = copyTo(path, beside);
    const auto removed = removeFile(beside);
    return saved ? removed : saved;
}

Result<int> PreviewStore::sideOf(const QString &collection)
{
    return previewCall("naming a collection", [&] {
        SQLite::Statement find(*m_database, "SELECT number FROM side WHERE collection = ?");
        bindText(find, 1, collection);
        if (find.executeStep())
            return find.getColumn(0).getInt();
        SQLite::Statement make(*m_database, "INSERT INTO side (collection) VALUES (?)");
        bindText(make, 1, collection);
        make.exec();
        return int(m_database->getLastInsertRowid());
    });
}

Result<TakenRows> PreviewStore::addObjects(const QString &collection, const QJsonArray &rows)
{
    const auto side = sideOf(collection);
    if (!side)
        return tl::unexpected(side.error());
    return previewCall("keeping objects", [&] {
        TakenRows taken;
        SQLite::Transaction transaction(*m_database);
        SQLite::Statement insert(
            *m_database,
            "INSERT OR IGNORE INTO object (side, place, id, body) VALUES (?1, (SELECT "
            "coalesce(max(place) + 1, 0) FROM object WHERE side = ?1), ?2, ?3)");
        for (const QJsonValue &row : rows) {
            const QJsonObject object = withoutSecretValues(row.toObject());
            insert.bind(1, *side);
            bindText(insert, 2, object["_id"_L1].toString());
            bindBytes(insert, 3, packedObject(object));
            const bool isNew = insert.exec() > 0;
            insert.reset();
            taken.added += isNew ? 1 : 0;
            taken.seenTwice += isNew ? 0 : 1;
            taken.assigned += object["effectiveAssignments"_L1].toArray().isEmpty() ? 0 : 1;
        }
        transaction.commit();
        return taken;
    });
}

Result<TakenRows> PreviewStore::addLinks(const QJsonArray &rows)
{
    return previewCall("keeping links", [&] {
        TakenRows taken;
        SQLite::Transaction transaction(*m_database);
        SQLite::Statement insert(*m_database,
                                 "INSERT OR IGNORE INTO link (id, rev, type, qualifier, firstId, "
                                 "secondId) VALUES (?, ?, ?, ?, ?, ?)");
        for (const QJsonValue &row : rows) {
            const auto text = [&](QLatin1StringView key) {
                return row[key].isString() ? row[key].toString() : QString();
            };
            bindText(insert, 1, text("_id"_L1));
            bindText(insert, 2, text("_rev"_L1));
            bindText(insert, 3, text("linkType"_L1));
            bindText(insert, 4, row["linkQualifier"_L1].toString(u"default"_s));
            bindText(insert, 5, text("firstId"_L1));
            bindText(insert, 6, text("secondId"_L1));
            const bool isNew = insert.exec() > 0;
            insert.reset();
            taken.added += isNew ? 1 : 0;
            taken.seenTwice += isNew ? 0 : 1;
        }
        transaction.commit();
        return taken;
    });
}

Result<TakenRows> PreviewStore::compare(const QJsonArray &rows, CollectionReading &reading)
{
    const bool ofLinks = reading.collection == "repo/link"_L1;
    const auto side = ofLinks ? Result<int>(0) : sideOf(reading.collection);
    if (!side)
        return tl::unexpected(side.error());
    return previewCall("comparing", [&] {
        TakenRows taken;
        SQLite::Statement find(*m_database,
                               ofLinks ? "SELECT rev FROM link WHERE ?1 = 0 AND id = ?2"
                                       : "SELECT body FROM object WHERE side = ?1 AND id = ?2");
        for (const QJsonValue &row : rows) {
            find.bind(1, *side);
            bindText(find, 2, row["_id"_L1].toString());
            const bool isKnown = find.executeStep();
            taken.added += isKnown ? 1 : 0;
            reading.appeared += isKnown ? 0 : 1;
            if (isKnown && row["_rev"_L1].isString()) {
                const QString rev = ofLinks
                    ? textAt(find, 0)
                    : unpackedObject(bytesAt(find, 0))["_rev"_L1].toString();
                reading.changed += rev == row["_rev"_L1].toString() ? 0 : 1;
            }
            find.reset();
        }
        return taken;
    });
}

Result<void> PreviewStore::setReading(const CollectionReading &reading)
{
    return previewCall("noting a reading", [&] {
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO reading VALUES (?1, ?2) ON CONFLICT "
                                 "(collection) DO UPDATE SET facts = ?2");
        bindText(insert, 1, reading.collection);
        bindText(insert, 2, QString::fromUtf8(packedObject(toJson(reading))));
        insert.exec();
    });
}

Result<QList<CollectionReading>> PreviewStore::readings() const
{
    return previewCall("reading it", [&] {
        QList<CollectionReading> readings;
        SQLite::Statement all(*m_database, "SELECT collection, facts FROM reading ORDER BY rowid");
        while (all.executeStep())
            readings.append(readingFrom(textAt(all, 0), objectOf(textAt(all, 1))));
        return readings;
    });
}

Result<void> PreviewStore::setOrigin(const PreviewOrigin &origin)
{
    return setDocument(u"origin"_s,
                       QJsonObject {{u"server"_s, origin.server},
                                    {u"address"_s, origin.address},
                                    {u"version"_s, origin.version},
                                    {u"profile"_s, origin.profile}});
}

Result<PreviewOrigin> PreviewStore::origin() const
{
    return document(u"origin"_s).map([](const QJsonValue &json) {
        return PreviewOrigin {json["server"_L1].toString(), json["address"_L1].toString(),
                              json["version"_L1].toString(), json["profile"_L1].toString()};
    });
}

Result<void> PreviewStore::setDocument(const QString &name, const QJsonValue &value)
{
    return previewCall("keeping configuration", [&] {
        SQLite::Statement insert(*m_database, "INSERT OR REPLACE INTO document VALUES (?, ?)");
        bindText(insert, 1, name);
        bindText(insert, 2,
                 QString::fromUtf8(compactJson(QJsonArray {withoutSecretValues(value)})));
        insert.exec();
    });
}

Result<QJsonValue> PreviewStore::document(const QString &name) const
{
    return previewCall("reading configuration", [&]() -> QJsonValue {
        SQLite::Statement find(*m_database, "SELECT body FROM document WHERE name = ?");
        bindText(find, 1, name);
        return find.executeStep()
            ? QJsonDocument::fromJson(textAt(find, 0).toUtf8()).array().first()
            : QJsonValue(QJsonValue::Null);
    });
}

Result<QStringList> PreviewStore::collections() const
{
    return previewCall("reading it", [&] {
        QStringList names;
        SQLite::Statement all(*m_database, "SELECT collection FROM side ORDER BY number");
        while (all.executeStep())
            names.append(textAt(all, 0));
        return names;
    });
}

Result<qint64> PreviewStore::countOf(const QString &collection) const
{
    return previewCall("counting objects", [&]() -> qint64 {
        SQLite::Statement count(*m_database,
                                "SELECT count(*) FROM object JOIN side ON side = number "
                                "WHERE collection = ?");
        bindText(count, 1, collection);
        return count.executeStep() ? count.getColumn(0).getInt64() : 0;
    });
}

Result<std::optional<QJsonObject>> PreviewStore::object(const QString &collection,
                                                        const QString &id) const
{
    return previewCall("reading an object", [&]() -> std::optional<QJsonObject> {
        SQLite::Statement find(*m_database,
                               "SELECT body FROM object JOIN side ON side = number "
                               "WHERE collection = ? AND id = ?");
        bindText(find, 1, collection);
        bindText(find, 2, id);
        if (!find.executeStep())
            return std::nullopt;
        return unpackedObject(bytesAt(find, 0));
    });
}

} // namespace hubkeeper
