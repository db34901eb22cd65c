// SPDX-License-Identifier: MIT
#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/rule.h"
#include "provisioner/rules/validation.h"
#include "reportedfiles.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject runOf(const QList<CheckedFile> &files)
{
    return asJson(sarifReport(files))["runs"_L1].toArray().at(0).toObject();
}

/// The text as SARIF counts it: code points, a byte order mark left out (3.30.2).
QList<char32_t> codePointsOf(const QByteArray &bytes)
{
    const auto points = QString::fromUtf8(bytes).toUcs4();
    QList<char32_t> result(points.begin(), points.end());
    if (!result.isEmpty() && result.first() == 0xFEFF)
        result.removeFirst();
    return result;
}

/// Where a line and column is, as offset in code points; after the end of a line is its line end.
qsizetype offsetOf(const QList<char32_t> &text, const QJsonValue &line, const QJsonValue &column)
{
    qsizetype at = 0;
    for (int number = 1; number < line.toInt(); ++number)
        at = text.indexOf(U'\n', at) + 1;
    return at + column.toInt() - 1;
}

/// What a reader of SARIF makes of the first fix.
QByteArray fixedBySarif(const QByteArray &bytes, const QJsonValue &fix)
{
    const QList<char32_t> before = codePointsOf(bytes);
    QList<char32_t> after;
    qsizetype done = 0;
    const QJsonArray all = fix["artifactChanges"_L1].toArray().at(0)["replacements"_L1].toArray();
    for (const QJsonValue &replacement : all) {
        const QJsonValue region = replacement["deletedRegion"_L1];
        const qsizetype begin = offsetOf(before, region["startLine"_L1], region["startColumn"_L1]);
        after += before.sliced(done, begin - done);
        after += codePointsOf(replacement["insertedContent"_L1]["text"_L1].toString().toUtf8());
        done = offsetOf(before, region["endLine"_L1], region["endColumn"_L1]);
    }
    after += before.sliced(done);
    const QByteArray mark = bytes.startsWith("\xEF\xBB\xBF") ? "\xEF\xBB\xBF" : "";
    return mark + QString::fromUcs4(after.constData(), after.size()).toUtf8();
}

QJsonArray fixesOf(const CheckedFile &file, int result = 0)
{
    return runOf({file})["results"_L1].toArray().at(result)["fixes"_L1].toArray();
}

} // namespace

/// Findings and their fixes as SARIF, the way its readers understand them.
class TestSarif : public QObject
{
    Q_OBJECT

private slots:
    void sarifLocations_data();
    void sarifLocations();
    void sarifFingerprintsStay();
    void sarifTellsUnreadableFiles();
    void sarifDescribesEveryRule();
    void sarifDescribesTheRulesInUse();
    void sarifFixesWork();
    void sarifFixPlaces_data();
    void sarifFixPlaces();
    void sarifFixesTellNoSecret_data();
    void sarifFixesTellNoSecret();
    void sarifHoldsNoPlantedSecret();
};

void TestSarif::sarifLocations_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<bool>("hasBase");
    QTest::newRow("relative") << u"conf/a.json"_s << u"conf/a.json"_s << true;
    QTest::newRow("dot") << u"./a.json"_s << u"a.json"_s << true;
    QTest::newRow("odd") << u"ä b%c#d?e:f.json"_s << u"%C3%A4%20b%25c%23d%3Fe%3Af.json"_s << true;
    QTest::newRow("absolute") << u"/etc/a b.json"_s << u"file:///etc/a%20b.json"_s << false;
    QTest::newRow("standard input") << u"-"_s << u"stdin"_s << false;
}

void TestSarif::sarifLocations()
{
    QFETCH(QString, path);
    QFETCH(bool, hasBase);
    const QJsonObject result =
        runOf({file(path, {finding()})})["results"_L1].toArray().at(0).toObject();
    const QJsonValue place = result["locations"_L1].toArray().at(0)["physicalLocation"_L1];
    QTEST(place["artifactLocation"_L1]["uri"_L1].toString(), "uri");
    QCOMPARE(place["artifactLocation"_L1]["uriBaseId"_L1].isString(), hasBase);
    const QJsonObject region {
        {u"startLine"_s, 1}, {u"startColumn"_s, 3}, {u"endLine"_s, 1}, {u"endColumn"_s, 8}};
    QCOMPARE(place["region"_L1].toObject(), region);
    QCOMPARE(result["level"_L1].toString(), u"error"_s);
}

void TestSarif::sarifFingerprintsStay()
{
    Finding moved = finding();
    moved.position = {40, 9};
    moved.at = {400, 410};
    const auto print = [](const QList<Finding> &findings, int index) {
        return runOf({file(u"a.json"_s, findings)})["results"_L1]
            .toArray()
            .at(index)["partialFingerprints"_L1]
            .toObject();
    };
    QCOMPARE(print({moved}, 0), print({finding()}, 0));
    QVERIFY(print({finding(u"Something else."_s)}, 0) != print({finding()}, 0));
    QVERIFY(print({finding(), finding()}, 1) != print({finding(), finding()}, 0));
}

void TestSarif::sarifTellsUnreadableFiles()
{
    const QJsonValue invocation = runOf({unreadable()})["invocations"_L1].toArray().at(0);
    QCOMPARE(invocation["executionSuccessful"_L1].toBool(true), false);
    QCOMPARE(invocation["toolExecutionNotifications"_L1].toArray().size(), 1);
    QCOMPARE(runOf({file(u"a"_s, {})})["invocations"_L1].toArray().at(0)["executionSuccessful"_L1],
             QJsonValue(true));
}

void TestSarif::sarifDescribesEveryRule()
{
    const QJsonArray rules = runOf({})["tool"_L1]["driver"_L1]["rules"_L1].toArray();
    QCOMPARE(size_t(rules.size()), allRules().size());
    for (const QJsonValue &rule : rules) {
        QVERIFY(ruleById(rule["id"_L1].toString()));
        QVERIFY(!rule["name"_L1].toString().contains(u' '));
        QVERIFY(!rule["help"_L1]["markdown"_L1].toString().isEmpty());
        const QStringList levels {u"error"_s, u"warning"_s, u"note"_s};
        QVERIFY(levels.contains(rule["defaultConfiguration"_L1]["level"_L1].toString()));
    }
}

void TestSarif::sarifDescribesTheRulesInUse()
{
    const auto dated = DatedRules::read(R"({"format": 1, "rules": [
        {"id": "ACME001", "severity": "info", "title": "Our own", "text": "It is ours.",
         "effect": "Nothing.", "remedy": "Nothing.", "date": "2026-01-01", "source": "us",
         "when": {"always": true},
         "example": {"pointer": "#today", "bad": "2026-11-25", "good": "2000-01-01"}}]})");
    QVERIFY2(dated, dated ? "" : qPrintable(dated.error().what));
    ValidationOptions options;
    options.today = QDate(2026, 11, 28);
    options.dated = *dated;
    const QByteArray bytes = test::faultlessProvisioner();
    const CheckedFile file {u"a.json"_s, bytes, validate(JsonText(bytes), options)};
    QCOMPARE(file.findings.size(), 1);

    const QJsonObject run =
        asJson(sarifReport({file}, *dated))["runs"_L1].toArray().at(0).toObject();

    const QJsonArray rules = run["tool"_L1]["driver"_L1]["rules"_L1].toArray();
    const QJsonValue result = run["results"_L1].toArray().at(0);
    const QJsonValue rule = rules.at(result["ruleIndex"_L1].toInt(-1));
    QCOMPARE(rule["id"_L1].toString(), u"ACME001"_s);
    QCOMPARE(rule["shortDescription"_L1]["text"_L1].toString(), u"Our own."_s);
    QVERIFY(std::none_of(rules.begin(), rules.end(), [](const QJsonValue &other) {
        return other["id"_L1].toString() == u"HK801"_s; // Their file replaces ours.
    }));
}

void TestSarif::sarifFixesWork()
{
    QList<CheckedFile> files;
    for (const Rule *rule : allRules()) {
        if (!rule->fixable || !test::isOfProvisioner(*rule))
            continue;
        const test::ExampleFile example = test::exampleFile(rule->example, rule->example.bad);
        for (const Finding &found : validate(JsonText(example.bytes), example.options))
            files.append({u"a.json"_s, example.bytes, {found}});
    }
    int fixes = 0;
    const QJsonArray results = runOf(files)["results"_L1].toArray();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QJsonValue reported = results.at(i)["fixes"_L1].toArray().at(0);
        if (reported.isUndefined())
            continue;
        ++fixes;
        const Finding &found = files[i].findings.first();
        QVERIFY2(found.fix && found.fix->safe, qPrintable(found.ruleId));
        QCOMPARE(fixedBySarif(files[i].bytes, reported), applied(files[i].bytes, found.fix->edits));
        QCOMPARE(reported["description"_L1]["text"_L1].toString(), found.fix->title);
    }
    QVERIFY2(fixes >= 40, QByteArray::number(fixes));
}

void TestSarif::sarifFixPlaces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<TextEdit>>("edits");
    QTest::addColumn<bool>("isReported");
    using Edits = QList<TextEdit>;
    // clang-format off
    QTest::newRow("in a line")           << "{\"a\": 1}"_ba            << Edits {{6, 1, "2"}}                 << true;
    QTest::newRow("beyond ASCII")        << "{\"\xf0\x9f\x98\x80\": 1}"_ba << Edits {{9, 1, "\xc3\xa4"}}        << true;
    QTest::newRow("over lines")          << "{\r\n\"a\": 1,\r\n}"_ba   << Edits {{9, 3, "\r\n"}}            << true;
    QTest::newRow("several, in disorder") << "[1, 2]"_ba              << Edits {{4, 1, ""}, {1, 1, "7"}}      << true;
    QTest::newRow("at the end")          << "{\n"_ba                  << Edits {{2, 0, "}\n"}}               << true;
    QTest::newRow("line end at the end") << "{}\n\n"_ba               << Edits {{3, 1, ""}}                  << true;
    QTest::newRow("after a mark")       << "\xEF\xBB\xBF{1}"_ba      << Edits {{4, 1, ""}}                  << true;
    QTest::newRow("the mark itself")     << "\xEF\xBB\xBF{}"_ba       << Edits {{0, 3, ""}}                  << false;
    QTest::newRow("no UTF-8")            << "{\"\xff\": 1}"_ba        << Edits {{6, 1, "2"}}                 << false;
    // clang-format on
}

void TestSarif::sarifFixPlaces()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<TextEdit>, edits);
    QFETCH(bool, isReported);
    Finding found = finding();
    found.fix = Fix {u"Fix it"_s, edits};

    const QJsonArray reported = fixesOf({u"a.json"_s, bytes, {found}});

    QCOMPARE(!reported.isEmpty(), isReported);
    if (isReported)
        QCOMPARE(fixedBySarif(bytes, reported.at(0)), applied(bytes, edits));
    found.fix->safe = false;
    QVERIFY(fixesOf({u"a.json"_s, bytes, {found}}).isEmpty());
    found.fix->safe = true;
    QVERIFY(fixesOf({u"-"_s, bytes, {found}}).isEmpty());
}

void TestSarif::sarifFixesTellNoSecret_data()
{
    QTest::addColumn<Fix>("fix");
    QTest::addColumn<bool>("isReported");
    // {"clientSecret": "Hush-Hush", "a": 1}
    // clang-format off
    QTest::newRow("elsewhere")       << Fix {u"Set"_s, {{35, 1, "2"}}}                           << true;
    QTest::newRow("over the secret") << Fix {u"Empty"_s, {{17, 11, "\"\""}}}                     << false;
    QTest::newRow("part of it")      << Fix {u"Fix"_s, {{20, 1, ""}}}                           << false;
    QTest::newRow("beside it")       << Fix {u"Add a comma"_s, {{28, 0, ","}}}                   << false;
    QTest::newRow("one of two")      << Fix {u"Move"_s, {{35, 1, "2"}, {20, 1, ""}}}             << false;
    QTest::newRow("inserted")        << Fix {u"Copy"_s, {{35, 1, "\"Hush-Hush\""}}}              << false;
    QTest::newRow("another one")     << Fix {u"Set"_s, {{35, 1, "{\"password\": \"other\"}"}}}    << false;
    QTest::newRow("in the title")    << Fix {u"Not Hush-Hush"_s, {{35, 1, "2"}}}                 << false;
    // clang-format on
}

void TestSarif::sarifFixesTellNoSecret()
{
    QFETCH(Fix, fix);
    Finding found = finding();
    found.fix = fix;
    const QByteArray bytes = R"({"clientSecret": "Hush-Hush", "a": 1})";
    const QJsonArray reported = fixesOf({u"a.json"_s, bytes, {found}});
    QTEST(!reported.isEmpty(), "isReported");
}

/// Whatever the rules find, the report can be sent to a place where the file must not be.
void TestSarif::sarifHoldsNoPlantedSecret()
{
    const QByteArray secret = "Planted-5ecret-0f-the-shop";
    QList<CheckedFile> files;
    for (const Rule *rule : allRules()) {
        if (!test::isOfProvisioner(*rule))
            continue;
        const test::ExampleFile example = test::exampleFile(rule->example, rule->example.bad);
        QByteArray bytes = example.bytes;
        bytes.replace("\"&{hubspot.client.secret}\"", '"' + secret + '"');
        bytes.replace("\"&{hubspot.refresh.token}\"", '\'' + secret + "',,");
        files.append({u"a.json"_s, bytes, validate(JsonText(bytes), example.options)});
    }
    const QByteArray report = sarifReport(files);
    const qsizetype at = report.indexOf(secret);
    QVERIFY2(at < 0, report.mid(std::max<qsizetype>(at - 300, 0), 600));
    QVERIFY(report.count("\"fixes\"") > 100);
}

HUBKEEPER_TEST(TestSarif)
#include "tst_sarif.moc"
