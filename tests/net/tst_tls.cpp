// SPDX-License-Identifier: MIT
#include "net/certificate.h"
#include "net/qnamtransport.h"
#include "testkit/certificates.h"
#include "testkit/forwardproxy.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QLoggingCategory>
#include <QStandardPaths>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpRequest request(Repeat repeat)
{
    HttpRequest request;
    request.verb = Verb::Post;
    request.path = u"/crm/v3/objects/contacts"_s;
    request.body = R"({"properties":{}})";
    request.repeat = repeat;
    return request;
}

WireAnswer always(const WireRequest &)
{
    return {};
}

Secret token()
{
    return Secret(std::string_view("pat-na1-0123"));
}

TransportOptions optionsFor(const QUrl &base)
{
    TransportOptions options;
    options.base = base;
    options.silence = 3s;
    return options;
}

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool answers(quint16 port)
{
    QTcpSocket probe;
    probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return probe.waitForConnected(1000);
}

QByteArray nginxConfiguration(const QString &folder, quint16 port, quint16 behind)
{
    QByteArray text = R"(daemon off; master_process off; pid FOLDER/nginx.pid;
error_log FOLDER/nginx.log; events {}
http { access_log off; keepalive_timeout 1s; client_max_body_size 8m;
  client_body_temp_path FOLDER/t1; proxy_temp_path FOLDER/t2; fastcgi_temp_path FOLDER/t3;
  uwsgi_temp_path FOLDER/t4; scgi_temp_path FOLDER/t5;
  server { listen 127.0.0.1:PORT ssl http2;
    ssl_certificate FOLDER/good.pem; ssl_certificate_key FOLDER/good.key;
    location / { proxy_pass http://127.0.0.1:BEHIND; proxy_http_version 1.1;
      proxy_next_upstream off; proxy_set_header X-Spoken $server_protocol; } } }
)";
    text.replace("FOLDER", folder.toUtf8());
    text.replace("PORT", QByteArray::number(port));
    return text.replace("BEHIND", QByteArray::number(behind));
}

const QString here = u"IP:127.0.0.1,DNS:localhost"_s;
const QString elsewhere = u"DNS:portal.example"_s;

} // namespace

/// Whom the transport trusts, and how it reaches him through a proxy.
class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void trust_data();
    void trust();
    void commonNameIsNoHost();
    void weakCertificates_data();
    void weakCertificates();
    void reportOfAccepted();
    void reportOfRefused();
    void oldProtocol_data();
    void oldProtocol();
    void oldestProtocol();
    void noTls();
    void copies_data();
    void copies();
    void breakInHandshake();
    void http2();
    void proxyTunnels();
    void plainHttpPassesNoProxy();
    void proxyWantsLogin();
    void proxyRefuses();
    void proxyIsDown();
    void proxyIsUnknown();
    void systemProxy();
    void noSystemProxyWhereItIsSwitchedOff();

private:
    [[nodiscard]] Identity identity(const QString &name);

    Certificates m_certificates;
    QHash<QString, Identity> m_identities;
};

void TestTls::initTestCase()
{
    // Qt warns of every stream that ends with its connection; that is what some tests provoke.
    QLoggingCategory::setFilterRules(u"qt.network.http2=false"_s);
    const Identity known = m_certificates.authority(u"known"_s);
    const Identity unknown = m_certificates.authority(u"unknown"_s);
    const QByteArray narrow = "basicConstraints=critical,CA:FALSE\n"
                              "keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n";
    const auto make = [&](const QString &name, const QString &names, int days,
                          const QString &issuer, const QByteArray &extra = {}) {
        m_identities.insert(name, m_certificates.server(name, names, days, issuer, extra));
    };
    make(u"good"_s, here, 10, u"known"_s);
    make(u"wrongHost"_s, elsewhere, 10, u"known"_s);
    make(u"expired"_s, here, -1, u"known"_s);
    make(u"expiredWrongHost"_s, elsewhere, -1, u"known"_s);
    make(u"selfSigned"_s, here, 10, {});
    make(u"selfSignedNarrow"_s, here, 10, {}, narrow);
    make(u"selfSignedWrongHost"_s, elsewhere, 10, {});
    make(u"selfSignedExpired"_s, here, -1, {});
    make(u"unknownIssuer"_s, here, 10, u"unknown"_s);
    make(u"unknownRootSent"_s, here, 10, u"unknown"_s);
    m_identities[u"unknownRootSent"_s].chain << unknown.chain;
    QVERIFY2(m_certificates.isGood(), "the openssl command is needed");

    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(known.chain);
    QSslConfiguration::setDefaultConfiguration(tls);
}

Identity TestTls::identity(const QString &name)
{
    return m_identities.value(name);
}

void TestTls::trust_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("needsSelfSigned");
    QTest::addColumn<bool>("needsAnyHost");
    QTest::addColumn<bool>("never");
    QTest::addColumn<QString>("says"); // In the refusal with both switches off.

    const auto row = [](const QString &name, bool self, bool host, bool never,
                        const QString &says) {
        QTest::newRow(qPrintable(name)) << name << self << host << never << says;
    };
    row(u"good"_s, false, false, false, {});
    row(u"selfSigned"_s, true, false, false, u"self-signed"_s);
    row(u"selfSignedNarrow"_s, true, false, false, u"self-signed"_s);
    row(u"wrongHost"_s, false, true, false, u"another host (portal.example)"_s);
    row(u"selfSignedWrongHost"_s, true, true, false, u"another host"_s);
    row(u"expired"_s, false, false, true, u"expired on 20"_s);
    row(u"expiredWrongHost"_s, false, false, true, u"expired on 20"_s);
    row(u"selfSignedExpired"_s, false, false, true, u"expired on 20"_s);
    row(u"unknownIssuer"_s, false, false, true, u"does not know"_s);
    row(u"unknownRootSent"_s, false, false, true, u"does not know"_s);
}

void TestTls::trust()
{
    QFETCH(QString, name);
    QFETCH(bool, needsSelfSigned);
    QFETCH(bool, needsAnyHost);
    QFETCH(bool, never);
    QFETCH(QString, says);
    ScriptedServer server(always, identity(name).serverConfiguration());
    size_t expectedRequests = 0;

    for (const bool selfSigned : {false, true}) {
        for (const bool anyHost : {false, true}) {
            TransportOptions options = optionsFor(server.url());
            options.acceptSelfSignedCertificates = selfSigned;
            options.disableHostNameVerifier = anyHost;
            QnamTransport transport(options);

            const auto reply =
                outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

            const bool accepted =
                !never && (!needsSelfSigned || selfSigned) && (!needsAnyHost || anyHost);
            QCOMPARE(reply.has_value(), accepted);
            if (!accepted) {
                QCOMPARE(reply.error().kind, ErrorKind::Untrusted);
                QVERIFY(reply.error().what.contains(server.url().authority()));
                QVERIFY(!reply.error().remedy.isEmpty());
            }
            if (!accepted && !selfSigned && !anyHost)
                QVERIFY2(reply.error().what.contains(says), qPrintable(reply.error().what));
            expectedRequests += accepted ? 1 : 0;
            QCOMPARE(server.seen.size(), expectedRequests);
        }
    }
}

/// Qt would take the common name for the host.
void TestTls::commonNameIsNoHost()
{
    const Identity old = m_certificates.server(u"127.0.0.1"_s, {}, 10, u"known"_s);
    QVERIFY(m_certificates.isGood());
    ScriptedServer server(always, old.serverConfiguration());
    TransportOptions options = optionsFor(server.url());
    {
        QnamTransport transport(options);
        const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Untrusted);
        QVERIFY2(reply.error().what.contains(u"common name only (CN=127.0.0.1)"_s),
                 qPrintable(reply.error().what));
        QVERIFY(transport.lastCertificate() && !transport.lastCertificate()->faults.isEmpty());
        QVERIFY(server.seen.empty());
    }
    options.disableHostNameVerifier = true;
    QnamTransport transport(options);
    QVERIFY(outcomeOf(transport.send(request(Repeat::Never), token(), this)).value());
}

void TestTls::weakCertificates_data()
{
    QTest::addColumn<QStringList>("how");
    QTest::addColumn<QString>("says");
    QTest::newRow("1024 bits") << QStringList {u"rsa:1024"_s, u"-sha256"_s} << u"1024 bits only"_s;
    QTest::newRow("SHA-1") << QStringList {u"rsa:2048"_s, u"-sha1"_s} << u"signed with SHA-1"_s;
}

/// OpenSSL refuses them by its level of security; Qt calls that "Unknown error".
void TestTls::weakCertificates()
{
    QFETCH(QStringList, how);
    QFETCH(QString, says);
    const QString file = m_certificates.path(u"weak.pem"_s);
    const QStringList arguments {
        u"req"_s,    u"-x509"_s,   u"-newkey"_s, how[0],       how[1],
        u"-nodes"_s, u"-out"_s,    file,         u"-keyout"_s, m_certificates.path(u"weak.key"_s),
        u"-subj"_s,  u"/CN=weak"_s};
    QCOMPARE(QProcess::execute(u"openssl"_s, arguments), 0);
    const QSslError error(QSslError::UnspecifiedError,
                          QSslCertificate::fromPath(file).constFirst());

    const QString sentence = describe(error, u"portal.example:443"_s);

    QVERIFY2(sentence.contains(says), qPrintable(sentence));
    QVERIFY(sentence.contains(u"portal.example:443"_s));
    QVERIFY(remedyFor({error}).contains(u"new certificate"_s));
    const QString other = describe(QSslError(QSslError::UnspecifiedError), u"portal.example:443"_s);
    QVERIFY(!other.contains(u"Unknown error"_s));
}

void TestTls::reportOfAccepted()
{
    ScriptedServer server(always, identity(u"selfSigned"_s).serverConfiguration());
    TransportOptions options = optionsFor(server.url());
    options.acceptSelfSignedCertificates = true;
    QnamTransport transport(options);

    QVERIFY(outcomeOf(transport.send(request(Repeat::Safe), token(), this)).value());

    const CertificateReport report = transport.lastCertificate().value();
    QCOMPARE(report.host, u"127.0.0.1"_s);
    QCOMPARE(report.protocol, u"TLS 1.3"_s);
    QVERIFY(report.faults.isEmpty());
    QCOMPARE(report.forgiven.size(), 1);
    QVERIFY(report.forgiven.first().contains(u"self-signed"_s));
    QCOMPARE(report.chain.size(), 1);
    QCOMPARE(report.chain.first().subject, u"CN=selfSigned"_s);
    QVERIFY(report.chain.first().selfSigned);
}

void TestTls::reportOfRefused()
{
    const Identity own = identity(u"unknownRootSent"_s);
    ScriptedServer server(always, own.serverConfiguration());
    QnamTransport transport(optionsFor(server.url()));

    QVERIFY(!outcomeOf(transport.send(request(Repeat::Safe), token(), this)).value());

    const CertificateReport report = transport.lastCertificate().value();
    QCOMPARE(report.chain.size(), 2);
    const CertificateFacts &facts = report.chain.first();
    QCOMPARE(facts.subject, u"CN=unknownRootSent"_s);
    QCOMPARE(facts.issuer, u"CN=unknown, O=Hubkeeper tests"_s);
    QCOMPARE(facts.notAfter, own.chain.first().expiryDate());
    QCOMPARE(facts.alternativeNames, QStringList({u"127.0.0.1"_s, u"localhost"_s}));
    QVERIFY(!facts.selfSigned);
    QVERIFY(report.chain.last().selfSigned);
    QCOMPARE(facts.sha256.size(), 32 * 3 - 1);
    QCOMPARE(QByteArray::fromHex(facts.sha256.toLatin1()),
             own.chain.first().digest(QCryptographicHash::Sha256));
    QVERIFY(!report.faults.isEmpty());
    QVERIFY(report.forgiven.isEmpty());
}

void TestTls::oldProtocol_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::newRow("TLS 1.0") << u"-tls1"_s;
    QTest::newRow("TLS 1.1") << u"-tls1_1"_s;
}

void TestTls::oldProtocol()
{
    QFETCH(QString, protocol);
    const quint16 port = freePort();
    QProcess old;
    old.start(u"openssl"_s,
              {u"s_server"_s, u"-accept"_s, u"127.0.0.1:%1"_s.arg(port), u"-cert"_s,
               m_certificates.path(u"good.pem"_s), u"-key"_s, m_certificates.path(u"good.key"_s),
               u"-cipher"_s, u"ALL:@SECLEVEL=0"_s, u"-www"_s, protocol});
    QTRY_VERIFY(answers(port));

    for (const bool forgiving : {false, true}) {
        TransportOptions options = optionsFor(QUrl(u"https://127.0.0.1:%1"_s.arg(port)));
        options.acceptSelfSignedCertificates = forgiving;
        options.disableHostNameVerifier = forgiving;
        QnamTransport transport(options);
        const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Untrusted);
        QVERIFY2(reply.error().what.contains(u"old version of TLS"_s),
                 qPrintable(reply.error().what));
    }
    old.kill();
    old.waitForFinished();
}

void TestTls::oldestProtocol()
{
    QSslConfiguration tls = identity(u"good"_s).serverConfiguration();
    tls.setProtocol(QSsl::TlsV1_2);
    ScriptedServer server(always, tls);
    QnamTransport transport(optionsFor(server.url()));

    QVERIFY(outcomeOf(transport.send(request(Repeat::Never), token(), this)).value());

    QCOMPARE(transport.lastCertificate().value().protocol, u"TLS 1.2"_s);
}

void TestTls::noTls()
{
    QTcpServer greeter;
    connect(&greeter, &QTcpServer::newConnection, this,
            [&] { greeter.nextPendingConnection()->write("220 mail.example ESMTP ready\r\n"); });
    QVERIFY(greeter.listen(QHostAddress::LocalHost));
    QnamTransport transport(optionsFor(QUrl(u"https://127.0.0.1:%1"_s.arg(greeter.serverPort()))));

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Untrusted);
    QVERIFY2(reply.error().what.contains(u"does not speak TLS"_s), qPrintable(reply.error().what));
}

void TestTls::copies_data()
{
    QTest::addColumn<Repeat>("repeat");
    QTest::newRow("create") << Repeat::Never;
    QTest::newRow("search") << Repeat::Safe;
}

void TestTls::copies()
{
    QFETCH(Repeat, repeat);
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.hangUp = true}; },
                          identity(u"good"_s).serverConfiguration());
    QnamTransport transport(optionsFor(server.url()));

    const auto reply = outcomeOf(transport.send(request(repeat), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::ConnectionLost);
    if (repeat == Repeat::Never)
        QCOMPARE(server.seen.size(), 1u);
    else
        QVERIFY(server.seen.size() > 1u);
}

/// nginx speaks HTTP/2 to us and HTTP/1.1 to the script behind it.
void TestTls::http2()
{
    const QString nginx = QStandardPaths::findExecutable(
        u"nginx"_s, {u"/usr/sbin"_s, u"/usr/local/bin"_s, u"/opt/homebrew/bin"_s});
    if (nginx.isEmpty())
        QSKIP("nginx is not installed");
    ScriptedServer server([](const WireRequest &request) {
        return WireAnswer {.status = request.target == "/fault" ? 503 : 200, .delay = 30ms};
    });
    const quint16 port = freePort();
    QFile configuration(m_certificates.path(u"nginx.conf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(nginxConfiguration(m_certificates.path({}), port, server.port()));
    configuration.close();
    QProcess front;
    front.start(nginx, {u"-c"_s, configuration.fileName(), u"-p"_s, m_certificates.path({})});
    QVERIFY(front.waitForStarted());
    QTRY_VERIFY(answers(port));
    TransportOptions options = optionsFor(QUrl(u"https://127.0.0.1:%1"_s.arg(port)));
    options.maximumConnections = 10;
    QnamTransport transport(options);

    for (const qsizetype size : {0, 20, 300'000}) {
        HttpRequest create = request(Repeat::Never);
        create.body = QByteArray(size, 'x');
        const auto reply = outcomeOf(transport.send(create, token(), this)).value();
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
        QCOMPARE(server.seen.back().body, create.body);
        QCOMPARE(server.seen.back().headers.value("x-spoken"), "HTTP/2.0");
    }
    int good = 0;
    for (int i = 0; i < 30; ++i) {
        transport.send(request(i % 2 ? Repeat::Safe : Repeat::Never), token(), this)
            ->onDone(this, [&](const auto &reply) { good += reply.has_value(); });
    }
    QTRY_COMPARE(good, 30);
    QCOMPARE(server.seen.size(), 33u);
    QVERIFY(server.peak() <= 10);
    HttpRequest fault = request(Repeat::Never);
    fault.path = u"/fault"_s;
    QCOMPARE(outcomeOf(transport.send(fault, token(), this)).value().value().status, 503);

    // A connection that nginx closed because it was idle costs nothing.
    QTest::qWait(1500);
    QVERIFY(outcomeOf(transport.send(request(Repeat::Never), token(), this)).value());
    QCOMPARE(server.seen.size(), 35u);

    front.terminate(); // The connection kept open goes with it.
    QVERIFY(front.waitForFinished());
    const auto gone = outcomeOf(transport.send(fault, token(), this)).value();
    QVERIFY(!gone);
    QCOMPARE(server.seen.size(), 35u);
}

void TestTls::breakInHandshake()
{
    QTcpServer rude;
    connect(&rude, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = rude.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::disconnectFromHost);
    });
    QVERIFY(rude.listen(QHostAddress::LocalHost));
    QnamTransport transport(optionsFor(QUrl(u"https://127.0.0.1:%1"_s.arg(rude.serverPort()))));

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply); // Nothing was sent, so the create did certainly not happen.
    QVERIFY(reply.error().kind == ErrorKind::Offline || reply.error().kind == ErrorKind::Untrusted);
}

void TestTls::proxyTunnels()
{
    ScriptedServer server(always, identity(u"good"_s).serverConfiguration());
    ForwardProxy proxy;
    TransportOptions options = optionsFor(server.url());
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = proxy.serverPort();
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
    QCOMPARE(server.seen.size(), 1u);
    QCOMPARE(proxy.heads.size(), 1);
    QVERIFY(proxy.heads.first().startsWith("CONNECT " + server.url().authority().toLatin1()));
    QVERIFY(!proxy.heads.first().contains("pat-na1"));
    QVERIFY(!proxy.heads.first().toLower().contains("authorization"));
}

void TestTls::plainHttpPassesNoProxy()
{
    ScriptedServer server(always);
    ForwardProxy proxy;
    TransportOptions options = optionsFor(server.url());
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = proxy.serverPort();
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
    QCOMPARE(server.seen.size(), 1u);
    QCOMPARE(proxy.heads, {});
}

void TestTls::proxyWantsLogin()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 407 Proxy Authentication Required\r\n"
                    "Proxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n";
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = proxy.serverPort();
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QCOMPARE(reply.error().what,
             u"The proxy 127.0.0.1:%1 asks for a login."_s.arg(proxy.serverPort()));
    QVERIFY(reply.error().remedy.contains(u"cannot log in to a proxy"_s));
}

void TestTls::proxyRefuses()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = proxy.serverPort();
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QVERIFY2(reply.error().what.contains(u"proxy 127.0.0.1"_s), qPrintable(reply.error().what));
}

void TestTls::proxyIsDown()
{
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"127.0.0.1"_s;
    {
        const ForwardProxy gone;
        options.proxyPort = gone.serverPort();
    }
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QCOMPARE(reply.error().what,
             u"The proxy 127.0.0.1:%1 refused the connection."_s.arg(options.proxyPort));
    QVERIFY(reply.error().remedy.contains(u"httpProxyHost"_s));
}

void TestTls::proxyIsUnknown()
{
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"no-such-proxy.invalid"_s;
    options.proxyPort = 3128;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QVERIFY2(reply.error().what.contains(u"no-such-proxy.invalid:3128 was not found"_s),
             qPrintable(reply.error().what));
}

void TestTls::systemProxy()
{
    ScriptedServer server(always);
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 503 Out\r\nContent-Length: 0\r\n\r\n";
    const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.serverPort());
    qputenv("http_proxy", address);
    qputenv("https_proxy", address);
    QnamTransport near(optionsFor(server.url()));
    QnamTransport far(optionsFor(QUrl(u"https://portal.example"_s)));

    const auto nearReply = outcomeOf(near.send(request(Repeat::Never), token(), this)).value();
    const qsizetype afterNear = proxy.heads.size();
    const auto farReply = outcomeOf(far.send(request(Repeat::Never), token(), this)).value();
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");

    QVERIFY(nearReply);
    QCOMPARE(afterNear, 0);
    QVERIFY(!farReply);
    QVERIFY2(proxy.heads.value(0).startsWith("CONNECT portal.example:443"),
             qPrintable(farReply.error().what));
}

void TestTls::noSystemProxyWhereItIsSwitchedOff()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 503 Out\r\nContent-Length: 0\r\n\r\n";
    qputenv("https_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    qputenv("no_proxy", "intranet.example, *");
    QnamTransport transport(optionsFor(QUrl(u"https://portal.invalid"_s)));

    const auto reply = outcomeOf(transport.send(request(Repeat::Never), token(), this)).value();
    qunsetenv("https_proxy");
    qunsetenv("no_proxy");

    QVERIFY(!reply); // There is no such host.
    QCOMPARE(proxy.heads, {});
}

HUBKEEPER_TEST(TestTls)
#include "tst_tls.moc"
