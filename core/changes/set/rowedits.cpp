// SPDX-License-Identifier: MIT
#include "changes/set/rowedits.h"

#include "changes/set/associationcells.h"

namespace hubkeeper {

bool isLocked(const RowChange &row)
{
    return row.state == RowState::Sending
        || (row.isCreate() && (row.state == RowState::Applied || row.state == RowState::Unknown));
}

bool isWorthKeeping(const RowChange &row)
{
    if (row.subject == RowSubject::Association)
        return row.cells.contains(associationCell);
    return row.kind != ChangeKind::Update || !row.cells.isEmpty()
        || row.subject == RowSubject::Merge;
}

void stageAgain(RowChange &row)
{
    if (row.state != RowState::Failed && row.state != RowState::Skipped
        && row.state != RowState::Unknown)
        return;
    if (row.error && row.state == RowState::Failed)
        row.error->category.clear(); // It is not agreed to by applying again: the value is another.
    else
        row.error.reset();
    row.state = RowState::Staged;
    row.run.clear();
}

bool setCell(RowChange &row, const QString &property, const QString &baseline, const QString &text)
{
    CellChange cell = row.cells.value(property);
    if (!row.cells.contains(property)) {
        cell.before = row.kind == ChangeKind::Create ? QString() : baseline;
        cell.after = cell.before;
    }
    if (cell.after == text)
        return false;
    cell.after = text;
    if (cell.after == cell.before) // Back to the baseline, null and empty being the same.
        row.cells.remove(property);
    else
        row.cells.insert(property, cell);
    row.theirs.remove(property);
    stageAgain(row);
    return true;
}

void takeOverTheirs(RowChange &row)
{
    row.basedOn = {};
    for (auto cell = row.cells.begin(); cell != row.cells.end();) {
        if (row.theirs.contains(cell.key()))
            cell->before = row.theirs.value(cell.key());
        cell = cell->before == cell->after ? row.cells.erase(cell) : std::next(cell);
    }
    if (row.subject == RowSubject::Association && isWorthKeeping(row))
        updateAssociationKind(row);
    row.theirs.clear();
    row.error.reset();
    row.state = RowState::Staged;
}

namespace {

/// The link as it is known to the first, changed to what the second wants.
RowChange mergedLink(const RowChange &staged, const RowChange &added)
{
    RowChange merged = staged;
    for (auto cell = added.cells.cbegin(); cell != added.cells.cend(); ++cell) {
        if (!merged.cells.contains(cell.key()))
            merged.cells.insert(cell.key(), *cell);
        merged.cells[cell.key()].after = cell->after;
    }
    // Back to the primary company of the portal, or to a link without the label on both sides.
    const CellChange link = merged.cells.value(associationCell);
    const auto isPrimaryIn = [](const QString &text) {
        return hasKind(kindsOf(text), primaryKind());
    };
    if (isPrimaryIn(link.before) == isPrimaryIn(link.after))
        merged.cells.remove(primaryCell);
    if (areSameKinds(kindsOf(link.before), kindsOf(link.after)))
        merged.cells.remove(associationCell);
    else
        updateAssociationKind(merged);
    stageAgain(merged);
    return merged;
}

} // namespace

std::optional<RowChange> mergedRow(const RowChange &staged, const RowChange &added)
{
    if (isLocked(staged))
        return {};
    if (staged.state == RowState::Applied)
        return added;
    if (staged.subject == RowSubject::Association)
        return mergedLink(staged, added);
    if (staged.kind == ChangeKind::Update && added.kind == ChangeKind::Update) {
        RowChange merged = staged;
        for (auto cell = added.cells.cbegin(); cell != added.cells.cend(); ++cell)
            (void)setCell(merged, cell.key(), cell->before, cell->after);
        return merged;
    }
    // An archive takes edits back; edits of what shall be archived come too late.
    if (staged.kind == ChangeKind::Update && added.kind == ChangeKind::Archive)
        return added;
    return {};
}

} // namespace hubkeeper
