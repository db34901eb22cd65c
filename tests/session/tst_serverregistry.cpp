// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "session/connections/connectionregistry.h"
#include "session/idm/servercheck.h"
#include "session/idm/serverregistry.h"
#include "session/idm/serveruse.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestServerRegistry : public QObject
{
    Q_OBJECT

private slots:
    void addresses_data();
    void addresses();
    void keepsEveryMember();
    void aLabelNamesOne();
    void newOnesAreReadOnly();
    void whatAnotherProgramSetCounts();
    void whatLiftsAGuard();
    void aDamagedFileIsNotOverwritten();
    void strictWhereItCannotBeRead();
    void everyLoginIsKept();
    void connectionsOfAServer();
    void howFarOneGets_data();
    void howFarOneGets();
};

namespace {

Server sample(const QString &label)
{
    Server server;
    server.label = label;
    server.address = QUrl(u"https://idm.example.com:8443/openidm"_s);
    server.login = {LoginKind::Basic, u"admin"_s};
    server.kind = ConnectionKind::Sandbox;
    server.colour = u"#c01c28"_s;
    server.mode = WriteMode::Confirm;
    server.profile = IdmProfile::Commercial;
    server.acceptSelfSignedCertificates = true;
    server.disableHostNameVerifier = true;
    server.proxyHost = u"proxy.example.com"_s;
    server.proxyPort = 3128;
    return server;
}

} // namespace

void TestServerRegistry::addresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address"); // Empty: refused.
    const auto row = [](const QString &typed, const QString &address) {
        QTest::newRow(qPrintable(typed)) << typed << address;
    };
    row(u"https://idm.example.com:8443/openidm"_s, u"https://idm.example.com:8443/openidm"_s);
    row(u"https://idm.example.com/openidm/"_s, u"https://idm.example.com/openidm"_s);
    row(u"idm.example.com"_s, u"https://idm.example.com/openidm"_s);
    row(u"idm.example.com:8443"_s, u"https://idm.example.com:8443/openidm"_s);
    row(u"http://localhost:8080"_s, u"http://localhost:8080/openidm"_s);
    row(u"http://127.0.0.1:8080/idm"_s, u"http://127.0.0.1:8080/idm"_s);
    row(u"http://[::1]:8080"_s, u"http://[::1]:8080/openidm"_s);
    row(u"http://idm.example.com"_s, {});
    row(u"https://user:secret@idm.example.com"_s, {});
    row(u"https://idm.example.com/openidm?_action=x"_s, {});
    row(u"ftp://idm.example.com"_s, {});
    row(u"https://"_s, {});
    row(u" "_s, {});
}

void TestServerRegistry::addresses()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, address);
    const auto read = serverAddressFrom(typed);
    QCOMPARE(read.has_value(), !address.isEmpty());
    if (read)
        QCOMPARE(read->toString(), address);
    else
        QVERIFY(!read.error().sentence().contains(u"secret@"_s));
}

void TestServerRegistry::keepsEveryMember()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ServerRegistry::load(paths).value();
    const auto added = registry.add(sample(u"Test"_s));
    QVERIFY(added);
    QVERIFY(!added->id.isEmpty());

    const auto again = ServerRegistry::load(paths).value();
    QCOMPARE(again.servers(), QList<Server> {*added});
    const auto mode = QFileInfo(ServerRegistry::pathIn(paths)).permissions();
    QCOMPARE(mode & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(registry.remove(added->id));
    QVERIFY(ServerRegistry::load(paths)->servers().isEmpty());
}

void TestServerRegistry::aLabelNamesOne()
{
    const QTemporaryDir folder;
    auto registry = ServerRegistry::load(Paths::below(folder.path())).value();
    const auto one = registry.add(sample(u"Test"_s));
    const auto two = registry.add(sample(u"Other"_s));
    QVERIFY(one && two);
    QCOMPARE(registry.add(sample(u"tEST"_s)).error().kind, ErrorKind::Conflict);
    QCOMPARE(registry.add(sample(u"  "_s)).error().kind, ErrorKind::InvalidInput);
    const auto renamed = registry.edit(two->id, [](Server &server) {
        server.label = u"TEST"_s;
        return Result<void>();
    });
    QCOMPARE(renamed.error().kind, ErrorKind::Conflict);
    QCOMPARE(registry.find(u"oTHER"_s)->id, two->id);
    QCOMPARE(registry.find(one->id)->label, u"Test"_s);
    QVERIFY(!registry.find(u"none"_s));
}

void TestServerRegistry::newOnesAreReadOnly()
{
    QCOMPARE(Server().mode, WriteMode::ReadOnly);
    Server server = sample(u"Test"_s);
    setKind(server, ConnectionKind::Production);
    QCOMPARE(server.mode, WriteMode::ReadOnly);
}

void TestServerRegistry::whatAnotherProgramSetCounts()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto mine = ServerRegistry::load(paths).value();
    const auto server = mine.add(sample(u"Test"_s));
    QVERIFY(server);
    auto theirs = ServerRegistry::load(paths).value();
    QVERIFY(theirs.edit(server->id, [](Server &s) {
        s.mode = WriteMode::ReadOnly;
        return Result<void>();
    }));
    QCOMPARE(currentMode(*server, paths).value(), WriteMode::ReadOnly);
    QVERIFY(mine.edit(server->id, [](Server &s) {
        s.colour.clear();
        return Result<void>();
    }));
    QCOMPARE(mine.find(server->id)->mode, WriteMode::ReadOnly); // Theirs stays.
    QVERIFY(theirs.remove(server->id));
    QCOMPARE(currentMode(*server, paths).error().kind, ErrorKind::Refused);
}

void TestServerRegistry::whatLiftsAGuard()
{
    Server before = sample(u"Live"_s);
    before.kind = ConnectionKind::Production;
    before.mode = WriteMode::ReadOnly;
    before.acceptSelfSignedCertificates = false;
    before.disableHostNameVerifier = false;
    Server after = before;
    after.colour.clear();
    QVERIFY(!liftsGuard(before, after));
    after.mode = WriteMode::Confirm;
    QVERIFY(liftsGuard(before, after));
    after = before;
    after.kind = ConnectionKind::Sandbox;
    QVERIFY(liftsGuard(before, after));
    after = before;
    after.acceptSelfSignedCertificates = true;
    QVERIFY(liftsGuard(before, after));
    after = before;
    after.address.setHost(u"other.example.com"_s);
    QVERIFY(liftsGuard(before, after));
}

void TestServerRegistry::aDamagedFileIsNotOverwritten()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    const QByteArray damaged = R"({"version": 1, "servers": {}})";
    QVERIFY(QDir().mkpath(paths.config));
    QVERIFY(saveFile(ServerRegistry::pathIn(paths), damaged, FileMode::KeepOrPrivate));
    QCOMPARE(ServerRegistry::load(paths).error().kind, ErrorKind::Storage);
    QCOMPARE(readFile(ServerRegistry::pathIn(paths), 1000).value(), damaged);
}

void TestServerRegistry::strictWhereItCannotBeRead()
{
    const Server server = serverFrom(QJsonObject {{u"id"_s, u"1"_s},
                                                  {u"mode"_s, u"everything"_s},
                                                  {u"kind"_s, 5},
                                                  {u"acceptSelfSignedCertificates"_s, u"yes"_s}});
    QCOMPARE(server.mode, WriteMode::ReadOnly);
    QCOMPARE(server.kind, ConnectionKind::Production);
    QVERIFY(!server.acceptSelfSignedCertificates);
}

void TestServerRegistry::everyLoginIsKept()
{
    for (const LoginKind kind :
         {LoginKind::StaticUser, LoginKind::Basic, LoginKind::Bearer, LoginKind::ServiceAccount}) {
        Server server = sample(u"Test"_s);
        server.login = {kind, u"somebody"_s};
        QCOMPARE(serverFrom(entryOf(server)).login, server.login);
    }
}

void TestServerRegistry::connectionsOfAServer()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto servers = ServerRegistry::load(paths).value();
    const QString one = servers.add(sample(u"One"_s))->id;
    const QString two = servers.add(sample(u"Two"_s))->id;
    auto connections = ConnectionRegistry::load(paths).value();
    for (const auto &[label, server] : {std::pair(u"a"_s, one), std::pair(u"b"_s, one),
                                        std::pair(u"c"_s, two), std::pair(u"d"_s, QString())}) {
        Connection connection;
        connection.id = label;
        connection.label = label;
        connection.server = server;
        connection.provisionerPath = folder.filePath(label + u".json"_s);
        QVERIFY(saveFile(connection.provisionerPath, "{}", FileMode::KeepOrPrivate));
        QVERIFY(connections.keep(connection));
    }
    QCOMPARE(serverOfFile(folder.filePath(u"a.json"_s), paths).value()->label, u"One"_s);
    QVERIFY(!serverOfFile(folder.filePath(u"d.json"_s), paths).value());
    QVERIFY(!serverOfFile(folder.filePath(u"nowhere.json"_s), paths).value());
    QCOMPARE(connectionsOf(one, paths).value(), (QStringList {u"a"_s, u"b"_s}));

    QVERIFY(servers.remove(one));
    QVERIFY(connectionsOf(one, paths)->isEmpty());
    QVERIFY(ConnectionRegistry::load(paths)->byId(u"a"_s)->server.isEmpty());
    QCOMPARE(ConnectionRegistry::load(paths)->byId(u"c"_s)->server, two);
    QVERIFY(!serverOfFile(folder.filePath(u"a.json"_s), paths).value());

    auto now = ConnectionRegistry::load(paths).value();
    QVERIFY(now.edit(*now.byId(u"c"_s), [](Connection &connection) {
        connection.server = u"unknown"_s;
        return Result<void>();
    }));
    QVERIFY(!serverOfFile(folder.filePath(u"c.json"_s), paths).value());
}

void TestServerRegistry::howFarOneGets_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reach");
    const auto row = [](const char *name, ErrorKind kind, int status, const QString &reach) {
        QTest::newRow(name) << kind << status << reach;
    };
    row("not started", ErrorKind::Offline, 0, u"refused"_s);
    row("503", ErrorKind::ServerFault, 503, u"starting"_s);
    row("500", ErrorKind::ServerFault, 500, u"failed"_s);
    row("a page", ErrorKind::BadReply, 0, u"noIdm"_s);
    row("404", ErrorKind::NotFound, 404, u"noIdm"_s);
    row("no secret", ErrorKind::NotFound, 0, u"noSecret"_s);
    row("no keychain", ErrorKind::NoKeychain, 0, u"noSecret"_s);
    row("401", ErrorKind::Unauthorized, 401, u"loginRefused"_s);
    row("403", ErrorKind::Forbidden, 403, u"loginRefused"_s);
    row("a certificate", ErrorKind::Untrusted, 0, u"failed"_s);
}

void TestServerRegistry::howFarOneGets()
{
    QFETCH(const ErrorKind, kind);
    QFETCH(const int, status);
    QFETCH(const QString, reach);
    Error error;
    error.kind = kind;
    error.httpStatus = status;
    error.what = u"It is so."_s;
    const ServerCheck check = serverCheckFrom(tl::unexpected(error));
    QCOMPARE(nameOf(check.reach), reach);
    QVERIFY(!check.facts && check.error);

    ServerFacts facts;
    for (const auto &[readiness, word] :
         {std::pair(Readiness::Ready, u"ready"_s), std::pair(Readiness::Starting, u"starting"_s),
          std::pair(Readiness::NotReady, u"notReady"_s)}) {
        facts.readiness = readiness;
        QCOMPARE(nameOf(serverCheckFrom(facts).reach), word);
    }
}

HUBKEEPER_TEST(TestServerRegistry)
#include "tst_serverregistry.moc"
