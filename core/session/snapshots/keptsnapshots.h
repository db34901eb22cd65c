// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "store/snapshot/snapshotinfo.h"

namespace hubkeeper {

/// A snapshot on the disk.
struct KeptSnapshot
{
    QString path;
    qint64 bytes = 0;
    SnapshotInfo info;
    std::optional<Error> fault; ///< It cannot be read; `info` is empty then.
    /// Unfinished: where the whole one will be; taking it there again goes on with it.
    QString willBe;
};

/// Where the snapshots of a connection are kept: snapshots/CONNECTION below Paths::data.
[[nodiscard]] QString snapshotFolder(const Paths &paths, const QString &connectionId);
/// The name of one that is taken now, unlike those that are there.
[[nodiscard]] QString newSnapshotPath(const QString &folder, const QDateTime &now);
/// The endings of their files: ".hubsnapshot".
inline constexpr QLatin1StringView snapshotSuffix(".hubsnapshot");

/// The snapshots in a folder, newest first, unfinished ones too. Files that cannot be read are
/// listed with their fault. It reads a page or two of each.
[[nodiscard]] QList<KeptSnapshot> keptSnapshots(const QString &folder);
/// Removes one, finished or not. Fails with NotSaved, with Refused while it is being taken, and
/// with InvalidInput for a file that is not a snapshot, unless it is damaged.
[[nodiscard]] Result<void> removeSnapshot(const QString &path);

} // namespace hubkeeper
