// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `import TABLE --object …` as real processes: staged, sent, and nothing the second time.
class TestCliImportRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void stagesSendsAndIsDone();
    void aFileOfChangesToo();
    void dryRunStagesNothing();
    void keepsTheMapping();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();

private:
    Ended run(const QStringList &arguments) { return m_program.run(arguments); }
    Ended import(const QString &table, const QStringList &more)
    {
        return run(QStringList {u"--json"_s, u"import"_s, table, u"--connection"_s, m_file,
                                u"--object"_s, u"contact"_s}
                   + more);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

void TestCliImportRows::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"review"_s}).code, 0);
}

void TestCliImportRows::stagesSendsAndIsDone()
{
    m_program.write(u"one.csv"_s,
                    "Email;First Name;City;Remarks\r\n"
                    "grace@example.com;Grace;M\xFCnchen;x\r\n"
                    "nobody;Bad;Bern;y\r\n"
                    "lin@example.com;Lin;\"K\xF6ln\";\r\n");
    const Ended staged =
        import(u"one.csv"_s, {u"--match"_s, u"email"_s, u"--result"_s, u"result.csv"_s});
    QCOMPARE(staged.code, 1); // A row was refused.
    const QJsonObject json = staged.json();
    QCOMPARE(json["creates"_L1], 2);
    QCOMPARE(json["refused"_L1], 1);
    QCOMPARE(json["staged"_L1], true);
    QCOMPARE(json["refusals"_L1][0]["row"_L1], 3);
    QCOMPARE(json["columns"_L1][3]["property"_L1], QJsonValue(QJsonValue::Null));
    const QList<QByteArray> lines = m_program.content(u"result.csv"_s).split('\n');
    QCOMPARE(lines[0], "Email,First Name,City,Remarks,id,status,message\r");
    QCOMPARE(lines[1], "grace@example.com,Grace,M\xC3\xBCnchen,x,new-1,create,\r");
    QVERIFY2(lines[2].contains(",refused,"), lines[2]);

    const Ended shown = run({u"--json"_s, u"changes"_s, u"show"_s, m_file});
    QCOMPARE(shown.json()["rows"_L1].toArray().size(), 2);
    const Ended applied = run({u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s});
    QCOMPARE(applied.code, 0);
    QCOMPARE(applied.json()["applied"_L1], 2);
    const Ended found = run({u"--json"_s, u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                             u"email eq 'grace@example.com'"_s, u"--fields"_s, u"city"_s});
    QCOMPARE(found.json()["result"_L1][0]["city"_L1], u"M\u00FCnchen"_s);

    const Ended again = import(u"one.csv"_s, {});
    QCOMPARE(again.json()["unchanged"_L1], 2);
    QCOMPARE(again.json()["creates"_L1], 0);
    QCOMPARE(again.json()["updates"_L1], 0);
}

void TestCliImportRows::aFileOfChangesToo()
{
    m_program.write(u"two.jsonl"_s, "{\"email\": \"grace@example.com\", \"city\": \"Chur\"}\n");
    const Ended saved = import(u"two.jsonl"_s, {u"--save-changes"_s, u"set.jsonl"_s});
    QCOMPARE(saved.code, 0);
    QCOMPARE(saved.json()["updates"_L1], 1);
    const QJsonArray rows =
        run({u"--json"_s, u"changes"_s, u"show"_s, u"set.jsonl"_s}).json()["rows"_L1].toArray();
    QCOMPARE(rows.size(), 1);
    const Ended applied =
        run({u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"set.jsonl"_s, u"--yes"_s});
    QCOMPARE(applied.json()["applied"_L1], 1);
}

void TestCliImportRows::dryRunStagesNothing()
{
    m_program.write(u"three.csv"_s, "email,city\nnew@example.com,Basel\n");
    const Ended dry = import(u"three.csv"_s, {u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    QCOMPARE(dry.json()["creates"_L1], 1);
    QCOMPARE(dry.json()["staged"_L1], false);
    const Ended update = import(u"three.csv"_s, {u"--dry-run"_s, u"--mode"_s, u"update"_s});
    QCOMPARE(update.code, 1);
    QCOMPARE(update.json()["refused"_L1], 1);
    const Ended plain = run({u"import"_s, u"three.csv"_s, u"--connection"_s, m_file, u"--object"_s,
                             u"contact"_s, u"--dry-run"_s});
    QVERIFY2(plain.out.contains("1 to create, 0 to update, 0 unchanged, 0 refused."), plain.out);
}

void TestCliImportRows::keepsTheMapping()
{
    m_program.write(u"four.csv"_s, "Mail,Where\nnew@example.com,Basel\n");
    const Ended first = import(u"four.csv"_s,
                               {u"--dry-run"_s, u"--column"_s, u"Mail=email"_s, u"--column"_s,
                                u"Where=city"_s, u"--save-mapping"_s, u"mapping.json"_s});
    QCOMPARE(first.json()["creates"_L1], 1);
    const Ended second = import(u"four.csv"_s, {u"--dry-run"_s, u"--mapping"_s, u"mapping.json"_s});
    QCOMPARE(second.json()["columns"_L1], first.json()["columns"_L1]);
    QCOMPARE(second.json()["columns"_L1][1]["property"_L1], u"city"_s);
}

void TestCliImportRows::saysWhatIsMissing_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no key") << QStringList {u"--match"_s, u"domain"_s} << QByteArray("domain");
    QTest::newRow("no such column")
        << QStringList {u"--column"_s, u"Post=email"_s} << QByteArray("no column");
    QTest::newRow("no such property")
        << QStringList {u"--column"_s, u"city=town"_s} << QByteArray("town");
    QTest::newRow("no pair") << QStringList {u"--column"_s, u"city"_s} << QByteArray("COLUMN=");
}

void TestCliImportRows::saysWhatIsMissing()
{
    QFETCH(const QStringList, more);
    QFETCH(const QByteArray, word);
    m_program.write(u"five.csv"_s, "email,city\nnew@example.com,Basel\n");
    const Ended ended = import(u"five.csv"_s, QStringList {u"--dry-run"_s} + more);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.error()["message"_L1].toString().toUtf8().contains(word), ended.out);
    const Ended alone = run({u"import"_s, u"five.csv"_s});
    QCOMPARE(alone.code, 2);
    QVERIFY(alone.err.contains("--connection"));
}

HUBKEEPER_TEST(TestCliImportRows)
#include "tst_cliimportrows.moc"
