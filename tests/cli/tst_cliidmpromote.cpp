// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// From one practice IDM to another, with a real keychain.
class TestCliIdmPromote : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aProvisionerWithItsOwnPlaces();
    void aMappingIntoTheList();
    void nothingIsSentWhileOneIsRefused();
    void whatWasDoneIsInTheAnswerOfAFailure();
    void refusals_data();
    void refusals();

private:
    [[nodiscard]] Ended idm(const QStringList &arguments) const;
    [[nodiscard]] Ended promote(const QStringList &arguments) const;
    void add(const QString &label, const Practice &practice) const;
    /// The object of a server, with one member changed, written back.
    void change(const QString &server, const QString &id, const QString &key,
                const QJsonValue &value) const;
    [[nodiscard]] QJsonObject object(const QString &server, const QString &id) const;
    /// The first mapping of a server.
    [[nodiscard]] QJsonObject mapping(const QString &server) const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_test;
    std::unique_ptr<Practice> m_live;
};

namespace {

const QString provisionerId = u"provisioner.openicf/hubspot"_s;

} // namespace

void TestCliIdmPromote::init()
{
    m_program = std::make_unique<Program>();
    const QStringList options {
        u"--idm-port"_s, u"0"_s, u"--idm-users"_s, u"2"_s, u"--idm-registration-ms"_s, u"100"_s};
    m_test = std::make_unique<Practice>(*m_program, options);
    m_live = std::make_unique<Practice>(*m_program, options);
    add(u"Test"_s, *m_test);
    add(u"Live"_s, *m_live);
}

void TestCliIdmPromote::cleanup()
{
    (void)idm({u"servers"_s, u"forget"_s, u"Test"_s}); // The keychain is shared.
    (void)idm({u"servers"_s, u"forget"_s, u"Live"_s});
    m_live.reset();
    m_test.reset();
    m_program.reset();
}

void TestCliIdmPromote::add(const QString &label, const Practice &practice) const
{
    QVERIFY(practice.isServing());
    const Ended added =
        m_program->run({u"idm"_s, u"servers"_s, u"add"_s, label,
                        practice.announced()["idm"_L1]["url"_L1].toString(), u"--kind"_s,
                        u"practice"_s, u"--mode"_s, u"free"_s, u"--secrets-stdin"_s},
                       R"({"password": "openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
}

Ended TestCliIdmPromote::idm(const QStringList &arguments) const
{
    return m_program->run(QStringList {u"idm"_s} + arguments);
}

Ended TestCliIdmPromote::promote(const QStringList &arguments) const
{
    return idm(QStringList {u"promote"_s} + arguments
               + QStringList {u"--from"_s, u"Test"_s, u"--to"_s, u"Live"_s});
}

QJsonObject TestCliIdmPromote::object(const QString &server, const QString &id) const
{
    return idm({u"get"_s, id, u"--server"_s, server}).json();
}

QJsonObject TestCliIdmPromote::mapping(const QString &server) const
{
    return object(server, u"sync"_s)["mappings"_L1].toArray().first().toObject();
}

void TestCliIdmPromote::change(const QString &server, const QString &id, const QString &key,
                               const QJsonValue &value) const
{
    QJsonObject json = object(server, id);
    if (id == "sync"_L1) {
        QJsonArray mappings = json["mappings"_L1].toArray();
        QJsonObject first = mappings.first().toObject();
        first.insert(key, value);
        mappings[0] = first;
        json.insert(u"mappings"_s, mappings);
    } else {
        json.insert(key, value);
    }
    const QString file = m_program->write(u"changed.json"_s, QJsonDocument(json).toJson());
    const Ended put = idm({u"put"_s, id, file, u"--server"_s, server});
    QVERIFY2(put.code == 0, put.err);
}

void TestCliIdmPromote::aProvisionerWithItsOwnPlaces()
{
    change(u"Test"_s, provisionerId, u"description"_s, u"from the test"_s);
    change(u"Live"_s, provisionerId, u"note"_s, u"of the live server"_s);
    m_program->write(
        u".hubkeeper.json"_s,
        R"({"promote":{"keep":["/note"],"values":{"Live":{"/operationTimeout/SEARCH":120000}}}})");

    const Ended dry = promote({provisionerId, u"--dry-run"_s, u"--json"_s});
    QVERIFY2(dry.code == 0, dry.out + dry.err);
    QCOMPARE(faultIn(dry.json(), m_program->run({u"schemas"_s, u"idm-promote"_s}).json()),
             QString());
    const QJsonValue plan = dry.json()["plans"_L1].toArray().first();
    QCOMPARE(plan["kept"_L1].toArray(), QJsonArray {u"/note"_s});
    QCOMPARE(plan["given"_L1].toArray(), QJsonArray {u"/operationTimeout/SEARCH"_s});
    QVERIFY(object(u"Live"_s, provisionerId)["description"_L1].toString() != "from the test"_L1);

    const QJsonObject before = object(u"Live"_s, provisionerId);
    const Ended done = promote({provisionerId, u"--json"_s});
    QVERIFY2(done.code == 0, done.out + done.err);
    const QJsonObject live = object(u"Live"_s, provisionerId);
    QCOMPARE(live["description"_L1].toString(), u"from the test"_s);
    QCOMPARE(live["note"_L1].toString(), u"of the live server"_s);
    QCOMPARE(live["operationTimeout"_L1]["SEARCH"_L1].toInt(), 120000);
    // The target's own secrets: those of the source only the source can read.
    QCOMPARE(live["configurationProperties"_L1]["clientSecret"_L1],
             before["configurationProperties"_L1]["clientSecret"_L1]);
    const QString run = done.json()["promoted"_L1].toArray().first()["run"_L1].toString();
    QCOMPARE(idm({u"rollback"_s, run, u"--server"_s, u"Live"_s}).code, 0);
    QCOMPARE(object(u"Live"_s, provisionerId), before);
}

void TestCliIdmPromote::aMappingIntoTheList()
{
    change(u"Test"_s, u"sync"_s, u"enableSync"_s, false);
    change(u"Live"_s, u"sync"_s, u"taskThreads"_s, 2);
    m_program->write(u".hubkeeper.json"_s, R"({"promote":{"keep":["/taskThreads"]}})");
    const QString name = mapping(u"Test"_s)["name"_L1].toString();
    const Ended done = promote({name});
    QVERIFY2(done.code == 0, done.out + done.err);
    QCOMPARE(mapping(u"Live"_s)["enableSync"_L1], QJsonValue(false));
    QCOMPARE(mapping(u"Live"_s)["taskThreads"_L1].toInt(), 2);
    QCOMPARE(object(u"Live"_s, u"sync"_s)["mappings"_L1].toArray().size(),
             object(u"Test"_s, u"sync"_s)["mappings"_L1].toArray().size());
    const Ended again = promote({name});
    QCOMPARE(again.code, 0);
    QVERIFY2(again.err.contains("Nothing to do"), again.err);
}

void TestCliIdmPromote::nothingIsSentWhileOneIsRefused()
{
    change(u"Test"_s, u"sync"_s, u"enableSync"_s, false);
    QCOMPARE(idm({u"delete"_s, provisionerId, u"--server"_s, u"Live"_s, u"--yes"_s}).code, 0);
    m_program->write(u".hubkeeper.json"_s,
                     R"({"promote":{"keep":["/configurationProperties/clientId"]}})");
    const QJsonObject before = object(u"Live"_s, u"sync"_s);
    const Ended refused = promote({mapping(u"Test"_s)["name"_L1].toString(), provisionerId});
    QCOMPARE(refused.code, 7);
    QVERIFY2(refused.err.contains("/configurationProperties/clientId"), refused.err);
    QCOMPARE(object(u"Live"_s, u"sync"_s), before);
}

/// The mapping is sent, and then the server's test of the provisioner fails.
void TestCliIdmPromote::whatWasDoneIsInTheAnswerOfAFailure()
{
    change(u"Test"_s, u"sync"_s, u"enableSync"_s, false);
    QCOMPARE(idm({u"delete"_s, provisionerId, u"--server"_s, u"Live"_s, u"--yes"_s}).code, 0);
    m_program->write(u".hubkeeper.json"_s,
                     R"({"promote":{"values":{"Live":{"/configurationProperties/clientSecret":"x",
                         "/configurationProperties/refreshToken":"x"}}}})");
    const QString name = mapping(u"Test"_s)["name"_L1].toString();
    const Ended partly = promote({name, provisionerId, u"--json"_s});
    QVERIFY2(partly.code == 5, partly.out + partly.err);
    const QJsonObject answer = partly.json();
    QCOMPARE(faultIn(answer, m_program->run({u"schemas"_s, u"idm-promote"_s}).json()), QString());
    QCOMPARE(answer["plans"_L1].toArray().size(), 2);
    const QJsonArray done = answer["promoted"_L1].toArray();
    QCOMPARE(done.size(), 1);
    QCOMPARE(done[0]["id"_L1].toString(), QString(u"mapping/"_s + name));
    QCOMPARE(partly.error()["kind"_L1].toString(), u"rejected"_s);
    QCOMPARE(mapping(u"Live"_s)["enableSync"_L1], QJsonValue(false));
    QVERIFY(object(u"Live"_s, provisionerId).isEmpty()
            || object(u"Live"_s, provisionerId).contains("error"_L1));
}

void TestCliIdmPromote::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("not there") << QStringList {u"promote"_s, u"nothing"_s, u"--from"_s,
                                               u"Test"_s,    u"--to"_s,    u"Live"_s}
                               << 1;
    QTest::newRow("to itself") << QStringList {u"promote"_s, provisionerId, u"--from"_s,
                                               u"Test"_s,    u"--to"_s,     u"Test"_s}
                               << 7;
    QTest::newRow("something else")
        << QStringList {u"promote"_s, u"ui/themes"_s, u"--from"_s, u"Test"_s, u"--to"_s, u"Live"_s}
        << 2;
    QTest::newRow("whose secrets?")
        << QStringList {u"promote"_s, provisionerId, u"--from"_s,    u"Test"_s,
                        u"--to"_s,    u"Live"_s,     u"--secrets"_s, u"keychain"_s}
        << 2;
    QTest::newRow("no target") << QStringList {u"promote"_s, provisionerId, u"--from"_s, u"Test"_s}
                               << 2;
}

void TestCliIdmPromote::refusals()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    const Ended ended = idm(arguments);
    QVERIFY2(ended.code == code, ended.err + QByteArray::number(ended.code));
    QVERIFY(m_program->run({u"journal"_s, u"list"_s, u"--all"_s, u"--json"_s}).list().isEmpty());
}

HUBKEEPER_TEST(TestCliIdmPromote)
#include "tst_cliidmpromote.moc"
