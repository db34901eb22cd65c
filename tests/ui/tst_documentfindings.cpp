// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"
#include "testkit/outcomeof.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// A provisioner with this name and so many bytes of a comment before its end; its trailing comma
/// can be fixed.
QByteArray provisioner(const QByteArray &name, qsizetype padding = 0)
{
    return "{\n    \"name\": \"" + name + "\",\n    \"enabled\": true,\n    /*"
        + QByteArray(padding, ' ') + "*/\n}\n";
}

QByteArray large(const QByteArray &name)
{
    return provisioner(name, 2 * DocumentFindings::promptBytes);
}

void waitFor(const DocumentFindings &findings)
{
    QTRY_VERIFY_WITH_TIMEOUT(!findings.isChecking(), 20'000);
}

/// Of the text as it is now; nothing if it took too long.
std::optional<FixedText> fixedTextOf(const DocumentFindings &findings)
{
    QObject work;
    const auto outcome = outcomeOf(findings.fixAll({}, &work));
    return outcome && *outcome ? std::optional(**outcome) : std::nullopt;
}

QStringList messagesOf(const QList<Finding> &findings)
{
    QStringList messages;
    for (const Finding &finding : findings)
        messages.append(u"%1 %2 %3"_s.arg(finding.ruleId, finding.message).arg(finding.at.begin));
    return messages;
}

/// A repository with a project file and a provisioner, whose property httpProxyHos is a warning of
/// HK401 that can be fixed.
class Repository
{
public:
    explicit Repository(const QByteArray &project)
    {
        if (!QDir(m_folder.path()).mkpath(u".git"_s))
            qFatal("A folder could not be made.");
        const QByteArray bytes =
            withTextAt(faultlessProvisioner(), u"/configurationProperties/httpProxyHos"_s, "null");
        write(u"provisioner.openicf-hubspot.json"_s, bytes);
        write(u".hubkeeper.json"_s, project);
        auto opened = Document::open(m_folder.filePath(u"provisioner.openicf-hubspot.json"_s));
        if (!opened)
            qFatal("%s", qPrintable(opened.error().what));
        m_document = *std::move(opened);
    }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s could not be written.", qPrintable(name));
    }
    [[nodiscard]] QString projectPath() const { return m_folder.filePath(u".hubkeeper.json"_s); }
    [[nodiscard]] Document *document() const { return m_document.get(); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Document> m_document;
};

/// "warning" for the finding of HK401; empty if there is none.
QString unknownPropertyIn(const DocumentFindings &findings)
{
    for (const Finding &finding : findings.findings()) {
        if (finding.ruleId == "HK401"_L1)
            return nameOf(finding.severity);
    }
    return {};
}

} // namespace

/// When a document is looked at, and which text the findings belong to.
class TestDocumentFindings final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void smallTextsAreDoneAtOnce();
    void largeTextsAreDoneByAWorker();
    void theNewestTextWins();
    void findingsDoNotOutliveTheirDocument();
    void fixesWhatItFound();
    void refusesToFixAnotherText();
    void theProjectFileChooses_data();
    void theProjectFileChooses();
    void whatTheBaselineKnowsIsHidden();
    void theProjectFileCanBeIgnored();
    void theUsersServerWins();
    void aProjectFileThatCannotBeUsed();
    void whatTheProjectLeavesOutIsNotFixed();
    void madeUpSecretsMayBeSeen();
};

void TestDocumentFindings::smallTextsAreDoneAtOnce()
{
    const auto document = Document::fromBytes(provisioner("a"));
    DocumentFindings findings(nullptr);
    const QSignalSpy changed(&findings, &DocumentFindings::changed);
    findings.setDocument(document.get());
    QVERIFY(!findings.isChecking());
    QCOMPARE(changed.size(), 1);
    QVERIFY(!findings.findings().isEmpty());
    QCOMPARE(messagesOf(findings.findings()),
             messagesOf(validate(document->text(), findings.options())));
}

void TestDocumentFindings::largeTextsAreDoneByAWorker()
{
    const auto document = Document::fromBytes(large("a"));
    DocumentFindings findings(nullptr);
    const QSignalSpy checking(&findings, &DocumentFindings::checkingChanged);
    findings.setDocument(document.get());
    QVERIFY(findings.isChecking());
    QVERIFY(findings.findings().isEmpty());
    waitFor(findings);
    QCOMPARE(checking.size(), 2); // Begun, ended.
    QCOMPARE(messagesOf(findings.findings()),
             messagesOf(validate(document->text(), findings.options())));
}

void TestDocumentFindings::theNewestTextWins()
{
    const auto document = Document::fromBytes(large("a"));
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    for (const char *name : {"b", "c", "d"}) {
        document->setBytes(large(name), u"Test"_s);
        findings.check();
    }
    const QSignalSpy changed(&findings, &DocumentFindings::changed);
    waitFor(findings);
    QCOMPARE(changed.size(), 1); // One text at a time, and none but the last was of use.
    QCOMPARE(messagesOf(findings.findings()),
             messagesOf(validate(document->text(), findings.options())));
    // An edit that nobody asked about is found by itself; what was found before it stays till then.
    document->setBytes(provisioner("small"), u"Test"_s);
    QTRY_COMPARE(messagesOf(findings.findings()),
                 messagesOf(validate(document->text(), findings.options())));
}

void TestDocumentFindings::findingsDoNotOutliveTheirDocument()
{
    auto document = Document::fromBytes(large("a"));
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    waitFor(findings);
    QVERIFY(!findings.findings().isEmpty());
    const auto other = Document::fromBytes(large("other"));
    findings.setDocument(other.get());
    QVERIFY(findings.findings().isEmpty());
    findings.setDocument(nullptr); // While a worker is at it.
    QVERIFY(!findings.isChecking());
    QTest::qWait(50);
    QVERIFY(findings.findings().isEmpty());
    findings.setDocument(document.get());
    document.reset();
    waitFor(findings);
    QVERIFY(findings.findings().isEmpty());
}

void TestDocumentFindings::fixesWhatItFound()
{
    for (const QByteArray &text : {provisioner("a"), large("a")}) {
        const auto document = Document::fromBytes(text);
        DocumentFindings findings(nullptr);
        findings.setDocument(document.get());
        const auto fixedText = fixedTextOf(findings);
        QVERIFY(fixedText);
        QVERIFY(!fixedText->outcome.fixed.isEmpty());
        QCOMPARE(document->bytes(), text); // Nothing is changed yet.
        QVERIFY(findings.adopt(*fixedText, u"Fix"_s));
        QCOMPARE(document->bytes(), fixedText->outcome.bytes);
        QCOMPARE(document->undoName(), u"Fix"_s);
        waitFor(findings);
        QCOMPARE(messagesOf(findings.findings()), messagesOf(fixedText->outcome.remaining));
        document->undo(); // One step.
        QCOMPARE(document->bytes(), text);
    }
}

void TestDocumentFindings::refusesToFixAnotherText()
{
    const auto document = Document::fromBytes(large("a"));
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    waitFor(findings);
    const auto fixedText = fixedTextOf(findings);
    QVERIFY(fixedText);
    const QList<Finding> found = findings.findings();
    const auto fixable = std::find_if(found.begin(), found.end(),
                                      [](const Finding &one) { return one.fix.has_value(); });
    QVERIFY(fixable != found.end());
    const QByteArray edited = large("edited since");
    document->setBytes(edited, u"Test"_s);
    QVERIFY(!findings.apply(*fixable));
    QVERIFY(!findings.adopt(*fixedText, u"Fix"_s));
    QCOMPARE(document->bytes(), edited);
}

void TestDocumentFindings::theProjectFileChooses_data()
{
    QTest::addColumn<QByteArray>("project");
    QTest::addColumn<QString>("severity");
    QTest::addColumn<ServerProfile>("profile");
    QTest::newRow("nothing") << "{}"_ba << u"warning"_s << ServerProfile::Commercial;
    QTest::newRow("leaves a rule out")
        << R"({"ignore": ["HK401"]})"_ba << QString() << ServerProfile::Commercial;
    QTest::newRow("only another rule")
        << R"({"only": ["HK402"]})"_ba << QString() << ServerProfile::Commercial;
    QTest::newRow("another severity")
        << R"({"severity": {"HK401": "error"}})"_ba << u"error"_s << ServerProfile::Commercial;
    QTest::newRow("the server") << R"({"server": "community"})"_ba << u"warning"_s
                                << ServerProfile::Community;
}

void TestDocumentFindings::theProjectFileChooses()
{
    QFETCH(QByteArray, project);
    const Repository repository(project);
    DocumentFindings findings(nullptr);

    findings.setDocument(repository.document());

    QTEST(unknownPropertyIn(findings), "severity");
    QTEST(findings.options().profile, "profile");
    QVERIFY(findings.project().active());
    QCOMPARE(QFileInfo(findings.project().active()->path), QFileInfo(repository.projectPath()));
}

/// The same baseline hides the same on the command line.
void TestDocumentFindings::whatTheBaselineKnowsIsHidden()
{
    const Repository repository(R"({"baseline": "known.json"})");
    DocumentFindings findings(nullptr);
    findings.setDocument(repository.document());
    QVERIFY2(findings.project().baselineFault(), "it is not there");
    QCOMPARE(unknownPropertyIn(findings), u"warning"_s);

    Baseline baseline;
    baseline.add(u"provisioner.openicf-hubspot.json"_s, findings.findings());
    const auto known = int(findings.findings().size());
    repository.write(u"known.json"_s, baseline.toJson());
    findings.project().lookAgain();

    QVERIFY(!findings.project().baselineFault());
    QCOMPARE(findings.hiddenCount(), known);
    QVERIFY(findings.findings().isEmpty());

    QVERIFY(repository.document()->setValue(u"/enabled"_s, u"perhaps"_s, u"Test"_s));
    findings.check();
    QVERIFY2(findings.count(Severity::Error) > 0, "a new one is listed");
    QCOMPARE(unknownPropertyIn(findings), QString());

    findings.project().setUsed(false);
    QCOMPARE(findings.hiddenCount(), 0);
    QCOMPARE(unknownPropertyIn(findings), u"warning"_s);
}

void TestDocumentFindings::theProjectFileCanBeIgnored()
{
    const Repository repository(R"({"ignore": ["HK401"], "server": "community"})");
    DocumentFindings findings(nullptr);
    findings.setDocument(repository.document());

    findings.project().setUsed(false);
    QCOMPARE(unknownPropertyIn(findings), u"warning"_s);
    QCOMPARE(findings.options().profile, ServerProfile::Commercial);

    findings.project().setUsed(true);
    QCOMPARE(unknownPropertyIn(findings), QString());
    QCOMPARE(findings.options().profile, ServerProfile::Community);
}

void TestDocumentFindings::theUsersServerWins()
{
    const Repository repository(R"({"server": "community"})");
    DocumentFindings findings(nullptr);
    findings.setDocument(repository.document());

    findings.setProfile(ServerProfile::Commercial);
    QCOMPARE(findings.options().profile, ServerProfile::Commercial);
    findings.check();
    QCOMPARE(findings.options().profile, ServerProfile::Commercial);

    const Repository other(R"({"server": "community"})");
    findings.setDocument(other.document());
    QCOMPARE(findings.options().profile, ServerProfile::Community);
}

void TestDocumentFindings::aProjectFileThatCannotBeUsed()
{
    const Repository repository(R"({"ignroe": ["HK401"]})");
    DocumentFindings findings(nullptr);
    findings.setDocument(repository.document());
    QVERIFY(!findings.project().active());
    QVERIFY(findings.project().fault());
    QVERIFY(findings.project().fault()->what.contains("ignroe"_L1));
    QCOMPARE(unknownPropertyIn(findings), u"warning"_s);

    repository.write(u".hubkeeper.json"_s, R"({"ignore": ["HK401"]})");
    findings.project().lookAgain();

    QVERIFY(!findings.project().fault());
    QCOMPARE(unknownPropertyIn(findings), QString());
}

void TestDocumentFindings::whatTheProjectLeavesOutIsNotFixed()
{
    const Repository repository(R"({"ignore": ["HK401"]})");
    DocumentFindings findings(nullptr);
    findings.setDocument(repository.document());
    const auto left = fixedTextOf(findings);
    QVERIFY(left);
    QVERIFY(left->outcome.fixed.isEmpty());

    findings.project().setUsed(false);
    const auto fixed = fixedTextOf(findings);
    QVERIFY(fixed);
    QCOMPARE(fixed->outcome.fixed.size(), 1);
}

/// Those of a practice portal open nothing.
void TestDocumentFindings::madeUpSecretsMayBeSeen()
{
    const auto document = Document::fromBytes(withTextAt(
        faultlessProvisioner(), u"/configurationProperties/clientSecret"_s, "\"made-up\""));
    DocumentFindings findings(nullptr);
    findings.setDocument(document.get());
    QCOMPARE(findings.count(Severity::Warning), 1);

    findings.setPractice(true);

    QCOMPARE(findings.count(Severity::Warning), 0);
}

HUBKEEPER_TEST(TestDocumentFindings)
#include "tst_documentfindings.moc"
