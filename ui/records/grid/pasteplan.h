// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QRect>
#include <QSize>

namespace hubkeeper {

/// Which cells of a grid a paste changes. Rectangles and sizes count cells: x and width columns, y
/// and height rows.
struct PastePlan
{
    enum Kind {
        Paste, ///< The clipboard fits: the selection is one cell, or as large, or filled evenly.
        SizesDiffer, ///< Several cells are selected, but not as many: ask before.
        SeveralRanges, ///< The selection is not one rectangle, and there is more than one value.
    };

    Kind kind = Paste;
    /// The clipboard is repeated in each of them from its top left.
    QList<QRect> targets;

    bool operator==(const PastePlan &) const = default;
};

/// One value fills every selected cell, one row every selected row, one column every selected
/// column; everything else goes to the top left of the selection. `selection` are rectangles
/// without common cells, in any order, at least one; `clipboard` is not empty.
[[nodiscard]] PastePlan planPaste(const QList<QRect> &selection, QSize clipboard);

} // namespace hubkeeper
