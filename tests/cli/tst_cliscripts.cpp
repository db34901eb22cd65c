// SPDX-License-Identifier: MIT
#include "clipracticerig.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `script` against `practice`: what it prints, where its text comes from, and how it fails.
class TestCliScripts : public QObject, private CliPracticeRig
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void revertsAScriptWithDefinitions();
    void scripts();
    void scriptById();
    void scriptFailures_data();
    void scriptFailures();
    void searchOptions_data();
    void searchOptions();
    void failedScriptsNameTheirRun();
    void scriptObeysTheMode();
};

void TestCliScripts::initTestCase()
{
    startPractice();
}

void TestCliScripts::cleanupTestCase()
{
    m_practice.reset();
}

/// A script that makes a property and fills it, taken back: the value first, then the property.
void TestCliScripts::revertsAScriptWithDefinitions()
{
    const Ended ended =
        json({u"script"_s},
             {u"--source"_s,
              QStringLiteral("connector.create('contactProperties', {name: 'hat_size', label: 'Hat "
                             "size', type: 'string',"
                             " fieldType: 'text', groupName: 'contactinformation'});"
                             "connector.update('contact', '%1', {city: 'Hatfield'}); 1")
                  .arg(contact)});
    QCOMPARE(ended.code, 0);
    const Ended back =
        json({u"journal"_s, u"revert"_s}, {ended.json()["journalRun"_L1].toString(), u"--yes"_s});
    QCOMPARE(back.code, 0);
    QCOMPARE(back.json()["applied"_L1].toInt(), 2);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"hat_size"_s}).code, 1);
    QVERIFY(json({u"get"_s}, {u"contact"_s, contact}).json()["city"_L1].toString()
            != "Hatfield"_L1);
}

void TestCliScripts::scripts()
{
    const Ended ended = json({u"script"_s},
                             {u"--source"_s, u"console.log('hello', who); ({n: count + 1})"_s,
                              u"--arg"_s, u"who=world"_s, u"--arg"_s, u"count:=2"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["actions"_L1].toArray().at(0)["result"_L1]["n"_L1].toInt(), 3);
    QCOMPARE(ended.json()["console"_L1].toArray().at(0).toString(), u"hello world"_s);

    const QString source = u"connector.update('contact', '%1', {city: 'Bern'}).city"_s.arg(contact);
    const Ended dry = json({u"script"_s}, {u"--source"_s, source, u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    const QJsonObject write = dry.json()["writes"_L1].toArray().at(0).toObject();
    QCOMPARE(write["operation"_L1].toString(), u"update"_s);
    QCOMPARE(write["_id"_L1].toString(), contact);
    const auto city = [this] {
        return json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"city"_s})
            .json()["city"_L1]
            .toString();
    };
    QVERIFY(city() != "Bern"_L1);

    const QString file = m_program.write(u"move.js"_s, source.toUtf8());
    const Ended sent = run({u"script"_s, m_file, u"--file"_s, file});
    QCOMPARE(sent.code, 0);
    QCOMPARE(sent.out, "\"Bern\"\n");
    QCOMPARE(city(), u"Bern"_s);
    QVERIFY(sent.err.contains("Journal run "));

    const Ended again = json(
        {u"script"_s},
        {u"--source"_s, u"connector.update('contact', '%1', {city: 'Thun'}).city"_s.arg(contact)});
    const QString journalRun = again.json()["journalRun"_L1].toString();
    QCOMPARE(city(), u"Thun"_s);
    const QJsonObject row = json({u"journal"_s, u"show"_s}, {journalRun}).list().at(0).toObject();
    QCOMPARE(row["cells"_L1]["city"_L1]["old"_L1].toString(), u"Bern"_s);
    QCOMPARE(row["cells"_L1]["city"_L1]["new"_L1].toString(), u"Thun"_s);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {journalRun}).code, 0);
    QCOMPARE(city(), u"Bern"_s);
}

void TestCliScripts::scriptById()
{
    QByteArray provisioner = m_program.content(u"p.json"_s);
    provisioner.insert(provisioner.indexOf('{') + 1,
                       R"("systemActions": [{"scriptId": "probe", "actions": [{"systemType":
                          ".*HubspotConnector", "actionType": "javascript",
                          "actionSource": "6 * 7"}]}, {"scriptId": "old", "actions": [{"systemType":
                          ".*", "actionType": "groovy", "actionSource": "println 1"}]}],)");
    m_program.write(u"p.json"_s, provisioner);
    const Ended ended = run({u"script"_s, m_file, u"--id"_s, u"probe"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.out, "42\n");
    QCOMPARE(json({u"script"_s}, {u"--id"_s, u"none"_s}).code, 1);
    const Ended groovy = json({u"script"_s}, {u"--id"_s, u"old"_s});
    QCOMPARE(groovy.code, 2);
    QVERIFY(groovy.err.contains("server only"));
}

void TestCliScripts::scriptFailures_data()
{
    QTest::addColumn<QStringList>("rest");
    QTest::addColumn<int>("code");
    QTest::newRow("throws") << QStringList {u"--source"_s, u"throw new Error('no')"_s} << 1;
    QTest::newRow("throws a text") << QStringList {u"--source"_s, u"throw 'stop'"_s} << 1;
    QTest::newRow("throws an object") << QStringList {u"--source"_s, u"throw {code: 1}"_s} << 1;
    QTest::newRow("throws null") << QStringList {u"--source"_s, u"throw null"_s} << 1;
    QTest::newRow("rejects") << QStringList {u"--source"_s, u"Promise.reject('no')"_s} << 1;
    QTest::newRow("passes on what is not there")
        << QStringList {u"--source"_s, u"connector.get('contact', '1')"_s} << 1;
    QTest::newRow("passes on a refused argument")
        << QStringList {u"--source"_s, u"connector.get('nothing', '1')"_s} << 2;
    QTest::newRow("throws it as its own")
        << QStringList {u"--source"_s,
                        u"try { connector.get('nothing', '1') } catch (e) { throw new Error('No: ' "
                        "+ e.message) }"_s}
        << 1;
    QTest::newRow("too much memory")
        << QStringList {u"--source"_s, u"let t = 'x'; for (;;) { t += t; t.indexOf('y'); }"_s,
                        u"--memory"_s, u"64"_s}
        << 1;
    for (const char *seconds : {"nan", "inf", "-inf", "-1", "0", "1e9", "soon"})
        QTest::addRow("timeout %s", seconds)
            << QStringList {u"--source"_s, u"1"_s,
                            u"--timeout=%1"_s.arg(QLatin1StringView(seconds))}
            << 2;
    for (const char *megabytes : {"0", "-1", "nan", "1000000"})
        QTest::addRow("memory %s", megabytes)
            << QStringList {u"--source"_s, u"1"_s,
                            u"--memory=%1"_s.arg(QLatin1StringView(megabytes))}
            << 2;
    QTest::newRow("no JavaScript") << QStringList {u"--source"_s, u"if ("_s} << 2;
    QTest::newRow("endless") << QStringList {u"--source"_s, u"while (true) {}"_s, u"--timeout"_s,
                                             u"0.2"_s}
                             << 4;
    QTest::newRow("argument without value")
        << QStringList {u"--source"_s, u"1"_s, u"--arg"_s, u"x"_s} << 2;
    QTest::newRow("argument that is not JSON")
        << QStringList {u"--source"_s, u"1"_s, u"--arg"_s, u"x:={"_s} << 2;
    QTest::newRow("two sources") << QStringList {u"--source"_s, u"1"_s, u"--file"_s, u"x.js"_s}
                                 << 2;
    QTest::newRow("no such file") << QStringList {u"--file"_s, u"missing.js"_s} << 2;
}

void TestCliScripts::scriptFailures()
{
    QFETCH(QStringList, rest);
    QTEST(json({u"script"_s}, rest).code, "code");
}

void TestCliScripts::searchOptions_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArrayList>("refusal"); // Empty: sorted by e-mail, the last one first.
    const auto row = [](const char *name, const QString &options, const QByteArrayList &refusal) {
        QTest::newRow(name) << options << refusal;
    };
    // clang-format off
    row("a text",          u"sortKeys: '-email'"_s,                                   {});
    row("a list",          u"sortKeys: ['-email', '+city']"_s,                        {});
    row("objects",         u"sortKeys: [{field: 'email', ascending: false}]"_s,       {});
    row("ICF's objects",   u"sortKeys: [{field: '/email', isAscendingOrder: false}, {field: 'city'}]"_s, {});
    row("the first page",  u"sortKeys: '-email', cookie: null"_s,                     {});
    row("unknown",         u"sortKey: '-email'"_s,                                    {"sortKey", "sortKeys", "pageSize"});
    row("a number",        u"sortKeys: 5"_s,                                          {"sortKeys"});
    row("a nameless key",  u"sortKeys: [{ascending: false}]"_s,                       {"sortKeys", "field"});
    row("an unknown key",  u"sortKeys: [{field: 'email', descending: true}]"_s,       {"descending", "ascending"});
    row("no list",         u"fields: 'email'"_s,                                      {"fields"});
    row("numbers",         u"fields: [1]"_s,                                          {"fields"});
    row("a text as size",  u"pageSize: '5'"_s,                                        {"pageSize"});
    row("a half",          u"offset: 1.5"_s,                                          {"offset"});
    row("a number as cookie", u"cookie: 5"_s,                                         {"cookie"});
    // clang-format on
}

/// What is not understood is an error, not passed over.
void TestCliScripts::searchOptions()
{
    QFETCH(const QString, options);
    QFETCH(const QByteArrayList, refusal);
    const Ended ended = json(
        {u"script"_s},
        {u"--source"_s,
         u"connector.search('contact', 'true', {%1}).result.map(o => o.email)"_s.arg(options)});
    if (!refusal.isEmpty()) {
        QCOMPARE(ended.code, 2);
        for (const QByteArray &word : refusal)
            QVERIFY2(ended.err.contains(word), ended.err);
        return;
    }
    QVERIFY2(ended.code == 0, ended.err);
    QStringList emails;
    for (const QJsonValue &email : ended.json()["actions"_L1][0]["result"_L1].toArray())
        emails.append(email.toString());
    QStringList sorted = emails;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    QVERIFY(emails.size() >= 12);
    QCOMPARE(emails, sorted);
}

/// What was written before the failure is named, so that it can be taken back.
void TestCliScripts::failedScriptsNameTheirRun()
{
    const Ended failed = json({u"script"_s}, {u"--source"_s, uR"(
        connector.update("contact", "%1", {city: "Thun"});
        throw "late")"_s.arg(contact)});
    QCOMPARE(failed.code, 1);
    QCOMPARE(failed.error()["exitCode"_L1].toInt(), 1);
    QVERIFY(failed.error()["message"_L1].toString().contains(u"(line 3): late"_s));
    const QString journalRun = failed.json()["journalRun"_L1].toString();
    QVERIFY(!journalRun.isEmpty());
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {journalRun}).code, 0);
}

void TestCliScripts::scriptObeysTheMode()
{
    setMode(u"read-only"_s);
    const QString writes = u"connector.remove('contact', '%1')"_s.arg(contact);
    const Ended refused = json({u"script"_s}, {u"--source"_s, writes});
    const Ended reads = json({u"script"_s}, {u"--source"_s, u"connector.test().ok"_s});
    setMode(u"free"_s);
    QCOMPARE(refused.code, 7);
    QVERIFY(refused.err.contains("read-only"));
    QCOMPARE(reads.code, 0);
    QCOMPARE(json({u"get"_s}, {u"contact"_s, contact}).code, 0);
}

HUBKEEPER_TEST(TestCliScripts)
#include "tst_cliscripts.moc"
