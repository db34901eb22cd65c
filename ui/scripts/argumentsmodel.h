// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QAbstractTableModel>
#include <QJsonObject>

namespace hubkeeper {

/// The arguments of a script: a name and a JSON value each, and an empty row to add one.
class ArgumentsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn };

    using QAbstractTableModel::QAbstractTableModel;

    void setArguments(const QJsonObject &arguments);
    /// InvalidInput, naming the first row that has a value without a name, a name twice or a value
    /// that is not JSON. Rows that are empty are skipped.
    [[nodiscard]] Result<QJsonObject> arguments() const;
    /// Why a row cannot be used, translated; empty if it can.
    [[nodiscard]] QString faultOf(int row) const;
    void removeArgument(int row);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    struct Row
    {
        QString name;
        QString value; ///< JSON as typed.
    };

    [[nodiscard]] bool isSpare(int row) const { return row == int(m_rows.size()); }

    QList<Row> m_rows;
};

} // namespace hubkeeper
