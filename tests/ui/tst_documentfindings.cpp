// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"

#include <QSignalSpy>
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

HUBKEEPER_TEST(TestDocumentFindings)
#include "tst_documentfindings.moc"
