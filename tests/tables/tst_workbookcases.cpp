// SPDX-License-Identifier: MIT
#include "tables/collectedtable.h"
#include "tables/xlsxfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

struct WorkbookCase
{
    const char *name;
    QByteArray bytes;
    QStringList rows; ///< Cells with bars between them.
    QStringList faults;
    QString sheet = u"Sheet1"_s;
};

QByteArray row(int number, const QByteArray &cells)
{
    return "<row r=\"" + QByteArray::number(number) + "\">" + cells + "</row>";
}

QByteArray text(const QByteArray &place, const QByteArray &content)
{
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + content + "</t></is></c>";
}

QByteArray number(const QByteArray &place, const QByteArray &value, int style = 0)
{
    return "<c r=\"" + place + "\" s=\"" + QByteArray::number(style) + "\"><v>" + value
        + "</v></c>";
}

const QByteArray header = row(1, text("A1", "id") + text("B1", "name"));

XlsxFile withStyles(const QByteArray &rows, const QList<int> &styles,
                    const QByteArray &formats = {}, const QByteArray &properties = {})
{
    XlsxFile file = sheetOf(header + rows);
    file.styles = styles;
    file.formats = formats;
    file.workbookProperties = properties;
    return file;
}

QByteArray format(int id, const QByteArray &code)
{
    return "<numFmt numFmtId=\"" + QByteArray::number(id) + "\" formatCode=\"" + code + "\"/>";
}

/// Cells in column B of the rows from 2 on, each in a style of its own.
XlsxFile dates(const QList<std::pair<QByteArray, QByteArray>> &valuesAndFormats,
               const QByteArray &properties = {})
{
    QByteArray rows;
    QByteArray formats;
    QList<int> styles {0};
    for (qsizetype i = 0; i < valuesAndFormats.size(); ++i) {
        const int style = int(i) + 1;
        rows += row(style + 1,
                    number("B" + QByteArray::number(style + 1), valuesAndFormats[i].first, style));
        formats += format(200 + style, valuesAndFormats[i].second);
        styles.append(200 + style);
    }
    return withStyles(rows, styles, formats, properties);
}

QList<WorkbookCase> textCases()
{
    XlsxFile shared =
        sheetOf(row(1, "<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>")
                + row(2, "<c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>3</v></c>"));
    shared.strings =
        "<si><t>id</t></si><si><r><t>na</t></r><r><rPr><b/></rPr><t>me</t></r></si>"
        "<si><t>\xE6\x9D\xB1\xE4\xBA\xAC</t><rPh sb=\"0\" eb=\"2\"><t>TOKYO</t></rPh></si>"
        "<si><t xml:space=\"preserve\"> a_x000D_b_x005F_x000D_ </t></si>";
    XlsxFile missing =
        sheetOf(header + row(2, "<c t=\"s\" r=\"A2\"><v>7</v></c>" + text("B2", "x")));
    missing.strings = "<si><t>only</t></si>";
    XlsxFile strict = shared;
    strict.isStrict = true;
    XlsxFile absolute = shared;
    absolute.hasAbsoluteTargets = true;
    XlsxFile prefixed = sheetOf({});
    prefixed.parts["xl/worksheets/sheet1.xml"] =
        "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        "<x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>id</x:t></x:is></x:c>"
        "</x:row><x:row r=\"2\"><x:c "
        "r=\"A2\"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    XlsxFile wide = sheetOf({});
    wide.parts["xl/worksheets/sheet1.xml"] = asUtf16(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet "
        "xmlns=\"http://schemas.openxmlformats."
        "org/spreadsheetml/2006/main\"><sheetData>"
        + row(1, text("A1", "id") + text("B1", "J\xC3\xB6rg")) + "</sheetData></worksheet>");
    XlsxFile upper = shared;
    upper.without = {"xl/sharedStrings.xml"};
    upper.parts["xl/SharedStrings.xml"] =
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + shared.strings
        + "</sst>";
    return {
        {"inline texts",
         sheetOf(header + row(2, number("A2", "1") + text("B2", "Anna"))).bytes(),
         {u"id|name"_s, u"1|Anna"_s},
         {}},
        {"shared texts, runs, phonetics, escapes",
         shared.bytes(),
         {u"id|name"_s, u"東京| a\rb_x000D_ "_s},
         {}},
        {"strict names", strict.bytes(), {u"id|name"_s, u"東京| a\rb_x000D_ "_s}, {}},
        {"absolute targets", absolute.bytes(), {u"id|name"_s, u"東京| a\rb_x000D_ "_s}, {}},
        {"part names in other case", upper.bytes(), {u"id|name"_s, u"東京| a\rb_x000D_ "_s}, {}},
        {"a prefix", prefixed.bytes(), {u"id"_s, u"5"_s}, {}},
        {"a part in UTF-16", wide.bytes(), {u"id|Jörg"_s}, {}},
        {"a text that is missing", missing.bytes(), {u"id|name"_s, u"|x"_s}, {u"2:1 badCell"_s}},
        {"apostrophe in the style",
         sheetOf(header
                 + row(2,
                       "<c r=\"A2\" s=\"0\" t=\"inlineStr\"><is><t>00123</t></is></c>"
                           + text("B2", "=1+1")))
             .bytes(),
         {u"id|name"_s, u"00123|=1+1"_s},
         {}},
        {"lines in a cell",
         sheetOf(header + row(2, number("A2", "1") + text("B2", "one&#10;two &amp; &lt;three&gt;")))
             .bytes(),
         {u"id|name"_s, u"1|one\ntwo & <three>"_s},
         {}},
        {"formula results",
         sheetOf(header
                 + row(2,
                       "<c r=\"A2\" t=\"str\"><f>\"a\"&amp;\"b\"</f><v>ab</v></c><c "
                       "r=\"B2\"><f>1+1</f><v>2</v></c>"))
             .bytes(),
         {u"id|name"_s, u"ab|2"_s},
         {}},
        {"formulas without a value",
         sheetOf(header + row(2, number("A2", "1") + "<c r=\"B2\"><f>A2+1</f></c>")).bytes(),
         {u"id|name"_s, u"1"_s},
         {u"2:2 noStoredValue"_s}},
        {"a formula with an empty text",
         sheetOf(header
                 + row(2, number("A2", "1") + "<c r=\"B2\" t=\"str\"><f>\"\"</f><v></v></c>"))
             .bytes(),
         {u"id|name"_s, u"1"_s},
         {}},
        {"errors",
         sheetOf(header + row(2, "<c r=\"A2\" t=\"e\"><v>#N/A</v></c>" + text("B2", "x"))).bytes(),
         {u"id|name"_s, u"#N/A|x"_s},
         {u"2:1 errorCell"_s}},
        {"truth",
         sheetOf(header
                 + row(2, "<c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c>"))
             .bytes(),
         {u"id|name"_s, u"true|false"_s},
         {}},
    };
}

QList<WorkbookCase> placeCases()
{
    XlsxFile sized = sheetOf({});
    sized.parts["xl/worksheets/sheet1.xml"] =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension "
        "ref=\"A1\"/><sheetData>"
        + header + row(2, number("A2", "1") + text("B2", "x")) + "</sheetData></worksheet>";
    XlsxFile sheets;
    sheets.sheets = {{"Secret", row(1, text("A1", "no")), "hidden", {}},
                     {"Cover", {}, {}, {}},
                     {"Data", header + row(2, number("A2", "1") + text("B2", "x")), {}, {}},
                     {"More", row(1, text("A1", "no")), {}, {}}};
    XlsxFile merged =
        sheetOf(header + row(2, number("A2", "1") + text("B2", "x")) + row(3, number("A3", "2")));
    merged.sheets[0].after =
        "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"A9:B9\"/></mergeCells>";
    XlsxFile chart = sheetOf(header);
    chart.parts["xl/_rels/workbook.xml.rels"] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
    return {
        {"no references",
         sheetOf("<row><c t=\"inlineStr\"><is><t>id</t></is></c><c "
                 "t=\"inlineStr\"><is><t>name</t></is></c></row><row><c><v>1</v></c><c><v>2</v></"
                 "c></row>")
             .bytes(),
         {u"id|name"_s, u"1|2"_s},
         {}},
        {"references of some cells",
         sheetOf(header + "<row><c><v>1</v></c><c r=\"D2\"><v>4</v></c><c><v>5</v></c></row>")
             .bytes(),
         {u"id|name"_s, u"1|||4|5"_s},
         {u"2:3 longRow"_s}},
        {"gaps",
         sheetOf(header + row(4, text("B4", "x")) + row(6, "<c r=\"A6\" s=\"0\"/>")).bytes(),
         {u"id|name"_s, QString(), QString(), u"|x"_s},
         {}},
        {"a size that lies", sized.bytes(), {u"id|name"_s, u"1|x"_s}, {}},
        {"rows out of order",
         sheetOf(header + row(3, number("A3", "3")) + row(2, number("A2", "2"))).bytes(),
         {u"id|name"_s, QString(), u"3"_s, u"2"_s},
         {u"4:0 badCell"_s}},
        {"cells out of order",
         sheetOf(header + row(2, text("B2", "x") + number("A2", "1"))).bytes(),
         {u"id|name"_s, u"1|x"_s},
         {u"2:1 badCell"_s}},
        {"hidden and empty sheets first", sheets.bytes(), {u"id|name"_s, u"1|x"_s}, {}, u"Data"_s},
        {"merged cells", merged.bytes(), {u"id|name"_s, u"1|x"_s, u"2"_s}, {u"2:2 mergedCells"_s}},
        {"no relations", chart.bytes(), {u"id|name"_s}, {}},
        {"title above the header",
         sheetOf(row(1, text("A1", "Contacts of November"))
                 + row(3, text("A3", "id") + text("B3", "name") + text("C3", "city"))
                 + row(4, number("A4", "1") + text("B4", "x") + text("C4", "y")))
             .bytes(),
         {u"id|name|city"_s, u"1|x|y"_s},
         {u"1:1 preamble"_s}},
        {"no cells", sheetOf({}).bytes(), {}, {u"1:0 empty"_s}},
        {"column after XFD",
         sheetOf(header + row(2, number("A2", "1") + text("XFE2", "x"))).bytes(),
         {u"id|name"_s, u"1"_s},
         {u"2:16385 manyColumns"_s}},
    };
}

QList<WorkbookCase> numberCases()
{
    const auto numbers = [](const QList<QByteArray> &values) {
        QByteArray rows;
        for (qsizetype i = 0; i < values.size(); ++i)
            rows += row(int(i) + 2, number("A" + QByteArray::number(i + 2), values[i]));
        return sheetOf(header + rows).bytes();
    };
    return {
        {"numbers",
         numbers({"1", "1.0", "-0.5", "1E5", "1.5E-7", "1e+20", "0", "00012", "1.50", "-7", "12.25",
                  "-0", "0.5", ".5", "1..5"}),
         {u"id|name"_s, u"1"_s, u"1"_s, u"-0.5"_s, u"100000"_s, u"0.00000015"_s,
          u"100000000000000000000"_s, u"0"_s, u"12"_s, u"1.5"_s, u"-7"_s, u"12.25"_s, u"0"_s,
          u"0.5"_s, u"0.5"_s, u"1..5"_s},
         {u"16:1 badCell"_s}},
        {"binary fractions",
         numbers({"0.30000000000000004", "1.1000000000000001", "2.2999999999999998",
                  "9.9999999999999996E-2", "9007199254740993", "1234567890.1234567"}),
         {u"id|name"_s, u"0.3"_s, u"1.1"_s, u"2.3"_s, u"0.1"_s, u"9007199254740993"_s,
          u"1234567890.12346"_s},
         {}},
        {"not numbers",
         numbers({"abc", "1,5"}),
         {u"id|name"_s, u"abc"_s, u"1,5"_s},
         {u"2:1 badCell"_s, u"3:1 badCell"_s}},
        {"built-in dates",
         withStyles(row(2,
                        number("A2", "46331", 1) + number("B2", "46331.572916666664", 2)
                            + number("C2", "0.57291666666666663", 3)),
                    {0, 14, 22, 20})
             .bytes(),
         {u"id|name"_s, u"2026-11-05|2026-11-05T13:45:00|13:45:00"_s},
         {u"2:3 longRow"_s}},
        {"East Asian dates",
         withStyles(row(2, number("A2", "46331", 1)), {0, 31}).bytes(),
         {u"id|name"_s, u"2026-11-05"_s},
         {}},
        {"custom dates",
         dates({{"46331", "d.m.yyyy"},
                {"46331.5", "yyyy\\-mm\\-dd hh:mm"},
                {"46331", "[$-407]d\\. mmmm yyyy;@"},
                {"46331", "mmm-yy"},
                {"0.5", "h:mm AM/PM"},
                {"46331.25", "dd/mm/yyyy"}})
             .bytes(),
         {u"id|name"_s, u"|2026-11-05"_s, u"|2026-11-05T12:00:00"_s, u"|2026-11-05"_s,
          u"|2026-11-05"_s, u"|12:00:00"_s, u"|2026-11-05T06:00:00"_s},
         {}},
        {"formats that are no dates",
         dates({{"5", "0 &quot;days&quot;"},
                {"5", "[Red]0.00"},
                {"5", "0\\h"},
                {"5", "#,##0_d"},
                {"5", "[$USD] 0"},
                {"5", "0.00E+00"},
                {"0.25", "0%"},
                {"5", "General"},
                {"5", "0;[Red]-0 &quot;m&quot;"}})
             .bytes(),
         {u"id|name"_s, u"|5"_s, u"|5"_s, u"|5"_s, u"|5"_s, u"|5"_s, u"|5"_s, u"|0.25"_s, u"|5"_s,
          u"|5"_s},
         {}},
        {"lengths of time",
         dates({{"1.5", "[h]:mm"}, {"0.25", "[hh]:mm:ss"}, {"0.0625", "[m]"}}).bytes(),
         {u"id|name"_s, u"|36:00:00"_s, u"|06:00:00"_s, u"|01:30:00"_s},
         {}},
        {"1904",
         dates({{"44869", "d.m.yyyy"}, {"0", "d.m.yyyy"}}, "date1904=\"1\"").bytes(),
         {u"id|name"_s, u"|2026-11-05"_s, u"|1904-01-01"_s},
         {}},
        {"early days",
         dates({{"1", "d.m.yyyy"},
                {"59", "d.m.yyyy"},
                {"60", "d.m.yyyy"},
                {"61", "d.m.yyyy"},
                {"2958465", "d.m.yyyy"}})
             .bytes(),
         {u"id|name"_s, u"|1900-01-01"_s, u"|1900-02-28"_s, u"|1900-02-29"_s, u"|1900-03-01"_s,
          u"|9999-12-31"_s},
         {u"4:2 notADate"_s}},
        {"days that are none",
         dates({{"-1", "d.m.yyyy"}, {"2958466", "d.m.yyyy"}}).bytes(),
         {u"id|name"_s, u"|-1"_s, u"|2958466"_s},
         {u"2:2 notADate"_s, u"3:2 notADate"_s}},
        {"almost midnight",
         dates({{"46330.999999999", "d.m.yyyy h:mm"}, {"46331", "d.m.yyyy h:mm"}}).bytes(),
         {u"id|name"_s, u"|2026-11-05T00:00:00"_s, u"|2026-11-05T00:00:00"_s},
         {}},
        {"ISO dates",
         withStyles(
             row(2,
                 "<c r=\"A2\" t=\"d\"><v>2026-11-05</v></c><c r=\"B2\" "
                 "t=\"d\"><v>2026-11-05T13:45:00.000</v></c><c r=\"C2\" t=\"d\" "
                 "s=\"1\"><v>2026-11-05T00:00:00</v></c><c r=\"D2\" t=\"d\"><v>soon</v></c>"),
             {0, 14})
             .bytes(),
         {u"id|name"_s, u"2026-11-05|2026-11-05T13:45:00|2026-11-05|soon"_s},
         {u"2:4 notADate"_s, u"2:3 longRow"_s}},
    };
}

} // namespace

/// Workbooks as spreadsheets and libraries write them, and as nobody should.
class TestWorkbookCases : public QObject
{
    Q_OBJECT

private slots:
    void cases_data();
    void cases();
    void lastCell();
    void chosenSheet();
    void refused_data();
    void refused();
    void brokenPart();
};

void TestWorkbookCases::cases_data()
{
    QTest::addColumn<WorkbookCase>("one");
    const auto all = textCases() + placeCases() + numberCases();
    QVERIFY(all.size() >= 30);
    for (const WorkbookCase &one : all)
        QTest::newRow(one.name) << one;
}

void TestWorkbookCases::cases()
{
    QFETCH(const WorkbookCase, one);
    CollectedTable table;
    readBytes(table, one.bytes, u"book.xlsx"_s);
    QVERIFY2(!table.refused, qPrintable(table.refused ? table.refused->what : QString()));
    QStringList rows;
    for (const QStringList &cells : std::as_const(table.rows))
        rows.append(cells.join(u'|'));
    QCOMPARE(rows, one.rows);
    QCOMPARE(table.faults, one.faults);
    QCOMPARE(table.format.sheet, one.sheet);
    QCOMPARE(table.format.kind, TableKind::Workbook);
}

void TestWorkbookCases::lastCell()
{
    CollectedTable table;
    readBytes(table, sheetOf(header + row(1'048'576, text("XFD1048576", "far"))).bytes(),
              u"far.xlsx"_s);
    QVERIFY(!table.refused);
    QCOMPARE(table.rows.size(), 1'048'576);
    QCOMPARE(table.rows.last().size(), 16'384);
    QCOMPARE(table.rows.last().last(), u"far"_s);
    QCOMPARE(table.faults, (QStringList {u"1048576:3 longRow"_s, u"1048576:1001 manyColumns"_s}));
    CollectedTable after;
    readBytes(after, sheetOf(header + row(1'048'577, text("A1048577", "x"))).bytes(), u"b.xlsx"_s);
    QCOMPARE(after.rows.size(), 1);
    QCOMPARE(after.faults, QStringList {u"1048577:1 manyRows"_s});
}

void TestWorkbookCases::chosenSheet()
{
    XlsxFile file;
    file.sheets = {{"One", row(1, text("A1", "first")), {}, {}},
                   {"Two", row(1, text("A1", "second")), "veryHidden", {}}};
    for (const QString &wanted : {u"two"_s, u"2"_s}) {
        TableOptions options;
        options.sheet = wanted;
        CollectedTable table;
        readBytes(table, file.bytes(), u"book.xlsx"_s, options);
        QCOMPARE(table.rows, (QList<QStringList> {{u"second"_s}}));
        QCOMPARE(table.format.sheets, (QStringList {u"One"_s, u"Two"_s}));
    }
    TableOptions wrong;
    wrong.sheet = u"Three"_s;
    CollectedTable none;
    readBytes(none, file.bytes(), u"book.xlsx"_s, wrong);
    QVERIFY(none.refused && none.refused->remedy.contains(u"One, Two"_s));
}

void TestWorkbookCases::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    XlsxFile bomb = sheetOf(header);
    bomb.strings = "<si><t>" + QByteArray(80 << 20, 'x') + "</t></si>";
    XlsxFile bombSheet = sheetOf(header + QByteArray("<row/>").repeated(8 << 20));
    XlsxFile withDtd = sheetOf(header);
    withDtd.parts["xl/worksheets/sheet1.xml"] =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData><row><c "
        "t=\"inlineStr\"><is><t>&a;"
        "</t></is></c></row></sheetData></worksheet>";
    const QByteArray whole = sheetOf(header).bytes();
    QTest::newRow("bomb of texts") << bomb.bytes() << u"zip bomb"_s;
    QTest::newRow("bomb of rows") << bombSheet.bytes() << u"zip bomb"_s;
    QTest::newRow("DTD") << withDtd.bytes() << u"document type"_s;
    QTest::newRow("encrypted") << compoundFileOf({"EncryptionInfo", "EncryptedPackage"})
                               << u"encrypted"_s;
    QTest::newRow("old") << compoundFileOf({"Workbook", "SummaryInformation"}) << u".xls"_s;
    QTest::newRow("old Word") << compoundFileOf({"WordDocument"}) << u"old Office file"_s;
    QTest::newRow("cut") << whole.left(whole.size() / 2) << u"damaged"_s;
    QTest::newRow("binary workbook") << zipOf({{"xl/workbook.bin", "x"}}) << u".xlsb"_s;
    QTest::newRow("OpenDocument") << zipOf({{"content.xml", "<x/>"}}) << u".ods"_s;
    QTest::newRow("zip of something") << zipOf({{"contacts.csv", "a,b"}}) << u"zip file"_s;
}

void TestWorkbookCases::refused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, word);
    CollectedTable table;
    readBytes(table, bytes, u"book.xlsx"_s);
    QVERIFY(table.refused);
    QCOMPARE(table.refused->kind, ErrorKind::InvalidInput);
    QVERIFY2(table.refused->what.contains(word), qPrintable(table.refused->what));
    QVERIFY(!table.refused->remedy.isEmpty());
}

/// What is before the damage is read, and the damage is said.
void TestWorkbookCases::brokenPart()
{
    XlsxFile file = sheetOf({});
    file.parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData>" + header + row(2, number("A2", "1")) + "<row r=\"3\"><c>";
    CollectedTable table;
    readBytes(table, file.bytes(), u"book.xlsx"_s);
    QCOMPARE(table.rows.size(), 2);
    QVERIFY(table.refused && table.refused->what.contains(u"sheet1.xml"_s));
}

HUBKEEPER_TEST(TestWorkbookCases)
#include "tst_workbookcases.moc"
