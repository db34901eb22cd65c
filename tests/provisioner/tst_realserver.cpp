// SPDX-License-Identifier: MIT
#include "provisioner/rules/validation.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString folder = QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/provisioner/realserver/");

QByteArray recordedContent(const QString &name)
{
    QFile file(folder + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The sound file of which the others are variants.
QByteArray soundFile()
{
    const JsonText text(recordedContent(u"73-buffersize-1.json"_s));
    return applied(text.bytes(), {removeChild(text, text.at(u"/bufferSize"_s))});
}

/// "error", "warning", or "none" for what works: information does not count.
QString verdictOf(const QByteArray &bytes, ServerProfile profile,
                  const QString &name = u"provisioner.openicf-hubspot.json"_s)
{
    Severity worst = Severity::Info;
    for (const Finding &finding : validate(JsonText(bytes), {profile, name, {}}))
        worst = std::max(worst, finding.severity);
    return worst == Severity::Info ? u"none"_s : nameOf(worst);
}

QString listed(const QByteArray &bytes, ServerProfile profile)
{
    QString lines;
    const ValidationOptions options {profile, u"provisioner.openicf-hubspot.json"_s, {}};
    for (const Finding &finding : validate(JsonText(bytes), options))
        lines += u"\n%1 %2 %3 %4"_s.arg(finding.ruleId, nameOf(finding.severity), finding.pointer,
                                        finding.message);
    return lines;
}

/// The values of a cell of readings.tsv.
QByteArrayList valuesIn(const QString &cell)
{
    QByteArrayList values;
    for (const QString &value : cell.split(u" | "_s, Qt::SkipEmptyParts))
        values.append(value.toUtf8());
    return values;
}

/// What is made where the sound file has no such block.
const QHash<QString, const char *> &parents()
{
    static const QHash<QString, const char *> made {
        {u"/poolConfigOption"_s, "{}"},
        {u"/operationOptions"_s, "{}"},
        {u"/operationOptions/DELETE"_s, "{}"},
        {u"/operationOptions/CREATE"_s, "{}"},
        {u"/operationOptions/CREATE/operationOptionInfo"_s, "{}"},
        {u"/syncFailureHandler"_s, R"({"maxRetries": 5, "postRetryAction": "logged-ignore"})"},
        {u"/systemActions"_s,
         R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector",)"
         R"( "actionType": "groovy", "actionSource": "1 + 1"}]}])"}};
    return made;
}

QByteArray withValueAt(QByteArray bytes, const QString &pointer, const char *json)
{
    for (qsizetype slash = pointer.indexOf(u'/', 1); slash > 0;
         slash = pointer.indexOf(u'/', slash + 1)) {
        const QString parent = pointer.left(slash);
        if (JsonText(bytes).at(parent) == JsonText::none)
            bytes = withTextAt(bytes, parent, parents().value(parent, "{}"));
    }
    return withTextAt(bytes, pointer, json);
}

} // namespace

/// The validator says what OpenIDM 6.3.0 was seen to do.
class TestRealServer : public QObject
{
    Q_OBJECT

private slots:
    void agrees_data();
    void agrees();
    void readsEveryKey_data();
    void readsEveryKey();
    void effectsOnOthers_data();
    void effectsOnOthers();
    void readsTexts_data();
    void readsTexts();
    void fileNames_data();
    void fileNames();
    void encryptedBlocks_data();
    void encryptedBlocks();
    void oneCauseIsOneFinding_data();
    void oneCauseIsOneFinding();

private:
    static void addReading(const QString &pointer, const QByteArray &json, const QString &verdict,
                           bool onBoth);
};

void TestRealServer::agrees_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("deployedAs");
    QTest::addColumn<QString>("expected");
    const QStringList lines = QString::fromUtf8(recordedContent(u"index.tsv"_s)).split(u'\n');
    for (const QString &line : lines.mid(1)) {
        const QStringList cells = line.split(u'\t');
        if (cells.size() == 4)
            QTest::addRow("%s", qPrintable(cells[0])) << cells[0] << cells[1] << cells[3];
    }
}

void TestRealServer::agrees()
{
    QFETCH(QString, file);
    QFETCH(QString, deployedAs);
    QFETCH(QString, expected);
    const QByteArray bytes = recordedContent(file);
    QVERIFY(!bytes.isEmpty());

    const QString verdict = verdictOf(bytes, ServerProfile::Community, deployedAs);

    QCOMPARE(verdict, expected == "info"_L1 ? u"none"_s : expected);
}

void TestRealServer::addReading(const QString &pointer, const QByteArray &json,
                                const QString &verdict, bool onBoth)
{
    for (const auto profile : {ServerProfile::Community, ServerProfile::Commercial}) {
        if (profile == ServerProfile::Community || onBoth)
            QTest::addRow("%s %s %s", qPrintable(pointer), json.constData(),
                          qPrintable(nameOf(profile)))
                << pointer << json << verdict << profile;
    }
}

void TestRealServer::readsEveryKey_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<ServerProfile>("profile");
    const QStringList verdicts {u"error"_s, u"warning"_s, u"none"_s};
    const QStringList lines = QString::fromUtf8(recordedContent(u"readings.tsv"_s)).split(u'\n');
    for (const QString &line : lines.mid(1)) {
        const QStringList cells = line.split(u'\t');
        for (qsizetype i = 2; i < cells.size(); ++i) {
            for (const QByteArray &json : valuesIn(cells[i]))
                addReading(cells[0], json, verdicts[i - 2], cells[1] == "both"_L1);
        }
    }
}

void TestRealServer::readsEveryKey()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    QFETCH(ServerProfile, profile);
    const QByteArray bytes = withValueAt(soundFile(), pointer, json.constData());

    QVERIFY2(verdictOf(bytes, profile) == expected, qPrintable(listed(bytes, profile)));
}

void TestRealServer::effectsOnOthers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    const QByteArray sound = soundFile();
    const auto without = [&](const char *pointer) {
        return withTextAt(sound, QString::fromLatin1(pointer), nullptr);
    };

    // clang-format off
    QTest::newRow("empty")             << " \n"_ba << u"HK001"_s;
    QTest::newRow("nothing in it")     << "{}"_ba << u"HK028"_s;
    QTest::newRow("list")              << "[]"_ba << u"HK036"_s;
    QTest::newRow("mappings")          << R"({"mappings": []})"_ba << u"HK029"_s;
    QTest::newRow("envelope")          << "{\"configurations\": ["_ba + sound + "]}" << u"HK026"_s;
    QTest::newRow("no connectorRef")   << without("/connectorRef") << u"HK104"_s;
    QTest::newRow("no bundleName")     << without("/connectorRef/bundleName") << u"HK201"_s;
    QTest::newRow("no bundleVersion")  << without("/connectorRef/bundleVersion") << u"HK202"_s;
    QTest::newRow("no connectorName")  << without("/connectorRef/connectorName") << u"HK203"_s;
    QTest::newRow("number")            << withTextAt(sound, u"/connectorRef/bundleName"_s, "5") << u"HK204"_s;
    QTest::newRow("not a range")       << withTextAt(sound, u"/connectorRef/bundleVersion"_s, "\"[1\"") << u"HK207"_s;
    QTest::newRow("substitution")      << withTextAt(sound, u"/connectorRef/bundleVersion"_s, "\"&{v}\"") << u"HK216"_s;
    // clang-format on
}

void TestRealServer::effectsOnOthers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    const ValidationOptions options {
        ServerProfile::Community, u"provisioner.openicf-hubspot.json"_s, {}};

    for (const Finding &finding : validate(JsonText(bytes), options)) {
        if (finding.ruleId != id)
            continue;
        QCOMPARE(finding.severity, Severity::Error);
        QVERIFY2(finding.effect.contains("keeps other connectors from being loaded"_L1),
                 qPrintable(finding.effect));
        return;
    }
    QFAIL("not found");
}

void TestRealServer::readsTexts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const QByteArray sound = soundFile().trimmed();
    const auto inside = [&](const QByteArray &text) { return sound.left(1) + text + sound.mid(1); };
    const auto nested = [&](int levels) {
        return inside("\"x\": " + QByteArray(levels, '[') + QByteArray(levels, ']') + ",");
    };

    // clang-format off
    QTest::newRow("sound")                << sound                             << u"none"_s;
    QTest::newRow("line comment")         << inside("// x\n")                  << u"error"_s;
    QTest::newRow("block comment")        << inside("/* x */")                 << u"error"_s;
    QTest::newRow("hash comment")         << inside("# x\n")                   << u"error"_s;
    QTest::newRow("comment before")       << "// x\n" + sound                  << u"error"_s;
    QTest::newRow("comment behind")       << sound + "\n// x\n"                << u"warning"_s;
    QTest::newRow("open comment behind")  << sound + "\n/* x\n"                << u"warning"_s;
    QTest::newRow("hash behind")          << sound + "\n# x\n"                 << u"warning"_s;
    QTest::newRow("second bracket")       << sound + "}"                       << u"warning"_s;
    QTest::newRow("second document")      << sound + "\n{}"                    << u"warning"_s;
    QTest::newRow("words behind")         << sound + "\nend of file"           << u"warning"_s;
    QTest::newRow("NUL behind")           << sound + QByteArray(1, '\0')       << u"warning"_s;
    QTest::newRow("NUL inside")           << inside(QByteArray(1, '\0'))       << u"error"_s;
    QTest::newRow("raw tab")              << withTextAt(sound, u"/description"_s, "\"a\tb\"") << u"error"_s;
    QTest::newRow("trailing comma")       << sound.chopped(1) + ",}"           << u"error"_s;
    QTest::newRow("no-break space")       << inside("\xc2\xa0")                << u"error"_s;
    QTest::newRow("mark")                 << "\xef\xbb\xbf" + sound            << u"error"_s;
    QTest::newRow("Latin-1 in a text")    << withTextAt(sound, u"/description"_s, "\"a\xfc\"") << u"warning"_s;
    QTest::newRow("lone surrogate")       << withTextAt(sound, u"/description"_s, "\"\\ud800\"") << u"none"_s;
    QTest::newRow("escaped key")          << QByteArray(sound).replace("\"enabled\"", "\"\\u0065nabled\"") << u"none"_s;
    QTest::newRow("CR LF")                << QByteArray(sound).replace("\n", "\r\n") << u"none"_s;
    QTest::newRow("CR")                   << QByteArray(sound).replace("\n", "\r") << u"none"_s;
    QTest::newRow("twice, same value")    << inside("\"enabled\": true,")      << u"none"_s;
    QTest::newRow("twice, another value") << inside("\"enabled\": false,")     << u"warning"_s;
    QTest::newRow("first of two wrong")   << inside("\"enabled\": \"x\",")      << u"warning"_s;
    QTest::newRow("last of two wrong")    << sound.chopped(1) + ",\"enabled\": \"x\"}" << u"error"_s;
    QTest::newRow("first of two blocks wrong") << inside("\"connectorRef\": [],") << u"warning"_s;
    QTest::newRow("escaped key twice")    << inside("\"\\u0065nabled\": false,") << u"warning"_s;
    QTest::newRow("no last bracket")      << sound.chopped(1)                  << u"error"_s;
    QTest::newRow("comment for a bracket") << sound.chopped(1) + "// x\n"      << u"error"_s;
    QTest::newRow("type without a name")  << QByteArray(sound).replace("\"contact\": {", "\"\": {") << u"error"_s;
    QTest::newRow("990 levels")           << nested(990)                       << u"none"_s;
    QTest::newRow("1000 levels in all")   << nested(999)                       << u"none"_s;
    QTest::newRow("1001 levels in all")   << nested(1000)                      << u"error"_s;
    // clang-format on
}

void TestRealServer::readsTexts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    constexpr auto community = ServerProfile::Community;

    QVERIFY2(verdictOf(bytes, community) == expected, qPrintable(listed(bytes, community)));
}

void TestRealServer::fileNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");

    // clang-format off
    QTest::newRow("usual")      << u"provisioner.openicf-hubspot.json"_s     << u"none"_s;
    QTest::newRow("copy")       << u"provisioner.openicf-hubspot (1).json"_s << u"error"_s;
    QTest::newRow("asterisk")   << u"provisioner.openicf-hub*.json"_s        << u"error"_s;
    QTest::newRow("backslash")  << u"provisioner.openicf-hub\\.json"_s       << u"error"_s;
    QTest::newRow("dash")       << u"provisioner.openicf-hub-spot.json"_s    << u"warning"_s;
    QTest::newRow("blank")      << u"provisioner.openicf-hub spot.json"_s    << u"warning"_s;
    QTest::newRow("no name")    << u"provisioner.openicf-.json"_s            << u"warning"_s;
    QTest::newRow("capital P")  << u"Provisioner.openicf-hubspot.json"_s     << u"error"_s;
    QTest::newRow("JSON")       << u"provisioner.openicf-hubspot.JSON"_s     << u"error"_s;
    QTest::newRow("txt")        << u"provisioner.openicf-hubspot.json.txt"_s << u"error"_s;
    QTest::newRow("underscore") << u"provisioner.openicf_hubspot.json"_s     << u"error"_s;
    QTest::newRow("dot")        << u"provisioner.openicf.hubspot.json"_s     << u"error"_s;
    QTest::newRow("no openicf") << u"provisioner-hubspot.json"_s             << u"error"_s;
    // clang-format on
}

void TestRealServer::fileNames()
{
    QFETCH(QString, name);
    QTEST(verdictOf(soundFile(), ServerProfile::Community, name), "expected");
    QVERIFY(!nameToJudge(name).isEmpty());

    const JsonText text(soundFile());
    const QList<Finding> findings = validate(text, {ServerProfile::Community, name, {}});
    QVERIFY(findings.size() <= 1); // One name, one finding.
    for (const Finding &finding : findings) {
        if (finding.fix)
            QVERIFY(
                verdictOf(applied(text.bytes(), finding.fix->edits), ServerProfile::Community, name)
                == "none"_L1);
    }
}

void TestRealServer::encryptedBlocks_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<QString>("expected");
    const JsonText sound(soundFile());
    const QByteArray good =
        sound.rawOf(sound.at(u"/configurationProperties/clientSecret"_s)).simplified();
    const auto changed = [&](const char *from, const char *to) {
        const QByteArray block = QByteArray(good).replace(from, to);
        return block == good ? QByteArray("not changed") : block;
    };
    const QString secret = u"/configurationProperties/clientSecret"_s;
    const QString note = u"/description"_s;

    // clang-format off
    QTest::newRow("sound")             << secret << good                                             << u"none"_s;
    QTest::newRow("cut")               << secret << changed("2BeI", "")                            << u"error"_s;
    QTest::newRow("unknown cipher")    << secret << changed("AES/CBC/PKCS5Padding", "AES/X/None")    << u"error"_s;
    QTest::newRow("no IV")             << secret << changed("\"iv\"", "\"vi\"")                      << u"error"_s;
    QTest::newRow("short IV")          << secret << changed("ZJUIVOf85QjYeosc9LnTng==", "ZJUIVA==")  << u"error"_s;
    QTest::newRow("no key")            << secret << changed("\"key\"", "\"yek\"")                    << u"error"_s;
    QTest::newRow("no data")           << secret << changed("\"data\"", "\"atad\"")                  << u"error"_s;
    QTest::newRow("no type")           << secret << changed("\"type\"", "\"epyt\"")                  << u"error"_s;
    QTest::newRow("no value")          << secret << changed("\"value\"", "\"eulav\"")                << u"error"_s;
    QTest::newRow("unknown type")      << secret << changed("x-simple-encryption", "x-other")        << u"error"_s;
    QTest::newRow("hash")              << secret << changed("x-simple-encryption", "salted-hash")    << u"error"_s;
    QTest::newRow("selfservice key")   << secret << changed("openidm-sym-default", "openidm-selfservice-key") << u"none"_s;
    QTest::newRow("foreign key")       << secret << changed("openidm-sym-default", "tenant-two-key") << u"error"_s;
    QTest::newRow("misspelt key")      << secret << changed("openidm-sym-default", "openidm-sym-defualt") << u"error"_s;
    QTest::newRow("IV of other signs") << secret << changed("ZJUIVOf85QjYeosc9LnTng==", "ZJUIVOf85QjYeosc9LnT!!==") << u"error"_s;
    QTest::newRow("empty IV")          << secret << changed("ZJUIVOf85QjYeosc9LnTng==", "")          << u"error"_s;
    QTest::newRow("data of other signs") << secret << changed("2BeI", "2B*I")                      << u"error"_s;
    QTest::newRow("data of one sign more") << secret << changed("2BeI", "2BeIA")                   << u"error"_s;
    QTest::newRow("newer form")        << secret << changed("\"key\"", "\"stableId\"")               << u"error"_s;
    QTest::newRow("a member more")     << secret << changed("\"iv\"", "\"note\": 1, \"iv\"")         << u"none"_s;
    QTest::newRow("key a number")      << secret << changed("\"openidm-sym-default\"", "5")            << u"error"_s;
    QTest::newRow("key a list")        << secret << changed("\"openidm-sym-default\"", "[]")           << u"error"_s;
    QTest::newRow("key without data")  << secret << changed("\"openidm-sym-default\"", "{\"cipher\": \"RSA\"}") << u"error"_s;
    QTest::newRow("MAC of no use")     << secret << changed("\"iv\"", "\"mac\": \"x\", \"iv\"")         << u"none"_s;
    QTest::newRow("purpose of no use") << secret << changed("\"iv\"", "\"purpose\": \"idm.config.encryption\", \"iv\"") << u"none"_s;
    QTest::newRow("beside the block")  << secret << changed("{ \"$crypto\"", "{ \"a\": 1, \"$crypto\"") << u"warning"_s;
    QTest::newRow("in a client id")    << u"/configurationProperties/clientId"_s << good             << u"warning"_s;
    QTest::newRow("cut, client id")    << u"/configurationProperties/clientId"_s << changed("2BeI", "") << u"error"_s;
    QTest::newRow("in a description")  << note << good                                               << u"warning"_s;
    QTest::newRow("of an attribute")   << u"/objectTypes/contact/properties/email/description"_s << good << u"warning"_s;
    QTest::newRow("in an id")          << u"/objectTypes/contact/id"_s << good                       << u"warning"_s;
    QTest::newRow("of its items")      << u"/objectTypes/contact/properties/identity-profiles/items"_s << good << u"warning"_s;
    QTest::newRow("cut, description")  << note << changed("2BeI", "")                              << u"error"_s;
    QTest::newRow("cut, unknown key")  << u"/x"_s << changed("2BeI", "")                           << u"error"_s;
    // clang-format on
}

/// Every block is decrypted, wherever it is.
void TestRealServer::encryptedBlocks()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, block);
    const QByteArray bytes = withTextAt(soundFile(), pointer, block.constData());
    constexpr auto community = ServerProfile::Community;

    QTEST(verdictOf(bytes, community), "expected");
}

void TestRealServer::oneCauseIsOneFinding_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");

    // clang-format off
    QTest::newRow("no object types")   << u"/objectTypes"_s                                << "null"_ba;
    QTest::newRow("empty types")       << u"/objectTypes"_s                                << "{}"_ba;
    QTest::newRow("substituted secret")<< u"/configurationProperties/clientSecret"_s       << R"("&{x|y}")"_ba;
    QTest::newRow("open substitution") << u"/configurationProperties/permitsPerSecond"_s   << R"("&{x")"_ba;
    QTest::newRow("coerced number")    << u"/configurationProperties/permitsPerSecond"_s   << R"({"$int": "6"})"_ba;
    QTest::newRow("name of a number")  << u"/name"_s                                       << "5"_ba;
    QTest::newRow("reference")         << u"/connectorRef/bundleVersion"_s                 << R"("&{x|1}")"_ba;
    QTest::newRow("time-out")          << u"/operationTimeout/SEARCH"_s                    << "1e400"_ba;
    QTest::newRow("buffer size")       << u"/producerBufferSize"_s                         << "0"_ba;
    QTest::newRow("id")                << u"/_id"_s                                        << "5"_ba;
    QTest::newRow("refused type")      << u"/objectTypes/contact/properties/email/nativeType"_s << R"("JAVA_TYPE_INTEGER")"_ba;
    QTest::newRow("type of no name")   << u"/objectTypes/contact/properties/email/type"_s  << R"("&{}")"_ba;
    QTest::newRow("type not closed")   << u"/objectTypes/contact/properties/email/nativeType"_s << R"("&{x")"_ba;
    QTest::newRow("flag not a text")   << u"/objectTypes/contact/properties/vid/flags"_s   << "[5]"_ba;
    QTest::newRow("void denial")       << u"/operationOptions"_s                           << R"({"SEARCH": {"denied": true}})"_ba;
    QTest::newRow("denial of a text")  << u"/operationOptions"_s                           << R"({"SEARCH": {"denied": true, "supportedObjectTypes": "contact"}})"_ba;
    QTest::newRow("coerced switch")    << u"/enabled"_s                                    << R"({"$bool": "&{x|true}"})"_ba;
    QTest::newRow("pool by default")   << u"/poolConfigOption"_s                           << R"({"maxObjects": "&{x|10}"})"_ba;
    QTest::newRow("broken client id")  << u"/configurationProperties/clientId"_s           << R"({"$crypto": {"type": "x-simple-encryption"}})"_ba;
    QTest::newRow("quoted block")      << u"/configurationProperties/clientId"_s           << R"("{\"$crypto\":{}}")"_ba;
    QTest::newRow("proxy without port") << u"/configurationProperties/httpProxyPort"_s     << R"("")"_ba;
    // clang-format on
}

void TestRealServer::oneCauseIsOneFinding()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    const QByteArray bytes = withValueAt(soundFile(), pointer, json.constData());
    const ValidationOptions options {
        ServerProfile::Community, u"provisioner.openicf-hubspot.json"_s, {}};

    QVERIFY2(validate(JsonText(bytes), options).size() == 1,
             qPrintable(listed(bytes, ServerProfile::Community)));
}

HUBKEEPER_TEST(TestRealServer)
#include "tst_realserver.moc"
