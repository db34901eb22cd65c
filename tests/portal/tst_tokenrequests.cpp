// SPDX-License-Identifier: MIT
#include "portal/access/oauth.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QTest>
#include <QUrlQuery>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What is asked of the token endpoint, and what it grants.
class TestTokenRequests : public QObject
{
    Q_OBJECT

private slots:
    void tokenRequests();
    void tokenGrants_data();
    void tokenGrants();
};

void TestTokenRequests::tokenRequests()
{
    OAuthCredentials app {u"id-1"_s, Secret(std::string_view("s&=+ ü")),
                          Secret(std::string_view("na1-r"))};
    const HttpRequest refresh = refreshRequest(u"/oauth/2026-09/token"_s, app);
    QCOMPARE(refresh.verb, Verb::Post);
    QCOMPARE(refresh.path, u"/oauth/2026-09/token"_s);
    QVERIFY(refresh.query.isEmpty());
    QCOMPARE(refresh.contentType, "application/x-www-form-urlencoded");
    QCOMPARE(refresh.body,
             "grant_type=refresh_token&client_id=id-1&client_secret=s%26%3D%2B%20%C3%BC"
             "&refresh_token=na1-r");
    QVERIFY(refresh.bodyIsSecret);
    QCOMPARE(refresh.authorization, Authorization::None);
    QCOMPARE(refresh.family, BudgetFamily::Exempt);
    QCOMPARE(refresh.repeat, Repeat::Safe);

    const HttpRequest code =
        codeExchangeRequest(u"/oauth/v3/token"_s, u"id-1"_s, app.clientSecret,
                            Secret(std::string_view("c-1")), u"http://localhost:1/x"_s);
    QCOMPARE(code.repeat, Repeat::Never);
    QVERIFY(code.bodyIsSecret);
    QCOMPARE(QUrlQuery(QString::fromLatin1(code.body))
                 .queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded),
             u"http://localhost:1/x"_s);
    QVERIFY(code.body.contains("code=c-1"));

    const HttpRequest revoke = revokeRequest(u"/oauth/v1/token"_s, app);
    QCOMPARE(revoke.path, u"/oauth/v3/token/revoke"_s);
    QVERIFY(revoke.bodyIsSecret);
    QVERIFY(!revoke.path.contains(u"na1-r"_s));
}

void TestTokenRequests::tokenGrants_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("good");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("hasRefreshToken");
    QTest::newRow("full") << QByteArray(
        R"({"token_type":"bearer","access_token":"a","refresh_token":"r","expires_in":1200,"hub_id":12345678,"scopes":["oauth"]})")
                          << true << 1200 << true;
    QTest::newRow("least") << QByteArray(R"({"access_token":"a"})") << true << 1800 << false;
    QTest::newRow("no sense") << QByteArray(R"({"access_token":"a","expires_in":-5})") << true
                              << 1800 << false;
    QTest::newRow("text") << QByteArray(R"({"access_token":"a","expires_in":"soon"})") << true
                          << 1800 << false;
    QTest::newRow("for ever") << QByteArray(R"({"access_token":"a","expires_in":1e15})") << true
                              << 366 * 24 * 3600 << false;
    QTest::newRow("none") << QByteArray(R"({"refresh_token":"r"})") << false << 0 << false;
    QTest::newRow("number") << QByteArray(R"({"access_token":5})") << false << 0 << false;
    // A pasted one is refused as what somebody typed; this one came from the server.
    QTest::newRow("line break") << QByteArray(R"({"access_token":"a\nb"})") << false << 0 << false;
    QTest::newRow("line break, refresh token")
        << QByteArray(R"({"access_token":"a","refresh_token":"r\n"})") << false << 0 << false;
    QTest::newRow("blank") << QByteArray(R"({"access_token":"a b"})") << false << 0 << false;
    QTest::newRow("html") << QByteArray("<html>") << false << 0 << false;
}

void TestTokenRequests::tokenGrants()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, good);
    QFETCH(int, seconds);
    QFETCH(bool, hasRefreshToken);
    const auto grant = parseTokenGrant(json);
    QCOMPARE(grant.has_value(), good);
    if (!good) {
        QCOMPARE(grant.error().kind, ErrorKind::BadReply);
        return;
    }
    QCOMPARE(clearText(grant->accessToken), "a");
    QCOMPARE(grant->expiresIn, std::chrono::seconds(seconds));
    QCOMPARE(!grant->refreshToken.isEmpty(), hasRefreshToken);
}

HUBKEEPER_TEST(TestTokenRequests)
#include "tst_tokenrequests.moc"
