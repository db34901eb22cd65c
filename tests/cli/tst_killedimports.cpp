// SPDX-License-Identifier: MIT
#include "changes/set/changefile.h"
#include "program.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>

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

    /// Starts the program and kills it after a while of at most `longestMs`; whether it was still
    /// there.
    [[nodiscard]] bool kill(const QStringList &arguments, int longestMs);
    void writeRound(int round);
    [[nodiscard]] QStringList importing() const;
    [[nodiscard]] QStringList applying() const
    {
        return {u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s};
    }
    /// Rows in the change set; -1: it cannot be read.
    [[nodiscard]] int staged() const;
    [[nodiscard]] int waiting() const;
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

bool TestKilledImports::kill(const QStringList &arguments, int longestMs)
{
    QProcess process;
    m_program.prepare(process, arguments);
    process.start();
    process.waitForStarted();
    QThread::msleep(QRandomGenerator::global()->bounded(longestMs));
    process.kill();
    process.waitForFinished();
    return process.exitStatus() == QProcess::CrashExit;
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

int TestKilledImports::staged() const
{
    QDirIterator files(m_program.path(u"data"_s), {u"*-*.sqlite"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains("/changes/"_L1))
            continue;
        const auto opened = ChangeFile::openToRead(path);
        if (!opened) {
            qWarning("%s", qUtf8Printable(opened.error().sentence()));
            return -1;
        }
        try {
            return (*opened)->overview().index.count();
        } catch (const std::exception &) {
            return 0; // It was killed before there was a table.
        }
    }
    return 0;
}

int TestKilledImports::waiting() const
{
    const QJsonArray list = m_program.run({u"--json"_s, u"changes"_s, u"list"_s}).list();
    // What was being sent when the program was killed is unknown until the next one looks.
    return list.isEmpty() ? 0 : list[0]["waiting"_L1].toInt() + list[0]["unknown"_L1].toInt();
}

int TestKilledImports::found(const QString &filter)
{
    const Ended ended = m_program.run({u"--json"_s, u"search"_s, m_file, u"contact"_s,
                                       u"--filter"_s, filter, u"--fields"_s, u"email"_s});
    return ended.code == 0 ? int(ended.json()["result"_L1].toArray().size()) : -1;
}

/// In parts, because a test function has five minutes.
void TestKilledImports::nothingIsLostOrDoubled_data()
{
    QTest::addColumn<int>("kills");
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("HUBKEEPER_KILLS", &isNumber);
    const int kills = isNumber ? std::max(1, asked) : 50;
    constexpr int most = 10;
    for (int done = 0; done < kills; done += most)
        QTest::addRow("from %d", done + 1) << std::min(most, kills - done);
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
        for (int tries = 0; tries < 3 && killed < kills && staged() == 0; ++tries) {
            inImport += int(kill(importing(), m_importMs + m_importMs / 10));
            ++killed;
            const int rows = staged();
            QVERIFY2(rows == 0 || rows == rowsPerRound, qPrintable(QString::number(rows)));
        }
        const Ended imported = m_program.run(importing());
        QVERIFY2(imported.code == 0, imported.out + imported.err);
        QCOMPARE(staged(), rowsPerRound);
        for (int tries = 0; tries < 6 && killed < kills && waiting() > 0; ++tries) {
            (void)kill(applying(), m_applyMs);
            ++killed;
        }
        for (int tries = 0; tries < 5 && waiting() > 0; ++tries)
            (void)m_program.run(applying());
        QCOMPARE(waiting(), 0);
        QCOMPARE(found(u"city eq 'Round %1'"_s.arg(m_round)), rowsPerRound);
        QCOMPARE(m_program.run({u"changes"_s, u"discard"_s, m_file, u"--yes"_s}).code, 0);
    }
    QCOMPARE(found(u"email sw 'round'"_s), createsPerRound * (m_round + 1));
    QCOMPARE(found(u"email sw 'base'"_s), updatesPerRound);
    const Ended verified = m_program.run({u"--json"_s, u"journal"_s, u"verify"_s});
    QVERIFY2(!verified.out.contains("altered"), verified.out);
    QDirIterator left(m_program.path(u"cache"_s), {u"*.sqlite"_s}, QDir::Files,
                      QDirIterator::Subdirectories);
    QVERIFY2(!left.hasNext(), "A copy of the table was left behind.");
    qInfo("%d kills (%d within an import) over %d rounds of %d rows", killed, inImport, m_round,
          rowsPerRound);
}

HUBKEEPER_TEST(TestKilledImports)
#include "tst_killedimports.moc"
