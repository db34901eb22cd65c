// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <QList>
#include <QRect>
#include <QStringList>

namespace hubkeeper {

class ChangeSet;
class RecordTableModel;

/// Edits of many cells, collected row by row while the rows come from the disk, and staged as one
/// undo step. Both have to outlive it.
class CellEdits
{
public:
    CellEdits(RecordTableModel &model, ChangeSet &changes);

    /// What follows is about this record, in this row of the grid.
    void beginRow(const Record &record, int gridRow);
    /// What the cell of the row shows: the staged text or the record's.
    [[nodiscard]] QString present(const QString &property) const;
    /// Refused without a reason if the cell cannot be edited.
    void set(const QString &property, const QString &text);
    /// A text that somebody wrote elsewhere: read as one that is typed (typedvalue.h).
    void type(int column, const QString &text);
    void refuse(const QString &why);

    void stage(const QString &step);
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int refused() const { return m_refused; }
    /// The first reasons that were given, each with the row of its cell: "Row 4: …".
    [[nodiscard]] const QStringList &reasons() const { return m_reasons; }

private:
    struct Row
    {
        Record baseline; // With what staging needs and no more: there may be many.
        QList<std::pair<QString, QString>> texts; // By property.
    };

    RecordTableModel &m_model;
    ChangeSet &m_changes;
    std::vector<Row> m_rows;
    Record m_record; // Of the row begun last.
    int m_row = 0; // Of the grid.
    int m_count = 0;
    int m_refused = 0;
    QStringList m_reasons;
};

/// Types the cells of a clipboard into one row of the grid: what falls on it of `targets`, in each
/// of which the clipboard is repeated (PastePlan).
void pasteRow(CellEdits &edits, int row, int columnCount, const QList<QRect> &targets,
              const QList<QStringList> &cells);
/// How many cells a clipboard is wide and high.
[[nodiscard]] QSize sizeOf(const QList<QStringList> &cells);

} // namespace hubkeeper
