// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `duplicates`: tables in, pairs and groups out.
class TestCliDuplicates : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void printsPairsAndGroups();
    void readsWorkbooksAndJsonLines();
    void takesMappings_data();
    void takesMappings();
    void saysWhatItGuessed();
    void explains();
    void triesRules();
    void followsRules();
    void refuses_data();
    void refuses();
    void readsStandardInput();
    void readsAPortal();
    void findsOrphans();

private:
    Ended duplicates(const QStringList &rest)
    {
        return m_program.run(QStringList {u"duplicates"_s} + rest);
    }

    Program m_program;
};

void TestCliDuplicates::initTestCase()
{
    m_program.withoutKeychain();
    m_program.write(u"people.csv"_s,
                    "rec_id;given_name;surname;mail;town\n"
                    "a1;William;Quigley;bq@zxy.example;Leeds\n"
                    "b2;Ines;Kolb;ines@qaz.example;Bern\n"
                    "a3;Bill;Quigly;bq@zxy.example;\n"
                    "c4;Reto;Frei;reto.frei@qaz.example;Chur\n");
    m_program.write(
        u"people.jsonl"_s,
        "{\"firstname\":\"William\",\"lastname\":\"Quigley\",\"email\":\"b@z.example\"}\n"
        "{\"firstname\":\"Ines\",\"lastname\":\"Kolb\"}\n"
        "{\"firstname\":\"Bill\",\"email\":\"b@z.example\",\"lastname\":\"Quigley\"}\n");
    m_program.write(u"map.json"_s, "{\"given_name\":\"firstname\",\"surname\":\"lastname\"}");
    m_program.write(u"map.txt"_s, "firstname=given_name\nlastname=surname\nemail=mail\n");
    m_program.write(u"rules.txt"_s, "# ours\nmatch email same\nnever city differs\n");
    m_program.write(u"bad.txt"_s, "match email same\nmatch emial same\n");
    m_program.write(u"empty.csv"_s, "");
    m_program.write(u"shoes.csv"_s, "size,colour\n1,2\n3,4\n");
}

void TestCliDuplicates::printsPairsAndGroups()
{
    const Ended ended =
        duplicates({u"people.csv"_s, u"--columns"_s,
                    u"firstname=given_name,lastname=surname,email=mail"_s, u"--json"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject json = ended.json();
    QCOMPARE(json["records"_L1].toInt(), 4);
    QCOMPARE(json["type"_L1].toString(), u"contact"_s);
    QCOMPARE(json["guessed"_L1].toBool(true), false);
    QCOMPARE(json["pairs"_L1].toArray().size(), 1);
    const QJsonObject pair = json["pairs"_L1][0].toObject();
    QCOMPARE(pair["a"_L1].toString(), u"a1"_s);
    QCOMPARE(pair["b"_L1].toString(), u"a3"_s);
    QCOMPARE(pair["rowA"_L1].toInt(), 2);
    QCOMPARE(pair["rowB"_L1].toInt(), 4);
    QVERIFY(pair["score"_L1].toDouble() > 0.5);
    QCOMPARE(json["groups"_L1][0]["ids"_L1].toArray(), (QJsonArray {u"a1"_s, u"a3"_s}));

    const Ended csv = duplicates({u"people.csv"_s, u"--format"_s, u"csv"_s});
    QVERIFY2(csv.out.startsWith("group,a,b,row_a,row_b,score\r\n1,a1,a3,2,4,"), csv.out);
    const Ended table = duplicates({u"people.csv"_s});
    QVERIFY2(table.out.contains("1 pair in 1 group of 4 records"), table.out);
    const Ended none = duplicates({u"people.csv"_s, u"--columns"_s, u"city=town"_s});
    QVERIFY2(none.out.contains("No duplicates among 4 records"), none.out);
}

void TestCliDuplicates::readsWorkbooksAndJsonLines()
{
    const QJsonObject json = duplicates({u"people.jsonl"_s, u"--json"_s}).json();
    QCOMPARE(json["pairs"_L1].toArray().size(), 1);
    QCOMPARE(json["guessed"_L1].toBool(), true);
    QVERIFY(!json["pairs"_L1][0]["a"_L1].toString().isEmpty()); // The row, without an id.
}

void TestCliDuplicates::takesMappings_data()
{
    QTest::addColumn<QString>("mapping");
    QTest::newRow("the other way round") << u"given_name=firstname,mail=email"_s;
    QTest::newRow("file") << u"map.txt"_s;
    QTest::newRow("JSON file") << u"map.json"_s;
}

void TestCliDuplicates::takesMappings()
{
    QFETCH(QString, mapping);
    const Ended ended = duplicates({u"people.csv"_s, u"--columns"_s, mapping, u"--json"_s});
    QCOMPARE(ended.code, 0);
    QString fields;
    const QJsonArray columns = ended.json()["columns"_L1].toArray();
    for (const QJsonValue &column : columns)
        fields += column["field"_L1].toString() + u' ';
    QVERIFY2(fields.startsWith(u"id firstname "_s), qPrintable(fields));
}

void TestCliDuplicates::saysWhatItGuessed()
{
    const Ended ended = duplicates({u"people.csv"_s, u"--json"_s});
    QVERIFY2(ended.err.contains("--columns id=rec_id,firstname=given_name,lastname=surname,"
                                "email=mail,city=town"),
             ended.err);
    QCOMPARE(ended.json()["guessed"_L1].toBool(), true);
}

void TestCliDuplicates::explains()
{
    const QJsonObject json = duplicates({u"people.csv"_s, u"--explain"_s, u"--json"_s}).json();
    const QJsonArray why = json["pairs"_L1][0]["why"_L1].toArray();
    QStringList reasons;
    for (const QJsonValue &one : why)
        reasons.append(one["field"_L1].toString() + u' ' + one["agreement"_L1].toString());
    reasons.sort();
    QCOMPARE(reasons,
             (QStringList {u"email same"_s, u"firstname equivalent"_s, u"lastname typo"_s}));
    const Ended table = duplicates({u"people.csv"_s, u"--explain"_s});
    QVERIFY2(table.out.contains("a1, a3: email same +"), table.out);
}

void TestCliDuplicates::triesRules()
{
    const QJsonObject json =
        duplicates({u"people.csv"_s, u"--rules"_s, u"rules.txt"_s, u"--try"_s, u"--json"_s}).json();
    const QJsonArray rules = json["rules"_L1].toArray();
    QCOMPARE(rules.size(), 2);
    QCOMPARE(rules[0]["rule"_L1].toString(), u"match email same"_s);
    QCOMPARE(rules[0]["line"_L1].toInt(), 2);
    QCOMPARE(rules[0]["pairs"_L1].toInt(), 1);
    QCOMPARE(rules[0]["samples"_L1][0]["b"_L1].toString(), u"a3"_s);
}

void TestCliDuplicates::followsRules()
{
    m_program.write(u"never.txt"_s, "never email same\n");
    const QJsonObject json =
        duplicates({u"people.csv"_s, u"--rules"_s, u"never.txt"_s, u"--json"_s}).json();
    QCOMPARE(json["pairs"_L1].toArray().size(), 0);
}

void TestCliDuplicates::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QStringList &arguments, const char *says) {
        QTest::newRow(name) << arguments << QByteArray(says);
    };
    row("no file", {u"nosuch.csv"_s}, "nosuch.csv");
    row("empty file", {u"empty.csv"_s}, "empty.csv");
    row("nothing to compare", {u"shoes.csv"_s}, "No column can be compared");
    row("threshold", {u"people.csv"_s, u"--threshold"_s, u"1"_s}, "between 0 and 1");
    row("not a number", {u"people.csv"_s, u"--threshold"_s, u"nan"_s}, "between 0 and 1");
    row("mapping", {u"people.csv"_s, u"--columns"_s, u"firstname=vorname"_s}, "no column");
    row("mapping file", {u"people.csv"_s, u"--columns"_s, u"nosuch.map"_s}, "nosuch.map");
    row("rules", {u"people.csv"_s, u"--rules"_s, u"bad.txt"_s}, "Line 2 of the rules");
    row("nothing to try", {u"people.csv"_s, u"--try"_s}, "--rules FILE");
    row("orphans are not tried",
        {u"p.json"_s, u"--orphans"_s, u"--rules"_s, u"rules.txt"_s, u"--try"_s},
        "--orphans has none");
}

void TestCliDuplicates::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Ended ended = duplicates(arguments);
    QVERIFY2(ended.code == 2 || ended.code == 1, QByteArray::number(ended.code));
    QVERIFY2(ended.err.contains(says), ended.err);
    QVERIFY(ended.out.isEmpty());
}

void TestCliDuplicates::readsStandardInput()
{
    const Ended ended = m_program.run({u"duplicates"_s, u"-"_s, u"--json"_s},
                                      "firstname,lastname,email\nWilliam,Quigley,b@z.example\n"
                                      "Bill,Quigley,b@z.example\nIna,Kolb,i@z.example\n");
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["groups"_L1].toArray().size(), 1);
}

void TestCliDuplicates::readsAPortal()
{
    const auto practice = std::make_unique<Practice>(m_program);
    QVERIFY(practice->isServing());
    for (const QString &id : {firstContact, secondContact}) {
        const Ended written = m_program.run(
            {u"update"_s, u"p.json"_s, u"contact"_s, id, u"--set"_s, u"firstname=Bartholomew"_s,
             u"--set"_s, u"lastname=Quigley"_s, u"--set"_s, u"phone=+41 31 555 11 22"_s});
        QVERIFY2(written.code == 0, written.err);
    }
    const Ended ended =
        duplicates({u"p.json"_s, u"--type"_s, u"contact"_s, u"--explain"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err);
    const QJsonArray pairs = ended.json()["pairs"_L1].toArray();
    const bool isThere = std::any_of(pairs.begin(), pairs.end(), [](const QJsonValue &pair) {
        return pair["a"_L1] == firstContact && pair["b"_L1] == secondContact;
    });
    QVERIFY2(isThere, ended.out);
    const Ended companies = duplicates({u"p.json"_s, u"--type"_s, u"company"_s, u"--json"_s});
    QCOMPARE(companies.json()["type"_L1].toString(), u"company"_s);
    const Ended rules = duplicates(
        {u"p.json"_s, u"--type"_s, u"contact"_s, u"--rules"_s, u"bad.txt"_s, u"--json"_s});
    QCOMPARE(rules.code, 2);
    QVERIFY(rules.error()["message"_L1].toString().contains(u"Line 2 of the rules"_s));
    m_program.write(u"tail.txt"_s, "match phone tail, firstname same\n");
    const Ended tried = duplicates({u"p.json"_s, u"--type"_s, u"contact"_s, u"--rules"_s,
                                    u"tail.txt"_s, u"--try"_s, u"--json"_s});
    QVERIFY2(tried.code == 0, tried.err);
    const QJsonObject rule = tried.json()["rules"_L1][0].toObject();
    QCOMPARE(rule["pairs"_L1].toInt(), 1);
    QCOMPARE(rule["samples"_L1][0]["a"_L1].toString(), firstContact);
    QCOMPARE(rule["samples"_L1][0]["b"_L1].toString(), secondContact);
}

void TestCliDuplicates::findsOrphans()
{
    const auto practice = std::make_unique<Practice>(m_program);
    QVERIFY(practice->isServing());
    const Ended company =
        m_program.run({u"create"_s, u"p.json"_s, u"company"_s, u"--set"_s, u"name=Zumthor"_s,
                       u"--set"_s, u"domain=zumthor.example"_s, u"--json"_s});
    QVERIFY2(company.code == 0, company.err);
    const Ended contact = m_program.run({u"create"_s, u"p.json"_s, u"contact"_s, u"--set"_s,
                                         u"email=ina@mail.zumthor.example"_s, u"--json"_s});
    QVERIFY2(contact.code == 0, contact.err);
    const Ended ended = duplicates({u"p.json"_s, u"--orphans"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err);
    const QJsonArray contacts = ended.json()["contacts"_L1].toArray();
    const bool isThere = std::any_of(contacts.begin(), contacts.end(), [](const QJsonValue &one) {
        return one["email"_L1] == u"ina@mail.zumthor.example"_s
            && one["companyName"_L1] == u"Zumthor"_s;
    });
    QVERIFY2(isThere, ended.out);
    const QJsonArray companies = ended.json()["companies"_L1].toArray();
    QVERIFY(std::any_of(companies.begin(), companies.end(), [](const QJsonValue &one) {
        return one["domain"_L1] == u"zumthor.example"_s;
    }));
    QVERIFY(duplicates({u"p.json"_s, u"--orphans"_s}).out.contains("without contacts"));
}

HUBKEEPER_TEST(TestCliDuplicates)
#include "tst_cliduplicates.moc"
