// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QString>

#include <memory>

class QLockFile;

namespace hubkeeper {

/// Where the program keeps its files (README, "Where things live"). Passed in, so that a test or
/// a portable installation owns its own root.
struct Paths
{
    QString config; ///< Settings and the list of connections.
    QString data; ///< Journal, change sets, snapshots: worth a backup.
    QString state; ///< Window layout, recent files, drafts.
    QString cache; ///< Result sets; may be thrown away.

    /// The platform's own places (XDG, Application Support, AppData).
    [[nodiscard]] static Paths standard();
    /// All four below one folder.
    [[nodiscard]] static Paths below(const QString &root);
};

/// Makes the folder and the parents it lacks with mode 0700, whatever the umask. Fails with
/// NotSaved.
[[nodiscard]] Result<void> makePrivateFolder(const QString &path);

/// Takes the lock file, of mode 0600, without waiting; null if somebody else has it. However old it
/// is: only the death of its owner frees it. Fails with NotSaved if the file cannot be made.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> privateLock(const QString &path);

} // namespace hubkeeper
