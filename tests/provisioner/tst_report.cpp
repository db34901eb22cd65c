// SPDX-License-Identifier: MIT
#include "provisioner/report/baseline.h"
#include "provisioner/rules/rule.h"
#include "provisioner/rules/ruletext.h"
#include "reportedfiles.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QTest>
#include <QXmlStreamReader>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Findings in the formats other programs read, and the baseline that hides known ones.
class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void namesOfFormats();
    void summary();
    void endsOfPlaces_data();
    void endsOfPlaces();
    void textIsOneLineEach();
    void jsonHasTheAgreedMembers();
    void junitFailsWhatFails_data();
    void junitFailsWhatFails();
    void junitTakesAnyCharacter();
    void githubEscapes();
    void fingerprints_data();
    void fingerprints();
    void baselineCounts();
    void baselineRefusesOtherFiles();
    void pageHasEveryRule();
};

void TestReport::namesOfFormats()
{
    for (const char *name : {"text", "json", "sarif", "junit", "github"})
        QCOMPARE(nameOf(*reportFormatFrom(QString::fromLatin1(name))), QString::fromLatin1(name));
    QVERIFY(!reportFormatFrom(u"pdf"_s));
}

void TestReport::summary()
{
    CheckedFile hidden = file(u"a"_s, {finding(), finding({}, Severity::Warning)});
    hidden.hidden = 3;
    const ReportSummary sum =
        summaryOf({hidden, unreadable(), file(u"b"_s, {finding({}, Severity::Info)})});
    QCOMPARE(sum.files, 3);
    QCOMPARE(sum.errors, 1);
    QCOMPARE(sum.warnings, 1);
    QCOMPARE(sum.infos, 1);
    QCOMPARE(sum.hidden, 3);
    QCOMPARE(sum.unreadable, 1);
}

void TestReport::endsOfPlaces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("nothing") << QByteArray("{ }") << 2 << 1 << 3;
    QTest::newRow("one line") << QByteArray("{ 1234 }") << 6 << 1 << 7;
    QTest::newRow("characters count once") << QByteArray("{ \"\xC3\xA4\"") << 6 << 1 << 6;
    QTest::newRow("over the line") << QByteArray("{ 1\n 2 }") << 6 << 2 << 3;
    QTest::newRow("beyond the end") << QByteArray("{ 1") << 99 << 1 << 4;
}

void TestReport::endsOfPlaces()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, end);
    Finding found = finding();
    found.at.end = end;
    const TextPosition place = endOf(found, bytes);
    QTEST(place.line, "line");
    QTEST(place.column, "column");
}

void TestReport::textIsOneLineEach()
{
    const QByteArray text =
        textReport({file(u"a\nb.json"_s, {finding(u"Bad \u001b[31m\nthing."_s)}), unreadable()});
    const QList<QByteArray> lines = text.split('\n');
    QCOMPARE(lines[0], "a b.json:1:3: error HK010: Bad  [31m thing.");
    QCOMPARE(lines[1], "    Effect: What IDM makes of it.");
    QCOMPARE(lines[2], "    Remedy: What to do.");
    QCOMPARE(lines[3], "gone.json: error: gone.json cannot be read.");
    QCOMPARE(lines[4], "2 files, 1 error, 0 warnings, 0 info, 1 unreadable");
}

void TestReport::jsonHasTheAgreedMembers()
{
    const QJsonObject json = asJson(jsonReport({file(u"a.json"_s, {finding()}), unreadable()}));
    const QJsonArray files = json["files"_L1].toArray();
    QCOMPARE(files[0]["path"_L1].toString(), u"a.json"_s);
    const QJsonObject expected {{u"ruleId"_s, u"HK010"_s},
                                {u"severity"_s, u"error"_s},
                                {u"message"_s, u"What is there."_s},
                                {u"effect"_s, u"What IDM makes of it."_s},
                                {u"remedy"_s, u"What to do."_s},
                                {u"line"_s, 1},
                                {u"column"_s, 3},
                                {u"pointer"_s, u"/a"_s},
                                {u"fixable"_s, false}};
    QCOMPARE(files[0]["findings"_L1].toArray().at(0).toObject(), expected);
    QCOMPARE(files[1]["error"_L1]["kind"_L1].toString(), u"invalidInput"_s);
    QCOMPARE(json["summary"_L1]["errors"_L1].toInt(), 1);
}

void TestReport::junitFailsWhatFails_data()
{
    QTest::addColumn<FailOn>("failOn");
    QTest::addColumn<int>("failures");
    QTest::newRow("error") << FailOn(Severity::Error) << 1;
    QTest::newRow("warning") << FailOn(Severity::Warning) << 2;
    QTest::newRow("info") << FailOn(Severity::Info) << 3;
    QTest::newRow("never") << FailOn() << 0;
}

void TestReport::junitFailsWhatFails()
{
    QFETCH(FailOn, failOn);
    QFETCH(int, failures);
    const QByteArray bytes =
        junitReport({file(u"a.json"_s,
                          {finding(), finding({}, Severity::Warning), finding({}, Severity::Info)}),
                     file(u"clean.json"_s, {}), unreadable()},
                    failOn);
    QXmlStreamReader xml(bytes);
    QHash<QString, int> elements;
    QXmlStreamAttributes suites;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        ++elements[xml.name().toString()];
        if (xml.name() == u"testsuites")
            suites = xml.attributes();
    }
    QVERIFY(!xml.hasError());
    QCOMPARE(elements[u"failure"_s], failures);
    QCOMPARE(elements[u"testsuite"_s], 3);
    QCOMPARE(elements[u"testcase"_s], 5);
    QCOMPARE(elements[u"error"_s], 1);
    QCOMPARE(suites.value(u"failures"_s).toInt(), failures);
    QCOMPARE(suites.value(u"tests"_s).toInt(), 5);
}

void TestReport::junitTakesAnyCharacter()
{
    const QString odd = u"\u0001 <&>\" \uFFFF "_s + QChar(0xD800) + u" 😀"_s;
    QXmlStreamReader xml(junitReport({file(odd, {finding(odd)})}, Severity::Error));
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"failure") {
            QCOMPARE(xml.attributes().value(u"message"_s).toString(),
                     u"\uFFFD <&>\" \uFFFD \uFFFD 😀"_s);
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
}

void TestReport::githubEscapes()
{
    const QByteArray lines = githubReport(
        {file(u"a,b:c%.json"_s, {finding(u"100 %,\r\nreally: yes"_s, Severity::Info)})});
    QVERIFY(lines.startsWith("::notice file=a%2Cb%3Ac%25.json,line=1,endLine=1,col=3,endColumn=8,"
                             "title=HK010"));
    QVERIFY(lines.contains("::100 %25,%0D%0Areally: yes%0AWhat IDM makes of it.%0AWhat to do.\n"));
    QCOMPARE(lines.count('\n'), 1);
}

void TestReport::fingerprints_data()
{
    QTest::addColumn<Finding>("other");
    QTest::addColumn<bool>("same");
    const auto with = [](auto change) {
        Finding other = finding(u"It ends in 80 days."_s);
        change(other);
        return other;
    };
    QTest::newRow("itself") << with([](Finding &) {}) << true;
    QTest::newRow("place") << with([](Finding &f) { f.position = {7, 7}; }) << true;
    QTest::newRow("days left") << with([](Finding &f) { f.message = u"It ends in 79 days."_s; })
                               << true;
    QTest::newRow("wording of the remedy") << with([](Finding &f) { f.remedy.clear(); }) << true;
    QTest::newRow("rule") << with([](Finding &f) { f.ruleId = u"HK011"_s; }) << false;
    QTest::newRow("pointer") << with([](Finding &f) { f.pointer = u"/b"_s; }) << false;
    QTest::newRow("message") << with([](Finding &f) { f.message = u"It begins in 80 days."_s; })
                             << false;
}

void TestReport::fingerprints()
{
    QFETCH(Finding, other);
    QTEST(fingerprintOf(other) == fingerprintOf(finding(u"It ends in 80 days."_s)), "same");
}

void TestReport::baselineCounts()
{
    Baseline written;
    written.add(u"a.json"_s, {finding(), finding(), finding(u"Other."_s)});
    const auto baseline = Baseline::parse(written.toJson());
    QVERIFY(baseline);
    QCOMPARE(baseline->size(), 3);

    QList<Finding> findings {finding(), finding(), finding(), finding(u"New."_s)};
    QCOMPARE(baseline->hideKnown(u"a.json"_s, findings), 2);
    QCOMPARE(findings.size(), 2);
    QCOMPARE(findings.last().message, u"New."_s);
    findings = {finding()};
    QCOMPARE(baseline->hideKnown(u"b.json"_s, findings), 0);
}

void TestReport::baselineRefusesOtherFiles()
{
    for (const char *json : {"", "[]", "{}", "{\"hubkeeperBaseline\": 2, \"findings\": []}",
                             "{\"hubkeeperBaseline\": 1, \"findings\": [{\"path\": \"a\"}]}"})
        QVERIFY2(!Baseline::parse(json), json);
}

void TestReport::pageHasEveryRule()
{
    const QString page = rulesPage();
    for (const Rule *rule : allRules()) {
        QVERIFY(page.contains(u"\n### %1 "_s.arg(QString::fromLatin1(rule->id))));
        QVERIFY(ruleText(*rule).startsWith(QString::fromLatin1(rule->id)));
    }
}

HUBKEEPER_TEST(TestReport)
#include "tst_report.moc"
