// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "records/grid/pinnedtableview.h"
#include "store/sets/recordset.h"

#include <QPointer>

namespace hubkeeper {

class CellEdits;
class ChangeSet;
class FillHandle;
class GridHeaders;
class RecordTableModel;
class SelectionEdits;
struct PastePlan;

/// Rows of the rectangles, ascending, each once.
[[nodiscard]] std::vector<int> rowsOf(const QList<QRect> &ranges);

/// The grid: a table view with copy and paste of ranges and taking back of cells; SelectionEdits
/// has what else is done to many cells.
///
/// What runs over the selection runs at once as long as its rows are loaded, else in portions as
/// they come from the disk (longWork()); meanwhile no other such work starts. Every work is one
/// undo step.
class RecordTable final : public PinnedTableView
{
    Q_OBJECT

public:
    explicit RecordTable(QWidget *parent);

    void setModel(QAbstractItemModel *model) override;

    /// Actions on the selection, for menus; shortcuts work while the grid has the focus.
    [[nodiscard]] QAction *copyAction() const { return m_copy; }
    [[nodiscard]] QAction *pasteAction() const { return m_paste; }
    [[nodiscard]] QAction *copyWithHeadersAction() const { return m_copyWithHeaders; }
    [[nodiscard]] QAction *fitColumnsAction() const { return m_fitColumns; }
    [[nodiscard]] QAction *sortFurtherAction() const { return m_sortFurther; }
    [[nodiscard]] QAction *pinAction() const { return m_pin; }
    [[nodiscard]] QAction *unpinAction() const { return m_unpin; }
    /// What the headers show and do; setSorts() shows others.
    [[nodiscard]] GridHeaders &headers() const { return *m_headers; }
    [[nodiscard]] FillHandle &fillHandle() const { return *m_fill; }
    [[nodiscard]] SelectionEdits &edits() const { return *m_edits; }
    [[nodiscard]] QAction *revertCellAction() const { return m_revertCell; }
    [[nodiscard]] QAction *revertSelectionAction() const { return m_revertSelection; }

    void setChanges(ChangeSet *changes) { m_changes = changes; }
    [[nodiscard]] ChangeSet *changes() const { return m_changes; }

    /// What is selected as rectangles without common cells (x and width are columns); the current
    /// cell if nothing is.
    [[nodiscard]] QList<QRect> selectedRanges() const;
    /// How many rows have a selected cell.
    [[nodiscard]] int selectedRowCount() const;

    /// The rows of the record set that have a selected cell, in the order of the grid.
    [[nodiscard]] std::vector<qint64> selectedStoreRows() const;

    using RowVisit = std::function<void(int row, const Record &record)>;
    /// Calls `visit` for every row of the selection from top to bottom, then `done`, unless that
    /// fails or is cancelled. Rows count as they are shown now.
    void visitSelectedRows(const QString &what, RowVisit visit, std::function<void()> done);
    /// The same for the rows of these rectangles. Gives the work that is under way, or null.
    CallBase *visitRanges(const QString &what, const QList<QRect> &ranges, RowVisit visit,
                          std::function<void()> done);
    /// Stages the edits as one step and reports what could not take its text.
    void stage(CellEdits &edits, const QString &step);

signals:
    /// Columns were dragged: the properties in the order that is wanted now.
    void columnsArranged(const QStringList &properties);
    /// As GridHeaders::sorted().
    void sorted(const QList<hubkeeper::RowSort> &sorts);
    /// Somebody pinned columns, or took that back.
    void pinChosen();
    void statusMessage(const QString &text);
    /// So many cells did not take the new value: the first reasons, each with its row.
    void cellsRefused(int count, const QStringList &reasons);
    void pasteStarted();
    /// The clipboard held the address of a record in HubSpot.
    void recordPasted(hubkeeper::ObjectType type, const QString &id);
    /// Work over many rows; `what` says which: "Copying".
    void longWork(hubkeeper::CallBase *work, const QString &what);
    /// A row could not be read.
    void failed(const hubkeeper::Error &error);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    [[nodiscard]] bool jump(const QKeyEvent &event);
    [[nodiscard]] bool selectLine(const QKeyEvent &event);
    QAction *addShortcut(const QString &text, const QList<QKeySequence> &keys,
                         void (RecordTable::*run)());
    void copySelection() { copy(false); }
    void copyWithHeaders() { copy(true); }
    void copy(bool withHeaders);
    void sortFurther();
    void pin();
    void unpin();
    void fitColumns() { resizeColumnsToContents(); }
    void pasteClipboard();
    void askAboutSizes(const PastePlan &plan, const QList<QStringList> &cells);
    void paste(const QList<QRect> &targets, const QList<QStringList> &cells, const QString &step);
    void revertCurrentCell();
    void revertSelectedCells();
    CallBase *visitRows(const QString &what, const std::vector<int> &rows, RowVisit visit,
                        std::function<void()> done);
    [[nodiscard]] RecordTableModel *records() const;

    GridHeaders *m_headers;
    FillHandle *m_fill;
    ChangeSet *m_changes = nullptr;
    QPointer<CallBase> m_work;
    QItemSelectionModel *m_headerSelection = nullptr;
    QAction *m_copy;
    QAction *m_paste;
    QAction *m_copyWithHeaders;
    QAction *m_sortFurther;
    QAction *m_pin;
    QAction *m_unpin;
    QAction *m_fitColumns;
    QAction *m_revertCell;
    QAction *m_revertSelection;
    SelectionEdits *m_edits;
};

} // namespace hubkeeper
