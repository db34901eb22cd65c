// SPDX-License-Identifier: MIT
#include "journal/journalmodel.h"

#include "base/foldedtext.h"
#include "changes/set/associationcells.h"
#include "changes/set/journalrows.h"
#include "idm/configuration/deploydifference.h"
#include "records/values/portalnames.h"
#include "widgets/masking.h"
#include "widgets/showntime.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

JournalRow maskedRow(const JournalRow &row, const Masking &masking)
{
    if (!masking.isOn() || (!row.isRecord() && !row.isAssociation())) // Others are nobody's.
        return row;
    JournalRow shown = row;
    QStringList known {row.label};
    for (auto cell = shown.cells.begin(); row.isRecord() && cell != shown.cells.end(); ++cell) {
        known << cell->before << cell->after;
        cell->before = masking.value(typeOf(row), cell.key(), cell->before);
        cell->after = masking.value(typeOf(row), cell.key(), cell->after);
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
    return parent.isValid() ? 0 : 7;
}

/// "3 applied, 1 failed"; before it, what became of the run as a whole.
QString JournalRunsModel::outcome(const JournalRun &run)
{
    QStringList parts {tr("%Ln applied", nullptr, run.applied)};
    if (run.unproven > 0)
        parts.append(tr("%Ln of them not proven", nullptr, run.unproven));
    if (run.failed > 0)
        parts.append(tr("%Ln failed", nullptr, run.failed));
    if (run.conflicting > 0)
        parts.append(tr("%Ln changed meanwhile", nullptr, run.conflicting));
    if (run.unknown > 0)
        parts.append(tr("%Ln of unknown outcome", nullptr, run.unknown));
    if (run.waiting() > 0)
        parts.append(tr("%Ln wait", nullptr, run.waiting()));
    const QString counts = parts.join(u", "_s);
    if (!run.hasEnded())
        //: Of a run that goes on or was interrupted: %1 is "3 applied, 2 wait".
        return tr("No end yet: %1").arg(counts);
    return run.waiting() > 0 ? tr("Stopped: %1").arg(counts) : counts;
}

QString JournalRunsModel::note(const JournalRun &run) const
{
    const QString note = m_masking.text(run.note);
    if (run.revertOf.isEmpty())
        return note;
    const auto reverted = std::find_if(m_runs.begin(), m_runs.end(), [&](const JournalRun &one) {
        return one.id == run.revertOf;
    });
    const QString which = reverted == m_runs.end() ? run.revertOf : shownTime(reverted->startedAt);
    //: %1 is the time of that run, %2 a note.
    return tr("Reverts the run of %1. %2").arg(which, note).trimmed();
}

QVariant JournalRunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JournalRun &run = m_runs[index.row()];
    if (role == Qt::ToolTipRole && run.portalId == 0)
        return tr("Run %1 by %2").arg(run.id, m_masking.name(run.user));
    if (role == Qt::ToolTipRole)
        return tr("Run %1 by %2, portal %3")
            .arg(run.id, m_masking.name(run.user))
            .arg(run.portalId);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case StartedColumn:
        return shownTime(run.startedAt);
    case ConnectionColumn:
        return run.connection;
    case PortalColumn:
        return run.portalId == 0 ? QVariant(u"—"_s) : QVariant(run.portalId); // On a server.
    case RowsColumn:
        return QLocale().toString(run.rows);
    case OutcomeColumn:
        return outcome(run);
    case WhoColumn:
        return m_masking.name(run.user);
    default:
        return note(run);
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
    case PortalColumn:
        return tr("Portal");
    case RowsColumn:
        return tr("Records");
    case OutcomeColumn:
        return tr("Outcome");
    case WhoColumn:
        return tr("Who");
    default:
        return tr("Note");
    }
}

JournalRowsModel::JournalRowsModel(const PortalNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
}

void JournalRowsModel::namesChanged()
{
    if (!m_lines.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void JournalRowsModel::setRecord(const RunRecord &record)
{
    m_record = record;
    makeLines();
}

void JournalRowsModel::setFilter(const QString &text)
{
    m_filter = foldedText(text.trimmed());
    makeLines();
}

void JournalRowsModel::makeLines()
{
    beginResetModel();
    m_lines.clear();
    m_changes.clear();
    for (qsizetype row = 0; row < m_record.rows.size(); ++row) {
        const QList<Line> lines = linesOf(row);
        for (const Line &line : lines) {
            if (isWanted(line))
                m_lines.append(line);
        }
    }
    endResetModel();
}

/// One for each cell; of a server's configuration one for each value that differs.
QList<JournalRowsModel::Line> JournalRowsModel::linesOf(qsizetype row)
{
    const CellChanges &cells = m_record.rows[row].cells;
    if (cells.isEmpty())
        return {Line {row, QString()}};
    QList<Line> lines;
    const CellChange whole = cells.value(QString());
    if (m_record.rows[row].thing == WrittenThing::Configuration) {
        const JsonText before(whole.before.toUtf8());
        const JsonText after(whole.after.toUtf8());
        QList<MeaningChange> changes;
        if (before.isValid() && after.isValid()) // Secrets that were encrypted anew are the same.
            changes = differenceTo(after, {{}, before.valueOf(before.root()).toObject()}).changes;
        else // It was new, or deleted.
            changes.append(
                {MeaningChange::Kind::Changed, tr("(all of it)"), whole.before, whole.after});
        if (changes.isEmpty())
            changes.append({MeaningChange::Kind::Changed, tr("(secrets only)"), {}, {}});
        for (const MeaningChange &change : std::as_const(changes)) {
            lines.append(Line {row, change.pointer, m_changes.size()});
            m_changes.append(change);
        }
        return lines;
    }
    for (auto cell = cells.begin(); cell != cells.end(); ++cell)
        lines.append(Line {row, cell.key()});
    return lines;
}

bool JournalRowsModel::isOnServer() const
{
    if (m_record.rows.isEmpty())
        return false;
    const WrittenThing thing = m_record.rows.first().thing;
    return thing == WrittenThing::Configuration || thing == WrittenThing::Link
        || thing == WrittenThing::Reconciliation;
}

bool JournalRowsModel::isWanted(const Line &line) const
{
    if (m_filter.isEmpty() || m_record.rows[line.row].recordId.contains(m_filter))
        return true;
    for (int column = 0; column < columnCount(); ++column) {
        for (const bool stored : {false, true}) {
            if (foldedText(text(line, column, stored)).contains(m_filter))
                return true;
        }
    }
    return false;
}

bool JournalRowsModel::isSame(const RunRecord &record) const
{
    return m_record.run == record.run && m_record.rows.size() == record.rows.size()
        && m_record.takenBackBy == record.takenBackBy;
}

bool JournalRowsModel::hasArchived() const
{
    return std::any_of(m_record.rows.begin(), m_record.rows.end(), [](const JournalRow &row) {
        return row.kind == ChangeKind::Archive && row.isRecord() && row.isApplied()
            && !row.cells.isEmpty();
    });
}

QString JournalRowsModel::outcome(const JournalRow &row, const QString &message) const
{
    QString text = row.kind == ChangeKind::Archive ? tr("%1 (archived)").arg(row.outcome)
        : row.kind == ChangeKind::Create           ? tr("%1 (created)").arg(row.outcome)
                                                   : row.outcome;
    if (m_record.takenBackBy.contains(row.subject))
        text = tr("%1, reverted since").arg(text);
    return message.isEmpty() ? text : u"%1: %2"_s.arg(text, message);
}

QString JournalRowsModel::associationText(const JournalRow &row, int column)
{
    const CellChange kinds = row.cells.value(associationCell);
    return column == PropertyColumn ? tr("association")
        : column == BeforeColumn    ? shownKinds(kinds.before)
                                    : shownKinds(kinds.after);
}

QString JournalRowsModel::text(const Line &line, int column, bool stored) const
{
    const JournalRow &row = m_record.rows[line.row];
    const JournalRow masked = maskedRow(row, m_names.masking());
    if (column == RecordColumn)
        return masked.label;
    if (column == OutcomeColumn)
        return outcome(masked, masked.message);
    if (line.change >= 0) {
        const MeaningChange &change = m_changes[line.change];
        return column == PropertyColumn ? change.pointer
            : column == BeforeColumn    ? change.before
                                        : change.after;
    }
    if (line.property.isEmpty())
        return column == PropertyColumn ? u"—"_s : QString();
    if (row.isAssociation() && line.property == associationCell && !stored)
        return associationText(row, column);
    const PropertyNames &names = m_names.of(typeOf(row));
    const bool isKnown = !stored && row.isRecord() && names.definition(line.property);
    if (column == PropertyColumn)
        return isKnown ? names.label(line.property) : line.property;
    const bool isBefore = column == BeforeColumn;
    const auto side = isBefore ? &CellChange::before : &CellChange::after;
    return shownText(isKnown ? names.shown(line.property, row.cells[line.property].*side)
                             : masked.cells[line.property].*side);
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
        return text(m_lines[index.row()], index.column(), role == Qt::ToolTipRole);
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
