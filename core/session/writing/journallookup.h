// SPDX-License-Identifier: MIT
#pragma once

#include "connector/lostcreate.h"
#include "journal/journalrow.h"

namespace hubkeeper {

class Session;

/// Why what belongs to `run` cannot be done on the portal of `session`, with the names of both;
/// nothing if it was made there.
[[nodiscard]] std::optional<Error> refusalElsewhere(const JournalRun &run, const Session &session,
                                                    qint64 portalId);

/// The records that creates of these rows are known to have made: they belong to those rows.
[[nodiscard]] QSet<QString> createdRecords(const QList<JournalRow> &rows);

/// Looks a create up that a run noted and whose outcome nobody knows: of a record, or of a property
/// definition. Records in `taken` belong to other rows, see createdRecords(). `session` must
/// outlive the call.
[[nodiscard]] LostCreate *lookUpCreate(Session &session, const JournalRun &run,
                                       const JournalRow &row, const DefinitionsByName &definitions,
                                       const QSet<QString> &taken, QObject *parent);

} // namespace hubkeeper
