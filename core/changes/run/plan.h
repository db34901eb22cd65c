// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"

namespace hubkeeper {

using DefinitionsByName = QHash<QString, PropertyDefinition>;

/// Whether a run takes the row along: everything but what is applied or on its way.
[[nodiscard]] bool isToBeSent(const RowChange &row);
/// The rows of a run, in order, `firstRows` at most.
[[nodiscard]] std::vector<RowChange> rowsToSend(const std::vector<RowChange> &rows,
                                                const RunOptions &options);
/// Rows of one type and kind each, at most mostBatchInputs: creates, updates, then archives.
[[nodiscard]] std::vector<std::vector<RowChange>> batchesOf(std::vector<RowChange> rows);

/// How a row stands to what the portal has now.
struct Comparison
{
    enum Standing {
        Send, ///< The baselines hold.
        Done, ///< The portal has the wanted texts already.
        Conflict, ///< Somebody changed an edited property to something else.
    } standing = Send;
    QHash<QString, QString> theirs; ///< Conflict: the present texts of all edited properties.
};
/// Decides by the texts of the edited properties; by updatedAt only for an archive, which has
/// none (hubspot-api 1.10). An invalid basedOn of an archive compares with nothing.
[[nodiscard]] Comparison compared(const RowChange &row, const Record &now,
                                  const DefinitionsByName &definitions);

/// What re-reading a written row proved.
enum class Proof {
    AsWanted,
    NotWritten, ///< Every differing cell still has its baseline.
    Differently, ///< The portal stored another text than the one sent (it normalised it).
};
[[nodiscard]] Proof proofOf(const RowChange &row, const Record &now,
                            const DefinitionsByName &definitions);

/// What a failed request means for the rows in it.
enum class Failure {
    Refused, ///< The portal refused the request as a whole: no row was written; parts may pass.
    NeverHappened, ///< Nothing was written and nothing else will be: the run stops.
    Unclear, ///< Rows may have been written.
};
[[nodiscard]] Failure failureOf(const Error &error);

/// Equal for the property's type; as texts where it is not defined.
[[nodiscard]] bool sameText(const DefinitionsByName &definitions, const QString &property,
                            const QString &a, const QString &b);

} // namespace hubkeeper
