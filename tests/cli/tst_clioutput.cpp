// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTest>
#include <QXmlStreamReader>

#include <sys/stat.h>

#include <unistd.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// The program in a shell, for what QProcess cannot do with streams.
Ended inShell(const Program &program, const QString &line)
{
    QProcess process;
    program.prepare(process, {});
    process.setProgram(u"/bin/sh"_s);
    process.setArguments({u"-c"_s, QString(line).replace(u"CLI"_s, QStringLiteral(HUBKEEPER_CLI))});
    process.start();
    process.closeWriteChannel();
    return Program::ended(process);
}

} // namespace

/// Streams, exit codes, help and completion: what a shell and a pipeline rely on.
class TestCliOutput : public QObject
{
    Q_OBJECT

private slots:
    void anOutputThatCannotBeWritten_data();
    void anOutputThatCannotBeWritten();
    void closedInput();
    void signalsWhileInputIsRead_data();
    void signalsWhileInputIsRead();
    void nothingSteersTheTerminal();
    void suggestsWhatWasMeant_data();
    void suggestsWhatWasMeant();
    void helpOfEveryVerb();
    void unreadableFolders();
    void findsTheFilesOfTenants();
    void worksInFrodosForm();
    void fixesAsAFilter();
    void choosesRules();
    void aProjectFile_data();
    void aProjectFile();
    void projectFilesOfOthers();
    void namesOfJUnitCasesStay();
    void manPage();
};

void TestCliOutput::anOutputThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("report") << u"validate --format sarif p.json"_s;
    QTest::newRow("JSON") << u"--json validate p.json"_s;
    QTest::newRow("table") << u"rules"_s;
    QTest::newRow("script") << u"completion bash"_s;
    QTest::newRow("list") << u"--json connections list"_s;
    QTest::newRow("filter") << u"fix - < p.json"_s;
    QTest::newRow("help") << u"--help"_s;
}

void TestCliOutput::anOutputThatCannotBeWritten()
{
    QFETCH(const QString, arguments);
    Program program;
    program.write(u"p.json"_s, faultlessProvisioner());
    QVERIFY(inShell(program, u"CLI "_s + arguments).code <= 1);
    const Ended full = inShell(program, u"CLI %1 > /dev/full"_s.arg(arguments));
    QVERIFY2(full.code == 9, full.err);
    QVERIFY2(full.err.contains("Standard output could not be written: No space left"), full.err);
    const Ended closed = inShell(program, u"CLI %1 >&-"_s.arg(arguments));
    QVERIFY2(closed.code == 9, closed.err);
    const Ended all = inShell(program, u"CLI %1 >&- 2>&-"_s.arg(arguments));
    QCOMPARE(all.code, 9);
}

void TestCliOutput::closedInput()
{
    Program program;
    const Ended ended = inShell(program, u"CLI validate - <&-"_s);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("Standard input cannot be read"), ended.err);
}

void TestCliOutput::signalsWhileInputIsRead_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("code");
    const QStringList file {u"validate"_s, u"-"_s};
    const QStringList question {u"secrets"_s, u"set"_s, u"p.json"_s};
    QTest::newRow("Ctrl+C, file") << file << SIGINT << 130;
    QTest::newRow("termination, file") << file << SIGTERM << 143;
    QTest::newRow("Ctrl+C, question") << question << SIGINT << 130;
}

void TestCliOutput::signalsWhileInputIsRead()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, number);
    QFETCH(const int, code);
    Program program;
    program.withoutKeychain();
    program.write(u"p.json"_s, faultlessProvisioner());
    QProcess process;
    program.prepare(process, arguments);
    process.start();
    QVERIFY(process.waitForStarted());
    QTest::qWait(700); // It reads by now.
    ::kill(pid_t(process.processId()), number);
    QElapsedTimer clock;
    clock.start();
    const Ended ended = Program::ended(process);
    QVERIFY2(ended.code == code, ended.err);
    QVERIFY(clock.elapsed() < 10'000);
}

void TestCliOutput::nothingSteersTheTerminal()
{
    Program program;
    const QByteArray bidi = "\xe2\x80\xae";
    const QByteArray escape = "\x1b[31m";
    program.write(u"a.json"_s, "{\"name\": \"x\", \"q" + escape + bidi + "\": 1}");
    program.write(u"b.json"_s, "{\"clientX" + bidi + "\": 2}");
    const QList<QStringList> all {
        {u"validate"_s, u"a.json"_s, u"b.json"_s},
        {u"validate"_s, u"a.json"_s, u"b.json"_s, u"--format"_s, u"github"_s},
        {u"fix"_s, u"a.json"_s, u"--dry-run"_s},
        {u"diff"_s, u"--text"_s, u"a.json"_s, u"b.json"_s},
        {u"diff"_s, u"b.json"_s, u"b.json"_s},
        {u"--json"_s, u"validate"_s, u"b.json"_s}};
    for (const QStringList &arguments : all) {
        const Ended ended = program.run(arguments);
        QVERIFY2(!(ended.out + ended.err).contains('\x1b'), ended.out);
        const bool isExact = arguments.contains(u"--json"_s);
        QVERIFY2(isExact || !(ended.out + ended.err).contains(bidi), ended.out);
    }
}

void TestCliOutput::suggestsWhatWasMeant_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("verb") << QStringList {u"vallidate"_s, u"conf"_s}
                          << QByteArray("Did you mean validate?");
    QTest::newRow("verb of a group")
        << QStringList {u"journal"_s, u"lst"_s} << QByteArray("Did you mean list?");
    QTest::newRow("option") << QStringList {u"validate"_s, u"--formt"_s, u"json"_s, u"x"_s}
                            << QByteArray("Did you mean --format?");
    QTest::newRow("help") << QStringList {u"help"_s, u"journal"_s, u"revrt"_s}
                          << QByteArray("Did you mean revert?");
    QTest::newRow("nothing near") << QStringList {u"frobnicate"_s}
                                  << QByteArray("has no verb \"frobnicate\"");
    QTest::newRow("no verb") << QStringList {u"idm"_s, u"links"_s}
                             << QByteArray("hubkeeper-cli: idm links needs a verb: ");
    QTest::newRow("an option before the verb")
        << QStringList {u"journal"_s, u"--server"_s, u"Test"_s}
        << QByteArray("hubkeeper-cli: journal needs a verb: list, ");
}

void TestCliOutput::suggestsWhatWasMeant()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, said);
    const Program program;
    const Ended ended = program.run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(said), ended.err);
    const Ended json = program.run(QStringList {u"--json"_s} + arguments);
    QCOMPARE(json.code, 2);
    QCOMPARE(json.error()["kind"_L1].toString(), u"invalidInput"_s);
}

void TestCliOutput::helpOfEveryVerb()
{
    const Program program;
    const Ended all = program.run({u"help"_s});
    QCOMPARE(all.code, 0);
    for (const char *group : {"Provisioner files", "Records", "Changes and journal"})
        QVERIFY2(all.out.contains(group), all.out);
    for (const QString &verb :
         {u"validate"_s, u"search"_s, u"journal revert"_s, u"changes apply"_s}) {
        const QStringList words = verb.split(u' ');
        const Ended help = program.run(QStringList {u"help"_s} + words);
        QCOMPARE(help.code, 0);
        const Ended option = program.run(words + QStringList {u"--help"_s});
        QCOMPARE(option.code, 0);
        for (const QByteArray &out : {help.out, option.out}) {
            QVERIFY2(out.contains("Examples:") && out.contains("Exit codes:"), out);
            QVERIFY2(!out.contains("TEXT:{"), out);
        }
    }
    QVERIFY(program.run({u"validate"_s, u"--help"_s}).out.contains("text|json|sarif|junit|github"));
    const Ended json = program.run({u"--json"_s, u"help"_s, u"journal"_s, u"revert"_s});
    QCOMPARE(json.code, 0);
    QCOMPARE(json.json()["help"_L1].toString().toUtf8(),
             program.run({u"help"_s, u"journal"_s, u"revert"_s}).out);
}

void TestCliOutput::unreadableFolders()
{
    if (::geteuid() == 0)
        QSKIP("root reads every folder");
    const Program program;
    program.write(u"conf/provisioner.openicf-a.json"_s, faultlessProvisioner());
    program.write(u"conf/prod/provisioner.openicf-b.json"_s, faultlessProvisioner());
    const QByteArray folder = QFile::encodeName(program.path(u"conf/prod"_s));
    QCOMPARE(::chmod(folder.constData(), 0), 0);
    const Ended ended = program.run({u"validate"_s, u"conf"_s});
    ::chmod(folder.constData(), 0700);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("conf/prod cannot be read"), ended.err);
}

void TestCliOutput::findsTheFilesOfTenants()
{
    const Program program;
    QByteArray kept = faultlessProvisioner();
    kept.replace(kept.indexOf('{'), 1, R"({"_id": "provisioner.openicf/HubSpotMarketing",)");
    program.write(u"tenant/sync/connectors/HubSpotMarketing.json"_s, kept);
    program.write(u"tenant/sync/connectors/Other.json"_s, R"({"connectorRef": {}})");
    const QString frodo = u"tenant/provisioner.openicf/HubSpotSales.idm.json"_s;
    program.write(frodo, QByteArray(kept).replace("Marketing", "Sales"));
    program.write(u"tenant/managed/user.idm.json"_s, "{}");
    program.write(u"tenant/notes.json"_s, "{}");
    const Ended found = program.run({u"validate"_s, u"tenant"_s, u"--json"_s});
    QVERIFY2(found.code <= 1, found.err);
    const QJsonArray files = found.json()["files"_L1].toArray();
    QCOMPARE(files.size(), 2);
    QVERIFY(files[0]["path"_L1].toString().endsWith("HubSpotSales.idm.json"_L1));
    QVERIFY(files[1]["path"_L1].toString().endsWith("HubSpotMarketing.json"_L1));
    for (const QJsonValue &file : files) {
        for (const QJsonValue &finding : file["findings"_L1].toArray())
            QVERIFY2(finding["severity"_L1].toString() == "info"_L1,
                     qPrintable(finding["message"_L1].toString()));
    }
    // The tool sends the file to the address in _id.
    QCOMPARE(program.run({u"fix"_s, u"tenant"_s}).code, 0);
    QVERIFY(program.content(u"tenant/sync/connectors/HubSpotMarketing.json"_s).contains("\"_id\""));
    QVERIFY(program.content(frodo).contains("\"_id\""));
    const Ended none = program.run({u"validate"_s, u"tenant/sync/none"_s});
    QCOMPARE(none.code, 2);
}

void TestCliOutput::worksInFrodosForm()
{
    const Program program;
    QFile sample(
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    QByteArray bare = sample.readAll().trimmed();
    bare.replace(0, 1, "{\n    \"_id\": \"provisioner.openicf/hubspot\",");
    const QByteArray before = "{\n  \"meta\": { \"origin\": \"https://x\" },\n  \"idm\": "
                              "{\"provisioner.openicf/hubspot\":\n";
    const QByteArray after = "\n}\n}";
    const QString bareFile = program.write(u"sync/connectors/hubspot.json"_s, bare);
    const QString file =
        program.write(u"t/provisioner.openicf/hubspot.idm.json"_s, before + bare + after);

    const auto findingsOf = [&program](const QString &path, int linesBefore) {
        const Ended ended = program.run({u"validate"_s, path, u"--json"_s});
        QJsonArray findings = ended.json()["files"_L1][0]["findings"_L1].toArray();
        for (QJsonValueRef finding : findings) {
            QJsonObject object = finding.toObject();
            if (!object["pointer"_L1].toString().isEmpty())
                object["line"_L1] = object["line"_L1].toInt() - linesBefore;
            finding = object;
        }
        return findings;
    };
    QVERIFY(findingsOf(bareFile, 0).size() > 1);
    QCOMPARE(findingsOf(file, 3), findingsOf(bareFile, 0));

    QCOMPARE(program.run({u"fix"_s, bareFile}).code, program.run({u"fix"_s, file}).code);
    const QByteArray fixed = program.content(u"sync/connectors/hubspot.json"_s);
    QVERIFY(fixed != bare && fixed.contains("\"_id\""));
    QCOMPARE(program.content(u"t/provisioner.openicf/hubspot.idm.json"_s), before + fixed + after);
    QCOMPARE(program.run({u"diff"_s, bareFile, file}).code, 0);
}

void TestCliOutput::fixesAsAFilter()
{
    const Program program;
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"maximumConnections\": 10", "\"maximumConnections\": \"10\"");
    const Ended fixed = program.run({u"fix"_s, u"-"_s}, faulty);
    QCOMPARE(fixed.code, 0);
    QCOMPARE(fixed.out, faultlessProvisioner());
    const Ended dry = program.run({u"fix"_s, u"-"_s, u"--dry-run"_s}, faulty);
    QCOMPARE(dry.code, 1);
    QVERIFY2(dry.err.contains("would be fixed"), dry.err);
    const Ended fresh = program.run({u"new"_s, u"-"_s, u"--name"_s, u"eu"_s});
    QCOMPARE(fresh.code, 0);
    QCOMPARE(fresh.json()["name"_L1].toString(), u"eu"_s);
}

void TestCliOutput::choosesRules()
{
    const Program program;
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"enabled\"", "\"enbled\"");
    faulty.replace("\"maximumConnections\": 10", "\"maximumConnections\": \"10\"");
    program.write(u"p.json"_s, faulty);
    const auto ids = [&](const QStringList &options) {
        QStringList found;
        const Ended ended =
            program.run(QStringList {u"validate"_s, u"p.json"_s, u"--json"_s} + options);
        for (const QJsonValue &finding : ended.json()["files"_L1][0]["findings"_L1].toArray())
            found.append(finding["ruleId"_L1].toString());
        return found;
    };
    const QStringList all = ids({});
    QVERIFY(all.size() >= 2);
    QStringList rest = all;
    rest.removeAll(all.first());
    QCOMPARE(ids({u"--ignore"_s, all.first()}), rest);
    QVERIFY(!ids({u"--only"_s, all.first().toLower()}).contains(rest.first()));
    QVERIFY(ids({u"--ignore"_s, all.join(u',')}).isEmpty());
    const Ended unknown = program.run({u"validate"_s, u"p.json"_s, u"--ignore"_s, u"HK4011"_s});
    QCOMPARE(unknown.code, 2);
    QVERIFY2(unknown.err.contains("There is no rule HK4011"), unknown.err);
    QCOMPARE(program.run({u"validate"_s, u"p.json"_s, u"--today"_s, u"soon"_s}).code, 2);
    QVERIFY(!ids({u"--today"_s, u"2027-02-17"_s}).isEmpty());
}

void TestCliOutput::aProjectFile_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("text") << u"text"_s << QByteArray("Checked as ");
    QTest::newRow("JSON") << u"json"_s << QByteArray("\"projectFile\"");
    QTest::newRow("SARIF") << u"sarif"_s << QByteArray("\"projectFile\"");
    QTest::newRow("JUnit") << u"junit"_s << QByteArray("Checked as ");
    QTest::newRow("GitHub") << u"github"_s << QByteArray("::notice::Checked as ");
}

/// Found above the file, named in every report, and left out on demand.
void TestCliOutput::aProjectFile()
{
    QFETCH(const QString, format);
    QFETCH(const QByteArray, named);
    const Program program;
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"enabled\"", "\"enbled\"");
    program.write(u"repo/.git/HEAD"_s, {});
    program.write(u"repo/conf/provisioner.openicf-a.json"_s, faulty);
    const QString conf = program.path(u"repo/conf"_s);
    const Ended plain = program.run({u"validate"_s, conf, u"--json"_s});
    const QJsonArray findings = plain.json()["files"_L1][0]["findings"_L1].toArray();
    QVERIFY(!findings.isEmpty());
    QJsonArray ids;
    for (const QJsonValue &finding : findings)
        ids.append(finding["ruleId"_L1]);
    program.write(u"repo/.hubkeeper.json"_s,
                  QJsonDocument(QJsonObject {{u"ignore"_s, ids},
                                             {u"failOn"_s, u"info"_s},
                                             {u"paths"_s, QJsonArray {u"conf"_s}}})
                      .toJson());
    const Ended ended = program.run({u"validate"_s, conf, u"--format"_s, format});
    QVERIFY2(ended.code == 0, ended.out + ended.err);
    QVERIFY2(ended.out.contains(named) && ended.out.contains(".hubkeeper.json"),
             ended.out.left(300));
    const Ended without = program.run({u"validate"_s, conf, u"--format"_s, format,
                                       u"--no-project-file"_s, u"--fail-on"_s, u"info"_s});
    QCOMPARE(without.code, 1);
    QVERIFY(!without.out.contains(".hubkeeper.json"));
    // Above the repository it is somebody else's.
    QVERIFY(
        QFile::rename(program.path(u"repo/.hubkeeper.json"_s), program.path(u".hubkeeper.json"_s)));
    QCOMPARE(program.run({u"validate"_s, conf, u"--fail-on"_s, u"info"_s}).code, 1);
    program.write(u"repo/.hubkeeper.json"_s, R"({"ignroe": ["HK401"]})");
    const Ended wrong = program.run({u"validate"_s, conf});
    QCOMPARE(wrong.code, 2);
    QVERIFY2(wrong.err.contains("Did you mean \"ignore\"?"), wrong.err);
}

void TestCliOutput::projectFilesOfOthers()
{
    if (::geteuid() != 0)
        QSKIP("only root can make a file of somebody else");
    const Program program;
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"enabled\"", "\"enbled\"");
    program.write(u"repo/.git/HEAD"_s, {});
    program.write(u"repo/p.json"_s, faulty);
    const QString file = program.write(u"repo/.hubkeeper.json"_s, R"({"failOn": "never"})");
    QCOMPARE(program.run({u"validate"_s, u"repo/p.json"_s, u"--fail-on"_s, u"info"_s}).code, 1);
    const Ended mine = program.run({u"validate"_s, u"repo/p.json"_s});
    QVERIFY(mine.out.contains("Checked as"));
    QCOMPARE(::chown(QFile::encodeName(file).constData(), 4321, 4321), 0);
    QVERIFY(!program.run({u"validate"_s, u"repo/p.json"_s}).out.contains("Checked as"));
}

void TestCliOutput::namesOfJUnitCasesStay()
{
    const Program program;
    QByteArray faulty = faultlessProvisioner();
    faulty.replace("\"enabled\"", "\"enbled\"");
    const auto namesIn = [&](const QByteArray &content) {
        program.write(u"p.json"_s, content);
        QStringList names;
        QXmlStreamReader xml(
            program.run({u"validate"_s, u"p.json"_s, u"--format"_s, u"junit"_s}).out);
        while (!xml.atEnd()) {
            if (xml.readNextStartElement() && xml.name() == "testcase"_L1) {
                names.append(xml.attributes().value("name"_L1).toString());
                if (xml.attributes().value("file"_L1) != "p.json"_L1)
                    names.append(u"no file"_s);
            }
        }
        return names;
    };
    const QStringList before = namesIn(faulty);
    QVERIFY(!before.isEmpty());
    QCOMPARE(namesIn("\n\n\n" + faulty), before);
}

void TestCliOutput::manPage()
{
    const Program program;
    const QByteArray page = program.run({u"man-page"_s}).out;
    for (const char *section :
         {".SH DESCRIPTION", ".SH ENVIRONMENT", ".SH EXIT STATUS", ".SH SEE ALSO"})
        QVERIFY2(page.contains(section), section);
    QVERIFY(std::all_of(page.begin(), page.end(), [](char c) { return c > 0; })); // ASCII.
    QVERIFY(page.contains("\\fB\\-\\-format\\fR \\fItext|json"));
    QProcess groff;
    groff.start(u"groff"_s, {u"-man"_s, u"-Tascii"_s, u"-ww"_s, u"-z"_s});
    if (!groff.waitForStarted())
        QSKIP("groff is not installed");
    groff.write(page);
    groff.closeWriteChannel();
    QVERIFY(groff.waitForFinished());
    QCOMPARE(groff.readAllStandardError(), QByteArray());
}

HUBKEEPER_TEST(TestCliOutput)
#include "tst_clioutput.moc"
