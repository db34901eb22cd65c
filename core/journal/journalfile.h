// SPDX-License-Identifier: MIT
#pragma once

#include "journal/headkeeper.h"
#include "journal/journalentry.h"

#include <memory>
#include <optional>

namespace SQLite {
class Column;
class Database;
} // namespace SQLite

namespace hubkeeper {

/// What entries that are written from now on are worth.
enum class JournalTrust {
    Sealed,
    NoKey, ///< They are chained, but whoever can write the file could forge them.
    Altered, ///< The file is not the one that was written: it gets no seal any more.
};

/// The last line of the file's own account: how many entries, and the hash of the last one.
struct SealedHead
{
    JournalHead head;
    QByteArray seal;
};

/// Opens the file of a journal, or makes it (0600) with its tables and the triggers that refuse
/// to change or delete an entry. Waits while another program sets it up. Throws what SQLiteCpp
/// throws.
[[nodiscard]] std::unique_ptr<SQLite::Database> openJournalDatabase(const QString &path);

[[nodiscard]] SealedHead sealedHead(SQLite::Database &database);
/// Hash and seal of one entry, or nothing.
[[nodiscard]] std::optional<std::pair<QByteArray, QByteArray>>
sealOfEntry(SQLite::Database &database, qint64 number);
/// Why the end of the file cannot be the one that was written, or nothing: the head is missing or
/// forged, or the file ends before `known`. Looks at two entries only.
[[nodiscard]] QString faultOfEnd(SQLite::Database &database, const JournalSeal &seal,
                                 const JournalHead &known);
/// In place of the head's seal once the file was found altered; never goes again.
[[nodiscard]] QByteArray alteredMark();

[[nodiscard]] QByteArray bytesOf(const SQLite::Column &column);
[[nodiscard]] QString textOf(const SQLite::Column &column);

/// The chained entries in their SQLite file, for writing. Throws what SQLiteCpp throws: Journal
/// catches it.
class JournalFile
{
public:
    /// `known` is where the journal ended at least.
    JournalFile(const QString &path, const Secret &key, JournalHead known);
    ~JournalFile();

    /// Chains and stores the entries in one transaction that is on the disk afterwards. Other
    /// programs may append at the same time. Number and hash are set here. Before, it looks
    /// whether the file ends as it was left; one that does not goes on without seals.
    void append(std::vector<JournalEntry> entries);

    [[nodiscard]] JournalTrust trust() const { return m_trust; }
    /// The end after the last append, or as opened.
    [[nodiscard]] const JournalHead &head() const { return m_known; }
    [[nodiscard]] SQLite::Database &database() const { return *m_database; }

private:
    void lookAtEnd();
    void setHead(const JournalHead &head);

    std::unique_ptr<SQLite::Database> m_database;
    JournalSeal m_seal;
    JournalHead m_known;
    JournalTrust m_trust = JournalTrust::NoKey;
};

} // namespace hubkeeper
