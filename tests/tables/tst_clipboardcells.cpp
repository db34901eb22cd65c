// SPDX-License-Identifier: MIT
#include "tables/clipboardcells.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

using Cells = QList<QStringList>;

/// Cells between the clipboard and the grid.
class TestClipboardCells final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void quotesCells();
    void takesLinearTime();
};

void TestClipboardCells::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Cells>("cells");
    // clang-format off
    QTest::newRow("nothing")               << QString()                  << Cells {};
    QTest::newRow("one cell")              << u"a"_s                     << Cells {{u"a"_s}};
    QTest::newRow("one empty cell")        << u"\n"_s                    << Cells {{u""_s}};
    QTest::newRow("row")                   << u"a\tb\n"_s                << Cells {{u"a"_s, u"b"_s}};
    QTest::newRow("empty cells")           << u"\t\tb\t\n"_s             << Cells {{u""_s, u""_s, u"b"_s, u""_s}};
    QTest::newRow("empty last cell")       << u"a\t"_s                   << Cells {{u"a"_s, u""_s}};
    QTest::newRow("empty row between")     << u"a\n\nb"_s                << Cells {{u"a"_s}, {u""_s}, {u"b"_s}};
    QTest::newRow("ends of Windows")       << u"a\r\nb\r\n"_s            << Cells {{u"a"_s}, {u"b"_s}};
    QTest::newRow("ends of an old Mac")    << u"a\tb\rc\td\r"_s          << Cells {{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}};
    QTest::newRow("blanks stay")           << u" a \t\u00A0b"_s          << Cells {{u" a "_s, u"\u00A0b"_s}};

    QTest::newRow("tab in quotes")         << u"\"a\tb\"\tc"_s           << Cells {{u"a\tb"_s, u"c"_s}};
    QTest::newRow("line end in quotes")    << u"\"a\nb\"\tc\n"_s         << Cells {{u"a\nb"_s, u"c"_s}};
    QTest::newRow("its kind is kept")      << u"\"a\r\nb\"\tc\r\n"_s     << Cells {{u"a\r\nb"_s, u"c"_s}};
    QTest::newRow("doubled quotes")        << u"\"say \"\"x\"\"\""_s     << Cells {{u"say \"x\""_s}};
    QTest::newRow("only quotes")           << u"\"\"\"\""_s              << Cells {{u"\""_s}};
    QTest::newRow("quote inside")          << u"5\" disk\tx"_s           << Cells {{u"5\" disk"_s, u"x"_s}};
    QTest::newRow("nothing in quotes")     << u"\"\"\tx"_s               << Cells {{u"\"\""_s, u"x"_s}};
    QTest::newRow("quoted word")           << u"\"Kalli\" K."_s          << Cells {{u"\"Kalli\" K."_s}};
    QTest::newRow("quoted as a whole")     << u"\"Kalli\"\tK."_s         << Cells {{u"\"Kalli\""_s, u"K."_s}};
    QTest::newRow("never closed")          << u"\"12 inch\tpipe\nb\tc"_s << Cells {{u"\"12 inch"_s, u"pipe"_s}, {u"b"_s, u"c"_s}};
    QTest::newRow("closed too early")      << u"\"12\"x\"13\ty"_s        << Cells {{u"\"12\"x\"13"_s, u"y"_s}};
    QTest::newRow("inches in a column")    << u"\"12\ta\n\"13\tb\n"_s    << Cells {{u"\"12"_s, u"a"_s}, {u"\"13"_s, u"b"_s}};

    // A range with every kind of cell, as Excel for Windows wrote it (jspreadsheet/ce#1139).
    QTest::newRow("Excel")
        << u"\"surrounded by quotes\"\t3\r\nno quote\t4\r\n\"has a \ttab\"\t5\r\n"
           "\"a \"\" and a \ttab\"\t6\r\n\"\"\"starts with quote, and has a \ttab\"\t7\r\n"_s
        << Cells {{u"\"surrounded by quotes\""_s, u"3"_s}, {u"no quote"_s, u"4"_s},
                  {u"has a \ttab"_s, u"5"_s}, {u"a \" and a \ttab"_s, u"6"_s},
                  {u"\"starts with quote, and has a \ttab"_s, u"7"_s}};
    // Excel breaks lines inside a cell with a line feed and ends rows with both.
    QTest::newRow("Excel, lines")
        << u"\"Main St. 1\nBack \"\"yard\"\"\"\tBern\r\n\"Kalli\" K.\tMüller\r\n"_s
        << Cells {{u"Main St. 1\nBack \"yard\""_s, u"Bern"_s}, {u"\"Kalli\" K."_s, u"Müller"_s}};
    // LibreOffice quotes only for tabs, makes a blank of a line break, and ends rows with line feeds.
    QTest::newRow("LibreOffice")
        << u"\"Kalli\" K.\tMüller\n\"tab\there\"\t\"12 inch\nMain St. 1 Back yard\tBern\n"_s
        << Cells {{u"\"Kalli\" K."_s, u"Müller"_s}, {u"tab\there"_s, u"\"12 inch"_s},
                  {u"Main St. 1 Back yard"_s, u"Bern"_s}};
    // Google Sheets quotes for line breaks and has no line end after the last row.
    QTest::newRow("Google Sheets")
        << u"\"Main St. 1\nBack \"\"yard\"\"\"\tBern\n\"Kalli\" K.\tMüller\n1\t\"3\""_s
        << Cells {{u"Main St. 1\nBack \"yard\""_s, u"Bern"_s}, {u"\"Kalli\" K."_s, u"Müller"_s},
                  {u"1"_s, u"\"3\""_s}};
    // clang-format on
}

void TestClipboardCells::reads()
{
    QFETCH(QString, text);
    QFETCH(Cells, cells);
    QCOMPARE(cellsFromClipboard(text), cells);
}

void TestClipboardCells::writesWhatItReads_data()
{
    reads_data();
}

void TestClipboardCells::writesWhatItReads()
{
    QFETCH(Cells, cells);
    QCOMPARE(cellsFromClipboard(clipboardTextOf(cells)), cells);
}

/// Spreadsheets take off quotes around a cell, so they get two of each.
void TestClipboardCells::quotesCells()
{
    QCOMPARE(clipboardTextOf({{u"a"_s, u"b c"_s}}), u"a\tb c\n"_s);
    QCOMPARE(clipboardTextOf({{u"a\tb"_s}}), u"\"a\tb\"\n"_s);
    QCOMPARE(clipboardTextOf({{u"a\nb"_s}, {u"c\rd"_s}}), u"\"a\nb\"\n\"c\rd\"\n"_s);
    QCOMPARE(clipboardTextOf({{u"\"Kalli\" K."_s}}), u"\"\"\"Kalli\"\" K.\"\n"_s);
}

/// A quote that is never closed is looked for once per cell, not once per character.
void TestClipboardCells::takesLinearTime()
{
    QString text;
    for (int row = 0; row < 20'000; ++row)
        text += u"\"12 inch\t%1\n"_s.arg(row);
    const Cells cells = cellsFromClipboard(text);
    QCOMPARE(cells.size(), 20'000);
    QCOMPARE(cells.last(), (QStringList {u"\"12 inch"_s, u"19999"_s}));
}

HUBKEEPER_TEST(TestClipboardCells)
#include "tst_clipboardcells.moc"
