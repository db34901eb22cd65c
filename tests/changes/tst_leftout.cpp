// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "changes/review/changereview.h"
#include "changes/set/changesfile.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ChangeBinding leftOutPortal {4711, u"Acme"_s, u"c1"_s, u"EU"_s};

} // namespace

/// What a reviewer leaves out is kept and never sent; what a run left can be gone on with, and only
/// that.
class TestLeftOut : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isNotSentAndStays();
    void isStillLeftOutAfterARestart();
    void isStillLeftOutAfterUndo();
    void comesAndGoesAsAFile();
    void leftOutWhileARunBeginsIsNotSent();
    void aFileOfVersion1HasNothingLeftOut();
    void aHundredThousandAtOnce();
    void sendsOnlyWhatIsChosen();
    void pausesAndGoesOn();
    void stopsWhilePaused();
    void whatARunLeftIsFoundAgain();
    void theReasonStaysUntilTheNextTry();

private:
    void edit(int count);
    [[nodiscard]] qint64 sequenceOf(int id) const;
    [[nodiscard]] ChangeStore::Opened opened() const;
    [[nodiscard]] RowsByRun rowsLeft();

    std::unique_ptr<ApplyRig> m_rig;
};

void TestLeftOut::init()
{
    m_rig = std::make_unique<ApplyRig>();
}

void TestLeftOut::edit(int count)
{
    m_rig->changes.beginStep(u"edit"_s);
    for (int i = 1; i <= count; ++i) {
        m_rig->server.put(u"contacts"_s, QString::number(i), {});
        m_rig->edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    m_rig->changes.endStep();
}

qint64 TestLeftOut::sequenceOf(int id) const
{
    return m_rig->changes.index().find({contacts, QString::number(id)});
}

ChangeStore::Opened TestLeftOut::opened() const
{
    return *ChangeStore::openNow(m_rig->folder.filePath(u"c.sqlite"_s), leftOutPortal);
}

RowsByRun TestLeftOut::rowsLeft()
{
    const auto rows = outcomeOf(findRowsLeft(m_rig->changes, this), 10'000);
    return rows && *rows ? **rows : RowsByRun();
}

void TestLeftOut::isNotSentAndStays()
{
    edit(3);
    QSignalSpy touched(&m_rig->changes, &ChangeSet::rowTouched);
    m_rig->changes.setExcluded({sequenceOf(2)}, true);
    QCOMPARE(touched.count(), 1);
    QCOMPARE(m_rig->changes.waiting(), 2);
    QCOMPARE(m_rig->changes.excluded(), 1);
    const auto summary = m_rig->run();
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(m_rig->state(u"2"_s), RowState::Staged);
    QVERIFY(m_rig->text(u"2"_s, u"firstname"_s).isEmpty());

    m_rig->changes.setExcluded({sequenceOf(2), sequenceOf(1)}, false);
    QCOMPARE((*m_rig->run())->applied, 1);
    QCOMPARE(m_rig->text(u"2"_s, u"firstname"_s), u"Eve"_s);
}

void TestLeftOut::isStillLeftOutAfterARestart()
{
    m_rig->changes.keepIn(opened());
    edit(3);
    m_rig->changes.setExcluded({sequenceOf(1), sequenceOf(3)}, true);
    QTRY_VERIFY(m_rig->changes.isSaved());
    auto file = ChangeFile::openToRead(m_rig->folder.filePath(u"c.sqlite"_s));
    const ChangeFile::Overview overview = (*file)->overview();
    QCOMPARE(overview.index.excluded(), 2);
    QCOMPARE(overview.index.waiting(), 1);
    QVERIFY((*file)->rowsFrom(0, 1).front().row->excluded);
    QVERIFY(!(*file)->rowsFrom(2, 1).front().row->excluded);
}

/// Undo of an edit must not send what somebody said not to send.
void TestLeftOut::isStillLeftOutAfterUndo()
{
    edit(1);
    m_rig->edit(u"1"_s, u"firstname"_s, u"Eva"_s);
    m_rig->changes.setExcluded({sequenceOf(1)}, true);
    m_rig->changes.undo();
    QCOMPARE(m_rig->changes.at(0).cells[u"firstname"_s].after, u"Eve"_s);
    QCOMPARE(m_rig->changes.excluded(), 1);
    m_rig->changes.redo();
    QCOMPARE(m_rig->changes.excluded(), 1);
    m_rig->edit(u"1"_s, u"firstname"_s, u"Ida"_s); // An edit does not take it in either.
    QCOMPARE(m_rig->changes.waiting(), 0);
}

void TestLeftOut::comesAndGoesAsAFile()
{
    edit(2);
    m_rig->changes.setExcluded({sequenceOf(2)}, true);
    const QByteArray lines = changesToLines(headerFor(leftOutPortal), m_rig->changes.rows());
    QCOMPARE(lines.count("\"excluded\":true"), 1);
    const auto file = changesFromFile(lines);
    QVERIFY(file);
    QVERIFY(!file->rows[0].excluded);
    QVERIFY(file->rows[1].excluded);
    QByteArray damaged = lines;
    damaged.replace("\"excluded\":true", "\"excluded\":1");
    const auto refused = changesFromFile(damaged);
    QVERIFY(!refused);
    QVERIFY(refused.error().what.contains(u"line 3"_s));
}

/// The run asks the portal first; meanwhile somebody changes their mind.
void TestLeftOut::leftOutWhileARunBeginsIsNotSent()
{
    edit(2);
    WritePolicy policy = freely();
    policy.mostPercent = 90; // Makes it count the portal's records.
    bool isLeftOut = false;
    m_rig->server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (request.path.endsWith(u"/search"_s) && !std::exchange(isLeftOut, true))
            m_rig->changes.setExcluded({sequenceOf(2)}, true);
        return {};
    };
    for (int i = 10; i < 20; ++i)
        m_rig->server.put(u"contacts"_s, QString::number(i), {});
    const auto summary = m_rig->run(policy);
    QVERIFY(isLeftOut);
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QVERIFY(m_rig->text(u"2"_s, u"firstname"_s).isEmpty());
}

void TestLeftOut::aFileOfVersion1HasNothingLeftOut()
{
    const QString path = m_rig->folder.filePath(u"c.sqlite"_s);
    m_rig->changes.keepIn(opened());
    edit(2);
    QTRY_VERIFY(m_rig->changes.isSaved());
    {
        SQLite::Database older(path.toStdString(), SQLite::OPEN_READWRITE, 5000);
        older.exec("ALTER TABLE rows DROP COLUMN excluded; PRAGMA user_version = 1");
    }
    auto reader = ChangeFile::openToRead(path); // As `changes list` does.
    QCOMPARE((*reader)->overview().index.waiting(), 2);
    QCOMPARE((*reader)->rowsFrom(0, 5).size(), 2u);
    const auto file = ChangeFile::open(path, leftOutPortal);
    QVERIFY(file);
    (*file)->setExcluded({2}, true);
    QCOMPARE((*file)->overview().index.excluded(), 1);
}

void TestLeftOut::aHundredThousandAtOnce()
{
    m_rig->changes.keepIn(opened());
    std::vector<RowChange> rows(100'000);
    std::vector<qint64> all;
    for (int i = 0; i < int(rows.size()); ++i) {
        rows[size_t(i)].id = QString::number(i + 1);
        rows[size_t(i)].cells.insert(u"city"_s, {{}, u"Bern"_s});
        all.push_back(i + 1);
    }
    QVERIFY(outcomeOf(m_rig->changes.addRows(std::move(rows), Adding::Merge, {}, this), 120'000));
    QSignalSpy ranges(&m_rig->changes, &ChangeSet::rowsChanged);
    m_rig->changes.setExcluded(all, true);
    QVERIFY(ranges.count() <= 2); // A view hears of a range, not of each row.
    QCOMPARE(m_rig->changes.excluded(), 100'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->changes.isSaved(), 60'000);
    SQLite::Database file(m_rig->changes.storePath().toStdString(), SQLite::OPEN_READONLY, 5000);
    QCOMPARE(file.execAndGet("SELECT SUM(excluded) FROM rows").getInt(), 100'000);
}

void TestLeftOut::sendsOnlyWhatIsChosen()
{
    edit(5);
    m_rig->changes.setExcluded({sequenceOf(4)}, true);
    RunOptions some;
    some.only = {{sequenceOf(2), sequenceOf(4), sequenceOf(5), 99}};
    QCOMPARE((*m_rig->run(freely(), some))->applied, 2);
    QCOMPARE(m_rig->state(u"1"_s), RowState::Staged);
    QCOMPARE(m_rig->state(u"4"_s), RowState::Staged);
    QCOMPARE(m_rig->state(u"5"_s), RowState::Applied);
}

void TestLeftOut::pausesAndGoesOn()
{
    edit(900);
    ApplyRun *run = m_rig->start();
    connect(run, &CallBase::progressed, this, [run](qint64 done, qint64) {
        if (done >= 100 && !run->isPaused())
            run->pause();
    });
    const auto isApplied = [this](int count) {
        if (m_rig->clock.isWaiting())
            m_rig->clock.advance(std::chrono::milliseconds(500));
        return m_rig->changes.count(RowState::Applied) == count;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isApplied(400) && run->isPaused(), 20'000);
    ApplyRig::waitUntilIdle();
    QCOMPARE(m_rig->changes.count(RowState::Sending), 500); // They stay the run's.
    const int sent = m_rig->server.count(u"/batch/update"_s);
    disconnect(run, &CallBase::progressed, this, nullptr);
    run->resume();
    const auto summary = m_rig->outcomeOf(run);
    QCOMPARE((*summary)->applied, 900);
    QCOMPARE(m_rig->server.count(u"/batch/update"_s), 9);
    QCOMPARE(sent, 4);
    QCOMPARE(m_rig->journal->runs()->size(), 1);
}

void TestLeftOut::stopsWhilePaused()
{
    edit(900);
    ApplyRun *run = m_rig->start();
    run->pause();
    run->resume();
    run->pause();
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->journal->runs()->size(), 1, 20'000);
    run->finishEarly();
    const auto summary = m_rig->outcomeOf(run);
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->skipped, 900);
    QCOMPARE(m_rig->server.count(u"/batch/update"_s), 0);
}

/// A run that was stopped, then edits: going on sends what that run left, and nothing else.
void TestLeftOut::whatARunLeftIsFoundAgain()
{
    m_rig->changes.keepIn(opened());
    edit(900);
    ApplyRun *run = m_rig->start();
    connect(run, &CallBase::progressed, this, [run] { run->finishEarly(); });
    const auto summary = m_rig->outcomeOf(run);
    QCOMPARE((*summary)->skipped, 500);
    m_rig->server.put(u"contacts"_s, u"1000"_s, {});
    m_rig->edit(u"1000"_s, u"firstname"_s, u"Eve"_s); // Nobody agreed to this one.
    m_rig->edit(u"900"_s, u"firstname"_s, u"Another"_s); // It is another edit now.
    m_rig->changes.setExcluded({sequenceOf(899)}, true);

    const RowsByRun left = rowsLeft();
    QCOMPARE(left.keys(), QStringList((*summary)->runId));
    RunOptions rest;
    rest.only = left.value((*summary)->runId);
    QCOMPARE(rest.only->size(), 498u);
    QCOMPARE((*m_rig->run(freely(), rest))->applied, 498);
    QCOMPARE(m_rig->server.count(u"/batch/update"_s), 9);
    QVERIFY(rowsLeft().isEmpty());
    QCOMPARE(m_rig->state(u"1000"_s), RowState::Staged);
    QCOMPARE(m_rig->state(u"900"_s), RowState::Staged);
    QCOMPARE(m_rig->state(u"899"_s), RowState::Skipped);
}

void TestLeftOut::theReasonStaysUntilTheNextTry()
{
    edit(1);
    m_rig->changes.setState(contacts, u"1"_s, RowState::Failed,
                            fail(ErrorKind::Rejected, u"no such name"_s).value());
    m_rig->edit(u"1"_s, u"firstname"_s, u"Eva"_s);
    QCOMPARE(m_rig->changes.at(0).state, RowState::Staged);
    QCOMPARE(m_rig->changes.at(0).error->what, u"no such name"_s);
    QCOMPARE((*m_rig->run())->applied, 1);
    QVERIFY(!m_rig->changes.at(0).error);
}

HUBKEEPER_TEST(TestLeftOut)
#include "tst_leftout.moc"
