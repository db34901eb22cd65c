// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <signal.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int portalContacts = 450;
const auto updates = u"POST /crm/objects/2026-09/contacts/batch/update"_s;

QString idOf(int number)
{
    return QString::number(150'000'000'000 + number);
}

} // namespace

/// Many staged changes on the command line: groups, what is left out, the plan, a trial, and going
/// on with a run that was stopped or killed.
class TestCliReview : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void groupsAndFilters();
    void leavesRowsOut();
    void saysWhatItWouldAsk();
    void atrialAndItsTwoEnds();
    void aSampleIsNotTheFirstRows();
    void goesOnAfterAKill();
    void goesOnAfterCtrlC();
    void theDailyLimitInTheMiddle();
    void aConflictInTheRest();
    void retriesWhatFailed();
    void twoProgramsAtOnce();
    void wrongUse_data();
    void wrongUse();

private:
    Ended run(const QStringList &arguments) { return m_program.run(arguments); }
    Ended changes(const QString &verb, const QStringList &more = {})
    {
        return run(QStringList {u"--json"_s, u"changes"_s, verb, m_file} + more);
    }
    void stage(int first, int last, const QByteArray &value, const QByteArray &property = "city");
    /// `apply` in a process of its own, once the portal got some updates.
    void startApplying(QProcess &process, int updateCalls);
    [[nodiscard]] int countOf(const QString &city);
    void setLatency(int milliseconds)
    {
        m_practice->control({{u"latencyMs"_s, milliseconds}, {u"clearRequests"_s, true}});
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    int m_round = 0;
};

void TestCliReview::initTestCase()
{
    m_program.withoutKeychain();
    m_file = m_program.path(u"p.json"_s);
    m_practice = Practice::with(m_program,
                                {u"--contacts"_s, QString::number(portalContacts), u"--companies"_s,
                                 u"2"_s, u"--control"_s, u"--index-delay-ms"_s, u"0"_s,
                                 u"--write-provisioner"_s, m_file});
    QVERIFY(m_practice->isServing());
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"review"_s}).code, 0);
}

void TestCliReview::init()
{
    m_practice->control({{u"faults"_s, QJsonArray()}, {u"latencyMs"_s, 0}});
    const Ended ended = changes(u"discard"_s, {u"--yes"_s});
    QVERIFY2(ended.code == 0, ended.err);
    ++m_round;
}

void TestCliReview::stage(int first, int last, const QByteArray &value, const QByteArray &property)
{
    QByteArray table = "Record ID," + property + "\n";
    for (int i = first; i <= last; ++i)
        table += idOf(i).toLatin1() + ',' + value + '\n';
    m_program.write(u"rows.csv"_s, table);
    const Ended staged = run({u"--json"_s, u"import"_s, u"rows.csv"_s, u"--connection"_s, m_file,
                              u"--object"_s, u"contact"_s, u"--match"_s, u"id"_s});
    QVERIFY2(staged.code == 0, staged.out + staged.err);
    QCOMPARE(staged.json()["updates"_L1].toInt(), last - first + 1);
}

void TestCliReview::startApplying(QProcess &process, int updateCalls)
{
    setLatency(200);
    m_program.prepare(
        process,
        {u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--note"_s, u"ticket %1"_s.arg(m_round)});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_practice->count(updates) >= updateCalls, 30'000);
}

int TestCliReview::countOf(const QString &city)
{
    const Ended found = run({u"--json"_s, u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                             u"city eq '%1'"_s.arg(city), u"--fields"_s, u"city"_s});
    return int(found.json()["result"_L1].toArray().size());
}

void TestCliReview::groupsAndFilters()
{
    stage(1, 20, "Grouped");
    stage(21, 25, "Other");
    const QJsonArray groups = changes(u"list"_s, {u"--group"_s}).json()["groups"_L1].toArray();
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups[0]["operation"_L1], u"update"_s);
    QCOMPARE(groups[0]["rows"_L1], 25);
    const QJsonArray properties = groups[0]["properties"_L1].toArray();
    QCOMPARE(properties.size(), 1);
    QCOMPARE(properties[0]["property"_L1], u"city"_s);
    int sum = 0;
    for (const QJsonValue &pattern : properties[0]["patterns"_L1].toArray())
        sum += pattern["rows"_L1].toInt();
    QCOMPARE(sum, 25);
    const auto rows = [this](const QStringList &filter) {
        return int(changes(u"list"_s, filter).json()["rows"_L1].toArray().size());
    };
    QCOMPARE(rows({}), 25);
    QCOMPARE(rows({u"--filter"_s, u"other"_s}), 5);
    QCOMPARE(rows({u"--property"_s, u"city"_s, u"--to"_s, u"Grouped"_s}), 20);
    QCOMPARE(rows({u"--id"_s, idOf(1), u"--id"_s, idOf(22)}), 2);
    QCOMPARE(rows({u"--state"_s, u"failed"_s}), 0);
    QCOMPARE(rows({u"--findings"_s}), 0);
    QCOMPARE(rows({u"--operation"_s, u"create"_s}), 0);
    const Ended text = run({u"changes"_s, u"list"_s, m_file, u"--group"_s});
    QVERIFY2(text.out.contains("update") && text.out.contains("city"), text.out);
}

void TestCliReview::leavesRowsOut()
{
    stage(1, 10, "Kept");
    const Ended excluded = changes(u"exclude"_s, {u"--id"_s, idOf(3), u"--id"_s, idOf(4)});
    QCOMPARE(excluded.json()["changed"_L1], 2);
    QCOMPARE(excluded.json()["waiting"_L1], 8);
    const QJsonArray sets = run({u"--json"_s, u"changes"_s, u"list"_s}).list();
    QCOMPARE(sets[0]["excluded"_L1], 2);
    const Ended applied = changes(u"apply"_s, {u"--yes"_s});
    QVERIFY2(applied.code == 0, applied.err);
    QVERIFY2(applied.err.contains("2 rows are left out"), applied.err);
    QCOMPARE(applied.json()["applied"_L1], 8);
    QCOMPARE(applied.json()["excluded"_L1], 2);
    QCOMPARE(countOf(u"Kept"_s), 8);
    QCOMPARE(changes(u"include"_s, {u"--all"_s}).json()["changed"_L1], 2);
    QCOMPARE(changes(u"apply"_s, {u"--yes"_s}).json()["applied"_L1], 2);
    QCOMPARE(countOf(u"Kept"_s), 10);
}

void TestCliReview::saysWhatItWouldAsk()
{
    stage(1, 250, "Planned");
    QCOMPARE(changes(u"exclude"_s, {u"--id"_s, idOf(1)}).code, 0);
    const QJsonObject plan = changes(u"plan"_s).json();
    QCOMPARE(plan["rows"_L1], 249);
    QCOMPARE(plan["calls"_L1], 9); // Three batches: read, write, prove.
    QCOMPARE(plan["perRefusal"_L1], 14);
    QCOMPARE(plan["excluded"_L1], 1);
    const Ended dry = changes(u"apply"_s, {u"--dry-run"_s, u"--first"_s, u"3"_s});
    QCOMPARE(dry.code, 0);
    QCOMPARE(dry.json()["sendable"_L1], 3);
    QCOMPARE(dry.json()["plan"_L1]["calls"_L1], 3);
    QCOMPARE(countOf(u"Planned"_s), 0);
    const Ended text = run({u"changes"_s, u"plan"_s, m_file});
    QVERIFY2(text.out.contains("249 rows in 9 calls"), text.out);
}

void TestCliReview::atrialAndItsTwoEnds()
{
    stage(1, 20, "Tried");
    const Ended trial = run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--trial"_s, u"4"_s});
    QVERIFY2(trial.code == 0, trial.err);
    QVERIFY2(trial.err.contains("4 applied") && trial.err.contains("16 to go")
                 && trial.err.contains("journal revert"),
             trial.err);
    QCOMPARE(countOf(u"Tried"_s), 4);
    const QString runId =
        run({u"--json"_s, u"journal"_s, u"list"_s, m_file}).list()[0]["id"_L1].toString();
    QCOMPARE(run({u"journal"_s, u"revert"_s, m_file, runId, u"--yes"_s}).code, 0);
    QCOMPARE(countOf(u"Tried"_s), 0);
    QCOMPARE(changes(u"apply"_s, {u"--yes"_s}).json()["applied"_L1], 16);
    QCOMPARE(countOf(u"Tried"_s), 16);
}

void TestCliReview::aSampleIsNotTheFirstRows()
{
    stage(1, 400, "Sampled");
    const Ended trial = changes(u"apply"_s, {u"--yes"_s, u"--trial"_s, u"20"_s, u"--sample"_s});
    QCOMPARE(trial.json()["applied"_L1], 20);
    QCOMPARE(countOf(u"Sampled"_s), 20);
    int amongTheFirst = 0;
    const QJsonArray rows = trial.json()["rows"_L1].toArray();
    for (int i = 0; i < 20; ++i)
        amongTheFirst += int(rows[i]["state"_L1] == u"applied"_s);
    QVERIFY(amongTheFirst < 20);
}

/// Killed in the middle, with batches on their way; then somebody stages more.
void TestCliReview::goesOnAfterAKill()
{
    stage(1, portalContacts, "Killed");
    QProcess process;
    startApplying(process, 1);
    ::kill(pid_t(process.processId()), SIGKILL);
    process.waitForFinished();
    setLatency(0);
    const int before = countOf(u"Killed"_s);
    QVERIFY2(before > 0 && before < portalContacts, qPrintable(QString::number(before)));
    stage(1, 1, "More", "jobtitle"); // Nobody agreed to send this one.

    m_practice->control({{u"clearRequests"_s, true}});
    const Ended rest =
        run({u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--resume"_s, u"--yes"_s});
    QVERIFY2(rest.code == 0, rest.err);
    QVERIFY2(rest.err.contains("Going on with run") && rest.err.contains("of 450"), rest.err);
    QCOMPARE(countOf(u"Killed"_s), portalContacts);
    // What had arrived was found there, and not sent again.
    QVERIFY(m_practice->count(updates) <= (portalContacts - before + 99) / 100 + 1);
    QCOMPARE(rest.json()["waiting"_L1], 1);
    const QJsonArray runs = run({u"--json"_s, u"journal"_s, u"list"_s, m_file}).list();
    QCOMPARE(runs[0]["note"_L1], u"ticket %1"_s.arg(m_round)); // The note goes along.
    const Ended again = changes(u"apply"_s, {u"--resume"_s, u"--yes"_s});
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["applied"_L1], 0); // There is no rest any more.
}

void TestCliReview::goesOnAfterCtrlC()
{
    stage(1, portalContacts, "Stopped");
    QProcess process;
    startApplying(process, 1);
    ::kill(pid_t(process.processId()), SIGINT);
    const Ended stopped = Program::ended(process);
    QVERIFY2(stopped.err.contains("--resume"), stopped.err);
    setLatency(0);
    const int before = countOf(u"Stopped"_s);
    QVERIFY(before > 0 && before < portalContacts);
    const Ended rest = changes(u"apply"_s, {u"--resume"_s, u"--yes"_s});
    QVERIFY2(rest.code == 0, rest.err);
    QCOMPARE(countOf(u"Stopped"_s), portalContacts);
}

void TestCliReview::theDailyLimitInTheMiddle()
{
    stage(1, portalContacts, "Limited");
    m_practice->setFault({{u"kind"_s, u"rateDaily"_s},
                          {u"method"_s, u"POST"_s},
                          {u"path"_s, u"/contacts/batch/update$"_s},
                          {u"nth"_s, 2},
                          {u"times"_s, 100}});
    const Ended stopped = run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s});
    QCOMPARE(stopped.code, 5);
    QVERIFY2(stopped.err.contains("daily limit") && stopped.err.contains("--resume"), stopped.err);
    QCOMPARE(countOf(u"Limited"_s), 100);
    m_practice->control({{u"faults"_s, QJsonArray()}});
    const Ended rest = changes(u"apply"_s, {u"--resume"_s, u"--yes"_s});
    QVERIFY2(rest.code == 0, rest.err);
    QCOMPARE(countOf(u"Limited"_s), portalContacts);
}

void TestCliReview::aConflictInTheRest()
{
    stage(1, portalContacts, "Contested");
    QProcess process;
    startApplying(process, 1);
    ::kill(pid_t(process.processId()), SIGKILL);
    process.waitForFinished();
    setLatency(0);
    QCOMPARE(run({u"update"_s, m_file, u"contact"_s, idOf(portalContacts), u"--set"_s,
                  u"city=Theirs"_s, u"--yes"_s})
                 .code,
             0);
    const Ended rest = changes(u"apply"_s, {u"--resume"_s, u"--yes"_s});
    QCOMPARE(rest.code, 5);
    QCOMPARE(rest.json()["conflicting"_L1], 1);
    QVERIFY2(rest.err.contains("is now \"Theirs\""), rest.err);
    QCOMPARE(countOf(u"Contested"_s), portalContacts - 1);
}

void TestCliReview::retriesWhatFailed()
{
    stage(1, 3, "Retried");
    m_practice->setFault({{u"kind"_s, u"status"_s},
                          {u"status"_s, 400},
                          {u"method"_s, u"POST"_s},
                          {u"path"_s, u"/contacts/batch/update$"_s},
                          {u"times"_s, 100}});
    const Ended failed = changes(u"apply"_s, {u"--first"_s, u"2"_s, u"--yes"_s});
    QCOMPARE(failed.json()["failed"_L1], 2);
    m_practice->control({{u"faults"_s, QJsonArray()}});
    QCOMPARE(changes(u"list"_s, {u"--state"_s, u"failed"_s}).json()["rows"_L1].toArray().size(), 2);
    QCOMPARE(changes(u"apply"_s, {u"--retry-failed"_s, u"--yes"_s}).json()["applied"_L1], 2);
    QCOMPARE(countOf(u"Retried"_s), 2); // The third one was not among them.
}

void TestCliReview::twoProgramsAtOnce()
{
    stage(1, portalContacts, "Twice");
    QProcess process;
    startApplying(process, 1);
    const Ended other = changes(u"apply"_s, {u"--yes"_s});
    QCOMPARE(other.code, 7);
    QVERIFY2(other.err.contains("open in"), other.err);
    QCOMPARE(changes(u"exclude"_s, {u"--all"_s}).code, 7);
    QCOMPARE(Program::ended(process).code, 0);
    setLatency(0);
    QCOMPARE(countOf(u"Twice"_s), portalContacts);
}

void TestCliReview::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("groups of no set") << QStringList {u"list"_s, u"--group"_s};
    QTest::newRow("no such state") << QStringList {u"list"_s, m_file, u"--state"_s, u"bad"_s};
    QTest::newRow("which rows") << QStringList {u"exclude"_s, m_file};
    QTest::newRow("a sample of what") << QStringList {u"apply"_s, m_file, u"--sample"_s};
    QTest::newRow("two choices") << QStringList {u"apply"_s, m_file, u"--resume"_s,
                                                 u"--retry-failed"_s};
    QTest::newRow("a file is not resumed")
        << QStringList {u"apply"_s, m_file, u"set.jsonl"_s, u"--resume"_s};
}

void TestCliReview::wrongUse()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(QStringList {u"changes"_s} + arguments);
    QVERIFY2(ended.code == 2, ended.err + ended.out);
}

HUBKEEPER_TEST(TestCliReview)
#include "tst_clireview.moc"
