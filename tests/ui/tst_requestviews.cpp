// SPDX-License-Identifier: MIT
// What the Requests dock makes of a traffic log: pseudonyms, use over time, files, command lines.
#include "base/pseudonym.h"
#include "net/trafficexport.h"
#include "net/trafficusage.h"
#include "requests/cliline.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

TrafficRecord call(const QString &url, Verb verb = Verb::Get)
{
    TrafficRecord record;
    record.url = url;
    record.verb = verb;
    record.status = 200;
    record.startedAt = QDateTime::fromString(u"2026-11-25T10:00:00.000Z"_s, Qt::ISODateWithMs);
    return record;
}

} // namespace

class TestRequestViews : public QObject
{
    Q_OBJECT

private slots:
    void samePersonSamePseudonym();
    void masksJson();
    void showsOnlyWhatMayBeShown();
    void knowsItsPseudonyms();
    void countsUse();
    void keepsBodiesOnDemandAndBounded();
    void writesHar();
    void writesJsonLines();
    void commandLines_data();
    void commandLines();
    void commandLinesOfWrites_data();
    void commandLinesOfWrites();
};

void TestRequestViews::samePersonSamePseudonym()
{
    const Pseudonyms pseudonyms;
    const QString ada = pseudonyms.of(u"Ada@Example.com "_s);

    QCOMPARE(pseudonyms.of(u"ada@example.com"_s), ada);
    QVERIFY(pseudonyms.of(u"eve@example.com"_s) != ada);
    QCOMPARE(pseudonyms.inText(u"GET /x?email=ada@example.com done"_s),
             u"GET /x?email=%1 done"_s.arg(ada));
    QVERIFY(!pseudonyms.inText(u"/contacts/ada%40example.com"_s).contains(u"ada"_s));
    QVERIFY(pseudonyms.of(u"Ada"_s).startsWith(u"masked-"_s));
    QCOMPARE(pseudonyms.of(QString()), QString());
    QVERIFY(Pseudonyms().of(u"ada@example.com"_s) != ada); // Another key.
}

void TestRequestViews::masksJson()
{
    const Pseudonyms pseudonyms;
    const QByteArray json = R"({"results": [{"id": "512", "properties": {
        "email": "ada@example.com", "firstname": "Ada", "lifecyclestage": "lead",
        "message": "write to ada@example.com"}}],
        "filters": [{"propertyName": "lastname", "operator": "EQ", "value": "Lovelace"}]})";

    const QByteArray masked = pseudonyms.inJson(json);

    for (const char *personal : {"ada@example.com", "Ada", "Lovelace"})
        QVERIFY2(!masked.contains(personal), personal);
    for (const char *kept : {"512", "lead", "lastname", "EQ"})
        QVERIFY2(masked.contains(kept), kept);
    QCOMPARE(masked.count(pseudonyms.of(u"ada@example.com"_s).toUtf8()), 2);
    QCOMPARE(pseudonyms.inJson("no JSON, ada@example.com"),
             "no JSON, " + pseudonyms.of(u"ada@example.com"_s).toUtf8());
}

void TestRequestViews::showsOnlyWhatMayBeShown()
{
    Pseudonyms pseudonyms;
    pseudonyms.showOnly(
        [](const QString &property, const QString &) { return property == "lifecyclestage"_L1; });
    const QByteArray json = R"({"query": "Maria", "results": [{"id": "512", "properties": {
        "email": "ada@example.com", "motto": "poetical science", "lifecyclestage": "lead"},
        "propertiesWithHistory": {"motto": [{"value": "numbers", "sourceType": "API"}]}}],
        "filters": [{"propertyName": "motto", "operator": "EQ", "value": "science"}]})";

    const QByteArray masked = pseudonyms.inJson(json);
    for (const char *personal : {"Maria", "ada@", "poetical", "numbers", "science"})
        QVERIFY2(!masked.contains(personal), personal);
    for (const char *kept : {"512", "lead", "motto", "EQ"})
        QVERIFY2(masked.contains(kept), kept);

    const QJsonValue result = pseudonyms.inRecordJson(
        QJsonArray {u"Ada"_s, QJsonObject {{u"_id"_s, u"512"_s}, {u"phone"_s, 44}, {u"n"_s, 7}}});
    QCOMPARE(result[0].toString(), pseudonyms.of(u"ada"_s));
    QCOMPARE(result[1][u"_id"_s].toString(), u"512"_s);
    QVERIFY(result[1][u"phone"_s].isString());
    QCOMPARE(result[1][u"n"_s].toInt(), 7);
    const QByteArray cut = json.left(json.indexOf("poetical") + 5);
    QVERIFY(!pseudonyms.inJson(cut).contains("poet"));
}

void TestRequestViews::knowsItsPseudonyms()
{
    const Pseudonyms pseudonyms;
    for (const QString &value : {u"Ada"_s, u"ada@example.com"_s}) {
        const QString pseudonym = pseudonyms.of(value);
        QVERIFY(holdsPseudonym(pseudonym));
        QVERIFY(holdsPseudonym(u"write to %1."_s.arg(pseudonym)));
        QCOMPARE(pseudonyms.inText(pseudonym), pseudonym);
        QVERIFY(!holdsPseudonym(value));
    }
    QVERIFY(!holdsPseudonym(u"a masked-ball"_s));
}

void TestRequestViews::countsUse()
{
    const QDateTime now = QDateTime::fromString(u"2026-11-25T10:10:00.000Z"_s, Qt::ISODateWithMs);
    std::deque<TrafficRecord> records;
    const auto add = [&](qint64 secondsAgo, BudgetFamily family, int status) {
        TrafficRecord record = call(u"https://api.hubapi.com/x"_s);
        record.startedAt = now.addSecs(-secondsAgo);
        record.family = family;
        record.status = status;
        records.push_back(record);
    };
    add(601, BudgetFamily::General, 200); // Too old.
    add(599, BudgetFamily::General, 200);
    add(11, BudgetFamily::Search, 429);
    add(9, BudgetFamily::General, 200);
    add(0, BudgetFamily::General, 200);
    add(0, BudgetFamily::Exempt, 200); // A token.

    const auto usage = usageOf(records, now);

    QCOMPARE(usage.size(), usageSlots);
    QCOMPARE(usage.first(), (UsageSlot {1, 0, 0}));
    QCOMPARE(usage[usageSlots - 2], (UsageSlot {0, 1, 1}));
    QCOMPARE(usage.last(), (UsageSlot {2, 0, 0}));
}

void TestRequestViews::keepsBodiesOnDemandAndBounded()
{
    TrafficLog log;
    TrafficRecord record = call(u"https://api.hubapi.com/x"_s);
    record.bodiesKept = true;
    record.replyBody = QByteArray(100 << 10, 'x');
    log.add(record);
    QVERIFY(log.records().back().replyBody.isEmpty());
    QVERIFY(!log.records().back().bodiesKept);

    log.setKeepsBodies(true);
    for (int number = 0; number < 250; ++number)
        log.add(record);
    qsizetype bytes = 0;
    int kept = 0;
    for (const TrafficRecord &one : log.records()) {
        bytes += one.replyBody.size();
        kept += one.bodiesKept ? 1 : 0;
    }
    QVERIFY(bytes <= 8 << 20);
    QVERIFY(kept > 50 && kept <= 200);
    QVERIFY(log.records().back().bodiesKept); // The newest ones.

    log.setKeepsBodies(false);
    for (const TrafficRecord &one : log.records())
        QVERIFY(one.replyBody.isEmpty());
}

void TestRequestViews::writesHar()
{
    TrafficRecord record = call(u"https://api.hubapi.com/crm/v3/objects/contacts?limit=5"_s);
    record.duration = std::chrono::milliseconds(42);
    record.replyBody = R"({"email": "ada@example.com"})";
    record.correlationId = u"c-1"_s;
    const Pseudonyms pseudonyms;

    const auto har = QJsonDocument::fromJson(trafficAsHar({record}, &pseudonyms)).object();

    const QJsonObject log = har[u"log"_s].toObject();
    QCOMPARE(log[u"version"_s].toString(), u"1.2"_s);
    const QJsonObject entry = log[u"entries"_s].toArray().first().toObject();
    QCOMPARE(entry[u"startedDateTime"_s].toString(), u"2026-11-25T10:00:00.000Z"_s);
    QCOMPARE(entry[u"time"_s].toInt(), 42);
    QCOMPARE(entry[u"request"_s][u"method"_s].toString(), u"GET"_s);
    QCOMPARE(entry[u"request"_s][u"queryString"_s][0][u"name"_s].toString(), u"limit"_s);
    QCOMPARE(entry[u"response"_s][u"status"_s].toInt(), 200);
    QVERIFY(!QJsonDocument(har).toJson().contains("ada@example.com"));
    QVERIFY(trafficAsHar({record}, nullptr).contains("ada@example.com"));
}

void TestRequestViews::writesJsonLines()
{
    const QByteArray lines = trafficAsJsonLines(
        {call(u"https://api.hubapi.com/a"_s), call(u"https://x.example/b"_s)}, nullptr);

    QCOMPARE(lines.count('\n'), 2);
    const auto first = QJsonDocument::fromJson(lines.left(lines.indexOf('\n'))).object();
    QCOMPARE(first[u"url"_s].toString(), u"https://api.hubapi.com/a"_s);
    QCOMPARE(first[u"status"_s].toInt(), 200);
}

void TestRequestViews::commandLines_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");

    // clang-format off
    QTest::newRow("record, v3")     << u"/crm/v3/objects/contacts/512"_s        << u"get /a/p.json contact 512"_s;
    QTest::newRow("record, dated")  << u"/crm/objects/2026-09/companies/7"_s    << u"get /a/p.json company 7"_s;
    QTest::newRow("list")           << u"/crm/objects/2026-09/contacts?limit=5"_s << u"search /a/p.json contact --page-size 5"_s;
    QTest::newRow("list, fields")   << u"/crm/v3/objects/contacts?limit=5&properties=email%2Ccity"_s << u"search /a/p.json contact --page-size 5 --fields 'email,city'"_s;
    QTest::newRow("a later page")   << u"/crm/v3/objects/contacts?limit=5&after=512"_s << QString();
    QTest::newRow("owner")          << u"/crm/v3/owners/9"_s                    << u"get /a/p.json owner 9"_s;
    QTest::newRow("owners")         << u"/crm/v3/owners?limit=5"_s              << u"search /a/p.json owner"_s;
    QTest::newRow("properties")     << u"/crm/v3/properties/contacts"_s         << u"schema /a/p.json --live"_s;
    QTest::newRow("none")           << u"/crm/v3/objects/deals/1"_s             << QString();
    // clang-format on
}

void TestRequestViews::commandLines()
{
    QFETCH(QString, path);
    QFETCH(QString, expected);

    const auto line = cliLine(call(u"https://api.hubapi.com"_s + path), u"/a/p.json"_s);

    QCOMPARE(line.value_or(QString()),
             expected.isEmpty() ? QString() : u"hubkeeper-cli "_s + expected);
}

void TestRequestViews::commandLinesOfWrites_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");

    const QString contacts = u"/crm/objects/2026-09/contacts"_s;
    const QString hubkeeper = u"hubkeeper-cli "_s;
    // clang-format off
    QTest::newRow("create")        << Verb::Post   << contacts << QByteArray(R"({"properties":{"email":"a@example.com","firstname":"O'Neil"}})")
                                   << hubkeeper + u"create /a/p.json contact --set email=a@example.com --set 'firstname=O'\\''Neil'"_s;
    QTest::newRow("create, v3")    << Verb::Post   << u"/crm/v3/objects/companies"_s << QByteArray(R"({"properties":{"name":"A; B"}})")
                                   << hubkeeper + u"create /a/p.json company --set 'name=A; B'"_s;
    QTest::newRow("update")        << Verb::Patch  << contacts + u"/512"_s << QByteArray(R"({"properties":{"phone":""}})")
                                   << hubkeeper + u"update /a/p.json contact 512 --set phone="_s;
    QTest::newRow("no NUL")        << Verb::Patch  << contacts + u"/512"_s << QByteArray(R"({"properties":{"city":"a\u0000b"}})")
                                   << hubkeeper + u"update /a/p.json contact 512 --set 'city=ab'"_s;
    QTest::newRow("line end")      << Verb::Patch  << contacts + u"/512"_s << QByteArray(R"({"properties":{"city":"Bonn\n"}})")
                                   << hubkeeper + u"update /a/p.json contact 512 --set 'city=Bonn\n'"_s;
    QTest::newRow("archive")       << Verb::Delete << contacts + u"/512"_s << QByteArray()
                                   << hubkeeper + u"delete /a/p.json contact 512"_s;
    QTest::newRow("batch update")  << Verb::Post   << contacts + u"/batch/update"_s
                                   << QByteArray(R"({"inputs":[{"id":"1","properties":{"city":"Bern"}},{"id":"2","properties":{"city":"Chur"}}]})")
                                   << hubkeeper + u"update /a/p.json contact 1 --set city=Bern\n"_s + hubkeeper + u"update /a/p.json contact 2 --set city=Chur"_s;
    QTest::newRow("batch archive") << Verb::Post   << contacts + u"/batch/archive"_s << QByteArray(R"({"inputs":[{"id":"1"}]})")
                                   << hubkeeper + u"delete /a/p.json contact 1"_s;
    QTest::newRow("batch read")    << Verb::Post   << contacts + u"/batch/read"_s << QByteArray(R"({"properties":["email"],"inputs":[{"id":"7"}]})")
                                   << hubkeeper + u"get /a/p.json contact 7"_s;
    QTest::newRow("no body kept")  << Verb::Patch  << contacts + u"/512"_s << QByteArray() << QString();
    QTest::newRow("by e-mail")     << Verb::Patch  << contacts + u"/a@example.com?idProperty=email"_s << QByteArray(R"({"properties":{"city":"x"}})") << QString();
    QTest::newRow("read by mail")  << Verb::Post   << contacts + u"/batch/read"_s << QByteArray(R"({"idProperty":"email","inputs":[{"id":"a@example.com"}]})") << QString();
    QTest::newRow("upsert")        << Verb::Post   << contacts + u"/batch/upsert"_s << QByteArray(R"({"inputs":[{"id":"1","properties":{"a":"b"}}]})") << QString();
    QTest::newRow("search")        << Verb::Post   << contacts + u"/search"_s << QByteArray("{}") << QString();
    QTest::newRow("merge")         << Verb::Post   << contacts + u"/merge"_s << QByteArray("{}") << QString();
    QTest::newRow("associated")    << Verb::Post   << contacts << QByteArray(R"({"properties":{"a":"b"},"associations":[]})") << QString();
    QTest::newRow("not an object") << Verb::Post   << contacts << QByteArray("[") << QString();
    // clang-format on
}

void TestRequestViews::commandLinesOfWrites()
{
    QFETCH(Verb, verb);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    TrafficRecord record = call(u"https://api.hubapi.com"_s + path, verb);
    record.requestBody = body;

    QCOMPARE(cliLine(record, u"/a/p.json"_s).value_or(QString()), expected);
    const QString masked = cliLine(record, u"/a/p.json"_s, false).value_or(QString());
    QVERIFY2(!masked.contains(u"--set"_s), "What is written is personal data.");
}

HUBKEEPER_TEST(TestRequestViews)
#include "tst_requestviews.moc"
