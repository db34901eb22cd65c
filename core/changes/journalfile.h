// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QDateTime>

#include <memory>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// One line of the journal before it is chained.
struct JournalEntry
{
    qint64 number = 0; ///< From 1, without gaps.
    qint64 at = 0; ///< Milliseconds since 1970, UTC.
    QString run;
    QString kind; ///< "begin", "intent", "outcome", "end".
    QString subject; ///< "contacts/512": joins intents and outcomes. Empty for begin and end.
    QString outcome; ///< Outcomes: the state's name.
    QByteArray body; ///< Compact JSON.
};

/// SHA-256 over the hash of the entry before it and every member, each with its length in front,
/// so that no two entries have the same bytes.
[[nodiscard]] QByteArray hashOf(const JournalEntry &entry, const QByteArray &previousHash);
/// HMAC-SHA-256 of a hash; empty without a key.
[[nodiscard]] QByteArray sealOf(const QByteArray &hash, const Secret &key);

/// The chained entries in their SQLite file. Throws what SQLiteCpp throws: Journal catches it.
class JournalFile
{
public:
    /// Opens or makes the file (0600) with its table and its triggers, which refuse to change or
    /// delete an entry.
    JournalFile(const QString &path, const Secret &key);
    ~JournalFile();

    /// Chains and stores the entries in one transaction that is on the disk afterwards. Other
    /// programs may append at the same time. Number and hash are set here.
    void append(std::vector<JournalEntry> entries);

    /// What check() found: the first bad entry, or -1, and why.
    struct Check
    {
        qint64 entries = 0;
        qint64 firstBad = -1;
        QString reason;
    };
    [[nodiscard]] Check check() const;

    [[nodiscard]] SQLite::Database &database() const { return *m_database; }

private:
    struct Head
    {
        qint64 count = 0;
        QByteArray hash;
        QByteArray seal;
    };
    [[nodiscard]] Head head() const;
    void setHead(qint64 count, const QByteArray &hash);

    std::unique_ptr<SQLite::Database> m_database;
    Secret m_key;
};

} // namespace hubkeeper
