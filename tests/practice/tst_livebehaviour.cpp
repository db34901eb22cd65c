// SPDX-License-Identifier: MIT
#include "tst_livebehaviour.h"

#include "rawclient.h"
#include "requestparts.h"
#include "testkit/testprogram.h"

#include <QUrl>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

QByteArray withNumber(PortalClient &portal)
{
    (void)portal.post("/crm/v3/properties/companies",
                      R"({"name":"num","label":"Num","type":"string","fieldType":"text",)"
                      R"("groupName":"companyinformation","hasUniqueValue":true})");
    return portal.post(companies, properties(R"("num":"7")")).text("id"_L1).toLatin1();
}

} // namespace

// F3
void TestLiveBehaviour::takenValues()
{
    PortalFixture f;
    const QByteArray owner = withNumber(f);
    const QByteArray other = f.company("Other");

    const RawReply update = f.ask("PATCH", companies + '/' + other, properties(R"("num":"7")"));
    QCOMPARE(update.status, 400);
    QCOMPARE(update.text("category"_L1), u"VALIDATION_ERROR"_s);
    QCOMPARE(update.text("message"_L1),
             u"Cannot set PropertyValueCoordinates{portalId=12345678, objectTypeId=0-2, "
             "propertyName=num, value=7} on %1. %2 already has that value."_s.arg(
                 QString::fromLatin1(other), QString::fromLatin1(owner)));
    const RawReply create = f.post(companies, properties(R"("num":"7")"));
    QCOMPARE(create.status, 400);
    QVERIFY(create.text("message"_L1)
                .endsWith(u"%1 already has that value."_s.arg(QString::fromLatin1(owner))));
}

// F4, F5
void TestLiveBehaviour::takenAddresses()
{
    PortalFixture f;
    const QByteArray one = f.contact("one@example.com");
    const QByteArray two = f.contact("two@example.com");
    const QString known =
        u"Contact already exists. Existing ID: %1"_s.arg(QString::fromLatin1(one));

    const RawReply create = f.post(contacts, properties(R"("email":"one@example.com")"));
    QCOMPARE(create.status, 409);
    QCOMPARE(create.text("message"_L1), known);
    const RawReply update =
        f.ask("PATCH", contacts + '/' + two, properties(R"("email":"one@example.com")"));
    QCOMPARE(update.status, 400);
    QVERIFY(
        update.text("message"_L1).contains(u"propertyName=email, value=one@example.com} on "_s));

    const RawReply merged =
        f.post(contacts + "/merge",
               R"({"primaryObjectId":")" + one + R"(","objectIdToMerge":")" + two + "\"}");
    const RawReply second = f.post(contacts, properties(R"("email":"two@example.com")"));
    QCOMPARE(second.status, 400);
    QVERIFY(
        second.text("message"_L1).endsWith(merged.text("id"_L1) + u" already has that value."_s));
    f.portal.switches().emailConflictIs400 = false;
    QCOMPARE(f.post(contacts, properties(R"("email":"two@example.com")")).status, 409);
}

// F6, F7, F14
void TestLiveBehaviour::batchConflicts()
{
    PortalFixture f;
    const QByteArray id = f.contact("one@example.com");
    const QByteArray row = R"({"properties":{"email":"one@example.com"})";

    const RawReply traced =
        f.post(contacts + "/batch/create", inputs(row + R"(,"objectWriteTraceId":"t"},
        {"properties":{"email":"new@example.com"},"objectWriteTraceId":"u"})"));
    QCOMPARE(traced.status, 207);
    QCOMPARE(traced.results().size(), 1);
    QCOMPARE(firstError(traced).value("category"_L1).toString(), u"CONFLICT"_s);
    QCOMPARE(contextOf(firstError(traced), "existingId"_L1), QStringList(QString::fromLatin1(id)));
    QCOMPARE(contextOf(firstError(traced), "objectWriteTraceId"_L1), QStringList(u"t"_s));

    const RawReply plain = f.post(contacts + "/batch/create", inputs(row + '}'));
    QCOMPARE(plain.status, 409);
    QCOMPARE(plain.text("message"_L1), u"Contact already exists"_s);

    const RawReply twice =
        f.post(contacts + "/batch/read", inputs(R"({"id":"5"},{"id":"6"},{"id":"5"})"));
    QCOMPARE(twice.status, 400);
    QCOMPARE(contextOf(twice.json(), "ids"_L1), QStringList(u"5"_s));
}

// F9, F20, F41
void TestLiveBehaviour::upserts()
{
    PortalFixture f;
    const QByteArray good =
        R"({"id":"up@example.com","idProperty":"email","properties":{"firstname":"U"},"objectWriteTraceId":"a"})";
    const QByteArray bad =
        R"({"id":"down@example.com","idProperty":"email","properties":{"nonsense":"1"},"objectWriteTraceId":"b"})";
    const RawReply partial = f.post(contacts + "/batch/upsert", inputs(good + ',' + bad));
    QCOMPARE(partial.status, 207);
    QCOMPARE(partial.results().size(), 1);
    QCOMPARE(f.get(contacts + "/up@example.com?idProperty=email").status, 200);
    f.portal.switches().emailUpsertPartial = false;
    QCOMPARE(f.post(contacts + "/batch/upsert", inputs(good + ',' + bad)).status, 400);

    const RawReply noKey =
        f.post(companies + "/batch/upsert",
               inputs(R"({"id":"x.example","idProperty":"domain","properties":{}})"));
    QCOMPARE(noKey.status, 400);
    QCOMPARE(noKey.text("message"_L1),
             u"Unable to perform update/upsert by non-unique 0-2 property domain"_s);
}

// F10, F11, F12
void TestLiveBehaviour::deletesAndIds()
{
    PortalFixture f;
    QCOMPARE(f.ask("DELETE", contacts + "/999").status, 204);
    QCOMPARE(f.ask("DELETE", contacts + '/' + aContact).status, 204);
    QCOMPARE(f.ask("DELETE", contacts + '/' + aContact).status, 204);
    for (const QByteArray method : {"GET", "DELETE"}) {
        const RawReply reply = f.ask(method, contacts + "/abc");
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.text("message"_L1), u"Object not found.  objectId are usually numeric."_s);
        QCOMPARE(contextOf(reply.json(), "id"_L1), QStringList(u"abc"_s));
    }
    QCOMPARE(f.get(contacts + "/999").text("message"_L1), u"resource not found"_s);
}

// F29, F31, F35
void TestLiveBehaviour::valueFaults_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("read only")
        << QByteArray(R"("createdate":"1")") << u"READ_ONLY_VALUE"_s
        << u"\"createdate\" is a read only property; its value cannot be set."_s;
    QTest::newRow("calculated")
        << QByteArray(R"("hs_is_contact":"true")") << u"READ_ONLY_VALUE"_s
        << u"\"hs_is_contact\" is a calculated property; its value cannot be set."_s;
    QTest::newRow("company id")
        << QByteArray(R"("associatedcompanyid":"30000000001")") << u"READ_ONLY_VALUE"_s
        << u"\"associatedcompanyid\" is a read only property; its value cannot be set."_s;
    QTest::newRow("date with a time") << QByteArray(R"("day":"1579179660000")") << u"INVALID_DATE"_s
                                      << u"1579179660000 is at 13:1:0.0 UTC, not midnight!"_s;
    QTest::newRow("no date") << QByteArray(R"("day":"tomorrow")") << u"INVALID_DATE"_s
                             << u"tomorrow was not a valid date."_s;
}

void TestLiveBehaviour::valueFaults()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, code);
    QFETCH(QString, message);
    PortalFixture f;
    (void)f.post("/crm/v3/properties/contacts",
                 R"({"name":"day","label":"A day","type":"date","fieldType":"date",)"
                 R"("groupName":"contactinformation"})");

    const RawReply reply = f.ask("PATCH", contacts + '/' + aContact, properties(members));

    QCOMPARE(reply.status, 400);
    QCOMPARE(firstError(reply).value("code"_L1).toString(), code);
    QCOMPARE(firstError(reply).value("message"_L1).toString(), message);
}

// F42
void TestLiveBehaviour::newContacts()
{
    PortalFixture f;
    const RawReply made = f.post(contacts, properties(R"("email":"new@example.com")"));
    const QByteArray id = made.text("id"_L1).toLatin1();
    QCOMPARE(made.property("lifecyclestage"_L1), u"lead"_s);
    QCOMPARE(made.property("hs_lifecyclestage_lead_date"_L1), u"1795428000000"_s);
    QCOMPARE(made.property("hs_all_contact_vids"_L1).toLatin1(), id);
    QCOMPARE(made.property("hs_is_contact"_L1), u"true"_s);
    QCOMPARE(made.property("hs_is_unworked"_L1), u"true"_s);
    QCOMPARE(made.property("hs_pipeline"_L1), u"contacts-lifecycle-pipeline"_s);
    QCOMPARE(made.property("hs_object_source"_L1), u"INTEGRATION"_s);
    QCOMPARE(made.property("num_notes"_L1), u"0"_s);
    QCOMPARE(f.get(contacts + '/' + id + "?properties=hs_lifecyclestage_lead_date")
                 .property("hs_lifecyclestage_lead_date"_L1),
             u"2026-11-23T10:00:00.000Z"_s);

    const RawReply chosen =
        f.post(contacts, properties(R"("email":"sub@example.com","lifecyclestage":"subscriber")"));
    QCOMPARE(chosen.property("lifecyclestage"_L1), u"subscriber"_s);
    f.portal.switches().newContactsAreLeads = false;
    QVERIFY(f.post(contacts, properties(R"("email":"none@example.com")"))
                .property("lifecyclestage"_L1)
                .isEmpty());
}

// F20
void TestLiveBehaviour::additionalAddresses()
{
    PortalFixture f;
    const RawReply made = f.post(
        contacts,
        properties(
            R"("email":"main@example.com","hs_additional_emails":"More@example.com;x@y.example")"));
    QCOMPARE(made.status, 201);
    const RawReply upsert = f.post(
        contacts + "/batch/upsert",
        inputs(R"({"id":"more@example.com","idProperty":"email","properties":{"firstname":"M"}})"));
    QCOMPARE(upsert.status, 200);
    QCOMPARE(upsert.results().at(0)["id"_L1].toString(), made.text("id"_L1));
    QCOMPARE(
        f.post(contacts,
               properties(R"("email":"z@example.com","hs_additional_emails":"main@example.com")"))
            .status,
        400);
    QCOMPARE(
        f.post(contacts, properties(R"("email":"z@example.com","hs_additional_emails":"nonsense")"))
            .status,
        400);
    QCOMPARE(f.ask("PATCH", contacts + '/' + made.text("id"_L1).toLatin1(),
                   properties(R"("hs_additional_emails":"q@example.com")"))
                 .status,
             400);
}

// F1, F2
void TestLiveBehaviour::mergesMakeNewIds()
{
    PortalFixture f;
    const QByteArray one = f.contact("one@example.com");
    const QByteArray two = f.contact("two@example.com");
    (void)f.ask("PATCH", contacts + '/' + two, properties(R"("phone":"+1","firstname":"T")"));
    (void)f.ask("PATCH", contacts + '/' + one, properties(R"("firstname":"O")"));

    const RawReply merged =
        f.post(contacts + "/merge",
               R"({"primaryObjectId":")" + one + R"(","objectIdToMerge":")" + two + "\"}");

    const QString id = merged.text("id"_L1);
    QVERIFY(id.toLatin1() != one && id.toLatin1() != two);
    for (const QByteArray &old : {one, two}) {
        const RawReply read = f.get(contacts + '/' + old + "?properties=firstname,phone,email");
        QCOMPARE(read.text("id"_L1), id);
        QCOMPARE(read.property("firstname"_L1), u"O"_s);
        QCOMPARE(read.property("phone"_L1), u"+1"_s);
        QCOMPARE(read.property("email"_L1), u"one@example.com"_s);
    }
}

// F46, F39
void TestLiveBehaviour::pagingLinks()
{
    PortalFixture f;
    const RawReply page = f.get(contacts + "?limit=7&properties=phone,email&archived=false");
    const QUrl link(page.json()["paging"_L1]["next"_L1]["link"_L1].toString());
    QCOMPARE(link.path().toLatin1(), contacts);
    const RawReply next = f.get((link.path() + u'?' + link.query()).toLatin1());
    QCOMPARE(next.results().size(), 7);
    QVERIFY(next.results().at(0)["properties"_L1].toObject().contains("phone"_L1));
    QVERIFY(next.results().at(0)["id"_L1] != page.results().at(0)["id"_L1]);

    QCOMPARE(
        f.get(contacts + "?after=x").text("message"_L1),
        u"Cannot deserialize value of type `long` from String \"x\": not a valid `long` value"_s);
}

// F37, F39
void TestLiveBehaviour::searchFaults()
{
    PortalFixture f;
    const QByteArray group = R"({"filters":[{"propertyName":"email","operator":"HAS_PROPERTY"}]})";
    const RawReply many = f.post(contacts + "/search",
                                 R"({"filterGroups":[)" + (group + ',').repeated(5) + group + "]}");
    QCOMPARE(many.status, 400);
    QCOMPARE(many.text("message"_L1), u"too many filterGroups (count: 6, max allowed: 5)"_s);
    QVERIFY(f.post(contacts + "/search", R"({"after":"x"})")
                .text("message"_L1)
                .startsWith(u"Cannot deserialize value of type `int`"_s));
    QCOMPARE(f.post(contacts + "/search", R"({"limit":"5"})").results().size(), 5);
    QVERIFY(!f.post(contacts + "/search", R"({"limit":-1})").body.contains("at most 200"));
}

HUBKEEPER_TEST(TestLiveBehaviour)
