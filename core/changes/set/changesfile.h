// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changefile.h"

namespace hubkeeper {

/// A change set as it is exchanged, described in core/changes/README.md: JSON Lines.
struct ExchangedChanges
{
    ChangeBinding binding; ///< Portal 0: a file of version 1, which says nothing of it.
    std::vector<RowChange> rows;
};

[[nodiscard]] QByteArray changesToLines(const ChangeBinding &binding,
                                        const std::vector<RowChange> &rows);

/// One line of it, with its end.
[[nodiscard]] QByteArray lineOf(const RowChange &row);

/// Reads such a file, or one of version 1 (one JSON object). Strict: InvalidInput, naming line and
/// member (version 1: row and member), for anything else; also for a row that is there twice and
/// for a reference to a record that no row creates. Rows that were being sent come back as Unknown.
[[nodiscard]] Result<ExchangedChanges> changesFromFile(const QByteArray &content);

} // namespace hubkeeper
