// SPDX-License-Identifier: MIT
#include "tables/writing/tablefiles.h"
#include "tables/writing/xlsxtext.h"
#include "tables/writing/xlsxwriter.h"
#include "testkit/mounts.h"
#include "testkit/testprogram.h"
#include "xlsxcells.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// Tables in files: formats, parts, whole or not at all.
class TestTableFiles final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsFormatsByEnding_data();
    void knowsFormatsByEnding();
    void writesCsv_data();
    void writesCsv();
    void writesJsonLines();
    void writesTextCells();
    void escapesForWorkbooks_data();
    void escapesForWorkbooks();
    void refusesWhatNoWorkbookTakes();
    void writesParts_data();
    void writesParts();
    void aFullSheetGoesOnInAnotherFile();
    void takesNoOtherPartsPlace();
    void leavesNothingUnfinished_data();
    void leavesNothingUnfinished();
    void countsRisksOfCsvOnly();
    void countsHalfPairs();
    void saysWhatDoesNotFit();
    void aFullDiskIsSaid_data();
    void aFullDiskIsSaid();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] TableFiles::Target target(const QString &name, const ExportFormat &format) const
    {
        return {at(name), format, 0, m_folder->path()};
    }
    [[nodiscard]] QByteArray contentOf(const QString &name) const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

Result<WrittenTable> write(const TableFiles::Target &target, const QList<TableColumn> &columns,
                           const QList<QStringList> &rows)
{
    auto files = TableFiles::begin(target, columns);
    if (!files)
        return tl::unexpected(files.error());
    for (const QStringList &row : rows) {
        if (const auto added = files->add(row); !added)
            return tl::unexpected(added.error());
    }
    return files->finish();
}

int openFiles()
{
    return int(QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size());
}

} // namespace

void TestTableFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestTableFiles::knowsFormatsByEnding_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("format");
    // clang-format off
    QTest::newRow("csv")     << u"/a.b/people.csv"_s << u"csv ,"_s;
    QTest::newRow("capital") << u"PEOPLE.CSV"_s      << u"csv ,"_s;
    QTest::newRow("tsv")     << u"people.tsv"_s      << u"csv \t"_s;
    QTest::newRow("xlsx")    << u"people.xlsx"_s     << u"xlsx ,"_s;
    QTest::newRow("jsonl")   << u"people.jsonl"_s    << u"jsonl ,"_s;
    QTest::newRow("ndjson")  << u"people.ndjson"_s   << u"jsonl ,"_s;
    QTest::newRow("xls")     << u"people.xls"_s      << u""_s;
    QTest::newRow("none")    << u"/a.csv/people"_s   << u""_s;
    // clang-format on
}

void TestTableFiles::knowsFormatsByEnding()
{
    QFETCH(QString, name);
    const auto format = exportFormatOf(name);
    const QString seen = format ? nameOf(format->kind) + u' ' + format->separator : QString();
    QTEST(seen, "format");
}

void TestTableFiles::writesCsv_data()
{
    QTest::addColumn<QChar>("separator");
    QTest::addColumn<bool>("bom");
    QTest::addColumn<bool>("guard");
    QTest::addColumn<bool>("crlf");
    QTest::addColumn<QByteArray>("content");
    // clang-format off
    QTest::newRow("comma")     << QChar(u',')  << false << false << true
        << "id,na;me\r\n1,\"a,b\"\r\n2,a;b\r\n3,\"\tc\"\r\n4,=1\r\n5,\"d\"\"\ne\"\r\n"_ba;
    QTest::newRow("semicolon") << QChar(u';')  << false << false << true
        << "id;\"na;me\"\r\n1;a,b\r\n2;\"a;b\"\r\n3;\"\tc\"\r\n4;=1\r\n5;\"d\"\"\ne\"\r\n"_ba;
    QTest::newRow("tab")       << QChar(u'\t') << false << false << false
        << "id\tna;me\n1\ta,b\n2\ta;b\n3\t\"\tc\"\n4\t=1\n5\t\"d\"\"\ne\"\n"_ba;
    QTest::newRow("guarded, marked") << QChar(u',')  << true << true << true
        << "\xEF\xBB\xBFid,na;me\r\n1,\"a,b\"\r\n2,a;b\r\n3,'\tc\r\n4,'=1\r\n5,\"d\"\"\ne\"\r\n"_ba;
    // clang-format on
}

void TestTableFiles::writesCsv()
{
    QFETCH(QChar, separator);
    QFETCH(bool, bom);
    QFETCH(bool, guard);
    QFETCH(bool, crlf);
    const auto written = write(target(u"t.csv"_s, {ExportFormat::Csv, separator, bom, guard, crlf}),
                               {{u"id"_s, false}, {u"na;me"_s, false}},
                               {{u"1"_s, u"a,b"_s},
                                {u"2"_s, u"a;b"_s},
                                {u"3"_s, u"\tc"_s},
                                {u"4"_s, u"=1"_s},
                                {u"5"_s, u"d\"\ne"_s}});
    QVERIFY2(written, qPrintable(written ? QString() : written.error().what));
    QCOMPARE(written->files, QStringList {at(u"t.csv"_s)});
    QCOMPARE(written->rows, 5);
    QTEST(contentOf(u"t.csv"_s), "content");
    QCOMPARE(QFile::permissions(at(u"t.csv"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestTableFiles::writesJsonLines()
{
    const auto written = write(
        target(u"t.jsonl"_s, {ExportFormat::JsonLines}),
        {{u"id"_s, false}, {u"a \"b\""_s, false}, {u"list"_s, true}},
        {{u"1"_s, QString(), u"7;8"_s}, {u"2"_s, u""_s, QString()}, {u"=3"_s, u"x\ny"_s, u"9"_s}});
    QVERIFY(written);
    QCOMPARE(contentOf(u"t.jsonl"_s),
             "{\"id\":\"1\",\"a \\\"b\\\"\":null,\"list\":[\"7\",\"8\"]}\n"
             "{\"id\":\"2\",\"a \\\"b\\\"\":\"\",\"list\":[]}\n"
             "{\"id\":\"=3\",\"a \\\"b\\\"\":\"x\\ny\",\"list\":[\"9\"]}\n"_ba);
}

void TestTableFiles::writesTextCells()
{
    const QList<QStringList> rows {{u"00123"_s, u"=1+1"_s},
                                   {u""_s, u" two  blanks "_s},
                                   {u"1/2"_s, u"line\nbreak\tand tab"_s}};
    const auto written = write(target(u"t.xlsx"_s, {ExportFormat::Xlsx}),
                               {{u"Record ID"_s, false}, {u"Größe & <mehr>"_s, false}}, rows);
    QVERIFY2(written, qPrintable(written ? QString() : written.error().what));
    QCOMPARE(names(), QStringList {u"t.xlsx"_s}); // Nothing of the work is left.
    QCOMPARE(cellsOfWorkbook(at(u"t.xlsx"_s)),
             QList<QStringList>({{u"Record ID"_s, u"Größe & <mehr>"_s}}) + rows);
    const QByteArray sheet = memberOf(at(u"t.xlsx"_s), "xl/worksheets/sheet1.xml");
    QVERIFY(!sheet.contains("<v>")); // No number, no formula.
    QVERIFY(!sheet.contains("<f>"));
    QVERIFY(memberOf(at(u"t.xlsx"_s), "xl/styles.xml").contains("numFmtId=\"49\"")); // "@"
}

void TestTableFiles::escapesForWorkbooks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("back"); // Empty: the same.
    QString every;
    for (char16_t c = 0; c < 0x20; ++c)
        every += QChar(c);
    // clang-format off
    QTest::newRow("literal escape")    << u"_x000D_"_s                  << QString();
    QTest::newRow("in lower case")     << u"a_x000d_b_xFFFF_"_s         << QString();
    QTest::newRow("overlapping")       << u"_x005F_x000D_"_s            << QString();
    QTest::newRow("no escape")         << u"_x12_ snake_x_case _xyzzy_"_s << QString();
    QTest::newRow("carriage return")   << u"a\r\nb\rc"_s                << QString();
    QTest::newRow("control characters")<< u"a"_s + every + u"z"_s       << QString();
    QTest::newRow("NUL in front")      << QString(QChar(0)) + u"x"_s    << QString();
    QTest::newRow("not of XML")        << u"a\uFFFE\uFFFFb"_s           << QString();
    QTest::newRow("emoji, scripts")    << u"👩‍👩‍👧 İpek محمد 지우 ไทย हिन्दी עברית"_s << QString();
    QTest::newRow("half a pair")       << QString(u"a"_s + QChar(0xd83d) + u"b"_s) << u"a\uFFFDb"_s;
    QTest::newRow("no-break blanks")   << u"\u00a0x\u2003"_s            << QString();
    QTest::newRow("line separators")   << u"a\u2028b\u0085c"_s          << QString();
    QTest::newRow("longest")           << QString(32'767, u'x')         << QString();
    QTest::newRow("longest of emoji")  << QString(u"😀"_s).repeated(16'383) << QString();
    // clang-format on
}

void TestTableFiles::escapesForWorkbooks()
{
    QFETCH(QString, text);
    QFETCH(QString, back);
    const auto written =
        write(target(u"t.xlsx"_s, {ExportFormat::Xlsx}), {{u"t"_s, false}}, {{text}});
    QVERIFY2(written, qPrintable(written ? QString() : written.error().what));
    const QList<QStringList> cells = cellsOfWorkbook(at(u"t.xlsx"_s));
    QCOMPARE(cells.size(), 2);
    QCOMPARE(cells[1].value(0), back.isEmpty() ? text : back);
}

void TestTableFiles::refusesWhatNoWorkbookTakes()
{
    const QString tooLong = QString(u"😀"_s).repeated(16'384); // 32,768 units, 16,384 characters.
    const auto written = write(target(u"t.xlsx"_s, {ExportFormat::Xlsx}),
                               {{u"id"_s, false}, {u"notes"_s, false}}, {{u"1"_s, tooLong}});
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(written.error().what.contains(u"notes"_s), qPrintable(written.error().what));
    QCOMPARE(names(), QStringList());

    const QList<TableColumn> many(XlsxWriter::mostColumns + 1);
    QCOMPARE(write(target(u"t.xlsx"_s, {ExportFormat::Xlsx}), many, {}).error().kind,
             ErrorKind::InvalidInput);
}

void TestTableFiles::writesParts_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QStringList>("files");
    // clang-format off
    QTest::newRow("none")       << u"p.csv"_s   << 0 << QStringList {u"p-001.csv"_s};
    QTest::newRow("full")       << u"p.csv"_s   << 2 << QStringList {u"p-001.csv"_s};
    QTest::newRow("one more")   << u"p.csv"_s   << 3 << QStringList {u"p-001.csv"_s, u"p-002.csv"_s};
    QTest::newRow("xlsx")       << u"a.b.xlsx"_s<< 5 << QStringList {u"a.b-001.xlsx"_s, u"a.b-002.xlsx"_s, u"a.b-003.xlsx"_s};
    QTest::newRow("jsonl")      << u"p.jsonl"_s << 4 << QStringList {u"p-001.jsonl"_s, u"p-002.jsonl"_s};
    // clang-format on
}

void TestTableFiles::writesParts()
{
    QFETCH(QString, name);
    QFETCH(int, rows);
    TableFiles::Target parts = target(name, *exportFormatOf(name));
    parts.rowsPerFile = 2;
    QList<QStringList> table;
    for (int i = 0; i < rows; ++i)
        table.append({QString::number(i)});
    const auto written = write(parts, {{u"id"_s, false}}, table);
    QVERIFY(written);
    QCOMPARE(written->rows, rows);
    QTEST(names(), "files");
    if (name == "p.csv"_L1 && rows == 3)
        QCOMPARE(contentOf(u"p-002.csv"_s), "id\r\n2\r\n"_ba); // Each with the heading.
}

void TestTableFiles::aFullSheetGoesOnInAnotherFile()
{
    auto files = TableFiles::begin(target(u"t.xlsx"_s, {ExportFormat::Xlsx}), {{u"id"_s, false}});
    QVERIFY(files);
    const QStringList row {u"x"_s};
    for (qint64 i = 0; i < XlsxWriter::mostRows; ++i) { // One more than fit below the heading.
        if (!files->add(row))
            QFAIL("A row was not added");
    }
    const auto written = files->finish();
    QVERIFY(written);
    QCOMPARE(written->files, QStringList({at(u"t.xlsx"_s), at(u"t-002.xlsx"_s)}));
    QCOMPARE(written->rows, XlsxWriter::mostRows);
    QCOMPARE(cellsOfWorkbook(at(u"t-002.xlsx"_s)).size(), 2);
    QVERIFY(memberOf(at(u"t.xlsx"_s), "xl/worksheets/sheet1.xml").contains("r=\"A1048576\""));
}

void TestTableFiles::takesNoOtherPartsPlace()
{
    QFile other(at(u"p-002.csv"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("of before");
    other.close();
    TableFiles::Target parts = target(u"p.csv"_s, {ExportFormat::Csv});
    parts.rowsPerFile = 1;
    const auto written = write(parts, {{u"id"_s, false}}, {{u"1"_s}, {u"2"_s}});
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Conflict);
    QCOMPARE(names(), QStringList {u"p-002.csv"_s}); // The first one is gone again.
    QCOMPARE(contentOf(u"p-002.csv"_s), "of before"_ba);
}

void TestTableFiles::leavesNothingUnfinished_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("csv") << u"t.csv"_s;
    QTest::newRow("xlsx") << u"t.xlsx"_s;
}

void TestTableFiles::leavesNothingUnfinished()
{
    QFETCH(QString, name);
    const int before = openFiles();
    {
        TableFiles::Target parts = target(name, *exportFormatOf(name));
        parts.rowsPerFile = 3;
        auto files = TableFiles::begin(parts, {{u"id"_s, false}});
        QVERIFY(files);
        for (int i = 0; i < 5; ++i)
            QVERIFY(files->add({QString::number(i)}));
        QVERIFY(names().size() > 1 || name == "t.csv"_L1);
    }
    QCOMPARE(names(), QStringList());
    QCOMPARE(openFiles(), before);
}

void TestTableFiles::countsRisksOfCsvOnly()
{
    const QList<QStringList> rows {{u"007"_s, u"=1"_s}, {u"8"_s, u"Ada"_s}};
    const QList<TableColumn> columns {{u"code"_s, false}, {u"name"_s, false}};
    const auto csv = write(target(u"t.csv"_s, {ExportFormat::Csv}), columns, rows);
    QVERIFY(csv);
    QCOMPARE(csv->risks.changes(), 1);
    QCOMPARE(csv->risks.runs(), 1);
    const auto book = write(target(u"t.xlsx"_s, {ExportFormat::Xlsx}), columns, rows);
    QVERIFY(book);
    QVERIFY(book->risks.isEmpty());
}

void TestTableFiles::countsHalfPairs()
{
    const QList<QStringList> rows {{u"a"_s + QChar(0xdc00)}, {u"😀"_s}, {QString(QChar(0xd83d))}};
    const auto csv = write(target(u"t.csv"_s, {ExportFormat::Csv}), {{u"t"_s, false}}, rows);
    QVERIFY(csv);
    QCOMPARE(csv->replaced, 2);
    QCOMPARE(contentOf(u"t.csv"_s),
             "t\r\na\xEF\xBF\xBD\r\n\xF0\x9F\x98\x80\r\n\xEF\xBF\xBD\r\n"_ba);
    // JSON can say it.
    const auto lines =
        write(target(u"t.jsonl"_s, {ExportFormat::JsonLines}), {{u"t"_s, false}}, rows);
    QVERIFY(lines);
    QCOMPARE(lines->replaced, 0);
    QCOMPARE(contentOf(u"t.jsonl"_s).toLower(),
             "{\"t\":\"a\\udc00\"}\n{\"t\":\"\xF0\x9F\x98\x80\"}\n{\"t\":\"\\ud83d\"}\n"_ba);
}

void TestTableFiles::saysWhatDoesNotFit()
{
    auto files = TableFiles::begin(target(u"t.csv"_s, {ExportFormat::Csv}), {{u"t"_s, false}});
    QVERIFY(files);
    QVERIFY(files->checkRoom(1'000'000)); // Nothing is known yet.
    QVERIFY(files->add({QString(1000, u'x')}));
    QVERIFY(files->checkRoom(10));
    const auto room = files->checkRoom(1'000'000'000'000);
    QVERIFY(!room);
    QCOMPARE(room.error().kind, ErrorKind::NotSaved);
    QVERIFY2(room.error().what.contains(m_folder->path()), qPrintable(room.error().what));
}

void TestTableFiles::aFullDiskIsSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("isWorkFull"); // The folder of work, or that of the file.
    // clang-format off
    QTest::newRow("csv")                      << u"t.csv"_s   << 20'000 << false;
    QTest::newRow("xlsx, while it is written")<< u"t.xlsx"_s  << 100'000 << true;
    QTest::newRow("xlsx, at the end")         << u"t.xlsx"_s  << 20'000  << true;
    QTest::newRow("xlsx, handed over")        << u"t.xlsx"_s  << 40'000 << false;
    // clang-format on
}

/// On a small disk of its own. What libxlsxwriter does not notice has to be noticed all the same.
void TestTableFiles::aFullDiskIsSaid()
{
    QFETCH(QString, name);
    QFETCH(int, rows);
    QFETCH(bool, isWorkFull);
    switch (test::amongOwnMounts("tst_tablefiles")) {
    case test::OwnMounts::Outside:
        return;
    case test::OwnMounts::Impossible:
        QSKIP("This user may not mount a disk of its own");
    case test::OwnMounts::Inside:
        break;
    }
    QTemporaryDir small;
    const test::Mounted disk(
        small.path(),
        {u"-t"_s, u"tmpfs"_s, u"-o"_s, isWorkFull ? u"size=20m"_s : u"size=1m"_s, u"none"_s});
    QVERIFY(bool(disk));
    TableFiles::Target to = target(name, *exportFormatOf(name));
    (isWorkFull ? to.workFolder : to.path) = isWorkFull ? small.path() : small.filePath(name);
    const auto written = [&]() -> Result<WrittenTable> {
        auto files = TableFiles::begin(to, {{u"a"_s, false}, {u"b"_s, false}});
        if (!files)
            return tl::unexpected(files.error());
        quint32 state = 1;
        for (int i = 0; i < rows; ++i) { // Hard to pack.
            QString text;
            for (int j = 0; j < 60; ++j)
                text += QChar(u'A' + char16_t((state = state * 1664525 + 1013904223) >> 26));
            if (const auto added = files->add({QString::number(i), text}); !added)
                return tl::unexpected(added.error());
        }
        return files->finish();
    }();
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotSaved);
    QVERIFY2(written.error().what.contains(u"full"_s) || written.error().what.contains(u"space"_s),
             qPrintable(written.error().what));
    QVERIFY(!QFile::exists(to.path));
    QCOMPARE(QDir(small.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList());
}

HUBKEEPER_TEST(TestTableFiles)
#include "tst_tablefiles.moc"
