// SPDX-License-Identifier: MIT
#include "journal/journalmodel.h"

#include "records/values/propertynames.h"
#include "widgets/masking.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

JournalRow maskedRow(const JournalRow &row, const Masking &masking)
{
    if (!masking.isOn() || row.isDefinition) // A definition is nobody's.
        return row;
    JournalRow shown = row;
    QStringList known {row.label};
    for (auto cell = shown.cells.begin(); cell != shown.cells.end(); ++cell) {
        known << cell->before << cell->after;
        cell->before = masking.value(row.type, cell.key(), cell->before);
        cell->after = masking.value(row.type, cell.key(), cell->after);
    }
    shown.label = masking.name(row.label);
    shown.message = masking.text(row.message, known);
    return shown;
}

JournalRunsModel::JournalRunsModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
{
}

void JournalRunsModel::maskingChanged()
{
    if (!m_runs.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

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
        return tr("Run %1 by %2, portal %3")
            .arg(run.id, m_masking.name(run.user))
            .arg(run.portalId);
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
        return run.revertOf.isEmpty()
            ? m_masking.text(run.note)
            : tr("Reverts an earlier run. %1").arg(m_masking.text(run.note));
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

JournalRowsModel::JournalRowsModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
{
}

void JournalRowsModel::maskingChanged()
{
    if (!m_lines.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void JournalRowsModel::setRows(const QList<JournalRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    m_lines.clear();
    for (qsizetype row = 0; row < rows.size(); ++row) {
        if (rows[row].cells.isEmpty())
            m_lines.append(Line {row, QString()});
        for (auto cell = rows[row].cells.begin(); cell != rows[row].cells.end(); ++cell)
            m_lines.append(Line {row, cell.key()});
    }
    endResetModel();
}

QString JournalRowsModel::text(const Line &line, int column) const
{
    const JournalRow shown = maskedRow(m_rows[line.row], m_masking);
    const bool hasCell = !line.property.isEmpty();
    switch (column) {
    case RecordColumn:
        return shown.label;
    case PropertyColumn:
        return hasCell ? line.property : tr("(archived)");
    case BeforeColumn:
        return hasCell ? shownText(shown.cells[line.property].before) : QString();
    case AfterColumn:
        return hasCell ? shownText(shown.cells[line.property].after) : QString();
    default:
        return shown.message.isEmpty() ? shown.outcome
                                       : u"%1: %2"_s.arg(shown.outcome, shown.message);
    }
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
        return text(m_lines[index.row()], index.column());
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
