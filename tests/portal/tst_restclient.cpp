// SPDX-License-Identifier: MIT
#include "restclientrig.h"
#include "testkit/testprogram.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Budget, repeats and parsing put together, over scripted replies and a clock that stands still.
class TestRestClient : public QObject
{
    Q_OBJECT

private slots:
    void repeatsReads();
    void neverRepeatsCreates_data();
    void neverRepeatsCreates();
    void createsGoAgainIfTurnedAway_data();
    void createsGoAgainIfTurnedAway();
    void rateLimitHoldsEveryone();
    void dailyLimitIsNotRepeated();
    void movedAccountIsClosed();
    void budgetIsKept();
    void anyTwoHundred();
    void parsed();
    void cancelStops();
    void destroyedStops();
    void traffic();
};

void TestRestClient::repeatsReads()
{
    RestClientRig rig("t");
    rig.transport.will(502, "<html>");
    rig.transport.willFail(ErrorKind::ConnectionLost);
    rig.transport.willFail(ErrorKind::TimedOut);
    rig.transport.will(500);
    rig.transport.will(200);
    QVERIFY(rig.run(rig.client.fetch(request(), this)).value());
    QCOMPARE(rig.elapsed(), 7500ms);

    RestClientRig used("t");
    for (int i = 0; i < 9; ++i)
        used.transport.will(503);
    const auto reply = used.run(used.client.fetch(request(), this)).value();
    QCOMPARE(reply.error().kind, ErrorKind::ServerFault);
    QCOMPARE(used.transport.sent.size(), 5u);
}

void TestRestClient::neverRepeatsCreates_data()
{
    QTest::addColumn<int>("status"); // Or 0 and a failure.
    QTest::addColumn<ErrorKind>("failure");
    QTest::addColumn<ErrorKind>("kind");
    using K = ErrorKind;
    QTest::newRow("time-out") << 0 << K::TimedOut << K::OutcomeUnknown;
    QTest::newRow("lost") << 0 << K::ConnectionLost << K::OutcomeUnknown;
    QTest::newRow("reply too large") << 0 << K::BadReply << K::OutcomeUnknown;
    QTest::newRow("500") << 500 << K::BadReply << K::OutcomeUnknown;
    QTest::newRow("524") << 524 << K::BadReply << K::OutcomeUnknown;
    QTest::newRow("untrusted") << 0 << K::Untrusted << K::Untrusted;
    QTest::newRow("cancelled") << 0 << K::Cancelled << K::Cancelled;
    QTest::newRow("400") << 400 << K::BadReply << K::Rejected;
    QTest::newRow("409") << 409 << K::BadReply << K::Conflict;
    QTest::newRow("477") << 477 << K::BadReply << K::ServerFault;
    QTest::newRow("redirect") << 302 << K::BadReply << K::BadReply;
}

void TestRestClient::neverRepeatsCreates()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, failure);
    QFETCH(ErrorKind, kind);
    RestClientRig rig("t");
    if (status)
        rig.transport.will(status, R"({"message":"m","correlationId":"c-9"})");
    else
        rig.transport.willFail(failure);
    rig.transport.will(201);

    const auto reply = rig.run(rig.client.fetch(request(Repeat::Never), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, kind);
    QCOMPARE(rig.transport.sent.size(), 1u);
    QCOMPARE(reply.error().httpStatus, status);
    if (status)
        QCOMPARE(reply.error().correlationId, u"c-9"_s);
    if (kind == ErrorKind::OutcomeUnknown) {
        QVERIFY(reply.error().what.contains(u"POST /crm/v3/objects/contacts"_s));
        QVERIFY(reply.error().remedy.contains(u"Look the record up"_s));
    }
}

void TestRestClient::createsGoAgainIfTurnedAway_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("pauseMs");
    QTest::newRow("429") << 429 << 1000;
    QTest::newRow("423") << 423 << 2000;
    QTest::newRow("not connected") << 0 << 500;
}

void TestRestClient::createsGoAgainIfTurnedAway()
{
    QFETCH(int, status);
    QFETCH(int, pauseMs);
    RestClientRig rig("t");
    if (status)
        rig.transport.will(status, R"({"policyName":"SECONDLY"})");
    else
        rig.transport.willFail(ErrorKind::Offline);
    rig.transport.will(201);
    QVERIFY(rig.run(rig.client.fetch(request(Repeat::Never), this)).value());
    QCOMPARE(rig.transport.sent.size(), 2u);
    QCOMPARE(rig.elapsed(), std::chrono::milliseconds(pauseMs));
}

void TestRestClient::rateLimitHoldsEveryone()
{
    RestClientRig rig("t");
    rig.transport.will(429, R"({"policyName":"TEN_SECONDLY_ROLLING"})");
    rig.transport.will(200);
    rig.transport.will(200);
    int good = 0;
    const auto count = [&](const auto &reply) { good += reply.has_value(); };
    rig.client.fetch(request(), this)->onDone(this, count);
    RestClientRig::waitUntilIdle();
    rig.client.fetch(request(), this)->onDone(this, count);
    RestClientRig::waitUntilIdle();
    rig.clock.advance(9999ms);
    RestClientRig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 1u);
    rig.clock.advance(1ms);
    RestClientRig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 3u);
    QCOMPARE(good, 2);
}

void TestRestClient::dailyLimitIsNotRepeated()
{
    RestClientRig rig("t");
    rig.transport.will(429,
                       R"({"policyName":"DAILY","message":"You have reached your daily limit."})");
    const auto reply = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(reply.error().kind, ErrorKind::RateLimited);
    QVERIFY(reply.error().remedy.contains(u"midnight"_s));
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::movedAccountIsClosed()
{
    RestClientRig rig("t");
    rig.transport.will(477, "", {{"retry-after", "3600"}});
    rig.transport.will(200);
    const auto first = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(first.error().httpStatus, 477);
    QCOMPARE(first.error().retryAfter.value(), 3'600'000ms);
    rig.clock.advance(600s);
    const auto second = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(second.error().httpStatus, 477);
    QCOMPARE(second.error().retryAfter.value(), 3'000'000ms);
    QCOMPARE(rig.transport.sent.size(), 1u);
    rig.clock.advance(3000s);
    QVERIFY(rig.run(rig.client.fetch(request(), this)).value());
}

void TestRestClient::budgetIsKept()
{
    RestClientRig rig("t");
    int good = 0;
    for (int i = 0; i < 35; ++i) {
        rig.transport.will(200);
        rig.client.fetch(request(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    for (const size_t expected : {10u, 20u, 30u, 35u}) {
        RestClientRig::waitUntilIdle();
        QCOMPARE(rig.transport.sent.size(), expected);
        rig.clock.advance(999ms);
        RestClientRig::waitUntilIdle();
        QCOMPARE(rig.transport.sent.size(), expected);
        rig.clock.advance(1ms);
    }
    RestClientRig::waitUntilIdle();
    QCOMPARE(good, 35);
}

void TestRestClient::anyTwoHundred()
{
    for (const int status : {200, 201, 202, 204, 207}) {
        RestClientRig rig("t");
        rig.transport.will(status, "");
        const auto reply = rig.run(rig.client.fetch(request(), this)).value();
        QVERIFY(reply);
        QCOMPARE(reply->status, status);
    }
}

void TestRestClient::parsed()
{
    const auto size = [](const QByteArray &body) -> Result<qsizetype> {
        if (body.isEmpty())
            return fail(ErrorKind::BadReply, u"empty"_s);
        return body.size();
    };
    for (const int bytes : {1, 300 << 10}) { // Here, and on the pool.
        RestClientRig rig("t");
        rig.transport.will(200, QByteArray(bytes, 'x'));
        auto *call = rig.client.fetchAs<qsizetype>(request(), size, this);
        std::optional<Result<qsizetype>> outcome;
        call->onDone(this, [&](const auto &result) { outcome.emplace(result); });
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(outcome->value(), bytes);
    }
    RestClientRig rig("t");
    rig.transport.will(200, "");
    const auto failed = rig.run(rig.client.fetchAs<qsizetype>(request(), size, this)).value();
    QCOMPARE(failed.error().kind, ErrorKind::BadReply);
}

void TestRestClient::cancelStops()
{
    RestClientRig rig("t");
    rig.transport.will(503);
    rig.transport.will(200);
    Call<HttpReply> *call = rig.client.fetch(request(), this);
    std::optional<Result<HttpReply>> outcome;
    call->onDone(this, [&](const auto &reply) { outcome.emplace(reply); });
    RestClientRig::waitUntilIdle();
    call->cancel(); // While it waits for its repeat.
    RestClientRig::waitUntilIdle();
    rig.clock.advance(10s);
    RestClientRig::waitUntilIdle();
    QCOMPARE(outcome.value().error().kind, ErrorKind::Cancelled);
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::destroyedStops()
{
    RestClientRig rig("t");
    rig.transport.will(503);
    rig.transport.will(200);
    auto page = std::make_unique<QObject>();
    (void)rig.client.fetch(request(), page.get());
    RestClientRig::waitUntilIdle();
    page.reset();
    rig.clock.advance(10s);
    RestClientRig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::traffic()
{
    RestClientRig rig;
    rig.traffic.setKeepsBodies(true);
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(429, R"({"policyName":"SECONDLY","correlationId":"c-1"})",
                       {{"x-hubspot-ratelimit-daily-remaining", "12"}});
    rig.transport.willFail(ErrorKind::ConnectionLost);
    rig.transport.will(200, R"({"ok":1})");
    QVERIFY(rig.run(rig.client.fetch(request(), this)).value());

    const auto &records = rig.traffic.records();
    QCOMPARE(records.size(), 4u);
    QCOMPARE(records.at(0).url, u"https://api.hubapi.com/oauth/2026-09/token"_s);
    QVERIFY(records.at(0).requestBodyHidden && records.at(0).replyBodyHidden);
    QCOMPARE(records.at(1).status, 429);
    QCOMPARE(records.at(1).attempt, 1);
    QCOMPARE(records.at(1).correlationId, u"c-1"_s);
    QCOMPARE(records.at(1).dailyRemaining, 12);
    QCOMPARE(records.at(2).status, 0);
    QCOMPARE(records.at(2).error, u"It was scripted."_s);
    QCOMPARE(records.at(3).attempt, 3);
    QCOMPARE(records.at(3).replyBody, R"({"ok":1})");
    QCOMPARE(records.at(3).url, u"https://api.hubapi.com/crm/v3/objects/contacts"_s);
    QCOMPARE(records.at(3).startedAt, records.at(0).startedAt.addMSecs(2000));
    for (const TrafficRecord &record : records) {
        const QByteArray all =
            record.requestBody + record.replyBody + record.url.toUtf8() + record.error.toUtf8();
        for (const char *secret : {"t-1", "s3cr3t", "na1-old"})
            QVERIFY(!all.contains(secret));
    }
}

HUBKEEPER_TEST(TestRestClient)
#include "tst_restclient.moc"
