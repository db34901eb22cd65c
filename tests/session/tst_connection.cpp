// SPDX-License-Identifier: MIT
#include "sampleconnection.h"
#include "session/connections/connectionsettings.h"
#include "session/connections/provisionerfacts.h"
#include "session/connections/secretvault.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
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
    void whatCannotBeReadIsStrict_data();
    void whatCannotBeReadIsStrict();
    void missingMembersHaveTheirDefaults();
    void liftingAGuard_data();
    void liftingAGuard();
    void becomingProductionBecomesReadOnly();
    void vaultKeepsForTheSessionWhenAsked();
    void namesOfFiles_data();
    void namesOfFiles();
    void proxyPorts_data();
    void proxyPorts();
};

void TestConnection::namesOfFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    const QByteArray content = R"({"configurationProperties": {"clientId": "x"}})";
    QTest::newRow("server") << u"provisioner.openicf-eu.json"_s << content;
    QTest::newRow("fr-config-manager") << u"eu.json"_s << content;
    QTest::newRow("frodo") << u"eu.idm.json"_s
                           << R"({"idm": {"provisioner.openicf/eu": )" + content + "}}";
}

void TestConnection::namesOfFiles()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QFile written(folder.filePath(file));
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(content) == content.size());
    written.close();

    const auto facts = readProvisionerFacts(written.fileName());

    QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().what));
    QCOMPARE(facts->name, u"eu"_s);
    QCOMPARE(facts->clientId, u"x"_s);
}

void TestConnection::proxyPorts_data()
{
    QTest::addColumn<QByteArray>("port");
    QTest::addColumn<bool>("accepted");
    for (const char *port : {"3128", "65535", "1", "\"8080\""})
        QTest::newRow(port) << QByteArray(port) << true;
    for (const char *port : {"85287", "65536", "-1", "80.5", "4294970424"})
        QTest::newRow(port) << QByteArray(port) << false;
}

/// R21: 85287 was 19751.
void TestConnection::proxyPorts()
{
    QFETCH(QByteArray, port);
    QFETCH(bool, accepted);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"provisioner.openicf-p.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"configurationProperties":{"clientId":"c","httpProxyHost":"proxy.example",)"
               R"("httpProxyPort":)"
               + port + "}}");
    file.close();

    const auto facts = readProvisionerFacts(file.fileName());

    QCOMPARE(facts.has_value(), accepted);
    const QByteArray digits = QByteArray(port).replace('"', "");
    if (accepted)
        QCOMPARE(QByteArray::number(facts->transport.proxyPort), digits);
    else
        QVERIFY2(facts.error().what.contains(QString::fromLatin1(digits))
                     || facts.error().what.contains(u"httpProxyPort"_s),
                 qPrintable(facts.error().what));
}

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

void TestConnection::whatCannotBeReadIsStrict_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *name, const QByteArray &entry, const QByteArray &member,
                        const QJsonValue &value) {
        QTest::newRow(name) << entry << member << value;
    };
    const QByteArray free = R"("policy":{"mode":"free",)";

    row("unknown mode", R"("policy":{"mode":"yolo"})", "mode", u"read-only"_s);
    row("mode of a number", R"("policy":{"mode":3})", "mode", u"read-only"_s);
    row("no policy", R"("policy":"free")", "mode", u"read-only"_s);
    row("rows as text", free + R"("mostRows":"5"})", "mostRows", 1);
    row("rows with a part", free + R"("mostRows":5.5})", "mostRows", 1);
    row("rows below 0", free + R"("mostRows":-1})", "mostRows", 1);
    row("rows null", free + R"("mostRows":null})", "mostRows", 1);
    row("archives as text", free + R"("mostArchives":"0"})", "mostArchives", 1);
    row("archives below 0", free + R"("mostArchives":-5})", "mostArchives", 1);
    row("archiving as text", free + R"("archiveAllowed":"no"})", "archiveAllowed", false);
    row("archiving as number", free + R"("archiveAllowed":1})", "archiveAllowed", false);
    row("names as text", free + R"("protectedProperties":"email"})", "mode", u"read-only"_s);
    row("a name of a number", free + R"("protectedProperties":["email",5]})", "mode",
        u"read-only"_s);
    row("unknown kind", R"("kind":"staging")", "kind", u"production"_s);
    row("another host", R"("allowRemoteBaseUrl":"true")", "allowRemoteBaseUrl", false);
    row("reserve", R"("reserve":900)", "reserve", 90);
}

void TestConnection::whatCannotBeReadIsStrict()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, member);
    QFETCH(QJsonValue, value);
    const auto json = QJsonDocument::fromJson("{\"id\":\"x\"," + entry + "}").object();
    QVERIFY(!json.isEmpty());

    const QJsonObject read = entryOf(connectionFrom(json));

    const QString name = QString::fromLatin1(member);
    QCOMPARE(read.contains(name) ? read[name] : read["policy"_L1].toObject()[name], value);
}

void TestConnection::missingMembersHaveTheirDefaults()
{
    const Connection read = connectionFrom({{u"id"_s, u"x"_s}});
    QVERIFY(differences(read, Connection {}).isEmpty());
    // An address that cannot be read must not become HubSpot's own.
    const Connection nowhere = connectionFrom({{u"id"_s, u"x"_s}, {u"baseUrl"_s, 8123}});
    QVERIFY(!nowhere.baseUrl.isEmpty());
    QVERIFY(!checkBaseUrl(nowhere.baseUrl, true));
}

void TestConnection::liftingAGuard_data()
{
    QTest::addColumn<ConnectionSetting>("setting");
    QTest::addColumn<int>("value");
    QTest::addColumn<bool>("lifts");
    using S = ConnectionSetting;

    // clang-format off
    QTest::newRow("free")             << S::Mode                << int(WriteMode::Free)           << true;
    QTest::newRow("the same mode")    << S::Mode                << int(WriteMode::ReviewRequired) << false;
    QTest::newRow("read-only")        << S::Mode                << int(WriteMode::ReadOnly)       << false;
    QTest::newRow("sandbox")          << S::Kind                << int(ConnectionKind::Sandbox)   << true;
    QTest::newRow("practice")         << S::Kind                << int(ConnectionKind::Practice)  << true;
    QTest::newRow("more rows")        << S::MostRows            << 8                              << true;
    QTest::newRow("no limit")         << S::MostRows            << 0                              << true;
    QTest::newRow("fewer rows")       << S::MostRows            << 6                              << false;
    QTest::newRow("more archives")    << S::MostArchives        << 3                              << true;
    QTest::newRow("fewer archives")   << S::MostArchives        << 1                              << false;
    QTest::newRow("a larger share")   << S::MostPercent         << 11                             << true;
    QTest::newRow("any share")        << S::MostPercent         << 0                              << true;
    QTest::newRow("a smaller share")  << S::MostPercent         << 9                              << false;
    QTest::newRow("archiving")        << S::ArchiveAllowed      << 1                              << true;
    QTest::newRow("less protected")   << S::ProtectedProperties << 0                              << true;
    QTest::newRow("more protected")   << S::ProtectedProperties << 2                              << false;
    QTest::newRow("another host")     << S::AllowRemoteBaseUrl  << 1                              << true;
    QTest::newRow("another colour")   << S::Colour              << 0                              << false;
    // clang-format on
}

void TestConnection::liftingAGuard()
{
    QFETCH(ConnectionSetting, setting);
    QFETCH(int, value);
    Connection before = sample();
    before.kind = ConnectionKind::Production;
    before.policy.mode = WriteMode::ReviewRequired;
    before.policy.mostArchives = 2;
    before.policy.mostPercent = 10;
    Connection after = before;
    QStringList &names = after.policy.protectedProperties;
    switch (setting) {
    case ConnectionSetting::Mode:
        after.policy.mode = WriteMode(value);
        break;
    case ConnectionSetting::Kind:
        after.kind = ConnectionKind(value);
        break;
    case ConnectionSetting::MostRows:
        after.policy.mostRows = value;
        break;
    case ConnectionSetting::MostArchives:
        after.policy.mostArchives = value;
        break;
    case ConnectionSetting::MostPercent:
        after.policy.mostPercent = value;
        break;
    case ConnectionSetting::ArchiveAllowed:
        after.policy.archiveAllowed = true;
        break;
    case ConnectionSetting::ProtectedProperties:
        value > 1 ? names.append(u"phone"_s) : names.clear();
        break;
    case ConnectionSetting::AllowRemoteBaseUrl:
        after.allowRemoteBaseUrl = true;
        break;
    default:
        after.colour = u"#ffffff"_s;
    }

    QTEST(liftsGuard(before, after), "lifts");
    before.kind = ConnectionKind::Sandbox;
    QVERIFY(!liftsGuard(before, after));
}

void TestConnection::becomingProductionBecomesReadOnly()
{
    Connection connection = sample();
    setKind(connection, ConnectionKind::Practice);
    QCOMPARE(connection.policy.mode, WriteMode::Confirm);
    setKind(connection, ConnectionKind::Production);
    QCOMPARE(connection.policy.mode, WriteMode::ReadOnly);
    connection.policy.mode = WriteMode::Free;
    setKind(connection, ConnectionKind::Production); // It is one already.
    QCOMPARE(connection.policy.mode, WriteMode::Free);
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
