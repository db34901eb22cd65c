// SPDX-License-Identifier: MIT
#include "portal/access/errorfrom.h"
#include "portal/access/oauth.h"
#include "testkit/replyof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a reply means.
class TestErrorFrom : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void validationErrors();
    void validationInText();
    void conditionalNamesAll();
    void existingId_data();
    void existingId();
    void takenValues_data();
    void takenValues();
    void addressesStay();
    void movingSaysHowLong_data();
    void movingSaysHowLong();
    void missingScopes();
    void oauthErrors_data();
    void oauthErrors();
    void foreignBodies_data();
    void foreignBodies();
    void longAndSecretTexts();
    void secretsAreHiddenByValue();
    void retryAfter_data();
    void retryAfter();
};

void TestErrorFrom::kinds_data()
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

void TestErrorFrom::kinds()
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

void TestErrorFrom::validationErrors()
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

void TestErrorFrom::validationInText()
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

void TestErrorFrom::conditionalNamesAll()
{
    const Error error = errorFrom(replyOf(400, R"({"message":"m","errors":[{"message":"needed",
        "code":"MISSING_CONDITIONAL_REQUIRED_PROPERTY","context":{"propertyName":["a","b"]}}]})"));
    QCOMPARE(error.fields.size(), 2);
    QCOMPARE(error.fields.last().property, u"b"_s);
}

void TestErrorFrom::existingId_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("message") << QByteArray(
        R"({"message":"Contact already exists. Existing ID: 512"})")
                             << u"512"_s;
    QTest::newRow("among errors") << QByteArray(
        R"({"message":"Conflict","errors":[{"message":"a"},{"message":"existing id 77"}]})")
                                  << u"77"_s;
    QTest::newRow("in the context")
        << QByteArray(R"({"message":"Contact already exists","context":{"existingId":["33"]}})")
        << u"33"_s;
    QTest::newRow("a batch that does not say")
        << QByteArray(R"({"message":"Contact already exists"})") << QString();
    QTest::newRow("none") << QByteArray(R"({"message":"Conflict in 5 rows"})") << QString();
    QTest::newRow("no number") << QByteArray(R"({"message":"Existing ID: abc"})") << QString();
}

void TestErrorFrom::existingId()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    QCOMPARE(errorFrom(replyOf(409, body)).existingId, id);
}

void TestErrorFrom::takenValues_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("what");
    const QByteArray live = "Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=0-2, "
                            "propertyName=num, value=a, b} on 77. 4711 already has that value.";
    const QString said = u"The record 4711 has the value “a, b” of num already."_s;
    QTest::newRow("400") << 400 << live << u"4711"_s << said;
    QTest::newRow("409") << 409 << live << u"4711"_s << said;
    QTest::newRow("without the other") << 400 << QByteArray("Something already has that value.")
                                       << QString() << u"Something already has that value."_s;
}

/// A taken value of a unique property: AlreadyExists, whatever HubSpot calls it.
void TestErrorFrom::takenValues()
{
    QFETCH(int, status);
    QFETCH(QByteArray, message);
    QFETCH(QString, id);
    QFETCH(QString, what);
    const Error error = errorFrom(replyOf(
        status,
        R"({"status":"error","category":"VALIDATION_ERROR","message":")" + message + "\"}"));
    QCOMPARE(error.kind, ErrorKind::Conflict);
    QCOMPARE(error.existingId, id);
    QCOMPARE(error.what, what);
    if (!id.isEmpty()) {
        QVERIFY(error.remedy.contains(id));
        QCOMPARE(error.fields.size(), 1);
        QCOMPARE(error.fields.first().property, u"num"_s);
    }
}

/// The person sees the value that was refused, addresses included.
void TestErrorFrom::addressesStay()
{
    const Error error =
        errorFrom(replyOf(400, R"({"message":"Email address a..b@example.com is invalid",
        "errors":[{"message":"Email address a..b@example.com is invalid","code":"INVALID_EMAIL",
                   "context":{"propertyName":["email"]}}]})"));
    QCOMPARE(error.what, u"Email address a..b@example.com is invalid."_s);
    QCOMPARE(error.fields.first().message, u"Email address a..b@example.com is invalid"_s);
}

void TestErrorFrom::movingSaysHowLong_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("remedy");
    QTest::newRow("a second") << QByteArray("1") << u"Try again in 1 s."_s;
    QTest::newRow("minutes") << QByteArray("1500") << u"Try again in 25 minutes."_s;
    QTest::newRow("hours") << QByteArray("20000") << u"Try again in 6 hours."_s;
    QTest::newRow("not said") << QByteArray()
                              << u"Try again in a few minutes; a move can take up to a day."_s;
}

void TestErrorFrom::movingSaysHowLong()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, remedy);
    const Error bare = errorFrom(replyOf(477, "", {{"retry-after", header}}));
    QCOMPARE(bare.remedy, remedy);
    QCOMPARE(bare.what, u"The account is being moved to another data centre."_s);
    QCOMPARE(errorFrom(replyOf(477, R"({"message":"The account is being moved."})",
                               {{"retry-after", header}}))
                 .sentence(),
             u"The account is being moved. "_s + remedy);
}

void TestErrorFrom::missingScopes()
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

void TestErrorFrom::oauthErrors_data()
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
    QTest::newRow("account gone") << QByteArray(
        R"({"error":"access_denied","status":"BAD_HUB","message":"the account was deleted"})")
                                  << u"BAD_HUB"_s << u"deleted or closed"_s;
    QTest::newRow("redirect") << QByteArray(R"({"status":"MISMATCH_REDIRECT_URI_AUTH_CODE"})")
                              << u"MISMATCH_REDIRECT_URI_AUTH_CODE"_s << u"redirect"_s;
}

void TestErrorFrom::oauthErrors()
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

void TestErrorFrom::foreignBodies_data()
{
    QTest::addColumn<HttpReply>("reply");
    QTest::addColumn<QString>("what");
    QTest::newRow("html") << replyOf(502,
                                     "<html><head><title>502 Bad\n Gateway</title></head></html>",
                                     {{"content-type", "text/html"}})
                          << u"HTTP 502: Bad Gateway."_s;
    QTest::newRow("html without title")
        << replyOf(524, "<!doctype html><p>x") << u"HTTP 524 without an explanation."_s;
    QTest::newRow("empty") << replyOf(404, "") << u"HTTP 404 without an explanation."_s;
    QTest::newRow("text") << replyOf(503, "upstream  down\n") << u"HTTP 503: upstream down."_s;
    QTest::newRow("redirect")
        << replyOf(302, "", {{"location", "https://login.example/a?token=s3cr3t"}})
        << u"The server answered with a redirect (HTTP 302) to login.example, which HubSpot's API never does."_s;
}

void TestErrorFrom::foreignBodies()
{
    QFETCH(HttpReply, reply);
    QFETCH(QString, what);
    QCOMPARE(errorFrom(reply).what, what);
}

void TestErrorFrom::longAndSecretTexts()
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

/// A server that repeats a token without saying what it is.
void TestErrorFrom::secretsAreHiddenByValue()
{
    const QByteArray token = "na1-echo-2b7e151628aed2a6";
    OAuthCredentials app;
    app.clientId = u"x"_s;
    app.clientSecret = Secret(std::string_view("echo-5f3c1a9e-77d2"));
    app.refreshToken = Secret(std::string_view(token.constData(), size_t(token.size())));
    (void)refreshRequest(u"/oauth/v3/token"_s, app); // It was sent.
    const QByteArray longText = QByteArray(385, 'x') + token; // Cut within the token.

    for (const QByteArray &text :
         {"invalid " + token, QByteArray("echo-5f3c1a9e-77d2"), longText}) {
        const Error error = errorFrom(replyOf(400,
                                              R"({"message":")" + text + R"(","category":")" + text
                                                  + R"(","correlationId":")" + text + "\"}"));
        const QString shown = error.sentence() + error.category + error.correlationId;
        for (const char *part : {"na1-echo", "5f3c1a9e"})
            QVERIFY2(!shown.contains(QLatin1StringView(part)), qPrintable(shown));
    }
}

void TestErrorFrom::retryAfter_data()
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

void TestErrorFrom::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const Error error = errorFrom(replyOf(477, "", {{"retry-after", header}}));
    QCOMPARE(error.retryAfter.value_or(-1s), std::chrono::seconds(seconds));
}

HUBKEEPER_TEST(TestErrorFrom)
#include "tst_errorfrom.moc"
