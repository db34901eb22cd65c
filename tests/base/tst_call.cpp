// SPDX-License-Identifier: MIT
#include "base/poolcall.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"

#include <QThread>
#include <QThreadPool>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What every Call promises, whatever it does.
class TestCall : public QObject
{
    Q_OBJECT

private slots:
    void neverAnswersInsideTheStartingFunction();
    void forgetsCallbacksOfDeadContexts();
    void diesWithItsParent();
    void poolWorkRunsElsewhereAndReturnsHere();
    void cancelledPoolWorkIsToldToStop();
};

void TestCall::neverAnswersInsideTheStartingFunction()
{
    bool answered = false;
    (new ReadyCall<int>(1, this))->onDone(this, [&](const auto &) { answered = true; });

    QVERIFY(!answered);
    QTRY_VERIFY(answered);
}

void TestCall::forgetsCallbacksOfDeadContexts()
{
    auto context = std::make_unique<QObject>();
    auto *call = (new ReadyCall<int>(1, this));
    call->onDone(context.get(), [](const auto &) { QFAIL("the context is gone"); });
    context.reset();

    QVERIFY(outcomeOf(call));
}

void TestCall::diesWithItsParent()
{
    auto parent = std::make_unique<QObject>();
    QPointer call = new ReadyCall<int>(1, parent.get());
    call->onDone(this, [](const auto &) { QFAIL("the call is gone"); });
    parent.reset();

    QVERIFY(!call);
    QCoreApplication::processEvents();
}

void TestCall::poolWorkRunsElsewhereAndReturnsHere()
{
    QThreadPool pool;
    auto *call = new PoolCall<bool>(
        pool,
        [here = QThread::currentThread()](const std::stop_token &) {
            return QThread::currentThread() != here;
        },
        this);
    bool answeredHere = false;
    call->onDone(this, [&, here = QThread::currentThread()](const auto &) {
        answeredHere = QThread::currentThread() == here;
    });

    const auto outcome = outcomeOf<bool>(call);

    QVERIFY(outcome && *outcome);
    QVERIFY(**outcome);
    QVERIFY(answeredHere);
}

void TestCall::cancelledPoolWorkIsToldToStop()
{
    QThreadPool pool;
    std::atomic_bool stopped = false;
    auto *call = new PoolCall<int>(
        pool,
        [&](const std::stop_token &stop) -> Result<int> {
            while (!stop.stop_requested())
                QThread::msleep(1);
            stopped = true;
            return 0;
        },
        this);
    call->cancel();

    const auto outcome = outcomeOf<int>(call);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
    QVERIFY(pool.waitForDone(5000));
    QVERIFY(stopped);
}

QTEST_GUILESS_MAIN(TestCall)
#include "tst_call.moc"
