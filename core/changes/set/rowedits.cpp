// SPDX-License-Identifier: MIT
#include "changes/set/rowedits.h"

namespace hubkeeper {

bool isLocked(const RowChange &row)
{
    const bool isCreate = row.kind == ChangeKind::Create;
    return row.state == RowState::Sending
        || (isCreate && (row.state == RowState::Applied || row.state == RowState::Unknown));
}

bool isWorthKeeping(const RowChange &row)
{
    return row.kind != ChangeKind::Update || !row.cells.isEmpty()
        || row.subject == RowSubject::Merge;
}

void stageAgain(RowChange &row)
{
    if (row.state != RowState::Failed && row.state != RowState::Skipped
        && row.state != RowState::Unknown)
        return;
    row.state = RowState::Staged;
    row.error.reset();
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
    row.theirs.clear();
    row.error.reset();
    row.state = RowState::Staged;
}

std::optional<RowChange> mergedRow(const RowChange &staged, const RowChange &added)
{
    if (isLocked(staged))
        return {};
    if (staged.state == RowState::Applied)
        return added;
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
