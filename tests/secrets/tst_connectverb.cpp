// SPDX-License-Identifier: MIT
#include "practice/practiceconnection.h"
#include "practice/server/practicethread.h"
#include "provisioner/document/document.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `hubkeeper-cli connect` as a process of its own, with a real keychain, the practice portal's
/// authorize page and an HTTP client as the browser.
class TestConnectVerb : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void connectsAndStores();
    void takesAPastedCode();
    void aDeclineEndsIt();
    void aTakenPortIsWrongUsage();
    void aWrongSecretIsNoAccess();
    void givesUpInTime();

private:
    void start(const QStringList &arguments, const QByteArray &secret = {});
    [[nodiscard]] QUrl link();
    [[nodiscard]] int exitCode();
    [[nodiscard]] static quint16 freePort();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::PracticeThread> m_portal;
    QString m_file;
    std::unique_ptr<QProcess> m_process;
    QNetworkAccessManager m_network;
};

quint16 TestConnectVerb::freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

void TestConnectVerb::init()
{
    practice::PracticeOptions options;
    options.contacts = 3;
    options.companies = 2;
    m_portal = std::make_unique<practice::PracticeThread>(options);
    QVERIFY(m_portal->start());
    m_folder = std::make_unique<QTemporaryDir>();
    auto registry = ConnectionRegistry::load(Paths::standard());
    QVERIFY(registry);
    const auto connection =
        writePracticeConnection(m_folder->filePath(u"provisioner.openicf-eu.json"_s),
                                {m_portal->url(), m_portal->clientId(), m_portal->clientSecret(),
                                 m_portal->refreshToken(), u"ACME"_s},
                                *registry);
    QVERIFY(connection);
    m_file = connection->provisionerPath;
    auto document = std::move(*Document::open(m_file));
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s})
        QVERIFY(document->setRaw(u"/configurationProperties/"_s + name, "null", name));
    QVERIFY(document->save(false));
}

void TestConnectVerb::cleanup()
{
    m_process.reset();
    m_portal.reset();
}

void TestConnectVerb::start(const QStringList &arguments, const QByteArray &secret)
{
    m_process = std::make_unique<QProcess>();
    m_process->start(QStringLiteral(HUBKEEPER_CLI),
                     QStringList {u"connect"_s, m_file, u"--no-browser"_s} + arguments);
    const QByteArray clear = secret.isEmpty() ? clearText(m_portal->clientSecret()) : secret;
    m_process->write(clear + '\n'); // It is asked for, since nobody knows it yet.
    QVERIFY(m_process->waitForStarted());
}

QUrl TestConnectVerb::link()
{
    (void)QTest::qWaitFor([this] { return m_process->canReadLine(); }, 10'000);
    return QUrl::fromEncoded(m_process->readLine().trimmed());
}

int TestConnectVerb::exitCode()
{
    (void)QTest::qWaitFor([this] { return m_process->state() == QProcess::NotRunning; }, 20'000);
    return m_process->exitCode();
}

void TestConnectVerb::connectsAndStores()
{
    start({u"--port"_s, QString::number(freePort())});
    m_network.get(QNetworkRequest(link())); // Follows the redirect back to the waiting program.

    QCOMPARE(exitCode(), 0);
    QVERIFY(m_process->readAllStandardOutput().contains("Connected and tested"));
    QProcess where;
    where.start(QStringLiteral(HUBKEEPER_CLI), {u"--json"_s, u"secrets"_s, u"where"_s, m_file});
    QVERIFY(where.waitForFinished());
    const QByteArray printed = where.readAllStandardOutput();
    QCOMPARE(printed.count("\"keychain\": \"stored\""), 2);
    QVERIFY(!printed.contains(clearText(m_portal->clientSecret())));
}

void TestConnectVerb::takesAPastedCode()
{
    start({u"--paste"_s});
    QNetworkRequest request(link());
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    QNetworkReply *reply = m_network.get(request);
    QTRY_VERIFY(reply->isFinished());
    m_process->write("this is not a code\n");
    m_process->write(reply->rawHeader("Location") + '\n');

    QCOMPARE(exitCode(), 0);
    QVERIFY(m_process->readAllStandardError().contains("This is not an authorization code."));
}

void TestConnectVerb::aDeclineEndsIt()
{
    m_portal->inPortal([](practice::PracticePortal &portal) {
        portal.setAuthorizeMode(practice::AuthorizeMode::Decline);
    });
    start({u"--port"_s, QString::number(freePort())});
    m_network.get(QNetworkRequest(link()));

    QCOMPARE(exitCode(), 7);
    QVERIFY(m_process->readAllStandardError().contains("declined"));
}

void TestConnectVerb::aTakenPortIsWrongUsage()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    start({u"--port"_s, QString::number(other.serverPort())});

    QCOMPARE(exitCode(), 2);
    QVERIFY(m_process->readAllStandardOutput().isEmpty()); // No link that cannot work.
}

void TestConnectVerb::aWrongSecretIsNoAccess()
{
    start({u"--port"_s, QString::number(freePort())}, "not-the-secret");
    m_network.get(QNetworkRequest(link()));

    QCOMPARE(exitCode(), 3);
    const QByteArray said = m_process->readAllStandardError();
    QVERIFY(!said.contains("not-the-secret"));
}

void TestConnectVerb::givesUpInTime()
{
    start({u"--port"_s, QString::number(freePort()), u"--patience"_s, u"1"_s});
    QVERIFY(link().isValid());

    QCOMPARE(exitCode(), 4);
}

HUBKEEPER_TEST(TestConnectVerb)
#include "tst_connectverb.moc"
