// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QHash>
#include <QPointer>
#include <QRect>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QDialog;

namespace hubkeeper {

class CellEdits;
class RecordTable;
class RecordTableModel;
struct Record;
struct TextReplacement;

/// What is done to all selected cells of a grid at once, besides pasting: filling, one value for
/// all, find and replace, emptying. Each is one undo step; what a property does not take is
/// reported by RecordTable::cellsRefused(). Belongs to the table.
class SelectionEdits final : public QObject
{
    Q_OBJECT

public:
    explicit SelectionEdits(RecordTable &table);

    /// For menus; shortcuts work while the grid has the focus.
    [[nodiscard]] const QList<QAction *> &actions() const { return m_actions; }

    /// Cells that a dialog is about, and the rows that are there: the grid may get another order
    /// while the dialog is open.
    struct Cells
    {
        QList<QRect> ranges; ///< Without the ids.
        std::vector<qint64> rows; ///< Of the record set, from top to bottom.

        [[nodiscard]] qint64 count() const;
    };
    /// Those selected now.
    [[nodiscard]] Cells selectedCells() const;
    /// Those of the current cell's column.
    [[nodiscard]] Cells columnCells() const;

    /// So much of a replacement is shown before it is made.
    struct Preview
    {
        int cells = 0; ///< That match.
        QList<std::pair<QString, QString>> first; ///< Old and new text, at most mostShown.
    };
    static constexpr qsizetype mostShown = 100;
    static constexpr qint64 mostFilledFrom = 100'000; ///< Cells that are repeated.

    // All do nothing, and say so, where the grid has changed since.

    /// Looks through the cells; previewed() follows.
    void preview(const Cells &cells, const TextReplacement &wanted);
    void replace(const Cells &cells, const TextReplacement &wanted);
    /// What is in `source` goes into the cells of `target` beyond it, over and over; with `counts`
    /// numbers and days go on counting down or up the rows.
    void fillFrom(const QRect &source, const QRect &target, bool counts);
    /// Types the text into every cell.
    void setAll(const Cells &cells, const QString &text);

signals:
    void previewed(const hubkeeper::SelectionEdits::Preview &preview);

private:
    using CellVisit = std::function<void(int row, int column)>;

    QAction *add(const QString &text, const QList<QKeySequence> &keys,
                 void (SelectionEdits::*run)());
    void fillDown() { fill(Qt::Vertical); }
    void fillRight() { fill(Qt::Horizontal); }
    void fill(Qt::Orientation orientation);
    void fillWith(const QHash<std::pair<int, int>, QString> &texts, const QRect &source,
                  const QRect &target, bool counts);
    void askForValue();
    void askForReplacement();
    void setEmpty();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] bool isThere(const Cells &cells);
    [[nodiscard]] Cells cellsOf(QList<QRect> ranges) const;
    [[nodiscard]] RecordTableModel *model() const;
    [[nodiscard]] std::shared_ptr<CellEdits> edits() const;
    /// Row by row, beginning each in `edits`. Gives the work that is under way, or null.
    CallBase *visit(const QString &what, const QList<QRect> &ranges,
                    const std::shared_ptr<CellEdits> &edits, CellVisit cell,
                    std::function<void()> done);
    void finish(CellEdits &edits, const QString &step);
    void open(QDialog *dialog);

    RecordTable &m_table;
    QList<QAction *> m_actions;
    QPointer<CallBase> m_previewing;
};

} // namespace hubkeeper
