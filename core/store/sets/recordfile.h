// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <QLockFile>

#include <memory>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// The place of one record set on disk: a SQLite file with a lock beside it. The lock distinguishes
/// the sets of running programs from those a killed one left behind.
class RecordPlace
{
public:
    /// Makes the folder (0700) and an empty file (0600), and deletes what dead programs left in
    /// the folder. Fails with NotSaved.
    [[nodiscard]] static Result<std::unique_ptr<RecordPlace>> make(const QString &folder);
    /// Deletes what dead programs left in the folder; it need not exist. Every program does so when
    /// it starts, for these are copies of personal data.
    static void removeLeftovers(const QString &folder);
    /// Deletes the file and what belongs to it.
    ~RecordPlace();

    [[nodiscard]] const QString &path() const { return m_path; }

private:
    RecordPlace(QString path, std::unique_ptr<QLockFile> lock);

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

/// A row as it lies on the disk.
struct StoredRow
{
    qint64 row = 0;
    QString id;
    QByteArray cells; ///< Packed (rowcells.h), in the order of the columns.
    qint64 updated = -1; ///< Milliseconds since 1970, or -1.
    bool archived = false;
};

/// What a write did to the rows.
struct StoredRows
{
    qint64 firstNew = 0;
    std::vector<StoredRow> added; ///< From firstNew on, in order.
    std::vector<StoredRow> changed;
};

/// The writing side of a record set's file. Used by one thread at a time.
class RecordFile
{
public:
    [[nodiscard]] static Result<std::unique_ptr<RecordFile>> create(const QString &path,
                                                                    QStringList columns);
    ~RecordFile();

    /// In one transaction: all or nothing. A record that is there already is merged into its row:
    /// columns missing in it keep their text.
    [[nodiscard]] Result<StoredRows> store(const QList<Record> &records);
    [[nodiscard]] Result<StoredRows> markArchived(const QString &id);

private:
    struct Statements;
    RecordFile(std::unique_ptr<SQLite::Database> database, QStringList columns);
    [[nodiscard]] std::optional<StoredRow> find(const QString &id);
    void write(const StoredRow &row, const QList<QString> &texts, bool isNew);
    void storeOne(const Record &record, StoredRows &stored);

    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<Statements> m_statements;
    const QStringList m_columns;
    qint64 m_rows = 0;
};

/// The reading side, from a connection of its own. Used by one thread at a time.
class RecordReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<RecordReader>> open(const QString &path);
    ~RecordReader();

    /// Rows from `first` on, `count` at most, and no more once they take `mostBytes`.
    [[nodiscard]] Result<std::vector<StoredRow>> rows(qint64 first, qint64 count,
                                                      qsizetype mostBytes);
    /// These rows, in this order; those that are not there are left out.
    [[nodiscard]] Result<std::vector<StoredRow>> rows(const std::vector<qint64> &wanted);
    /// -1 if no record has the id.
    [[nodiscard]] Result<qint64> rowOf(const QString &id);

private:
    struct Statements;
    explicit RecordReader(std::unique_ptr<SQLite::Database> database);

    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<Statements> m_statements;
};

/// An id as the number it is ordered by (hubspot-api 4.2); the largest one for ids that are none.
[[nodiscard]] qint64 idKey(const QString &id);

} // namespace hubkeeper
