// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The exchanges of a session, oldest first.
class RequestsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        VerbColumn,
        PathColumn,
        StatusColumn,
        DurationColumn,
        SizeColumn,
        LeftColumn
    };

    /// Must outlive the model.
    RequestsModel(const TrafficLog &log, QObject *parent);

    [[nodiscard]] const TrafficRecord &recordAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void onAdded(int dropped);

    const TrafficLog &m_log;
    int m_rows = 0;
};

} // namespace hubkeeper
