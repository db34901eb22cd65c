// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QStringConverter>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ValidationOptions usual {ServerProfile::Commercial, u"provisioner.openicf-hubspot.json"_s,
                               QDate(2026, 11, 25)};

QStringList idsOf(const QList<Finding> &findings)
{
    QStringList ids;
    for (const Finding &finding : findings) {
        if (!ids.contains(finding.ruleId))
            ids.append(finding.ruleId);
    }
    return ids;
}

QList<Finding> findingsOf(const QByteArray &bytes, const ValidationOptions &options = usual)
{
    return validate(JsonText(bytes), options);
}

QByteArray manyKeys(int count)
{
    QByteArray keys = "{\"connectorRef\": {}";
    for (int i = 0; i < count; ++i)
        keys += ",\"enabledX" + QByteArray::number(i) + "\":1";
    return keys + '}';
}

QByteArray wide(const QByteArray &text, QStringConverter::Encoding encoding,
                QStringConverter::Flags flags = {})
{
    return QStringEncoder(encoding, flags)(QString::fromUtf8(text));
}

QByteArray sample()
{
    QFile file(
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray beforeInner =
    "{\n  \"meta\": {\"origin\": \"https://x/&{y}\", \"exportToolVersion\": \"v3\"},\n"
    "  \"idm\": {\n    \"provisioner.openicf/hubspotToken\": ";
const QByteArray afterInner = "\n  }\n}\n";

/// As frodo keeps a provisioner.
QByteArray frodos(const QByteArray &provisioner)
{
    return beforeInner + provisioner.trimmed() + afterInner;
}

/// What is said of each place, as a tool calls the file.
QStringList saidOf(const QByteArray &bytes, ServerProfile profile)
{
    QStringList said;
    for (const Finding &finding : findingsOf(bytes, {profile, {}, QDate(2027, 6, 1)}))
        said.append(finding.ruleId + u' ' + finding.pointer + u' ' + finding.message);
    return said;
}

/// Every sentence and every new text of a fix's title, in one.
QString allWords(const QList<Finding> &findings)
{
    QString words;
    for (const Finding &finding : findings) {
        words += finding.message + finding.effect + finding.remedy + finding.pointer;
        if (finding.fix)
            words += finding.fix->title;
    }
    return words;
}

} // namespace

/// The validator as a whole: any bytes end with findings, one mistake does not hide the next, no
/// sentence holds a secret.
class TestValidation : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatIsThere_data();
    void namesWhatIsThere();
    void findsBehindSyntaxFaults();
    void fixesSyntaxInOneGo();
    void saysNothingOfMissingPartsInBrokenText();
    void offersNoEditsAroundFaults();
    void keepsFewOfOneRule();
    void sortsByPlace();
    void neverTellsSecrets_data();
    void neverTellsSecrets();
    void leavesOtherConnectorsAlone();
    void findsTheSameInFrodosForm_data();
    void findsTheSameInFrodosForm();
    void fixesWithinFrodosForm();
    void saysWhoReadsFrodosForm();
    void mutatedFilesEnd();
    void safeFixesLeaveNothingNew();
};

void TestValidation::namesWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    using E = QStringConverter::Encoding;
    const QByteArray good = faultlessProvisioner();
    const auto mark = QStringConverter::Flag::WriteBom;

    // clang-format off
    QTest::newRow("empty")                 << ""_ba                                          << u"HK001"_s;
    QTest::newRow("blanks")                << " \n\t"_ba                                     << u"HK001"_s;
    QTest::newRow("UTF-16 LE, mark")       << wide(good, E::Utf16LE, mark)                   << u"HK002"_s;
    QTest::newRow("UTF-16 BE, mark")       << wide(good, E::Utf16BE, mark)                   << u"HK002"_s;
    QTest::newRow("UTF-16 LE")             << wide(good, E::Utf16LE)                         << u"HK002"_s;
    QTest::newRow("UTF-16 BE")             << wide(good, E::Utf16BE)                         << u"HK002"_s;
    QTest::newRow("UTF-32 LE")             << wide(good, E::Utf32LE)                         << u"HK002"_s;
    QTest::newRow("UTF-32 BE, mark")       << wide(good, E::Utf32BE, mark)                   << u"HK002"_s;
    QTest::newRow("half a character")      << QByteArray(good).replace("Hubspot Conn", "\xc3") << u"HK005"_s;
    QTest::newRow("NUL inside")            << QByteArray(good).replace("Hubspot Conn", QByteArray(1, '\0')) << u"HK004"_s;
    QTest::newRow("all NUL")               << QByteArray(1 << 20, '\0')                      << u"HK004"_s;
    QTest::newRow("100 MB of anything")    << QByteArray(100 << 20, 'x')                     << u"HK006"_s;
    QTest::newRow("100 MB of JSON")        << '[' + QByteArray("{},").repeated(35 << 20)     << u"HK006"_s;
    QTest::newRow("a million keys")        << manyKeys(1'000'000)                            << u"HK006"_s;
    QTest::newRow("a million elements")    << '[' + QByteArray("1,").repeated(1'000'000) + "1]" << u"HK006"_s;
    QTest::newRow("deep arrays")           << QByteArray(1 << 20, '[')                       << u"HK007"_s;
    QTest::newRow("deep objects")          << QByteArray("{\"a\":").repeated(1 << 18)        << u"HK007"_s;
    QTest::newRow("zip")                   << "PK\x03\x04 and more"_ba                       << u"HK020"_s;
    QTest::newRow("gzip")                  << "\x1f\x8b\x08"_ba                              << u"HK020"_s;
    QTest::newRow("XML")                   << "<?xml version=\"1.0\"?>"_ba                   << u"HK020"_s;
    QTest::newRow("image")                 << "\x89PNG\r\n"_ba                               << u"HK020"_s;
    QTest::newRow("answer to a query")     << "{\"result\": ["_ba + good + "]}"              << u"HK026"_s;
    QTest::newRow("list of files")         << '[' + good + ',' + good + ']'                  << u"HK026"_s;
    QTest::newRow("export by id")          << "{\"idm\": {\"provisioner.openicf/hubspot\": "_ba + good + "}}" << u"HK026"_s;
    QTest::newRow("export of many things") << "{\"idm\": {\"managed\": {}, \"provisioner.openicf/hubspot\": "_ba + good + "}}" << u"HK026"_s;
    QTest::newRow("export without one")    << R"({"idm": {"managed": {"objects": []}}})"_ba  << u"HK028"_s;
    QTest::newRow("nothing in frodo's")    << R"({"idm": {"provisioner.openicf/x": {}}})"_ba << u"HK028"_s;
    QTest::newRow("list of configurations")<< R"({"configurations": [{"_id": "x", "pid": "y"}]})"_ba << u"HK028"_s;
    QTest::newRow("nothing in it")         << "{}"_ba                                        << u"HK028"_s;
    QTest::newRow("another program's")     << R"({"name": "x", "version": "1.0"})"_ba        << u"HK028"_s;
    QTest::newRow("text")                  << "\"hello\""_ba                                 << u"HK036"_s;
    QTest::newRow("YAML")                  << "connectorRef:\n  bundleName: x\n"_ba          << u"HK018"_s;
    // clang-format on
}

void TestValidation::namesWhatIsThere()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);

    const QList<Finding> findings = findingsOf(bytes);

    QVERIFY2(idsOf(findings).contains(id), qPrintable(idsOf(findings).join(u' ')));
    for (const Finding &finding : findings)
        QVERIFY(finding.at.begin >= 0 && finding.at.end <= bytes.size());
}

void TestValidation::findsBehindSyntaxFaults()
{
    const QByteArray bytes = R"({
        'connectorRef': {"bundleName": "org.forgerock.openicf.connectors.hubspot-connector"
            "bundleVersion": "[1.5.0.0",
            connectorName: "org.forgerock.openicf.connectors.hubspot.HubSpotConnector",},
        "enabled": True,
        "configurationProperties": {"permitsPerSecond": "many", "clientID": "x",,}
    })";

    const QStringList ids = idsOf(findingsOf(bytes));

    for (const char *id :
         {"HK011", "HK012", "HK014", "HK015", "HK030", "HK206", "HK207", "HK401", "HK403"})
        QVERIFY2(ids.contains(QLatin1StringView(id)), id);
}

void TestValidation::fixesSyntaxInOneGo()
{
    QByteArray broken = faultlessProvisioner();
    broken.replace("\"enabled\": true,", "enabled = True;");
    broken.replace("\"readSchema\": false,", "'readSchema': FALSE");
    broken.replace("\"displayName\": \"Hubspot Connector\"",
                   "\xe2\x80\x9c"
                   "displayName\xe2\x80\x9d: 'Hubspot Connector'");
    broken.replace("[\"NOT_CREATABLE\", \"NOT_UPDATEABLE\"]",
                   "[\"NOT_CREATABLE\",, \"NOT_UPDATEABLE\",]");
    broken.replace("\"SEARCH\": 60000", "\"SEARCH\": +60000");
    broken += "},";
    QVERIFY(JsonText(broken).faults().size() > 8);

    const FixOutcome outcome = withFixes(broken, usual);

    QVERIFY2(JsonText(outcome.bytes).isValid(), outcome.bytes.constData());
    const JsonText fixed(outcome.bytes);
    const JsonText original(faultlessProvisioner());
    QCOMPARE(fixed.valueOf(fixed.root()), original.valueOf(original.root()));
}

void TestValidation::saysNothingOfMissingPartsInBrokenText()
{
    // The opening quote of clientSecret's value is lost with its line: nobody knows it is missing.
    QByteArray broken = faultlessProvisioner();
    broken.replace("\"clientSecret\": \"&{hubspot.client.secret}\",", "\"clientSecret: \n");

    const QStringList ids = idsOf(findingsOf(broken));

    QVERIFY(ids.contains(u"HK008"_s));
    QVERIFY(!ids.contains(u"HK406"_s));
}

void TestValidation::offersNoEditsAroundFaults()
{
    QByteArray broken = withTextAt(faultlessProvisioner(), u"/poolConfigOptions"_s, "{}");
    broken.replace("\"enabled\": true,", "\"enabled\": true");

    for (const Finding &finding : findingsOf(broken))
        QCOMPARE(finding.fix.has_value(), finding.ruleId == "HK012"_L1);
}

void TestValidation::keepsFewOfOneRule()
{
    const QList<Finding> findings = findingsOf(manyKeys(5'000));

    const auto unknown = std::count_if(findings.begin(), findings.end(),
                                       [](const Finding &f) { return f.ruleId == "HK101"_L1; });
    QCOMPARE(unknown, 100);
}

void TestValidation::sortsByPlace()
{
    const QList<Finding> findings = findingsOf(sample());

    QVERIFY(
        std::is_sorted(findings.begin(), findings.end(),
                       [](const Finding &a, const Finding &b) { return a.at.begin < b.at.begin; }));
}

void TestValidation::neverTellsSecrets_data()
{
    QTest::addColumn<QByteArray>("json");

    // clang-format off
    QTest::newRow("plain")            << R"("CANARY-1234")"_ba;
    QTest::newRow("blanks")           << R"(" CANARY-1234 ")"_ba;
    QTest::newRow("bearer")           << R"("Bearer CANARY-1234")"_ba;
    QTest::newRow("private app")      << R"("pat-na1-CANARY-1234")"_ba;
    QTest::newRow("access token")     << R"("CANARY-1234ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")"_ba;
    QTest::newRow("address")          << R"("https://x/?code=CANARY-1234")"_ba;
    QTest::newRow("line break")       << R"("CANARY-1234\nx")"_ba;
    QTest::newRow("placeholder")      << R"("<CANARY-1234>")"_ba;
    QTest::newRow("no quotes")        << "CANARY-1234"_ba;
    QTest::newRow("wrong quotes")     << "'CANARY-1234'"_ba;
    QTest::newRow("open quote")       << "\"CANARY-1234"_ba;
    QTest::newRow("bad escape")       << R"("\CANARY-1234")"_ba;
    QTest::newRow("control")          << "\"CANARY-1234\t\""_ba;
    QTest::newRow("object")           << R"({"value": "CANARY-1234"})"_ba;
    QTest::newRow("array")            << R"(["CANARY-1234"])"_ba;
    QTest::newRow("default")          << R"("&{x|CANARY-1234}")"_ba;
    QTest::newRow("open substitution")<< R"("&{x|CANARY-1234")"_ba;
    QTest::newRow("coerced")          << R"({"$string": "CANARY-1234"})"_ba;
    QTest::newRow("half crypto")      << R"({"$crypto": "CANARY-1234"})"_ba;
    QTest::newRow("quoted crypto")    << R"("{\"$crypto\": \"CANARY-1234\"}")"_ba;
    QTest::newRow("crypto")           << R"({"$crypto": {"type": "x", "value": {"key": "k", "data": "CANARY-1234"}}})"_ba;
    QTest::newRow("number")           << "66121234"_ba;
    QTest::newRow("bad number")       << "066121234"_ba;
    // clang-format on
}

void TestValidation::neverTellsSecrets()
{
    QFETCH(QByteArray, json);
    for (const auto profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        for (const char *name : {"clientSecret", "refreshToken"}) {
            ValidationOptions options = usual;
            options.profile = profile;
            const QString pointer = u"/configurationProperties/"_s + QLatin1StringView(name);

            const QList<Finding> findings = findingsOf(
                withTextAt(faultlessProvisioner(profile), pointer, json.constData()), options);

            QVERIFY(!findings.isEmpty());
            const QString words = allWords(findings);
            QVERIFY2(!words.contains("CANARY"_L1), qPrintable(words));
            QVERIFY2(!words.contains("6121234"_L1), qPrintable(words));
        }
    }
}

void TestValidation::leavesOtherConnectorsAlone()
{
    QByteArray ldap = faultlessProvisioner();
    ldap.replace("org.forgerock.openicf.connectors.hubspot-connector",
                 "org.forgerock.openicf.connectors.ldap-connector");
    ldap.replace("org.forgerock.openicf.connectors.hubspot.HubspotConnector",
                 "org.identityconnectors.ldap.LdapConnector");
    ldap.replace("\"clientId\"", "\"principal\"");
    ldap.replace("hubspot.client.secret", "ldap.password");

    QCOMPARE(idsOf(findingsOf(ldap)), QStringList {u"HK037"_s});
}

void TestValidation::findsTheSameInFrodosForm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ServerProfile>("profile");
    for (const ServerProfile profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        const QByteArray good = faultlessProvisioner(profile);
        const auto row = [&](const char *name, const QByteArray &bytes) {
            QTest::addRow("%s, %d", name, int(profile)) << bytes << profile;
        };
        row("faultless", good);
        row("sample", sample());
        row("wrong kinds", QByteArray(good).replace(": 10", ": \"ten\""));
        row("unknown key", QByteArray(good).replace("\"enabled\"", "\"enabeld\""));
        row("plain secret",
            QByteArray(good).replace("\"&{hubspot.client.secret}\"", "\"hush0001\""));
        row("half a substitution", QByteArray(good).replace("Hubspot Conn", "&{x"));
        row("an attribute", QByteArray(good).replace("\"string\"", "\"strnig\""));
        row("no objectTypes", QByteArray(good).replace("\"objectTypes\"", "\"x\""));
        row("deep",
            QByteArray(good).replace("\"enabled\": true",
                                     "\"enabled\": " + QByteArray(600, '[')
                                         + QByteArray(600, ']')));
    }
}

void TestValidation::findsTheSameInFrodosForm()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ServerProfile, profile);
    QCOMPARE(saidOf(frodos(bytes), profile), saidOf(bytes, profile));
}

void TestValidation::fixesWithinFrodosForm()
{
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"enabled\"", "\"enabeld\"");
    const ValidationOptions ofTool {ServerProfile::Commercial, {}, {}};
    QCOMPARE(withFixes(frodos(faulty), ofTool).bytes, frodos(faultlessProvisioner()));
    // Lines and columns are those of the file.
    const QList<Finding> findings = findingsOf(frodos(faulty), ofTool);
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0].position.line, 3 + findingsOf(faulty, ofTool)[0].position.line);
    // The bytes of the whole file are judged as ever.
    QCOMPARE(idsOf(findingsOf("/* x */" + frodos(faultlessProvisioner()), ofTool)),
             idsOf(findingsOf("/* x */" + faultlessProvisioner(), ofTool)));
    QByteArray twice = frodos(faultlessProvisioner());
    twice.replace("\"meta\": {", "\"meta\": {\"origin\": 1, ");
    QCOMPARE(findingsOf(twice, ofTool).size(), 1);
    QCOMPARE(findingsOf(twice, ofTool)[0].pointer, u"../meta/origin"_s);
    QByteArray deep = frodos(faultlessProvisioner());
    deep.replace("\"v3\"", QByteArray(600, '[') + QByteArray(600, ']'));
    QCOMPARE(findingsOf(deep, ofTool).size(), 1);
    QCOMPARE(findingsOf(deep, ofTool)[0].pointer, u"../meta"_s);
}

void TestValidation::saysWhoReadsFrodosForm()
{
    const QList<Finding> findings =
        findingsOf(frodos(faultlessProvisioner()), {ServerProfile::Commercial, usual.fileName, {}});
    QCOMPARE(idsOf(findings), QStringList {u"HK026"_s}); // By its name it is a server's file.
    QVERIFY2(findings[0].message.contains("/idm/provisioner.openicf~1hubspot"_L1),
             qPrintable(findings[0].message));
    QVERIFY(findings[0].fix.has_value());
    QCOMPARE(applied(frodos(faultlessProvisioner()), findings[0].fix->edits),
             faultlessProvisioner().trimmed() + "\n");
}

void TestValidation::mutatedFilesEnd()
{
    QRandomGenerator random(7);
    const QByteArray alphabet = "{}[]\",:\\/*\n 0etn\xff&$'="_ba;
    for (int round = 0; round < 400; ++round) {
        QByteArray bytes = round % 2 == 0 ? sample() : faultlessProvisioner();
        if (round % 4 > 1)
            bytes = frodos(bytes);
        for (int i = 0; i < 4; ++i) {
            const qsizetype at = random.bounded(int(bytes.size()));
            if (round % 3 == 0)
                bytes.remove(at, random.bounded(20));
            else
                bytes[at] = alphabet[random.bounded(int(alphabet.size()))];
        }
        ValidationOptions options = usual;
        options.profile = round % 5 == 0 ? ServerProfile::Community : ServerProfile::Commercial;
        for (const Finding &finding : findingsOf(bytes, options)) {
            QVERIFY(finding.at.begin >= 0 && finding.at.end <= bytes.size());
            if (finding.fix) // Whatever they do, they fit the text.
                QVERIFY(!applied(bytes, finding.fix->edits).isEmpty());
        }
    }
}

void TestValidation::safeFixesLeaveNothingNew()
{
    // A file with a mistake in every block.
    QByteArray bytes = faultlessProvisioner();
    bytes = withTextAt(bytes, u"/_id"_s, R"("provisioner.openicf/hubspot")");
    bytes = withTextAt(bytes, u"/enabled"_s, R"("true")");
    bytes = withTextAt(bytes, u"/bufferSize"_s, "100");
    bytes = withTextAt(bytes, u"/poolConfigOption"_s, R"({"maxObject": "10"})");
    bytes = withTextAt(bytes, u"/connectorRef/connectorHostRef"_s, R"("localhost")");
    bytes = withTextAt(bytes, u"/configurationProperties/clientId"_s,
                       R"(" 3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91 ")");
    bytes = withTextAt(bytes, u"/configurationProperties/permitsPerSecond"_s, R"("6")");
    bytes = withTextAt(bytes, u"/configurationProperties/httpProxyHost"_s,
                       R"("http://proxy.example.com:3128/")");
    bytes = withTextAt(bytes, u"/operationTimeout/SEARCH"_s, R"("60000")");
    ValidationOptions options = usual;
    options.today = {};
    QVERIFY(findingsOf(bytes, options).size() >= 9);

    const FixOutcome outcome = withFixes(bytes, options);

    QVERIFY2(outcome.remaining.isEmpty(), qPrintable(allWords(outcome.remaining)));
    QVERIFY(JsonText(outcome.bytes).isValid());
}

HUBKEEPER_TEST(TestValidation)
#include "tst_validation.moc"
