// SPDX-License-Identifier: MIT
#include "net/curlline.h"
#include "net/oauth.h"
#include "net/ratebudget.h"
#include "net/retry.h"
#include "net/traffic.h"
#include "testkit/manualclock.h"
#include "testkit/secretoutcome.h"

#include <QProcess>
#include <QSignalSpy>
#include <QUrlQuery>

#include <algorithm>
#include <random>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

HttpReply replyOf(int status, const QByteArray &body, QHash<QByteArray, QByteArray> headers = {})
{
    return {status, std::move(headers), body};
}

Error errorOf(ErrorKind kind, int status = 0)
{
    Error error;
    error.kind = kind;
    error.httpStatus = status;
    return error;
}

} // namespace

/// The pure rules: when to repeat, what a reply means, how fast to go, what to show.
class TestNetRules : public QObject
{
    Q_OBJECT

private slots:
    void pause_data();
    void pause();
    void pauseIsSpread();
    void policy_data();
    void policy();
    void kinds_data();
    void kinds();
    void validationErrors();
    void validationInText();
    void conditionalNamesAll();
    void existingId_data();
    void existingId();
    void missingScopes();
    void oauthErrors_data();
    void oauthErrors();
    void foreignBodies_data();
    void foreignBodies();
    void longAndSecretTexts();
    void retryAfter_data();
    void retryAfter();

    void neverMoreThanPermits();
    void budgetUsesItsWindow();
    void searchIsSlower();
    void holdStopsTheFamily();
    void learnsTheWindow();
    void slowsDownNearTheEnd();
    void usesAllOfItAlone();
    void trafficTakesBoundedMemory();
    void leavesWhatOthersUse();
    void reserveIsLeft();
    void windowsShareABudget();
    void badHeadersAreIgnored();
    void closesForAWhile();

    void tokenRequests();
    void tokenGrants_data();
    void tokenGrants();
    void hidesSecretBodies();
    void logKeepsTheNewest();
    void curl_data();
    void curl();
    void curlInShell();
};

void TestNetRules::pause_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<RatePolicy>("policy");
    QTest::addColumn<Repeat>("repeat");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QList<int>>("pauses"); // In milliseconds, before attempts 2, 3, ...

    const QString path = u"/crm/v3/objects/contacts"_s;
    const auto row = [&](const char *name, const Error &error, RatePolicy policy, Repeat repeat,
                         const QList<int> &pauses, const QString &where = {}) {
        QTest::newRow(name) << error << policy << repeat << (where.isEmpty() ? path : where)
                            << pauses;
    };
    using K = ErrorKind;
    constexpr auto none = RatePolicy::Unknown;
    constexpr auto safe = Repeat::Safe;
    constexpr auto never = Repeat::Never;
    const QList<int> broken {500, 1000, 2000, 4000};
    const QList<int> secondly {1000, 2000, 3000, 4000, 5000};
    row("429 a second", errorOf(K::RateLimited, 429), RatePolicy::Secondly, safe, secondly);
    row("429 a second, create", errorOf(K::RateLimited, 429), RatePolicy::Secondly, never,
        secondly);
    row("429 ten seconds", errorOf(K::RateLimited, 429), RatePolicy::TenSecondlyRolling, never,
        {10000, 10000, 10000, 10000});
    row("429 day", errorOf(K::RateLimited, 429), RatePolicy::Daily, safe, {});
    row("429 without a name", errorOf(K::RateLimited, 429), none, safe, secondly);
    row("423", errorOf(K::ServerFault, 423), none, safe, {2000, 4000, 8000});
    row("423, create", errorOf(K::ServerFault, 423), none, never, {2000, 4000, 8000});
    row("477", errorOf(K::ServerFault, 477), none, safe, {});
    for (const int status : {500, 502, 503, 504, 520, 521, 522, 523, 524}) {
        row(qPrintable(u"%1"_s.arg(status)), errorOf(K::ServerFault, status), none, safe, broken);
        row(qPrintable(u"%1, create"_s.arg(status)), errorOf(K::ServerFault, status), none, never,
            {});
    }
    for (const int status : {501, 505, 525, 526})
        row(qPrintable(u"%1"_s.arg(status)), errorOf(K::ServerFault, status), none, safe, {});
    row("time-out", errorOf(K::TimedOut), none, safe, broken);
    row("time-out, create", errorOf(K::TimedOut), none, never, {});
    row("broken connection", errorOf(K::ConnectionLost), none, safe, broken);
    row("broken connection, create", errorOf(K::ConnectionLost), none, never, {});
    row("broken connection, upsert", errorOf(K::ConnectionLost), none, safe, {500, 1000, 2000},
        path + u"/batch/upsert"_s);
    row("not connected", errorOf(K::Offline), none, safe, {500, 1000});
    row("not connected, create", errorOf(K::Offline), none, never, {500, 1000});
    for (const K kind :
         {K::Cancelled, K::Untrusted, K::OutcomeUnknown, K::Unauthorized, K::Forbidden, K::NotFound,
          K::Conflict, K::Rejected, K::BadReply, K::Refused, K::InvalidInput})
        row(qPrintable(nameOf(kind)), errorOf(kind), none, safe, {});
    Error told = errorOf(K::RateLimited, 429);
    told.retryAfter = 7s;
    row("429 says how long", told, RatePolicy::Secondly, never, {7000, 7000, 7000, 7000, 7000});
    told.retryAfter = 61s;
    row("429 says too long", told, RatePolicy::Secondly, safe, {});
    told = errorOf(K::ServerFault, 503);
    told.retryAfter = 3s;
    row("503 says how long", told, none, safe, {3000, 3000, 3000, 4000});
    row("503 says how long, create", told, none, never, {});
}

void TestNetRules::pause()
{
    QFETCH(Error, error);
    QFETCH(RatePolicy, policy);
    QFETCH(Repeat, repeat);
    QFETCH(QString, path);
    QFETCH(QList<int>, pauses);
    HttpRequest request;
    request.repeat = repeat;
    request.path = path;

    QList<int> found;
    for (int next = 2; next < 20; ++next) {
        const auto one = pauseBefore(next, error, policy, request, 0);
        if (!one)
            break;
        found << int(one->count());
    }
    QCOMPARE(found, pauses);
}

void TestNetRules::pauseIsSpread()
{
    const HttpRequest request;
    const auto most = [&](const Error &error, RatePolicy policy) {
        return int(pauseBefore(2, error, policy, request, 1).value().count());
    };
    QCOMPARE(most(errorOf(ErrorKind::RateLimited, 429), RatePolicy::Secondly), 1250);
    QCOMPARE(most(errorOf(ErrorKind::RateLimited, 429), RatePolicy::TenSecondlyRolling), 10500);
    QCOMPARE(most(errorOf(ErrorKind::ServerFault, 500), RatePolicy::Unknown), 625);
    QCOMPARE(pauseBefore(2, errorOf(ErrorKind::TimedOut), RatePolicy::Unknown, request, 7).value(),
             625ms);
}

void TestNetRules::policy_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RatePolicy>("policy");
    QTest::newRow("ten seconds") << QByteArray(R"({"policyName":"TEN_SECONDLY_ROLLING"})")
                                 << RatePolicy::TenSecondlyRolling;
    QTest::newRow("second") << QByteArray(R"({"policyName":"SECONDLY"})") << RatePolicy::Secondly;
    QTest::newRow("day") << QByteArray(R"({"policyName":"DAILY"})") << RatePolicy::Daily;
    QTest::newRow("words, ten") << QByteArray(
        R"({"message":"You have reached your ten_secondly_rolling limit."})")
                                << RatePolicy::TenSecondlyRolling;
    QTest::newRow("words, second")
        << QByteArray(R"({"message":"You have reached your secondly limit."})")
        << RatePolicy::Secondly;
    QTest::newRow("words, day") << QByteArray(R"({"message":"You have reached your daily limit."})")
                                << RatePolicy::Daily;
    QTest::newRow("name before words")
        << QByteArray(R"({"policyName":"SECONDLY","message":"your daily limit"})")
        << RatePolicy::Secondly;
    QTest::newRow("html") << QByteArray("<html>") << RatePolicy::Unknown;
    QTest::newRow("nothing") << QByteArray() << RatePolicy::Unknown;
}

void TestNetRules::policy()
{
    QFETCH(QByteArray, body);
    QFETCH(RatePolicy, policy);
    QCOMPARE(ratePolicyOf(replyOf(429, body)), policy);
}

void TestNetRules::kinds_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    using K = ErrorKind;
    const std::initializer_list<std::pair<int, K>> rows {
        {302, K::BadReply},    {304, K::BadReply},    {400, K::Rejected},    {401, K::Unauthorized},
        {403, K::Forbidden},   {404, K::NotFound},    {409, K::Conflict},    {410, K::NotFound},
        {414, K::Rejected},    {415, K::Rejected},    {418, K::Rejected},    {423, K::ServerFault},
        {429, K::RateLimited}, {477, K::ServerFault}, {500, K::ServerFault}, {503, K::ServerFault},
        {526, K::ServerFault},
    };
    for (const auto &[status, kind] : rows)
        QTest::addRow("%d", status) << status << kind;
}

void TestNetRules::kinds()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    const QByteArray said =
        R"({"status":"error","message":"Words","category":"SOME","correlationId":"c-1"})";
    for (const QByteArray &body : {said, QByteArray(), QByteArray("<html></html>"),
                                   QByteArray("[1,2]"), QByteArray("\xff\xfe{")}) {
        const Error error = errorFrom(replyOf(status, body, {{"x-hubspot-correlation-id", "h-1"}}));
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.httpStatus, status);
        QVERIFY(!error.what.isEmpty());
        QCOMPARE(error.correlationId, body == said ? u"c-1"_s : u"h-1"_s);
    }
    if (status >= 400)
        QCOMPARE(errorFrom(replyOf(status, said)).what, u"Words."_s);
}

void TestNetRules::validationErrors()
{
    // Both forms at once: errors[] counts (hubspot-api 8.3).
    const Error error = errorFrom(replyOf(400, R"json({"status":"error",
        "category":"VALIDATION_ERROR","correlationId":"6e22ef40",
        "message":"Property values were not valid: [{\"isValid\":false,\"message\":\"old\",\"error\":\"OLD\",\"name\":\"bar\"}]",
        "errors":[{"message":"Property \"foo\" does not exist","code":"PROPERTY_DOESNT_EXIST",
                   "context":{"propertyName":["foo"]}},
                  {"message":"x was not a valid long","code":"INVALID_LONG",
                   "context":{"propertyName":["size"]}},
                  {"message":"no name"}]})json"));

    const QList<FieldFault> expected {
        {u"foo"_s, u"PROPERTY_DOESNT_EXIST"_s, u"Property \"foo\" does not exist"_s},
        {u"size"_s, u"INVALID_LONG"_s, u"x was not a valid long"_s}};
    QCOMPARE(error.kind, ErrorKind::Rejected);
    QCOMPARE(error.category, u"VALIDATION_ERROR"_s);
    QCOMPARE(error.fields, expected);
    QCOMPARE(
        error.what,
        u"Property values were not valid: Property \"foo\" does not exist; x was not a valid long."_s);
}

void TestNetRules::validationInText()
{
    const Error error = errorFrom(replyOf(400, R"json({"status":"error",
        "category":"VALIDATION_ERROR",
        "message":"Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"foo\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"foo\",\"portalId\":1}]"})json"));
    QCOMPARE(error.fields.size(), 1);
    QCOMPARE(
        error.fields.first(),
        (FieldFault {u"foo"_s, u"PROPERTY_DOESNT_EXIST"_s, u"Property \"foo\" does not exist"_s}));

    const Error cut = errorFrom(replyOf(
        400, R"({"message":"Property values were not valid: [{\"name\":\"foo\", and no more"})"));
    QVERIFY(cut.fields.isEmpty());
    QVERIFY(cut.what.startsWith(u"Property values were not valid"_s));
}

void TestNetRules::conditionalNamesAll()
{
    const Error error = errorFrom(replyOf(400, R"({"message":"m","errors":[{"message":"needed",
        "code":"MISSING_CONDITIONAL_REQUIRED_PROPERTY","context":{"propertyName":["a","b"]}}]})"));
    QCOMPARE(error.fields.size(), 2);
    QCOMPARE(error.fields.last().property, u"b"_s);
}

void TestNetRules::existingId_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("message") << QByteArray(
        R"({"message":"Contact already exists. Existing ID: 512"})")
                             << u"512"_s;
    QTest::newRow("among errors") << QByteArray(
        R"({"message":"Conflict","errors":[{"message":"a"},{"message":"existing id 77"}]})")
                                  << u"77"_s;
    QTest::newRow("none") << QByteArray(R"({"message":"Conflict in 5 rows"})") << QString();
    QTest::newRow("no number") << QByteArray(R"({"message":"Existing ID: abc"})") << QString();
}

void TestNetRules::existingId()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    QCOMPARE(errorFrom(replyOf(409, body)).existingId, id);
}

void TestNetRules::missingScopes()
{
    const Error error = errorFrom(replyOf(403, R"({"status":"error","category":"MISSING_SCOPES",
        "message":"This app hasn't been granted all required scopes to make this call.",
        "errors":[{"message":"One or more of the following scopes are required.",
          "context":{"requiredGranularScopes":["crm.objects.contacts.write","crm.objects.contacts.write","x.y"]}}]})"));
    QCOMPARE(error.kind, ErrorKind::Forbidden);
    QCOMPARE(error.missingScopes, QStringList({u"crm.objects.contacts.write"_s, u"x.y"_s}));
    QVERIFY(error.remedy.contains(u"crm.objects.contacts.write, x.y"_s));
    QVERIFY(error.fields.isEmpty());
}

void TestNetRules::oauthErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("category");
    QTest::addColumn<QString>("remedy");
    QTest::newRow("refresh token") << QByteArray(
        R"({"error":"invalid_grant","error_description":"refresh token is invalid","status":"BAD_REFRESH_TOKEN","message":"refresh token is invalid, expired or revoked"})")
                                   << u"BAD_REFRESH_TOKEN"_s << u"connect again"_s;
    QTest::newRow("v1") << QByteArray(R"({"status":"BAD_CLIENT_ID","message":"m"})")
                        << u"BAD_CLIENT_ID"_s << u"Auth page"_s;
    QTest::newRow("only the standard")
        << QByteArray(R"({"error":"invalid_grant","error_description":"d"})") << u"invalid_grant"_s
        << u"connect again"_s;
    QTest::newRow("code") << QByteArray(R"({"status":"EXPIRED_AUTH_CODE"})")
                          << u"EXPIRED_AUTH_CODE"_s << u"start again"_s;
    QTest::newRow("redirect") << QByteArray(R"({"status":"MISMATCH_REDIRECT_URI_AUTH_CODE"})")
                              << u"MISMATCH_REDIRECT_URI_AUTH_CODE"_s << u"redirect"_s;
}

void TestNetRules::oauthErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, category);
    QFETCH(QString, remedy);
    const Error error = errorFrom(replyOf(400, body));
    QCOMPARE(error.kind, ErrorKind::Unauthorized);
    QCOMPARE(error.category, category);
    QVERIFY2(error.remedy.contains(remedy), qPrintable(error.remedy));
    QVERIFY(!error.what.isEmpty());
}

void TestNetRules::foreignBodies_data()
{
    QTest::addColumn<HttpReply>("reply");
    QTest::addColumn<QString>("what");
    QTest::newRow("html") << replyOf(502,
                                     "<html><head><title>502 Bad\n Gateway</title></head></html>",
                                     {{"content-type", "text/html"}})
                          << u"HTTP 502: 502 Bad Gateway."_s;
    QTest::newRow("html without title")
        << replyOf(524, "<!doctype html><p>x") << u"HTTP 524 without an explanation."_s;
    QTest::newRow("empty") << replyOf(404, "") << u"HTTP 404 without an explanation."_s;
    QTest::newRow("text") << replyOf(503, "upstream  down\n") << u"HTTP 503: upstream down."_s;
    QTest::newRow("redirect")
        << replyOf(302, "", {{"location", "https://login.example/a?token=s3cr3t"}})
        << u"The server answered with a redirect (HTTP 302) to login.example, which HubSpot's API never does."_s;
}

void TestNetRules::foreignBodies()
{
    QFETCH(HttpReply, reply);
    QFETCH(QString, what);
    QCOMPARE(errorFrom(reply).what, what);
}

void TestNetRules::longAndSecretTexts()
{
    const QByteArray text = "Bearer abc123def pat-na1-00000000-1111 " + QByteArray(5000, 'x');
    const Error error = errorFrom(replyOf(
        400,
        R"({"message":")" + text + R"(","category":")" + QByteArray(5000, 'C')
            + R"(","correlationId":")" + QByteArray(5000, 'i') + R"(","errors":[{"message":")"
            + text + R"(","code":"X","context":{"propertyName":["p"]}}]})"));
    for (const QString &shown : {error.what, error.fields.at(0).message}) {
        QVERIFY(shown.size() <= 420);
        QVERIFY(!shown.contains(u"abc123def"_s));
        QVERIFY(!shown.contains(u"pat-na1"_s));
    }
    QVERIFY(error.category.size() <= 100);
    QVERIFY(error.correlationId.size() <= 100);
}

void TestNetRules::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds"); // -1: none.
    QTest::newRow("seconds") << QByteArray("30") << 30;
    QTest::newRow("with blanks") << QByteArray(" 5 ") << 5;
    QTest::newRow("none") << QByteArray() << -1;
    QTest::newRow("date") << QByteArray("Wed, 21 Oct 2026 07:28:00 GMT") << -1;
    QTest::newRow("negative") << QByteArray("-5") << -1;
    QTest::newRow("too much") << QByteArray("999999999") << 24 * 3600;
}

void TestNetRules::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const Error error = errorFrom(replyOf(477, "", {{"retry-after", header}}));
    QCOMPARE(error.retryAfter.value_or(-1s), std::chrono::seconds(seconds));
}

void TestNetRules::neverMoreThanPermits()
{
    // Arrivals at random: in no second may there be more starts than permits.
    std::minstd_rand random(7);
    AccountBudget budget(9);
    Clock::Instant now {};
    std::vector<Clock::Instant> starts;
    for (int i = 0; i < 500; ++i) {
        now += std::chrono::microseconds(random() % 150'000);
        now += budget.delayAt(BudgetFamily::General, now);
        QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
        budget.spend(BudgetFamily::General, now);
        starts.push_back(now);
    }
    for (size_t i = 9; i < starts.size(); ++i)
        QVERIFY(starts[i] - starts[i - 9] >= 1s);
}

void TestNetRules::budgetUsesItsWindow()
{
    AccountBudget budget(10);
    Clock::Instant now {};
    int started = 0;
    for (; now < Clock::Instant {} + 10s; now += 1ms) {
        while (budget.delayAt(BudgetFamily::General, now) == 0ms) {
            budget.spend(BudgetFamily::General, now);
            ++started;
        }
    }
    QCOMPARE(started, 100);
    AccountBudget nothing(0); // A limit below one is one.
    QCOMPARE(nothing.permitsPerSecond(), 1);
}

void TestNetRules::searchIsSlower()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 0ms);
        budget.spend(BudgetFamily::Search, now);
    }
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 1000ms);
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now + 400ms), 600ms);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
    for (int i = 0; i < 6; ++i) // Searches use permits, too.
        budget.spend(BudgetFamily::General, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 1000ms);
    QCOMPARE(budget.delayAt(BudgetFamily::Exempt, now), 0ms);
}

void TestNetRules::holdStopsTheFamily()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    budget.hold(BudgetFamily::General, now + 5s);
    budget.hold(BudgetFamily::General, now + 2s); // A shorter one does not lift the longer.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 5000ms);
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 0ms);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now + 5s), 0ms);
}

namespace {

HttpReply windowReply(const QByteArray &max, const QByteArray &remaining)
{
    return replyOf(200, "{}",
                   {{"x-hubspot-ratelimit-interval-milliseconds", "10000"},
                    {"x-hubspot-ratelimit-max", max},
                    {"x-hubspot-ratelimit-remaining", remaining},
                    {"x-hubspot-ratelimit-daily", "250000"},
                    {"x-hubspot-ratelimit-daily-remaining", "249000"}});
}

} // namespace

void TestNetRules::learnsTheWindow()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int i = 0; i < 50; ++i)
        budget.spend(BudgetFamily::General, now);
    budget.learn(windowReply("100", "50"), now, now);
    QCOMPARE(budget.report().windowMax, 100);
    QCOMPARE(budget.report().windowRemaining, 50);
    QCOMPARE(budget.report().window, 10'000ms);
    QCOMPARE(budget.report().dailyMax, 250'000);
    QCOMPARE(budget.report().dailyRemaining, 249'000);
    now += 2s;
    for (int i = 0; i < 50; ++i)
        budget.spend(BudgetFamily::General, now);
    // What was started before the window was known counts as well.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 8100ms); // Requests arrive unevenly.
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now + 1s), 0ms);
}

void TestNetRules::slowsDownNearTheEnd()
{
    AccountBudget budget(100);
    const Clock::Instant now {};
    budget.learn(windowReply("100", "10"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
    budget.learn(windowReply("100", "9"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 200ms);
    budget.learn(windowReply("100", "0"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 2000ms);
}

void TestNetRules::usesAllOfItAlone()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int calls = 1; calls <= 95; ++calls) {
        budget.spend(BudgetFamily::General, now);
        budget.learn(windowReply("100", QByteArray::number(100 - calls)), now, now);
    }
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

void TestNetRules::leavesWhatOthersUse()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int calls = 0; calls < 10; ++calls)
        budget.spend(BudgetFamily::General, now);
    budget.learn(windowReply("100", "40"), now, now); // Fifty are somebody else's.
    now += 1s;
    int started = 0;
    for (; budget.delayAt(BudgetFamily::General, now) == 0ms; ++started)
        budget.spend(BudgetFamily::General, now);
    QCOMPARE(started, 40);
    budget.learn(windowReply("100", "50"), now, now); // They stopped.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

void TestNetRules::reserveIsLeft()
{
    AccountBudget budget(20, 4);
    const Clock::Instant now {};
    const auto startable = [&](BudgetFamily family, Clock::Instant at) {
        int started = 0;
        for (; budget.delayAt(family, at) == 0ms; ++started)
            budget.spend(family, at);
        return started;
    };
    budget.setReserve(25);
    QCOMPARE(startable(BudgetFamily::General, now), 15);
    QCOMPARE(startable(BudgetFamily::Search, now + 2s), 3);
    QCOMPARE(budget.permitsPerSecond(), 20);
    budget.setReserve(1000); // Something is always left to us.
    QCOMPARE(startable(BudgetFamily::General, now + 4s), 2);
    budget.setReserve(0);
    QCOMPARE(startable(BudgetFamily::General, now + 6s), 20);
}

void TestNetRules::windowsShareABudget()
{
    const auto first = sharedBudget(u"portal a"_s, 10);
    const auto second = sharedBudget(u"portal a"_s, 8);
    const auto other = sharedBudget(u"portal b"_s, 10);
    QCOMPARE(first.get(), second.get());
    QVERIFY(first != other);
    QCOMPARE(first->permitsPerSecond(), 8); // The careful one counts.
    std::weak_ptr<AccountBudget> gone;
    {
        gone = sharedBudget(u"portal c"_s, 3);
    }
    QVERIFY(gone.expired());
    QCOMPARE(sharedBudget(u"portal c"_s, 30)->permitsPerSecond(), 30);
}

void TestNetRules::badHeadersAreIgnored()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    for (const char *max : {"0", "-1", "abc", "", "99999999999999"})
        budget.learn(windowReply(max, "0"), now, now);
    budget.learn(windowReply("100", "-3"), now, now);
    QCOMPARE(budget.report().windowMax, -1);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

void TestNetRules::closesForAWhile()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    QVERIFY(!budget.closedAt(now));
    budget.close(now + 60s, errorOf(ErrorKind::ServerFault, 477));
    const auto closed = budget.closedAt(now + 20s);
    QVERIFY(closed);
    QCOMPARE(closed->httpStatus, 477);
    QCOMPARE(closed->retryAfter.value(), 40'000ms);
    QVERIFY(!budget.closedAt(now + 60s));
}

void TestNetRules::tokenRequests()
{
    OAuthCredentials app {u"id-1"_s, Secret(std::string_view("s&=+ ü")),
                          Secret(std::string_view("na1-r"))};
    const HttpRequest refresh = refreshRequest(u"/oauth/2026-09/token"_s, app);
    QCOMPARE(refresh.verb, Verb::Post);
    QCOMPARE(refresh.path, u"/oauth/2026-09/token"_s);
    QVERIFY(refresh.query.isEmpty());
    QCOMPARE(refresh.contentType, "application/x-www-form-urlencoded");
    QCOMPARE(refresh.body,
             "grant_type=refresh_token&client_id=id-1&client_secret=s%26%3D%2B%20%C3%BC"
             "&refresh_token=na1-r");
    QVERIFY(refresh.bodyIsSecret);
    QCOMPARE(refresh.authorization, Authorization::None);
    QCOMPARE(refresh.family, BudgetFamily::Exempt);
    QCOMPARE(refresh.repeat, Repeat::Safe);

    const HttpRequest code =
        codeExchangeRequest(u"/oauth/v3/token"_s, u"id-1"_s, app.clientSecret,
                            Secret(std::string_view("c-1")), u"http://localhost:1/x"_s);
    QCOMPARE(code.repeat, Repeat::Never);
    QVERIFY(code.bodyIsSecret);
    QCOMPARE(QUrlQuery(QString::fromLatin1(code.body))
                 .queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded),
             u"http://localhost:1/x"_s);
    QVERIFY(code.body.contains("code=c-1"));

    const HttpRequest revoke = revokeRequest(u"/oauth/v1/token"_s, app);
    QCOMPARE(revoke.path, u"/oauth/v3/token/revoke"_s);
    QVERIFY(revoke.bodyIsSecret);
    QVERIFY(!revoke.path.contains(u"na1-r"_s));
}

void TestNetRules::tokenGrants_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("good");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("hasRefreshToken");
    QTest::newRow("full") << QByteArray(
        R"({"token_type":"bearer","access_token":"a","refresh_token":"r","expires_in":1200,"hub_id":12345678,"scopes":["oauth"]})")
                          << true << 1200 << true;
    QTest::newRow("least") << QByteArray(R"({"access_token":"a"})") << true << 1800 << false;
    QTest::newRow("no sense") << QByteArray(R"({"access_token":"a","expires_in":-5})") << true
                              << 1800 << false;
    QTest::newRow("text") << QByteArray(R"({"access_token":"a","expires_in":"soon"})") << true
                          << 1800 << false;
    QTest::newRow("for ever") << QByteArray(R"({"access_token":"a","expires_in":1e15})") << true
                              << 366 * 24 * 3600 << false;
    QTest::newRow("none") << QByteArray(R"({"refresh_token":"r"})") << false << 0 << false;
    QTest::newRow("number") << QByteArray(R"({"access_token":5})") << false << 0 << false;
    QTest::newRow("html") << QByteArray("<html>") << false << 0 << false;
}

void TestNetRules::tokenGrants()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, good);
    QFETCH(int, seconds);
    QFETCH(bool, hasRefreshToken);
    const auto grant = parseTokenGrant(json);
    QCOMPARE(grant.has_value(), good);
    if (!good) {
        QCOMPARE(grant.error().kind, ErrorKind::BadReply);
        return;
    }
    QCOMPARE(clearText(grant->accessToken), "a");
    QCOMPARE(grant->expiresIn, std::chrono::seconds(seconds));
    QCOMPARE(!grant->refreshToken.isEmpty(), hasRefreshToken);
}

void TestNetRules::hidesSecretBodies()
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
    QVERIFY(!hidden.authorized);

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

void TestNetRules::trafficTakesBoundedMemory()
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

void TestNetRules::logKeepsTheNewest()
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

void TestNetRules::curl_data()
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
    secret.authorized = false;
    QTest::newRow("hidden")
        << secret
        << u"curl --globoff --request POST 'https://api.hubapi.com/crm/v3/objects/contacts?limit=100' --header 'Content-Type: application/json' --data-binary @-"_s;
}

void TestNetRules::curl()
{
    QFETCH(TrafficRecord, record);
    QFETCH(QString, line);
    QCOMPARE(curlLine(record), line);
}

/// What a shell makes of the line, with a function in place of curl.
void TestNetRules::curlInShell()
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

QTEST_GUILESS_MAIN(TestNetRules)
#include "tst_netrules.moc"
