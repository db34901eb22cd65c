// SPDX-License-Identifier: MIT
#include "killrig.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `import` and `changes apply` killed (SIGKILL) again and again, at random times: a change set has
/// all rows of a table or none, and what is applied in the end is there once. 50 kills, or as many
/// as HUBKEEPER_KILLS says.
class TestKilledImports : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLostOrDoubled_data();
    void nothingIsLostOrDoubled();

private:
    static constexpr int updatesPerRound = 150;
    static constexpr int createsPerRound = 150;
    static constexpr int rowsPerRound = updatesPerRound + createsPerRound;

    void writeRound(int round);
    [[nodiscard]] QStringList importing() const;
    [[nodiscard]] QStringList applying() const
    {
        return {u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s};
    }
    [[nodiscard]] int found(const QString &filter);

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    int m_round = 0;
    int m_importMs = 0;
    int m_applyMs = 0;
};

void TestKilledImports::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program, QStringList {u"--latency-ms"_s, u"15"_s});
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
    QCOMPARE(m_program.run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s}).code, 0);
}

/// The contacts of the first round get another title in each later one, and new ones come.
void TestKilledImports::writeRound(int round)
{
    QByteArray lines = "email,city\n";
    const QByteArray title = ",Round " + QByteArray::number(round) + '\n';
    for (int i = 0; i < updatesPerRound; ++i)
        lines += "base" + QByteArray::number(i) + "@example.com" + title;
    for (int i = 0; i < createsPerRound; ++i)
        lines += "round" + QByteArray::number(round) + '.' + QByteArray::number(i) + "@example.com"
            + title;
    m_program.write(u"round.csv"_s, lines);
}

QStringList TestKilledImports::importing() const
{
    return {u"--json"_s, u"import"_s,   u"round.csv"_s, u"--connection"_s,
            m_file,      u"--object"_s, u"contact"_s};
}

int TestKilledImports::found(const QString &filter)
{
    const Ended ended = m_program.run({u"--json"_s, u"search"_s, m_file, u"contact"_s,
                                       u"--filter"_s, filter, u"--fields"_s, u"email"_s});
    return ended.code == 0 ? int(ended.json()["result"_L1].toArray().size()) : -1;
}

void TestKilledImports::nothingIsLostOrDoubled_data()
{
    addKillRows(50, 10);
    writeRound(0);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_program.run(importing()).code, 0);
    m_importMs = int(timer.restart());
    QCOMPARE(m_program.run(applying()).code, 0);
    m_applyMs = int(timer.elapsed());
    QCOMPARE(m_program.run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
}

void TestKilledImports::nothingIsLostOrDoubled()
{
    QFETCH(const int, kills);
    int killed = 0;
    int inImport = 0;
    while (killed < kills) {
        writeRound(++m_round);
        for (int tries = 0; tries < 3 && killed < kills && stagedRows(m_program) == 0; ++tries) {
            inImport += int(killWithin(m_program, importing(), m_importMs + m_importMs / 10));
            ++killed;
            const int rows = stagedRows(m_program);
            QVERIFY2(rows == 0 || rows == rowsPerRound, qPrintable(QString::number(rows)));
        }
        const Ended imported = m_program.run(importing());
        QVERIFY2(imported.code == 0, imported.out + imported.err);
        QCOMPARE(stagedRows(m_program), rowsPerRound);
        for (int tries = 0; tries < 6 && killed < kills && waitingRows(m_program) > 0; ++tries) {
            (void)killWithin(m_program, applying(), m_applyMs);
            ++killed;
        }
        for (int tries = 0; tries < 5 && waitingRows(m_program) > 0; ++tries)
            (void)m_program.run(applying());
        QCOMPARE(waitingRows(m_program), 0);
        QCOMPARE(found(u"city eq 'Round %1'"_s.arg(m_round)), rowsPerRound);
        QCOMPARE(m_program.run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
    }
    QCOMPARE(found(u"email sw 'round'"_s), createsPerRound * (m_round + 1));
    QCOMPARE(found(u"email sw 'base'"_s), updatesPerRound);
    const Ended verified = m_program.run({u"--json"_s, u"journal"_s, u"verify"_s});
    QVERIFY2(!verified.out.contains("altered"), verified.out);
    QVERIFY2(leavesNoCopy(m_program), "A copy of the table was left behind.");
    qInfo("%d kills (%d within an import) over %d rounds of %d rows", killed, inImport, m_round,
          rowsPerRound);
}

HUBKEEPER_TEST(TestKilledImports)
#include "tst_killedimports.moc"
