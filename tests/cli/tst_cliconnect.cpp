// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTcpServer>
#include <QTest>

using namespace hubkeeper::practice::test;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

quint16 freePortNumber()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

/// `connect` under way; ends with its object.
class SigningIn
{
public:
    SigningIn(const Program &program, const QStringList &options)
        : m_port(freePortNumber())
    {
        program.prepare(m_process,
                        QStringList {u"--json"_s, u"connect"_s, u"p.json"_s, u"--port"_s,
                                     QString::number(m_port)}
                            + options);
        m_process.start();
    }
    ~SigningIn()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    /// The target of the authorize page, once it was said: path and query.
    QByteArray page()
    {
        waitFor("http://127.0.0.1");
        const qsizetype start = m_report.indexOf("http://127.0.0.1");
        return QUrl(QString::fromUtf8(m_report.mid(start, m_report.indexOf('\n', start) - start)))
            .toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    }
    /// Until the messages hold a line with this.
    void waitFor(const QByteArray &text) { QTRY_VERIFY_WITH_TIMEOUT(hasReported(text), 20'000); }
    void type(const QByteArray &line) { m_process.write(line + '\n'); }
    Ended ended()
    {
        m_process.closeWriteChannel();
        Ended all = Program::ended(m_process);
        all.err = m_report + all.err;
        return all;
    }

private:
    bool hasReported(const QByteArray &text)
    {
        m_report += m_process.readAllStandardError();
        return m_report.indexOf('\n', m_report.indexOf(text)) > 0 && m_report.contains(text);
    }

    const quint16 m_port;
    QProcess m_process;
    QByteArray m_report;
};

} // namespace

/// `connect` against a real Secret Service (with-keyring.sh) and a practice portal, with a plain
/// client as the browser.
class TestCliConnect : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_portal.reset(); }
    void signsInAndKeepsTheToken();
    void pastedAddress();
    void endOfThePasting();
    void declined();
    void waitsNoLonger();
    void otherClientIdIsWritten();
    void endsTheOldToken();
    void withoutAKeychainIntoTheFile();
    void wrongValues_data();
    void wrongValues();

private:
    /// Where the authorize page sends the browser.
    QByteArray allow(SigningIn &signingIn)
    {
        return m_portal->get(signingIn.page()).headers.value("location");
    }
    /// Follows it, as a browser does.
    void follow(SigningIn &signingIn, const QByteArray &location)
    {
        const QByteArray target =
            QUrl::fromEncoded(location).toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
        const RawReply page =
            exchange(signingIn.port(),
                     "GET " + target + " HTTP/1.1\r\nHost: localhost:"
                         + QByteArray::number(signingIn.port()) + "\r\nConnection: close\r\n\r\n");
        QCOMPARE(page.status, 200);
    }
    [[nodiscard]] Program &program() { return m_portal->program(); }

    std::unique_ptr<ServedPortal> m_portal;
};

void TestCliConnect::init()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--control"_s, u"--write-provisioner"_s, u"p.json"_s, u"--authorize"_s,
                     u"redirect"_s, u"--contacts"_s, u"3"_s, u"--companies"_s, u"1"_s});
    QVERIFY(m_portal->practice().isServing());
    // No refresh token yet.
    program().write(
        u"p.json"_s,
        program().content(u"p.json"_s).replace('"' + m_portal->refreshToken() + '"', "null"));
}

void TestCliConnect::signsInAndKeepsTheToken()
{
    const QByteArray file = program().content(u"p.json"_s);
    SigningIn signingIn(program(), {u"--no-browser"_s});
    const QByteArray location = allow(signingIn);
    QVERIFY2(location.startsWith("http://localhost:" + QByteArray::number(signingIn.port())),
             location.constData());
    follow(signingIn, location);
    const Ended ended = signingIn.ended();
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.json()["ok"_L1].toBool(), true);
    QVERIFY(ended.json()["granted"_L1].toArray().size() > 3);
    QVERIFY(!(ended.out + ended.err).contains(m_portal->clientSecret()));
    QCOMPARE(program().content(u"p.json"_s), file); // The secrets are in the keychain only.
    QCOMPARE(program().run({u"test"_s, u"p.json"_s}).code, 0);
}

void TestCliConnect::pastedAddress()
{
    SigningIn signingIn(program(), {u"--paste"_s});
    const QByteArray location = allow(signingIn);
    signingIn.type("http://localhost/?error=x&state=of-another"); // Cannot be used: asked again.
    signingIn.type(location);
    const Ended ended = signingIn.ended();
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.count("Paste the address") == 2, ended.err.constData());
    QCOMPARE(program().run({u"test"_s, u"p.json"_s}).code, 0);
}

/// Nobody interrupted it.
void TestCliConnect::endOfThePasting()
{
    SigningIn signingIn(program(), {u"--paste"_s});
    const Ended ended = signingIn.ended();
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"invalidInput"_s);
    QVERIFY2(ended.err.contains("standard input ended"), ended.err.constData());
}

void TestCliConnect::declined()
{
    m_portal->practice().control({{u"authorize"_s, u"decline"_s}});
    SigningIn signingIn(program(), {u"--no-browser"_s});
    follow(signingIn, allow(signingIn));
    const Ended ended = signingIn.ended();
    QCOMPARE(ended.code, 7);
    QVERIFY2(ended.err.contains("HubSpot declined the connection: The user declined the "
                                "installation. Sign in"),
             ended.err.constData());
    QVERIFY(program().run({u"test"_s, u"p.json"_s}).code != 0);
}

void TestCliConnect::waitsNoLonger()
{
    SigningIn signingIn(program(), {u"--no-browser"_s, u"--patience"_s, u"1"_s});
    const Ended ended = signingIn.ended();
    QCOMPARE(ended.code, 4);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"timedOut"_s);
    const Ended limited = SigningIn(program(), {u"--no-browser"_s, u"--timeout"_s, u"1"_s}).ended();
    QCOMPARE(limited.code, 4);
    QVERIFY2(limited.err.contains("--timeout"), limited.err.constData());
}

void TestCliConnect::otherClientIdIsWritten()
{
    const QString id = QString::fromLatin1(m_portal->clientId());
    program().write(u"p.json"_s,
                    program()
                        .content(u"p.json"_s)
                        .replace('"' + m_portal->clientId() + '"', "\"of-another-app\""));
    SigningIn signingIn(program(), {u"--no-browser"_s, u"--client-id"_s, id});
    follow(signingIn, allow(signingIn));
    const Ended ended = signingIn.ended();
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(program().content(u"p.json"_s).contains('"' + m_portal->clientId() + '"'));
    QVERIFY(ended.err.contains("Wrote the client ID"));
}

void TestCliConnect::endsTheOldToken()
{
    for (const QStringList &more : {QStringList(), QStringList {u"--revoke-old"_s}}) {
        SigningIn signingIn(program(), QStringList {u"--no-browser"_s} + more);
        follow(signingIn, allow(signingIn));
        const Ended ended = signingIn.ended();
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.err.contains("Ended the old refresh token."), !more.isEmpty());
    }
    QCOMPARE(program().run({u"test"_s, u"p.json"_s}).code, 0); // With the new one.
    int revoked = 0;
    const QJsonObject counts = m_portal->practice().requests()["counts"_L1].toObject();
    for (auto it = counts.begin(); it != counts.end(); ++it)
        revoked += it.key().contains("revoke"_L1) ? it.value().toInt() : 0;
    QCOMPARE(revoked, 1);
}

/// On a server: said before anybody signs in, and nothing of the file changes but the secrets.
void TestCliConnect::withoutAKeychainIntoTheFile()
{
    program().withoutKeychain();
    const QByteArray before = program().content(u"p.json"_s);
    const Ended refused = program().run({u"connect"_s, u"p.json"_s, u"--no-browser"_s});
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("--into-file"), refused.err.constData());
    QCOMPARE(program().content(u"p.json"_s), before);

    SigningIn signingIn(program(), {u"--no-browser"_s, u"--into-file"_s});
    follow(signingIn, allow(signingIn));
    const Ended ended = signingIn.ended();

    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(ended.json()["storedIn"_L1].toString().endsWith("p.json"_L1));
    const QByteArray after = program().content(u"p.json"_s);
    const QByteArray token =
        QJsonDocument::fromJson(after)["configurationProperties"_L1]["refreshToken"_L1]
            .toString()
            .toLatin1();
    QVERIFY(!token.isEmpty());
    QVERIFY(!(ended.out + ended.err).contains(token));
    QCOMPARE(QByteArray(after).replace('"' + token + '"', "null"), before);
    QCOMPARE(program().run({u"test"_s, u"p.json"_s}).code, 0);
}

void TestCliConnect::wrongValues_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("port") << QStringList {u"--port"_s, u"0"_s};
    QTest::newRow("patience") << QStringList {u"--patience"_s, u"0"_s};
    QTest::newRow("no file") << QStringList {u"missing.json"_s};
}

void TestCliConnect::wrongValues()
{
    QFETCH(QStringList, options);
    QStringList arguments {u"connect"_s};
    if (options.size() > 1)
        arguments.append(u"p.json"_s);
    QCOMPARE(program().run(arguments + options).code, 2);
}

HUBKEEPER_TEST(TestCliConnect)
#include "tst_cliconnect.moc"
