// SPDX-License-Identifier: MIT
#include "checkedfiles.h"
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The verb validate, as a process.
class TestCliValidate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
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
    void serverProfile();

private:
    Program m_program;
};

/// Without rules that depend on the day.
void TestCliValidate::initTestCase()
{
    m_program.write(u"config/hubkeeper/dated-rules.json"_s, R"({"format": 1, "rules": []})");
}

void TestCliValidate::validateExitCodes_data()
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

void TestCliValidate::validateExitCodes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, failOn);
    const QString file = m_program.write(u"provisioner.openicf-hubspot.json"_s, content);
    const Ended ended = m_program.run({u"validate"_s, u"--fail-on"_s, failOn, file});
    QTEST(ended.code, "code");
    QVERIFY(ended.err.isEmpty());
    QVERIFY(ended.out.contains("1 file, "));
}

void TestCliValidate::validateJson()
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

void TestCliValidate::validateReadsStandardInput()
{
    const Ended bad = m_program.run({u"validate"_s, u"-"_s}, broken);
    QCOMPARE(bad.code, 1);
    QVERIFY(bad.out.startsWith("-:1:18: error "));
    QCOMPARE(m_program.run({u"validate"_s, u"-"_s}, faultlessProvisioner()).code, 0);
}

void TestCliValidate::validateSearchesFolders()
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

void TestCliValidate::validateUnreadable()
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

void TestCliValidate::validateAnyBytes_data()
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

void TestCliValidate::validateAnyBytes()
{
    QFETCH(QByteArray, content);
    const Ended ended = m_program.run({u"validate"_s, u"-"_s}, content);
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.err.isEmpty());
    QVERIFY(ended.out.contains(" HK"));
}

void TestCliValidate::validateFormats()
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

void TestCliValidate::ownDatedRules()
{
    const Program program;
    const QStringList check {u"validate"_s, u"--json"_s, u"-"_s};
    QVERIFY(ruleIds(program.run(check, faultlessProvisioner()).json()).contains(u"HK801"_s));
    program.write(u"config/hubkeeper/dated-rules.json"_s, "{}");
    const Ended damaged = program.run(check, faultlessProvisioner());
    QCOMPARE(damaged.code, 2);
    QVERIFY(damaged.err.contains("dated-rules.json"));
}

void TestCliValidate::otherConnectorsAreLeftAlone()
{
    const QByteArray other =
        faultlessProvisioner().replace("hubspot", "salesforce").replace("Hubspot", "Salesforce");
    QCOMPARE(m_program.run({u"validate"_s, u"-"_s}, other).code, 0);
    const Ended said = m_program.run({u"validate"_s, u"--fail-on"_s, u"warning"_s, u"-"_s}, other);
    QCOMPARE(said.code, 1);
    QVERIFY(said.out.contains("not checked"));
}

void TestCliValidate::deployedAs()
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

void TestCliValidate::baselineHidesTheKnown()
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

void TestCliValidate::foreignFileIsNoBaseline()
{
    const QString file = m_program.write(u"broken.json"_s, broken);
    const Ended ended = m_program.run({u"validate"_s, u"--baseline"_s, file, file});
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.err.contains("not a baseline"));
}

void TestCliValidate::noSecretOnAnyOutput()
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

void TestCliValidate::serverProfile()
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

HUBKEEPER_TEST(TestCliValidate)
#include "tst_clivalidate.moc"
