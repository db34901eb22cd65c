// SPDX-License-Identifier: MIT
#include "journal/journal.h"
#include "journalrows.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// As the keychain does, for as long as the test lives.
class KeptHead final : public HeadKeeper
{
public:
    JournalHead head;

    [[nodiscard]] JournalHead known() const override { return head; }
    [[nodiscard]] Call<void> *keep(const JournalHead &newest, QObject *parent) override
    {
        if (newest.count > head.count)
            head = newest;
        return new ReadyCall<void>({}, parent);
    }
};

} // namespace

/// The three answers of verify(), and what is never said.
class TestJournalCheck : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void staysSealedOverReopening();
    void seesEveryAlteredField_data();
    void seesEveryAlteredField();
    void entriesWithoutAKeyAreNamed();
    void withoutTheKeyNothingIsVouchedFor();
    void entriesOfALostKeyAreNoForgeries();
    void aForgedChainIsNotSealed();
    void nextWriteSealsNothingAltered_data();
    void nextWriteSealsNothingAltered();
    void aKeptHeadThatLagsBehindHolds();
    void everyEndOfARunIsKept();
    void refusesChangesThroughSql();

private:
    void openJournal(const Secret &key);
    [[nodiscard]] JournalVerdict verdict() const { return m_journal->verify().value(); }
    void runAndKeep();
    [[nodiscard]] int alter(const QByteArray &sql);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    ManualClock m_clock;
    std::shared_ptr<KeptHead> m_kept;
    std::unique_ptr<Journal> m_journal;
};

void TestJournalCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"data/journal.sqlite"_s);
    m_kept.reset();
    openJournal(keychainKey());
}

void TestJournalCheck::cleanup()
{
    m_journal.reset();
    m_folder.reset();
}

void TestJournalCheck::openJournal(const Secret &key)
{
    m_journal.reset();
    auto opened = Journal::open(m_path, m_clock, key, m_kept);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().what));
    m_journal = std::move(*opened);
}

/// A run of one row, whose end the keeper keeps.
void TestJournalCheck::runAndKeep()
{
    const auto run = m_journal->beginRun(startOf(u"Practice"_s));
    QVERIFY(run && m_journal->addIntents(*run, {update(u"1"_s, u"a"_s, u"b"_s)}));
    QObject owner;
    const auto ended = outcomeOf(m_journal->end(*run, &owner));
    QVERIFY(ended && *ended);
}

int TestJournalCheck::alter(const QByteArray &sql)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(m_path.toUtf8().constData(), &database) != SQLITE_OK)
        return -1;
    sqlite3_exec(database, "DROP TRIGGER entries_stay; DROP TRIGGER entries_are_final;", nullptr,
                 nullptr, nullptr);
    const int result = sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr);
    const int changes = sqlite3_total_changes(database);
    sqlite3_close(database);
    return result == SQLITE_OK ? changes : -1;
}

void TestJournalCheck::staysSealedOverReopening()
{
    QCOMPARE(verdict().entries, 0);
    QCOMPARE(verdict().state, JournalState::Sealed);
    openJournal(Secret()); // Nobody can say that it was never emptied.
    QCOMPARE(verdict().state, JournalState::NotSealed);
    QVERIFY2(verdict().sentence.contains(u"no entries"_s), qPrintable(verdict().sentence));
    openJournal(keychainKey());
    writeRun(*m_journal);
    openJournal(keychainKey());
    writeRun(*m_journal);

    QCOMPARE(verdict().sentence, u"The journal is sealed and intact (12 entries)."_s);
    QCOMPARE(verdict().state, JournalState::Sealed);
    QCOMPARE(verdict().entries, 12);
}

void TestJournalCheck::seesEveryAlteredField_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("entry");

    const auto flip = [](const char *field) {
        return QByteArray("UPDATE entries SET ") + field + " WHERE number = 3";
    };
    QTest::newRow("time") << flip("at = at + 1") << 3;
    QTest::newRow("run") << flip("run = upper(run) || 'x'") << 3;
    QTest::newRow("kind") << flip("kind = 'outcome'") << 3;
    QTest::newRow("subject") << flip("subject = 'contacts/3'") << 3;
    QTest::newRow("outcome") << flip("outcome = 'applied'") << 3;
    QTest::newRow("body") << flip("body = replace(body, 'Bob', 'Rob')") << 3;
    QTest::newRow("a space in the body") << flip("body = body || ' '") << 3;
    QTest::newRow("moved between fields") << flip("kind = kind || substr(subject, 1, 1),"
                                                  " subject = substr(subject, 2)")
                                          << 3;
    QTest::newRow("hash") << flip("hash = zeroblob(32)") << 3;
    QTest::newRow("seal") << flip("seal = zeroblob(32)") << 3;
    QTest::newRow("key's name in the seal")
        << flip("seal = CAST(zeroblob(8) || substr(seal, 9) AS BLOB)") << 3;
    QTest::newRow("number") << flip("number = 99") << 3;
    QTest::newRow("deleted") << QByteArray("DELETE FROM entries WHERE number = 3") << 3;
    QTest::newRow("cut off") << QByteArray("DELETE FROM entries WHERE number > 4") << 5;
    QTest::newRow("first one") << QByteArray("DELETE FROM entries WHERE number = 1") << 1;
    QTest::newRow("head's count") << QByteArray("UPDATE head SET count = count - 1") << 6;
    QTest::newRow("head's hash") << QByteArray("UPDATE head SET hash = zeroblob(32)") << 6;
    QTest::newRow("head's seal") << QByteArray("UPDATE head SET seal = zeroblob(32)") << 6;
    QTest::newRow("no seal at the head") << QByteArray("UPDATE head SET seal = x''") << 6;
    QTest::newRow("no head") << QByteArray("DELETE FROM head") << 6;
    QTest::newRow("appended by hand")
        << QByteArray("INSERT INTO entries SELECT 7, at, run, kind, subject, outcome, body, hash,"
                      " seal FROM entries WHERE number = 6")
        << 7;
    QTest::newRow("index of nothing")
        << QByteArray("UPDATE entries SET at = at WHERE number = 1; DROP INDEX entries_by_run;"
                      " CREATE INDEX entries_by_run ON entries (run, number) WHERE number < 1")
        << -1;
    QTest::newRow("trigger that falsifies")
        << QByteArray("UPDATE entries SET at = at WHERE number = 1;"
                      " CREATE TRIGGER lies AFTER INSERT ON entries BEGIN SELECT 1; END")
        << -1;
    // The index holds another number than the table: what integrity_check is for.
    QTest::newRow("index entry") << QByteArray(
        "PRAGMA writable_schema = ON; UPDATE entries SET at = at WHERE number = 1;"
        " UPDATE sqlite_master SET sql ="
        " 'CREATE INDEX entries_by_run ON entries (number, run)'"
        " WHERE name = 'entries_by_run'")
                                 << -1;
}

void TestJournalCheck::seesEveryAlteredField()
{
    QFETCH(QByteArray, sql);
    QFETCH(int, entry);
    writeRun(*m_journal);
    QCOMPARE(verdict().state, JournalState::Sealed);

    QVERIFY2(alter(sql) > 0, sql.constData());

    const JournalVerdict found = verdict();
    QCOMPARE(found.state, JournalState::Altered);
    QCOMPARE(found.firstBadEntry, entry);
    if (entry > 0)
        QVERIFY2(found.sentence.contains(QString::number(entry)), qPrintable(found.sentence));
}

/// A keychain that is there in some sessions only.
void TestJournalCheck::entriesWithoutAKeyAreNamed()
{
    openJournal(Secret());
    QCOMPARE(m_journal->trust(), JournalTrust::NoKey);
    writeRun(*m_journal);
    openJournal(keychainKey());
    QCOMPARE(m_journal->trust(), JournalTrust::Sealed);
    writeRun(*m_journal);

    const JournalVerdict found = verdict();
    QCOMPARE(found.state, JournalState::NotSealed);
    QCOMPARE(nameOf(found.state), u"notSealed"_s);
    QCOMPARE(found.firstBadEntry, -1);
    QCOMPARE(found.unsealed, (QList<UnsealedEntries> {{1, 6, SealState::None}}));
    QVERIFY2(found.sentence.contains(u"entries 1 to 6 have no seal"_s), qPrintable(found.sentence));
}

void TestJournalCheck::withoutTheKeyNothingIsVouchedFor()
{
    writeRun(*m_journal);
    openJournal(Secret());
    writeRun(*m_journal);

    const JournalVerdict found = verdict();
    QCOMPARE(found.state, JournalState::NotSealed);
    QCOMPARE(found.unsealed,
             (QList<UnsealedEntries> {{1, 6, SealState::NoKey}, {7, 12, SealState::None}}));
    QVERIFY2(found.sentence.contains(u"entries 1 to 6 cannot be checked here"_s),
             qPrintable(found.sentence));
    // The chain is looked at all the same.
    QVERIFY(alter("UPDATE entries SET at = at + 1 WHERE number = 3") > 0);
    QCOMPARE(verdict().state, JournalState::Altered);
}

void TestJournalCheck::entriesOfALostKeyAreNoForgeries()
{
    writeRun(*m_journal);
    const Secret fresh(std::string_view("made after the first was lost"));
    openJournal(fresh);
    QCOMPARE(m_journal->trust(), JournalTrust::Sealed);
    writeRun(*m_journal);

    const JournalVerdict found = verdict();
    QCOMPARE(found.state, JournalState::NotSealed);
    QCOMPARE(found.unsealed, (QList<UnsealedEntries> {{1, 6, SealState::OtherKey}}));
}

/// Whoever can write the file can forge a chain, but neither its seals nor what the keychain knows.
void TestJournalCheck::aForgedChainIsNotSealed()
{
    m_kept = std::make_shared<KeptHead>();
    openJournal(keychainKey());
    runAndKeep();
    QCOMPARE(m_kept->head.count, 3);
    m_journal.reset();
    QVERIFY(QFile::remove(m_path));
    {
        auto forged = Journal::open(m_path, m_clock, Secret(std::string_view("another key")));
        QVERIFY(forged);
        writeRun(**forged);
    }
    openJournal(keychainKey());
    QCOMPARE(verdict().state, JournalState::Altered);
    QCOMPARE(verdict().firstBadEntry, 3);

    m_kept.reset(); // Without that, it is at least not taken for sealed.
    openJournal(keychainKey());
    QCOMPARE(verdict().state, JournalState::NotSealed);
}

void TestJournalCheck::nextWriteSealsNothingAltered_data()
{
    QTest::addColumn<bool>("hasKept");
    QTest::addColumn<QByteArray>("sql");

    const QByteArray cut =
        "DELETE FROM entries WHERE number > 3; INSERT OR REPLACE INTO head (one, count, hash, seal)"
        " SELECT 1, 3, hash, seal FROM entries WHERE number = 3";
    QTest::newRow("cut") << false << cut;
    QTest::newRow("cut, keychain") << true << cut;
    QTest::newRow("cut, seals taken off")
        << true
        << QByteArray("DELETE FROM entries WHERE number > 3; UPDATE entries SET seal = x'';"
                      " INSERT OR REPLACE INTO head (one, count, hash, seal)"
                      " SELECT 1, 3, hash, x'' FROM entries WHERE number = 3");
    QTest::newRow("emptied") << true << QByteArray("DELETE FROM entries; DELETE FROM head");
    QTest::newRow("no head") << false << QByteArray("DELETE FROM head");
    QTest::newRow("removed") << true << QByteArray();
}

void TestJournalCheck::nextWriteSealsNothingAltered()
{
    QFETCH(bool, hasKept);
    QFETCH(QByteArray, sql);
    if (hasKept)
        m_kept = std::make_shared<KeptHead>();
    openJournal(keychainKey());
    runAndKeep();
    runAndKeep();
    m_journal.reset();
    if (sql.isEmpty())
        QVERIFY(QFile::remove(m_path));
    else
        QVERIFY(alter(sql) > 0);

    openJournal(keychainKey());
    QCOMPARE(m_journal->trust(), JournalTrust::Altered);
    QCOMPARE(verdict().state, JournalState::Altered);
    const JournalHead before = m_kept ? m_kept->head : JournalHead();
    for (int i = 0; i < 3; ++i) {
        runAndKeep(); // Writing goes on, without a seal.
        QCOMPARE(m_journal->trust(), JournalTrust::Altered);
        QCOMPARE(verdict().state, JournalState::Altered);
        openJournal(keychainKey());
        QCOMPARE(verdict().state, JournalState::Altered);
    }
    if (m_kept)
        QCOMPARE(m_kept->head, before);
    const auto run = m_journal->runs();
    QVERIFY(run && !run->isEmpty()); // It is there to be reverted.
    openJournal(Secret());
    runAndKeep();
    QCOMPARE(verdict().state, JournalState::Altered);
}

/// The machine may stop between the writing of an entry and the keeping of the head.
void TestJournalCheck::aKeptHeadThatLagsBehindHolds()
{
    m_kept = std::make_shared<KeptHead>();
    openJournal(keychainKey());
    runAndKeep();
    writeRun(*m_journal); // Without the keeper.
    QCOMPARE(m_kept->head.count, 3);
    openJournal(keychainKey());

    QCOMPARE(m_journal->trust(), JournalTrust::Sealed);
    QCOMPARE(verdict().state, JournalState::Sealed);
    runAndKeep();
    QCOMPARE(m_kept->head.count, 12);
}

/// Those that nobody waited for, too, once the journal is finished.
void TestJournalCheck::everyEndOfARunIsKept()
{
    m_kept = std::make_shared<KeptHead>();
    openJournal(keychainKey());
    writeRun(*m_journal);
    QObject owner;
    auto finished = outcomeOf(m_journal->finish(&owner));
    QVERIFY(finished && *finished);
    QCOMPARE(m_kept->head.count, 6);

    const auto run = m_journal->beginRun(startOf(u"Practice"_s));
    QVERIFY(run);
    m_journal->leaveOutcomes(*run, {with(update(u"1"_s, u"a"_s, u"b"_s), outcome::applied)});
    m_journal->leaveEnd(*run);
    finished = outcomeOf(m_journal->finish(&owner));
    QVERIFY(finished && *finished);
    QCOMPARE(m_kept->head.count, 9);
    QCOMPARE(verdict().state, JournalState::Sealed);
}

void TestJournalCheck::refusesChangesThroughSql()
{
    writeRun(*m_journal);
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &database), SQLITE_OK);

    const auto exec = [&](const char *sql) {
        return sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    };
    QCOMPARE(exec("DELETE FROM entries"), SQLITE_CONSTRAINT);
    QCOMPARE(exec("UPDATE entries SET at = 0"), SQLITE_CONSTRAINT);
    sqlite3_close(database);
}

HUBKEEPER_TEST(TestJournalCheck)
#include "tst_journalcheck.moc"
