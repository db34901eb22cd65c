// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"
#include "testkit/certificates.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"
#include "tlsrig.h"
#include "transportrig.h"

#include <QLoggingCategory>
#include <QStandardPaths>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString programNamed(const QString &name)
{
    return QStandardPaths::findExecutable(
        name, {u"/usr/bin"_s, u"/usr/sbin"_s, u"/usr/local/bin"_s, u"/opt/homebrew/bin"_s});
}

/// One server of nginx: what it shows and speaks.
struct Case
{
    QString name;
    QString certificate;
    QByteArray listen; ///< "ssl" or "ssl http2".
    QByteArray protocols;
    quint16 port = freePort();
};

QList<Case> allCases()
{
    QList<Case> cases;
    for (const QString &certificate : {u"good"_s, u"selfSigned"_s, u"wrongHost"_s, u"expired"_s,
                                       u"unknownIssuer"_s, u"selfSignedWrongHost"_s}) {
        cases.append({certificate + u", HTTP/1.1"_s, certificate, "ssl", "TLSv1.2 TLSv1.3"});
        cases.append({certificate + u", HTTP/2"_s, certificate, "ssl http2", "TLSv1.2 TLSv1.3"});
    }
    cases.append({u"good, TLS 1.2 only"_s, u"good"_s, "ssl", "TLSv1.2"});
    cases.append({u"good, TLS 1.1 only"_s, u"good"_s, "ssl", "TLSv1.1"});
    cases.append({u"good, TLS 1.0 only"_s, u"good"_s, "ssl", "TLSv1"});
    return cases;
}

QByteArray nginxConfiguration(const QString &folder, const QList<Case> &cases)
{
    QByteArray text = R"(daemon off; master_process off; pid FOLDER/nginx.pid;
error_log FOLDER/nginx.log; events {}
http { access_log off; default_type application/json;
  client_body_temp_path FOLDER/t1; proxy_temp_path FOLDER/t2; fastcgi_temp_path FOLDER/t3;
  uwsgi_temp_path FOLDER/t4; scgi_temp_path FOLDER/t5;
)";
    for (const Case &one : cases) {
        const QByteArray name = one.certificate.toUtf8();
        text += "  server { listen 127.0.0.1:" + QByteArray::number(one.port) + ' ' + one.listen
            + "; ssl_protocols " + one.protocols + "; ssl_ciphers ALL:@SECLEVEL=0;"
            + " ssl_certificate FOLDER/" + name + ".pem; ssl_certificate_key FOLDER/" + name
            + ".key; location / { return 201 '{\"spoken\":\"$server_protocol\"}'; } }\n";
    }
    return text.replace("FOLDER", folder.toUtf8()) + "}\n";
}

const QString tablePath = QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/net/tlstable.md");

} // namespace

/// Against programs nobody here wrote: nginx as the server, tinyproxy as the proxy.
class TestRealServers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void tableOfCertificates();
    void throughTheProxy_data();
    void throughTheProxy();

private:
    [[nodiscard]] QString rowOf(const Case &one);
    [[nodiscard]] bool start(QProcess &program, const QString &path, const QStringList &arguments,
                             quint16 port);

    Certificates m_certificates;
};

void TestRealServers::initTestCase()
{
    // Qt warns of every stream that ends with its connection.
    QLoggingCategory::setFilterRules(u"qt.network.http2=false"_s);
    const Identity known = m_certificates.authority(u"known"_s);
    (void)m_certificates.authority(u"unknown"_s);
    const auto make = [this](const QString &name, const QString &names, int days,
                             const QString &issuer) {
        (void)m_certificates.server(name, names, days, issuer);
    };
    make(u"good"_s, here, 10, u"known"_s);
    make(u"selfSigned"_s, here, 10, {});
    make(u"wrongHost"_s, u"DNS:portal.example"_s, 10, u"known"_s);
    make(u"expired"_s, here, -1, u"known"_s);
    make(u"unknownIssuer"_s, here, 10, u"unknown"_s);
    make(u"selfSignedWrongHost"_s, u"DNS:portal.example"_s, 10, {});
    QVERIFY2(m_certificates.isGood(), "the openssl command is needed");
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(known.chain);
    QSslConfiguration::setDefaultConfiguration(tls);
}

bool TestRealServers::start(QProcess &program, const QString &path, const QStringList &arguments,
                            quint16 port)
{
    program.start(path, arguments);
    return program.waitForStarted() && QTest::qWaitFor([port] { return answers(port); }, 10'000);
}

/// The outcome under each setting of the two switches, then the sentence shown with both off.
QString TestRealServers::rowOf(const Case &one)
{
    QString row = u"| "_s + one.name;
    QString sentence = u"–"_s;
    for (const bool anyHost : {false, true}) {
        for (const bool selfSigned : {false, true}) {
            TransportOptions options;
            options.base = QUrl(u"https://127.0.0.1:%1"_s.arg(one.port));
            options.silence = 10s;
            options.acceptSelfSignedCertificates = selfSigned;
            options.disableHostNameVerifier = anyHost;
            QnamTransport transport(options);
            const auto reply =
                outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();
            const QString spoken = reply ? QString::fromLatin1(reply->body).section(u'"', 3, 3)
                                         : nameOf(reply.error().kind);
            row += u" | "_s + spoken;
            if (!reply && !selfSigned && !anyHost)
                sentence = reply.error().sentence();
        }
    }
    sentence.replace(QString::number(one.port), u"PORT"_s);
    static const QRegularExpression date(u"\\d{4}-\\d\\d-\\d\\d(T[\\d:]+Z)?"_s);
    sentence.replace(date, u"DATE"_s);
    return row + u" | "_s + sentence + u" |\n"_s;
}

void TestRealServers::tableOfCertificates()
{
    const QString nginx = programNamed(u"nginx"_s);
    if (nginx.isEmpty())
        QSKIP("nginx is not installed");
    const QList<Case> cases = allCases();
    QFile configuration(m_certificates.path(u"nginx.conf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(nginxConfiguration(m_certificates.path({}), cases));
    configuration.close();
    QProcess server;
    QVERIFY(start(server, nginx,
                  {u"-c"_s, configuration.fileName(), u"-p"_s, m_certificates.path({})},
                  cases.constFirst().port));

    QString table = u"| nginx shows and speaks | switches off | acceptSelfSignedCertificates "
                    "| disableHostNameVerifier | both | the sentence, switches off |\n"
                    "|---|---|---|---|---|---|\n"_s;
    for (const Case &one : cases)
        table += rowOf(one);
    server.kill();
    server.waitForFinished();

    QFile file(tablePath);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    const QStringList expected = text.mid(text.indexOf(u"| nginx"_s)).trimmed().split(u'\n');
    const QStringList actual = table.trimmed().split(u'\n');
    if (actual != expected) { // What came out lies beside the test.
        QFile out(u"tlstable-actual.md"_s);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(table.toUtf8());
    }
    for (qsizetype i = 0; i < std::max(actual.size(), expected.size()); ++i)
        QCOMPARE(actual.value(i), expected.value(i));
}

void TestRealServers::throughTheProxy_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QByteArray>("login"); // What tinyproxy demands.
    QTest::addColumn<bool>("up");
    QTest::addColumn<QString>("says"); // Empty: it goes through.

    QTest::addRow("good") << true << QByteArray() << true << QString();
    QTest::addRow("demands a login")
        << true << QByteArray("BasicAuth office secret\n") << true << u"asks for a login"_s;
    QTest::addRow("is down") << true << QByteArray() << false << u"refused the connection"_s;
    // What is not encrypted goes to this computer only, and past every proxy.
    QTest::addRow("plain, past the proxy") << false << QByteArray() << false << QString();
}

void TestRealServers::throughTheProxy()
{
    QFETCH(bool, tls);
    QFETCH(QByteArray, login);
    QFETCH(bool, up);
    QFETCH(QString, says);
    const QString tinyproxy = programNamed(u"tinyproxy"_s);
    if (tinyproxy.isEmpty())
        QSKIP("tinyproxy is not installed");
    const quint16 port = freePort();
    QFile configuration(m_certificates.path(u"tinyproxy.conf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write("Port " + QByteArray::number(port) + "\nListen 127.0.0.1\nTimeout 30\n"
                        + "LogFile \"" + m_certificates.path(u"tinyproxy.log"_s).toUtf8() + "\"\n"
                        + "MaxClients 20\nAllow 127.0.0.1\n" + login);
    configuration.close();
    QProcess proxy;
    if (up)
        QVERIFY(start(proxy, tinyproxy, {u"-d"_s, u"-c"_s, configuration.fileName()}, port));
    QFile keyFile(m_certificates.path(u"good.key"_s));
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    const Identity good {u"good"_s, QSslCertificate::fromPath(m_certificates.path(u"good.pem"_s)),
                         QSslKey(&keyFile, QSsl::Ec)};
    const auto always = [](const WireRequest &) { return WireAnswer {}; };
    const auto server = tls ? std::make_unique<ScriptedServer>(always, good.serverConfiguration())
                            : std::make_unique<ScriptedServer>(always);
    TransportOptions options;
    options.base = server->url();
    options.silence = 10s;
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = port;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();
    proxy.kill();
    proxy.waitForFinished();

    QCOMPARE(reply.has_value(), says.isEmpty());
    QCOMPARE(server->seen.size(), size_t(says.isEmpty() ? 1 : 0));
    if (reply)
        return;
    QCOMPARE(reply.error().kind, ErrorKind::Offline); // Nothing was sent.
    QVERIFY2(reply.error().what.contains(u"The proxy 127.0.0.1:%1 "_s.arg(port) + says),
             qPrintable(reply.error().what));
    QVERIFY(!reply.error().remedy.isEmpty());
}

HUBKEEPER_TEST(TestRealServers)
#include "tst_realservers.moc"
