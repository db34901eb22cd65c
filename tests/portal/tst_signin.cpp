// SPDX-License-Identifier: MIT
#include "portal/access/authorization.h"
#include "portal/access/codereceiver.h"
#include "testkit/manualclock.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The way back from HubSpot's authorize page, played by a bare socket.
class TestSignIn : public QObject
{
    Q_OBJECT

private slots:
    void asksWithEncodedBlanks();
    void statesDiffer();
    void receivesTheCode();
    void ignoresTheWrongState();
    void reportsADecline();
    void aSecondKnockChangesNothing();
    void ignoresOtherPathsAndNoise();
    void givesUpInTime();
    void aTakenPortIsSaid();
    void pastedText_data();
    void pastedText();
    void namesWhatWasNotGranted();

private:
    QByteArray knock(const CodeReceiver &receiver, const QByteArray &target);
};

QByteArray TestSignIn::knock(const CodeReceiver &receiver, const QByteArray &target)
{
    const int port = QUrl(receiver.redirectUri()).port();
    QTcpSocket browser;
    browser.connectToHost(QHostAddress::LocalHost, quint16(port));
    browser.write("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    (void)QTest::qWaitFor([&] { return browser.state() == QAbstractSocket::UnconnectedState; },
                          3000);
    return browser.readAll();
}

void TestSignIn::asksWithEncodedBlanks()
{
    const QUrl url = authorizeUrl(QUrl(u"https://app.hubspot.com"_s), u"id 1&2"_s,
                                  u"http://localhost:4711/"_s, {{u"a.b"_s, u"c"_s}, {}}, "s-1");

    QCOMPARE(url.toEncoded(),
             "https://app.hubspot.com/oauth/authorize?client_id=id%201%262"
             "&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2F&scope=a.b%20c&state=s-1"_ba);
}

void TestSignIn::statesDiffer()
{
    QVERIFY(freshState() != freshState());
    QVERIFY(freshState().size() >= 43); // 256 bits in base64.
}

void TestSignIn::receivesTheCode()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);
    std::shared_ptr<const Secret> code;
    receiver->onDone(this, [&](const auto &outcome) { code = outcome.value_or(nullptr); });

    const QByteArray page = knock(*receiver, "/?code=na1-abc%2F1&state=st");

    QVERIFY(page.startsWith("HTTP/1.1 200"));
    QVERIFY(!page.contains("na1-abc"));
    QTRY_VERIFY(code);
    QVERIFY(code->equals(Secret(std::string_view("na1-abc/1"))));
}

void TestSignIn::ignoresTheWrongState()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);

    const QByteArray page = knock(*receiver, "/?code=x&state=other");

    QVERIFY(page.startsWith("HTTP/1.1 400"));
    QVERIFY(!receiver->isFinished());
    delete receiver;
}

void TestSignIn::reportsADecline()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);
    std::optional<Error> error;
    receiver->onDone(this, [&](const auto &outcome) { error = outcome.error(); });

    (void)knock(*receiver, "/?error=access_denied&error_description=The+user+said+no&state=st");

    QTRY_VERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Refused);
    QVERIFY(error->what.contains(u"The user said no"_s));
}

void TestSignIn::aSecondKnockChangesNothing()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);
    int outcomes = 0;
    receiver->onDone(this, [&](const auto &) { ++outcomes; });
    const int port = QUrl(receiver->redirectUri()).port();

    QTcpSocket first;
    QTcpSocket second;
    for (QTcpSocket *browser : {&first, &second}) {
        browser->connectToHost(QHostAddress::LocalHost, quint16(port));
        browser->write("GET /?code=a&state=st HTTP/1.1\r\n\r\n");
    }

    QTRY_COMPARE(outcomes, 1);
    QTest::qWait(50);
    QCOMPARE(outcomes, 1);
}

void TestSignIn::ignoresOtherPathsAndNoise()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);

    QVERIFY(knock(*receiver, "/favicon.ico").startsWith("HTTP/1.1 404"));
    QVERIFY(knock(*receiver, "/?state=st").startsWith("HTTP/1.1 400"));
    QVERIFY(knock(*receiver, "/" + QByteArray(20'000, 'x')).isEmpty()); // Too long: hung up.
    QVERIFY(!receiver->isFinished());
    delete receiver;
}

void TestSignIn::givesUpInTime()
{
    ManualClock clock;
    auto *receiver = new CodeReceiver(0, "st", 1min, clock, this);
    std::optional<Error> error;
    receiver->onDone(this, [&](const auto &outcome) { error = outcome.error(); });

    clock.advance(61s);

    QTRY_VERIFY(error);
    QCOMPARE(error->kind, ErrorKind::TimedOut);
}

void TestSignIn::aTakenPortIsSaid()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ManualClock clock;
    auto *receiver = new CodeReceiver(other.serverPort(), "st", 1min, clock, this);
    std::optional<Error> error;
    receiver->onDone(this, [&](const auto &outcome) { error = outcome.error(); });

    QTRY_VERIFY(error);
    QCOMPARE(error->kind, ErrorKind::InvalidInput);
    QVERIFY(error->what.contains(QString::number(other.serverPort())));
}

void TestSignIn::pastedText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("code");

    // clang-format off
    QTest::newRow("the code alone")    << u"  na1-12 \n"_s                                << "na1-12"_ba;
    QTest::newRow("the whole address") << u"http://localhost:1/?code=na1-12&state=st"_s   << "na1-12"_ba;
    QTest::newRow("state missing")     << u"https://x.example/?code=na1-12"_s             << "na1-12"_ba;
    QTest::newRow("another state")     << u"http://localhost:1/?code=na1-12&state=no"_s   << ""_ba;
    QTest::newRow("declined")          << u"http://localhost:1/?error=access_denied"_s    << ""_ba;
    QTest::newRow("no code")           << u"http://localhost:1/?state=st"_s               << ""_ba;
    QTest::newRow("nothing")           << QString()                                       << ""_ba;
    QTest::newRow("a sentence")        << u"I do not know"_s                              << ""_ba;
    // clang-format on
}

void TestSignIn::pastedText()
{
    QFETCH(QString, text);

    QTEST(codeFromPastedText(text, "st").value_or(QByteArray("")), "code");
}

void TestSignIn::namesWhatWasNotGranted()
{
    QCOMPARE(missingScopes({u"a"_s, u"b"_s, u"c"_s}, {u"b"_s}), QStringList({u"a"_s, u"c"_s}));
    QCOMPARE(missingScopes({u"a"_s}, {}), QStringList()); // v1 does not say.
}

HUBKEEPER_TEST(TestSignIn)
#include "tst_signin.moc"
