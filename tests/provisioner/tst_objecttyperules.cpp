// SPDX-License-Identifier: MIT
#include "provisioner/model/objecttypes.h"
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ValidationOptions typeRuleOptions {
    ServerProfile::Commercial, u"provisioner.openicf-hubspot.json"_s, {}};

QString idsIn(const QByteArray &file)
{
    QStringList ids;
    for (const Finding &finding : validate(JsonText(file), typeRuleOptions))
        ids.append(finding.ruleId);
    return ids.join(u' ');
}

} // namespace

/// What the rules on object types say beyond their examples, and above all what they leave alone:
/// what shipped files do (idm-connector 2.6).
class TestObjectTypeRules : public QObject
{
    Q_OBJECT

private slots:
    void contactAttribute_data();
    void contactAttribute();
    void objectType_data();
    void objectType();
    void whatHubSpotEndsIsOneFinding_data();
    void whatHubSpotEndsIsOneFinding();
    void otherConnectorsHaveOtherClasses();
    void readSchemaOpensTheSchema_data();
    void readSchemaOpensTheSchema();
    void fixesOfAllFlagsTogether();
    void knowsTheShippedTypes();
    void readsWhatIsDeclared();
};

void TestObjectTypeRules::contactAttribute_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("rules");

    // clang-format off
    QTest::newRow("dashes")                << u"is-contact"_s   << QByteArray(R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << QString();
    QTest::newRow("array without items")   << u"merged-vids"_s  << QByteArray(R"({"type": "array", "nativeType": "object", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << QString();
    QTest::newRow("items of another type") << u"merged-vids"_s  << QByteArray(R"({"type": "array", "items": {"type": "object", "nativeType": "string"}, "nativeType": "object", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << QString();
    QTest::newRow("Java type")             << u"city"_s         << QByteArray(R"({"type": "string", "nativeType": "JAVA_TYPE_STRING"})") << QString();
    QTest::newRow("any")                   << u"city"_s         << QByteArray(R"({"type": "any", "nativeType": "object"})") << u"HK667"_s;
    QTest::newRow("any without native type") << u"city"_s       << QByteArray(R"({"type": "any"})")                       << u"HK627"_s;
    QTest::newRow("other scalar")          << u"city"_s         << QByteArray(R"({"type": "integer", "nativeType": "string"})") << u"HK667"_s;
    QTest::newRow("array by type alone")   << u"city"_s         << QByteArray(R"({"type": "array"})")                     << u"HK624"_s;
    QTest::newRow("known extra flags")     << u"city"_s         << QByteArray(R"({"type": "string", "flags": ["AUDITED", "NOT_QUERYABLE"]})") << QString();
    QTest::newRow("flag in lower case")    << u"city"_s         << QByteArray(R"({"type": "string", "flags": ["not_updateable"]})") << u"HK641"_s;
    QTest::newRow("null flags")            << u"city"_s         << QByteArray(R"({"type": "string", "flags": null})")     << QString();
    QTest::newRow("substituted required")  << u"city"_s         << QByteArray(R"({"type": "string", "required": {"$bool": "&{a|false}"}})") << QString();
    QTest::newRow("number for required")   << u"city"_s         << QByteArray(R"({"type": "string", "required": 1})")     << u"HK630"_s;
    QTest::newRow("name under its name")   << u"vid2"_s         << QByteArray(R"({"type": "string", "nativeName": "vid", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << QString();
    QTest::newRow("key as attribute name") << u"__NAME2__"_s    << QByteArray(R"({"type": "string", "nativeName": "city"})") << QString();
    QTest::newRow("empty object")          << u"city"_s         << QByteArray("{}")                                       << u"HK621"_s;
    QTest::newRow("null")                  << u"city"_s         << QByteArray("null")                                     << u"HK620"_s;
    QTest::newRow("only creatable")        << u"addedAt"_s      << QByteArray(R"({"type": "string", "flags": ["NOT_UPDATEABLE"]})") << u"HK665"_s;
    QTest::newRow("misspelt, read-only")   << u"addedAt"_s      << QByteArray(R"({"type": "string", "flags": ["NOT_CREATEABLE", "NOT_UPDATABLE"]})") << u"HK665 HK641 HK641"_s;
    QTest::newRow("default fits")          << u"city"_s         << QByteArray(R"({"type": "string", "default": "Bonn"})") << QString();
    QTest::newRow("default list")          << u"city"_s         << QByteArray(R"({"type": "string", "default": ["Bonn"]})") << u"HK638"_s;
    // clang-format on
}

void TestObjectTypeRules::contactAttribute()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, json);

    const QByteArray file = withTextAt(
        faultlessProvisioner(), u"/objectTypes/contact/properties/"_s + name, json.constData());

    QTEST(idsIn(file), "rules");
}

void TestObjectTypeRules::objectType_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("rules");

    const QByteArray owner = R"("properties": {"ownerId": {"type": "string",
        "nativeName": "__NAME__", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})";
    // clang-format off
    QTest::newRow("another key")          << u"staff"_s     << R"({"nativeType": "owner", )" + owner                     << QString();
    QTest::newRow("other id")             << u"staff"_s     << R"({"id": "owner", "nativeType": "owner", )" + owner      << u"HK608"_s;
    QTest::newRow("everything")           << u"__ALL__"_s   << QByteArray(R"({"nativeType": "__ALL__"})")                << QString();
    QTest::newRow("account of others")    << u"account"_s   << R"({"nativeType": "__ACCOUNT__", )" + owner               << u"HK660"_s;
    QTest::newRow("upper case")           << u"staff"_s     << R"({"nativeType": "OWNER", )" + owner                     << u"HK661"_s;
    QTest::newRow("no native type, unknown key") << u"staff"_s << '{' + owner                                            << u"HK602"_s;
    QTest::newRow("blank in the name")    << u"my staff"_s  << R"({"nativeType": "owner", )" + owner                     << u"HK613"_s;
    QTest::newRow("null")                 << u"staff"_s     << QByteArray("null")                                        << u"HK601"_s;
    // clang-format on
}

void TestObjectTypeRules::objectType()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, json);

    const QByteArray file =
        withTextAt(faultlessProvisioner(), u"/objectTypes/"_s + name, json.constData());

    QTEST(idsIn(file), "rules");
}

void TestObjectTypeRules::whatHubSpotEndsIsOneFinding_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("rule");
    QTest::newRow("contact") << u"contact"_s << u"profile-token"_s << u"HK805"_s;
    QTest::newRow("letter case") << u"contact"_s << u"Profile-Token"_s << u"HK805"_s;
    QTest::newRow("lists of contacts") << u"contact"_s << u"form-submissions"_s << u"HK805"_s;
    QTest::newRow("company") << u"company"_s << u"stateChanges"_s << u"HK806"_s;
    QTest::newRow("gone already") << u"owner"_s << u"remoteList"_s << u"HK664"_s;
}

void TestObjectTypeRules::whatHubSpotEndsIsOneFinding()
{
    QFETCH(QString, type);
    QFETCH(QString, attribute);
    const QByteArray json = uR"({"nativeType": "%1", "properties": {"%2":
        {"type": "any", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})"_s.arg(type, attribute)
                                .toUtf8();
    const QByteArray file =
        withTextAt(faultlessProvisioner(), u"/objectTypes/%1"_s.arg(type), json);
    ValidationOptions options = typeRuleOptions;
    options.today = QDate(2026, 11, 28);
    QStringList rules;
    for (const Finding &finding : validate(JsonText(file), options)) {
        if (finding.pointer.endsWith(attribute))
            rules.append(finding.ruleId);
    }
    rules.removeDuplicates();
    QTEST(rules.join(u' '), "rule");
}

void TestObjectTypeRules::otherConnectorsHaveOtherClasses()
{
    QByteArray file = withTextAt(faultlessProvisioner(), u"/objectTypes/contact/nativeType"_s,
                                 R"("__ACCOUNT__")");
    QVERIFY(idsIn(file).contains(u"HK660"_s));

    file.replace("hubspot-connector", "ldap-connector");
    file.replace("hubspot.HubspotConnector", "ldap.LdapConnector");

    QVERIFY2(!idsIn(file).contains(u"HK66"_s), qPrintable(idsIn(file)));
}

void TestObjectTypeRules::readSchemaOpensTheSchema_data()
{
    QTest::addColumn<QByteArray>("readSchema");
    QTest::addColumn<bool>("closed");

    // clang-format off
    QTest::newRow("false")       << QByteArray("false")                     << true;
    QTest::newRow("\"false\"")   << QByteArray("\"false\"")                 << true;
    QTest::newRow("0")           << QByteArray("0")                         << true;
    QTest::newRow("true")        << QByteArray("true")                      << false;
    QTest::newRow("\"TRUE\"")    << QByteArray("\"TRUE\"")                  << false;
    QTest::newRow("substituted") << QByteArray("\"&{hubspot.readSchema}\"") << false;
    // clang-format on
}

void TestObjectTypeRules::readSchemaOpensTheSchema()
{
    QFETCH(QByteArray, readSchema);
    QByteArray file = withTextAt(faultlessProvisioner(), u"/configurationProperties/readSchema"_s,
                                 readSchema.constData());
    file = withTextAt(file, u"/objectTypes/contact/properties/jobtitle"_s, R"({"type": "string"})");

    QTEST(idsIn(file).contains(u"HK662"_s), "closed");
}

void TestObjectTypeRules::fixesOfAllFlagsTogether()
{
    const QByteArray file = withTextAt(
        faultlessProvisioner(), u"/objectTypes/contact/properties/addedAt"_s,
        R"({"type": "string", "flags": ["NOT_CREATEABLE", "NOT_CREATEABLE", "NOT_UPDATABLE", 7]})");

    const FixOutcome outcome = withFixes(file, typeRuleOptions);

    const JsonText text(outcome.bytes);
    QCOMPARE(outcome.remaining.size(), 0);
    QVERIFY(text.isValid());
    const QByteArray flags =
        text.rawOf(text.at(u"/objectTypes/contact/properties/addedAt/flags"_s));
    QVERIFY2(flags.count("\"NOT_CREATABLE\"") == 1 && flags.count("\"NOT_UPDATEABLE\"") == 1,
             flags.constData());
}

void TestObjectTypeRules::knowsTheShippedTypes()
{
    QCOMPARE(shippedObjectTypes().size(), 5);
    QCOMPARE(shippedObjectType(u"contact"_s)->attributes.size(), 19);
    QCOMPARE(shippedObjectType(u"company"_s)->attributes.size(), 14);
    QCOMPARE(shippedObjectType(u"owner"_s)->attributes.size(), 9);
    QCOMPARE(shippedObjectType(u"contactProperties"_s)->attributes.size(), 29);
    QCOMPARE(shippedObjectType(u"companyProperties"_s)->attributes.size(), 29);
    QVERIFY(!shippedObjectType(u"Contact"_s));
    QCOMPARE(shippedObjectType(u"company"_s)->findNative(u"__name__"_s)->name, u"companyId"_s);
}

void TestObjectTypeRules::readsWhatIsDeclared()
{
    const JsonText text(R"({"objectTypes": {"a": 1, "b": {"properties": {"x": {
        "type": "array", "items": {"type": "object"}, "required": true,
        "flags": ["NOT_CREATABLE", 7, "ODD"]}, "y": null}}}})");

    const QList<DeclaredObjectType> types = declaredObjectTypes(text);

    QCOMPARE(types.size(), 1);
    QCOMPARE(types.first().nativeType, u"b"_s);
    QCOMPARE(types.first().attributes.size(), 1);
    const DeclaredAttribute &attribute = types.first().attributes.first();
    QCOMPARE(attribute.nativeName, u"x"_s);
    QCOMPARE(attribute.nativeType, u"array"_s);
    QCOMPARE(attribute.itemType, u"object"_s);
    QVERIFY(attribute.required && !attribute.isCreatable() && attribute.isUpdateable());
    QCOMPARE(attribute.flags, (QStringList {u"NOT_CREATABLE"_s, u"ODD"_s}));
    QVERIFY(declaredObjectTypes(JsonText("[]")).isEmpty());
    QVERIFY(declaredObjectTypes(JsonText("")).isEmpty());
}

HUBKEEPER_TEST(TestObjectTypeRules)
#include "tst_objecttyperules.moc"
