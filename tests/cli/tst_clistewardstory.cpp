// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// An afternoon of repairs, as a data steward spends it: a copy first, a recipe, a rehearsal that
/// fails and one that does not, the run, the values of the morning put back, two records that are
/// one, and second thoughts about the merge. One story on one portal, each step with the program's
/// own words.
class TestCliStewardStory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void aCopyFirst();
    void repairedByRecipe();
    void aRehearsalWithAFailure();
    void aRehearsalThatWorks();
    void sent();
    void putBackAsOfThen();
    void twoRecordsThatAreOne();
    void merged();
    void takenApartAgain();
    void whatHappened();

private:
    [[nodiscard]] Ended run(const QStringList &arguments) const
    {
        return m_program->run(arguments);
    }
    [[nodiscard]] QString made(const QStringList &values) const;
    [[nodiscard]] QString value(const QString &id, const QString &property) const;
    [[nodiscard]] int staged() const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    QString m_snapshot;
    QString m_ada; // Record ids.
    QString m_twin;
    QString m_merge; // A run of the journal.
};

namespace {

const auto typedNumber = u"030 23125042"_s; // Reserved for fiction.
const auto repairedNumber = u"+493023125042"_s;

} // namespace

void TestCliStewardStory::initTestCase()
{
    m_program = std::make_unique<Program>();
    m_practice = std::make_unique<Practice>(*m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program->path(u"p.json"_s);
    m_snapshot = m_program->path(u"morning.hubsnapshot"_s);
    m_ada = made({u"email=ada.lovelace@example.org"_s, u"firstname=Ada"_s, u"lastname=Lovelace"_s,
                  u"company=Analytical Engines Ltd."_s, u"phone="_s + typedNumber});
    m_twin =
        made({u"email=ada.lovelace@engines.example"_s, u"firstname=Ada"_s, u"lastname=Lovelase"_s,
              u"company=Analytical Engines"_s, u"phone="_s + repairedNumber, u"city=London"_s});
    QVERIFY(!m_ada.isEmpty() && !m_twin.isEmpty());
}

void TestCliStewardStory::cleanupTestCase()
{
    m_practice.reset();
    m_program.reset();
}

QString TestCliStewardStory::made(const QStringList &values) const
{
    QStringList arguments {u"create"_s, m_file, u"contact"_s};
    for (const QString &value : values)
        arguments << u"--set"_s << value;
    return QString::fromUtf8(run(arguments).out.trimmed());
}

QString TestCliStewardStory::value(const QString &id, const QString &property) const
{
    const Ended found =
        run({u"get"_s, m_file, u"contact"_s, id, u"--fields"_s, property, u"--json"_s});
    return found.json()[property].toString();
}

int TestCliStewardStory::staged() const
{
    const Ended shown = run({u"changes"_s, u"show"_s, m_file, u"--json"_s});
    return int(shown.json()["rows"_L1].toArray().size());
}

void TestCliStewardStory::aCopyFirst()
{
    const Ended taken = run({u"snapshot"_s, u"take"_s, m_file, u"-o"_s, m_snapshot, u"--json"_s});
    QVERIFY2(taken.code == 0, taken.out + taken.err);
    QCOMPARE(run({u"snapshot"_s, u"diff"_s, m_snapshot, u"--live"_s, m_file}).code, 0);
}

void TestCliStewardStory::repairedByRecipe()
{
    const QStringList repair {u"repair"_s,       u"run"_s,      u"phone"_s,
                              u"--connection"_s, m_file,        u"--object"_s,
                              u"contact"_s,      u"--filter"_s, u"lastname sw \"Lovela\""_s,
                              u"--country"_s,    u"DE"_s};
    const Ended first = run(repair + QStringList {u"--dry-run"_s});
    QVERIFY2(first.code == 0, first.out + first.err);
    QCOMPARE(staged(), 0);
    const Ended done = run(repair);
    QVERIFY2(done.code == 0, done.out + done.err);
    QCOMPARE(staged(), 1); // The twin's number is right already.
    QCOMPARE(value(m_ada, u"phone"_s), typedNumber); // Nothing was sent.
}

void TestCliStewardStory::aRehearsalWithAFailure()
{
    const Ended failed = run({u"rehearse"_s, m_file, u"--snapshot"_s, m_snapshot, u"--fault"_s,
                              u"status,status=403,method=POST,path=batch/update"_s, u"--json"_s});
    QVERIFY2(failed.code == 1, failed.out + failed.err);
    QCOMPARE(staged(), 1);
    QCOMPARE(value(m_ada, u"phone"_s), typedNumber);
}

void TestCliStewardStory::aRehearsalThatWorks()
{
    const Ended rehearsed = run({u"rehearse"_s, m_file, u"--snapshot"_s, m_snapshot, u"--json"_s});
    QVERIFY2(rehearsed.code == 0, rehearsed.out + rehearsed.err);
    QVERIFY2(rehearsed.out.contains(repairedNumber.toUtf8()), rehearsed.out);
    QCOMPARE(value(m_ada, u"phone"_s), typedNumber);
}

void TestCliStewardStory::sent()
{
    const Ended applied = run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--json"_s});
    QVERIFY2(applied.code == 0, applied.out + applied.err);
    QCOMPARE(value(m_ada, u"phone"_s), repairedNumber);
    const Ended differs =
        run({u"snapshot"_s, u"diff"_s, m_snapshot, u"--live"_s, m_file, u"--format"_s, u"csv"_s});
    QCOMPARE(differs.code, 1);
    QVERIFY2(differs.out.contains(repairedNumber.toUtf8()), differs.out);
}

void TestCliStewardStory::putBackAsOfThen()
{
    const Ended put = run({u"snapshot"_s, u"stage"_s, m_snapshot, m_file, u"--class"_s,
                           u"contact"_s, u"--ids"_s, m_ada, u"--property"_s, u"phone"_s});
    QVERIFY2(put.code == 0, put.out + put.err);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s}).code, 0);
    QCOMPARE(value(m_ada, u"phone"_s), typedNumber);
}

void TestCliStewardStory::twoRecordsThatAreOne()
{
    const QString table = m_program->path(u"contacts.csv"_s);
    const Ended written = run({u"search"_s, m_file, u"contact"_s, u"--output"_s, table});
    QVERIFY2(written.code == 0, written.err);
    const Ended found = run({u"duplicates"_s, table, u"--json"_s});
    QVERIFY2(found.json()["groups"_L1].toArray().size() == 1, found.out + found.err);
    QVERIFY2(found.out.contains(m_ada.toUtf8()) && found.out.contains(m_twin.toUtf8()), found.out);
}

void TestCliStewardStory::merged()
{
    const QStringList merge {u"merge"_s, m_file,        u"contact"_s, u"--primary"_s,
                             m_ada,      u"--merged"_s, m_twin,       u"--json"_s};
    QCOMPARE(run(merge + QStringList {u"--dry-run"_s}).code, 0);
    QCOMPARE(value(m_twin, u"city"_s), u"London"_s);
    const Ended done = run(merge + QStringList {u"--yes"_s});
    QVERIFY2(done.code == 0, done.out + done.err);
    m_merge = done.json()["run"_L1].toString();
    QVERIFY2(!m_merge.isEmpty(), done.out);
    QCOMPARE(value(m_ada, u"city"_s), u"London"_s);
}

void TestCliStewardStory::takenApartAgain()
{
    const Ended undone = run({u"merge"_s, m_file, u"--undo"_s, m_merge, u"--yes"_s});
    QVERIFY2(undone.code == 0, undone.out + undone.err);
    QCOMPARE(value(m_ada, u"city"_s), QString());
    const Ended twins = run({u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                             u"email eq \"ada.lovelace@engines.example\""_s, u"--json"_s});
    QVERIFY2(twins.out.contains("Lovelase"), twins.out + twins.err);
}

void TestCliStewardStory::whatHappened()
{
    const Ended found = run({u"journal"_s, u"search"_s, u"--property"_s, u"phone"_s, u"--json"_s});
    QVERIFY2(found.out.contains(repairedNumber.toUtf8()), found.out + found.err);
    const Ended values =
        run({u"history"_s, m_file, u"contact"_s, m_ada, u"--property"_s, u"phone"_s, u"--json"_s});
    QVERIFY2(values.out.count(typedNumber.toUtf8()) >= 2, values.out + values.err);
    QVERIFY2(values.out.contains(repairedNumber.toUtf8()), values.out);
    QCOMPARE(run({u"journal"_s, u"verify"_s}).code, 0);
}

HUBKEEPER_TEST(TestCliStewardStory)
#include "tst_clistewardstory.moc"
