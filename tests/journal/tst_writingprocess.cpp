// SPDX-License-Identifier: MIT
#include "journal/writingprocess.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestWritingProcess : public QObject
{
    Q_OBJECT

private slots:
    void thisOneIsThere();
    void oneOfTheSameNumberThatBeganAtAnotherTimeIsNot();
    void oneThatEndedIsNot();
    void anotherProgramIsNot();
    void oneOfAnotherMachineIsNotKnown();
};

void TestWritingProcess::thisOneIsThere()
{
    QCOMPARE(isThere(thisProcess()), std::optional(true));
    WritingProcess old = thisProcess();
    old.started = 0; // Of a version that did not note it.
#ifdef Q_OS_LINUX
    QVERIFY(thisProcess().started > 0);
    QFile name(u"/proc/self/comm"_s);
    QVERIFY(name.open(QIODevice::ReadOnly));
    QCOMPARE(isThere(old), std::optional(name.readAll().startsWith("hubkeeper")));
#else
    QVERIFY(isThere(old).has_value());
#endif
}

/// A container that is started again runs its program under the number it had before.
void TestWritingProcess::oneOfTheSameNumberThatBeganAtAnotherTimeIsNot()
{
    WritingProcess earlier = thisProcess();
    if (earlier.started == 0)
        QSKIP("This system does not say when a process began.");
    --earlier.started;
    QCOMPARE(isThere(earlier), std::optional(false));
}

void TestWritingProcess::oneThatEndedIsNot()
{
    QProcess process;
    process.start(u"sleep"_s, {u"60"_s});
    QVERIFY(process.waitForStarted());
    WritingProcess writing = thisProcess();
    writing.id = process.processId();
    writing.started = 0;
    process.kill();
    QVERIFY(process.waitForFinished());
    QCOMPARE(isThere(writing), std::optional(false));
}

void TestWritingProcess::anotherProgramIsNot()
{
#ifdef Q_OS_LINUX
    WritingProcess writing = thisProcess();
    writing.id = 1; // Of the system.
    writing.started = 0;
    QCOMPARE(isThere(writing), std::optional(false));
#endif
}

void TestWritingProcess::oneOfAnotherMachineIsNotKnown()
{
    WritingProcess writing = thisProcess();
    writing.host = u"elsewhere.invalid"_s;
    QVERIFY(!isThere(writing));
    QVERIFY(!isThere(WritingProcess()));
}

HUBKEEPER_TEST(TestWritingProcess)
#include "tst_writingprocess.moc"
