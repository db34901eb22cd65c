// SPDX-License-Identifier: MIT
#pragma once

#include <QTableView>

namespace hubkeeper {

class ChangeSet;
class RecordTableModel;

/// The grid: a table view with copy and paste of ranges, clearing and taking back of cells.
class RecordTable final : public QTableView
{
    Q_OBJECT

public:
    explicit RecordTable(QWidget *parent);

    /// Actions on the selection, for menus; shortcuts work while the grid has the focus.
    [[nodiscard]] QAction *copyAction() const { return m_copy; }
    [[nodiscard]] QAction *pasteAction() const { return m_paste; }
    [[nodiscard]] QAction *clearAction() const { return m_clear; }
    [[nodiscard]] QAction *revertCellAction() const { return m_revertCell; }
    [[nodiscard]] QAction *revertSelectionAction() const { return m_revertSelection; }

    void setChanges(ChangeSet *changes) { m_changes = changes; }

    /// View rows with a selected cell, ascending, without walking every index of large selections.
    [[nodiscard]] QList<int> selectedRowNumbers() const;

signals:
    void statusMessage(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QAction *addShortcut(const QString &text, const QKeySequence &keys, void (RecordTable::*run)());
    void copySelection();
    void pasteAtCursor();
    void clearSelectedCells();
    void revertCurrentCell();
    void revertSelectedCells();
    [[nodiscard]] RecordTableModel *records() const;
    /// Runs `edit(index)` over the selected cells of the chosen columns, as one undo step.
    void overSelection(const QString &step, const std::function<void(const QModelIndex &)> &edit);

    ChangeSet *m_changes = nullptr;
    QAction *m_copy;
    QAction *m_paste;
    QAction *m_clear;
    QAction *m_revertCell;
    QAction *m_revertSelection;
};

/// Cells separated by tabs, rows by line ends, as spreadsheets put them on the clipboard: quoted
/// cells may hold both. A last empty line is dropped.
[[nodiscard]] QList<QStringList> cellsFromText(const QString &text);
/// The reverse; cells with tabs, quotes or line ends are quoted.
[[nodiscard]] QString textFromCells(const QList<QStringList> &rows);

} // namespace hubkeeper
