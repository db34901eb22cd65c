// SPDX-License-Identifier: MIT
#pragma once

#include "changes/changeset.h"
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
};

/// Why a change set must not be applied as it is, or nothing. Errors are of kind Refused.
[[nodiscard]] std::optional<Error> refusalOf(const std::vector<RowChange> &rows,
                                             const WritePolicy &policy, const RunOptions &options);

/// Checks of single cells before sending, by the property definitions.
[[nodiscard]] QList<FieldFault> faultsOf(const RowChange &row,
                                         const QList<PropertyDefinition> &definitions);

/// One application of a change set to a portal: guard, intent to the journal, re-read and compare
/// with the baselines (a row changed meanwhile becomes Conflicting and is not sent), batches of
/// 100 with trace ids, bad rows isolated, outcomes to the journal row by row, re-read to prove.
/// A create whose answer is lost is looked up by its key and never sent twice.
/// Progress counts rows. Cancelling stops before the next batch; what was sent is recorded.
class ApplyRun final : public Call<RunSummary>
{
public:
    ApplyRun(Portal &portal, ChangeSet &changes, Journal &journal, WritePolicy policy,
             RunOptions options, QHash<ObjectType, QList<PropertyDefinition>> definitions,
             Clock &clock, QObject *parent);
    ~ApplyRun() override;

protected:
    void abortWork() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
