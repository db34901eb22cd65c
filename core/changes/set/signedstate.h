// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper {

/// How a change set compares with the signed file that it was loaded from.
struct SignedState
{
    qint64 changed = 0; ///< Rows that are not in the file as they are now.
    QString firstChanged; ///< Label of the first one.
    qint64 missing = 0; ///< Rows of the file that were taken out and not applied.

    [[nodiscard]] bool isUnmodified() const { return changed == 0 && missing == 0; }
    /// Empty if it is unmodified; else a sentence that says what was.
    [[nodiscard]] QString sentence() const;
};

/// Compares every row with ChangeSet::signedAs(), on a thread of the pool and block by block; all
/// are changed where that is null. Fails with Storage. `changes` must outlive the call.
[[nodiscard]] Call<SignedState> *compareWithSigned(ChangeSet &changes, QObject *parent);

} // namespace hubkeeper
