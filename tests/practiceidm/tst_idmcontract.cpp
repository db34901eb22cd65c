// SPDX-License-Identifier: MIT
#include "tst_idmcontract.h"

#include "idmclient.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

const QByteArray hubspot = "config/provisioner.openicf/hubspot";

QJsonObject provisioner()
{
    return jsonBeside(u"recorded/provisioner.openicf-hubspot.json"_s);
}

QJsonObject withToken(const QString &word)
{
    QJsonObject json = provisioner();
    QJsonObject properties = json.value("configurationProperties"_L1).toObject();
    properties.insert(u"customSensitiveConfiguration"_s, u"token='%1'"_s.arg(word));
    json.insert(u"configurationProperties"_s, properties);
    return json;
}

/// A mapping from users to contacts by address, without the repository's own scripts.
QJsonObject mapping(const QString &name)
{
    const QJsonArray properties {
        QJsonObject {{u"source"_s, u"mail"_s}, {u"target"_s, u"email"_s}},
        QJsonObject {{u"source"_s, u"givenName"_s}, {u"target"_s, u"firstname"_s}}};
    const QJsonObject policy {{u"situation"_s, u"ABSENT"_s}, {u"action"_s, u"CREATE"_s}};
    return {{u"name"_s, name},
            {u"source"_s, u"managed/user"_s},
            {u"target"_s, u"system/hubspot/contact"_s},
            {u"properties"_s, properties},
            {u"policies"_s, QJsonArray {policy}}};
}

QJsonObject user(const QString &name)
{
    return {{u"userName"_s, name},
            {u"givenName"_s, u"Robin"_s},
            {u"sn"_s, u"Doe"_s},
            {u"mail"_s, name + u"@example.com"_s}};
}

/// A deployed connector and one mapping.
void deploy(IdmFixture &f, bool enableSync = false)
{
    QCOMPARE(f.client.put(hubspot, provisioner()).status, 201);
    f.passRegistration();
    QJsonObject one = mapping(u"m"_s);
    one.insert(u"enableSync"_s, enableSync);
    QVERIFY(f.client.put("config/sync", {{u"mappings"_s, QJsonArray {one}}}).status < 300);
}

QJsonObject tested(IdmFixture &f)
{
    return f.client.post("system?_action=test", R"({"id":"hubspot"})").json();
}

} // namespace

void TestIdmContract::logins()
{
    IdmFixture f;
    f.client.login = {"Authorization: Basic "
                      + QByteArray("openidm-admin:openidm-admin").toBase64()};
    QCOMPARE(f.client.get("info/login").text("authenticationId"_L1), u"openidm-admin"_s);
    f.client.login = {"X-OpenIDM-Username: UTF-8''openidm%2Dadmin",
                      "X-OpenIDM-Password: openidm-admin"};
    QCOMPARE(f.client.get("info/login").status, 200); // RFC 5987
    f.client.login = {"X-OpenIDM-Username: anonymous", "X-OpenIDM-Password: anonymous"};
    QCOMPARE(f.client.get("info/ping").status, 200);
    QCOMPARE(f.client.get("config").status, 403);
    f.client.login = {};
    QCOMPARE(f.client.get("info/ping").status, 401);

    IdmFixture cloud(IdmProfile::Cloud);
    QCOMPARE(cloud.client.get("info/login").status, 200);
    const RawReply reply =
        cloud.client.ask("GET", "info/ping", {}, {"X-ForgeRock-TransactionId: t1"});
    QCOMPARE(reply.headers.value("x-forgerock-transactionid"), QByteArray("t1"));
    cloud.client.login = {"Authorization: Bearer x"};
    QCOMPARE(cloud.client.get("info/login").status, 401);
    cloud.client.login = {"X-OpenIDM-Username: openidm-admin", "X-OpenIDM-Password: openidm-admin"};
    QCOMPARE(cloud.client.get("info/login").status, 401);
    QCOMPARE(f.client.askAt("GET", "/other/info/ping").status, 404);
    QVERIFY(f.client.askAt("GET", "/other/info/ping").body.startsWith("<html"));
}

void TestIdmContract::cookies()
{
    IdmFixture f;
    f.client.login = {"X-OpenIDM-Username: openidm-admin", "X-OpenIDM-Password: openidm-admin"};
    const QByteArray cookie =
        f.client.get("info/login").headers.value("set-cookie").split(';').first();
    QVERIFY(cookie.startsWith("session-jwt="));
    f.client.login = {"Cookie: " + cookie};
    QCOMPARE(f.client.get("config").status, 200);
    QCOMPARE(f.client.post("system?_action=availableConnectors").status, 403);
    f.client.login.append("X-Requested-With: Hubkeeper");
    QCOMPARE(f.client.post("system?_action=availableConnectors").status, 200);
    QCOMPARE(f.client.post("authentication?_action=logout").status, 200);
    QCOMPARE(f.client.get("config").status, 401);
}

void TestIdmContract::configurationByProfile()
{
    IdmFixture f(IdmProfile::Commercial);
    const RawReply made =
        f.client.put(hubspot + "?waitForCompletion=true", provisioner(), {"If-None-Match: *"});
    QCOMPARE(made.status, 201);
    // The type stands twice in it: nobody should follow it (idm-rest 9.1).
    QVERIFY(made.headers.value("location")
                .endsWith("/config/provisioner.openicf/provisioner.openicf/hubspot"));
    QVERIFY(!made.headers.contains("etag"));
    QCOMPARE(made.headers.value("content-api-version"), QByteArray("protocol=2.1,resource=1.0"));
    const QJsonObject system = tested(f); // It waited, so the system is there at once.
    QVERIFY(system.value("ok"_L1).toBool());
    QCOMPARE(system["connectorRef"_L1]["bundleVersion"_L1].toString(), u"1.8.0"_s);
    QCOMPARE(system["connectorRef"_L1]["connectorHostRef"_L1].toString(), u"#LOCAL"_s);

    QJsonObject nameless = provisioner();
    nameless.remove(u"name"_s);
    QCOMPARE(f.client.put("config/provisioner.openicf/other", nameless).status, 201);
    f.passRegistration();
    QVERIFY(f.client.post("system?_action=test", R"({"id":"other"})").json()["ok"_L1].toBool());

    const RawReply query = f.client.get("config?_queryFilter=_id%20sw%20%22provisioner%22");
    QCOMPARE(query.json().value("totalPagedResults"_L1).toInt(), 2);
    QCOMPARE(f.client.put("config/mapping/one", mapping(u"one"_s)).status, 201);
    const QJsonArray mappings =
        f.client.get("sync/mappings?_queryFilter=true").json().value("result"_L1).toArray();
    QCOMPARE(mappings.size(), 1);
    QCOMPARE(mappings[0]["_id"_L1].toString(), u"sync/one"_s);
}

void TestIdmContract::registrationTakesTime()
{
    IdmFixture f;
    QCOMPARE(f.client.put(hubspot, provisioner(), {"If-None-Match: *"}).status, 201);
    const QByteArray test = "system?_action=test";
    QCOMPARE(f.client.post(test, R"({"id":"hubspot"})").status, 404);
    QCOMPARE(f.client.post("system/hubspot?_action=test").status, 404);
    f.clock.advance(std::chrono::milliseconds(800));
    QCOMPARE(tested(f).value("error"_L1).toString(), u"connector not available"_s);
    QCOMPARE(tested(f).value("enabled"_L1).toBool(), true);
    QCOMPARE(f.client.post("system/hubspot?_action=test").status, 404);
    f.clock.advance(std::chrono::milliseconds(800));
    QVERIFY(tested(f).value("ok"_L1).toBool());
    QCOMPARE(f.client.post("system/hubspot?_action=test").status, 200);
    f.clock.advance(std::chrono::seconds(3)); // The file watcher has seen it.
    QCOMPARE(tested(f).value("error"_L1).toString(), u"connector not available"_s);
    f.clock.advance(std::chrono::seconds(1));
    QVERIFY(tested(f).value("ok"_L1).toBool());
    // A write configures it once more.
    QCOMPARE(f.client.put(hubspot, provisioner(), {"If-Match: *"}).status, 200);
    QCOMPARE(f.client.post(test, R"({"id":"hubspot"})").status, 404);
}

void TestIdmContract::namesAndSystems()
{
    IdmFixture f;
    const auto state = [&f](const QJsonObject &json) {
        const int status = f.client.put(hubspot, json).status;
        Q_ASSERT(status == 200 || status == 201);
        Q_UNUSED(status)
        f.passRegistration();
        return tested(f);
    };
    QJsonObject blank = provisioner();
    blank.insert(u"name"_s, u"hub spot"_s);
    (void)state(blank);
    QCOMPARE(f.client.post("system/hub%20spot?_action=test").status, 404);
    QJsonObject slow = provisioner();
    slow.insert(u"operationTimeout"_s, QJsonObject {{u"CREATE"_s, u"-1"_s}});
    QCOMPARE(state(slow).value("error"_L1).toString(), u"connector not available"_s);
    QJsonObject required = provisioner();
    QJsonObject properties = required.value("configurationProperties"_L1).toObject();
    properties.remove(u"scriptRoots"_s);
    required.insert(u"configurationProperties"_s, properties);
    QCOMPARE(state(required).value("error"_L1).toString(), u"connector not available"_s);
    QVERIFY(state(provisioner()).value("ok"_L1).toBool());
}

void TestIdmContract::secrets()
{
    IdmFixture f;
    QJsonObject stored = f.client.put(hubspot, provisioner()).json();
    const QJsonValue block =
        stored["configurationProperties"_L1]["customSensitiveConfiguration"_L1];
    QCOMPARE(block["$crypto"_L1]["type"_L1].toString(), u"x-simple-encryption"_s);
    QVERIFY(!stored.contains("_rev"_L1));
    QVERIFY(!f.client.get(hubspot).body.contains("token='good'"));
    stored.remove(u"_id"_s);
    const QJsonObject again = f.client.put(hubspot, stored).json();
    QCOMPARE(again["configurationProperties"_L1]["customSensitiveConfiguration"_L1], block);
    f.passRegistration();
    QVERIFY(tested(f).value("ok"_L1).toBool());

    IdmFixture other; // Another key store: taken, and dead.
    QCOMPARE(other.client.put(hubspot, stored).status, 201);
    other.passRegistration();
    QCOMPARE(tested(other).value("error"_L1).toString(), u"connector not available"_s);

    // Community encrypts a substitution's text; commercial keeps it.
    QJsonObject substituted = withToken(u"good"_s);
    QJsonObject properties = substituted.value("configurationProperties"_L1).toObject();
    properties.insert(u"customSensitiveConfiguration"_s, u"&{hub.token}"_s);
    substituted.insert(u"configurationProperties"_s, properties);
    QVERIFY(!f.client.put(hubspot, substituted).body.contains("&{hub.token}"));
    IdmFixture commercial(IdmProfile::Commercial);
    QVERIFY(commercial.client.put(hubspot, substituted).body.contains("&{hub.token}"));
}

void TestIdmContract::missingBundle()
{
    IdmFixture f;
    QJsonObject wrong = provisioner();
    QJsonObject ref = wrong.value("connectorRef"_L1).toObject();
    for (const QString &version : {u"[2.0.0.0,3.0.0.0)"_s, u"1.8.0.0"_s}) {
        ref.insert(u"bundleVersion"_s, version);
        wrong.insert(u"connectorRef"_s, ref);
        const RawReply reply = f.client.put(hubspot, wrong);
        QCOMPARE(reply.status, 500);
        QVERIFY(reply.body.contains("retry later."));
    }
    ref.insert(u"connectorHostRef"_s, u"rcs1"_s); // A connector server that is down: it waits.
    wrong.insert(u"connectorRef"_s, ref);
    QCOMPARE(f.client.put(hubspot, wrong).status, 201);
    f.passRegistration();
    QCOMPARE(tested(f).value("error"_L1).toString(), u"connector not available"_s);
}

void TestIdmContract::linksOfTheRepository()
{
    IdmFixture f;
    const QJsonObject link {{u"linkType"_s, u"m"_s},
                            {u"linkQualifier"_s, u"default"_s},
                            {u"firstId"_s, u"u1"_s},
                            {u"secondId"_s, u"101"_s}};
    QCOMPARE(f.client.put("repo/link/l1", link, {"If-None-Match: *"}).status, 201);
    QCOMPARE(f.client.put("repo/link/l2", link, {"If-None-Match: *"}).status, 412); // Unique.
    const QByteArray query = "repo/link?_queryFilter=linkType%20eq%20%22m%22";
    QCOMPARE(f.client.get(query).json()["result"_L1][0]["_rev"_L1].toString(), u"1"_s);
    QCOMPARE(f.client.ask("DELETE", "repo/link/l1").status, 409);
    QCOMPARE(f.client.ask("DELETE", "repo/link/l1", {}, {"If-Match: \"9\""}).status, 412);
    QCOMPARE(f.client.ask("DELETE", "repo/link/l1", {}, {"If-Match: \"1\""}).status, 200);
    QCOMPARE(f.client.get("repo/link/l1").status, 404);
}

void TestIdmContract::analysis()
{
    const QByteArray start = "recon?_action=recon&mapping=m&analyze=true&persistAssociations=true&"
                             "waitForCompletion=true";
    IdmFixture f(IdmProfile::Commercial);
    deploy(f);
    QCOMPARE(f.client.put("managed/user/u1", user(u"u1"_s)).status, 201);
    const QByteArray id = f.client.post(start).text("_id"_L1).toLatin1();
    QVERIFY(!id.isEmpty());
    QCOMPARE(f.client.get("recon/assoc/" + id).json().value("isAnalysis"_L1).toBool(), true);
    const QJsonArray absent =
        f.client.get("recon/assoc/" + id + "/entry?_queryFilter=/situation%20eq%20%22ABSENT%22")
            .json()["result"_L1]
            .toArray();
    QCOMPARE(absent.size(), 1);
    QCOMPARE(absent[0]["action"_L1].toString(), u"CREATE"_s);
    QVERIFY(f.idm.state().table->writes.isEmpty()); // Computed, not done.
    QVERIFY(f.idm.state().links.links().empty());

    for (const IdmProfile profile : {IdmProfile::Community, IdmProfile::Old}) {
        IdmFixture old(profile); // Knows no analysis, and runs for real.
        deploy(old);
        QCOMPARE(old.client.put("managed/user/u1", user(u"u1"_s)).status, 201);
        QCOMPARE(old.client.post(start).text("state"_L1), u"SUCCESS"_s);
        QCOMPARE(old.idm.state().table->writes.size(), 1);
    }
}

void TestIdmContract::cancelledRun()
{
    IdmOptions options = IdmFixture::optionsFor(IdmProfile::Cloud);
    options.reconPause = std::chrono::milliseconds(50);
    IdmFixture f(options);
    deploy(f);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(
            f.client.put("managed/user/u" + QByteArray::number(i), user(u"u%1"_s.arg(i))).status,
            201);
    const QByteArray id = f.client.post("recon?_action=recon&mapping=m").text("_id"_L1).toLatin1();
    QTRY_VERIFY(f.client.get("recon/" + id).json()["statusSummary"_L1]["SUCCESS"_L1].toInt() > 0);
    QCOMPARE(f.client.post("recon/" + id + "?_action=cancel").text("status"_L1), u"INITIATED"_s);
    QTRY_COMPARE(f.client.get("recon/" + id).text("state"_L1), u"CANCELED"_s);
    QVERIFY(f.idm.state().links.links().size() < 20);
}

void TestIdmContract::runAsItComes()
{
    IdmOptions options;
    options.reconPause = std::chrono::milliseconds(30);
    IdmFixture f(options);
    deploy(f);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(
            f.client.put("managed/user/u" + QByteArray::number(i), user(u"u%1"_s.arg(i))).status,
            201);
    QCOMPARE(f.client.post("recon?_action=recon&mapping=nothing").status, 409);
    const RawReply started = f.client.post("recon?_action=recon&mapping=m");
    QCOMPARE(started.text("state"_L1), u"ACTIVE"_s);
    const QByteArray run = "recon/" + started.text("_id"_L1).toLatin1();
    bool wasSeenActive = false;
    QJsonObject json;
    QTRY_VERIFY((json = f.client.get(run).json(), wasSeenActive |= json.value("ended"_L1) == ""_L1,
                 json.value("state"_L1) == "SUCCESS"_L1));
    QVERIFY(wasSeenActive);
    const QJsonValue source = json["progress"_L1]["source"_L1]["existing"_L1];
    QCOMPARE(source["total"_L1].toString(), u"5"_s); // A text.
    QCOMPARE(json["progress"_L1]["target"_L1]["created"_L1].toInt(), 5);
    QCOMPARE(json["situationSummary"_L1]["ABSENT"_L1].toInt(), 5);
    QCOMPARE(f.client.get("recon").json()["reconciliations"_L1].toArray().size(), 1);
    const QByteArray entries = "audit/recon?_queryFilter=/reconId%20eq%20%22"
        + started.text("_id"_L1).toLatin1() + "%22%20and%20/entryType%20eq%20%22entry%22";
    QCOMPARE(f.client.get(entries).json()["resultCount"_L1].toInt(), 5 + 25); // And 25 targets.
    QCOMPARE(f.client.get("managed/user/u1").json()["_rev"_L1].toString(), u"2"_s); // lastSync
    QVERIFY(!f.client.get("managed/user/u1").body.contains("lastSync"));
}

void TestIdmContract::implicitSynchronisation()
{
    IdmFixture f;
    deploy(f, true);
    QCOMPARE(f.client.put("managed/user/u1", user(u"u1"_s)).status, 201);
    const auto &contacts = f.idm.state().table->objects(u"contact"_s);
    QCOMPARE(contacts.size(), 26);
    QCOMPARE(contacts.last().name, u"u1@example.com"_s);
    const QJsonArray audit =
        f.client.get("audit/sync?_queryFilter=true").json()["result"_L1].toArray();
    QCOMPARE(audit.size(), 1);
    QCOMPARE(audit[0]["situation"_L1].toString(), u"ABSENT"_s);
    // What fails is told by the audit alone.
    QCOMPARE(f.client.put("managed/user/u2", user(u"c01"_s)).status, 201);
    const QJsonObject failed = f.client.get("audit/sync?_queryFilter=true")
                                   .json()["result"_L1]
                                   .toArray()
                                   .last()
                                   .toObject();
    QCOMPARE(failed.value("status"_L1).toString(), u"FAILURE"_s);
    QCOMPARE(failed["messageDetail"_L1]["code"_L1].toInt(), 409);
}

void TestIdmContract::readiness()
{
    IdmOptions options;
    options.readyAfter = std::chrono::seconds(2);
    IdmFixture f(options);
    const RawReply early = f.client.get("info/ping");
    QCOMPARE(early.status, 404);
    QVERIFY(early.body.startsWith("<html"));
    f.clock.advance(std::chrono::seconds(2));
    QCOMPARE(f.client.get("info/ping").text("state"_L1), u"ACTIVE_READY"_s);
}

void TestIdmContract::faults()
{
    IdmOptions options;
    options.control = true;
    IdmFixture f(options);
    const QList<QByteArray> token {"X-Practice-Token: " + f.idm.controlToken()};
    const auto order = [&](const QByteArray &json, const QList<QByteArray> &headers) {
        return f.client.askAt("POST", "/practice/control", json, headers).status;
    };
    QCOMPARE(order("{}", {}), 403);
    QCOMPARE(order(R"({"nonsense":1})", token), 400);
    QCOMPARE(order(R"({"faults":[{"kind":"status","status":502},
        {"kind":"closeAfterWork","method":"PUT"}],"breakQueries":1})",
                   token),
             200);
    QCOMPARE(f.client.get("info/ping").status, 502);
    QCOMPARE(f.client.put("managed/user/u1", user(u"u1"_s)).status, 0); // The answer is lost,
    QCOMPARE(f.client.get("managed/user/u1").status, 200); // the work is not.
    QCOMPARE(f.client.put("managed/user/u2", user(u"u2"_s)).status, 201);
    const QJsonObject half = f.client.get("managed/user?_queryFilter=true").json();
    QCOMPARE(half.value("result"_L1).toArray().size(), 1);
    QCOMPARE(half["error"_L1]["code"_L1].toInt(), 503);
    const RawReply requests = f.client.askAt("GET", "/practice/requests", {}, token);
    QCOMPARE(requests.json().value("total"_L1).toInt(), 5);
    QVERIFY(!requests.body.contains("X-OpenIDM-Password: openidm-admin"));
    QVERIFY(!requests.body.contains(R"("x-openidm-password":"openidm-admin")"));
}

HUBKEEPER_TEST(TestIdmContract)
