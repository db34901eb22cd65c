// SPDX-License-Identifier: MIT
#include "killrig.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `snapshot take`, `take --since` and `stage` killed (SIGKILL) again and again, at random times:
/// the same command goes on, what it comes to is what an undisturbed one comes to, and values are
/// staged all or not at all. 50 kills, or as many as HUBKEEPER_KILLS says.
class TestKilledSnapshots final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void takingGoesOn_data() { portions(4); }
    void takingGoesOn();
    void anIncrementalOneGoesOn_data() { portions(4); }
    void anIncrementalOneGoesOn();
    void stagesAllOrNothing_data() { portions(2); }
    void stagesAllOrNothing();
    void cleanupTestCase();

private:
    static constexpr int contacts = 120;

    /// Rows of kills: so many tenths of all.
    static void portions(int tenths);
    Ended run(const QStringList &words) { return m_program.run(words); }
    [[nodiscard]] static QStringList taking(const QString &name, const QString &base = {})
    {
        QStringList words {u"snapshot"_s, u"take"_s, u"p.json"_s, u"-o"_s, name, u"--json"_s};
        return base.isEmpty() ? words : words << u"--since"_s << base;
    }
    /// Gives how long an undisturbed one took, in milliseconds.
    [[nodiscard]] int take(const QString &name, const QString &base = {});
    void killTaking(const QString &name, const QString &base, int kills, int wholeMs);
    [[nodiscard]] bool wasKilled(const QStringList &words, int longestMs);
    void haveSameContent(const QString &one, const QString &other);
    void changeAll(const QString &city);

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    int m_kills = 0;
    int m_rounds = 0;
};

void TestKilledSnapshots::portions(int tenths)
{
    QTest::addColumn<int>("kills");
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("HUBKEEPER_KILLS", &isNumber);
    const int kills = std::max(1, (isNumber ? asked : 50) * tenths / 10);
    constexpr int most = 20;
    for (int done = 0; done < kills; done += most)
        QTest::addRow("from %d", done + 1) << std::min(most, kills - done);
}

void TestKilledSnapshots::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = Practice::with(
        m_program,
        {u"--contacts"_s, QString::number(contacts), u"--companies"_s, u"20"_s, u"--control"_s,
         u"--index-delay-ms"_s, u"0"_s, u"--latency-ms"_s, u"10"_s, u"--limit"_s,
         u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s, u"--limit"_s,
         u"associationsPerWindow=0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_practice->isServing());
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s, u"--most-rows"_s,
                  u"0"_s})
                 .code,
             0);
    QVERIFY(take(u"base"_s) > 0);
}

int TestKilledSnapshots::take(const QString &name, const QString &base)
{
    QFile::remove(m_program.path(name));
    QElapsedTimer timer;
    timer.start();
    const Ended taken = run(taking(name, base));
    if (taken.code != 0)
        qWarning("%s%s", taken.out.constData(), taken.err.constData());
    return taken.code == 0 ? int(timer.elapsed()) : 0;
}

bool TestKilledSnapshots::wasKilled(const QStringList &words, int longestMs)
{
    const bool was = killWithin(m_program, words, longestMs);
    m_kills += was ? 1 : 0;
    return was;
}

void TestKilledSnapshots::killTaking(const QString &name, const QString &base, int kills,
                                     int wholeMs)
{
    const QString path = m_program.path(name);
    QFile::remove(path);
    for (int killed = 0; killed < kills;) {
        killed += wasKilled(taking(name, base), wholeMs) ? 1 : 0;
        if (QFile::exists(path) && killed < kills) { // It was quicker: the next begins anew.
            QCOMPARE(run({u"snapshot"_s, u"show"_s, name}).code, 0); // Whole, with its seal.
            QVERIFY(QFile::remove(path));
        }
    }
    if (!QFile::exists(path)) {
        const Ended last = run(taking(name, base));
        QVERIFY2(last.code == 0, last.out + last.err);
    }
    QVERIFY(!QFile::exists(path + u".taking"_s) && !QFile::exists(path + u".taking-wal"_s));
}

void TestKilledSnapshots::haveSameContent(const QString &one, const QString &other)
{
    const Ended same =
        run({u"snapshot"_s, u"diff"_s, one, other, u"--all-properties"_s, u"--json"_s});
    QVERIFY2(same.code == 0, same.out.left(2000) + same.err);
}

void TestKilledSnapshots::takingGoesOn()
{
    QFETCH(const int, kills);
    const int wholeMs = take(u"undisturbed"_s);
    QVERIFY(wholeMs > 0);
    killTaking(u"killed"_s, {}, kills, wholeMs);
    haveSameContent(u"killed"_s, u"undisturbed"_s);
}

/// After changes of every kind: values, a new record, one that is gone, a link and what follows
/// from it.
void TestKilledSnapshots::anIncrementalOneGoesOn()
{
    QFETCH(const int, kills);
    ++m_rounds;
    QVERIFY(take(u"base"_s) > 0);
    m_practice->control({{u"clock"_s, QJsonObject {{u"advanceMs"_s, 5'000}}}});
    const QString made = QString::fromUtf8(run({u"create"_s, u"p.json"_s, u"contact"_s, u"--set"_s,
                                                u"email=round%1@example.org"_s.arg(m_rounds)})
                                               .out.trimmed());
    QVERIFY(!made.isEmpty());
    const QString gone = QString::number(150'000'000'010 + m_rounds);
    for (const QStringList &words :
         {QStringList {u"update"_s, u"p.json"_s, u"contact"_s, firstContact, u"--set"_s,
                       u"city=Round %1"_s.arg(m_rounds)},
          QStringList {u"delete"_s, u"p.json"_s, u"contact"_s, gone, u"--yes"_s},
          QStringList {u"associations"_s, u"add"_s, u"p.json"_s, u"contact"_s, made, u"company"_s,
                       u"30000000001"_s}}) {
        const Ended done = run(words);
        QVERIFY2(done.code == 0, done.out + done.err);
    }
    const int wholeMs = take(u"later"_s, u"base"_s);
    QVERIFY(wholeMs > 0);
    QVERIFY(take(u"undisturbed"_s) > 0);
    haveSameContent(u"later"_s, u"undisturbed"_s);
    killTaking(u"killed"_s, u"base"_s, kills, wholeMs);
    haveSameContent(u"killed"_s, u"undisturbed"_s);
}

void TestKilledSnapshots::changeAll(const QString &city)
{
    const Ended made =
        run({u"snapshot"_s, u"stage"_s, u"base"_s, u"--class"_s, u"contact"_s, u"--all"_s,
             u"--set"_s, u"city="_s + city, u"--save-changes"_s, u"all.jsonl"_s});
    QVERIFY2(made.code == 0, made.err);
    const Ended applied = run({u"changes"_s, u"apply"_s, u"p.json"_s, u"all.jsonl"_s, u"--yes"_s});
    QVERIFY2(applied.code == 0, applied.out.left(2000) + applied.err);
}

void TestKilledSnapshots::stagesAllOrNothing()
{
    QFETCH(const int, kills);
    ++m_rounds;
    QVERIFY(take(u"base"_s) > 0);
    changeAll(u"All %1"_s.arg(m_rounds));
    const QStringList words {u"snapshot"_s, u"stage"_s, u"base"_s,       u"p.json"_s, u"--class"_s,
                             u"contact"_s,  u"--all"_s, u"--property"_s, u"city"_s};
    QElapsedTimer timer;
    timer.start();
    const Ended whole = run(words);
    QVERIFY2(whole.code == 0, whole.out + whole.err);
    const int wholeMs = int(timer.elapsed());
    const int rows = waitingRows(m_program);
    QVERIFY2(rows > contacts / 2, QByteArray::number(rows));
    for (int killed = 0; killed < kills;) {
        QCOMPARE(run({u"changes"_s, u"discard"_s, u"p.json"_s, u"--yes"_s}).code, 0);
        QCOMPARE(waitingRows(m_program), 0);
        killed += wasKilled(words, wholeMs) ? 1 : 0;
        const int found = waitingRows(m_program);
        QVERIFY2(found == 0 || found == rows, QByteArray::number(found));
    }
    QCOMPARE(run({u"changes"_s, u"discard"_s, u"p.json"_s, u"--yes"_s}).code, 0);
}

void TestKilledSnapshots::cleanupTestCase()
{
    qInfo("%d kills", m_kills);
}

HUBKEEPER_TEST(TestKilledSnapshots)
#include "tst_killedsnapshots.moc"
