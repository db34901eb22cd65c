// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QProcess>
#include <QTest>

#include <csignal>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `import TABLE --parse`: what is in a file, in a process of its own and without a portal.
class TestCliImport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void printsOneDocument();
    void optionsWin();
    void refusesWithAReason_data();
    void refusesWithAReason();
    void showsItToPeople();
    void escapesWhatSteersTerminals();
    void streamsManyRows();
    void stopsAtASignal();

private:
    Program m_program;
};

void TestCliImport::initTestCase()
{
    m_program.withoutKeychain();
    m_program.write(u"german.csv"_s, "id;name;preis\r\n1;J\xF6rg;1,50\r\n2;\"Ann\"a;2,5\r\n3\r\n");
}

void TestCliImport::printsOneDocument()
{
    const Ended ended = m_program.run({u"import"_s, u"german.csv"_s, u"--parse"_s, u"--json"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject json = ended.json();
    QCOMPARE(json["encoding"_L1], u"windows-1252"_s);
    QCOMPARE(json["separator"_L1], u";"_s);
    QCOMPARE(json["quote"_L1], u"\""_s);
    QCOMPARE(json["header"_L1], true);
    QCOMPARE(json["sheet"_L1], QJsonValue(QJsonValue::Null));
    QCOMPARE(json["refused"_L1], QJsonValue(QJsonValue::Null));
    const QJsonArray rows {QJsonArray {u"id"_s, u"name"_s, u"preis"_s},
                           QJsonArray {u"1"_s, u"J\u00F6rg"_s, u"1,50"_s},
                           QJsonArray {u"2"_s, u"Anna"_s, u"2,5"_s}, QJsonArray {u"3"_s}};
    QCOMPARE(json["rows"_L1].toArray(), rows);
    const QJsonArray faults = json["faults"_L1].toArray();
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults[0]["row"_L1], 3);
    QCOMPARE(faults[0]["column"_L1], 2);
    QCOMPARE(faults[0]["kind"_L1], u"textAfterQuote"_s);
    QCOMPARE(faults[1]["row"_L1], 4);
    QCOMPARE(faults[1]["kind"_L1], u"shortRow"_s);
    QVERIFY(faults[1]["text"_L1].toString().contains(u"1 of 3"_s));
}

void TestCliImport::optionsWin()
{
    const Ended ended = m_program.run({u"import"_s, u"german.csv"_s, u"--parse"_s, u"--json"_s,
                                       u"--encoding"_s, u"MacRoman"_s, u"--separator"_s, u"comma"_s,
                                       u"--quote"_s, u"none"_s, u"--header"_s, u"no"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject json = ended.json();
    QCOMPARE(json["encoding"_L1], u"MacRoman"_s);
    QCOMPARE(json["separator"_L1], u","_s);
    QCOMPARE(json["quote"_L1], QJsonValue(QJsonValue::Null));
    QCOMPARE(json["header"_L1], false);
    QCOMPARE(json["rows"_L1][1], (QJsonArray {u"1;J\u02C6rg;1"_s, u"50"_s}));
    const Ended wrong =
        m_program.run({u"import"_s, u"german.csv"_s, u"--parse"_s, u"--header"_s, u"maybe"_s});
    QCOMPARE(wrong.code, 2);
    QVERIFY(wrong.err.contains("--header"));
}

void TestCliImport::refusesWithAReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    QTest::newRow("damaged workbook") << QByteArray("PK\x03\x04nothing") << u"damaged"_s;
    QTest::newRow("PDF") << QByteArray("%PDF-1.4\n") << u"PDF"_s;
    QTest::newRow("old workbook") << QByteArray::fromHex("D0CF11E0A1B11AE1") + QByteArray(600, '\0')
                                  << u"OLE"_s;
}

void TestCliImport::refusesWithAReason()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, word);
    m_program.write(u"refused.xlsx"_s, bytes);
    const Ended ended = m_program.run({u"import"_s, u"refused.xlsx"_s, u"--parse"_s, u"--json"_s});
    QCOMPARE(ended.code, 2);
    const QJsonObject json = ended.json();
    QVERIFY2(json["refused"_L1].toString().contains(word), ended.out);
    QCOMPARE(json["rows"_L1].toArray().size(), 0);
    QCOMPARE(json["header"_L1], QJsonValue(QJsonValue::Null));
    const Ended plain = m_program.run({u"import"_s, u"refused.xlsx"_s, u"--parse"_s});
    QCOMPARE(plain.code, 2);
    QVERIFY(plain.err.contains(word.toUtf8()));
    const Ended none = m_program.run({u"import"_s, u"missing.csv"_s, u"--parse"_s, u"--json"_s});
    QCOMPARE(none.code, 1);
    QVERIFY(none.json()["refused"_L1].toString().contains(u"missing.csv"_s));
}

void TestCliImport::showsItToPeople()
{
    const Ended ended = m_program.run({u"import"_s, u"german.csv"_s, u"--parse"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.out.contains("windows-1252"), ended.out);
    QVERIFY(ended.out.contains("J\xC3\xB6rg"));
    QVERIFY(ended.out.contains("4 rows"));
    QVERIFY(ended.out.contains("row 4, column 2: The row has 1 of 3 cells."));
}

void TestCliImport::escapesWhatSteersTerminals()
{
    m_program.write(u"steer.csv"_s,
                    "id,a\n1,\x1B[31m\xC2\x9B"
                    "2J\xE2\x80\xAE\x7F \"q\\\"\n");
    const Ended ended = m_program.run({u"import"_s, u"steer.csv"_s, u"--parse"_s, u"--json"_s});
    QVERIFY(!ended.out.contains('\x1B') && !ended.out.contains("\xC2\x9B")
            && !ended.out.contains("\xE2\x80\xAE") && !ended.out.contains('\x7F'));
    QCOMPARE(ended.json()["rows"_L1][1][1],
             u"\u001B[31m\u009B"
             "2J\u202E\u007F \"q\\\""_s);
    const Ended plain = m_program.run({u"import"_s, u"steer.csv"_s, u"--parse"_s});
    QVERIFY(!plain.out.contains('\x1B') && !plain.out.contains("\xC2\x9B"));
}

void TestCliImport::streamsManyRows()
{
    QByteArray csv = "id,name\n";
    for (int i = 0; i < 50'000; ++i)
        csv += QByteArray::number(i) + ",x\n";
    m_program.write(u"many.csv"_s, csv);
    const Ended ended = m_program.run({u"import"_s, u"many.csv"_s, u"--parse"_s, u"--json"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["rows"_L1].toArray().size(), 50'001);
    QCOMPARE(ended.json()["faultCount"_L1], 0);
}

/// The document is complete also then, and says that the rows are not.
void TestCliImport::stopsAtASignal()
{
    m_program.write(u"long.csv"_s, "id,name\n" + QByteArray("1,Anna\n").repeated(5'000'000));
    QProcess process;
    m_program.prepare(process, {u"import"_s, u"long.csv"_s, u"--parse"_s, u"--json"_s});
    process.start();
    QVERIFY(process.waitForReadyRead(20'000));
    ::kill(pid_t(process.processId()), SIGINT);
    const Ended ended = Program::ended(process);
    QCOMPARE(ended.code, 130);
    QVERIFY(ended.out.endsWith("}\n"));
    QVERIFY(!ended.out.endsWith("\"refused\":null}\n"));
}

HUBKEEPER_TEST(TestCliImport)
#include "tst_cliimport.moc"
