// SPDX-License-Identifier: MIT
#include "testkit/forwardproxy.h"
#include "testkit/testprogram.h"
#include "tlsrig.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

TransportOptions optionsThrough(const ForwardProxy &proxy, const QUrl &url)
{
    TransportOptions options = optionsFor(url);
    options.proxyHost = u"127.0.0.1"_s;
    options.proxyPort = proxy.serverPort();
    return options;
}

} // namespace

/// How the transport reaches a portal through a proxy, and what it says where it cannot.
class TestProxies : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void proxyTunnels();
    void plainHttpPassesNoProxy();
    void proxyWantsLogin();
    void proxyRefuses();
    void proxyIsDown();
    void proxyIsUnknown();
    void systemProxy();
    void noSystemProxyWhereItIsSwitchedOff();

private:
    Certificates m_certificates;
    Identity m_good;
};

void TestProxies::initTestCase()
{
    const Identity known = m_certificates.authority(u"known"_s);
    m_good = m_certificates.server(u"good"_s, here, 10, u"known"_s);
    QVERIFY2(m_certificates.isGood(), "the openssl command is needed");
    trustOnly(known);
}

void TestProxies::proxyTunnels()
{
    ScriptedServer server(always, m_good.serverConfiguration());
    ForwardProxy proxy;
    QnamTransport transport(optionsThrough(proxy, server.url()));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
    QCOMPARE(server.seen.size(), 1u);
    QCOMPARE(proxy.heads.size(), 1);
    QVERIFY(proxy.heads.first().startsWith("CONNECT " + server.url().authority().toLatin1()));
    QVERIFY(!proxy.heads.first().contains("pat-na1"));
    QVERIFY(!proxy.heads.first().toLower().contains("authorization"));
}

void TestProxies::plainHttpPassesNoProxy()
{
    ScriptedServer server(always);
    ForwardProxy proxy;
    QnamTransport transport(optionsThrough(proxy, server.url()));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().what));
    QCOMPARE(server.seen.size(), 1u);
    QCOMPARE(proxy.heads, {});
}

void TestProxies::proxyWantsLogin()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 407 Proxy Authentication Required\r\n"
                    "Proxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n";
    QnamTransport transport(optionsThrough(proxy, QUrl(u"https://portal.example"_s)));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QCOMPARE(reply.error().what,
             u"The proxy 127.0.0.1:%1 asks for a login."_s.arg(proxy.serverPort()));
    QVERIFY(reply.error().remedy.contains(u"cannot log in to a proxy"_s));
}

void TestProxies::proxyRefuses()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    QnamTransport transport(optionsThrough(proxy, QUrl(u"https://portal.example"_s)));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QVERIFY2(reply.error().what.contains(u"proxy 127.0.0.1"_s), qPrintable(reply.error().what));
}

void TestProxies::proxyIsDown()
{
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"127.0.0.1"_s;
    {
        const ForwardProxy gone;
        options.proxyPort = gone.serverPort();
    }
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QCOMPARE(reply.error().what,
             u"The proxy 127.0.0.1:%1 refused the connection."_s.arg(options.proxyPort));
    QVERIFY(reply.error().remedy.contains(u"httpProxyHost"_s));
}

void TestProxies::proxyIsUnknown()
{
    TransportOptions options = optionsFor(QUrl(u"https://portal.example"_s));
    options.proxyHost = u"no-such-proxy.invalid"_s;
    options.proxyPort = 3128;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();

    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QVERIFY2(reply.error().what.contains(u"no-such-proxy.invalid:3128 was not found"_s),
             qPrintable(reply.error().what));
}

void TestProxies::systemProxy()
{
    ScriptedServer server(always);
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 503 Out\r\nContent-Length: 0\r\n\r\n";
    const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.serverPort());
    qputenv("http_proxy", address);
    qputenv("https_proxy", address);
    QnamTransport near(optionsFor(server.url()));
    QnamTransport far(optionsFor(QUrl(u"https://portal.example"_s)));

    const auto nearReply = outcomeOf(near.send(post(Repeat::Never), token(), this)).value();
    const qsizetype afterNear = proxy.heads.size();
    const auto farReply = outcomeOf(far.send(post(Repeat::Never), token(), this)).value();
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");

    QVERIFY(nearReply);
    QCOMPARE(afterNear, 0);
    QVERIFY(!farReply);
    QVERIFY2(proxy.heads.value(0).startsWith("CONNECT portal.example:443"),
             qPrintable(farReply.error().what));
}

void TestProxies::noSystemProxyWhereItIsSwitchedOff()
{
    ForwardProxy proxy;
    proxy.refusal = "HTTP/1.1 503 Out\r\nContent-Length: 0\r\n\r\n";
    qputenv("https_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    qputenv("no_proxy", "intranet.example, *");
    QnamTransport transport(optionsFor(QUrl(u"https://portal.invalid"_s)));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this)).value();
    qunsetenv("https_proxy");
    qunsetenv("no_proxy");

    QVERIFY(!reply); // There is no such host.
    QCOMPARE(proxy.heads, {});
}

HUBKEEPER_TEST(TestProxies)
#include "tst_proxies.moc"
