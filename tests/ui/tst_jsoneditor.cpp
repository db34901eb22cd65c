// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"
#include "configuration/text/jsoncompleter.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/jsonindent.h"
#include "configuration/text/textpane.h"
#include "editor/bracketmatch.h"
#include "editor/codefolding.h"
#include "editor/findbar.h"
#include "provisioner/document/document.h"
#include "provisioner/document/newprovisioner.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStringEncoder>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The text of a provisioner, typed at with real keys.
class TestJsonEditor final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void typesInPlace();
    void typingLeavesTheRest_data();
    void typingLeavesTheRest();
    void followsTheDocument();
    void hidesSecrets();
    void refusesToEditWhatIsHidden();
    void hidesATypedSecretWhenItsLineIsLeft();
    void doesNotDamageWhatIsNotUtf8();
    void convertsWideText();
    void indents();
    void makesPairs();
    void tabsAndLeaves();
    void togglesComments();
    void completes();
    void marksFindingsAndFixes();
    void folds();
    void findsAndReplaces();
    void goesToLines();
    void zooms();
    void matchesBrackets();
    void staysUsableWhenLarge();

private:
    void open(const QByteArray &bytes);
    void put(const char *before); // The cursor, behind this text.
    [[nodiscard]] QString text() const { return editor()->toPlainText(); }
    [[nodiscard]] JsonEditor *editor() const { return m_pane->editor(); }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(editor(), Qt::Key(key), modifiers);
    }
    void type(const QString &keys) const { QTest::keyClicks(editor(), keys); }

    std::unique_ptr<Document> m_document;
    std::unique_ptr<DocumentFindings> m_findings;
    std::unique_ptr<TextPane> m_pane;
};

namespace {

constexpr auto withSecret = "{\r\n  \"configurationProperties\": {\r\n    \"clientId\": \"a\",\r\n"
                            "    \"clientSecret\": \"hush-hush\"\r\n  }\r\n}\r\n";

} // namespace

void TestJsonEditor::init()
{
    failOnUnexpectedWarnings();
    m_findings = std::make_unique<DocumentFindings>(nullptr);
    m_pane = std::make_unique<TextPane>(*m_findings, nullptr);
    m_pane->resize(800, 500);
}

void TestJsonEditor::cleanup()
{
    m_pane.reset();
    m_findings.reset();
    m_document.reset();
}

void TestJsonEditor::open(const QByteArray &bytes)
{
    m_pane->setDocument(nullptr);
    m_document = Document::fromBytes(bytes);
    m_pane->setDocument(m_document.get());
    m_findings->setDocument(m_document.get());
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    editor()->setFocus();
}

void TestJsonEditor::put(const char *before)
{
    const qsizetype at = m_document->bytes().indexOf(before);
    QVERIFY(at >= 0);
    editor()->goToOffset(at + qsizetype(qstrlen(before)));
}

void TestJsonEditor::typesInPlace()
{
    const QByteArray bytes = "\xEF\xBB\xBF{\r\n  \"a\": 1,\n  \"b\": \"\xC3\xBC\r\"\r\n}";
    open(bytes);
    put("\"a\": 1");
    type(u"2"_s);
    QByteArray expected = bytes;
    expected.replace("1,", "12,");
    QCOMPARE(m_document->bytes(), expected);
    press(Qt::Key_Z, Qt::ControlModifier); // The document's undo, by the editor's keys.
    QCOMPARE(m_document->bytes(), bytes);
    QVERIFY(!m_document->isModified());
    press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier); // Nothing.
    m_document->redo();
    QCOMPARE(m_document->bytes(), expected);
    QCOMPARE(text(), editor()->shown().text());
}

void TestJsonEditor::typingLeavesTheRest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray crlf = sampleProvisioner().left(1500);
    crlf.replace("\n", "\r\n");
    QByteArray mixed = "\xEF\xBB\xBF" + sampleProvisioner().left(1500);
    for (qsizetype i = mixed.indexOf('\n'), n = 0; i >= 0; i = mixed.indexOf('\n', i + 2), ++n) {
        if (n % 3 == 0)
            mixed.insert(i, '\r');
    }
    mixed.insert(mixed.size() / 2, "\xE2\x80\xA8 \xF0\x9F\x98\x80 \r ");
    QTest::newRow("LF") << sampleProvisioner().left(1500);
    QTest::newRow("CRLF") << crlf;
    QTest::newRow("mixed, with a mark") << mixed;
    QTest::newRow("with NUL") << QByteArray("{\r\n\"a\0b\": 1\r\n}", 15);
    QTest::newRow("empty") << QByteArray();
}

/// Any keys at all change a file only where the cursor is, and undo takes back every byte.
void TestJsonEditor::typingLeavesTheRest()
{
    QFETCH(QByteArray, bytes);
    open(bytes);
    QRandomGenerator random(41);
    for (int round = 0; round < 250; ++round) {
        QTextCursor cursor = editor()->textCursor();
        if (random.bounded(3) == 0)
            cursor.setPosition(random.bounded(editor()->document()->characterCount()));
        if (random.bounded(6) == 0)
            cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, 4);
        editor()->setTextCursor(cursor);
        const QByteArray before = m_document->bytes();
        switch (random.bounded(8)) {
        case 0:
            press(Qt::Key_Return);
            break;
        case 1:
            press(Qt::Key_Backspace);
            break;
        case 2:
            press(Qt::Key_Delete);
            break;
        case 3:
            type(QString(QStringView(u"{[\"}]").at(random.bounded(5))));
            break;
        case 4:
            press(Qt::Key_Tab);
            break;
        default:
            type(QString(QChar(u'a' + random.bounded(26))));
        }
        if (editor()->completer()->isOpen())
            press(Qt::Key_Escape);
        QCoreApplication::processEvents();
        const QByteArray after = m_document->bytes();
        qsizetype head = 0;
        while (head < std::min(before.size(), after.size()) && before[head] == after[head])
            ++head;
        qsizetype tail = 0;
        while (tail < std::min(before.size(), after.size()) - head
               && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
            ++tail;
        QVERIFY2(before.size() - head - tail <= 80, "more was replaced than was touched");
        QCOMPARE(editor()->shown().bytes(), after);
        QTextCursor all(editor()->document());
        all.select(QTextCursor::Document);
        QCOMPARE(all.selectedText().replace(QChar(QChar::ParagraphSeparator), u'\n'),
                 editor()->shown().text());
    }
    while (m_document->canUndo())
        m_document->undo();
    QCOMPARE(m_document->bytes(), bytes);
}

void TestJsonEditor::followsTheDocument()
{
    open("{\n  \"enabled\": true,\n  \"name\": \"x\"\n}\n");
    put("\"name\": \"x");
    const int line = editor()->textCursor().blockNumber();
    QVERIFY(m_document->setValue(u"/enabled"_s, false, u"Test"_s));
    QVERIFY(text().contains("false"_L1));
    QCOMPARE(editor()->textCursor().blockNumber(), line); // The cursor stays where it was.
    m_document->undo();
    QVERIFY(text().contains("true"_L1));
}

void TestJsonEditor::hidesSecrets()
{
    open(withSecret);
    const QString dots(ShownText::dotCount, QChar(ShownText::dot));
    QVERIFY(!text().contains("hush"_L1));
    QVERIFY(text().contains(u"\"clientSecret\": \""_s + dots + u'"'));
    editor()->selectAll();
    press(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(!QApplication::clipboard()->text().contains("hush"_L1));
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(editor());
    QVERIFY(spoken && spoken->textInterface());
    QVERIFY(!spoken->textInterface()
                 ->text(0, spoken->textInterface()->characterCount())
                 .contains("hush"_L1));

    editor()->showSecrets(true);
    QVERIFY(text().contains("hush-hush"_L1));
    editor()->showSecrets(false);
    QVERIFY(!text().contains("hush"_L1));
    QCOMPARE(m_document->bytes(), QByteArray(withSecret));
    editor()->showSecrets(true);
    open(withSecret); // Another document starts hidden.
    QVERIFY(!text().contains("hush"_L1));
}

void TestJsonEditor::refusesToEditWhatIsHidden()
{
    open(withSecret);
    const QSignalSpy refused(editor(), &JsonEditor::refused);
    put("\"clientSecret\": \"");
    editor()->moveCursor(QTextCursor::NextCharacter);
    type(u"x"_s);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(m_document->bytes(), QByteArray(withSecret));
    QTRY_VERIFY(!text().contains(u'x')); // Taken back in the view, too.

    put("\"clientSecret\": \""); // All of it may be replaced.
    QTextCursor cursor = editor()->textCursor();
    cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, ShownText::dotCount);
    editor()->setTextCursor(cursor);
    press(Qt::Key_C, Qt::ControlModifier);
    type(u"new"_s);
    QByteArray expected = withSecret;
    expected.replace("hush-hush", "new");
    QCOMPARE(m_document->bytes(), expected);
    press(Qt::Key_V, Qt::ControlModifier); // Dots never get into the file.
    QCOMPARE(m_document->bytes(), expected);
    QVERIFY(refused.size() >= 2);
}

void TestJsonEditor::hidesATypedSecretWhenItsLineIsLeft()
{
    open("{\n\"clientSecret\": \"\"\n}");
    put("\"clientSecret\": \"");
    type(u"tell"_s);
    QVERIFY(text().contains("tell"_L1)); // Who types wants to see what.
    press(Qt::Key_Down);
    QVERIFY(!text().contains("tell"_L1));
    QCOMPARE(m_document->bytes(), QByteArray("{\n\"clientSecret\": \"tell\"\n}"));
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_document->bytes().contains("tell"));
}

void TestJsonEditor::doesNotDamageWhatIsNotUtf8()
{
    const QByteArray bytes = "{\r\n\"a\": \"gr\xFC\xDF\xC3\xBC\x80\"\r\n}";
    open(bytes);
    QVERIFY(editor()->isReadOnly());
    QVERIFY(!editor()->notice().isEmpty());
    type(u"x"_s);
    press(Qt::Key_Delete);
    QCOMPARE(m_document->bytes(), bytes);
    editor()->convert();
    QCOMPARE(m_document->bytes(), QByteArray("{\r\n\"a\": \"grüßü€\"\r\n}"));
    QVERIFY(!editor()->isReadOnly());
    QVERIFY(editor()->notice().isEmpty());
    put("gr");
    type(u"x"_s);
    QVERIFY(m_document->bytes().contains("grxüß"));
    while (m_document->canUndo())
        m_document->undo();
    QCOMPARE(m_document->bytes(), bytes);
    QVERIFY(editor()->isReadOnly());
}

void TestJsonEditor::convertsWideText()
{
    const QString content = u"{\n\"clientSecret\": \"hush\", \"a\": \"ü\"}"_s;
    QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray bytes = encoder(content);
    open(bytes);
    QVERIFY(editor()->isReadOnly());
    QVERIFY(!text().remove(QChar(u'␀')).contains("hush"_L1));
    editor()->convert();
    QCOMPARE(JsonText(m_document->bytes()).at(u"/a"_s) != JsonText::none, true);
    QVERIFY(m_document->bytes().contains("ü"));
    m_document->undo();
    QCOMPARE(m_document->bytes(), bytes);

    open(QByteArray("PK\x03\x04 and more", 13)); // An archive is nothing to convert.
    QVERIFY(editor()->isReadOnly());
    QVERIFY(!editor()->canConvert());
}

void TestJsonEditor::indents()
{
    QCOMPARE(indentStepOf(u"{\n  \"a\": 1"_s), u"  "_s);
    QCOMPARE(indentStepOf(u"{\n\t\"a\": 1"_s), u"\t"_s);
    QCOMPARE(indentStepOf(u"{}"_s), u"    "_s);
    open("{\r\n  \"a\": {}\r\n}");
    put("{}"); // Behind the inner one.
    editor()->moveCursor(QTextCursor::PreviousCharacter);
    press(Qt::Key_Return);
    QCOMPARE(m_document->bytes(), QByteArray("{\r\n  \"a\": {\r\n    \r\n  }\r\n}"));
    type(u"\"b\": 1"_s);
    press(Qt::Key_Escape);
    press(Qt::Key_Return);
    QCOMPARE(m_document->bytes(),
             QByteArray("{\r\n  \"a\": {\r\n    \"b\": 1\r\n    \r\n  }\r\n}"));
}

void TestJsonEditor::makesPairs()
{
    open("");
    type(u"{"_s);
    QCOMPARE(m_document->bytes(), QByteArray("{}"));
    press(Qt::Key_Backspace);
    QCOMPARE(m_document->bytes(), QByteArray());
    type(u"[\"a\"]"_s); // The closing ones are passed, not doubled.
    QCOMPARE(m_document->bytes(), QByteArray("[\"a\"]"));
    open("{\"a\": \"it\"}");
    put("it");
    type(u"{"_s); // Inside a text nothing is paired.
    QCOMPARE(m_document->bytes(), QByteArray("{\"a\": \"it{\"}"));
}

void TestJsonEditor::tabsAndLeaves()
{
    open("{\n  \"a\": 1,\n  \"b\": 2\n}");
    put("{\n");
    press(Qt::Key_Tab);
    QCOMPARE(m_document->bytes(), QByteArray("{\n    \"a\": 1,\n  \"b\": 2\n}"));
    press(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(m_document->bytes(), QByteArray("{\n  \"a\": 1,\n  \"b\": 2\n}"));
    editor()->selectAll();
    press(Qt::Key_Tab);
    QCOMPARE(m_document->bytes(), QByteArray("  {\n    \"a\": 1,\n    \"b\": 2\n  }"));
    QVERIFY(editor()->hasFocus());
    press(Qt::Key_Tab, Qt::ControlModifier);
    QVERIFY(!editor()->hasFocus());
}

void TestJsonEditor::togglesComments()
{
    const QByteArray bytes = "{\n  \"a\": 1,\n  \"b\": 2\n}";
    open(bytes);
    put("\"a\"");
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_document->bytes(), QByteArray("{\n  // \"a\": 1,\n  \"b\": 2\n}"));
    QVERIFY(m_document->text().isValid()); // IDM reads comments.
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_document->bytes(), bytes);
}

void TestJsonEditor::completes()
{
    open("{\n  \"configurationProperties\": {\n    \n  }\n}");
    put("{\n    ");
    type(u"\"cli"_s);
    QVERIFY(editor()->completer()->isOpen());
    QWidget *list = editor()->completer()->popup(); // It has the keyboard now.
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(!editor()->completer()->isOpen());
    QCOMPARE(m_document->value(u"/configurationProperties/clientId"_s).toString(u"none"_s),
             QString());
    type(u"x"_s); // The cursor stands in the empty value.
    QCOMPARE(m_document->value(u"/configurationProperties/clientId"_s).toString(), u"x"_s);

    open("{\n  \"enabled\": \n}");
    put("\"enabled\": ");
    press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(editor()->completer()->isOpen());
    press(Qt::Key_Escape);
    QVERIFY(!editor()->completer()->isOpen());
    type(u"fa"_s);
    press(Qt::Key_Space, Qt::ControlModifier); // Only one is left: it goes in at once.
    QCOMPARE(m_document->value(u"/enabled"_s), QJsonValue(false));
}

void TestJsonEditor::marksFindingsAndFixes()
{
    open("{\n  \"enabled\": true,\n  \"name\": 'x'\n}\n");
    m_findings->check();
    const auto quotes =
        std::find_if(m_findings->findings().begin(), m_findings->findings().end(),
                     [](const Finding &one) { return one.position.line == 3 && one.fix; });
    QVERIFY(quotes != m_findings->findings().end());
    const Finding finding = *quotes;
    QVERIFY(editor()->worstMark(2));
    QVERIFY(editor()->markTexts(2).contains(finding.message));
    QVERIFY(editor()->markTexts(2).contains(finding.remedy));
    editor()->goToOffset(finding.at.begin);
    QVERIFY(!m_pane->findingsAtCursor().isEmpty());

    press(Qt::Key_Return, Qt::AltModifier);
    auto *menu = m_pane->findChild<QMenu *>(u"quickFixes"_s);
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(menu->actions().first()->text(), finding.fix->title);
    QTest::keyClick(menu, Qt::Key_Return);
    QVERIFY(m_document->bytes().contains("\"name\": \"x\""));
    m_document->undo();
    QVERIFY(m_document->bytes().contains("'x'"));

    QSignalSpy explained(m_pane.get(), &TextPane::explainWanted);
    m_findings->check();
    editor()->goToOffset(finding.at.begin);
    const std::unique_ptr<QMenu> again(m_pane->makeQuickFixMenu());
    again->actions().last()->trigger();
    QCOMPARE(explained.size(), 1);
}

void TestJsonEditor::folds()
{
    const QByteArray bytes = "{\n  \"a\": {\n    \"b\": 1,\n    \"c\": 2\n  },\n  \"d\": 3\n}\n";
    open(bytes);
    CodeFolding *folding = editor()->folding();
    QVERIFY(folding->canFold(0));
    QVERIFY(folding->canFold(1));
    QVERIFY(!folding->canFold(2));
    put("\"b\": 1");
    press(Qt::Key_Minus, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(folding->isFolded(1));
    QVERIFY(!editor()->document()->findBlockByNumber(2).isVisible());
    QVERIFY(editor()->document()->findBlockByNumber(4).isVisible());
    QCOMPARE(text().toUtf8(), bytes); // Hidden, not gone.
    QCOMPARE(m_document->bytes(), bytes);
    editor()->goTo(4, 1); // Going there brings it back.
    QVERIFY(editor()->document()->findBlockByNumber(3).isVisible());
    folding->toggle(0);
    QVERIFY(m_document->setValue(u"/a/c"_s, 5, u"Test"_s)); // So does a change of it.
    QVERIFY(editor()->document()->findBlockByNumber(3).isVisible());
    QVERIFY(text().contains("\"c\": 5"_L1));
}

void TestJsonEditor::findsAndReplaces()
{
    open("{\r\n  \"one\": \"One\",\r\n  \"two\": \"one\"\r\n}");
    m_pane->find();
    QLineEdit *wanted = m_pane->findBar()->wanted();
    QVERIFY(wanted->hasFocus());
    QTest::keyClicks(wanted, u"one"_s);
    QCOMPARE(m_pane->findBar()->resultText(), u"1 of 3"_s);
    QTest::keyClick(wanted, Qt::Key_Return);
    QCOMPARE(m_pane->findBar()->resultText(), u"2 of 3"_s);
    QTest::keyClick(wanted, Qt::Key_Escape);
    QVERIFY(editor()->hasFocus());
    press(Qt::Key_F3);
    QCOMPARE(m_pane->findBar()->resultText(), u"3 of 3"_s);
    press(Qt::Key_F3); // Round.
    QCOMPARE(m_pane->findBar()->resultText(), u"1 of 3"_s);
    press(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(m_pane->findBar()->resultText(), u"3 of 3"_s);

    press(Qt::Key_H, Qt::ControlModifier);
    QTest::keyClicks(m_pane->findBar()->replacement(), u"1"_s);
    QCOMPARE(m_pane->findBar()->replaceAll(), 3);
    QCOMPARE(m_document->bytes(), QByteArray("{\r\n  \"1\": \"1\",\r\n  \"two\": \"1\"\r\n}"));
    m_document->undo(); // One step.
    QVERIFY(!m_document->isModified());
}

void TestJsonEditor::goesToLines()
{
    open("{\n\n\n\"configurationProperties\": {\"clientId\": \"a\"}\n}");
    press(Qt::Key_G, Qt::ControlModifier);
    auto *dialog = m_pane->findChild<QInputDialog *>(u"lineDialog"_s);
    QVERIFY(dialog);
    dialog->setIntValue(4);
    dialog->accept();
    QCOMPARE(editor()->textCursor().blockNumber(), 3);
    m_pane->goToPointer(u"/configurationProperties/clientId"_s);
    QCOMPARE(m_pane->pointerText(), u"/configurationProperties/clientId"_s);
    m_pane->goToPosition({4, 3});
    QCOMPARE(editor()->textCursor().positionInBlock(), 2);
    m_pane->goToPointer(u"/no/such"_s); // Stays.
    QCOMPARE(editor()->textCursor().positionInBlock(), 2);
}

void TestJsonEditor::zooms()
{
    open("{}");
    const qreal usual = editor()->font().pointSizeF();
    press(Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(editor()->font().pointSizeF() > usual);
    press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(editor()->font().pointSizeF(), usual);
    press(Qt::Key_Minus, Qt::ControlModifier);
    QVERIFY(editor()->font().pointSizeF() < usual);
    QCOMPARE(m_document->bytes(), QByteArray("{}"));
}

void TestJsonEditor::matchesBrackets()
{
    QTextDocument document(u"{ \"a}\": [1,\n{}], \"b\": \"\\\"]\" }"_s);
    const QString all = document.toPlainText();
    const int end = int(all.size()) - 1;
    QCOMPARE(bracketsAt(document, 0), std::pair(0, end));
    QCOMPARE(bracketsAt(document, end + 1), std::pair(end, 0));
    const int list = int(all.indexOf(u'['));
    QCOMPARE(bracketsAt(document, list), std::pair(list, int(all.indexOf(u']'))));
    QVERIFY(!bracketsAt(document, int(all.indexOf(u'}')))); // In a text.
    QVERIFY(!bracketsAt(QTextDocument(u"]"_s), 0));
}

void TestJsonEditor::staysUsableWhenLarge()
{
    QByteArray large = "{\r\n";
    for (int i = 0; large.size() < 10'000'000; ++i)
        large += "  \"key" + QByteArray::number(i) + "\": \"" + QByteArray(100, 'x') + "\",\r\n";
    large += "  \"last\": 1\r\n}\r\n";
    open(large);
    put("\"key50000\": \"");
    type(u"ab"_s);
    press(Qt::Key_Return);
    QByteArray expected = large;
    expected.replace("\"key50000\": \"", "\"key50000\": \"ab\r\n  ");
    QCOMPARE(m_document->bytes(), expected);
}

HUBKEEPER_WINDOW_TEST(TestJsonEditor)
#include "tst_jsoneditor.moc"
