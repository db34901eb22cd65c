// SPDX-License-Identifier: MIT
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedtransport.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString tokenPath = u"/oauth/2026-09/token"_s;

QByteArray grant(const QByteArray &token, int seconds = 1800)
{
    return R"({"access_token":")" + token + R"(","expires_in":)" + QByteArray::number(seconds)
        + "}";
}

OAuthCredentials credentials()
{
    return {u"client"_s, Secret(std::string_view("s3cr3t")), Secret(std::string_view("na1-old"))};
}

HttpRequest request(Repeat repeat = Repeat::Safe)
{
    HttpRequest request;
    request.path = u"/crm/v3/objects/contacts"_s;
    request.verb = repeat == Repeat::Safe ? Verb::Get : Verb::Post;
    if (repeat == Repeat::Never)
        request.body = "{}";
    request.repeat = repeat;
    return request;
}

/// A client with everything below it scripted.
struct Rig
{
    ScriptedTransport transport;
    ManualClock clock;
    AccountBudget budget {10};
    TrafficLog traffic;
    TokenProvider tokens;
    RestClient client;

    Rig()
        : tokens(transport, clock, tokenPath, credentials())
        , client(transport, clock, budget, tokens, traffic, [] { return 0.0; })
    {
    }
    explicit Rig(std::string_view staticToken)
        : tokens(Secret(staticToken))
        , client(transport, clock, budget, tokens, traffic, [] { return 0.0; })
    {
    }

    /// Lets what is under way finish, without moving the time.
    static void waitUntilIdle()
    {
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
    }

    /// Runs the call, moving the time whenever nothing else can go on.
    template <typename T>
    std::optional<Result<T>> run(Call<T> *call)
    {
        std::optional<Result<T>> outcome;
        QObject context;
        call->onDone(&context, [&](const Result<T> &result) { outcome.emplace(result); });
        for (int i = 0; i < 200 && !outcome; ++i) {
            waitUntilIdle();
            if (!outcome && clock.isWaiting())
                clock.advance(500ms);
        }
        return outcome;
    }

    [[nodiscard]] int count(const QString &path) const
    {
        return int(std::count_if(transport.sent.begin(), transport.sent.end(),
                                 [&](const HttpRequest &sent) { return sent.path == path; }));
    }
    [[nodiscard]] std::chrono::milliseconds elapsed() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now()
                                                                     - Clock::Instant {});
    }
};

} // namespace

/// Tokens, budget and repeats put together, over scripted replies and a clock that stands still.
class TestRestClient : public QObject
{
    Q_OBJECT

private slots:
    void fetchesWithToken();
    void tokenIsAskedOnce();
    void tokenIsRenewedAhead();
    void shortTokens();
    void oldTokenServesWhileRenewalFails();
    void keepsReturnedRefreshToken();
    void refusedCredentials();
    void tokenEndpointIsDown();
    void cancelledWaiterSpoilsNothing();

    void renewedOn401();
    void everyone401RenewsOnce();
    void twoTriesOn401ForEver();
    void garbageTokensAreNotRenewedInCircles();
    void staticTokenIsTriedOnce();
    void staticTokenMissing();

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

void TestRestClient::fetchesWithToken()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(200, R"({"results":[]})");

    const auto reply = rig.run(rig.client.fetch(request(), this)).value();

    QVERIFY(reply);
    QCOMPARE(reply->body, R"({"results":[]})");
    QCOMPARE(rig.transport.sent.size(), 2u);
    QCOMPARE(rig.transport.sent.at(0).path, tokenPath);
    QVERIFY(rig.transport.tokens.at(0).isEmpty());
    QCOMPARE(clearText(rig.transport.tokens.at(1)), "t-1");
    QCOMPARE(rig.tokens.state().phase, TokenState::Valid);
    QCOMPARE(rig.tokens.state().validUntil, rig.clock.utc().addSecs(1800));
}

void TestRestClient::tokenIsAskedOnce()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    for (int i = 0; i < 8; ++i)
        rig.transport.will(200);
    int good = 0;
    for (int i = 0; i < 8; ++i) {
        rig.client.fetch(request(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    Rig::waitUntilIdle();

    QCOMPARE(good, 8);
    QCOMPARE(rig.count(tokenPath), 1);
}

void TestRestClient::tokenIsRenewedAhead()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(200, grant("t-2"));

    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(1499s);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(1s); // Five minutes before the end.
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-2");
    QCOMPARE(rig.count(tokenPath), 2);
}

void TestRestClient::shortTokens()
{
    Rig rig;
    rig.transport.will(200, grant("t-1", 10));
    rig.transport.will(200, grant("t-2", 10));
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(7900ms);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(100ms); // 80 % of its life.
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-2");
}

void TestRestClient::oldTokenServesWhileRenewalFails()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.willFail(ErrorKind::Offline);
    rig.transport.will(200, grant("t-2"));
    QVERIFY(secretOf(rig.tokens.token(this)).value());
    rig.clock.advance(1500s);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    QCOMPARE(rig.count(tokenPath), 2);
    rig.clock.advance(30s);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-2");
}

void TestRestClient::keepsReturnedRefreshToken()
{
    Rig rig;
    QSignalSpy replaced(&rig.tokens, &TokenProvider::refreshTokenReplaced);
    rig.transport.will(200, R"({"access_token":"t-1","refresh_token":"na1-old"})");
    rig.transport.will(200, R"({"access_token":"t-2","refresh_token":"na1-new","hub_id":7,
                                "scopes":["oauth"]})");
    rig.transport.will(200, R"({"access_token":"t-3"})");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(secretOf(rig.tokens.token(this)).value());
        rig.clock.advance(1800s);
        QCOMPARE(replaced.size(), i == 0 ? 0 : 1);
    }
    QCOMPARE(clearText(rig.tokens.refreshToken()), "na1-new");
    QVERIFY(rig.transport.sent.at(1).body.contains("refresh_token=na1-old"));
    QVERIFY(rig.transport.sent.at(2).body.contains("refresh_token=na1-new"));
    QCOMPARE(rig.tokens.state().hubId, 7);
    QCOMPARE(rig.tokens.state().scopes, QStringList {u"oauth"_s});
}

void TestRestClient::refusedCredentials()
{
    Rig rig;
    const QByteArray refusal = R"({"status":"BAD_REFRESH_TOKEN","message":"revoked"})";
    rig.transport.will(400, refusal);
    rig.transport.will(400, refusal);

    for (int i = 0; i < 5; ++i) {
        const auto reply = rig.run(rig.client.fetch(request(), this)).value();
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Unauthorized);
        QCOMPARE(reply.error().category, u"BAD_REFRESH_TOKEN"_s);
    }
    QCOMPARE(rig.transport.sent.size(), 1u); // Not asked again and again.
    QCOMPARE(rig.tokens.state().phase, TokenState::Refused);
    rig.clock.advance(60s);
    QVERIFY(!rig.run(rig.client.fetch(request(), this)).value());
    QCOMPARE(rig.transport.sent.size(), 2u);
}

void TestRestClient::tokenEndpointIsDown()
{
    Rig rig;
    rig.transport.will(503, "");
    rig.transport.willFail(ErrorKind::TimedOut);
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(201);

    // The create itself did not leave until the end, so it may wait for the token.
    const auto reply = rig.run(rig.client.fetch(request(Repeat::Never), this)).value();

    QVERIFY(reply);
    QCOMPARE(reply->status, 201);
    QCOMPARE(rig.count(tokenPath), 3);
}

void TestRestClient::cancelledWaiterSpoilsNothing()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    Call<Secret> *first = rig.tokens.token(this);
    auto page = std::make_unique<QObject>();
    (void)rig.tokens.token(page.get());
    Call<Secret> *third = rig.tokens.token(this);
    first->cancel();
    page.reset();
    QCOMPARE(clearText(secretOf(third).value().value()), "t-1");
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::renewedOn401()
{
    for (const Repeat repeat : {Repeat::Safe, Repeat::Never}) {
        Rig rig;
        rig.transport.will(200, grant("t-1"));
        rig.transport.will(401, R"({"category":"EXPIRED_AUTHENTICATION","message":"expired"})");
        rig.transport.will(200, grant("t-2"));
        rig.transport.will(200);

        QVERIFY(rig.run(rig.client.fetch(request(repeat), this)).value());

        QCOMPARE(rig.transport.sent.size(), 4u);
        QCOMPARE(clearText(rig.transport.tokens.at(3)), "t-2");
        QCOMPARE(rig.elapsed(), 0ms);
    }
}

void TestRestClient::everyone401RenewsOnce()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    for (int i = 0; i < 5; ++i)
        rig.transport.will(401, "");
    rig.transport.will(200, grant("t-2"));
    for (int i = 0; i < 5; ++i)
        rig.transport.will(200);
    int good = 0;
    for (int i = 0; i < 5; ++i) {
        rig.client.fetch(request(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    Rig::waitUntilIdle();
    rig.clock.advance(1s);
    Rig::waitUntilIdle();

    QCOMPARE(good, 5);
    QCOMPARE(rig.count(tokenPath), 2);
    QCOMPARE(rig.transport.sent.size(), 12u);
}

void TestRestClient::twoTriesOn401ForEver()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(401, R"({"message":"first"})");
    rig.transport.will(200, grant("t-2"));
    rig.transport.will(401, R"({"message":"second","category":"EXPIRED_AUTHENTICATION"})");

    const auto reply = rig.run(rig.client.fetch(request(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(reply.error().what, u"second."_s);
    QCOMPARE(rig.count(u"/crm/v3/objects/contacts"_s), 2);
    QCOMPARE(rig.tokens.state().phase, TokenState::Refused);
}

void TestRestClient::garbageTokensAreNotRenewedInCircles()
{
    Rig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(401, "");
    rig.transport.will(200, grant("t-2"));
    for (int i = 0; i < 20; ++i)
        rig.transport.will(401, "");
    for (int i = 0; i < 10; ++i)
        QVERIFY(!rig.run(rig.client.fetch(request(), this)).value());

    QCOMPARE(rig.count(tokenPath), 2);
    QCOMPARE(rig.count(u"/crm/v3/objects/contacts"_s), 11); // Two tries, then one each.
}

void TestRestClient::staticTokenIsTriedOnce()
{
    Rig rig("pat-na1-1");
    rig.transport.will(401, R"({"message":"bad"})");

    const auto reply = rig.run(rig.client.fetch(request(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().what, u"bad."_s);
    QCOMPARE(rig.transport.sent.size(), 1u);
    QCOMPARE(clearText(rig.transport.tokens.at(0)), "pat-na1-1");
    QCOMPARE(rig.tokens.state().phase, TokenState::Refused);
}

void TestRestClient::staticTokenMissing()
{
    Rig rig(std::string_view {});
    const auto reply = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(reply.error().kind, ErrorKind::Unauthorized);
    QVERIFY(rig.transport.sent.empty());
}

void TestRestClient::repeatsReads()
{
    Rig rig("t");
    rig.transport.will(502, "<html>");
    rig.transport.willFail(ErrorKind::ConnectionLost);
    rig.transport.willFail(ErrorKind::TimedOut);
    rig.transport.will(500);
    rig.transport.will(200);
    QVERIFY(rig.run(rig.client.fetch(request(), this)).value());
    QCOMPARE(rig.elapsed(), 7500ms);

    Rig used("t");
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
    Rig rig("t");
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
    Rig rig("t");
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
    Rig rig("t");
    rig.transport.will(429, R"({"policyName":"TEN_SECONDLY_ROLLING"})");
    rig.transport.will(200);
    rig.transport.will(200);
    int good = 0;
    const auto count = [&](const auto &reply) { good += reply.has_value(); };
    rig.client.fetch(request(), this)->onDone(this, count);
    Rig::waitUntilIdle();
    rig.client.fetch(request(), this)->onDone(this, count);
    Rig::waitUntilIdle();
    rig.clock.advance(9999ms);
    Rig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 1u);
    rig.clock.advance(1ms);
    Rig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 3u);
    QCOMPARE(good, 2);
}

void TestRestClient::dailyLimitIsNotRepeated()
{
    Rig rig("t");
    rig.transport.will(429,
                       R"({"policyName":"DAILY","message":"You have reached your daily limit."})");
    const auto reply = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(reply.error().kind, ErrorKind::RateLimited);
    QVERIFY(reply.error().remedy.contains(u"midnight"_s));
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::movedAccountIsClosed()
{
    Rig rig("t");
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
    Rig rig("t");
    int good = 0;
    for (int i = 0; i < 35; ++i) {
        rig.transport.will(200);
        rig.client.fetch(request(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    for (const size_t expected : {10u, 20u, 30u, 35u}) {
        Rig::waitUntilIdle();
        QCOMPARE(rig.transport.sent.size(), expected);
        rig.clock.advance(999ms);
        Rig::waitUntilIdle();
        QCOMPARE(rig.transport.sent.size(), expected);
        rig.clock.advance(1ms);
    }
    Rig::waitUntilIdle();
    QCOMPARE(good, 35);
}

void TestRestClient::anyTwoHundred()
{
    for (const int status : {200, 201, 202, 204, 207}) {
        Rig rig("t");
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
        Rig rig("t");
        rig.transport.will(200, QByteArray(bytes, 'x'));
        auto *call = rig.client.fetchAs<qsizetype>(request(), size, this);
        std::optional<Result<qsizetype>> outcome;
        call->onDone(this, [&](const auto &result) { outcome.emplace(result); });
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(outcome->value(), bytes);
    }
    Rig rig("t");
    rig.transport.will(200, "");
    const auto failed = rig.run(rig.client.fetchAs<qsizetype>(request(), size, this)).value();
    QCOMPARE(failed.error().kind, ErrorKind::BadReply);
}

void TestRestClient::cancelStops()
{
    Rig rig("t");
    rig.transport.will(503);
    rig.transport.will(200);
    Call<HttpReply> *call = rig.client.fetch(request(), this);
    std::optional<Result<HttpReply>> outcome;
    call->onDone(this, [&](const auto &reply) { outcome.emplace(reply); });
    Rig::waitUntilIdle();
    call->cancel(); // While it waits for its repeat.
    Rig::waitUntilIdle();
    rig.clock.advance(10s);
    Rig::waitUntilIdle();
    QCOMPARE(outcome.value().error().kind, ErrorKind::Cancelled);
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::destroyedStops()
{
    Rig rig("t");
    rig.transport.will(503);
    rig.transport.will(200);
    auto page = std::make_unique<QObject>();
    (void)rig.client.fetch(request(), page.get());
    Rig::waitUntilIdle();
    page.reset();
    rig.clock.advance(10s);
    Rig::waitUntilIdle();
    QCOMPARE(rig.transport.sent.size(), 1u);
}

void TestRestClient::traffic()
{
    Rig rig;
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
