// SPDX-License-Identifier: MIT
#include "mergerig.h"
#include "testkit/testprogram.h"

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Merges that are taken back in more than one go, in both ways in which HubSpot merges.
class TestCliMergeUndo final : public QObject, private MergeRig
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { beginAnew(); }
    void goesOnWithARebuildThatFailedInPart_data();
    void goesOnWithARebuildThatFailedInPart();

private:
    /// How many records of the list have this address, archived ones not.
    [[nodiscard]] qsizetype contactsWith(const QString &address)
    {
        return run({u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                    u"email eq \"%1\""_s.arg(address), u"--format"_s, u"jsonl"_s})
            .out.count('\n');
    }
};

void TestCliMergeUndo::goesOnWithARebuildThatFailedInPart_data()
{
    QTest::addColumn<bool>("makesNewId");
    QTest::addColumn<QString>("failing");
    for (const bool newId : {true, false}) {
        const QByteArray way = newId ? ", new id" : ", same id";
        QTest::newRow(("values" + way).constData()) << newId << u"/contacts/batch/update$"_s;
        QTest::newRow(("the record" + way).constData()) << newId << u"/contacts/batch/create$"_s;
        QTest::newRow(("associations" + way).constData())
            << newId << u"/associations/.*/batch/create$"_s;
    }
}

/// What was refused once is done by the next undo, what was done is not done again, and then
/// nothing is left to do.
void TestCliMergeUndo::goesOnWithARebuildThatFailedInPart()
{
    QFETCH(bool, makesNewId);
    QFETCH(QString, failing);
    setModeOfMerging(makesNewId);
    const QString acme = made(u"company"_s, {u"name=Acme"_s});
    const QString first = made(u"contact"_s, {u"email=ada@example.org"_s, u"firstname=Ada"_s});
    const QString second =
        made(u"contact"_s,
             {u"email=ada@example.net"_s, u"jobtitle=Countess"_s, u"phone=+44 20 7946 0001"_s});
    associate(second, acme, {u"--label"_s, u"Billing contact"_s});
    const Ended done = merge(first, second);
    QVERIFY2(done.code == 0, done.err);
    const QString survivor = done.json()["survivor"_L1].toString();
    const QStringList undo {u"merge"_s, m_file,     u"--undo"_s, done.json()["run"_L1].toString(),
                            u"--yes"_s, u"--json"_s};
    QJsonObject fault {{u"kind"_s, u"status"_s},
                       {u"status"_s, 400},
                       {u"method"_s, u"POST"_s},
                       {u"path"_s, failing},
                       {u"times"_s, 100}};
    QJsonArray faults {fault};
    fault.insert(u"method"_s, u"PATCH"_s); // A batch that is refused is sent row by row.
    fault.insert(u"path"_s, u"/contacts/[0-9]+$"_s);
    if (failing.contains("update"_L1))
        faults.append(fault);
    m_portal->practice().control({{u"faults"_s, faults}});
    const Ended half = run(undo);
    QVERIFY2(half.code != 0, half.out);
    m_portal->practice().control({{u"faults"_s, QJsonArray()}, {u"clearRequests"_s, true}});

    const Ended rest = run(undo);
    QVERIFY2(rest.code == 0, rest.err + rest.out);
    const QString rebuilt =
        m_portal->get("/crm/v3/objects/contacts/ada@example.net?idProperty=email")
            .json()["id"_L1]
            .toString();
    QVERIFY(!rebuilt.isEmpty() && rebuilt != survivor);
    QCOMPARE(contactsWith(u"ada@example.net"_s), 1);
    QCOMPARE(properties(rebuilt)["jobtitle"_L1].toString(), u"Countess"_s);
    const QJsonObject now = properties(survivor);
    QVERIFY(now["jobtitle"_L1].toString().isEmpty());
    QVERIFY(now["hs_additional_emails"_L1].toString().isEmpty());
    QCOMPARE(companiesOf(rebuilt), QStringList {acme + u'*'});
    QVERIFY(companiesOf(survivor).isEmpty());

    // Somebody's later choice is not taken for something that is missing.
    QCOMPARE(
        run({u"update"_s, m_file, u"contact"_s, survivor, u"--set"_s, u"jobtitle=Countess"_s}).code,
        0);
    const Ended again = run(undo);
    QVERIFY2(again.code != 0 && again.err.contains("reverted already"), again.err + again.out);
    QCOMPARE(properties(survivor)["jobtitle"_L1].toString(), u"Countess"_s);
    QCOMPARE(contactsWith(u"ada@example.net"_s), 1);
}

HUBKEEPER_TEST(TestCliMergeUndo)
#include "tst_climergeundo.moc"
