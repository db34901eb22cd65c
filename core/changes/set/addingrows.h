// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "changes/set/stagedrows.h"

namespace hubkeeper {

/// Adds whole rows to staged ones, row by row; see ChangeSet::addRows(). The caller opens and
/// closes the step.
class AddingRows
{
public:
    /// `staged` must outlive it.
    AddingRows(StagedRows &staged, std::vector<RowChange> rows, Adding adding);

    [[nodiscard]] int size() const { return int(m_going.size() + m_rows.size()); }
    /// One row; whether there are more.
    [[nodiscard]] bool next();
    [[nodiscard]] const AddedRows &outcome() const { return m_outcome; }

private:
    void giveNewIds();
    void add(const RowChange &row);

    StagedRows &m_staged;
    std::vector<RowChange> m_rows;
    const Adding m_adding;
    std::vector<qint64> m_going; // Replace: rows that are not in the new ones.
    size_t m_nextGoing = 0;
    size_t m_nextRow = 0;
    AddedRows m_outcome;
};

} // namespace hubkeeper
