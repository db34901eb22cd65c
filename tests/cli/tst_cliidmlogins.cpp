// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/amstub.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The ways to log in to the cloud, with a real keychain: a service account against a stub that
/// checks its signature, and a token that was pasted against the practice IDM.
class TestCliIdmLogins : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aServiceAccount_data();
    void aServiceAccount();
    void aKeyOfAnotherAccount();
    void aWrongClock();
    void whatIsNoKey_data();
    void whatIsNoKey();
    void changesTheWay();
    void aPastedToken();
    void howFarOneGets();
    void everySetting();

private:
    /// Runs it while this process serves.
    [[nodiscard]] Ended idm(const QStringList &arguments, const QByteArray &input = {}) const;
    [[nodiscard]] QStringList adding(const QStringList &more) const;
    void nothingIsIn(const QList<QByteArray> &secrets) const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<AmStub> m_tenant;
};

namespace {

const QString account = u"449d7e27-7889-47af-a736-83b6bbf97ec5"_s;

const ServiceKey &ownKey()
{
    static const ServiceKey key;
    return key;
}

WireAnswer idmAnswer(const WireRequest &request)
{
    if (request.target.startsWith("/openidm/info/ping"))
        return AmStub::json(R"({"_id":"","state":"ACTIVE_READY"})");
    if (request.target.startsWith("/openidm/info/login"))
        return AmStub::json(R"({"_id":"login","authenticationId":"made-up","authorization":
            {"roles":["internal/role/openidm-admin"]}})");
    if (request.target.startsWith("/openidm/info/version"))
        return AmStub::json(R"({"productVersion":"8.0.0","productRevision":"1"})");
    return AmStub::json(R"({"result":[],"resultCount":0,"configurations":[]})");
}

} // namespace

void TestCliIdmLogins::init()
{
    m_program = std::make_unique<Program>();
    m_tenant = std::make_unique<AmStub>(ownKey(), account, &idmAnswer);
}

void TestCliIdmLogins::cleanup()
{
    if (m_program)
        (void)idm({u"servers"_s, u"forget"_s, u"Tenant"_s}); // The keychain is shared.
    m_program.reset();
    m_tenant.reset();
}

Ended TestCliIdmLogins::idm(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    m_program->prepare(process, QStringList {u"idm"_s} + arguments);
    QEventLoop loop;
    connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (process.state() != QProcess::NotRunning)
        loop.exec();
    const bool done =
        process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    return {done ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QStringList TestCliIdmLogins::adding(const QStringList &more) const
{
    return QStringList {u"servers"_s, u"add"_s, u"Tenant"_s, m_tenant->server.url().toString()}
    + more;
}

void TestCliIdmLogins::nothingIsIn(const QList<QByteArray> &secrets) const
{
    for (QDirIterator files(m_program->path({}), QDir::Files, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        if (file.fileName().endsWith("key.jwk"_L1)) // The user's own.
            continue;
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const QByteArray &secret : secrets)
            QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
    }
}

void TestCliIdmLogins::aServiceAccount_data()
{
    QTest::addColumn<bool>("fromFile");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("standard input") << false << ownKey().jwkText();
    QTest::newRow("in an object") << false << R"({"jwk":)" + ownKey().jwkText() + '}';
    QTest::newRow("a file") << true << QByteArray();
}

void TestCliIdmLogins::aServiceAccount()
{
    QFETCH(const bool, fromFile);
    QFETCH(const QByteArray, input);
    const QString file = m_program->write(u"key.jwk"_s, ownKey().jwkText());
    const QStringList key =
        fromFile ? QStringList {u"--key-file"_s, file} : QStringList {u"--secrets-stdin"_s};
    const Ended added =
        idm(adding(QStringList {u"--service-account"_s, account, u"--json"_s} + key), input);
    QVERIFY2(added.code == 0, added.out + added.err);
    QCOMPARE(added.json()["login"_L1].toString(), u"service-account"_s);
    QCOMPARE(added.json()["user"_L1].toString(), account);

    const Ended status = idm({u"status"_s, u"--json"_s});
    QVERIFY2(m_tenant->fault.isEmpty(), qPrintable(m_tenant->fault));
    QVERIFY2(status.code == 0, status.out + status.err);
    QCOMPARE(status.json()["server"_L1]["user"_L1].toString(), u"made-up"_s);
    QCOMPARE(m_tenant->handedOut.size(), 1); // One token for all requests.
    QVERIFY(idm({u"status"_s}).out.contains("internal/role/openidm-admin"));

    const QJsonObject jwk = ownKey().jwk();
    QList<QByteArray> secrets = m_tenant->handedOut.values();
    for (const auto &name : {"d"_L1, "p"_L1, "q"_L1})
        secrets.append(jwk[name].toString().toLatin1());
    for (const QByteArray &secret : secrets)
        QVERIFY(!(added.out + added.err + status.out + status.err).contains(secret));
    nothingIsIn(secrets);
}

void TestCliIdmLogins::aKeyOfAnotherAccount()
{
    QCOMPARE(
        idm(adding({u"--service-account"_s, account, u"--secrets-stdin"_s}), ServiceKey().jwkText())
            .code,
        0);
    const Ended status = idm({u"status"_s});
    QCOMPARE(status.code, 3);
    QVERIFY2(status.err.contains("the key is the one"), status.err);
    QCOMPARE(m_tenant->fault, u"signature"_s);
    // Given for once, the right one is used.
    QCOMPARE(idm({u"status"_s, u"--secrets-stdin"_s}, ownKey().jwkText()).code, 0);
}

void TestCliIdmLogins::aWrongClock()
{
    QCOMPARE(
        idm(adding({u"--service-account"_s, account, u"--secrets-stdin"_s}), ownKey().jwkText())
            .code,
        0);
    m_tenant->instead = AmStub::json(R"({"error":"invalid_grant"})", 400);
    m_tenant->date = "Mon, 23 Nov 2026 10:00:00 GMT";
    const Ended status = idm({u"status"_s});
    QCOMPARE(status.code, 3);
    QVERIFY2(status.err.contains("2026-11-23 10:00:00") && status.err.contains("Set the clock"),
             status.err);
}

void TestCliIdmLogins::whatIsNoKey_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("says");
    const QStringList as {u"--service-account"_s, account, u"--secrets-stdin"_s};
    QTest::newRow("a password") << as << QByteArray(R"({"password":"x"})") << QByteArray("JWK");
    QTest::newRow("PEM") << as << QByteArray("-----BEGIN PRIVATE KEY-----") << QByteArray("PEM");
    QTest::newRow("a key for a password") << QStringList {u"--secrets-stdin"_s}
                                          << ownKey().jwkText() << QByteArray("--service-account");
    QTest::newRow("a file for a password") << QStringList {u"--key-file"_s, u"nothing.jwk"_s}
                                           << QByteArray() << QByteArray("--service-account");
    QTest::newRow("no such file") << QStringList {u"--service-account"_s, account, u"--key-file"_s,
                                                  u"nothing.jwk"_s}
                                  << QByteArray() << QByteArray("nothing.jwk");
    QTest::newRow("no id") << QStringList {u"--service-account"_s, u" "_s, u"--secrets-stdin"_s}
                           << ownKey().jwkText() << QByteArray("has an id");
    QTest::newRow("two ways") << QStringList {u"--service-account"_s, account, u"--login"_s,
                                              u"basic"_s}
                              << QByteArray() << QByteArray("--login");
}

void TestCliIdmLogins::whatIsNoKey()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, input);
    QFETCH(const QByteArray, says);
    const Ended added = idm(adding(options), input);
    QVERIFY(added.code != 0);
    QVERIFY2(added.err.contains(says), added.err);
    QVERIFY(idm({u"servers"_s, u"list"_s, u"--json"_s}).list().isEmpty());
}

void TestCliIdmLogins::changesTheWay()
{
    QCOMPARE(idm(adding({u"--secrets-stdin"_s}), R"({"password":"x"})").code, 0);
    const Ended without =
        idm({u"servers"_s, u"set"_s, u"Tenant"_s, u"--service-account"_s, account});
    QVERIFY2(without.code == 0 && without.err.contains("--key-file"), without.err);
    QCOMPARE(
        idm({u"servers"_s, u"set"_s, u"Tenant"_s, u"--secrets-stdin"_s}, ownKey().jwkText()).code,
        0);
    QCOMPARE(idm({u"status"_s}).code, 0);
    const Ended back = idm({u"servers"_s, u"set"_s, u"Tenant"_s, u"--login"_s, u"user"_s,
                            u"--secrets-stdin"_s, u"--json"_s},
                           R"({"password":"x"})");
    QVERIFY2(back.code == 0, back.err);
    QCOMPARE(back.json()["user"_L1].toString(), u"openidm-admin"_s);
}

void TestCliIdmLogins::aPastedToken()
{
    Practice practice(*m_program,
                      {u"--idm-port"_s, u"0"_s, u"--idm-profile"_s, u"cloud"_s, u"--idm-token"_s,
                       u"practice-token"_s});
    const QString address = practice.announced()["idm"_L1]["url"_L1].toString();
    const Ended added =
        idm({u"servers"_s, u"add"_s, u"Tenant"_s, address, u"--login"_s, u"bearer"_s, u"--kind"_s,
             u"practice"_s, u"--mode"_s, u"free"_s, u"--secrets-stdin"_s},
            R"({"token":"practice-token"})");
    QVERIFY2(added.code == 0, added.err);
    const Ended status = idm({u"status"_s, u"--json"_s});
    QVERIFY2(status.code == 0, status.out + status.err);
    QCOMPARE(status.json()["server"_L1]["profile"_L1].toString(), u"cloud"_s);
    QVERIFY(status.json()["server"_L1]["administrator"_L1].toBool());

    QJsonObject provisioner = idm({u"get"_s, u"provisioner.openicf/hubspot"_s}).json();
    provisioner.insert(u"description"_s, u"By a token"_s);
    const QString file = m_program->write(u"provisioner.openicf-hubspot.json"_s,
                                          QJsonDocument(provisioner).toJson());
    const Ended deployed = idm({u"deploy"_s, file});
    QVERIFY2(deployed.code == 0, deployed.out + deployed.err);
    nothingIsIn({"practice-token"});

    QCOMPARE(
        idm({u"servers"_s, u"set"_s, u"Tenant"_s, u"--secrets-stdin"_s}, R"({"token":"another"})")
            .code,
        0);
    const Ended refused = idm({u"status"_s});
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("new token"), refused.err);
}

void TestCliIdmLogins::howFarOneGets()
{
    QCOMPARE(
        idm(adding({u"--service-account"_s, account, u"--secrets-stdin"_s}), ownKey().jwkText())
            .code,
        0);
    const Ended good = idm({u"servers"_s, u"list"_s, u"--check"_s});
    QVERIFY2(good.code == 0 && good.out.contains("ready, commercial 8.0.0"), good.out + good.err);
    QCOMPARE(idm({u"servers"_s, u"add"_s, u"Off"_s, u"http://localhost:1"_s, u"--secrets-stdin"_s},
                 R"({"password":"x"})")
                 .code,
             0);
    QCOMPARE(idm({u"servers"_s, u"add"_s, u"Bare"_s, u"http://localhost:1"_s}).code, 0);
    const Ended checked = idm({u"servers"_s, u"list"_s, u"--check"_s, u"--json"_s});
    QCOMPARE(checked.code, 1);
    const QJsonArray list = checked.list();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0]["check"_L1]["reach"_L1].toString(), u"noSecret"_s); // By label.
    QCOMPARE(list[1]["check"_L1]["reach"_L1].toString(), u"refused"_s);
    QCOMPARE(list[2]["check"_L1]["reach"_L1].toString(), u"ready"_s);
    QCOMPARE(list[2]["check"_L1]["server"_L1]["roles"_L1].toArray().size(), 1);
    QCOMPARE(faultIn(QJsonValue(list), m_program->run({u"schemas"_s, u"idm-servers"_s}).json()),
             QString());
    const Ended shown = idm({u"servers"_s, u"list"_s, u"--check"_s});
    QVERIFY2(shown.err.contains("Off: ") && shown.err.contains("Bare: "), shown.err);
    for (const QString &label : {u"Off"_s, u"Bare"_s})
        QCOMPARE(idm({u"servers"_s, u"forget"_s, label}).code, 0);
}

void TestCliIdmLogins::everySetting()
{
    QCOMPARE(idm(adding({})).code, 0);
    const QStringList set {u"servers"_s, u"set"_s, u"Tenant"_s, u"--json"_s};
    const auto changed = [&](const QStringList &options, QLatin1StringView member) {
        const Ended ended = idm(set + QStringList {u"--confirm-label"_s, u"Tenant"_s} + options);
        return ended.code == 0 ? ended.json()[member].toVariant().toString()
                               : QString::fromUtf8(ended.out + ended.err);
    };
    QCOMPARE(changed({u"--accept-self-signed"_s}, "acceptSelfSignedCertificates"_L1), u"true"_s);
    QCOMPARE(changed({u"--refuse-self-signed"_s}, "acceptSelfSignedCertificates"_L1), u"false"_s);
    QCOMPARE(changed({u"--ignore-host-name"_s}, "disableHostNameVerifier"_L1), u"true"_s);
    QCOMPARE(changed({u"--check-host-name"_s}, "disableHostNameVerifier"_L1), u"false"_s);
    QCOMPARE(changed({u"--proxy"_s, u"proxy.example.com:3128"_s}, "proxyPort"_L1), u"3128"_s);
    QCOMPARE(changed({u"--proxy"_s, u"none"_s}, "proxyHost"_L1), QString());
    QCOMPARE(changed({u"--colour"_s, u"#aa5500"_s}, "colour"_L1), u"#aa5500"_s);
    QCOMPARE(changed({u"--profile"_s, u"cloud"_s}, "profile"_L1), u"cloud"_s);
    QCOMPARE(changed({u"--profile"_s, u"ask"_s}, "profile"_L1), QString());
    QCOMPARE(changed({u"--user"_s, u"zoe"_s}, "user"_L1), u"zoe"_s);
    QCOMPARE(changed({u"--mode"_s, u"review"_s}, "mode"_L1), u"review"_s);
    QCOMPARE(changed({u"--kind"_s, u"sandbox"_s}, "kind"_L1), u"sandbox"_s);
    QCOMPARE(changed({u"--address"_s, u"idm.example.com"_s}, "address"_L1),
             u"https://idm.example.com/openidm"_s);
    QCOMPARE(idm(set + QStringList {u"--proxy"_s, u"proxy"_s}).code, 2);
    QCOMPARE(idm(set + QStringList {u"--address"_s, u"http://idm.example.com"_s}).code, 2);
}

HUBKEEPER_TEST(TestCliIdmLogins)
#include "tst_cliidmlogins.moc"
