// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "records/values/propertynames.h"

namespace hubkeeper {

/// How a cell compares with the portal, for views that mark it: never by a colour alone.
enum class CellMark {
    None, ///< Shows what the portal has.
    Staged, ///< Another text is staged.
    Cleared, ///< Staged to be empty.
    Bad, ///< What is staged cannot be a value, or was refused.
    Conflict, ///< Somebody else changed it meanwhile.
    Unknown, ///< It may have been sent.
    Archiving, ///< Its record is staged to be archived.
    Archived, ///< Its record is gone from the portal.
};

/// What is shown of a cell: the staged text unless it was applied and proven, for then the portal
/// has it; nothing if nothing is staged for it.
[[nodiscard]] std::optional<CellChange> stagedCell(const RowChange &row, const QString &property);

/// Of a cell; an empty property stands for the record as a whole.
[[nodiscard]] CellMark markOf(const RowChange &row, const QString &property,
                              const PropertyNames &names);
/// The same as a translated sentence, with the reason; empty for None.
[[nodiscard]] QString markText(const RowChange &row, const QString &property,
                               const PropertyNames &names);

} // namespace hubkeeper
