// SPDX-License-Identifier: MIT
#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/datedtexts.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A file with one rule; `more` replaces or adds keys, as `"date": "x"`.
QByteArray ruleFile(const QByteArray &when, const QByteArray &more = {})
{
    return R"({"format": 1, "rules": [{"id": "OWN001", "severity": "info",
        "title": "A rule of ours", "text": "This is old.",
        "effect": "It stops.", "remedy": "Renew it.", "date": "2026-12-31",
        "source": "ours", "when": )"
        + when + (more.isEmpty() ? "" : ", " + more) + "}]}";
}

QList<Finding> findingsOf(const QByteArray &rules, QDate today, const QByteArray &file)
{
    auto read = DatedRules::read(rules);
    if (!read)
        qFatal("%s", qPrintable(read.error().what));
    ValidationOptions options {ServerProfile::Commercial, u"provisioner.openicf-hubspot.json"_s,
                               today};
    options.apiVersion = u"v3"_s;
    options.dated = *read;
    return validate(JsonText(file), options);
}

const QByteArray always = R"({"always": true})";

/// Gives every sentence of rules in capitals.
class Capitals : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *text, const char *,
                                    int) const override
    {
        return qstrcmp(context, "Rule") == 0 ? QString::fromUtf8(text).toUpper() : QString();
    }
};

} // namespace

/// Dated rules are data that a file of the user's replaces.
class TestDatedRules : public QObject
{
    Q_OBJECT

private slots:
    void countsTheDays_data();
    void countsTheDays();
    void saysNothingBeforeItsTime();
    void saysNothingWithoutADay();
    void conditions_data();
    void conditions();
    void saysWhatNoEditEnds_data();
    void saysWhatNoEditEnds();
    void refuses_data();
    void refuses();
    void builtInRulesHaveExamples();
    void builtInSentencesCanBeTranslated();
    void aFindingIsTranslated();
    void usersFileReplacesAll();
    void usersFileThatIsWrongIsAnError();
};

void TestDatedRules::countsTheDays_data()
{
    QTest::addColumn<QDate>("today");
    QTest::addColumn<QString>("message");
    QTest::addColumn<Severity>("severity");

    // clang-format off
    QTest::newRow("before")     << QDate(2026, 12, 1)  << u"This is old. It ends on 2026-12-31: 30 days are left."_s   << Severity::Info;
    QTest::newRow("day before") << QDate(2026, 12, 30) << u"This is old. It ends on 2026-12-31: one day is left."_s    << Severity::Info;
    QTest::newRow("the day")    << QDate(2026, 12, 31) << u"This is old. It ends today."_s                             << Severity::Info;
    QTest::newRow("after")      << QDate(2027, 2, 1)   << u"This is old. It ended on 2026-12-31."_s                    << Severity::Info;
    // clang-format on
}

void TestDatedRules::countsTheDays()
{
    QFETCH(QDate, today);

    const QList<Finding> findings = findingsOf(ruleFile(always), today, faultlessProvisioner());

    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.first().ruleId, u"OWN001"_s);
    QTEST(findings.first().message, "message");
    QTEST(findings.first().severity, "severity");
}

void TestDatedRules::saysNothingBeforeItsTime()
{
    const QByteArray lead = ruleFile(always, R"("leadDays": 10)");
    const QByteArray since = ruleFile(always, R"("dateIs": "since")");

    QVERIFY(findingsOf(lead, QDate(2026, 12, 20), faultlessProvisioner()).isEmpty());
    QCOMPARE(findingsOf(lead, QDate(2026, 12, 21), faultlessProvisioner()).size(), 1);
    QVERIFY(findingsOf(since, QDate(2026, 12, 30), faultlessProvisioner()).isEmpty());
    const QList<Finding> known = findingsOf(since, QDate(2027, 1, 1), faultlessProvisioner());
    QCOMPARE(known.size(), 1);
    QCOMPARE(known.first().message, u"This is old. Known since 2026-12-31."_s);
    QCOMPARE(known.first().severity, Severity::Info);
}

void TestDatedRules::saysNothingWithoutADay()
{
    QVERIFY(findingsOf(ruleFile(always), {}, faultlessProvisioner()).isEmpty());
}

void TestDatedRules::saysWhatNoEditEnds_data()
{
    QTest::addColumn<QByteArray>("when");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<bool>("curable");
    QTest::newRow("always") << always << QByteArray() << false;
    QTest::newRow("API version") << R"({"apiVersion": "v3"})"_ba << QByteArray() << false;
    QTest::newRow("of the file") << R"({"objectType": "contact"})"_ba << QByteArray() << true;
    QTest::newRow("of the file, but") << R"({"objectType": "contact"})"_ba
                                      << R"("cure": "elsewhere")"_ba << false;
}

void TestDatedRules::saysWhatNoEditEnds()
{
    QFETCH(QByteArray, when);
    QFETCH(QByteArray, more);

    const QList<Finding> findings =
        findingsOf(ruleFile(when, more), QDate(2026, 12, 1), faultlessProvisioner());

    QCOMPARE(findings.size(), 1);
    QTEST(findings.first().isCurable, "curable");
}

void TestDatedRules::conditions_data()
{
    QTest::addColumn<QByteArray>("when");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<bool>("applies");

    // clang-format off
    QTest::newRow("property, same")       << R"({"property": "/enabled", "equals": true})"_ba                  << u"/enabled"_s << true;
    QTest::newRow("property, other")      << R"({"property": "/enabled", "equals": false})"_ba                 << u""_s         << false;
    QTest::newRow("property, absent")     << R"({"property": "/author", "equals": null})"_ba                   << u""_s         << false;
    QTest::newRow("object type")          << R"({"objectType": "contact"})"_ba                                 << u"/objectTypes/contact"_s << true;
    QTest::newRow("object type, absent")  << R"({"objectType": ["owner", "company"]})"_ba                      << u""_s         << false;
    QTest::newRow("attribute by native")  << R"({"attribute": "__NAME__", "of": "contact"})"_ba                << u"/objectTypes/contact/properties/vid"_s << true;
    QTest::newRow("attribute, IDM name")  << R"({"attribute": "vid", "of": "contact"})"_ba                     << u""_s         << false;
    QTest::newRow("attribute, elsewhere") << R"({"attribute": "email", "of": "company"})"_ba                   << u""_s         << false;
    QTest::newRow("version below")        << R"({"versionBelow": "1.6.0.0"})"_ba                               << u"/connectorRef/bundleVersion"_s << true;
    QTest::newRow("version may be above") << R"({"versionBelow": "1.5.20.34"})"_ba                             << u""_s         << false;
    QTest::newRow("API version")          << R"({"apiVersion": ["v1", "v3"]})"_ba                              << u""_s         << true;
    QTest::newRow("other API version")    << R"({"apiVersion": "2026-09"})"_ba                                 << u""_s         << false;
    QTest::newRow("text")                 << R"({"textContains": "HUBSPOT CONN"})"_ba                          << u"/connectorRef/displayName"_s << true;
    QTest::newRow("text, absent")         << R"({"textContains": "/oauth/v1/"})"_ba                            << u""_s         << false;
    // clang-format on
}

void TestDatedRules::conditions()
{
    QFETCH(QByteArray, when);
    QFETCH(QString, pointer);
    QFETCH(bool, applies);

    const QList<Finding> findings =
        findingsOf(ruleFile(when), QDate(2026, 12, 1), faultlessProvisioner());

    QCOMPARE(findings.size(), applies ? 1 : 0);
    if (applies)
        QCOMPARE(findings.first().pointer, pointer);
}

void TestDatedRules::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("word");

    // clang-format off
    QTest::newRow("no JSON")           << "{"_ba                                                   << u"JSON"_s;
    QTest::newRow("other format")      << R"({"format": 2, "rules": []})"_ba                       << u"format"_s;
    QTest::newRow("no condition")      << ruleFile("{}")                                           << u"when"_s;
    QTest::newRow("two conditions")    << ruleFile(R"({"always": true, "objectType": "owner"})")   << u"when"_s;
    QTest::newRow("unknown condition") << ruleFile(R"({"moon": "full"})")                          << u"when"_s;
    QTest::newRow("not always")        << ruleFile(R"({"always": false})")                         << u"always"_s;
    QTest::newRow("no value")          << ruleFile(R"({"property": "/enabled"})")                  << u"equals"_s;
    QTest::newRow("no pointer")        << ruleFile(R"({"property": "enabled", "equals": 1})")      << u"pointer"_s;
    QTest::newRow("no version")        << ruleFile(R"({"versionBelow": "new"})")                   << u"versionBelow"_s;
    QTest::newRow("no type")           << ruleFile(R"({"attribute": "email"})")                    << u"of"_s;
    QTest::newRow("no names")          << ruleFile(R"({"objectType": []})")                        << u"objectType"_s;
    QTest::newRow("foreign id")        << ruleFile(always).replace("OWN001", "HK101")              << u"id"_s;
    QTest::newRow("no date")           << ruleFile(always).replace("2026-12-31", "soon")           << u"date"_s;
    QTest::newRow("no sentence")       << ruleFile(always).replace("It stops.", "it stops")        << u"effect"_s;
    QTest::newRow("severity")          << ruleFile(always).replace("\"info\"", "\"fatal\"")        << u"severity"_s;
    QTest::newRow("meaning")           << ruleFile(always, R"("dateIs": "maybe")")                 << u"dateIs"_s;
    // clang-format on
}

void TestDatedRules::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, word);

    const auto rules = DatedRules::read(json);

    QVERIFY(!rules);
    QCOMPARE(rules.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(rules.error().what.contains(word), qPrintable(rules.error().what));
}

void TestDatedRules::builtInRulesHaveExamples()
{
    QVERIFY(DatedRules::builtIn()->rules().size() > 10);
    for (const DatedRule &rule : DatedRules::builtIn()->rules()) {
        QVERIFY2(*rule.rule.example.pointer != '\0', rule.rule.id);
        QVERIFY2(rule.rule.example.bad != nullptr, rule.rule.id);
    }
}

void TestDatedRules::builtInSentencesCanBeTranslated()
{
    QSet<QByteArray> shown;
    for (const DatedRule &rule : DatedRules::builtIn()->rules())
        shown |= {rule.rule.title, rule.message.toUtf8(), rule.rule.effect, rule.rule.remedy};
    const std::span<const char *const> texts = datedTexts();
    const QSet<QByteArray> known(texts.begin(), texts.end());

    for (const QByteArray &text : shown - known)
        QFAIL(("not in datedtexts.cpp: " + text).constData());
    for (const QByteArray &text : known - shown)
        QFAIL(("in datedtexts.cpp, but in no rule: " + text).constData());
}

void TestDatedRules::aFindingIsTranslated()
{
    Capitals translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const QList<Finding> findings =
        findingsOf(ruleFile(always), QDate(2026, 12, 31), faultlessProvisioner());
    QCoreApplication::removeTranslator(&translator);

    QCOMPARE(findings.first().message, u"THIS IS OLD. It ends today."_s);
    QCOMPARE(findings.first().effect, u"IT STOPS."_s);
}

void TestDatedRules::usersFileReplacesAll()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    QCOMPARE(*DatedRules::forUser(paths), DatedRules::builtIn());
    QFile file(paths.config + u"/dated-rules.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(ruleFile(always)) > 0);
    file.close();

    const auto rules = DatedRules::forUser(paths);

    QVERIFY(rules);
    QCOMPARE((*rules)->rules().size(), size_t(1));
    QCOMPARE((*rules)->rules().front().message, u"This is old."_s);
}

void TestDatedRules::usersFileThatIsWrongIsAnError()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    QFile file(paths.config + u"/dated-rules.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{}") > 0);
    file.close();

    QVERIFY(!DatedRules::forUser(paths));
    QVERIFY(!DatedRules::load(folder.filePath(u"none.json"_s)));
}

HUBKEEPER_TEST(TestDatedRules)
#include "tst_datedrules.moc"
