// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "session/idm/serverregistry.h"
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

HUBKEEPER_TEST(TestServerRegistry)
#include "tst_serverregistry.moc"
