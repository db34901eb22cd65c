// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <signal.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject faultOf(const QString &kind, const QString &path, int pauseMs = 0)
{
    QJsonObject fault {{u"kind"_s, kind}, {u"path"_s, path}};
    if (pauseMs > 0)
        fault.insert(u"pauseMs"_s, pauseMs);
    return fault;
}

} // namespace

/// What became of runs that a killed program left, with the real one, and what is said where a
/// write was stopped after it had worked.
class TestCliResolve final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void findsWhatBecameOfIt_data();
    void findsWhatBecameOfIt();
    void leavesWhatNobodyCanKnow();
    void resolvesARunByItsName();
    void aRunUnderWayIsLeftAlone();
    void aResolvedCreateCanBeReverted();
    void refusesARunOfAnotherPortal();
    void stoppedAfterItWasWritten_data();
    void stoppedAfterItWasWritten();
    void cannotBeReadAfterItWasWritten();

private:
    Ended json(const QStringList &verb, const QStringList &rest = {})
    {
        return program().run(verb + QStringList {file()} + rest + QStringList {u"--json"_s});
    }
    [[nodiscard]] QJsonObject lastRun()
    {
        return json({u"journal"_s, u"list"_s}).list()[0].toObject();
    }
    [[nodiscard]] QJsonArray rowsOf(const QString &run)
    {
        return json({u"journal"_s, u"show"_s}, {run}).list();
    }
    /// Starts the verb, waits until the portal has received a call with this in its path, and kills
    /// the program before it hears of the answer.
    void killWhileItSends(const QStringList &arguments, const QString &call);
    void waitFor(const QString &call);
    [[nodiscard]] Program &program() { return m_portal->program(); }
    [[nodiscard]] Practice &practice() { return m_portal->practice(); }
    [[nodiscard]] QString file() { return program().path(u"p.json"_s); }

    std::unique_ptr<ServedPortal> m_portal;
};

void TestCliResolve::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"20"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(practice().isServing());
    program().withoutKeychain();
}

void TestCliResolve::init()
{
    practice().control(
        {{u"reset"_s, true}, {u"faults"_s, QJsonArray()}, {u"clearRequests"_s, true}});
    QCOMPARE(program().run({u"connections"_s, u"set"_s, file(), u"--mode"_s, u"free"_s}).code, 0);
    QDir(program().path(u"data/hubkeeper"_s))
        .removeRecursively(); // The journal of the test before.
}

void TestCliResolve::waitFor(const QString &call)
{
    const auto has = [&] {
        const QStringList seen = practice().requests()["counts"_L1].toObject().keys();
        return !seen.filter(call).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(has(), 20'000);
}

void TestCliResolve::killWhileItSends(const QStringList &arguments, const QString &call)
{
    QProcess process;
    program().prepare(process, arguments);
    process.start();
    waitFor(call);
    ::kill(pid_t(process.processId()), SIGKILL);
    QVERIFY(process.waitForFinished());
    practice().control({{u"faults"_s, QJsonArray()}});
}

void TestCliResolve::findsWhatBecameOfIt_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("outcome");
    const QString p = u"p.json"_s;
    const QStringList create {u"create"_s, p, u"contact"_s, u"--set"_s,
                              u"email=lost@example.com"_s};
    const QStringList company {u"create"_s, p, u"company"_s, u"--set"_s, u"name=Lost Inc"_s};
    const QStringList update {u"update"_s,  p,          u"contact"_s,
                              firstContact, u"--set"_s, u"phone=123"_s};
    const QStringList archive {u"delete"_s, p, u"contact"_s, firstContact, u"--yes"_s};
    const QStringList property {u"create"_s,
                                p,
                                u"contactProperties"_s,
                                u"--set"_s,
                                u"name=lost_one"_s,
                                u"--set"_s,
                                u"label=Lost"_s,
                                u"--set"_s,
                                u"type=string"_s,
                                u"--set"_s,
                                u"fieldType=text"_s,
                                u"--set"_s,
                                u"groupName=contactinformation"_s};
    const QString after = u"silenceAfterWork"_s;
    const QString before = u"silenceBeforeWork"_s;
    // clang-format off
    QTest::newRow("create, made")        << create   << u"/batch/create"_s  << after  << u"applied"_s;
    QTest::newRow("create, not made")    << create   << u"/batch/create"_s  << before << u"failed"_s;
    QTest::newRow("company, made")       << company  << u"/batch/create"_s  << after  << u"applied"_s;
    QTest::newRow("update, written")     << update   << u"/batch/update"_s  << after  << u"applied"_s;
    QTest::newRow("update, not written") << update   << u"/batch/update"_s  << before << u"failed"_s;
    QTest::newRow("archive, done")       << archive  << u"/batch/archive"_s << after  << u"applied"_s;
    QTest::newRow("archive, not done")   << archive  << u"/batch/archive"_s << before << u"failed"_s;
    QTest::newRow("property, made")      << property << u"POST /crm/properties"_s << after  << u"applied"_s;
    QTest::newRow("property, not made")  << property << u"POST /crm/properties"_s << before << u"failed"_s;
    // clang-format on
}

void TestCliResolve::findsWhatBecameOfIt()
{
    QFETCH(const QStringList, verb);
    QFETCH(const QString, call);
    QFETCH(const QString, fault);
    QFETCH(const QString, outcome);
    QString path = call;
    path.remove(u"POST "_s);
    practice().control(
        {{u"faults"_s,
          QJsonArray {QJsonObject {
              {u"kind"_s, fault}, {u"path"_s, path}, {u"method"_s, u"POST"_s}, {u"times"_s, 1}}}}});
    killWhileItSends(verb, call);
    const QJsonObject run = lastRun();
    QCOMPARE(run["state"_L1].toString(), u"interrupted"_s);
    QCOMPARE(run["unknown"_L1].toInt(), 1);
    const QByteArray text = program().run({u"journal"_s, u"list"_s, file()}).out;
    QVERIFY2(text.contains("interrupted"), text);

    const Ended resolved = json({u"journal"_s, u"resolve"_s});

    QVERIFY2(resolved.code == 0, resolved.err);
    QCOMPARE(resolved.json()[QLatin1StringView(outcome.toLatin1())].toInt(), 1);
    const QJsonObject now = lastRun();
    QCOMPARE(now["id"_L1], run["id"_L1]);
    QCOMPARE(now["state"_L1].toString(), u"ended"_s);
    QCOMPARE(now["unknown"_L1].toInt(), 0);
    QCOMPARE(now[QLatin1StringView(outcome.toLatin1())].toInt(), 1);
    QCOMPARE(rowsOf(run["id"_L1].toString()).at(0)["outcome"_L1].toString(), outcome);
    const Ended again = json({u"journal"_s, u"resolve"_s});
    QCOMPARE(again.code, 0);
    QVERIFY2(again.err.contains("nothing to resolve"), again.err);
    const Ended verified = program().run({u"journal"_s, u"verify"_s});
    QVERIFY2(!verified.out.contains("altered"), verified.out);
}

/// Somebody has changed the value since.
void TestCliResolve::leavesWhatNobodyCanKnow()
{
    practice().setFault(faultOf(u"silenceBeforeWork"_s, u"/batch/update"_s));
    killWhileItSends({u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=123"_s},
                     u"/batch/update"_s);
    m_portal->ask("PATCH", "/crm/v3/objects/contacts/" + firstContact.toLatin1(),
                  R"({"properties":{"phone":"999"}})");

    const Ended resolved = json({u"journal"_s, u"resolve"_s});

    QCOMPARE(resolved.code, 11);
    QCOMPARE(resolved.json()["unknown"_L1].toInt(), 1);
    QVERIFY2(resolved.err.contains("1 still unknown"), resolved.err);
    const QJsonObject run = lastRun();
    QCOMPARE(run["state"_L1].toString(), u"ended"_s);
    QCOMPARE(run["unknown"_L1].toInt(), 1);
    QVERIFY(!rowsOf(run["id"_L1].toString()).at(0)["message"_L1].toString().isEmpty());

    m_portal->ask("PATCH", "/crm/v3/objects/contacts/" + firstContact.toLatin1(),
                  R"({"properties":{"phone":"123"}})");
    QCOMPARE(json({u"journal"_s, u"resolve"_s}).code, 0); // Its last end counts.
    QCOMPARE(lastRun()["unknown"_L1].toInt(), 0);
    QCOMPARE(json({u"journal"_s, u"list"_s}).list().size(), 1);
}

void TestCliResolve::resolvesARunByItsName()
{
    practice().setFault(faultOf(u"silenceAfterWork"_s, u"/batch/update"_s));
    killWhileItSends({u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=123"_s},
                     u"/batch/update"_s);
    const QString run = lastRun()["id"_L1].toString();
    QCOMPARE(json({u"journal"_s, u"resolve"_s}, {u"no-such-run"_s}).code, 1);
    const Ended resolved = program().run({u"journal"_s, u"resolve"_s, file(), run});
    QCOMPARE(resolved.code, 0);
    QVERIFY2(resolved.out.contains(run.toUtf8()) && resolved.out.contains("applied"), resolved.out);
}

void TestCliResolve::aRunUnderWayIsLeftAlone()
{
    practice().setFault(faultOf(u"silenceAfterWork"_s, u"/batch/update"_s));
    QProcess process;
    program().prepare(
        process, {u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=123"_s});
    process.start();
    waitFor(u"/batch/update"_s);
    const QJsonObject run = lastRun();
    QCOMPARE(run["state"_L1].toString(), u"underWay"_s);

    const Ended all = json({u"journal"_s, u"resolve"_s});
    QCOMPARE(all.code, 0);
    QCOMPARE(all.json()["underWay"_L1].toArray(), QJsonArray {run["id"_L1]});
    QVERIFY(all.json()["runs"_L1].toArray().isEmpty());
    const Ended one = json({u"journal"_s, u"resolve"_s}, {run["id"_L1].toString()});
    QCOMPARE(one.code, 7);
    QVERIFY2(one.err.contains(QByteArray::number(process.processId())), one.err);
    QCOMPARE(lastRun()["unknown"_L1].toInt(), 1);
    ::kill(pid_t(process.processId()), SIGKILL);
    QVERIFY(process.waitForFinished());
}

void TestCliResolve::aResolvedCreateCanBeReverted()
{
    practice().setFault(faultOf(u"silenceAfterWork"_s, u"/batch/create"_s));
    killWhileItSends({u"create"_s, file(), u"contact"_s, u"--set"_s, u"email=back@example.com"_s},
                     u"/batch/create"_s);
    QCOMPARE(json({u"journal"_s, u"resolve"_s}).code, 0);
    const QString run = lastRun()["id"_L1].toString();
    const QString id = rowsOf(run).at(0)["id"_L1].toString();
    QCOMPARE(json({u"get"_s}, {u"contact"_s, id}).code, 0);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {run, u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contact"_s, id}).code, 1);
}

void TestCliResolve::refusesARunOfAnotherPortal()
{
    practice().setFault(faultOf(u"silenceAfterWork"_s, u"/batch/update"_s));
    killWhileItSends({u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=123"_s},
                     u"/batch/update"_s);
    const QString run = lastRun()["id"_L1].toString();
    const auto other =
        Practice::with(program(),
                       {u"--contacts"_s, u"5"_s, u"--seed"_s, u"9"_s, u"--name"_s, u"Big Corp"_s,
                        u"--write-provisioner"_s, program().path(u"other.json"_s)});
    QVERIFY(other->isServing());
    const Ended refused =
        program().run({u"journal"_s, u"resolve"_s, program().path(u"other.json"_s), run});
    QCOMPARE(refused.code, 7);
    const Ended none = program().run({u"journal"_s, u"resolve"_s, program().path(u"other.json"_s)});
    QCOMPARE(none.code, 0);
    QCOMPARE(lastRun()["unknown"_L1].toInt(), 1);
}

void TestCliResolve::stoppedAfterItWasWritten_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("termination") << SIGTERM;
}

/// The reading that shows the object is all that was stopped: 130 would make people repeat it.
void TestCliResolve::stoppedAfterItWasWritten()
{
    QFETCH(const int, signal);
    practice().setFault({{u"kind"_s, u"silenceBeforeWork"_s},
                         {u"path"_s, u"/contacts/%1"_s.arg(firstContact)},
                         {u"method"_s, u"GET"_s}});
    QProcess process;
    program().prepare(
        process, {u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=123"_s});
    process.start();
    const QString call = u"GET /crm/objects/2026-09/contacts/"_s + firstContact;
    QTRY_VERIFY_WITH_TIMEOUT(practice().count(call) > 0, 20'000);

    ::kill(pid_t(process.processId()), signal);
    const Ended ended = Program::ended(process);

    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.out.trimmed(), firstContact.toUtf8());
    QVERIFY2(ended.err.contains("It is written"), ended.err);
    QCOMPARE(lastRun()["applied"_L1].toInt(), 1);
}

/// A failure would make a pipeline create it once more.
void TestCliResolve::cannotBeReadAfterItWasWritten()
{
    practice().setFault({{u"kind"_s, u"statusJson"_s},
                         {u"status"_s, 403},
                         {u"path"_s, u"/contacts/[0-9]+"_s},
                         {u"method"_s, u"GET"_s},
                         {u"times"_s, -1}});
    const Ended ended =
        json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email=once@example.com"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(!ended.json()["_id"_L1].toString().isEmpty());
    QVERIFY2(ended.err.contains("It is written"), ended.err);
}

HUBKEEPER_TEST(TestCliResolve)
#include "tst_cliresolve.moc"
