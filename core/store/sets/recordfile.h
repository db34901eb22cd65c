// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <QLockFile>

#include <memory>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// The place of one record set on disk: a SQLite file with a lock beside it. The lock tells the
/// sets of running programs from those a killed one left behind.
class RecordPlace
{
public:
    /// Makes the folder (0700) and an empty file (0600), and deletes what dead programs left in
    /// the folder. Fails with Storage.
    [[nodiscard]] static Result<std::unique_ptr<RecordPlace>> make(const QString &folder);
    /// Deletes the file and what belongs to it.
    ~RecordPlace();

    [[nodiscard]] const QString &path() const { return m_path; }

private:
    RecordPlace(QString path, std::unique_ptr<QLockFile> lock);

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

/// What a write did to the rows.
struct StoredRows
{
    qint64 firstNew = 0;
    qint64 countNew = 0;
    QList<qint64> changed;
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
    [[nodiscard]] std::optional<qint64> find(const QString &id, QList<QString> *texts);
    void write(qint64 row, const Record &record, const QList<QString> &texts, bool isNew);
    void storeOne(const Record &record, StoredRows &stored);

    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<Statements> m_statements;
    const QStringList m_columns;
    qint64 m_rows = 0;
};

/// An id as the number it is ordered by (hubspot-api 4.2); the largest one for ids that are none.
[[nodiscard]] qint64 idKey(const QString &id);

} // namespace hubkeeper
