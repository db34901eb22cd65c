// SPDX-License-Identifier: MIT
#pragma once

class QAbstractItemView;
class QModelIndex;

namespace hubkeeper {

/// Makes `index` the current cell and the only selected one, or its row where a view selects rows,
/// whatever keys are held: QAbstractItemView::setCurrentIndex() asks for them, so that rows which
/// arrive while somebody holds Ctrl or Shift add to what is selected.
void selectAlone(QAbstractItemView &view, const QModelIndex &index);

} // namespace hubkeeper
