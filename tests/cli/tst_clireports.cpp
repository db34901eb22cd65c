// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Reports in several forms and places, and objects as tables of other programs.
class TestCliReports final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void writesSeveralFormsInOneRun();
    void writesOneFormToAFile();
    void refusesTwoFormsInOnePlace_data();
    void refusesTwoFormsInOnePlace();
    void aReportThatCannotBeWritten();
    void driftGoesToAFileBesideTheTable();
    void tsvHasALineARecord();
    void oneWordForASeverity();
    void keepsRecordsFromSteeringATerminal_data();
    void keepsRecordsFromSteeringATerminal();
    void keepsControlCharactersFromTheTerminal_data();
    void keepsControlCharactersFromTheTerminal();

private:
    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliReports::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
}

void TestCliReports::writesSeveralFormsInOneRun()
{
    m_program.write(u"faulty.json"_s, faultlessProvisioner().replace("\"enabled\"", "\"enbled\""));
    const Ended ended = m_program.run(
        {u"validate"_s, u"faulty.json"_s, u"--format"_s, u"sarif=findings.sarif"_s, u"--format"_s,
         u"junit=findings.xml"_s, u"--format"_s, u"text"_s, u"--fail-on"_s, u"info"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.out.contains("enbled") && !ended.out.startsWith('{'), ended.out);
    const QJsonObject sarif =
        QJsonDocument::fromJson(m_program.content(u"findings.sarif"_s)).object();
    QCOMPARE(sarif["version"_L1].toString(), u"2.1.0"_s);
    QVERIFY(m_program.content(u"findings.xml"_s).contains("<testsuites "));

    // With --json the document for programs is on standard output, whatever goes to files.
    const Ended both = m_program.run(
        {u"validate"_s, u"faulty.json"_s, u"--json"_s, u"--format"_s, u"sarif=again.sarif"_s});
    QVERIFY(both.json().contains("summary"_L1));
    QCOMPARE(m_program.content(u"again.sarif"_s), m_program.content(u"findings.sarif"_s));
}

void TestCliReports::writesOneFormToAFile()
{
    m_program.write(u"faulty.json"_s, faultlessProvisioner().replace("\"enabled\"", "\"enbled\""));
    const QByteArray printed =
        m_program.run({u"validate"_s, u"faulty.json"_s, u"--format"_s, u"json"_s}).out;
    const Ended ended = m_program.run({u"validate"_s, u"faulty.json"_s, u"--format"_s, u"json"_s,
                                       u"--output"_s, u"findings.json"_s});
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(m_program.content(u"findings.json"_s), printed);
}

void TestCliReports::refusesTwoFormsInOnePlace_data()
{
    QTest::addColumn<QStringList>("options");
    const QString format = u"--format"_s;
    QTest::newRow("standard output") << QStringList {format, u"sarif"_s, format, u"text"_s};
    QTest::newRow("one file") << QStringList {format, u"sarif=a"_s, format, u"text=./a"_s};
    QTest::newRow("the same by --output")
        << QStringList {format, u"sarif=a"_s, format, u"text"_s, u"--output"_s, u"a"_s};
    QTest::newRow("no file after the sign") << QStringList {format, u"sarif="_s};
    QTest::newRow("no such form") << QStringList {format, u"pdf=a"_s};
}

void TestCliReports::refusesTwoFormsInOnePlace()
{
    QFETCH(const QStringList, options);
    m_program.write(u"p2.json"_s, faultlessProvisioner());
    const Ended ended = m_program.run(QStringList {u"validate"_s, u"p2.json"_s} + options);
    QCOMPARE(ended.code, 2);
    QVERIFY(!QFile::exists(m_program.path(u"a"_s)));
}

void TestCliReports::aReportThatCannotBeWritten()
{
    m_program.write(u"p2.json"_s, faultlessProvisioner());
    const Ended ended = m_program.run({u"validate"_s, u"p2.json"_s, u"--format"_s,
                                       u"sarif=no/such/folder.sarif"_s, u"--format"_s, u"text"_s});
    QCOMPARE(ended.code, 9);
    QVERIFY2(ended.out.contains("1 file"), ended.out);
    QVERIFY2(ended.err.contains("no/such"), ended.err);
}

void TestCliReports::driftGoesToAFileBesideTheTable()
{
    const Ended ended =
        m_program.run({u"schema"_s, u"diff"_s, u"p.json"_s, u"--live"_s, u"--format"_s,
                       u"sarif=drift.sarif"_s, u"--format"_s, u"text"_s});
    QVERIFY2(ended.code == 0 || ended.code == 1, ended.err);
    const QJsonObject sarif = QJsonDocument::fromJson(m_program.content(u"drift.sarif"_s)).object();
    QCOMPARE(sarif["version"_L1].toString(), u"2.1.0"_s);
    const Ended text =
        m_program.run({u"schema"_s, u"diff"_s, u"p.json"_s, u"--live"_s, u"--format"_s,
                       u"text=drift.txt"_s, u"--format"_s, u"sarif"_s});
    QCOMPARE(text.code, ended.code);
    QCOMPARE(m_program.content(u"drift.txt"_s), ended.out);
    QVERIFY2(text.json().contains("runs"_L1), text.out);
}

void TestCliReports::tsvHasALineARecord()
{
    const Ended made = m_program.run({u"update"_s, u"p.json"_s, u"contact"_s, u"150000000001"_s,
                                      u"--set"_s, u"address=1\tHigh\\Street\nTop floor"_s});
    QVERIFY2(made.code == 0, made.err);
    const Ended found = m_program.run({u"search"_s, u"p.json"_s, u"contact"_s, u"--fields"_s,
                                       u"address,city"_s, u"--format"_s, u"tsv"_s});
    QCOMPARE(found.code, 0);
    const QList<QByteArray> lines = found.out.split('\n');
    QCOMPARE(lines.size(), 12 + 2); // A head, and the end of the last line.
    QCOMPARE(lines[0], QByteArray("_id\taddress\tcity"));
    for (const QByteArray &line : lines.first(13))
        QCOMPARE(line.count('\t'), 2);
    QVERIFY2(lines[1].startsWith("150000000001\t1\\tHigh\\\\Street\\nTop floor\t"), lines[1]);
}

/// "info" in the lines, in the summary, in --fail-on and in JSON.
void TestCliReports::oneWordForASeverity()
{
    m_program.write(u"off.json"_s,
                    faultlessProvisioner().replace("\"enabled\": true", "\"enabled\": false"));
    const QByteArray text = m_program.run({u"validate"_s, u"off.json"_s}).out;
    QVERIFY2(text.contains(": info HK") && text.contains(" info\n"), text);
    QVERIFY2(!text.contains("note"), text);
    const QJsonObject json = m_program.run({u"validate"_s, u"off.json"_s, u"--json"_s}).json();
    QVERIFY(json["summary"_L1]["infos"_L1].toInt() > 0);
}

void TestCliReports::keepsRecordsFromSteeringATerminal_data()
{
    QTest::addColumn<QString>("format");
    for (const QString &format : {u"text"_s, u"json"_s, u"jsonl"_s, u"csv"_s, u"tsv"_s})
        QTest::newRow(qPrintable(format)) << format;
}

/// In a terminal (script makes one) nothing turns; a file gets what is stored.
void TestCliReports::keepsRecordsFromSteeringATerminal()
{
    QFETCH(const QString, format);
    const QString odd = u"Ada\u202eEve"_s;
    QCOMPARE(m_program
                 .run({u"update"_s, u"p.json"_s, u"contact"_s, u"150000000002"_s, u"--set"_s,
                       u"lastname="_s + odd})
                 .code,
             0);
    const QString command = u"%1 search p.json contact --fields lastname --format %2"_s.arg(
        QStringLiteral(HUBKEEPER_CLI), format);
    QProcess terminal;
    m_program.prepare(terminal, {});
    terminal.setProgram(u"script"_s);
    terminal.setArguments({u"-qec"_s, command, u"/dev/null"_s});
    terminal.start();
    if (!terminal.waitForStarted())
        QSKIP("script is not installed");
    const QString shown = QString::fromUtf8(Program::ended(terminal).out);
    QVERIFY2(shown.contains(u"Ada"_s), qPrintable(shown));
    QVERIFY2(!shown.contains(QChar(0x202E)), qPrintable(shown));
    if (format != "csv"_L1 && format != "tsv"_L1)
        return;
    const Ended piped = m_program.run({u"search"_s, u"p.json"_s, u"contact"_s, u"--fields"_s,
                                       u"lastname"_s, u"--format"_s, format});
    QVERIFY(QString::fromUtf8(piped.out).contains(odd));
}

void TestCliReports::keepsControlCharactersFromTheTerminal_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::newRow("github") << QStringList {u"validate"_s, u"--format"_s, u"github"_s};
    QTest::newRow("text") << QStringList {u"validate"_s};
    QTest::newRow("json") << QStringList {u"validate"_s, u"--format"_s, u"json"_s};
    QTest::newRow("sarif") << QStringList {u"validate"_s, u"--format"_s, u"sarif"_s};
    QTest::newRow("junit") << QStringList {u"validate"_s, u"--format"_s, u"junit"_s};
    QTest::newRow("diff of fix") << QStringList {u"fix"_s, u"--dry-run"_s};
}

void TestCliReports::keepsControlCharactersFromTheTerminal()
{
    QFETCH(const QStringList, verb);
    m_program.write(u"odd.json"_s,
                    faultlessProvisioner().replace("\"enabled\"",
                                                   "\"enb\x1b[31mled\xe2\x80\xae\": 1, \"x\": ,"
                                                   "\"enabled\""));
    const Ended ended = m_program.run(verb + QStringList {u"odd.json"_s});
    const QString all = QString::fromUtf8(ended.out + ended.err);
    QVERIFY(!all.isEmpty());
    QVERIFY2(!all.contains(u'\x1b'), qPrintable(all));
    QVERIFY2(!all.contains(QChar(0x202E)), qPrintable(all));
}

HUBKEEPER_TEST(TestCliReports)
#include "tst_clireports.moc"
