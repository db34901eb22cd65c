// SPDX-License-Identifier: MIT
#include "records/grid/pasteplan.h"

namespace hubkeeper {

PastePlan planPaste(const QList<QRect> &selection, QSize clipboard)
{
    if (clipboard == QSize(1, 1))
        return {PastePlan::Paste, selection};
    QRect whole;
    qint64 cells = 0;
    for (const QRect &range : selection) {
        whole |= range;
        cells += qint64(range.width()) * range.height();
    }
    if (cells != qint64(whole.width()) * whole.height())
        return {PastePlan::SeveralRanges, {}};
    const bool fillsDown = clipboard.height() == 1 && clipboard.width() == whole.width();
    const bool fillsRight = clipboard.width() == 1 && clipboard.height() == whole.height();
    if (fillsDown || fillsRight)
        return {PastePlan::Paste, {whole}};
    const QRect block(whole.topLeft(), clipboard);
    const bool fits = cells == 1 || whole.size() == clipboard;
    return {fits ? PastePlan::Paste : PastePlan::SizesDiffer, {block}};
}

} // namespace hubkeeper
