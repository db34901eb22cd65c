// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What --json prints has the shape that `hubkeeper-cli schemas` promises.
class TestCliSchemas : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void listsThem();
    void answers_data();
    void answers();

private:
    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_run;
};

void TestCliSchemas::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    QCOMPARE(m_program
                 .run({u"update"_s, u"p.json"_s, u"contact"_s, u"150000000001"_s, u"--set"_s,
                       u"city=Thun"_s})
                 .code,
             0);
    m_run = m_program.run({u"journal"_s, u"list"_s, u"--all"_s, u"--json"_s})
                .list()
                .at(0)["id"_L1]
                .toString();
    m_program.write(u"faulty.csv"_s, "id;name\n1;\"Anna\n2\n");
    m_program.write(u"contacts.csv"_s, "email,city,x\na@example.com,Bern,\nb,Chur,\n");
    m_program.write(u"people.csv"_s,
                    "firstname,email\nAnna,a@x.example\nAnna,a@x.example\nIna,i@x.example\n");
    m_program.write(u"rules.txt"_s, "match email same\n");
    m_program.write(u"encrypted.xlsx"_s, QByteArray::fromHex("D0CF11E0A1B11AE1"));
    m_program.write(u"faulty.json"_s, faultlessProvisioner().replace("\"enabled\"", "\"enbled\""));
}

void TestCliSchemas::listsThem()
{
    const QJsonArray list = m_program.run({u"schemas"_s, u"--json"_s}).list();
    const QDir folder(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/schemas"));
    QCOMPARE(list.size(), folder.entryList({u"*.json"_s}).size()); // None was forgotten.
    for (const QJsonValue &one : list) {
        const Ended ended = m_program.run({u"schemas"_s, one["name"_L1].toString()});
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.json()["$id"_L1], one["id"_L1]);
    }
    const Ended wrong = m_program.run({u"schemas"_s, u"serach"_s});
    QCOMPARE(wrong.code, 2);
    QVERIFY2(wrong.err.contains("Did you mean search?"), wrong.err);
}

void TestCliSchemas::answers_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QStringList>("arguments");
    const QString p = u"p.json"_s;
    const QString id = u"150000000001"_s;
    const auto row = [](const QString &schema, const QStringList &arguments) {
        QTest::newRow(qPrintable(schema + u": "_s + arguments.join(u' '))) << schema << arguments;
    };
    row(u"error"_s, {u"get"_s, p, u"contact"_s, u"1"_s});
    row(u"error"_s, {u"frobnicate"_s});
    for (const QString &name : {u"023-doc-sample-first"_s, u"029-policy-action-script-groovy"_s,
                                u"236-links-null-source"_s})
        row(u"idm-preview"_s,
            {u"idm"_s, u"preview"_s, u"--from"_s,
             QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/reconcile/vectors/%1.json").arg(name)});
    row(u"error"_s, {u"update"_s, p, u"contact"_s, id, u"--set"_s, u"nosuch=1"_s});
    row(u"search"_s, {u"search"_s, p, u"contact"_s});
    row(u"repair-list"_s, {u"repair"_s, u"list"_s});
    row(u"repair-check"_s, {u"repair"_s, u"check"_s, u"phone"_s, p});
    row(u"repair-try"_s, {u"repair"_s, u"try"_s, u"email"_s, u"--values"_s, u"faulty.csv"_s});
    row(u"repair-run"_s, {u"repair"_s, u"run"_s, u"email"_s, u"contacts.csv"_s, u"--dry-run"_s});
    row(u"repair-run"_s,
        {u"repair"_s, u"run"_s, u"trim"_s, u"--connection"_s, p, u"--object"_s, u"contact"_s,
         u"--dry-run"_s});
    row(u"report"_s, {u"report"_s, u"contacts.csv"_s});
    row(u"report"_s, {u"report"_s, u"--connection"_s, p, u"--object"_s, u"company"_s});
    row(u"import-parse"_s, {u"import"_s, p, u"--parse"_s});
    row(u"import-parse"_s, {u"import"_s, u"faulty.csv"_s, u"--parse"_s});
    row(u"import-parse"_s, {u"import"_s, u"encrypted.xlsx"_s, u"--parse"_s});
    row(u"import"_s,
        {u"import"_s, u"contacts.csv"_s, u"--connection"_s, p, u"--object"_s, u"contact"_s,
         u"--dry-run"_s});
    row(u"import"_s,
        {u"import"_s, u"contacts.csv"_s, u"--connection"_s, p, u"--object"_s, u"contact"_s});
    row(u"object"_s, {u"get"_s, p, u"contact"_s, id});
    row(u"object"_s, {u"update"_s, p, u"contact"_s, id, u"--set"_s, u"city=Bern"_s});
    row(u"dry-run"_s,
        {u"update"_s, p, u"contact"_s, id, u"--set"_s, u"city=Basel"_s, u"--dry-run"_s});
    row(u"test"_s, {u"test"_s, p});
    row(u"test"_s, {u"test"_s, p, u"--base-url"_s, u"http://127.0.0.1:1"_s});
    row(u"validate"_s, {u"validate"_s, u"faulty.json"_s});
    row(u"fix"_s, {u"fix"_s, u"faulty.json"_s, u"--dry-run"_s});
    row(u"diff"_s, {u"diff"_s, u"faulty.json"_s, p});
    row(u"schema-diff"_s, {u"schema"_s, u"diff"_s, p, u"--all"_s});
    row(u"script"_s, {u"script"_s, p, u"--source"_s, u"1"_s, u"--dry-run"_s});
    row(u"connections"_s, {u"connections"_s, u"list"_s});
    row(u"connection"_s, {u"connections"_s, u"show"_s, p});
    row(u"connection"_s, {u"connections"_s, u"set"_s, p, u"--reserve"_s, u"5"_s});
    row(u"secrets-where"_s, {u"secrets"_s, u"where"_s, p});
    row(u"secrets-check"_s, {u"secrets"_s, u"check"_s});
    row(u"associations-labels"_s, {u"associations"_s, u"labels"_s, p, u"contact"_s, u"company"_s});
    row(u"associations-list"_s, {u"associations"_s, u"list"_s, p, u"contact"_s, id});
    row(u"associations-write"_s,
        {u"associations"_s, u"add"_s, p, u"contact"_s, id, u"company"_s, u"30000000001"_s});
    row(u"dry-run"_s,
        {u"associations"_s, u"remove"_s, p, u"contact"_s, id, u"company"_s, u"30000000001"_s,
         u"--dry-run"_s});
    row(u"changes-list"_s, {u"changes"_s, u"list"_s});
    row(u"changes-show"_s, {u"changes"_s, u"list"_s, p});
    row(u"changes-groups"_s, {u"changes"_s, u"list"_s, p, u"--group"_s});
    row(u"changes-exclude"_s, {u"changes"_s, u"exclude"_s, p, u"--all"_s});
    row(u"changes-plan"_s, {u"changes"_s, u"plan"_s, p});
    row(u"changes-apply"_s, {u"changes"_s, u"apply"_s, p, u"--dry-run"_s});
    row(u"changes-discard"_s, {u"changes"_s, u"discard"_s, p, u"--yes"_s});
    row(u"view"_s,
        {u"views"_s, u"add"_s, p, u"contact"_s, u"Leads"_s, u"--filter"_s,
         u"lifecyclestage eq \"lead\""_s, u"--columns"_s, u"email,city"_s,
         u"--sort=-createdate,_id"_s});
    row(u"duplicates"_s, {u"duplicates"_s, u"people.csv"_s, u"--explain"_s});
    row(u"duplicates"_s, {u"duplicates"_s, p, u"--type"_s, u"company"_s});
    row(u"duplicates-orphans"_s, {u"duplicates"_s, p, u"--orphans"_s});
    row(u"duplicates-try"_s,
        {u"duplicates"_s, u"people.csv"_s, u"--rules"_s, u"rules.txt"_s, u"--try"_s});
    row(u"views"_s, {u"views"_s, u"list"_s, p});
    row(u"view"_s,
        {u"views"_s, u"set"_s, p, u"contact"_s, u"Leads"_s, u"--rename"_s, u"New leads"_s});
    row(u"view"_s, {u"views"_s, u"show"_s, p, u"contact"_s, u"New leads"_s});
    row(u"view"_s, {u"views"_s, u"remove"_s, p, u"contact"_s, u"New leads"_s});
    row(u"snapshot"_s, {u"snapshot"_s, u"take"_s, p, u"-o"_s, u"s.hubsnapshot"_s});
    row(u"snapshot"_s, {u"snapshot"_s, u"show"_s, u"s.hubsnapshot"_s});
    row(u"snapshots"_s, {u"snapshot"_s, u"list"_s, u"--folder"_s, u"."_s});
    row(u"snapshot-diff"_s, {u"snapshot"_s, u"diff"_s, u"s.hubsnapshot"_s, u"--live"_s, p});
    row(u"snapshot-stage"_s,
        {u"snapshot"_s, u"stage"_s, u"s.hubsnapshot"_s, u"--class"_s, u"contact"_s, u"--ids"_s, id,
         u"--set"_s, u"city=Aarau"_s, u"--save-changes"_s, u"s.jsonl"_s});
    row(u"rehearse"_s, {u"rehearse"_s, u"s.jsonl"_s, u"--snapshot"_s, u"s.hubsnapshot"_s});
    row(u"changes-keys"_s, {u"changes"_s, u"keys"_s, u"list"_s});
    row(u"policy"_s, {u"policy"_s, u"show"_s});
    row(u"policy-check"_s, {u"policy"_s, u"check"_s, u"faulty.json"_s});
    const QStringList two {u"--primary"_s, id, u"--merged"_s, u"150000000002"_s};
    row(u"merge"_s, QStringList {u"merge"_s, p, u"contact"_s} + two + QStringList {u"--dry-run"_s});
    row(u"merge-group"_s,
        QStringList {u"merge"_s, p, u"contact"_s} + two
            + QStringList {u"--merged"_s, u"150000000003"_s, u"--dry-run"_s});
    row(u"merge"_s, QStringList {u"merge"_s, p, u"contact"_s} + two + QStringList {u"--stage"_s});
    row(u"history"_s, {u"history"_s, p, u"contact"_s, id});
    row(u"history"_s, {u"history"_s, p, u"contact"_s, id, u"--since"_s, u"2020-01-01"_s});
    row(u"history-as-of"_s, {u"history"_s, p, u"contact"_s, id, u"--as-of"_s, u"2020-01-01"_s});
    row(u"journal-search"_s, {u"journal"_s, u"search"_s, u"--record"_s, id});
    row(u"journal-list"_s, {u"journal"_s, u"list"_s, p});
    row(u"journal-resolve"_s, {u"journal"_s, u"resolve"_s, p});
    row(u"journal-verify"_s, {u"journal"_s, u"verify"_s});
    row(u"journal-show"_s, {u"journal"_s, u"show"_s, p, u"RUN"_s});
    row(u"journal-revert"_s, {u"journal"_s, u"revert"_s, p, u"RUN"_s, u"--dry-run"_s});
}

void TestCliSchemas::answers()
{
    QFETCH(const QString, schema);
    QFETCH(QStringList, arguments);
    arguments.replaceInStrings(u"RUN"_s, m_run);
    const Ended ended = m_program.run(QStringList {u"--json"_s} + arguments);
    QJsonParseError parsing;
    const QJsonDocument answer = QJsonDocument::fromJson(ended.out, &parsing);
    QVERIFY2(!answer.isNull(), ended.out + ended.err);
    const QJsonObject expected = m_program.run({u"schemas"_s, schema}).json();
    QVERIFY(!expected.isEmpty());
    const QJsonValue value =
        answer.isArray() ? QJsonValue(answer.array()) : QJsonValue(answer.object());
    const QString fault = faultIn(value, expected);
    QVERIFY2(fault.isEmpty(), qPrintable(fault + u'\n' + QString::fromUtf8(ended.out)));
}

HUBKEEPER_TEST(TestCliSchemas)
#include "tst_clischemas.moc"
