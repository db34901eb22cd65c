// SPDX-License-Identifier: MIT
#include "records/journalmodel.h"

#include "records/propertynames.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void JournalRunsModel::setRuns(const QList<JournalRun> &runs)
{
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

int JournalRunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int JournalRunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 5;
}

QString JournalRunsModel::outcome(const JournalRun &run)
{
    if (!run.endedAt.isValid())
        return tr("Interrupted after %Ln applied", nullptr, run.applied);
    if (run.failed == 0)
        return tr("%Ln applied", nullptr, run.applied);
    //: Of a run: "3 applied, 1 failed".
    return tr("%1, %2").arg(tr("%Ln applied", nullptr, run.applied),
                            tr("%Ln failed", nullptr, run.failed));
}

QVariant JournalRunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JournalRun &run = m_runs[index.row()];
    if (role == Qt::ToolTipRole)
        return tr("Run %1 by %2, portal %3").arg(run.id, run.user).arg(run.portalId);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case StartedColumn:
        return QLocale().toString(run.startedAt.toLocalTime(), QLocale::ShortFormat);
    case ConnectionColumn:
        return run.connection;
    case RowsColumn:
        return run.rows;
    case OutcomeColumn:
        return outcome(run);
    default:
        return run.revertOf.isEmpty() ? run.note : tr("Reverts an earlier run. %1").arg(run.note);
    }
}

QVariant JournalRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StartedColumn:
        return tr("Started");
    case ConnectionColumn:
        return tr("Connection");
    case RowsColumn:
        return tr("Records");
    case OutcomeColumn:
        return tr("Outcome");
    default:
        return tr("Note");
    }
}

void JournalRowsModel::setRows(const QList<JournalRow> &rows)
{
    beginResetModel();
    m_lines.clear();
    for (const JournalRow &row : rows) {
        const QString outcome =
            row.message.isEmpty() ? row.outcome : u"%1: %2"_s.arg(row.outcome, row.message);
        if (row.cells.isEmpty())
            m_lines.append({row.label, tr("(archived)"), {}, {}, outcome});
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            m_lines.append(
                {row.label, cell.key(), shownText(cell->before), shownText(cell->after), outcome});
    }
    endResetModel();
}

int JournalRowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int JournalRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 5;
}

QVariant JournalRowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return m_lines[index.row()].value(index.column());
    return {};
}

QVariant JournalRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RecordColumn:
        return tr("Record");
    case PropertyColumn:
        return tr("Property");
    case BeforeColumn:
        return tr("Old");
    case AfterColumn:
        return tr("New");
    default:
        return tr("Outcome");
    }
}

} // namespace hubkeeper
