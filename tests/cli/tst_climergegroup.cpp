// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Several records merged into one by the real program, one after the other.
class TestCliMergeGroup final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void oneAfterTheOther_data();
    void oneAfterTheOther();
    void stopsWhereOneIsRefused();
    void stagedTheyArriveAsOne();
    void aDryRunSendsNothing();
    void thresholdsCountAllOfThem();
    void refusals_data();
    void refusals();

private:
    Ended run(const QStringList &arguments) { return m_portal->program().run(arguments); }
    Ended merge(const QStringList &more)
    {
        QStringList arguments {u"merge"_s, m_file, u"contact"_s, u"--primary"_s, m_ids[0]};
        for (const QString &id : m_ids.mid(1))
            arguments << u"--merged"_s << id;
        return run(arguments + QStringList {u"--yes"_s, u"--json"_s} + more);
    }
    [[nodiscard]] QJsonObject properties(const QString &id)
    {
        return m_portal
            ->get("/crm/v3/objects/contacts/" + id.toLatin1()
                  + "?properties=email,firstname,jobtitle,phone,hs_additional_emails")
            .json()["properties"_L1]
            .toObject();
    }
    [[nodiscard]] int sentMerges()
    {
        int calls = 0;
        const QJsonObject counts = m_portal->practice().requests()["counts"_L1].toObject();
        for (auto call = counts.begin(); call != counts.end(); ++call)
            calls += call.key().contains("/merge"_L1) ? call.value().toInt() : 0;
        return calls;
    }

    std::unique_ptr<ServedPortal> m_portal;
    QString m_file;
    QStringList m_ids; // Of three contacts: the one that stays, and two others.
};

void TestCliMergeGroup::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"5"_s, u"--companies"_s, u"2"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->practice().isServing());
    m_portal->program().withoutKeychain();
    m_file = m_portal->program().path(u"p.json"_s);
}

void TestCliMergeGroup::init()
{
    m_portal->practice().control(
        {{u"reset"_s, true}, {u"faults"_s, QJsonArray()}, {u"clearRequests"_s, true}});
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s, u"--most-archives"_s,
                  u"50"_s})
                 .code,
             0);
    QDir(m_portal->program().path(u"data/hubkeeper"_s)).removeRecursively();
    m_ids.clear();
    const QStringList phones {QString(), u"+44 20 7946 0001"_s, u"+44 20 7946 0002"_s};
    for (int place = 0; place < 3; ++place) {
        const Ended made = run({u"create"_s, m_file, u"contact"_s, u"--set"_s,
                                u"email=ada%1@example.org"_s.arg(place), u"--set"_s,
                                u"firstname=Ada"_s, u"--set"_s, u"phone="_s + phones[place]});
        m_ids.append(QString::fromUtf8(made.out.trimmed()));
    }
}

void TestCliMergeGroup::oneAfterTheOther_data()
{
    QTest::addColumn<bool>("makesNewId");
    QTest::newRow("a new id") << true;
    QTest::newRow("the primary's id") << false;
}

/// What is chosen may be of any of them; an address is free only once its owner is merged.
void TestCliMergeGroup::oneAfterTheOther()
{
    QFETCH(bool, makesNewId);
    m_portal->practice().control(
        {{u"switches"_s, QJsonObject {{u"mergeMakesNewId"_s, makesNewId}}}});
    const Ended done = merge({u"--take"_s, u"phone="_s + m_ids[2], u"--take"_s,
                              u"email="_s + m_ids[2], u"--set"_s, u"jobtitle=Countess"_s});
    QVERIFY2(done.code == 0, done.err + done.out);
    QCOMPARE(sentMerges(), 2);
    const QString survivor = done.json()["survivor"_L1].toString();
    QCOMPARE(survivor == m_ids[0], !makesNewId);
    const QJsonArray merges = done.json()["merges"_L1].toArray();
    QCOMPARE(merges.size(), 2);
    for (const QJsonValue &one : merges)
        QCOMPARE(one["outcome"_L1].toString(), u"applied"_s);
    const QJsonObject now = properties(survivor);
    QCOMPARE(now["phone"_L1].toString(), u"+44 20 7946 0002"_s);
    QCOMPARE(now["email"_L1].toString(), u"ada2@example.org"_s);
    QCOMPARE(now["jobtitle"_L1].toString(), u"Countess"_s);
    for (const QString &id : std::as_const(m_ids)) // All lead there.
        QCOMPARE(properties(id)["jobtitle"_L1].toString(), u"Countess"_s);

    const QString runId = done.json()["run"_L1].toString();
    const Ended undone = run({u"merge"_s, m_file, u"--undo"_s, runId, u"--yes"_s, u"--json"_s});
    QVERIFY2(undone.out.contains("taken back first"), undone.out + undone.err);
    QVERIFY2(undone.json()["applied"_L1].toInt() >= 2, undone.out + undone.err);
    const QString rebuilt =
        m_portal->get("/crm/v3/objects/contacts/ada2@example.org?idProperty=email")
            .json()["id"_L1]
            .toString();
    QVERIFY(rebuilt != survivor && !rebuilt.isEmpty());
}

void TestCliMergeGroup::stopsWhereOneIsRefused()
{
    m_portal->practice().control({{u"faults"_s,
                                   QJsonArray {QJsonObject {{u"kind"_s, u"status"_s},
                                                            {u"status"_s, 400},
                                                            {u"path"_s, u"/merge$"_s},
                                                            {u"nth"_s, 1}}}}});
    const Ended done = merge({});
    QVERIFY(done.code != 0);
    QCOMPARE(sentMerges(), 1); // The second one was not tried.
    const QJsonArray merges = done.json()["merges"_L1].toArray();
    QCOMPARE(merges.at(0)["outcome"_L1].toString(), u"failed"_s);
    QCOMPARE(merges.at(1)["outcome"_L1].toString(), u"skipped"_s);
    QVERIFY(!merges.at(0)["message"_L1].toString().isEmpty());
    QVERIFY2(done.err.contains(m_ids[1].toUtf8() + ": failed"), done.err);
    QCOMPARE(properties(m_ids[2])["email"_L1].toString(), u"ada2@example.org"_s);
}

void TestCliMergeGroup::stagedTheyArriveAsOne()
{
    const Ended kept = merge({u"--take"_s, u"phone="_s + m_ids[2], u"--stage"_s});
    QVERIFY2(kept.code == 0, kept.err);
    QCOMPARE(sentMerges(), 0);
    const Ended applied = run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.err + applied.out);
    QCOMPARE(applied.json()["applied"_L1].toInt(), 2);
    QCOMPARE(properties(m_ids[1])["phone"_L1].toString(), u"+44 20 7946 0002"_s);
}

void TestCliMergeGroup::aDryRunSendsNothing()
{
    const Ended tried = merge({u"--dry-run"_s, u"--take"_s, u"email="_s + m_ids[2]});
    QVERIFY2(tried.code == 0, tried.err + tried.out);
    QCOMPARE(tried.json()["merges"_L1].toArray().size(), 2);
    QCOMPARE(tried.json()["run"_L1].toString(), QString());
    QCOMPARE(sentMerges(), 0);
}

void TestCliMergeGroup::thresholdsCountAllOfThem()
{
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--most-archives"_s, u"1"_s}).code, 0);
    QCOMPARE(merge({}).code, 7);
    QCOMPARE(sentMerges(), 0);
}

void TestCliMergeGroup::refusals_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("whose value") << QStringList {u"--take"_s, u"phone"_s}
                                 << QByteArray("of which record?");
    QTest::newRow("a stranger's value")
        << QStringList {u"--take"_s, u"phone=77"_s} << QByteArray("not among those");
    QStringList many;
    for (int id = 1; id <= 20; ++id)
        many << u"--merged"_s << QString::number(id);
    QTest::newRow("too many") << many << QByteArray("22 records are too many");
}

void TestCliMergeGroup::refusals()
{
    QFETCH(QStringList, more);
    QFETCH(QByteArray, says);
    const Ended refused = merge(more);
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains(says), refused.err);
    QCOMPARE(sentMerges(), 0);
}

HUBKEEPER_TEST(TestCliMergeGroup)
#include "tst_climergegroup.moc"
