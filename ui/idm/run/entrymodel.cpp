// SPDX-License-Identifier: MIT
#include "idm/run/entrymodel.h"

#include "widgets/masking.h"
#include "widgets/tones.h"

#include <QApplication>

#include <algorithm>

namespace hubkeeper {

EntryModel::EntryModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
{
    connect(&masking, &Masking::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void EntryModel::clear()
{
    beginResetModel();
    for (QList<AuditEntry> *list : {&m_all, &m_failed, &m_different})
        list->clear();
    m_differences.clear();
    endResetModel();
}

void EntryModel::append(const QList<AuditEntry> &page)
{
    const qsizetype count = std::min(page.size(), mostKept - m_all.size());
    if (count <= 0)
        return;
    if (m_choice != EntryChoice::All) {
        m_all.append(page.first(count));
        return;
    }
    beginInsertRows({}, int(m_all.size()), int(m_all.size() + count - 1));
    m_all.append(page.first(count));
    endInsertRows();
}

void EntryModel::setFindings(const QList<AuditEntry> &failed, const QList<ComparedEntry> &different)
{
    const bool isShown = m_choice != EntryChoice::All;
    if (isShown)
        beginResetModel();
    m_failed = failed;
    m_different.clear();
    m_differences.clear();
    for (const ComparedEntry &one : different.first(std::min(different.size(), mostDifferent))) {
        m_different.append(one.came ? *one.came : *one.predicted);
        m_differences.append(textOf(one));
    }
    if (isShown)
        endResetModel();
}

void EntryModel::choose(EntryChoice choice)
{
    beginResetModel();
    m_choice = choice;
    endResetModel();
}

const QList<AuditEntry> &EntryModel::shown() const
{
    switch (m_choice) {
    case EntryChoice::All:
        return m_all;
    case EntryChoice::Failed:
        return m_failed;
    case EntryChoice::Different:
        return m_different;
    }
    Q_UNREACHABLE();
}

int EntryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(shown().size());
}

int EntryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString EntryModel::message(int row) const
{
    const QString said = m_masking.text(shown()[row].message);
    if (m_choice != EntryChoice::Different)
        return said;
    return said.isEmpty()
        ? m_differences[row]
        //: %1 says how an entry differs from the preview, %2 is a server's message.
        : tr("%1. %2").arg(m_differences[row], said);
}

QString EntryModel::text(int row, int column) const
{
    const AuditEntry &entry = shown()[row];
    switch (column) {
    case SideColumn:
        return entry.ofTargetPhase ? tr("target") : tr("source");
    case SituationColumn:
        return entry.situation.isEmpty() ? tr("none") : entry.situation;
    case ActionColumn:
        return entry.action;
    case ResultColumn:
        if (entry.status.isEmpty()) // Of a preview.
            return tr("not known");
        return entry.isFailed() ? tr("failed") : tr("done");
    case SourceColumn:
        return entry.sourceId;
    case TargetColumn:
        return entry.ambiguousTargetIds.isEmpty()
            ? entry.targetId
            : entry.ambiguousTargetIds.join(QStringLiteral(", "));
    default:
        return message(row);
    }
}

QVariant EntryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(index.row(), index.column());
    const AuditEntry &entry = shown()[index.row()];
    if (role == Qt::ForegroundRole && !entry.status.isEmpty() && entry.isFailed())
        return tonesOf(QApplication::palette()).bad;
    return {};
}

QVariant EntryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Side"),   tr("Situation"), tr("Action"), tr("Result"),
                              tr("Source"), tr("Target"),    tr("Message")};
    return titles.value(section);
}

} // namespace hubkeeper
