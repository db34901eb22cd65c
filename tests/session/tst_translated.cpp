// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "connector/connector.h"
#include "journal/journal.h"
#include "portal/access/oauth.h"
#include "portal/account.h"
#include "provisioner/rules/validation.h"
#include "session/connections/connection.h"
#include "testkit/manualclock.h"
#include "testkit/mappingfile.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// Translates everything into itself, marked.
class Marker final : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *, const char *source, const char *,
                                    int) const override
    {
        return u'«' + QString::fromUtf8(source) + u'»';
    }
};

QList<Finding> findingsOfExample(const Rule &rule)
{
    if (rule.stage == RuleStage::Mappings) {
        const MappingExample file = mappingExample(rule.example, rule.example.bad);
        return validateMappings(JsonText(file.bytes), file.options);
    }
    const ExampleFile file = exampleFile(rule.example, rule.example.bad);
    return validate(JsonText(file.bytes), file.options);
}

} // namespace

/// Whatever a rule or a failure says to people passes the translation.
class TestTranslated final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void rules_data();
    void rules();
    void findings_data();
    void findings();
    void failures_data();
    void failures();

private:
    Marker m_marker;
};

void TestTranslated::initTestCase()
{
    QVERIFY(QCoreApplication::installTranslator(&m_marker));
}

void TestTranslated::cleanupTestCase()
{
    QCoreApplication::removeTranslator(&m_marker);
}

void TestTranslated::rules_data()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules())
        QTest::newRow(rule->id) << rule;
}

void TestTranslated::rules()
{
    QFETCH(const Rule *, rule);
    for (const auto profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        const char *texts[] = {rule->title, rule->effectFor(profile), rule->remedyFor(profile)};
        for (const char *text : texts)
            QVERIFY2(translatedRule(text).startsWith(u'«'), text);
    }
}

/// The others are asked of a portal.
void TestTranslated::findings_data()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules()) {
        if (rule->stage != RuleStage::Live)
            QTest::newRow(rule->id) << rule;
    }
}

void TestTranslated::findings()
{
    QFETCH(const Rule *, rule);
    for (const Finding &finding : findingsOfExample(*rule)) {
        QVERIFY2(finding.message.contains(u'«'), qPrintable(finding.message));
        QVERIFY2(finding.effect.startsWith(u'«'), qPrintable(finding.effect));
        QVERIFY2(finding.remedy.startsWith(u'«'), qPrintable(finding.remedy));
        if (finding.fix)
            QVERIFY2(finding.fix->title.contains(u'«'), qPrintable(finding.fix->title));
    }
}

void TestTranslated::failures_data()
{
    QTest::addColumn<Error>("error");
    const auto row = [](const char *name, const auto &result) {
        if (result)
            qFatal("%s does not fail", name);
        QTest::newRow(name) << result.error();
    };
    ManualClock clock;
    row("base", readFile(u"/dev/null/x"_s, 100));
    row("saving", saveFile(u"/dev/null/x"_s, "x", FileMode::KeepOrPrivate));
    row("connector", parseSortKeys(u",+"_s));
    row("token", parseTokenGrant("{}"));
    row("account", parseAccountDetails("[]"));
    row("journal", Journal::open(u"/dev/null/x"_s, clock, Secret()));
    row("address", checkBaseUrl(QUrl(u"http://portal.example"_s), false));
}

void TestTranslated::failures()
{
    QFETCH(Error, error);
    QVERIFY2(error.what.contains(u'«'), qPrintable(error.what));
    QVERIFY2(error.remedy.isEmpty() || error.remedy.contains(u'«'), qPrintable(error.remedy));
}

HUBKEEPER_TEST(TestTranslated)
#include "tst_translated.moc"
