// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QTableView;

namespace hubkeeper {

/// What the headers of a grid do: those of the rows name the record while the view is scrolled to
/// the right, where the columns that do are out of sight; those of the columns can be dragged.
class GridHeaders final : public QObject
{
    Q_OBJECT

public:
    /// Of a table that shows a RecordTableModel; belongs to it.
    explicit GridHeaders(QTableView &table);

signals:
    /// Columns were dragged: the properties in the order that is wanted now. The header is as it
    /// was: the order of the columns is the model's, selections, copies and pastes go by it.
    void columnsArranged(const QStringList &properties);

private:
    void nameRows();
    void onSectionMoved();

    QTableView &m_table;
};

/// Other columns of the RecordTableModel that the table shows; those that stay keep their widths.
void setColumns(QTableView &table, const QStringList &properties);

} // namespace hubkeeper
