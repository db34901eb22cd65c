// SPDX-License-Identifier: MIT
#include "scriptedconnector.h"
#include "scriptrequests.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray adaInRome =
    R"({"id":"512","properties":{"email":"ada@example.com","city":"Rome"}})";
const QByteArray accountOfScripts = R"({"portalId":12345678})";

} // namespace

/// What a script answers, which operations it has, and what it may write.
class TestScript : public QObject
{
    Q_OBJECT

private slots:
    void answersJson_data();
    void answersJson();
    void refuses_data();
    void refuses();
    void takesArguments();
    void capturesConsole();
    void hasNoOtherWayOut_data();
    void hasNoOtherWayOut();
    void showsConfigurationWithoutSecrets();
    void waitsForOperations();
    void throwsWhatTheConnectorSays();
    void dryRunCollects();
    void writesWhenAllowed();
    void writesNothingWithoutAWriter();
    void writerTakesTheWrites();
    void reportsTheLine_data();
    void reportsTheLine();
    void passesOnTheErrorOfAnOperation_data();
    void passesOnTheErrorOfAnOperation();
};

void TestScript::answersJson_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("SOC-1 number") << u"1 + 2"_s << QByteArray("[3]");
    QTest::newRow("text") << u"'a' + \"b\""_s << QByteArray(R"(["ab"])");
    QTest::newRow("object") << u"({a: [1, null, {b: 'é'}]})"_s
                            << QByteArray("[{\"a\":[1,null,{\"b\":\"é\"}]}]");
    QTest::newRow("undefined") << u"var x = 1;"_s << QByteArray("[null]");
    QTest::newRow("null") << u"null"_s << QByteArray("[null]");
    QTest::newRow("function") << u"(function () {})"_s << QByteArray("[null]");
    QTest::newRow("boolean") << u"true"_s << QByteArray("[true]");
    QTest::newRow("modern") << u"const f = (a, ...b) => `${a}${b.length}`; f('x', 1, 2)"_s
                            << QByteArray(R"(["x2"])");
    QTest::newRow("promise") << u"Promise.resolve(1).then(x => x + 1)"_s << QByteArray("[2]");
    QTest::newRow("promise replaced")
        << u"const p = Promise.resolve(3); Promise.prototype.then = () => 4; p"_s
        << QByteArray("[3]");
    QTest::newRow("JSON replaced")
        << u"JSON.stringify = function () { return '\"no\"'; }; [1]"_s << QByteArray("[[1]]");
}

void TestScript::answersJson()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, expected);
    ScriptedConnector the;

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(
        new ScriptRun(the.connector, script(text), nullptr));

    QVERIFY(outcome);
    QVERIFY2(*outcome, *outcome ? "" : qPrintable(outcome->error().what));
    QCOMPARE(QJsonArray {(*outcome)->result}, QJsonDocument::fromJson(expected).array());
}

void TestScript::refuses_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");

    // clang-format off
    QTest::newRow("SOC-2")     << u"NONEXISTING LANGUAGE"_s << u"1"_s           << u"is not known"_s;
    QTest::newRow("SOC-3")     << u"JavaScript"_s           << u" \n"_s         << u"is empty"_s;
    QTest::newRow("Groovy")    << u"groovy"_s               << u"1"_s           << u"runs on the server only"_s;
    QTest::newRow("syntax")    << u"js"_s                   << u"\n\nvar = 1"_s << u"(line 3)"_s;
    QTest::newRow("exception") << u"js"_s                   << u"\nthrow new Error('no more')"_s << u"no more"_s;
    QTest::newRow("circular")  << u"js"_s                   << u"var a = {}; a.a = a; a"_s << u"failed"_s;
    QTest::newRow("frozen")    << u"js"_s                   << u"'use strict'; connector.get = 1"_s << u"failed"_s;
    QTest::newRow("deep")      << u"js"_s                   << u"function f() { return f() + 1; } f()"_s << u"failed"_s;
    QTest::newRow("text")      << u"js"_s                   << u"1;\nthrow 'stop'"_s << u"failed (line 2): stop"_s;
    QTest::newRow("object")    << u"js"_s                   << u"throw {code: 7}"_s << u"failed (line 1): {\"code\":7}"_s;
    QTest::newRow("null")      << u"js"_s                   << u"throw null"_s << u"failed (line 1): null"_s;
    QTest::newRow("undefined") << u"js"_s                   << u"throw undefined"_s << u": undefined"_s;
    QTest::newRow("number")    << u"js"_s                   << u"throw 0"_s << u": 0"_s;
    QTest::newRow("a text in a function") << u"js"_s        << u"function f() {\n  throw 'late';\n}\nf()"_s << u"(line 2): late"_s;
    QTest::newRow("cannot be shown") << u"js"_s             << u"throw {toJSON() { throw 1; }}"_s << u"cannot be shown"_s;
    QTest::newRow("rejected")  << u"js"_s                   << u"Promise.reject('later')"_s << u"failed: later"_s;
    QTest::newRow("rejected in a chain") << u"js"_s         << u"Promise.resolve(1).then(() => { throw new Error('deep down'); })"_s << u"deep down"_s;
    QTest::newRow("never settled") << u"js"_s               << u"new Promise(() => {})"_s << u"never came to anything"_s;
    QTest::newRow("long result") << u"js"_s                 << u"'x'.repeat(17 * 1024 * 1024)"_s << u"million characters"_s;
    // clang-format on
}

void TestScript::refuses()
{
    QFETCH(QString, language);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    ScriptedConnector the;
    ScriptRequest request = script(text);
    request.language = language;

    const auto outcome =
        hubkeeper::test::outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::InvalidInput);
    QVERIFY2(outcome->error().what.contains(sentence), qPrintable(outcome->error().what));
}

void TestScript::takesArguments()
{
    ScriptedConnector the;
    ScriptRequest request = script(u"({sum: numbers.reduce((a, b) => a + b), name: who.name})"_s);
    request.arguments = {{u"numbers"_s, QJsonArray {1, 2, 3}},
                         {u"who"_s, QJsonObject {{u"name"_s, u"Ada"_s}}}};
    ScriptRequest bad = script(u"1"_s);
    bad.arguments = {{u"connector"_s, 1}};

    const auto outcome =
        hubkeeper::test::outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));
    const auto refused =
        hubkeeper::test::outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, bad, nullptr));

    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->result.toObject(), (QJsonObject {{u"sum"_s, 6}, {u"name"_s, u"Ada"_s}}));
    QCOMPARE(refused->error().kind, ErrorKind::InvalidInput);
}

void TestScript::capturesConsole()
{
    ScriptedConnector the;
    auto *run = new ScriptRun(the.connector,
                              script(u"console.log('a', 1, {b: 2}); console.error(undefined); 5"_s),
                              nullptr);
    QSignalSpy printed(run, &ScriptRun::printed);

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(run);

    QCOMPARE((*outcome)->console, (QStringList {u"a 1 {\"b\":2}"_s, u"undefined"_s}));
    QCOMPARE(printed.size(), 2);
}

void TestScript::hasNoOtherWayOut_data()
{
    QTest::addColumn<QString>("expression");

    for (const char *name : {"Qt", "XMLHttpRequest", "require", "process", "setTimeout", "fetch",
                             "qsTr", "print", "gc", "host", "configuration", "importScripts"})
        QTest::newRow(name) << u"typeof %1"_s.arg(QString::fromLatin1(name));
    QTest::newRow("object name") << u"typeof connector.objectName"_s;
    QTest::newRow("deleteLater") << u"typeof connector.deleteLater"_s;
    QTest::newRow("host in a function") << u"typeof connector.get.host"_s;
}

void TestScript::hasNoOtherWayOut()
{
    QFETCH(QString, expression);
    ScriptedConnector the;

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(
        new ScriptRun(the.connector, script(expression), nullptr));

    QCOMPARE((*outcome)->result.toString(), u"undefined"_s);
}

void TestScript::showsConfigurationWithoutSecrets()
{
    ConnectorConfiguration configuration;
    configuration.clientId = u"app"_s;
    configuration.hasClientSecret = true;
    ScriptedConnector the({false, configuration});

    const auto outcome = hubkeeper::test::outcomeOf<ScriptOutcome>(
        new ScriptRun(the.connector, script(u"connector.configuration"_s), nullptr));

    const QJsonObject shown = (*outcome)->result.toObject();
    QCOMPARE(shown["clientId"_L1].toString(), u"app"_s);
    QVERIFY(!shown.contains(u"clientSecret"_s));
    QVERIFY(!shown.contains(u"refreshToken"_s));
    QCOMPARE(shown["permitsPerSecond"_L1].toInt(), 10);
}

void TestScript::waitsForOperations()
{
    ScriptedConnector the;
    the.transport.will(200, adaInRome);
    the.transport.will(200, R"({"results":[{"id":"1"},{"id":"2"}]})");

    const auto outcome = the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, script(uR"(
        const one = connector.get("contact", 512, ["city"]);
        const all = connector.search("contact", "true", {fields: ["_id"]});
        [one.city, all.resultCount, all.result.map(o => o._id)])"_s),
                                                                    nullptr));

    QVERIFY(outcome);
    QVERIFY2(*outcome, *outcome ? "" : qPrintable(outcome->error().what));
    QCOMPARE((*outcome)->result.toArray(),
             (QJsonArray {u"Rome"_s, 2, QJsonArray {u"1"_s, u"2"_s}}));
}

void TestScript::throwsWhatTheConnectorSays()
{
    ScriptedConnector the;
    the.transport.will(404, R"({"category":"OBJECT_NOT_FOUND","message":"resource not found"})");

    const auto outcome = the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, script(uR"(
        let found;
        try { connector.get("contact", "7", ["city"]); } catch (e) { found = [e.kind, e.icf, e.status]; }
        found)"_s),
                                                                    nullptr));

    QCOMPARE((*outcome)->result.toArray(),
             (QJsonArray {u"notFound"_s, u"UnknownUidException"_s, 404}));
}

void TestScript::dryRunCollects()
{
    ScriptedConnector the;
    the.transport.will(200, accountOfScripts);
    the.transport.will(200, adaInRome);
    the.transport.will(200, adaInRome);

    const auto outcome = the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, script(uR"(
        const made = connector.create("company", {name: "Example"});
        const changed = connector.update("contact", "512", {city: "Oslo"});
        connector.remove("contact", "512");
        [made._id, changed.city, changed.email])"_s),
                                                                    nullptr));

    QVERIFY(outcome);
    QVERIFY2(*outcome, *outcome ? "" : qPrintable(outcome->error().what));
    QCOMPARE((*outcome)->result.toArray(),
             (QJsonArray {u"new-1"_s, u"Oslo"_s, u"ada@example.com"_s}));
    const QList<CollectedWrite> expected {
        {CollectedWrite::Create, u"company"_s, {}, {{u"name"_s, u"Example"_s}}},
        {CollectedWrite::Update, u"contact"_s, u"512"_s, {{u"city"_s, u"Oslo"_s}}},
        {CollectedWrite::Delete, u"contact"_s, u"512"_s, {}}};
    QCOMPARE((*outcome)->writes, expected);
    for (const HttpRequest &request : the.transport.sent)
        QCOMPARE(request.verb, Verb::Get);
}

void TestScript::writesWhenAllowed()
{
    ScriptedConnector the;
    the.transport.will(200, adaInRome);
    the.transport.will(200, accountOfScripts);
    the.transport.will(200, adaInRome);

    ScriptRequest request =
        script(u"connector.update('contact', '512', {city: 'Rome'}).city"_s, false);
    request.writer = [&](const CollectedWrite &write, QObject *parent) {
        return the.writer.update(write.objectClass, write.uid, write.attributes, parent);
    };

    const auto outcome =
        the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));

    QCOMPARE((*outcome)->result.toString(), u"Rome"_s);
    QVERIFY((*outcome)->writes.isEmpty());
    QCOMPARE(the.sent().constFirst(), u"PATCH /crm/v3/objects/contacts/512"_s);
}

void TestScript::writesNothingWithoutAWriter()
{
    ScriptedConnector the;

    const auto outcome =
        the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, script(u"1"_s, false), nullptr));

    QCOMPARE(outcome->error().kind, ErrorKind::Refused);
}

void TestScript::writerTakesTheWrites()
{
    ScriptedConnector the;
    ScriptRequest request = script(uR"(
        let refused = "";
        try {
            connector.remove("contact", "512");
        } catch (error) {
            refused = error.kind;
        }
        refused)"_s,
                                   false);
    QList<CollectedWrite> asked;
    request.writer = [&](const CollectedWrite &write, QObject *parent) {
        asked.append(write);
        return new ReadyCall<ConnectorObject>(fail(ErrorKind::Refused, u"no"_s), parent);
    };

    const auto outcome =
        the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, request, nullptr));

    QCOMPARE((*outcome)->result.toString(), nameOf(ErrorKind::Refused));
    QCOMPARE(asked, (QList<CollectedWrite> {{CollectedWrite::Delete, u"contact"_s, u"512"_s, {}}}));
    QVERIFY(the.transport.sent.empty());
}

void TestScript::reportsTheLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");

    QTest::newRow("syntax") << u"var a = 1;\nvar = 2;"_s << 2;
    QTest::newRow("unknown name") << u"\n\nnothing.here"_s << 3;
    QTest::newRow("thrown in a function")
        << u"function f() {\n  throw new Error('x');\n}\nf()"_s << 2;
    QTest::newRow("thrown by the connector") << u"1;\nconnector.get('nothing', '1');"_s << 2;
    QTest::newRow("thrown as a text") << u"1;\n\nthrow 'x'"_s << 3;
    QTest::newRow("none") << u"1"_s << 0;
}

void TestScript::reportsTheLine()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    ScriptedConnector the;
    QObject parent;
    auto *run = new ScriptRun(the.connector, script(text), &parent);
    int failedLine = -1;
    run->onDone(&parent, [&](const Result<ScriptOutcome> &) { failedLine = run->failedLine(); });

    QTRY_COMPARE(failedLine, line);
}

void TestScript::passesOnTheErrorOfAnOperation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<ErrorKind>("kind");

    const auto get = u"connector.get('contact', '7', ['city'])"_s;
    QTest::newRow("not caught") << get << ErrorKind::Forbidden;
    QTest::newRow("thrown on") << u"try { %1 } catch (e) { throw e; }"_s.arg(get)
                               << ErrorKind::Forbidden;
    QTest::newRow("another in its place")
        << u"try { %1 } catch (e) { throw new Error('mine'); }"_s.arg(get)
        << ErrorKind::InvalidInput;
    QTest::newRow("made up") << u"throw Object.assign(new Error('no'), {kind: 'forbidden'})"_s
                             << ErrorKind::InvalidInput;
}

void TestScript::passesOnTheErrorOfAnOperation()
{
    QFETCH(QString, text);
    QFETCH(ErrorKind, kind);
    ScriptedConnector the;
    the.transport.will(403,
                       R"({"category":"MISSING_SCOPES","message":"no","correlationId":"c-1"})");

    const auto outcome =
        the.outcomeOf<ScriptOutcome>(new ScriptRun(the.connector, script(text), nullptr));

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, kind);
    QVERIFY2(outcome->error().what.startsWith(u"The script failed (line 1): "_s),
             qPrintable(outcome->error().what));
    const bool isOurs = kind == ErrorKind::Forbidden;
    QCOMPARE(outcome->error().httpStatus, isOurs ? 403 : 0);
    QCOMPARE(outcome->error().correlationId, isOurs ? u"c-1"_s : QString());
}

HUBKEEPER_TEST(TestScript)
#include "tst_script.moc"
