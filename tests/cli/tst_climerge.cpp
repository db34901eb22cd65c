// SPDX-License-Identifier: MIT
#include "mergerig.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Merges and their undoing by the real program, in both ways in which HubSpot merges.
class TestCliMerge final : public QObject, private MergeRig
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { beginAnew(); }
    void mergesAndRebuilds_data();
    void mergesAndRebuilds();
    void companiesToo_data();
    void companiesToo();
    void aChainInOneChangeSet_data();
    void aChainInOneChangeSet();
    void lostAnswers_data();
    void lostAnswers();
    void whatCannotBeKnownIsUnknown();
    void whatChangedMeanwhileIsAConflict();
    void refusals_data();
    void refusals();
    void aDryRunSendsNothing();
    void saysByWhatIdmCorrelates();
    void thresholdsCountAMergeAsAnArchive();
    void aMergeThatFillsAProtectedPropertyIsNotSent();
};

void TestCliMerge::mergesAndRebuilds_data()
{
    bothWays();
}

void TestCliMerge::mergesAndRebuilds()
{
    QFETCH(bool, makesNewId);
    setModeOfMerging(makesNewId);
    const QString acme = made(u"company"_s, {u"name=Acme"_s});
    const QString beta = made(u"company"_s, {u"name=Beta"_s});
    const QString first = made(
        u"contact"_s, {u"email=ada@example.org"_s, u"firstname=Ada"_s, u"lastname=Lovelace"_s});
    const QString second = made(u"contact"_s,
                                {u"email=ada@example.net"_s, u"firstname=A."_s, u"lastname=King"_s,
                                 u"jobtitle=Countess"_s, u"phone=+44 20 7946 0001"_s});
    associate(first, acme);
    associate(second, beta);
    associate(second, acme, {u"--label"_s, u"Billing contact"_s});

    const Ended done = merge(first, second, {u"--take"_s, u"lastname"_s});
    QVERIFY2(done.code == 0, done.err);
    const QString survivor = done.json()["survivor"_L1].toString();
    QCOMPARE(survivor == first, !makesNewId);
    const QJsonArray warnings = done.json()["warnings"_L1].toArray();
    QVERIFY(warnings.at(0).toString().contains("ada@example.net"_L1)); // IDM correlates by it.
    QJsonObject now = properties(survivor);
    QCOMPARE(now["firstname"_L1].toString(), u"Ada"_s);
    QCOMPARE(now["lastname"_L1].toString(), u"King"_s); // Chosen.
    QCOMPARE(now["jobtitle"_L1].toString(), u"Countess"_s); // A gap.
    QCOMPARE(now["hs_additional_emails"_L1].toString(), u"ada@example.net"_s);
    QCOMPARE(companiesOf(survivor).size(), 2);

    const QString runId = done.json()["run"_L1].toString();
    const QJsonObject row =
        run({u"journal"_s, u"show"_s, m_file, runId, u"--json"_s}).list().at(0).toObject();
    QCOMPARE(row["thing"_L1].toString(), u"merge"_s);
    QCOMPARE(row["id"_L1].toString(), survivor);
    QCOMPARE(row["images"_L1]["merged"_L1]["properties"_L1]["email"_L1].toString(),
             u"ada@example.net"_s);
    QCOMPARE(row["images"_L1]["merged"_L1]["associations"_L1].toArray().size(), 2);
    QCOMPARE(row["images"_L1]["primary"_L1]["associations"_L1].toArray().size(), 1);

    const Ended undone = run({u"merge"_s, m_file, u"--undo"_s, runId, u"--yes"_s, u"--json"_s});
    QVERIFY2(undone.code == 0, undone.err);
    QVERIFY(undone.json()["lost"_L1].toArray().size() >= 3);
    now = properties(survivor);
    QCOMPARE(now["email"_L1].toString(), u"ada@example.org"_s);
    QCOMPARE(now["lastname"_L1].toString(), u"Lovelace"_s);
    QVERIFY(now["jobtitle"_L1].toString().isEmpty());
    QVERIFY(now["hs_additional_emails"_L1].toString().isEmpty());
    QCOMPARE(companiesOf(survivor), QStringList {acme + u'*'});
    const QString rebuilt =
        m_portal->get("/crm/v3/objects/contacts/ada@example.net?idProperty=email")
            .json()["id"_L1]
            .toString();
    QVERIFY(rebuilt != survivor && !rebuilt.isEmpty());
    now = properties(rebuilt);
    QCOMPARE(now["firstname"_L1].toString(), u"A."_s);
    QCOMPARE(now["lastname"_L1].toString(), u"King"_s);
    QCOMPARE(now["jobtitle"_L1].toString(), u"Countess"_s);
    QStringList both {acme, beta + u'*'};
    both.sort();
    QCOMPARE(companiesOf(rebuilt), both);

    const Ended again = run({u"merge"_s, m_file, u"--undo"_s, runId, u"--yes"_s, u"--json"_s});
    QVERIFY2(again.code != 0 && again.err.contains("reverted already"), again.err);
}

void TestCliMerge::companiesToo_data()
{
    bothWays();
}

/// Links of a company are rows of its contacts, whose primary company moves along.
void TestCliMerge::companiesToo()
{
    QFETCH(bool, makesNewId);
    setModeOfMerging(makesNewId);
    const QString first = made(u"company"_s, {u"name=Acme"_s, u"domain=acme.example"_s});
    const QString second =
        made(u"company"_s, {u"name=ACME Ltd"_s, u"domain=acme-ltd.example"_s, u"city=Leeds"_s});
    const QString ada = made(u"contact"_s, {u"email=ada@example.org"_s});
    const QString bob = made(u"contact"_s, {u"email=bob@example.org"_s});
    associate(ada, first);
    associate(ada, second, {u"--primary"_s});
    associate(bob, second);

    const Ended done = merge(first, second, {}, u"company"_s);
    QVERIFY2(done.code == 0, done.err);
    const QString survivor = done.json()["survivor"_L1].toString();
    QCOMPARE(properties(survivor, u"companies"_s)["hs_additional_domains"_L1].toString(),
             u"acme-ltd.example"_s);
    QCOMPARE(companiesOf(bob), QStringList {survivor + u'*'});

    const Ended undone = run({u"merge"_s, m_file, u"--undo"_s, done.json()["run"_L1].toString(),
                              u"--yes"_s, u"--json"_s});
    QVERIFY2(undone.code == 0, undone.err + undone.out);
    const QJsonObject now = properties(survivor, u"companies"_s);
    QVERIFY(now["city"_L1].toString().isEmpty());
    QVERIFY(now["hs_additional_domains"_L1].toString().isEmpty());
    QString rebuilt;
    const QJsonArray rows = undone.json()["rows"_L1].toArray();
    for (const QJsonValue &row : rows) {
        if (row["operation"_L1].toString() == "create"_L1 && !row["subject"_L1].isString())
            rebuilt = companiesOf(bob).value(0).chopped(1);
    }
    QCOMPARE(properties(rebuilt, u"companies"_s)["domain"_L1].toString(), u"acme-ltd.example"_s);
    QCOMPARE(companiesOf(bob), QStringList {rebuilt + u'*'});
    QStringList both {survivor, rebuilt + u'*'};
    both.sort();
    QCOMPARE(companiesOf(ada), both);
}

void TestCliMerge::aChainInOneChangeSet_data()
{
    bothWays();
}

/// The second merge is about the record that the first one leaves.
void TestCliMerge::aChainInOneChangeSet()
{
    QFETCH(bool, makesNewId);
    setModeOfMerging(makesNewId);
    QStringList ids;
    for (const char name : {'a', 'b', 'c'})
        ids.append(made(u"contact"_s, {u"email=%1@example.org"_s.arg(QLatin1Char(name))}));
    QByteArray changes;
    for (int i = 1; i <= 2; ++i) {
        const QString path = m_portal->program().path(u"m%1.jsonl"_s.arg(i));
        QCOMPARE(merge(ids[0], ids[i], {u"--save-changes"_s, path}).code, 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray header = file.readLine();
        changes += (i == 1 ? header : QByteArray()) + file.readAll();
    }
    const QString path = m_portal->program().path(u"both.jsonl"_s);
    QFile both(path);
    QVERIFY(both.open(QIODevice::WriteOnly));
    both.write(changes);
    both.close();
    QCOMPARE(sentMerges(), 0);
    const Ended applied = run({u"changes"_s, u"apply"_s, m_file, path, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.err);
    QCOMPARE(applied.json()["applied"_L1].toInt(), 2);
    QCOMPARE(sentMerges(), 2);
    const QJsonArray rows =
        run({u"journal"_s, u"show"_s, m_file, applied.json()["run"_L1].toString(), u"--json"_s})
            .list();
    const QJsonObject now = properties(rows.at(1)["id"_L1].toString());
    QCOMPARE(now["email"_L1].toString(), u"a@example.org"_s);
    QCOMPARE(now["hs_additional_emails"_L1].toString(), u"b@example.org;c@example.org"_s);
}

void TestCliMerge::lostAnswers_data()
{
    QTest::addColumn<bool>("makesNewId");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("isMerged");
    for (const bool newId : {true, false}) {
        const QByteArray way = newId ? ", new id" : ", same id";
        QTest::newRow(("closed after the work" + way).constData())
            << newId << u"closeAfterWork"_s << true;
        QTest::newRow(("closed before the work" + way).constData())
            << newId << u"closeBeforeWork"_s << false;
        QTest::newRow(("502 after the work" + way).constData())
            << newId << u"statusAfterWork"_s << true;
    }
}

/// A merge whose answer was lost is looked up, and never sent twice.
void TestCliMerge::lostAnswers()
{
    QFETCH(bool, makesNewId);
    QFETCH(QString, fault);
    QFETCH(bool, isMerged);
    setModeOfMerging(makesNewId);
    const QString first = made(u"contact"_s, {u"email=a@example.org"_s});
    const QString second = made(u"contact"_s, {u"email=b@example.org"_s, u"jobtitle=Chef"_s});
    setFault(fault, u"/merge$"_s);
    const Ended done = merge(first, second, {u"--set"_s, u"jobtitle=Cook"_s});
    QCOMPARE(sentMerges(), 1);
    QCOMPARE(done.json()["outcome"_L1].toString(), isMerged ? u"applied"_s : u"failed"_s);
    QCOMPARE(done.code == 0, isMerged);
    if (isMerged) {
        QCOMPARE(properties(done.json()["survivor"_L1].toString())["jobtitle"_L1].toString(),
                 u"Cook"_s);
    } else {
        QCOMPARE(properties(second)["email"_L1].toString(), u"b@example.org"_s);
    }
}

/// Unknown where the look-up cannot decide; `journal resolve` asks again, and then it can be taken
/// back.
void TestCliMerge::whatCannotBeKnownIsUnknown()
{
    const QString first = made(u"contact"_s, {u"email=a@example.org"_s});
    const QString second = made(u"contact"_s, {u"email=b@example.org"_s});
    m_portal->practice().control(
        {{u"faults"_s,
          QJsonArray {QJsonObject {{u"kind"_s, u"closeAfterWork"_s}, {u"path"_s, u"/merge$"_s}},
                      QJsonObject {{u"kind"_s, u"status"_s},
                                   {u"status"_s, 403},
                                   {u"method"_s, u"GET"_s},
                                   {u"path"_s, u"/contacts/%1$"_s.arg(second)},
                                   {u"times"_s, 100}}}}});
    const Ended done = merge(first, second);
    QCOMPARE(done.json()["outcome"_L1].toString(), u"unknown"_s);
    QVERIFY(done.code != 0);
    m_portal->practice().control({{u"faults"_s, QJsonArray()}});
    const QString runId = done.json()["run"_L1].toString();
    const Ended resolved = run({u"journal"_s, u"resolve"_s, m_file, runId, u"--json"_s});
    QVERIFY2(resolved.code == 0, resolved.err);
    const Ended undone = run({u"merge"_s, m_file, u"--undo"_s, runId, u"--yes"_s, u"--json"_s});
    QVERIFY2(undone.json()["applied"_L1].toInt() >= 1, undone.err);
}

void TestCliMerge::whatChangedMeanwhileIsAConflict()
{
    const QString first = made(u"contact"_s, {u"email=a@example.org"_s});
    const QString second = made(u"contact"_s, {u"email=b@example.org"_s});
    const QString path = m_portal->program().path(u"later.jsonl"_s);
    QCOMPARE(merge(first, second, {u"--save-changes"_s, path}).code, 0);
    m_portal->practice().control({{u"clock"_s, QJsonObject {{u"advanceMs"_s, 5000}}}});
    QCOMPARE(run({u"update"_s, m_file, u"contact"_s, second, u"--set"_s, u"phone=1"_s}).code, 0);
    const Ended applied = run({u"changes"_s, u"apply"_s, m_file, path, u"--yes"_s, u"--json"_s});
    QCOMPARE(applied.code, 6);
    QCOMPARE(sentMerges(), 0);
}

void TestCliMerge::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const QString first = firstContact;
    QTest::newRow("itself") << QStringList {u"--primary"_s, first, u"--merged"_s, first}
                            << QByteArray("with itself");
    QTest::newRow("nobody") << QStringList {u"--primary"_s, first, u"--merged"_s, u"1"_s}
                            << QByteArray("no record");
    QTest::newRow("one record") << QStringList {u"--primary"_s, first}
                                << QByteArray("Which records?");
    QTest::newRow("unknown property") << QStringList {u"--primary"_s,    first,       u"--merged"_s,
                                                      u"150000000002"_s, u"--take"_s, u"nonsense"_s}
                                      << QByteArray("no property nonsense");
    QTest::newRow("unknown run") << QStringList {u"--undo"_s, u"nonsense"_s}
                                 << QByteArray("no run nonsense");
}

void TestCliMerge::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const bool isUndo = arguments.contains(u"--undo"_s);
    const QStringList start =
        isUndo ? QStringList {u"merge"_s, m_file} : QStringList {u"merge"_s, m_file, u"contact"_s};
    const Ended refused = run(start + arguments + QStringList {u"--yes"_s});
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains(says), refused.err);
    QCOMPARE(sentMerges(), 0);
}

void TestCliMerge::aDryRunSendsNothing()
{
    const Ended tried = merge(firstContact, u"150000000002"_s, {u"--dry-run"_s});
    QVERIFY2(tried.code == 0, tried.err);
    QVERIFY(tried.json()["properties"_L1].toArray().size() > 3);
    QCOMPARE(sentMerges(), 0);
}

/// By the mappings beside the provisioner, by habit without them, or by what somebody says.
void TestCliMerge::saysByWhatIdmCorrelates()
{
    const QString first = made(u"contact"_s, {u"email=a@example.org"_s, u"phone=1"_s});
    const QString second = made(u"contact"_s, {u"email=b@example.org"_s, u"phone=2"_s});
    const auto tried = [&](const QStringList &more = {}) {
        const Ended ended = merge(first, second, more + QStringList {u"--dry-run"_s});
        return ended.json();
    };
    QJsonObject found = tried();
    QCOMPARE(found["correlated"_L1].toArray(), (QJsonArray {u"email"_s}));
    QVERIFY(found["correlatedFrom"_L1].toString().contains("No mappings"_L1));
    QVERIFY(found["warnings"_L1][0].toString().contains("b@example.org"_L1));

    const QJsonObject script {{u"type"_s, u"text/javascript"_s},
                              {u"source"_s, u"({_queryFilter: 'phone eq 1'})"_s}};
    const QJsonObject mapping {{u"name"_s, u"m"_s},
                               {u"source"_s, u"managed/user"_s},
                               {u"target"_s, u"system/p/contact"_s},
                               {u"correlationQuery"_s, script}};
    m_portal->program().write(
        u"sync.json"_s,
        QJsonDocument(QJsonObject {{u"mappings"_s, QJsonArray {mapping}}}).toJson());
    found = tried(); // p.json names no system: its own name is the system's.
    QCOMPARE(found["correlated"_L1].toArray(), (QJsonArray {u"phone"_s}));
    QVERIFY2(found["correlatedFrom"_L1].toString().contains("sync.json"_L1),
             qPrintable(found["correlatedFrom"_L1].toString()));
    QVERIFY(found["warnings"_L1][0].toString().startsWith("phone 2"_L1));

    found = tried({u"--correlated"_s, u"lastname"_s});
    QCOMPARE(found["correlated"_L1].toArray(), (QJsonArray {u"lastname"_s}));
    QVERIFY(found["correlatedFrom"_L1].toString().isEmpty());
    QFile::remove(m_portal->program().path(u"sync.json"_s));
}

void TestCliMerge::thresholdsCountAMergeAsAnArchive()
{
    const QStringList set {u"connections"_s, u"set"_s, m_file, u"--forbid-archive"_s};
    QVERIFY2(run(set).code == 0, run(set).err);
    const Ended refused = merge(firstContact, u"150000000002"_s);
    QCOMPARE(refused.code, 7);
    QCOMPARE(sentMerges(), 0);
}

void TestCliMerge::aMergeThatFillsAProtectedPropertyIsNotSent()
{
    const QString first = made(u"contact"_s, {u"email=a@example.org"_s});
    const QString second = made(u"contact"_s, {u"email=b@example.org"_s, u"jobtitle=Chef"_s});
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--protect"_s, u"jobtitle"_s}).code, 0);
    const Ended refused = merge(first, second);
    QVERIFY2(refused.err.contains("jobtitle") || refused.out.contains("jobtitle"), refused.err);
    QCOMPARE(refused.code, 7);
    QCOMPARE(sentMerges(), 0);
}

HUBKEEPER_TEST(TestCliMerge)

#include "tst_climerge.moc"
