// SPDX-License-Identifier: MIT
#include "killrig.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `repair run` over the records of a portal and `changes apply` of it, killed (SIGKILL) again and
/// again, at random times: a change set has all changes of a repair or none, and each value is
/// written once. 50 kills, or as many as HUBKEEPER_KILLS says.
class TestKilledRepairs final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLostOrDoubled_data();
    void nothingIsLostOrDoubled();
    void cleanupTestCase();

private:
    static constexpr int people = 120;

    void writeRecipe(int round);
    [[nodiscard]] Ended run(const QStringList &arguments) const { return m_program.run(arguments); }
    [[nodiscard]] QStringList repairing() const
    {
        return {u"--json"_s,       u"repair"_s,   u"run"_s,      u"round.recipe"_s,
                u"--connection"_s, m_file,        u"--object"_s, u"contact"_s,
                u"--column"_s,     u"jobtitle"_s, u"--filter"_s, u"email sw 'person'"_s};
    }
    [[nodiscard]] QStringList applying() const
    {
        return {u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s};
    }
    void finishStaging();
    void finishApplying();
    void lookAtHistories();

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    int m_round = 0;
    int m_kills = 0;
    int m_repairMs = 0;
    int m_applyMs = 0;
};

void TestKilledRepairs::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program, QStringList {u"--latency-ms"_s, u"10"_s});
    QVERIFY(m_practice->isServing());
    // The test itself asks more than HubSpot would allow.
    m_practice->control(
        {{u"limits"_s, QJsonObject {{u"staticPerWindow"_s, 0}, {u"oauthPerWindow"_s, 0}}}});
    m_file = m_program.path(u"p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s}).code, 0);
    QByteArray table = "email,jobtitle\n";
    for (int i = 0; i < people; ++i)
        table += "person" + QByteArray::number(i) + "@example.com,Round 0\n";
    m_program.write(u"people.csv"_s, table);
    QCOMPARE(
        run({u"import"_s, u"people.csv"_s, u"--connection"_s, m_file, u"--object"_s, u"contact"_s})
            .code,
        0);
    QCOMPARE(run(applying()).code, 0);
    QCOMPARE(run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
}

void TestKilledRepairs::cleanupTestCase()
{
    m_practice.reset();
}

/// Every title of a round before becomes one of this.
void TestKilledRepairs::writeRecipe(int round)
{
    const QByteArray number = QByteArray::number(round);
    m_program.write(u"round.recipe"_s,
                    "hubkeeper-recipe 1\nname: round\ntitle: Round\nrepair: regex\n"
                    "find: ^Round [0-9]+$\nreplace: Round "
                        + number + "\nexamples:\n  Round 0 => Round " + number
                        + "\n  Lead => kept\n");
}

void TestKilledRepairs::nothingIsLostOrDoubled_data()
{
    addKillRows(50, 25);
    QElapsedTimer timer;
    writeRecipe(++m_round);
    timer.start();
    QCOMPARE(run(repairing()).code, 0);
    m_repairMs = int(timer.restart());
    QCOMPARE(run(applying()).code, 0);
    m_applyMs = int(timer.elapsed());
    QCOMPARE(run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
}

/// Once more, undisturbed: what is staged already is left alone.
void TestKilledRepairs::finishStaging()
{
    const int before = stagedRows(m_program);
    const Ended ended = run(repairing());
    QVERIFY2(ended.code == (before == 0 ? 0 : 1), ended.out + ended.err);
    QCOMPARE(ended.json()["staged"_L1].toInt(), people - before);
    QCOMPARE(stagedRows(m_program), people);
}

void TestKilledRepairs::finishApplying()
{
    Ended last;
    for (int tries = 0; tries < 5 && waitingRows(m_program) > 0; ++tries)
        last = run(applying());
    QVERIFY2(waitingRows(m_program) == 0, last.out + last.err);
    QCOMPARE(run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
}

void TestKilledRepairs::nothingIsLostOrDoubled()
{
    QFETCH(const int, kills);
    for (int killed = 0; killed < kills;) {
        writeRecipe(++m_round);
        for (int tries = 0; tries < 4 && killed < kills && stagedRows(m_program) == 0;
             ++tries, ++killed) {
            (void)killWithin(m_program, repairing(), m_repairMs + m_repairMs / 10);
            const int rows = stagedRows(m_program);
            QVERIFY2(rows == 0 || rows == people, qPrintable(QString::number(rows)));
        }
        finishStaging();
        if (QTest::currentTestFailed())
            return;
        for (int tries = 0; tries < 5 && killed < kills && waitingRows(m_program) > 0;
             ++tries, ++killed)
            (void)killWithin(m_program, applying(), m_applyMs);
        finishApplying();
        if (QTest::currentTestFailed())
            return;
    }
    m_kills += kills;
    lookAtHistories();
    const Ended verified = run({u"--json"_s, u"journal"_s, u"verify"_s});
    QVERIFY2(!verified.out.contains("altered"), verified.out);
    QVERIFY2(leavesNoCopy(m_program), "A copy of the records was left behind.");
    qInfo("%d kills over %d rounds of %d records", m_kills, m_round, people);
}

/// HubSpot keeps every value that was ever set: each record had each round's, once.
void TestKilledRepairs::lookAtHistories()
{
    const Ended ended = run({u"--json"_s, u"history"_s, m_file, u"contact"_s, u"--where"_s,
                             u"email sw 'person'"_s, u"--property"_s, u"jobtitle"_s});
    QVERIFY2(ended.code == 0, ended.out + ended.err);
    const QJsonArray histories = ended.list();
    QCOMPARE(histories.size(), people);
    const int kept = std::min(m_round + 1, 45);
    for (const QJsonValue &history : histories) {
        const QJsonArray values = history["values"_L1].toArray();
        QCOMPARE(values.size(), kept);
        for (int i = 0; i < kept; ++i)
            QCOMPARE(values[i]["value"_L1].toString(), u"Round %1"_s.arg(m_round - i));
    }
}

HUBKEEPER_TEST(TestKilledRepairs)
#include "tst_killedrepairs.moc"
