// SPDX-License-Identifier: MIT
#include "tst_idmrequests.h"

#include "idmclient.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

/// What a profile answers: a status, and a part of the body.
struct Expected
{
    int status = 200;
    QByteArray contains = {};
};

/// Of each profile.
struct ByProfile
{
    ByProfile(Expected all) // NOLINT(google-explicit-constructor): a table reads better.
        : community(all)
        , commercial(all)
        , cloud(all)
        , old(std::move(all))
    {
    }
    ByProfile(Expected ofCommunity, const Expected &ofAllOthers)
        : community(std::move(ofCommunity))
        , commercial(ofAllOthers)
        , cloud(ofAllOthers)
        , old(ofAllOthers)
    {
    }
    ByProfile(Expected ofCommunity, Expected ofCommercial, Expected ofCloud, Expected ofOld)
        : community(std::move(ofCommunity))
        , commercial(std::move(ofCommercial))
        , cloud(std::move(ofCloud))
        , old(std::move(ofOld))
    {
    }

    Expected community;
    Expected commercial;
    Expected cloud;
    Expected old;
};

} // namespace

void TestIdmRequests::request_data()
{
    QTest::addColumn<IdmProfile>("profile");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contains");

    const auto row = [](const char *name, const QByteArray &method, const QByteArray &target,
                        const QByteArray &header, const QByteArray &body, const ByProfile &by) {
        for (const auto &[profile, expected] :
             {std::pair(IdmProfile::Community, by.community),
              std::pair(IdmProfile::Commercial, by.commercial),
              std::pair(IdmProfile::Cloud, by.cloud), std::pair(IdmProfile::Old, by.old)})
            QTest::addRow("%s, %s", name, qPrintable(nameOf(profile)))
                << profile << method << target << header << body << expected.status
                << expected.contains;
    };
    // clang-format off
    // Which family is it (idm-rest 0, 7.12)?
    row("mappings",        "GET", "sync/mappings?_queryFilter=true", {}, {}, {{404, "sync/mappings"}, {200, R"("result":[])"}, {200, R"("result":[])"}, {404}});
    row("servers",         "POST", "system?_action=testConnectorServers", {}, "{}", {{400, "Expecting String"}, {200, R"("openicf":[])"}});
    row("version",         "GET", "info/version", {}, {}, {{200, R"("productVersion":"6.3.0")"}, {200, R"("productVersion":"7.5.0")"}, {200, "productVersion"}, {200, R"("productVersion":"6.5.0.4")"}});
    row("features",        "GET", "info/features?_queryFilter=true", {}, {}, {{404}, {200, "retention"}});
    row("config query",    "GET", "config?_queryFilter=_id%20sw%20%22prov%22", {}, {}, {{200, R"("result":[])"}, {200, R"("totalPagedResultsPolicy":"EXACT")"}});
    row("assoc",           "GET", "recon/assoc?_queryFilter=true", {}, {}, {{501, "QUERY"}, {200, R"("result":[])"}, {200, R"("result":[])"}, {501}});
    row("links",           "GET", "repo/link?_queryFilter=true", {}, {}, {{200}, {200}, {403, "Access denied"}, {200}});
    row("ready",           "GET", "info/ping", {}, {}, Expected {200, "ACTIVE_READY"});
    // No mapping yet (7.7); an absent object (2).
    row("absent",          "GET", "config/sync", {}, {}, {{404, "No configuration exists for id sync"}, {404}, {404, R"("message":"Not Found")"}, {404}});
    // Messages are escaped, in commercial servers = too (1.4, 7.2, 9.1).
    row("escaped",         "GET", "info/ping?_x=1", {}, {}, Expected {400, "&#39;_x&#39;"});
    row("escaped =",       "POST", "recon?_action=zz&mapping=m", {}, {}, {{400, "{mapping=m}"}, {400, "{mapping&#61;m}"}});
    // Headers and parameters (1.1 to 1.3, 9.1).
    row("newer protocol",  "GET", "info/ping", "Accept-API-Version: protocol=2.2", {}, Expected {400, "Unsupported minor version: 2.2"});
    row("resource version", "GET", "info/ping", "Accept-API-Version: resource=1.0", {}, Expected {200, "ACTIVE_READY"});
    row("If-Match on action", "POST", "system?_action=test", "If-Match: *", "{}", Expected {412, "If-Match"});
    row("If-None-Match on action", "POST", "system?_action=test", "If-None-Match: *", "{}", Expected {412, "If-None-Match"});
    row("If-None-Match on query", "GET", "managed/user?_queryFilter=true", "If-None-Match: *", {}, Expected {412, "If-None-Match"});
    row("If-None-Match on DELETE", "DELETE", "managed/user/x", "If-None-Match: *", {}, Expected {412, "DELETE"});
    row("If-None-Match of a revision", "PUT", "managed/user/x", "If-None-Match: \"1\"", "{}", Expected {400, "If-None-Match"});
    row("two queries",     "GET", "managed/user?_queryFilter=true&_queryId=query-all", {}, {}, Expected {400, "mutually exclusive"});
    row("expression",      "GET", "managed/user?_queryExpression=x", {}, {}, Expected {403, "Access denied"});
    row("pretty print",    "GET", "info/ping?_prettyPrint=maybe", {}, {}, Expected {200, "ACTIVE_READY"});
    row("other parameter", "GET", "info/ping?analyze=true", {}, {}, Expected {200, "ACTIVE_READY"}); // 9.3.6
    row("modified since",  "GET", "info/ping", "If-Modified-Since: x", {}, Expected {409, "If-Modified-Since"});
    row("method override", "POST", "info/ping", "X-HTTP-Method-Override: GET", {}, Expected {200, "ACTIVE_READY"});
    row("null is no body", "PUT", "managed/user/x", {}, "null", Expected {400, "not a JSON object"});
    row("POST creates",    "POST", "managed/user", {}, R"({"userName":"a","givenName":"b","sn":"c","mail":"d@e.com"})", Expected {201, R"("userName":"a")"});
    row("POST in protocol 1", "POST", "managed/user", "Accept-API-Version: protocol=1.0", "{}", Expected {400, "_action"});
    row("address too long", "GET", "info/ping?x=" + QByteArray(9000, 'x'), {}, {}, Expected {414, "<html"});
    row("transaction id",  "GET", "info/ping", "X-ForgeRock-TransactionId: t1", {}, Expected {200, "ACTIVE_READY"});
    // Configuration (2, 7.4, 9.1, 9.2).
    row("new with If-None-Match", "PUT", "config/ui/x", "If-None-Match: *", R"({"a":1})", Expected {201, R"("a":1)"});
    row("absent with If-Match", "PUT", "config/ui/x", "If-Match: *", R"({"a":1})", Expected {404});
    row("three parts, PUT", "PUT", "config/a/b/c", {}, "{}", Expected {201});
    row("three parts, GET", "GET", "config/a/b/c", {}, {}, Expected {400, "more than two parts"});
    row("mapping file",    "PUT", "config/mapping/x", {}, R"({"name":"x"})", Expected {201});
    row("no connectorRef", "PUT", "config/provisioner.openicf/x", {}, "{}", Expected {400, "Expecting a value"});
    row("no bundle",       "PUT", "config/provisioner.openicf/x", {}, R"({"name":"x","connectorRef":{"bundleName":"b","bundleVersion":"1.0.0","connectorName":"c"}})", Expected {500, "retry later."}); // 7.5
    // System (3, 7.3, 7.6, 9.1).
    row("not registered",  "POST", "system?_action=test", {}, R"({"id":"nobody"})", Expected {404, "nobody"});
    row("action in any case", "POST", "system?_action=AVAILABLECONNECTORS", {}, "{}", Expected {200, R"("bundleVersion":"1.8.0")"});
    row("host",            "POST", "system?_action=availableConnectors", {}, "{}", {{200, R"("systemType":"provisioner.openicf"})"}, {200, R"("connectorHostRef":"#LOCAL")"}});
    row("no name",         "POST", "system?_action=testConfig", {},
        R"({"connectorRef":{"bundleName":"org.openidentityplatform.openicf.connectors.groovy-connector","bundleVersion":"1.8.0","connectorName":"org.forgerock.openicf.connectors.groovy.ScriptedConnector"}})",
        Expected {400, "no &#39;name&#39; specified"});
    row("server that is down", "POST", "system?_action=testConfig", {},
        R"({"name":"x","connectorRef":{"connectorHostRef":"rcs1","bundleName":"b","bundleVersion":"1.8.0","connectorName":"c"}})",
        Expected {200, "is not available yet."});
    row("no bundleName",   "POST", "system?_action=createCoreConfig", {}, R"({"connectorRef":{"connectorName":"c"}})", Expected {500, "bundleName"});
    row("unknown login action", "POST", "authentication?_action=zz", {}, "{}", Expected {500, "Error processing action"});
    // Runs, audit, links (6, 7.8, 7.9, 9.1, 9.3).
    row("unknown mapping", "POST", "recon?_action=recon&mapping=nobody", {}, {}, Expected {409});
    row("no runs",         "GET", "recon", {}, {}, Expected {200, R"("reconciliations":[])"});
    row("unknown run",     "GET", "recon/nobody", {}, {}, Expected {404, "nobody"});
    row("unknown audit topic", "GET", "audit/zz?_queryFilter=true", {}, {}, Expected {404});
    row("links without name", "POST", "sync?_action=getLinkedResources", {}, {}, Expected {500});
    row("reconById without id", "POST", "recon?_action=reconById&mapping=m", {}, {}, Expected {400, "requires a parameter"});
    row("mappingDetails",  "GET", "endpoint/mappingDetails", {}, {}, {{200}, {404}});
    // clang-format on
}

void TestIdmRequests::request()
{
    QFETCH(const IdmProfile, profile);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QByteArray, contains);

    IdmFixture f(profile);
    const QList<QByteArray> headers = header.isEmpty() ? QList<QByteArray>() : QList {header};
    const RawReply reply = f.client.ask(method, target, body, headers);
    QVERIFY2(reply.status == status, reply.body.constData());
    QVERIFY2(reply.body.contains(contains), reply.body.constData());
    const bool repeatsId = reply.headers.value("x-forgerock-transactionid") == "t1";
    QCOMPARE(repeatsId, profile == IdmProfile::Cloud && header.endsWith("t1"));
}

/// Of a cookie alone nothing but reads is taken (7.10).
void TestIdmRequests::withoutRequestedWith_data()
{
    QTest::addColumn<IdmProfile>("profile");
    for (const IdmProfile profile :
         {IdmProfile::Community, IdmProfile::Commercial, IdmProfile::Old})
        QTest::newRow(qPrintable(nameOf(profile))) << profile;
}

void TestIdmRequests::withoutRequestedWith()
{
    QFETCH(const IdmProfile, profile);
    IdmFixture f(profile);
    f.client.login.removeLast(); // X-OpenIDM-NoSession
    const QByteArray cookie =
        f.client.get("info/login").headers.value("set-cookie").split(';').first();
    f.client.login = {"Cookie: " + cookie};
    QCOMPARE(f.client.get("config").status, 200);
    QCOMPARE(f.client.post("system?_action=availableConnectors").status, 403);
}

HUBKEEPER_TEST(TestIdmRequests)
