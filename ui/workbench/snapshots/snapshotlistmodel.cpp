// SPDX-License-Identifier: MIT
#include "workbench/snapshots/snapshotlistmodel.h"

#include "widgets/showntime.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void SnapshotListModel::setSnapshots(const QList<KeptSnapshot> &snapshots)
{
    beginResetModel();
    m_snapshots = snapshots;
    endResetModel();
}

int SnapshotListModel::rowOf(const QString &path) const
{
    for (int row = 0; row < m_snapshots.size(); ++row) {
        if (m_snapshots[row].path == path)
            return row;
    }
    return -1;
}

QString SnapshotListModel::takenText(const KeptSnapshot &snapshot)
{
    return snapshot.info.begun.isValid() ? shownTime(snapshot.info.begun) : tr("Unknown");
}

int SnapshotListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_snapshots.size());
}

int SnapshotListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SnapshotListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const KeptSnapshot &one = m_snapshots.at(index.row());
    if (role == Qt::ToolTipRole)
        return one.fault ? one.fault->sentence()
                         : (QStringList {one.path} + one.info.gaps + one.info.notes).join(u'\n');
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TakenColumn:
        return takenText(one);
    case StateColumn:
        return one.fault                                ? tr("Cannot be read")
            : one.info.state == SnapshotState::Complete ? tr("Complete")
            : one.info.state == SnapshotState::Partial  ? tr("Partial")
                                                        : tr("Unfinished");
    case RecordsColumn: {
        QStringList texts;
        for (const SnapshotPart &part : one.info.parts) {
            const int count = int(std::max<qint64>(0, part.records));
            texts.append(part.type == ObjectType::Contacts ? tr("%Ln contact(s)", nullptr, count)
                                                           : tr("%Ln company(s)", nullptr, count));
        }
        return texts.join(u", "_s);
    }
    case ConditionColumn:
        return one.info.condition.isEmpty() && !one.fault ? tr("All records") : one.info.condition;
    case SizeColumn:
        return QLocale().formattedDataSize(one.bytes);
    default:
        return {};
    }
}

QVariant SnapshotListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TakenColumn:
        return tr("Taken");
    case StateColumn:
        return tr("State");
    case RecordsColumn:
        return tr("Holds");
    case ConditionColumn:
        return tr("Which records");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace hubkeeper
