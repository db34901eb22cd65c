// SPDX-License-Identifier: MIT
#include "idm/preview/previewwork.h"

#include "idm/preview/previewcall.h"
#include "idm/preview/storelinks.h"
#include "idm/preview/storeshelf.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto workSchema = R"(
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE object (side INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, body BLOB,
                     isNew INTEGER NOT NULL, PRIMARY KEY (side, place)) WITHOUT ROWID;
CREATE TABLE link (id TEXT PRIMARY KEY, type TEXT, qualifier TEXT, firstId TEXT, secondId TEXT,
                   isNew INTEGER NOT NULL);
CREATE INDEX link_by_first ON link (firstId, type, qualifier);
CREATE INDEX link_by_second ON link (secondId, type, qualifier);
CREATE TABLE entry (number INTEGER PRIMARY KEY, mapping TEXT, target INTEGER NOT NULL,
                    qualifier TEXT, sourceId TEXT, targetId TEXT, ambiguous TEXT,
                    situation INTEGER, action INTEGER, status INTEGER NOT NULL,
                    failed INTEGER NOT NULL, certain INTEGER NOT NULL, reason TEXT, deleted TEXT);
BEGIN;
)";

// A temporary database has nobody to commit to: one transaction holds until its end.

constexpr auto entryColumns = "SELECT number, mapping, target, qualifier, sourceId, targetId, "
                              "ambiguous, situation, action, status, failed, certain, reason, "
                              "deleted FROM entry ";

constexpr QChar between(0x1F); // Of ids in one column: no id has it.

template <typename Enum>
void bindEnum(SQLite::Statement &statement, int index, const std::optional<Enum> &value)
{
    if (value)
        statement.bind(index, int(*value));
    else
        statement.bind(index);
}

template <typename Enum>
std::optional<Enum> enumAt(SQLite::Statement &statement, int index)
{
    const SQLite::Column column = statement.getColumn(index);
    return column.isNull() ? std::nullopt : std::optional(Enum(column.getInt()));
}

KeptEntry entryAt(SQLite::Statement &statement)
{
    KeptEntry kept;
    kept.number = statement.getColumn(0).getInt64();
    kept.mapping = textAt(statement, 1);
    ReconEntry &entry = kept.entry;
    entry.ofTargetPhase = statement.getColumn(2).getInt() != 0;
    entry.linkQualifier = textAt(statement, 3);
    entry.sourceId = textAt(statement, 4);
    entry.targetId = textAt(statement, 5);
    entry.ambiguousTargetIds = textAt(statement, 6).split(between, Qt::SkipEmptyParts);
    entry.situation = enumAt<SyncSituation>(statement, 7);
    entry.action = enumAt<SyncAction>(statement, 8);
    entry.status = ReconEntry::Status(statement.getColumn(9).getInt());
    entry.failed = statement.getColumn(10).getInt() != 0;
    entry.certain = statement.getColumn(11).getInt() != 0;
    entry.reason = textAt(statement, 12);
    entry.deletedTargetId = textAt(statement, 13);
    return kept;
}

/// With wildcards taken as they are.
QString likeText(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + escaped + u'%';
}

} // namespace

/// The statement for entries, made once.
class PreviewWork::Inserting
{
public:
    explicit Inserting(SQLite::Database &database)
        : statement(database,
                    "INSERT INTO entry (mapping, target, qualifier, sourceId, targetId, ambiguous, "
                    "situation, action, status, failed, certain, reason, deleted) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    {
    }

    SQLite::Statement statement;
};

PreviewWork::PreviewWork(std::shared_ptr<PreviewStore> store,
                         std::unique_ptr<SQLite::Database> database)
    : m_store(std::move(store))
    , m_database(std::move(database))
    , m_inserting(std::make_unique<Inserting>(*m_database))
{
}

PreviewWork::~PreviewWork() = default;

Result<std::shared_ptr<PreviewWork>> PreviewWork::make(std::shared_ptr<PreviewStore> store)
{
    return previewCall("beginning to compute", [&] {
        auto database =
            std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database->exec(workSchema);
        return std::shared_ptr<PreviewWork>(new PreviewWork(std::move(store), std::move(database)));
    });
}

PreviewPlace PreviewWork::place()
{
    auto links = std::make_unique<StoreLinks>(*m_database);
    copyLinks(*links);
    PreviewPlace place;
    place.links = std::move(links);
    place.keepsSent = false;
    place.makeShelf = [this](const QString &collection) -> std::unique_ptr<ObjectShelf> {
        return std::make_unique<StoreShelf>(m_store->database(), *m_database, sideOf(collection));
    };
    return place;
}

/// A file that is open for reading gets no further collection.
int PreviewWork::sideOf(const QString &collection) const
{
    if (const auto side = m_store->sideOf(collection))
        return *side;
    if (!m_others.contains(collection))
        m_others.append(collection);
    return -1 - int(m_others.indexOf(collection));
}

void PreviewWork::copyLinks(OverlayLinks &links) const
{
    SQLite::Statement all(m_store->database(),
                          "SELECT id, type, qualifier, firstId, secondId FROM link ORDER BY place");
    while (all.executeStep())
        links.add({textAt(all, 0), textAt(all, 1), textAt(all, 2), textAt(all, 3), textAt(all, 4)});
}

void PreviewWork::add(const ReconEntry &entry, const QString &mapping)
{
    SQLite::Statement &insert = m_inserting->statement;
    bindText(insert, 1, mapping);
    insert.bind(2, entry.ofTargetPhase ? 1 : 0);
    bindText(insert, 3, entry.linkQualifier);
    bindText(insert, 4, entry.sourceId);
    bindText(insert, 5, entry.targetId);
    bindText(insert, 6, entry.ambiguousTargetIds.join(between));
    bindEnum(insert, 7, entry.situation);
    bindEnum(insert, 8, entry.action);
    insert.bind(9, int(entry.status));
    insert.bind(10, entry.failed ? 1 : 0);
    insert.bind(11, entry.certain ? 1 : 0);
    bindText(insert, 12, entry.reason);
    bindText(insert, 13, entry.deletedTargetId);
    insert.exec();
    insert.reset();
}

Result<std::vector<qint64>> PreviewWork::numbers(const EntryFilter &filter) const
{
    return previewCall("filtering entries", [&] {
        SQLite::Statement find(
            *m_database,
            "SELECT number FROM entry WHERE (?1 IS NULL OR situation = ?1) AND (?2 IS NULL OR "
            "action = ?2) AND (?3 = 0 OR failed) AND (?4 IS NULL OR sourceId LIKE ?4 ESCAPE '\\' "
            "OR targetId LIKE ?4 ESCAPE '\\' OR deleted LIKE ?4 ESCAPE '\\' OR ambiguous LIKE ?4 "
            "ESCAPE '\\' OR reason LIKE ?4 "
            "ESCAPE '\\') AND (?5 OR mapping IS NULL) "
            "ORDER BY action IS NOT ?6 OR failed, number");
        bindEnum(find, 1, filter.situation);
        bindEnum(find, 2, filter.action);
        find.bind(3, filter.failedOnly ? 1 : 0);
        bindText(find, 4, filter.text.isEmpty() ? QString() : likeText(filter.text));
        find.bind(5, filter.withImplicit ? 1 : 0);
        find.bind(6, int(SyncAction::Delete));
        std::vector<qint64> numbers;
        while (find.executeStep())
            numbers.push_back(find.getColumn(0).getInt64());
        return numbers;
    });
}

Result<std::vector<KeptEntry>> PreviewWork::entries(const std::vector<qint64> &numbers) const
{
    return previewCall("reading entries", [&] {
        std::vector<KeptEntry> entries;
        entries.reserve(numbers.size());
        std::string query(entryColumns);
        query += "WHERE number = ?";
        SQLite::Statement find(*m_database, query);
        for (const qint64 number : numbers) {
            bindNumber(find, 1, number);
            if (find.executeStep())
                entries.push_back(entryAt(find));
            find.reset();
        }
        return entries;
    });
}

Result<void> PreviewWork::visitEntries(bool implicit,
                                       const std::function<void(const KeptEntry &)> &visit) const
{
    return previewCall("reading entries", [&] {
        SQLite::Statement all(*m_database,
                              std::string(entryColumns)
                                  + (implicit ? "WHERE mapping IS NOT NULL ORDER BY number"
                                              : "WHERE mapping IS NULL ORDER BY number"));
        while (all.executeStep())
            visit(entryAt(all));
    });
}

Result<std::vector<EntryCount>> PreviewWork::counts() const
{
    return previewCall("counting entries", [&] {
        std::vector<EntryCount> counts;
        SQLite::Statement all(*m_database,
                              "SELECT target, situation, action, failed, status = ?, certain, "
                              "count(*) FROM entry WHERE mapping IS NULL "
                              "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6 DESC");
        all.bind(1, int(ReconEntry::Status::Unknown));
        while (all.executeStep())
            counts.push_back({all.getColumn(0).getInt() != 0, enumAt<SyncSituation>(all, 1),
                              enumAt<SyncAction>(all, 2), all.getColumn(3).getInt() != 0,
                              all.getColumn(4).getInt() != 0, all.getColumn(5).getInt() != 0,
                              all.getColumn(6).getInt64()});
        return counts;
    });
}

Result<QMap<QString, qint64>> PreviewWork::implicitCounts() const
{
    return previewCall("counting entries", [&] {
        QMap<QString, qint64> counts;
        SQLite::Statement all(*m_database,
                              "SELECT mapping, count(*) FROM entry WHERE mapping IS NOT NULL "
                              "GROUP BY mapping");
        while (all.executeStep())
            counts.insert(textAt(all, 0), all.getColumn(1).getInt64());
        return counts;
    });
}

Result<void> PreviewWork::visitLinks(const std::function<void(const SyncLink &, bool)> &visit) const
{
    return previewCall("reading links", [&] { StoreLinks(*m_database).visit(visit); });
}

} // namespace hubkeeper
