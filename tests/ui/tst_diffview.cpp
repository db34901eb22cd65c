// SPDX-License-Identifier: MIT
#include "configuration/diffrows.h"
#include "configuration/difftext.h"
#include "configuration/diffview.h"
#include "provisioner/document/document.h"
#include "provisioner/document/newprovisioner.h"
#include "testkit/warnings.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Comparing, and taking single changes back.
class TestDiffView final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
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
    const TextComparison mended = compared(broken, QByteArray(broken).replace("'", "\""));
    QCOMPARE(mended.hunks.size(), 1);
    QCOMPARE(mended.rows[0].text, u"{\"clientSecret\": '(secret)',"_s);
    QCOMPARE(mended.rows[1].text, u"{\"clientSecret\": \"(secret)\","_s);
    QCOMPARE(mended.rows[2].kind, DiffKind::Same);
    QVERIFY(compared(broken, QByteArray(broken).replace("-1", "-2"))
                .rows[1]
                .text.contains("another"_L1));

    const auto document = Document::fromBytes(before);
    DiffView view(nullptr);
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
    DiffView view(nullptr);
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
    DiffView view(nullptr);
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

QTEST_MAIN(TestDiffView)
#include "tst_diffview.moc"
