// SPDX-License-Identifier: MIT
#include "configuration/text/jsoncompleter.h"
#include "jsoneditortest.h"
#include "provisioner/document/newprovisioner.h"
#include "testkit/windowtest.h"

#include <QAccessible>
#include <QApplication>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The text of a provisioner, typed at with real keys: what happens to the bytes, and to secrets.
class TestJsonEditor final : public JsonEditorTest
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void cleanup() { end(); }
    void typesInPlace();
    void typingLeavesTheRest_data();
    void typingLeavesTheRest();
    void followsTheDocument();
    void hidesSecrets();
    void refusesToEditWhatIsHidden();
    void hidesATypedSecretWhenItsLineIsLeft();
    void doesNotDamageWhatIsNotUtf8();
    void convertsWideText();
};

namespace {

constexpr auto withSecret = "{\r\n  \"configurationProperties\": {\r\n    \"clientId\": \"a\",\r\n"
                            "    \"clientSecret\": \"hush-hush\"\r\n  }\r\n}\r\n";

} // namespace

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

HUBKEEPER_WINDOW_TEST(TestJsonEditor)
#include "tst_jsoneditor.moc"
