// SPDX-License-Identifier: MIT
#include "records/grid/recordtable.h"

#include "changes/set/changeset.h"
#include "records/grid/celledits.h"
#include "records/grid/fillhandle.h"
#include "records/grid/gridheaders.h"
#include "records/grid/recordtablemodel.h"
#include "records/grid/selectionedits.h"
#include "store/sets/visitrows.h"
#include "tables/clipboardcells.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t mostRowsAtOnce = 2000; // Loaded rows that are visited without the event loop.

} // namespace

std::vector<int> rowsOf(const QList<QRect> &ranges)
{
    std::vector<int> rows;
    for (const QRect &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

RecordTable::RecordTable(QWidget *parent)
    : PinnedTableView(parent)
{
    setAccessibleName(tr("Records"));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setHorizontalScrollMode(ScrollPerPixel);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the grid; arrows move inside.
    setCornerButtonEnabled(false);
    m_headers = new GridHeaders(*this);
    connect(m_headers, &GridHeaders::columnsArranged, this, &RecordTable::columnsArranged);
    connect(m_headers, &GridHeaders::sorted, this, &RecordTable::sorted);
    m_fill = new FillHandle(*this);
    viewport()->setMouseTracking(true); // The handle has a cursor of its own.
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);

    m_copy = addShortcut(tr("&Copy Cells"), {QKeySequence::Copy}, &RecordTable::copySelection);
    m_paste = addShortcut(tr("&Paste Cells"), {QKeySequence::Paste}, &RecordTable::pasteClipboard);
    m_copyWithHeaders =
        addShortcut(tr("Copy With &Headers"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                    &RecordTable::copyWithHeaders);
    m_sortFurther = addShortcut(tr("Also &Sort by This Column"), {}, &RecordTable::sortFurther);
    m_fitColumns = addShortcut(tr("Fit Columns to &Content"), {}, &RecordTable::fitColumns);
    m_pin = addShortcut(tr("Pin Colu&mns Up to This One"), {}, &RecordTable::pin);
    m_unpin = addShortcut(tr("&Unpin Columns"), {}, &RecordTable::unpin);
    m_edits = new SelectionEdits(*this);
    m_revertCell = addShortcut(tr("&Revert Cell"), {QKeySequence(Qt::SHIFT | Qt::Key_F2)},
                               &RecordTable::revertCurrentCell);
    m_revertSelection =
        addShortcut(tr("Revert &Selection"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F2)},
                    &RecordTable::revertSelectedCells);
}

void RecordTable::setModel(QAbstractItemModel *model)
{
    PinnedTableView::setModel(model);
    // A header asks for every row whether its column is selected whenever it is painted. This one
    // does not show it, so it gets a selection that is always empty.
    if (model) {
        auto *none = new QItemSelectionModel(model, horizontalHeader());
        delete std::exchange(m_headerSelection, none);
        horizontalHeader()->setSelectionModel(none);
        m_headers->showSorts();
    }
}

/// Ctrl and an arrow: to the end of the row or column, with Shift selecting what is between.
bool RecordTable::jump(const QKeyEvent &event)
{
    const QModelIndex current = currentIndex();
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool selects = modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
    if (!current.isValid() || (modifiers != Qt::ControlModifier && !selects))
        return false;
    int row = current.row();
    int column = current.column();
    switch (event.key()) {
    case Qt::Key_Up:
        row = 0;
        break;
    case Qt::Key_Down:
        row = model()->rowCount() - 1;
        break;
    case Qt::Key_Left:
        column = 0;
        break;
    case Qt::Key_Right:
        column = model()->columnCount() - 1;
        break;
    default:
        return false;
    }
    const QModelIndex target = model()->index(row, column);
    selectionModel()->setCurrentIndex(
        target, selects ? QItemSelectionModel::NoUpdate : QItemSelectionModel::ClearAndSelect);
    if (selects) {
        const QModelIndex first =
            model()->index(std::min(row, current.row()), std::min(column, current.column()));
        const QModelIndex last =
            model()->index(std::max(row, current.row()), std::max(column, current.column()));
        selectionModel()->select(QItemSelection(first, last), QItemSelectionModel::Select);
    }
    return true;
}

/// The rows or the columns of the selection as a whole: Shift or Ctrl and the space bar.
bool RecordTable::selectLine(const QKeyEvent &event)
{
    const bool isRow = event.modifiers() == Qt::ShiftModifier;
    const bool isColumn = event.modifiers() == Qt::ControlModifier;
    if (event.key() != Qt::Key_Space || !currentIndex().isValid() || (!isRow && !isColumn))
        return false;
    QItemSelection lines;
    for (QRect range : selectedRanges()) {
        if (isRow)
            range = QRect(0, range.top(), model()->columnCount(), range.height());
        else
            range = QRect(range.left(), 0, range.width(), model()->rowCount());
        lines.select(model()->index(range.top(), range.left()),
                     model()->index(range.bottom(), range.right()));
    }
    selectionModel()->select(lines, QItemSelectionModel::ClearAndSelect);
    return true;
}

QAction *RecordTable::addShortcut(const QString &text, const QList<QKeySequence> &keys,
                                  void (RecordTable::*run)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void RecordTable::sortFurther()
{
    if (currentIndex().isValid())
        m_headers->sortFurther(currentIndex().column());
}

void RecordTable::pin()
{
    if (!currentIndex().isValid())
        return emit statusMessage(tr("Go to the last column that should stay in sight."));
    setPinned(currentIndex().column() + 1);
    emit pinChosen();
    if (shownPinned() < pinned())
        emit statusMessage(tr("There is no room to pin all of these columns in this window."));
}

void RecordTable::unpin()
{
    setPinned(0);
    emit pinChosen();
}

void RecordTable::paintEvent(QPaintEvent *event)
{
    PinnedTableView::paintEvent(event);
    QPainter painter(viewport());
    m_fill->paint(painter);
}

void RecordTable::mousePressEvent(QMouseEvent *event)
{
    if (!m_fill->press(*event))
        PinnedTableView::mousePressEvent(event);
}

void RecordTable::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_fill->move(*event))
        PinnedTableView::mouseMoveEvent(event);
}

void RecordTable::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_fill->release(*event))
        PinnedTableView::mouseReleaseEvent(event);
}

void RecordTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    PinnedTableView::selectionChanged(selected, deselected);
    m_fill->refresh();
}

RecordTableModel *RecordTable::records() const
{
    return qobject_cast<RecordTableModel *>(model());
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_fill->isDragging())
        return m_fill->cancel();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()
        && state() != EditingState) {
        if (currentIndex().flags().testFlag(Qt::ItemIsEditable))
            edit(currentIndex());
        else
            emit statusMessage(currentIndex().data(Qt::ToolTipRole).toString());
        return;
    }
    if (state() == EditingState || (!jump(*event) && !selectLine(*event)))
        PinnedTableView::keyPressEvent(event);
}

QList<QRect> RecordTable::selectedRanges() const
{
    QList<QRect> ranges;
    const QItemSelection selection =
        selectionModel() ? selectionModel()->selection() : QItemSelection();
    for (const QItemSelectionRange &range : selection)
        ranges.append(QRect(range.left(), range.top(), range.width(), range.height()));
    const QModelIndex current = currentIndex();
    if (ranges.isEmpty() && current.isValid())
        ranges.append(QRect(current.column(), current.row(), 1, 1));
    return ranges;
}

int RecordTable::selectedRowCount() const
{
    return int(rowsOf(selectedRanges()).size());
}

std::vector<qint64> RecordTable::selectedStoreRows() const
{
    std::vector<qint64> stored;
    for (const int row : rowsOf(selectedRanges()))
        stored.push_back(records()->storeRowAt(row));
    return stored;
}

void RecordTable::visitSelectedRows(const QString &what, RowVisit visit, std::function<void()> done)
{
    visitRows(what, rowsOf(selectedRanges()), std::move(visit), std::move(done));
}

CallBase *RecordTable::visitRanges(const QString &what, const QList<QRect> &ranges, RowVisit visit,
                                   std::function<void()> done)
{
    return visitRows(what, rowsOf(ranges), std::move(visit), std::move(done));
}

CallBase *RecordTable::visitRows(const QString &what, const std::vector<int> &rows, RowVisit visit,
                                 std::function<void()> done)
{
    RecordTableModel *model = records();
    if (!model || !model->recordSet() || rows.empty())
        return nullptr;
    if (m_work && !m_work->isFinished()) {
        emit statusMessage(tr("Wait for the work that is under way, or cancel it."));
        return nullptr;
    }
    const bool atOnce = rows.size() <= mostRowsAtOnce
        && std::all_of(rows.begin(), rows.end(), [&](int row) { return model->isLoaded(row); });
    if (atOnce) {
        for (const int row : rows)
            visit(row, model->recordAt(row));
        done();
        return nullptr;
    }
    std::vector<qint64> stored;
    for (const int row : rows)
        stored.push_back(model->storeRowAt(row));
    RecordSet *set = model->recordSet();
    auto *work = new VisitRows(
        *set, std::move(stored),
        [rows, visit = std::move(visit)](size_t at, const Record &record) {
            visit(rows[at], record);
        },
        set);
    work->onDone(this, [this, done = std::move(done)](const Result<void> &outcome) {
        if (outcome)
            done();
        else if (outcome.error().kind != ErrorKind::Cancelled)
            emit failed(outcome.error());
    });
    m_work = work;
    emit longWork(work, what);
    return work;
}

/// With headers: as it is shown, for people; else the values, which can be pasted again.
void RecordTable::copy(bool withHeaders)
{
    RecordTableModel *model = records();
    if (!model || !m_changes)
        return;
    std::set<int> columns;
    for (const QRect &range : selectedRanges()) {
        for (int column = range.left(); column <= range.right(); ++column)
            columns.insert(column);
    }
    QStringList properties; // Empty for the id.
    QStringList headers;
    for (const int column : columns) {
        properties.append(column == 0 ? QString() : model->columns()[column - 1]);
        headers.append(model->titleAt(column));
    }
    const bool isReadable = withHeaders && !model->isRaw();
    auto text = std::make_shared<QString>(withHeaders ? clipboardTextOf({headers}) : QString());
    auto count = std::make_shared<int>(0);
    const auto visit = [=, this](int, const Record &record) {
        QStringList cells;
        for (const QString &property : properties) {
            const auto staged = m_changes->cell(model->recordSet()->type(), record.id, property);
            const QString value = staged ? staged->after : record.text(property);
            cells.append(property.isEmpty() ? record.id
                             : isReadable   ? model->names().shown(property, value)
                                            : model->names().stored(property, value));
        }
        *text += clipboardTextOf({cells});
        ++*count;
    };
    visitSelectedRows(tr("Copying"), visit, [this, model, text, count] {
        QApplication::clipboard()->setText(*text);
        const QString copied = tr("%Ln row(s) copied", "cells of that many rows", *count);
        //: %1 is "3 rows copied".
        emit statusMessage(model->names().masking().isOn()
                               ? tr("%1, personal data as pseudonyms").arg(copied)
                               : copied);
    });
}

/// Says which cells could not take their text.
void RecordTable::stage(CellEdits &edits, const QString &step)
{
    edits.stage(step);
    if (!edits.reasons().isEmpty())
        emit cellsRefused(edits.refused(), edits.reasons());
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
    RecordTableModel *model = records();
    if (!model || !m_changes || !model->recordSet())
        return;
    const ObjectType type = model->recordSet()->type();
    const QList<QRect> ranges = selectedRanges();
    const auto staged = std::make_shared<QList<std::pair<QString, QString>>>(); // Id and property.
    const auto visit = [this, model, type, ranges, staged](int row, const Record &record) {
        if (!m_changes->row(type, record.id))
            return;
        for (const QRect &range : ranges) {
            if (row < range.top() || row > range.bottom())
                continue;
            for (int column = std::max(1, range.left()); column <= range.right(); ++column)
                staged->append({record.id, model->columns()[column - 1]});
        }
    };
    visitSelectedRows(tr("Reverting"), visit, [this, type, staged] {
        m_changes->beginStep(tr("Revert"));
        for (const auto &[id, property] : std::as_const(*staged)) {
            if (m_changes->cell(type, id, property))
                m_changes->revertCell(type, id, property);
        }
        m_changes->endStep();
    });
}

} // namespace hubkeeper
