// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/linkorders.h"
#include "session/workbench/importtable.h"
#include "session/workbench/matchrecords.h"

namespace hubkeeper {

/// The columns of a table that say which records a row's record shall be associated with. Pure and
/// constant: any thread.
class ImportedLinks
{
public:
    struct Column
    {
        int place = 0; ///< Of the column, from 0.
        MatchKey key; ///< What its texts find records of the other type by.
        QString label; ///< Of the associations; empty: without a label.
    };
    /// What the labels of columns() are in the portal, in their order.
    using Kinds = std::vector<QList<AssociationKind>>;

    ImportedLinks() = default;
    ImportedLinks(const ImportRequest &request, const ColumnMapping &mapping);

    [[nodiscard]] bool isEmpty() const { return m_columns.empty(); }
    [[nodiscard]] const std::vector<Column> &columns() const { return m_columns; }
    /// The types of which a row names all records that its own shall be associated with: where the
    /// request says that the others are removed, those of columns without a label. An empty cell
    /// names none of them where empty cells clear, and says nothing where they leave, nor does one
    /// that a short row does not have.
    [[nodiscard]] QList<ObjectType> wholeTypes(const ImportedRow &row) const;
    /// What a cell of a row names, each once.
    [[nodiscard]] QStringList textsIn(const ImportedRow &row, const Column &column) const;

    /// The associations that a row asks for, each once, with the labels of all columns that name
    /// it. `label`: what people call its record; `found`: the records of columns(), in their order.
    /// Refuses the row, and gives nothing, where a text finds no record, several, one that was
    /// merged away, or the row's own, and where a contact would have two primary companies.
    [[nodiscard]] QList<LinkOrder> ordersOf(ImportedRow &row, const RecordReference &record,
                                            const QString &label,
                                            const std::vector<FoundRecords> &found,
                                            const Kinds &kinds) const;

private:
    [[nodiscard]] std::optional<Record> recordOf(ImportedRow &row, const Column &column,
                                                 const QString &text,
                                                 const FoundRecords &found) const;
    [[nodiscard]] bool addOrder(ImportedRow &row, const Column &column, const LinkOrder &order,
                                QList<LinkOrder> &orders) const;
    [[nodiscard]] QString sentence(const Column &column, const QString &what) const;

    ImportRequest m_request;
    QStringList m_names; // Of all columns.
    std::vector<Column> m_columns;
};

} // namespace hubkeeper
