// SPDX-License-Identifier: MIT
#include "changes/journalfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// What a run is about to do must be on the disk before it does it: synchronous = FULL.
constexpr auto schema = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL,
    subject TEXT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL,
    seal BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS entries_by_run ON entries (run, number);
CREATE TABLE IF NOT EXISTS head (
    one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, hash BLOB NOT NULL,
    seal BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER IF NOT EXISTS entries_are_final BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
)";

QByteArray number(qint64 value)
{
    QByteArray bytes(8, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray bytesOf(const SQLite::Column &column)
{
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

QString textOf(const SQLite::Column &column)
{
    return QString::fromUtf8(bytesOf(column));
}

void bindBytes(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bind(index, bytes.isEmpty() ? "" : bytes.constData(), int(bytes.size()));
}

void makePrivate(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return;
    // Fails where SQLite will fail, too, and says why better.
    (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                    QFile::ReadOwner | QFile::WriteOwner);
}

/// The head's seal covers the count, so that cutting off the end needs the key.
QByteArray headSeal(qint64 count, const QByteArray &hash, const Secret &key)
{
    return sealOf(number(count) + hash, key);
}

} // namespace

QByteArray hashOf(const JournalEntry &entry, const QByteArray &previousHash)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &bytes) {
        hash.addData(number(bytes.size()));
        hash.addData(bytes);
    };
    add(previousHash);
    add(number(entry.number));
    add(number(entry.at));
    add(entry.run.toUtf8());
    add(entry.kind.toUtf8());
    add(entry.subject.toUtf8());
    add(entry.outcome.toUtf8());
    add(entry.body);
    return hash.result();
}

QByteArray sealOf(const QByteArray &hash, const Secret &key)
{
    if (key.isEmpty())
        return {};
    return key.withClearText([&](std::string_view text) {
        return QMessageAuthenticationCode::hash(
            hash, QByteArray::fromRawData(text.data(), qsizetype(text.size())),
            QCryptographicHash::Sha256);
    });
}

JournalFile::JournalFile(const QString &path, const Secret &key)
    : m_key(key.clone())
{
    makePrivate(path);
    m_database = std::make_unique<SQLite::Database>(
        path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10'000);
    m_database->exec(schema);
}

JournalFile::~JournalFile() = default;

JournalFile::Head JournalFile::head() const
{
    SQLite::Statement read(*m_database, "SELECT count, hash, seal FROM head");
    if (!read.executeStep())
        return {};
    return {read.getColumn(0).getInt64(), bytesOf(read.getColumn(1)), bytesOf(read.getColumn(2))};
}

void JournalFile::setHead(qint64 count, const QByteArray &hash)
{
    SQLite::Statement write(*m_database,
                            "INSERT OR REPLACE INTO head (one, count, hash, seal)"
                            " VALUES (1, ?, ?, ?)");
    write.bind(1, int64_t(count));
    bindBytes(write, 2, hash);
    bindBytes(write, 3, headSeal(count, hash, m_key));
    write.exec();
}

void JournalFile::append(std::vector<JournalEntry> entries)
{
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    Head last = head();
    SQLite::Statement write(*m_database,
                            "INSERT INTO entries (number, at, run, kind, subject, outcome, body,"
                            " hash, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (JournalEntry &entry : entries) {
        entry.number = ++last.count;
        last.hash = hashOf(entry, last.hash);
        write.reset();
        write.bind(1, int64_t(entry.number));
        write.bind(2, int64_t(entry.at));
        write.bind(3, entry.run.toStdString());
        write.bind(4, entry.kind.toStdString());
        write.bind(5, entry.subject.toStdString());
        write.bind(6, entry.outcome.toStdString());
        write.bind(7, entry.body.toStdString());
        bindBytes(write, 8, last.hash);
        bindBytes(write, 9, sealOf(last.hash, m_key));
        write.exec();
    }
    setHead(last.count, last.hash);
    transaction.commit();
}

JournalFile::Check JournalFile::check() const
{
    Check check;
    QByteArray previous;
    const auto bad = [&check](qint64 entry, const QString &reason) {
        check.firstBad = entry;
        check.reason = reason;
        return check;
    };
    SQLite::Transaction together(*m_database); // Entries and head of the same moment.
    SQLite::Statement read(*m_database,
                           "SELECT number, at, run, kind, subject, outcome, body, hash, seal"
                           " FROM entries ORDER BY number");
    while (read.executeStep()) {
        JournalEntry entry;
        entry.number = read.getColumn(0).getInt64();
        entry.at = read.getColumn(1).getInt64();
        entry.run = textOf(read.getColumn(2));
        entry.kind = textOf(read.getColumn(3));
        entry.subject = textOf(read.getColumn(4));
        entry.outcome = textOf(read.getColumn(5));
        entry.body = bytesOf(read.getColumn(6));
        const QByteArray hash = bytesOf(read.getColumn(7));
        if (entry.number != ++check.entries)
            return bad(check.entries, u"it is missing"_s);
        if (hash != hashOf(entry, previous))
            return bad(entry.number, u"its content does not fit its hash"_s);
        if (!m_key.isEmpty() && bytesOf(read.getColumn(8)) != sealOf(hash, m_key))
            return bad(entry.number, u"it was not sealed with this key"_s);
        previous = hash;
    }
    const Head last = head();
    if (last.count > check.entries)
        return bad(check.entries + 1, u"it is missing"_s);
    if (last.count != check.entries || last.hash != previous
        || (!m_key.isEmpty() && check.entries > 0
            && last.seal != headSeal(last.count, last.hash, m_key)))
        return bad(check.entries, u"it is not the one the journal ends with"_s);
    return check;
}

} // namespace hubkeeper
