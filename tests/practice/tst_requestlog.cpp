// SPDX-License-Identifier: MIT
#include "practice/state/requestlog.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::practice;

/// What the portal keeps of the requests that it saw.
class TestRequestLog final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheLastOnes();
    void keepsFewerLargeOnes();
    void keepsOneWhateverItsSize();

private:
    static LoggedRequest request(qsizetype bytes)
    {
        LoggedRequest one;
        one.method = "POST";
        one.path = "/x";
        one.body = QByteArray(bytes, 'x');
        return one;
    }
};

void TestRequestLog::keepsTheLastOnes()
{
    RequestLog log(3);
    for (int i = 0; i < 5; ++i)
        log.add(request(10));
    QCOMPARE(log.requests().size(), 3);
    QCOMPARE(log.requests().first().number, quint64(3));
    QCOMPARE(log.count("POST", "/x"), 5);
}

void TestRequestLog::keepsFewerLargeOnes()
{
    constexpr qsizetype large = RequestLog::mostBodyBytes / 8;
    RequestLog log(1'000);
    for (int i = 0; i < 100; ++i)
        log.add(request(large));
    QCOMPARE(log.requests().size(), 8);
    QCOMPARE(log.requests().last().number, quint64(100));
    log.clear();
    for (int i = 0; i < 100; ++i)
        log.add(request(large / 100));
    QCOMPARE(log.requests().size(), 100);
}

void TestRequestLog::keepsOneWhateverItsSize()
{
    RequestLog log(10);
    log.add(request(1));
    log.add(request(RequestLog::mostBodyBytes + 1));
    QCOMPARE(log.requests().size(), 1);
    log.add(request(1));
    QCOMPARE(log.requests().size(), 1);
    QCOMPARE(log.requests().first().body.size(), 1);
}

HUBKEEPER_TEST(TestRequestLog)
#include "tst_requestlog.moc"
