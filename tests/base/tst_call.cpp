// SPDX-License-Identifier: MIT
#include "base/poolcall.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QThread>
#include <QThreadPool>
#include <QTimer>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A call that ends when it is asked to.
class Step final : public Call<int>
{
public:
    using Call::Call;
    using Call::cancelWith;
    using Call::complete;

    std::shared_ptr<int> aborted = std::make_shared<int>(0); ///< Outlives the call.

protected:
    void abortWork() override { ++*aborted; }
};

/// A call made of two steps, the second begun when the first has its value.
class Steps final : public Call<int>
{
public:
    explicit Steps(QObject *parent, bool takesErrors = false)
        : Call(parent)
        , first(new Step(this))
    {
        if (takesErrors)
            always(first.data(), [this](const Result<int> &value) { next(value.value_or(-1)); });
        else
            then(first.data(), [this](int value) { next(value); });
        QTimer::singleShot(0, this, unlessOver([this] { ++timers; }));
    }

    using Call::complete;

    QPointer<Step> first;
    QPointer<Step> second;
    QList<int> seen;
    int timers = 0;

private:
    void next(int value)
    {
        seen.append(value);
        second = new Step(this);
        then(second.data(), [this](int last) { complete(last); });
    }
};

Result<int> failed()
{
    return fail(ErrorKind::Offline, u"no"_s);
}

} // namespace

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
    void stepsFollowEachOther();
    void anErrorOfAStepIsTheOutcome();
    void errorsCanBeTaken();
    void cancellingGoesDownTheTree();
    void firstOutcomeWins_data();
    void firstOutcomeWins();
    void nothingContinuesWhenItIsOver();
    void endsWithWhatItUses();
    void mayBeDeletedByWhoIsTold_data();
    void mayBeDeletedByWhoIsTold();
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

void TestCall::stepsFollowEachOther()
{
    auto *steps = new Steps(this);
    steps->first->complete(1);
    QTRY_VERIFY(steps->second);
    QCOMPARE(steps->seen, QList<int> {1});
    steps->second->complete(2);

    const auto outcome = outcomeOf<int>(steps);
    QVERIFY(outcome && *outcome);
    QCOMPARE(**outcome, 2);
}

void TestCall::anErrorOfAStepIsTheOutcome()
{
    auto *steps = new Steps(this);
    steps->first->complete(failed());

    const auto outcome = outcomeOf<int>(steps);
    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Offline);
}

void TestCall::errorsCanBeTaken()
{
    auto *steps = new Steps(this, true);
    steps->first->complete(failed());
    QTRY_VERIFY(steps->second);
    QCOMPARE(steps->seen, QList<int> {-1});
    steps->second->complete(3);
    const auto outcome = outcomeOf<int>(steps);
    QVERIFY(outcome && *outcome);
}

void TestCall::cancellingGoesDownTheTree()
{
    auto *steps = new Steps(this);
    auto *below = new Step(steps->first);
    const QPointer first = steps->first;
    steps->cancel();

    QVERIFY(steps->isFinished() && first->isFinished() && below->isFinished());
    QCOMPARE(*first->aborted, 1);
    QCOMPARE(*below->aborted, 1);
    steps->cancel(); // Once is enough.
    QCOMPARE(*first->aborted, 1);
    const auto outcome = outcomeOf<int>(steps);
    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

void TestCall::firstOutcomeWins_data()
{
    QTest::addColumn<QString>("order"); // v: a value, e: an error, c: cancel.
    QTest::addColumn<int>("expected"); // -1: the error, -2: cancelled.

    QTest::newRow("value, cancel") << u"vc"_s << 1;
    QTest::newRow("cancel, value") << u"cv"_s << -2;
    QTest::newRow("value, error") << u"ve"_s << 1;
    QTest::newRow("error, value") << u"ev"_s << -1;
    QTest::newRow("error, cancel") << u"ec"_s << -1;
    QTest::newRow("value, cancel, error") << u"vce"_s << 1;
}

void TestCall::firstOutcomeWins()
{
    QFETCH(QString, order);
    QFETCH(int, expected);
    auto *call = new Step(this);
    const auto aborted = call->aborted;
    int ends = 0;
    connect(call, &CallBase::finished, this, [&] { ++ends; });
    for (const QChar one : order) { // All in one turn of the event loop.
        if (one == u'c')
            call->cancel();
        else
            call->complete(one == u'v' ? Result<int>(1) : failed());
    }

    const auto outcome = outcomeOf<int>(call);
    const auto code = [&] {
        if (*outcome)
            return **outcome;
        return outcome->error().kind == ErrorKind::Cancelled ? -2 : -1;
    };
    QCOMPARE(code(), expected);
    QCOMPARE(ends, 1);
    QCOMPARE(*aborted, expected == -2 ? 1 : 0);
}

/// The step has its outcome and has not said so yet when the whole is over.
void TestCall::nothingContinuesWhenItIsOver()
{
    for (const bool takesErrors : {false, true}) {
        for (const bool cancels : {false, true}) {
            auto *steps = new Steps(this, takesErrors);
            steps->first->complete(1);
            if (cancels)
                steps->cancel();
            else
                steps->complete(7);
            QList<int> seen;
            int timers = -1;
            steps->onDone(this, [&](const auto &) {
                seen = steps->seen;
                timers = steps->timers;
            });
            const auto outcome = outcomeOf<int>(steps);
            QVERIFY(outcome);
            QCOMPARE(outcome->has_value(), !cancels);
            QVERIFY(seen.isEmpty());
            QCOMPARE(timers, 0);
        }
    }
}

void TestCall::endsWithWhatItUses()
{
    auto used = std::make_unique<QObject>();
    auto *call = new Step(this);
    call->cancelWith(used.get());
    used.reset();

    QVERIFY(call->isFinished());
    QCOMPARE(*call->aborted, 1);
    QCOMPARE(outcomeOf<int>(call)->error().kind, ErrorKind::Cancelled);
}

void TestCall::mayBeDeletedByWhoIsTold_data()
{
    QTest::addColumn<bool>("withItsParent");
    QTest::newRow("the call") << false;
    QTest::newRow("its parent") << true;
}

void TestCall::mayBeDeletedByWhoIsTold()
{
    QFETCH(bool, withItsParent);
    auto parent = std::make_unique<QObject>();
    auto *call = new Step(parent.get());
    QString seen;
    call->onDone(this, [&](const Result<int> &outcome) {
        if (withItsParent)
            parent.reset();
        else
            delete call;
        seen = outcome.error().what; // Still there.
    });
    call->complete(failed());
    QTRY_COMPARE(seen, u"no"_s);
}

HUBKEEPER_TEST(TestCall)
#include "tst_call.moc"
