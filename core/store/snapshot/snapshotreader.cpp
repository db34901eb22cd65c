// SPDX-License-Identifier: MIT
#include "store/snapshot/snapshotreader.h"

#include "base/database.h"
#include "store/snapshot/snapshotlayout.h"
#include "store/storetext.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

template <typename Work>
[[nodiscard]] auto readCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    return databaseCall(u"The snapshot"_s, doing, std::forward<Work>(work));
}

tl::unexpected<Error> notASnapshot(const QString &path)
{
    return fail(ErrorKind::InvalidInput, StoreText::tr("%1 is not a snapshot.").arg(path),
                StoreText::tr("`hubkeeper-cli snapshot take` makes one."));
}

/// By the first bytes of the file (SQLite's file format, 1.3), so that what is wrong with it is
/// said before SQLite stumbles over it.
Result<void> checkForm(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || QFileInfo(path).isDir())
        return fail(ErrorKind::InvalidInput,
                    StoreText::tr("%1 cannot be read: %2.").arg(path, file.errorString()),
                    StoreText::tr("Check the name of the file and its permissions."));
    constexpr qint64 headerSize = 100;
    const QByteArray header = file.read(headerSize);
    const auto number = [&header](int at) {
        return qFromBigEndian<quint32>(header.constData() + at);
    };
    if (!header.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return notASnapshot(path);
    const auto cut = [&path] {
        return fail(ErrorKind::Storage,
                    StoreText::tr("%1 is cut off: its end is missing.").arg(path),
                    StoreText::tr("Copy it once more, or take another snapshot."));
    };
    if (header.size() < headerSize)
        return cut();
    if (number(68) != quint32(snapshotApplication))
        return notASnapshot(path);
    if (number(60) > quint32(snapshotVersion))
        return fail(ErrorKind::InvalidInput,
                    StoreText::tr("%1 was written by a newer Hubkeeper (version %2 of the format; "
                                  "this one knows version %3).")
                        .arg(path)
                        .arg(number(60))
                        .arg(snapshotVersion),
                    StoreText::tr("Open it with that version."));
    const quint16 small = qFromBigEndian<quint16>(header.constData() + 16);
    const qint64 pageSize = small == 1 ? 65'536 : small;
    if (file.size() < pageSize * number(28))
        return cut();
    return {};
}

int typePlace(ObjectType type)
{
    return int(type);
}

std::string tableOf(ObjectType type)
{
    return type == ObjectType::Contacts ? "contacts" : "companies";
}

} // namespace

SnapshotReader::SnapshotReader(QString path, std::unique_ptr<SQLite::Database> database)
    : m_path(std::move(path))
    , m_database(std::move(database))
{
}

SnapshotReader::~SnapshotReader() = default;

Result<std::unique_ptr<SnapshotReader>> SnapshotReader::open(const QString &path)
{
    if (const auto checked = checkForm(path); !checked)
        return tl::unexpected(checked.error());
    auto opened = readCall("opening it", [&] {
        auto database = std::make_unique<SQLite::Database>(
            path.toStdString(), SQLite::OPEN_READONLY, int(databasePatience.count()));
        database->exec("PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF;");
        return std::unique_ptr<SnapshotReader>(new SnapshotReader(path, std::move(database)));
    });
    if (!opened)
        return opened;
    if (const auto read = (*opened)->readInfo(); !read)
        return tl::unexpected(read.error());
    return opened;
}

Result<void> SnapshotReader::readInfo()
{
    const auto read = readCall("opening it", [this] {
        SQLite::Statement all(*m_database, "SELECT name, value FROM about");
        QHash<QString, QByteArray> about;
        while (all.executeStep())
            about.insert(QString::fromUtf8(all.getColumn(0).getText()),
                         QByteArray(all.getColumn(1).getText()));
        return about;
    });
    if (!read)
        return tl::unexpected(read.error());
    m_info = snapshotInfoFrom(read->value(u"info"_s));
    m_seal = QString::fromLatin1(read->value(u"seal"_s));
    if (m_info.portalId <= 0)
        return fail(ErrorKind::Storage,
                    StoreText::tr("%1 does not say which portal it is of.").arg(m_path),
                    StoreText::tr("It is damaged. Take another snapshot."));
    for (SnapshotPart &part : m_info.parts) {
        part.rest = read->value(u"rest."_s + nameOf(part.type));
        m_columns[size_t(typePlace(part.type))] = std::make_unique<PackedColumns>(part.properties);
    }
    for (auto &columns : m_columns) {
        if (!columns)
            columns = std::make_unique<PackedColumns>(QStringList());
    }
    return {};
}

Result<void> SnapshotReader::verify(const std::stop_token &stop)
{
    if (m_info.state == SnapshotState::Unfinished || m_seal.isEmpty())
        return fail(ErrorKind::Refused, StoreText::tr("%1 is not finished.").arg(m_path),
                    StoreText::tr("Take it to its end: the same `hubkeeper-cli snapshot take` "
                                  "goes on where it stopped."));
    const auto digest = readCall("checking it", [&] { return snapshotDigest(*m_database, stop); });
    if (!digest)
        return tl::unexpected(digest.error());
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, StoreText::tr("Stopped before it was finished."));
    if (*digest != m_seal.toLatin1())
        return fail(ErrorKind::Storage,
                    StoreText::tr("%1 was changed after it was taken: its content does not "
                                  "match its seal.")
                        .arg(m_path),
                    StoreText::tr("Do not rely on it. Use a copy that was not changed, or take "
                                  "another snapshot."));
    return {};
}

Result<SnapshotSchema> SnapshotReader::schema(ObjectType type)
{
    struct Json
    {
        QByteArray properties = "{\"results\":[";
        QList<QJsonObject> groups;
    };
    const auto read = readCall("reading the schema", [&] {
        SQLite::Statement all(*m_database,
                              "SELECT what, json FROM schemas WHERE type = ? ORDER BY place");
        all.bind(1, nameOf(type).toStdString());
        Json json;
        bool isFirst = true;
        while (all.executeStep()) {
            const QByteArray text(all.getColumn(1).getText());
            if (QByteArrayView(all.getColumn(0).getText()) == "group") {
                json.groups.append(QJsonDocument::fromJson(text).object());
            } else if (QByteArrayView(all.getColumn(0).getText()) == "property") {
                json.properties += (isFirst ? "" : ",") + text;
                isFirst = false;
            }
        }
        json.properties += "]}";
        return json;
    });
    if (!read)
        return tl::unexpected(read.error());
    return parseProperties(read->properties).map([&](const QList<PropertyDefinition> &all) {
        return SnapshotSchema {all, read->groups};
    });
}

Result<QList<Owner>> SnapshotReader::owners()
{
    return readCall("reading the owners", [this] {
        SQLite::Statement one(*m_database, "SELECT json FROM schemas WHERE what = 'owners'");
        return one.executeStep() ? ownersFrom(one.getColumn(0).getText()) : QList<Owner>();
    });
}

Result<QList<SnapshotLabels>> SnapshotReader::labels()
{
    return readCall("reading the labels", [this] {
        QList<SnapshotLabels> all;
        SQLite::Statement rows(*m_database, "SELECT name, json FROM schemas WHERE what = 'labels'");
        while (rows.executeStep()) {
            const int number = QByteArray(rows.getColumn(0).getText()).toInt();
            const auto labels = parseAssociationLabels(rows.getColumn(1).getText());
            if (labels && number >= 0 && size_t(number) < snapshotPairs.size())
                all.append({snapshotPairs[size_t(number)], *labels});
        }
        return all;
    });
}

const PackedColumns &SnapshotReader::columns(ObjectType type) const
{
    return *m_columns[size_t(typePlace(type))];
}

Result<qint64> SnapshotReader::count(ObjectType type)
{
    return readCall("counting records", [&]() -> qint64 {
        SQLite::Statement one(*m_database, "SELECT count(*) FROM " + tableOf(type));
        return one.executeStep() ? one.getColumn(0).getInt64() : 0;
    });
}

Result<std::vector<PackedRecord>> SnapshotReader::after(ObjectType type, qint64 after, int most)
{
    return readCall("reading records", [&] {
        SQLite::Statement rows(*m_database,
                               "SELECT id, created, updated, archived, cells FROM " + tableOf(type)
                                   + " WHERE id > ? ORDER BY id LIMIT ?");
        rows.bind(1, int64_t(after));
        rows.bind(2, most);
        std::vector<PackedRecord> records;
        while (rows.executeStep())
            records.push_back(packedRecordFrom(rows));
        return records;
    });
}

Result<std::vector<PackedRecord>> SnapshotReader::find(ObjectType type,
                                                       const std::vector<qint64> &ids)
{
    return readCall("reading records", [&] {
        SQLite::Statement one(*m_database,
                              "SELECT id, created, updated, archived, cells FROM " + tableOf(type)
                                  + " WHERE id = ?");
        std::vector<qint64> sorted = ids;
        std::sort(sorted.begin(), sorted.end());
        std::vector<PackedRecord> records;
        for (const qint64 id : sorted) {
            one.bind(1, int64_t(id));
            if (one.executeStep())
                records.push_back(packedRecordFrom(one));
            one.reset();
        }
        return records;
    });
}

Result<QList<SnapshotLinks>> SnapshotReader::linksAfter(SnapshotPair pair, qint64 after, int most)
{
    return readCall("reading associations", [&] {
        SQLite::Statement rows(*m_database,
                               "SELECT id, links FROM links WHERE pair = ? AND id > ?"
                               " AND length(links) > 0 ORDER BY id LIMIT ?");
        rows.bind(1, pairNumber(pair));
        rows.bind(2, int64_t(after));
        rows.bind(3, most);
        QList<SnapshotLinks> all;
        while (rows.executeStep()) {
            const SQLite::Column bytes = rows.getColumn(1);
            all.append({rows.getColumn(0).getInt64(),
                        linksFrom({static_cast<const char *>(bytes.getBlob()),
                                   qsizetype(bytes.getBytes())})});
        }
        return all;
    });
}

Result<QList<Association>> SnapshotReader::linksOf(SnapshotPair pair, qint64 fromId)
{
    return linksAfter(pair, fromId - 1, 1).map([fromId](const QList<SnapshotLinks> &found) {
        return found.isEmpty() || found.first().fromId != fromId ? QList<Association>()
                                                                 : found.first().links;
    });
}

Result<void> SnapshotReader::forEach(ObjectType type,
                                     const std::function<bool(const PackedRecord &)> &visit)
{
    return readCall("reading records", [&] {
        SQLite::Statement rows(*m_database,
                               "SELECT id, created, updated, archived, cells FROM " + tableOf(type)
                                   + " ORDER BY id");
        while (rows.executeStep() && visit(packedRecordFrom(rows))) { }
    });
}

} // namespace hubkeeper
