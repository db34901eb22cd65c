// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/review/reviewfilter.h"

namespace hubkeeper {

class ChangeSet;

// Questions about all rows of a change set, answered by its file on a thread of the pool once every
// edit so far is there; of a set without a file, by a copy in memory. All fail with Storage.
// `changes` must outlive the calls.

/// The groups of the rows that the filter takes, for a review; its GroupKey does not count.
[[nodiscard]] Call<std::vector<VerbGroup>> *groupChanges(ChangeSet &changes,
                                                         const ReviewFilter &filter,
                                                         const ReviewWords &words, QObject *parent);

/// The rows that the filter takes, by ascending sequence numbers.
[[nodiscard]] Call<std::vector<qint64>> *findChanges(ChangeSet &changes, const ReviewFilter &filter,
                                                     const ReviewWords &words, QObject *parent);

/// What runs left and may be gone on with (ChangeQuery::rowsLeft()), by the run's id.
using RowsByRun = QHash<QString, std::vector<qint64>>;
[[nodiscard]] Call<RowsByRun> *findRowsLeft(ChangeSet &changes, QObject *parent);

/// `count` of the rows, chosen at random, ascending.
[[nodiscard]] std::vector<qint64> sampleOf(std::vector<qint64> rows, int count);

} // namespace hubkeeper
