// SPDX-License-Identifier: MIT
#include "changes/set/changefile.h"
#include "changes/set/changeset.h"
#include "samplerecords.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdio>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ChangeBinding acme {4711, u"Acme"_s, u"c1"_s, u"EU"_s};

Record record(const QString &id)
{
    Record record;
    record.id = id;
    record.properties = {{u"firstname"_s, u"Ada"_s}};
    return record;
}

void edit(ChangeSet &changes, int id, const QString &text)
{
    changes.setText(contacts, record(QString::number(id)), {}, u"firstname"_s, text);
}

ChangeStore::Opened opened(const QString &path, const ChangeBinding &binding = acme)
{
    auto opened = ChangeStore::openNow(path, binding);
    if (!opened)
        qFatal("%s", qUtf8Printable(opened.error().sentence()));
    return *opened;
}

bool isSaved(ChangeSet &changes)
{
    return QTest::qWaitFor([&] { return changes.isSaved(); }, 10'000);
}

/// The other process: edits until it is killed, and says each edit once it is on the disk.
int editUntilKilled(const QString &path)
{
    ChangeSet changes;
    changes.keepIn(opened(path));
    int next = changes.count() + 1;
    for (;;) {
        edit(changes, next, u"x"_s);
        if (!isSaved(changes))
            return 1;
        std::printf("%d\n", next++);
        std::fflush(stdout);
    }
}

} // namespace

/// Staged edits on the disk: none is lost, doubled, or shown where it does not belong.
class TestChangeStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsEditsAtOnce();
    void comesBackWithUndo();
    void killsLoseNothing();
    void anEmptySetHasNoFile();
    void aSecondOneFindsItTaken();
    void aRowIsClaimedOnce();
    void anotherPortalIsRefused();
    void aNewerFileIsRefused();
    void setsAFileAsideThatItCannotRead();
    void readsAFileOfAKilledProgram_data();
    void readsAFileOfAKilledProgram();
    void triesAgainWhenItCannotWrite();
    void addsWhatWasStagedBefore();
    void worksInSlicesOnManyRows();
    void memoryHoldsFewRows();

private:
    [[nodiscard]] int rowsOnDisk() const
    {
        return SQLite::Database(m_path.toStdString())
            .execAndGet("SELECT COUNT(*) FROM rows")
            .getInt();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestChangeStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"changes/c1-4711.sqlite"_s);
}

void TestChangeStore::keepsEditsAtOnce()
{
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    edit(changes, 512, u"Eve"_s);
    QCOMPARE(changes.cell(contacts, u"512"_s, u"firstname"_s)->after, u"Eve"_s);
    QVERIFY(isSaved(changes));

    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const auto &file : QDir(QFileInfo(m_path).path()).entryInfoList(QDir::Files)) {
        if (!file.fileName().endsWith(u".lock"_s))
            QCOMPARE(file.permissions() & others, QFile::Permissions());
    }
    SQLite::Database database(m_path.toStdString());
    QCOMPARE(database.execAndGet("SELECT id FROM rows").getString(), "512");
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 2);
}

void TestChangeStore::comesBackWithUndo()
{
    {
        ChangeSet changes;
        changes.keepIn(opened(m_path));
        edit(changes, 1, u"Eve"_s);
        edit(changes, 2, u"Eve"_s);
        changes.revertRow(contacts, u"1"_s);
        edit(changes, 2, u"Eva"_s);
        changes.undo();
    }
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.at(0).cells[u"firstname"_s], (CellChange {u"Ada"_s, u"Eve"_s}));
    QCOMPARE(changes.binding().portal(), u"Acme (4711)"_s);
    changes.redo();
    QCOMPARE(changes.at(0).cells[u"firstname"_s].after, u"Eva"_s);
    changes.undo();
    changes.undo();
    QCOMPARE(changes.count(), 2);
    QCOMPARE(changes.at(0).id, u"1"_s);
    changes.undo();
    changes.undo();
    QVERIFY(changes.isEmpty() && !changes.canUndo());
}

void TestChangeStore::killsLoseNothing()
{
    int acknowledged = 0;
    for (int kill = 0; kill < 24; ++kill) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {u"tst_changestore"_s, u"--edit-until-killed"_s, m_path});
        QVERIFY(child.waitForStarted());
        QVERIFY(child.waitForReadyRead(20'000));
        QTest::qWait(QRandomGenerator::global()->bounded(60));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
        for (const QByteArray &line : lines)
            acknowledged = std::max(acknowledged, line.toInt());
    }
    QVERIFY(acknowledged >= 24);
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    QVERIFY2(changes.count() >= acknowledged,
             qPrintable(u"%1 of %2"_s.arg(changes.count()).arg(acknowledged)));
    for (int id = 1; id <= acknowledged; ++id)
        QCOMPARE(changes.cell(contacts, QString::number(id), u"firstname"_s)->after, u"x"_s);
}

void TestChangeStore::anEmptySetHasNoFile()
{
    {
        ChangeSet changes;
        changes.keepIn(opened(m_path));
        edit(changes, 1, u"Eve"_s);
        QVERIFY(isSaved(changes));
        changes.revertAll();
        QVERIFY(isSaved(changes));
    }
    QVERIFY(QDir(QFileInfo(m_path).path()).isEmpty(QDir::Files));
}

void TestChangeStore::aSecondOneFindsItTaken()
{
    ChangeSet first;
    first.keepIn(opened(m_path));
    edit(first, 1, u"Eve"_s);

    const ChangeStore::Opened second = opened(m_path);
    QVERIFY(!second.store);
    QVERIFY2(second.takenBy.contains(QString::number(QCoreApplication::applicationPid())),
             qPrintable(second.takenBy));
    QVERIFY(isSaved(first));
}

void TestChangeStore::aRowIsClaimedOnce()
{
    ChangeSet first;
    first.keepIn(opened(m_path));
    for (int id = 1; id <= 10; ++id)
        edit(first, id, u"Eve"_s);
    QVERIFY(isSaved(first));
    // As if there were no lock, e.g. on a network drive.
    const QString sameFile = m_folder->filePath(u"changes/link.sqlite"_s);
    QVERIFY(QFile::link(m_path, sameFile));
    ChangeSet second;
    second.keepIn(opened(sameFile));
    QCOMPARE(second.count(), 10);

    const std::vector<qint64> all {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    std::vector<Result<std::vector<qint64>>> got; // Either may be over first.
    const auto keep = [&got](const Result<std::vector<qint64>> &claimed) {
        got.push_back(claimed);
    };
    first.claim(u"run1"_s, {1, 2, 3}, this)->onDone(this, keep);
    second.claim(u"run2"_s, all, this)->onDone(this, keep);
    QTRY_COMPARE(got.size(), size_t(2));
    QVERIFY(got[0] && got[1]);
    QCOMPARE(got[0]->size() + got[1]->size(), size_t(10));
    QCOMPARE(second.count(RowState::Sending), 10);
    QVERIFY(outcomeOf(first.claim(u"run3"_s, all, this)).value()->empty());
}

void TestChangeStore::anotherPortalIsRefused()
{
    {
        ChangeSet changes;
        changes.keepIn(opened(m_path));
        edit(changes, 1, u"Eve"_s);
    }
    const auto other = ChangeStore::openNow(m_path, {815, u"Sandbox"_s, u"c1"_s, u"EU"_s});
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::Refused);
    QVERIFY2(other.error().what.contains(u"Acme (4711)"_s)
                 && other.error().what.contains(u"Sandbox (815)"_s),
             qPrintable(other.error().what));
}

void TestChangeStore::aNewerFileIsRefused()
{
    {
        ChangeSet changes;
        changes.keepIn(opened(m_path));
        edit(changes, 1, u"Eve"_s);
    }
    SQLite::Database(m_path.toStdString(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 3");
    const auto newer = ChangeStore::openNow(m_path, acme);
    QVERIFY(!newer);
    QCOMPARE(newer.error().kind, ErrorKind::InvalidInput);
    QVERIFY(newer.error().what.contains(u"newer"_s));
    QVERIFY(QFileInfo::exists(m_path));
}

void TestChangeStore::setsAFileAsideThatItCannotRead()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    for (const QByteArray &content : {QByteArray(5000, 'a'), QByteArray(5000, 'b')}) {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.close();

        ChangeSet changes;
        const ChangeStore::Opened fresh = opened(m_path);
        QVERIFY(fresh.setAside && fresh.setAside->remedy.contains(u".unreadable"_s));
        changes.keepIn(fresh);
        edit(changes, 1, u"Eve"_s);
        QVERIFY(isSaved(changes));
    }
    QFile first(m_path + u".unreadable"_s);
    QVERIFY(first.open(QIODevice::ReadOnly));
    QCOMPARE(first.readAll(), QByteArray(5000, 'a'));
    QVERIFY(QFileInfo::exists(m_path + u".unreadable2"_s));
}

void TestChangeStore::triesAgainWhenItCannotWrite()
{
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    edit(changes, 1, u"Eve"_s);
    QVERIFY(isSaved(changes));
    QSignalSpy failed(&changes, &ChangeSet::failed);
    // Warnings are fatal here, and this one is right.
    QLoggingCategory::setFilterRules(u"hubkeeper.changes.warning=false"_s);
    {
        SQLite::Database database(m_path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("CREATE TRIGGER full BEFORE INSERT ON rows BEGIN"
                      " SELECT RAISE(ABORT, 'disk full'); END");
        edit(changes, 2, u"Eve"_s);
        QVERIFY(failed.wait(10'000));
        QVERIFY(!changes.isKept() && !changes.isSaved());
        QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::Storage);
        const auto claimed = outcomeOf(changes.claim(u"run"_s, {1, 2}, this));
        QVERIFY(claimed && !*claimed);
        QCOMPARE(changes.count(RowState::Staged), 2);
        database.exec("DROP TRIGGER full");
    }
    edit(changes, 3, u"Eve"_s);
    QVERIFY(isSaved(changes));
    QLoggingCategory::setFilterRules({});
    QVERIFY(changes.isKept());
    QCOMPARE(rowsOnDisk(), 3);
}

void TestChangeStore::addsWhatWasStagedBefore()
{
    {
        ChangeSet changes;
        changes.keepIn(opened(m_path));
        edit(changes, 1, u"Eve"_s);
        (void)changes.addCreate(contacts, {{u"email"_s, u"a@example.com"_s}}, {});
    }
    ChangeSet changes;
    edit(changes, 2, u"Eva"_s);
    (void)changes.addCreate(contacts, {{u"email"_s, u"b@example.com"_s}}, {});
    changes.keepIn(opened(m_path));
    QCOMPARE(changes.count(), 4);
    QCOMPARE(changes.at(1).cells[u"email"_s].after, u"a@example.com"_s);
    QCOMPARE(changes.at(3).cells[u"email"_s].after, u"b@example.com"_s);
    QVERIFY(changes.at(1).id != changes.at(3).id);
}

void TestChangeStore::worksInSlicesOnManyRows()
{
    constexpr int many = 3000;
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    changes.beginStep(u"fill"_s);
    for (int id = 1; id <= many; ++id)
        edit(changes, id, u"Eve"_s);
    changes.endStep();
    QCOMPARE(changes.count(), many);

    const auto idle = [&changes] {
        return QTest::qWaitFor([&] { return !changes.isBusy(); }, 60'000);
    };
    changes.undo();
    QVERIFY(changes.isBusy());
    edit(changes, many + 1, u"typed meanwhile"_s);
    QVERIFY(idle());
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.at(0).cells[u"firstname"_s].after, u"typed meanwhile"_s);
    changes.undo();
    changes.redo();
    QCOMPARE(changes.count(), 1);
    changes.undo();
    QVERIFY(!changes.canUndo());
    QVERIFY(changes.canRedo());

    changes.beginStep(u"fill"_s);
    for (int id = 1; id <= many; ++id)
        edit(changes, id, u"Eva"_s);
    changes.endStep();
    changes.revertAll();
    QVERIFY(changes.isBusy());
    const auto flushed = outcomeOf(changes.flush(this), 60'000);
    QVERIFY(flushed && *flushed && !changes.isBusy()); // All of it is on the disk.
    QCOMPARE(rowsOnDisk(), 0);
    changes.undo(); // Waits for its turn.
    QVERIFY(idle());
    QCOMPARE(changes.count(), many);
    QCOMPARE(changes.at(many - 1).id, QString::number(many));
    QVERIFY(isSaved(changes));
}

void TestChangeStore::memoryHoldsFewRows()
{
    ChangeSet changes;
    changes.keepIn(opened(m_path));
    for (int id = 1; id <= 5000; ++id)
        edit(changes, id, QString::number(id));
    QVERIFY(isSaved(changes));
    // What is written is not held any more: it is read, and changes from outside show.
    SQLite::Database(m_path.toStdString(), SQLite::OPEN_READWRITE)
        .exec("UPDATE rows SET body = replace(body, '\"after\":\"1\"', '\"after\":\"one\"')"
              " WHERE sequence = 1");
    QCOMPARE(changes.at(0).cells[u"firstname"_s].after, u"one"_s);
    QCOMPARE(changes.rows(4000, 3).back().id, u"4003"_s);
}

namespace {

/// The tests, or the program that one of them kills.
int runOrEdit(int argc, char **argv)
{
    if (argc == 3 && QByteArray(argv[1]) == "--edit-until-killed") {
        const QCoreApplication app(argc, argv);
        return editUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    return runTests<QCoreApplication, TestChangeStore>(argc, argv);
}

} // namespace

void TestChangeStore::readsAFileOfAKilledProgram_data()
{
    QTest::addColumn<bool>("hasJournal");
    QTest::newRow("killed before there was a table") << false;
    QTest::newRow("killed with a rollback journal") << true;
}

/// Who only looks finds an empty set: whatever was not committed goes, though it looks only.
void TestChangeStore::readsAFileOfAKilledProgram()
{
    QFETCH(const bool, hasJournal);
    QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
    const QString half = m_folder->filePath(u"half.sqlite"_s);
    SQLite::Database database(half.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    if (hasJournal) {
        database.exec("PRAGMA cache_size = 1; BEGIN; CREATE TABLE other (text TEXT)");
        for (int i = 0; i < 500; ++i)
            database.exec("INSERT INTO other VALUES (hex(randomblob(1000)))");
        QVERIFY(QFile::copy(half + u"-journal"_s, m_path + u"-journal"_s));
    }
    QVERIFY(QFile::copy(half, m_path)); // As a kill at this moment leaves both.
    const auto opened = ChangeFile::openToRead(m_path);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence()));
    QCOMPARE((*opened)->overview().index.count(), 0);
}

HUBKEEPER_TEST_ENTRY(TestChangeStore, runOrEdit)
#include "tst_changestore.moc"
