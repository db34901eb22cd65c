// SPDX-License-Identifier: MIT
#include "widgets/selectalone.h"

#include <QAbstractItemView>

namespace hubkeeper {

void selectAlone(QAbstractItemView &view, const QModelIndex &index)
{
    const bool areRows = view.selectionBehavior() == QAbstractItemView::SelectRows;
    view.selectionModel()->setCurrentIndex(
        index,
        QItemSelectionModel::ClearAndSelect
            | (areRows ? QItemSelectionModel::Rows : QItemSelectionModel::NoUpdate));
}

} // namespace hubkeeper
