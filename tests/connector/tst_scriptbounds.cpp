// SPDX-License-Identifier: MIT
#include "scriptedconnector.h"
#include "scriptrequests.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A script ends: in time, within its memory, when it is cancelled, and when nobody waits for it.
class TestScriptBounds : public QObject
{
    Q_OBJECT

private slots:
    void stopsAfterTheLimit();
    void stopsBeyondItsMemory_data();
    void stopsBeyondItsMemory();
    void printsWithinBounds();
    void endsAtOnceWhenCancelled();
    void stopsWhenCancelled();
    void goesAwayWhileRunning();
};

void TestScriptBounds::stopsBeyondItsMemory_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("many small objects") << u"const a = []; for (;;) a.push({x: [a.length]});"_s;
    QTest::newRow("long texts") << u"let t = 'x'; for (;;) { t += t; t.indexOf('y'); }"_s;
    QTest::newRow("one long text") << u"'x'.repeat(900 * 1024 * 1024).indexOf('y')"_s;
    QTest::newRow("buffers")
        << u"const a = []; for (;;) a.push(new Uint8Array(1024 * 1024).fill(1));"_s;
    QTest::newRow("pieces of a text")
        << u"const t = 'x'.repeat(1 << 20); const a = []; for (;;) a.push(t.split(''));"_s;
}

void TestScriptBounds::stopsBeyondItsMemory()
{
    QFETCH(QString, text);
    ScriptedConnector the;
    ScriptRequest request = script(text);
    request.memoryLimit = 128;

    const auto outcome =
        hubkeeper::test::outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));

    QVERIFY(outcome && !*outcome);
    QVERIFY2(outcome->error().what.contains(u"more than 128 MB"_s),
             qPrintable(outcome->error().what));
    QCOMPARE(outcome->error().kind, ErrorKind::InvalidInput);
}

void TestScriptBounds::printsWithinBounds()
{
    ScriptedConnector the;
    ScriptRequest request =
        script(u"const line = 'x'.repeat(20000); for (let i = 0; i < 1000; ++i) console.log(line);"
               "'done'"_s);

    const auto outcome =
        hubkeeper::test::outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));

    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->result.toString(), u"done"_s);
    QCOMPARE((*outcome)->console.constLast(), u"(further output is dropped)"_s);
    QVERIFY((*outcome)->console.join(QString()).size() <= (4 << 20));
}

void TestScriptBounds::endsAtOnceWhenCancelled()
{
    ScriptedConnector the;
    // One step of the engine that takes minutes: no interrupt reaches it.
    auto *run = new ScriptRun(the.connector,
                              script(u"console.log('on'); 'x'.repeat(1 << 16).match(/(x+x+)+y/)"_s),
                              nullptr);
    QSignalSpy printed(run, &ScriptRun::printed);
    QVERIFY(printed.wait());
    QElapsedTimer timer;
    timer.start();

    delete run;

    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
}

void TestScriptBounds::stopsAfterTheLimit()
{
    ScriptedConnector the;
    ScriptRequest request = script(u"console.log('on'); while (true) {}"_s);
    request.timeLimit = 300ms;
    auto *run = new ScriptRun(the.connector, request, nullptr);
    QStringList printed;
    connect(run, &ScriptRun::printed, this, [&](const QString &line) { printed.append(line); });

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(run);

    QCOMPARE(outcome->error().kind, ErrorKind::TimedOut);
    QCOMPARE(printed, QStringList {u"on"_s});
}

void TestScriptBounds::stopsWhenCancelled()
{
    ScriptedConnector the;
    auto *run = new ScriptRun(the.connector, script(u"for (;;) {}"_s), nullptr);
    QMetaObject::invokeMethod(
        run, [run] { run->cancel(); }, Qt::QueuedConnection);

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(run);

    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

void TestScriptBounds::goesAwayWhileRunning()
{
    ScriptedConnector the;
    auto parent = std::make_unique<QObject>();
    new ScriptRun(the.connector, script(u"for (;;) {}"_s), parent.get());
    new ScriptRun(the.connector, script(u"connector.get('contact', '1')"_s), parent.get());
    QTest::qWait(50);

    parent.reset();

    QTest::qWait(100);
    QVERIFY(the.transport.sent.size() <= 2);
}

HUBKEEPER_TEST(TestScriptBounds)
#include "tst_scriptbounds.moc"
