// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotinfo.h"

#include <functional>
#include <stop_token>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// Reads a snapshot, block by block: memory does not grow with its records. Used by one thread at
/// a time; several may have one each.
class SnapshotReader
{
public:
    /// Fails with InvalidInput: it is missing, something else, or of a newer version; with Storage:
    /// it was cut, or is damaged. Looks at its form only; verify() at its content.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotReader>> open(const QString &path);
    ~SnapshotReader();

    [[nodiscard]] const SnapshotInfo &info() const { return m_info; }
    [[nodiscard]] const QString &path() const { return m_path; }

    /// Whether the content is what it was when the snapshot was finished. Reads all of it. Storage:
    /// it was changed or is damaged; Refused: the snapshot is unfinished, and has no seal.
    [[nodiscard]] Result<void> verify(const std::stop_token &stop = {});
    /// Of its content, in hexadecimal digits: unlike those of other snapshots. Empty while it is
    /// unfinished.
    [[nodiscard]] const QString &seal() const { return m_seal; }

    [[nodiscard]] Result<SnapshotSchema> schema(ObjectType type);
    [[nodiscard]] Result<QList<Owner>> owners();
    [[nodiscard]] Result<QList<SnapshotLabels>> labels();

    /// The columns of the records.
    [[nodiscard]] const PackedColumns &columns(ObjectType type) const;
    [[nodiscard]] Result<qint64> count(ObjectType type);
    /// Records with ids above `after`, ascending, `most` at most.
    [[nodiscard]] Result<std::vector<PackedRecord>> after(ObjectType type, qint64 after, int most);
    /// These, in the order of their ids; those that are not there are left out.
    [[nodiscard]] Result<std::vector<PackedRecord>> find(ObjectType type,
                                                         const std::vector<qint64> &ids);
    /// Records with links above `after`, ascending, `most` at most.
    [[nodiscard]] Result<QList<SnapshotLinks>> linksAfter(SnapshotPair pair, qint64 after,
                                                          int most);
    [[nodiscard]] Result<QList<Association>> linksOf(SnapshotPair pair, qint64 fromId);

    /// Every record of a type, ascending, until `visit` says false.
    [[nodiscard]] Result<void> forEach(ObjectType type,
                                       const std::function<bool(const PackedRecord &)> &visit);

private:
    SnapshotReader(QString path, std::unique_ptr<SQLite::Database> database);
    [[nodiscard]] Result<void> readInfo();

    const QString m_path;
    std::unique_ptr<SQLite::Database> m_database;
    SnapshotInfo m_info;
    QString m_seal;
    std::array<std::unique_ptr<PackedColumns>, allObjectTypes.size()> m_columns;
};

} // namespace hubkeeper
