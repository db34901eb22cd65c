// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/tablepreview.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class Masking;

/// What is wrong with places of a table, all of it or one kind.
class FaultsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RowColumn, CellColumn, TextColumn, ColumnCount };

    /// `masking` must outlive it.
    FaultsModel(const Masking &masking, QObject *parent);

    /// `header` names the columns. What is shown stays, where faults were only added.
    void setFaults(const QList<TableFault> &faults, const QStringList &header);
    /// Nothing: all kinds.
    void setKind(std::optional<TableFaultKind> kind);
    [[nodiscard]] const TableFault &fault(int row) const { return m_faults[m_shown[size_t(row)]]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] bool isShown(const TableFault &fault) const;
    void list();

    const Masking &m_masking;
    QList<TableFault> m_faults;
    QStringList m_header;
    std::optional<TableFaultKind> m_kind;
    std::vector<qsizetype> m_shown; // Indexes of m_faults.
};

/// The kind in a few words: "Row is too short".
[[nodiscard]] QString shownName(TableFaultKind kind);

} // namespace hubkeeper
