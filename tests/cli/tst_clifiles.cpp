// SPDX-License-Identifier: MIT
#include "checkedfiles.h"
#include "program.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

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
    void emptyTexts_data();
    void emptyTexts();
    void usageErrorsAreJsonToo();

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
    for (const char *verb : {"secrets where", "secrets move", "journal list", "journal verify"})
        QTest::addRow("no secrets for %s", verb) << QString::fromLatin1(verb).split(u' ')
                + QStringList {u"x.json"_s, u"--secrets-stdin"_s};
    QTest::newRow("no portal for journal show")
        << QStringList {u"journal"_s, u"show"_s, u"x.json"_s, u"RUN"_s, u"--base-url"_s, u"x"_s};
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

void TestCliFiles::emptyTexts_data()
{
    QTest::addColumn<QString>("arguments"); // And an empty one.
    for (const char *arguments :
         {"validate", "validate x.json --baseline", "import", "import x.csv --mapping",
          "idm preview --from", "idm preview --parameters", "idm preview --mapping",
          "idm preview --max-delete", "idm recon m --parameters", "idm recon m --ids",
          "search x.json contact --view", "search x.json contact --output",
          "history x.json contact --view", "report --object contact --connection x.json --view",
          "repair run trim --object contact --connection x.json --view",
          "snapshot take x.json --class contact --view",
          "snapshot take x.json --class contact --filter"})
        QTest::newRow(arguments) << QString::fromLatin1(arguments);
}

/// A variable of a shell that is empty is not the same as no option, which may mean everything.
void TestCliFiles::emptyTexts()
{
    QFETCH(const QString, arguments);
    const Ended ended = m_program.run(arguments.split(u' ') + QStringList {u""_s});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("must not be empty"), ended.err);
}

void TestCliFiles::usageErrorsAreJsonToo()
{
    const Ended ended = m_program.run({u"--json"_s, u"validate"_s});
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"invalidInput"_s);
    QCOMPARE(ended.error()["exitCode"_L1].toInt(), 2);
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
    for (const QString &out : {u"conf"_s, u"conf/"_s}) { // No such folder.
        const Ended none = m_program.run({u"new"_s, out, u"--name"_s, u"hubspot"_s});
        QCOMPARE(none.code, 2);
        QVERIFY2(none.err.contains("no folder conf"), none.err);
        QVERIFY(!QFileInfo::exists(m_program.path(u"conf"_s)));
    }
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
    const Ended shown = m_program.run({u"schema"_s, u"diff"_s, file});
    QCOMPARE(shown.code, 1);

    const Ended written = m_program.run({u"schema"_s, u"diff"_s, file, u"--format"_s,
                                         u"text=drift.txt"_s, u"--format"_s, u"json=drift.json"_s});
    QCOMPARE(written.code, 1);
    QVERIFY(written.out.isEmpty());
    QCOMPARE(m_program.content(u"drift.txt"_s), shown.out);
    QVERIFY(QJsonDocument::fromJson(m_program.content(u"drift.json"_s))["drift"_L1].toBool());
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
