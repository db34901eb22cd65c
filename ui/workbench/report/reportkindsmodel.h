// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/report/reportkinds.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class PropertyNames;

/// Kinds of faults by property, the most frequent first.
class ReportKindsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FindingColumn, PropertyColumn, CountColumn, ColumnCount };

    /// `names` must outlive it.
    ReportKindsModel(const PropertyNames &names, QObject *parent);

    void setKinds(std::vector<ReportKind> kinds);
    [[nodiscard]] const ReportKind &kind(int row) const { return m_kinds[size_t(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    const PropertyNames &m_names;
    std::vector<ReportKind> m_kinds;
};

} // namespace hubkeeper
