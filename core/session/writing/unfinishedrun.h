// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "journal/journalrow.h"

namespace hubkeeper {

class Session;

/// A run that ended before all of its rows: stopped, or its program ended in the middle.
struct UnfinishedRun
{
    JournalRun run; ///< As the journal has it; of one that it never began, the id alone.
    /// What it left of the change set, to be sent yet; ascending sequence numbers. RunOptions::only
    /// of the run that goes on with it.
    std::vector<qint64> rows;
    int unknown = 0; ///< Of these, rows that may have been sent: the portal is asked first.

    /// "At row 800 of 3,029".
    [[nodiscard]] int rowsDone() const { return run.rows - int(rows.size()); }
};

/// The last run of the session's connection that left rows of its change set; nothing if none did.
/// Rows that were edited since are edits of their own and not among them. Fails with Storage.
/// `session` must outlive the call and have a journal.
[[nodiscard]] Call<std::optional<UnfinishedRun>> *findUnfinishedRun(Session &session,
                                                                    QObject *parent);

} // namespace hubkeeper
