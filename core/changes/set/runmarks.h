// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/stagedrows.h"

#include <functional>

namespace hubkeeper {

/// What a run does to staged rows: it claims them and marks what becomes of each; and what a
/// reviewer leaves out of it. None of it can be undone. Notes what it touches (StagedRows::touched)
/// and leaves it to others to report that.
class RunMarks
{
public:
    /// Rows by sequence number, and what they were before.
    using Before = std::vector<std::pair<qint64, RowState>>;

    /// `staged` must outlive it.
    explicit RunMarks(StagedRows &staged);

    /// Marks the rows that can be sent as being sent by `run`; gives those. Undo is forgotten.
    [[nodiscard]] Before claim(const QString &run, const std::vector<qint64> &sequences);
    /// What the store let the run have of them: what another process has is read again, and where
    /// the store failed all are what they were. False if it has all of them.
    [[nodiscard]] bool correct(const Before &before, const Result<std::vector<qint64>> &claimed);

    /// Rows that are being sent, or were, stay.
    void setExcluded(const std::vector<qint64> &sequences, bool excluded);

    /// Nothing if there is no such row.
    void revise(const RowKey &key, const std::function<void(RowChange &)> &edit);
    /// Of rows that are being sent. They get the error, too, which reads them, unless they are
    /// `tooMany`: then only the state changes, here and in the store.
    void setStates(const std::vector<qint64> &sequences, RowState state,
                   const std::optional<Error> &error,
                   const std::function<bool(size_t count)> &tooMany);

private:
    void touchAll(const std::vector<qint64> &sequences);

    StagedRows &m_staged;
};

} // namespace hubkeeper
