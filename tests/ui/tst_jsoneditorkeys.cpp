// SPDX-License-Identifier: MIT
#include "configuration/text/jsoncompleter.h"
#include "configuration/text/jsonindent.h"
#include "editor/bracketmatch.h"
#include "editor/codefolding.h"
#include "editor/findbar.h"
#include "jsoneditortest.h"
#include "testkit/windowtest.h"

#include <QAction>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What keys and commands of the text pane do beyond typing.
class TestJsonEditorKeys final : public JsonEditorTest
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void cleanup() { end(); }
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
};

void TestJsonEditorKeys::indents()
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

void TestJsonEditorKeys::makesPairs()
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

void TestJsonEditorKeys::tabsAndLeaves()
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

void TestJsonEditorKeys::togglesComments()
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

void TestJsonEditorKeys::completes()
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
    type(u"x"_s); // The cursor is in the empty value.
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

void TestJsonEditorKeys::marksFindingsAndFixes()
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

void TestJsonEditorKeys::folds()
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

void TestJsonEditorKeys::findsAndReplaces()
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

void TestJsonEditorKeys::goesToLines()
{
    open("{\n\n\n\"configurationProperties\": {\"clientId\": \"a\"}\n}");
    m_pane->findChild<QAction *>(u"goToLine"_s)->trigger(); // Ctrl+G is the window's.
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

void TestJsonEditorKeys::zooms()
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

void TestJsonEditorKeys::matchesBrackets()
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

void TestJsonEditorKeys::staysUsableWhenLarge()
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

HUBKEEPER_WINDOW_TEST(TestJsonEditorKeys)
#include "tst_jsoneditorkeys.moc"
