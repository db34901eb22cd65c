// SPDX-License-Identifier: MIT
#include "reconcile/overlay/overlayobjects.h"
#include "reconcile/overlay/preview.h"
#include "reconcile/overlay/targetrules.h"
#include "reconcile/scripts/hostedscripts.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

/// JSON of any kind; nothing for what gave nothing.
QString jsonOf(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    const QByteArray list = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

QJsonValue valueOf(const QByteArray &json)
{
    return QJsonDocument::fromJson("[" + json + "]").array().at(0);
}

MappingScript javaScript(const QString &text)
{
    return {u"text/javascript"_s, text, {}, {}};
}

} // namespace

/// What scripts of mappings come to: as on the server, whose engine is Rhino and whose values are
/// Java's.
class ReconScriptsTest final : public QObject
{
    Q_OBJECT

private slots:
    void gives_data();
    void gives();
    void comesToTheLastExpression_data();
    void comesToTheLastExpression();
    void changes_data();
    void changes();
    void asksForObjects_data();
    void asksForObjects();
    void needsTheServer_data();
    void needsTheServer();
    void boundsScripts();
    void givesUpOnWhatWasStopped();

private:
    MappingOutcome run(const QString &text, const QJsonObject &globals = {},
                       const QStringList &changed = {});

    OverlayObjects m_objects {PreviewPlace::inMemory().makeShelf};
    HostedScripts m_scripts {m_objects, {}};
};

MappingOutcome ReconScriptsTest::run(const QString &text, const QJsonObject &globals,
                                     const QStringList &changed)
{
    return m_scripts.run(javaScript(text), globals, changed);
}

void ReconScriptsTest::gives_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("value");

    const auto row = [](const char *script, const char *source, const char *value) {
        QTest::addRow("%s of %s", script, source)
            << QString::fromUtf8(script) << QByteArray(source) << QString::fromUtf8(value);
    };
    // Lists and maps of the server are not JavaScript's.
    row("Array.isArray(source)", R"(["a"])", "false");
    row("Array.isArray([source])", R"(["a"])", "true");
    row("source instanceof Array", R"(["a"])", "true");
    row("JSON.stringify(source)", R"(["a"])", R"("{\"0\":\"a\"}")");
    row("JSON.stringify(source.slice())", R"(["a"])", R"("[\"a\"]")");
    row("'' + source", R"(["a",1,null,true])", R"("[ \"a\", 1, null, true ]")");
    row("'' + source", R"({"a":{"b":[]}})", R"("{ \"a\": { \"b\": [  ] } }")");
    row("(source + '').length", R"(["a\"b\n"])", "12");
    row("source == '[ \"a\" ]'", R"(["a"])", "true");
    row("source.toString()", R"(["a","b"])", R"("a,b")");
    row("source.join('-') + source.length", R"(["a","b"])", R"("a-b2")");
    row("isNaN(source * 1)", "[5]", "true");
    row("source", R"([{"a":[1]}])", R"([{"a":[1]}])");
    row("Object.keys(source).join()", R"({"b":1,"a":2})", R"("a,b")");
    // Numbers: whole ones are of 32 bits once they were computed.
    row("source", "1700000000000", "1700000000000");
    row("[source, {a: source}]", "1700000000000", R"([1700000000000,{"a":1700000000000}])");
    row("source + 1", "1700000000000", "2147483647");
    row("Number(source)", R"("1700000000000")", "2147483647");
    row("Date.parse(source)", R"("2023-11-14T22:13:20Z")", "2147483647");
    row("-source * 3", "1000000000", "-2147483648");
    row("2147483647 + source", "0", "2147483647");
    row("-2147483648 + source", "0", "-2147483648");
    row("1 / source", "0", "2147483647");
    row("3000000000.5 + source", "0", "3000000000.5");
    row("source / 2", "5", "2.5");
    // What is no JSON is what can be enumerated of it.
    row("new Date(source)", "0", "{}");
    row("({at: new Date(source)})", "0", R"({"at":{}})");
    row("/x/", "0", "{}");
    row("new Boolean(true)", "0", "{}");
    row("(function () { return true; })", "0", "{}");
    row("({a: undefined, b: [undefined]})", "0", R"({"a":null,"b":[null]})");
    row("void 0", "0", "");
    row("null", "0", "null");
    row("print('x'); logger.info('{}', source); source", "0", "0");
}

void ReconScriptsTest::gives()
{
    QFETCH(QString, script);
    QFETCH(QByteArray, source);
    const MappingOutcome outcome = run(script, {{u"source"_s, valueOf(source)}});
    QVERIFY2(outcome.kind == MappingOutcome::Value, qPrintable(outcome.message));
    QTEST(jsonOf(outcome.value), "value");
}

void ReconScriptsTest::comesToTheLastExpression_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("value");

    const auto row = [](const char *script, const char *value) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(value);
    };
    row("", "");
    row("// true", "");
    row("var x = true;", "");
    row("function f() { return true; }", "");
    row("if (no) true", "");
    row("'a'; if (no) 'b'", R"("a")");
    row("r = 'a'; if (no) { r = 'b' }", R"("a")");
    row("var r = 'a'; if (!no) { r = 'b' }", R"("b")");
    row("if (no) 'b'; else 'a'", R"("a")");
    row("if (no) { 'b' } else if (!no) { 'a' }", R"("a")");
    row("'a'; for (var i = 0; i < 3; ++i) { if (i == 1) 'b' + i }", R"("b1")");
    row("'a'; while (no) 'b'", R"("a")");
    row("do 'a'; while (no)", R"("a")");
    row("switch (s) { case 'x' + '': 'a'; break; default: 'b' }", R"("a")");
    row("'a'; switch (s) { case no ? 'x' : 'y': 'b' }", R"("a")");
    row("'a'; out: for (;;) { break out }", R"("a")");
    row("try { no.such.thing } catch (e) { 'a' }", R"("a")");
    row("try { 'b' } finally { 'a' }", R"("a")");
    row("'a'; function f() { 'b'; return 'c' }", R"("a")");
    row("var f = function () { 'b' }\n'a'\nvar g = function ()\n{ 'c' }", R"("a")");
    row("'b', 'a'", R"("a")");
    row("var a = 'a'\na\nvar b", R"("a")");
    row("var a = 'b'\n+ 'c'\n;[a, 'a'][1]", R"("a")");
    row("s\n.length", "1");
    row("var a = 1\n++a", "2");
    row("'a' // ;'b'\n/* 'c' */", R"("a")");
    row("/[/'\"]/.test('/') ? 'a' : 'b'", R"("a")");
    row("if (!no) /'/.exec(\"'\")[0]", R"("'")");
    row("4 / 2 / 1", "2");
    row("({a: 1}).a", "1");
    row("{ 'a' }", R"("a")");
    row("`a${s}`", R"("ax")");
    row("(() => { 'b'; return 'a' })()", R"("a")");
    row("[1, 2].map(v => v * 2)\nvar z", "[2,4]");
    row("s.in\n'a'", R"("a")");
    row("o = {in: 1, if: 2}; o.if", "2");
    row("'a'; void 0", "");
}

/// As with Rhino, whose scripts come to the expression that ran last.
void ReconScriptsTest::comesToTheLastExpression()
{
    QFETCH(QString, script);
    const MappingOutcome outcome = run(script, {{u"no"_s, false}, {u"s"_s, u"x"_s}});
    QVERIFY2(outcome.kind == MappingOutcome::Value, qPrintable(outcome.message));
    QTEST(jsonOf(outcome.value), "value");
}

void ReconScriptsTest::changes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("target");

    const auto row = [](const char *script, const char *target) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(target);
    };
    row("target.a = undefined", R"({"a":null,"list":["x"]})");
    row("delete target.a", R"({"list":["x"]})");
    row("target.a = new Date(0)", R"({"a":{},"list":["x"]})");
    row("target.a = 1e12", R"({"a":2147483647,"list":["x"]})");
    row("target.list.push('y')", R"({"a":1,"list":["x","y"]})");
    row("target = {}", R"({"a":1,"list":["x"]})");
}

/// What a hook puts into an object is made Java's as well.
void ReconScriptsTest::changes()
{
    QFETCH(QString, script);
    const QJsonObject target {{u"a"_s, 1}, {u"list"_s, QJsonArray {u"x"_s}}};
    const MappingOutcome outcome = run(script, {{u"target"_s, target}}, {u"target"_s});
    QVERIFY2(outcome.kind == MappingOutcome::Value, qPrintable(outcome.message));
    QTEST(jsonOf(outcome.globals[u"target"_s]), "target");
}

void ReconScriptsTest::asksForObjects_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("value");

    const auto row = [](const char *script, const char *value) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(value);
    };
    row("openidm.read('managed/user/u1').sn", R"("S")");
    row("openidm.read('managed/user/u9')", "null");
    row("openidm.read('managed/user/u1', null, ['sn'])", R"({"_id":"u1","_rev":"1","sn":"S"})");
    row("openidm.read('managed/user/u1', null, ['/sn'])", R"({"_id":"u1","_rev":"1","sn":"S"})");
    row("openidm.read('managed/user/u1', null, ['*']).mail", R"("a@x.org")");
    row("openidm.query('managed/user', {_queryFilter: 'true'}, ['sn']).result",
        R"([{"_id":"u1","_rev":"1","sn":"S"}])");
    row("openidm.query('managed/user', {_queryFilter: 'true'}).resultCount", "1");
    row("try { openidm.update('managed/user/u1', '2', openidm.read('managed/user/u1')) } "
        "catch (e) { e.code }",
        "412");
    row("try { openidm.patch('managed/user/u1', '2', []) } catch (e) { e.code }", "412");
    row("try { openidm['delete']('managed/user/u1', '2') } catch (e) { e.code }", "412");
    row("openidm['delete']('managed/user/u1', '1').sn", R"("S")");
    row("openidm['delete']('managed/user/u1', '*').sn", R"("S")");
    row("openidm.patch('managed/user/u1', null, [{operation: 'replace', field: '/sn', value: 'T'}])"
        "; openidm.read('managed/user/u1').sn",
        R"("T")");
}

/// The arguments of openidm's functions count: fields, revisions.
void ReconScriptsTest::asksForObjects()
{
    QFETCH(QString, script);
    OverlayObjects objects(PreviewPlace::inMemory().makeShelf);
    objects.addSide(u"managed/user"_s, std::make_shared<ManagedRules>(true))
        .add({{u"_id"_s, u"u1"_s},
              {u"_rev"_s, u"1"_s},
              {u"userName"_s, u"u1"_s},
              {u"givenName"_s, u"G"_s},
              {u"sn"_s, u"S"_s},
              {u"mail"_s, u"a@x.org"_s}});
    HostedScripts scripts(objects, {});
    const MappingOutcome outcome = scripts.run(javaScript(script), {}, {});
    QVERIFY2(outcome.kind == MappingOutcome::Value, qPrintable(outcome.message));
    QTEST(jsonOf(outcome.value), "value");
    const auto strange =
        scripts.run(javaScript(u"openidm.query('managed/user', {_queryFilter: 'true', "
                               "_pageSize: 1})"_s),
                    {}, {});
    QCOMPARE(strange.kind, MappingOutcome::OnServer);
}

void ReconScriptsTest::needsTheServer_data()
{
    QTest::addColumn<QString>("script");

    for (const char *script :
         {"identityServer.getProperty('x')", "parseInt('x')", "({a: [NaN]})", "readFile('x')",
          "openidm.matches('x', 'y')", "class A {}; true", "var A = class {}; true",
          "({a: 1, ...{b: 2}}).a", "async function f() {} true"})
        QTest::newRow(script) << QString::fromUtf8(script);
}

void ReconScriptsTest::needsTheServer()
{
    QFETCH(QString, script);
    const MappingOutcome outcome = run(script);
    QCOMPARE(outcome.kind, MappingOutcome::OnServer);
    QVERIFY(!outcome.message.isEmpty());
    QCOMPARE(run(u"'class A' // for each (x\n.length"_s).kind, MappingOutcome::Value);
    QCOMPARE(run(u"true true ..."_s).kind, MappingOutcome::OnServer);
    QCOMPARE(run(u"true true"_s).kind, MappingOutcome::NotCompiled);
}

/// The server has no bounds, so what runs into them here is not known; no other script is touched.
void ReconScriptsTest::boundsScripts()
{
    HostedScripts scripts(m_objects, {std::chrono::milliseconds(500), qint64(128) << 20});
    const auto bounded = [&](const QString &text) {
        return scripts.run(javaScript(text), {{u"a"_s, 1}}, {});
    };
    QCOMPARE(bounded(u"while (true) {}"_s).kind, MappingOutcome::OnServer);
    QCOMPARE(bounded(u"a + 1"_s).value, QJsonValue(2));
    QCOMPARE(bounded(u"var s = 'xxxxxxxx'; while (true) s += s + 'y'; s"_s).kind,
             MappingOutcome::OnServer);
    QCOMPARE(bounded(u"var a = {}; a.a = a; a"_s).kind, MappingOutcome::Threw);
    QCOMPARE(bounded(u"left = 5; var kept = 6; typeof left"_s).value, QJsonValue(u"number"_s));
    QCOMPARE(bounded(u"typeof left + typeof kept"_s).value, QJsonValue(u"undefinedundefined"_s));
}

/// A loop costs its time three times, not once for each object.
void ReconScriptsTest::givesUpOnWhatWasStopped()
{
    HostedScripts scripts(m_objects, {std::chrono::milliseconds(200), qint64(128) << 20});
    QElapsedTimer timer;
    timer.start();
    for (int object = 0; object < 100; ++object) {
        const MappingOutcome outcome =
            scripts.run(javaScript(u"while (source) {}"_s), {{u"source"_s, object % 2 == 1}}, {});
        const bool isStopped = object % 2 == 1 || object > 5;
        QCOMPARE(outcome.kind, isStopped ? MappingOutcome::OnServer : MappingOutcome::Value);
        QCOMPARE(outcome.message.contains(u"0.2 seconds"_s), isStopped);
    }
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(scripts.run(javaScript(u"5"_s), {}, {}).value, QJsonValue(5));
}

HUBKEEPER_TEST(ReconScriptsTest)
#include "tst_reconscripts.moc"
