// SPDX-License-Identifier: MIT
#include "net/curlline.h"
#include "net/traffic.h"
#include "portal/access/oauth.h"
#include "testkit/replyof.h"
#include "testkit/testprogram.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What is kept of the exchanges, and the line that repeats one.
class TestTraffic : public QObject
{
    Q_OBJECT

private slots:
    void trafficTakesBoundedMemory();
    void hidesSecretBodies();
    void logKeepsTheNewest();
    void curl_data();
    void curl();
    void curlInShell();
};

void TestTraffic::hidesSecretBodies()
{
    const OAuthCredentials app {u"id"_s, Secret(std::string_view("s3cr3t")),
                                Secret(std::string_view("na1-r"))};
    const HttpRequest request = refreshRequest(u"/oauth/v3/token"_s, app);
    const QUrl url = addressOf(request, QUrl(u"https://api.hubapi.com"_s));
    const TrafficRecord hidden =
        recordOf(request, url, replyOf(200, R"({"access_token":"t0k3n"})"));
    QVERIFY(hidden.requestBody.isEmpty() && hidden.requestBodyHidden);
    QVERIFY(hidden.replyBody.isEmpty() && hidden.replyBodyHidden);
    QCOMPARE(hidden.replySize, 24);
    QVERIFY(!hidden.secretHeader);

    HttpRequest open;
    open.verb = Verb::Post;
    open.body = "{}";
    const TrafficRecord shown = recordOf(
        open, url,
        replyOf(200, QByteArray(300 << 10, 'x'), {{"x-hubspot-ratelimit-remaining", "7"}}));
    QCOMPARE(shown.requestBody, "{}");
    QCOMPARE(shown.replyBody.size(), 256 << 10);
    QCOMPARE(shown.replySize, 300 << 10);
    QCOMPARE(shown.windowRemaining, 7);
    QCOMPARE(shown.dailyRemaining, -1);
}

void TestTraffic::trafficTakesBoundedMemory()
{
    TrafficLog log;
    log.setKeepsBodies(true);
    TrafficRecord large;
    large.bodiesKept = true;
    large.replyBody = QByteArray(1 << 20, 'x');
    for (int i = 0; i < 40; ++i)
        log.add(large);
    QCOMPARE(log.records().size(), size_t(40)); // The calls stay, the older bodies go.
    QCOMPARE(log.records().back().number, 40);
    QVERIFY(log.records().front().replyBody.isEmpty());
    const auto kept = std::count_if(log.records().begin(), log.records().end(),
                                    [](const TrafficRecord &one) { return one.bodiesKept; });
    QCOMPARE(int(kept), 8);
    log.clear();
    log.add(large);
    QCOMPARE(log.records().size(), size_t(1));
}

void TestTraffic::logKeepsTheNewest()
{
    TrafficLog log(2);
    QSignalSpy added(&log, &TrafficLog::added);
    QSignalSpy cleared(&log, &TrafficLog::cleared);
    for (int i = 0; i < 3; ++i)
        log.add({});
    QCOMPARE(log.records().size(), 2u);
    QCOMPARE(log.records().front().number, 2);
    QCOMPARE(added.size(), 3);
    QCOMPARE(added.at(1).at(0).toInt(), 0);
    QCOMPARE(added.at(2).at(0).toInt(), 1);
    log.clear();
    QCOMPARE(cleared.size(), 1);
    log.add({});
    QCOMPARE(log.records().front().number, 4);
}

void TestTraffic::curl_data()
{
    QTest::addColumn<TrafficRecord>("record");
    QTest::addColumn<QString>("line");
    TrafficRecord get;
    get.url = u"https://api.hubapi.com/crm/v3/objects/contacts?limit=100"_s;
    QTest::newRow("get")
        << get
        << u"curl --globoff --request GET 'https://api.hubapi.com/crm/v3/objects/contacts?limit=100' --header \"Authorization: Bearer $HUBSPOT_TOKEN\""_s;
    TrafficRecord post = get;
    post.verb = Verb::Post;
    post.contentType = "application/json";
    post.requestBody = R"({"name":"O'Hara $HOME `id` \"x\""})";
    QTest::newRow("quotes")
        << post
        << u"curl --globoff --request POST 'https://api.hubapi.com/crm/v3/objects/contacts?limit=100' --header \"Authorization: Bearer $HUBSPOT_TOKEN\" --header 'Content-Type: application/json' --data-raw '{\"name\":\"O'\\''Hara $HOME `id` \\\"x\\\"\"}'"_s;
    TrafficRecord secret = post;
    secret.requestBody.clear();
    secret.requestBodyHidden = true;
    secret.secretHeader.reset();
    QTest::newRow("hidden")
        << secret
        << u"curl --globoff --request POST 'https://api.hubapi.com/crm/v3/objects/contacts?limit=100' --header 'Content-Type: application/json' --data-binary @-"_s;
}

void TestTraffic::curl()
{
    QFETCH(TrafficRecord, record);
    QFETCH(QString, line);
    QCOMPARE(curlLine(record), line);
}

/// What a shell makes of the line, with a function in place of curl.
void TestTraffic::curlInShell()
{
#ifdef Q_OS_WIN
    QSKIP("The line is for POSIX shells.");
#endif
    TrafficRecord record;
    record.verb = Verb::Patch;
    record.url = u"https://api.hubapi.com/a%20b?c=[1]&d={2}"_s;
    record.contentType = "application/json";
    record.requestBody = "{\"a\":\"it's $HOME `x` \\n ; rm -rf | & # \xc3\xbc\n\"}";
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HUBSPOT_TOKEN"_s, u"t-1 'x"_s);
    shell.setProcessEnvironment(environment);
    shell.start(u"sh"_s, {u"-c"_s, u"curl() { printf '%s\\0' \"$@\"; }; "_s + curlLine(record)});
    QVERIFY(shell.waitForFinished());

    const QList<QByteArray> expected {"--globoff",
                                      "--request",
                                      "PATCH",
                                      record.url.toUtf8(),
                                      "--header",
                                      "Authorization: Bearer t-1 'x",
                                      "--header",
                                      "Content-Type: application/json",
                                      "--data-raw",
                                      record.requestBody,
                                      ""};
    QCOMPARE(shell.readAllStandardOutput().split('\0'), expected);
}

HUBKEEPER_TEST(TestTraffic)
#include "tst_traffic.moc"
