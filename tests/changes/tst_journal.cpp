// SPDX-License-Identifier: MIT
#include "changes/journal.h"
#include "testkit/manualclock.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

RowChange update(const QString &id, const QString &before, const QString &after)
{
    RowChange row;
    row.id = id;
    row.label = u"Record %1"_s.arg(id);
    row.cells = {{u"firstname"_s, {before, after}}};
    return row;
}

RowChange with(RowChange row, RowState state)
{
    row.state = state;
    return row;
}

Secret key()
{
    return Secret(std::string_view("a key of the keychain"));
}

} // namespace

/// The record of runs: complete, ordered, and impossible to alter unseen.
class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void listsRunsNewestFirst();
    void interruptedRunsHaveNoEnd();
    void lastWordOnARowCounts();
    void invertsARun();
    void staysIntactOverReopening();
    void seesEveryAlteredField_data();
    void seesEveryAlteredField();
    void seesAForgedChainWithoutTheKey();
    void refusesChangesThroughSql();
    void isForItsOwnerOnly();
    void twoWritersShareOneChain();
    void refusesAFileThatIsNone();

private:
    void openJournal();
    QString writeRun();
    [[nodiscard]] int alter(const QByteArray &sql);

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
    auto opened = Journal::open(m_path, m_clock, key());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().what));
    m_journal = std::move(*opened);
}

QString TestJournal::writeRun()
{
    const auto run = m_journal->beginRun(u"Practice"_s, 62515, u"repair"_s, {});
    const std::vector<RowChange> rows {update(u"1"_s, u"Ada"_s, u"Eve"_s),
                                       update(u"2"_s, u""_s, u"Bob"_s)};
    if (!run || !m_journal->addIntents(*run, rows)
        || !m_journal->addOutcomes(
            *run, {with(rows[0], RowState::Applied), with(rows[1], RowState::Failed)})
        || !m_journal->endRun(*run))
        return {};
    return *run;
}

int TestJournal::alter(const QByteArray &sql)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(m_path.toUtf8().constData(), &database) != SQLITE_OK)
        return -1;
    sqlite3_exec(database, "DROP TRIGGER entries_stay; DROP TRIGGER entries_are_final;", nullptr,
                 nullptr, nullptr);
    const int result = sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr);
    const int changes = sqlite3_changes(database);
    sqlite3_close(database);
    return result == SQLITE_OK ? changes : -1;
}

void TestJournal::listsRunsNewestFirst()
{
    const QString first = writeRun();
    m_clock.advance(std::chrono::seconds(5));
    const QString second = writeRun();

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
    QVERIFY(run.endedAt.isValid());
    QCOMPARE(run.rows, 2);
    QCOMPARE(run.applied, 1);
    QCOMPARE(run.failed, 1);
}

void TestJournal::interruptedRunsHaveNoEnd()
{
    const auto run = m_journal->beginRun(u"Practice"_s, 1, {}, u"earlier"_s);
    QVERIFY(run && m_journal->addIntent(*run, update(u"1"_s, u"a"_s, u"b"_s)));
    openJournal();

    const auto runs = m_journal->runs();
    QVERIFY(runs && runs->size() == 1);
    QVERIFY(!runs->first().endedAt.isValid());
    QCOMPARE(runs->first().revertOf, u"earlier"_s);
    const auto rows = m_journal->rows(*run);
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->first().outcome, u"intended"_s);
}

void TestJournal::lastWordOnARowCounts()
{
    const QString run = writeRun();

    const auto rows = m_journal->rows(run);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0).outcome, u"applied"_s);
    QCOMPARE(rows->at(0).cells.value(u"firstname"_s), (CellChange {u"Ada"_s, u"Eve"_s}));
    QCOMPARE(rows->at(1).outcome, u"failed"_s);
    QCOMPARE(rows->at(1).label, u"Record 2"_s);
}

void TestJournal::invertsARun()
{
    const auto run = m_journal->beginRun({}, 1, {}, {});
    QVERIFY(run);
    RowChange created = update(u"new-1"_s, u""_s, u"New"_s);
    created.kind = ChangeKind::Create;
    RowChange lost = created;
    lost.id = u"new-2"_s;
    lost.label = u"Lost"_s;
    RowChange archived = update(u"9"_s, {}, {});
    archived.kind = ChangeKind::Archive;
    archived.cells.clear();
    archived.type = ObjectType::Companies;
    const RowChange cut = update(u"3"_s, u"old"_s, u"new"_s);
    QVERIFY(m_journal->addIntents(*run,
                                  {update(u"1"_s, u"Ada"_s, u"Eve"_s), created, lost, archived, cut,
                                   update(u"4"_s, u"a"_s, u"b"_s)}));
    created.writtenId = u"77"_s;
    QVERIFY(m_journal->addOutcomes(*run,
                                   {with(update(u"1"_s, u"Ada"_s, u"Eve"_s), RowState::Applied),
                                    with(created, RowState::Applied), with(lost, RowState::Unknown),
                                    with(archived, RowState::Applied),
                                    with(update(u"4"_s, u"a"_s, u"b"_s), RowState::Conflicting)}));

    QStringList left;
    const auto inverse = m_journal->inverseOf(*run, &left);

    QVERIFY(inverse);
    QCOMPARE(inverse->size(), 3U);
    QCOMPARE(inverse->at(0).id, u"3"_s);
    QCOMPARE(inverse->at(0).cells.value(u"firstname"_s), (CellChange {u"new"_s, u"old"_s}));
    QCOMPARE(inverse->at(1).kind, ChangeKind::Archive);
    QCOMPARE(inverse->at(1).id, u"77"_s);
    QCOMPARE(inverse->at(2).cells.value(u"firstname"_s), (CellChange {u"Eve"_s, u"Ada"_s}));
    QCOMPARE(left, (QStringList {u"Record 9"_s, u"Lost"_s}));
}

void TestJournal::staysIntactOverReopening()
{
    QCOMPARE(m_journal->verify()->entries, 0);
    QVERIFY(m_journal->verify()->intact);
    writeRun();
    openJournal();
    writeRun();

    const auto verdict = m_journal->verify();
    QVERIFY(verdict);
    QVERIFY2(verdict->intact, qPrintable(verdict->sentence));
    QCOMPARE(verdict->entries, 12);
}

void TestJournal::seesEveryAlteredField_data()
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
    QTest::newRow("number") << flip("number = 99") << 3;
    QTest::newRow("deleted") << QByteArray("DELETE FROM entries WHERE number = 3") << 3;
    QTest::newRow("cut off") << QByteArray("DELETE FROM entries WHERE number > 4") << 5;
    QTest::newRow("first one") << QByteArray("DELETE FROM entries WHERE number = 1") << 1;
    QTest::newRow("head's count") << QByteArray("UPDATE head SET count = count - 1") << 6;
    QTest::newRow("head's hash") << QByteArray("UPDATE head SET hash = zeroblob(32)") << 6;
    QTest::newRow("head's seal") << QByteArray("UPDATE head SET seal = zeroblob(32)") << 6;
    QTest::newRow("no head") << QByteArray("DELETE FROM head") << 6;
    QTest::newRow("appended by hand")
        << QByteArray("INSERT INTO entries SELECT 7, at, run, kind, subject, outcome, body, hash,"
                      " seal FROM entries WHERE number = 6")
        << 7;
}

void TestJournal::seesEveryAlteredField()
{
    QFETCH(QByteArray, sql);
    QFETCH(int, entry);
    writeRun();
    QVERIFY(m_journal->verify()->intact);

    QVERIFY2(alter(sql) > 0, sql.constData());

    const auto verdict = m_journal->verify();
    QVERIFY(verdict);
    QVERIFY(!verdict->intact);
    QCOMPARE(verdict->firstBadEntry, entry);
    QVERIFY(verdict->sentence.contains(QString::number(entry)));
}

void TestJournal::seesAForgedChainWithoutTheKey()
{
    m_journal.reset();
    {
        auto forged = Journal::open(m_path, m_clock, Secret(std::string_view("another key")));
        QVERIFY(forged);
        const auto run = (*forged)->beginRun({}, 1, {}, {});
        QVERIFY(run && (*forged)->endRun(*run));
        QVERIFY((*forged)->verify()->intact);
    }
    openJournal();

    const auto verdict = m_journal->verify();
    QVERIFY(verdict && !verdict->intact);
    QCOMPARE(verdict->firstBadEntry, 1);
}

void TestJournal::refusesChangesThroughSql()
{
    writeRun();
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &database), SQLITE_OK);

    const auto exec = [&](const char *sql) {
        return sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    };
    QCOMPARE(exec("DELETE FROM entries"), SQLITE_CONSTRAINT);
    QCOMPARE(exec("UPDATE entries SET at = 0"), SQLITE_CONSTRAINT);
    sqlite3_close(database);
}

void TestJournal::isForItsOwnerOnly()
{
    writeRun();

    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s}) {
        const QFileInfo file(m_path + end);
        QVERIFY2(file.exists(), qPrintable(file.filePath()));
        QCOMPARE(file.permissions() & others, QFile::Permissions());
    }
}

void TestJournal::twoWritersShareOneChain()
{
    auto other = Journal::open(m_path, m_clock, key());
    QVERIFY(other);
    const auto mine = m_journal->beginRun(u"mine"_s, 1, {}, {});
    const auto theirs = (*other)->beginRun(u"theirs"_s, 1, {}, {});
    QVERIFY(mine && theirs);
    QVERIFY(m_journal->endRun(*mine));
    QVERIFY((*other)->endRun(*theirs));

    QVERIFY(m_journal->verify()->intact);
    QCOMPARE(m_journal->verify()->entries, 4);
    QCOMPARE(m_journal->runs()->size(), 2);
}

void TestJournal::refusesAFileThatIsNone()
{
    const QString path = m_folder->filePath(u"other"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();

    const auto opened = Journal::open(path, m_clock, key());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Storage);
    QCOMPARE(QFileInfo(path).size(), 5000);
}

HUBKEEPER_TEST(TestJournal)
#include "tst_journal.moc"
