// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "portal/portal.h"

namespace hubkeeper {

class Journal;

/// How far a connection may be written to (DESIGN 7).
enum class WriteMode {
    ReadOnly, ///< Staging is fine, Apply is refused.
    ReviewRequired, ///< Apply only what was shown in a review of exactly this change set.
    Confirm, ///< Apply after one question.
    Free,
};

/// Guards checked in core before anything is sent (DESIGN 7).
struct WritePolicy
{
    WriteMode mode = WriteMode::ReadOnly;
    int mostRows = 1000; ///< A run of more rows is refused; 0 is no limit.
    int mostArchives = 50;
    QStringList protectedProperties; ///< Never written.
    bool archiveAllowed = true;
};

struct RunOptions
{
    bool reviewed = false; ///< The user saw the review of exactly these rows.
    bool confirmed = false; ///< The user answered the question.
    int firstRows = 0; ///< Trial: only so many rows; 0 is all.
    QString note; ///< For the journal.
    QString connection; ///< For the journal: the connection's label.
    qint64 portalId = 0; ///< For the journal.
    QString revertOf; ///< For the journal: the run this one takes back, or empty.
};

/// The result of a run: counts, and the change set's rows hold the outcomes.
struct RunSummary
{
    QString runId;
    int applied = 0;
    int failed = 0;
    int conflicting = 0;
    int unknown = 0;
    int skipped = 0;
    /// Why the run ended before all rows were tried (credentials refused, offline, daily limit);
    /// the rows left are Skipped.
    std::optional<Error> stopped;
};

/// Why a change set must not be applied as it is, or nothing. Errors are of kind Refused.
[[nodiscard]] std::optional<Error> refusalOf(const std::vector<RowChange> &rows,
                                             const WritePolicy &policy, const RunOptions &options);

/// Checks of single cells before sending, by the property definitions: unknown and read-only
/// properties, options, numbers, booleans, dates; a create without any key. Without definitions
/// nothing can be said and nothing is.
[[nodiscard]] QList<FieldFault> faultsOf(const RowChange &row,
                                         const QList<PropertyDefinition> &definitions);

/// One application of a change set to a portal: guard, then batch by batch of 100 (several at a
/// time): re-read and compare with the baselines (a row changed meanwhile becomes Conflicting and
/// is not sent; a change of other properties is no conflict), intent to the journal, one batch
/// request with trace ids, bad rows isolated, re-read to prove, outcomes to the journal row by row.
///
/// - A create whose answer is lost is looked up by its key (contact: e-mail, read directly;
///   otherwise name or domain by search, after the index delay) and never sent twice in a run. One
///   that is Unknown from an earlier run is looked up first and sent only if it is not there.
/// - A batch of creates is taken apart and sent again only if the portal refused it as a whole
///   with a 4xx.
/// - Fails with Refused (guard) or Storage (journal: nothing is sent that is not in it);
///   otherwise the summary tells, and the rows of the change set hold the outcomes.
/// - Progress counts rows. cancel() starts no further batch; what is on its way is recorded as
///   Unknown (creates) or as failed with OutcomeUnknown, the rest as Skipped. Destroying the run
///   leaves an interrupted one in the journal, as a crash does.
///
/// All references must outlive the call.
class ApplyRun final : public Call<RunSummary>
{
    Q_OBJECT

public:
    ApplyRun(Portal &portal, ChangeSet &changes, Journal &journal, WritePolicy policy,
             RunOptions options, QHash<ObjectType, QList<PropertyDefinition>> definitions,
             Clock &clock, QObject *parent);
    ~ApplyRun() override;

    /// Starts no further batch: ends with its summary when those on their way have settled, and
    /// leaves the rest Skipped.
    void finishEarly();

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
