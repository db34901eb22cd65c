// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>

namespace hubkeeper {

/// Rows of texts below titles.
class TextRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit TextRowsModel(const QStringList &titles, QObject *parent);

    void clear();
    void append(const QList<QStringList> &rows);
    [[nodiscard]] const QStringList &rowAt(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    const QStringList m_titles;
    QList<QStringList> m_rows;
};

} // namespace hubkeeper
