// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordset.h"

#include <QObject>

class QTableView;

namespace hubkeeper {

class PinnedTableView;

/// What the headers of a grid do: those of the rows name the record while the view is scrolled to
/// the right, where the columns that do are out of sight; those of the columns can be dragged, and
/// clicked with Shift to sort by several.
class GridHeaders final : public QObject
{
    Q_OBJECT

public:
    /// Of a table that shows a RecordTableModel; belongs to it.
    explicit GridHeaders(PinnedTableView &table);

    /// Sorts by this column, too, where the rows are equal so far: upwards, next time downwards,
    /// then not any more. The first one where nothing is sorted.
    void sortFurther(int column);

    /// The table has another model: its headers show the same sorts.
    void showSorts();
    /// Shows these; those whose property is not a column are left out. Nothing is emitted.
    void setSorts(const QList<RowSort> &sorts);
    [[nodiscard]] QList<RowSort> sorts() const;

signals:
    /// Somebody wants the rows sorted by these; the first one is that with the sort indicator, and
    /// an empty property the record's id.
    void sorted(const QList<hubkeeper::RowSort> &sorts);
    /// Columns were dragged: the properties in the order that is wanted now. The header is as it
    /// was: the order of the columns is the model's, selections, copies and pastes go by it.
    void columnsArranged(const QStringList &properties);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onIndicator();
    void setFurtherSorts(const QList<RowSort> &sorts);
    void nameRows();
    void onSectionMoved();

    PinnedTableView &m_table;
    QList<RowSort> m_furtherSorts;
};

/// Other columns of the RecordTableModel that the table shows; those that stay keep their widths.
void setColumns(QTableView &table, const QStringList &properties);

} // namespace hubkeeper
