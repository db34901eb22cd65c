// SPDX-License-Identifier: MIT
// How fast tables are read: a million rows of CSV as they are, in another encoding and quoted
// throughout, and a workbook. Prints one line of JSON.

#include "tables/reading/readtable.h"
#include "tables/xlsxfile.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <cstdio>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

constexpr int defaultRows = 1'000'000;

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(why));
    std::exit(1);
}

double rounded(double value, int digits)
{
    return QString::number(value, 'f', digits).toDouble();
}

class CountingSink final : public TableSink
{
public:
    bool begin(const TableFormat & /*format*/) override { return true; }
    bool row(const TableRow &row) override
    {
        ++rows;
        for (const std::string_view cell : row.cells)
            bytes += qint64(cell.size());
        return true;
    }
    void fault(const TableFault & /*fault*/) override { ++faults; }

    qint64 rows = 0;
    qint64 bytes = 0;
    qint64 faults = 0;
};

double processorSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentMegabytes()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// Twelve columns, 118 bytes a row.
QByteArray csvRow(int number, const char *quote)
{
    const QByteArray id = QByteArray::number(number);
    const QList<QByteArray> cells {id.rightJustified(9, '0'),
                                   "Vorname" + id.right(3),
                                   "Nachname" + id.right(4),
                                   "person" + id.rightJustified(7, '0') + "@example.com",
                                   "+49 30 23125" + id.right(3),
                                   "Z\xC3\xBCrich",
                                   "CH",
                                   "Acme AG",
                                   "2026-11-05",
                                   id.right(5),
                                   "true",
                                   "customer"};
    return quote + cells.join(QByteArray(quote) + ',' + quote) + quote + '\n';
}

void writeCsv(const QString &path, int rows, const char *quote, bool isLatin1)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        giveUp(u"%1 cannot be written"_s.arg(path));
    file.write("id,first,last,email,phone,city,country,company,date,score,active,stage\n");
    for (int i = 0; i < rows; ++i) {
        QByteArray row = csvRow(i, quote);
        if (isLatin1)
            row.replace("\xC3\xBC", "\xFC");
        file.write(row);
    }
}

QJsonObject timed(const QString &path)
{
    CountingSink sink;
    QElapsedTimer timer;
    timer.start();
    const double before = processorSeconds();
    const auto read = readTable(path, {}, sink);
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (!read)
        giveUp(read.error().sentence());
    return {{u"seconds"_s, rounded(seconds, 3)},
            {u"processorSeconds"_s, rounded(processorSeconds() - before, 3)},
            {u"rows"_s, sink.rows},
            {u"faults"_s, sink.faults},
            {u"megabytes"_s, rounded(double(QFile(path).size()) / 1e6, 1)},
            {u"peakMegabytes"_s, rounded(residentMegabytes(), 1)}};
}

QByteArray sheetRows(int rows)
{
    QByteArray xml;
    for (int i = 1; i <= rows; ++i) {
        const QByteArray number = QByteArray::number(i);
        xml += "<row r=\"" + number + "\">";
        for (char column = 'A'; column <= 'Y'; ++column)
            xml += QByteArray("<c r=\"") + column + number + "\" t=\"inlineStr\"><is><t>text "
                + number + column + "</t></is></c>";
        xml += "</row>";
    }
    return xml;
}

} // namespace

int main(int argc, char *argv[])
{
    const int rows = argc > 1 ? QByteArray(argv[1]).toInt() : defaultRows;
    const QTemporaryDir folder;
    QJsonObject line;
    const auto measure = [&](const QString &name, const char *quote, bool isLatin1) {
        const QString path = folder.filePath(name + u".csv"_s);
        writeCsv(path, rows, quote, isLatin1);
        line.insert(name, timed(path));
        QFile::remove(path);
    };
    measure(u"csv"_s, "", false);
    measure(u"quotedCsv"_s, "\"", false);
    measure(u"windows1252Csv"_s, "", true);
    if (argc < 3) { // A second argument leaves the workbook out, whose making takes memory.
        const QString path = folder.filePath(u"book.xlsx"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            giveUp(u"no workbook"_s);
        file.write(test::sheetOf(sheetRows(rows / 20)).bytes());
        file.close();
        line.insert(u"xlsx"_s, timed(path));
    }
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}
