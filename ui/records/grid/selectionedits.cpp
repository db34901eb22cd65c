// SPDX-License-Identifier: MIT
#include "records/grid/selectionedits.h"

#include "changes/set/changeset.h"
#include "records/grid/celledits.h"
#include "records/grid/fillseries.h"
#include "records/grid/findreplacedialog.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/grid/setvaluedialog.h"
#include "records/grid/textreplacer.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int firstProperty = 1; // The column before has the ids, which cannot be edited.

} // namespace

SelectionEdits::SelectionEdits(RecordTable &table)
    : QObject(&table)
    , m_table(table)
{
    add(tr("Fill &Down"), {QKeySequence(Qt::CTRL | Qt::Key_D)}, &SelectionEdits::fillDown);
    add(tr("Fill Ri&ght"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, &SelectionEdits::fillRight);
    add(tr("Set &Value…"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, &SelectionEdits::askForValue);
    add(tr("&Find and Replace…"), {QKeySequence(Qt::CTRL | Qt::Key_H)},
        &SelectionEdits::askForReplacement);
    add(tr("Set &Empty"),
        {QKeySequence(Qt::CTRL | Qt::Key_Backspace), QKeySequence(Qt::Key_Delete)},
        &SelectionEdits::setEmpty);
}

QAction *SelectionEdits::add(const QString &text, const QList<QKeySequence> &keys,
                             void (SelectionEdits::*run)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, run] {
        if (isReady())
            (this->*run)();
    });
    m_table.addAction(action);
    m_actions.append(action);
    return action;
}

RecordTableModel *SelectionEdits::model() const
{
    return qobject_cast<RecordTableModel *>(m_table.model());
}

bool SelectionEdits::isReady() const
{
    return model() && model()->recordSet() && m_table.changes();
}

std::shared_ptr<CellEdits> SelectionEdits::edits() const
{
    return std::make_shared<CellEdits>(*model(), *m_table.changes());
}

qint64 SelectionEdits::Cells::count() const
{
    qint64 sum = 0;
    for (const QRect &range : ranges)
        sum += qint64(range.width()) * range.height();
    return sum;
}

SelectionEdits::Cells SelectionEdits::cellsOf(QList<QRect> ranges) const
{
    Cells cells;
    for (QRect range : ranges) {
        range.setLeft(std::max(firstProperty, range.left()));
        if (range.isValid())
            cells.ranges.append(range);
    }
    for (const int row : rowsOf(cells.ranges))
        cells.rows.push_back(model()->storeRowAt(row));
    return cells;
}

SelectionEdits::Cells SelectionEdits::selectedCells() const
{
    return cellsOf(m_table.selectedRanges());
}

SelectionEdits::Cells SelectionEdits::columnCells() const
{
    return cellsOf({QRect(m_table.currentIndex().column(), 0, 1, model()->rowCount())});
}

bool SelectionEdits::isThere(const Cells &cells)
{
    const bool isSame = isReady() && cellsOf(cells.ranges).rows == cells.rows;
    if (!isSame)
        emit m_table.statusMessage(tr("Nothing was changed: the grid has changed meanwhile."));
    return isSame;
}

CallBase *SelectionEdits::visit(const QString &what, const QList<QRect> &ranges,
                                const std::shared_ptr<CellEdits> &edits, CellVisit cell,
                                std::function<void()> done)
{
    const auto row = [ranges, edits, cell = std::move(cell)](int at, const Record &record) {
        edits->beginRow(record, at);
        for (const QRect &range : ranges) {
            if (at < range.top() || at > range.bottom())
                continue;
            for (int column = range.left(); column <= range.right(); ++column)
                cell(at, column);
        }
    };
    return m_table.visitRanges(what, ranges, row, std::move(done));
}

void SelectionEdits::finish(CellEdits &edits, const QString &step)
{
    m_table.stage(edits, step);
    //: %1 is what was done: "Fill down".
    QString said = tr("%1: %Ln cell(s)", nullptr, edits.count()).arg(step);
    if (edits.refused() > 0)
        said += u"; "_s + tr("%Ln could not be edited", nullptr, edits.refused());
    emit m_table.statusMessage(said);
}

/// The first row or column of each range goes into the others of it.
void SelectionEdits::fill(Qt::Orientation orientation)
{
    const bool isDown = orientation == Qt::Vertical;
    const QList<QRect> ranges = selectedCells().ranges;
    const bool isAnything = std::any_of(ranges.begin(), ranges.end(), [&](const QRect &range) {
        return (isDown ? range.height() : range.width()) > 1;
    });
    if (!isAnything)
        return emit m_table.statusMessage(
            isDown ? tr("Select the cell to copy and the cells below it.")
                   : tr("Select the cell to copy and the cells to the right of it."));
    const auto edits = this->edits();
    const auto firsts =
        std::make_shared<QHash<std::pair<int, int>, QString>>(); // By column or row.
    const auto cell = [this, ranges, isDown, edits, firsts](int row, int column) {
        const QString &property = model()->columns()[column - firstProperty];
        const auto range = std::find_if(ranges.begin(), ranges.end(), [&](const QRect &one) {
            return one.contains(column, row);
        });
        const auto key = std::pair(int(range - ranges.begin()), isDown ? column : row);
        if (isDown ? row == range->top() : column == range->left())
            firsts->insert(key, edits->present(property));
        else if (isDown)
            edits->set(property, firsts->value(key));
        else
            edits->type(column,
                        firsts->value(key)); // Another property: it has to be a value of it.
        if (!isDown && column == range->right())
            firsts->remove(key);
    };
    const QString step = isDown ? tr("Fill down") : tr("Fill right");
    visit(tr("Filling"), ranges, edits, cell, [this, edits, step] { finish(*edits, step); });
}

void SelectionEdits::fillFrom(const QRect &source, const QRect &target, bool counts)
{
    if (!isReady())
        return;
    if (qint64(source.width()) * source.height() > mostFilledFrom)
        return emit m_table.statusMessage(tr("Select fewer cells to fill from."));
    const auto read = edits();
    const auto texts = std::make_shared<QHash<std::pair<int, int>, QString>>(); // By row, column.
    const QList<QRect> from = cellsOf({source}).ranges;
    const auto note = [this, read, texts](int row, int column) {
        texts->insert({row, column}, read->present(model()->columns()[column - firstProperty]));
    };
    visit(tr("Filling"), from, read, note,
          [this, source, target, counts, texts] { fillWith(*texts, source, target, counts); });
}

/// Left of the first column of `source`, the last one comes first.
void SelectionEdits::fillWith(const QHash<std::pair<int, int>, QString> &texts, const QRect &source,
                              const QRect &target, bool counts)
{
    const auto within = [](int at, int first, int size) {
        return first + ((at - first) % size + size) % size;
    };
    const int left = std::max(firstProperty, source.left()); // Ids are not repeated.
    const auto edits = this->edits();
    const auto cell = [=, this](int row, int column) {
        if (source.contains(column, row))
            return;
        const int fromRow = within(row, source.top(), source.height());
        const int fromColumn = within(column, left, source.right() - left + 1);
        std::optional<QString> text;
        if (counts && fromColumn == column) {
            QStringList above;
            for (int i = source.top(); i <= source.bottom(); ++i)
                above.append(texts.value({i, column}));
            text = continued(above, row - source.top());
        }
        const QString value = text.value_or(texts.value({fromRow, fromColumn}));
        if (fromColumn == column)
            edits->set(model()->columns()[column - firstProperty], value);
        else
            edits->type(column, value); // Another property: it has to be a value of it.
    };
    visit(tr("Filling"), cellsOf({target}).ranges, edits, cell,
          [this, edits] { finish(*edits, tr("Fill")); });
}

void SelectionEdits::setEmpty()
{
    const auto edits = this->edits();
    const auto cell = [this, edits](int, int column) {
        edits->set(model()->columns()[column - firstProperty], QString());
    };
    visit(tr("Clearing"), selectedCells().ranges, edits, cell,
          [this, edits] { finish(*edits, tr("Set empty")); });
}

void SelectionEdits::setAll(const Cells &cells, const QString &text)
{
    if (!isThere(cells))
        return;
    const auto edits = this->edits();
    const auto cell = [edits, text](int, int column) { edits->type(column, text); };
    visit(tr("Setting values"), cells.ranges, edits, cell,
          [this, edits] { finish(*edits, tr("Set value")); });
}

void SelectionEdits::preview(const Cells &cells, const TextReplacement &wanted)
{
    const TextReplacer replacer(wanted);
    if (!replacer.fault().isEmpty() || !isThere(cells))
        return;
    const auto edits = this->edits();
    const auto found = std::make_shared<Preview>();
    const auto cell = [this, edits, replacer, found](int, int column) {
        const QString before = edits->present(model()->columns()[column - firstProperty]);
        const auto after = replacer.replaced(before);
        if (!after || *after == before)
            return;
        ++found->cells;
        if (found->first.size() < mostShown)
            found->first.append({before, *after});
    };
    if (m_previewing)
        m_previewing->cancel();
    m_previewing =
        visit(tr("Looking"), cells.ranges, edits, cell, [this, found] { emit previewed(*found); });
}

void SelectionEdits::replace(const Cells &cells, const TextReplacement &wanted)
{
    const TextReplacer replacer(wanted);
    if (!replacer.fault().isEmpty() || !isThere(cells))
        return;
    if (m_previewing)
        m_previewing->cancel();
    const auto edits = this->edits();
    const auto cell = [this, edits, replacer](int, int column) {
        const QString before = edits->present(model()->columns()[column - firstProperty]);
        const auto after = replacer.replaced(before);
        if (after && *after != before)
            edits->type(column, *after);
    };
    visit(tr("Replacing"), cells.ranges, edits, cell,
          [this, edits] { finish(*edits, tr("Replace")); });
}

void SelectionEdits::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(model(), &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void SelectionEdits::askForValue()
{
    const Cells cells = selectedCells();
    if (cells.ranges.isEmpty())
        return emit m_table.statusMessage(tr("Select the cells that should get a value."));
    QStringList properties;
    for (const QRect &range : cells.ranges)
        properties.append(model()->columns().mid(range.left() - firstProperty, range.width()));
    properties.removeDuplicates();
    auto *dialog = new SetValueDialog(model()->names(), properties, cells.count(), &m_table);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, cells] { setAll(cells, dialog->text()); });
    open(dialog);
}

void SelectionEdits::askForReplacement()
{
    if (model()->names().masking().isOn())
        return emit m_table.statusMessage(tr("Find and replace is off while personal data is "
                                             "masked: what it finds could not be seen."));
    if (!m_table.currentIndex().isValid())
        return emit m_table.statusMessage(tr("Select the cells to look through."));
    open(new FindReplaceDialog(*this, &m_table));
}

} // namespace hubkeeper
