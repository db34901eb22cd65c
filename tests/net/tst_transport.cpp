// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "transportrig.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What goes over plain HTTP, and what becomes of it when the connection fails.
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
    void refusedPort();
    void unknownHost();
    void guards();
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
    QTest::qWait(200); // Qt 6.8 connects once more, and must not send on that.
    QCOMPARE(server.seen.size(), 2u);
    QVERIFY(server.connections() <= 2);
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

HUBKEEPER_TEST(TestTransport)
#include "tst_transport.moc"
