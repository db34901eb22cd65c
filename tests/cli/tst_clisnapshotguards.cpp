// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString aCompany = u"30000000001"_s;
const QString anotherCompany = u"30000000002"_s;

} // namespace

/// What `snapshot` refuses rather than lose or pass on, as processes.
class TestCliSnapshotGuards : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aChangedBaseIsRefused_data();
    void aChangedBaseIsRefused();
    void derivedValuesFollowAssociations();
    void replacesOnlyWhenTold();
    void keepsAnUnfinishedOneOfSomethingElse();
    void checksThePlaceFirst_data();
    void checksThePlaceFirst();
    void latestIsTheNewestThatFits();
    void comparesOnlyTheSameScope();
    void connectionsOfOneNameAreToldApart();

private:
    Ended run(const QStringList &words) { return m_program.run(words); }
    Ended json(QStringList words) { return m_program.run(words << u"--json"_s); }
    Ended take(const QString &name, const QStringList &more = {})
    {
        return json(QStringList {u"snapshot"_s, u"take"_s, u"p.json"_s, u"-o"_s, name} + more);
    }
    Ended diff(const QString &before, const QString &after, const QStringList &more = {})
    {
        return json(QStringList {u"snapshot"_s, u"diff"_s, before, after} + more);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliSnapshotGuards::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = Practice::with(
        m_program,
        {u"--contacts"_s, u"30"_s, u"--companies"_s, u"6"_s, u"--control"_s, u"--index-delay-ms"_s,
         u"0"_s, u"--limit"_s, u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s,
         u"--limit"_s, u"associationsPerWindow=0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_practice->isServing());
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s}).code, 0);
    QCOMPARE(take(u"first"_s).code, 0);
    QCOMPARE(take(u"contacts"_s, {u"--class"_s, u"contact"_s}).code, 0);
}

void TestCliSnapshotGuards::aChangedBaseIsRefused_data()
{
    QTest::addColumn<std::string>("change");
    QTest::newRow("value") << std::string("UPDATE contacts SET cells = replace(cells, 'a', 'b')");
    QTest::newRow("record") << std::string("DELETE FROM contacts WHERE id = 150000000001");
    QTest::newRow("association") << std::string(
        "DELETE FROM links WHERE id = (SELECT min(id) FROM links)");
    QTest::newRow("about") << std::string(
        "UPDATE about SET value = replace(value, 'complete', 'partial') WHERE name = 'info'");
}

void TestCliSnapshotGuards::aChangedBaseIsRefused()
{
    QFETCH(std::string, change);
    const QString path = m_program.path(u"changed"_s);
    m_program.write(u"changed"_s, m_program.content(u"first"_s));
    {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
        QVERIFY(database.exec(change) > 0);
    }
    for (const QStringList &more : {QStringList(), QStringList {u"--quick"_s}}) {
        const Ended taken =
            take(u"from-changed"_s, QStringList {u"--since"_s, u"changed"_s} + more);
        QVERIFY2(taken.code == 8, taken.out + taken.err);
        QVERIFY(!QFile::exists(m_program.path(u"from-changed"_s)));
    }
}

void TestCliSnapshotGuards::derivedValuesFollowAssociations()
{
    QCOMPARE(take(u"before"_s).code, 0);
    // Two companies change their count, a contact its company; none of them its time of change.
    const auto link = [this](const QString &verb, const QString &company, const QString &contact) {
        const Ended ended = run({u"associations"_s, verb, u"p.json"_s, u"contact"_s, contact,
                                 u"company"_s, company, u"--yes"_s});
        QVERIFY2(ended.code == 0, ended.out + ended.err);
    };
    const Ended list = json({u"associations"_s, u"list"_s, u"p.json"_s, u"company"_s, aCompany});
    QVERIFY2(list.code == 0, list.out + list.err);
    link(u"add"_s, aCompany, secondContact);
    link(u"add"_s, anotherCompany, firstContact);
    QCOMPARE(run({u"delete"_s, u"p.json"_s, u"contact"_s, u"150000000003"_s, u"--yes"_s}).code, 0);
    const Ended incremental = take(u"incremental"_s, {u"--since"_s, u"before"_s});
    QVERIFY2(incremental.code == 0, incremental.out + incremental.err);
    QCOMPARE(take(u"full"_s).code, 0);
    const Ended derived =
        diff(u"before"_s, u"incremental"_s, {u"--property"_s, u"num_associated_contacts"_s});
    QVERIFY2(derived.out.contains("num_associated_contacts"), derived.out);
    const Ended same = diff(u"incremental"_s, u"full"_s, {u"--all-properties"_s});
    QVERIFY2(same.code == 0, same.out);
    // Without contacts, too: the list of companies has their counts.
    const QStringList companies {u"--class"_s, u"company"_s};
    const Ended alone = take(u"companies"_s, companies + QStringList {u"--since"_s, u"before"_s});
    QVERIFY2(alone.code == 0, alone.out + alone.err);
    QCOMPARE(alone.json().value(u"state"_s).toString(), u"complete"_s);
    const QJsonArray notes = alone.json().value(u"notes"_s).toArray();
    QVERIFY2(notes.first().toString().contains(u"derives"_s), alone.out);
    QCOMPARE(take(u"all-companies"_s, companies).code, 0);
    const Ended equal =
        diff(u"companies"_s, u"all-companies"_s, companies + QStringList {u"--all-properties"_s});
    QVERIFY2(equal.code == 0, equal.out);
    const QJsonObject covers = alone.json().value(u"covers"_s).toObject();
    QCOMPARE(covers.value(u"records"_s).toArray(), (QJsonArray {u"companies"_s}));
    QCOMPARE(covers.value(u"associations"_s).toArray(),
             (QJsonArray {QJsonArray {u"companies"_s, u"companies"_s}}));
    const Ended shown = run({u"snapshot"_s, u"show"_s, u"companies"_s});
    QVERIFY2(shown.out.contains("contacts are not in it"), shown.out);
}

void TestCliSnapshotGuards::replacesOnlyWhenTold()
{
    const QByteArray before = m_program.content(u"contacts"_s);
    for (const QStringList &more : {QStringList(), QStringList {u"--start-over"_s},
                                    QStringList {u"--class"_s, u"contact"_s}}) {
        const Ended refused = take(u"contacts"_s, more);
        QCOMPARE(refused.code, 7);
        QVERIFY(refused.error().value(u"message"_s).toString().contains(u"Contacts"_s));
        QCOMPARE(m_program.content(u"contacts"_s), before);
    }
    m_program.write(u"notes.txt"_s, "mine\n");
    QCOMPARE(take(u"notes.txt"_s).code, 7);
    QCOMPARE(m_program.content(u"notes.txt"_s), QByteArray("mine\n"));
    QCOMPARE(take(u"contacts"_s, {u"--class"_s, u"contact"_s, u"--replace"_s}).code, 0);
    QVERIFY(m_program.content(u"contacts"_s) != before);
}

void TestCliSnapshotGuards::keepsAnUnfinishedOneOfSomethingElse()
{
    m_practice->setFault(
        {{u"kind"_s, u"status"_s}, {u"status"_s, 400}, {u"path"_s, u"owners"_s}, {u"times"_s, -1}});
    QVERIFY(take(u"half"_s, {u"--class"_s, u"contact"_s}).code != 0);
    m_practice->control({{u"faults"_s, QJsonArray()}});
    const QString taking = m_program.path(u"half.taking"_s);
    QVERIFY(QFile::exists(taking));
    const Ended refused = take(u"half"_s, {u"--class"_s, u"company"_s});
    QVERIFY2(refused.code == 7, refused.out + refused.err);
    QVERIFY(refused.error().value(u"message"_s).toString().contains(u"Contacts"_s));
    QVERIFY(QFile::exists(taking));
    QCOMPARE(take(u"half"_s, {u"--class"_s, u"contact"_s}).code, 0); // It goes on.
    QVERIFY(!QFile::exists(taking));
}

void TestCliSnapshotGuards::checksThePlaceFirst_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("a folder") << u"."_s;
    QTest::newRow("a folder that is missing") << u"nowhere/s.hubsnapshot"_s;
}

void TestCliSnapshotGuards::checksThePlaceFirst()
{
    QFETCH(QString, place);
    const int before = m_practice->requests().value(u"total"_s).toInt();
    QCOMPARE(take(place).code, 2);
    QCOMPARE(m_practice->requests().value(u"total"_s).toInt(), before);
}

void TestCliSnapshotGuards::latestIsTheNewestThatFits()
{
    const auto kept = [this](const QStringList &more) {
        return json(QStringList {u"snapshot"_s, u"take"_s, u"p.json"_s} + more);
    };
    const Ended whole = kept({});
    QCOMPARE(whole.code, 0);
    QCOMPARE(kept({u"--class"_s, u"company"_s}).code, 0); // Newer, and of companies only.
    const Ended next = kept({u"--since"_s, u"latest"_s});
    QVERIFY2(next.code == 0, next.out + next.err);
    QCOMPARE(next.json().value(u"basedOn"_s), whole.json().value(u"begun"_s));
}

void TestCliSnapshotGuards::comparesOnlyTheSameScope()
{
    QCOMPARE(diff(u"contacts"_s, u"full"_s).code, 2);
    QCOMPARE(diff(u"full"_s, u"contacts"_s).code, 2);
    QVERIFY(diff(u"contacts"_s, u"full"_s, {u"--class"_s, u"contact"_s}).code != 2);
    QCOMPARE(take(u"some"_s, {u"--class"_s, u"contact"_s, u"--filter"_s, u"email pr"_s}).code, 0);
    const Ended some = diff(u"some"_s, u"contacts"_s);
    QCOMPARE(some.code, 2);
    QVERIFY(some.error().value(u"message"_s).toString().contains(u"email"_s));
    QCOMPARE(diff(u"contacts"_s, u"some"_s).code, 2);
    QCOMPARE(diff(u"some"_s, u"some"_s).code, 0);
}

void TestCliSnapshotGuards::connectionsOfOneNameAreToldApart()
{
    m_program.write(u"twin/p.json"_s, m_program.content(u"p.json"_s));
    const QString twin = m_program.path(u"twin/p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--label"_s, u"p"_s}).code, 0);
    const QStringList address {u"--base-url"_s, m_practice->url().toString()};
    const Ended taken = json(QStringList {u"snapshot"_s, u"take"_s, twin} + address);
    QVERIFY2(taken.code == 0, taken.out + taken.err);
    const Ended own = json({u"snapshot"_s, u"take"_s, u"p.json"_s});
    QCOMPARE(own.json().value(u"connection"_s), taken.json().value(u"connection"_s));
    const QString id = taken.json().value(u"connectionId"_s).toString();
    QVERIFY(!id.isEmpty() && id != own.json().value(u"connectionId"_s).toString());
    const Ended list = run({u"snapshot"_s, u"list"_s});
    QVERIFY2(list.out.contains('[' + id.left(8).toLatin1() + ']'), list.out);
    QCOMPARE(json({u"snapshot"_s, u"list"_s, twin}).list().size(), 1);
    const Ended latest =
        json(QStringList {u"snapshot"_s, u"take"_s, twin, u"--since"_s, u"latest"_s} + address);
    QCOMPARE(latest.json().value(u"basedOn"_s), taken.json().value(u"begun"_s));
}

HUBKEEPER_TEST(TestCliSnapshotGuards)
#include "tst_clisnapshotguards.moc"
