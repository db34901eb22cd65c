// SPDX-License-Identifier: MIT
#include "restclientrig.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Where a client has its tokens from: asked once for all, renewed ahead, and again after a 401.
class TestClientTokens : public QObject
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
};

void TestClientTokens::fetchesWithToken()
{
    RestClientRig rig;
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

void TestClientTokens::tokenIsAskedOnce()
{
    RestClientRig rig;
    rig.transport.will(200, grant("t-1"));
    for (int i = 0; i < 8; ++i)
        rig.transport.will(200);
    int good = 0;
    for (int i = 0; i < 8; ++i) {
        rig.client.fetch(request(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    RestClientRig::waitUntilIdle();

    QCOMPARE(good, 8);
    QCOMPARE(rig.count(tokenPath), 1);
}

void TestClientTokens::tokenIsRenewedAhead()
{
    RestClientRig rig;
    rig.transport.will(200, grant("t-1"));
    rig.transport.will(200, grant("t-2"));

    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(1499s);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(1s); // Five minutes before the end.
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-2");
    QCOMPARE(rig.count(tokenPath), 2);
}

void TestClientTokens::shortTokens()
{
    RestClientRig rig;
    rig.transport.will(200, grant("t-1", 10));
    rig.transport.will(200, grant("t-2", 10));
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(7900ms);
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-1");
    rig.clock.advance(100ms); // 80 % of its life.
    QCOMPARE(clearText(secretOf(rig.tokens.token(this)).value().value()), "t-2");
}

void TestClientTokens::oldTokenServesWhileRenewalFails()
{
    RestClientRig rig;
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

void TestClientTokens::keepsReturnedRefreshToken()
{
    RestClientRig rig;
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

void TestClientTokens::refusedCredentials()
{
    RestClientRig rig;
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

void TestClientTokens::tokenEndpointIsDown()
{
    RestClientRig rig;
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

void TestClientTokens::cancelledWaiterSpoilsNothing()
{
    RestClientRig rig;
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

void TestClientTokens::renewedOn401()
{
    for (const Repeat repeat : {Repeat::Safe, Repeat::Never}) {
        RestClientRig rig;
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

void TestClientTokens::everyone401RenewsOnce()
{
    RestClientRig rig;
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
    RestClientRig::waitUntilIdle();
    rig.clock.advance(1s);
    RestClientRig::waitUntilIdle();

    QCOMPARE(good, 5);
    QCOMPARE(rig.count(tokenPath), 2);
    QCOMPARE(rig.transport.sent.size(), 12u);
}

void TestClientTokens::twoTriesOn401ForEver()
{
    RestClientRig rig;
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

void TestClientTokens::garbageTokensAreNotRenewedInCircles()
{
    RestClientRig rig;
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

void TestClientTokens::staticTokenIsTriedOnce()
{
    RestClientRig rig("pat-na1-1");
    rig.transport.will(401, R"({"message":"bad"})");

    const auto reply = rig.run(rig.client.fetch(request(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().what, u"bad."_s);
    QCOMPARE(rig.transport.sent.size(), 1u);
    QCOMPARE(clearText(rig.transport.tokens.at(0)), "pat-na1-1");
    QCOMPARE(rig.tokens.state().phase, TokenState::Refused);
}

void TestClientTokens::staticTokenMissing()
{
    RestClientRig rig(std::string_view {});
    const auto reply = rig.run(rig.client.fetch(request(), this)).value();
    QCOMPARE(reply.error().kind, ErrorKind::Unauthorized);
    QVERIFY(rig.transport.sent.empty());
}

HUBKEEPER_TEST(TestClientTokens)
#include "tst_clienttokens.moc"
