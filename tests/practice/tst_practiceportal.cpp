// SPDX-License-Identifier: MIT
#include "tst_practiceportal.h"

#include "rawclient.h"
#include "requestparts.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;
using namespace std::chrono_literals;

namespace {

QStringList codesOf(const RawReply &reply)
{
    QStringList codes;
    for (const QJsonValue &error : reply.json().value("errors"_L1).toArray())
        codes.append(error.toObject().value("code"_L1).toString());
    codes.sort();
    return codes;
}

QByteArray filterBody(const QByteArray &property, const QByteArray &op, const QByteArray &rest = {})
{
    return R"({"filterGroups":[{"filters":[{"propertyName":")" + property + R"(","operator":")" + op
        + "\"" + (rest.isEmpty() ? QByteArray() : "," + rest) + "}]}]}";
}

} // namespace

void TestPracticePortal::routesOfEveryVersion_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");

    const auto row = [](const QByteArray &target, int status = 200) {
        QTest::newRow(target.constData()) << target << status;
    };
    row("/crm/v3/objects/contacts");
    row("/crm/v3/objects/0-2");
    row("/crm/objects/2026-03/companies");
    row("/crm/objects/2026-09/contact");
    row("/crm/v3/properties/contacts");
    row("/crm/properties/2026-09/companies");
    row("/crm/v3/properties/contacts/groups");
    row("/crm/property-validations/2026-03/0-1");
    row("/crm/v3/property-validations/0-1");
    row("/crm/v3/owners/");
    row("/crm/owners/2026-09");
    row("/crm/v4/objects/contacts/150000000001/associations/companies");
    row("/crm/objects/2026-09/contacts/150000000001/associations/companies");
    row("/crm/v4/associations/contacts/companies/labels");
    row("/crm/associations/v4/contacts/companies/labels");
    row("/crm/associations/2026-03/contacts/companies/labels");
    row("/crm/v3/limits/records");
    row("/crm/limits/2026-09/custom-properties");
    row("/crm/v3/limits/calculated-properties");
    row("/crm/v3/limits/pipelines");
    row("/crm/v3/limits/associations/labels");
    row("/account-info/v3/details");
    row("/account-info/2026-09/details");
    row("/account-info/v3/api-usage/daily/private-apps");
    row("/crm/objects/2025-09/contacts", 404);
    row("/crm/v2/objects/contacts", 404);
    row("/crm/2026-03/objects/contacts", 404);
    row("/crm/v3/objects/deals", 400);
    row("/contacts/v1/lists/all/contacts/all", 404);
    row("/", 404);
    row("/crm/v3/owners/../../etc/passwd", 404);
}

void TestPracticePortal::routesOfEveryVersion()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    PortalFixture fixture;

    const RawReply reply = fixture.get(target);

    QCOMPARE(reply.status, status);
    QVERIFY(reply.headers.contains("x-hubspot-correlation-id"));
    if (status == 404)
        QVERIFY(reply.headers.value("content-type").startsWith("text/html"));
    else
        QVERIFY(!reply.json().isEmpty());
}

void TestPracticePortal::namesEveryPropertyFault_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QStringList>("codes");

    const QByteArray contact = "contacts";
    const QByteArray company = "companies";
    QTest::newRow("good") << contact << QByteArray(R"("email":"a@example.com")") << QStringList();
    QTest::newRow("blank company") << company << QByteArray() << QStringList();
    QTest::newRow("unknown") << contact << QByteArray(R"("foo":"1")")
                             << QStringList {u"PROPERTY_DOESNT_EXIST"_s};
    QTest::newRow("read-only") << contact << QByteArray(R"("createdate":"1")")
                               << QStringList {u"READ_ONLY_VALUE"_s};
    QTest::newRow("e-mail") << contact << QByteArray(R"("email":"a@b@c")")
                            << QStringList {u"INVALID_EMAIL"_s};
    QTest::newRow("option") << contact << QByteArray(R"("hs_lead_status":"new")")
                            << QStringList {u"INVALID_OPTION"_s};
    QTest::newRow("set") << contact << QByteArray(R"("firstname":"x","hs_buying_role":"BLOCKER;X")")
                         << QStringList {u"INVALID_OPTION"_s};
    QTest::newRow("number") << company << QByteArray(R"("annualrevenue":"1,000")")
                            << QStringList {u"INVALID_NUMBER"_s};
    QTest::newRow("boolean") << company << QByteArray(R"("is_public":"yes")")
                             << QStringList {u"INVALID_BOOLEAN"_s};
    QTest::newRow("instant") << company << QByteArray(R"("closedate":"2026-11-23T10:00:00")")
                             << QStringList {u"INVALID_LONG"_s};
    QTest::newRow("owner") << company << QByteArray(R"("hubspot_owner_id":"1")")
                           << QStringList {u"INVALID_OWNER_ID"_s};
    QTest::newRow("null") << company << QByteArray(R"("name":null)")
                          << QStringList {u"INVALID_VALUE"_s};
    QTest::newRow("object") << company << QByteArray(R"("name":{})")
                            << QStringList {u"INVALID_VALUE"_s};
    QTest::newRow("year 292,000,000")
        << company << QByteArray(R"("closedate":"9223372036854775807")")
        << QStringList {u"INVALID_LONG"_s};
    QTest::newRow("several") << company << QByteArray(R"("foo":"1","is_public":"2","industry":"3")")
                             << QStringList {u"INVALID_BOOLEAN"_s, u"INVALID_OPTION"_s,
                                             u"PROPERTY_DOESNT_EXIST"_s};
}

void TestPracticePortal::namesEveryPropertyFault()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, members);
    QFETCH(QStringList, codes);
    PortalFixture fixture;
    const int before = fixture.portal.liveCount(ObjectType::Company);

    const RawReply reply = fixture.post("/crm/v3/objects/" + type, properties(members));

    QCOMPARE(reply.status, codes.isEmpty() ? 201 : 400);
    QCOMPARE(codesOf(reply), codes);
    if (!codes.isEmpty()) {
        // The older form: JSON inside the message (hubspot-api 8.3).
        const QString message = reply.text("message"_L1);
        const auto inside =
            QJsonDocument::fromJson(message.mid(message.indexOf(u": "_s) + 2).toUtf8()).array();
        QCOMPARE(inside.size(), codes.size());
        QCOMPARE(fixture.portal.liveCount(ObjectType::Company), before);
    }
}

void TestPracticePortal::keepsSystemProperties()
{
    PortalFixture fixture;
    const QByteArray contact = fixture.contact("who@example.com");
    const QByteArray company = fixture.company("Firm");
    fixture.clock.advance(5s);
    QCOMPARE(fixture.ask("PUT", linkTo(contact, company)).status, 200);
    (void)fixture.ask("PATCH", contacts + '/' + contact,
                      properties(R"("closedate":"2026-11-30T10:00:00Z","firstname":"A")"));

    const RawReply read = fixture.get(
        contacts + '/' + contact
        + "?properties=hs_email_domain,days_to_close,associatedcompanyid,lastmodifieddate,"
          "createdate,hs_createdate,hs_object_id,lastname,nonsense");

    QCOMPARE(read.property("hs_email_domain"_L1), u"example.com"_s);
    QCOMPARE(read.property("days_to_close"_L1), u"7"_s);
    QCOMPARE(read.property("associatedcompanyid"_L1).toLatin1(), company);
    QCOMPARE(read.property("createdate"_L1), u"2026-11-23T10:00:00.000Z"_s);
    QCOMPARE(read.property("hs_createdate"_L1), u"2026-11-23T10:00:00.000Z"_s);
    QCOMPARE(read.property("lastmodifieddate"_L1), u"2026-11-23T10:00:05.000Z"_s);
    QCOMPARE(read.property("hs_object_id"_L1).toLatin1(), contact);
    const QJsonObject shown = read.json().value("properties"_L1).toObject();
    QVERIFY(shown.value("lastname"_L1).isNull() && shown.contains("lastname"_L1));
    QVERIFY(!shown.contains("nonsense"_L1));
    QCOMPARE(fixture.get(companies + '/' + company + "?properties=num_associated_contacts")
                 .property("num_associated_contacts"_L1),
             u"1"_s);
}

void TestPracticePortal::listsToTheEnd()
{
    PortalFixture fixture;
    const QByteArray added = fixture.contact("last@example.com");
    (void)fixture.ask("DELETE", contacts + "/150000000005");
    QList<qint64> ids;
    QByteArray after;
    int pages = 0;
    do {
        const RawReply page =
            fixture.get(contacts + "?limit=7" + (after.isEmpty() ? "" : "&after=" + after));
        for (const QJsonValue &record : page.results())
            ids.append(record.toObject().value("id"_L1).toString().toLongLong());
        after = page.json()
                    .value("paging"_L1)
                    .toObject()
                    .value("next"_L1)
                    .toObject()
                    .value("after"_L1)
                    .toString()
                    .toLatin1();
        QVERIFY(++pages < 20);
    } while (!after.isEmpty());

    QCOMPARE(ids.size(), 60);
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
    QVERIFY(!ids.contains(150'000'000'005));
    QCOMPARE(QByteArray::number(ids.last()), added);
    QCOMPARE(fixture.get(contacts + "?limit=101").status, 400);
    QCOMPARE(fixture.get(contacts + "?limit=51&propertiesWithHistory=email").status, 400);
    QCOMPARE(fixture.get(contacts + "?after=x").status, 400);
    QCOMPARE(fixture.get(contacts + "?after=9223372036854775807").results().size(), 0);
    QCOMPARE(fixture.get(contacts + "/-9223372036854775808").status, 404);
    QCOMPARE(fixture.post(contacts + "/search", R"({"after":"2147483647","limit":200})").status,
             400);
    QCOMPARE(fixture.post(contacts + "/search", R"({"limit":-1})").status, 400);
}

void TestPracticePortal::generatesTheSameFromTheSameSeed()
{
    PortalFixture one;
    PortalFixture two;
    PracticeOptions other = PortalFixture::small();
    other.seed = 2;
    PortalFixture three(other);
    const auto page = [](PortalFixture &fixture) {
        return QJsonDocument(fixture.get(contacts + "?limit=100&properties=email,phone").results())
            .toJson();
    };

    QCOMPARE(page(one), page(two));
    QVERIFY(page(one) != page(three));
    QCOMPARE(one.token, two.token);
    QVERIFY(one.token != three.token);
}

void TestPracticePortal::generatedRecordsAreValid()
{
    // Writing every generated value back must pass the portal's own checks.
    PracticeOptions options = PortalFixture::small();
    options.contacts = 300;
    options.companies = 100;
    options.limits.staticPerWindow = 0;
    PortalFixture fixture(options);
    int scripts = 0;
    for (const ObjectType type : {ObjectType::Contact, ObjectType::Company}) {
        const bool isContact = type == ObjectType::Contact;
        const qint64 first = isContact ? options.firstContactId : options.firstCompanyId;
        for (int i = 0; i < (isContact ? 300 : 100); ++i) {
            const auto record = fixture.portal.record(type, first + i);
            QVERIFY(record);
            QJsonObject values;
            for (auto it = record->values.begin(); it != record->values.end(); ++it) {
                if (it.key() != "hs_additional_emails"_L1)
                    values.insert(it.key(), it.value());
                scripts += it.value().at(0).unicode() > 0x2000 ? 1 : 0;
            }
            const RawReply reply = fixture.ask(
                "PATCH", (isContact ? contacts : companies) + '/' + QByteArray::number(first + i),
                QJsonDocument(QJsonObject {{u"properties"_s, values}}).toJson());
            QVERIFY2(reply.status == 200, reply.body.constData());
        }
    }
    QVERIFY(scripts > 20);
}

void TestPracticePortal::searchOperators_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QStringList>("found"); // Of a, b, c.

    const auto row = [](const char *name, const QByteArray &filter, const QStringList &found) {
        QTest::newRow(name) << filter << found;
    };
    // a: name Ärger & Sohn, 10 people, lead; b: name beta gmbh, 9 people, no stage;
    // c: only a domain c.example, founded.
    row("EQ any case", filterBody("name", "EQ", R"("value":"BETA GmbH")"), {u"b"_s});
    row("NEQ finds unset", filterBody("name", "NEQ", R"("value":"beta gmbh")"), {u"a"_s, u"c"_s});
    row("numbers as numbers", filterBody("numberofemployees", "LT", R"("value":"10")"), {u"b"_s});
    row("LTE", filterBody("numberofemployees", "LTE", R"("value":"10")"), {u"a"_s, u"b"_s});
    row("GT", filterBody("numberofemployees", "GT", R"("value":"9")"), {u"a"_s});
    row("GTE", filterBody("numberofemployees", "GTE", R"("value":"9")"), {u"a"_s, u"b"_s});
    row("BETWEEN", filterBody("numberofemployees", "BETWEEN", R"("value":"9","highValue":"10")"),
        {u"a"_s, u"b"_s});
    row("IN", filterBody("lifecyclestage", "IN", R"("values":["lead","other"])"), {u"a"_s});
    row("IN needs lower case", filterBody("name", "IN", R"("values":["Beta gmbh"])"), {});
    row("IN lower case", filterBody("name", "IN", R"("values":["beta gmbh"])"), {u"b"_s});
    row("NOT_IN", filterBody("name", "NOT_IN", R"("values":["beta gmbh"])"), {u"a"_s});
    row("options exact", filterBody("lifecyclestage", "EQ", R"("value":"LEAD")"), {});
    row("HAS", filterBody("domain", "HAS_PROPERTY"), {u"c"_s});
    row("HAS not", filterBody("domain", "NOT_HAS_PROPERTY"), {u"a"_s, u"b"_s});
    row("token", filterBody("name", "CONTAINS_TOKEN", R"("value":"sohn")"), {u"a"_s});
    row("token wildcard", filterBody("name", "CONTAINS_TOKEN", R"("value":"är*")"), {u"a"_s});
    row("no part of a token", filterBody("name", "CONTAINS_TOKEN", R"("value":"soh")"), {});
    row("no token", filterBody("name", "NOT_CONTAINS_TOKEN", R"("value":"sohn")"),
        {u"b"_s, u"c"_s});
    row("instants", filterBody("createdate", "GTE", R"("value":"2026-11-23")"),
        {u"a"_s, u"b"_s, u"c"_s});
    row("instants as ms", filterBody("createdate", "LT", R"("value":"1772323200000")"), {});
    row("top-level filters",
        R"({"filters":[{"propertyName":"name","operator":"EQ","value":"beta gmbh"}]})", {u"b"_s});
    row("AND",
        R"({"filterGroups":[{"filters":[{"propertyName":"numberofemployees","operator":"GT","value":"1"},
           {"propertyName":"lifecyclestage","operator":"HAS_PROPERTY"}]}]})",
        {u"a"_s});
    row("OR",
        R"({"filterGroups":[{"filters":[{"propertyName":"domain","operator":"HAS_PROPERTY"}]},
           {"filters":[{"propertyName":"name","operator":"EQ","value":"beta gmbh"}]}]})",
        {u"b"_s, u"c"_s});
    row("query", R"({"query":"SOH"})", {u"a"_s});
    row("many stars",
        filterBody("name", "CONTAINS_TOKEN", R"("value":"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")"),
        {});
    row("query inside a word", R"({"query":"ohn"})", {});
}

void TestPracticePortal::searchOperators()
{
    QFETCH(QByteArray, filter);
    QFETCH(QStringList, found);
    PracticeOptions options = PortalFixture::small();
    options.contacts = options.companies = 0;
    options.indexDelay = 0ms;
    PortalFixture fixture(options);
    QHash<QString, QString> names;
    const auto make = [&](const QString &name, const QByteArray &members) {
        const RawReply made = fixture.post(companies, properties(members));
        QCOMPARE(made.status, 201);
        names.insert(made.text("id"_L1), name);
    };
    make(u"a"_s, R"("name":"Ärger & Sohn","numberofemployees":"10","lifecyclestage":"lead")");
    make(u"b"_s, R"("name":"beta gmbh","numberofemployees":"9")");
    make(u"c"_s, R"("domain":"c.example","founded_year":"1900")");

    const RawReply reply = fixture.post(companies + "/search", filter);

    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.headers.contains("x-hubspot-ratelimit-remaining"));
    QStringList seen;
    for (const QJsonValue &record : reply.results())
        seen.append(names.value(record.toObject().value("id"_L1).toString()));
    QCOMPARE(seen, found);
    QCOMPARE(reply.json().value("total"_L1).toInt(), int(found.size()));
}

void TestPracticePortal::searchSeesWritesAfterTheDelay()
{
    PortalFixture fixture;
    const QByteArray query = filterBody("email", "EQ", R"("value":"soon@example.com")");
    const auto total = [&] {
        fixture.clock.advance(1s); // Searches have a budget of their own.
        return fixture.post(contacts + "/search", query).json().value("total"_L1).toInt();
    };
    fixture.portal.setIndexDelay(10s);

    const QByteArray id = fixture.contact("soon@example.com");
    QCOMPARE(total(), 0);
    QCOMPARE(fixture.get(contacts + "/soon@example.com?idProperty=email").status, 200);
    fixture.clock.advance(10s);
    QCOMPARE(total(), 1);
    QCOMPARE(fixture.ask("DELETE", contacts + '/' + id).status, 204);
    QCOMPARE(total(), 1); // Gone, but the index does not know.
    fixture.clock.advance(10s);
    QCOMPARE(total(), 0);
    QCOMPARE(
        fixture.post(contacts + "/search", R"({"query":")" + QByteArray(3000, 'a') + "\"}").status,
        400);
    QCOMPARE(fixture.post(contacts + "/search", R"({"sorts":["email","phone"]})").status, 400);
}

HUBKEEPER_TEST(TestPracticePortal)
