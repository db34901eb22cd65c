// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "idm/system/connectorstatus.h"
#include "idm/system/systemactions.h"
#include "net/curlline.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

class TestIdmClient : public QObject
{
    Q_OBJECT

private slots:
    void logins_data();
    void logins();
    void everyRequestCarries();
    void aLostWriteIsUnknown();
    void aLostReadIsNot();
    void secretsAreNotRecorded();
    void profiles_data();
    void profiles();
    void whoIsAnAdministrator();
    void statuses_data();
    void statuses();
};

namespace {

/// A client of a server that answers by path: "GET info/ping" -> answer. What is not there is 404.
struct ClientRig
{
    explicit ClientRig(QHash<QByteArray, WireAnswer> given, const ServerLogin &login = {},
                       QByteArray password = "pass word")
        : answers(std::move(given))
        , server([this](const WireRequest &request) { return answerTo(request); })
        , transport(options())
        , client(transport, clock, traffic, login, Secret(std::move(password)), u"/openidm"_s)
    {
    }

    [[nodiscard]] TransportOptions options() const
    {
        TransportOptions options;
        options.base = server.url();
        return options;
    }

    [[nodiscard]] WireAnswer answerTo(const WireRequest &request) const
    {
        const QByteArray path = request.target.split('?').first();
        QByteArray key = request.verb + ' ' + path.mid(9); // Without "/openidm/".
        if (request.verb == "POST")
            key += '?' + request.target.split('?').last();
        WireAnswer none;
        none.status = 404;
        none.body = R"({"code":404,"reason":"Not Found","message":"not found"})";
        return answers.value(key, none);
    }

    QHash<QByteArray, WireAnswer> answers;
    SystemClock clock;
    TrafficLog traffic;
    ScriptedServer server;
    QnamTransport transport;
    IdmClient client;
    QObject parent;
};

WireAnswer json(const QByteArray &body, QList<std::pair<QByteArray, QByteArray>> headers = {})
{
    WireAnswer answer;
    answer.body = body;
    answer.headers = std::move(headers);
    answer.headers.append(
        std::pair<QByteArray, QByteArray>("Content-Type", "application/json;charset=utf-8"));
    return answer;
}

const QByteArray ready = R"({"_id":"","state":"ACTIVE_READY","shortDesc":"OpenIDM ready"})";
const QByteArray admin = R"({"_id":"login","authenticationId":"openidm-admin",
    "authorization":{"roles":["openidm-admin","openidm-authorized"]}})";
const QByteArray loaded = R"({"connectorRef":[{"connectorName":"a.C","bundleName":"b",
    "bundleVersion":"1.5.0.0","displayName":"D"}]})";

QByteArray configWith(const QByteArray &more)
{
    return R"json({"_id":"provisioner.openicf/hubspot","name":"hubspot","connectorRef":
        {"connectorName":"a.C","bundleName":"b","bundleVersion":"[1.5.0.0,1.6.0.0)"})json"
        + more + '}';
}

} // namespace

void TestIdmClient::logins_data()
{
    QTest::addColumn<LoginKind>("kind");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("userHeader");
    const auto row = [](const char *name, LoginKind kind, const QString &user,
                        const QByteArray &secret, const QByteArray &header, const QByteArray &value,
                        const QByteArray &userHeader) {
        QTest::newRow(name) << kind << user << secret << header << value << userHeader;
    };
    const QByteArray password = "x-openidm-password";
    row("static user", LoginKind::StaticUser, u"openidm-admin"_s, "s3cret!", password, "s3cret!",
        "openidm-admin");
    row("a blank", LoginKind::StaticUser, u"u"_s, "pass word", password, "UTF-8''pass%20word", "u");
    row("accents", LoginKind::StaticUser, u"zo\u00eb"_s, "caf\xc3\xa9", password,
        "UTF-8''caf%C3%A9", "UTF-8''zo%C3%AB");
    row("looks encoded", LoginKind::StaticUser, u"u"_s, "UTF-8''a", password, "UTF-8''UTF-8%27%27a",
        "u");
    row("basic", LoginKind::Basic, u"admin"_s, "pass word", "authorization",
        "Basic " + QByteArray("admin:pass word").toBase64(), {});
    row("bearer", LoginKind::Bearer, u"ignored"_s, "a.b-c", "authorization", "Bearer a.b-c", {});
}

void TestIdmClient::logins()
{
    QFETCH(const LoginKind, kind);
    QFETCH(const QString, user);
    QFETCH(const QByteArray, secret);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, userHeader);
    ClientRig rig({{"GET info/ping", json(ready)}}, {kind, user}, secret);

    const auto reply = outcomeOf(rig.client.get(u"info/ping"_s, &rig.parent));

    QVERIFY(reply && *reply);
    const auto &sent = rig.server.seen.at(0).headers;
    QCOMPARE(sent.value(header), value);
    QCOMPARE(sent.value("x-openidm-username"), userHeader);
}

void TestIdmClient::everyRequestCarries()
{
    ClientRig rig({{"POST system?_action=test", json("[]")}}, {LoginKind::StaticUser, u"u"_s});
    QVERIFY(*outcomeOf(testAll(rig.client, &rig.parent)));
    const WireRequest &sent = rig.server.seen.at(0);
    QVERIFY(!sent.headers.value("x-requested-with").isEmpty());
    QCOMPARE(sent.headers.value("x-openidm-nosession"), QByteArray("true"));
    QVERIFY(sent.headers.value("content-type").startsWith("application/json"));
    QCOMPARE(sent.body, QByteArray("{}"));
    QVERIFY(!sent.headers.contains("cookie"));
}

void TestIdmClient::aLostWriteIsUnknown()
{
    WireAnswer lost;
    lost.hangUp = true;
    ClientRig rig({{"PUT config/provisioner.openicf/hubspot", lost}});
    IdmRequest request;
    request.verb = Verb::Put;
    request.path = u"config/provisioner.openicf/hubspot"_s;
    request.body = QJsonObject {{u"name"_s, u"hubspot"_s}};
    request.ifMatch = "*";
    request.writes = true;

    const auto reply = outcomeOf(rig.client.send(request, &rig.parent));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(rig.server.seen.size(), 1U); // Once, and never again.
    QCOMPARE(rig.server.seen.at(0).headers.value("if-match"), QByteArray("*"));
}

void TestIdmClient::aLostReadIsNot()
{
    WireAnswer lost;
    lost.hangUp = true;
    ClientRig rig({{"GET config/sync", lost}});
    const auto reply = outcomeOf(rig.client.get(u"config/sync"_s, &rig.parent));
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::ConnectionLost);
}

void TestIdmClient::secretsAreNotRecorded()
{
    ClientRig rig({{"POST system?_action=testConfig", json(R"({"name":"h","ok":true})")}},
                  {LoginKind::StaticUser, u"openidm-admin"_s});
    rig.traffic.setKeepsBodies(true);
    const QJsonObject config {
        {u"_id"_s, u"x"_s}, {u"name"_s, u"h"_s}, {u"clientSecret"_s, u"very-secret"_s}};
    QVERIFY(*outcomeOf(testConfig(rig.client, config, &rig.parent)));

    QVERIFY(!rig.server.seen.at(0).body.contains("\"_id\""));
    QVERIFY(rig.server.seen.at(0).body.contains("very-secret"));
    const TrafficRecord &record = rig.traffic.records().front();
    QVERIFY(record.requestBodyHidden);
    QVERIFY(!record.requestBody.contains("very-secret"));
    const QString curl = curlLine(record);
    QVERIFY2(curl.contains(u"\"X-OpenIDM-Password: $IDM_PASSWORD\""_s), qPrintable(curl));
    QVERIFY(curl.contains(u"'X-OpenIDM-Username: openidm-admin'"_s));
    QVERIFY(!curl.contains(u"pass word"_s));
}

void TestIdmClient::profiles_data()
{
    QTest::addColumn<bool>("echoes");
    QTest::addColumn<bool>("hasMappings");
    QTest::addColumn<IdmProfile>("profile");
    QTest::newRow("community") << false << false << IdmProfile::Community;
    QTest::newRow("commercial") << false << true << IdmProfile::Commercial;
    QTest::newRow("cloud") << true << true << IdmProfile::Cloud;
}

void TestIdmClient::profiles()
{
    QFETCH(const bool, echoes);
    QFETCH(const bool, hasMappings);
    QFETCH(const IdmProfile, profile);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (echoes)
        headers.append(std::pair<QByteArray, QByteArray>("X-ForgeRock-TransactionId", "1"));
    QHash<QByteArray, WireAnswer> answers {
        {"GET info/ping", json(ready, headers)},
        {"GET info/login", json(admin)},
        {"GET info/version", json(R"({"productVersion":"6.3.0","productRevision":"39778"})")}};
    if (hasMappings)
        answers.insert("GET sync/mappings", json(R"({"result":[],"resultCount":0})"));
    ClientRig rig(answers);

    const auto facts = outcomeOf(askServer(rig.client, &rig.parent));

    QVERIFY(facts && *facts);
    QCOMPARE((*facts)->profile, profile);
    QCOMPARE((*facts)->readiness, Readiness::Ready);
    QCOMPARE((*facts)->userName, u"openidm-admin"_s);
    QCOMPARE((*facts)->version, u"6.3.0"_s);
    QVERIFY((*facts)->isAdministrator());
}

void TestIdmClient::whoIsAnAdministrator()
{
    ServerFacts facts;
    facts.roles = {u"openidm-reg"_s};
    QVERIFY(!facts.isAdministrator());
    facts.roles = {u"internal/role/openidm-admin"_s};
    QVERIFY(facts.isAdministrator());
}

void TestIdmClient::statuses_data()
{
    using State = ConnectorStatus::State;
    QTest::addColumn<QByteArray>("config"); // Empty: there is none.
    QTest::addColumn<QByteArray>("test"); // Empty: 404.
    QTest::addColumn<State>("state");
    const QByteArray good = R"({"name":"hubspot","enabled":true,"ok":true})";
    const auto waits = [](const QByteArray &enabled) {
        return R"({"name":"hubspot","enabled":)" + enabled
            + R"(,"error":"connector not available","ok":false})";
    };
    QTest::newRow("active") << configWith(R"(,"enabled":true)") << good << State::Active;
    QTest::newRow("active, enabled not said") << configWith({}) << good << State::Active;
    QTest::newRow("failing") << configWith(
        {}) << QByteArray(R"({"name":"hubspot","ok":true,"error":"Connection Error"})")
                             << State::Failing;
    QTest::newRow("waiting") << configWith({}) << waits("true") << State::Waiting;
    QTest::newRow("disabled") << configWith(R"(,"enabled":false)") << waits("false")
                              << State::Disabled;
    QTest::newRow("not registered") << configWith({}) << QByteArray() << State::NotRegistered;
    QTest::newRow("not deployed") << QByteArray() << QByteArray() << State::NotDeployed;
    QByteArray other = configWith({});
    other.replace("1.5.0.0,1.6", "1.6.0.0,1.7");
    QTest::newRow("no bundle") << other << waits("true") << State::NoBundle;
}

void TestIdmClient::statuses()
{
    QFETCH(const QByteArray, config);
    QFETCH(const QByteArray, test);
    QFETCH(const ConnectorStatus::State, state);
    QHash<QByteArray, WireAnswer> answers {
        {"POST system?_action=availableConnectors", json(loaded)}};
    if (!config.isEmpty())
        answers.insert("GET config/provisioner.openicf/hubspot", json(config));
    if (!test.isEmpty())
        answers.insert("POST system?_action=test", json(test));
    ClientRig rig(answers);

    const auto status = outcomeOf(readStatus(rig.client, u"provisioner.openicf/hubspot"_s,
                                             IdmProfile::Community, {}, &rig.parent));

    QVERIFY(status && *status);
    QCOMPARE(nameOf((*status)->state), nameOf(state));
    QVERIFY(!(*status)->detail.isEmpty());
    QCOMPARE((*status)->next.isEmpty(), state == ConnectorStatus::State::Active);
}

HUBKEEPER_TEST(TestIdmClient)
#include "tst_idmclient.moc"
