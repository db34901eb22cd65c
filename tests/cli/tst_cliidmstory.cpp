// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/storymapping.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// From a file to an active connector, and on to a reconciliation, as an administrator goes the
/// way: one story on a fresh server, each step with the program's own words.
class TestCliIdmStory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void aNewProvisioner();
    void aServerWithoutTheBundle();
    void withTheBundleButAWrongSecret();
    void deployed();
    void aSecondAdministrator();
    void aMapping();
    void aPreviewOverAThreshold();
    void aRunThatIsCompared();
    void oneContactThreeWays();
    void rolledBack();

private:
    [[nodiscard]] Ended idm(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_program->run(QStringList {u"idm"_s} + arguments, input);
    }
    /// The provisioner's file with another value at one configuration property.
    void setProperty(const QString &name, const QJsonValue &value) const;
    [[nodiscard]] QString stateOf(const Ended &status) const;
    [[nodiscard]] int users() const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
    QJsonObject m_credentials; // Of the practice portal's app.
    QString m_deployment; // Runs of the journal.
    QString m_put;
};

namespace {

const auto file = u"provisioner.openicf-hubspot.json"_s;
const auto hubspot = u"provisioner.openicf/hubspot"_s;
const auto storyMapping = u"contacts_users"_s;

} // namespace

void TestCliIdmStory::initTestCase()
{
    m_program = std::make_unique<Program>();
    m_practice = std::make_unique<Practice>(*m_program,
                                            QStringList {u"--idm-port"_s, u"0"_s, u"--idm-empty"_s,
                                                         u"--idm-registration-ms"_s, u"300"_s});
    QVERIFY(m_practice->isServing());
    m_credentials = QJsonDocument::fromJson(m_program->content(u"p.json"_s))
                        .object()
                        .value("configurationProperties"_L1)
                        .toObject();
    const Ended added = idm({u"servers"_s, u"add"_s, u"Story"_s,
                             m_practice->announced()["idm"_L1]["url"_L1].toString(), u"--kind"_s,
                             u"sandbox"_s, u"--mode"_s, u"confirm"_s, u"--secrets-stdin"_s},
                            R"({"password": "openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
}

void TestCliIdmStory::cleanupTestCase()
{
    if (m_program)
        (void)idm({u"servers"_s, u"forget"_s, u"Story"_s}); // The keychain is shared.
    m_practice.reset();
    m_program.reset();
}

void TestCliIdmStory::setProperty(const QString &name, const QJsonValue &value) const
{
    QJsonObject json = QJsonDocument::fromJson(m_program->content(file)).object();
    QJsonObject properties = json["configurationProperties"_L1].toObject();
    properties.insert(name, value);
    json.insert(u"configurationProperties"_s, properties);
    m_program->write(file, QJsonDocument(json).toJson());
}

QString TestCliIdmStory::stateOf(const Ended &status) const
{
    return status.json()["connectors"_L1].toArray().first()["state"_L1].toString();
}

int TestCliIdmStory::users() const
{
    const Ended links = idm({u"links"_s, u"list"_s, storyMapping, u"--json"_s});
    return links.json()["count"_L1].toInt(-1);
}

void TestCliIdmStory::aNewProvisioner()
{
    const Ended made =
        m_program->run({u"new"_s, u"--name"_s, u"hubspot"_s, u"--client-id"_s,
                        m_credentials["clientId"_L1].toString(), m_program->path(file)});
    QVERIFY2(made.code == 0, made.err);
    QJsonObject json = QJsonDocument::fromJson(m_program->content(file)).object();
    QVERIFY(!json["enabled"_L1].toBool()); // Until it has its secrets.
    json.insert(u"enabled"_s, true);
    m_program->write(file, QJsonDocument(json).toJson());
    setProperty(u"refreshToken"_s, m_credentials["refreshToken"_L1]);
    setProperty(u"clientSecret"_s, u"not the secret"_s);
    const Ended valid =
        m_program->run({u"validate"_s, m_program->path(file), u"--profile"_s, u"community"_s});
    QVERIFY2(valid.code == 0, valid.out + valid.err);
}

void TestCliIdmStory::aServerWithoutTheBundle()
{
    m_practice->controlIdm({{u"hubspotBundle"_s, false}});
    const Ended status = idm({u"status"_s, m_program->path(file), u"--json"_s});
    QCOMPARE(status.code, 1);
    QCOMPARE(stateOf(status), u"noBundle"_s);
    const Ended refused = idm({u"deploy"_s, m_program->path(file), u"--yes"_s});
    QCOMPARE(refused.code, 7);
    QVERIFY2(refused.err.contains("bundle"), refused.err);
    QCOMPARE(idm({u"get"_s, hubspot}).code, 1); // Nothing was sent.
}

void TestCliIdmStory::withTheBundleButAWrongSecret()
{
    m_practice->controlIdm({{u"hubspotBundle"_s, true}});
    QCOMPARE(stateOf(idm({u"status"_s, m_program->path(file), u"--json"_s})), u"notDeployed"_s);
    const Ended refused = idm({u"deploy"_s, m_program->path(file), u"--yes"_s});
    QVERIFY2(refused.code != 0, refused.out);
    QVERIFY2(refused.err.contains("client secret"), refused.err);
    QCOMPARE(idm({u"get"_s, hubspot}).code, 1); // The server tested it and has not got it.
}

void TestCliIdmStory::deployed()
{
    setProperty(u"clientSecret"_s, m_credentials["clientSecret"_L1]);
    QCOMPARE(idm({u"deploy"_s, m_program->path(file)}).code, 7); // Nobody confirmed it.
    const Ended done = idm({u"deploy"_s, m_program->path(file), u"--yes"_s, u"--json"_s});
    QVERIFY2(done.code == 0, done.out + done.err);
    QVERIFY(done.json()["deployed"_L1]["active"_L1].toBool());
    m_deployment = done.json()["deployed"_L1]["run"_L1].toString();
    const Ended status = idm({u"status"_s, m_program->path(file), u"--json"_s});
    QCOMPARE(stateOf(status), u"active"_s);
    QCOMPARE(status.code, 0);
    const QByteArray onServer = idm({u"get"_s, hubspot}).out;
    QVERIFY(!onServer.contains(m_credentials["clientSecret"_L1].toString().toUtf8()));
    QCOMPARE(idm({u"diff"_s, m_program->path(file)}).code, 0);
}

void TestCliIdmStory::aSecondAdministrator()
{
    const QString base = m_program->path(u"base.json"_s);
    QCOMPARE(idm({u"get"_s, hubspot, u"--output"_s, base}).code, 0);
    QJsonObject json = QJsonDocument::fromJson(m_program->content(u"base.json"_s)).object();
    json.insert(u"description"_s, u"Theirs"_s);
    const QString theirs = m_program->write(u"theirs.json"_s, QJsonDocument(json).toJson());
    json.insert(u"description"_s, u"Mine"_s);
    const QString mine = m_program->write(u"mine.json"_s, QJsonDocument(json).toJson());
    QCOMPARE(idm({u"put"_s, hubspot, theirs, u"--base"_s, base, u"--yes"_s}).code, 0);
    const Ended conflict = idm({u"put"_s, hubspot, mine, u"--base"_s, base, u"--yes"_s});
    QCOMPARE(conflict.code, 6);
    QCOMPARE(idm({u"get"_s, hubspot}).json()["description"_L1].toString(), u"Theirs"_s);
    const Ended back = idm({u"rollback"_s, m_deployment, u"--yes"_s});
    QCOMPARE(back.code, 6); // Theirs is not taken back with it.
    // Some time later: the server's file watcher has configured the connector once more.
    m_practice->controlIdm({{u"clock"_s, QJsonObject {{u"advanceMs"_s, 5000}}}});
}

void TestCliIdmStory::aMapping()
{
    const QString path = m_program->write(u"mapping-contacts_users.json"_s, storyMappingFile());
    const Ended valid = m_program->run({u"validate"_s, path, u"--fail-on"_s, u"error"_s});
    QVERIFY2(valid.code == 0, valid.out + valid.err);
    const Ended put = idm({u"mappings"_s, u"put"_s, path, u"--yes"_s, u"--json"_s});
    QVERIFY2(put.code == 0, put.out + put.err);
    m_put = put.json()["written"_L1]["run"_L1].toString();
    QCOMPARE(idm({u"mappings"_s, u"list"_s, u"--json"_s}).list().size(), 1);
}

void TestCliIdmStory::aPreviewOverAThreshold()
{
    const Ended over = idm({u"preview"_s, u"--max-create"_s, u"5"_s, u"--json"_s});
    QCOMPARE(over.code, 1);
    QVERIFY2(over.err.contains("created"), over.err);
    QVERIFY(over.json()["complete"_L1].toBool());
    m_program->write(u"preview.json"_s, over.out);
    const Ended refused =
        idm({u"recon"_s, storyMapping, u"--preview"_s, m_program->path(u"preview.json"_s),
             u"--max-create"_s, u"5"_s, u"--yes"_s});
    QCOMPARE(refused.code, 7);
    QVERIFY(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().isEmpty());
}

void TestCliIdmStory::aRunThatIsCompared()
{
    QCOMPARE(users(), 0);
    const Ended run =
        idm({u"recon"_s, storyMapping, u"--preview"_s, m_program->path(u"preview.json"_s),
             u"--max-create"_s, u"50"_s, u"--max-delete"_s, u"0"_s, u"--yes"_s, u"--json"_s});
    const QJsonObject result = run.json()["results"_L1].toArray().first().toObject();
    QVERIFY2(result["comparison"_L1]["different"_L1].toInt(-1) == 0, run.out + run.err);
    QVERIFY2(users() > 5, run.out);
}

void TestCliIdmStory::oneContactThreeWays()
{
    const QJsonObject link = idm({u"links"_s, u"list"_s, storyMapping, u"--all"_s, u"--json"_s})
                                 .json()["links"_L1]
                                 .toArray()
                                 .first()
                                 .toObject();
    const QString contact = u"system/hubspot/contact/"_s + link["firstId"_L1].toString();
    const Ended of = idm({u"links"_s, u"of"_s, contact, u"--json"_s});
    QCOMPARE(of.code, 0);
    const QJsonObject user = of.list().first()["linked"_L1].toArray().first().toObject();
    QCOMPARE(user["id"_L1].toString(), link["secondId"_L1].toString());
    QVERIFY(user["object"_L1]["mail"_L1].toString().contains(u'@'));
}

void TestCliIdmStory::rolledBack()
{
    const Ended back = idm({u"rollback"_s, m_put, u"--yes"_s});
    QVERIFY2(back.code == 0, back.err);
    QVERIFY(idm({u"mappings"_s, u"list"_s, u"--json"_s}).list().isEmpty());
    const QJsonArray runs =
        m_program->run({u"journal"_s, u"list"_s, u"--all"_s, u"--json"_s}).list();
    QCOMPARE(runs.size(), 5); // Deployed, theirs, mapping, reconciliation, mapping back.
    const Ended verified = m_program->run({u"journal"_s, u"verify"_s});
    QVERIFY2(verified.code == 0, verified.out + verified.err);
}

HUBKEEPER_TEST(TestCliIdmStory)
#include "tst_cliidmstory.moc"
