// SPDX-License-Identifier: MIT
#include "connector/attributevalue.h"
#include "connector/attributewrite.h"
#include "connector/connector.h"
#include "connector/icferror.h"
#include "connector/pagecookie.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const ObjectClassInfo &shipped(ObjectClass objectClass)
{
    static const Schema schema = defaultSchema();
    return schema.of(objectClass);
}

PropertyDefinition define(const QString &name, const QString &type, const QString &fieldType,
                          bool readOnly = false)
{
    PropertyDefinition definition;
    definition.name = name;
    definition.type = type;
    definition.fieldType = fieldType;
    definition.readOnlyValue = readOnly;
    return definition;
}

QJsonObject jsonOf(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

/// An object type as far as meaning goes: what the file leaves out is the default.
QJsonObject essence(const QJsonObject &properties)
{
    QJsonObject all;
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        QJsonObject one = it->toObject();
        one.remove(u"runAsUser"_s);
        if (one.value("required"_L1) == false)
            one.remove(u"required"_s);
        if (one.value("flags"_L1).toArray().isEmpty())
            one.remove(u"flags"_s);
        all[it.key()] = one;
    }
    return all;
}

} // namespace

class TestConnectorValues : public QObject
{
    Q_OBJECT

private slots:
    void defaultSchemaIsTheShippedOne();
    void liveSchemaFollowsTheDefinitions();
    void mapsContact();
    void mapsCompany();
    void mapsDefinition();
    void wantsWhatIsAsked();
    void writes_data();
    void writes();
    void writesDefinitions();
    void mapsErrors_data();
    void mapsErrors();
    void cookieBelongsToOneSearch();
    void searchResultInIdmShape();
    void validatesWithoutNetwork_data();
    void validatesWithoutNetwork();
    void sortKeys();
};

void TestConnectorValues::defaultSchemaIsTheShippedOne()
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/connector/objecttypes.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject expected = QJsonDocument::fromJson(file.readAll()).object();

    const QJsonObject found = defaultSchema().toJson();

    QCOMPARE(found.keys(), expected.keys());
    for (const QString &name : expected.keys()) {
        QCOMPARE(essence(found[name]["properties"_L1].toObject()),
                 essence(expected[name]["properties"_L1].toObject()));
        QCOMPARE(found[name]["nativeType"_L1], expected[name]["nativeType"_L1]);
    }
}

void TestConnectorValues::liveSchemaFollowsTheDefinitions()
{
    PropertyDefinition archived = define(u"gone"_s, u"string"_s, u"text"_s);
    archived.archived = true;
    const Schema schema =
        liveSchema({define(u"email"_s, u"string"_s, u"text"_s),
                    define(u"score"_s, u"number"_s, u"number"_s, true),
                    define(u"topics"_s, u"enumeration"_s, u"checkbox"_s),
                    define(u"optout"_s, u"bool"_s, u"booleancheckbox"_s), archived},
                   {});

    const ObjectClassInfo &contact = schema.of(ObjectClass::Contact);
    QCOMPARE(contact.attributes.size(), 5);
    QVERIFY(contact.nameAttribute().isName());
    QCOMPARE(contact.find(u"SCORE"_s)->flags(),
             (QStringList {u"NOT_CREATABLE"_s, u"NOT_UPDATEABLE"_s}));
    QCOMPARE(contact.find(u"score"_s)->type, u"number"_s);
    QVERIFY(contact.find(u"topics"_s)->isMultiValued());
    QCOMPARE(contact.find(u"optout"_s)->type, u"boolean"_s);
    QVERIFY(!contact.find(u"gone"_s));
    QCOMPARE(schema.objectTypes(),
             (QStringList {u"__ALL__"_s, u"company"_s, u"companyProperties"_s, u"contact"_s,
                           u"contactProperties"_s, u"owner"_s}));
}

void TestConnectorValues::mapsContact()
{
    Record record;
    record.id = u"150000000001"_s;
    record.createdAt = QDateTime::fromString(u"2026-03-30T12:07:58.067Z"_s, Qt::ISODateWithMs);
    record.properties = {{u"email"_s, u"ada@example.com"_s},
                         {u"lastname"_s, QString()},
                         {u"hs_additional_emails"_s, u"a@example.com;b@example.com"_s},
                         {u"hs_merged_object_ids"_s, u"7;8"_s}};
    AccountDetails account;
    account.portalId = 12345678;
    account.uiDomain = u"app-eu1.hubspot.com"_s;
    const auto &info = shipped(ObjectClass::Contact);

    const auto object = objectFrom(ObjectClass::Contact, record, info.attributes, account);

    const QJsonObject expected = jsonOf(R"({"_id":"150000000001",
        "vid":"150000000001","canonical-vid":"150000000001","portal-vid":"12345678",
        "is-contact":"true","addedAt":"2026-03-30T12:07:58.067Z","email":"ada@example.com",
        "profile-url":"https://app-eu1.hubspot.com/contacts/12345678/record/0-1/150000000001",
        "merged-vids":[{"id":"7"},{"id":"8"}],
        "identity-profiles":[{"vid":"150000000001","identities":[
            {"type":"EMAIL","value":"ada@example.com","is-primary":true},
            {"type":"EMAIL","value":"a@example.com"},{"type":"EMAIL","value":"b@example.com"}]}]})");
    QCOMPARE(object.toJson(), expected);
}

void TestConnectorValues::mapsCompany()
{
    Record record;
    record.id = u"7"_s;
    record.archived = true;
    record.properties = {{u"name"_s, u"Example"_s},
                         {u"hs_additional_domains"_s, u"a.example;b.example"_s}};

    const auto object =
        objectFrom(ObjectClass::Company, record, shipped(ObjectClass::Company).attributes, {});

    const QJsonObject expected = jsonOf(R"({"_id":"7","companyId":"7",
        "name":"Example","isDeleted":"true",
        "additionalDomains":[{"domain":"a.example"},{"domain":"b.example"}]})");
    QCOMPARE(object.toJson(), expected);
}

void TestConnectorValues::mapsDefinition()
{
    const auto definition = parseProperty(R"({"name":"stage","label":"Stage","type":"enumeration",
        "fieldType":"select","groupName":"g","displayOrder":4,"hidden":false,"formField":true,
        "options":[{"label":"A","value":"a"}],"archived":false,
        "modificationMetadata":{"archivable":true,"readOnlyValue":false,"readOnlyOptions":true}})");

    const auto object = objectFrom(ObjectClass::ContactProperties, *definition,
                                   shipped(ObjectClass::ContactProperties).attributes);

    const QJsonObject expected = jsonOf(R"({"_id":"stage","name":"stage",
        "label":"Stage","type":"enumeration","fieldType":"select","groupName":"g",
        "displayOrder":"4","hidden":"false","formField":true,"deleted":"false",
        "options":[{"label":"A","value":"a"}],"readOnlyValue":"false",
        "optionsAreMutable":"false","mutableDefinitionNotDeletable":"false"})");
    QCOMPARE(object.toJson(), expected);
}

void TestConnectorValues::wantsWhatIsAsked()
{
    const auto &info = shipped(ObjectClass::Contact);
    const auto names = [](const QList<AttributeInfo> &attributes) {
        QStringList all;
        for (const AttributeInfo &attribute : attributes)
            all.append(attribute.name);
        return all;
    };

    QCOMPARE(names(wantedAttributes(info, {})).size(), 19);
    QCOMPARE(names(wantedAttributes(info, {u"EMAIL"_s, u"nothing"_s})), QStringList {u"email"_s});
    QCOMPARE(names(wantedAttributes(info, {u"__name__"_s})), QStringList {u"vid"_s});
    QVERIFY(wantedAttributes(info, {u"_id"_s}).isEmpty());
    QVERIFY(!needsAccount(wantedAttributes(info, {u"email"_s})));
    QVERIFY(needsAccount(wantedAttributes(info, {u"portal-vid"_s})));
}

void TestConnectorValues::writes_data()
{
    QTest::addColumn<QString>("objectClass");
    QTest::addColumn<bool>("isCreate");
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QString>("sent"); // "name=value" with ; between; or the refused field.
    QTest::addColumn<int>("kind"); // -1: accepted.
    const int invalid = int(ErrorKind::InvalidInput);
    const int refused = int(ErrorKind::Refused);

    // clang-format off
    QTest::newRow("plain")             << u"contact"_s << true  << QByteArray(R"({"email":"a@example.com","city":"Oslo"})") << u"city=Oslo;email=a@example.com"_s << -1;
    QTest::newRow("letter case")       << u"contact"_s << true  << QByteArray(R"({"EMail":"a@example.com"})")               << u"email=a@example.com"_s << -1;
    QTest::newRow("IDM's members")     << u"contact"_s << true  << QByteArray(R"({"_id":"7","_rev":"1","email":"a@b.example"})") << u"email=a@b.example"_s << -1;
    QTest::newRow("empty on create")   << u"contact"_s << true  << QByteArray(R"({"email":"a@b.example","city":null,"phone":""})") << u"email=a@b.example"_s << -1;
    QTest::newRow("number and flag")   << u"company"_s << true  << QByteArray(R"({"name":12,"is_public":true})")             << u"is_public=true;name=12"_s << -1;
    QTest::newRow("clear")             << u"contact"_s << false << QByteArray(R"({"city":null,"phone":"","address":[]})")    << u"address=;city=;phone="_s << -1;
    QTest::newRow("nothing")           << u"contact"_s << false << QByteArray(R"({})")                                       << u""_s << -1;
    QTest::newRow("unknown")           << u"contact"_s << true  << QByteArray(R"({"email":"a@b.example","jobtitle":"x"})")   << u"jobtitle"_s << invalid;
    QTest::newRow("__UID__")           << u"contact"_s << true  << QByteArray(R"({"email":"a@b.example","__UID__":"7"})")    << u"__UID__"_s << invalid;
    QTest::newRow("twice")             << u"contact"_s << true  << QByteArray(R"({"email":"a@b.example","EMAIL":"x@y.z"})")  << u"email"_s << invalid;
    QTest::newRow("list for one")      << u"contact"_s << true  << QByteArray(R"({"email":["a@b.example"]})")                << u"email"_s << invalid;
    QTest::newRow("object for one")    << u"contact"_s << true  << QByteArray(R"({"email":{"a":1}})")                        << u"email"_s << invalid;
    QTest::newRow("read-only create")  << u"contact"_s << true  << QByteArray(R"({"email":"a@b.example","vid":"7"})")        << u"vid"_s << refused;
    QTest::newRow("read-only update")  << u"contact"_s << false << QByteArray(R"({"profile-url":"x"})")                      << u"profile-url"_s << refused;
    QTest::newRow("__NAME__")          << u"contact"_s << false << QByteArray(R"({"__NAME__":"7"})")                         << u"vid"_s << refused;
    QTest::newRow("blank contact")     << u"contact"_s << true  << QByteArray(R"({"city":"Oslo"})")                          << u"email"_s << invalid;
    QTest::newRow("blank company")     << u"company"_s << true  << QByteArray(R"({"city":"Oslo"})")                          << u"name"_s << invalid;
    // clang-format on
}

void TestConnectorValues::writes()
{
    QFETCH(QString, objectClass);
    QFETCH(bool, isCreate);
    QFETCH(QByteArray, attributes);
    QFETCH(QString, sent);
    QFETCH(int, kind);

    const auto outcome = propertiesToWrite(shipped(*objectClassFrom(objectClass)),
                                           QJsonDocument::fromJson(attributes).object(),
                                           isCreate ? WriteKind::Create : WriteKind::Update, {});

    if (outcome) {
        QStringList found;
        for (auto it = outcome->cbegin(); it != outcome->cend(); ++it) {
            QVERIFY(!it->isNull());
            found.append(it.key() + u'=' + *it);
        }
        found.sort();
        QCOMPARE(found.join(u';'), sent);
    } else {
        const auto &fields = outcome.error().fields;
        QVERIFY(std::any_of(fields.cbegin(), fields.cend(), [&](const FieldFault &field) {
            return field.property.compare(sent, Qt::CaseInsensitive) == 0;
        }));
    }
    QCOMPARE(outcome ? -1 : int(outcome.error().kind), kind);
}

void TestConnectorValues::writesDefinitions()
{
    const auto &info = shipped(ObjectClass::ContactProperties);
    const QJsonObject good = QJsonDocument::fromJson(R"({"name":"n","label":"N","groupName":"g",
        "type":"enumeration","fieldType":"select","displayOrder":"3","hidden":"true",
        "formField":false,"options":[{"label":"A","value":"a"}],"description":null})")
                                 .object();

    const auto created = definitionToWrite(info, good, WriteKind::Create, {});
    const auto missing = definitionToWrite(info, {{u"name"_s, u"n"_s}}, WriteKind::Create, {});
    const auto renamed =
        definitionToWrite(info, {{u"name"_s, u"other"_s}}, WriteKind::Update, u"n"_s);
    const auto same = definitionToWrite(info, {{u"name"_s, u"n"_s}, {u"label"_s, u"L"_s}},
                                        WriteKind::Update, u"n"_s);
    const auto legacy =
        definitionToWrite(info, {{u"favorited"_s, u"true"_s}}, WriteKind::Update, u"n"_s);

    QVERIFY2(created, created ? "" : qPrintable(created.error().what));
    const QJsonObject expected = jsonOf(R"({"name":"n","label":"N","groupName":"g",
        "type":"enumeration","fieldType":"select","displayOrder":3,"hidden":true,
        "formField":false,"options":[{"label":"A","value":"a"}]})");
    QCOMPARE(*created, expected);
    QCOMPARE(missing.error().fields.size(), 4);
    QCOMPARE(renamed.error().kind, ErrorKind::Refused);
    QCOMPARE(*same, (QJsonObject {{u"label"_s, u"L"_s}}));
    QCOMPARE(legacy.error().kind, ErrorKind::Refused);
}

void TestConnectorValues::mapsErrors_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<bool>("namesField");
    QTest::addColumn<QString>("exception");
    QTest::addColumn<int>("status");

    // clang-format off
    QTest::newRow("token refused")  << int(ErrorKind::Unauthorized)   << 400 << false << u"InvalidCredentialException"_s     << 401;
    QTest::newRow("scopes")         << int(ErrorKind::Forbidden)      << 403 << false << u"PermissionDeniedException"_s      << 403;
    QTest::newRow("gone")           << int(ErrorKind::NotFound)       << 404 << false << u"UnknownUidException"_s            << 404;
    QTest::newRow("exists")         << int(ErrorKind::Conflict)       << 409 << false << u"AlreadyExistsException"_s         << 412;
    QTest::newRow("changed")        << int(ErrorKind::Conflict)       << 0   << false << u"PreconditionFailedException"_s    << 412;
    QTest::newRow("validation")     << int(ErrorKind::Rejected)       << 400 << true  << u"InvalidAttributeValueException"_s << 400;
    QTest::newRow("bad value")      << int(ErrorKind::InvalidInput)   << 0   << true  << u"InvalidAttributeValueException"_s << 400;
    QTest::newRow("read-only")      << int(ErrorKind::Refused)        << 0   << true  << u"InvalidAttributeValueException"_s << 400;
    QTest::newRow("write mode")     << int(ErrorKind::Refused)        << 0   << false << u"PermissionDeniedException"_s      << 403;
    QTest::newRow("limit")          << int(ErrorKind::RateLimited)    << 429 << false << u"RetryableException"_s             << 503;
    QTest::newRow("server")         << int(ErrorKind::ServerFault)    << 502 << false << u"RetryableException"_s             << 503;
    QTest::newRow("offline")        << int(ErrorKind::Offline)        << 0   << false << u"ConnectionFailedException"_s      << 503;
    QTest::newRow("TLS")            << int(ErrorKind::Untrusted)      << 0   << false << u"ConnectionFailedException"_s      << 503;
    QTest::newRow("time-out")       << int(ErrorKind::TimedOut)       << 0   << false << u"OperationTimeoutException"_s      << 503;
    QTest::newRow("lost")           << int(ErrorKind::ConnectionLost) << 0   << false << u"ConnectionBrokenException"_s      << 503;
    QTest::newRow("unknown")        << int(ErrorKind::OutcomeUnknown) << 0   << false << u"ConnectionBrokenException"_s      << 503;
    QTest::newRow("bad reply")      << int(ErrorKind::BadReply)       << 200 << false << u"ConnectorException"_s             << 500;
    // clang-format on
}

void TestConnectorValues::mapsErrors()
{
    QFETCH(int, kind);
    QFETCH(int, httpStatus);
    QFETCH(bool, namesField);
    Error error;
    error.kind = ErrorKind(kind);
    error.httpStatus = httpStatus;
    if (namesField)
        error.fields = {{u"email"_s, {}, {}}};

    QTEST(icfExceptionName(error), "exception");
    QTEST(idmStatus(error), "status");
    QCOMPARE(idmStatus(objectClassFrom(u"NONEXISTING"_s).error()), 404);
    QVERIFY(!objectClassFrom(u"__ALL__"_s));
}

void TestConnectorValues::cookieBelongsToOneSearch()
{
    const PageCookie cookie {u"a+b"_s, u"9007199254740993"_s, 40};
    const QString text = cookie.toText(u"contact true"_s);

    QCOMPARE(*pageCookieFrom(text, u"contact true"_s), cookie);
    QVERIFY(!pageCookieFrom(text, u"company true"_s));
    QVERIFY(!pageCookieFrom(u""_s, u"contact true"_s));
    QVERIFY(!pageCookieFrom(u"12345"_s, u"contact true"_s));
    QVERIFY(!pageCookieFrom(u"###"_s, u"contact true"_s));
    for (qsizetype i = 0; i < text.size(); ++i) {
        QString changed = text;
        changed[i] = changed[i] == u'A' ? u'B' : u'A';
        const auto read = pageCookieFrom(changed, u"contact true"_s);
        QVERIFY(!read || *read == cookie); // The last character has spare bits.
    }
}

void TestConnectorValues::searchResultInIdmShape()
{
    SearchResult result;
    ConnectorObject object;
    object.uid = u"7"_s;
    object.attributes = {{u"city"_s, u"Oslo"_s}};
    result.objects = {object};
    result.count = 1;

    const QJsonObject expected = jsonOf(R"({"result":[{"_id":"7","city":"Oslo"}],
        "resultCount":1,"pagedResultsCookie":null,"totalPagedResultsPolicy":"NONE",
        "totalPagedResults":-1,"remainingPagedResults":-1})");
    QCOMPARE(result.toJson(), expected);
    result.pagedResultsCookie = u"x"_s;
    QCOMPARE(result.toJson()["pagedResultsCookie"_L1].toString(), u"x"_s);
}

void TestConnectorValues::validatesWithoutNetwork_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("property"); // Empty: valid.

    QTest::newRow("good") << u""_s << u""_s;
    QTest::newRow("VAL-1 no client id") << u"id"_s << u"clientId"_s;
    QTest::newRow("VAL-1 no secret") << u"secret"_s << u"clientSecret"_s;
    QTest::newRow("VAL-1 no token") << u"token"_s << u"refreshToken"_s;
    QTest::newRow("VAL-1 proxy without port") << u"proxy"_s << u"httpProxyPort"_s;
    QTest::newRow("no connections") << u"connections"_s << u"maximumConnections"_s;
    QTest::newRow("static token needs no app") << u"static"_s << u""_s;
}

void TestConnectorValues::validatesWithoutNetwork()
{
    QFETCH(QString, change);
    QFETCH(QString, property);
    ConnectorConfiguration configuration;
    configuration.clientId = change == "id"_L1 ? u" "_s : u"app"_s;
    configuration.hasClientSecret = change != "secret"_L1;
    configuration.hasRefreshToken = change != "token"_L1;
    configuration.httpProxyHost = change == "proxy"_L1 ? u"proxy.example"_s : QString();
    configuration.maximumConnections = change == "connections"_L1 ? 0 : 10;
    if (change == "static"_L1) {
        configuration = {};
        configuration.hasStaticToken = true;
    }

    const auto valid = validate(configuration);

    QCOMPARE(valid ? QString() : valid.error().fields.constFirst().property, property);
    QVERIFY(!configuration.toJson(false).contains(u"clientSecret"_s));
}

void TestConnectorValues::sortKeys()
{
    const auto keys = parseSortKeys(u"+lastname,-city,email"_s);

    QVERIFY(keys);
    QCOMPARE(keys->size(), 3);
    QVERIFY(keys->at(0).ascending && !keys->at(1).ascending && keys->at(2).ascending);
    QCOMPARE(keys->at(1).field, u"city"_s);
    QVERIFY(parseSortKeys(u""_s)->isEmpty());
    QVERIFY(!parseSortKeys(u"a,,b"_s));
    QVERIFY(!parseSortKeys(u"-"_s));
}

HUBKEEPER_TEST(TestConnectorValues)
#include "tst_connectorvalues.moc"
