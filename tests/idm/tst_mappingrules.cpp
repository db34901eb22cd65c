// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingfile.h"
#include "testkit/mappingfile.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

qsizetype countOf(const QString &id, const QList<Finding> &findings)
{
    return std::count_if(findings.begin(), findings.end(),
                         [&id](const Finding &finding) { return finding.ruleId == id; });
}

QString shown(const QList<Finding> &findings)
{
    QString lines;
    for (const Finding &finding : findings)
        lines += u"\n%1 %2:%3 %4 %5"_s.arg(finding.ruleId)
                     .arg(finding.position.line)
                     .arg(finding.position.column)
                     .arg(finding.pointer, finding.message);
    return lines;
}

bool isSentence(const QString &text)
{
    return !text.isEmpty() && text.endsWith(u'.') && text.trimmed() == text;
}

QByteArray sampleMappings()
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/sync.sample.json"));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The promise of the rules of mappings: each finds its bad example, lets its good one pass, and
/// its fix ends the finding.
class TestMappingRules : public QObject
{
    Q_OBJECT

private slots:
    void nothingToSayOfFaultlessMappings();
    void isNumbered_data();
    void isNumbered();
    void badExample_data();
    void badExample();
    void goodExample_data();
    void goodExample();
    void fixEndsTheFinding_data();
    void fixEndsTheFinding();
    void theShippedSampleHasNoErrors();
    void theTrapsOfTheSample();
    void placesAreThoseOfTheText();
    void whatIsNotJson();
    void anyBytesAtAll();
    void hugeFilesEndSoon_data();
    void hugeFilesEndSoon();
    void aProvisionerHasNoMappings();
    void formsOfFiles_data();
    void formsOfFiles();
    void aMappingAloneDoesNotMissItsNeighbours();
    void declaredTypesDecide();
    void declaredManagedObjectsDecide_data();
    void declaredManagedObjectsDecide();
    void scriptsThatNobodyCanTry();

private:
    static void addRules();
    QList<Finding> findingsIn(const MappingExample &file);

    TriedScripts m_scripts;
};

void TestMappingRules::addRules()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules()) {
        if (rule->stage == RuleStage::Mappings)
            QTest::newRow(rule->id) << rule;
    }
}

QList<Finding> TestMappingRules::findingsIn(const MappingExample &file)
{
    MappingOptions options = file.options;
    options.tryScript = m_scripts.asked();
    options.isSearchable = [](const QString &, const QString &attribute, const QString &op) {
        return op == "eq"_L1 && attribute != "phone"_L1;
    };
    return validateMappings(JsonText(file.bytes), options);
}

void TestMappingRules::nothingToSayOfFaultlessMappings()
{
    const QList<Finding> findings = findingsIn({faultlessMappings(), {}});
    QVERIFY2(findings.isEmpty(), qPrintable(shown(findings)));
}

void TestMappingRules::isNumbered_data()
{
    addRules();
}

void TestMappingRules::isNumbered()
{
    QFETCH(const Rule *, rule);
    static const QRegularExpression id(u"^HK1[0-9]{3}\\z"_s);
    QVERIFY(id.match(QString::fromLatin1(rule->id)).hasMatch());
    QCOMPARE(ruleById(QString::fromLatin1(rule->id)), rule);
}

void TestMappingRules::badExample_data()
{
    addRules();
}

void TestMappingRules::badExample()
{
    QFETCH(const Rule *, rule);
    const QList<Finding> findings = findingsIn(mappingExample(rule->example, rule->example.bad));
    QVERIFY2(countOf(QString::fromLatin1(rule->id), findings) > 0, qPrintable(shown(findings)));
    for (const Finding &finding : findings) {
        QVERIFY2(isSentence(finding.message), qPrintable(finding.message));
        QVERIFY2(isSentence(finding.effect), qPrintable(finding.effect));
        QVERIFY2(isSentence(finding.remedy), qPrintable(finding.remedy));
    }
}

void TestMappingRules::goodExample_data()
{
    addRules();
}

void TestMappingRules::goodExample()
{
    QFETCH(const Rule *, rule);
    const QList<Finding> findings = findingsIn(mappingExample(rule->example, rule->example.good));
    QVERIFY2(countOf(QString::fromLatin1(rule->id), findings) == 0, qPrintable(shown(findings)));
}

void TestMappingRules::fixEndsTheFinding_data()
{
    addRules();
}

void TestMappingRules::fixEndsTheFinding()
{
    QFETCH(const Rule *, rule);
    const QString id = QString::fromLatin1(rule->id);
    MappingExample file = mappingExample(rule->example, rule->example.bad);
    const QList<Finding> before = findingsIn(file);
    bool hasFix = false;
    for (const Finding &finding : before) {
        if (finding.ruleId != id || !finding.fix)
            continue;
        hasFix = true;
        MappingExample fixed = file;
        fixed.bytes = applied(file.bytes, finding.fix->edits);
        QVERIFY(JsonText(fixed.bytes).isValid());
        const QList<Finding> after = findingsIn(fixed);
        QVERIFY2(countOf(id, after) < countOf(id, before), fixed.bytes.constData());
    }
    QCOMPARE(hasFix, rule->fixable);
}

void TestMappingRules::theShippedSampleHasNoErrors()
{
    for (const ServerProfile profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        MappingExample file {sampleMappings(), {}};
        QVERIFY(!file.bytes.isEmpty());
        file.options.profile = profile;
        QList<Finding> errors = findingsIn(file);
        errors.removeIf([](const Finding &finding) { return finding.severity != Severity::Error; });
        QVERIFY2(errors.isEmpty(), qPrintable(shown(errors)));
    }
}

/// idm-connector 1.5, (a) to (d).
void TestMappingRules::theTrapsOfTheSample()
{
    const QList<Finding> findings = findingsIn({sampleMappings(), {}});
    const auto pointersOf = [&](const QString &id) {
        QStringList pointers;
        for (const Finding &finding : findings) {
            if (finding.ruleId == id)
                pointers.append(finding.pointer);
        }
        return pointers;
    };
    QCOMPARE(pointersOf(u"HK1208"_s),
             QStringList({u"/mappings/0/name"_s, u"/mappings/1/name"_s})); // (a)
    QCOMPARE(pointersOf(u"HK1118"_s), QStringList {u"/mappings/0/properties/3/source"_s}); // (b)
    QCOMPARE(pointersOf(u"HK1116"_s), QStringList {u"/mappings/0/properties/0"_s});
    QCOMPARE(pointersOf(u"HK1111"_s), QStringList {u"/mappings/1/properties/2/target"_s}); // (c)
    QCOMPARE(pointersOf(u"HK1309"_s),
             QStringList(
                 {u"/mappings/0/policies/5/action"_s, u"/mappings/1/policies/5/action"_s})); // (d)
    QCOMPARE(pointersOf(u"HK1016"_s), QStringList {u"/mappings/1/name"_s});
    QVERIFY(pointersOf(u"HK1115"_s).isEmpty()); // All that it reads there is required.
}

void TestMappingRules::placesAreThoseOfTheText()
{
    MappingExample file =
        mappingExample({"/mappings/0/policies/0/action", R"("UPDAT")", nullptr}, R"("UPDAT")");
    const QList<Finding> findings = findingsIn(file);
    QCOMPARE(findings.size(), 1);
    const Finding &finding = findings.first();
    QCOMPARE(finding.pointer, u"/mappings/0/policies/0/action"_s);
    QCOMPARE(file.bytes.mid(finding.at.begin, finding.at.size()), QByteArray("\"UPDAT\""));
    QCOMPARE(finding.position, JsonText(file.bytes).positionOf(finding.at.begin));
    QVERIFY(finding.position.line > 1);
}

void TestMappingRules::whatIsNotJson()
{
    QByteArray bytes = faultlessMappings();
    bytes.replace("\"enableSync\": false,", "\"enableSync\": false");
    const QList<Finding> findings = findingsIn({bytes, {}});
    QVERIFY2(!findings.isEmpty(), bytes);
    QVERIFY(findings.first().ruleId.startsWith("HK0"_L1));
    for (const Finding &finding : findings) // Nothing is missing that was lost with the fault.
        QVERIFY2(finding.ruleId.size() == 5 || finding.severity != Severity::Error,
                 qPrintable(shown(findings)));
}

void TestMappingRules::anyBytesAtAll()
{
    const QByteArray whole = faultlessMappings();
    for (qsizetype cut = 0; cut < whole.size(); cut += 37)
        (void)validateMappings(JsonText(whole.left(cut)), {});
    for (const char *odd :
         {"", "[]", "null", "{\"mappings\": null}", "{\"mappings\": [1, null, [], {}]}",
          R"({"mappings": [{"name": 5, "source": [], "target": {}, "properties": "x"}]})",
          R"({"mappings": [{"name": "a", "source": "b", "target": "c", "properties": {"a": 1},
              "policies": [1, "x", {}, {"situation": [], "action": 7}], "correlationQuery": 5,
              "linkQualifiers": 5, "sourceQuery": "x", "taskThreads": "many"}]})"})
        (void)findingsIn({odd, {}});
}

void TestMappingRules::hugeFilesEndSoon_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto repeated = [](const QByteArray &one, int times) {
        return QList<QByteArray>(times, one).join(",");
    };
    const QByteArray property = R"({"source": "x", "target": "y"})";
    const auto mapping = [](const QByteArray &member) {
        return R"({"name": "a", "source": "managed/user", "target": "system/hubspot/contact", )"
            + member + "}";
    };
    const auto list = [](const QByteArray &mappings) {
        return "{\"mappings\": [" + mappings + "]}";
    };
    QTest::newRow("mappings") << list(repeated(mapping("\"links\": \"a\""), 15'000));
    QTest::newRow("properties") << list(
        mapping("\"properties\": [" + repeated(property, 30'000) + "]"));
    QTest::newRow("policies") << list(mapping(
        "\"policies\": [" + repeated(R"({"situation": "FOUND", "action": "x"})", 30'000) + "]"));
    QTest::newRow("fields") << list(mapping(
        R"("correlationQuery": {"type": "text/javascript", "mapping": "a",
           "file": "ui/correlateTreeToQueryFilter.js", "expressionTree": {"any": [)"
        + repeated("\"y\"", 60'000) + "]}}"));
    QTest::newRow("qualifiers") << list(mapping("\"linkQualifiers\": [" + repeated("\"y\"", 60'000)
                                                + "], \"correlationQuery\": ["
                                                + repeated(R"({"type": "x"})", 10'000) + "]"));
    QTest::newRow("a long query") << list(
        mapping(R"("correlationQuery": {"type": "text/javascript", "source": "_queryFilter )"
                + QByteArray("'a eq \\\"' + b + ").repeated(20'000) + R"("})"));
}

/// Whatever is in the file.
void TestMappingRules::hugeFilesEndSoon()
{
    QFETCH(QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    (void)validateMappings(JsonText(bytes), {});
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed())); // Unoptimised, busy.
}

void TestMappingRules::aProvisionerHasNoMappings()
{
    QVERIFY(!mappingsIn(JsonText(faultlessProvisioner(ServerProfile::Commercial))).isMappings());
    QVERIFY(
        validateMappings(JsonText(faultlessProvisioner(ServerProfile::Commercial)), {}).isEmpty());
}

void TestMappingRules::formsOfFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("form");
    QTest::addColumn<bool>("isWhole");

    const QByteArray one = faultlessMapping();
    // clang-format off
    QTest::newRow("sync.json")      << QByteArray("{\"mappings\": [" + one + "]}")                                   << int(MappingFile::List)   << true;
    QTest::newRow("one mapping")    << one                                                                           << int(MappingFile::Single) << false;
    QTest::newRow("frodo, sync")    << QByteArray("{\"meta\": {}, \"idm\": {\"sync\": {\"mappings\": [" + one + "]}}}") << int(MappingFile::Tool)   << true;
    QTest::newRow("frodo, one")     << QByteArray("{\"idm\": {\"mapping/a\": " + one + "}}")                            << int(MappingFile::Tool)   << false;
    QTest::newRow("frodo, mapping") << QByteArray("{\"mapping\": {\"mapping/a\": " + one + "}}")                        << int(MappingFile::Tool)   << false;
    QTest::newRow("something else") << QByteArray(R"({"name": "x", "source": "y"})")                                    << int(MappingFile::None)   << false;
    // clang-format on
}

void TestMappingRules::formsOfFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, form);
    QFETCH(bool, isWhole);
    const JsonText text(bytes);
    const MappingFile file = mappingsIn(text);
    QCOMPARE(int(file.form), form);
    QCOMPARE(file.isWhole(), isWhole);
    if (form != MappingFile::None) {
        QCOMPARE(file.mappings.size(), 1);
        QVERIFY(mappingNamed(text, file, u"managedUser_hubspotContact"_s) != JsonText::none);
        const QList<Finding> findings = findingsIn({bytes, {}});
        QVERIFY2(findings.isEmpty(), qPrintable(shown(findings)));
    }
}

void TestMappingRules::aMappingAloneDoesNotMissItsNeighbours()
{
    const QByteArray bytes = withTextAt(faultlessMapping(), u"/links"_s, R"("elsewhere")");
    QVERIFY(findingsIn({bytes, {}}).isEmpty());

    MappingExample file {bytes, {}};
    file.options.knowsAllOthers = true;
    QCOMPARE(countOf(u"HK1005"_s, findingsIn(file)), 1);
    file.options.others = {QJsonObject {{u"name"_s, u"elsewhere"_s},
                                        {u"source"_s, u"system/hubspot/contact"_s},
                                        {u"target"_s, u"managed/user"_s}}};
    QCOMPARE(countOf(u"HK1005"_s, findingsIn(file)), 0);
}

/// Without a provisioner the portal may have what the default schema lacks.
void TestMappingRules::declaredTypesDecide()
{
    MappingExample file =
        mappingExample({"/mappings/0/properties/1/target", "", nullptr}, R"("favouriteColour")");
    const auto severity = [&] {
        for (const Finding &finding : findingsIn(file)) {
            if (finding.ruleId == "HK1107"_L1)
                return int(finding.severity);
        }
        return -1;
    };
    QCOMPARE(severity(), int(Severity::Warning));
    const auto provisioner = [](const QString &attribute) {
        QJsonObject properties;
        for (const QString &name : {u"email"_s, u"firstname"_s, u"lastname"_s, attribute})
            properties.insert(name, QJsonObject {{u"type"_s, u"string"_s}});
        return QJsonObject {
            {u"objectTypes"_s,
             QJsonObject {{u"contact"_s, QJsonObject {{u"properties"_s, properties}}}}}};
    };
    file.options.collections.addProvisioner(u"hubspot"_s, provisioner(u"city"_s));
    QCOMPARE(severity(), int(Severity::Error));
    file.options.collections.addProvisioner(u"hubspot"_s, provisioner(u"favouriteColour"_s));
    QCOMPARE(severity(), -1);
}

void TestMappingRules::declaredManagedObjectsDecide_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("withStandard"); // Rule ids.
    QTest::addColumn<QString>("withOurs");

    // clang-format off
    QTest::newRow("as it is")         << u"/mappings/0/name"_s                << R"("managedUser_hubspotContact")"_ba << u""_s << u"HK1117"_s;
    QTest::newRow("own attribute")    << u"/mappings/1/properties/1/target"_s << R"("badge")"_ba         << u"HK1117"_s << u""_s;
    QTest::newRow("standard's")       << u"/mappings/1/properties/1/target"_s << R"("city")"_ba          << u"HK1117"_s << u"HK1117 HK1123"_s;
    QTest::newRow("without a guard")  << u"/mappings/1/validSource"_s         << R"({"type": "text/javascript", "source": "true"})"_ba << u"HK1116"_s << u"HK1117"_s;
    QTest::newRow("source")           << u"/mappings/0/properties/1/source"_s << R"("givenname")"_ba     << u""_s << u"HK1108 HK1117"_s;
    QTest::newRow("IDM's own")        << u"/mappings/0/properties/1/source"_s << R"("_id")"_ba           << u""_s << u"HK1117"_s;
    QTest::newRow("number into text") << u"/mappings/0/properties/1/source"_s << R"("floor")"_ba         << u""_s << u"HK1117 HK1119"_s;
    QTest::newRow("a relationship")   << u"/mappings/0/properties/1/source"_s << R"("manager")"_ba       << u""_s << u"HK1117"_s;
    QTest::newRow("no such object")   << u"/mappings/1/target"_s              << R"("managed/users")"_ba << u""_s << u"HK1011"_s;
    // clang-format on
}

/// What config/managed says counts, not the schema that the product comes with.
void TestMappingRules::declaredManagedObjectsDecide()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    const auto text = [](const QString &type) { return QJsonObject {{u"type"_s, type}}; };
    QJsonObject properties {{u"badge"_s, text(u"string"_s)},
                            {u"floor"_s, text(u"integer"_s)},
                            {u"manager"_s, text(u"relationship"_s)}};
    for (const QString &name : {u"mail"_s, u"givenName"_s, u"sn"_s, u"userName"_s})
        properties.insert(name, QJsonObject {{u"type"_s, QJsonArray {u"string"_s, u"null"_s}}});
    const QJsonObject schema {{u"properties"_s, properties},
                              {u"required"_s, QJsonArray {u"mail"_s, u"badge"_s}}};
    const QJsonObject user {{u"name"_s, u"user"_s}, {u"schema"_s, schema}};
    const auto idsOf = [&](bool isDeclared) {
        static const QStringList ofSchemas {u"HK1011"_s, u"HK1108"_s, u"HK1116"_s,
                                            u"HK1117"_s, u"HK1119"_s, u"HK1123"_s};
        MappingExample file {withTextAt(faultlessMappings(), pointer, json.constData()), {}};
        if (isDeclared)
            file.options.collections.addManaged({user});
        QStringList ids;
        for (const Finding &finding : findingsIn(file)) {
            if (ofSchemas.contains(finding.ruleId))
                ids.append(finding.ruleId);
        }
        ids.removeDuplicates();
        ids.sort();
        return ids.join(u' ');
    };

    QTEST(idsOf(false), "withStandard");
    QTEST(idsOf(true), "withOurs");
}

void TestMappingRules::scriptsThatNobodyCanTry()
{
    const QList<Finding> findings = validateMappings(JsonText(faultlessMappings()), {});
    QCOMPARE(countOf(u"HK1105"_s, findings), 2); // Said, not passed.
    QCOMPARE(findings.size(), 2);
}

HUBKEEPER_TEST(TestMappingRules)
#include "tst_mappingrules.moc"
