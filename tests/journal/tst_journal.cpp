// SPDX-License-Identifier: MIT
#include "journal/journal.h"
#include "journal/journaljson.h"
#include "journal/loginname.h"
#include "journalrows.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <sys/wait.h>

#include <fcntl.h>
#include <unistd.h>
#endif

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The record of runs: complete, ordered, and kept by several programs at once.
class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void listsRunsNewestFirst();
    void interruptedRunsHaveNoEnd();
    void countsWhatWaitsAndWhatIsUnknown();
    void lastWordOnARowCounts();
    void runsOfAConnection();
    void knowsWhoTookARowBack();
    void unknownRunIsAnError();
    void theLoginIsTheAccounts();
    void keepsAllOfARow();
    void callsDoNotWait();
    void whatIsLeftIsWritten();
    void isForItsOwnerOnly();
    void twoWritersShareOneChain();
    void aSecondJournalKeepsTheLocksOfTheFirst();
    void findsRunsByWhatTheyMention();
    void refusesAFileThatIsNone();

private:
    void openJournal();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    ManualClock m_clock;
    std::unique_ptr<Journal> m_journal;
};

void TestJournal::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"data/journal.sqlite"_s);
    openJournal();
}

void TestJournal::cleanup()
{
    m_journal.reset();
    m_folder.reset();
}

void TestJournal::openJournal()
{
    m_journal.reset();
    auto opened = Journal::open(m_path, m_clock, keychainKey());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().what));
    m_journal = std::move(*opened);
}

void TestJournal::listsRunsNewestFirst()
{
    const QString first = writeRun(*m_journal);
    m_clock.advance(std::chrono::seconds(5));
    const QString second = writeRun(*m_journal);

    const auto runs = m_journal->runs();
    QVERIFY(runs);
    QCOMPARE(runs->size(), 2);
    QCOMPARE(runs->at(0).id, second);
    const JournalRun &run = runs->at(1);
    QCOMPARE(run.id, first);
    QCOMPARE(run.connection, u"Practice"_s);
    QCOMPARE(run.portalId, 62515);
    QCOMPARE(run.note, u"repair"_s);
    QCOMPARE(run.startedAt.toString(Qt::ISODate), u"2026-11-23T10:00:00Z"_s);
    QVERIFY(run.hasEnded());
    QCOMPARE(run.rows, 2);
    QCOMPARE(run.applied, 1);
    QCOMPARE(run.failed, 1);
    QCOMPARE(run.waiting(), 0);
}

void TestJournal::interruptedRunsHaveNoEnd()
{
    RunStart start = startOf(u"Practice"_s);
    start.revertOf = u"earlier"_s;
    const auto run = m_journal->beginRun(start);
    QVERIFY(run && m_journal->addIntents(*run, {update(u"1"_s, u"a"_s, u"b"_s)}));
    openJournal();

    const auto runs = m_journal->runs();
    QVERIFY(runs && runs->size() == 1);
    QVERIFY(!runs->first().hasEnded());
    QVERIFY(!runJson(runs->first())["ended"_L1].toBool(true));
    QCOMPARE(runs->first().revertOf, u"earlier"_s);
    QCOMPARE(runs->first().unknown, 1); // Nobody knows what became of it.
    const auto rows = m_journal->rows(*run);
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->first().outcome, u"intended"_s);
}

/// Of a run that was stopped: what was not sent waits; it has not failed.
void TestJournal::countsWhatWaitsAndWhatIsUnknown()
{
    RunStart start = startOf(u"Practice"_s);
    start.planned = 10;
    const auto run = m_journal->beginRun(start);
    QVERIFY(run);
    const auto done = update(u"1"_s, u"a"_s, u"b"_s);
    const auto cut = update(u"2"_s, u"a"_s, u"b"_s);
    const auto skipped = update(u"3"_s, u"a"_s, u"b"_s);
    const auto lost = update(u"4"_s, u"a"_s, u"b"_s);
    const auto changed = update(u"5"_s, u"a"_s, u"b"_s);
    QVERIFY(m_journal->addIntents(*run, {done, cut, lost, changed}));
    QVERIFY(
        m_journal->addOutcomes(*run,
                               {with(done, outcome::applied), with(skipped, outcome::skipped),
                                with(changed, outcome::conflict), with(lost, outcome::unknown)}));
    for (const bool ended : {false, true}) {
        if (ended)
            QVERIFY(m_journal->endRun(*run));
        const JournalRun counted = m_journal->runs()->first();
        QCOMPARE(counted.hasEnded(), ended);
        QCOMPARE(counted.rows, 10);
        QCOMPARE(counted.applied, 1);
        QCOMPARE(counted.failed, 0);
        QCOMPARE(counted.conflicting, 1);
        QCOMPARE(counted.unknown, 2); // The lost one, and the intent without an outcome.
        QCOMPARE(counted.waiting(), 6);
    }
}

void TestJournal::lastWordOnARowCounts()
{
    const QString run = writeRun(*m_journal);

    const auto rows = m_journal->rows(run);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0).outcome, u"applied"_s);
    QCOMPARE(rows->at(0).cells.value(u"firstname"_s), (CellChange {u"Ada"_s, u"Eve"_s}));
    QCOMPARE(rows->at(1).outcome, u"failed"_s);
    QCOMPARE(rows->at(1).label, u"Record 2"_s);
}

void TestJournal::runsOfAConnection()
{
    const QString acme = writeRun(*m_journal, startOf(u"Acme"_s, 1));
    const QString big = writeRun(*m_journal, startOf(u"Big"_s, 2));
    RunStart old = startOf(u"Acme"_s, 1); // Old versions kept the label only.
    old.connectionId.clear();
    const QString before = writeRun(*m_journal, old);

    const auto ids = [this](const RunFilter &filter) {
        QStringList found;
        const auto runs = m_journal->runs(filter);
        for (const JournalRun &run : *runs)
            found.append(run.id);
        return found;
    };
    QCOMPARE(ids({}), (QStringList {before, big, acme}));
    QCOMPARE(ids({u"acme"_s, u"Acme"_s, 0}), (QStringList {before, acme}));
    QCOMPARE(ids({u"big"_s, u"Big"_s, 2}), QStringList {big});
    QCOMPARE(ids({u"other"_s, u"Acme"_s, 1}), QStringList {before});
    QCOMPARE(ids({{}, {}, 2}), QStringList {big});
}

/// A revert of a revert brings the first run's rows back in force.
void TestJournal::knowsWhoTookARowBack()
{
    const QString first = writeRun(*m_journal);
    QVERIFY(m_journal->run(first)->takenBackBy.isEmpty());
    RunStart start = startOf(u"Practice"_s);
    start.revertOf = first;
    const QString second = writeRun(*m_journal, start);

    const auto taken = m_journal->run(first);
    QVERIFY(taken);
    QCOMPARE(taken->takenBackBy.size(), 1); // The other row of the revert was refused.
    QCOMPARE(taken->takenBackBy.value(u"contacts/1"_s), second);

    start.revertOf = second;
    const QString third = writeRun(*m_journal, start);
    QVERIFY(m_journal->run(first)->takenBackBy.isEmpty());
    QCOMPARE(m_journal->run(second)->takenBackBy.value(u"contacts/1"_s), third);

    // One row among edits of other records.
    const auto mixed = m_journal->beginRun(startOf(u"Practice"_s));
    JournalRow back = with(update(u"1"_s, u"Eve"_s, u"Ada"_s), outcome::applied);
    back.revertOf = first;
    QVERIFY(mixed && m_journal->addOutcomes(*mixed, {back}));
    QCOMPARE(m_journal->run(first)->takenBackBy.value(u"contacts/1"_s), *mixed);
}

void TestJournal::unknownRunIsAnError()
{
    writeRun(*m_journal);
    for (const QString &id : {u"no-such-run"_s, QString()}) {
        const auto run = m_journal->run(id);
        QVERIFY(!run);
        QCOMPARE(run.error().kind, ErrorKind::NotFound);
    }
}

void TestJournal::theLoginIsTheAccounts()
{
    const QByteArray before = qgetenv("USER");
    qputenv("USER", "somebody else");
    writeRun(*m_journal);
    qputenv("USER", before);

    const QString user = m_journal->runs()->first().user;
    QVERIFY(!user.isEmpty());
    QVERIFY(user != u"somebody else"_s);
    QCOMPARE(user, loginName());
}

void TestJournal::keepsAllOfARow()
{
    JournalRow row = with(update(u"7"_s, u"Ada"_s, {}), outcome::applied);
    row.kind = ChangeKind::Archive;
    row.thing = WrittenThing::Definition;
    row.writtenAt = m_clock.utc();
    row.revertOf = u"a run"_s;
    row.message = u"a word"_s;
    const auto run = m_journal->beginRun(startOf(u"Practice"_s));
    QVERIFY(run && m_journal->addOutcomes(*run, {row}));

    const auto kept = m_journal->run(*run);
    QVERIFY(kept && kept->rows.size() == 1);
    const JournalRow &back = kept->rows.first();
    QCOMPARE(back.subject, row.subject);
    QCOMPARE(back.kind, ChangeKind::Archive);
    QVERIFY(back.isDefinition());
    QCOMPARE(back.cells, row.cells);
    QCOMPARE(back.writtenAt, row.writtenAt);
    QCOMPARE(back.revertOf, row.revertOf);
    QCOMPARE(back.message, row.message);
    QCOMPARE(rowJson(back)["operation"_L1].toString(), u"archive"_s);
    QCOMPARE(rowJson(back)["cells"_L1]["firstname"_L1]["old"_L1].toString(), u"Ada"_s);
}

/// While another program has the file, the calls return at once; the work waits.
void TestJournal::callsDoNotWait()
{
    QObject owner;
    const auto run = outcomeOf(m_journal->begin(startOf(u"Practice"_s), &owner));
    QVERIFY(run && *run);
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &other), SQLITE_OK);
    QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    QElapsedTimer clock;
    clock.start();
    auto *noted = m_journal->noteIntents(**run, {update(u"1"_s, u"a"_s, u"b"_s)}, &owner);
    auto *outcomes = m_journal->noteOutcomes(
        **run, {with(update(u"1"_s, u"a"_s, u"b"_s), outcome::applied)}, &owner);
    auto *ended = m_journal->end(**run, &owner);
    auto *listed = m_journal->readRuns({}, &owner);
    QVERIFY(clock.elapsed() < 200);
    QVERIFY(!noted->isFinished() && !outcomes->isFinished() && !listed->isFinished());
    sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    const auto done = outcomeOf(ended);
    QVERIFY(done && *done);
    const auto read = outcomeOf(m_journal->readRun(**run, &owner));
    QVERIFY(read && *read);
    QCOMPARE((*read)->run.applied, 1);
    const auto checked = outcomeOf(m_journal->check(&owner));
    QVERIFY(checked && *checked);
    QCOMPARE((*checked)->state, JournalState::Sealed);
}

void TestJournal::whatIsLeftIsWritten()
{
    const auto run = m_journal->beginRun(startOf(u"Practice"_s));
    QVERIFY(run);
    m_journal->leaveOutcomes(*run, {with(update(u"1"_s, u"a"_s, u"b"_s), outcome::unknown)});
    m_journal->leaveEnd(*run);
    openJournal(); // Ends the first one.

    const JournalRun left = m_journal->runs()->first();
    QVERIFY(left.hasEnded());
    QCOMPARE(left.unknown, 1);
}

void TestJournal::isForItsOwnerOnly()
{
    writeRun(*m_journal);

    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s}) {
        const QFileInfo file(m_path + end);
        QVERIFY2(file.exists(), qPrintable(file.filePath()));
        QCOMPARE(file.permissions() & others, QFile::Permissions());
    }
}

void TestJournal::twoWritersShareOneChain()
{
    auto other = Journal::open(m_path, m_clock, keychainKey());
    QVERIFY(other);
    const auto mine = m_journal->beginRun(startOf(u"mine"_s));
    const auto theirs = (*other)->beginRun(startOf(u"theirs"_s));
    QVERIFY(mine && theirs);
    QVERIFY(m_journal->endRun(*mine));
    QVERIFY((*other)->endRun(*theirs));

    QCOMPARE(m_journal->verify()->state, JournalState::Sealed);
    QCOMPARE(m_journal->verify()->entries, 4);
    QCOMPARE(m_journal->runs()->size(), 2);
    QCOMPARE(m_journal->trust(), JournalTrust::Sealed);
}

void TestJournal::refusesAFileThatIsNone()
{
    const QString path = m_folder->filePath(u"other"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();

    const auto opened = Journal::open(path, m_clock, keychainKey());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Storage);
    QCOMPARE(QFileInfo(path).size(), 5000);
}

#ifdef Q_OS_UNIX
namespace {

/// Whether this process keeps others from deleting the log beside the file: as another one sees it.
bool holdsItsLock(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const pid_t other = ::fork();
    if (other == 0) {
        const int file = ::open(name.constData(), O_RDWR);
        struct flock lock
        {
        }; // SQLite's shared bytes (sqlite3.c, PENDING_BYTE + 2).
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000000 + 2;
        lock.l_len = 510;
        const bool isAsked = file >= 0 && ::fcntl(file, F_GETLK, &lock) == 0;
        ::_exit(isAsked && lock.l_type != F_UNLCK ? 0 : 1);
    }
    int status = 1;
    (void)::waitpid(other, &status, 0);
    return status == 0;
}

} // namespace

/// POSIX takes all locks of a process away when it closes any descriptor of the file.
void TestJournal::aSecondJournalKeepsTheLocksOfTheFirst()
{
    openJournal();
    QVERIFY(m_journal->beginRun({}));
    QVERIFY(holdsItsLock(m_path));
    const auto second = Journal::open(m_path, m_clock, Secret());
    QVERIFY(second && (*second)->runs());
    QVERIFY(holdsItsLock(m_path));
}
#else
void TestJournal::aSecondJournalKeepsTheLocksOfTheFirst()
{
    QSKIP("Locks of POSIX");
}
#endif

void TestJournal::findsRunsByWhatTheyMention()
{
    openJournal();
    RunStart start;
    start.note = u"Tidy up"_s;
    const auto first = m_journal->beginRun(start);
    const auto second = m_journal->beginRun({});
    JournalRow row;
    row.subject = u"contacts/1"_s;
    row.type = u"contacts"_s;
    row.label = u"zoë@example.com"_s;
    row.cells.insert(u"city"_s, {u"100% \"here\""_s, u"Rome"_s});
    QVERIFY(m_journal->addIntents(*second, {row}));
    const auto found = [&](const QString &text) {
        RunFilter filter;
        filter.contains = text;
        QStringList ids;
        const auto runs = m_journal->runs(filter);
        for (const JournalRun &run : *runs)
            ids.append(run.id);
        return ids;
    };
    QCOMPARE(found(u"TIDY"_s), QStringList {*first});
    for (const QString &text : {u"zoë@"_s, u"rome"_s, u"100% \"here"_s, u"city"_s})
        QCOMPARE(found(text), QStringList {*second});
    QCOMPARE(found(u"100_"_s), QStringList());
    QCOMPARE(found({}).size(), 2);
}

HUBKEEPER_TEST(TestJournal)
#include "tst_journal.moc"
