// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Tables that `search --output` writes.
class TestCliExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void formatFollowsTheEnding_data();
    void formatFollowsTheEnding();
    void choosesColumnsAndLabels();
    void writesCsvAsAsked();
    void writesAssociations();
    void splits();
    void saysWhatASpreadsheetWouldDo();
    void reportsAsJson();
    void refusesWhatDoesNotGoTogether_data();
    void refusesWhatDoesNotGoTogether();
    void aFailureLeavesNoFile();
    void comesBackUnchanged_data();
    void comesBackUnchanged();

private:
    Ended search(const QStringList &rest, const QString &objectClass = u"contact"_s)
    {
        return m_program.run(QStringList {u"search"_s, u"p.json"_s, objectClass} + rest);
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_program.path(u"."_s)).entryList({u"out*"_s}, QDir::Files);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliExport::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = Practice::with(m_program,
                                {u"--contacts"_s, u"320"_s, u"--companies"_s, u"40"_s,
                                 u"--control"_s, u"--index-delay-ms"_s, u"0"_s, u"--limit"_s,
                                 u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s,
                                 u"--write-provisioner"_s, m_program.path(u"p.json"_s)});
    QVERIFY(m_practice->isServing());
    m_program.write(u"p.json"_s,
                    m_program.content(u"p.json"_s)
                        .replace("\"permitsPerSecond\": 10", "\"permitsPerSecond\": 50"));
}

void TestCliExport::formatFollowsTheEnding_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("start");
    // clang-format off
    QTest::newRow("csv")   << u"out.csv"_s   << "_id,email\r\n150000000001,"_ba;
    QTest::newRow("tsv")   << u"out.tsv"_s   << "_id\temail\r\n150000000001\t"_ba;
    QTest::newRow("xlsx")  << u"out.xlsx"_s  << "PK"_ba;
    QTest::newRow("jsonl") << u"out.jsonl"_s << "{\"_id\":\"150000000001\""_ba;
    QTest::newRow("json")  << u"out.json"_s  << "{\"result\":["_ba;
    QTest::newRow("other") << u"out.txt"_s   << "_id "_ba;
    // clang-format on
}

void TestCliExport::formatFollowsTheEnding()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, start);
    const Ended ended = search({u"--fields"_s, u"email"_s, u"-o"_s, name});
    QVERIFY2(ended.code == 0, ended.err);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(m_program.content(name).startsWith(start), m_program.content(name).left(80));
    QVERIFY(QFile::remove(m_program.path(name)));
}

void TestCliExport::choosesColumnsAndLabels()
{
    const QStringList columns {u"--columns"_s, u"Email,lifecyclestage,hubspot_owner_id"_s};
    QVERIFY2(search(columns + QStringList {u"-o"_s, u"out.csv"_s}).code == 0, "values");
    const QList<QByteArray> values = m_program.content(u"out.csv"_s).split('\n');
    QCOMPARE(values.first(), "hs_object_id,email,lifecyclestage,hubspot_owner_id\r");
    QCOMPARE(values.size(), 322); // Heading, 320 contacts, after the last end.

    const Ended labelled = search(columns + QStringList {u"--labels"_s, u"-o"_s, u"out.csv"_s});
    QVERIFY2(labelled.code == 0, labelled.err);
    const QByteArray labels = m_program.content(u"out.csv"_s);
    QVERIFY2(labels.startsWith("Record ID,Email,Lifecycle Stage,Contact owner\r\n"),
             labels.left(90));
    QVERIFY(labels.contains(",Customer,"));
    QVERIFY(!labels.contains(",customer,"));
    QVERIFY(m_program.content(u"out.csv"_s).contains(",Customer,"));

    const Ended filtered = search({u"--filter"_s, u"lifecyclestage eq \"customer\""_s,
                                   u"--columns"_s, u"lifecyclestage"_s, u"-o"_s, u"out.csv"_s});
    QVERIFY2(filtered.code == 0, filtered.err);
    const QByteArray customers = m_program.content(u"out.csv"_s);
    QCOMPARE(customers.count(",customer\r\n"), customers.count("\r\n") - 1);
    QVERIFY(customers.count("\r\n") > 1);
    QVERIFY(QFile::remove(m_program.path(u"out.csv"_s)));
}

void TestCliExport::writesCsvAsAsked()
{
    QVERIFY(search({u"--columns"_s, u"phone"_s, u"--separator"_s, u"semicolon"_s, u"--bom"_s,
                    u"--guard"_s, u"-o"_s, u"out.csv"_s})
                .code
            == 0);
    const QByteArray csv = m_program.content(u"out.csv"_s);
    QVERIFY2(csv.startsWith("\xEF\xBB\xBFhs_object_id;phone\r\n150000000001;"), csv.left(60));
    QVERIFY(csv.contains(";'+"));
    QVERIFY(!csv.contains(";+"));
    QVERIFY(QFile::remove(m_program.path(u"out.csv"_s)));
}

void TestCliExport::writesAssociations()
{
    const Ended ended = search({u"--columns"_s, u"email"_s, u"--associations"_s,
                                u"companies.name"_s, u"-o"_s, u"out.jsonl"_s});
    QVERIFY2(ended.code == 0, ended.err);
    int linked = 0;
    for (const QByteArray &line : m_program.content(u"out.jsonl"_s).trimmed().split('\n')) {
        const QJsonObject row = QJsonDocument::fromJson(line).object();
        const QJsonArray ids = row["associations.companies"_L1].toArray();
        QCOMPARE(row["associations.companies.name"_L1].toArray().size(), ids.size());
        linked += ids.isEmpty() ? 0 : 1;
    }
    QVERIFY(linked > 10);
    QVERIFY(QFile::remove(m_program.path(u"out.jsonl"_s)));
}

void TestCliExport::splits()
{
    const Ended ended = search({u"--split"_s, u"150"_s, u"-o"_s, u"out.csv"_s});
    QVERIFY2(ended.code == 0, ended.err);
    QCOMPARE(files(), QStringList({u"out-001.csv"_s, u"out-002.csv"_s, u"out-003.csv"_s}));
    QCOMPARE(m_program.content(u"out-003.csv"_s).count("\r\n"), 21);
    QVERIFY2(ended.err.contains("320 rows written to 3 files, out-001.csv to out-003.csv."),
             ended.err);
    // Those of before are not mixed with others.
    const Ended again = search({u"--split"_s, u"150"_s, u"-o"_s, u"out.csv"_s});
    QCOMPARE(again.code, 6);
    QVERIFY2(again.err.contains("out-001.csv"), again.err);
    for (const QString &name : files())
        QVERIFY(QFile::remove(m_program.path(name)));
}

void TestCliExport::saysWhatASpreadsheetWouldDo()
{
    const Ended csv = search({u"--columns"_s, u"phone,email"_s, u"-o"_s, u"out.csv"_s});
    QVERIFY2(csv.code == 0, csv.err);
    QVERIFY2(csv.err.contains("If a spreadsheet opens it as CSV"), csv.err);
    QVERIFY2(csv.err.contains("phone"), csv.err);
    const Ended book = search({u"--columns"_s, u"phone,email"_s, u"-o"_s, u"out.xlsx"_s});
    QVERIFY2(book.code == 0, book.err);
    QVERIFY2(!book.err.contains("spreadsheet"), book.err);
    for (const QString &name : files())
        QVERIFY(QFile::remove(m_program.path(name)));
}

void TestCliExport::reportsAsJson()
{
    for (const QStringList &how : {QStringList {u"--columns"_s, u"phone"_s}, QStringList()}) {
        const Ended ended = search(how + QStringList {u"--json"_s, u"-o"_s, u"out.csv"_s});
        QVERIFY2(ended.code == 0, ended.err);
        const QJsonObject schema = m_program.run({u"schemas"_s, u"search-output"_s}).json();
        QVERIFY(!schema.isEmpty());
        const QString fault = faultIn(ended.json(), schema);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        QCOMPARE(ended.json()["rows"_L1].toInt(), 320);
        QCOMPARE(ended.json()["files"_L1].toArray(), QJsonArray {u"out.csv"_s});
        QVERIFY(QFile::remove(m_program.path(u"out.csv"_s)));
    }
}

void TestCliExport::refusesWhatDoesNotGoTogether_data()
{
    QTest::addColumn<QStringList>("options");
    // clang-format off
    QTest::newRow("columns of a text")   << QStringList {u"--columns"_s, u"email"_s, u"-o"_s, u"out.txt"_s};
    QTest::newRow("guarded workbook")    << QStringList {u"--guard"_s, u"-o"_s, u"out.xlsx"_s};
    QTest::newRow("workbook to nowhere") << QStringList {u"--format"_s, u"xlsx"_s};
    QTest::newRow("parts of objects")    << QStringList {u"--split"_s, u"5"_s, u"-o"_s, u"out.jsonl"_s};
    QTest::newRow("columns to nowhere")  << QStringList {u"--columns"_s, u"email"_s};
    QTest::newRow("unknown property")    << QStringList {u"--columns"_s, u"emial"_s, u"-o"_s, u"out.csv"_s};
    QTest::newRow("unknown type")        << QStringList {u"--associations"_s, u"deals"_s, u"-o"_s, u"out.csv"_s};
    QTest::newRow("no rows")             << QStringList {u"--split"_s, u"0"_s, u"-o"_s, u"out.csv"_s};
    // clang-format on
}

void TestCliExport::refusesWhatDoesNotGoTogether()
{
    QFETCH(QStringList, options);
    const Ended ended = search(options);
    QVERIFY2(ended.code == 2, ended.err + QByteArray::number(ended.code));
    QCOMPARE(files(), QStringList());
}

void TestCliExport::aFailureLeavesNoFile()
{
    m_practice->setFault({{u"kind"_s, u"status"_s},
                          {u"status"_s, 403},
                          {u"method"_s, u"GET"_s},
                          {u"nth"_s, 2},
                          {u"path"_s, u"/objects/"_s},
                          {u"times"_s, -1}});
    for (const QString &name : {u"out.csv"_s, u"out.xlsx"_s}) {
        QVERIFY(search({u"-o"_s, name}).code > 0);
        QVERIFY(search({u"--columns"_s, u"email"_s, u"-o"_s, name}).code > 0);
        QCOMPARE(QDir(m_program.path(u"."_s)).entryList({u"out*"_s, u"workbook*"_s}),
                 QStringList());
    }
    m_practice->control({{u"faults"_s, QJsonArray()}});
}

void TestCliExport::comesBackUnchanged_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("written");
    QTest::addColumn<QStringList>("read");
    const QStringList labels {u"--labels"_s};
    // clang-format off
    QTest::newRow("xlsx")          << u"out.xlsx"_s  << QStringList()                                       << QStringList();
    QTest::newRow("xlsx, labels")  << u"out.xlsx"_s  << labels                                              << QStringList();
    QTest::newRow("csv")           << u"out.csv"_s   << QStringList()                                       << QStringList();
    QTest::newRow("csv, guarded")  << u"out.csv"_s   << QStringList {u"--guard"_s, u"--bom"_s, u"--separator"_s, u"semicolon"_s} << QStringList {u"--guard"_s};
    QTest::newRow("tsv, labels")   << u"out.tsv"_s   << labels                                              << QStringList();
    QTest::newRow("jsonl")         << u"out.jsonl"_s << QStringList()                                       << QStringList();
    // clang-format on
}

/// What is exported and imported again stages nothing.
void TestCliExport::comesBackUnchanged()
{
    QFETCH(QString, name);
    QFETCH(QStringList, written);
    QFETCH(QStringList, read);
    const Ended out = search(QStringList {u"--columns"_s, u"*"_s, u"-o"_s, name} + written);
    QVERIFY2(out.code == 0, out.err);
    const Ended in = m_program.run(
        QStringList {u"import"_s, name, u"--connection"_s, u"p.json"_s, u"--object"_s, u"contact"_s,
                     u"--match"_s, u"id"_s, u"--empty"_s, u"clear"_s, u"--dry-run"_s, u"--json"_s}
        + read);
    QVERIFY2(in.code == 0, in.err + in.out);
    QCOMPARE(in.json()["unchanged"_L1].toInt(), 320);
    QCOMPARE(in.json()["updates"_L1].toInt(), 0);
    QCOMPARE(in.json()["creates"_L1].toInt(), 0);
    QCOMPARE(in.json()["refused"_L1].toInt(), 0);
    QVERIFY(QFile::remove(m_program.path(name)));
}

HUBKEEPER_TEST(TestCliExport)
#include "tst_cliexport.moc"
