// SPDX-License-Identifier: MIT
#pragma once

#include "repair/table/repaircounts.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class PropertyNames;

/// The values that a repair leaves to a person, and why.
class DoubtfulValuesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        RecordColumn,
        PropertyColumn,
        ValueColumn,
        ReasonColumn,
        SuggestionColumn,
        ColumnCount
    };

    /// `names` must outlive it.
    DoubtfulValuesModel(const PropertyNames &names, QObject *parent);

    void setValues(const QList<DoubtfulValue> &values);
    [[nodiscard]] const DoubtfulValue &value(int row) const { return m_values[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    const PropertyNames &m_names;
    QList<DoubtfulValue> m_values;
};

} // namespace hubkeeper
