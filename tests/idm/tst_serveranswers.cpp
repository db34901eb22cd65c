// SPDX-License-Identifier: MIT
#include "idm/access/servererror.h"
#include "idm/system/testanswer.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestServerAnswers : public QObject
{
    Q_OBJECT

private slots:
    void errors_data();
    void errors();
    void bodies_data();
    void bodies();
    void entities_data();
    void entities();
    void tests_data();
    void tests();
    void bundles_data();
    void bundles();
    void readsWhatIsLoaded();
};

namespace {

HttpReply answer(int status, const QByteArray &body, const QByteArray &type = "application/json")
{
    return {status, {{"content-type", type}}, body};
}

QByteArray refusal(int code, const QByteArray &message)
{
    return R"({"code":)" + QByteArray::number(code) + R"(,"reason":"Word","message":")" + message
        + "\"}";
}

QJsonObject reference(const QString &version, const QString &host = {})
{
    QJsonObject json {{u"bundleName"_s, u"org.forgerock.hubspot"_s},
                      {u"connectorName"_s, u"org.forgerock.HubspotConnector"_s},
                      {u"bundleVersion"_s, version}};
    if (!host.isEmpty())
        json.insert(u"connectorHostRef"_s, host);
    return json;
}

} // namespace

void TestServerAnswers::errors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    const QByteArray json = "application/json";
    const QByteArray html = "text/html;charset=utf-8";
    const auto row = [&](const char *name, int status, const QByteArray &body,
                         const QByteArray &type, const QString &path, ErrorKind kind,
                         const QString &says) {
        QTest::newRow(name) << status << body << type << path << kind << says;
    };
    row("own login", 401, refusal(401, "Access Denied"), json, u"info/login"_s,
        ErrorKind::Unauthorized, u"Check the user name"_s);
    row("the connector's login", 401, refusal(401, "bad"), json, u"system/hubspot/contact"_s,
        ErrorKind::Unauthorized, u"your own login is accepted"_s);
    row("no role", 403, refusal(403, "Access denied"), json, u"config"_s, ErrorKind::Forbidden,
        u"administrator"_s);
    row("a wall", 403, "<html>no</html>", html, u"config"_s, ErrorKind::Forbidden,
        u"load balancer"_s);
    row("absent", 404, refusal(404, "No configuration exists for id x"), json, u"config/x"_s,
        ErrorKind::NotFound, u"No configuration exists for id x (status 404)."_s);
    row("no IDM", 404, "<!DOCTYPE html><p>404", html, u"info/ping"_s, ErrorKind::BadReply,
        u"There is no IDM at this address"_s);
    row("another product", 200, "<html>welcome</html>", html, u"info/ping"_s, ErrorKind::BadReply,
        u"There is no IDM at this address"_s);
    row("taken", 409, refusal(409, "Conflict"), json, u"recon"_s, ErrorKind::Conflict, u"409"_s);
    row("exists", 412, refusal(412, "already exists."), json, u"config/x"_s, ErrorKind::Conflict,
        u"already exists (status 412)."_s);
    row("escaped", 400, refusal(400, "&#39;a&#39; &lt;b&gt; &quot;c&quot; &amp;amp;"), json,
        u"config/x"_s, ErrorKind::Rejected, u"'a' <b> \"c\" &amp;"_s);
    row("bundle missing", 500, refusal(500, "No meta-data provider, retry later."), json,
        u"config/x"_s, ErrorKind::ServerFault, u"connectors folder"_s);
    row("starting", 503, refusal(503, "The required service is not available"), json, u"system"_s,
        ErrorKind::ServerFault, u"try again in a minute"_s);
    row("starting, as a page", 503, "<html>", html, u"info/ping"_s, ErrorKind::ServerFault,
        u"try again in a minute"_s);
    row("too long", 414, "<html>", html, u"repo/link"_s, ErrorKind::Rejected, u"too long"_s);
    row("nothing", 500, "", json, u"sync"_s, ErrorKind::ServerFault, u"(status 500)"_s);
}

void TestServerAnswers::errors()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, path);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, says);

    const Error error = serverErrorFrom(answer(status, body, type), path);

    QCOMPARE(error.kind, kind);
    QCOMPARE(error.httpStatus, status);
    QVERIFY2(error.sentence().contains(says), qPrintable(error.sentence()));
}

void TestServerAnswers::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("fault"); // Empty: it is fine.
    QTest::newRow("object") << QByteArray(R"({"_id":""})") << QString();
    QTest::newRow("list") << QByteArray(R"([{"name":"hubspot"}])") << QString();
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("an error of a test is not one of ours")
        << QByteArray(R"({"name":"hubspot","ok":true,"error":"Connection Error"})") << QString();
    QTest::newRow("a list that broke off")
        << QByteArray(R"({"result":[{"_id":"1"}],"error":{"code":503,"message":"gone"}})")
        << u"The list ends in the middle"_s;
    QTest::newRow("a page") << QByteArray("<html>") << u"There is no IDM"_s;
    QTest::newRow("half") << QByteArray(R"({"result":[)") << u"is not JSON"_s;
}

void TestServerAnswers::bodies()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, fault);

    const auto read = serverBodyFrom(answer(200, body), u"system/hubspot/contact"_s);

    QCOMPARE(read.has_value(), fault.isEmpty());
    if (!read)
        QVERIFY2(read.error().what.contains(fault), qPrintable(read.error().what));
}

void TestServerAnswers::entities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << u"plain & simple"_s << u"plain & simple"_s;
    QTest::newRow("numbers") << u"&#39;&#x27;&#61;"_s << u"''="_s;
    QTest::newRow("names") << u"&lt;a&gt; &quot;&amp;&apos;"_s << u"<a> \"&'"_s;
    QTest::newRow("unknown stays") << u"&nosuch; &zz; &"_s << u"&nosuch; &zz; &"_s;
    QTest::newRow("control characters stay") << u"&#0;&#27;&#10;"_s << u"&#0;&#27;&#10;"_s;
    QTest::newRow("once") << u"&amp;lt;"_s << u"&lt;"_s;
    QTest::newRow("beyond") << u"&#9999999;"_s << u"&#9999999;"_s;
}

void TestServerAnswers::entities()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(unescaped(text), expected);
}

void TestServerAnswers::tests_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &body, bool good, const QString &says) {
        QTest::newRow(name) << body << good << says;
    };
    row("works", R"({"name":"h","enabled":true,"ok":true})", true, {});
    row("ok beside an error", R"({"name":"h","ok":true,"error":"Connection Error"})", false,
        u"HubSpot refused the connector's login"_s);
    row("disabled", R"({"name":"h","enabled":false,"error":"connector not available","ok":false})",
        false, u"\"enabled\" is false"_s);
    row("waits", R"({"name":"h","enabled":true,"error":"connector not available","ok":false})",
        false, u"does not run"_s);
    row("no network",
        R"({"ok":false,"error":"org.identityconnectors.framework.common.exceptions.ConnectionFailedException: no route"})",
        false, u"could not reach HubSpot"_s);
    row("configuration",
        R"({"ok":false,"error":"org.identityconnectors.framework.common.exceptions.ConfigurationException: token missing"})",
        false, u"does not accept its configuration"_s);
    row("something else", R"({"ok":false,"error":"boom"})", false, u"boom"_s);
    row("not said", R"({"ok":false})", false, u"not why"_s);
    row("no bundle",
        R"({"ok":false,"error":"OpenICF ConnectorInfo can not be loaded for x from #LOCAL"})",
        false, u"bundle"_s);
}

void TestServerAnswers::tests()
{
    QFETCH(const QByteArray, body);
    QFETCH(const bool, good);
    QFETCH(const QString, says);

    const TestAnswer answer = testAnswerFrom(QJsonDocument::fromJson(body).object());

    QCOMPARE(answer.isGood(), good);
    QCOMPARE(answer.explanation().isEmpty(), good);
    QVERIFY2(answer.explanation().contains(says), qPrintable(answer.explanation()));
}

void TestServerAnswers::bundles_data()
{
    QTest::addColumn<QJsonObject>("reference");
    QTest::addColumn<BundleCheck::State>("state");
    using State = BundleCheck::State;
    QTest::newRow("in range") << reference(u"[1.5.0.0,1.6.0.0)"_s) << State::Loaded;
    QTest::newRow("exactly") << reference(u"1.5.20.21"_s) << State::Loaded;
    QTest::newRow("here by name") << reference(u"1.5.20.21"_s, u"#LOCAL"_s) << State::Loaded;
    QTest::newRow("newer wanted") << reference(u"[1.6.0.0,2.0.0.0)"_s) << State::OtherVersion;
    QTest::newRow("elsewhere") << reference(u"1.5.20.21"_s, u"rcs1"_s) << State::Elsewhere;
    QTest::newRow("not a range") << reference(u"[1.5,"_s) << State::Unreadable;
    QJsonObject other = reference(u"1.5.20.21"_s);
    other.insert(u"connectorName"_s, u"org.forgerock.Other"_s);
    QTest::newRow("another connector") << other << State::OtherConnector;
    other.insert(u"bundleName"_s, u"org.forgerock.other"_s);
    QTest::newRow("another bundle") << other << State::Missing;
    QTest::newRow("empty") << QJsonObject() << State::Unreadable;
}

void TestServerAnswers::bundles()
{
    QFETCH(const QJsonObject, reference);
    QFETCH(const BundleCheck::State, state);
    const QList<LoadedConnector> loaded {
        {u"org.forgerock.Ldap"_s, u"org.forgerock.ldap"_s, u"1.5.20.21"_s, u"LDAP"_s, {}},
        {u"org.forgerock.HubspotConnector"_s, u"org.forgerock.hubspot"_s, u"1.5.20.21"_s,
         u"Hubspot"_s, u"#LOCAL"_s}};

    const BundleCheck check = checkBundle(reference, loaded);

    QCOMPARE(check.state, state);
    QVERIFY(!check.detail.isEmpty());
    if (state == BundleCheck::State::Loaded)
        QCOMPARE(check.connector.bundleVersion, u"1.5.20.21"_s);
}

void TestServerAnswers::readsWhatIsLoaded()
{
    const auto json = QJsonDocument::fromJson(
        R"({"connectorRef":[{"connectorName":"a.C","displayName":"D","bundleName":"b",
            "systemType":"provisioner.openicf","bundleVersion":"1.8.0"}]})");
    const auto loaded = loadedConnectorsFrom(json.object());
    QVERIFY(loaded);
    QCOMPARE(*loaded, (QList<LoadedConnector> {{u"a.C"_s, u"b"_s, u"1.8.0"_s, u"D"_s, QString()}}));
    QVERIFY(loaded->first().isLocal());
    QVERIFY(!loadedConnectorsFrom(QJsonObject {{u"ok"_s, true}}));
}

HUBKEEPER_TEST(TestServerAnswers)
#include "tst_serveranswers.moc"
