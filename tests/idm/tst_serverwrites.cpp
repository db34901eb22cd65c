// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "idm/writing/linkwrite.h"
#include "idm/writing/reconwrite.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Links and starts of reconciliations through the engine, against a server that misbehaves.
class TestServerWrites : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deletesLinksInOneRun();
    void oneConflictDoesNotStopTheOthers();
    void aNoStopsTheRest();
    void aLostDeleteIsLookedUp();
    void takesLinksBack();
    void takesBackOnlyWhatItLeft();
    void startsARun();
    void refusesASecondRun();
    void aLostStartIsLookedUp_data();
    void aLostStartIsLookedUp();
    void aRefusedStart();
    void cancelsOnlyWhatWorks();

private:
    [[nodiscard]] ServerWriteReport write(std::vector<std::shared_ptr<ServerWrite>> writes);
    [[nodiscard]] QList<JournalRow> rows() const;

    struct Rig;
    std::unique_ptr<Rig> m_rig;
};

namespace {

ServerLink link(const QString &id, const QString &first, const QString &second)
{
    return {id, u"1"_s, u"users_contacts"_s, u"default"_s, first, second};
}

std::vector<std::shared_ptr<ServerWrite>> deletions(const QList<ServerLink> &links)
{
    std::vector<std::shared_ptr<ServerWrite>> writes;
    for (const ServerLink &one : links)
        writes.push_back(serverWriteOf(LinkWrite {one, true}));
    return writes;
}

} // namespace

/// A server with links and reconciliations.
struct TestServerWrites::Rig
{
    Rig()
        : server([this](const WireRequest &request) { return answerTo(request); })
        , transport(options())
        , client(transport, clock, traffic, {LoginKind::StaticUser, u"admin"_s},
                 Secret(QByteArray("password")), u"/openidm"_s)
        , journal(Journal::open(folder.filePath(u"data/journal.sqlite"_s), clock, {}).value())
    {
    }

    [[nodiscard]] TransportOptions options() const
    {
        TransportOptions options;
        options.base = server.url();
        return options;
    }

    WireAnswer answerTo(const WireRequest &request)
    {
        const QByteArray path = request.target.mid(sizeof "/openidm").split('?').first();
        sent.append(request.verb + ' ' + request.target.mid(sizeof "/openidm"));
        WireAnswer answer = path.startsWith("repo/link/")
            ? answerLink(request, QString::fromUtf8(path.mid(10)))
            : answerRecon(request, path);
        if (request.verb != "GET" && losesAnswers)
            answer.hangUp = true;
        return answer;
    }

    WireAnswer answerLink(const WireRequest &request, const QString &id)
    {
        if (request.verb == "DELETE" && request.headers.value("if-match") == "\"1\""
            && !dropsWrites)
            links.remove(id);
        else if (request.verb == "PUT")
            links.insert(id, QJsonDocument::fromJson(request.body).object());
        else if (!links.contains(id))
            return failure(404);
        QJsonObject body = links.value(id);
        body.insert(u"_id"_s, id);
        body.insert(u"_rev"_s, u"1"_s);
        return good(body);
    }

    WireAnswer answerRecon(const WireRequest &request, const QByteArray &path)
    {
        if (request.verb == "GET" && path == "recon")
            return good({{u"_id"_s, u""_s}, {u"reconciliations"_s, runs}});
        if (request.verb == "GET")
            return good({{u"_id"_s, QString::fromUtf8(path.mid(6))}, {u"state"_s, state}});
        if (refuseWith != 0)
            return failure(refuseWith);
        if (path == "recon" && !dropsWrites)
            addRun(u"r2"_s, u"ACTIVE"_s);
        return good({{u"_id"_s, u"r2"_s}, {u"state"_s, u"ACTIVE"_s}});
    }

    void addRun(const QString &id, const QString &word)
    {
        runs.append(
            QJsonObject {{u"_id"_s, id}, {u"mapping"_s, u"users_contacts"_s}, {u"state"_s, word}});
    }

    static WireAnswer good(const QJsonObject &body)
    {
        WireAnswer answer;
        answer.body = QJsonDocument(body).toJson();
        return answer;
    }
    static WireAnswer failure(int status)
    {
        WireAnswer answer;
        answer.status = status;
        answer.body = R"({"code":409,"reason":"x","message":"No such mapping: users_contacts"})";
        return answer;
    }

    void keep(const ServerLink &one)
    {
        QJsonObject body = serverLinkJson(one);
        body.remove("_id"_L1);
        links.insert(one.id, body);
    }

    QTemporaryDir folder;
    QMap<QString, QJsonObject> links;
    QJsonArray runs;
    QString state = u"ACTIVE"_s; ///< Of every run that is asked for.
    QByteArrayList sent;
    int refuseWith = 0;
    bool losesAnswers = false;
    bool dropsWrites = false;
    int allowed = 1000; ///< So often the guard says yes.
    SystemClock clock;
    TrafficLog traffic;
    ScriptedServer server;
    QnamTransport transport;
    IdmClient client;
    std::unique_ptr<Journal> journal;
    QObject parent;
};

void TestServerWrites::init()
{
    m_rig = std::make_unique<Rig>();
}

void TestServerWrites::cleanup()
{
    m_rig.reset();
}

ServerWriteReport TestServerWrites::write(std::vector<std::shared_ptr<ServerWrite>> writes)
{
    RunStart start;
    start.connectionId = u"server"_s;
    const auto guard = [this]() -> Result<void> {
        if (m_rig->allowed-- > 0)
            return {};
        return fail(ErrorKind::Refused, u"It is read-only."_s);
    };
    const auto outcome = outcomeOf(writeToServer({m_rig->client, *m_rig->journal, start, guard},
                                                 std::move(writes), &m_rig->parent));
    return outcome && *outcome ? **outcome : ServerWriteReport();
}

QList<JournalRow> TestServerWrites::rows() const
{
    const auto runs = m_rig->journal->runs();
    return runs && !runs->isEmpty() ? m_rig->journal->rows(runs->first().id).value()
                                    : QList<JournalRow>();
}

void TestServerWrites::deletesLinksInOneRun()
{
    const QList<ServerLink> links {link(u"l1"_s, u"m1"_s, u"101"_s),
                                   link(u"l2"_s, u"m2"_s, u"102"_s)};
    for (const ServerLink &one : links)
        m_rig->keep(one);
    const auto report = write(deletions(links));
    QCOMPARE(report.count(outcome::applied), 2);
    QVERIFY(m_rig->links.isEmpty());
    QCOMPARE(m_rig->journal->runs()->size(), 1);
    QCOMPARE(m_rig->journal->runs()->first().rows, 2);
    QVERIFY(m_rig->journal->runs()->first().hasEnded());
    const JournalRow row = rows().first();
    QCOMPARE(row.thing, WrittenThing::Link);
    QCOMPARE(row.kind, ChangeKind::Archive);
    QVERIFY(row.cells[QString()].before.contains(u"\"firstId\":\"m1\""_s));
    QVERIFY(row.cells[QString()].after.isEmpty());
}

void TestServerWrites::oneConflictDoesNotStopTheOthers()
{
    ServerLink changed = link(u"l1"_s, u"m1"_s, u"101"_s);
    m_rig->keep(changed);
    changed.secondId = u"111"_s; // Somebody else has moved it.
    const ServerLink gone = link(u"l3"_s, u"m3"_s, u"103"_s);
    const ServerLink good = link(u"l2"_s, u"m2"_s, u"102"_s);
    m_rig->keep(good);
    const auto report = write(deletions({changed, gone, good}));
    QCOMPARE(report.writes.size(), size_t(3));
    QCOMPARE(report.count(outcome::conflict), 2);
    QCOMPARE(report.count(outcome::applied), 1);
    QVERIFY(!report.stopped);
    QVERIFY(m_rig->links.contains(u"l1"_s));
    QCOMPARE(m_rig->journal->runs()->first().conflicting, 2);
    QCOMPARE(m_rig->journal->runs()->first().state(), RunState::Ended);
}

void TestServerWrites::aNoStopsTheRest()
{
    const QList<ServerLink> links {link(u"l1"_s, u"m1"_s, u"101"_s),
                                   link(u"l2"_s, u"m2"_s, u"102"_s)};
    for (const ServerLink &one : links)
        m_rig->keep(one);
    m_rig->allowed = 1; // Somebody makes the server read-only meanwhile.
    const auto report = write(deletions(links));
    QCOMPARE(report.count(outcome::applied), 1);
    QVERIFY(report.stopped);
    QCOMPARE(report.stopped->kind, ErrorKind::Refused);
    QVERIFY(m_rig->links.contains(u"l2"_s));
    QCOMPARE(m_rig->journal->runs()->first().state(), RunState::Stopped);
}

void TestServerWrites::aLostDeleteIsLookedUp()
{
    const ServerLink one = link(u"l1"_s, u"m1"_s, u"101"_s);
    m_rig->keep(one);
    m_rig->losesAnswers = true;
    QCOMPARE(write(deletions({one})).count(outcome::applied), 1);
    m_rig->keep(one);
    m_rig->dropsWrites = true;
    const auto report = write(deletions({one}));
    QCOMPARE(report.count(outcome::failed), 1); // It is still there as it was.
}

void TestServerWrites::takesLinksBack()
{
    const ServerLink one = link(u"l1"_s, u"m1"_s, u"101"_s);
    m_rig->keep(one);
    QCOMPARE(write(deletions({one})).count(outcome::applied), 1);
    const auto back = linkTakenBack(rows().first(), std::nullopt);
    QVERIFY(back && *back);
    QVERIFY(!(*back)->deletes);
    QCOMPARE(write({serverWriteOf(**back)}).count(outcome::applied), 1);
    QCOMPARE(m_rig->links.value(u"l1"_s)["firstId"_L1].toString(), u"m1"_s);
    QCOMPARE(write({serverWriteOf(**back)}).count(outcome::conflict), 1); // It is there.
}

void TestServerWrites::takesBackOnlyWhatItLeft()
{
    const ServerLink one = link(u"l1"_s, u"m1"_s, u"101"_s);
    m_rig->keep(one);
    QCOMPARE(write(deletions({one})).count(outcome::applied), 1);
    const JournalRow row = rows().first();
    QVERIFY(!*linkTakenBack(row, one)); // It is as it was.
    ServerLink theirs = one;
    theirs.secondId = u"102"_s;
    QCOMPARE(linkTakenBack(row, theirs).error().kind, ErrorKind::Conflict);
    JournalRow other;
    other.thing = WrittenThing::Configuration;
    QCOMPARE(linkTakenBack(other, std::nullopt).error().kind, ErrorKind::InvalidInput);
}

void TestServerWrites::startsARun()
{
    ReconOrder order;
    order.mapping = u"users_contacts"_s;
    order.id = u"m 1"_s;
    order.parameters = {{u"runTargetPhase"_s, false}};
    const auto report = write({serverWriteOf(order)});
    QCOMPARE(report.count(outcome::applied), 1);
    const JournalRow row = rows().first();
    QCOMPARE(row.thing, WrittenThing::Reconciliation);
    QCOMPARE(row.recordId, u"r2"_s);
    QVERIFY(m_rig->sent.last().startsWith("POST recon?"));
    QVERIFY(m_rig->sent.last().contains("_action=reconById"));
    QVERIFY(m_rig->sent.last().contains("ids=m%201"));
    QVERIFY(!m_rig->sent.last().contains("analyze"));

    ServerRun run;
    run.id = u"r2"_s;
    run.state = ServerRunState::Success;
    run.stateWord = u"SUCCESS"_s;
    run.situations = {{u"FOUND"_s, 2}, {u"ABSENT"_s, 0}};
    const JournalRow result = withResult(row, run, 1);
    QVERIFY(result.message.contains(u"objects: 1"_s));
    QVERIFY(result.cells[u"result"_s].after.contains(u"\"FOUND\":2"_s));
    QVERIFY(!result.cells[u"result"_s].after.contains(u"ABSENT"_s));
}

void TestServerWrites::refusesASecondRun()
{
    m_rig->addRun(u"r1"_s, u"ACTIVE"_s);
    ReconOrder order;
    order.mapping = u"users_contacts"_s;
    const auto report = write({serverWriteOf(order)});
    QCOMPARE(report.count(outcome::conflict), 1);
    QCOMPARE(report.writes.front().failure->existingId, u"r1"_s);
    QVERIFY(m_rig->journal->runs()->isEmpty()); // Nothing was sent.
    for (const QByteArray &request : std::as_const(m_rig->sent))
        QVERIFY(request.startsWith("GET"));
}

void TestServerWrites::aLostStartIsLookedUp_data()
{
    QTest::addColumn<bool>("wasStarted");
    QTest::addColumn<QString>("expected");
    QTest::newRow("it works") << true << QString(outcome::applied);
    QTest::newRow("it does not") << false << QString(outcome::failed);
}

void TestServerWrites::aLostStartIsLookedUp()
{
    QFETCH(const bool, wasStarted);
    QFETCH(const QString, expected);
    m_rig->addRun(u"r1"_s, u"SUCCESS"_s); // An old one.
    m_rig->losesAnswers = true;
    m_rig->dropsWrites = !wasStarted;
    ReconOrder order;
    order.mapping = u"users_contacts"_s;
    const auto report = write({serverWriteOf(order)});
    QCOMPARE(report.writes.front().outcome, expected);
    QCOMPARE(rows().first().outcome, expected);
    if (wasStarted)
        QCOMPARE(rows().first().recordId, u"r2"_s);
    const auto posts = std::count_if(m_rig->sent.cbegin(), m_rig->sent.cend(),
                                     [](const QByteArray &one) { return one.startsWith("POST"); });
    QCOMPARE(posts, 1);
}

void TestServerWrites::aRefusedStart()
{
    m_rig->refuseWith = 409;
    ReconOrder order;
    order.mapping = u"users_contacts"_s;
    const auto report = write({serverWriteOf(order)});
    QCOMPARE(report.count(outcome::failed), 1);
    QVERIFY(report.writes.front().failure->what.contains(u"No such mapping"_s));
    QCOMPARE(rows().first().outcome, QString(outcome::failed));
}

void TestServerWrites::cancelsOnlyWhatWorks()
{
    QCOMPARE(
        write({serverWriteOf(ReconCancel {u"r1"_s, u"users_contacts"_s})}).count(outcome::applied),
        1);
    QCOMPARE(m_rig->sent.last(), QByteArray("POST recon/r1?_action=cancel"));
    m_rig->state = u"SUCCESS"_s;
    QCOMPARE(
        write({serverWriteOf(ReconCancel {u"r1"_s, u"users_contacts"_s})}).count(outcome::conflict),
        1);
}

HUBKEEPER_TEST(TestServerWrites)
#include "tst_serverwrites.moc"
