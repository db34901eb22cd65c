// SPDX-License-Identifier: MIT
#include "tables/writing/formulaguard.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// Apostrophes before cells that begin like formulas.
class TestFormulaGuard final : public QObject
{
    Q_OBJECT

private slots:
    void guards_data();
    void guards();
    void leavesForeignApostrophes();
    void isBijective();
};

void TestFormulaGuard::guards_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    // clang-format off
    QTest::newRow("equals")            << u"=1+1"_s          << u"'=1+1"_s;
    QTest::newRow("plus, a phone")     << u"+49 30 23125"_s  << u"'+49 30 23125"_s;
    QTest::newRow("minus, a number")   << u"-5"_s            << u"'-5"_s;
    QTest::newRow("at")                << u"@SUM(A1)"_s      << u"'@SUM(A1)"_s;
    QTest::newRow("tab")               << u"\t=1"_s          << u"'\t=1"_s;
    QTest::newRow("carriage return")   << u"\r=1"_s          << u"'\r=1"_s;
    QTest::newRow("line feed")         << u"\n=1"_s          << u"'\n=1"_s;
    QTest::newRow("a sign alone")      << u"="_s             << u"'="_s;
    QTest::newRow("guarded already")   << u"'=1"_s           << u"''=1"_s;
    QTest::newRow("twice")             << u"''-x"_s          << u"'''-x"_s;
    QTest::newRow("nothing")           << u""_s              << u""_s;
    QTest::newRow("an apostrophe")     << u"'"_s             << u"'"_s;
    QTest::newRow("a name")            << u"'t Hooft"_s      << u"'t Hooft"_s;
    QTest::newRow("a sign inside")     << u"a=1"_s           << u"a=1"_s;
    QTest::newRow("a blank before")    << u" =1"_s           << u" =1"_s;
    // clang-format on
}

void TestFormulaGuard::guards()
{
    QFETCH(QString, text);
    QTEST(guarded(text), "written");
    QCOMPARE(unguarded(guarded(text)), text);
}

/// In a file that somebody guarded by hand, or in none.
void TestFormulaGuard::leavesForeignApostrophes()
{
    QCOMPARE(unguarded(u"'hello"_s), u"'hello"_s);
    QCOMPARE(unguarded(u"=1"_s), u"=1"_s);
}

void TestFormulaGuard::isBijective()
{
    const QString letters = u"'=+-@\t\r\na1 "_s;
    QRandomGenerator random(14);
    QSet<QString> written;
    QSet<QString> texts;
    for (int i = 0; i < 20'000; ++i) {
        QString text;
        for (int left = random.bounded(7); left > 0; --left)
            text += letters[random.bounded(int(letters.size()))];
        const QString cell = guarded(text);
        QCOMPARE(unguarded(cell), text);
        QVERIFY2(cell.isEmpty() || !u"=+-@\t\r\n"_s.contains(cell.front()), qPrintable(cell));
        texts.insert(text);
        written.insert(cell);
    }
    QCOMPARE(written.size(), texts.size());
}

HUBKEEPER_TEST(TestFormulaGuard)
#include "tst_formulaguard.moc"
