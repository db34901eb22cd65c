// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTest>
#include <QXmlStreamReader>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray broken = R"({"enabled": true,, "a": 1})";
const QByteArray secretText = "s3cret-in-the-file";

QByteArray withSecret(const QByteArray &secret = secretText)
{
    return faultlessProvisioner().replace("&{hubspot.client.secret}", secret);
}

QStringList ruleIds(const QJsonObject &report)
{
    QStringList ids;
    for (const QJsonValue &file : report["files"_L1].toArray()) {
        for (const QJsonValue &finding : file["findings"_L1].toArray())
            ids.append(finding["ruleId"_L1].toString());
    }
    return ids;
}

} // namespace

/// The verbs that need no portal, as processes.
class TestCliFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void helpAndVersion_data();
    void helpAndVersion();
    void wrongUsage_data();
    void wrongUsage();
    void usageErrorsAreJsonToo();

    void validateExitCodes_data();
    void validateExitCodes();
    void validateJson();
    void validateReadsStandardInput();
    void validateSearchesFolders();
    void validateUnreadable();
    void validateAnyBytes_data();
    void validateAnyBytes();
    void validateFormats();
    void ownDatedRules();
    void otherConnectorsAreLeftAlone();
    void deployedAs();
    void baselineHidesTheKnown();
    void foreignFileIsNoBaseline();
    void noSecretOnAnyOutput();

    void fixWorksInPlace();
    void fixDryRun();
    void rulesAndExplain();

    void diffByMeaning();
    void diffByText();
    void diffOfBrokenFiles();
    void newFromTheSample();
    void newFromAFile();
    void newNeverOverwrites();
    void schemaDiffOffline();

    void completionKnowsEveryVerb_data();
    void completionKnowsEveryVerb();
    void manPage();
    void paths();
    void serverProfile();
    void quietAndWithoutColour();

private:
    Program m_program;
};

/// Without rules that depend on the day.
void TestCliFiles::initTestCase()
{
    m_program.write(u"config/hubkeeper/dated-rules.json"_s, R"({"format": 1, "rules": []})");
}

void TestCliFiles::helpAndVersion_data()
{
    QTest::addColumn<QStringList>("verb");
    const QStringList verbs {u""_s,
                             u"validate"_s,
                             u"fix"_s,
                             u"rules"_s,
                             u"explain"_s,
                             u"diff"_s,
                             u"new"_s,
                             u"practice"_s,
                             u"test"_s,
                             u"search"_s,
                             u"get"_s,
                             u"schema"_s,
                             u"schema diff"_s,
                             u"create"_s,
                             u"update"_s,
                             u"delete"_s,
                             u"script"_s,
                             u"secrets set"_s,
                             u"secrets move"_s,
                             u"secrets where"_s,
                             u"connect"_s,
                             u"journal"_s,
                             u"journal list"_s,
                             u"connections set"_s,
                             u"completion"_s};
    for (const QString &verb : verbs)
        QTest::newRow(qPrintable(verb)) << verb.split(u' ', Qt::SkipEmptyParts);
}

void TestCliFiles::helpAndVersion()
{
    QFETCH(QStringList, verb);
    const Ended help = m_program.run(verb + QStringList {u"--help"_s});
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains("Usage:"));
    QVERIFY(help.err.isEmpty());
    const Ended version = m_program.run(verb + QStringList {u"--version"_s});
    QCOMPARE(version.code, 0);
    QVERIFY(version.out.startsWith("Hubkeeper "));
}

void TestCliFiles::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList {};
    QTest::newRow("no such verb") << QStringList {u"fly"_s};
    QTest::newRow("no file") << QStringList {u"validate"_s};
    QTest::newRow("no such format") << QStringList {u"validate"_s, u"--format"_s, u"pdf"_s, u"-"_s};
    QTest::newRow("no such rule") << QStringList {u"fix"_s, u"--rule"_s, u"HK999"_s, u"x.json"_s};
    QTest::newRow("baseline to nowhere")
        << QStringList {u"validate"_s, u"--write-baseline"_s, u"-"_s};
    QTest::newRow("standard input live") << QStringList {u"validate"_s, u"--live"_s, u"-"_s};
    QTest::newRow("schema of nothing") << QStringList {u"schema"_s};
    QTest::newRow("script without source") << QStringList {u"script"_s, u"x.json"_s};
}

void TestCliFiles::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Ended ended = m_program.run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(!ended.err.isEmpty());
}

void TestCliFiles::usageErrorsAreJsonToo()
{
    const Ended ended = m_program.run({u"--json"_s, u"validate"_s});
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"invalidInput"_s);
    QCOMPARE(ended.error()["exitCode"_L1].toInt(), 2);
}

void TestCliFiles::validateExitCodes_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("failOn");
    QTest::addColumn<int>("code");
    const QByteArray good = faultlessProvisioner();
    const QByteArray off = QByteArray(good).replace("\"enabled\": true", "\"enabled\": false");
    QTest::newRow("faultless") << good << u"info"_s << 0;
    QTest::newRow("a note is not an error") << off << u"error"_s << 0;
    QTest::newRow("a note can fail") << off << u"info"_s << 1;
    QTest::newRow("broken") << broken << u"error"_s << 1;
    QTest::newRow("broken, never") << broken << u"never"_s << 0;
}

void TestCliFiles::validateExitCodes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, failOn);
    const QString file = m_program.write(u"provisioner.openicf-hubspot.json"_s, content);
    const Ended ended = m_program.run({u"validate"_s, u"--fail-on"_s, failOn, file});
    QTEST(ended.code, "code");
    QVERIFY(ended.err.isEmpty());
    QVERIFY(ended.out.contains("1 file, "));
}

void TestCliFiles::validateJson()
{
    const QString file = m_program.write(u"broken.json"_s, broken);
    for (const QStringList &way : {QStringList {u"validate"_s, file, u"--json"_s},
                                   QStringList {u"validate"_s, file, u"--format"_s, u"json"_s}}) {
        const QJsonObject report = m_program.run(way).json();
        const QJsonObject entry = report["files"_L1].toArray().at(0).toObject();
        QCOMPARE(entry["path"_L1].toString(), file);
        const QJsonObject finding = entry["findings"_L1].toArray().at(0).toObject();
        const QStringList members {u"column"_s, u"effect"_s,  u"fixable"_s,
                                   u"line"_s,   u"message"_s, u"pointer"_s,
                                   u"remedy"_s, u"ruleId"_s,  u"severity"_s};
        QCOMPARE(finding.keys(), members);
        QCOMPARE(finding["severity"_L1].toString(), u"error"_s);
        QCOMPARE(finding["line"_L1].toInt(), 1);
        QCOMPARE(finding["column"_L1].toInt(), 18);
        QCOMPARE(report["summary"_L1]["files"_L1].toInt(), 1);
        QVERIFY(report["summary"_L1]["errors"_L1].toInt() > 0);
    }
}

void TestCliFiles::validateReadsStandardInput()
{
    const Ended bad = m_program.run({u"validate"_s, u"-"_s}, broken);
    QCOMPARE(bad.code, 1);
    QVERIFY(bad.out.startsWith("-:1:18: error "));
    QCOMPARE(m_program.run({u"validate"_s, u"-"_s}, faultlessProvisioner()).code, 0);
}

void TestCliFiles::validateSearchesFolders()
{
    m_program.write(u"tree/b/provisioner.openicf-two.json"_s, faultlessProvisioner());
    m_program.write(u"tree/a/provisioner.openicf-one.json"_s, broken);
    m_program.write(u"tree/a/other.json"_s, broken);
    const Ended ended = m_program.run({u"validate"_s, u"--json"_s, u"tree"_s});
    QCOMPARE(ended.code, 1);
    QStringList names;
    for (const QJsonValue &file : ended.json()["files"_L1].toArray())
        names.append(file["path"_L1].toString());
    QCOMPARE(names,
             (QStringList {u"tree/a/provisioner.openicf-one.json"_s,
                           u"tree/b/provisioner.openicf-two.json"_s}));

    m_program.write(u"nothing/readme.txt"_s, "x");
    QCOMPARE(m_program.run({u"validate"_s, u"nothing"_s}).code, 2);
}

void TestCliFiles::validateUnreadable()
{
    const QString good = m_program.write(u"good.json"_s, faultlessProvisioner());
    const Ended ended = m_program.run({u"validate"_s, u"--json"_s, u"missing.json"_s, good});
    QCOMPARE(ended.code, 2);
    const QJsonArray files = ended.json()["files"_L1].toArray();
    QCOMPARE(files.size(), 2); // The rest is checked all the same.
    QCOMPARE(files[0]["error"_L1]["kind"_L1].toString(), u"invalidInput"_s);
    QCOMPARE(ended.json()["summary"_L1]["unreadable"_L1].toInt(), 1);
    QVERIFY(m_program.run({u"validate"_s, u"missing.json"_s}).out.contains("cannot be read"));
}

void TestCliFiles::validateAnyBytes_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("NUL") << QByteArray("{\"a\":\0}", 7);
    QTest::newRow("half a character") << QByteArray("{\"a\":\"\xC3\"}");
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE{\0}\0", 6);
    QTest::newRow("an archive") << QByteArray("PK\x03\x04 and so on");
    QTest::newRow("truncated") << faultlessProvisioner().left(700);
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("a list") << QByteArray("[1,2]");
}

void TestCliFiles::validateAnyBytes()
{
    QFETCH(QByteArray, content);
    const Ended ended = m_program.run({u"validate"_s, u"-"_s}, content);
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.err.isEmpty());
    QVERIFY(ended.out.contains(" HK"));
}

void TestCliFiles::validateFormats()
{
    const QString file = m_program.write(u"broken.json"_s, broken);
    const auto report = [&](const QString &format) {
        return m_program.run({u"validate"_s, u"--format"_s, format, file});
    };
    const QJsonObject sarif = report(u"sarif"_s).json();
    QCOMPARE(sarif["version"_L1].toString(), u"2.1.0"_s);
    QCOMPARE(report(u"sarif"_s).code, 1);

    QXmlStreamReader xml(report(u"junit"_s).out);
    int failures = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"failure")
            ++failures;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(failures > 0);
    QVERIFY(report(u"github"_s).out.startsWith("::error file="));
}

void TestCliFiles::ownDatedRules()
{
    const Program program;
    const QStringList check {u"validate"_s, u"--json"_s, u"-"_s};
    QVERIFY(ruleIds(program.run(check, faultlessProvisioner()).json()).contains(u"HK801"_s));
    program.write(u"config/hubkeeper/dated-rules.json"_s, "{}");
    const Ended damaged = program.run(check, faultlessProvisioner());
    QCOMPARE(damaged.code, 2);
    QVERIFY(damaged.err.contains("dated-rules.json"));
}

void TestCliFiles::otherConnectorsAreLeftAlone()
{
    const QByteArray other =
        faultlessProvisioner().replace("hubspot", "salesforce").replace("Hubspot", "Salesforce");
    QCOMPARE(m_program.run({u"validate"_s, u"-"_s}, other).code, 0);
    const Ended said = m_program.run({u"validate"_s, u"--fail-on"_s, u"warning"_s, u"-"_s}, other);
    QCOMPARE(said.code, 1);
    QVERIFY(said.out.contains("not checked"));
}

void TestCliFiles::deployedAs()
{
    const QString draft = m_program.write(u"draft.json"_s, faultlessProvisioner());
    QCOMPARE(m_program.run({u"validate"_s, u"--fail-on"_s, u"info"_s, draft}).code, 0);
    const Ended wrong = m_program.run(
        {u"validate"_s, u"--fail-on"_s, u"info"_s, u"--deployed-as"_s, u"hubspot.json"_s, draft});
    QCOMPARE(wrong.code, 1);
    const Ended two =
        m_program.run({u"validate"_s, u"--deployed-as"_s, u"hubspot.json"_s, draft, draft});
    QCOMPARE(two.code, 2);
}

void TestCliFiles::baselineHidesTheKnown()
{
    m_program.write(u"repo/provisioner.openicf-a.json"_s, broken);
    const QStringList check {u"validate"_s, u"--json"_s, u"--baseline"_s, u"repo/known.json"_s,
                             u"repo"_s};
    const Ended written = m_program.run(check + QStringList {u"--write-baseline"_s});
    QCOMPARE(written.code, 0);
    const Ended known = m_program.run(check);
    QCOMPARE(known.code, 0);
    QVERIFY(ruleIds(known.json()).isEmpty());
    QVERIFY(known.json()["summary"_L1]["hidden"_L1].toInt() > 0);

    // Another line, another folder to start in: still known. Something new is not.
    m_program.write(u"repo/provisioner.openicf-a.json"_s, "\n\n" + broken);
    QCOMPARE(m_program.run(check).code, 0);
    m_program.write(u"repo/provisioner.openicf-a.json"_s, broken + "]");
    QCOMPARE(m_program.run(check).code, 1);
}

void TestCliFiles::foreignFileIsNoBaseline()
{
    const QString file = m_program.write(u"broken.json"_s, broken);
    const Ended ended = m_program.run({u"validate"_s, u"--baseline"_s, file, file});
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.err.contains("not a baseline"));
}

void TestCliFiles::noSecretOnAnyOutput()
{
    const QString file = m_program.write(u"provisioner.openicf-a.json"_s, withSecret());
    const QString other =
        m_program.write(u"provisioner.openicf-b.json"_s, withSecret("zweites-mal"));
    const QString torn = m_program.write(
        u"torn.json"_s, withSecret().replace("\"clientSecret\":", "\"clientSecret\" "));
    const QList<QStringList> runs {
        {u"validate"_s, u"--format"_s, u"text"_s, file, torn},
        {u"validate"_s, u"--format"_s, u"json"_s, file, torn},
        {u"validate"_s, u"--format"_s, u"sarif"_s, file, torn},
        {u"validate"_s, u"--format"_s, u"junit"_s, file, torn},
        {u"validate"_s, u"--format"_s, u"github"_s, file, torn},
        {u"fix"_s, u"--dry-run"_s, u"--unsafe"_s, file, torn},
        {u"fix"_s, u"--dry-run"_s, u"--json"_s, u"--unsafe"_s, file, torn},
        {u"diff"_s, file, other},
        {u"diff"_s, u"--json"_s, file, other},
        {u"diff"_s, u"--text"_s, file, other},
        {u"diff"_s, u"--text"_s, file, torn},
        {u"secrets"_s, u"where"_s, file},
    };
    for (const QStringList &arguments : runs) {
        const Ended ended = m_program.run(arguments);
        QVERIFY(ended.code >= 0);
        QVERIFY2(!(ended.out + ended.err).contains(secretText), qPrintable(arguments.join(u' ')));
        QVERIFY2(!(ended.out + ended.err).contains("another-one"),
                 qPrintable(arguments.join(u' ')));
    }
}

void TestCliFiles::fixWorksInPlace()
{
    const QString name = u"provisioner.openicf-fix.json"_s;
    const QByteArray wrong = faultlessProvisioner().replace("\"maximumConnections\": 10",
                                                            "\"maximumConnections\": \"10\"");
    const QString file = m_program.write(name, wrong);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    const auto before = QFileInfo(file).permissions();

    const Ended ended = m_program.run({u"fix"_s, u"--json"_s, file});
    QCOMPARE(ended.code, 0);
    const QJsonObject entry = ended.json()["files"_L1].toArray().at(0).toObject();
    QCOMPARE(entry["fixed"_L1].toArray().size(), 1);
    QCOMPARE(entry["remaining"_L1].toInt(), 0);
    QCOMPARE(m_program.content(name), faultlessProvisioner()); // Nothing else has changed.
    QCOMPARE(QFileInfo(file).permissions(), before);

    // Again there is nothing to do.
    QVERIFY(m_program.run({u"fix"_s, file}).err.contains("0 fixed, 0 left"));
    QCOMPARE(m_program.content(name), faultlessProvisioner());
}

void TestCliFiles::fixDryRun()
{
    const QString name = u"provisioner.openicf-dry.json"_s;
    const QByteArray wrong = faultlessProvisioner().replace("\"maximumConnections\": 10",
                                                            "\"maximumConnections\": \"10\"");
    const QString file = m_program.write(name, wrong);
    const Ended ended = m_program.run({u"fix"_s, u"--dry-run"_s, file});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.contains("\n-        \"maximumConnections\": \"10\",\n"));
    QVERIFY(ended.out.contains("\n+        \"maximumConnections\": 10,\n"));
    QCOMPARE(m_program.content(name), wrong);
    // A rule that finds nothing here fixes nothing.
    QCOMPARE(m_program.run({u"fix"_s, u"--dry-run"_s, u"--rule"_s, u"HK010"_s, file}).code, 0);
}

void TestCliFiles::rulesAndExplain()
{
    const QJsonArray rules = m_program.run({u"--json"_s, u"rules"_s}).json()["rules"_L1].toArray();
    QVERIFY(rules.size() >= 90);
    const Ended text = m_program.run({u"rules"_s});
    const Ended page = m_program.run({u"rules"_s, u"--format"_s, u"markdown"_s});
    for (const QJsonValue &rule : rules) {
        const QByteArray id = rule["id"_L1].toString().toUtf8();
        QVERIFY(text.out.contains(id));
        QVERIFY(page.out.contains("### " + id));
    }
    const Ended one = m_program.run({u"explain"_s, u"hk010"_s});
    QCOMPARE(one.code, 0);
    QVERIFY(one.out.startsWith("HK010 "));
    QCOMPARE(m_program.run({u"explain"_s, u"HK010"_s, u"--json"_s}).json()["id"_L1].toString(),
             u"HK010"_s);
    QCOMPARE(m_program.run({u"explain"_s, u"HK999"_s}).code, 1);
}

void TestCliFiles::diffByMeaning()
{
    const QString a = m_program.write(u"a.json"_s, faultlessProvisioner());
    const QString same =
        m_program.write(u"same.json"_s,
                        faultlessProvisioner().replace("\"maximumConnections\": 10",
                                                       "\"maximumConnections\":\"10\""));
    const Ended equal = m_program.run({u"diff"_s, a, same});
    QCOMPARE(equal.code, 0);
    QVERIFY(equal.out.isEmpty());

    const QString b = m_program.write(
        u"b.json"_s,
        faultlessProvisioner().replace("\"permitsPerSecond\": 6", "\"permitsPerSecond\": 9"));
    const Ended differs = m_program.run({u"diff"_s, a, b});
    QCOMPARE(differs.code, 1);
    QCOMPARE(differs.out, "~ /configurationProperties/permitsPerSecond: 6 -> 9\n");
    const QJsonObject json = m_program.run({u"diff"_s, u"--json"_s, a, b}).json();
    QCOMPARE(json["equal"_L1].toBool(true), false);
    QCOMPARE(json["changes"_L1].toArray().at(0)["after"_L1].toInt(), 9);
}

void TestCliFiles::diffByText()
{
    const QString a = m_program.write(u"a.json"_s, withSecret("erstes-mal"));
    const QString b = m_program.write(u"b.json"_s, withSecret("zweites-mal"));
    const Ended ended = m_program.run({u"diff"_s, u"--text"_s, a, b});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.contains("-        \"clientSecret\": \"(secret)\""));
    QVERIFY(ended.out.contains("+        \"clientSecret\": \"(another secret)\""));
    QCOMPARE(m_program.run({u"diff"_s, u"--text"_s, a, a}).code, 0);
}

void TestCliFiles::diffOfBrokenFiles()
{
    const QString a = m_program.write(u"a.json"_s, broken);
    const Ended ended = m_program.run({u"diff"_s, a, a});
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.err.contains("line 1, column 18"));
    QCOMPARE(m_program.run({u"diff"_s, u"--text"_s, a, a}).code, 0);
    QCOMPARE(m_program.run({u"diff"_s, a, u"missing.json"_s}).code, 2);
}

void TestCliFiles::newFromTheSample()
{
    m_program.write(u"new/x"_s, "x");
    const Ended ended =
        m_program.run({u"new"_s, u"--json"_s, u"--name"_s, u"eu"_s, u"--client-id"_s,
                       u"11111111-2222-4333-8444-555555555555"_s, u"new"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["path"_L1].toString(), u"new/provisioner.openicf-eu.json"_s);
    QVERIFY(m_program.content(u"new/provisioner.openicf-eu.json"_s)
                .contains("11111111-2222-4333-8444-555555555555"));
    QCOMPARE(m_program.run({u"validate"_s, u"new"_s}).code, 0);
    QCOMPARE(m_program.run({u"new"_s, u"--name"_s, u"../x"_s, u"new"_s}).code, 2);
}

void TestCliFiles::newFromAFile()
{
    const QString from = m_program.write(
        u"from.json"_s,
        withSecret().replace("\"readSchema\"",
                             "\"accessToken\": \"pat-na1-abc\",\n        \"readSchema\""));
    QCOMPARE(m_program.run({u"new"_s, u"--from"_s, from, u"copy.json"_s}).code, 0);
    const QByteArray copy = m_program.content(u"copy.json"_s);
    QVERIFY(!copy.contains(secretText));
    QVERIFY(!copy.contains("pat-na1-abc"));
    QVERIFY(copy.contains("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91"));
    QCOMPARE(m_program.run({u"new"_s, u"--from"_s, u"-"_s, u"other.json"_s}, broken).code, 2);
    QVERIFY(!QFileInfo::exists(m_program.path(u"other.json"_s)));
}

void TestCliFiles::newNeverOverwrites()
{
    m_program.write(u"there.json"_s, "mine");
    QCOMPARE(m_program.run({u"new"_s, u"there.json"_s}).code, 7);
    QCOMPARE(m_program.content(u"there.json"_s), "mine");
    QCOMPARE(m_program.run({u"new"_s, u"--force"_s, u"there.json"_s}).code, 0);
    QVERIFY(m_program.content(u"there.json"_s).contains("connectorRef"));
}

void TestCliFiles::schemaDiffOffline()
{
    const QString sample =
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json");
    const Ended same = m_program.run({u"schema"_s, u"diff"_s, u"--json"_s, sample});
    QCOMPARE(same.code, 0);
    QCOMPARE(same.json()["drift"_L1].toBool(true), false);

    QFile shipped(sample);
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const QByteArray drifted = shipped.readAll().replace("\"firstname\"", "\"fristname\"");
    const QString file = m_program.write(u"drifted.json"_s, drifted);
    QCOMPARE(m_program.run({u"schema"_s, u"diff"_s, file}).code, 1);
}

void TestCliFiles::completionKnowsEveryVerb_data()
{
    QTest::addColumn<QString>("shell");
    for (const char *shell : {"bash", "zsh", "fish"})
        QTest::newRow(shell) << QString::fromLatin1(shell);
}

void TestCliFiles::completionKnowsEveryVerb()
{
    QFETCH(QString, shell);
    const Ended ended = m_program.run({u"completion"_s, shell});
    QCOMPARE(ended.code, 0);
    for (const char *verb : {"validate", "fix", "rules", "explain", "diff", "new", "script",
                             "--fail-on", "--baseline", "--dry-run"})
        QVERIFY2(
            ended.out.contains(QByteArray(verb).mid(shell == "fish"_L1 && verb[0] == '-' ? 2 : 0)),
            verb);
    if (shell != "bash"_L1)
        return;
    QProcess bash;
    bash.start(u"bash"_s, {u"-n"_s}); // Reads the commands, runs none.
    bash.write(ended.out);
    bash.closeWriteChannel();
    QCOMPARE(Program::ended(bash).code, 0);
}

void TestCliFiles::manPage()
{
    const Ended ended = m_program.run({u"man-page"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.out.startsWith(".TH HUBKEEPER\\-CLI 1"));
    for (const char *part : {".SH EXIT STATUS", ".SS validate", ".SS schema diff", ".SS script"})
        QVERIFY2(ended.out.contains(part), part);
}

void TestCliFiles::paths()
{
    const QJsonObject json = m_program.run({u"--json"_s, u"--print-paths"_s}).json();
    QCOMPARE(json["config"_L1].toString(), m_program.path(u"config/hubkeeper"_s));
    QCOMPARE(json["state"_L1].toString(), m_program.path(u"state/hubkeeper"_s));
}

void TestCliFiles::serverProfile()
{
    // Substitutions in secrets are the commercial server's.
    const QByteArray substituted = faultlessProvisioner();
    const auto ids = [&](const QStringList &options) {
        return ruleIds(
            m_program.run(QStringList {u"validate"_s, u"--json"_s, u"-"_s} + options, substituted)
                .json());
    };
    QVERIFY(!ids({}).contains(u"HK507"_s));
    QVERIFY(!ids({u"--profile"_s, u"commercial"_s}).contains(u"HK507"_s));
    QVERIFY(ids({u"--profile"_s, u"community"_s}).contains(u"HK507"_s));
    for (const QString &verb : {u"validate"_s, u"fix"_s})
        QCOMPARE(m_program.run({verb, u"--profile"_s, u"nonsense"_s, u"-"_s}).code, 2);
}

void TestCliFiles::quietAndWithoutColour()
{
    const QString file =
        m_program.write(u"provisioner.openicf-quiet.json"_s, faultlessProvisioner());
    QVERIFY(!m_program.run({u"fix"_s, file}).err.isEmpty());
    const Ended quiet = m_program.run({u"--quiet"_s, u"fix"_s, file});
    QCOMPARE(quiet.code, 0);
    QVERIFY(quiet.err.isEmpty());
    // Errors are reported all the same.
    QVERIFY(!m_program.run({u"--quiet"_s, u"fix"_s, u"missing.json"_s}).err.isEmpty());
    QCOMPARE(m_program.run({u"--no-color"_s, u"explain"_s, u"HK010"_s}).out,
             m_program.run({u"explain"_s, u"HK010"_s}).out);
}

HUBKEEPER_TEST(TestCliFiles)
#include "tst_clifiles.moc"
