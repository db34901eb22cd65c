// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "session/reading/grouppreview.h"

namespace hubkeeper {

class ApplyChanges;
class Session;

/// What became of one merge of a group.
struct MergedRecord
{
    QString id; ///< The record that was to go.
    RowState state = RowState::Staged; ///< Staged: not sent.
    std::optional<Error> error; ///< Applied: what is not as it was chosen.

    /// The merge is done, and everything is as it was chosen.
    [[nodiscard]] bool isGood() const { return state == RowState::Applied && !error; }
};

/// What became of a group.
struct MergedGroup
{
    QString runId; ///< Of the journal; empty for a dry run.
    QString survivor; ///< The record that stays, under the id it has now.
    QList<MergedRecord> records; ///< In their order.
    int sendable = 0; ///< Dry run: of them that would be sent.
    std::optional<Error> stopped; ///< Why it ended before all were merged.

    [[nodiscard]] bool isComplete() const
    {
        return std::all_of(records.begin(), records.end(),
                           [](const MergedRecord &one) { return one.isGood(); });
    }
};

/// Why these merges must not be sent apart from what else is staged, or nothing: a record of theirs
/// has staged edits, which would be written to the merged record later. Refused, naming the record.
[[nodiscard]] std::optional<Error> refusalOfStaged(const ChangeSet &changes,
                                                   const QList<MergePreview> &merges);
/// Why the guard refuses all of them together, or nothing; as far as that can be said before the
/// portal is asked, by the policy of this moment, and as if somebody had agreed.
[[nodiscard]] std::optional<Error> refusalOfPolicy(Session &session,
                                                   const QList<MergePreview> &merges);

/// Sends the merges of a group, and nothing else of the change set, as one run in their order. The
/// first one that is not as it should be ends it; the others are not sent. Rows that were not
/// applied are taken out of the change set again, so that no later run sends them unasked, but for
/// those of unknown outcome, which the next run looks up. Progress counts records.
///
/// Fails with Refused (refusalOfStaged(), the guard), and as applyChanges() does. Of `options`
/// consent, note, dry run and the daily limit count. `session` must outlive the call.
class MergeGroup final : public Call<MergedGroup>
{
    Q_OBJECT

public:
    MergeGroup(Session &session, const QList<MergePreview> &merges, RunOptions options,
               QObject *parent);

    /// Ends after the merge that is on its way.
    void finishEarly();

signals:
    /// One more has its outcome.
    void merged(const hubkeeper::MergedRecord &record);

protected:
    void abortWork() override { takeOut(); }

private:
    void apply();
    void look();
    [[nodiscard]] MergedGroup outcomeNow() const;
    void end(const Result<RunSummary> &summary);
    void takeOut();

    Session &m_session;
    RunOptions m_options;
    std::vector<RowChange> m_rows;
    ApplyChanges *m_run = nullptr;
    qsizetype m_said = 0; // Outcomes that merged() told.
};

} // namespace hubkeeper
