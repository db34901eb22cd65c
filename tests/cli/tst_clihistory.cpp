// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Property history, values of a moment, and the search of the journal, by the real program.
class TestCliHistory final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void saysWhoAndSince();
    void stagesValuesOfAMoment();
    void saysWhatHubSpotDoesNotKeep_data();
    void saysWhatHubSpotDoesNotKeep();
    void whatOthersChangedSince();
    void chosenByConditions();
    void refusals_data();
    void refusals();
    void findsInTheJournal_data();
    void findsInTheJournal();
    void marksAlteredEntries();

private:
    Ended run(const QStringList &arguments) { return m_portal->program().run(arguments); }
    Ended history(const QStringList &arguments)
    {
        return run(QStringList {u"history"_s, m_file, u"contact"_s} + arguments
                   + QStringList {u"--json"_s});
    }
    void edit(const QString &property, const QString &value, int user, const QString &id = {})
    {
        m_portal->practice().control(
            {{u"edits"_s,
              QJsonArray {QJsonObject {{u"type"_s, u"contacts"_s},
                                       {u"id"_s, id.isEmpty() ? m_contact : id},
                                       {u"userId"_s, user},
                                       {u"properties"_s, QJsonObject {{property, value}}}}}}});
    }
    void passTime(int minutes = 1)
    {
        m_portal->practice().control(
            {{u"clock"_s, QJsonObject {{u"advanceMs"_s, minutes * 60'000}}}});
    }
    [[nodiscard]] QString portalTime() { return m_portal->practice().state()["now"_L1].toString(); }
    [[nodiscard]] QString made(const QStringList &values)
    {
        QStringList arguments {u"create"_s, m_file, u"contact"_s};
        for (const QString &value : values)
            arguments << u"--set"_s << value;
        return QString::fromUtf8(run(arguments).out.trimmed());
    }

    std::unique_ptr<ServedPortal> m_portal;
    QString m_file;
    QString m_contact;
};

void TestCliHistory::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"20"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->practice().isServing());
    m_portal->program().withoutKeychain();
    m_file = m_portal->program().path(u"p.json"_s);
}

void TestCliHistory::init()
{
    m_portal->practice().control({{u"reset"_s, true}, {u"clearRequests"_s, true}});
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s}).code, 0);
    QDir(m_portal->program().path(u"data/hubkeeper"_s)).removeRecursively();
    m_contact = made({u"email=ada@example.org"_s, u"jobtitle=Clerk"_s});
    QVERIFY(!m_contact.isEmpty());
    passTime();
}

void TestCliHistory::saysWhoAndSince()
{
    const QJsonObject owner =
        m_portal->get("/crm/v3/owners?limit=1").json()["results"_L1].toArray().at(0).toObject();
    edit(u"jobtitle"_s, u"Chef"_s, owner["userId"_L1].toInt());
    passTime();
    edit(u"jobtitle"_s, u"Cook"_s, 0);
    const Ended shown = history({m_contact, u"--property"_s, u"jobtitle"_s});
    QVERIFY2(shown.code == 0, shown.err);
    const QJsonObject one = shown.list().at(0).toObject();
    QCOMPARE(one["now"_L1].toString(), u"Cook"_s);
    QCOMPARE(one["kept"_L1].toInt(), 45);
    QVERIFY(!one["mayHaveMore"_L1].toBool());
    const QJsonArray values = one["values"_L1].toArray();
    QCOMPARE(values.size(), 3);
    QCOMPARE(values.at(0)["sourceType"_L1].toString(), u"AUTOMATION_PLATFORM"_s);
    QCOMPARE(values.at(1)["value"_L1].toString(), u"Chef"_s);
    QCOMPARE(values.at(1)["sourceType"_L1].toString(), u"CRM_UI"_s);
    QCOMPARE(values.at(1)["userId"_L1].toString(), QString::number(owner["userId"_L1].toInteger()));
    QVERIFY(values.at(1)["user"_L1].toString().contains(owner["firstName"_L1].toString()));
    QCOMPARE(values.at(2)["sourceType"_L1].toString(), u"INTEGRATION"_s);
    const Ended table =
        run({u"history"_s, m_file, u"contact"_s, m_contact, u"--property"_s, u"jobtitle"_s});
    QVERIFY2(table.out.contains("by a workflow") && table.out.contains("by an app"), table.out);
}

void TestCliHistory::stagesValuesOfAMoment()
{
    const QString moment = portalTime();
    passTime();
    edit(u"jobtitle"_s, u"Chef"_s, 5);
    edit(u"phone"_s, u"123"_s, 5);
    const QStringList asOf {m_contact,       u"--property"_s, u"jobtitle"_s,
                            u"--property"_s, u"phone"_s,      u"--property"_s,
                            u"createdate"_s, u"--as-of"_s,    moment};
    const Ended shown = history(asOf);
    QVERIFY2(shown.code == 0, shown.err);
    QCOMPARE(shown.json()["cells"_L1].toInt(), 2);
    QVERIFY(!shown.json()["staged"_L1].toBool());
    QVERIFY(run({u"changes"_s, u"list"_s, m_file, u"--json"_s}).list().isEmpty());
    const Ended staged = history(asOf + QStringList {u"--stage"_s});
    QVERIFY2(staged.code == 0, staged.err);
    QVERIFY(staged.json()["staged"_L1].toBool());
    const Ended applied = run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.err);
    const Ended now =
        history({m_contact, u"--property"_s, u"jobtitle"_s, u"--property"_s, u"phone"_s});
    QCOMPARE(now.list().at(0)["now"_L1].toString(), u"Clerk"_s);
    QVERIFY(now.list().at(1)["now"_L1].toString().isEmpty()); // It had none then.
}

void TestCliHistory::saysWhatHubSpotDoesNotKeep_data()
{
    QTest::addColumn<int>("changes");
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("all are kept") << 43 << true;
    QTest::newRow("the oldest are gone") << 45 << false;
}

/// A contact's property keeps 45 values; what lies before is said, not guessed.
void TestCliHistory::saysWhatHubSpotDoesNotKeep()
{
    QFETCH(int, changes);
    QFETCH(bool, isKnown);
    const QString moment = portalTime();
    passTime();
    for (int i = 0; i < changes; ++i)
        edit(u"jobtitle"_s, u"Job %1"_s.arg(i), 5);
    const Ended shown = history({m_contact, u"--property"_s, u"jobtitle"_s, u"--as-of"_s, moment});
    QCOMPARE(shown.json()["notKnown"_L1].toInt(), isKnown ? 0 : 1);
    QCOMPARE(shown.code, isKnown ? 0 : 1);
    const QJsonObject cell = shown.json()["values"_L1].toArray().at(0).toObject();
    QCOMPARE(cell["known"_L1].toBool(), isKnown);
    QCOMPARE(cell["then"_L1].isNull(), !isKnown);
    QCOMPARE(cell["reason"_L1].toString().contains(u"45"_s), !isKnown);
}

void TestCliHistory::whatOthersChangedSince()
{
    edit(u"phone"_s, u"1"_s, 5);
    passTime();
    const QString since = portalTime();
    passTime();
    edit(u"jobtitle"_s, u"Chef"_s, 7);
    const Ended shown = history({m_contact, u"--property"_s, u"jobtitle"_s, u"--property"_s,
                                 u"phone"_s, u"--since"_s, since});
    QVERIFY2(shown.code == 0, shown.err);
    QCOMPARE(shown.list().size(), 1);
    QCOMPARE(shown.list().at(0)["old"_L1].toString(), u"Clerk"_s);
    QCOMPARE(shown.list().at(0)["value"_L1].toString(), u"Chef"_s);
    QCOMPARE(shown.list().at(0)["userId"_L1].toString(), u"7"_s);
}

void TestCliHistory::chosenByConditions()
{
    const Ended shown =
        history({u"--where"_s, u"jobtitle eq \"Clerk\""_s, u"--property"_s, u"jobtitle"_s});
    QVERIFY2(shown.code == 0, shown.err);
    QVERIFY(!shown.list().isEmpty());
    QStringList ids;
    const QJsonArray list = shown.list();
    for (const QJsonValue &one : list)
        ids.append(one["id"_L1].toString());
    QVERIFY(ids.contains(m_contact));
}

void TestCliHistory::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no record") << QStringList {} << QByteArray("Which records?");
    QTest::newRow("both") << QStringList {firstContact, u"--where"_s, u"email pr"_s}
                          << QByteArray("both say which records");
    QTest::newRow("no property") << QStringList {firstContact, u"--property"_s, u"jobtitel"_s}
                                 << QByteArray("Did you mean");
    QTest::newRow("no time") << QStringList {firstContact, u"--as-of"_s, u"yesterday"_s}
                             << QByteArray("is not a time");
    QTest::newRow("no moment") << QStringList {firstContact, u"--stage"_s} << QByteArray("--as-of");
    QTest::newRow("a bad filter") << QStringList {u"--where"_s, u"jobtitle eq"_s}
                                  << QByteArray("filter");
}

void TestCliHistory::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Ended refused = run(QStringList {u"history"_s, m_file, u"contact"_s} + arguments);
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains(says), refused.err);
}

void TestCliHistory::findsInTheJournal_data()
{
    QTest::addColumn<QStringList>("query");
    QTest::addColumn<int>("rows");
    QTest::newRow("record") << QStringList {u"--record"_s, u"ID"_s} << 2;
    QTest::newRow("record and property")
        << QStringList {u"--record"_s, u"ID"_s, u"--property"_s, u"PHONE"_s} << 1;
    QTest::newRow("property") << QStringList {u"--property"_s, u"jobtitle"_s} << 2;
    QTest::newRow("no such property") << QStringList {u"--property"_s, u"job"_s} << 0;
    QTest::newRow("text") << QStringList {u"gardener"_s} << 1;
    QTest::newRow("a text with wild cards") << QStringList {u"Gard_ner"_s} << 0;
    QTest::newRow("somebody else") << QStringList {u"--user"_s, u"nobody-else"_s} << 0;
    QTest::newRow("before all") << QStringList {u"--until"_s, u"2020-01-01"_s} << 0;
    QTest::newRow("since 2020") << QStringList {u"--from"_s, u"2020-01-01"_s} << 3;
    QTest::newRow("failed ones") << QStringList {u"--outcome"_s, u"failed"_s} << 0;
    QTest::newRow("companies") << QStringList {u"--class"_s, u"company"_s} << 0;
    QTest::newRow("part of an id") << QStringList {u"--record"_s, u"15000000000"_s} << 0;
    QTest::newRow("one of them") << QStringList {u"--from"_s, u"2020-01-01"_s, u"--most"_s, u"1"_s}
                                 << 1;
}

void TestCliHistory::findsInTheJournal()
{
    QFETCH(QStringList, query);
    QFETCH(int, rows);
    QVERIFY(!made({u"email=gina@example.org"_s, u"jobtitle=Gardener"_s}).isEmpty());
    QCOMPARE(run({u"update"_s, m_file, u"contact"_s, m_contact, u"--set"_s, u"phone=77"_s}).code,
             0);
    query.replaceInStrings(u"ID"_s, m_contact);
    const Ended found =
        run(QStringList {u"journal"_s, u"search"_s} + query + QStringList {u"--json"_s});
    QVERIFY2(found.code == 0, found.err);
    const QJsonArray hits = found.json()["rows"_L1].toArray();
    QCOMPARE(hits.size(), rows);
    QCOMPARE(found.json()["more"_L1].toBool(), query.contains(u"--most"_s));
    if (rows == 0)
        return;
    QCOMPARE(hits.at(0)["mark"_L1].toString(), u"notSealed"_s); // There is no keychain here.
    QCOMPARE(hits.at(0)["row"_L1]["outcome"_L1].toString(), u"applied"_s);
    QVERIFY(!hits.at(0)["user"_L1].toString().isEmpty());
}

void TestCliHistory::marksAlteredEntries()
{
    const QString path = m_portal->program().path(u"data/hubkeeper/journal.sqlite"_s);
    QVERIFY(QFile::exists(path));
    QProcess sqlite;
    sqlite.start(u"sqlite3"_s,
                 {path,
                  u"DROP TRIGGER entries_are_final; UPDATE entries SET body ="
                  " replace(body, 'Clerk', 'Crook');"_s});
    if (!sqlite.waitForFinished() || sqlite.exitCode() != 0)
        QSKIP("sqlite3 is not installed");
    const Ended found = run({u"journal"_s, u"search"_s, u"crook"_s, u"--json"_s});
    QCOMPARE(found.code, 8);
    QCOMPARE(found.json()["rows"_L1].toArray().at(0)["mark"_L1].toString(), u"altered"_s);
}

HUBKEEPER_TEST(TestCliHistory)
#include "tst_clihistory.moc"
