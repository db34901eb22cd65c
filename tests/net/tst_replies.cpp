// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "transportrig.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Replies that are late, endless, too large, compressed, cut, or no HTTP.
class TestReplies : public QObject
{
    Q_OBJECT

private slots:
    void silence();
    void silenceDoesNotCutSlowReplies();
    void endlessReplies_data();
    void endlessReplies();
    void tooLarge();
    void compressed_data();
    void compressed();
    void cutBody_data();
    void cutBody();
    void notHttp();
};

void TestReplies::silence()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.silent = true}; });
    TransportOptions options = optionsFor(server);
    options.silence = 300ms;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Safe), token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::TimedOut);
    QVERIFY(reply->error().what.contains(u"0.3 s"_s));
    QTest::qWait(200);
    QCOMPARE(server.seen.size(), 1u);
}

void TestReplies::silenceDoesNotCutSlowReplies()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.delay = 250ms}; });
    TransportOptions options = optionsFor(server);
    options.silence = 400ms;
    options.maximumConnections = 1;
    QnamTransport transport(options);

    // Waiting for a free place is not silence.
    std::vector<Call<HttpReply> *> calls;
    int good = 0;
    for (int i = 0; i < 4; ++i)
        transport.send(get(), token(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    QTRY_COMPARE(good, 4);
}

void TestReplies::endlessReplies_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("again");
    QTest::addColumn<QString>("says");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("header") << head << QByteArray("X-More: yes\r\n") << u"did not begin"_s;
    QTest::newRow("one line of a header")
        << head + "X-More: " << QByteArray("y") << u"did not begin"_s;
    QTest::newRow("100 Continue") << QByteArray() << QByteArray("HTTP/1.1 100 Continue\r\n\r\n")
                                  << u"did not begin"_s;
    QTest::newRow("body") << head + "Content-Length: 100000\r\n\r\n"
                          << QByteArray("y") << u"was not whole"_s;
    QTest::newRow("chunks") << head + "Transfer-Encoding: chunked\r\n\r\n"
                            << QByteArray("1\r\ny\r\n") << u"was not whole"_s;
}

/// Bytes come all the time, so it is never silent; there is a limit all the same.
void TestReplies::endlessReplies()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, again);
    QFETCH(QString, says);
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write(start);
        auto *more = new QTimer(socket);
        connect(more, &QTimer::timeout, socket, [socket, again] { socket->write(again); });
        more->start(20ms);
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    TransportOptions options;
    options.base = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    options.silence = 10s;
    options.beginning = 400ms;
    options.whole = 700ms;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::TimedOut);
    QVERIFY2(reply->error().what.contains(says), qPrintable(reply->error().what));
}

void TestReplies::tooLarge()
{
    ScriptedServer server(
        [](const WireRequest &) { return WireAnswer {.body = QByteArray(100'000, 'x')}; });
    TransportOptions options = optionsFor(server);
    options.largestBody = 99'999;
    QnamTransport small(options);
    options.largestBody = 100'000;
    QnamTransport enough(options);

    const auto reply = outcomeOf(small.send(get(), token(), this));
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::BadReply);
    QVERIFY(reply->error().what.contains(u"99999 bytes"_s));
    QCOMPARE(outcomeOf(enough.send(get(), token(), this)).value()->body.size(), 100'000);
}

void TestReplies::compressed_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("small") << 1000 << true;
    QTest::newRow("just right") << (1 << 20) << true;
    QTest::newRow("one too many") << (1 << 20) + 1 << false;
    QTest::newRow("bomb") << (200 << 20) << false;
}

void TestReplies::compressed()
{
    QFETCH(int, size);
    QFETCH(bool, accepted);
    const QByteArray packed = qCompress(QByteArray(size, ' ')).mid(4);
    ScriptedServer server([&](const WireRequest &) {
        return WireAnswer {.body = packed, .headers = {{"Content-Encoding", "deflate"}}};
    });
    TransportOptions options = optionsFor(server);
    options.largestBody = 1 << 20;
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(get(), token(), this)).value();

    QCOMPARE(reply.has_value(), accepted);
    if (accepted)
        QCOMPARE(reply->body.size(), size);
    else
        QCOMPARE(reply.error().kind, ErrorKind::BadReply);
}

void TestReplies::cutBody_data()
{
    QTest::addColumn<WireAnswer>("answer");
    QTest::newRow("half a body") << WireAnswer {.body = "0123456789", .cutAfter = 5};
    QTest::newRow("no body") << WireAnswer {.body = "0123456789", .cutAfter = 0};
    QTest::newRow("cut chunks") << WireAnswer {
        .raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n01"};
    QTest::newRow("cut between chunks") << WireAnswer {
        .raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n"};
    QTest::newRow("half a head") << WireAnswer {.raw = "HTTP/1.1 200 OK\r\nContent-Ty"};
}

void TestReplies::cutBody()
{
    QFETCH(WireAnswer, answer);
    ScriptedServer server([&](const WireRequest &) { return answer; });
    QnamTransport transport(optionsFor(server));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply);
    QVERIFY2(!*reply, reply->has_value() ? (*reply)->body.constData() : "");
    QCOMPARE(reply->error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(server.seen.size(), 1u);
}

void TestReplies::notHttp()
{
    ScriptedServer server(
        [](const WireRequest &) { return WireAnswer {.raw = "220 mail.example ESMTP\r\n"}; });
    QnamTransport transport(optionsFor(server));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && !*reply);
    QVERIFY(reply->error().kind == ErrorKind::BadReply
            || reply->error().kind == ErrorKind::ConnectionLost);
}

HUBKEEPER_TEST(TestReplies)
#include "tst_replies.moc"
