// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "session/connections/connectionbook.h"
#include "session/connections/secretvault.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

class TestConnection : public QObject
{
    Q_OBJECT

private slots:
    void baseUrl_data();
    void baseUrl();
    void bookKeepsEveryMember();
    void bookIsPrivate();
    void damagedBookIsNotOverwritten();
    void unknownModeReadsAsReadOnly();
    void findsByTheFileBehindALink();
    void removingForgets();
    void vaultKeepsForTheSessionWhenAsked();
};

namespace {

Connection sample()
{
    Connection connection;
    connection.id = u"c-1"_s;
    connection.label = u"ACME – Zürich"_s;
    connection.provisionerPath = u"/etc/idm/provisioner.openicf-hubspot.json"_s;
    connection.kind = ConnectionKind::Sandbox;
    connection.colour = u"#aa5500"_s;
    connection.apiVersion = ApiVersion::V3;
    connection.baseUrl = QUrl(u"http://127.0.0.1:8123"_s);
    connection.reserve = 25;
    connection.policy.mode = WriteMode::Confirm;
    connection.policy.mostRows = 7;
    connection.policy.mostArchives = 0;
    connection.policy.archiveAllowed = false;
    connection.policy.protectedProperties = {u"email"_s};
    return connection;
}

} // namespace

void TestConnection::baseUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("remoteAllowed");
    QTest::addColumn<bool>("accepted");

    // clang-format off
    QTest::newRow("HubSpot itself")        << u"https://api.hubapi.com"_s        << false << true;
    QTest::newRow("HubSpot without TLS")   << u"http://api.hubapi.com"_s         << false << false;
    QTest::newRow("loopback")              << u"http://127.0.0.1:8080"_s         << false << true;
    QTest::newRow("loopback, IPv6")        << u"http://[::1]:8080"_s             << false << true;
    QTest::newRow("localhost")             << u"http://localhost:8080"_s         << false << true;
    QTest::newRow("look-alike")            << u"https://api.hubapi.com.evil.example"_s << false << false;
    QTest::newRow("look-alike, localhost") << u"http://localhost.evil.example"_s << false << false;
    QTest::newRow("remote")                << u"https://portal.example"_s        << false << false;
    QTest::newRow("remote, allowed")       << u"https://portal.example"_s        << true  << true;
    QTest::newRow("remote, plain, allowed")<< u"http://portal.example"_s         << true  << false;
    QTest::newRow("user in it")            << u"http://u:p@127.0.0.1:8080"_s     << true  << false;
    QTest::newRow("query in it")           << u"http://127.0.0.1:8080?a=b"_s     << true  << false;
    QTest::newRow("file")                  << u"file:///etc/passwd"_s            << true  << false;
    QTest::newRow("nothing")               << QString()                          << true  << false;
    // clang-format on
}

void TestConnection::baseUrl()
{
    QFETCH(QString, url);
    QFETCH(bool, remoteAllowed);

    const auto verdict = checkBaseUrl(QUrl(url), remoteAllowed);

    QTEST(verdict.has_value(), "accepted");
    if (!verdict)
        QVERIFY(verdict.error().sentence().endsWith(u'.'));
}

void TestConnection::bookKeepsEveryMember()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionBook::load(paths);
    QVERIFY(book);

    QVERIFY(book->store(sample()));
    const auto again = ConnectionBook::load(paths);

    QVERIFY(again);
    QCOMPARE(again->connections().size(), 1);
    const Connection &read = again->connections().first();
    const Connection wrote = sample();
    QCOMPARE(read.id, wrote.id);
    QCOMPARE(read.label, wrote.label);
    QCOMPARE(read.provisionerPath, wrote.provisionerPath);
    QCOMPARE(read.kind, wrote.kind);
    QCOMPARE(read.colour, wrote.colour);
    QCOMPARE(read.apiVersion, wrote.apiVersion);
    QCOMPARE(read.baseUrl, wrote.baseUrl);
    QCOMPARE(read.policy.mode, wrote.policy.mode);
    QCOMPARE(read.policy.mostRows, wrote.policy.mostRows);
    QCOMPARE(read.policy.mostArchives, wrote.policy.mostArchives);
    QCOMPARE(read.policy.archiveAllowed, wrote.policy.archiveAllowed);
    QCOMPARE(read.policy.protectedProperties, wrote.policy.protectedProperties);
}

void TestConnection::bookIsPrivate()
{
    const QTemporaryDir folder;
    auto book = ConnectionBook::load(Paths::below(folder.path()));

    QVERIFY(book->store(sample()));

    const auto mode = QFileInfo(folder.filePath(u"config/connections.json"_s)).permissions();
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
}

void TestConnection::damagedBookIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    const QString path = paths.config + u"/connections.json"_s;
    QVERIFY(saveFile(path, "{ half a fi", FileMode::KeepOrPrivate));

    const auto book = ConnectionBook::load(paths);

    QVERIFY(!book);
    QCOMPARE(book.error().kind, ErrorKind::Storage);
    QCOMPARE(readFile(path, 1000).value(), "{ half a fi");
}

void TestConnection::unknownModeReadsAsReadOnly()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QVERIFY(makePrivateFolder(paths.config));
    QVERIFY(saveFile(paths.config + u"/connections.json"_s,
                     R"({"version":1,"connections":[{"id":"x","policy":{"mode":"yolo"}}]})",
                     FileMode::KeepOrPrivate));

    const auto book = ConnectionBook::load(paths);

    QVERIFY(book);
    QCOMPARE(book->connections().first().policy.mode, WriteMode::ReadOnly);
}

void TestConnection::findsByTheFileBehindALink()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"provisioner.openicf-hubspot.json"_s);
    QVERIFY(saveFile(file, "{}", FileMode::KeepOrDefault));
    const QString link = folder.filePath(u"link.json"_s);
    QVERIFY(QFile::link(file, link));
    auto book = ConnectionBook::load(Paths::below(folder.path()));
    Connection connection = sample();
    connection.provisionerPath = file;
    QVERIFY(book->store(connection));

    QVERIFY(book->byProvisioner(link));
    QVERIFY(!book->byProvisioner(folder.filePath(u"other.json"_s)));
}

void TestConnection::removingForgets()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto book = ConnectionBook::load(paths);
    QVERIFY(book->store(sample()));

    QVERIFY(book->remove(u"c-1"_s));

    QVERIFY(!book->byId(u"c-1"_s));
    QVERIFY(ConnectionBook::load(paths)->connections().isEmpty());
}

void TestConnection::vaultKeepsForTheSessionWhenAsked()
{
    MemorySecretStore broken;
    broken.refuseWith = Error {};
    broken.refuseWith->kind = ErrorKind::NoKeychain;
    SecretVault vault(broken);
    const SecretId id {u"c-1"_s, u"clientSecret"_s};

    const auto refused = outcomeOf(vault.write(id, Secret(std::string_view("hush")), this));
    vault.useSessionOnly();
    const auto kept = outcomeOf(vault.write(id, Secret(std::string_view("hush")), this));

    QVERIFY(refused && !*refused);
    QCOMPARE(refused->error().kind, ErrorKind::NoKeychain);
    QVERIFY(kept && *kept);
    QVERIFY(!vault.backend().persistent);
}

HUBKEEPER_TEST(TestConnection)
#include "tst_connection.moc"
