// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingtable.h"
#include "provisioner/rules/finding.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The mappings of a text, with how much is wrong with each.
class MappingsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, FindingsColumn, SourceColumn, TargetColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay keep their index.
    void setMappings(const QList<MappingTable> &mappings);
    void setFindings(const QList<Finding> &findings);
    [[nodiscard]] const MappingTable &at(int row) const { return m_mappings[row]; }
    /// The row of the mapping that a pointer is in; -1 for none.
    [[nodiscard]] int rowOf(const QString &pointer) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Counts
    {
        int errors = 0;
        int warnings = 0;

        bool operator==(const Counts &) const = default;
    };
    [[nodiscard]] QString countText(const Counts &counts) const;
    void count();

    QList<MappingTable> m_mappings;
    QList<Finding> m_findings;
    QList<Counts> m_counts; ///< Of each mapping.
};

} // namespace hubkeeper
