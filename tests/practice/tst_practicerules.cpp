// SPDX-License-Identifier: MIT
#include "tst_practicerules.h"

#include "rawclient.h"
#include "requestparts.h"
#include "switchprobes.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;
using namespace std::chrono_literals;

namespace {

QString firstCode(const RawReply &reply)
{
    return reply.json().value("errors"_L1).toArray().at(0).toObject().value("code"_L1).toString();
}

/// form() with the app's credentials.
RawReply oauth(PortalFixture &fixture, const QByteArray &path, const QByteArray &fields)
{
    return fixture.form(path,
                        "client_id=" + fixture.portal.clientId().toLatin1() + "&client_secret="
                            + PortalFixture::clear(fixture.portal.clientSecret()) + '&' + fields);
}

RawReply refreshed(PortalFixture &fixture, const QByteArray &version = "v3")
{
    return oauth(fixture, "/oauth/" + version + "/token",
                 "grant_type=refresh_token&refresh_token="
                     + PortalFixture::clear(fixture.portal.refreshToken()));
}

} // namespace

void TestPracticeRules::associationsAgreeFromBothEnds()
{
    PracticeOptions options = PortalFixture::small();
    options.limits = {0, 0, 0, 0, 0};
    PortalFixture fixture(options);
    const auto pairs = [&](const QByteArray &from, qint64 first, int count, const QByteArray &to) {
        QSet<std::pair<qint64, qint64>> found;
        for (qint64 id = first; id < first + count; ++id) {
            // A merged id would answer with the links of another.
            if (from == "contacts" && !fixture.portal.record(ObjectType::Contact, id))
                continue;
            const RawReply reply = fixture.get("/crm/v4/objects/" + from + '/'
                                               + QByteArray::number(id) + "/associations/" + to);
            for (const QJsonValue &link : reply.results()) {
                const qint64 other = link.toObject().value("toObjectId"_L1).toInteger();
                found.insert(from == "contacts" ? std::pair(id, other) : std::pair(other, id));
            }
        }
        return found;
    };
    const auto bothAgree = [&] {
        // One more at the end: the merge makes a new record.
        const auto forth = pairs("contacts", options.firstContactId, 62, "companies");
        return !forth.isEmpty()
            && forth == pairs("companies", options.firstCompanyId, 16, "contacts");
    };

    QVERIFY(bothAgree());
    (void)fixture.ask("PUT", linkTo(nthContact(3), QByteArray::number(options.firstCompanyId + 9)));
    (void)fixture.ask("DELETE", contacts + '/' + nthContact(0));
    (void)fixture.ask("DELETE", companies + '/' + QByteArray::number(options.firstCompanyId + 5));
    (void)fixture.post(contacts + "/merge",
                       R"({"primaryObjectId":")" + nthContact(7) + R"(","objectIdToMerge":")"
                           + nthContact(8) + "\"}");
    QVERIFY(bothAgree());
}

void TestPracticeRules::limitsCalls()
{
    PracticeOptions options = PortalFixture::small();
    options.limits = {5, 3, 2, 4, 12};
    PortalFixture fixture(options);
    const auto policy = [](const RawReply &reply) {
        return reply.status == 429 ? reply.text("policyName"_L1) : statusOf(reply);
    };

    const RawReply first = fixture.get(contacts);
    QCOMPARE(first.headers.value("x-hubspot-ratelimit-max"), QByteArray("5"));
    QCOMPARE(first.headers.value("x-hubspot-ratelimit-remaining"), QByteArray("4"));
    QCOMPARE(first.headers.value("x-hubspot-ratelimit-daily-remaining"), QByteArray("11"));
    for (int i = 0; i < 4; ++i)
        QCOMPARE(fixture.get(contacts).status, 200);
    QCOMPARE(policy(fixture.get(contacts)), u"TEN_SECONDLY_ROLLING"_s);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(fixture.post(contacts + "/search", "{}").status, 200);
    QCOMPARE(policy(fixture.post(contacts + "/search", "{}")), u"SECONDLY"_s);
    fixture.clock.advance(1s);
    QCOMPARE(policy(fixture.post(contacts + "/search", "{}")), u"200"_s);
    fixture.clock.advance(9s);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(policy(fixture.get(contacts)), u"200"_s);
    QCOMPARE(policy(fixture.get(contacts)), u"DAILY"_s);
    // An OAuth app has its own window and no daily count (hubspot-api 12.1).
    fixture.token = PortalFixture::clear(fixture.portal.makeAccessToken());
    const RawReply oauthReply = fixture.get(contacts);
    QCOMPARE(oauthReply.headers.value("x-hubspot-ratelimit-max"), QByteArray("3"));
    QVERIFY(!oauthReply.headers.contains("x-hubspot-ratelimit-daily"));
}

void TestPracticeRules::enforcesWriteRulesIn2026_09()
{
    PortalFixture fixture;
    WriteRules rules;
    rules.requiredOnCreate = {u"phone"_s};
    rules.conditional = {{u"lifecyclestage"_s, {u"customer"_s}, {u"company"_s}}};
    fixture.portal.setWriteRules(ObjectType::Contact, rules);
    const QByteArray now = "/crm/objects/2026-09/contacts";
    const QByteArray before = "/crm/objects/2026-03/contacts";

    QCOMPARE(firstCode(fixture.post(now, properties(R"("email":"a@example.com")"))),
             u"MISSING_REQUIRED_PROPERTY"_s);
    QCOMPARE(fixture.post(before, properties(R"("email":"a@example.com")")).status, 201);
    const RawReply made = fixture.post(now, properties(R"("email":"b@example.com","phone":"1")"));
    QCOMPARE(made.status, 201);
    const QByteArray id = made.text("id"_L1).toLatin1();
    QCOMPARE(firstCode(fixture.ask("PATCH", now + '/' + id,
                                   properties(R"("lifecyclestage":"customer")"))),
             u"MISSING_CONDITIONAL_REQUIRED_PROPERTY"_s);
    QCOMPARE(fixture
                 .ask("PATCH", now + '/' + id,
                      properties(R"("lifecyclestage":"customer","company":"X")"))
                 .status,
             200);

    fixture.portal.switches().editAssociationsDenied = true;
    const QByteArray link =
        "/crm/objects/2026-09/contacts/" + id + "/associations/default/companies/30000000001";
    QCOMPARE(fixture.ask("PUT", link).status, 200); // A portal-level token is not affected.
    fixture.token = PortalFixture::clear(fixture.portal.makeAccessToken());
    QCOMPARE(fixture.ask("PUT", link).text("message"_L1),
             u"Missing 'Edit Associations' permission."_s);
}

void TestPracticeRules::normalisesDatesIn2026_09()
{
    PortalFixture fixture;
    const QByteArray body = properties(R"("closedate":"2026-11-23 10:20:30")");

    QCOMPARE(fixture.post(companies, body).status, 400);
    const RawReply reply = fixture.post("/crm/objects/2026-09/companies", body);

    QCOMPARE(reply.status, 201);
    QCOMPARE(reply.property("closedate"_L1), u"2026-11-23T10:20:30.000Z"_s);
    const QJsonObject warning = reply.json().value("warnings"_L1).toArray().at(0).toObject();
    QCOMPARE(warning.value("category"_L1).toString(), u"PROPERTY_VALUE_NORMALIZED"_s);
    QCOMPARE(warning.value("context"_L1).toObject().value("rawValue"_L1).toString(),
             u"2026-11-23 10:20:30"_s);
}

void TestPracticeRules::enforcesValidationRules()
{
    PortalFixture fixture;
    const QByteArray rules = "/crm/v3/property-validations/0-2/name/rule-type/";
    QCOMPARE(fixture.ask("PUT", rules + "MAX_LENGTH", R"({"ruleArguments":["4"]})").status, 204);
    QCOMPARE(fixture.ask("PUT", rules + "REGEX", R"({"ruleArguments":["[A-Z].*"]})").status, 204);
    QCOMPARE(fixture.ask("PUT", rules + "NONSENSE", R"({"ruleArguments":[]})").status, 400);

    QCOMPARE(firstCode(fixture.post(companies, properties(R"("name":"Longer")"))),
             u"INVALID_MAX_LENGTH"_s);
    QCOMPARE(firstCode(fixture.post(companies, properties(R"("name":"abc")"))), u"INVALID_REGEX"_s);
    QCOMPARE(fixture.post(companies, properties(R"("name":"Abc")")).status, 201);
    QVERIFY(fixture.get("/crm/v3/property-validations/0-2").body.contains("MAX_LENGTH"));
}

void TestPracticeRules::blocksPurgedAddresses()
{
    PortalFixture fixture;
    const QByteArray purge = contacts + "/gdpr-delete";
    QCOMPARE(fixture.post(purge, R"({"objectId":"never@example.com","idProperty":"email"})").status,
             204);
    QCOMPARE(fixture.post(contacts, properties(R"("email":"never@example.com")")).status, 400);
    const QByteArray id = fixture.contact("gone@example.com");
    QCOMPARE(fixture.post(purge, R"({"objectId":")" + id + "\"}").status, 204);
    QCOMPARE(fixture.get(contacts + '/' + id + "?archived=true").status, 404);
    QCOMPARE(fixture.post(companies + "/gdpr-delete", R"({"objectId":"30000000001"})").status, 404);
}

void TestPracticeRules::switchesBothWays_data()
{
    QTest::addColumn<SwitchProbe>("probe");
    for (const SwitchProbe &probe : switchProbes())
        QTest::newRow(probe.name) << probe;
}

void TestPracticeRules::switchesBothWays()
{
    QFETCH(SwitchProbe, probe);
    const QString name = QString::fromLatin1(probe.name);

    PortalFixture without;
    QVERIFY(setSwitch(without.portal.switches(), name, false));
    QCOMPARE(probe.ask(without), probe.off);

    PortalFixture with;
    QVERIFY(setSwitch(with.portal.switches(), name, true));
    QCOMPARE(probe.ask(with), probe.on);
}

void TestPracticeRules::everySwitchIsListed()
{
    // The table and the struct are kept in step by their sizes.
    QCOMPARE(allSwitches().size(), sizeof(Switches) / sizeof(bool));
    QStringList listed;
    for (const SwitchInfo &info : allSwitches())
        listed.append(QString::fromLatin1(info.name));
    QStringList probed;
    for (const SwitchProbe &probe : switchProbes())
        probed.append(QString::fromLatin1(probe.name));
    QCOMPARE(probed, listed);
    Switches switches;
    QVERIFY(!setSwitch(switches, u"nonsense", true));
    QVERIFY(!setSwitches(switches, {{u"oauthV1Gone"_s, true}, {u"nullClears"_s, 1}}));
    QVERIFY(!switches.oauthV1Gone); // All or none.
}

void TestPracticeRules::controlNeedsTokenAndHost()
{
    PortalFixture off;
    QCOMPARE(off.get("/practice/state").status, 404);

    PracticeOptions options = PortalFixture::small();
    options.control = true;
    PortalFixture fixture(options);
    QCOMPARE(fixture.get("/practice/state").status, 403);
    fixture.more = {"X-Practice-Token: wrong"};
    QCOMPARE(fixture.get("/practice/state").status, 403);
    fixture.more = {"X-Practice-Token: " + fixture.portal.controlToken()};
    QCOMPARE(fixture.get("/practice/state").status, 200);
    const RawReply foreign = exchange(static_cast<quint16>(fixture.portal.url().port()),
                                      "GET /practice/state HTTP/1.1\r\nHost: "
                                      "evil.example\r\nConnection: close\r\nX-Practice-Token: "
                                          + fixture.portal.controlToken() + "\r\n\r\n");
    QCOMPARE(foreign.status, 421);
}

void TestPracticeRules::controlSetsAndResets()
{
    PracticeOptions options = PortalFixture::small();
    options.control = true;
    PortalFixture fixture(options);
    fixture.more = {"X-Practice-Token: " + fixture.portal.controlToken()};
    const auto control = [&](const QByteArray &body) {
        return fixture.post("/practice/control", body);
    };
    (void)fixture.contact("kept@example.com");

    QCOMPARE(
        control(R"({"faults":[{"kind":"status","status":503}],"switches":{"createLocation":true},
        "clock":{"advanceMs":3600000},"limits":{"staticPerWindow":7},
        "rules":{"contacts":{"requiredOnCreate":["phone"]}}})")
            .status,
        200);
    QCOMPARE(fixture.get(contacts).status, 503);
    QCOMPARE(fixture.get(contacts).headers.value("x-hubspot-ratelimit-max"), QByteArray("7"));
    QVERIFY(fixture.get("/practice/state").body.contains("2026-11-23T11:00:00.000Z"));
    QCOMPARE(firstCode(fixture.post("/crm/objects/2026-09/contacts",
                                    properties(R"("email":"a@example.com")"))),
             u"MISSING_REQUIRED_PROPERTY"_s);
    QCOMPARE(control(R"({"faults":[{"kind":"nonsense"}]})").status, 400);
    QCOMPARE(control(R"({"switches":{"nonsense":true}})").status, 400);
    QCOMPARE(control(R"({"nonsense":true})").status, 400);
    QCOMPARE(control("[").status, 400);

    QCOMPARE(control(R"({"reset":true})").status, 200);
    QCOMPARE(fixture.portal.liveCount(ObjectType::Contact), 60);
    QVERIFY(!fixture.portal.switches().createLocation);
    QCOMPARE(fixture.portal.limits().staticPerWindow, 190);
}

void TestPracticeRules::logsWithoutSecrets()
{
    PracticeOptions options = PortalFixture::small();
    options.control = true;
    PortalFixture fixture(options);
    const RawReply tokens = refreshed(fixture);
    (void)fixture.get("/oauth/v1/access-tokens/" + tokens.text("access_token"_L1).toLatin1());
    (void)fixture.post("/oauth/v2/private-apps/get/access-token-info",
                       R"({"tokenKey": ")" + fixture.token + "\"}");
    (void)fixture.contact("logged@example.com");
    fixture.more = {"X-Practice-Token: " + fixture.portal.controlToken()};

    const RawReply log = fixture.get("/practice/requests");

    for (const QByteArray &secret :
         {fixture.token, PortalFixture::clear(fixture.portal.clientSecret()),
          PortalFixture::clear(fixture.portal.refreshToken()),
          tokens.text("access_token"_L1).toLatin1(), fixture.portal.controlToken()})
        QVERIFY2(!log.body.contains(secret), log.body.constData());
    QVERIFY(log.body.contains("logged@example.com"));
    QCOMPARE(log.json().value("counts"_L1).toObject().value("POST /oauth/v3/token"_L1).toInt(), 1);
}

void TestPracticeRules::startsLarge()
{
    PracticeOptions options;
    options.contacts = 200'000;
    options.companies = 50'000;
    PortalFixture fixture(options); // tests/bench measures how long it takes.
    QCOMPARE(fixture.get(contacts + "?after=150000199990&limit=100").results().size(), 11);

    const RawReply found = fixture.post(
        contacts + "/search",
        R"({"filterGroups":[{"filters":[{"propertyName":"hs_object_id","operator":"GT","value":"150000150000"}]}],
           "sorts":["hs_object_id"],"limit":200,"after":"9800"})");
    QCOMPARE(found.text("total"_L1), u"50000"_s);
    QCOMPARE(found.results().size(), 200);
    QCOMPARE(fixture.post(contacts + "/search", R"({"limit":200,"after":"9801"})").status, 400);
}

HUBKEEPER_TEST(TestPracticeRules)
