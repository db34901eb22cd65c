// SPDX-License-Identifier: MIT
#pragma once

#include "records/grid/selectionedits.h"
#include "records/grid/textreplacer.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTableWidget;

namespace hubkeeper {

/// Asks what to replace by what, in the selected cells or in a column, and shows old and new texts
/// before anything is staged. Looks at the values as HubSpot stores them.
class FindReplaceDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `edits` must outlive it.
    FindReplaceDialog(SelectionEdits &edits, QWidget *parent);

private:
    void layOut();
    [[nodiscard]] TextReplacement wanted() const;
    [[nodiscard]] const SelectionEdits::Cells &cells() const;
    void onEdited();
    void look();
    void showPreview(const SelectionEdits::Preview &preview);

    SelectionEdits &m_edits;
    const SelectionEdits::Cells m_selected;
    const SelectionEdits::Cells m_column;
    QTimer m_pause; // Before it looks anew.
    QLineEdit *m_find;
    QLineEdit *m_with;
    QCheckBox *m_expression;
    QCheckBox *m_case;
    QCheckBox *m_whole;
    QRadioButton *m_inSelection;
    QRadioButton *m_inColumn;
    QLabel *m_count;
    QTableWidget *m_preview;
    QPushButton *m_replace;
};

} // namespace hubkeeper
