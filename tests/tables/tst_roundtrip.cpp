// SPDX-License-Identifier: MIT
#include "collectedtable.h"
#include "tables/writing/formulaguard.h"
#include "tables/writing/tablefiles.h"
#include "testkit/testprogram.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// Generated records of every kind of text, written and read again: not one cell changes. Through
/// LibreOffice, too, where HUBKEEPER_LIBREOFFICE names its program.
class TestRoundTrip final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void comesBack_data();
    void comesBack();
    void comesBackFromLibreOffice_data();
    void comesBackFromLibreOffice();

private:
    [[nodiscard]] QString write(const QString &name, const ExportFormat &format,
                                const QList<QStringList> &rows) const;

    QTemporaryDir m_folder;
    QList<TableColumn> m_columns;
    QList<QStringList> m_rows; // What every format can hold.
    QList<QStringList> m_plainRows; // Without what a spreadsheet's own cells cannot hold.
};

namespace {

constexpr int records = 400;

/// Texts by the kind of property they are of.
const QList<QStringList> &pools()
{
    static const QList<QStringList> all {
        {u"ada@acme.example"_s, u"jörg+x@bücher.example"_s, u"用户@例え.example"_s, u""_s},
        {u"00123"_s, u"9007199254740993"_s, u"1E5"_s, u"1.50"_s, u"-0"_s, u"+5"_s, u"1,5"_s,
         u"1234567890123456789012345"_s},
        {u"2026-02-28"_s, u"2026-11-30T09:15:00.000Z"_s, u"1/2"_s, u"MAR1"_s, u"13:45"_s,
         u"1764494100000"_s},
        {u"true"_s, u"false"_s, u"TRUE"_s},
        {u"lead"_s, u"customer;lead"_s, u";appended"_s, u"Sales & Marketing"_s},
        {u"+49 30 23125 000"_s, u"=1+1"_s, u"@SUM(A1)"_s, u"-x"_s, u"'=quoted"_s, u"''"_s,
         u"=HYPERLINK(\"http://x.example\",\"y\")"_s},
        {u"Müller-Lüdenscheidt"_s, u"Łódź"_s, u"İpek Çelik"_s, u"Νίκος"_s, u"Ольга"_s,
         u"עברית שלום"_s, u"محمد بن سلمان"_s, u"हिन्दी क्षेत्र"_s, u"ไทยแลนด์"_s, u"지우"_s,
         u"日本語の名前"_s, u"𠮷野家"_s, u"ᚠᛇᚻ"_s, u"e\u0301 und é"_s},
        {u"👩‍👩‍👧‍👦🏳️‍🌈"_s, u"😀"_s, u"a\u200Fb\u202Ec"_s,
         u"\u00A0fest\u2003"_s, u"zero\u200Bwidth"_s},
        {u"two  blanks"_s, u" leading"_s, u"trailing "_s, u"a\tb"_s, u"line\nbreak"_s,
         u"\"quoted\""_s, u"a;b,c|d"_s, u"<b>&amp;</b>"_s, u"_x000D_ literal"_s,
         u"C:\\temp\\new"_s},
        {QString(20'000, u'x'), u"\u2028separators\u0085"_s, u"null"_s, u"NULL"_s, u"N/A"_s,
         u"#REF!"_s, u"#N/A"_s},
    };
    return all;
}

/// As import reads them, nothing said about how the file is built; a row is as long as the heading.
QList<QStringList> rowsOf(const QString &path)
{
    test::CollectedTable table;
    if (!readTable(path, {}, table))
        return {};
    for (QStringList &row : table.rows)
        row.resize(table.rows.first().size());
    return table.rows;
}

QString madeOf(QRandomGenerator &random, const QStringList &pool)
{
    const auto any = [&] { return pool[random.bounded(int(pool.size()))]; };
    const int way = random.bounded(10);
    if (way == 0)
        return {};
    return way < 8 || pool.first().size() > 1'000 ? any() : any() + any();
}

} // namespace

void TestRoundTrip::initTestCase()
{
    QRandomGenerator random(14);
    for (qsizetype i = 0; i < pools().size(); ++i)
        m_columns.append({u"column %1"_s.arg(i), false});
    for (int i = 0; i < records; ++i) {
        QStringList row;
        for (const QStringList &pool : pools())
            row.append(madeOf(random, pool));
        row[0] = QString::number(150'000'000'000 + i);
        m_plainRows.append(row);
        if (i % 7 == 0) // Control characters, and line ends of other systems.
            row[8] = u"bell\u0007 esc\u001B del\u007F \r\n and \r"_s;
        m_rows.append(row);
    }
}

QString TestRoundTrip::write(const QString &name, const ExportFormat &format,
                             const QList<QStringList> &rows) const
{
    auto files =
        TableFiles::begin({m_folder.filePath(name), format, 0, m_folder.path()}, m_columns);
    if (!files)
        return {};
    for (const QStringList &row : rows) {
        if (!files->add(row))
            return {};
    }
    const auto written = files->finish();
    return written ? written->files.value(0) : QString();
}

void TestRoundTrip::comesBack_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::newRow("xlsx") << ExportFormat {ExportFormat::Xlsx};
    QTest::newRow("csv") << ExportFormat {ExportFormat::Csv};
    QTest::newRow("csv, semicolon, mark, LF")
        << ExportFormat {ExportFormat::Csv, u';', true, false, false};
    QTest::newRow("jsonl") << ExportFormat {ExportFormat::JsonLines};
    QTest::newRow("csv, tab, guarded") << ExportFormat {ExportFormat::Csv, u'\t', false, true};
}

void TestRoundTrip::comesBack()
{
    QFETCH(ExportFormat, format);
    const QString path = write(u"t."_s + nameOf(format.kind), format, m_rows);
    QVERIFY(!path.isEmpty());
    QList<QStringList> read = rowsOf(path);
    QCOMPARE(read.size(), m_rows.size() + 1);
    read.removeFirst();
    if (format.isGuarded) {
        for (QStringList &row : read)
            std::transform(row.begin(), row.end(), row.begin(), unguarded);
    }
    for (qsizetype i = 0; i < read.size(); ++i)
        QCOMPARE(read[i], m_rows[i]);
}

void TestRoundTrip::comesBackFromLibreOffice_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("xlsx to csv")
        << u"csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"_s;
    QTest::newRow("xlsx to xlsx") << u"xlsx"_s;
}

void TestRoundTrip::comesBackFromLibreOffice()
{
    QFETCH(QString, filter);
    const QString program = qEnvironmentVariable("HUBKEEPER_LIBREOFFICE");
    if (program.isEmpty())
        QSKIP("HUBKEEPER_LIBREOFFICE does not name the program (libreoffice-calc-nogui)");
    const auto convert = [&](const QString &path, const QString &to) {
        QProcess office;
        office.start(program,
                     {u"-env:UserInstallation=file://"_s + m_folder.filePath(u"profile"_s),
                      u"--headless"_s, u"--convert-to"_s, to, u"--outdir"_s,
                      m_folder.filePath(u"out"_s), path});
        return office.waitForFinished(120'000) && office.exitCode() == 0;
    };
    const QString path = write(u"office.xlsx"_s, {ExportFormat::Xlsx}, m_plainRows);
    QVERIFY(!path.isEmpty());
    QVERIFY(convert(path, filter));
    const QList<QStringList> read =
        rowsOf(m_folder.filePath(u"out/office."_s + filter.section(u':', 0, 0)));
    QCOMPARE(read.size(), m_plainRows.size() + 1);
    for (qsizetype i = 0; i < m_plainRows.size(); ++i)
        QCOMPARE(read[i + 1], m_plainRows[i]);
}

HUBKEEPER_TEST(TestRoundTrip)
#include "tst_roundtrip.moc"
