// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QSet<QString> idSetOf(const QList<Finding> &findings)
{
    QSet<QString> ids;
    for (const Finding &finding : findings)
        ids.insert(finding.ruleId);
    return ids;
}

qsizetype countOf(const QString &id, const QList<Finding> &findings)
{
    return std::count_if(findings.begin(), findings.end(),
                         [&id](const Finding &finding) { return finding.ruleId == id; });
}

/// How many findings of a rule carry no fix, so that they stay.
qsizetype unfixable(const QString &id, const QList<Finding> &findings)
{
    return std::count_if(findings.begin(), findings.end(), [&id](const Finding &finding) {
        return finding.ruleId == id && !finding.fix;
    });
}

QString listed(const QList<Finding> &findings)
{
    QString lines;
    for (const Finding &finding : findings) {
        lines += u"\n%1 %2:%3 %4 %5"_s.arg(finding.ruleId)
                     .arg(finding.position.line)
                     .arg(finding.position.column)
                     .arg(finding.pointer, finding.message);
    }
    return lines;
}

QList<Finding> findingsIn(const ExampleFile &file)
{
    return validate(JsonText(file.bytes), file.options);
}

bool isSentence(const QString &text)
{
    return !text.isEmpty() && text.endsWith(u'.') && text.trimmed() == text;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QString sampleFolder = QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/");

} // namespace

/// The promise of the rules: each finds its bad example, lets its good one pass, and its fix ends
/// the finding without a new one.
class TestRules : public QObject
{
    Q_OBJECT

private slots:
    void nothingToSayOfAFaultlessFile_data();
    void nothingToSayOfAFaultlessFile();
    void areDescribed_data();
    void areDescribed();
    void openIdmSubstitutesNoSecret();
    void idsAreUnique();
    void areFoundById();
    void badExample_data();
    void badExample();
    void messagesSayWhatIsWrong_data();
    void messagesSayWhatIsWrong();
    void goodExample_data();
    void goodExample();
    void fixEndsTheFinding_data();
    void fixEndsTheFinding();
    void shippedFilesPassTheGate_data();
    void shippedFilesPassTheGate();

private:
    static void addRules();
    static void addOfflineRules();
};

void TestRules::addRules()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules())
        QTest::newRow(rule->id) << rule;
}

/// Those that validate() looks for; the others are asked of a portal, or are of mappings.
void TestRules::addOfflineRules()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules()) {
        if (isOfProvisioner(*rule))
            QTest::newRow(rule->id) << rule;
    }
}

void TestRules::nothingToSayOfAFaultlessFile_data()
{
    QTest::addColumn<ServerProfile>("profile");
    QTest::newRow("commercial") << ServerProfile::Commercial;
    QTest::newRow("community") << ServerProfile::Community;
}

void TestRules::nothingToSayOfAFaultlessFile()
{
    QFETCH(ServerProfile, profile);
    const ValidationOptions options {profile, u"provisioner.openicf-hubspot.json"_s, {}};

    const QList<Finding> findings = validate(JsonText(faultlessProvisioner(profile)), options);

    QVERIFY2(findings.isEmpty(), qPrintable(listed(findings)));
}

void TestRules::areDescribed_data()
{
    addRules();
}

void TestRules::areDescribed()
{
    QFETCH(const Rule *, rule);
    static const QRegularExpression id(u"^HK[0-9]{3}$"_s);
    static const QRegularExpression mappingId(u"^HK1[0-9]{3}$"_s);
    const bool isOfMappings = rule->stage == RuleStage::Mappings;

    QVERIFY((isOfMappings ? mappingId : id).match(QString::fromLatin1(rule->id)).hasMatch());
    const QString title = QString::fromUtf8(rule->title);
    QVERIFY(title.size() > 5 && title.size() < 80 && !title.endsWith(u'.'));
    QVERIFY(isSentence(QString::fromUtf8(rule->effect)));
    QVERIFY(isSentence(QString::fromUtf8(rule->remedy)));
    QVERIFY(!QString::fromUtf8(rule->source).isEmpty());
    for (const char *sentence : {rule->community.effect, rule->community.remedy})
        QVERIFY(!sentence || isSentence(QString::fromUtf8(sentence)));
}

/// What is said of a secret for a community server must not lead into another error (HK507).
void TestRules::openIdmSubstitutesNoSecret()
{
    for (const Rule *rule : allRules()) {
        const QString remedy = QString::fromUtf8(rule->remedyFor(ServerProfile::Community));
        const bool isOfSecret = QLatin1StringView(rule->example.pointer)
                                    .startsWith("/configurationProperties/clientSecret"_L1);
        if (isOfSecret)
            QVERIFY2(!remedy.contains("substitution"_L1) && !remedy.contains("&{"_L1), rule->id);
    }
}

void TestRules::idsAreUnique()
{
    QSet<QString> ids;
    for (const Rule *rule : allRules()) {
        const QString id = QString::fromLatin1(rule->id);
        QVERIFY2(!ids.contains(id), rule->id);
        ids.insert(id);
    }
}

void TestRules::areFoundById()
{
    for (const Rule *rule : allRules()) {
        QCOMPARE(ruleById(QString::fromLatin1(rule->id)), rule);
        QCOMPARE(ruleById(QString::fromLatin1(rule->id).toLower()), rule);
    }
    QCOMPARE(ruleById(u"HK"_s), nullptr);
}

void TestRules::badExample_data()
{
    addOfflineRules();
}

void TestRules::badExample()
{
    QFETCH(const Rule *, rule);
    const QList<Finding> findings = findingsIn(exampleFile(rule->example, rule->example.bad));

    QVERIFY2(countOf(QString::fromLatin1(rule->id), findings) > 0, qPrintable(listed(findings)));
    for (const Finding &finding : findings) {
        QVERIFY2(isSentence(finding.message), qPrintable(finding.message));
        QVERIFY2(isSentence(finding.effect), qPrintable(finding.effect));
        QVERIFY2(isSentence(finding.remedy), qPrintable(finding.remedy));
    }
}

void TestRules::messagesSayWhatIsWrong_data()
{
    addOfflineRules();
}

/// A message is alone in a list: a value without what it is held against says nothing there.
void TestRules::messagesSayWhatIsWrong()
{
    QFETCH(const Rule *, rule);
    static const QRegularExpression bareValue(
        uR"re(^(The )?[\w ]+ is ("[^"]*"|-?[0-9.]+|\{\}|\[.*\])\.$)re"_s);
    for (const Finding &finding : findingsIn(exampleFile(rule->example, rule->example.bad))) {
        QVERIFY2(!bareValue.match(finding.message).hasMatch(),
                 qPrintable(finding.ruleId + u": "_s + finding.message));
    }
}

void TestRules::goodExample_data()
{
    addOfflineRules();
}

void TestRules::goodExample()
{
    QFETCH(const Rule *, rule);
    const QList<Finding> findings = findingsIn(exampleFile(rule->example, rule->example.good));

    QVERIFY2(countOf(QString::fromLatin1(rule->id), findings) == 0, qPrintable(listed(findings)));
}

void TestRules::fixEndsTheFinding_data()
{
    addOfflineRules();
}

void TestRules::fixEndsTheFinding()
{
    QFETCH(const Rule *, rule);
    const QString id = QString::fromLatin1(rule->id);
    const ExampleFile file = exampleFile(rule->example, rule->example.bad);
    const QList<Finding> before = findingsIn(file);
    // Nothing new: no more than was there, or than what a syntax fault hid of the good example.
    const QSet<QString> allowed =
        idSetOf(before) + idSetOf(findingsIn(exampleFile(rule->example, rule->example.good)));
    bool hasFix = false;

    for (const Finding &finding : before) {
        if (finding.ruleId != id || !finding.fix)
            continue;
        hasFix = true;
        QVERIFY(!finding.fix->title.isEmpty() && !finding.fix->title.endsWith(u'.'));
        const QByteArray fixed = applied(file.bytes, finding.fix->edits);
        const QList<Finding> after = validate(JsonText(fixed), file.options);
        QVERIFY2(countOf(id, after) < countOf(id, before), fixed.constData());
        QVERIFY2(allowed.contains(idSetOf(after)), qPrintable(listed(after)));
        const FixOutcome outcome = withFixes(file.bytes, file.options, {{id}, false});
        QCOMPARE(countOf(id, outcome.remaining), unfixable(id, before));
        QVERIFY2(allowed.contains(idSetOf(outcome.remaining)),
                 qPrintable(listed(outcome.remaining)));
    }
    QCOMPARE(hasFix, rule->fixable);
}

void TestRules::shippedFilesPassTheGate_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<ServerProfile>("profile");

    // clang-format off
    QTest::newRow("sample")    << u"provisioner.openicf-hubspot.json"_s  << ServerProfile::Commercial;
    QTest::newRow("encrypted") << u"variants/deployed-encrypted.json"_s  << ServerProfile::Commercial;
    QTest::newRow("remote")    << u"variants/remote-server.json"_s       << ServerProfile::Commercial;
    QTest::newRow("values")    << u"variants/substituted.json"_s         << ServerProfile::Commercial;
    QTest::newRow("community") << u"variants/community-openidm-7.json"_s << ServerProfile::Community;
    QTest::newRow("mappings")  << u"sync.sample.json"_s                  << ServerProfile::Commercial;
    // clang-format on
}

/// Without error and without warning, whatever the day.
void TestRules::shippedFilesPassTheGate()
{
    QFETCH(QString, file);
    QFETCH(ServerProfile, profile);
    const QByteArray bytes = contentOf(sampleFolder + file);
    QVERIFY(!bytes.isEmpty());
    const QString name =
        file.startsWith("sync"_L1) ? QString() : u"provisioner.openicf-hubspot.json"_s;
    for (const QDate day :
         {QDate(2020, 1, 1), QDate(2026, 11, 25), QDate(2027, 2, 16), QDate(2040, 1, 1)}) {
        QList<Finding> faults = validate(JsonText(bytes), {profile, name, day});
        faults.removeIf([](const Finding &finding) { return finding.severity == Severity::Info; });
        QVERIFY2(faults.isEmpty(), qPrintable(listed(faults)));
    }
}

HUBKEEPER_TEST(TestRules)
#include "tst_rules.moc"
