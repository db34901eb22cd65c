// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "portal/samevalue.h"

namespace hubkeeper {

/// The rows of a run by their sequence numbers, ascending, `firstRows` at most; reads none.
[[nodiscard]] std::vector<qint64> rowsToSend(const RowIndex &index, const RunOptions &options);
/// Rows of one type and kind each, at most mostBatchInputs: updates, creates, associations of all
/// kinds, merges one by one, then archives. `rows` are in the order of the index.
[[nodiscard]] std::vector<std::vector<qint64>> batchesOf(const RowIndex &index,
                                                         const std::vector<qint64> &rows);

/// A batch of a later stage waits for all of an earlier one: creates for updates that free a value
/// which HubSpot keeps unique, associations for the records that they are about, merges for what is
/// to be in the records before, archives for the associations that they would take along.
[[nodiscard]] int stageOf(const RowIndex::Slot &slot);

/// Whether a batch goes alone: one merge may make the record that the next one is about.
[[nodiscard]] inline bool goesAlone(const RowIndex::Slot &slot)
{
    return slot.subject == RowSubject::Merge;
}

/// How a row compares with what the portal has now.
struct Comparison
{
    enum Standing {
        Send, ///< The baselines hold.
        Done, ///< The portal has the wanted texts already.
        Conflict, ///< Somebody changed an edited property to something else.
    } standing = Send;
    QHash<QString, QString> theirs; ///< Conflict: the present texts of all edited properties.
};
/// Decides by the texts of the edited properties. An archive must not have been modified since
/// basedOn, if that is valid, and must hold what its cells expect (hubspot-api 1.10).
[[nodiscard]] Comparison compared(const RowChange &row, const Record &now,
                                  const DefinitionsByName &definitions);

/// The property of the stage.
inline constexpr QLatin1StringView stageProperty("lifecyclestage");

/// A stage that a plain write cannot reach: `lifecyclestage` only moves forward (hubspot-api 4.6),
/// HubSpot takes a step back without effect. Refused; nothing for rows that clear it first, which
/// are those of a revert.
[[nodiscard]] std::optional<Error> refusalOfStage(const RowChange &row, const Record &now,
                                                  const DefinitionsByName &definitions);

/// What re-reading a written row proved.
enum class Proof {
    AsWanted,
    NotWritten, ///< Every differing cell still has its baseline.
    Differently, ///< The portal stored another text than the one sent (it normalised it).
};
[[nodiscard]] Proof proofOf(const RowChange &row, const Record &now,
                            const DefinitionsByName &definitions);

/// What is known of a row that was sent.
struct Outcome
{
    RowState state = RowState::Applied;
    std::optional<Error> error; ///< Applied: why it is not proven.
    bool isOtherText = false; ///< The portal was read, and has other texts than those sent.
};
/// Judges by what the portal has now: the record, nothing if it is not there, or why that could not
/// be read. `doubt` is why the answer to the sending is unclear, or why the portal refused a later
/// part of it; nothing where the portal said that it wrote the row.
[[nodiscard]] Outcome outcomeOf(const RowChange &row, const std::optional<Error> &doubt,
                                const Result<std::optional<Record>> &now,
                                const DefinitionsByName &definitions);

/// It was not written after all: what went wrong, if anything did, and that nothing came of it.
/// `finding` is a phrase: "it still has the old value".
[[nodiscard]] Error notWritten(const std::optional<Error> &doubt, const QString &finding);
/// Of a row that could not be read again after it was sent.
[[nodiscard]] Outcome outcomeOfUnread(const std::optional<Error> &doubt, const Error &whyUnread);
[[nodiscard]] Error errorOf(ErrorKind kind, const QString &what, const QString &remedy = {});

/// `cause` as the reason why an outcome is not known.
[[nodiscard]] Error asDoubt(Error cause);

/// The doubt of a row that a successful answer leaves out.
[[nodiscard]] Error notMentioned();

/// Why a row was not sent of a run that somebody stopped.
[[nodiscard]] Error stoppedBefore();

/// What a failed request means for the rows in it.
enum class Failure {
    Refused, ///< The portal refused the request as a whole: no row was written; parts may pass.
    NeverHappened, ///< Nothing was written and nothing else will be: the run stops.
    Unclear, ///< Rows may have been written.
};
[[nodiscard]] Failure failureOf(const Error &error);

} // namespace hubkeeper
