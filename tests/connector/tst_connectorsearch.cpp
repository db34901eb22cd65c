// SPDX-License-Identifier: MIT
#include "scriptedconnector.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// How a search reads its pages, and what it refuses.
class TestConnectorSearch : public QObject
{
    Q_OBJECT

private slots:
    void handlerStopsPaging();
    void pagesBeyondTheReachOfSearch();
    void mergesSearchesInOrder();
    void refusesSearchThatStandsStill();
    void sortsOrRefuses();
};

void TestConnectorSearch::handlerStopsPaging()
{
    ScriptedConnector the;
    the.transport.will(200, R"({"results":[{"id":"1"},{"id":"2"}],
        "paging":{"next":{"after":"3"}}})");
    SearchOptions options;
    options.fields = {u"_id"_s};
    QStringList seen;
    options.handler = [&seen](const ConnectorObject &object) {
        seen.append(object.uid);
        return seen.size() < 2;
    };

    const auto result =
        the.outcomeOf(the.connector.search(u"contact"_s, u"true"_s, options, nullptr));

    QVERIFY(result && *result);
    QCOMPARE(seen, (QStringList {u"1"_s, u"2"_s}));
    QCOMPARE((*result)->count, 2);
    QVERIFY((*result)->objects.isEmpty());
    QCOMPARE(the.transport.sent.size(), 1); // SEA-9
}

void TestConnectorSearch::pagesBeyondTheReachOfSearch()
{
    ScriptedConnector the;
    the.transport.will(200, R"({"results":[{"name":"city","type":"string","fieldType":"text"}]})");
    the.transport.will(200, R"({"total":20000,"results":[{"id":"9"},{"id":"10"}],
        "paging":{"next":{"after":"2"}}})");
    the.transport.will(200, R"({"total":1,"results":[{"id":"11"}]})");
    SearchOptions options;
    options.fields = {u"_id"_s};

    const auto result =
        the.outcomeOf(the.connector.search(u"contact"_s, u"city eq 'Oslo'"_s, options, nullptr));

    QVERIFY(result && *result);
    QCOMPARE((*result)->count, 3);
    const QJsonObject second = QJsonDocument::fromJson(the.transport.sent[2].body).object();
    const QJsonArray filters = second["filterGroups"_L1].toArray()[0]["filters"_L1].toArray();
    QCOMPARE(filters.size(), 2);
    QCOMPARE(filters[1]["propertyName"_L1].toString(), u"hs_object_id"_s);
    QCOMPARE(filters[1]["operator"_L1].toString(), u"GT"_s);
    QCOMPARE(filters[1]["value"_L1].toString(), u"10"_s);
    QVERIFY(!second.contains("after"_L1));
}

void TestConnectorSearch::mergesSearchesInOrder()
{
    ScriptedConnector the;
    the.transport.will(200, R"({"results":[{"name":"city","type":"string"},
        {"name":"email","type":"string"}]})");
    the.transport.will(200, R"({"results":[{"id":"20"}]})"); // The batch read of the id.
    the.transport.will(200, R"({"id":"30","properties":{"email":"a@example.com"}})");
    the.transport.will(200, R"({"total":3,"results":[{"id":"9"},{"id":"20"},{"id":"100"}]})");
    SearchOptions options;
    options.fields = {u"_id"_s};

    const auto result = the.outcomeOf(the.connector.search(
        u"contact"_s, u"_id eq '20' or email eq 'a@example.com' or city pr"_s, options, nullptr));

    QVERIFY(result && *result);
    QStringList ids;
    for (const ConnectorObject &object : (*result)->objects)
        ids.append(object.uid);
    QCOMPARE(ids, (QStringList {u"9"_s, u"20"_s, u"30"_s, u"100"_s}));
}

void TestConnectorSearch::refusesSearchThatStandsStill()
{
    ScriptedConnector the;
    the.transport.will(200, R"({"results":[{"name":"city","type":"string"}]})");
    for (int i = 0; i < 2; ++i)
        the.transport.will(200, R"({"results":[{"id":"9"}],"paging":{"next":{"after":"1"}}})");

    const auto result =
        the.outcomeOf(the.connector.search(u"contact"_s, u"city pr"_s, {{u"_id"_s}}, nullptr));

    QVERIFY(result && !*result);
    QCOMPARE(result->error().kind, ErrorKind::BadReply);
    QCOMPARE(the.transport.sent.size(), 3);
}

void TestConnectorSearch::sortsOrRefuses()
{
    ScriptedConnector the;
    the.transport.will(200, R"({"results":[{"name":"city","type":"string"}]})");
    const QByteArray page = R"({"results":[{"id":"1","properties":{"city":"b"}},
        {"id":"2","properties":{"city":null}},{"id":"3","properties":{"city":"A"}},
        {"id":"4","properties":{"city":"b"}}]})";
    the.transport.will(200, page);
    the.transport.will(200, page);
    SearchOptions options;
    options.fields = {u"_id"_s};
    options.sortKeys = {{u"city"_s, true}, {u"_id"_s, false}};
    options.pageSize = 3;
    const auto ids = [](const SearchResult &result) {
        QStringList all;
        for (const ConnectorObject &object : result.objects)
            all.append(object.uid);
        return all;
    };

    const auto first =
        the.outcomeOf(the.connector.search(u"contact"_s, u"true"_s, options, nullptr));
    options.cookie = (*first)->pagedResultsCookie;
    const auto second =
        the.outcomeOf(the.connector.search(u"contact"_s, u"true"_s, options, nullptr));
    options.cookie.clear();
    options.sortKeys = {{u"merged-vids"_s, true}};
    const auto refused =
        the.outcomeOf(the.connector.search(u"contact"_s, u"true"_s, options, nullptr));

    QCOMPARE(ids(**first), (QStringList {u"3"_s, u"4"_s, u"1"_s}));
    QCOMPARE(ids(**second), QStringList {u"2"_s});
    QVERIFY((*second)->pagedResultsCookie.isNull());
    QCOMPARE(refused->error().kind, ErrorKind::InvalidInput); // SEA-8
}

HUBKEEPER_TEST(TestConnectorSearch)
#include "tst_connectorsearch.moc"
