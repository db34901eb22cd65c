// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "idm/writing/configwrite.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

class TestConfigWrite : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void createsAndProves();
    void updatesWhatWasSeen();
    void deletes();
    void somebodyElseWasFaster_data();
    void somebodyElseWasFaster();
    void theGuardIsAskedLast();
    void aRefusalChangesNothing();
    void aLostAnswerIsLookedUp_data();
    void aLostAnswerIsLookedUp();
    void whatTheServerRewrote();
    void noSecretIsWrittenDown();
    void takesBackFromTheJournal();
    void takesBackOnlyWhatTheRunLeft();

private:
    [[nodiscard]] Result<ConfigWriteOutcome> write(const ConfigWrite &write);
    [[nodiscard]] JournalRow lastRow() const;

    struct Rig;
    std::unique_ptr<Rig> m_rig;
};

namespace {

const QString id = u"provisioner.openicf/hubspot"_s;

QJsonObject provisioner(const QString &description, const QString &secret = u"clear-text"_s)
{
    return {{u"name"_s, u"hubspot"_s},
            {u"description"_s, description},
            {u"configurationProperties"_s, QJsonObject {{u"clientSecret"_s, secret}}}};
}

/// As a server keeps it.
QJsonObject encrypted(QJsonObject value)
{
    QJsonObject properties = value[u"configurationProperties"_s].toObject();
    if (properties[u"clientSecret"_s].isString())
        properties.insert(u"clientSecret"_s,
                          QJsonObject {{u"$crypto"_s, QJsonObject {{u"data"_s, u"x"_s}}}});
    value.insert(u"configurationProperties"_s, properties);
    return value;
}

} // namespace

/// A server that keeps configuration objects, and a client with a journal.
struct TestConfigWrite::Rig
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
        WireAnswer answer;
        const QString wanted = QString::fromUtf8(request.target.mid(sizeof "/openidm/config"));
        if (request.verb == "GET")
            return found(wanted);
        ++writes;
        if (before)
            before();
        if (refuseWith != 0) {
            answer.status = refuseWith;
            answer.body = R"({"code":500,"reason":"x","message":"retry later."})";
            return answer;
        }
        if (request.verb == "PUT" && !dropsWrites)
            kept.insert(wanted, encrypted(QJsonDocument::fromJson(request.body).object()));
        if (request.verb == "DELETE") { // Answered with what was there.
            answer = found(wanted);
            if (!dropsWrites)
                kept.remove(wanted);
            return answer;
        }
        if (rewrite)
            rewrite(kept[wanted]);
        if (losesAnswers) {
            answer.hangUp = true;
            return answer;
        }
        return found(wanted);
    }

    [[nodiscard]] WireAnswer found(const QString &wanted) const
    {
        WireAnswer answer;
        if (!kept.contains(wanted)) {
            answer.status = 404;
            answer.body = R"({"code":404,"reason":"Not Found","message":"none"})";
            return answer;
        }
        QJsonObject value = kept.value(wanted);
        value.insert(u"_id"_s, wanted);
        answer.body = QJsonDocument(value).toJson();
        return answer;
    }

    QTemporaryDir folder;
    QMap<QString, QJsonObject> kept;
    int writes = 0;
    int refuseWith = 0;
    bool losesAnswers = false;
    bool dropsWrites = false;
    std::function<void()> before;
    std::function<void(QJsonObject &)> rewrite;
    SystemClock clock;
    TrafficLog traffic;
    ScriptedServer server;
    QnamTransport transport;
    IdmClient client;
    std::unique_ptr<Journal> journal;
    std::optional<Error> guard;
    QObject parent;
};

void TestConfigWrite::init()
{
    m_rig = std::make_unique<Rig>();
}

void TestConfigWrite::cleanup()
{
    m_rig.reset();
}

Result<ConfigWriteOutcome> TestConfigWrite::write(const ConfigWrite &write)
{
    RunStart start;
    start.connectionId = u"server"_s;
    start.connection = u"Test"_s;
    const auto guard = [this]() -> Result<void> {
        if (m_rig->guard)
            return tl::unexpected(*m_rig->guard);
        return {};
    };
    const ServerWriteContext context {m_rig->client, *m_rig->journal, start, guard};
    return outcomeOf(writeConfig(context, write, &m_rig->parent))
        .value_or(fail(ErrorKind::TimedOut, u"The write has no end."_s));
}

JournalRow TestConfigWrite::lastRow() const
{
    const auto runs = m_rig->journal->runs();
    return runs->isEmpty() ? JournalRow() : m_rig->journal->rows(runs->first().id)->first();
}

void TestConfigWrite::createsAndProves()
{
    const auto outcome = write({{id, provisioner(u"new"_s)}, std::nullopt});

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().sentence()));
    QCOMPARE(outcome->now->value, encrypted(provisioner(u"new"_s)));
    QVERIFY(outcome->different.isEmpty());
    const auto &sent = m_rig->server.seen.at(1);
    QCOMPARE(sent.verb, QByteArray("PUT"));
    QCOMPARE(sent.headers.value("if-none-match"), QByteArray("*"));
    QVERIFY(!sent.headers.contains("if-match"));
    QVERIFY(sent.body.contains("clear-text"));
    const JournalRow row = lastRow();
    QCOMPARE(row.outcome, QString(outcome::applied));
    QCOMPARE(row.kind, ChangeKind::Create);
    QCOMPARE(row.thing, WrittenThing::Configuration);
    QVERIFY(m_rig->journal->runs()->first().hasEnded());
}

void TestConfigWrite::updatesWhatWasSeen()
{
    const ConfigObject old {id, encrypted(provisioner(u"old"_s))};
    m_rig->kept.insert(id, old.value);

    QVERIFY(write({{id, provisioner(u"new"_s)}, old}));

    QCOMPARE(m_rig->server.seen.at(1).headers.value("if-match"), QByteArray("*"));
    QCOMPARE(m_rig->kept[id][u"description"_s].toString(), u"new"_s);
    QCOMPARE(lastRow().kind, ChangeKind::Update);
}

void TestConfigWrite::deletes()
{
    const ConfigObject old {id, encrypted(provisioner(u"old"_s))};
    m_rig->kept.insert(id, old.value);

    const auto outcome = write({{id, {}}, old, true});

    QVERIFY(outcome);
    QVERIFY(!outcome->now);
    QVERIFY(m_rig->kept.isEmpty());
    QCOMPARE(objectBefore(lastRow()).value(), std::optional(old));
}

void TestConfigWrite::somebodyElseWasFaster_data()
{
    QTest::addColumn<bool>("wasThere");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("made it") << false << true;
    QTest::newRow("changed it") << true << true;
    QTest::newRow("deleted it") << true << false;
}

void TestConfigWrite::somebodyElseWasFaster()
{
    QFETCH(const bool, wasThere);
    QFETCH(const bool, isThere);
    if (isThere)
        m_rig->kept.insert(id, encrypted(provisioner(u"theirs"_s)));
    const auto seen = wasThere ? std::optional(ConfigObject {id, encrypted(provisioner(u"old"_s))})
                               : std::nullopt;

    const auto outcome = write({{id, provisioner(u"mine"_s)}, seen});

    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Conflict);
    QCOMPARE(m_rig->writes, 0);
    QVERIFY(m_rig->journal->runs()->isEmpty());
}

void TestConfigWrite::theGuardIsAskedLast()
{
    m_rig->guard = fail(ErrorKind::Refused, u"read-only"_s).value();
    const auto outcome = write({{id, provisioner(u"new"_s)}, std::nullopt});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Refused);
    QCOMPARE(m_rig->writes, 0);
    QVERIFY(m_rig->journal->runs()->isEmpty());
}

void TestConfigWrite::aRefusalChangesNothing()
{
    m_rig->refuseWith = 500;
    const auto outcome = write({{id, provisioner(u"new"_s)}, std::nullopt});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::ServerFault);
    QCOMPARE(m_rig->writes, 1);
    QCOMPARE(lastRow().outcome, QString(outcome::failed));
}

void TestConfigWrite::aLostAnswerIsLookedUp_data()
{
    QTest::addColumn<bool>("wasDone");
    QTest::addColumn<bool>("theirs");
    QTest::addColumn<QString>("expected");
    QTest::newRow("it was done") << true << false << QString(outcome::applied);
    QTest::newRow("it was not") << false << false << QString(outcome::failed);
    QTest::newRow("somebody else wrote") << false << true << QString(outcome::unknown);
}

void TestConfigWrite::aLostAnswerIsLookedUp()
{
    QFETCH(const bool, wasDone);
    QFETCH(const bool, theirs);
    QFETCH(const QString, expected);
    const ConfigObject old {id, encrypted(provisioner(u"old"_s))};
    m_rig->kept.insert(id, old.value);
    m_rig->losesAnswers = true;
    m_rig->dropsWrites = !wasDone;
    if (theirs)
        m_rig->before = [this] { m_rig->kept.insert(id, encrypted(provisioner(u"theirs"_s))); };

    const auto outcome = write({{id, provisioner(u"new"_s)}, old});

    QCOMPARE(lastRow().outcome, expected);
    QCOMPARE(outcome.has_value(), wasDone);
    if (!outcome)
        QCOMPARE(outcome.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_rig->writes, 1);
}

void TestConfigWrite::whatTheServerRewrote()
{
    m_rig->rewrite = [](QJsonObject &value) { value.insert(u"description"_s, u"its own"_s); };
    const auto outcome = write({{id, provisioner(u"mine"_s)}, std::nullopt});
    QVERIFY(outcome);
    QCOMPARE(outcome->different, QStringList {u"/description"_s});
}

void TestConfigWrite::noSecretIsWrittenDown()
{
    m_rig->refuseWith = 500; // The intent alone stays.
    QVERIFY(!write({{id, provisioner(u"new"_s, u"top-secret-1"_s)}, std::nullopt}));
    m_rig->refuseWith = 0;
    QVERIFY(write({{id, provisioner(u"new"_s, u"top-secret-2"_s)}, std::nullopt}));
    m_rig->journal.reset();
    const auto files = QDir(m_rig->folder.filePath(u"data"_s)).entryList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QString &name : files) {
        QFile file(m_rig->folder.filePath(u"data/"_s + name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("top-secret"), qPrintable(name));
    }
}

void TestConfigWrite::takesBackFromTheJournal()
{
    const ConfigObject old {id, encrypted(provisioner(u"old"_s))};
    m_rig->kept.insert(id, old.value);
    const auto done = write({{id, provisioner(u"new"_s)}, old});
    QVERIFY(done);

    const auto before = objectBefore(lastRow());
    QVERIFY(before);
    QVERIFY(write({**before, done->now}));

    QCOMPARE(m_rig->kept[id], old.value); // Its secret, too: the block is stored as it is.
    JournalRow record;
    record.type = u"contacts"_s;
    QCOMPARE(objectBefore(record).error().kind, ErrorKind::InvalidInput);
}

void TestConfigWrite::takesBackOnlyWhatTheRunLeft()
{
    const ConfigObject old {id, encrypted(provisioner(u"old"_s))};
    m_rig->kept.insert(id, old.value);
    const auto done = write({{id, provisioner(u"new"_s)}, old});
    QVERIFY(done);
    const JournalRow row = lastRow();

    const auto back = takenBack(row, done->now);
    QVERIFY(back && *back);
    QCOMPARE((*back)->object, old);
    QVERIFY(!(*back)->deletes);
    QVERIFY(!*takenBack(row, old)); // It is as it was.
    const ConfigObject theirs {id, encrypted(provisioner(u"theirs"_s))};
    QCOMPARE(takenBack(row, theirs).error().kind, ErrorKind::Conflict);
    QCOMPARE(takenBack(row, std::nullopt).error().kind, ErrorKind::Conflict); // Deleted since.

    m_rig->kept.clear();
    const auto made = write({{id, provisioner(u"new"_s)}, std::nullopt});
    QVERIFY(made);
    const auto deletion = takenBack(lastRow(), made->now);
    QVERIFY(deletion && *deletion);
    QVERIFY((*deletion)->deletes);
    QCOMPARE((*deletion)->object.id, id);
}

HUBKEEPER_TEST(TestConfigWrite)
#include "tst_configwrite.moc"
