// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QString>

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

/// Makes the folder with mode 0700 if it is missing. Fails with Storage.
[[nodiscard]] Result<void> makePrivateFolder(const QString &path);

} // namespace hubkeeper
