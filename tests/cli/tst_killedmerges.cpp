// SPDX-License-Identifier: MIT
#include "killrig.h"
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `changes apply` of staged merges killed (SIGKILL) again and again, at random times: every pair
/// is one record in the end, merged by one request that worked, and the journal has the images of
/// all of them. 12 kills, or as many as HUBKEEPER_KILLS says.
class TestKilledMerges final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLostOrDoubled_data();
    void nothingIsLostOrDoubled();

private:
    static constexpr int pairsPerRound = 6;
    struct Pair
    {
        QString address; // Of the record that stays.
        QString other;
        QString primary;
        QString merged;
    };

    Ended run(const QStringList &arguments) { return m_portal->program().run(arguments); }
    [[nodiscard]] QStringList applying() const
    {
        return {u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s};
    }
    void stageRound();
    [[nodiscard]] int waiting() { return waitingRows(m_portal->program()); }
    void lookAt(const Pair &pair);
    void lookAtJournal();

    std::unique_ptr<ServedPortal> m_portal;
    QString m_file;
    QList<Pair> m_pairs;
    int m_round = 0;
};

void TestKilledMerges::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(QStringList {
        u"--contacts"_s, u"5"_s, u"--companies"_s, u"2"_s, u"--control"_s, u"--index-delay-ms"_s,
        u"0"_s, u"--latency-ms"_s, u"15"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->practice().isServing());
    // The test itself asks more than HubSpot would allow.
    m_portal->practice().control({{u"limits"_s,
                                   QJsonObject {{u"staticPerWindow"_s, 0},
                                                {u"oauthPerWindow"_s, 0},
                                                {u"associationsPerWindow"_s, 0}}}});
    m_portal->program().withoutKeychain();
    m_file = m_portal->program().path(u"p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s, u"--most-archives"_s,
                  u"0"_s})
                 .code,
             0);
}

void TestKilledMerges::stageRound()
{
    ++m_round;
    for (int i = 0; i < pairsPerRound; ++i) {
        Pair pair;
        pair.address = u"r%1n%2@example.org"_s.arg(m_round).arg(i);
        pair.other = u"r%1n%2@example.net"_s.arg(m_round).arg(i);
        pair.primary = QString::fromLatin1(m_portal->contact(pair.address.toLatin1()));
        pair.merged = QString::fromLatin1(m_portal->contact(pair.other.toLatin1()));
        const Ended staged =
            run({u"merge"_s, m_file, u"contact"_s, u"--primary"_s, pair.primary, u"--merged"_s,
                 pair.merged, u"--set"_s, u"jobtitle=Kept"_s, u"--stage"_s});
        QVERIFY2(staged.code == 0, staged.err);
        m_pairs.append(pair);
    }
}

void TestKilledMerges::nothingIsLostOrDoubled_data()
{
    addKillRows(12, 12);
}

void TestKilledMerges::nothingIsLostOrDoubled()
{
    QFETCH(const int, kills);
    m_portal->practice().control(
        {{u"switches"_s, QJsonObject {{u"mergeMakesNewId"_s, m_round % 2 == 0}}}});
    QElapsedTimer timer;
    stageRound();
    timer.start();
    QCOMPARE(run(applying()).code, 0);
    const int wholeMs = int(timer.elapsed());
    for (int killed = 0; killed < kills;) {
        QCOMPARE(run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
        stageRound();
        for (int tries = 0; tries < 4 && killed < kills && waiting() > 0; ++tries, ++killed)
            (void)killWithin(m_portal->program(), applying(), wholeMs);
        for (int tries = 0; tries < 5 && waiting() > 0; ++tries)
            (void)run(applying());
        QCOMPARE(waiting(), 0);
    }
    for (const Pair &pair : std::as_const(m_pairs))
        lookAt(pair);
    lookAtJournal();
    m_pairs.clear();
}

void TestKilledMerges::lookAt(const Pair &pair)
{
    const auto read = [this](const QString &id) {
        return m_portal
            ->get("/crm/v3/objects/contacts/" + id.toLatin1()
                  + "?properties=email,jobtitle,hs_additional_emails")
            .json();
    };
    const QJsonObject one = read(pair.primary);
    QCOMPARE(read(pair.merged)["id"_L1], one["id"_L1]);
    const QJsonObject properties = one["properties"_L1].toObject();
    QCOMPARE(properties["email"_L1].toString(), pair.address);
    QCOMPARE(properties["hs_additional_emails"_L1].toString(), pair.other);
    QCOMPARE(properties["jobtitle"_L1].toString(), u"Kept"_s);
}

/// Each pair has its images before the first request that may have merged it, and was applied once.
void TestKilledMerges::lookAtJournal()
{
    QHash<QString, int> applied;
    QSet<QString> insured;
    const QJsonArray runs = run({u"--json"_s, u"journal"_s, u"list"_s, m_file}).list();
    for (const QJsonValue &one : runs) {
        const QJsonArray rows =
            run({u"--json"_s, u"journal"_s, u"show"_s, m_file, one["id"_L1].toString()}).list();
        for (const QJsonValue &row : rows) {
            const QString merged = row["to"_L1]["id"_L1].toString();
            if (row["thing"_L1].toString() != "merge"_L1)
                continue;
            applied[merged] += row["outcome"_L1].toString() == "applied"_L1 ? 1 : 0;
            if (row["images"_L1]["merged"_L1]["id"_L1].toString() == merged)
                insured.insert(merged);
        }
    }
    for (const Pair &pair : std::as_const(m_pairs)) {
        QCOMPARE(applied.value(pair.merged), 1);
        QVERIFY(insured.contains(pair.merged));
    }
    const Ended verified = run({u"--json"_s, u"journal"_s, u"verify"_s});
    QVERIFY2(!verified.out.contains("altered"), verified.out);
    qInfo("%d rounds of %d merges", m_round, pairsPerRound);
}

HUBKEEPER_TEST(TestKilledMerges)
#include "tst_killedmerges.moc"
