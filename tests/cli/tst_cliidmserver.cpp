// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/failingdisk.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The idm verbs against a practice IDM, with a real keychain.
class TestCliIdmServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void addsAsksAndForgets();
    void aWrongPasswordIsNoAccess();
    void noServerAtTheAddress();
    void deploysProvesAndTakesBack();
    void refusesWhatBreaksTheServer();
    void aServerIsReadOnlyAtFirst();
    void whatItPrintsHasAShape();
    void takesBackNobodyElsesWork();
    void deploysOnlyToConnectors();
    void previewsWhatIsThere();
    void previewsFromASavedSet();
    void previewsNothingFromHalfAReading();
    void previewsTheCloudWithoutLinks();
    void onAFailingDisk_data();
    void onAFailingDisk();

private:
    [[nodiscard]] Ended idm(const QStringList &arguments, const QByteArray &input = {}) const;
    /// Adds the practice IDM as "Practice", with its password.
    void add(const QByteArray &password = "openidm-admin");
    /// The deployed provisioner as a file, with another description.
    [[nodiscard]] QString changedFile() const;
    /// Where what it printed differs from a schema of ours; empty: nowhere.
    [[nodiscard]] QString faultOf(const Ended &ended, const QString &schema) const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_address;
};

void TestCliIdmServer::init()
{
    m_program = std::make_unique<Program>();
    m_practice = std::make_unique<Practice>(*m_program, QStringList {u"--idm-port"_s, u"0"_s});
    QVERIFY(m_practice->isServing());
    m_address = m_practice->announced()["idm"_L1]["url"_L1].toString();
    QVERIFY(!m_address.isEmpty());
}

void TestCliIdmServer::cleanup()
{
    if (m_program)
        (void)idm({u"servers"_s, u"forget"_s, u"Practice"_s}); // The keychain is shared.
    m_practice.reset();
    m_program.reset();
}

Ended TestCliIdmServer::idm(const QStringList &arguments, const QByteArray &input) const
{
    return m_program->run(QStringList {u"idm"_s} + arguments, input);
}

void TestCliIdmServer::add(const QByteArray &password)
{
    const Ended added = idm({u"servers"_s, u"add"_s, u"Practice"_s, m_address, u"--kind"_s,
                             u"practice"_s, u"--secrets-stdin"_s},
                            R"({"password": ")" + password + "\"}");
    QVERIFY2(added.code == 0, added.err);
}

QString TestCliIdmServer::changedFile() const
{
    const Ended got = idm({u"get"_s, u"provisioner.openicf/hubspot"_s});
    QJsonObject provisioner = got.json();
    provisioner.insert(u"description"_s, u"From here"_s);
    return m_program->write(u"provisioner.openicf-hubspot.json"_s,
                            QJsonDocument(provisioner).toJson());
}

QString TestCliIdmServer::faultOf(const Ended &ended, const QString &schema) const
{
    const QJsonDocument printed = QJsonDocument::fromJson(ended.out);
    const QJsonValue value =
        printed.isArray() ? QJsonValue(printed.array()) : QJsonValue(printed.object());
    return faultIn(value, m_program->run({u"schemas"_s, schema}).json());
}

void TestCliIdmServer::whatItPrintsHasAShape()
{
    add();
    const QString file = changedFile();
    const auto check = [&](const QString &schema, const QStringList &arguments) {
        const Ended ended = idm(arguments + QStringList {u"--json"_s});
        QVERIFY2(!ended.out.isEmpty(), ended.err);
        QCOMPARE(faultOf(ended, schema), QString());
    };
    check(u"idm-servers"_s, {u"servers"_s, u"list"_s});
    check(u"idm-server"_s, {u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"free"_s});
    check(u"idm-status"_s, {u"status"_s});
    check(u"idm-test"_s, {u"test"_s});
    check(u"idm-connectors"_s, {u"connectors"_s});
    check(u"idm-diff"_s, {u"diff"_s, file});
    check(u"idm-deploy"_s, {u"deploy"_s, file, u"--dry-run"_s});
    const Ended deployed = idm({u"deploy"_s, file, u"--json"_s});
    QCOMPARE(faultOf(deployed, u"idm-deploy"_s), QString());
    check(u"idm-rollback"_s, {u"rollback"_s, deployed.json()["deployed"_L1]["run"_L1].toString()});
}

void TestCliIdmServer::addsAsksAndForgets()
{
    add();
    const QJsonObject kept = idm({u"servers"_s, u"list"_s, u"--json"_s}).list().first().toObject();
    QCOMPARE(kept["label"_L1].toString(), u"Practice"_s);
    QCOMPARE(kept["mode"_L1].toString(), u"read-only"_s);

    const Ended status = idm({u"status"_s, u"--json"_s});
    QVERIFY2(status.code == 0, status.out);
    QCOMPARE(status.json()["server"_L1]["profile"_L1].toString(), u"community"_s);
    const QJsonValue connector = status.json()["connectors"_L1].toArray().first();
    QCOMPARE(connector["state"_L1].toString(), u"active"_s);
    QCOMPARE(idm({u"test"_s, u"hubspot"_s}).code, 0);
    QVERIFY(idm({u"connectors"_s}).out.contains("HubspotConnector"));

    for (QDirIterator files(m_program->path({}), QDir::Files, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains("\"openidm-admin\"}") && !bytes.contains("password"),
                 qPrintable(file.fileName()));
    }
    QCOMPARE(idm({u"servers"_s, u"forget"_s, u"Practice"_s}).code, 0);
    QVERIFY(idm({u"servers"_s, u"list"_s, u"--json"_s}).list().isEmpty());
    QVERIFY(idm({u"status"_s}).err.contains("No server is known yet."));
}

void TestCliIdmServer::aWrongPasswordIsNoAccess()
{
    add("wrong");
    const Ended status = idm({u"status"_s});
    QCOMPARE(status.code, 3);
    QVERIFY2(status.err.contains("user name"), status.err);
}

void TestCliIdmServer::noServerAtTheAddress()
{
    m_address = m_practice->url().toString(); // HubSpot's.
    add();
    const Ended status = idm({u"status"_s});
    QVERIFY(status.code != 0);
    QVERIFY2(!status.err.isEmpty(), status.err);
}

void TestCliIdmServer::deploysProvesAndTakesBack()
{
    add();
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"confirm"_s}).code, 0);
    const QString file = changedFile();
    QCOMPARE(idm({u"diff"_s, file}).code, 1);
    QCOMPARE(idm({u"deploy"_s, file, u"--dry-run"_s}).code, 0);
    QCOMPARE(idm({u"diff"_s, file}).code, 1); // It was dry.
    QCOMPARE(idm({u"deploy"_s, file}).code, 7); // Nobody confirmed it.

    const Ended deployed = idm({u"deploy"_s, file, u"--yes"_s, u"--json"_s});
    QVERIFY2(deployed.code == 0, deployed.out + deployed.err);
    const QJsonObject report = deployed.json()["deployed"_L1].toObject();
    QVERIFY(report["active"_L1].toBool());
    QVERIFY(report["different"_L1].toArray().isEmpty());
    const QFileInfo rollback(report["rollbackFile"_L1].toString());
    QVERIFY(rollback.isFile());
    QCOMPARE(rollback.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(idm({u"diff"_s, file}).code, 0);
    QCOMPARE(idm({u"deploy"_s, file, u"--yes"_s}).code, 0); // Nothing to do.

    const QString run = report["run"_L1].toString();
    const Ended back = idm({u"rollback"_s, run, u"--yes"_s});
    QVERIFY2(back.code == 0, back.err);
    QVERIFY2(back.out.contains("The connector hubspot is active."), back.out);
    QCOMPARE(idm({u"status"_s}).code, 0); // At once.
    QCOMPARE(idm({u"diff"_s, file}).code, 1);
    QVERIFY(idm({u"rollback"_s, run, u"--yes"_s}).err.contains("Nothing to do"));
}

void TestCliIdmServer::refusesWhatBreaksTheServer()
{
    add();
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"free"_s}).code, 0);
    const Ended deployed = idm({u"deploy"_s, m_program->path(u"p.json"_s), u"--id"_s, u"second"_s,
                                u"--yes"_s}); // It has no name.
    QCOMPARE(deployed.code, 7);
    QVERIFY2(deployed.err.contains("/name"), deployed.err);
    QCOMPARE(idm({u"get"_s, u"provisioner.openicf/second"_s}).code, 1);
}

void TestCliIdmServer::aServerIsReadOnlyAtFirst()
{
    add();
    const Ended deployed = idm({u"deploy"_s, changedFile(), u"--yes"_s});
    QCOMPARE(deployed.code, 7);
    QVERIFY2(deployed.err.contains("read-only"), deployed.err);
}

void TestCliIdmServer::takesBackNobodyElsesWork()
{
    add();
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"free"_s}).code, 0);
    const QString file = changedFile();
    const QString run = idm({u"deploy"_s, file, u"--json"_s, u"--wait"_s, u"0"_s})
                            .json()["deployed"_L1]["run"_L1]
                            .toString();
    QJsonObject theirs =
        QJsonDocument::fromJson(m_program->content(u"provisioner.openicf-hubspot.json"_s)).object();
    theirs.insert(u"description"_s, u"Theirs"_s);
    const QString other = m_program->write(u"theirs.json"_s, QJsonDocument(theirs).toJson());
    const Ended unseen = idm({u"deploy"_s, other, u"--id"_s, u"hubspot"_s, u"--wait"_s, u"0"_s});
    QVERIFY2(unseen.out.contains("Whether the connector hubspot works is not known"), unseen.out);
    QCOMPARE(unseen.code, 0);

    const Ended back = idm({u"rollback"_s, run});

    QCOMPARE(back.code, 6);
    QVERIFY2(back.err.contains("since"), back.err);
    QVERIFY(idm({u"get"_s, u"provisioner.openicf/hubspot"_s}).out.contains("Theirs"));
}

void TestCliIdmServer::deploysOnlyToConnectors()
{
    add();
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"free"_s}).code, 0);
    const QByteArray before = idm({u"get"_s, u"sync"_s}).out;
    const QString file = changedFile();
    QCOMPARE(idm({u"deploy"_s, file, u"--id"_s, u"mapping/hubspot"_s}).code, 7);
    QCOMPARE(idm({u"get"_s, u"mapping/hubspot"_s}).code, 1);
    QCOMPARE(idm({u"get"_s, u"sync"_s}).out, before);
}

/// A mapping whose every situation the practice IDM has.
const auto byMail = u"managedUser_hubspotContactByMail"_s;

void TestCliIdmServer::previewsWhatIsThere()
{
    add();
    const Ended ended = idm({u"preview"_s, u"--mapping"_s, byMail, u"--json"_s});
    QVERIFY2(ended.code == 0 || ended.code == 1, ended.err);
    QCOMPARE(faultOf(ended, u"idm-preview"_s), QString());
    const QJsonObject json = ended.json();
    QCOMPARE(json["mapping"_L1].toString(), byMail);
    QVERIFY2(json["complete"_L1].toBool(), ended.out.left(2000));
    QStringList read;
    for (const QJsonValue &reading : json["readings"_L1].toArray()) {
        read.append(reading["collection"_L1].toString());
        QVERIFY(reading["rows"_L1].toInt() > 0);
    }
    QCOMPARE(read, (QStringList {u"managed/user"_s, u"system/hubspot/contact"_s, u"repo/link"_s}));
    QStringList situations;
    for (const QJsonValue &entry : json["entries"_L1].toArray())
        situations.append(entry["situation"_L1].toString());
    for (const QString &expected : {u"CONFIRMED"_s, u"ABSENT"_s, u"MISSING"_s, u"SOURCE_MISSING"_s})
        QVERIFY2(situations.contains(expected), qPrintable(situations.join(u' ')));
    QVERIFY(!ended.out.contains("$crypto"));

    const qint64 created = json["actions"_L1]["CREATE"_L1]["known"_L1].toInteger();
    QVERIFY(created > 0);
    QCOMPARE(idm({u"preview"_s, u"--mapping"_s, byMail, u"--max-create"_s, u"0"_s}).code, 1);
    const Ended unknown = idm({u"preview"_s, u"--mapping"_s, u"no"_s});
    QCOMPARE(unknown.code, 2);
    QVERIFY2(unknown.err.contains(byMail.toLatin1()), unknown.err);
}

/// The same from a file, without the server.
void TestCliIdmServer::previewsFromASavedSet()
{
    add();
    const QString file = m_program->path(u"state.hkpreview"_s);
    const Ended live = idm({u"preview"_s, u"--mapping"_s, byMail, u"--save"_s, file, u"--json"_s});
    QVERIFY2(live.err.contains("Saved"), live.err);
    const QFileInfo saved(file);
    QCOMPARE(saved.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    m_practice.reset();
    const Ended again = idm({u"preview"_s, u"--from"_s, file, u"--mapping"_s, byMail, u"--json"_s});
    QCOMPARE(again.code, live.code);
    QCOMPARE(again.out, live.out);

    QFile cut(file);
    QVERIFY(cut.resize(saved.size() - 4096));
    const Ended refused = idm({u"preview"_s, u"--from"_s, file});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("cut off"), refused.err);
}

/// A server that breaks off for good in the middle of a list.
void TestCliIdmServer::previewsNothingFromHalfAReading()
{
    add();
    m_practice->controlIdm({{u"breakQueries"_s, 50}});
    const QString file = m_program->path(u"half"_s);
    const Ended ended = idm({u"preview"_s, u"--mapping"_s, byMail, u"--save"_s, file, u"--json"_s});
    QVERIFY(ended.code != 0 && ended.code != 1);
    QVERIFY2(ended.error()["message"_L1].toString().contains(u"could not be read"_s), ended.out);
    QVERIFY(!QFileInfo::exists(file));
}

void TestCliIdmServer::previewsTheCloudWithoutLinks()
{
    m_practice =
        std::make_unique<Practice>(*m_program,
                                   QStringList {u"--idm-port"_s, u"0"_s, u"--idm-profile"_s,
                                                u"cloud"_s, u"--idm-token"_s, u"practice-token"_s});
    m_address = m_practice->announced()["idm"_L1]["url"_L1].toString();
    const Ended added = idm({u"servers"_s, u"add"_s, u"Practice"_s, m_address, u"--kind"_s,
                             u"practice"_s, u"--login"_s, u"bearer"_s, u"--secrets-stdin"_s},
                            R"({"token": "practice-token"})");
    QVERIFY2(added.code == 0, added.err);
    const Ended ended = idm({u"preview"_s, u"--mapping"_s, byMail, u"--json"_s});
    QCOMPARE(ended.code, 1);
    const QJsonObject json = ended.json();
    QVERIFY(!json["complete"_L1].toBool());
    QVERIFY2(json["gaps"_L1].toArray().first().toString().contains(u"links"_s),
             ended.out.left(900));
    for (const QJsonValue &entry : json["entries"_L1].toArray())
        QVERIFY(!entry["certain"_L1].toBool());
    const QJsonValue deletions = json["actions"_L1]["DELETE"_L1];
    QVERIFY(deletions["most"_L1].toInteger() > deletions["known"_L1].toInteger());
}

void TestCliIdmServer::onAFailingDisk_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    forEachDiskFault([](const QByteArray &call, int error, const QByteArray &name) {
        QTest::addRow("%s", name.constData()) << call << error;
    });
}

/// The list of servers, a file that is written, and what a deployment saves before it writes.
void TestCliIdmServer::onAFailingDisk()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    add();
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"free"_s}).code, 0);
    const QString file = changedFile();
    const QString list = u"config/hubkeeper/servers.json"_s;
    const QByteArray servers = m_program->content(list);
    const QString out = m_program->write(u"out/server.json"_s, "old");
    const auto failing = [&](const QString &folder, const QStringList &arguments) {
        preloadFailingDisk(m_program->environment(), call, m_program->path(folder), error);
        const Ended ended = idm(arguments);
        m_program->environment().remove(u"LD_PRELOAD"_s);
        return ended.code;
    };

    QCOMPARE(failing(u"config"_s, {u"servers"_s, u"set"_s, u"Practice"_s, u"--label"_s, u"B"_s}),
             9);
    QCOMPARE(m_program->content(list), servers);
    QCOMPARE(failing(u"out"_s, {u"get"_s, u"sync"_s, u"--output"_s, out}), 9);
    QCOMPARE(m_program->content(u"out/server.json"_s), QByteArray("old"));
    QCOMPARE(failing(u"data/hubkeeper/rollback"_s, {u"deploy"_s, file}), 9);
    QCOMPARE(idm({u"diff"_s, file}).code, 1); // Nothing was sent.
    QCOMPARE(idm({u"deploy"_s, file, u"--wait"_s, u"0"_s}).code, 0);
}

HUBKEEPER_TEST(TestCliIdmServer)
#include "tst_cliidmserver.moc"
