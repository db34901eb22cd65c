// SPDX-License-Identifier: MIT
#include "records/grid/recordtable.h"

#include "base/pseudonym.h"
#include "changes/set/changeset.h"
#include "records/grid/recordtablemodel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordTable::RecordTable(QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Records"));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setHorizontalScrollMode(ScrollPerPixel);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the grid; arrows move inside.
    setCornerButtonEnabled(false);
    horizontalHeader()->setSectionsMovable(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);

    m_copy = addShortcut(tr("&Copy Cells"), QKeySequence::Copy, &RecordTable::copySelection);
    m_paste = addShortcut(tr("&Paste Cells"), QKeySequence::Paste, &RecordTable::pasteAtCursor);
    m_clear = addShortcut(tr("Set &Empty"), QKeySequence(Qt::CTRL | Qt::Key_Backspace),
                          &RecordTable::clearSelectedCells);
    m_revertCell = addShortcut(tr("&Revert Cell"), QKeySequence(Qt::SHIFT | Qt::Key_F2),
                               &RecordTable::revertCurrentCell);
    m_revertSelection =
        addShortcut(tr("Revert &Selection"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F2),
                    &RecordTable::revertSelectedCells);
}

QAction *RecordTable::addShortcut(const QString &text, const QKeySequence &keys,
                                  void (RecordTable::*run)())
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

RecordTableModel *RecordTable::records() const
{
    return qobject_cast<RecordTableModel *>(model());
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()
        && state() != EditingState) {
        if (currentIndex().flags().testFlag(Qt::ItemIsEditable))
            edit(currentIndex());
        else
            emit statusMessage(currentIndex().data(Qt::ToolTipRole).toString());
        return;
    }
    QTableView::keyPressEvent(event);
}

QList<int> RecordTable::selectedRowNumbers() const
{
    std::set<int> rows;
    const QItemSelection ranges =
        selectionModel() ? selectionModel()->selection() : QItemSelection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.insert(row);
    }
    return {rows.begin(), rows.end()};
}

void RecordTable::copySelection()
{
    const QItemSelection ranges = selectionModel()->selection();
    if (ranges.isEmpty())
        return;
    std::set<int> columns;
    for (const QItemSelectionRange &range : ranges) {
        for (int column = range.left(); column <= range.right(); ++column)
            columns.insert(column);
    }
    QList<QStringList> rows;
    const QList<int> numbers = selectedRowNumbers();
    for (const int row : numbers) {
        QStringList cells;
        for (const int column : columns)
            cells.append(
                model()->index(row, column).data(RecordTableModel::StoredTextRole).toString());
        rows.append(cells);
    }
    QApplication::clipboard()->setText(textFromCells(rows));
    const QString copied = tr("%n row(s) copied", "cells of that many rows", int(rows.size()));
    //: %1 is "3 rows copied".
    emit statusMessage(records()->names().masking().isOn()
                           ? tr("%1, personal data as pseudonyms").arg(copied)
                           : copied);
}

void RecordTable::pasteAtCursor()
{
    const QModelIndex start = currentIndex();
    const QList<QStringList> rows = cellsFromText(QApplication::clipboard()->text());
    if (!start.isValid() || rows.isEmpty() || !m_changes)
        return;
    const auto hasPseudonym = [](const QStringList &cells) {
        return std::any_of(cells.begin(), cells.end(), holdsPseudonym);
    };
    if (std::any_of(rows.begin(), rows.end(), hasPseudonym)) {
        emit statusMessage(tr("Nothing was pasted: the clipboard holds pseudonyms, which were "
                              "copied while personal data was masked."));
        return;
    }
    int set = 0;
    int refused = 0;
    m_changes->beginStep(tr("Paste"));
    for (qsizetype r = 0; r < rows.size(); ++r) {
        for (qsizetype c = 0; c < rows[r].size(); ++c) {
            const QModelIndex cell =
                start.siblingAtRow(start.row() + int(r)).siblingAtColumn(start.column() + int(c));
            const bool done = cell.isValid() && model()->setData(cell, rows[r][c], Qt::EditRole);
            ++(done ? set : refused);
        }
    }
    m_changes->endStep();
    emit statusMessage(
        refused == 0 ? tr("%n cell(s) pasted", nullptr, set)
                     : tr("%n cell(s) pasted, %1 could not be edited", nullptr, set).arg(refused));
}

void RecordTable::overSelection(const QString &step,
                                const std::function<void(const QModelIndex &)> &edit)
{
    if (!m_changes || !selectionModel())
        return;
    QModelIndexList cells = selectionModel()->selectedIndexes();
    if (cells.isEmpty() && currentIndex().isValid())
        cells.append(currentIndex());
    m_changes->beginStep(step);
    for (const QModelIndex &cell : cells)
        edit(cell);
    m_changes->endStep();
}

void RecordTable::clearSelectedCells()
{
    overSelection(tr("Set empty"), [this](const QModelIndex &cell) {
        if (cell.flags().testFlag(Qt::ItemIsEditable))
            model()->setData(cell, QString(), Qt::EditRole);
    });
}

void RecordTable::revertCurrentCell()
{
    const QModelIndex cell = currentIndex();
    if (m_changes && cell.isValid() && cell.column() > 0) {
        m_changes->revertCell(records()->recordSet()->type(), records()->idAt(cell.row()),
                              cell.data(RecordTableModel::PropertyRole).toString());
    }
}

void RecordTable::revertSelectedCells()
{
    overSelection(tr("Revert"), [this](const QModelIndex &cell) {
        if (cell.data(RecordTableModel::ChangedRole).toBool()) {
            m_changes->revertCell(records()->recordSet()->type(), records()->idAt(cell.row()),
                                  cell.data(RecordTableModel::PropertyRole).toString());
        }
    });
}

QList<QStringList> cellsFromText(const QString &text)
{
    QList<QStringList> rows;
    QStringList cells;
    QString cell;
    bool quoted = false;
    const auto endRow = [&] {
        cells.append(std::exchange(cell, {}));
        rows.append(std::exchange(cells, {}));
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c != u'"')
                cell += c;
            else if (i + 1 < text.size() && text[i + 1] == u'"')
                cell += text[++i];
            else
                quoted = false;
        } else if (c == u'"' && cell.isEmpty()) {
            quoted = true;
        } else if (c == u'\t') {
            cells.append(std::exchange(cell, {}));
        } else if (c == u'\n') {
            endRow();
        } else if (c != u'\r') {
            cell += c;
        }
    }
    if (!cell.isEmpty() || !cells.isEmpty())
        endRow();
    return rows;
}

QString textFromCells(const QList<QStringList> &rows)
{
    QString text;
    for (const QStringList &cells : rows) {
        QStringList quoted;
        for (QString cell : cells) {
            if (cell.contains(u'\t') || cell.contains(u'\n') || cell.contains(u'"'))
                cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
            quoted.append(cell);
        }
        text += quoted.join(u'\t') + u'\n';
    }
    return text;
}

} // namespace hubkeeper
