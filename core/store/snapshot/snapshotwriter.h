// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotinfo.h"

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// What a page of a sweep comes to.
struct SweptRecords
{
    /// Have to be read: the file lacks them, or has them in another state.
    std::vector<qint64> wanted;
    qint64 refreshed = 0; ///< Got other values although their time of change is the same.
};

/// Writes a snapshot: one SQLite file (README, "A snapshot on the disk"), mode 0600. Until finish()
/// it is unfinished, and what was stored survives the program. Used by one thread at a time.
class SnapshotWriter
{
public:
    /// An empty file in place of what is at `path`. Fails with NotSaved.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotWriter>> create(const QString &path,
                                                                        const SnapshotInfo &info);
    /// An unfinished one. Fails as SnapshotReader::open(), and with Refused if it is finished.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotWriter>> resume(const QString &path);
    ~SnapshotWriter();

    /// What the file says of itself so far.
    [[nodiscard]] const SnapshotInfo &info() const { return m_info; }
    /// Writes what is said of it anew: state, times, notes and parts.
    [[nodiscard]] Result<void> setInfo(const SnapshotInfo &info);

    [[nodiscard]] Result<void> putSchema(ObjectType type, const SnapshotSchema &schema);
    [[nodiscard]] Result<void> putLabels(const SnapshotLabels &labels);
    [[nodiscard]] Result<void> putOwners(const QList<Owner> &owners);

    /// Takes the records that `base`, another snapshot, has of the types that both have, with the
    /// columns that both have, whatever their order.
    [[nodiscard]] Result<void> copyFrom(const QString &base);

    /// Records of a type, and what is then still to be read of it, in one transaction. A record
    /// that is there is replaced.
    [[nodiscard]] Result<void> add(ObjectType type, const std::vector<PackedRecord> &records,
                                   const QByteArray &rest);
    /// Takes all records of a type out, with their links.
    [[nodiscard]] Result<void> clear(ObjectType type);
    /// Takes records and their links out.
    [[nodiscard]] Result<void> remove(ObjectType type, const std::vector<qint64> &ids);
    /// Marks what a sweep of the list saw, with the values of some `columns`. Those of a record
    /// that has the same time of change take the place of what the file has.
    [[nodiscard]] Result<SweptRecords> sweep(ObjectType type, const std::vector<PackedRecord> &seen,
                                             const PackedColumns &columns);
    /// What the sweep did not see, `most` at most.
    [[nodiscard]] Result<std::vector<qint64>> unseen(ObjectType type, qint64 most);

    /// The links of these records in place of those that are there; a record without links is to be
    /// named too.
    [[nodiscard]] Result<void> putLinks(SnapshotPair pair, const QList<SnapshotLinks> &links);
    /// Finds the records whose associations are not those that `base`, another snapshot, has: both
    /// ends of every link that differs. Only those that the file has.
    [[nodiscard]] Result<void> findRelinked(const QString &base);
    /// Of these, ids above `after`, ascending, `most` at most.
    [[nodiscard]] Result<std::vector<qint64>> relinkedAfter(ObjectType type, qint64 after,
                                                            int most);
    /// Ids above `after`, ascending.
    [[nodiscard]] Result<std::vector<qint64>> idsAfter(ObjectType type, qint64 after, int most);
    /// The last one whose links are there; 0: none.
    [[nodiscard]] Result<qint64> lastLinked(SnapshotPair pair);
    [[nodiscard]] Result<qint64> count(ObjectType type);
    /// Bytes of the file, with what waits beside it.
    [[nodiscard]] qint64 bytes() const;

    /// Seals it with a digest of its content, flushes it to the disk and leaves a single file. The
    /// state is Complete without gaps, else Partial. Nothing can be added afterwards.
    [[nodiscard]] Result<void> finish();

private:
    struct Statements;
    SnapshotWriter(QString path, std::unique_ptr<SQLite::Database> database, SnapshotInfo info);
    void writeInfo();
    void bindRecord(const PackedRecord &record, ObjectType type);

    const QString m_path;
    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<Statements> m_statements;
    SnapshotInfo m_info;
};

} // namespace hubkeeper
