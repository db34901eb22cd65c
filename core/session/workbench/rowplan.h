// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "portal/propertychoice.h"
#include "session/workbench/importedlinks.h"

#include <span>

namespace hubkeeper {

/// What an import would do with each row, decided without the portal and without the other rows.
/// Pure and constant: any thread.
class RowPlan
{
public:
    /// Fails with InvalidInput: the key is not a column of the mapping, or not a property that can
    /// be one.
    [[nodiscard]] static Result<RowPlan> make(const ImportRequest &request,
                                              const ColumnMapping &mapping,
                                              const QList<PropertyDefinition> &definitions,
                                              const ImportReading &reading);

    [[nodiscard]] const ColumnMapping &mapping() const { return m_mapping; }
    /// What rows are matched by: ImportRequest::match, or what was chosen where that is empty.
    [[nodiscard]] const QString &match() const { return m_request.match; }
    [[nodiscard]] const MatchKey &key() const { return m_key; }
    [[nodiscard]] const ImportedLinks &links() const { return m_links; }
    /// The properties that are read of records: those that are imported.
    [[nodiscard]] QStringList properties() const;
    /// The columns whose cells HubSpot sets itself, by their places.
    [[nodiscard]] QList<int> readOnlyColumns() const;

    /// What a row finds its record by, as UTF-8, empty for none: MatchKey::keyOf() of its key, or
    /// recordKey() of its record ID where it has no key.
    [[nodiscard]] QByteArray keyIn(std::span<const std::string_view> cells) const;
    /// Why a row is refused whatever its record: it has too many cells, or no key.
    [[nodiscard]] std::optional<ImportedRow> refusalOf(const TableRow &row, bool hasKey) const;

    /// The key of a row, as the file has it; may be empty where all rows are created, or where the
    /// row has a record ID.
    [[nodiscard]] QString keyTextOf(const ImportedRow &row) const;
    /// The record ID of a row that has no key; else empty.
    [[nodiscard]] QString idInPlaceOfKey(const ImportedRow &row) const;
    /// What FoundRecords::byKey has for a record that was found by that ID.
    [[nodiscard]] static QString recordKey(const QString &id)
    {
        return QLatin1Char(recordKeyMark) + id;
    }
    /// What a staged row is found by: the key of a create, the id of an update, both ends of an
    /// association; empty: it does not matter.
    [[nodiscard]] QString stagedKeyOf(const RowChange &staged) const;

    /// stagedKeyOf() of an association.
    [[nodiscard]] static QString stagedLinkKey(const RowChange &link);
    /// What a row says that changes nothing because of what is staged.
    [[nodiscard]] static QString stagedAlready();
    /// Reads what is staged under that key.
    using Staged = std::function<std::optional<RowChange>(const QString &stagedKey)>;
    /// Decides what becomes of a row, now that it is known which records have its key. Gives the
    /// change, if there is one; a create has the local id `localId`. `differing` counts the
    /// read-only cells that differ from the record's, by column.
    [[nodiscard]] std::optional<RowChange> decide(ImportedRow &row, const FoundRecords &found,
                                                  const QString &localId, const Staged &staged,
                                                  std::vector<qint64> &differing) const;

private:
    struct Column
    {
        QString property; // Empty: not imported.
        std::shared_ptr<const ImportValues> values; // Null: nothing is imported.
        bool isReadOnly = false;
        bool isRecordId = false;
    };
    struct Wanted // A value of a row.
    {
        QString property;
        QString text;
        int column = 0;
        bool isAdded = false; // To the checked boxes that the record has.
    };

    RowPlan() = default;

    void chooseMatch();
    [[nodiscard]] Result<void> findKey();
    [[nodiscard]] QString idCellOf(const ImportedRow &row) const;
    [[nodiscard]] QString idOf(const QString &cell) const;
    [[nodiscard]] QString cellOf(const ImportedRow &row, qsizetype column) const;
    /// `record`: null for a create. Refuses the row where a cell cannot be a value.
    [[nodiscard]] QList<Wanted> valuesOf(ImportedRow &row, const Record *record,
                                         std::vector<qint64> &differing) const;
    [[nodiscard]] bool isShown(const QString &property, const QString &stored,
                               const QString &cell) const;
    [[nodiscard]] bool isWithoutRecord(ImportedRow &row, const QString &keyText) const;
    [[nodiscard]] bool isOfAnother(ImportedRow &row, const Record &record) const;
    [[nodiscard]] std::optional<RowChange> create(ImportedRow &row, const QString &localId,
                                                  std::vector<qint64> &differing) const;
    [[nodiscard]] std::optional<RowChange> update(ImportedRow &row, const Record &record,
                                                  const Staged &staged,
                                                  std::vector<qint64> &differing) const;

    ImportRequest m_request;
    ColumnMapping m_mapping;
    DefinitionsByName m_definitions;
    std::vector<Column> m_columns;
    std::shared_ptr<const ValueLabels> m_labels;
    ImportedLinks m_links;
    MatchKey m_key;
    qsizetype m_keyColumn = 0;
    qsizetype m_idColumn = -1; // Of the record ID, where it is not the key.
};

} // namespace hubkeeper
