// SPDX-License-Identifier: MIT
#include "policy/policyjson.h"
#include "policy/policyparser.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QByteArray someKey = QByteArray(32, 'k').toBase64();
const QByteArray otherKey = QByteArray(32, 'o').toBase64();

/// Each member in a line of its own, from line 4 on.
QByteArray withMembers(const QByteArray &members)
{
    return "{\n\"format\": \"hubkeeper-policy\",\n\"version\": 1"
        + (members.isEmpty() ? QByteArray() : ",\n" + members) + "\n}\n";
}

Policy parsed(const QByteArray &members)
{
    const ParsedPolicy result = parsePolicy(withMembers(members), u"/p.json"_s);
    if (!result.faults.isEmpty())
        qFatal("%s", qUtf8Printable(summaryOf(result.faults)));
    return result.policy;
}

QByteArray trusted(const QByteArray &key)
{
    return R"({"name": "N", "key": ")" + key + R"(", "accounts": ["a"]})";
}

} // namespace

/// What a policy file may say, and which line of it is wrong.
class TestPolicyParser : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void everyFaultIsNamed();
    void strictestRuleCounts();
    void unknownPortalIsUnclear();
    void serversAreComparedByAddress_data();
    void serversAreComparedByAddress();
    void emptyPolicyForbidsNothing();
    void printsWhatItRead();
};

void TestPolicyParser::faults_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says"); // Empty: no fault.

    const auto row = [](const char *name, const QByteArray &members, int line,
                        const QString &says) {
        QTest::newRow(name) << withMembers(members) << line << says;
    };
    QTest::newRow("nothing") << QByteArray() << 1 << u"empty"_s;
    QTest::newRow("not JSON") << QByteArray("{\n\"format\": oops\n}") << 2 << u"not a JSON value"_s;
    QTest::newRow("list") << QByteArray("[]") << 1 << u"not an object"_s;
    QTest::newRow("bare") << withMembers({}) << 0 << u""_s;
    QTest::newRow("no format") << QByteArray("{\"version\": 1}") << 1 << u"\"format\" is missing"_s;
    QTest::newRow("no version") << QByteArray("{\"format\": \"hubkeeper-policy\"}") << 1
                                << u"\"version\" is missing"_s;
    QTest::newRow("other format") << QByteArray("{\"version\": 1,\n\"format\": \"x\"}") << 2
                                  << u"hubkeeper-policy"_s;
    QTest::newRow("newer") << QByteArray("{\"format\": \"hubkeeper-policy\",\n\"version\": 2}") << 2
                           << u"newer than 1"_s;
    QTest::newRow("version 0") << QByteArray("{\"format\": \"hubkeeper-policy\", \"version\": 0}")
                               << 1 << u"is not 1"_s;
    row("comment", "// why\n\"masking\": true", 4, u"comment"_s);
    row("unknown key", "\"masking\": true,\n\"portal\": []", 5, u"\"portal\" is not known"_s);
    row("twice", "\"masking\": true,\n\"masking\": false", 5, u"twice"_s);
    row("masking", "\"masking\": true", 0, {});
    row("masking as text", "\"masking\": \"yes\"", 4, u"neither true nor false"_s);
    row("contact", "\"contact\": \"x\"", 0, {});
    row("empty contact", "\"contact\": \" \"", 4, u"empty"_s);
    row("allowed portals", "\"allowedPortals\": [\"4711\", 4712]", 0, {});
    row("no portal allowed", "\"allowedPortals\": []", 0, {});
    row("portal as word", "\"allowedPortals\": [\n\"Acme\"]", 5, u"id of a portal"_s);
    row("portal with zeros", "\"allowedPortals\": [\"0123\"]", 4, u"id of a portal"_s);
    row("portal as fraction", "\"allowedPortals\": [1.5]", 4, u"id of a portal"_s);
    row("portals as text", "\"allowedPortals\": \"4711\"", 4, u"not a list"_s);
    row("allowed servers", "\"allowedServers\": [\"https://idm.example.com/openidm\"]", 0, {});
    row("server without scheme", "\"allowedServers\": [\"idm.example.com\"]", 4, u"address"_s);
    row("server with user", "\"allowedServers\": [\"https://a@b.example\"]", 4, u"address"_s);
    row("empty rule", "\"portals\": [{}]", 0, {});
    row("rule as text", "\"portals\": [\"x\"]", 4, u"not an object"_s);
    row("rule with all",
        R"("portals": [{"ids": ["1"], "mode": "review", "mostRows": 5, "mostArchives": 2,
            "mostPercent": 100, "archiving": false, "protectedProperties": ["email"]}])",
        0, {});
    row("rule for nobody", "\"portals\": [{\n\"ids\": []}]", 5, u"leave it out"_s);
    row("unknown mode", "\"portals\": [{\"mode\": \"strict\"}]", 4, u"read-only, review"_s);
    row("mode as number", "\"portals\": [{\"mode\": 1}]", 4, u"not a text"_s);
    row("no rows", "\"portals\": [{\"mostRows\": 0}]", 4, u"from 1"_s);
    row("negative rows", "\"portals\": [{\"mostRows\": -1}]", 4, u"from 1"_s);
    row("rows as text", "\"portals\": [{\"mostRows\": \"5\"}]", 4, u"whole number"_s);
    row("half a row", "\"portals\": [{\"mostRows\": 1.5}]", 4, u"whole number"_s);
    row("more than all", "\"portals\": [{\"mostPercent\": 101}]", 4, u"to 100"_s);
    row("unknown in a rule", "\"portals\": [{\"mod\": \"free\"}]", 4, u"\"mod\" is not known"_s);
    row("protected is a text", "\"portals\": [{\"protectedProperties\": \"email\"}]", 4,
        u"not a list"_s);
    row("protected holds nothing", "\"portals\": [{\"protectedProperties\": [\"\"]}]", 4,
        u"empty"_s);
    row("server rule", "\"servers\": [{\"mode\": \"confirm\"}]", 0, {});
    row("server rule without mode", "\"servers\": [{}]", 4, u"\"mode\" is missing"_s);
    row("trusted key", "\"trustedKeys\": [" + trusted(someKey) + "]", 0, {});
    row("key is short", "\"trustedKeys\": [" + trusted("AAAA") + "]", 4, u"public key"_s);
    row("key is no base64", "\"trustedKeys\": [" + trusted("!" + someKey.mid(1)) + "]", 4,
        u"public key"_s);
    row("key twice", "\"trustedKeys\": [" + trusted(someKey) + ",\n" + trusted(someKey) + "]", 5,
        u"twice"_s);
    row("key without accounts", R"("trustedKeys": [{"name": "N", "key": ")" + someKey + R"("}])", 4,
        u"accounts"_s);
    row("key without name", R"("trustedKeys": [{"accounts": ["a"], "key": ")" + someKey + R"("}])",
        4, u"name"_s);
    row("signatures",
        "\"portals\": [{\"signatures\": 1}],\n\"trustedKeys\": [" + trusted(someKey) + "]", 0, {});
    row("too many signatures",
        "\"trustedKeys\": [" + trusted(someKey) + "],\n\"portals\": [{}, {\"signatures\": 2}]", 5,
        u"more than there are trusted keys"_s);
    row("signatures without a key", "\"portals\": [{\"signatures\": 1}]", 4, u"trusted keys"_s);
}

void TestPolicyParser::faults()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QFETCH(QString, says);
    const QList<PolicyFault> faults = parsePolicy(content, u"/p.json"_s).faults;
    if (says.isEmpty()) {
        QVERIFY2(faults.isEmpty(), qUtf8Printable(summaryOf(faults)));
        return;
    }
    QVERIFY(!faults.isEmpty());
    QVERIFY2(faults.first().text.contains(says), qUtf8Printable(summaryOf(faults)));
    QCOMPARE(faults.first().line, line);
}

void TestPolicyParser::everyFaultIsNamed()
{
    const QList<PolicyFault> faults =
        parsePolicy(withMembers("\"a\": 1,\n\"portals\": [{\"mode\": 1}],\n\"masking\": 2"), {})
            .faults;
    QCOMPARE(faults.size(), 3);
    QCOMPARE(faults[0].line, 4);
    QCOMPARE(faults[1].line, 5);
    QCOMPARE(faults[2].line, 6);
    QVERIFY(summaryOf(faults).startsWith(u"line 4: \"a\" is not known (the first of 3"_s));
}

void TestPolicyParser::strictestRuleCounts()
{
    const Policy policy = parsed(R"("portals": [
{"mode": "confirm", "mostRows": 100, "protectedProperties": ["email"], "mostPercent": 50},
{"ids": [4711], "mode": "review", "mostRows": 500, "archiving": false, "signatures": 1},
{"ids": [1, 2], "mode": "read-only", "signatures": 2}],
"trustedKeys": [)" + trusted(someKey)
                                 + ',' + trusted(otherKey) + R"(],
"allowedPortals": [4711, 1], "contact": "desk")");

    const PortalLimits of4711 = policy.limitsOf(4711);
    QCOMPARE(of4711.mode,
             (Ruled<WriteMode> {WriteMode::ReviewRequired, {u"portals[1].mode"_s, 6}}));
    QCOMPARE(of4711.mostRows, (Ruled<int> {100, {u"portals[0].mostRows"_s, 5}}));
    QCOMPARE(of4711.mostPercent->value, 50);
    QVERIFY(!of4711.mostArchives);
    QVERIFY(of4711.noArchiving);
    QCOMPARE(of4711.protectedProperties.size(), 1);
    QCOMPARE(of4711.signatures->value, 1);
    QCOMPARE(of4711.trustedKeys.size(), 2);
    QVERIFY(!of4711.notAllowed);
    QVERIFY(!of4711.unclear);
    QCOMPARE(of4711.contact, u"desk"_s);

    const PortalLimits of1 = policy.limitsOf(1);
    QCOMPARE(of1.mode->value, WriteMode::ReadOnly);
    QCOMPARE(of1.signatures->value, 2);
    QVERIFY(!of1.noArchiving);

    QCOMPARE(policy.limitsOf(2).notAllowed->rule, u"allowedPortals"_s);
    QCOMPARE(policy.limitsOf(2).notAllowed->line, 9);
}

void TestPolicyParser::unknownPortalIsUnclear()
{
    QVERIFY(parsed("\"allowedPortals\": [1]").limitsOf(0).unclear);
    const auto unclear =
        parsed("\"portals\": [\n{\"mode\": \"free\"},\n{\"ids\": [1]}]").limitsOf(0).unclear;
    QVERIFY(unclear);
    QCOMPARE(*unclear, (RulePlace {u"portals[1].ids"_s, 6}));
    QVERIFY(!parsed("\"portals\": [{\"mode\": \"free\"}]").limitsOf(0).unclear);
}

void TestPolicyParser::serversAreComparedByAddress_data()
{
    QTest::addColumn<QString>("inFile");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("same");

    const QString idm = u"https://idm.example.com/openidm"_s;
    QTest::newRow("same") << idm << idm << true;
    QTest::newRow("slash") << idm + u'/' << idm << true;
    QTest::newRow("port") << u"https://idm.example.com:443/openidm"_s << idm << true;
    QTest::newRow("case") << u"HTTPS://IDM.example.com/openidm"_s << idm << true;
    QTest::newRow("other port") << u"https://idm.example.com:8443/openidm"_s << idm << false;
    QTest::newRow("other host") << u"https://idm.example.org/openidm"_s << idm << false;
    QTest::newRow("longer host") << idm << u"https://idm.example.com.evil.example/openidm"_s
                                 << false;
    QTest::newRow("plain") << u"http://idm.example.com/openidm"_s << idm << false;
    QTest::newRow("user in it") << idm << u"https://a@idm.example.com/openidm"_s << true;
}

void TestPolicyParser::serversAreComparedByAddress()
{
    QFETCH(QString, inFile);
    QFETCH(QString, address);
    QFETCH(bool, same);
    const Policy policy = parsed("\"allowedServers\": [\"" + inFile.toUtf8()
                                 + "\"],\n\"servers\": [{\"addresses\": [\"" + inFile.toUtf8()
                                 + "\"], \"mode\": \"confirm\"}]");
    const ServerLimits limits = policy.limitsOf(QUrl(address));
    QCOMPARE(!limits.notAllowed, same);
    QCOMPARE(limits.mode.has_value(), same);
}

void TestPolicyParser::emptyPolicyForbidsNothing()
{
    QCOMPARE(Policy().limitsOf(4711), PortalLimits());
    QVERIFY(!Policy().limitsOf(QUrl(u"https://a.example"_s)).notAllowed);
    PortalLimits only;
    only.file = u"/p.json"_s;
    only.portal = 4711;
    QCOMPARE(parsed({}).limitsOf(4711), only);
}

void TestPolicyParser::printsWhatItRead()
{
    const QJsonObject json = jsonOf(parsed(
        "\"portals\": [{\"ids\": [1], \"mostRows\": 3, \"archiving\": false}],\n\"masking\": true,"
        "\n\"servers\": [{\"mode\": \"free\"}], \"trustedKeys\": ["
        + trusted(someKey) + "]"));
    QCOMPARE(json["path"_L1].toString(), u"/p.json"_s);
    QCOMPARE(json["masking"_L1].toBool(), true);
    const QJsonObject rule = json["portals"_L1][0].toObject();
    QCOMPARE(rule,
             (QJsonObject {
                 {u"ids"_s, QJsonArray {u"1"_s}}, {u"mostRows"_s, 3}, {u"archiving"_s, false}}));
    QCOMPARE(json["trustedKeys"_L1][0]["key"_L1].toString().toLatin1(), someKey);
    QCOMPARE(json["servers"_L1][0]["mode"_L1].toString(), u"free"_s);
}

HUBKEEPER_TEST(TestPolicyParser)
#include "tst_policyparser.moc"
