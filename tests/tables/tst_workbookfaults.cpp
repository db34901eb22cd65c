// SPDX-License-Identifier: MIT
#include "tables/collectedtable.h"
#include "tables/xlsxfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A row of texts in the columns from A on; empty ones have no cell.
QByteArray textRow(int number, const QByteArrayList &texts)
{
    QByteArray cells;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (!texts[i].isEmpty())
            cells += "<c r=\"" + QByteArray(1, char('A' + i)) + QByteArray::number(number)
                + "\" t=\"inlineStr\"><is><t>" + texts[i] + "</t></is></c>";
    }
    return "<row r=\"" + QByteArray::number(number) + "\">" + cells + "</row>";
}

const CollectedTable &readInto(CollectedTable &table, const XlsxFile &file)
{
    readBytes(table, file.bytes(), u"book.xlsx"_s);
    return table;
}

} // namespace

/// What is said about rows and headers of workbooks.
class TestWorkbookFaults : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void rowsOfExtensions();
    void oldSheets_data();
    void oldSheets();
};

void TestWorkbookFaults::names_data()
{
    QTest::addColumn<QList<QByteArrayList>>("rows");
    QTest::addColumn<QStringList>("faults");

    using Rows = QList<QByteArrayList>;
    QTest::newRow("right") << Rows {{"id", "name"}, {"1", "a"}} << QStringList {};
    QTest::newRow("twice") << Rows {{"id", "Name", "name "}, {"1", "a", "b"}}
                           << QStringList {u"1:3 duplicateHeader"_s};
    QTest::newRow("none between") << Rows {{"id", "", "city"}, {"1", "a", "b"}}
                                  << QStringList {u"1:2 emptyHeader"_s};
    QTest::newRow("a row too long")
        << Rows {{"id", "name"}, {"1", "a"}, {"2", "b", "", "x"}} << QStringList {u"3:3 longRow"_s};
    QTest::newRow("blanks beside the table")
        << Rows {{"id", "name"}, {"1", "a", " "}} << QStringList {};
    QTest::newRow("no header") << Rows {{"1", "2"}, {"3", "4", "5"}} << QStringList {};
    QTest::newRow("below a title")
        << Rows {{"Contacts"}, {}, {"id", "name", "NAME"}, {"1", "a", "b"}}
        << QStringList {u"1:1 preamble"_s, u"3:3 duplicateHeader"_s};
}

void TestWorkbookFaults::names()
{
    QFETCH(const QList<QByteArrayList>, rows);
    QFETCH(const QStringList, faults);
    QByteArray data;
    for (qsizetype i = 0; i < rows.size(); ++i)
        data += textRow(int(i) + 1, rows[i]);
    CollectedTable table;
    QCOMPARE(readInto(table, sheetOf(data)).faults, faults);
    QVERIFY(!table.refused);
    QVERIFY(!table.sentences.contains(QString()));
}

/// Only the sheet's own data has rows.
void TestWorkbookFaults::rowsOfExtensions()
{
    XlsxFile file = sheetOf(textRow(1, {"id", "name"}) + textRow(2, {"1", "a"}));
    file.sheets.first().after = "<extLst><ext uri=\"x\"><sheetData>" + textRow(3, {"2", "b"})
        + "</sheetData></ext></extLst>";
    CollectedTable table;
    QCOMPARE(readInto(table, file).rows,
             (QList<QStringList> {{u"id"_s, u"name"_s}, {u"1"_s, u"a"_s}}));
    QVERIFY(table.faults.isEmpty());
}

void TestWorkbookFaults::oldSheets_data()
{
    QTest::addColumn<QByteArray>("begin");

    QTest::newRow("Excel 2") << QByteArray::fromHex("0900040002001000");
    QTest::newRow("Excel 3") << QByteArray::fromHex("0902060000001000");
    QTest::newRow("Excel 4") << QByteArray::fromHex("0904060000001000");
    QTest::newRow("Excel 5") << QByteArray::fromHex("0908080000050500");
    QTest::newRow("Excel 97") << QByteArray::fromHex("0908100000060500");
}

void TestWorkbookFaults::oldSheets()
{
    QFETCH(const QByteArray, begin);
    CollectedTable table;
    readBytes(table, begin + QByteArray(500, '\0'), u"old.xls"_s);
    QVERIFY(table.refused);
    QVERIFY2(table.refused->what.contains(u".xls"_s), qPrintable(table.refused->what));
}

HUBKEEPER_TEST(TestWorkbookFaults)
#include "tst_workbookfaults.moc"
