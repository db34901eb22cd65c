// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <random>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const QString &path = u"/crm/v3/objects/contacts"_s)
{
    HttpRequest request;
    request.path = path;
    return request;
}

HttpRequest post(Repeat repeat, const QByteArray &body = R"({"properties":{}})")
{
    HttpRequest request = get();
    request.verb = Verb::Post;
    request.body = body;
    request.repeat = repeat;
    return request;
}

TransportOptions optionsFor(const ScriptedServer &server)
{
    TransportOptions options;
    options.base = server.url();
    options.silence = 3s;
    return options;
}

Secret token()
{
    return Secret(std::string_view("pat-na1-0123"));
}

WireAnswer always(const WireRequest &)
{
    return {};
}

} // namespace

/// What goes over plain HTTP, and what becomes of everything that can go wrong there.
class TestTransport : public QObject
{
    Q_OBJECT

private slots:
    void wireForm();
    void encodesQuery();
    void statusIsNoFailure_data();
    void statusIsNoFailure();
    void copies_data();
    void copies();
    void keptConnectionThatDies();
    void idleConnectionThatWasClosed();
    void redirectKeepsToken();
    void cookiesAreNotKept();
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
    void refusedPort();
    void unknownHost();
    void neverMoreThanMaximum();
    void cancelFreesThePlace();
    void deletedParentFreesThePlace();
    void guards();
    void transportGoesFirst();
    void storm();
};

void TestTransport::wireForm()
{
    ScriptedServer server([](const WireRequest &) {
        return WireAnswer {.status = 201, .body = R"({"id":"1"})", .headers = {{"X-Thing", "a"}}};
    });
    QnamTransport transport(optionsFor(server));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->status, 201);
    QCOMPARE((*reply)->body, R"({"id":"1"})");
    QCOMPARE((*reply)->header("x-thing"), "a");
    QCOMPARE(server.seen.size(), 1u);
    const WireRequest &seen = server.seen.front();
    QCOMPARE(seen.verb, "POST");
    QCOMPARE(seen.target, "/crm/v3/objects/contacts");
    QCOMPARE(seen.body, R"({"properties":{}})");
    QCOMPARE(seen.headers.value("authorization"), "Bearer pat-na1-0123");
    QCOMPARE(seen.headers.value("content-type"), "application/json");
    QVERIFY(seen.headers.value("user-agent").startsWith("Hubkeeper/"));
    QVERIFY(!transport.lastCertificate());
}

void TestTransport::encodesQuery()
{
    ScriptedServer server(always);
    QnamTransport transport(optionsFor(server));
    HttpRequest request = get(u"/crm/v3/objects/contacts/a b+c?d#e%@x"_s);
    request.query.addQueryItem(u"after"_s, u"1+2 3"_s);
    request.authorization = Authorization::None;

    const auto reply = outcomeOf(transport.send(request, Secret(), this));

    QVERIFY(reply && *reply);
    QCOMPARE(server.seen.at(0).target,
             "/crm/v3/objects/contacts/a%20b+c%3Fd%23e%25@x?after=1%2B2%203");
    QVERIFY(!server.seen.at(0).headers.contains("authorization"));
}

void TestTransport::statusIsNoFailure_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 204, 207, 301, 400, 401, 403, 404, 405, 409, 410, 414,
                             418, 423, 429, 477, 500, 501, 502, 503, 504, 524, 526})
        QTest::addRow("%d", status) << status;
}

void TestTransport::statusIsNoFailure()
{
    QFETCH(int, status);
    ScriptedServer server([&](const WireRequest &) {
        return WireAnswer {.status = status,
                           .body = status == 204 ? "" : R"({"message":"words"})",
                           .headers = {{"WWW-Authenticate", "Basic realm=\"x\""}}};
    });
    QnamTransport transport(optionsFor(server));

    for (const Repeat repeat : {Repeat::Safe, Repeat::Never}) {
        const auto reply = outcomeOf(transport.send(post(repeat), token(), this));
        QVERIFY(reply);
        QVERIFY2(*reply, qPrintable(*reply ? QString() : reply->error().what));
        QCOMPARE((*reply)->status, status);
        QCOMPARE((*reply)->body, status == 204 ? "" : R"({"message":"words"})");
    }
    QCOMPARE(server.seen.size(), 2u);
}

void TestTransport::copies_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<Repeat>("repeat");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("create") << Verb::Post << Repeat::Never << QByteArray(R"({"a":1})");
    QTest::newRow("large create") << Verb::Post << Repeat::Never << QByteArray(300'000, 'x');
    QTest::newRow("create without a body") << Verb::Post << Repeat::Never << QByteArray();
    QTest::newRow("patch once") << Verb::Patch << Repeat::Never << QByteArray(R"({"a":1})");
    QTest::newRow("delete once") << Verb::Delete << Repeat::Never << QByteArray();
    QTest::newRow("search") << Verb::Post << Repeat::Safe << QByteArray(R"({"a":1})");
}

void TestTransport::copies()
{
    QFETCH(Verb, verb);
    QFETCH(Repeat, repeat);
    QFETCH(QByteArray, body);
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.hangUp = true}; });
    QnamTransport transport(optionsFor(server));
    HttpRequest request = post(repeat, body);
    request.verb = verb;

    const auto reply = outcomeOf(transport.send(request, token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::ConnectionLost);
    QVERIFY(reply->error().what.contains(u"127.0.0.1:%1"_s.arg(server.port())));
    if (repeat == Repeat::Never)
        QCOMPARE(server.seen.size(), 1u);
    else // This is why Repeat::Never has to take another way.
        QVERIFY(server.seen.size() > 1u);
    QCOMPARE(server.seen.at(0).body, body);
}

void TestTransport::keptConnectionThatDies()
{
    ScriptedServer server(
        [&, count = 0](const WireRequest &) mutable { return WireAnswer {.hangUp = ++count > 1}; });
    QnamTransport transport(optionsFor(server));

    QVERIFY(outcomeOf(transport.send(get(), token(), this)).value());
    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(server.seen.size(), 2u);
    QCOMPARE(server.connections(), 1);
}

void TestTransport::idleConnectionThatWasClosed()
{
    ScriptedServer server([](const WireRequest &) {
        return WireAnswer {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"};
    });
    QnamTransport transport(optionsFor(server));

    for (int i = 1; i <= 3; ++i) { // The server hangs up after each reply.
        QVERIFY(outcomeOf(transport.send(post(Repeat::Never), token(), this)).value());
        QTest::qWait(100);
        QCOMPARE(server.connections(), i);
    }
}

void TestTransport::redirectKeepsToken()
{
    ScriptedServer elsewhere(always);
    ScriptedServer server([&](const WireRequest &) {
        return WireAnswer {.status = 307, .headers = {{"Location", elsewhere.url().toEncoded()}}};
    });
    QnamTransport transport(optionsFor(server));

    const auto reply = outcomeOf(transport.send(get(), token(), this));

    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->status, 307);
    QCOMPARE(elsewhere.connections(), 0);
}

void TestTransport::cookiesAreNotKept()
{
    ScriptedServer server([](const WireRequest &) {
        return WireAnswer {
            .headers = {{"Set-Cookie", "a=b; Path=/"}, {"Cache-Control", "max-age=600"}}};
    });
    QnamTransport transport(optionsFor(server));

    QVERIFY(outcomeOf(transport.send(get(), token(), this)).value());
    QVERIFY(outcomeOf(transport.send(get(), token(), this)).value());

    QCOMPARE(server.seen.size(), 2u);
    QVERIFY(!server.seen.at(1).headers.contains("cookie"));
}

void TestTransport::silence()
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

void TestTransport::silenceDoesNotCutSlowReplies()
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

void TestTransport::endlessReplies_data()
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
void TestTransport::endlessReplies()
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

void TestTransport::tooLarge()
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

void TestTransport::compressed_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("small") << 1000 << true;
    QTest::newRow("just right") << (1 << 20) << true;
    QTest::newRow("one too many") << (1 << 20) + 1 << false;
    QTest::newRow("bomb") << (200 << 20) << false;
}

void TestTransport::compressed()
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

void TestTransport::cutBody_data()
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

void TestTransport::cutBody()
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

void TestTransport::notHttp()
{
    ScriptedServer server(
        [](const WireRequest &) { return WireAnswer {.raw = "220 mail.example ESMTP\r\n"}; });
    QnamTransport transport(optionsFor(server));

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && !*reply);
    QVERIFY(reply->error().kind == ErrorKind::BadReply
            || reply->error().kind == ErrorKind::ConnectionLost);
}

void TestTransport::refusedPort()
{
    TransportOptions options;
    {
        const ScriptedServer gone(always);
        options.base = gone.url();
    }
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(post(Repeat::Never), token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::Offline);
    QCOMPARE(reply->error().what,
             u"127.0.0.1:%1 refused the connection."_s.arg(options.base.port()));
    QVERIFY(!reply->error().remedy.isEmpty());
}

void TestTransport::unknownHost()
{
    TransportOptions options;
    options.base = QUrl(u"https://no-such-host.invalid"_s);
    QnamTransport transport(options);

    const auto reply = outcomeOf(transport.send(get(), token(), this));

    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().kind, ErrorKind::Offline);
    QVERIFY(reply->error().what.contains(u"no-such-host.invalid:443"_s));
}

void TestTransport::neverMoreThanMaximum()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.delay = 80ms}; });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 10;
    QnamTransport transport(options);
    QStringList order;

    int good = 0;
    for (int i = 0; i < 30; ++i) {
        transport.send(get(u"/%1"_s.arg(i)), token(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    QTRY_COMPARE(good, 30);

    QCOMPARE(server.seen.size(), 30u);
    QCOMPARE(server.peak(), 10); // More than Qt's six to a host, and not one too many.
}

void TestTransport::cancelFreesThePlace()
{
    ScriptedServer server([](const WireRequest &request) {
        return WireAnswer {.silent = request.target == "/silent"};
    });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    QnamTransport transport(options);

    Call<HttpReply> *stuck = transport.send(get(u"/silent"_s), token(), this);
    Call<HttpReply> *waiting = transport.send(get(u"/waiting"_s), token(), this);
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    std::optional<Result<HttpReply>> stuckOutcome;
    stuck->onDone(this, [&](const auto &reply) { stuckOutcome.emplace(reply); });
    QTRY_COMPARE(server.seen.size(), 1u);
    waiting->cancel();
    stuck->cancel();

    QVERIFY(outcomeOf(last).value());
    QCOMPARE(stuckOutcome->error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.seen.size(), 2u);
    QCOMPARE(server.seen.at(1).target, "/last");
}

void TestTransport::deletedParentFreesThePlace()
{
    ScriptedServer server([](const WireRequest &request) {
        return WireAnswer {.silent = request.target == "/silent"};
    });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    QnamTransport transport(options);
    auto page = std::make_unique<QObject>();

    (void)transport.send(get(u"/silent"_s), token(), page.get());
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    QTRY_COMPARE(server.seen.size(), 1u);
    page.reset();

    QVERIFY(outcomeOf(last).value());
}

void TestTransport::guards()
{
    ScriptedServer server(always);
    QnamTransport transport(optionsFor(server));
    const auto bad =
        outcomeOf(transport.send(get(), Secret(std::string_view("pat\r\nX-Evil: 1")), this));
    QCOMPARE(bad.value().error().kind, ErrorKind::InvalidInput);
    QVERIFY(!bad->error().sentence().contains(u"pat"_s));
    QVERIFY(server.seen.empty());

    TransportOptions open;
    open.base = QUrl(u"http://portal.example"_s);
    QnamTransport clear(open);
    const auto refused = outcomeOf(clear.send(get(), token(), this));
    QCOMPARE(refused.value().error().kind, ErrorKind::Refused);
}

void TestTransport::transportGoesFirst()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.silent = true}; });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    auto transport = std::make_unique<QnamTransport>(options);
    int cancelled = 0;
    for (int i = 0; i < 3; ++i) {
        transport->send(get(), token(), this)->onDone(this, [&](const auto &reply) {
            cancelled += !reply && reply.error().kind == ErrorKind::Cancelled;
        });
    }
    QTRY_COMPARE(server.seen.size(), 1u);

    transport.reset();

    QTRY_COMPARE(cancelled, 3);
}

/// Everything at once: each call ends once, no create arrives twice, no place is lost.
void TestTransport::storm()
{
    std::minstd_rand random(11);
    ScriptedServer server([&](const WireRequest &) {
        WireAnswer answer {.delay = std::chrono::milliseconds(random() % 20)};
        switch (random() % 6) {
        case 0:
            answer.hangUp = true;
            break;
        case 1:
            answer.cutAfter = 1;
            break;
        case 2:
            answer.silent = random() % 4 == 0;
            break;
        default:
            break;
        }
        return answer;
    });
    TransportOptions options = optionsFor(server);
    options.silence = 300ms;
    QnamTransport transport(options);
    constexpr int requests = 400;
    std::vector<int> outcomes(requests, 0);
    std::vector<std::unique_ptr<QObject>> pages;
    int deleted = 0;

    for (int i = 0; i < requests; ++i) {
        pages.push_back(std::make_unique<QObject>());
        HttpRequest create = post(i % 3 ? Repeat::Never : Repeat::Safe);
        create.path = u"/%1"_s.arg(i);
        auto *call = transport.send(create, token(), pages.back().get());
        call->onDone(this, [&outcomes, i](const auto &) { ++outcomes[size_t(i)]; });
        if (random() % 10 == 0)
            QTimer::singleShot(int(random() % 400), call, [call] { call->cancel(); });
        if (i % 20 == 7) {
            QTimer::singleShot(int(random() % 400), this, [&pages, &deleted, &outcomes, i] {
                deleted += outcomes[size_t(i)] == 0;
                pages[size_t(i)].reset();
            });
        }
    }
    const auto ended = [&] { return std::count(outcomes.begin(), outcomes.end(), 1) + deleted; };
    QTRY_COMPARE_WITH_TIMEOUT(ended(), requests, 30'000);

    QCOMPARE(std::count_if(outcomes.begin(), outcomes.end(), [](int n) { return n > 1; }), 0);
    QHash<QByteArray, int> copies;
    for (const WireRequest &seen : server.seen)
        ++copies[seen.target];
    for (int i = 0; i < requests; ++i) {
        if (i % 3)
            QVERIFY(copies.value('/' + QByteArray::number(i)) <= 1);
    }
    // All ten places are free again.
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    QVERIFY(outcomeOf(last));
}

HUBKEEPER_TEST(TestTransport)
#include "tst_transport.moc"
