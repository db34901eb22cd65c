// SPDX-License-Identifier: MIT
#include "scriptedconnector.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ada = R"({"id":"512","createdAt":"2026-11-23T10:00:00Z",
    "updatedAt":"2026-11-23T10:00:00.000Z",
    "properties":{"email":"ada@example.com","firstname":"Ada"}})";
const QByteArray account = R"({"portalId":12345678,"accountType":"SANDBOX"})";
const QByteArray gone = R"({"category":"OBJECT_NOT_FOUND","message":"resource not found"})";
const QJsonObject newAda {{u"email"_s, u"Ada@Example.com"_s}, {u"firstname"_s, u"Ada"_s}};

QByteArray bodyOf(const HttpRequest &request)
{
    return request.body;
}

} // namespace

/// What each operation sends, and what it makes of the answer.
class TestOperations : public QObject
{
    Q_OBJECT

private slots:
    void readsOneObject();
    void sendsNothingForWhatCannotBe_data();
    void sendsNothingForWhatCannotBe();
    void createsAndReadsBack();
    void findsContactAfterLostAnswer_data();
    void findsContactAfterLostAnswer();
    void knowsWhatIsOlderByThePortalsClock_data();
    void knowsWhatIsOlderByThePortalsClock();
    void findsCompanyAfterLostAnswer();
    void keepsUnknownWhatCannotBeProven();
    void updatesAndReadsBack();
    void refusesUpdateOfChangedObject();
    void secondDeleteIsUnknownUid();
    void clearsWithEmptyText();
    void testStopsAtTheFailingStep();
    void testWarnsOfMissingOptionalScope();
    void testReportInIdmShape();
    void cancelStopsRequests();
};

void TestOperations::readsOneObject()
{
    ScriptedConnector the;
    the.transport.will(200, ada);

    const auto object =
        the.outcomeOf(the.connector.get(u"contact"_s, u"512"_s, {u"email"_s}, nullptr));

    QVERIFY(object && *object);
    QCOMPARE((*object)->toJson(),
             (QJsonObject {{u"_id"_s, u"512"_s}, {u"email"_s, u"ada@example.com"_s}}));
    QCOMPARE(the.transport.sent.front().query.toString(), u"properties=email"_s);
}

void TestOperations::sendsNothingForWhatCannotBe_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("objectClass");
    QTest::addColumn<QString>("uid");
    QTest::addColumn<int>("kind");
    const int invalid = int(ErrorKind::InvalidInput);

    // clang-format off
    QTest::newRow("GET-x")              << u"get"_s    << u"NONEXISTING"_s << u"1"_s      << invalid;
    QTest::newRow("CRE-x")              << u"create"_s << u"NONEXISTING"_s << u""_s       << invalid;
    QTest::newRow("UPD-x")              << u"update"_s << u"NONEXISTING"_s << u"1"_s      << invalid;
    QTest::newRow("DEL-x")              << u"remove"_s << u"NONEXISTING"_s << u"1"_s      << invalid;
    QTest::newRow("SEA-x")              << u"search"_s << u"NONEXISTING"_s << u""_s       << invalid;
    QTest::newRow("all classes")        << u"get"_s    << u"__ALL__"_s     << u"1"_s      << invalid;
    QTest::newRow("letter case")        << u"get"_s    << u"Contact"_s     << u"1"_s      << invalid;
    QTest::newRow("no id")              << u"get"_s    << u"contact"_s     << u""_s       << int(ErrorKind::NotFound);
    QTest::newRow("id that climbs")     << u"get"_s    << u"contact"_s     << u"../x"_s   << int(ErrorKind::NotFound);
    QTest::newRow("update of no id")    << u"update"_s << u"company"_s     << u"abc"_s    << int(ErrorKind::NotFound);
    QTest::newRow("property that climbs") << u"get"_s  << u"contactProperties"_s << u"../x"_s << int(ErrorKind::NotFound);
    QTest::newRow("owner create")       << u"create"_s << u"owner"_s       << u""_s       << int(ErrorKind::Refused);
    QTest::newRow("owner update")       << u"update"_s << u"owner"_s       << u"1"_s      << int(ErrorKind::Refused);
    QTest::newRow("DEL-3 owner delete") << u"remove"_s << u"owner"_s       << u"1"_s      << int(ErrorKind::Refused);
    // clang-format on
}

void TestOperations::sendsNothingForWhatCannotBe()
{
    QFETCH(QString, operation);
    QFETCH(QString, objectClass);
    QFETCH(QString, uid);
    QFETCH(int, kind);
    ScriptedConnector the;
    Connector &connector = the.connector;
    Error error;
    const auto keep = [&](const auto &outcome) {
        QVERIFY(outcome && !*outcome);
        error = outcome->error();
    };

    if (operation == "get"_L1)
        keep(the.outcomeOf(connector.get(objectClass, uid, {}, nullptr)));
    else if (operation == "create"_L1)
        keep(the.outcomeOf(the.writer.create(objectClass, newAda, nullptr)));
    else if (operation == "update"_L1)
        keep(the.outcomeOf(the.writer.update(objectClass, uid, newAda, nullptr)));
    else if (operation == "remove"_L1)
        keep(the.outcomeOf(the.writer.remove(objectClass, uid, nullptr)));
    else
        keep(the.outcomeOf(connector.search(objectClass, u"true"_s, {}, nullptr)));

    QCOMPARE(int(error.kind), kind);
    QCOMPARE(the.transport.sent.size(), 0);
}

void TestOperations::createsAndReadsBack()
{
    ScriptedConnector the;
    the.transport.will(201, R"({"id":"512","warnings":[{"message":"Stored otherwise."}]})");
    the.transport.will(200, account);
    the.transport.will(200, ada);

    const auto object = the.outcomeOf(the.writer.create(u"contact"_s, newAda, nullptr));

    QVERIFY(object && *object);
    QCOMPARE((*object)->uid, u"512"_s);
    QCOMPARE((*object)->warnings, QStringList {u"Stored otherwise."_s});
    QVERIFY(!(*object)->foundAfterLostAnswer);
    QCOMPARE(the.transport.sent.front().repeat, Repeat::Never);
}

void TestOperations::findsContactAfterLostAnswer_data()
{
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("misses");
    QTest::addColumn<int>("kind"); // -1: found

    QTest::newRow("at once") << ada << 200 << 0 << -1;
    QTest::newRow("later") << ada << 200 << 1 << -1;
    QTest::newRow("never") << gone << 404 << 2 << int(ErrorKind::OutcomeUnknown);
    QTest::newRow("another one") << QByteArray(
        R"({"id":"7","properties":{"email":"ada@example.com","firstname":"Adele"}})")
                                 << 200 << 0 << int(ErrorKind::OutcomeUnknown);
    QTest::newRow("an older one") << QByteArray(
        R"({"id":"7","createdAt":"2026-11-23T09:00:00Z","properties":{"email":"ada@example.com"}})")
                                  << 200 << 0 << int(ErrorKind::Conflict);
    QTest::newRow("look-up refused")
        << QByteArray("{}") << 403 << 0 << int(ErrorKind::OutcomeUnknown);
}

void TestOperations::findsContactAfterLostAnswer()
{
    QFETCH(QByteArray, found);
    QFETCH(int, status);
    QFETCH(int, misses);
    QFETCH(int, kind);
    ScriptedConnector the;
    the.transport.willFail(ErrorKind::ConnectionLost);
    for (int i = 0; i < misses; ++i)
        the.transport.will(404, gone);
    the.transport.will(status, found);
    the.transport.will(200, account);
    the.transport.will(200, ada);

    const auto object = the.outcomeOf(the.writer.create(u"contact"_s, newAda, nullptr));

    QVERIFY(object);
    QCOMPARE(*object ? -1 : int(object->error().kind), kind);
    if (*object)
        QVERIFY((*object)->foundAfterLostAnswer);
    QCOMPARE(the.sent().count(u"POST /crm/v3/objects/contacts"_s), 1);
}

void TestOperations::knowsWhatIsOlderByThePortalsClock_data()
{
    QTest::addColumn<QString>("ours"); // Our time; the portal's is 10:00.
    QTest::addColumn<QString>("created");
    QTest::addColumn<int>("kind"); // -1: it is ours.
    QTest::newRow("ours is right") << u"10:00:00"_s << u"10:00:01"_s << -1;
    QTest::newRow("ours is half an hour ahead") << u"10:30:00"_s << u"10:00:01"_s << -1;
    QTest::newRow("ours is a day behind") << u"00:00:00"_s << u"10:00:01"_s << -1;
    QTest::newRow("older, and ours is behind")
        << u"00:00:00"_s << u"09:00:00"_s << int(ErrorKind::Conflict);
}

/// Our clock may be wrong by more than any tolerance; replies carry the portal's.
void TestOperations::knowsWhatIsOlderByThePortalsClock()
{
    QFETCH(QString, ours);
    QFETCH(QString, created);
    QFETCH(int, kind);
    ScriptedConnector the;
    const auto at = [](const QString &time) {
        return QDateTime::fromString(u"2026-11-23T"_s + time + u'Z', Qt::ISODate);
    };
    the.clock.setUtcStart(at(ours));
    const QHash<QByteArray, QByteArray> date {{"date", "Mon, 23 Nov 2026 10:00:00 GMT"}};
    the.transport.will(200, account, date);
    the.transport.will(200, ada, date);
    the.transport.willFail(ErrorKind::ConnectionLost);
    the.transport.will(200,
                       R"({"id":"512","createdAt":"2026-11-23T)" + created.toLatin1()
                           + R"(Z","properties":{"email":"ada@example.com","firstname":"Ada"}})",
                       date);
    the.transport.will(200, ada, date);
    QVERIFY(*the.outcomeOf(the.connector.get(u"contact"_s, u"512"_s, {}, nullptr)));

    const auto object = the.outcomeOf(the.writer.create(u"contact"_s, newAda, nullptr));

    QVERIFY(object);
    QCOMPARE(*object ? -1 : int(object->error().kind), kind);
}

void TestOperations::findsCompanyAfterLostAnswer()
{
    ScriptedConnector the;
    the.clock.setUtcStart(QDateTime::fromString(u"2026-11-23T10:00:00Z"_s, Qt::ISODate));
    the.transport.willFail(ErrorKind::ConnectionLost);
    the.transport.will(200, R"({"total":2,"results":[
        {"id":"8","createdAt":"2026-11-23T10:00:01Z","properties":{"name":"Example"}},
        {"id":"7","createdAt":"2026-01-01T10:00:00Z","properties":{"name":"Example"}}]})");
    the.transport.will(200, account);
    the.transport.will(200, R"({"id":"8","properties":{"name":"Example"}})");

    const auto object =
        the.outcomeOf(the.writer.create(u"company"_s, {{u"name"_s, u"Example"_s}}, nullptr));

    QVERIFY(object && *object);
    QCOMPARE((*object)->uid, u"8"_s);
    QVERIFY((*object)->foundAfterLostAnswer);
    QCOMPARE(the.sent().count(u"POST /crm/v3/objects/companies"_s), 1);
    QVERIFY(the.clock.now() >= Clock::Instant {} + std::chrono::seconds(10)); // The index delay.
}

void TestOperations::keepsUnknownWhatCannotBeProven()
{
    ScriptedConnector the;
    the.clock.setUtcStart(QDateTime::fromString(u"2026-11-23T10:00:00Z"_s, Qt::ISODate));
    the.transport.willFail(ErrorKind::ConnectionLost);
    the.transport.will(200, R"({"total":2,"results":[
        {"id":"8","createdAt":"2026-11-23T10:00:01Z","properties":{"name":"Example"}},
        {"id":"9","createdAt":"2026-11-23T10:00:01Z","properties":{"name":"Example"}}]})");

    const auto object =
        the.outcomeOf(the.writer.create(u"company"_s, {{u"name"_s, u"Example"_s}}, nullptr));

    QVERIFY(object && !*object);
    QCOMPARE(object->error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(object->error().what.contains(u"2 new records"_s));
    QVERIFY(!object->error().remedy.isEmpty());
}

void TestOperations::updatesAndReadsBack()
{
    ScriptedConnector the;
    the.transport.will(200, ada);
    the.transport.will(200, account);
    the.transport.will(200, ada);

    const auto object = the.outcomeOf(
        the.writer.update(u"contact"_s, u"512"_s, {{u"FIRSTNAME"_s, u"Ada"_s}}, nullptr));

    QVERIFY(object && *object);
    QCOMPARE(bodyOf(the.transport.sent.front()),
             QByteArray(R"({"properties":{"firstname":"Ada"}})"));
    QCOMPARE(the.sent().constFirst(), u"PATCH /crm/v3/objects/contacts/512"_s);
    QCOMPARE((*object)->attributes["firstname"_L1].toString(), u"Ada"_s);
}

void TestOperations::refusesUpdateOfChangedObject()
{
    ScriptedConnector the;
    the.transport.will(200, ada);

    const auto object = the.outcomeOf(the.writer.update(
        u"contact"_s, u"512"_s, {{u"city"_s, u"Oslo"_s}}, nullptr, u"2026-11-23T09:00:00.000Z"_s));

    QVERIFY(object && !*object);
    QCOMPARE(object->error().kind, ErrorKind::Conflict);
    QCOMPARE(the.transport.sent.size(), 1);
}

void TestOperations::secondDeleteIsUnknownUid()
{
    ScriptedConnector the;
    the.transport.will(200, account);
    the.transport.will(200, ada);
    the.transport.will(204, "");
    the.transport.will(404, gone);

    const auto first = the.outcomeOf(the.writer.remove(u"contact"_s, u"512"_s, nullptr));
    const auto second = the.outcomeOf(the.writer.remove(u"contact"_s, u"512"_s, nullptr));

    QVERIFY(first && *first);
    QCOMPARE((*first)->attributes["email"_L1].toString(), u"ada@example.com"_s);
    QVERIFY(second && !*second);
    QCOMPARE(second->error().kind, ErrorKind::NotFound);
    QCOMPARE(the.sent().count(u"DELETE /crm/v3/objects/contacts/512"_s), 1);
}

void TestOperations::clearsWithEmptyText()
{
    ScriptedConnector the;
    the.transport.will(200, ada);
    the.transport.will(200, account);
    the.transport.will(200, ada);

    (void)the.outcomeOf(the.writer.update(
        u"contact"_s, u"512"_s, {{u"city"_s, QJsonValue()}, {u"phone"_s, u""_s}}, nullptr));

    QCOMPARE(bodyOf(the.transport.sent.front()),
             QByteArray(R"({"properties":{"city":"","phone":""}})"));
}

void TestOperations::testStopsAtTheFailingStep()
{
    ScriptedConnector the;
    the.transport.will(200, account);
    the.transport.will(403, R"({"category":"MISSING_SCOPES","message":"no"})");
    auto *call = the.connector.test(nullptr);
    QSignalSpy steps(call, &CallBase::progressed);

    const auto report = the.outcomeOf(call);

    QVERIFY(report && *report);
    QVERIFY(!(*report)->ok);
    QCOMPARE((*report)->error->kind, ErrorKind::Forbidden);
    QStringList states;
    for (const TestStep &step : (*report)->steps)
        states.append(step.id + QString::number(step.state));
    QCOMPARE(
        states,
        (QStringList {u"configuration0"_s, u"token0"_s, u"account0"_s, u"contact1"_s, u"company3"_s,
                      u"owner3"_s, u"contactProperties3"_s, u"companyProperties3"_s}));
    QCOMPARE(the.transport.sent.size(), 2);
    QVERIFY(steps.size() >= 4);
}

void TestOperations::testWarnsOfMissingOptionalScope()
{
    ScriptedConnector the;
    the.transport.will(200, account);
    the.transport.will(200, R"({"results":[]})");
    the.transport.will(200, R"({"results":[]})");
    the.transport.will(403, R"({"category":"MISSING_SCOPES","message":"no"})");
    the.transport.will(200, R"({"results":[]})");
    the.transport.will(200, R"({"results":[]})");

    const auto report = the.outcomeOf(the.connector.test(nullptr));

    QVERIFY(report && *report);
    QVERIFY((*report)->ok);
    QCOMPARE((*report)->steps.at(5).state, TestStep::Warned);
}

void TestOperations::testReportInIdmShape()
{
    ConnectorConfiguration configuration; // Nothing is set.
    ScriptedConnector the({false, configuration});

    const auto report = the.outcomeOf(the.connector.test(nullptr));

    const QJsonObject json = (*report)->toIdmJson(u"hubspot"_s, true, {{u"bundleName"_s, u"b"_s}});
    QCOMPARE(json.keys(),
             (QStringList {u"config"_s, u"connectorRef"_s, u"displayName"_s, u"enabled"_s,
                           u"error"_s, u"name"_s, u"objectTypes"_s, u"ok"_s}));
    QCOMPARE(json["config"_L1].toString(), u"config/provisioner.openicf/hubspot"_s);
    QCOMPARE(json["objectTypes"_L1].toArray().size(), 6);
    QVERIFY(json["error"_L1].toString().contains(u"client ID"_s));
    QCOMPARE(the.transport.sent.size(), 0);
}

void TestOperations::cancelStopsRequests()
{
    ScriptedConnector the;
    for (int i = 0; i < 5; ++i)
        the.transport.will(200, R"({"results":[{"id":"%1"}],"paging":{"next":{"after":"%1"}}})");
    SearchOptions options;
    options.fields = {u"_id"_s};
    auto *call = the.connector.search(u"contact"_s, u"true"_s, options, nullptr);
    QMetaObject::invokeMethod(
        call, [call] { call->cancel(); }, Qt::QueuedConnection);

    const auto result = the.outcomeOf(call);

    QCOMPARE(result->error().kind, ErrorKind::Cancelled);
    QVERIFY(the.transport.sent.size() <= 1);
}

HUBKEEPER_TEST(TestOperations)
#include "tst_operations.moc"
