// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `practice --snapshot` and `rehearse`, as processes.
class TestCliRehearsal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void fillsAPracticePortal();
    void rehearsesBeforeSending();
    void rehearsesFaultsAndRefusals();
    void refusesASnapshotOfAnotherPortal();
    void showsWhatTheSnapshotHas();
    void heedsTheConnection();
    void refusesWhatItDoesNotKnow();

private:
    Ended run(const QStringList &words) { return m_program.run(words); }
    Ended json(QStringList words) { return m_program.run(words << u"--json"_s); }
    static QByteArray row(const QByteArray &property, const QByteArray &before,
                          const QByteArray &after, const QByteArray &of)
    {
        return "{\"cells\":{\"" + property + "\":{\"after\":\"" + after + "\",\"before\":\""
            + before + "\"}},\"id\":\"" + of
            + "\",\"kind\":\"update\",\"label\":\"x\",\"type\":\"contacts\"}\n";
    }
    QByteArray write(const QString &name, const QByteArray &rows)
    {
        const QByteArray header = "{\"author\":\"test\",\"created\":\"2026-11-30T12:00:00Z\","
                                  "\"format\":\"hubkeeper-changes\",\"portal\":\""
            + QByteArray::number(m_portal) + "\",\"version\":3}\n";
        m_program.write(name, header + rows);
        return header + rows;
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    qint64 m_portal = 0;
};

void TestCliRehearsal::initTestCase()
{
    m_program.withoutKeychain();
    m_practice =
        Practice::with(m_program,
                       {u"--contacts"_s, u"250"_s, u"--companies"_s, u"30"_s, u"--control"_s,
                        u"--index-delay-ms"_s, u"0"_s, u"--limit"_s, u"oauthPerWindow=0"_s,
                        u"--limit"_s, u"searchPerSecond=0"_s, u"--limit"_s,
                        u"associationsPerWindow=0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_practice->isServing());
    m_portal = m_practice->announced().value(u"portalId"_s).toInteger();
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s}).code, 0);
    QCOMPARE(run({u"snapshot"_s, u"take"_s, u"p.json"_s, u"-o"_s, u"first"_s}).code, 0);
    QCOMPARE(
        json({u"snapshot"_s, u"stage"_s, u"first"_s, u"--class"_s, u"contact"_s, u"--ids"_s,
              secondContact, u"--set"_s, u"city=Bern"_s, u"--save-changes"_s, u"edits.jsonl"_s})
            .code,
        0);
}

void TestCliRehearsal::fillsAPracticePortal()
{
    const auto filled =
        Practice::with(m_program,
                       {u"--snapshot"_s, u"first"_s, u"--index-delay-ms"_s, u"0"_s, u"--limit"_s,
                        u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s,
                        u"--write-provisioner"_s, u"filled.json"_s});
    QVERIFY(filled->isServing());
    QCOMPARE(filled->announced().value(u"contacts"_s).toInt(), 250);
    QVERIFY(filled->announced().value(u"portalId"_s).toInteger() != m_portal);
    const Ended copy = json({u"snapshot"_s, u"take"_s, u"filled.json"_s, u"-o"_s, u"copy"_s});
    QVERIFY2(copy.code == 0, copy.err + copy.out);
    // The same records, with the same associations; only the account is another.
    const auto table = [this](const QString &snapshot, const QString &name) {
        return run({u"snapshot"_s, u"show"_s, snapshot, u"--class"_s, u"contact"_s, u"-o"_s, name,
                    u"--columns"_s, u"*"_s, u"--associations"_s, u"companies"_s});
    };
    QCOMPARE(table(u"first"_s, u"one.jsonl"_s).code, 0);
    QCOMPARE(table(u"copy"_s, u"two.jsonl"_s).code, 0);
    QCOMPARE(m_program.content(u"two.jsonl"_s), m_program.content(u"one.jsonl"_s));
    const QString email = QString::fromUtf8(m_program.content(u"one.jsonl"_s))
                              .section(u"\"email\":\""_s, 2, 2)
                              .section(u'"', 0, 0);
    const Ended found = run({u"search"_s, u"filled.json"_s, u"contact"_s, u"--filter"_s,
                             u"email eq \"%1\""_s.arg(email), u"--format"_s, u"csv"_s});
    QCOMPARE(found.out.count('\n'), 2);
}

void TestCliRehearsal::rehearsesBeforeSending()
{
    const QByteArray before = m_program.content(u"edits.jsonl"_s);
    const int calls = m_practice->requests().value(u"total"_s).toInt();
    const Ended rehearsed = json({u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"first"_s,
                                  u"--connection"_s, u"p.json"_s});
    QVERIFY2(rehearsed.code == 0, rehearsed.err + rehearsed.out);
    const QJsonObject row = rehearsed.json()[u"rows"_s][0].toObject();
    QCOMPARE(row.value(u"state"_s).toString(), u"applied"_s);
    QCOMPARE(row[u"cells"_s][0][u"after"_s].toString(), u"Bern"_s);
    QVERIFY(rehearsed.json().value(u"calls"_s).toInt() >= 3);
    QVERIFY(rehearsed.json().value(u"shareOfDay"_s).toDouble() > 0);
    QCOMPARE(m_practice->requests().value(u"total"_s).toInt(), calls); // Nothing was asked there.
    QCOMPARE(m_program.content(u"edits.jsonl"_s), before);
    // The same file goes to the portal afterwards.
    QCOMPARE(run({u"changes"_s, u"apply"_s, u"p.json"_s, u"edits.jsonl"_s, u"--yes"_s}).code, 0);
}

void TestCliRehearsal::rehearsesFaultsAndRefusals()
{
    const QByteArray id = secondContact.toLatin1();
    const auto email = [this](const QString &contact) {
        return run({u"snapshot"_s, u"show"_s, u"first"_s, u"--class"_s, u"contact"_s, u"--ids"_s,
                    contact, u"--fields"_s, u"email"_s, u"--format"_s, u"csv"_s})
            .out.split('\n')
            .value(1)
            .trimmed()
            .split(',')
            .value(1);
    };
    const QByteArray taken = email(firstContact);
    const QByteArray own = email(secondContact);
    QVERIFY(!taken.isEmpty() && !own.isEmpty());
    (void)write(u"bad.jsonl"_s,
                row("email", own, taken, id) + row("city", "Atlantis", "Ys", "150000000004")
                    + row("jobtitle", "", "", "1"));
    const Ended ended = json({u"rehearse"_s, u"bad.jsonl"_s, u"--snapshot"_s, u"first"_s});
    QCOMPARE(ended.code, 1);
    const QJsonObject report = ended.json();
    QCOMPARE(report[u"rows"_s][0][u"state"_s].toString(), u"failed"_s); // A taken address.
    QCOMPARE(report[u"rows"_s][1][u"state"_s].toString(), u"conflict"_s); // Another city.
    QCOMPARE(report.value(u"applied"_s).toInt(), 0);
    (void)write(u"good.jsonl"_s, row("jobtitle", "", "Pilot", "150000000004"));
    const Ended faulty =
        json({u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"first"_s, u"--fault"_s,
              u"status,status=502,method=POST,path=update,nth=1,times=9"_s});
    QCOMPARE(faulty.code, 1);
    QCOMPARE(faulty.json()[u"rows"_s][0][u"state"_s].toString(), u"failed"_s);
    QCOMPARE(json({u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"first"_s, u"--fault"_s,
                   u"nosuch"_s})
                 .code,
             2);
}

void TestCliRehearsal::refusesASnapshotOfAnotherPortal()
{
    const auto other = Practice::with(m_program,
                                      {u"--contacts"_s, u"3"_s, u"--companies"_s, u"1"_s,
                                       u"--write-provisioner"_s, u"other.json"_s});
    QVERIFY(other->isServing());
    QCOMPARE(json({u"snapshot"_s, u"take"_s, u"other.json"_s, u"-o"_s, u"theirs"_s}).code, 0);
    const Ended elsewhere = json({u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"theirs"_s});
    QCOMPARE(elsewhere.code, 7);
    const QString message = elsewhere.error().value(u"message"_s).toString();
    QVERIFY2(message.contains(QString::number(m_portal)), elsewhere.out);
}

/// The baseline says another thing than the snapshot, which has the wanted value already.
void TestCliRehearsal::showsWhatTheSnapshotHas()
{
    const QByteArray id = secondContact.toLatin1();
    (void)write(u"set.jsonl"_s, row("degree", "", "Pilot", id));
    QCOMPARE(run({u"changes"_s, u"apply"_s, u"p.json"_s, u"set.jsonl"_s, u"--yes"_s}).code, 0);
    QCOMPARE(run({u"snapshot"_s, u"take"_s, u"p.json"_s, u"-o"_s, u"pilot"_s}).code, 0);
    (void)write(u"same.jsonl"_s,
                row("degree", "Clerk", "Pilot", id)
                    + row("degree", "", QByteArray(900, 'x'), "150000000004")
                    + row("degree", "Clerk", "Baker", "150000000005")
                    + row("degree", "Clerk", "Baker", "999999"));
    const QStringList words {u"rehearse"_s, u"same.jsonl"_s, u"--snapshot"_s, u"pilot"_s};
    const Ended ended = json(words);
    QCOMPARE(ended.code, 1);
    const QJsonObject report = ended.json();
    const auto rowAt = [&](int at) { return report[u"rows"_s][at].toObject(); };
    QVERIFY(rowAt(0).value(u"alreadySo"_s).toBool());
    QCOMPARE(rowAt(0)[u"cells"_s][0][u"before"_s].toString(), u"Pilot"_s);
    QCOMPARE(report.value(u"alreadySo"_s).toInt(), 1);
    QCOMPARE(report.value(u"applied"_s).toInt(), 1);
    QVERIFY(!rowAt(1).value(u"alreadySo"_s).toBool());
    QCOMPARE(rowAt(2).value(u"state"_s).toString(), u"conflict"_s);
    QVERIFY(rowAt(2)[u"cells"_s][0][u"after"_s].isNull());
    QVERIFY(rowAt(2)[u"cells"_s][0][u"before"_s].toString() != u"Clerk"_s);
    QVERIFY(rowAt(3).value(u"message"_s).toString().contains(u"not in the snapshot"_s));
    const Ended text = run(words);
    QVERIFY2(text.out.contains("already so in the snapshot"), text.out);
    QVERIFY(!text.out.contains("-> \"Baker\""));
    QVERIFY(text.out.contains("asked for \"Baker\""));
    QVERIFY(!text.out.contains(QByteArray(300, 'x')));
    QVERIFY(!(text.out + text.err).contains("changes apply"));
}

void TestCliRehearsal::heedsTheConnection()
{
    const auto rehearse = [this](const QStringList &more) {
        return json(QStringList {u"rehearse"_s, u"own.jsonl"_s, u"--snapshot"_s, u"first"_s}
                    + more);
    };
    // A set that says which connection it belongs to.
    QCOMPARE(json({u"snapshot"_s, u"stage"_s, u"first"_s, u"p.json"_s, u"--class"_s, u"contact"_s,
                   u"--ids"_s, secondContact, u"--property"_s, u"degree"_s, u"--save-changes"_s,
                   u"own.jsonl"_s})
                 .code,
             0);
    QVERIFY(rehearse({}).code < 2);
    const auto other = Practice::with(m_program,
                                      {u"--contacts"_s, u"3"_s, u"--companies"_s, u"1"_s,
                                       u"--write-provisioner"_s, u"elsewhere.json"_s});
    QVERIFY(other->isServing());
    QCOMPARE(rehearse({u"--connection"_s, u"elsewhere.json"_s}).code, 7);
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"read-only"_s}).code, 0);
    QCOMPARE(rehearse({}).code, 7);
    QCOMPARE(rehearse({u"--connection"_s, u"p.json"_s}).code, 7);
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s}).code, 0);
    QVERIFY(rehearse({}).code < 2);
}

void TestCliRehearsal::refusesWhatItDoesNotKnow()
{
    const QStringList words {u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"first"_s};
    QCOMPARE(json(words + QStringList {u"--switch"_s, u"stageMovesBack=maybe"_s}).code, 2);
    QCOMPARE(json({u"practice"_s, u"--switch"_s, u"stageMovesBack=maybe"_s}).code, 2);
    const QString fault = u"status,status=502,method=PUT,nth=1"_s;
    const Ended idle = json(words + QStringList {u"--fault"_s, fault});
    QCOMPARE(idle.json()[u"unfiredFaults"_s][0].toString(), fault);
}

HUBKEEPER_TEST(TestCliRehearsal)
#include "tst_clirehearsal.moc"
