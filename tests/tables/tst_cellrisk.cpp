// SPDX-License-Identifier: MIT
#include "tables/writing/cellrisk.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

Q_DECLARE_METATYPE(hubkeeper::CellRisk)

/// What a spreadsheet would do to cells of CSV.
class TestCellRisk final : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void countsByColumn();
};

void TestCellRisk::judges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<CellRisk>("risk");
    const auto rows = [](CellRisk risk, const QStringList &texts) {
        for (const QString &text : texts)
            QTest::newRow(qPrintable(text.isEmpty() ? u"(empty)"_s : text)) << text << risk;
    };
    rows(CellRisk::None,
         {u""_s,
          u"Ada"_s,
          u"0"_s,
          u"7"_s,
          u"42"_s,
          u"123456789012345"_s,
          u"-5"_s,
          u"-12.75"_s,
          u"99.99"_s,
          u"0.5"_s,
          u"ada@acme.example"_s,
          u"10 Main Street"_s,
          u"A1"_s,
          u"030 23125 000"_s,
          u"2026-04-05T07:03:54.538Z"_s,
          u"Mary"_s,
          u"Marina 5 Ltd"_s,
          u"v1.2.3-beta"_s,
          u"trueish"_s,
          u"١٢٣٤"_s,
          u"555-0100"_s,
          u"a=1"_s,
          u"'=1"_s});
    rows(CellRisk::Changes,
         {u"00123"_s,
          u"9007199254740993"_s,
          u"1234567890123456"_s,
          u"+4930123456"_s,
          u"0049301234"_s,
          u"1/2/2026"_s,
          u"1/2"_s,
          u"1-2"_s,
          u"1E5"_s,
          u"1e-3"_s,
          u"12E34567"_s,
          u"1.50"_s,
          u"1,5"_s,
          u"1,234.5"_s,
          u"1.5"_s,
          u"13:45"_s,
          u"13:45:10"_s,
          u"1:30 PM"_s,
          u"true"_s,
          u"FALSE"_s,
          u"Wahr"_s,
          u"MAR1"_s,
          u"1-Mar"_s,
          u"Mar-26"_s,
          u"2 Sept 2026"_s,
          u"SEPT2"_s,
          u"DEC1"_s,
          u"01.02.2026"_s,
          u"2026-01-02"_s,
          u"2026-01-02 10:00"_s,
          u"5%"_s,
          u"$12"_s,
          u"€ 12,50"_s,
          u" 123"_s,
          u"123 "_s,
          u"-007"_s,
          u"-1.10"_s,
          u"1 1/2"_s,
          u".5"_s,
          u"1.März"_s,
          u"12/2026"_s});
    rows(CellRisk::Runs,
         {u"=1+1"_s, u"=HYPERLINK(\"x\")"_s, u"+1+1"_s, u"-1-1"_s, u"@SUM(A1)"_s, u"\tx"_s,
          u"\r\nx"_s, u"\nx"_s, u"+49 30 23125"_s, u"-x"_s, u"="_s, u"@acme"_s, u"-"_s});
}

void TestCellRisk::judges()
{
    QFETCH(QString, text);
    QTEST(riskOf(text), "risk");
}

void TestCellRisk::countsByColumn()
{
    RiskCount count(3);
    QVERIFY(count.isEmpty());
    count.add({u"Ada"_s, u"007"_s, u"=1"_s});
    count.add({u"Bo"_s, u"1E5"_s, u"x"_s});
    count.add({u"Cy"_s}); // A shorter row.
    QCOMPARE(count.changes(), 2);
    QCOMPARE(count.runs(), 1);
    QCOMPARE(count.columns(), QList<qsizetype>({1, 2}));
}

HUBKEEPER_TEST(TestCellRisk)
#include "tst_cellrisk.moc"
