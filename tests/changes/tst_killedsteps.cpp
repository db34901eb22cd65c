// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int stepRows = 1500; // More than are worked on without slices.
const ChangeBinding stepPortal {4711, u"Acme"_s, u"c1"_s, u"EU"_s};

ChangeStore::Opened openedSteps(const QString &path)
{
    auto opened = ChangeStore::openNow(path, stepPortal);
    if (!opened)
        qFatal("%s", qUtf8Printable(opened.error().sentence()));
    return *opened;
}

std::vector<RowChange> rowsWith(const QString &text)
{
    std::vector<RowChange> rows;
    for (int id = 1; id <= stepRows; ++id) {
        RowChange row;
        row.type = contacts;
        row.id = row.label = QString::number(id);
        row.cells = {{u"firstname"_s, {u"Ada"_s, text}}};
        rows.push_back(std::move(row));
    }
    return rows;
}

void setAll(ChangeSet &changes, const QString &text)
{
    Record record;
    record.properties = {{u"firstname"_s, u"Ada"_s}};
    changes.beginStep(text);
    for (int id = 1; id <= stepRows; ++id) {
        record.id = QString::number(id);
        changes.setText(contacts, record, {}, u"firstname"_s, text);
    }
    changes.endStep();
}

/// The other process: steps over all rows, one after the other, until it is killed.
int stepUntilKilled(const QString &path)
{
    ChangeSet changes;
    changes.keepIn(openedSteps(path));
    const std::vector<std::function<void()>> steps {
        [&] { (void)changes.addRows(rowsWith(u"added"_s), Adding::Merge, u"add"_s, &changes); },
        [&] { setAll(changes, u"edited"_s); },
        [&] { changes.undo(); },
        [&] { changes.redo(); },
        [&] { changes.revertAll(); },
        [&] { changes.undo(); },
        [&] { (void)changes.addRows(rowsWith(u"new"_s), Adding::Replace, u"open"_s, &changes); },
        [&] { changes.undo(); },
        [&] { changes.undo(); },
    };
    for (size_t next = 0;; next = (next + 1) % steps.size()) {
        steps[next]();
        if (!QTest::qWaitFor([&] { return !changes.isBusy(); }, 60'000))
            return 1;
        std::printf("%zu\n", next);
        std::fflush(stdout);
    }
}

/// What a killed program may leave: how stepRows rows there are, and their texts.
struct Found
{
    int rows = 0;
    QSet<QString> texts;

    void add(const RowChange &row)
    {
        ++rows;
        texts.insert(row.cells.value(u"firstname"_s).after);
    }
    [[nodiscard]] bool isWhole() const
    {
        return rows == 0 || (rows == stepRows && texts.size() == 1);
    }
    [[nodiscard]] QByteArray text() const
    {
        return QByteArray::number(rows)
            + " rows: " + QStringList(texts.values()).join(u' ').toUtf8();
    }
    friend bool operator==(const Found &, const Found &) = default;
};

Found read(ChangeFile &file)
{
    Found found;
    for (const NumberedRow &row : file.rowsFrom(0, 10 * stepRows))
        found.add(*row.row);
    return found;
}

Found read(const ChangeSet &changes)
{
    Found found;
    for (const RowChange &row : changes.rows())
        found.add(row);
    return found;
}

} // namespace

/// A step over stepRows rows, killed (SIGKILL) at any time: all of its rows are as they were before
/// it or as they are after it, for who only looks and for who goes on.
class TestKilledSteps final : public QObject
{
    Q_OBJECT

private slots:
    void stayWhole();

private:
    [[nodiscard]] bool killOne(const QString &path);
};

/// Whether it was in the middle of its work.
bool TestKilledSteps::killOne(const QString &path)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {u"tst_killedsteps"_s, u"--step-until-killed"_s, path});
    if (!child.waitForStarted())
        return false;
    // From its first step on; a step takes some tens of milliseconds.
    const bool isWorking = child.waitForReadyRead(60'000);
    QTest::qSleep(int(QRandomGenerator::global()->bounded(400)));
    child.kill();
    child.waitForFinished();
    return isWorking && child.exitStatus() == QProcess::CrashExit;
}

void TestKilledSteps::stayWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"c1-4711.sqlite"_s);
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("HUBKEEPER_KILLS", &isNumber);
    for (int kill = 0; kill < (isNumber ? asked : 10); ++kill) {
        QVERIFY(killOne(path));
        const auto file = ChangeFile::openToRead(path);
        QVERIFY(file);
        const Found looked = read(**file);
        QVERIFY2(looked.isWhole(), looked.text());

        ChangeSet changes;
        changes.keepIn(openedSteps(path));
        const Found found = read(changes);
        QVERIFY2(found == looked, found.text());
        if (!changes.canUndo())
            continue;
        changes.undo();
        QTRY_VERIFY(!changes.isBusy());
        QVERIFY2(read(changes).isWhole(), read(changes).text());
    }
}

namespace {

/// The tests, or the program that they kill.
int runOrStep(int argc, char **argv)
{
    if (argc == 3 && QByteArray(argv[1]) == "--step-until-killed") {
        const QCoreApplication app(argc, argv);
        return stepUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    return runTests<QCoreApplication, TestKilledSteps>(argc, argv);
}

} // namespace

HUBKEEPER_TEST_ENTRY(TestKilledSteps, runOrStep)
#include "tst_killedsteps.moc"
