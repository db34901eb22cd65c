// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/inverserows.h"
#include "session/writing/definitioninverse.h"

namespace hubkeeper {

class Session;

/// What to take back of a run.
struct RevertChoice
{
    QString runId;
    QStringList rows; ///< JournalRow::subject or record id of each; empty: all.
    /// Instead of taking the rows back: records that it archived are made anew, under new ids.
    bool makeAnew = false;
};

/// What was staged, and what cannot be.
struct StagedRevert
{
    JournalRun run;
    std::vector<RowChange> rows; ///< Now in the change set.
    QList<LeftRow> left;
    /// Not staged, as no change set holds them: revertDefinitions() takes them back.
    QList<DefinitionInverse> definitions;
    QList<LeftRow> lost; ///< Of merges that are taken back: what does not return.
    QStringList skipped; ///< Made anew without these properties, which HubSpot sets itself.

    [[nodiscard]] bool isEmpty() const { return rows.empty() && definitions.isEmpty(); }
};

/// Stages the inverse of a run as changes. Rows of the change set that were applied are no edits
/// any more and give way; a record that has other edits is left. Rows that a later run took back
/// already are left, too, by the name of that run. A create of unknown outcome is looked up
/// (LostCreate): it is taken back if it is there.
///
/// Fails with NotFound (no such run), InvalidInput (no such row in it), Refused (the run was made
/// on another portal: says both; everything was taken back already, by which run), Storage (the
/// journal), and as reading the account does. `session` must outlive the call.
[[nodiscard]] Call<StagedRevert> *stageRevert(Session &session, RevertChoice choice,
                                              QObject *parent);

} // namespace hubkeeper
