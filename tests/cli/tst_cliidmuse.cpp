// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Connections that belong to a server, and writing to a production server.
class TestCliIdmUse : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aConnectionHasAServer();
    void aForgottenServerIsNobodys();
    void whatIsNoServer();
    void aMergeKnowsByWhatTheServerCorrelates();
    void aProductionServerWantsItsLabel();

private:
    [[nodiscard]] Ended run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_program->run(arguments, input);
    }
    void add(const QString &label, const QString &address, const QStringList &more = {});
    [[nodiscard]] QString serverOf(const QString &file) const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_address;
    QString m_file; // What is deployed.
};

void TestCliIdmUse::init()
{
    m_program = std::make_unique<Program>();
    m_practice = std::make_unique<Practice>(*m_program, QStringList {u"--idm-port"_s, u"0"_s});
    QVERIFY(m_practice->isServing());
    m_address = m_practice->announced()["idm"_L1]["url"_L1].toString();
    add(u"Right"_s, m_address);
    const Ended got = run({u"idm"_s, u"get"_s, u"provisioner.openicf/hubspot"_s});
    QVERIFY2(got.code == 0, got.err);
    m_file = m_program->write(u"provisioner.openicf-hubspot.json"_s, got.out);
}

void TestCliIdmUse::cleanup()
{
    for (const QString &label : {u"Right"_s, u"Other"_s})
        (void)run({u"idm"_s, u"servers"_s, u"forget"_s, label}); // The keychain is shared.
    m_practice.reset();
    m_program.reset();
}

void TestCliIdmUse::add(const QString &label, const QString &address, const QStringList &more)
{
    const Ended added =
        run(QStringList {u"idm"_s, u"servers"_s, u"add"_s, label, address, u"--secrets-stdin"_s}
                + (more.isEmpty() ? QStringList {u"--kind"_s, u"practice"_s} : more),
            R"({"password":"openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
}

QString TestCliIdmUse::serverOf(const QString &file) const
{
    return run({u"connections"_s, u"show"_s, file, u"--json"_s}).json()["server"_L1].toString();
}

void TestCliIdmUse::aConnectionHasAServer()
{
    add(u"Other"_s, u"http://localhost:1"_s);
    QVERIFY(run({u"idm"_s, u"status"_s, m_file}).err.contains("--server")); // Which of the two?

    const Ended set =
        run({u"connections"_s, u"set"_s, m_file, u"--server"_s, u"rIGHT"_s, u"--label"_s, u"EU"_s});
    QVERIFY2(set.code == 0, set.err);
    QVERIFY2(set.err.contains("IDM server: none -> Right"), set.err);
    QVERIFY(run({u"connections"_s, u"list"_s}).out.contains("Right"));
    QVERIFY(run({u"connections"_s, u"show"_s, u"EU"_s}).out.contains("Right"));

    const Ended status = run({u"idm"_s, u"status"_s, m_file});
    QVERIFY2(status.code == 0, status.out + status.err);
    QCOMPARE(run({u"idm"_s, u"diff"_s, m_file}).code, 0);
    QCOMPARE(run({u"idm"_s, u"deploy"_s, m_file, u"--dry-run"_s}).code, 0);
    // What is said counts.
    QVERIFY(run({u"idm"_s, u"diff"_s, m_file, u"--server"_s, u"Other"_s}).code != 0);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--server"_s, u"none"_s}).code, 0);
    QVERIFY(serverOf(m_file).isEmpty());
}

void TestCliIdmUse::aForgottenServerIsNobodys()
{
    add(u"Other"_s, u"http://localhost:1"_s);
    QCOMPARE(
        run({u"connections"_s, u"set"_s, m_file, u"--server"_s, u"Other"_s, u"--label"_s, u"EU"_s})
            .code,
        0);
    const Ended forgotten = run({u"idm"_s, u"servers"_s, u"forget"_s, u"Other"_s});
    QVERIFY2(forgotten.code == 0 && forgotten.err.contains("these connections: EU"), forgotten.err);
    QVERIFY(serverOf(m_file).isEmpty());
    QCOMPARE(run({u"idm"_s, u"status"_s, m_file}).code, 0); // The only one that is left.
}

void TestCliIdmUse::whatIsNoServer()
{
    const Ended set = run({u"connections"_s, u"set"_s, m_file, u"--server"_s, u"Nothing"_s});
    QCOMPARE(set.code, 1);
    QVERIFY2(set.err.contains("Nothing"), set.err);
}

/// Of the mappings of the connection's server; where it does not answer, that is said.
void TestCliIdmUse::aMergeKnowsByWhatTheServerCorrelates()
{
    QJsonObject provisioner = QJsonDocument::fromJson(m_program->content(u"p.json"_s)).object();
    provisioner.insert(u"name"_s, u"hubspot"_s);
    const QString file = m_program->write(u"p.json"_s, QJsonDocument(provisioner).toJson());
    QCOMPARE(run({u"connections"_s, u"set"_s, file, u"--server"_s, u"Right"_s}).code, 0);
    const auto tried = [&] {
        return run({u"merge"_s, file, u"contact"_s, u"--primary"_s, firstContact, u"--merged"_s,
                    secondContact, u"--dry-run"_s, u"--json"_s})
            .json();
    };
    const QJsonObject asked = tried();
    QVERIFY2(asked["correlatedFrom"_L1].toString().contains("the server Right"_L1),
             qPrintable(asked["correlatedFrom"_L1].toString()));
    QCOMPARE(asked["correlated"_L1].toArray(), (QJsonArray {u"email"_s, u"phone"_s}));
    add(u"Other"_s, u"http://localhost:1"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, file, u"--server"_s, u"Other"_s}).code, 0);
    const QString said = tried()["correlatedFrom"_L1].toString();
    QVERIFY2(said.contains("Other"_L1) && said.contains("could not be read"_L1), qPrintable(said));
}

void TestCliIdmUse::aProductionServerWantsItsLabel()
{
    QCOMPARE(run({u"idm"_s, u"servers"_s, u"set"_s, u"Right"_s, u"--kind"_s, u"production"_s}).code,
             0);
    QCOMPARE(run({u"idm"_s, u"servers"_s, u"set"_s, u"Right"_s, u"--mode"_s, u"free"_s,
                  u"--confirm-label"_s, u"Right"_s})
                 .code,
             0);
    QJsonObject provisioner =
        QJsonDocument::fromJson(m_program->content(u"provisioner.openicf-hubspot.json"_s)).object();
    provisioner.insert(u"description"_s, u"Live"_s);
    m_program->write(u"provisioner.openicf-hubspot.json"_s, QJsonDocument(provisioner).toJson());

    const auto deploy = [&](const QStringList &more) {
        return run(QStringList {u"idm"_s, u"deploy"_s, m_file, u"--json"_s, u"--wait"_s, u"0"_s}
                   + more);
    };
    QCOMPARE(deploy({u"--dry-run"_s}).code, 0);
    for (const QStringList &refused :
         {QStringList {u"--yes"_s}, {u"--confirm-label"_s, u"Wrong"_s}}) {
        const Ended ended = deploy(refused);
        QCOMPARE(ended.code, 7);
        QVERIFY2(ended.out.contains("--confirm-label"), ended.out);
    }
    QCOMPARE(run({u"idm"_s, u"diff"_s, m_file}).code, 1); // Nothing was sent.
    const Ended deployed = deploy({u"--confirm-label"_s, u"Right"_s});
    QVERIFY2(deployed.code == 0, deployed.out + deployed.err);

    const QString id = deployed.json()["deployed"_L1]["run"_L1].toString();
    const QStringList rollback {u"idm"_s, u"rollback"_s, id};
    QCOMPARE(run(rollback + QStringList {u"--yes"_s}).code, 7);
    const Ended back =
        run(rollback + QStringList {u"--confirm-label"_s, u"Right"_s, u"--wait"_s, u"0"_s});
    QVERIFY2(back.code == 0, back.err);
}

HUBKEEPER_TEST(TestCliIdmUse)
#include "tst_cliidmuse.moc"
