// SPDX-License-Identifier: MIT
#include "rowtext.h"

#include "changes/set/associationcells.h"
#include "repair/values/shownapart.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// A cell for people: of a link its labels.
QString cellText(const RowChange &row, const QString &cell, const QString &text)
{
    const bool isLink = row.subject == RowSubject::Association && cell == associationCell;
    return isLink ? shownKinds(text) : text;
}

QString operationOf(const RowChange &row)
{
    if (row.subject == RowSubject::Merge)
        return u"merge"_s;
    return row.subject == RowSubject::Association ? nameOf(row.kind) + u" association"_s
                                                  : nameOf(row.kind);
}

/// What an archive of a record holds is what it expects; of a link it is what goes.
bool showsCells(const RowChange &row)
{
    return row.kind != ChangeKind::Archive || row.subject == RowSubject::Association;
}

} // namespace

void showRows(const std::vector<RowChange> &rows, Output &output)
{
    for (const RowChange &row : rows) {
        output.message(operationOf(row) + u' ' + row.label);
        if (!showsCells(row))
            continue;
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            output.message(u"  %1: \"%2\" -> \"%3\""_s.arg(cell.key(),
                                                           cellText(row, cell.key(), cell->before),
                                                           cellText(row, cell.key(), cell->after)));
    }
}

Error reasonOfRun(Error error, const ChangeSet &changes)
{
    if (error.kind == ErrorKind::TimedOut && changes.count(RowState::Unknown) > 0) {
        error.kind = ErrorKind::OutcomeUnknown;
        error.remedy = u"Look the record up before you try again."_s;
    }
    return error;
}

QList<QStringList> rowsTable(const std::vector<RowChange> &rows)
{
    QList<QStringList> table {
        {u"STATE"_s, u"OPERATION"_s, u"TYPE"_s, u"RECORD"_s, u"PROPERTY"_s, u"OLD"_s, u"NEW"_s}};
    for (const RowChange &row : rows) {
        const QString state = row.excluded ? u"left out"_s : nameOf(row.state);
        const QStringList head {state, operationOf(row), nameOf(row.type), row.label};
        if (row.cells.isEmpty() || !showsCells(row)) {
            table.append(head + QStringList {u"-"_s, {}, {}});
            continue;
        }
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell) {
            const ShownChange shown = shownApart(cellText(row, cell.key(), cell->before),
                                                 cellText(row, cell.key(), cell->after));
            table.append(head + QStringList {cell.key(), shown.before, shown.after});
        }
    }
    return table;
}

} // namespace hubkeeper::cli
