// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "duplicates/finding/findduplicates.h"
#include "duplicatetable.h"

namespace hubkeeper::cli {

/// What `duplicates` reads from a portal.
struct PortalDuplicates
{
    DuplicateTable table; ///< Its rows are empty.
    Duplicates found;
};

/// Reads all records of a type into a record set below the cache and compares them.
[[nodiscard]] Result<PortalDuplicates> duplicatesInPortal(const ConnectOptions &connect,
                                                          ObjectType type, const QString &rules,
                                                          double threshold, Services &services);

/// duplicates FILE --orphans. Gives the exit code.
[[nodiscard]] int runOrphans(const ConnectOptions &connect, Services &services);

} // namespace hubkeeper::cli
