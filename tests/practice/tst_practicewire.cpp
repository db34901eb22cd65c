// SPDX-License-Identifier: MIT
#include "practice/data/isotime.h"
#include "practice/server/practicethread.h"
#include "practice/state/fault.h"
#include "practice/wire/loopbackserver.h"
#include "rawclient.h"
#include "testkit/testprogram.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSslError>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

Q_DECLARE_METATYPE(FaultKind)

/// The server, byte by byte, and every fault with what the client sees and what was stored.
class TestPracticeWire : public QObject
{
    Q_OBJECT

private slots:
    void readsRequests_data();
    void readsRequests();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void answersAPipelineInOrder();
    void asksForTheBody();
    void keepsConnections();
    void listensOnBothLoopbacks();
    void speaksTls();
    void refusesABadKey();
    void readsTimes_data();
    void readsTimes();
    void readsFaults_data();
    void readsFaults();
    void faultsOnACreate_data();
    void faultsOnACreate();
    void hitsTheNthMatch();
    void qtSendsTwiceAndBothAreCounted();
    void runsInAThread();
};

void TestPracticeWire::readsRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");

    QTest::newRow("length") << QByteArray("POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")
                            << QByteArray("abc");
    QTest::newRow("chunks") << QByteArray("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          "2\r\nab\r\n1;ext=1\r\nc\r\n0\r\nTrailer: 1\r\n\r\n")
                            << QByteArray("abc");
    QTest::newRow("none") << QByteArray("GET /x HTTP/1.0\r\n\r\n") << QByteArray();
    QTest::newRow("absolute target")
        << QByteArray("GET http://localhost/x HTTP/1.1\r\n\r\n") << QByteArray();
}

void TestPracticeWire::readsRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    RequestReader reader {WireLimits()};

    // Byte by byte, so that every cut of the stream is tried.
    std::optional<Received> request;
    for (const char byte : bytes) {
        QVERIFY(!request);
        reader.feed(QByteArray(1, byte));
        request = reader.take();
    }

    QVERIFY(request);
    QCOMPARE(request->path, QByteArray("/x"));
    QCOMPARE(request->body, body);
    QCOMPARE(reader.wireError(), 0);
}

void TestPracticeWire::refusesBadRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");

    QTest::newRow("no request") << QByteArray("hello\r\n\r\n") << 400;
    QTest::newRow("old version") << QByteArray("GET / HTTP/0.9\r\n\r\n") << 505;
    QTest::newRow("long target") << "GET /" + QByteArray(16'001, 'a') + " HTTP/1.1\r\n\r\n" << 414;
    QTest::newRow("endless target") << "GET /" + QByteArray(70'000, 'a') << 414;
    QTest::newRow("long head") << "GET / HTTP/1.1\r\nA: " + QByteArray(70'000, 'a') << 431;
    QTest::newRow("bad header") << QByteArray("GET / HTTP/1.1\r\nnonsense\r\n\r\n") << 400;
    QTest::newRow("bad length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n")
                                << 400;
    QTest::newRow("negative") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
    QTest::newRow("large body") << QByteArray(
        "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")
                                << 413;
    QTest::newRow("two lengths") << QByteArray(
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
                                 << 400;
    QTest::newRow("bad chunk") << QByteArray(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
                               << 400;
    QTest::newRow("large chunk") << QByteArray(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n")
                                 << 413;
    QTest::newRow("other coding") << QByteArray(
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n")
                                  << 501;
}

void TestPracticeWire::refusesBadRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    LoopbackServer server([](const Received &) { return Answer(); });
    QVERIFY(server.listen({}));

    const RawReply reply = exchange(server.port(), bytes);

    QCOMPARE(reply.status, status);
    QVERIFY(reply.closed);
}

void TestPracticeWire::answersAPipelineInOrder()
{
    LoopbackServer server([](const Received &request) {
        Answer answer;
        answer.body = request.path;
        if (request.path == "/slow")
            answer.delivery.delay = std::chrono::milliseconds(50);
        return answer;
    });
    QVERIFY(server.listen({}));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    socket.write("GET /slow HTTP/1.1\r\n\r\nGET /quick HTTP/1.1\r\nConnection: close\r\n\r\n");
    QByteArray all;
    QTRY_VERIFY((all += socket.readAll()).endsWith("/quick"));

    QVERIFY(all.indexOf("/slow") < all.indexOf("/quick"));
}

void TestPracticeWire::asksForTheBody()
{
    LoopbackServer server([](const Received &request) {
        Answer answer;
        answer.body = request.body;
        return answer;
    });
    QVERIFY(server.listen({}));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());

    socket.write("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QByteArray all;
    QTRY_VERIFY((all += socket.readAll()).startsWith("HTTP/1.1 100 Continue\r\n\r\n"));
    socket.write("ok");

    QTRY_VERIFY((all += socket.readAll()).endsWith("\r\n\r\nok"));
}

void TestPracticeWire::keepsConnections()
{
    PortalFixture fixture;
    QNetworkAccessManager manager;
    for (int i = 0; i < 3; ++i) {
        QNetworkRequest request(fixture.portal.url().resolved(QUrl(u"/account-info/v3/details"_s)));
        request.setRawHeader("Authorization", "Bearer " + fixture.token);
        const std::unique_ptr<QNetworkReply> reply(manager.get(request));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
    }

    QCOMPARE(fixture.portal.connectionsSeen(), 1);
}

void TestPracticeWire::listensOnBothLoopbacks()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress(QHostAddress::LocalHostIPv6)))
        QSKIP("this machine has no ::1");
    LoopbackServer server([](const Received &) { return Answer(); });
    LoopbackOptions options;
    options.ipv6 = true;
    QVERIFY(server.listen(options));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), server.port());
    socket.write("GET / HTTP/1.1\r\n\r\n");

    QByteArray all;
    QTRY_VERIFY((all += socket.readAll()).startsWith("HTTP/1.1 200"));
    LoopbackServer second([](const Received &) { return Answer(); });
    options.port = server.port();
    QVERIFY(!second.listen(options));
}

void TestPracticeWire::speaksTls()
{
    QTemporaryDir folder;
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                   u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                   u"/CN=localhost"_s, u"-keyout"_s, folder.filePath(u"key.pem"_s), u"-out"_s,
                   folder.filePath(u"cert.pem"_s)});
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        QSKIP("openssl is not there to make a certificate");
    PracticeOptions options = PortalFixture::small();
    options.certificatePath = folder.filePath(u"cert.pem"_s);
    options.keyPath = folder.filePath(u"key.pem"_s);
    PortalFixture fixture(options);
    QCOMPARE(fixture.portal.url().scheme(), u"https"_s);

    QNetworkAccessManager manager;
    QNetworkRequest request(fixture.portal.url().resolved(QUrl(u"/account-info/v3/details"_s)));
    request.setRawHeader("Authorization", "Bearer " + fixture.token);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    reply->ignoreSslErrors();
    QTRY_VERIFY(reply->isFinished());

    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QVERIFY(reply->readAll().contains("portalId"));
}

void TestPracticeWire::refusesABadKey()
{
    LoopbackServer server([](const Received &) { return Answer(); });
    LoopbackOptions options;
    options.certificatePath = u"/nowhere/cert.pem"_s;
    options.keyPath = u"/nowhere/key.pem"_s;

    const auto listening = server.listen(options);

    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, ErrorKind::InvalidInput);

    options.certificatePath = u"/dev/zero"_s; // Without an end.
    QCOMPARE(server.listen(options).error().kind, ErrorKind::InvalidInput);
}

void TestPracticeWire::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso"); // Empty: refused.

    QTest::newRow("day") << u"2026-11-23"_s << u"2026-11-23T00:00:00.000Z"_s;
    QTest::newRow("full") << u"2026-11-23T10:20:30.123Z"_s << u"2026-11-23T10:20:30.123Z"_s;
    QTest::newRow("short") << u"2026-11-23T10:20Z"_s << u"2026-11-23T10:20:00.000Z"_s;
    QTest::newRow("zone") << u"2026-11-23T00:20:30+01:30"_s << u"2026-11-22T22:50:30.000Z"_s;
    QTest::newRow("micro") << u"2026-11-23T10:20:30.123456Z"_s << u"2026-11-23T10:20:30.123Z"_s;
    QTest::newRow("epoch") << u"1772323200000"_s << u"2026-03-01T00:00:00.000Z"_s;
    QTest::newRow("before 1970") << u"-1"_s << u"1969-12-31T23:59:59.999Z"_s;
    QTest::newRow("leap day") << u"2024-02-29"_s << u"2024-02-29T00:00:00.000Z"_s;
    QTest::newRow("no leap day") << u"2026-02-29"_s << QString();
    QTest::newRow("no zone") << u"2026-11-23T10:20:30"_s << QString();
    QTest::newRow("hour 24") << u"2026-11-23T24:00:00Z"_s << QString();
    QTest::newRow("words") << u"tomorrow"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestPracticeWire::readsTimes()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);

    const auto instant = readInstant(text);

    QCOMPARE(instant ? isoText(*instant) : QString(), iso);
    if (instant) {
        QCOMPARE(QDateTime::fromString(iso, Qt::ISODateWithMs).toMSecsSinceEpoch(), *instant);
    }
}

void TestPracticeWire::readsFaults_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");

    QTest::newRow("short") << u"closeAfterWork,method=POST,path=/contacts$,nth=7"_s << true;
    QTest::newRow("json") << uR"({"kind":"status","status":502,"times":-1})"_s << true;
    QTest::newRow("pause") << u"delay,pauseMs=250"_s << true;
    QTest::newRow("no kind") << u"method=POST"_s << false;
    QTest::newRow("unknown kind") << u"explode"_s << false;
    QTest::newRow("unknown member") << u"delay,colour=red"_s << false;
    QTest::newRow("bad number") << u"delay,nth=0"_s << false;
    QTest::newRow("bad status") << u"status,status=42"_s << false;
    QTest::newRow("bad pattern") << u"delay,path=("_s << false;
    QTest::newRow("bad json") << u"{\"kind\""_s << false;
}

void TestPracticeWire::readsFaults()
{
    QFETCH(QString, text);
    QFETCH(bool, good);

    const auto fault = faultFromText(text);

    QVERIFY(faultNames().contains(u"closeAfterWork"_s));
    QCOMPARE(fault.has_value(), good);
    if (!good)
        QCOMPARE(fault.error().kind, ErrorKind::InvalidInput);
}

void TestPracticeWire::faultsOnACreate_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<int>("status"); // 0: nothing came.
    QTest::addColumn<bool>("closed");
    QTest::addColumn<bool>("stored");
    QTest::addColumn<QByteArray>("mark"); // Found in the body.

    const auto row = [](FaultKind kind, int status, bool closed, bool stored,
                        const QByteArray &mark = {}) {
        QTest::newRow(qPrintable(nameOf(kind))) << kind << status << closed << stored << mark;
    };
    row(FaultKind::Delay, 201, true, true, "createdate");
    row(FaultKind::CloseBeforeWork, 0, true, false);
    row(FaultKind::CloseAfterWork, 0, true, true);
    row(FaultKind::ResetBeforeWork, 0, true, false);
    row(FaultKind::ResetAfterWork, 0, true, true);
    row(FaultKind::SilenceBeforeWork, 0, false, false);
    row(FaultKind::SilenceAfterWork, 0, false, true);
    row(FaultKind::CutBody, 201, true, true);
    row(FaultKind::BrokenJson, 201, true, true);
    row(FaultKind::SlowBody, 201, true, true, "createdate");
    row(FaultKind::EndlessBody, 201, false, true);
    row(FaultKind::WrongShape, 200, true, true, "none");
    row(FaultKind::PlainText, 200, true, true, "All is well");
    row(FaultKind::UnknownFields, 201, true, true, "zzNew");
    row(FaultKind::Status, 502, true, false, "<html>");
    row(FaultKind::StatusAfterWork, 502, true, true, "<html>");
    row(FaultKind::StatusJson, 502, true, false, "correlationId");
    row(FaultKind::EmptyNotFound, 404, true, false);
    row(FaultKind::Locked, 423, true, false, "locked");
    row(FaultKind::Moving, 477, true, false, "moved");
    row(FaultKind::Unauthorized, 401, true, false, "EXPIRED_AUTHENTICATION");
    row(FaultKind::RateTenSecondly, 429, true, false, "TEN_SECONDLY_ROLLING");
    row(FaultKind::RateSecondly, 429, true, false, "secondly limit");
    row(FaultKind::RateDaily, 429, true, false, "DAILY");
}

void TestPracticeWire::faultsOnACreate()
{
    QFETCH(FaultKind, kind);
    QFETCH(int, status);
    QFETCH(bool, closed);
    QFETCH(bool, stored);
    QFETCH(QByteArray, mark);
    PortalFixture fixture;
    Fault fault;
    fault.kind = kind;
    fault.status = 502;
    fault.pause = std::chrono::milliseconds(kind == FaultKind::Moving ? 5000 : 20);
    fixture.portal.addFault(fault);
    const int before = fixture.portal.liveCount(ObjectType::Contact);

    const RawReply reply = fixture.ask("POST", "/crm/v3/objects/contacts",
                                       R"({"properties":{"email":"fault@example.com"}})", 400);

    QCOMPARE(reply.status, status);
    QCOMPARE(reply.closed, closed);
    QVERIFY2(reply.body.contains(mark), reply.body.constData());
    QCOMPARE(fixture.portal.liveCount(ObjectType::Contact) - before, stored ? 1 : 0);
    QCOMPARE(fixture.portal.log().count("POST", "/crm/v3/objects/contacts"), 1);
    const LoggedRequest logged = fixture.portal.log().requests().constLast();
    QCOMPARE(logged.worked, stored);
    QCOMPARE(logged.fault, nameOf(kind));
    if (kind == FaultKind::Moving)
        QCOMPARE(reply.headers.value("retry-after"), QByteArray("5"));
    if (kind == FaultKind::CutBody || kind == FaultKind::BrokenJson)
        QVERIFY(!reply.body.isEmpty() && reply.json().isEmpty());
    // The next one is sound again.
    QCOMPARE(fixture.get("/crm/v3/objects/contacts?limit=1").status, 200);
}

void TestPracticeWire::hitsTheNthMatch()
{
    PortalFixture fixture;
    fixture.portal.addFault(
        *faultFromText(u"status,status=503,method=GET,path=/owners$,nth=2,times=2"));

    QList<int> seen;
    for (int i = 0; i < 4; ++i) {
        (void)fixture.get("/account-info/v3/details");
        seen.append(fixture.get("/crm/v3/owners").status);
    }

    QCOMPARE(seen, (QList<int> {200, 503, 503, 200}));
    fixture.portal.addFault(*faultFromText(u"unauthorized,nth=2,times=-1"));
    QCOMPARE(fixture.get("/crm/v3/owners").status, 200);
    QCOMPARE(fixture.get("/crm/v3/owners").status, 401);
    QCOMPARE(fixture.get("/crm/v3/owners").status, 401);
}

void TestPracticeWire::qtSendsTwiceAndBothAreCounted()
{
    // Why creates need care (hubspot-api 12.4): the manager repeats a POST by itself.
    PortalFixture fixture;
    fixture.portal.addFault(*faultFromText(u"closeBeforeWork,method=POST,times=-1"));
    QNetworkAccessManager manager;
    QNetworkRequest request(fixture.portal.url().resolved(QUrl(u"/crm/v3/objects/contacts"_s)));
    request.setRawHeader("Authorization", "Bearer " + fixture.token);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(manager.post(request, QByteArray("{}")));
    QTRY_VERIFY(reply->isFinished());

    QCOMPARE(reply->error(), QNetworkReply::RemoteHostClosedError);
    QVERIFY(fixture.portal.log().count("POST", "/crm/v3/objects/contacts") >= 2);
}

void TestPracticeWire::runsInAThread()
{
    PracticeOptions options = PortalFixture::small();
    options.control = true;
    PracticeThread thread(options);
    QVERIFY(thread.start());
    QVERIFY(!thread.controlToken().isEmpty());

    // This thread blocks; the portal answers all the same.
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(thread.url().port()));
    QVERIFY(socket.waitForConnected());
    socket.write("GET /crm/v3/owners HTTP/1.1\r\nConnection: close\r\n\r\n");
    QByteArray all;
    while (socket.waitForReadyRead(2000))
        all += socket.readAll();

    QVERIFY(all.startsWith("HTTP/1.1 401"));
    QCOMPARE(thread.inPortal([](PracticePortal &portal) { return portal.log().total(); }),
             quint64(1));

    PracticeOptions taken = options;
    taken.port = static_cast<quint16>(thread.url().port());
    PracticeThread second(taken);
    QCOMPARE(second.start().error().kind, ErrorKind::Offline);
}

HUBKEEPER_TEST(TestPracticeWire)
#include "tst_practicewire.moc"
