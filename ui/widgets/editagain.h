// SPDX-License-Identifier: MIT
#pragma once

class QAbstractItemModel;
class QAbstractItemView;
class QLineEdit;
class QModelIndex;

namespace hubkeeper {

/// Puts the text of a cell's editor into the model. If the model refuses it, the editor opens again
/// with what was typed, so that it can be put right.
void setOrEditAgain(QAbstractItemView &view, const QLineEdit &line, QAbstractItemModel &model,
                    const QModelIndex &index);

/// Shows the cell's text in its editor, unless it is there already: setting it again would take
/// away what is selected, and undo what is being typed.
void showInEditor(QLineEdit &line, const QModelIndex &index);

} // namespace hubkeeper
