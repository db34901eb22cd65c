// SPDX-License-Identifier: MIT
#include "base/database.h"
#include "store/snapshot/snapshotlayout.h"
#include "store/snapshot/snapshotreader.h"
#include "store/snapshot/snapshotwriter.h"

#include <limits>
#include <map>

using namespace Qt::StringLiterals;

// The part of SnapshotWriter that holds associations against those of another snapshot.

namespace hubkeeper {

namespace {

constexpr int relinkedBlock = 1'000;

using LinksOfBoth = std::array<QList<Association>, 2>;

QList<SnapshotLinks> ownLinksAfter(SQLite::Database &database, SnapshotPair pair, qint64 after)
{
    SQLite::Statement rows(database,
                           "SELECT id, links FROM links WHERE pair = ? AND id > ?"
                           " AND length(links) > 0 ORDER BY id LIMIT ?");
    rows.bind(1, pairNumber(pair));
    rows.bind(2, int64_t(after));
    rows.bind(3, relinkedBlock);
    QList<SnapshotLinks> all;
    while (rows.executeStep()) {
        const SQLite::Column bytes = rows.getColumn(1);
        all.append(
            {rows.getColumn(0).getInt64(),
             linksFrom({static_cast<const char *>(bytes.getBlob()), qsizetype(bytes.getBytes())})});
    }
    return all;
}

/// The other ends of links that only one of the two has, or has with other kinds.
std::vector<qint64> otherEnds(const LinksOfBoth &links)
{
    const auto has = [](const QList<Association> &all, const Association &link) {
        return std::any_of(all.begin(), all.end(), [&link](const Association &one) {
            return one.toId == link.toId && one.kinds == link.kinds;
        });
    };
    std::vector<qint64> ids;
    for (size_t side = 0; side < links.size(); ++side) {
        for (const Association &link : links[side]) {
            if (!has(links[1 - side], link))
                ids.push_back(link.toId.toLongLong());
        }
    }
    return ids;
}

void noteRelinked(SQLite::Database &database, SnapshotPair pair,
                  const std::map<qint64, LinksOfBoth> &links)
{
    SQLite::Transaction transaction(database);
    SQLite::Statement put(database, "INSERT OR IGNORE INTO temp.relinked (type, id) VALUES (?, ?)");
    const auto note = [&put](ObjectType type, qint64 id) {
        put.reset();
        put.bind(1, int(type));
        put.bind(2, int64_t(id));
        put.exec();
    };
    for (const auto &[id, both] : links) {
        const std::vector<qint64> others = otherEnds(both);
        if (others.empty())
            continue;
        note(pair.from, id);
        for (const qint64 other : others)
            note(pair.to, other);
    }
    transaction.commit();
}

} // namespace

Result<void> SnapshotWriter::findRelinked(const QString &base)
{
    const auto reader = SnapshotReader::open(base);
    if (!reader)
        return tl::unexpected(reader.error());
    for (const SnapshotPair pair : snapshotPairs) {
        if (!m_info.part(pair.from))
            continue;
        constexpr qint64 noEnd = std::numeric_limits<qint64>::max();
        for (qint64 last = 0; last < noEnd;) {
            const auto theirs = (*reader)->linksAfter(pair, last, relinkedBlock);
            if (!theirs)
                return tl::unexpected(theirs.error());
            const auto compared = databaseCall(u"The snapshot"_s, "comparing associations", [&] {
                const QList<SnapshotLinks> ours = ownLinksAfter(*m_database, pair, last);
                qint64 end = noEnd; // Up to there both blocks go.
                for (const QList<SnapshotLinks> *block : {&ours, &*theirs}) {
                    if (block->size() == relinkedBlock)
                        end = std::min(end, block->constLast().fromId);
                }
                std::map<qint64, LinksOfBoth> links;
                for (const SnapshotLinks &one : ours)
                    links[one.fromId][0] = one.links;
                for (const SnapshotLinks &one : *theirs)
                    links[one.fromId][1] = one.links;
                links.erase(links.upper_bound(end), links.end());
                noteRelinked(*m_database, pair, links);
                last = end;
            });
            if (!compared)
                return compared;
        }
    }
    return {};
}

Result<std::vector<qint64>> SnapshotWriter::relinkedAfter(ObjectType type, qint64 after, int most)
{
    return databaseCall(u"The snapshot"_s, "comparing associations", [&] {
        const std::string table = type == ObjectType::Contacts ? "contacts" : "companies";
        SQLite::Statement rows(*m_database,
                               "SELECT id FROM temp.relinked WHERE type = ? AND id > ?"
                               " AND id IN (SELECT id FROM "
                                   + table + ") ORDER BY id LIMIT ?");
        rows.bind(1, int(type));
        rows.bind(2, int64_t(after));
        rows.bind(3, most);
        std::vector<qint64> ids;
        while (rows.executeStep())
            ids.push_back(rows.getColumn(0).getInt64());
        return ids;
    });
}

} // namespace hubkeeper
