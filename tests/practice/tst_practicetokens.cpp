// SPDX-License-Identifier: MIT
#include "tst_practicetokens.h"

#include "rawclient.h"
#include "requestparts.h"
#include "testkit/testprogram.h"

#include <QUrlQuery>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;
using namespace std::chrono_literals;

void TestPracticeTokens::checksTokensAndScopes()
{
    PortalFixture fixture;
    fixture.token.clear();
    QCOMPARE(fixture.get(contacts).text("category"_L1), u"INVALID_AUTHENTICATION"_s);
    fixture.token = "garbage";
    const RawReply garbage = fixture.get(contacts);
    QCOMPARE(garbage.status, 401);
    QCOMPARE(garbage.text("category"_L1), u"EXPIRED_AUTHENTICATION"_s);
    QVERIFY(garbage.body.contains("1970-01-01"));
    QVERIFY(garbage.text("message"_L1).contains(u"day(s) ago"_s));

    fixture.token =
        PortalFixture::clear(fixture.portal.addStaticToken({u"crm.objects.contacts.read"_s}));
    QCOMPARE(fixture.get(contacts).status, 200);
    const RawReply denied = fixture.post(contacts, properties(R"("email":"a@example.com")"));
    QCOMPARE(denied.status, 403);
    QCOMPARE(denied.text("category"_L1), u"MISSING_SCOPES"_s);
    QVERIFY(denied.body.contains(R"("requiredGranularScopes":["crm.objects.contacts.write"])"));
    QCOMPARE(fixture.get("/crm/v3/owners").status, 403);
    QCOMPARE(fixture.get("/crm/v3/properties/contacts").status, 200);
    QCOMPARE(fixture.get("/crm/v3/properties/companies").status, 403);
    QCOMPARE(fixture.get("/account-info/v3/details").status, 200);
}

void TestPracticeTokens::expiresTokensByTheClock()
{
    PortalFixture fixture;
    fixture.token = PortalFixture::clear(fixture.portal.makeAccessToken());
    QCOMPARE(fixture.get(contacts).status, 200);

    fixture.clock.advance(1800s + 90s);

    const RawReply late = fixture.get(contacts);
    QCOMPARE(late.status, 401);
    QCOMPARE(late.text("message"_L1),
             u"The OAuth token used to make this call expired 1 minute(s) ago."_s);
    QVERIFY(late.json().value("context"_L1).toObject().contains("expire time"_L1));
}

void TestPracticeTokens::tokenEndpointsOfEveryVersion_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("full");

    QTest::newRow("v1") << QByteArray("/oauth/v1/token") << false;
    QTest::newRow("v3") << QByteArray("/oauth/v3/token") << true;
    QTest::newRow("2026-03") << QByteArray("/oauth/2026-03/token") << true;
    QTest::newRow("2026-09") << QByteArray("/oauth/2026-09/token") << true;
}

void TestPracticeTokens::tokenEndpointsOfEveryVersion()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, full);
    PortalFixture fixture;
    const QByteArray secret = PortalFixture::clear(fixture.portal.clientSecret());
    const QByteArray refresh = PortalFixture::clear(fixture.portal.refreshToken());
    const auto ask = [&](const QByteArray &id, const QByteArray &password,
                         const QByteArray &token) {
        return fixture.form(path,
                            "grant_type=refresh_token&client_id=" + id
                                + "&client_secret=" + password + "&refresh_token=" + token);
    };
    const QByteArray id = fixture.portal.clientId().toLatin1();

    const RawReply good = ask(id, secret, refresh);
    QCOMPARE(good.status, 200);
    QCOMPARE(good.json().value("expires_in"_L1).toInt(), 1800);
    QVERIFY(good.json().contains("hub_id"_L1));
    QVERIFY(good.text("access_token"_L1).size() > 300);

    const RawReply bad = ask(id, secret, "x");
    QCOMPARE(bad.status, 400);
    QCOMPARE(bad.text("status"_L1), u"BAD_REFRESH_TOKEN"_s);
    QCOMPARE(bad.json().contains("error"_L1), full);
    QVERIFY(ask(id, secret, PortalFixture::clear(fixture.portal.foreignRefreshToken()))
                .body.contains("refresh token was not issued to this client"));
    QCOMPARE(ask("x", secret, refresh).text("status"_L1), u"BAD_CLIENT_ID"_s);
    QCOMPARE(ask(id, "x", refresh).text("status"_L1), u"BAD_CLIENT_SECRET"_s);
    QCOMPARE(fixture.post(path, "{}").status, 415);
    QCOMPARE(fixture.get(path).status, 405);
}

void TestPracticeTokens::introspectsAndRevokes()
{
    PortalFixture fixture;
    const QByteArray refresh = PortalFixture::clear(fixture.portal.refreshToken());
    const QByteArray access = PortalFixture::clear(fixture.portal.makeAccessToken());
    const QByteArray app = "client_id=" + fixture.portal.clientId().toLatin1()
        + "&client_secret=" + PortalFixture::clear(fixture.portal.clientSecret());
    const auto introspect = [&](const QByteArray &token) {
        return fixture.form("/oauth/2026-03/token/introspect", app + "&token=" + token);
    };

    QCOMPARE(introspect(access).text("token_use"_L1), u"access_token"_s);
    QCOMPARE(introspect(refresh).text("token_use"_L1), u"refresh_token"_s);
    QCOMPARE(introspect("x").json().value("active"_L1).toBool(true), false);
    QCOMPARE(fixture.get("/oauth/v1/access-tokens/" + access).status, 200);
    QCOMPARE(fixture.get("/oauth/v1/access-tokens/x").status, 404);
    QCOMPARE(fixture
                 .post("/oauth/v2/private-apps/get/access-token-info",
                       R"({"tokenKey":")" + fixture.token + R"("})")
                 .json()
                 .value("hubId"_L1)
                 .toInteger(),
             qint64(12'345'678));

    QCOMPARE(fixture.form("/oauth/2026-03/token/revoke", app + "&token=" + refresh).status, 204);
    QCOMPARE(introspect(refresh).json().value("active"_L1).toBool(true), false);
    fixture.token = access;
    QCOMPARE(fixture.get(contacts).status, 200); // It runs on (hubspot-api 3.5).
}

void TestPracticeTokens::authorizes()
{
    PortalFixture fixture;
    const QByteArray ask = "/oauth/authorize?client_id=" + fixture.portal.clientId().toLatin1()
        + "&scope=oauth%20crm.objects.contacts.read&state=s%26%3D%20t&redirect_uri=";
    const QByteArray good = ask + "http%3A%2F%2Flocalhost%3A4711%2Fback";
    const auto answer = [&](const RawReply &reply) {
        return QUrlQuery(QUrl::fromEncoded(reply.headers.value("location")));
    };

    const RawReply granted = fixture.get(good);
    QCOMPARE(granted.status, 302);
    QVERIFY(granted.headers.value("location").startsWith("http://localhost:4711/back?"));
    QCOMPARE(answer(granted).queryItemValue(u"state"_s, QUrl::FullyDecoded), u"s&= t"_s);
    QVERIFY(!answer(granted).queryItemValue(u"code"_s).isEmpty());
    QCOMPARE(fixture.get(ask + "http%3A%2F%2F127.0.0.1%3A4711%2Fback").status, 400);
    QCOMPARE(fixture.get(ask + "javascript%3Aalert(1)").status, 400);

    fixture.portal.setAuthorizeMode(AuthorizeMode::Decline);
    QCOMPARE(answer(fixture.get(good)).queryItemValue(u"error"_s), u"access_denied"_s);
    fixture.portal.setAuthorizeMode(AuthorizeMode::Silent);
    QCOMPARE(fixture.get(good).status, 200);
    fixture.portal.setAuthorizeMode(AuthorizeMode::Interactive);
    const RawReply page = fixture.get(good);
    QVERIFY(page.body.contains("value=\"allow\"") && page.body.contains("value=\"decline\""));
    QVERIFY(page.body.contains("s&amp;= t"));
    const QByteArray fields = good.mid(good.indexOf('?') + 1);
    QVERIFY(!answer(fixture.form("/oauth/authorize", fields + "&decision=allow"))
                 .queryItemValue(u"code"_s)
                 .isEmpty());
    QVERIFY(!answer(fixture.form("/oauth/authorize", fields + "&decision=decline"))
                 .queryItemValue(u"error"_s)
                 .isEmpty());
}

void TestPracticeTokens::acceptsPkce()
{
    PortalFixture fixture;
    // The example of RFC 7636, appendix B.
    const QByteArray ask = "/oauth/authorize?client_id=" + fixture.portal.clientId().toLatin1()
        + "&scope=oauth&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F&code_challenge_method=S256"
          "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const auto exchange = [&](const QByteArray &verifier) {
        const QByteArray code =
            QUrlQuery(QUrl::fromEncoded(fixture.get(ask).headers.value("location")))
                .queryItemValue(u"code"_s)
                .toLatin1();
        return fixture.form("/oauth/2026-03/token",
                            "grant_type=authorization_code&code=" + code
                                + "&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F&client_id="
                                + fixture.portal.clientId().toLatin1() + "&client_secret="
                                + PortalFixture::clear(fixture.portal.clientSecret())
                                + "&code_verifier=" + verifier);
    };

    QCOMPARE(exchange("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").status, 200);
    QCOMPARE(exchange("wrong").text("status"_L1), u"BAD_AUTH_CODE"_s);
    fixture.portal.switches().pkceRefused = true;
    QCOMPARE(fixture.get(ask).status, 400);
}

HUBKEEPER_TEST(TestPracticeTokens)
