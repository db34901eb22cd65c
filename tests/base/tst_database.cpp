// SPDX-License-Identifier: MIT
#include "base/database.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sqlite3.h>
#include <thread>

using namespace hubkeeper;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What every SQLite file of the program needs.
class TestDatabase : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatHappened_data();
    void saysWhatHappened();
    void waitsForTheWriteAheadLog();
    void doesNotWaitForEver();
    void givesWhatTheWorkGives();

private:
    [[nodiscard]] SQLite::Database open() const
    {
        return {m_folder.filePath(u"a.sqlite"_s).toStdString(),
                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, int(databasePatience.count())};
    }

    QTemporaryDir m_folder;
};

void TestDatabase::saysWhatHappened_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("remedy");
    const auto notSaved = ErrorKind::NotSaved;
    QTest::newRow("locked") << SQLITE_BUSY << notSaved << u"Wait until the other program"_s;
    QTest::newRow("being recovered") << SQLITE_BUSY_RECOVERY << notSaved << u"Wait until"_s;
    QTest::newRow("full") << SQLITE_FULL << notSaved << u"Free some space"_s;
    QTest::newRow("fsync") << SQLITE_IOERR_FSYNC << notSaved << u"Check the disk"_s;
    QTest::newRow("read-only") << SQLITE_READONLY << notSaved << u"permissions"_s;
    QTest::newRow("no folder") << SQLITE_CANTOPEN << notSaved << u"permissions"_s;
    QTest::newRow("damaged") << SQLITE_CORRUPT << ErrorKind::Storage << u"is not overwritten"_s;
    QTest::newRow("no database") << SQLITE_NOTADB << ErrorKind::Storage << u"is not overwritten"_s;
}

void TestDatabase::saysWhatHappened()
{
    QFETCH(const int, code);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, remedy);
    const Error error = databaseError(u"The journal"_s, u"beginning a run"_s,
                                      SQLite::Exception("what SQLite says", code));
    QCOMPARE(error.kind, kind);
    QVERIFY2(error.remedy.contains(remedy), qPrintable(error.remedy));
    QVERIFY2(error.what.startsWith(u"The journal "_s), qPrintable(error.what));
    QVERIFY2(error.what.contains(u"beginning a run"_s), qPrintable(error.what));
}

void TestDatabase::waitsForTheWriteAheadLog()
{
    SQLite::Database first = open();
    first.exec("BEGIN EXCLUSIVE; CREATE TABLE a (b);");
    std::thread end([&first] {
        QThread::msleep(200);
        first.exec("COMMIT");
    });
    SQLite::Database second = open();
    QElapsedTimer timer;
    timer.start();
    const auto done =
        databaseCall(u"The journal"_s, "opening it", [&] { useWriteAheadLog(second); });
    end.join();
    QVERIFY2(done, done ? "" : qPrintable(done.error().sentence()));
    QVERIFY(timer.elapsed() >= 150);
    QCOMPARE(second.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
}

void TestDatabase::doesNotWaitForEver()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"b.sqlite"_s).toStdString();
    const int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    SQLite::Database first(path, flags);
    first.exec("BEGIN EXCLUSIVE; CREATE TABLE a (b);");
    SQLite::Database second(path, flags);
    const auto done =
        databaseCall(u"The journal"_s, "opening it", [&] { useWriteAheadLog(second, 50ms); });
    QVERIFY(!done);
    QVERIFY2(done.error().what.contains(u"in use by another program"_s),
             qPrintable(done.error().what));
}

void TestDatabase::givesWhatTheWorkGives()
{
    const auto number = databaseCall(u"The journal"_s, "counting", [] { return 7; });
    QVERIFY(number);
    QCOMPARE(*number, 7);
}

HUBKEEPER_TEST(TestDatabase)
#include "tst_database.moc"
