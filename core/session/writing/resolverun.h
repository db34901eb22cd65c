// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "journal/journalreader.h"

namespace hubkeeper {

class Session;

/// A run after it was resolved.
struct ResolvedRun
{
    JournalRun run; ///< With its counts as they are now; it has an end.
    QList<JournalRow> rows; ///< Those that had no known outcome, with what is known of them now.

    [[nodiscard]] int count(QLatin1StringView outcome) const;
};

/// Whether there is something to resolve: the run has no end, or rows of unknown outcome.
[[nodiscard]] bool isOpen(const JournalRun &run);

/// Asks the portal what became of the rows of a run that were intended and never reported, or are
/// unknown, notes in the journal what is known anew, and ends the run, if it has no end. Sends no
/// write.
///
/// - A create is looked up (LostCreate): applied with the record's id, or failed, as nothing was
///   made.
/// - An update is applied if the record has what was sent, failed if it still has the old texts,
///   and stays unknown where it has something else by now. An archive is applied if the record is
///   gone.
/// - What cannot be read stays unknown; the message says why.
///
/// Fails with NotFound (no such run), Refused (made on another portal; its process is still there),
/// Storage (the journal), and as reading account and definitions does. `session` must outlive the
/// call and have a journal. `taken`: records that creates of other runs made, which no lost create
/// of this one can have.
[[nodiscard]] Call<ResolvedRun> *resolveRun(Session &session, const QString &runId,
                                            const QSet<QString> &taken, QObject *parent);

} // namespace hubkeeper
