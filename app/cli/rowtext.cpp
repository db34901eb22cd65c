// SPDX-License-Identifier: MIT
#include "rowtext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

void showRows(const std::vector<RowChange> &rows, Output &output)
{
    for (const RowChange &row : rows) {
        output.message(nameOf(row.kind) + u' ' + row.label);
        if (row.kind == ChangeKind::Archive)
            continue;
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            output.message(u"  %1: \"%2\" -> \"%3\""_s.arg(cell.key(), cell->before, cell->after));
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
        const QStringList head {nameOf(row.state), nameOf(row.kind), nameOf(row.type), row.label};
        if (row.cells.isEmpty() || row.kind == ChangeKind::Archive) {
            table.append(head + QStringList {u"-"_s, {}, {}});
            continue;
        }
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            table.append(head + QStringList {cell.key(), cell->before, cell->after});
    }
    return table;
}

} // namespace hubkeeper::cli
