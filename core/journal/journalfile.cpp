// SPDX-License-Identifier: MIT
#include "journal/journalfile.h"

#include "base/database.h"
#include "base/savefile.h"
#include "journal/journaltext.h"

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// What a run is about to do must be on the disk before it does it: synchronous = FULL.
constexpr auto settings = "PRAGMA synchronous = FULL";

constexpr auto schema = R"(
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

void bindBytes(SQLite::Statement &statement, int index, const QByteArray &bytes)
{
    statement.bind(index, bytes.isEmpty() ? "" : bytes.constData(), int(bytes.size()));
}

} // namespace

QByteArray bytesOf(const SQLite::Column &column)
{
    return {static_cast<const char *>(column.getBlob()), column.getBytes()};
}

QString textOf(const SQLite::Column &column)
{
    return QString::fromUtf8(bytesOf(column));
}

std::unique_ptr<SQLite::Database> openJournalDatabase(const QString &path)
{
    if (path != u":memory:"_s)
        (void)makePrivateFile(path); // Where it cannot, SQLite cannot either and says why.
    auto database = std::make_unique<SQLite::Database>(path.toStdString(),
                                                       SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                       int(databasePatience.count()));
    useWriteAheadLog(*database);
    database->exec(settings);
    database->exec(schema);
    return database;
}

SealedHead sealedHead(SQLite::Database &database)
{
    SQLite::Statement read(database, "SELECT count, hash, seal FROM head");
    if (!read.executeStep())
        return {};
    return {{read.getColumn(0).getInt64(), bytesOf(read.getColumn(1))}, bytesOf(read.getColumn(2))};
}

std::optional<std::pair<QByteArray, QByteArray>> sealOfEntry(SQLite::Database &database,
                                                             qint64 number)
{
    SQLite::Statement read(database, "SELECT hash, seal FROM entries WHERE number = ?");
    read.bind(1, int64_t(number));
    if (!read.executeStep())
        return {};
    return std::pair(bytesOf(read.getColumn(0)), bytesOf(read.getColumn(1)));
}

QByteArray alteredMark()
{
    return "altered";
}

QString faultOfEnd(SQLite::Database &database, const JournalSeal &seal, const JournalHead &known)
{
    const SealedHead last = sealedHead(database);
    SQLite::Statement read(database, "SELECT COALESCE(MAX(number), 0) FROM entries");
    const qint64 newest = read.executeStep() ? read.getColumn(0).getInt64() : 0;
    if (known.count > newest)
        return JournalText::tr("it is missing; the journal had %1 entries").arg(known.count);
    if (const auto there = sealOfEntry(database, known.count);
        known.count > 0 && (!there || there->first != known.hash))
        return JournalText::tr("it is not the one that was written");
    if (newest == 0 && last.head.count == 0)
        return {};
    const auto newestSeal = sealOfEntry(database, newest);
    if (last.seal == alteredMark())
        return JournalText::tr("the journal had been altered before it went on");
    if (last.head.count != newest || !newestSeal || newestSeal->first != last.head.hash)
        return JournalText::tr("it is not the one the journal ends with");
    const SealState ofHead = seal.stateOf(last.seal, headHash(last.head.count, last.head.hash));
    const SealState ofEntry = seal.stateOf(newestSeal->second, newestSeal->first);
    return ofHead == SealState::Bad || ofHead != ofEntry
        ? JournalText::tr("it is not the one the journal ends with")
        : QString();
}

JournalFile::JournalFile(const QString &path, const Secret &key, JournalHead known)
    : m_database(openJournalDatabase(path))
    , m_seal(key)
    , m_known(std::move(known))
{
    SQLite::Transaction together(*m_database);
    lookAtEnd();
    if (m_trust != JournalTrust::Altered)
        m_known = sealedHead(*m_database).head;
}

JournalFile::~JournalFile() = default;

void JournalFile::lookAtEnd()
{
    if (m_trust == JournalTrust::Altered || !faultOfEnd(*m_database, m_seal, m_known).isEmpty())
        m_trust = JournalTrust::Altered;
    else
        m_trust = m_seal.hasKey() ? JournalTrust::Sealed : JournalTrust::NoKey;
}

void JournalFile::setHead(const JournalHead &head)
{
    SQLite::Statement write(*m_database,
                            "INSERT OR REPLACE INTO head (one, count, hash, seal)"
                            " VALUES (1, ?, ?, ?)");
    write.bind(1, int64_t(head.count));
    bindBytes(write, 2, head.hash);
    bindBytes(write, 3,
              m_trust == JournalTrust::Altered ? alteredMark()
                                               : m_seal.of(headHash(head.count, head.hash)));
    write.exec();
}

void JournalFile::append(std::vector<JournalEntry> entries)
{
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    lookAtEnd();
    JournalHead last = sealedHead(*m_database).head;
    SQLite::Statement newest(*m_database, "SELECT COALESCE(MAX(number), 0) FROM entries");
    if (newest.executeStep())
        last.count = std::max<qint64>(last.count, newest.getColumn(0).getInt64());
    SQLite::Statement write(*m_database,
                            "INSERT INTO entries (number, at, run, kind, subject, outcome, body,"
                            " hash, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const bool isSealed = m_trust == JournalTrust::Sealed;
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
        bindBytes(write, 9, isSealed ? m_seal.of(last.hash) : QByteArray());
        write.exec();
    }
    setHead(last);
    transaction.commit();
    if (m_trust != JournalTrust::Altered)
        m_known = last;
}

} // namespace hubkeeper
