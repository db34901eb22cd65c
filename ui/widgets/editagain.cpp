// SPDX-License-Identifier: MIT
#include "widgets/editagain.h"

#include "widgets/selectalone.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPersistentModelIndex>
#include <QTimer>

namespace hubkeeper {

void setOrEditAgain(QAbstractItemView &view, const QLineEdit &line, QAbstractItemModel &model,
                    const QModelIndex &index)
{
    const QString typed = line.text();
    const QPersistentModelIndex at(index);
    if (model.setData(index, typed, Qt::EditRole)
        || (at.isValid() && typed.trimmed() == at.data(Qt::EditRole).toString()))
        return;
    QTimer::singleShot(0, &view, [&view, at, typed] {
        if (!at.isValid())
            return;
        selectAlone(view, at);
        view.scrollTo(at);
        view.edit(at);
        const auto lines = view.viewport()->findChildren<QLineEdit *>();
        for (QLineEdit *again : lines) {
            if (again->hasFocus()) {
                again->setText(typed);
                again->selectAll();
            }
        }
    });
}

void showInEditor(QLineEdit &line, const QModelIndex &index)
{
    const QString text = index.data(Qt::EditRole).toString();
    if (line.text() != text && !line.isModified())
        line.setText(text);
}

} // namespace hubkeeper
