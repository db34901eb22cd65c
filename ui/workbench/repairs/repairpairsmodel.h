// SPDX-License-Identifier: MIT
#pragma once

#include "repair/table/repaircounts.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class PropertyNames;

/// What would be changed, as old and new value with how often, each with a tick: those without
/// one are not staged. The first column has the ticks.
class RepairPairsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PropertyColumn, BeforeColumn, AfterColumn, CountColumn, ColumnCount };

    /// `after` is the title of the new values. `names` must outlive it.
    RepairPairsModel(const PropertyNames &names, const QString &after, QObject *parent);

    /// All of them with a tick.
    void setPairs(const QList<RepairPair> &pairs);
    void setAllTicked(bool areTicked);
    [[nodiscard]] QList<RepairPair> unticked() const;
    /// Values of ticked pairs.
    [[nodiscard]] qint64 tickedCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void ticksChanged();

private:
    const PropertyNames &m_names;
    const QString m_after;
    QList<RepairPair> m_pairs;
    std::vector<bool> m_ticks;
};

} // namespace hubkeeper
