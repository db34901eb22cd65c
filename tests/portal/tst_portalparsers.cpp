// SPDX-License-Identifier: MIT
#include "portal/account.h"
#include "portal/association.h"
#include "portal/batch.h"
#include "portal/property.h"
#include "portal/record.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestPortalParsers : public QObject
{
    Q_OBJECT

private slots:
    void readsRecord();
    void keepsNullApartFromMissingAndEmpty();
    void toleratesOddRecords_data();
    void toleratesOddRecords();
    void refusesForeignReplies_data();
    void refusesForeignReplies();
    void readsPages_data();
    void readsPages();
    void ordersIdsAsNumbers_data();
    void ordersIdsAsNumbers();
    void matchesBatchRows();
    void matchesByKey();
    void placesNamelessFaultOnlyIfOneRowIsOpen();
    void readsTextsThatAreNotUnicode_data();
    void readsTextsThatAreNotUnicode();
    void reportsMissingOfBatchRead();
    void readsDefinition();
    void readsAccountAndOwners();
};

void TestPortalParsers::readsRecord()
{
    const auto record = parseRecord(R"({"id":"512","properties":{"email":"ada@example.com"},
        "createdAt":"2026-03-30T12:07:58.067Z","updatedAt":"2026-11-02T08:00:11Z","archived":true,
        "url":"https://app.hubspot.com/x","objectWriteTraceId":"t",
        "warnings":[{"category":"PROPERTY_VALUE_NORMALIZED","message":"Stored otherwise."}],
        "associations":{"companies":{"results":[{"id":"77","type":"a"},{"id":"77","type":"b"},
                                                {"id":78,"type":"a"}]}}})");

    QVERIFY(record);
    QCOMPARE(record->id, u"512"_s);
    QCOMPARE(record->createdAt.toMSecsSinceEpoch(), 1774872478067);
    QCOMPARE(record->updatedAt.timeSpec(), Qt::UTC);
    QVERIFY(record->archived);
    QCOMPARE(record->url, u"https://app.hubspot.com/x"_s);
    QCOMPARE(record->warnings, QStringList {u"Stored otherwise."_s});
    QCOMPARE(record->associatedIds.value(u"companies"_s), (QStringList {u"77"_s, u"78"_s}));
}

void TestPortalParsers::keepsNullApartFromMissingAndEmpty()
{
    const auto record = parseRecord(R"({"id":"1","properties":{"a":null,"b":"","c":"x"}})");

    QVERIFY(record);
    QVERIFY(record->properties.contains(u"a"_s));
    QVERIFY(record->properties.value(u"a"_s).isNull());
    QVERIFY(!record->properties.value(u"b"_s).isNull());
    QVERIFY(record->properties.value(u"b"_s).isEmpty());
    QVERIFY(!record->properties.contains(u"d"_s));
    QCOMPARE(record->text(u"d"_s), QString());
}

void TestPortalParsers::toleratesOddRecords_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("x");

    QTest::newRow("id beyond 2^53, as number")
        << QByteArray(R"({"id":9007199254740993,"properties":{"x":"1"}})") << u"9007199254740993"_s
        << u"1"_s;
    QTest::newRow("id beyond 2^63, as text")
        << QByteArray(R"({"id":"18446744073709551617","properties":{"x":"1"}})")
        << u"18446744073709551617"_s << u"1"_s;
    QTest::newRow("number and boolean values")
        << QByteArray(R"({"id":"1","properties":{"x":12.5,"y":true}})") << u"1"_s << u"12.5"_s;
    QTest::newRow("big number as value")
        << QByteArray(R"({"id":"1","properties":{"x":9007199254740993}})") << u"1"_s
        << u"9007199254740993"_s;
    QTest::newRow("no properties") << QByteArray(R"({"id":"1"})") << u"1"_s << QString();
    QTest::newRow("properties of wrong type")
        << QByteArray(R"({"id":"1","properties":[1,2]})") << u"1"_s << QString();
    QTest::newRow("members of wrong types")
        << QByteArray(R"({"id":"1","properties":{"x":"1"},"createdAt":5,"updatedAt":{},
                          "archived":"maybe","warnings":7,"associations":[],"url":null})")
        << u"1"_s << u"1"_s;
    QTest::newRow("unknown members, deep")
        << QByteArray(R"({"new":{"a":[[[{"b":null}]]]},"properties":{"x":"1"},"id":"1"})") << u"1"_s
        << u"1"_s;
    QTest::newRow("other scripts")
        << QByteArray("{\"id\":\"1\",\"properties\":{\"x\":\"Žofie 木村 \\ud83d\\ude00\"}}")
        << u"1"_s << u"Žofie 木村 😀"_s;
}

void TestPortalParsers::toleratesOddRecords()
{
    QFETCH(QByteArray, json);

    const auto record = parseRecord(json);

    QVERIFY2(record, record ? "" : qPrintable(record.error().what));
    QTEST(record->id, "id");
    QTEST(record->text(u"x"_s), "x");
}

void TestPortalParsers::refusesForeignReplies_data()
{
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("null byte array") << QByteArray("");
    QTest::newRow("blank") << QByteArray("  \n");
    QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>");
    QTest::newRow("cut") << QByteArray(R"({"results":[{"id":"1","properties":{"a":"b)");
    QTest::newRow("cut before the end") << QByteArray(R"({"results":[{"id":"1"}])");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("number") << QByteArray("12");
    QTest::newRow("no results") << QByteArray("{}");
    QTest::newRow("results of wrong type") << QByteArray(R"({"results":{"id":"1"}})");
    QTest::newRow("entry of wrong type") << QByteArray(R"({"results":["1"]})");
    QTest::newRow("entry without key") << QByteArray(R"({"results":[{"properties":{}}]})");
    QTest::newRow("not UTF-8") << QByteArray("{\"results\":[{\"id\":\"\xff\xfe\"}]");
    QTest::newRow("too deep") << QByteArray(5000, '[');
}

void TestPortalParsers::refusesForeignReplies()
{
    QFETCH(QByteArray, json);
    const auto refused = [](const auto &result) {
        return !result && result.error().kind == ErrorKind::BadReply
            && !result.error().what.isEmpty();
    };

    QVERIFY(refused(parseRecord(json)));
    QVERIFY(refused(parseRecordPage(json)));
    QVERIFY(refused(parseProperty(json)));
    QVERIFY(refused(parseProperties(json)));
    QVERIFY(refused(parseOwner(json)));
    QVERIFY(refused(parseOwnerPage(json)));
    QVERIFY(refused(parseAccountDetails(json)));
    QVERIFY(refused(parseAssociations(json)));
    QVERIFY(refused(parseBatchReply(json, {BatchInput()})));
    QVERIFY(refused(parseBatchRead(json, {u"1"_s})));
}

void TestPortalParsers::readsPages_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("ids");
    QTest::addColumn<QString>("after");
    QTest::addColumn<qint64>("total");

    QTest::newRow("middle") << QByteArray(R"({"results":[{"id":"1"},{"id":"2"}],
        "paging":{"next":{"after":"613","link":"https://elsewhere.example/x"}}})")
                            << QStringList {u"1"_s, u"2"_s} << u"613"_s << qint64(-1);
    QTest::newRow("last") << QByteArray(R"({"results":[{"id":"1"}]})") << QStringList {u"1"_s}
                          << QString() << qint64(-1);
    QTest::newRow("empty with next")
        << QByteArray(R"({"results":[],"paging":{"next":{"after":9007199254740993}}})")
        << QStringList() << u"9007199254740993"_s << qint64(-1);
    QTest::newRow("search") << QByteArray(R"({"total":137,"results":[{"id":"1"}]})")
                            << QStringList {u"1"_s} << QString() << qint64(137);
    QTest::newRow("paging of wrong type")
        << QByteArray(R"({"total":"many","results":[],"paging":"no"})") << QStringList()
        << QString() << qint64(-1);
    QTest::newRow("null paging") << QByteArray(R"({"results":[],"paging":{"next":null}})")
                                 << QStringList() << QString() << qint64(-1);
}

void TestPortalParsers::readsPages()
{
    QFETCH(QByteArray, json);

    const auto page = parseRecordPage(json);

    QVERIFY(page);
    QStringList ids;
    for (const Record &record : page->records)
        ids.append(record.id);
    QTEST(ids, "ids");
    QTEST(page->after, "after");
    QTEST(page->total, "total");
}

void TestPortalParsers::ordersIdsAsNumbers_data()
{
    QTest::addColumn<QString>("less");
    QTest::addColumn<QString>("more");

    QTest::newRow("digits") << u"9"_s << u"10"_s;
    QTest::newRow("beyond 2^53") << u"9007199254740992"_s << u"9007199254740993"_s;
    QTest::newRow("texts") << u"abc"_s << u"abd"_s;
    QTest::newRow("number before text") << u"99"_s << u"1x"_s;
    QTest::newRow("text after number") << u"2"_s << u"1x"_s;
}

void TestPortalParsers::ordersIdsAsNumbers()
{
    QFETCH(QString, less);
    QFETCH(QString, more);

    QVERIFY(idLess(less, more));
    QVERIFY(!idLess(more, less));
    QVERIFY(!idLess(less, less));
}

void TestPortalParsers::matchesBatchRows()
{
    const QList<BatchInput> inputs {{u"t1"_s, u"1"_s, {}, {}, {}},
                                    {u"t2"_s, u"2"_s, {}, {}, {}},
                                    {u"t3"_s, u"3"_s, {}, {}, {}},
                                    {u"t4"_s, u"4"_s, {}, {}, {}},
                                    {u"t5"_s, u"5"_s, {}, {}, {}}};
    const auto outcomes = parseBatchReply(R"({"status":"COMPLETE","numErrors":2,
        "results":[{"id":"3","objectWriteTraceId":"t3"},{"id":"1"}],
        "errors":[{"status":"error","category":"OBJECT_NOT_FOUND","message":"gone",
                   "context":{"ids":["2","9"]}},
                  {"status":"error","category":"VALIDATION_ERROR","message":"bad",
                   "context":{"objectWriteTraceId":["t5"]}}]})",
                                          inputs);

    QVERIFY(outcomes);
    QCOMPARE(outcomes->size(), 5);
    QCOMPARE(outcomes->at(0).record->id, u"1"_s);
    QCOMPARE(outcomes->at(1).record.error().kind, ErrorKind::NotFound);
    QCOMPARE(outcomes->at(2).record->id, u"3"_s);
    QCOMPARE(outcomes->at(3).record.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(outcomes->at(4).record.error().kind, ErrorKind::Rejected);
    QCOMPARE(outcomes->at(4).traceId, u"t5"_s);
}

void TestPortalParsers::matchesByKey()
{
    const QList<BatchInput> inputs {{{}, u"Ada@Example.com"_s, u"email"_s, {}, {}},
                                    {{}, u"bob@example.com"_s, u"email"_s, {}, {}}};
    const auto outcomes = parseBatchReply(
        R"({"results":[{"id":"8","new":true,"properties":{"email":"bob@example.com"}},
                       {"id":"7","new":false,"properties":{"email":"ada@example.com"}}]})",
        inputs);

    QVERIFY(outcomes);
    QCOMPARE(outcomes->at(0).record->id, u"7"_s);
    QCOMPARE(outcomes->at(1).record->id, u"8"_s);
}

void TestPortalParsers::placesNamelessFaultOnlyIfOneRowIsOpen()
{
    const QByteArray reply = R"({"results":[{"id":"1"}],"errors":[
        {"category":"CONFLICT","message":"Contact already exists. Existing ID: 512"}]})";
    const BatchInput first {{}, u"1"_s, {}, {}, {}};
    const BatchInput second {{}, u"2"_s, {}, {}, {}};
    const BatchInput third {{}, u"3"_s, {}, {}, {}};

    const auto one = parseBatchReply(reply, {first, second});
    const auto two = parseBatchReply(reply, {first, second, third});

    QCOMPARE(one->at(1).record.error().kind, ErrorKind::Conflict);
    QCOMPARE(one->at(1).record.error().existingId, u"512"_s);
    QCOMPARE(two->at(1).record.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(two->at(2).record.error().kind, ErrorKind::OutcomeUnknown);
}

void TestPortalParsers::readsTextsThatAreNotUnicode_data()
{
    QTest::addColumn<QByteArray>("phone"); // As it is between the quotes.
    QTest::addColumn<QString>("read");

    QTest::newRow("high half") << QByteArray("a\\ud800b") << u"a\uFFFDb"_s;
    QTest::newRow("low half") << QByteArray("a\\uDC00b") << u"a\uFFFDb"_s;
    QTest::newRow("two high halves") << QByteArray("\\ud83d\\ud83d") << u"\uFFFD\uFFFD"_s;
    QTest::newRow("high half and escape") << QByteArray("\\ud83d\\n") << u"\uFFFD\n"_s;
    QTest::newRow("high half at the end") << QByteArray("x\\ud83d") << u"x\uFFFD"_s;
    QTest::newRow("pair beside a half")
        << QByteArray("\\ud83d\\ude00\\ud83d") << u"\U0001F600\uFFFD"_s;
    QTest::newRow("backslash, then u") << QByteArray("\\\\ud800\\ud800") << u"\\ud800\uFFFD"_s;
    QTest::newRow("latin-1 byte") << QByteArray("M\xFCller") << u"M\uFFFDller"_s;
}

/// One such text must not make a page unreadable.
void TestPortalParsers::readsTextsThatAreNotUnicode()
{
    QFETCH(QByteArray, phone);
    QFETCH(QString, read);

    const auto page = parseRecordPage(R"({"results":[{"id":"1","properties":{"phone":")" + phone
                                      + R"("}},{"id":"2"}]})");

    QVERIFY(page);
    QCOMPARE(page->records.size(), 2);
    QCOMPARE(page->records.first().text(u"phone"_s), read);
}

void TestPortalParsers::reportsMissingOfBatchRead()
{
    const auto outcome = parseBatchRead(
        R"({"results":[{"id":"1"},{"id":"5","properties":{"hs_merged_object_ids":"3;4"}}],
            "errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":["2"]}}]})",
        {u"1"_s, u"2"_s, u"3"_s});

    QVERIFY(outcome);
    QCOMPARE(outcome->records.size(), 2);
    QCOMPARE(outcome->missing, QStringList {u"2"_s});
    QCOMPARE(outcome->survivors, (QHash<QString, QString> {{u"3"_s, u"5"_s}}));
}

void TestPortalParsers::readsDefinition()
{
    const auto company = parseProperty(R"({"name":"associatedcompanyid","type":"number",
        "hubspotDefined":true,"modificationMetadata":{"readOnlyValue":false}})");
    QVERIFY(company && company->readOnlyValue); // Whatever it says (live-behaviour F35).
    const auto theirs = parseProperty(R"({"name":"associatedcompanyid","type":"number",
        "modificationMetadata":{"readOnlyValue":false}})");
    QVERIFY(theirs && !theirs->readOnlyValue); // Of somebody's own.
    const auto properties = parseProperties(R"({"results":[{"name":"stage","label":"Stage",
        "type":"enumeration","fieldType":"checkbox","groupName":"g","displayOrder":4,
        "options":[{"label":"Lead","value":"lead","hidden":true,"displayOrder":0},"odd"],
        "hasUniqueValue":true,"formField":true,"hubspotDefined":true,
        "modificationMetadata":{"archivable":false,"readOnlyDefinition":true,"readOnlyValue":true}},
        {"name":"bare","options":null,"modificationMetadata":null,"displayOrder":"x"}]})");

    QVERIFY(properties);
    const PropertyDefinition &stage = properties->at(0);
    QCOMPARE(stage.options, (QList<PropertyOption> {{u"lead"_s, u"Lead"_s, true}}));
    QVERIFY(stage.isMultiValued() && stage.hasUniqueValue && stage.formField);
    QVERIFY(stage.readOnlyValue && stage.readOnlyDefinition && !stage.readOnlyOptions);
    QCOMPARE(stage.displayOrder, 4);
    const PropertyDefinition &bare = properties->at(1);
    QVERIFY(bare.options.isEmpty() && !bare.readOnlyValue && bare.displayOrder == -1);
    QCOMPARE(stage.json["label"_L1].toString(), u"Stage"_s);
}

void TestPortalParsers::readsAccountAndOwners()
{
    const auto account = parseAccountDetails(R"({"portalId":12345678,"accountType":"SANDBOX",
        "timeZone":"US/Eastern","companyCurrency":"USD","uiDomain":"app.hubspot.com",
        "dataHostingLocation":"na1","additionalCurrencies":[]})");
    const auto owners = parseOwnerPage(R"({"results":[
        {"id":"7001","email":"a@example.com","firstName":"Ada","lastName":"L","userId":8001},
        {"id":7002,"email":"b@example.com","userId":null,"archived":true},{"id":"7003"}],
        "paging":{"next":{"after":"x"}}})");

    QVERIFY(account);
    QCOMPARE(account->portalId, 12345678);
    QCOMPARE(account->accountType, u"SANDBOX"_s);
    QVERIFY(owners);
    QCOMPARE(owners->after, u"x"_s);
    QCOMPARE(owners->owners.at(0).displayName(), u"Ada L"_s);
    QCOMPARE(owners->owners.at(0).userId, u"8001"_s);
    QCOMPARE(owners->owners.at(1).displayName(), u"b@example.com"_s);
    QVERIFY(owners->owners.at(1).userId.isEmpty());
    QCOMPARE(owners->owners.at(2).displayName(), u"7003"_s);
}

HUBKEEPER_TEST(TestPortalParsers)
#include "tst_portalparsers.moc"
