// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changefile.h"
#include "changes/set/rowsource.h"

#include <atomic>
#include <functional>

namespace hubkeeper {

/// Puts the rows of a source into the file of a change set, merged with what is staged, with the
/// images of one undo step: on the writer's thread, in the transaction of the caller.
struct StageRows
{
    std::shared_ptr<RowSource> source;
    QString name; ///< Of the step.
    int step = 0;
    qint64 firstSequence = 1; ///< Numbers from here on are free, ...
    qint64 localOffset = 0; ///< ... and local numbers above this one.
    bool isEmpty = false; ///< The file has no row.
    std::atomic_bool isStopped = false; ///< Set by another thread: the transaction is given up.
    std::function<void(qint64 done)> progress; ///< Called now and then, on the writer's thread.

    // What it did.
    std::optional<Error> fault; ///< Why it was given up, where the disk is not the reason.
    qint64 added = 0; ///< New, or changed by it.
    int imageCount = 0; ///< Rows of the step.
    qint64 nextSequence = 1; ///< The first one that is free.
    QStringList left; ///< Labels of rows that were left out; the first thousand.
    QHash<QString, int> uses; ///< What to add to the uses of properties, by names in lower case.
    std::vector<qint64> merged; ///< Rows that were there and are other ones now.
    std::vector<std::pair<RowKey, qint64>> dropped; ///< Rows that changed nothing any more.

    /// Throws what SQLiteCpp throws, and std::runtime_error once `fault` is set.
    void writeTo(ChangeFile &file);

private:
    void add(ChangeFile &file, ReadyRow row);
    void merge(ChangeFile &file, const NumberedRow &staged, const RowChange &row);
    void count(const RowChange &row, int by);
    void leave(const QString &label);
    [[noreturn]] void giveUp(Error why);
};

/// Local ids of a source begin at 1, and the set has used some already: adds `offset` to those of
/// the row. Throws as rowFromBody() does.
void shiftLocalId(ReadyRow &row, qint64 offset);

} // namespace hubkeeper
