// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `repair` and `report` in processes of their own: over values, files, and a practice portal.
class TestCliRepair : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void listsWhatThereIs();
    void triesEachLine();
    void refusesWrongSettings_data();
    void refusesWrongSettings();
    void triesSeveralValues();
    void refusesWhatCannotRun_data();
    void refusesWhatCannotRun();
    void checksRecipes();
    void repairsFiles_data();
    void repairsFiles();
    void fillsColumnsThatAreNotThere();
    void leavesTheFileWholeOnFaults();
    void reportsOnFiles();
    void stagesRepairsOfRecords();
    void savesRepairsAsChangeSet();
    void listsEveryDoubtfulValue();
    void reportsOnRecords();

private:
    [[nodiscard]] Ended json(QStringList arguments, const QByteArray &input = {}) const
    {
        return m_program.run(QStringList {u"--json"_s} + arguments, input);
    }

    Program m_program;
};

void TestCliRepair::initTestCase()
{
    m_program.withoutKeychain();
}

void TestCliRepair::listsWhatThereIs()
{
    const QJsonObject list = json({u"repair"_s, u"list"_s}).json();
    QVERIFY(list["recipes"_L1].toArray().size() >= 15);
    QVERIFY(list["phonePlans"_L1].toString() >= u"2021"_s);
    const Ended shown = m_program.run({u"repair"_s, u"show"_s, u"regex"_s});
    QCOMPARE(shown.code, 0);
    m_program.write(u"mine.recipe"_s, shown.out);
    QCOMPARE(m_program.run({u"repair"_s, u"check"_s, u"mine.recipe"_s}).code, 0);
    const Ended none = m_program.run({u"repair"_s, u"show"_s, u"phome"_s});
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("phone"), none.err);
}

void TestCliRepair::triesEachLine()
{
    m_program.write(u"numbers.txt"_s,
                    "\xEF\xBB\xBF(030) 23125-123\r\n+493023125123\r\n\r\nask Tom\r\n");
    const QStringList arguments {u"repair"_s,      u"try"_s,       u"phone"_s, u"--values"_s,
                                 u"numbers.txt"_s, u"--country"_s, u"de"_s};
    const Ended ended = json(arguments);
    QCOMPARE(ended.code, 1); // One is left.
    const QJsonArray results = ended.json()["results"_L1].toArray();
    QCOMPARE(results.size(), 4);
    QCOMPARE(results[0]["outcome"_L1], u"changed"_s);
    QCOMPARE(results[0]["value"_L1], u"+493023125123"_s);
    QCOMPARE(results[1]["outcome"_L1], u"kept"_s);
    QCOMPARE(results[2],
             (QJsonObject {{u"line"_s, 3},
                           {u"given"_s, QString()},
                           {u"outcome"_s, u"kept"_s},
                           {u"value"_s, QString()}}));
    QCOMPARE(results[3]["outcome"_L1], u"doubtful"_s);
    QCOMPARE(results[3]["value"_L1], u"ask Tom"_s);
    QVERIFY(!results[3]["reason"_L1].toString().isEmpty());
    QCOMPARE(ended.json()["doubtful"_L1], 1);
    const Ended plain = m_program.run(arguments);
    QVERIFY2(plain.out.startsWith("changed   (030) 23125-123  ->  +493023125123\n"
                                  "kept      +493023125123\n"
                                  "kept      (empty)\n"
                                  "doubtful  ask Tom  It has no digits.\n"),
             plain.out);
    const Ended options = json({u"repair"_s, u"try"_s, u"options"_s, u"--values"_s, u"-"_s,
                                u"--options"_s, u"l=Lead;c=Customer"_s},
                               "Custmer\nlead\n");
    QCOMPARE(options.code, 0);
    QCOMPARE(options.json()["results"_L1][0]["value"_L1], u"c"_s);
    QCOMPARE(options.json()["results"_L1][1]["value"_L1], u"l"_s);
    const Ended near = m_program.run(
        {u"repair"_s, u"try"_s, u"phone"_s, u"--values"_s, u"-"_s, u"--country"_s, u"DE"_s},
        "030 23125042 ext. 12\n");
    QCOMPARE(near.code, 1);
    QVERIFY2(near.out.contains(" Perhaps \"+493023125042\"."), near.out);
}

void TestCliRepair::refusesWrongSettings_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("country") << QStringList {u"phone"_s, u"--country"_s, u"Germany"_s}
                             << u"\"Germany\" is not a country"_s;
    QTest::newRow("language") << QStringList {u"name-case"_s, u"--language"_s, u"Klingon"_s}
                              << u"\"Klingon\" is not the code of a language"_s;
    QTest::newRow("unknown code") << QStringList {u"name-case"_s, u"--language"_s, u"xx-DE"_s}
                                  << u"code of a language"_s;
    QTest::newRow("no options") << QStringList {u"options"_s} << u"needs the options"_s;
}

void TestCliRepair::refusesWrongSettings()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, words);
    m_program.write(u"a.csv"_s, "a,b\nLead,2\n");
    const QStringList recipe {arguments.first()};
    const QStringList rest = arguments.mid(1);
    for (const QStringList &verb :
         {QStringList {u"repair"_s, u"try"_s} + recipe + QStringList {u"--values"_s, u"a.csv"_s},
          QStringList {u"repair"_s, u"run"_s} + recipe
              + QStringList {u"a.csv"_s, u"--column"_s, u"a"_s, u"--dry-run"_s}}) {
        const Ended ended = json(verb + rest);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.error()["message"_L1].toString().contains(words), ended.out);
    }
}

void TestCliRepair::triesSeveralValues()
{
    const Ended split =
        json({u"repair"_s, u"try"_s, u"split-name"_s, u"--values"_s, u"-"_s}, "Jan van der Berg\n");
    QCOMPARE(split.json()["results"_L1][0]["values"_L1],
             (QJsonArray {u"Jan"_s, u"van der Berg"_s}));
    const Ended join =
        json({u"repair"_s, u"try"_s, u"join-name"_s, u"--values"_s, u"-"_s}, "Ada\tLovelace\n");
    QCOMPARE(join.json()["results"_L1][0]["value"_L1], u"Ada Lovelace"_s);
}

void TestCliRepair::refusesWhatCannotRun_data()
{
    QTest::addColumn<QByteArray>("recipe");
    QTest::addColumn<QString>("words");
    const QByteArray head = "hubkeeper-recipe 1\nname: x\ntitle: X\n";
    QTest::newRow("loops") << head + "repair: regex\nfind: a\nreplace: aa\nexamples:\n  a => aa\n"
                           << u"never comes to an end"_s;
    QTest::newRow("endless") << head
            + "repair: javascript\nscript:\n  while (true) {}\n"
              "examples:\n  a => b\n"
                             << u"longer than"_s;
    QTest::newRow("everything") << head
            + "repair: regex\nfind: ^.*$\nreplace: x\nexamples:\n"
              "  a => x\n" << u"changes every value"_s;
    QTest::newRow("example") << head + "repair: email\nexamples:\n  A@B.DE => A@B.DE\n"
                             << u"line 6"_s;
    QTest::newRow("word") << head + "repiar: email\n" << u"line 4"_s;
}

void TestCliRepair::refusesWhatCannotRun()
{
    QFETCH(const QByteArray, recipe);
    QFETCH(const QString, words);
    m_program.write(u"x.recipe"_s, recipe);
    m_program.write(u"x.csv"_s, "a,b\n1,2\n");
    for (const QStringList &arguments :
         {QStringList {u"repair"_s, u"try"_s, u"x.recipe"_s, u"--values"_s, u"x.csv"_s},
          QStringList {u"repair"_s, u"run"_s, u"x.recipe"_s, u"x.csv"_s, u"--column"_s, u"a"_s,
                       u"--output"_s, u"out.csv"_s}}) {
        const Ended ended = json(arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.error()["message"_L1].toString().contains(words), ended.out);
    }
    QVERIFY(!QFile::exists(m_program.path(u"out.csv"_s)));
}

void TestCliRepair::checksRecipes()
{
    m_program.write(u"bad.recipe"_s, "hubkeeper-recipe 1\nname: x\n");
    const Ended ended = json({u"repair"_s, u"check"_s, u"phone"_s, u"bad.recipe"_s});
    QCOMPARE(ended.code, 1);
    const QJsonArray recipes = ended.json()["recipes"_L1].toArray();
    QCOMPARE(recipes[0]["passed"_L1], true);
    QCOMPARE(recipes[1]["passed"_L1], false);
    QVERIFY(recipes[1]["message"_L1].toString().contains(u"bad.recipe"_s));
}

void TestCliRepair::repairsFiles_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("CSV") << u"a.csv"_s
                         << QByteArray("email;Phone Number;x\r\na@b.de;030 23125123;1\r\n"
                                       "b@b.de;ask Tom;\"2;3\"\r\nc@b.de\r\n")
                         << u"a-out.csv"_s
                         << QByteArray("email;Phone Number;x\r\na@b.de;+493023125123;1\r\n"
                                       "b@b.de;ask Tom;\"2;3\"\r\nc@b.de;;\r\n");
    QTest::newRow("JSON Lines") << u"a.jsonl"_s
                                << QByteArray("{\"phone\":\"030 23125123\",\"x\":\"\"}\n"
                                              "{\"phone\":\"ask Tom\",\"x\":\"1\"}\n")
                                << u"a-out.jsonl"_s
                                << QByteArray("{\"phone\":\"+493023125123\",\"x\":\"\"}\n"
                                              "{\"phone\":\"ask Tom\",\"x\":\"1\"}\n");
}

void TestCliRepair::repairsFiles()
{
    QFETCH(const QString, input);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, output);
    QFETCH(const QByteArray, expected);
    m_program.write(input, content);
    const QStringList run {u"repair"_s, u"run"_s, u"phone"_s, input, u"--country"_s, u"DE"_s};
    const Ended dry = json(run + QStringList {u"--dry-run"_s});
    QCOMPARE(dry.code, 1); // A doubtful one is left.
    QVERIFY(!QFile::exists(m_program.path(output)));
    const Ended ended =
        json(run + QStringList {u"--output"_s, output, u"--doubtful"_s, u"doubtful.csv"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(m_program.content(output), expected);
    QCOMPARE(ended.json()["changed"_L1], 1);
    QCOMPARE(ended.json()["doubtful"_L1], 1);
    QCOMPARE(ended.json()["changes"_L1][0]["before"_L1], u"030 23125123"_s);
    QVERIFY(m_program.content(u"doubtful.csv"_s).contains("ask Tom"));
    // Once more, over itself: nothing is left to change.
    const Ended again = json({u"repair"_s, u"run"_s, u"phone"_s, output, u"--country"_s, u"DE"_s,
                              u"--output"_s, output});
    QCOMPARE(again.json()["changed"_L1], 0);
    QCOMPARE(m_program.content(output), expected);
    const Ended workbook = json(run + QStringList {u"--output"_s, u"out.xlsx"_s});
    QCOMPARE(workbook.code, 1);
    const Ended read = json({u"import"_s, u"out.xlsx"_s, u"--parse"_s});
    QVERIFY2(read.out.contains("+493023125123"), read.out);
}

void TestCliRepair::fillsColumnsThatAreNotThere()
{
    m_program.write(u"mails.csv"_s, "email,company\nada@example.co.uk,Acme\nbob@gmail.com,\n");
    const Ended ended = m_program.run({u"repair"_s, u"run"_s, u"domain-from-email"_s,
                                       u"mails.csv"_s, u"--output"_s, u"domains.csv"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(m_program.content(u"domains.csv"_s),
             "email,company,domain\r\nada@example.co.uk,Acme,example.co.uk\r\nbob@gmail.com,,\r\n");
    QVERIFY2(ended.err.contains("row 3") && ended.err.contains("gmail.com"), ended.err);
    QVERIFY2(ended.out.contains("domain: 1 changed, 0 kept, 1 doubtful."), ended.out);
}

void TestCliRepair::leavesTheFileWholeOnFaults()
{
    m_program.write(u"long.csv"_s, "phone,x\n030 23125123,1\n1,2,3\n");
    const Ended lost = json({u"repair"_s, u"run"_s, u"phone"_s, u"long.csv"_s, u"--country"_s,
                             u"DE"_s, u"--output"_s, u"long.csv"_s});
    QCOMPARE(lost.code, 2);
    QVERIFY2(lost.error()["message"_L1].toString().contains(u"Row 3"_s), lost.out);
    QCOMPARE(m_program.content(u"long.csv"_s), "phone,x\n030 23125123,1\n1,2,3\n");
    const Ended column =
        json({u"repair"_s, u"run"_s, u"date"_s, u"long.csv"_s, u"--output"_s, u"out.csv"_s});
    QCOMPARE(column.code, 2);
    QVERIFY(column.error()["message"_L1].toString().contains(u"--column"_s)
            || column.error()["remedy"_L1].toString().contains(u"--column"_s));
    const Ended nowhere = json({u"repair"_s, u"run"_s, u"phone"_s, u"long.csv"_s});
    QCOMPARE(nowhere.code, 2);
    const Ended ending =
        json({u"repair"_s, u"run"_s, u"phone"_s, u"long.csv"_s, u"--output"_s, u"out.pdf"_s});
    QCOMPARE(ending.code, 2);
    const Ended missing = json({u"repair"_s, u"run"_s, u"phone"_s, u"none.csv"_s, u"--dry-run"_s});
    QCOMPARE(missing.code, 1);
}

void TestCliRepair::reportsOnFiles()
{
    m_program.write(u"people.csv"_s,
                    "email,phone,country,stage,born\n"
                    "a@example.org,+493023125123,DE,lead,2000-01-01\n"
                    "A@Example,030 23125123,DE,Leda,1.2.2000\n"
                    ",+12125550123,DE,lead,\n");
    const Ended ended =
        json({u"report"_s, u"people.csv"_s, u"--required"_s, u"email"_s, u"--country"_s, u"DE"_s,
              u"--date"_s, u"born"_s, u"--options"_s, u"stage:lead=Lead;customer=Customer"_s,
              u"--output"_s, u"found.csv"_s});
    QCOMPARE(ended.code, 1);
    const QJsonObject report = ended.json();
    QCOMPARE(report["rows"_L1], 3);
    QCOMPARE(report["badRows"_L1], 2);
    QStringList found;
    for (const QJsonValue &finding : report["findings"_L1].toArray())
        found.append(finding["row"_L1].toString() + u' ' + finding["kind"_L1].toString());
    QCOMPARE(found,
             (QStringList {u"3 badEmail"_s, u"3 badPhone"_s, u"3 badOption"_s, u"3 badDate"_s,
                           u"4 missing"_s, u"4 conflict"_s}));
    QCOMPARE(m_program.content(u"found.csv"_s).count('\n'), 7);
    m_program.write(u"fine.csv"_s, "email\na@example.org\n");
    QCOMPARE(json({u"report"_s, u"fine.csv"_s}).code, 0);
    QCOMPARE(json({u"report"_s}).code, 2);
    QCOMPARE(json({u"report"_s, u"fine.csv"_s, u"--required"_s, u"emial"_s}).code, 2);
}

void TestCliRepair::stagesRepairsOfRecords()
{
    Practice practice(m_program);
    QVERIFY(practice.isServing());
    const auto set = [&](const QString &id, const QString &value) {
        return m_program
            .run({u"update"_s, u"p.json"_s, u"contact"_s, id, u"--set"_s, value, u"--yes"_s})
            .code;
    };
    QCOMPARE(set(firstContact, u"phone=(030) 23125-123"_s), 0);
    QCOMPARE(set(secondContact, u"phone=ask Tom"_s), 0);
    const QStringList run {u"repair"_s,
                           u"run"_s,
                           u"phone"_s,
                           u"--connection"_s,
                           u"p.json"_s,
                           u"--object"_s,
                           u"contact"_s,
                           u"--country"_s,
                           u"DE"_s,
                           u"--column"_s,
                           u"phone"_s,
                           u"--filter"_s,
                           u"hs_object_id le 150000000002"_s};
    const Ended dry = json(run + QStringList {u"--dry-run"_s});
    QVERIFY2(dry.code == 1, dry.out + dry.err);
    QCOMPARE(dry.json()["rows"_L1], 2);
    QCOMPARE(dry.json()["changes"_L1][0]["after"_L1], u"+493023125123"_s);
    QCOMPARE(dry.json()["staged"_L1], 0);
    QCOMPARE(dry.json()["doubtfulValues"_L1][0]["id"_L1], secondContact);
    const Ended ended = json(run);
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.json()["staged"_L1], 1);
    const Ended shown = json({u"changes"_s, u"show"_s, u"p.json"_s});
    QVERIFY2(shown.out.contains("+493023125123") && shown.out.contains("(030) 23125-123"),
             shown.out + shown.err);
    const Ended again = json(run); // What is staged is not staged again.
    QCOMPARE(again.json()["staged"_L1], 0);
    QVERIFY2(again.out.contains("staged"), again.out);
    const Ended applied = json({u"changes"_s, u"apply"_s, u"p.json"_s, u"--yes"_s});
    QVERIFY2(applied.code == 0, applied.out + applied.err);
    const Ended got = json({u"get"_s, u"p.json"_s, u"contact"_s, firstContact});
    QVERIFY2(got.out.contains("+493023125123"), got.out);
    const Ended readOnly = json({u"repair"_s, u"run"_s, u"trim"_s, u"--connection"_s, u"p.json"_s,
                                 u"--object"_s, u"contact"_s, u"--column"_s, u"createdate"_s});
    QCOMPARE(readOnly.code, 2);
}

void TestCliRepair::savesRepairsAsChangeSet()
{
    Practice practice(m_program);
    QVERIFY(practice.isServing());
    QCOMPARE(m_program
                 .run({u"update"_s, u"p.json"_s, u"contact"_s, firstContact, u"--set"_s,
                       u"phone=(030) 23125-123"_s, u"--yes"_s})
                 .code,
             0);
    (void)m_program.run({u"changes"_s, u"discard"_s, u"p.json"_s, u"--yes"_s});
    const QStringList run {u"repair"_s,       u"run"_s,       u"phone"_s,
                           u"--connection"_s, u"p.json"_s,    u"--object"_s,
                           u"contact"_s,      u"--country"_s, u"DE"_s,
                           u"--column"_s,     u"phone"_s,     u"--save-changes"_s,
                           u"phones.json"_s,  u"--filter"_s,  u"hs_object_id eq 150000000001"_s};
    const Ended dry = json(run + QStringList {u"--dry-run"_s});
    QVERIFY2(dry.code == 0 && dry.json()["saved"_L1].isNull(), dry.out + dry.err);
    QVERIFY(!QFile::exists(m_program.path(u"phones.json"_s)));
    const Ended ended = json(run);
    QVERIFY2(ended.code == 0, ended.out + ended.err);
    QCOMPARE(ended.json()["saved"_L1], u"phones.json"_s);
    QVERIFY(json({u"changes"_s, u"list"_s}).list().isEmpty()); // Nothing is staged.
    QVERIFY(m_program.content(u"phones.json"_s).contains("hubkeeper-changes"));
    const Ended shown = json({u"changes"_s, u"show"_s, u"phones.json"_s});
    QVERIFY2(shown.out.contains("+493023125123"), shown.out + shown.err);
    const Ended applied =
        json({u"changes"_s, u"apply"_s, u"p.json"_s, u"phones.json"_s, u"--yes"_s});
    QVERIFY2(applied.code == 0, applied.out + applied.err);
    const Ended got = json({u"get"_s, u"p.json"_s, u"contact"_s, firstContact});
    QVERIFY2(got.out.contains("+493023125123"), got.out);
    m_program.write(u"a.csv"_s, "phone\n1\n");
    QCOMPARE(json({u"repair"_s, u"run"_s, u"phone"_s, u"a.csv"_s, u"--save-changes"_s, u"x.json"_s,
                   u"--dry-run"_s})
                 .code,
             2);
}

/// Of records, too: the first 1,000 are in JSON, all of them in the table.
void TestCliRepair::listsEveryDoubtfulValue()
{
    const auto practice = Practice::with(m_program,
                                         {u"--contacts"_s, u"1300"_s, u"--companies"_s, u"1"_s,
                                          u"--write-provisioner"_s, m_program.path(u"p.json"_s)});
    QVERIFY(practice->isServing());
    const Ended ended = json({u"repair"_s, u"run"_s, u"phone"_s, u"--connection"_s, u"p.json"_s,
                              u"--object"_s, u"contact"_s, u"--column"_s, u"firstname"_s,
                              u"--dry-run"_s, u"--doubtful"_s, u"all.csv"_s});
    QVERIFY2(ended.code == 1, ended.out.left(400) + ended.err.left(400));
    const int doubtful = ended.json()["doubtful"_L1].toInt();
    QVERIFY2(doubtful > 1'000, qPrintable(QString::number(doubtful)));
    QCOMPARE(ended.json()["doubtfulValues"_L1].toArray().size(), 1'000);
    QCOMPARE(m_program.content(u"all.csv"_s).count("\r\n"), doubtful + 1);
}

void TestCliRepair::reportsOnRecords()
{
    Practice practice(m_program);
    QVERIFY(practice.isServing());
    QCOMPARE(m_program
                 .run({u"update"_s, u"p.json"_s, u"contact"_s, firstContact, u"--set"_s,
                       u"phone=12"_s, u"--yes"_s})
                 .code,
             0);
    const Ended ended =
        json({u"report"_s, u"--connection"_s, u"p.json"_s, u"--object"_s, u"contact"_s,
              u"--columns"_s, u"phone,email"_s, u"--filter"_s, u"hs_object_id eq 150000000001"_s});
    QVERIFY2(ended.code == 1, ended.out + ended.err);
    QCOMPARE(ended.json()["findings"_L1][0]["kind"_L1], u"badPhone"_s);
    QCOMPARE(ended.json()["findings"_L1][0]["id"_L1], firstContact);
}

HUBKEEPER_TEST(TestCliRepair)
#include "tst_clirepair.moc"
