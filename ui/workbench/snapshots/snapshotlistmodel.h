// SPDX-License-Identifier: MIT
#pragma once

#include "session/snapshots/keptsnapshots.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The snapshots of a connection, newest first.
class SnapshotListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TakenColumn, StateColumn, RecordsColumn, ConditionColumn, SizeColumn, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshots(const QList<KeptSnapshot> &snapshots);
    [[nodiscard]] const QList<KeptSnapshot> &snapshots() const { return m_snapshots; }
    [[nodiscard]] const KeptSnapshot &at(int row) const { return m_snapshots.at(row); }
    /// -1 if it is not in the list.
    [[nodiscard]] int rowOf(const QString &path) const;

    /// When it was taken, for people.
    [[nodiscard]] static QString takenText(const KeptSnapshot &snapshot);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<KeptSnapshot> m_snapshots;
};

} // namespace hubkeeper
