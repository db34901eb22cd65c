// SPDX-License-Identifier: MIT
#include "provisioner/text/textdiff.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

/// "=a -b +c": the lines with their kinds.
QString shown(const QList<DiffLine> &lines)
{
    QStringList words;
    for (const DiffLine &line : lines) {
        const QChar mark = line.kind == DiffKind::Same ? u'='
            : line.kind == DiffKind::Removed           ? u'-'
                                                       : u'+';
        words.append(mark + line.text);
    }
    return words.join(u' ');
}

QByteArray randomLines(QRandomGenerator &random, int count, int words)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += QByteArray::number(random.bounded(words)) + '\n';
    return text;
}

int longestCommon(const QByteArrayList &a, const QByteArrayList &b)
{
    std::vector<std::vector<int>> best(size_t(a.size()) + 1,
                                       std::vector<int>(size_t(b.size()) + 1));
    for (size_t i = 1; i < best.size(); ++i) {
        for (size_t j = 1; j < best[i].size(); ++j) {
            best[i][j] = a[qsizetype(i) - 1] == b[qsizetype(j) - 1]
                ? best[i - 1][j - 1] + 1
                : std::max(best[i - 1][j], best[i][j - 1]);
        }
    }
    return best.back().back();
}

/// One side of a comparison, put together again; checks the line numbers on the way.
QByteArray side(const QList<DiffLine> &lines, DiffKind left, int DiffLine::*number)
{
    QByteArray text;
    int expected = 0;
    for (const DiffLine &line : lines) {
        if (line.kind != DiffKind::Same && line.kind != left) {
            if (line.*number != 0)
                return "a line that is not there has a number";
            continue;
        }
        if (line.*number != ++expected)
            return "line numbers have a gap";
        text += line.text.toUtf8() + '\n';
    }
    return text;
}

} // namespace

/// Comparing two texts line by line.
class TestTextDiff : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
    void endingsCount();
    void findsTheFewestEdits();
    void hugeDifferentTextsEnd();
    void unified_data();
    void unified();
};

void TestTextDiff::lines_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("expected");
    // clang-format off
    QTest::newRow("nothing")           << QByteArray()          << QByteArray()          << QString();
    QTest::newRow("all new")           << QByteArray()          << QByteArray("a\nb\n")  << u"+a +b"_s;
    QTest::newRow("all gone")          << QByteArray("a\nb\n")  << QByteArray()          << u"-a -b"_s;
    QTest::newRow("equal")             << QByteArray("a\nb\n")  << QByteArray("a\nb\n")  << u"=a =b"_s;
    QTest::newRow("changed")           << QByteArray("a\nb\nc") << QByteArray("a\nx\nc") << u"=a -b +x =c"_s;
    QTest::newRow("removal comes first") << QByteArray("a\n")   << QByteArray("x\ny\n")  << u"-a +x +y"_s;
    QTest::newRow("inserted")          << QByteArray("a\nc\n")  << QByteArray("a\nb\nc\n") << u"=a +b =c"_s;
    QTest::newRow("moved")             << QByteArray("a\nb\nc\n") << QByteArray("b\nc\na\n") << u"-a =b =c +a"_s;
    // clang-format on
}

void TestTextDiff::lines()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QTEST(shown(lineDiff(before, after)), "expected");
}

void TestTextDiff::endingsCount()
{
    QCOMPARE(shown(lineDiff("a\r\n", "a\n")), u"-a +a"_s);
    QCOMPARE(shown(lineDiff("a\n", "a")), u"-a +a"_s);
    QCOMPARE(shown(lineDiff(QByteArray("\0\n", 2), "\xFF\n")), u"-\0 +\uFFFD"_s);
}

void TestTextDiff::findsTheFewestEdits()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 400; ++round) {
        const int words = 2 + round % 12;
        const QByteArray before = randomLines(random, random.bounded(40), words);
        const QByteArray after = randomLines(random, random.bounded(40), words);
        const QList<DiffLine> lines = lineDiff(before, after);
        QCOMPARE(side(lines, DiffKind::Removed, &DiffLine::oldLine), before);
        QCOMPARE(side(lines, DiffKind::Added, &DiffLine::newLine), after);
        const auto same = std::count_if(lines.begin(), lines.end(), [](const DiffLine &line) {
            return line.kind == DiffKind::Same;
        });
        QCOMPARE(int(same), longestCommon(before.split('\n'), after.split('\n')) - 1);
    }
}

void TestTextDiff::hugeDifferentTextsEnd()
{
    QRandomGenerator random(11);
    const QByteArray before = randomLines(random, 200'000, 1'000'000'000);
    const QByteArray after = randomLines(random, 200'000, 1'000'000'000);
    const QList<DiffLine> lines = lineDiff(before, after);
    QCOMPARE(side(lines, DiffKind::Removed, &DiffLine::oldLine), before);
    QCOMPARE(side(lines, DiffKind::Added, &DiffLine::newLine), after);
}

void TestTextDiff::unified_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("equal") << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
    QTest::newRow("one line") << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                              << QByteArray("1\n2\n3\n4\nx\n6\n7\n8\n9\n")
                              << QByteArray("--- a\n+++ b\n@@ -2,7 +2,7 @@\n"
                                            " 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
    QTest::newRow("two hunks") << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                               << QByteArray("x\n2\n3\n4\n5\n6\n7\n8\ny\n")
                               << QByteArray("--- a\n+++ b\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n"
                                             "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n");
    QTest::newRow("from nothing") << QByteArray() << QByteArray("a\n")
                                  << QByteArray("--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n");
    QTest::newRow("no newline at the end")
        << QByteArray("a") << QByteArray("a\n")
        << QByteArray("--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

void TestTextDiff::unified()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QTEST(unifiedDiff(before, after, u"a"_s, u"b"_s), "expected");
}

HUBKEEPER_TEST(TestTextDiff)
#include "tst_textdiff.moc"
