// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "session/workbench/importtable.h"
#include "session/workbench/matchrecords.h"

#include <QSet>

namespace hubkeeper {

/// What an import would do with each row, decided without the portal. Pure; rows are those of
/// ImportedTable.
class RowPlan
{
public:
    /// Fails with InvalidInput: the key is not a column of the mapping, or not a property that can
    /// be one.
    [[nodiscard]] static Result<RowPlan> make(const ImportRequest &request,
                                              const ColumnMapping &mapping,
                                              const QList<PropertyDefinition> &definitions,
                                              ImportReading reading);

    [[nodiscard]] const MatchKey &key() const { return m_key; }
    /// Rows that would create what a staged row creates already are left as they are.
    void setStaged(const std::vector<RowChange> &staged);
    /// The properties that are read of records: those that are imported.
    [[nodiscard]] QStringList properties() const;

    /// Refuses rows with cells that cannot be values, without a key, and with keys that two rows
    /// have. Keeps the values of the others.
    void check(std::vector<ImportedRow> &rows);
    /// The key of a row that was not refused, as the file has it; may be empty where all rows are
    /// created.
    [[nodiscard]] QString keyTextOf(const ImportedRow &row) const;

    /// Decides what becomes of a row, now that it is known which records have its key. Gives the
    /// change, if there is one.
    [[nodiscard]] std::optional<RowChange> decide(ImportedRow &row, const FoundRecords &found);

    /// After all rows were decided: refuses the first of the rows that find one record, too, and
    /// takes its change out.
    void refuseContested(std::vector<ImportedRow> &rows, std::vector<RowChange> &changes) const;

private:
    RowPlan() = default;

    [[nodiscard]] Result<QHash<QString, QString>> valuesOf(const ImportedRow &row,
                                                           int *wrong = nullptr) const;
    void refuseTwins(std::vector<ImportedRow> &rows);
    [[nodiscard]] std::optional<RowChange> create(ImportedRow &row) const;
    [[nodiscard]] std::optional<RowChange> update(ImportedRow &row, const Record &record) const;

    ImportRequest m_request;
    ColumnMapping m_mapping;
    DefinitionsByName m_definitions;
    ImportReading m_reading;
    MatchKey m_key;
    qsizetype m_keyColumn = 0;
    QHash<QString, qint64> m_rowOfRecord; ///< Record id to the row that has it.
    QHash<QString, qint64> m_contested; ///< Record id to another row that has it.
    QSet<QString> m_staged; ///< Keys of creates that are staged.
};

} // namespace hubkeeper
