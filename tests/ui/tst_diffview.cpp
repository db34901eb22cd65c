// SPDX-License-Identifier: MIT
#include "base/settings.h"
#include "configuration/compare/diffview.h"
#include "configuration/compare/sidebysidediff.h"
#include "editor/diffrows.h"
#include "editor/difftext.h"
#include "provisioner/document/document.h"
#include "provisioner/document/newprovisioner.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Comparing, and taking single changes back.
class TestDiffView final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(Paths::below(m_folder->path()));
    }
    void findsHunks();
    void marksWithinLines();
    void showsLineEndings();
    void leavesOutWhatIsFar();
    void neverShowsSecrets();
    void revertsOneHunk_data();
    void revertsOneHunk();
    void revertingAllGivesTheOther();
    void walksAndReverts();
    void comparesWithOthers();
    void bothSidesHaveTheSameRows();
    void isSideBySide();
    void scrollsTogether();
    void rememberedUntilNextTime();
    void sidesNeverShowSecrets();
    void longTextsSideBySide();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
};

namespace {

QByteArray lines(const char *letters, const char *ending = "\n")
{
    QByteArray text;
    for (; *letters; ++letters)
        text += QByteArray(1, *letters) + ending;
    return text;
}

} // namespace

void TestDiffView::findsHunks()
{
    QVERIFY(compared("a\n", "a\n").rows.isEmpty());
    const TextComparison result = compared(lines("abcdef"), lines("aXcdYZef"));
    QCOMPARE(result.hunks.size(), 2);
    QCOMPARE(result.removed, 1);
    QCOMPARE(result.added, 3);
    QCOMPARE(result.hunks[0].oldBegin, 2);
    QCOMPARE(result.hunks[0].oldEnd, 3);
    QCOMPARE(result.hunks[1].newBegin, 5);
    QCOMPARE(result.hunks[1].newEnd, 7);
    QCOMPARE(result.hunks[1].oldBegin, result.hunks[1].oldEnd);
}

void TestDiffView::marksWithinLines()
{
    const TextComparison result = compared("    \"a\": 10,\n", "    \"a\": 25,\n");
    QCOMPARE(result.rows.size(), 2);
    QCOMPARE(result.rows[0].text.mid(result.rows[0].changedFrom, result.rows[0].changedLength),
             u"10"_s);
    QCOMPARE(result.rows[1].text.mid(result.rows[1].changedFrom, result.rows[1].changedLength),
             u"25"_s);
    const TextComparison other = compared("abcdefghij\n", "0123456789\n");
    QCOMPARE(other.rows[0].changedLength, 0); // All of it: no mark says more than none.
}

void TestDiffView::showsLineEndings()
{
    const TextComparison result = compared(lines("a"), lines("a", "\r\n"));
    QCOMPARE(result.rows.size(), 2);
    QVERIFY(result.rows[0].text != result.rows[1].text);
}

void TestDiffView::leavesOutWhatIsFar()
{
    const TextComparison result = compared(lines("abcdefghijklmnop"), lines("abcdefghijkXmnop"), 2);
    QCOMPARE(result.rows.first().left, 9);
    QCOMPARE(result.rows.size(), 1 + 2 + 2 + 2 + 1);
    QCOMPARE(result.rows.last().left, 2);
    QCOMPARE(result.hunks.size(), 1);
}

void TestDiffView::neverShowsSecrets()
{
    const QByteArray before = R"({"configurationProperties": {
  "clientSecret": "hush-hush-1",
  "refreshToken": "hush-hush-2"
}})";
    QByteArray after = before;
    after.replace("hush-hush-1", "hush-hush-3");
    const TextComparison result = compared(before, after);
    QCOMPARE(result.hunks.size(), 1); // A change is seen; what it is, is not.
    QVERIFY(result.rows[1].text != result.rows[2].text);
    for (const DiffRow &row : result.rows)
        QVERIFY2(!row.text.contains("hush"_L1), qUtf8Printable(row.text));

    // Broken text is masked, too, and nothing but the secrets.
    const QByteArray broken = "{\"clientSecret\": 'hush-1',\n\"profile-token\": {},\n\"a\": null";
    const TextComparison fixed = compared(broken, QByteArray(broken).replace("'", "\""));
    QCOMPARE(fixed.hunks.size(), 1);
    QCOMPARE(fixed.rows[0].text, u"{\"clientSecret\": '(secret)',"_s);
    QCOMPARE(fixed.rows[1].text, u"{\"clientSecret\": \"(secret)\","_s);
    QCOMPARE(fixed.rows[2].kind, DiffKind::Same);
    QVERIFY(compared(broken, QByteArray(broken).replace("-1", "-2"))
                .rows[1]
                .text.contains("another"_L1));

    const auto document = Document::fromBytes(before);
    DiffView view(*m_settings, nullptr);
    view.setDocument(document.get());
    view.show();
    document->setBytes(after, u"Test"_s);
    QTRY_COMPARE(view.comparison().hunks.size(), 1);
    QVERIFY(!view.patch().isEmpty());
    QVERIFY(!view.patch().contains("hush"));
    QVERIFY(!view.text()->toPlainText().contains("hush"_L1));
}

void TestDiffView::revertsOneHunk_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("hunk");
    QTest::addColumn<QByteArray>("expected");
    // clang-format off
    QTest::newRow("changed line")     << lines("abc")         << lines("aXc") << 0 << lines("abc");
    QTest::newRow("first of two")     << lines("abcde")       << lines("XbcdY") << 0 << lines("abcdY");
    QTest::newRow("second of two")    << lines("abcde")       << lines("XbcdY") << 1 << lines("Xbcde");
    QTest::newRow("removed line")     << lines("abc")         << lines("ac")  << 0 << lines("abc");
    QTest::newRow("added line")       << lines("ac")          << lines("abc") << 0 << lines("ac");
    QTest::newRow("added at the end") << lines("a")           << lines("ab")  << 0 << lines("a");
    QTest::newRow("removed at end")   << lines("ab")          << lines("a")   << 0 << lines("ab");
    QTest::newRow("no last ending")   << QByteArray("a\nb")   << QByteArray("a\nb\n") << 0 << QByteArray("a\nb");
    QTest::newRow("CRLF")             << lines("abc", "\r\n") << QByteArray("a\r\nb\nc\r\n") << 0 << lines("abc", "\r\n");
    QTest::newRow("all gone")         << lines("abc")         << QByteArray() << 0 << lines("abc");
    // clang-format on
}

void TestDiffView::revertsOneHunk()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, hunk);
    QFETCH(QByteArray, expected);
    const TextComparison result = compared(before, after);
    QVERIFY(hunk < result.hunks.size());
    QCOMPARE(applied(after, {revertOf(before, after, result.hunks[hunk])}), expected);
}

void TestDiffView::revertingAllGivesTheOther()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        const auto text = [&random] {
            QByteArray made;
            for (int i = random.bounded(12); i > 0; --i)
                made += QByteArray(1, char('a' + random.bounded(4)))
                    + (random.bounded(3) == 0 ? "\r\n" : "\n");
            return random.bounded(4) == 0 ? made.trimmed() : made;
        };
        const QByteArray before = text();
        QByteArray after = text();
        // From the last to the first, so that line numbers above stay right.
        const TextComparison result = compared(before, after);
        for (qsizetype i = result.hunks.size() - 1; i >= 0; --i)
            after = applied(after, {revertOf(before, after, result.hunks[i])});
        QCOMPARE(after, before);
    }
}

void TestDiffView::walksAndReverts()
{
    const auto document = Document::fromBytes(lines("abcdefghijklmnopqrst"));
    DiffView view(*m_settings, nullptr);
    view.setDocument(document.get());
    view.resize(700, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(view.summary().isEmpty());
    document->setBytes(lines("aXcdefghijklmnopqrYt"), u"Test"_s);
    QTRY_COMPARE(view.comparison().hunks.size(), 2);
    view.text()->setFocus();
    view.text()->moveCursor(QTextCursor::Start);
    QTest::keyClick(view.text(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view.text()->currentHunk(), 0);
    QTest::keyClick(view.text(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view.text()->currentHunk(), 1);
    QTest::keyClick(view.text(), Qt::Key_Down, Qt::AltModifier); // Round.
    QCOMPARE(view.text()->currentHunk(), 0);
    QTest::keyClick(view.text(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(view.text()->currentHunk(), 1);
    view.findChild<QAction *>(u"revertChange"_s)->trigger();
    QCOMPARE(document->bytes(), lines("aXcdefghijklmnopqrst"));
    document->undo();
    QCOMPARE(document->bytes(), lines("aXcdefghijklmnopqrYt"));
    view.findChild<QAction *>(u"copyPatch"_s)->trigger();
    QVERIFY(QApplication::clipboard()->text().contains("\n-b\n+X\n"_L1));
}

void TestDiffView::comparesWithOthers()
{
    const QTemporaryDir folder;
    const auto document = Document::fromBytes(sampleProvisioner());
    DiffView view(*m_settings, nullptr);
    view.setDocument(document.get());
    view.show();
    view.compareWith(DiffView::Against::Sample);
    QVERIFY(view.comparison().hunks.isEmpty());
    view.compareWithFile(folder.filePath(u"missing.json"_s)); // Says so and stays as it was.
    QVERIFY(view.comparison().hunks.isEmpty());
    QFile file(folder.filePath(u"other.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}\n");
    file.close();
    view.compareWithFile(file.fileName());
    QCOMPARE(view.comparison().hunks.size(), 1);
    QCOMPARE(view.comparison().removed, 1);
}

void TestDiffView::bothSidesHaveTheSameRows()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 300; ++round) {
        const auto text = [&random] {
            QByteArray made;
            for (int i = random.bounded(14); i > 0; --i)
                made += QByteArray(1, char('a' + random.bounded(4))) + "\n";
            return made;
        };
        const TextComparison result = compared(text(), text(), random.bounded(3) - 1);
        const DiffSides sides = sidesOf(result.rows);
        QCOMPARE(sides.before.size(), sides.after.size());
        int removed = 0;
        int added = 0;
        for (qsizetype i = 0; i < sides.before.size(); ++i) {
            const DiffRow &old = sides.before[i];
            const DiffRow &now = sides.after[i];
            QCOMPARE(old.hunk, now.hunk);
            QCOMPARE(old.left, now.left);
            QVERIFY(!(old.isFiller && now.isFiller));
            QVERIFY(old.hunk >= 0 || old.text == now.text);
            removed += old.kind == DiffKind::Removed;
            added += now.kind == DiffKind::Added;
            QVERIFY(old.kind != DiffKind::Added && now.kind != DiffKind::Removed);
        }
        QCOMPARE(removed, result.removed);
        QCOMPARE(added, result.added);
    }
}

namespace {

QToolButton *sideBySideButton(const DiffView &view)
{
    const auto buttons = view.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->text() == "&Side by Side"_L1)
            return button;
    }
    return nullptr;
}

} // namespace

void TestDiffView::isSideBySide()
{
    const auto document = Document::fromBytes(lines("abcdefghijklmnopqrst"));
    DiffView view(*m_settings, nullptr);
    view.setDocument(document.get());
    view.resize(900, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    document->setBytes(lines("aXYcdefghijklmnopqrt"), u"Test"_s);
    QTRY_COMPARE(view.comparison().hunks.size(), 2);
    QVERIFY(view.text()->isVisible() && !view.sides()->isVisible());
    QTest::mouseClick(sideBySideButton(view), Qt::LeftButton);
    QVERIFY(!view.text()->isVisible() && view.sides()->isVisible());
    DiffText *before = view.sides()->before();
    DiffText *after = view.sides()->after();
    QCOMPARE(before->toPlainText().split(u'\n').mid(0, 4),
             (QStringList {u"  a"_s, u"- b"_s, QString(), u"  c"_s}));
    QCOMPARE(after->toPlainText().split(u'\n').mid(0, 4),
             (QStringList {u"  a"_s, u"+ X"_s, u"+ Y"_s, u"  c"_s}));

    after->setFocus();
    after->moveCursor(QTextCursor::Start);
    QTest::keyClick(after, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(after->currentHunk(), 0);
    QCOMPARE(before->textCursor().blockNumber(), after->textCursor().blockNumber());
    before->setFocus();
    QTest::keyClick(before, Qt::Key_Down, Qt::AltModifier); // From either side.
    QCOMPARE(after->currentHunk(), 1);
    QCOMPARE(before->currentHunk(), 1);
    view.findChild<QAction *>(u"revertChange"_s)->trigger();
    QCOMPARE(document->bytes(), lines("aXYcdefghijklmnopqrst"));
    QCOMPARE(view.comparison().hunks.size(), 1);
    document->undo();
    QTRY_COMPARE(view.comparison().hunks.size(), 2);
    QVERIFY(!before->accessibleName().isEmpty()
            && before->accessibleName() != after->accessibleName());
    QVERIFY(!after->accessibleDescription().isEmpty());
    QTest::mouseClick(sideBySideButton(view), Qt::LeftButton);
    QVERIFY(view.text()->isVisible());
    document->setBytes(document->savedBytes(), u"Test"_s);
    QTRY_VERIFY(!view.text()->isVisible() && !view.sides()->isVisible()); // It says so.
}

void TestDiffView::scrollsTogether()
{
    QByteArray text;
    for (int line = 0; line < 300; ++line)
        text += QByteArray::number(line) + QByteArray(line % 7 == 0 ? 300 : 3, 'x') + '\n';
    const auto document = Document::fromBytes(text);
    DiffView view(*m_settings, nullptr);
    view.setDocument(document.get());
    sideBySideButton(view)->click();
    for (QToolButton *button : view.findChildren<QToolButton *>()) {
        if (button->text() == "&Whole Text"_L1)
            button->click();
    }
    view.resize(900, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    document->setBytes("first\n" + text.replace("\n150x", "\n150y"), u"Test"_s);
    QTRY_COMPARE(view.comparison().hunks.size(), 2);
    DiffText *before = view.sides()->before();
    DiffText *after = view.sides()->after();
    QCOMPARE(before->blockCount(), after->blockCount());
    after->setFocus();
    QTest::keyClick(after, Qt::Key_End, Qt::ControlModifier);
    QVERIFY(after->verticalScrollBar()->value() > 200);
    QCOMPARE(before->verticalScrollBar()->value(), after->verticalScrollBar()->value());
    before->verticalScrollBar()->setValue(17);
    QCOMPARE(after->verticalScrollBar()->value(), 17);
    after->horizontalScrollBar()->setValue(40);
    QCOMPARE(before->horizontalScrollBar()->value(), 40);
    // The lines stand at the same height.
    QCOMPARE(before->cursorRect(QTextCursor(before->document()->findBlockByNumber(20))).top(),
             after->cursorRect(QTextCursor(after->document()->findBlockByNumber(20))).top());
}

void TestDiffView::rememberedUntilNextTime()
{
    {
        DiffView view(*m_settings, nullptr);
        QVERIFY(!sideBySideButton(view)->isChecked());
        sideBySideButton(view)->click();
    }
    const DiffView view(*m_settings, nullptr);
    QVERIFY(sideBySideButton(view)->isChecked());
}

void TestDiffView::sidesNeverShowSecrets()
{
    const QByteArray before = R"({"configurationProperties": {
  "clientSecret": "hush-hush-1"
}})";
    const auto document = Document::fromBytes(before);
    DiffView view(*m_settings, nullptr);
    sideBySideButton(view)->click();
    view.setDocument(document.get());
    view.show();
    document->setBytes(QByteArray(before).replace("-1", "-2"), u"Test"_s);
    QTRY_COMPARE(view.comparison().hunks.size(), 1);
    for (const DiffText *text : {view.sides()->before(), view.sides()->after()}) {
        QVERIFY(text->toPlainText().contains("secret)"_L1));
        QVERIFY(!text->toPlainText().contains("hush"_L1));
    }
}

void TestDiffView::longTextsSideBySide()
{
    QByteArray before;
    QByteArray after;
    for (int line = 0; line < 5000; ++line) {
        before += "line " + QByteArray::number(line) + '\n';
        if (line % 3 != 0)
            after += "line " + QByteArray::number(line) + (line % 2 == 0 ? "" : " changed") + '\n';
    }
    const auto document = Document::fromBytes(before);
    DiffView view(*m_settings, nullptr);
    sideBySideButton(view)->click();
    view.setDocument(document.get());
    view.resize(900, 600);
    view.show();
    document->setBytes(after, u"Test"_s);
    QTRY_VERIFY(view.comparison().hunks.size() > 100);
    QCOMPARE(view.sides()->before()->blockCount(), view.sides()->after()->blockCount());
    const auto last = int(view.comparison().hunks.size()) - 1;
    view.sides()->after()->moveCursor(QTextCursor::Start);
    view.nextChange(-1); // Round to the last.
    QCOMPARE(view.sides()->after()->currentHunk(), last);
    QVERIFY(!view.grab().isNull());
}

HUBKEEPER_WINDOW_TEST(TestDiffView)
#include "tst_diffview.moc"
