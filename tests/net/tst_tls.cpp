// SPDX-License-Identifier: MIT
#include "net/certificate.h"
#include "testkit/testprogram.h"
#include "tlsrig.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString elsewhere = u"DNS:portal.example"_s;

} // namespace

/// Whom the transport trusts, and what it says of the others.
class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void trust_data();
    void trust();
    void commonNameIsNoHost();
    void namelessCertificate_data();
    void namelessCertificate();
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

private:
    [[nodiscard]] Identity identity(const QString &name);

    Certificates m_certificates;
    QHash<QString, Identity> m_identities;
};

void TestTls::initTestCase()
{
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
    trustOnly(known);
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
                outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

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
        const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Untrusted);
        QVERIFY2(reply.error().what.contains(u"common name only (CN=127.0.0.1)"_s),
                 qPrintable(reply.error().what));
        QVERIFY(transport.lastCertificate() && !transport.lastCertificate()->faults.isEmpty());
        QVERIFY(server.seen.empty());
    }
    options.disableHostNameVerifier = true;
    QnamTransport transport(options);
    QVERIFY(outcomeOf(transport.send(post(Repeat::Never), token(), this)).value());
}

void TestTls::namelessCertificate_data()
{
    QTest::addColumn<QSslError::SslError>("fault");
    QTest::newRow("another host") << QSslError::HostNameMismatch;
    QTest::newRow("unknown authority") << QSslError::UnableToGetLocalIssuerCertificate;
}

/// Nobody has to put a name into a certificate; the sentence about it has no empty brackets.
void TestTls::namelessCertificate()
{
    QFETCH(QSslError::SslError, fault);
    const QString file = m_certificates.path(u"nameless.pem"_s);
    const QStringList arguments {
        u"req"_s,      u"-x509"_s,   u"-newkey"_s,
        u"rsa:2048"_s, u"-nodes"_s,  u"-out"_s,
        file,          u"-keyout"_s, m_certificates.path(u"nameless.key"_s),
        u"-subj"_s,    u"/"_s};
    QCOMPARE(QProcess::execute(u"openssl"_s, arguments), 0);

    const QString said =
        describe(QSslError(fault, QSslCertificate::fromPath(file).constFirst()), u"a.example"_s);

    QVERIFY2(said.contains("a.example"_L1) && !said.contains("("_L1), qPrintable(said));
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

    QVERIFY(outcomeOf(transport.send(post(Repeat::Safe), token(), this)).value());

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

    QVERIFY(!outcomeOf(transport.send(post(Repeat::Safe), token(), this)).value());

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
        const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

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

    QVERIFY(outcomeOf(transport.send(post(Repeat::Never), token(), this)).value());

    QCOMPARE(transport.lastCertificate().value().protocol, u"TLS 1.2"_s);
}

void TestTls::noTls()
{
    QTcpServer greeter;
    connect(&greeter, &QTcpServer::newConnection, this,
            [&] { greeter.nextPendingConnection()->write("220 mail.example ESMTP ready\r\n"); });
    QVERIFY(greeter.listen(QHostAddress::LocalHost));
    QnamTransport transport(optionsFor(QUrl(u"https://127.0.0.1:%1"_s.arg(greeter.serverPort()))));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

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

    const auto reply = outcomeOf(transport.send(post(repeat), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::ConnectionLost);
    if (repeat == Repeat::Never)
        QCOMPARE(server.seen.size(), 1u);
    else
        QVERIFY(server.seen.size() > 1u);
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

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY(!reply); // Nothing was sent, so the create did certainly not happen.
    QVERIFY(reply.error().kind == ErrorKind::Offline || reply.error().kind == ErrorKind::Untrusted);
}

HUBKEEPER_TEST(TestTls)
#include "tst_tls.moc"
