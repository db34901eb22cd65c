// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/inverserows.h"
#include "journal/journalreader.h"
#include "portal/recordimage.h"

namespace hubkeeper {

class Session;

/// What takes a merge back, as far as it can be.
struct RebuiltMerge
{
    std::vector<RowChange> rows; ///< Without RowChange::revertOf; the new record is `new-N`.
    QStringList skipped; ///< Properties of the second record that HubSpot sets itself.
    QList<LeftRow> left; ///< Merges that cannot be taken back.
    QList<LeftRow> lost; ///< What cannot return of one that can.
};

/// What a rebuild is made of. Pure data.
struct MergeToRebuild
{
    JournalRow row; ///< Of the merge, with its images and the cells that it changed.
    qint64 localNumber = 1; ///< Of the record that is made: "new-1".
    /// The links of the record that remains, as they are now.
    QList<ImageLink> linksNow;
    /// Of contacts that are linked with it, or that it is: the primary company now.
    QHash<QString, QString> primaries;

    /// What earlier runs have done of it, the last one last; empty: it is begun now.
    QList<JournalRow> done;
    QHash<QString, QString> textsNow; ///< With `done`: what the record that remains has.
    QString rebuiltId; ///< The record that was made again; empty: it was not yet.
    QList<ImageLink> rebuiltLinks; ///< Its links as they are now.
};

/// The rows that take a merge back, in the order in which a run sends them: the record that remains
/// gets its values back, which frees addresses, domains and unique values; the second record is
/// made again from its image; associations return to it, and those that the first one had only from
/// it go. What is linked since stays. Of one that an earlier run has taken back in part only what
/// is missing: no rows if nothing is. Pure.
[[nodiscard]] RebuiltMerge rebuildRows(const MergeToRebuild &merge,
                                       const QList<PropertyDefinition> &definitions);

/// The same for a merge in the journal, read from the portal first. `taking` is what later runs
/// have done to take its run back (RunRecord::takenBack). Fails as requests do. `session` must
/// outlive the call.
[[nodiscard]] Call<RebuiltMerge> *rebuildMerged(Session &session, const JournalRow &row,
                                                qint64 localNumber, const QList<TakingRow> &taking,
                                                QObject *parent);

} // namespace hubkeeper
