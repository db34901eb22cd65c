// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// Its own policies, a transform that cannot be read, an attribute that is not declared.
constexpr auto faulty = R"({
  "mappings": [
    {
      "name": "user_contact",
      "source": "managed/user",
      "target": "system/hubspot/contact",
      "enableSync": false,
      "properties": [
        {"source": "mail", "target": "email",
         "transform": {"type": "text/javascript", "source": "source.toLowerCase("}},
        {"source": "sn", "target": "surname"}
      ],
      "policies": [{"situation": "CONFIRMD", "action": "UPDATE"}]
    }
  ]
}
)";

constexpr auto provisioner = R"({
  "name": "hubspot",
  "connectorRef": {"bundleName": "org.forgerock.openicf.connectors.hubspot-connector"},
  "objectTypes": {"contact": {"id": "contact",
    "type": "object", "nativeType": "contact", "properties": {
      "email": {"type": "string"}, "surname": {"type": "string"}}}}
}
)";

QByteArray sample()
{
    QFile file(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/sync.sample.json"));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList rulesIn(const QJsonObject &file)
{
    QStringList rules;
    const QJsonArray findings = file["findings"_L1].toArray();
    for (const QJsonValue &finding : findings)
        rules.append(finding["ruleId"_L1].toString());
    return rules;
}

} // namespace

/// Files of mappings on the command line, as processes.
class TestCliMappings : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }
    void findsWhatIsWrong();
    void theSampleHasWarnings();
    void knowsMappingsByTheirContent();
    void theNeighboursCount();
    void aProvisionerCanBeNamed();
    void managedObjectsCount();
    void foldersHoldBoth();
    void allFormats();
    void ignoresAndProjects();
    void fixesWhatIsMechanical();
    void rulesAndExplanations();
    void listsAndShowsAFile();
    void whatItPrintsHasAShape();
    void refusesWhatHoldsNone();

private:
    [[nodiscard]] QJsonObject checked(const QStringList &arguments, int code = 1) const;

    std::unique_ptr<Program> m_program;
};

QJsonObject TestCliMappings::checked(const QStringList &arguments, int code) const
{
    const Ended ended = m_program->run(
        QStringList {u"validate"_s, u"--json"_s, u"--no-project-file"_s} + arguments);
    if (ended.code != code)
        qWarning("%d %s %s", ended.code, ended.out.constData(), ended.err.constData());
    return ended.json();
}

void TestCliMappings::findsWhatIsWrong()
{
    const QString file = m_program->write(u"sync.json"_s, faulty);
    const QJsonObject report = checked({file});
    const QJsonObject one = report["files"_L1].toArray().first().toObject();
    const QStringList rules = rulesIn(one);
    QVERIFY2(rules.contains(u"HK1104"_s), qPrintable(rules.join(u' '))); // The real engine read it.
    QVERIFY(rules.contains(u"HK1301"_s));
    const QJsonArray findings = one["findings"_L1].toArray();
    for (const QJsonValue &finding : findings) {
        if (finding["ruleId"_L1].toString() != "HK1104"_L1)
            continue;
        QCOMPARE(finding["pointer"_L1].toString(), u"/mappings/0/properties/0/transform/source"_s);
        QCOMPARE(finding["line"_L1].toInt(), 10);
    }
}

void TestCliMappings::theSampleHasWarnings()
{
    const QString file = m_program->write(u"sync.json"_s, sample());
    const Ended ended = m_program->run({u"validate"_s, file});
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.out.contains("HK1309") && ended.out.contains("HK1208"), ended.out);
    QVERIFY2(!ended.out.contains(": error"), ended.out);
    QCOMPARE(m_program->run({u"validate"_s, file, u"--fail-on"_s, u"warning"_s}).code, 1);
}

void TestCliMappings::knowsMappingsByTheirContent()
{
    const QString other = m_program->write(u"export.json"_s, faulty);
    QVERIFY(
        rulesIn(checked({other})["files"_L1].toArray().first().toObject()).contains(u"HK1301"_s));
    const Ended piped = m_program->run({u"validate"_s, u"-"_s}, faulty);
    QVERIFY2(piped.out.contains("HK1301"), piped.out);
    // Under the name of a provisioner IDM takes it for one.
    const QString wrong = m_program->write(u"provisioner.openicf-x.json"_s, faulty);
    QCOMPARE(rulesIn(checked({wrong})["files"_L1].toArray().first().toObject()).first(),
             u"HK029"_s);
    QVERIFY(
        rulesIn(
            checked({wrong, u"--type"_s, u"mappings"_s})["files"_L1].toArray().first().toObject())
            .contains(u"HK1301"_s));
}

void TestCliMappings::theNeighboursCount()
{
    const QString file = m_program->write(u"conf/sync.json"_s, faulty);
    const auto severity = [&] {
        const QJsonObject report = checked({file});
        const QJsonArray findings = report["files"_L1].toArray().first()["findings"_L1].toArray();
        for (const QJsonValue &finding : findings) {
            if (finding["ruleId"_L1].toString() == "HK1107"_L1)
                return finding["severity"_L1].toString();
        }
        return QString();
    };
    QCOMPARE(severity(), u"warning"_s); // The default schema has no such attribute.
    m_program->write(u"conf/provisioner.openicf-hubspot.json"_s, provisioner);
    QCOMPARE(severity(), QString()); // The provisioner beside it has.
    m_program->write(u"conf/provisioner.openicf-hubspot.json"_s,
                     QByteArray(provisioner).replace("\"surname\"", "\"lastname\""));
    QCOMPARE(severity(), u"error"_s);
}

void TestCliMappings::aProvisionerCanBeNamed()
{
    const QString file = m_program->write(u"a/sync.json"_s, faulty);
    const QString beside = m_program->write(u"b/p.json"_s, provisioner);
    QVERIFY(
        !rulesIn(
             checked({file, u"--provisioner"_s, beside})["files"_L1].toArray().first().toObject())
             .contains(u"HK1107"_s));
    const Ended refused = m_program->run({u"validate"_s, file, u"--provisioner"_s, file});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("not a provisioner"), refused.err);
}

void TestCliMappings::managedObjectsCount()
{
    const QByteArray mapping = R"({"name": "a", "source": "system/hubspot/contact",
        "target": "managed/user", "properties": [{"source": "email", "target": "badge"}]})";
    const QByteArray managed = R"({"objects": [{"name": "user", "schema": {"properties":
        {"badges": {"type": ["string", "null"]}}, "required": []}}]})";
    const QString file = m_program->write(u"a/mapping-a.json"_s, mapping);
    const QString elsewhere = m_program->write(u"b/managed.json"_s, managed);
    const auto rules = [&](const QStringList &options) {
        return rulesIn(
            checked(QStringList {file} + options, 0)["files"_L1].toArray().first().toObject());
    };
    QVERIFY(!rules({}).contains(u"HK1123"_s)); // The standard schema may have been extended.
    QVERIFY(rules({u"--managed"_s, elsewhere}).contains(u"HK1123"_s));
    m_program->write(u"a/managed.json"_s, managed);
    QVERIFY(rules({}).contains(u"HK1123"_s));
    const Ended refused = m_program->run({u"validate"_s, file, u"--managed"_s, file});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("no managed objects"), refused.err);
}

void TestCliMappings::foldersHoldBoth()
{
    m_program->write(u"conf/sync.json"_s, faulty);
    m_program->write(u"conf/provisioner.openicf-hubspot.json"_s, provisioner);
    m_program->write(u"conf/mapping-a.json"_s,
                     R"({"name": "a", "source": "managed/user", "target": "managed/role",
                         "properties": []})");
    m_program->write(u"conf/mapping-api.json"_s, R"({"openapi": "3.1.0"})"); // Something else.
    QStringList names;
    const QJsonArray files = checked({m_program->path(u"conf"_s)})["files"_L1].toArray();
    for (const QJsonValue &file : files)
        names.append(QFileInfo(file["path"_L1].toString()).fileName());
    QCOMPARE(
        names,
        QStringList({u"mapping-a.json"_s, u"provisioner.openicf-hubspot.json"_s, u"sync.json"_s}));
}

void TestCliMappings::allFormats()
{
    const QString file = m_program->write(u"sync.json"_s, faulty);
    const auto printed = [&](const QString &format) {
        return m_program->run({u"validate"_s, u"--format"_s, format, file});
    };
    const QJsonObject sarif = printed(u"sarif"_s).json();
    const QJsonObject run = sarif["runs"_L1].toArray().first().toObject();
    QStringList results;
    const QJsonArray found = run["results"_L1].toArray();
    for (const QJsonValue &result : found)
        results.append(result["ruleId"_L1].toString());
    QVERIFY2(results.contains(u"HK1301"_s), qPrintable(results.join(u' ')));
    const Ended junit = printed(u"junit"_s);
    QXmlStreamReader xml(junit.out);
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError() && junit.out.contains("HK1301"), junit.out);
    QVERIFY(printed(u"github"_s).out.contains("::error file="));
    QCOMPARE(printed(u"text"_s).code, 1);
}

void TestCliMappings::ignoresAndProjects()
{
    const QString file = m_program->write(u"sync.json"_s, faulty);
    const Ended only = m_program->run({u"validate"_s, file, u"--rule"_s, u"HK1301"_s});
    QVERIFY2(only.out.contains("HK1301") && !only.out.contains("HK1104"), only.out);
    const QByteArray ignored = R"({"ignore": ["HK1301", "HK1104", "HK1202"]})";
    m_program->write(u".hubkeeper.json"_s, ignored);
    const Ended by = m_program->run({u"validate"_s, file});
    QVERIFY2(by.code == 0 && !by.out.contains("HK1301"), by.out + by.err);
}

void TestCliMappings::fixesWhatIsMechanical()
{
    const QString file = m_program->write(
        u"sync.json"_s,
        QByteArray(faulty).replace("\"enableSync\": false", "\"enableSync\": \"false\""));
    const Ended fixed = m_program->run({u"fix"_s, file});
    QCOMPARE(fixed.code, 0);
    QVERIFY2(m_program->content(u"sync.json"_s).contains("\"enableSync\": false"),
             fixed.out + fixed.err);
    QVERIFY(m_program->content(u"sync.json"_s).contains("CONFIRMD")); // Not a safe one.
    QCOMPARE(m_program->run({u"fix"_s, u"--unsafe"_s, file}).code, 0);
    QVERIFY(m_program->content(u"sync.json"_s).contains("\"CONFIRMED\""));
}

void TestCliMappings::rulesAndExplanations()
{
    const Ended rules = m_program->run({u"rules"_s, u"--json"_s});
    QStringList ids;
    const QJsonArray list = rules.json()["rules"_L1].toArray();
    for (const QJsonValue &rule : list)
        ids.append(rule["id"_L1].toString());
    QVERIFY(ids.contains(u"HK1001"_s));
    QVERIFY(ids.indexOf(u"HK1001"_s) > ids.indexOf(u"HK921"_s)); // After those of three digits.
    const Ended one = m_program->run({u"explain"_s, u"hk1305"_s});
    QCOMPARE(one.code, 0);
    QVERIFY2(one.out.contains("source is null"), one.out);
}

void TestCliMappings::listsAndShowsAFile()
{
    const QString file = m_program->write(u"sync.json"_s, sample());
    const Ended list = m_program->run({u"idm"_s, u"mappings"_s, u"list"_s, u"--file"_s, file});
    QCOMPARE(list.code, 0);
    QVERIFY2(list.out.contains("systemHubspotContact_managedUser"), list.out);
    const Ended shown = m_program->run({u"idm"_s, u"mappings"_s, u"show"_s,
                                        u"managedUser_systemHubspotContact"_s, u"--file"_s, file});
    QCOMPARE(shown.code, 0);
    QVERIFY2(shown.out.contains("Links of systemHubspotContact_managedUser"), shown.out);
    QVERIFY2(shown.out.contains("SOURCE_MISSING") && shown.out.contains("No correlation"),
             shown.out);
    const Ended none =
        m_program->run({u"idm"_s, u"mappings"_s, u"show"_s, u"x"_s, u"--file"_s, file});
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("no mapping x"), none.err);
}

void TestCliMappings::whatItPrintsHasAShape()
{
    const QString file = m_program->write(u"sync.json"_s, sample());
    const auto check = [&](const QString &schema, const QStringList &arguments) {
        const Ended ended = m_program->run(arguments + QStringList {u"--json"_s});
        const QJsonDocument printed = QJsonDocument::fromJson(ended.out);
        const QJsonValue value =
            printed.isArray() ? QJsonValue(printed.array()) : QJsonValue(printed.object());
        QVERIFY2(!ended.out.isEmpty(), ended.err);
        QCOMPARE(faultIn(value, m_program->run({u"schemas"_s, schema}).json()), QString());
    };
    check(u"idm-mappings"_s, {u"idm"_s, u"mappings"_s, u"list"_s, u"--file"_s, file});
    check(u"idm-mapping"_s,
          {u"idm"_s, u"mappings"_s, u"show"_s, u"systemHubspotContact_managedUser"_s, u"--file"_s,
           file});
    check(u"validate"_s, {u"validate"_s, file});
}

void TestCliMappings::refusesWhatHoldsNone()
{
    const QString file = m_program->write(u"p.json"_s, provisioner);
    const Ended ended = m_program->run({u"idm"_s, u"mappings"_s, u"list"_s, u"--file"_s, file});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("holds no mappings"), ended.err);
}

HUBKEEPER_TEST(TestCliMappings)
#include "tst_climappings.moc"
