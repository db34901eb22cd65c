// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"
#include "overview/readiness.h"
#include "session/connections/testhistory.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// "configuration /enabled"
QString placeText(const Place &place)
{
    const auto *value = std::get_if<JsonPlace>(&place.item);
    return nameOf(place.page) + u' ' + (value ? value->pointer : QString());
}

} // namespace

/// What is left before a connector can go live, and where each line leads.
class TestReadiness final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void namesWhatIsMissing_data();
    void namesWhatIsMissing();
    void whatFailedIsNotJustToDo();
    void refusedSecretsAreNotReady();
    void reportsOfEditsThatAreNotSaved();
    void everyLineThatIsMissingLeadsSomewhere();
};

void TestReadiness::namesWhatIsMissing_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("signedIn");
    QTest::addColumn<int>("test"); // TestStep::State, -1 for none.
    QTest::addColumn<QStringList>("places");

    const auto configuration = [](const QString &pointer) { return u"configuration "_s + pointer; };
    const QString properties = u"/configurationProperties/"_s;
    QTest::newRow("nothing") << QString() << QByteArray() << true << int(TestStep::Passed)
                             << QStringList();
    QTest::newRow("a warned test is none of it")
        << QString() << QByteArray() << true << int(TestStep::Warned) << QStringList();
    QTest::newRow("failed test") << QString() << QByteArray() << true << int(TestStep::Failed)
                                 << QStringList {u"retry"_s};
    QTest::newRow("no test") << QString() << QByteArray() << true << -1 << QStringList {u"retry"_s};
    QTest::newRow("not signed in")
        << QString() << QByteArray() << false << -1 << QStringList {u"connect"_s};
    QTest::newRow("disabled") << u"/enabled"_s << QByteArray("false") << true
                              << int(TestStep::Passed)
                              << QStringList {configuration(u"/enabled"_s)};
    QTest::newRow("no client ID") << properties + u"clientId"_s << QByteArray("null") << true
                                  << int(TestStep::Passed)
                                  << QStringList {u"problems "_s,
                                                  configuration(properties + u"clientId"_s)};
    QTest::newRow("no client secret")
        << properties + u"clientSecret"_s << QByteArray("null") << true << int(TestStep::Passed)
        << QStringList {u"problems "_s, configuration(properties + u"clientSecret"_s)};
    QTest::newRow("plain text serves")
        << properties + u"refreshToken"_s << QByteArray("\"abc-def\"") << true
        << int(TestStep::Passed) << QStringList();
}

void TestReadiness::namesWhatIsMissing()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    QFETCH(bool, signedIn);
    QFETCH(int, test);
    QFETCH(QStringList, places);
    QByteArray bytes = faultlessProvisioner();
    if (!pointer.isEmpty())
        bytes = withTextAt(bytes, pointer, json.constData());
    const auto document = Document::fromBytes(bytes);
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    PastTest past;
    past.at = QDateTime::currentDateTimeUtc();
    past.state = TestStep::State(std::max(0, test));
    ReadinessFacts facts;
    facts.document = document.get();
    facts.findings = &findings;
    facts.isSignedIn = signedIn;
    facts.lastTest = test < 0 ? nullptr : &past;

    QStringList missing;
    const QList<ReadinessLine> lines = readinessOf(facts);
    for (const ReadinessLine &line : lines) {
        if (line.state != ReadinessLine::Missing && line.state != ReadinessLine::Bad)
            continue;
        missing.append(line.place ? placeText(*line.place) : nameOf(line.choice));
        QVERIFY2(!line.link.isEmpty(), qPrintable(line.text));
    }

    QCOMPARE(missing, places);
    QCOMPARE(summaryOf(lines).contains("can go live."_L1), true);
    QCOMPARE(summaryOf(lines) == u"The connector can go live."_s, places.isEmpty());
}

void TestReadiness::whatFailedIsNotJustToDo()
{
    const auto document = Document::fromBytes(
        withTextAt(faultlessProvisioner(), u"/configurationProperties/clientId"_s, "null"));
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    QVERIFY(findings.count(Severity::Error) > 0);
    QCOMPARE(findings.count(Severity::Warning), 0);
    PastTest past;
    past.at = QDateTime::currentDateTimeUtc();
    past.state = TestStep::Failed;
    ReadinessFacts facts;
    facts.document = document.get();
    facts.findings = &findings;
    facts.isSignedIn = true;
    facts.lastTest = &past;

    const QList<ReadinessLine> lines = readinessOf(facts);
    QCOMPARE(lines.first().state, ReadinessLine::Bad);
    QVERIFY2(!lines.first().text.contains("warning"_L1), qPrintable(lines.first().text)); // None.
    const auto isBad = [](const ReadinessLine &line) {
        return line.choice == Choice::Retry && line.state == ReadinessLine::Bad;
    };
    QVERIFY(std::any_of(lines.begin(), lines.end(), isBad));
}

/// A session is open, but what it signs in with does not serve.
void TestReadiness::refusedSecretsAreNotReady()
{
    ReadinessFacts facts;
    facts.isSignedIn = true;
    facts.isRefused = true;

    const QList<ReadinessLine> lines = readinessOf(facts);
    QCOMPARE(lines.size(), 1); // Not "not tested yet" as well.
    QCOMPARE(lines.first().state, ReadinessLine::Bad);
    QCOMPARE(lines.first().choice, Choice::Connect);
    QVERIFY(!summaryOf(lines).startsWith("The connector can"_L1));
}

/// Unsaved edits and what a crash left behind are on the list.
void TestReadiness::reportsOfEditsThatAreNotSaved()
{
    const auto document = Document::fromBytes(faultlessProvisioner());
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    ReadinessFacts facts;
    facts.document = document.get();
    facts.findings = &findings;
    facts.isSignedIn = true;
    facts.draft = QDateTime::currentDateTimeUtc();
    QVERIFY(readinessOf(facts).first().text.contains("ended unexpectedly"_L1));

    facts.draft.reset();
    QVERIFY(document->setValue(u"/enabled"_s, false, u"Off"_s));
    QVERIFY(readinessOf(facts).last().text.contains("not saved"_L1));
}

void TestReadiness::everyLineThatIsMissingLeadsSomewhere()
{
    const QList<ReadinessLine> lines = readinessOf({});
    QVERIFY(!lines.isEmpty());
    for (const ReadinessLine &line : lines)
        QVERIFY2(line.choice != Choice::None || line.place, qPrintable(line.text));
}

HUBKEEPER_TEST(TestReadiness)
#include "tst_readiness.moc"
