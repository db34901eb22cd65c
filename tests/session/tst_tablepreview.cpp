// SPDX-License-Identifier: MIT
#include "session/workbench/tablepreview.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The rows of a table for people to look at.
class TestTablePreview final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void hasEveryRow();
    void hasFaultsWithTheirCounts();
    void goesWithItsFile();
    void failsAsTheReaderDoes();
    void stops();

private:
    [[nodiscard]] QString file(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the table");
        return file.fileName();
    }
    [[nodiscard]] std::shared_ptr<TablePreview> preview() const
    {
        return std::make_shared<TablePreview>(m_folder.filePath(u"work"_s));
    }

    QTemporaryDir m_folder;
    QObject m_calls;
};

void TestTablePreview::hasEveryRow()
{
    QByteArray csv = "email;city\r\n";
    for (int i = 0; i < 20'000; ++i)
        csv += "p" + QByteArray::number(i) + "@example.com;\"Z\xC3\xBCrich; no. "
            + QByteArray::number(i) + "\"\r\n";
    const auto table = preview();
    auto *call = readPreview(table, file(u"many.csv"_s, csv), {}, &m_calls);
    qint64 seen = 0;
    connect(call, &CallBase::progressed, this, [&seen](qint64 done) { seen = done; });
    const auto read = outcomeOf(call, 20'000);
    QVERIFY(read && *read);
    QCOMPARE(seen, 20'000);
    QCOMPARE(table->format()->separator, u";"_s);
    QCOMPARE(table->header(), (QStringList {u"email"_s, u"city"_s}));
    QCOMPARE(table->rowCount(), 20'000);
    QCOMPARE(table->width(), 2);
    for (const qint64 place : {0, 99, 100, 12'345, 19'999}) {
        const auto rows = table->rows(place, 1);
        QVERIFY(rows);
        QCOMPARE(rows->size(), size_t(1));
        QCOMPARE(rows->front().number, place + 2);
        QCOMPARE(rows->front().cells,
                 (QStringList {u"p%1@example.com"_s.arg(place), u"Zürich; no. %1"_s.arg(place)}));
        QCOMPARE(table->placeOf(place + 2), place);
        QCOMPARE(table->numberAt(place), place + 2);
    }
    QCOMPARE(table->rows(19'990, 100)->size(), size_t(10));
    QVERIFY(table->rows(20'000, 1)->empty());
    QCOMPARE(table->placeOf(1), 0);
    QCOMPARE(table->placeOf(1'000'000), 19'999);
}

void TestTablePreview::hasFaultsWithTheirCounts()
{
    QByteArray csv = "email,city\n";
    for (int i = 0; i < 12'000; ++i)
        csv += "p" + QByteArray::number(i) + "@example.com,Bern,x\n";
    csv += "short@example.com\n";
    const auto table = preview();
    const auto read =
        outcomeOf(readPreview(table, file(u"ragged.csv"_s, csv), {}, &m_calls), 20'000);
    QVERIFY(read && *read);
    QCOMPARE(table->faultCounts().value(TableFaultKind::LongRow), 12'000);
    QCOMPARE(table->faultCounts().value(TableFaultKind::ShortRow), 1);
    QCOMPARE(table->faults().size(), mostPreviewFaults);
    QCOMPARE(table->faults().first().row, 2);
    QCOMPARE(table->width(), 3);
}

void TestTablePreview::goesWithItsFile()
{
    const QDir work(m_folder.filePath(u"work"_s));
    {
        const auto table = preview();
        const auto read = outcomeOf(
            readPreview(table, file(u"few.csv"_s, "email\na@example.com\n"), {}, &m_calls), 20'000);
        QVERIFY(read && *read);
        const QFileInfoList files = work.entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 1);
#ifdef Q_OS_UNIX
        QCOMPARE(files.first().permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
#endif
    }
    QTRY_VERIFY(work.isEmpty(QDir::Files));
}

void TestTablePreview::failsAsTheReaderDoes()
{
    const auto table = preview();
    const auto read = outcomeOf(
        readPreview(table, file(u"old.xls"_s, QByteArray::fromHex("d0cf11e0a1b11ae1") + "x"), {},
                    &m_calls),
        20'000);
    QVERIFY(read && !*read);
    QCOMPARE((*read).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(table->rowCount(), 0);
    QCOMPARE(table->placeOf(1), -1);
}

void TestTablePreview::stops()
{
    const auto table = preview();
    auto *call = readPreview(table, file(u"one.csv"_s, "email\na@example.com\n"), {}, &m_calls);
    call->cancel();
    const auto read = outcomeOf(call, 20'000);
    QVERIFY(read && !*read);
    QCOMPARE((*read).error().kind, ErrorKind::Cancelled);
}

HUBKEEPER_TEST(TestTablePreview)
#include "tst_tablepreview.moc"
