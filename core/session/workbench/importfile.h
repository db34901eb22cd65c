// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowsource.h"
#include "session/workbench/importedrows.h"

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace hubkeeper {

class RecordPlace;

/// What is decided about a row, by its place.
struct DecidedRow
{
    qint64 place = 0;
    ImportedRow row; ///< Without its cells.
    std::vector<RowChange> changes; ///< Of its record first, then of its associations.
};

/// A row that is not decided yet.
struct OpenRow
{
    qint64 place = 0;
    ImportedRow row;
};

/// The rows of a table while it is imported, with their keys, what is decided about them, and what
/// they would change: a SQLite file of its own (0600, below Paths::cache), which goes with this
/// object and is removed by the next program after a crash. Memory does not grow with the rows.
///
/// Any thread; calls wait for each other. Everything fails with Storage or NotSaved.
class ImportFile final : public ImportedRows
{
public:
    [[nodiscard]] static Result<std::shared_ptr<ImportFile>> create(const QString &folder);
    ~ImportFile() override;

    /// The rows of the table, in their order, between beginRows() and endRows().
    [[nodiscard]] Result<void> beginRows();
    /// `key`: a text that is equal for equal keys, or empty. `refused`: why it is, if it is.
    [[nodiscard]] Result<void> addRow(qint64 number, const QByteArray &key,
                                      std::span<const std::string_view> cells,
                                      const std::optional<ImportedRow> &refused);
    /// Refuses rows whose key another row has, too: "Row 7 has the same email."
    [[nodiscard]] Result<void> endRows(const QString &keyName);

    /// What the change set holds already, by RowPlan::stagedKeyOf().
    [[nodiscard]] Result<void> addStaged(const QList<std::pair<QString, RowChange>> &rows);
    [[nodiscard]] Result<std::optional<RowChange>> staged(const QString &key) const;

    /// Rows that are not decided, from a place on.
    [[nodiscard]] Result<std::vector<OpenRow>> openRows(qint64 from, int most) const;
    [[nodiscard]] Result<void> decide(const std::vector<DecidedRow> &rows);
    /// Refuses all rows that found a record that another row found, too.
    [[nodiscard]] Result<void> refuseContested();

    struct Counts
    {
        qint64 creates = 0;
        qint64 updates = 0;
        qint64 unchanged = 0;
        qint64 refused = 0;
        qint64 changes = 0; ///< Of records and associations.
        qint64 associations = 0; ///< Of the changes: those that add one, or a label to it.
        qint64 removedAssociations = 0; ///< Of the changes, too.
        qint64 bytes = 0; ///< Of the changes, as a change set keeps them.
    };
    [[nodiscard]] Result<Counts> counts() const;
    /// How many changes edit each property, by names in lower case.
    [[nodiscard]] QHash<QString, int> uses() const;

    [[nodiscard]] qint64 count() const override { return m_count; }
    [[nodiscard]] Result<std::vector<ImportedRow>> read(qint64 first, int most) const override;
    [[nodiscard]] Result<std::vector<qint64>> placesOf(ImportedRow::Status status) const override;
    [[nodiscard]] Result<std::vector<qint64>> placesWithMessage() const override;
    [[nodiscard]] Result<std::vector<RefusalCount>> refusals() const override;

    struct NumberedChange
    {
        qint64 number = 0;
        ReadyRow row;
    };
    /// The changes from a number on, in the order of the rows. Local ids are made of their places.
    [[nodiscard]] Result<std::vector<NumberedChange>> changes(qint64 from, int most) const;

private:
    ImportFile(std::unique_ptr<RecordPlace> place, std::unique_ptr<SQLite::Database> database);
    [[nodiscard]] SQLite::Statement &prepared(const char *sql) const;
    void put(const DecidedRow &decided);
    void putChange(qint64 number, qint64 place, const RowChange &change);
    void countUses(const RowChange &row, int by);
    void dropRefusedChanges();
    template <typename Work>
    [[nodiscard]] auto locked(const char *doing, Work work) const;

    std::unique_ptr<RecordPlace> m_place;
    std::unique_ptr<SQLite::Database> m_database;
    mutable std::vector<std::pair<const char *, std::unique_ptr<SQLite::Statement>>> m_statements;
    mutable std::mutex m_mutex;
    qint64 m_count = 0;
    QHash<QString, int> m_uses;
    qint64 m_lastChange = 0; // Its number.
    bool m_hasStaged = false;
};

/// The changes of an import for ChangeSet::addFrom().
class ImportedChanges final : public RowSource
{
public:
    ImportedChanges(std::shared_ptr<const ImportFile> file, qint64 count)
        : m_file(std::move(file))
        , m_count(count)
    {
    }

    [[nodiscard]] qint64 count() const override { return m_count; }
    [[nodiscard]] qint64 lastLocalNumber() const override { return m_file->count(); }
    [[nodiscard]] QHash<QString, int> uses() const override { return m_file->uses(); }
    [[nodiscard]] Result<std::vector<ReadyRow>> next(int most) override;
    void rewind() override { m_next = 0; }

private:
    const std::shared_ptr<const ImportFile> m_file;
    const qint64 m_count;
    qint64 m_next = 0;
};

} // namespace hubkeeper
