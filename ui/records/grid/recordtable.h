// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/record.h"

#include <QPointer>
#include <QTableView>

namespace hubkeeper {

class CellEdits;
class ChangeSet;
class RecordTableModel;
struct PastePlan;

/// The grid: a table view with copy and paste of ranges, filling, clearing and taking back of
/// cells.
///
/// What runs over the selection runs at once as long as its rows are loaded, else in portions as
/// they come from the disk (longWork()); meanwhile no other such work starts. Every work is one
/// undo step.
class RecordTable final : public QTableView
{
    Q_OBJECT

public:
    explicit RecordTable(QWidget *parent);

    void setModel(QAbstractItemModel *model) override;

    /// Actions on the selection, for menus; shortcuts work while the grid has the focus.
    [[nodiscard]] QAction *copyAction() const { return m_copy; }
    [[nodiscard]] QAction *pasteAction() const { return m_paste; }
    [[nodiscard]] QAction *fillAction() const { return m_fill; }
    [[nodiscard]] QAction *clearAction() const { return m_clear; }
    [[nodiscard]] QAction *revertCellAction() const { return m_revertCell; }
    [[nodiscard]] QAction *revertSelectionAction() const { return m_revertSelection; }

    void setChanges(ChangeSet *changes) { m_changes = changes; }

    /// What is selected as rectangles without common cells (x and width are columns); the current
    /// cell if nothing is.
    [[nodiscard]] QList<QRect> selectedRanges() const;
    /// How many rows have a selected cell.
    [[nodiscard]] int selectedRowCount() const;

    using RowVisit = std::function<void(int row, const Record &record)>;
    /// Calls `visit` for every row of the selection from top to bottom, then `done`, unless that
    /// fails or is cancelled. Rows count as they are shown now.
    void visitSelectedRows(const QString &what, RowVisit visit, std::function<void()> done);

signals:
    /// Columns were dragged: the properties in the order that is wanted now.
    void columnsArranged(const QStringList &properties);
    void statusMessage(const QString &text);
    /// So many cells did not take the new value: the first reasons, each with its row.
    void cellsRefused(int count, const QStringList &reasons);
    void pasteStarted();
    /// Work over many rows; `what` says which: "Copying".
    void longWork(hubkeeper::CallBase *work, const QString &what);
    /// A row could not be read.
    void failed(const hubkeeper::Error &error);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void stage(CellEdits &edits, const QString &step);
    [[nodiscard]] bool jump(const QKeyEvent &event);
    QAction *addShortcut(const QString &text, const QList<QKeySequence> &keys,
                         void (RecordTable::*run)());
    void copySelection();
    void pasteClipboard();
    void askAboutSizes(const PastePlan &plan, const QList<QStringList> &cells);
    void paste(const QList<QRect> &targets, const QList<QStringList> &cells, const QString &step);
    void fillDown();
    void clearSelectedCells();
    void revertCurrentCell();
    void revertSelectedCells();
    void visitRows(const QString &what, const std::vector<int> &rows, RowVisit visit,
                   std::function<void()> done);
    [[nodiscard]] RecordTableModel *records() const;

    ChangeSet *m_changes = nullptr;
    QPointer<CallBase> m_work;
    QItemSelectionModel *m_headerSelection = nullptr;
    QAction *m_copy;
    QAction *m_paste;
    QAction *m_fill;
    QAction *m_clear;
    QAction *m_revertCell;
    QAction *m_revertSelection;
};

} // namespace hubkeeper
