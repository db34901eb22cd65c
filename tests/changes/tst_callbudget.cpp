// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "changes/run/callbudget.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is said of a run before it begins, against what the run then asks.
class TestCallBudget : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatTheRunAsks_data();
    void countsWhatTheRunAsks();
    void aRefusedRowAddsAtMostThis();
    void saysHowItGoesWithTheDay_data();
    void saysHowItGoesWithTheDay();
    void thePaceLeavesTheReserve();
};

void TestCallBudget::countsWhatTheRunAsks_data()
{
    QTest::addColumn<int>("updates");
    QTest::addColumn<int>("creates");
    QTest::addColumn<int>("archives");
    QTest::addColumn<int>("batches");
    QTest::addColumn<int>("calls");
    QTest::newRow("one update") << 1 << 0 << 0 << 1 << 3;
    QTest::newRow("a hundred") << 100 << 0 << 0 << 1 << 3;
    QTest::newRow("one more") << 101 << 0 << 0 << 2 << 6;
    QTest::newRow("creates are not read before") << 0 << 150 << 0 << 2 << 4;
    QTest::newRow("kinds are not mixed") << 1 << 1 << 1 << 3 << 8;
}

void TestCallBudget::countsWhatTheRunAsks()
{
    QFETCH(int, updates);
    QFETCH(int, creates);
    QFETCH(int, archives);
    ApplyRig rig;
    for (int i = 1; i <= updates + archives; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        if (i <= updates)
            rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
        else
            rig.archive(QString::number(i));
    }
    for (int i = 0; i < creates; ++i)
        rig.changes.addCreate(contacts, {{u"email"_s, u"p%1@example.com"_s.arg(i)}}, {});
    const CallBudget budget = budgetOf(rig.changes, {}, {10, 0, {}}, false);
    QTEST(budget.batches, "batches");
    QTEST(int(budget.calls()), "calls");
    const auto summary = rig.run();
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, updates + creates + archives);
    QCOMPARE(qint64(rig.server.sent.size()), budget.calls());
}

/// The worst place for one bad row.
void TestCallBudget::aRefusedRowAddsAtMostThis()
{
    ApplyRig rig;
    for (int i = 1; i <= 100; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, i == 100 ? u"bad"_s : u"Eve"_s);
    }
    rig.server.before = [](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (request.path.endsWith(u"/batch/update"_s) && request.body.contains("\"bad\""))
            return ScriptedPortal::refusal(400, u"VALIDATION_ERROR"_s, u"no"_s);
        return {};
    };
    const CallBudget budget = budgetOf(rig.changes, {}, {10, 0, {}}, false);
    QCOMPARE(budget.perRefusal, 14);
    QCOMPARE(budget.ifAllAreRefused, 198);
    const auto summary = rig.run();
    QCOMPARE((*summary)->failed, 1);
    const qint64 more = qint64(rig.server.sent.size()) - budget.calls();
    QVERIFY2(more > 0 && more <= budget.perRefusal, qPrintable(QString::number(more)));
}

void TestCallBudget::saysHowItGoesWithTheDay_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("reserve");
    QTest::addColumn<int>("fit");
    QTest::newRow("not said") << -1 << 20 << int(CallBudget::NotKnown);
    QTest::newRow("plenty") << 500 << 20 << int(CallBudget::Fits);
    QTest::newRow("just the reserve is left") << 203 << 20 << int(CallBudget::Fits);
    QTest::newRow("less than the reserve") << 202 << 20 << int(CallBudget::TouchesReserve);
    QTest::newRow("to the last call") << 3 << 0 << int(CallBudget::Fits);
    QTest::newRow("one too few") << 2 << 0 << int(CallBudget::ReachesLimit);
    QTest::newRow("none") << 0 << 50 << int(CallBudget::ReachesLimit);
}

void TestCallBudget::saysHowItGoesWithTheDay()
{
    QFETCH(int, left);
    QFETCH(int, reserve);
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    LimitReport report;
    report.dailyMax = 1000;
    report.dailyRemaining = left;
    const CallBudget budget = budgetOf(rig.changes, {}, {10, reserve, report}, false);
    QTEST(int(budget.fit()), "fit");
    QCOMPARE(refusalOf(budget).has_value(), budget.fit() == CallBudget::ReachesLimit);
    QCOMPARE(budget.share(), 0.3);
}

void TestCallBudget::thePaceLeavesTheReserve()
{
    ApplyRig rig;
    for (int i = 1; i <= 1000; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    LimitReport report;
    QCOMPARE(budgetOf(rig.changes, {}, {10, 0, report}, false).duration(), 3s); // 30 calls.
    QCOMPARE(budgetOf(rig.changes, {}, {10, 50, report}, false).duration(), 6s);
    report.windowMax = 100;
    report.window = 10s;
    QCOMPARE(budgetOf(rig.changes, {}, {50, 50, report}, false).duration(), 6s);
    RunOptions trial;
    trial.firstRows = 100;
    QCOMPARE(budgetOf(rig.changes, trial, {10, 0, report}, false).duration(), 1s);
}

HUBKEEPER_TEST(TestCallBudget)
#include "tst_callbudget.moc"
