// SPDX-License-Identifier: MIT
#include "provisioner/model/substitution.h"
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The reader of `&{...}`, and what the rules on secrets say beyond their examples.
class TestSubstitution : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void manyAreReadInTime();
    void coercible_data();
    void coercible();
    void says_data();
    void says();
    void neverTellsASecret_data();
    void neverTellsASecret();
};

namespace {

/// Of each: depth, "=" for a closed or "<" for an open one, content.
QString shownParts(const QString &text)
{
    QStringList shown;
    for (const Substitution &part : substitutionsIn(text)) {
        QString inside = part.name(text).toString();
        if (part.hasDefault())
            inside += u'|' + part.defaultText(text).toString();
        shown.append(
            u"%1%2%3"_s.arg(part.depth).arg(QChar(part.isClosed ? u'=' : u'<')).arg(inside));
    }
    return shown.join(u"  "_s);
}

} // namespace

void TestSubstitution::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("parts"); // Depth, "=" for closed or "<" for open, content.

    // clang-format off
    QTest::newRow("none")             << u"plain {text} & more"_s   << QString();
    QTest::newRow("empty text")       << QString()                  << QString();
    QTest::newRow("one")              << u"&{a.b}"_s                << u"0=a.b"_s;
    QTest::newRow("inside a text")    << u"http://&{host}:&{port}/"_s << u"0=host  0=port"_s;
    QTest::newRow("default")          << u"&{a|10}"_s               << u"0=a|10"_s;
    QTest::newRow("empty default")    << u"&{a|}"_s                 << u"0=a|"_s;
    QTest::newRow("bar in default")   << u"&{a|b|c}"_s              << u"0=a|b|c"_s;
    QTest::newRow("bar outside")      << u"a|&{b}|c"_s              << u"0=b"_s;
    QTest::newRow("nested in name")   << u"&{a.&{b}}"_s             << u"0=a.&{b}  1=b"_s;
    QTest::newRow("nested in default")<< u"&{a|&{b|c}}"_s           << u"0=a|&{b|c}  1=b|c"_s;
    QTest::newRow("bar of the inner") << u"&{a&{b|c}}"_s            << u"0=a&{b|c}  1=b|c"_s;
    QTest::newRow("unclosed")         << u"x &{a"_s                 << u"0<a"_s;
    QTest::newRow("unclosed outer")   << u"&{a|&{b}"_s              << u"0<a|&{b}  1=b"_s;
    QTest::newRow("only the start")   << u"&{"_s                    << u"0<"_s;
    QTest::newRow("empty")            << u"&{}"_s                   << u"0="_s;
    QTest::newRow("stray brace")      << u"}&{a}}"_s                << u"0=a"_s;
    QTest::newRow("ampersand alone")  << u"a&"_s                    << QString();
    // clang-format on
}

void TestSubstitution::reads()
{
    QFETCH(QString, text);

    QTEST(shownParts(text), "parts");
}

void TestSubstitution::manyAreReadInTime()
{
    const QString open = u"&{"_s.repeated(2'000'000);
    const QList<Substitution> parts = substitutionsIn(open);

    QCOMPARE(parts.size(), mostSubstitutions);
    QVERIFY(!parts.first().isClosed);
    QCOMPARE(substitutionsIn(u"&{a}"_s.repeated(500)).size(), 500);
}

void TestSubstitution::coercible_data()
{
    QTest::addColumn<QString>("coercion");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");

    // clang-format off
    QTest::newRow("whole")        << u"$int"_s    << u"10"_s        << true;
    QTest::newRow("negative")     << u"$int"_s    << u"-1"_s        << true;
    QTest::newRow("fraction")     << u"$int"_s    << u"1.5"_s       << false;
    QTest::newRow("word")         << u"$int"_s    << u"ten"_s       << false;
    QTest::newRow("number")       << u"$number"_s << u"1.5"_s       << true;
    QTest::newRow("no number")    << u"$number"_s << u"1,5"_s       << false;
    QTest::newRow("bool, any")    << u"$bool"_s   << u"yes"_s       << true;
    QTest::newRow("list, any")    << u"$list"_s   << u"a,b"_s       << true;
    QTest::newRow("array")        << u"$array"_s  << u"[1, 2]"_s    << true;
    QTest::newRow("no array")     << u"$array"_s  << u"1, 2"_s      << false;
    QTest::newRow("object")       << u"$object"_s << u"{\"a\": 1}"_s << true;
    QTest::newRow("no object")    << u"$object"_s << u"[]"_s        << false;
    QTest::newRow("Base64")       << u"$base64:decode"_s << u"YQ=="_s << true;
    QTest::newRow("no Base64")    << u"$base64:decode"_s << u"%"_s  << false;
    // clang-format on
}

void TestSubstitution::coercible()
{
    QFETCH(QString, coercion);
    QFETCH(QString, text);

    const auto known = coercionFrom(coercion);

    QVERIFY(known);
    QCOMPARE(nameOf(*known), coercion);
    QTEST(isCoercible(*known, text), "good");
}

void TestSubstitution::says_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("rules");

    const auto property = [](const char *name) {
        return u"/configurationProperties/"_s + QLatin1String(name);
    };
    // clang-format off
    QTest::newRow("nested coercions")     << property("clientId")          << QByteArray(R"({"$string": {"$base64:decode": "&{a}"}})") << QString();
    QTest::newRow("nested substitution")  << property("clientId")          << QByteArray(R"("&{a.&{b}}")")                  << QString();
    QTest::newRow("default of a default") << property("permitsPerSecond")  << QByteArray(R"({"$int": "&{a|&{b|ten}}"})")    << QString();
    QTest::newRow("text for a property")  << property("permitsPerSecond")  << QByteArray(R"("&{a}")")                       << QString();
    QTest::newRow("truth, upper case")    << u"/enabled"_s                 << QByteArray(R"({"$bool": "&{a|FALSE}"})")      << QString();
    QTest::newRow("list for a number")    << property("maximumConnections")<< QByteArray(R"({"$list": "&{a}"})")            << u"HK568"_s;
    QTest::newRow("number for a secret")  << property("refreshToken")      << QByteArray(R"({"$int": "&{a}"})")             << u"HK568"_s;
    QTest::newRow("bare number")          << u"/operationTimeout/CREATE"_s << QByteArray(R"("&{a}")")                       << u"HK567"_s;
    QTest::newRow("bare truth")           << u"/enabled"_s                 << QByteArray(R"("&{a}")")                       << u"HK567"_s;
    QTest::newRow("constant number")      << property("permitsPerSecond")  << QByteArray(R"({"$int": 6})")                  << u"HK566"_s;
    QTest::newRow("null operand")         << property("permitsPerSecond")  << QByteArray(R"({"$int": null})")               << u"HK563"_s;
    QTest::newRow("two open ones")        << property("clientId")          << QByteArray(R"("&{a|&{b")")                    << u"HK550"_s;
    QTest::newRow("script placeholder")   << u"/systemActions"_s           << QByteArray(R"([{"scriptId": "a", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "\"${a}\""}]}])") << QString();
    QTest::newRow("price in a text")      << u"/description"_s             << QByteArray(R"("costs ${5} or $ {x}")")        << QString();
    QTest::newRow("token in a comment")   << u"/description"_s             << QByteArray("\"x\" // pat-eu1-11111111-2222-3333-4444-555555555555\n") << u"HK505"_s;
    QTest::newRow("asymmetric block")     << property("clientSecret")      << QByteArray(R"({"$crypto": {"type": "x-simple-encryption", "value": {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/ECB/PKCS5Padding", "key": {"cipher": "RSA", "key": "a", "data": "YQ=="}}}})") << u"HK525"_s;
    QTest::newRow("older block without iv") << property("clientSecret")    << QByteArray(R"({"$crypto": {"type": "x-simple-encryption", "value": {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "a"}}})") << u"HK513 HK525 HK524"_s;
    QTest::newRow("block that is a text") << property("clientSecret")      << QByteArray(R"({"$crypto": "x"})")             << u"HK510"_s;
    // clang-format on
}

void TestSubstitution::says()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    const ValidationOptions options {
        ServerProfile::Commercial, u"provisioner.openicf-hubspot.json"_s, {}};

    QStringList found;
    for (const Finding &finding : validate(
             JsonText(withTextAt(faultlessProvisioner(), pointer, json.constData())), options)) {
        if (finding.ruleId.startsWith("HK5"_L1))
            found.append(finding.ruleId);
    }

    QTEST(found.join(u' '), "rules");
}

void TestSubstitution::neverTellsASecret_data()
{
    QTest::addColumn<QByteArray>("secret");

    // clang-format off
    QTest::newRow("plain text")     << QByteArray(R"("c4n4ry-value")");
    QTest::newRow("default")        << QByteArray(R"("&{a|c4n4ry-value}")");
    QTest::newRow("open default")   << QByteArray(R"("&{a|c4n4ry-value")");
    QTest::newRow("two defaults")   << QByteArray(R"("&{a|c4n4ry-value}&{a|x}")");
    QTest::newRow("shell style")    << QByteArray(R"("${x}c4n4ry-value")");
    QTest::newRow("coerced")        << QByteArray(R"({"$string": "c4n4ry-value"})");
    QTest::newRow("coerced wrong")  << QByteArray(R"({"$int": "c4n4ry-value"})");
    QTest::newRow("in a list")      << QByteArray(R"(["c4n4ry-value"])");
    QTest::newRow("in an object")   << QByteArray(R"({"c": "c4n4ry-value"})");
    QTest::newRow("beside a block") << QByteArray(R"({"c": "c4n4ry-value", "$crypto": {"type": "x"}})");
    QTest::newRow("in a block")     << QByteArray(R"({"$crypto": {"type": "x-simple-encryption", "value": {"data": "c4n4ry-value"}}})");
    QTest::newRow("quoted block")   << QByteArray(R"("{\"$crypto\": \"c4n4ry-value\"}")");
    QTest::newRow("blanks")         << QByteArray(R"("  c4n4ry-value ")");
    QTest::newRow("token")          << QByteArray(R"("pat-na1-c4n4ry-value")");
    // clang-format on
}

void TestSubstitution::neverTellsASecret()
{
    QFETCH(QByteArray, secret);
    for (const char *name : {"clientSecret", "refreshToken"}) {
        const QByteArray file =
            withTextAt(faultlessProvisioner(), u"/configurationProperties/"_s + QLatin1String(name),
                       secret.constData());
        for (const ServerProfile profile : {ServerProfile::Commercial, ServerProfile::Community}) {
            for (const Finding &finding :
                 validate(JsonText(file), {profile, u"provisioner.openicf-hubspot.json"_s, {}})) {
                const QString said = finding.message + finding.effect + finding.remedy
                    + finding.pointer + (finding.fix ? finding.fix->title : QString());
                QVERIFY2(!said.contains("c4n4ry"_L1), qPrintable(finding.ruleId + said));
            }
        }
    }
}

HUBKEEPER_TEST(TestSubstitution)
#include "tst_substitution.moc"
