// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Snapshots of records that were merged since, in both ways in which HubSpot merges.
class TestCliSnapshotMerges final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void putsBackWhereTheIdLeads_data();
    void putsBackWhereTheIdLeads();
    void severalThatLeadToOneAreLeft_data();
    void severalThatLeadToOneAreLeft();
    void whatWasMadeAgainIsMeant();
    void saysWhatHubSpotItselfHasChanged();

private:
    Ended run(const QStringList &words) { return m_portal->program().run(words); }
    Ended stage(const QStringList &ids, const QStringList &more = {})
    {
        return run(QStringList {u"--json"_s, u"snapshot"_s, u"stage"_s, u"before"_s, m_file,
                                u"--class"_s, u"contact"_s, u"--ids"_s, ids.join(u','),
                                u"--save-changes"_s, u"back.jsonl"_s}
                   + more);
    }
    [[nodiscard]] QString contact(const QString &address, const QString &phone)
    {
        const Ended made = run({u"create"_s, m_file, u"contact"_s, u"--set"_s,
                                u"email="_s + address, u"--set"_s, u"phone="_s + phone});
        return QString::fromUtf8(made.out.trimmed());
    }
    [[nodiscard]] QString text(const QString &id, const QString &property)
    {
        return m_portal
            ->get("/crm/v3/objects/contacts/" + id.toLatin1()
                  + "?properties=" + property.toLatin1())
            .json()["properties"_L1][property]
            .toString();
    }
    /// Two contacts, a snapshot of them, other phones, and then one record of both.
    void mergeAfterSnapshot(bool makesNewId);
    static void waysOfMerging()
    {
        QTest::addColumn<bool>("makesNewId");
        QTest::newRow("a new id") << true;
        QTest::newRow("the primary's id") << false;
    }

    std::unique_ptr<ServedPortal> m_portal;
    QString m_file;
    QString m_first;
    QString m_second;
    QString m_survivor;
    QString m_run;
};

void TestCliSnapshotMerges::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(QStringList {
        u"--contacts"_s, u"20"_s, u"--companies"_s, u"5"_s, u"--control"_s, u"--index-delay-ms"_s,
        u"0"_s, u"--limit"_s, u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s,
        u"--limit"_s, u"associationsPerWindow=0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->practice().isServing());
    m_portal->program().withoutKeychain();
    m_file = m_portal->program().path(u"p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s, u"--most-archives"_s,
                  u"50"_s, u"--allow-archive"_s, u"--unprotect-all"_s})
                 .code,
             0);
}

void TestCliSnapshotMerges::init()
{
    m_portal->practice().control({{u"reset"_s, true}, {u"clearRequests"_s, true}});
}

void TestCliSnapshotMerges::mergeAfterSnapshot(bool makesNewId)
{
    m_portal->practice().control(
        {{u"switches"_s, QJsonObject {{u"mergeMakesNewId"_s, makesNewId}}}});
    m_first = contact(u"ada@example.org"_s, u"1"_s);
    m_second = contact(u"ada@example.net"_s, u"2"_s);
    QCOMPARE(run({u"snapshot"_s, u"take"_s, m_file, u"-o"_s, u"before"_s, u"--replace"_s}).code, 0);
    for (const QString &id : {m_first, m_second})
        QCOMPARE(run({u"update"_s, m_file, u"contact"_s, id, u"--set"_s, u"phone=9"_s}).code, 0);
    const Ended merged = run({u"--json"_s, u"merge"_s, m_file, u"contact"_s, u"--primary"_s,
                              m_first, u"--merged"_s, m_second, u"--yes"_s});
    QVERIFY2(merged.code == 0, merged.err);
    m_survivor = merged.json()["survivor"_L1].toString();
    m_run = merged.json()["run"_L1].toString();
    QCOMPARE(m_survivor == m_first, !makesNewId);
}

void TestCliSnapshotMerges::putsBackWhereTheIdLeads_data()
{
    waysOfMerging();
}

/// Without consent only said; with it staged for the record that the id leads to, both named.
void TestCliSnapshotMerges::putsBackWhereTheIdLeads()
{
    QFETCH(bool, makesNewId);
    mergeAfterSnapshot(makesNewId);
    const QString asked = makesNewId ? m_first : m_second;
    const Ended left = stage({asked});
    QVERIFY2(left.code == 1, left.out + left.err);
    QCOMPARE(left.json()["staged"_L1].toInt(), 0);
    QVERIFY(left.json()["left"_L1][0]["message"_L1].toString().contains(m_survivor));
    QVERIFY2(left.err.contains("--follow-merges"), left.err);

    const Ended followed = stage({asked}, {u"--follow-merges"_s, u"--property"_s, u"phone"_s});
    QVERIFY2(followed.code == 0, followed.out + followed.err);
    QCOMPARE(followed.json()["staged"_L1].toInt(), 1);
    const QJsonObject one = followed.json()["followed"_L1][0].toObject();
    QCOMPARE(one["id"_L1].toString(), asked);
    QCOMPARE(one["actedOn"_L1].toString(), m_survivor);
    QVERIFY(followed.err.contains(asked.toLatin1())
            && followed.err.contains(m_survivor.toLatin1()));
    const Ended applied =
        run({u"changes"_s, u"apply"_s, m_file, u"back.jsonl"_s, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.out + applied.err);
    QCOMPARE(text(m_survivor, u"phone"_s), makesNewId ? u"1"_s : u"2"_s);

    QCOMPARE(run({u"snapshot"_s, u"take"_s, m_file, u"-o"_s, u"after"_s, u"--replace"_s}).code, 0);
    const Ended differs =
        run({u"--json"_s, u"snapshot"_s, u"diff"_s, u"before"_s, u"after"_s, u"--no-schema"_s});
    QStringList removed;
    for (const QJsonValue &difference : differs.json()["differences"_L1].toArray()) {
        if (difference["kind"_L1].toString() == "removed"_L1)
            removed.append(difference["id"_L1].toString() + u'>'
                           + difference["mergedInto"_L1].toString());
    }
    QStringList wanted {m_second + u'>' + m_survivor};
    if (makesNewId)
        wanted.prepend(m_first + u'>' + m_survivor);
    QCOMPARE(removed, wanted);
}

void TestCliSnapshotMerges::severalThatLeadToOneAreLeft_data()
{
    waysOfMerging();
}

void TestCliSnapshotMerges::severalThatLeadToOneAreLeft()
{
    QFETCH(bool, makesNewId);
    mergeAfterSnapshot(makesNewId);
    const Ended both = stage({m_first, m_second}, {u"--follow-merges"_s});
    QVERIFY2(both.code == 1, both.out + both.err);
    QCOMPARE(both.json()["followed"_L1].toArray().size(), 0);
    // The record that kept its id gets its own values.
    QCOMPARE(both.json()["staged"_L1].toInt(), makesNewId ? 0 : 1);
    QCOMPARE(both.json()["left"_L1].toArray().size(), makesNewId ? 2 : 1);
    const QByteArray file = m_portal->program().content(u"back.jsonl"_s);
    QCOMPARE(file.count("\"after\":\"1\""), makesNewId ? 0 : 1);
    QCOMPARE(file.count("\"after\":\"2\""), 0);
}

/// After the merge was taken back the old id still leads to the other record.
void TestCliSnapshotMerges::whatWasMadeAgainIsMeant()
{
    mergeAfterSnapshot(true);
    const Ended undone = run({u"--json"_s, u"merge"_s, m_file, u"--undo"_s, m_run, u"--yes"_s});
    QVERIFY2(undone.code == 0, undone.out + undone.err);
    const QString rebuilt =
        m_portal->get("/crm/v3/objects/contacts/ada@example.net?idProperty=email")
            .json()["id"_L1]
            .toString();
    QVERIFY(!rebuilt.isEmpty() && rebuilt != m_survivor);
    const Ended followed = stage({m_first, m_second}, {u"--follow-merges"_s});
    QVERIFY2(followed.code == 0, followed.out + followed.err);
    QHash<QString, QString> actedOn;
    for (const QJsonValue &one : followed.json()["followed"_L1].toArray())
        actedOn.insert(one["id"_L1].toString(), one["actedOn"_L1].toString());
    QCOMPARE(actedOn.value(m_first), m_survivor);
    QCOMPARE(actedOn.value(m_second), rebuilt);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, u"back.jsonl"_s, u"--yes"_s}).code, 0);
    QCOMPARE(text(m_survivor, u"phone"_s), u"1"_s);
    QCOMPARE(text(rebuilt, u"phone"_s), u"2"_s);
}

void TestCliSnapshotMerges::saysWhatHubSpotItselfHasChanged()
{
    QCOMPARE(run({u"snapshot"_s, u"take"_s, m_file, u"-o"_s, u"before"_s, u"--replace"_s}).code, 0);
    const QString company = u"30000000001"_s;
    const QString added = contact(u"new@example.org"_s, u"1"_s);
    QCOMPARE(
        run({u"associations"_s, u"add"_s, m_file, u"contact"_s, added, u"company"_s, company}).code,
        0);
    const QStringList words {u"snapshot"_s,       u"stage"_s,      u"before"_s, m_file,
                             u"--class"_s,        u"company"_s,    u"--ids"_s,  company,
                             u"--save-changes"_s, u"back.jsonl"_s, u"--json"_s};
    const Ended staged = run(words);
    QVERIFY2(staged.code == 0, staged.out + staged.err);
    QCOMPARE(staged.json()["staged"_L1].toInt(), 0);
    QCOMPARE(staged.json()["readOnly"_L1]["num_associated_contacts"_L1].toInt(), 1);
    QVERIFY2(staged.err.contains("num_associated_contacts (1)"), staged.err);
    const Ended named = run(words + QStringList {u"--property"_s, u"city"_s});
    QVERIFY(named.json()["readOnly"_L1].toObject().isEmpty());
}

HUBKEEPER_TEST(TestCliSnapshotMerges)
#include "tst_clisnapshotmerges.moc"
