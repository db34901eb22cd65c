// SPDX-License-Identifier: MIT
#include "portal/access/retry.h"
#include "testkit/replyof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

Error errorOf(ErrorKind kind, int status = 0)
{
    Error error;
    error.kind = kind;
    error.httpStatus = status;
    return error;
}

} // namespace

/// When a request is sent again, and how long before.
class TestRetry : public QObject
{
    Q_OBJECT

private slots:
    void pause_data();
    void pause();
    void pauseIsSpread();
    void policy_data();
    void policy();
};

void TestRetry::pause_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<RatePolicy>("policy");
    QTest::addColumn<Repeat>("repeat");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QList<int>>("pauses"); // In milliseconds, before attempts 2, 3, ...

    const QString path = u"/crm/v3/objects/contacts"_s;
    const auto row = [&](const char *name, const Error &error, RatePolicy policy, Repeat repeat,
                         const QList<int> &pauses, const QString &where = {}) {
        QTest::newRow(name) << error << policy << repeat << (where.isEmpty() ? path : where)
                            << pauses;
    };
    using K = ErrorKind;
    constexpr auto none = RatePolicy::Unknown;
    constexpr auto safe = Repeat::Safe;
    constexpr auto never = Repeat::Never;
    const QList<int> broken {500, 1000, 2000, 4000};
    const QList<int> secondly {1000, 2000, 3000, 4000, 5000};
    row("429 a second", errorOf(K::RateLimited, 429), RatePolicy::Secondly, safe, secondly);
    row("429 a second, create", errorOf(K::RateLimited, 429), RatePolicy::Secondly, never,
        secondly);
    row("429 ten seconds", errorOf(K::RateLimited, 429), RatePolicy::TenSecondlyRolling, never,
        {10000, 10000, 10000, 10000});
    row("429 day", errorOf(K::RateLimited, 429), RatePolicy::Daily, safe, {});
    row("429 without a name", errorOf(K::RateLimited, 429), none, safe, secondly);
    row("423", errorOf(K::ServerFault, 423), none, safe, {2000, 4000, 8000});
    row("423, create", errorOf(K::ServerFault, 423), none, never, {2000, 4000, 8000});
    row("477", errorOf(K::ServerFault, 477), none, safe, {});
    for (const int status : {500, 502, 503, 504, 520, 521, 522, 523, 524}) {
        row(qPrintable(u"%1"_s.arg(status)), errorOf(K::ServerFault, status), none, safe, broken);
        row(qPrintable(u"%1, create"_s.arg(status)), errorOf(K::ServerFault, status), none, never,
            {});
    }
    for (const int status : {501, 505, 525, 526})
        row(qPrintable(u"%1"_s.arg(status)), errorOf(K::ServerFault, status), none, safe, {});
    row("time-out", errorOf(K::TimedOut), none, safe, broken);
    row("time-out, create", errorOf(K::TimedOut), none, never, {});
    row("broken connection", errorOf(K::ConnectionLost), none, safe, broken);
    row("broken connection, create", errorOf(K::ConnectionLost), none, never, {});
    row("broken connection, upsert", errorOf(K::ConnectionLost), none, safe, {500, 1000, 2000},
        path + u"/batch/upsert"_s);
    row("not connected", errorOf(K::Offline), none, safe, {500, 1000});
    row("not connected, create", errorOf(K::Offline), none, never, {500, 1000});
    for (const K kind :
         {K::Cancelled, K::Untrusted, K::OutcomeUnknown, K::Unauthorized, K::Forbidden, K::NotFound,
          K::Conflict, K::Rejected, K::BadReply, K::Refused, K::InvalidInput})
        row(qPrintable(nameOf(kind)), errorOf(kind), none, safe, {});
    Error limited = errorOf(K::RateLimited, 429);
    limited.retryAfter = 7s;
    row("429 says how long", limited, RatePolicy::Secondly, never, {7000, 7000, 7000, 7000, 7000});
    limited.retryAfter = 61s;
    row("429 says too long", limited, RatePolicy::Secondly, safe, {});
    limited = errorOf(K::ServerFault, 503);
    limited.retryAfter = 3s;
    row("503 says how long", limited, none, safe, {3000, 3000, 3000, 4000});
    row("503 says how long, create", limited, none, never, {});
}

void TestRetry::pause()
{
    QFETCH(Error, error);
    QFETCH(RatePolicy, policy);
    QFETCH(Repeat, repeat);
    QFETCH(QString, path);
    QFETCH(QList<int>, pauses);
    HttpRequest request;
    request.repeat = repeat;
    request.path = path;

    QList<int> found;
    for (int next = 2; next < 20; ++next) {
        const auto one = pauseBefore(next, error, policy, request, 0);
        if (!one)
            break;
        found << int(one->count());
    }
    QCOMPARE(found, pauses);
}

void TestRetry::pauseIsSpread()
{
    const HttpRequest request;
    const auto most = [&](const Error &error, RatePolicy policy) {
        return int(pauseBefore(2, error, policy, request, 1).value().count());
    };
    QCOMPARE(most(errorOf(ErrorKind::RateLimited, 429), RatePolicy::Secondly), 1250);
    QCOMPARE(most(errorOf(ErrorKind::RateLimited, 429), RatePolicy::TenSecondlyRolling), 10500);
    QCOMPARE(most(errorOf(ErrorKind::ServerFault, 500), RatePolicy::Unknown), 625);
    QCOMPARE(pauseBefore(2, errorOf(ErrorKind::TimedOut), RatePolicy::Unknown, request, 7).value(),
             625ms);
}

void TestRetry::policy_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RatePolicy>("policy");
    QTest::newRow("ten seconds") << QByteArray(R"({"policyName":"TEN_SECONDLY_ROLLING"})")
                                 << RatePolicy::TenSecondlyRolling;
    QTest::newRow("second") << QByteArray(R"({"policyName":"SECONDLY"})") << RatePolicy::Secondly;
    QTest::newRow("day") << QByteArray(R"({"policyName":"DAILY"})") << RatePolicy::Daily;
    QTest::newRow("words, ten") << QByteArray(
        R"({"message":"You have reached your ten_secondly_rolling limit."})")
                                << RatePolicy::TenSecondlyRolling;
    QTest::newRow("words, second")
        << QByteArray(R"({"message":"You have reached your secondly limit."})")
        << RatePolicy::Secondly;
    QTest::newRow("words, day") << QByteArray(R"({"message":"You have reached your daily limit."})")
                                << RatePolicy::Daily;
    QTest::newRow("name before words")
        << QByteArray(R"({"policyName":"SECONDLY","message":"your daily limit"})")
        << RatePolicy::Secondly;
    QTest::newRow("html") << QByteArray("<html>") << RatePolicy::Unknown;
    QTest::newRow("nothing") << QByteArray() << RatePolicy::Unknown;
}

void TestRetry::policy()
{
    QFETCH(QByteArray, body);
    QFETCH(RatePolicy, policy);
    QCOMPARE(ratePolicyOf(replyOf(429, body)), policy);
}

HUBKEEPER_TEST(TestRetry)
#include "tst_retry.moc"
