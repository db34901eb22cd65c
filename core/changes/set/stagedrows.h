// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/undosteps.h"

namespace hubkeeper {

/// Rows and their undo steps together: what a change set is, without signals and slices.
class StagedRows
{
public:
    [[nodiscard]] const RowIndex &index() const { return rows.index(); }
    [[nodiscard]] std::optional<RowChange> find(const RowKey &key) const;
    [[nodiscard]] QString nextLocalId();

    /// Puts `row` in the place of what is known of it (nothing: takes it out), as part of the open
    /// step, which `stepName` names unless it has a name.
    void put(const RowKey &key, const std::optional<RowChange> &row, const QString &stepName);
    /// The same outside of undo.
    void revise(qint64 sequence, const std::optional<RowChange> &row);
    /// Puts the image of the step that is swapped in the place of the row, and the row into the
    /// image.
    void swap(bool back, NumberedRow image);
    /// The row changed in the index alone.
    void touch(qint64 sequence)
    {
        if (!isBulk)
            touched.push_back(sequence);
    }
    void touch(const RowKey &key)
    {
        if (!isBulk)
            touchedKeys.push_back(key);
    }

    /// All between the first and the last may have.
    void touchEnds(const std::vector<qint64> &sequences);

    ChangeRows rows;
    UndoSteps steps {rows};
    /// Nobody asks which rows were touched: there are too many, and a view looks at all of them.
    bool isBulk = false;
    std::vector<qint64> touched; ///< Since it was emptied; rows that are there and gone alike.
    std::vector<RowKey> touchedKeys;
    std::pair<qint64, qint64> touchedSpan {0, 0}; ///< First and last; see touchEnds().
};

} // namespace hubkeeper
