// SPDX-License-Identifier: MIT
#include "portal/associationwrites.h"
#include "portal/requests.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

QJsonObject bodyOf(const HttpRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

} // namespace

class TestPortalRequests : public QObject
{
    Q_OBJECT

private slots:
    void pathsFollowTheVersion_data();
    void pathsFollowTheVersion();
    void associationsAreWrittenInBatches();
    void namesRoundTrip();
    void listSaysWhatIsWanted();
    void readEncodesTheQuery();
    void whatMayBeRepeated_data();
    void whatMayBeRepeated();
    void clearsWithEmptyText();
    void batchInputs();
    void searchBodyIsComplete();
    void searchLimits_data();
    void searchLimits();
    void pathsTakeOnlyPlainIds_data();
    void pathsTakeOnlyPlainIds();
};

void TestPortalRequests::pathsFollowTheVersion_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("v3") << int(ApiVersion::V3)
                        << QStringList {u"/crm/v3/objects/contacts"_s,
                                        u"/crm/v3/objects/companies/7"_s,
                                        u"/crm/v3/properties/contacts"_s,
                                        u"/crm/v3/property-validations/0-2"_s,
                                        u"/crm/v3/owners"_s,
                                        u"/crm/v4/objects/contacts/7/associations/companies"_s,
                                        u"/crm/v4/associations/contacts/companies/batch"_s,
                                        u"/crm/v4/associations/contacts/companies/labels"_s,
                                        u"/crm/v3/limits"_s,
                                        u"/account-info/v3/details"_s,
                                        u"/oauth/v3/token"_s};
    for (const ApiVersion version : {ApiVersion::V2026_03, ApiVersion::V2026_09}) {
        const QString v = nameOf(version);
        QTest::newRow(qPrintable(v))
            << int(version)
            << QStringList {u"/crm/objects/%1/contacts"_s.arg(v),
                            u"/crm/objects/%1/companies/7"_s.arg(v),
                            u"/crm/properties/%1/contacts"_s.arg(v),
                            u"/crm/property-validations/%1/0-2"_s.arg(v),
                            u"/crm/owners/%1"_s.arg(v),
                            u"/crm/objects/%1/contacts/7/associations/companies"_s.arg(v),
                            u"/crm/associations/%1/contacts/companies/batch"_s.arg(v),
                            u"/crm/associations/%1/contacts/companies/labels"_s.arg(v),
                            u"/crm/limits/%1"_s.arg(v),
                            u"/account-info/%1/details"_s.arg(v),
                            u"/oauth/%1/token"_s.arg(v)};
    }
}

void TestPortalRequests::pathsFollowTheVersion()
{
    QFETCH(int, version);
    const ApiPaths paths {ApiVersion(version)};
    const auto contacts = ObjectType::Contacts;
    const auto companies = ObjectType::Companies;

    const QStringList found {paths.records(contacts),
                             paths.record(companies, u"7"_s),
                             paths.properties(contacts),
                             paths.propertyValidations(companies),
                             paths.owners(),
                             paths.associations(contacts, u"7"_s, companies),
                             paths.associationBatch(contacts, companies),
                             paths.associationLabels(contacts, companies),
                             paths.limits(),
                             paths.accountDetails(),
                             paths.token()};

    QTEST(found, "expected");
}

void TestPortalRequests::associationsAreWrittenInBatches()
{
    const ApiPaths paths {ApiVersion::V2026_09};
    const auto contacts = ObjectType::Contacts;
    const auto companies = ObjectType::Companies;
    const QList<AssociationInput> inputs {{u"1"_s, u"7"_s, {{u"USER_DEFINED"_s, 101, u"Boss"_s}}},
                                          {u"2"_s, u"7"_s, {}},
                                          {u"1"_s, u"8"_s, {}}};
    const QString batch = paths.associationBatch(contacts, companies);

    const HttpRequest create = associationCreateRequest(paths, contacts, companies, inputs);
    QCOMPARE(create.path, batch + u"/create"_s);
    QCOMPARE(create.repeat, Repeat::Safe);
    QVERIFY(create.body.startsWith(
        R"({"inputs":[{"from":{"id":"1"},"to":{"id":"7"},"types":[{"associationCategory":"USER_DEFINED","associationTypeId":101}]},)"));
    const HttpRequest archive = associationArchiveRequest(paths, contacts, companies, inputs);
    QCOMPARE(archive.path, batch + u"/archive"_s);
    QCOMPARE(archive.body,
             R"({"inputs":[{"from":{"id":"1"},"to":[{"id":"7"},{"id":"8"}]},)"
             R"({"from":{"id":"2"},"to":[{"id":"7"}]}]})");
    const HttpRequest labels = labelArchiveRequest(paths, contacts, companies, inputs);
    QCOMPARE(labels.path, batch + u"/labels/archive"_s);
    QCOMPARE(labels.body, create.body);
}

void TestPortalRequests::namesRoundTrip()
{
    for (const ApiVersion version : allApiVersions)
        QCOMPARE(apiVersionFrom(nameOf(version)), version);
    QVERIFY(!apiVersionFrom(u"2025-09"_s));
}

void TestPortalRequests::listSaysWhatIsWanted()
{
    ListOptions options;
    options.after = u"a+b&c"_s;
    options.properties = {u"email"_s, u"phone"_s};
    options.associations = {u"companies"_s};
    options.archived = true;

    const auto request = listRequest(ApiPaths(ApiVersion::V3), ObjectType::Contacts, options);

    QCOMPARE(request.query.toString(QUrl::FullyEncoded),
             u"limit=100&after=a%2Bb%26c&properties=email%2Cphone&associations=companies"
             "&archived=true"_s);
    QCOMPARE(request.verb, Verb::Get);
    QVERIFY(fitsUrl(request));
    options.properties = QStringList(400, u"a_property_name"_s);
    QVERIFY(!fitsUrl(listRequest(ApiPaths(ApiVersion::V3), ObjectType::Contacts, options)));
}

void TestPortalRequests::readEncodesTheQuery()
{
    const auto request = readRequest(ApiPaths(ApiVersion::V2026_09), ObjectType::Contacts,
                                     u"a+b@example.com"_s, {{u"email"_s}, {}, u"email"_s, false});

    QCOMPARE(request.path, u"/crm/objects/2026-09/contacts/a+b@example.com"_s);
    QCOMPARE(request.query.toString(), u"properties=email&idProperty=email"_s);
}

void TestPortalRequests::whatMayBeRepeated_data()
{
    QTest::addColumn<HttpRequest>("request");
    QTest::addColumn<bool>("safe");
    QTest::addColumn<bool>("isSearch");
    const ApiPaths paths {ApiVersion::V2026_09};
    const auto contacts = ObjectType::Contacts;
    const QList<BatchInput> rows {BatchInput()};

    QTest::newRow("create") << createRequest(paths, contacts, {}) << false << false;
    QTest::newRow("batch create") << batchCreateRequest(paths, contacts, rows) << false << false;
    QTest::newRow("merge") << mergeRequest(paths, contacts, u"1"_s, u"2"_s) << false << false;
    QTest::newRow("list") << listRequest(paths, contacts, {}) << true << false;
    QTest::newRow("update") << updateRequest(paths, contacts, u"1"_s, {}) << true << false;
    QTest::newRow("batch read") << batchReadRequest(paths, contacts, {u"1"_s}, {}) << true << false;
    QTest::newRow("batch update") << batchUpdateRequest(paths, contacts, rows) << true << false;
    QTest::newRow("batch archive")
        << batchArchiveRequest(paths, contacts, {u"1"_s}) << true << false;
    QTest::newRow("search") << *searchRequest(paths, contacts, {}) << true << true;
}

void TestPortalRequests::whatMayBeRepeated()
{
    QFETCH(HttpRequest, request);

    QTEST(request.repeat == Repeat::Safe, "safe");
    QTEST(request.family == BudgetFamily::Search, "isSearch");
}

void TestPortalRequests::clearsWithEmptyText()
{
    const auto request = updateRequest(ApiPaths(ApiVersion::V3), ObjectType::Companies, u"7"_s,
                                       {{u"name"_s, u"Ä"_s}, {u"phone"_s, QString()}});

    QCOMPARE(request.verb, Verb::Patch);
    QCOMPARE(
        bodyOf(request),
        (QJsonObject {{u"properties"_s, QJsonObject {{u"name"_s, u"Ä"_s}, {u"phone"_s, u""_s}}}}));
}

void TestPortalRequests::batchInputs()
{
    const auto request =
        batchCreateRequest(ApiPaths(ApiVersion::V3), ObjectType::Contacts,
                           {{u"t"_s, {}, {}, {{u"email"_s, u"a@example.com"_s}}, u"77"_s}});

    const QJsonValue row = bodyOf(request)["inputs"_L1].toArray().at(0);
    QCOMPARE(row["objectWriteTraceId"_L1].toString(), u"t"_s);
    QVERIFY(!row.toObject().contains("id"_L1));
    const QJsonValue link = row["associations"_L1].toArray().at(0);
    QCOMPARE(link["to"_L1]["id"_L1].toString(), u"77"_s);
    QCOMPARE(link["types"_L1].toArray().at(0)["associationTypeId"_L1].toInt(), 1);
}

void TestPortalRequests::searchBodyIsComplete()
{
    SearchQuery query;
    query.text = u"ada"_s;
    query.groups = {{{u"stage"_s, SearchOperator::In, {}, {}, {u"lead"_s, u"customer"_s}},
                     {u"createdate"_s, SearchOperator::Between, u"1"_s, u"2"_s, {}}},
                    {{u"phone"_s, SearchOperator::NotHasProperty, {}, {}, {}}}};
    query.sortProperty = u"createdate"_s;
    query.descending = true;
    query.properties = {u"email"_s};
    query.limit = 50;
    query.after = u"100"_s;

    const auto body = searchBody(query);

    QVERIFY(body);
    QCOMPARE(QJsonDocument::fromJson(*body), QJsonDocument::fromJson(R"({"query":"ada",
        "filterGroups":[{"filters":[
            {"propertyName":"stage","operator":"IN","values":["lead","customer"]},
            {"propertyName":"createdate","operator":"BETWEEN","value":"1","highValue":"2"}]},
            {"filters":[{"propertyName":"phone","operator":"NOT_HAS_PROPERTY"}]}],
        "sorts":[{"propertyName":"createdate","direction":"DESCENDING"}],
        "properties":["email"],"limit":50,"after":"100"})"));
}

void TestPortalRequests::searchLimits_data()
{
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("perGroup");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("valueLength");
    QTest::addColumn<bool>("fits");

    // clang-format off
    QTest::newRow("none")            << 0 << 0 << 200 << u""_s     << 1    << true;
    QTest::newRow("most groups")     << 5 << 3 << 200 << u""_s     << 1    << true;
    QTest::newRow("most filters")    << 3 << 6 << 200 << u""_s     << 1    << true;
    QTest::newRow("groups over")     << 6 << 1 << 200 << u""_s     << 1    << false;
    QTest::newRow("group over")      << 1 << 7 << 200 << u""_s     << 1    << false;
    QTest::newRow("filters over")    << 4 << 5 << 200 << u""_s     << 1    << false;
    QTest::newRow("page over")       << 0 << 0 << 201 << u""_s     << 1    << false;
    QTest::newRow("page of nothing") << 0 << 0 << 0   << u""_s     << 1    << false;
    QTest::newRow("last page")       << 0 << 0 << 200 << u"9800"_s << 1    << true;
    QTest::newRow("hits over")       << 0 << 0 << 200 << u"9801"_s << 1    << false;
    QTest::newRow("text over")       << 1 << 1 << 200 << u""_s     << 3000 << false;
    // clang-format on
}

void TestPortalRequests::searchLimits()
{
    QFETCH(int, groups);
    QFETCH(int, perGroup);
    QFETCH(int, limit);
    QFETCH(QString, after);
    QFETCH(int, valueLength);
    SearchQuery query;
    const SearchFilter filter {u"p"_s, SearchOperator::Eq, QString(valueLength, u'x'), {}, {}};
    query.groups = QList<QList<SearchFilter>>(groups, QList<SearchFilter>(perGroup, filter));
    query.limit = limit;
    query.after = after;

    const auto body = searchBody(query);

    QTEST(body.has_value(), "fits");
    QVERIFY(body || body.error().kind == ErrorKind::InvalidInput);
}

void TestPortalRequests::pathsTakeOnlyPlainIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("fits");

    QTest::newRow("digits") << u"512"_s << true;
    QTest::newRow("address") << u"a+b@example.com"_s << true;
    QTest::newRow("nothing") << u""_s << false;
    QTest::newRow("slash") << u"1/associations"_s << false;
    QTest::newRow("parent") << u".."_s << false;
    QTest::newRow("query") << u"1?archived=true"_s << false;
    QTest::newRow("fragment") << u"1#x"_s << false;
    QTest::newRow("percent") << u"1%2f2"_s << false;
    QTest::newRow("line break") << u"1\r\nX: y"_s << false;
}

void TestPortalRequests::pathsTakeOnlyPlainIds()
{
    QFETCH(QString, id);

    QTEST(fitsPath(id), "fits");
}

HUBKEEPER_TEST(TestPortalRequests)
#include "tst_portalrequests.moc"
