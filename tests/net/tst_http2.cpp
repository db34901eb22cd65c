// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "tlsrig.h"

#include <QLoggingCategory>
#include <QStandardPaths>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

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

} // namespace

/// Copies, limits and lost connections where many requests share one connection.
class TestHttp2 : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void http2();

private:
    Certificates m_certificates;
};

void TestHttp2::initTestCase()
{
    // Qt warns of every stream that ends with its connection; that is what the test provokes.
    QLoggingCategory::setFilterRules(u"qt.network.http2=false"_s);
    const Identity known = m_certificates.authority(u"known"_s);
    (void)m_certificates.server(u"good"_s, here, 10, u"known"_s);
    QVERIFY2(m_certificates.isGood(), "the openssl command is needed");
    trustOnly(known);
}

/// nginx speaks HTTP/2 to us and HTTP/1.1 to the script behind it.
void TestHttp2::http2()
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
        HttpRequest create = post(Repeat::Never);
        create.body = QByteArray(size, 'x');
        const auto reply = outcomeOf(transport.send(create, token(), this)).value();
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
        QCOMPARE(server.seen.back().body, create.body);
        QCOMPARE(server.seen.back().headers.value("x-spoken"), "HTTP/2.0");
    }
    int good = 0;
    for (int i = 0; i < 30; ++i) {
        transport.send(post(i % 2 ? Repeat::Safe : Repeat::Never), token(), this)
            ->onDone(this, [&](const auto &reply) { good += reply.has_value(); });
    }
    QTRY_COMPARE(good, 30);
    QCOMPARE(server.seen.size(), 33u);
    QVERIFY(server.peak() <= 10);
    HttpRequest fault = post(Repeat::Never);
    fault.path = u"/fault"_s;
    QCOMPARE(outcomeOf(transport.send(fault, token(), this)).value().value().status, 503);

    // A connection that nginx closed because it was idle costs nothing.
    QTest::qWait(1500);
    QVERIFY(outcomeOf(transport.send(post(Repeat::Never), token(), this)).value());
    QCOMPARE(server.seen.size(), 35u);

    front.terminate(); // The connection kept open goes with it.
    QVERIFY(front.waitForFinished());
    const auto gone = outcomeOf(transport.send(fault, token(), this)).value();
    QVERIFY(!gone);
    QCOMPARE(server.seen.size(), 35u);
}

HUBKEEPER_TEST(TestHttp2)
#include "tst_http2.moc"
