// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/writeguard.h"
#include "portal/portalwriter.h"

namespace hubkeeper {

class Journal;

struct RunOptions
{
    bool reviewed = false; ///< The user saw the review of exactly these rows.
    bool confirmed = false; ///< The user answered the question.
    int firstRows = 0; ///< Trial: only so many rows; 0 is all.
    /// Only these of them, by ascending sequence numbers: a selection, a sample, the rest of a run.
    std::optional<std::vector<qint64>> only;
    /// It may use up the calls that HubSpot allows today, and stop in the middle. Otherwise a run
    /// that needs more of them than are left is refused (CallBudget).
    bool mayReachDailyLimit = false;
    /// Checks, reads and compares as the run would, by the same guard, and stops before the journal
    /// and the sending. Nobody needs to have agreed to it.
    bool dryRun = false;
    /// Companies are created even if another one has the same domain. Otherwise such a row fails
    /// and names the other; applied once more, it is sent.
    bool mayRepeatDomains = false;
    QString note; ///< For the journal.
    QString connection; ///< For the journal: the connection's label.
    QString connectionId; ///< For the journal.
    qint64 portalId = 0; ///< For the journal.
    QString revertOf; ///< For the journal: the run this one takes back, or empty.

    [[nodiscard]] WriteConsent consent() const { return {reviewed, confirmed, true, !dryRun}; }
};

/// The result of a run: counts, and the change set's rows hold the outcomes.
struct RunSummary
{
    QString runId; ///< Empty for a dry run.
    int sendable = 0; ///< Dry run: rows that would be sent; they stay as they are.
    int applied = 0;
    int unproven = 0; ///< Those of `applied` that re-reading did not prove; the rows say why.
    int failed = 0;
    int conflicting = 0;
    int unknown = 0;
    int skipped = 0;
    /// Why the run ended before all rows were tried (credentials refused, offline, daily limit);
    /// the rows left are Skipped.
    std::optional<Error> stopped;
};

/// Why a change set must not be applied as it is, or nothing; reads no row that need not be read.
/// Errors are of kind Refused. The share of the portal is not checked: it needs the portal.
[[nodiscard]] std::optional<Error> refusalOf(const ChangeSet &changes, WritePolicy policy,
                                             const RunOptions &options);

/// One application of a change set to a portal: guard, then batch by batch of 100 (several at a
/// time): re-read and compare with the baselines (a row changed meanwhile becomes Conflicting and
/// is not sent; a change of other properties is not a conflict), intent to the journal, one batch
/// request with trace ids, bad rows isolated, re-read to prove, outcomes to the journal row by row.
///
/// - The guard is asked for the run and again for each batch at the moment of sending, by the
///   policy of that moment; what it refuses then is Skipped and the run stops.
/// - A create whose answer is lost is looked up by its key (LostCreate) and never sent twice in a
///   run. One that is Unknown from an earlier run is looked up first and sent only if it is not
///   there.
/// - A batch of creates is taken apart and sent again only if the portal refused it as a whole
///   with a 4xx.
/// - Fails with Refused (guard) or Storage (journal: nothing is sent that is not in it);
///   otherwise the summary says so, and the rows of the change set hold the outcomes.
/// - An update or archive whose answer is lost is read again; where that fails too it is Unknown.
/// - Merges go one by one, with a full image of both records in the journal (MergeBatch). A record
///   that this set merged before is followed to the one that remains.
/// - A record that was merged into another fails with Conflict, naming the other: it is written
///   only to the id that was staged.
/// - Progress counts rows. cancel() starts no further batch; what is on its way is recorded as
///   Unknown, the rest as Skipped. Destroying the run leaves an interrupted one in the journal, as
///   a crash does.
///
/// All references must outlive the call.
class ApplyRun final : public Call<RunSummary>
{
    Q_OBJECT

public:
    ApplyRun(PortalWriter &portal, ChangeSet &changes, Journal &journal,
             WriteGuard::PolicySource policy, RunOptions options,
             const QHash<ObjectType, QList<PropertyDefinition>> &definitions, Clock &clock,
             QObject *parent);
    ~ApplyRun() override;

    /// Sends no further batch: ends with its summary when those on their way have finished, and
    /// leaves the rest Skipped.
    void finishEarly();

    /// Starts no further batch until resume(); what is on its way ends. The rows stay the run's:
    /// a program that ends meanwhile leaves an interrupted run.
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;

signals:
    /// Records as the portal has them now: the written ones, with the edited properties, and the
    /// created ones.
    void recordsWritten(hubkeeper::ObjectType type, const QList<hubkeeper::Record> &records);
    void recordsArchived(hubkeeper::ObjectType type, const QStringList &ids);

protected:
    void abortWork() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
