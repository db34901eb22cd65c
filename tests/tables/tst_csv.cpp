// SPDX-License-Identifier: MIT
#include "tables/csv.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// Lines of CSV and TSV.
class TestCsv final : public QObject
{
    Q_OBJECT

private slots:
    void writesCsv_data();
    void writesCsv();
    void disarmsFormulas_data();
    void disarmsFormulas();
    void writesTsv_data();
    void writesTsv();
};

void TestCsv::writesCsv_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<QByteArray>("line");
    // clang-format off
    QTest::newRow("nothing")          << QStringList {}                   << "\r\n"_ba;
    QTest::newRow("plain")            << QStringList {u"a"_s, u"b c"_s}   << "a,b c\r\n"_ba;
    QTest::newRow("empty cells")      << QStringList {u""_s, u""_s}       << ",\r\n"_ba;
    QTest::newRow("comma")            << QStringList {u"a,b"_s}           << "\"a,b\"\r\n"_ba;
    QTest::newRow("quote")            << QStringList {u"12\" inch"_s}     << "\"12\"\" inch\"\r\n"_ba;
    QTest::newRow("line ends")        << QStringList {u"a\nb\r"_s}        << "\"a\nb\r\"\r\n"_ba;
    QTest::newRow("blanks at an end") << QStringList {u" a"_s, u"b "_s}   << "\" a\",\"b \"\r\n"_ba;
    QTest::newRow("tab, letters")     << QStringList {u"a\tb"_s, u"é"_s}  << "a\tb,\xC3\xA9\r\n"_ba;
    QTest::newRow("formula")          << QStringList {u"=1+1"_s, u"-4"_s} << "=1+1,-4\r\n"_ba;
    // clang-format on
}

void TestCsv::writesCsv()
{
    QFETCH(QStringList, cells);
    QTEST(csvLine(cells, Formulas::Keep), "line");
}

void TestCsv::disarmsFormulas_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QByteArray>("line");
    // clang-format off
    QTest::newRow("equals")            << u"=HYPERLINK(\"x\")"_s << "\"'=HYPERLINK(\"\"x\"\")\"\r\n"_ba;
    QTest::newRow("plus")              << u"+1"_s                << "'+1\r\n"_ba;
    QTest::newRow("minus")             << u"-1"_s                << "'-1\r\n"_ba;
    QTest::newRow("at")                << u"@SUM(A1)"_s          << "'@SUM(A1)\r\n"_ba;
    QTest::newRow("tab")               << u"\t=1"_s              << "'\t=1\r\n"_ba;
    QTest::newRow("carriage return")   << u"\r=1"_s              << "\"'\r=1\"\r\n"_ba;
    QTest::newRow("no sign in front")  << u"a=1"_s               << "a=1\r\n"_ba;
    QTest::newRow("empty")             << u""_s                  << "\r\n"_ba;
    // clang-format on
}

void TestCsv::disarmsFormulas()
{
    QFETCH(QString, cell);
    QTEST(csvLine({cell}, Formulas::Disarm), "line");
}

void TestCsv::writesTsv_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<QByteArray>("line");
    // clang-format off
    QTest::newRow("plain")             << QStringList {u"a"_s, u"b,c"_s}    << "a\tb,c\n"_ba;
    QTest::newRow("quotes stay")       << QStringList {u"\"a\""_s}          << "\"a\"\n"_ba;
    QTest::newRow("tab and line ends") << QStringList {u"a\tb\r\nc"_s}      << "a\\tb\\r\\nc\n"_ba;
    QTest::newRow("backslash")         << QStringList {u"C:\\temp"_s}       << "C:\\\\temp\n"_ba;
    // clang-format on
}

void TestCsv::writesTsv()
{
    QFETCH(QStringList, cells);
    QTEST(tsvLine(cells), "line");
}

HUBKEEPER_TEST(TestCsv)
#include "tst_csv.moc"
