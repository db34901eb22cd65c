// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How many rows a run sends at a time, and what becomes of the others when it ends early.
class TestApplyBatches : public QObject
{
    Q_OBJECT

private slots:
    void stopsWhenCredentialsAreRefused();
    void triesTheFirstRowsOnly();
    void sendsHundredsInBatches();
    void cancellingRecordsWhatWasSent();
    void finishesTheBatchesOnTheirWay();
    void locksRowsWhileTheyAreSent();
    void aStageThatWasClearedIsReadAgain();
};

void TestApplyBatches::stopsWhenCredentialsAreRefused()
{
    ApplyRig rig;
    for (int i = 1; i <= 700; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    rig.server.before = [](const HttpRequest &) -> std::optional<Result<HttpReply>> {
        return ScriptedPortal::refusal(401, u"INVALID_AUTHENTICATION"_s, u"no"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QVERIFY((*summary)->stopped);
    QCOMPARE((*summary)->stopped->kind, ErrorKind::Unauthorized);
    QCOMPARE((*summary)->failed, 400); // Four batches were on their way.
    QCOMPARE((*summary)->skipped, 300);
    QCOMPARE(rig.state(u"700"_s), RowState::Skipped);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
}

void TestApplyBatches::triesTheFirstRowsOnly()
{
    ApplyRig rig;
    for (int i = 1; i <= 5; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    RunOptions trial;
    trial.firstRows = 2;

    const auto first = rig.run(freely(), trial);
    QVERIFY(first && *first);
    QCOMPARE((*first)->applied, 2);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
    QCOMPARE(rig.state(u"3"_s), RowState::Staged);

    const auto rest = rig.run();
    QVERIFY(rest && *rest);
    QCOMPARE((*rest)->applied, 3);
}

void TestApplyBatches::sendsHundredsInBatches()
{
    ApplyRig rig;
    for (int i = 1; i <= 950; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    QSignalSpy changed(&rig.changes, &ChangeSet::changed);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 950);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 10);
    QVERIFY(changed.size() < 40); // A window repaints per batch, not per row.
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestApplyBatches::cancellingRecordsWhatWasSent()
{
    ApplyRig rig;
    for (int i = 1; i <= 500; ++i) { // An update, then a create, then archives.
        Record record;
        record.id = QString::number(i);
        rig.server.put(u"contacts"_s, record.id, {});
        if (i == 1)
            rig.edit(record.id, u"firstname"_s, u"Eve"_s);
        else
            rig.changes.addArchive(contacts, record, record.id);
    }
    const QString created =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    ApplyRun *run = rig.start();
    QElapsedTimer patience;
    patience.start();
    while (rig.server.count(u"/batch/create"_s) == 0 && patience.elapsed() < 10'000) {
        QCoreApplication::processEvents();
        rig.clock.advance(1ms);
        QThread::msleep(1);
    }
    rig.server.silent = true;
    run->cancel();
    const auto outcome = rig.outcomeOf(run);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
    for (const RowChange &row : rig.changes.rows())
        QVERIFY(row.state != RowState::Sending && row.state != RowState::Staged);
    QVERIFY(rig.state(created) == RowState::Unknown || rig.state(created) == RowState::Applied);
    QCOMPARE(rig.state(u"500"_s), RowState::Skipped);
    for (const RowChange &row : rig.changes.rows(0, 500))
        QVERIFY2(row.state == RowState::Applied || row.error, qPrintable(row.id)); // Each says why.
    QTRY_VERIFY(rig.journal->runs()->first().endedAt.isValid());
}

void TestApplyBatches::finishesTheBatchesOnTheirWay()
{
    ApplyRig rig;
    for (int i = 1; i <= 950; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    ApplyRun *run = rig.start();
    QTRY_VERIFY(rig.server.count(u"/batch/update"_s) > 0);

    const int sent = rig.server.count(u"/batch/update"_s);
    run->finishEarly();
    const auto summary = rig.outcomeOf(run);

    QVERIFY(summary && *summary);
    const int written = rig.server.count(u"/batch/update"_s); // One may have been on its way.
    QVERIFY(written >= sent && written <= sent + 4);
    QCOMPARE((*summary)->applied, 100 * written);
    QCOMPARE((*summary)->skipped, 950 - 100 * written);
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.state(u"950"_s), RowState::Skipped);
    QCOMPARE(rig.errorKind(u"950"_s), ErrorKind::Cancelled);
    QVERIFY(!(*summary)->stopped); // Somebody wanted it.
    QCOMPARE(rig.journaled().count(u"applied"_s), 100 * written);
    QVERIFY(rig.journal->runs()->first().endedAt.isValid());
}

void TestApplyBatches::locksRowsWhileTheyAreSent()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    ApplyRun *run = rig.start();
    QCOMPARE(rig.state(u"1"_s), RowState::Sending);
    rig.edit(u"1"_s, u"firstname"_s, u"Bob"_s);

    QVERIFY(rig.outcomeOf(run));
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"firstname"_s), u"Eve"_s);
}

/// The stage of a revert is cleared in a write of its own. When the second write is refused, the
/// record is not as it was, and the journal must not say that nothing was written.
void TestApplyBatches::aStageThatWasClearedIsReadAgain()
{
    ApplyRig rig;
    const QString stage = u"lifecyclestage"_s;
    rig.server.put(u"contacts"_s, u"1"_s, {{stage, u"customer"_s}});
    RowChange row;
    row.id = u"1"_s;
    row.label = u"one"_s;
    row.revertOf = u"an earlier run"_s;
    row.cells.insert(stage, {u"customer"_s, u"lead"_s});
    QVERIFY(hubkeeper::test::outcomeOf(
        rig.changes.addRows({row}, Adding::Merge, u"revert"_s, &rig.parent)));
    rig.server.before = [updates = std::make_shared<int>(0)](
                            const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/update") || ++*updates < 2)
            return {};
        return ScriptedPortal::refusal(400, u"VALIDATION_ERROR"_s, u"no"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE(rig.text(u"1"_s, stage), QString());
    QVERIFY(rig.state(u"1"_s) != RowState::Failed);
    QVERIFY(!rig.journaled().contains(u"failed"_s));
    const auto rows = rig.journal->rows(rig.journal->runs()->first().id);
    QCOMPARE(rows->first().cells.value(stage).after, QString());
}

HUBKEEPER_TEST(TestApplyBatches)
#include "tst_applybatches.moc"
