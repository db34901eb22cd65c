// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper::cli {

/// Puts what became of the rows of a change set into the result of an import (writeImportResult()),
/// in any of its formats: id, status and message of the rows whose record or associations are in
/// the set; the others stay. Gives how many. Fails with InvalidInput for a file that does not end
/// in these columns, with NotSaved.
[[nodiscard]] Result<qint64> fillResult(const QString &path, const ChangeSet &changes);

/// Whether it could be filled in: it ends in these columns, and may be written.
[[nodiscard]] Result<void> checkResult(const QString &path);

} // namespace hubkeeper::cli
