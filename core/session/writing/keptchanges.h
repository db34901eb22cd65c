// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "changes/set/changefile.h"

namespace hubkeeper {

// The staged changes that windows keep below Paths::data (KeepChanges), without a session and
// without taking them: for lists and reviews.

/// One change set on the disk.
struct KeptChanges
{
    QString path;
    ChangeBinding binding;
    int waiting = 0; ///< Rows that Apply would send.
    int excluded = 0; ///< Rows that are left out of that.
    int archives = 0; ///< Of these.
    int conflicting = 0;
    int unknown = 0; ///< Rows that may have been sent.
    int applied = 0;
};

/// Those of one connection, or of all if `connectionId` is empty; used last first. Those that
/// cannot be read are left out and reported in `unreadable`.
[[nodiscard]] QList<KeptChanges> keptChanges(const Paths &paths, const QString &connectionId,
                                             QStringList *unreadable);

/// Its rows in their order. Fails with Storage or InvalidInput.
[[nodiscard]] Result<std::vector<RowChange>> rowsOfKept(const QString &path);

} // namespace hubkeeper
