// SPDX-License-Identifier: MIT
#include "base/knownsecrets.h"
#include "idm/access/accounttokens.h"
#include "idm/access/idmclient.h"
#include "net/curlline.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/amstub.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The login of a service account, against a stub that checks each assertion's signature.
class TestServiceAccount : public QObject
{
    Q_OBJECT

private slots:
    void keys_data();
    void keys();
    void whatIsKeptSignsAsWell();
    void claims_data();
    void claims();
    void getsOneTokenForMany();
    void renewsBeforeTheEnd();
    void aTokenThatEndsInTheMiddle();
    void aWriteGoesOnceMoreOnly();
    void refusals_data();
    void refusals();
    void aKeyOfAnotherAccount();
    void leavesTheEndpointAlone();
    void nothingIsRecorded();
};

namespace {

const QString account = u"449d7e27-7889-47af-a736-83b6bbf97ec5"_s;

/// Made once: it takes a moment.
const ServiceKey &ownKey()
{
    static const ServiceKey key;
    return key;
}

WireAnswer hello(const WireRequest &)
{
    return AmStub::json(R"({"_id":"","state":"ACTIVE_READY"})");
}

/// A client of a tenant, on a clock that shows the time and moves when it is told to.
struct AccountRig
{
    explicit AccountRig(const QByteArray &jwk = ownKey().jwkText(), AmStub::Idm idm = &hello)
        : stub(ownKey(), account, std::move(idm))
        , transport(options())
        , client(transport, clock, traffic, {LoginKind::ServiceAccount, account},
                 Secret(QByteArray(jwk)), u"/openidm"_s)
    {
        clock.setUtcStart(QDateTime::currentDateTimeUtc());
    }

    [[nodiscard]] TransportOptions options() const
    {
        TransportOptions options;
        options.base = stub.server.url();
        return options;
    }

    [[nodiscard]] Result<IdmReply> get()
    {
        return outcomeOf(client.get(u"info/ping"_s, &parent)).value();
    }

    ManualClock clock;
    AmStub stub;
    TrafficLog traffic;
    QnamTransport transport;
    IdmClient client;
    QObject parent;
};

QByteArray changed(const std::function<void(QJsonObject &)> &change)
{
    QJsonObject jwk = ownKey().jwk();
    change(jwk);
    return QJsonDocument(jwk).toJson();
}

} // namespace

void TestServiceAccount::keys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says"); // Empty: it is one.
    const auto without = [](const QStringList &names) {
        return changed([&](QJsonObject &jwk) {
            for (const QString &name : names)
                jwk.remove(name);
        });
    };
    QTest::newRow("whole") << ownKey().jwkText() << QString();
    QTest::newRow("with blanks") << QJsonDocument(ownKey().jwk()).toJson() << QString();
    QTest::newRow("without what follows from the rest")
        << without({u"dp"_s, u"dq"_s, u"qi"_s}) << QString();
    QTest::newRow("without primes")
        << without({u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s}) << QString();
    QTest::newRow("public") << without({u"d"_s}) << u"public"_s;
    QTest::newRow("short") << ServiceKey(1024).jwkText() << u"1024"_s;
    QTest::newRow("another kind") << QByteArray(R"({"kty":"EC","crv":"P-256","d":"AA"})")
                                  << u"EC"_s;
    QTest::newRow("a set") << QByteArray(R"({"keys":[]})") << u"set"_s;
    QTest::newRow("not a key") << QByteArray(R"({"password":"x"})") << u"not a JWK"_s;
    QTest::newRow("not JSON") << QByteArray("{") << u"not JSON"_s;
    QTest::newRow("empty") << QByteArray() << u"not JSON"_s;
    QTest::newRow("PEM") << QByteArray("-----BEGIN PRIVATE KEY-----\nMIIE") << u"PEM"_s;
    QTest::newRow("a bad number") << changed([](QJsonObject &jwk) {
        jwk.insert(u"d"_s, u"not*base64"_s);
    }) << u"cannot be read"_s;
    const QString other = ServiceKey().jwk()["d"_L1].toString();
    QTest::newRow("of two keys") << changed([&](QJsonObject &jwk) { jwk.insert(u"d"_s, other); })
                                 << u"belong together"_s;
    QTest::newRow("of two keys, without primes") << changed([&](QJsonObject &jwk) {
        jwk.insert(u"d"_s, other);
        jwk.remove(u"p"_s);
        jwk.remove(u"q"_s);
    }) << u"belong together"_s;
}

void TestServiceAccount::keys()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, says);
    const auto key = SigningKey::fromJwk(Secret(QByteArray(text)));
    QCOMPARE(key.has_value(), says.isEmpty());
    if (key) {
        QVERIFY(ownKey().verifies("text", key->sign("text").value()));
        return;
    }
    QCOMPARE(key.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(key.error().what.contains(says), qPrintable(key.error().what));
    QVERIFY(key.error().remedy.contains(u"JWK"_s));
}

void TestServiceAccount::whatIsKeptSignsAsWell()
{
    const ServiceKey large(4096);
    const auto key = SigningKey::fromJwk(Secret(large.jwkText()));
    QVERIFY(key);
    const Secret kept = key->kept();
    const size_t size = kept.withClearText([](std::string_view text) { return text.size(); });
    QVERIFY2(size < 2560, qPrintable(QString::number(size))); // Windows' keychain.
    const auto again = SigningKey::fromJwk(kept);
    QVERIFY(again);
    QVERIFY(large.verifies("text", again->sign("text").value()));
    const QByteArray d = large.jwk()["d"_L1].toString().toLatin1();
    QVERIFY(!withoutKnownSecrets("x" + d).contains(d));
}

void TestServiceAccount::claims_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("audience");
    QTest::newRow("usual port") << u"https://tenant.example.com"_s
                                << u"https://tenant.example.com:443/am/oauth2/access_token"_s;
    QTest::newRow("another") << u"https://tenant.example.com:8443/openidm"_s
                             << u"https://tenant.example.com:8443/am/oauth2/access_token"_s;
    QTest::newRow("plain") << u"http://localhost"_s
                           << u"http://localhost:80/am/oauth2/access_token"_s;
}

void TestServiceAccount::claims()
{
    QFETCH(const QString, server);
    QFETCH(const QString, audience);
    const QDateTime now = QDateTime::fromString(u"2026-11-23T10:00:00Z"_s, Qt::ISODate);
    const QJsonObject claims =
        QJsonDocument::fromJson(claimsJson({account, QUrl(server), now, u"id"_s})).object();
    QCOMPARE(claims["aud"_L1].toString(), audience);
    QCOMPARE(claims["iss"_L1].toString(), account);
    QCOMPARE(claims["sub"_L1].toString(), account);
    QCOMPARE(claims["exp"_L1].toInteger(), now.addSecs(180).toSecsSinceEpoch());
    QCOMPARE(claims["jti"_L1].toString(), u"id"_s);
    QCOMPARE(claims.size(), 5);
}

void TestServiceAccount::getsOneTokenForMany()
{
    AccountRig rig;
    int good = 0;
    for (int i = 0; i < 5; ++i)
        rig.client.get(u"info/ping"_s, &rig.parent)
            ->onDone(&rig.parent, [&](const Result<IdmReply> &reply) { good += reply ? 1 : 0; });
    QTRY_COMPARE(good, 5);
    QVERIFY2(rig.stub.fault.isEmpty(), qPrintable(rig.stub.fault));
    QVERIFY(rig.get());
    QCOMPARE(rig.stub.handedOut.size(), 1);
}

void TestServiceAccount::renewsBeforeTheEnd()
{
    AccountRig rig;
    QVERIFY(rig.get());
    rig.clock.advance(std::chrono::seconds(838));
    QVERIFY(rig.get());
    QCOMPARE(rig.stub.handedOut.size(), 1);
    rig.clock.setUtcStart(QDateTime::currentDateTimeUtc().addSecs(-839)); // It shows the real time.
    rig.clock.advance(std::chrono::seconds(1));
    QVERIFY(rig.get()); // A minute before its end.
    QCOMPARE(rig.stub.handedOut.size(), 2);
}

void TestServiceAccount::aTokenThatEndsInTheMiddle()
{
    AccountRig rig;
    QVERIFY(rig.get());
    rig.stub.endTokens();
    const auto reply = rig.get();
    QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().what));
    QCOMPARE(rig.stub.handedOut.size(), 2);
}

void TestServiceAccount::aWriteGoesOnceMoreOnly()
{
    const auto refuse = [](const WireRequest &) {
        return AmStub::json(R"({"code":401,"reason":"Unauthorized","message":"Access Denied"})",
                            401);
    };
    AccountRig rig(ownKey().jwkText(), refuse);
    IdmRequest request;
    request.verb = Verb::Put;
    request.path = u"config/sync"_s;
    request.body = QJsonObject {{u"mappings"_s, QJsonArray()}};
    request.writes = true;
    const auto reply = outcomeOf(rig.client.send(request, &rig.parent));
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::Unauthorized);
    QCOMPARE(rig.stub.handedOut.size(), 2);
    QCOMPARE(rig.stub.server.seen.size(), 4U); // Two tokens, two writes that were refused.
}

void TestServiceAccount::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("serverIsAhead"); // Seconds.
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    const QByteArray grant = R"({"error":"invalid_grant","error_description":"JWT has expired"})";
    const auto row = [](const char *name, int status, const QByteArray &body, int ahead,
                        ErrorKind kind, const QString &says) {
        QTest::newRow(name) << status << body << ahead << kind << says;
    };
    row("behind", 400, grant, 600, ErrorKind::Unauthorized, u"this computer's clock says"_s);
    row("ahead", 400, grant, -600, ErrorKind::Unauthorized, u"Set the clock"_s);
    row("right clock", 400, grant, 5, ErrorKind::Unauthorized, u"JWT has expired"_s);
    row("client", 401, R"({"error":"invalid_client"})", 0, ErrorKind::Unauthorized,
        u"the key is the one"_s);
    row("scope", 400,
        R"({"error":"invalid_scope","error_description":"Unsupported scope for service account: x"})",
        0, ErrorKind::Forbidden, u"fr:idm:*"_s);
    row("no cloud", 404, "<html><body>Not Found</body></html>", 0, ErrorKind::BadReply,
        u"Only the cloud"_s);
    row("JSON without a token", 200, "{}", 0, ErrorKind::BadReply, u"Only the cloud"_s);
    row("a page", 200, "<html></html>", 0, ErrorKind::BadReply, u"Only the cloud"_s);
    row("down", 503, R"({"code":503,"reason":"Service Unavailable","message":"later"})", 0,
        ErrorKind::ServerFault, u"later"_s);
}

void TestServiceAccount::refusals()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const int, serverIsAhead);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, says);
    AccountRig rig;
    rig.stub.instead = AmStub::json(body, status);
    const QDateTime there = QDateTime::currentDateTimeUtc().addSecs(serverIsAhead);
    rig.stub.date = QLocale::c().toString(there, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
    const auto reply = rig.get();
    QVERIFY(!reply);
    QCOMPARE(nameOf(reply.error().kind), nameOf(kind));
    QVERIFY2(reply.error().sentence().contains(says), qPrintable(reply.error().sentence()));
    QCOMPARE(rig.stub.server.seen.size(), 1U); // Nothing went to IDM.
}

void TestServiceAccount::aKeyOfAnotherAccount()
{
    AccountRig rig(ServiceKey().jwkText());
    const auto reply = rig.get();
    QVERIFY(!reply);
    QCOMPARE(rig.stub.fault, u"signature"_s);
    QCOMPARE(reply.error().kind, ErrorKind::Unauthorized);
    QVERIFY(reply.error().sentence().contains(account));

    AccountRig broken("{}");
    const auto none = broken.get();
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::InvalidInput);
    QVERIFY(broken.stub.server.seen.empty());
}

void TestServiceAccount::leavesTheEndpointAlone()
{
    AccountRig rig(ServiceKey().jwkText());
    QVERIFY(!rig.get());
    QVERIFY(!rig.get());
    QCOMPARE(rig.stub.server.seen.size(), 1U);
    rig.clock.advance(std::chrono::seconds(31));
    QVERIFY(!rig.get());
    QCOMPARE(rig.stub.server.seen.size(), 2U);
}

void TestServiceAccount::nothingIsRecorded()
{
    AccountRig rig;
    rig.traffic.setKeepsBodies(true);
    QVERIFY(rig.get());
    QCOMPARE(rig.traffic.records().size(), 2U);
    const QByteArray sent = rig.stub.server.seen.at(0).body;
    const QByteArray assertion = sent.mid(sent.indexOf("assertion=") + 10);
    QVERIFY(assertion.count('.') == 2);
    for (const TrafficRecord &record : rig.traffic.records()) {
        const QByteArray all = record.requestBody + record.replyBody + curlLine(record).toUtf8();
        QVERIFY(!all.contains(assertion));
        QVERIFY(!all.contains("token-1"));
    }
    QVERIFY(rig.traffic.records().front().requestBodyHidden);
    QVERIFY(rig.traffic.records().front().replyBodyHidden);
    QVERIFY(curlLine(rig.traffic.records().back()).contains(u"$IDM_TOKEN"_s));
}

HUBKEEPER_TEST(TestServiceAccount)
#include "tst_serviceaccount.moc"
