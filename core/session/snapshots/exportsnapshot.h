// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/exportplan.h"
#include "store/snapshot/snapshotreader.h"

namespace hubkeeper {

/// Which records of a snapshot are meant.
struct SnapshotChoice
{
    ObjectType type = ObjectType::Contacts;
    std::vector<qint64> ids; ///< Empty: all.
    /// A filter over them; null: all. See recordFilter().
    std::function<bool(const Record &)> keeps;
};

/// Goes over the records of a choice in the order of their ids, until `visit` says false. Memory
/// does not grow with their number. For a worker thread.
[[nodiscard]] Result<void> visitSnapshot(SnapshotReader &snapshot, const SnapshotChoice &choice,
                                         const std::function<Result<bool>(const Record &)> &visit,
                                         const std::stop_token &stop = {});

/// What was written of a snapshot.
struct ExportedSnapshot
{
    WrittenTable table;
    QStringList titles; ///< Of the columns, for WrittenTable::risks.
};

/// Writes records of a snapshot to the files of a plan, without the portal: associations and the
/// properties that name the associated records are those of the snapshot. `progress` gets the
/// rows written so far, now and then. Fails as TableFiles does and as reading does. For a worker
/// thread.
[[nodiscard]] Result<ExportedSnapshot>
exportSnapshot(SnapshotReader &snapshot, const SnapshotChoice &choice, const ExportPlan &plan,
               const std::function<void(qint64)> &progress, const std::stop_token &stop = {});

} // namespace hubkeeper
