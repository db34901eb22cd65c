// SPDX-License-Identifier: MIT
#include "tables/collectedtable.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Ordinary text files in which something looks like what it is not, and one that is made to take
/// long.
class TestTextDoubts final : public QObject
{
    Q_OBJECT

private slots:
    void haveOneColumn_data();
    void haveOneColumn();
    void oneUmlautOfDos();
    void aNoteOfTwoLines();
    void headerOfManyCommas();
    void straysAfterALongLine();
};

void TestTextDoubts::haveOneColumn_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("rows");

    QTest::newRow("amounts") << "betrag\n" + QByteArray("1,50\n").repeated(30) << 31;
    QTest::newRow("dates") << QByteArray("Date of birth\n5 Jan 1990\n12 Mar 1985\n30 Jun 2001\n")
                           << 4;
    QTest::newRow("phones") << QByteArray("Phone number\n030 123 456\n040 987 654\n089 555 111\n")
                            << 4;
    QTest::newRow("grouped digits")
        << QByteArray("Net amount\n1 234 567\n2 345 678\n3 456 789\n") << 4;
    QTest::newRow("joined files") << QByteArray("name\nAnna\nBob\nname\nCleo\n") << 5;
}

void TestTextDoubts::haveOneColumn()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, rows);
    CollectedTable table;
    readBytes(table, bytes, u"t.csv"_s);
    QCOMPARE(table.rows.size(), rows);
    for (const QStringList &row : std::as_const(table.rows))
        QCOMPARE(row.size(), 1);
    QCOMPARE(table.format.headerRow, 1);
}

/// Its byte means nothing in windows-1252.
void TestTextDoubts::oneUmlautOfDos()
{
    CollectedTable table;
    readBytes(table, "id;ort\r\n1;M\x81nchen\r\n2;Z\x81rich\r\n", u"t.csv"_s);
    QCOMPARE(table.format.encoding, u"IBM850"_s);
    QCOMPARE(table.rows.value(1).value(1), u"München"_s);
    QVERIFY(table.faults.isEmpty());
}

/// Each line of it has two cells, as the table does.
void TestTextDoubts::aNoteOfTwoLines()
{
    CollectedTable table;
    readBytes(table, "id,note\n7,\"Screen cracked\n15\" display, scratched\"\n8,ok\n", u"t.csv"_s);
    QCOMPARE(table.rows.size(), 3);
    QCOMPARE(table.rows.value(1).value(1), u"Screen cracked\n15\" display, scratched"_s);
}

/// Columns that are left out are not named one by one.
void TestTextDoubts::headerOfManyCommas()
{
    CollectedTable table;
    readBytes(table, "a" + QByteArray(200'000, ',') + "b\n1,2\n", u"t.csv"_s);
    QVERIFY(table.faults.size() < 20'000);
}

void TestTextDoubts::straysAfterALongLine()
{
    const QByteArray bytes = "a,b\n" + QByteArray("\"1,\"").repeated(15'000)
        + QByteArray("\"\nx\"y\",").repeated(40'000);
    QElapsedTimer timer;
    timer.start();
    CollectedTable table;
    readBytes(table, bytes, u"t.csv"_s);
    QVERIFY(!table.refused);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

HUBKEEPER_TEST(TestTextDoubts)
#include "tst_textdoubts.moc"
