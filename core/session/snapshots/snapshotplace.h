// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotinfo.h"

namespace hubkeeper {

/// Whether a snapshot can be put at `path`, before anything is read for it. InvalidInput: it is a
/// folder, or its folder is missing; Refused, naming what is there: a file, unless it `replaces`.
[[nodiscard]] Result<void> checkSnapshotPlace(const QString &path, bool replaces);

/// Refused: an unfinished snapshot of something else waits beside `path`.
[[nodiscard]] Result<void> refusedUnfinished(const QString &path, const SnapshotInfo &unfinished);

/// Whether both are of the same portal, types and condition.
[[nodiscard]] bool isSameScope(const SnapshotInfo &one, const SnapshotInfo &other);

/// "Contacts", "Companies": for sentences.
[[nodiscard]] QString wordOf(ObjectType type);
/// What a snapshot is of, in a few words: "portal Acme (4711), Contacts, 2026-11-30T12:00:00Z".
[[nodiscard]] QString scopeText(const SnapshotInfo &info);

} // namespace hubkeeper
