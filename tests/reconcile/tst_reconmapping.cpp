// SPDX-License-Identifier: MIT
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/overlay/damage.h"
#include "reconcile/overlay/previewset.h"
#include "reconcile/run/correlate.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

QJsonObject objectOf(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(text, &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("%s", text.constData());
    return object;
}

/// Users u1 (city Bern, mail a@x.org) and u2 (no city), a contact 101 of a@x.org, and a mapping
/// with `keys` as its further JSON members.
std::unique_ptr<Preview> previewWith(const QByteArray &keys)
{
    const QByteArray set = R"({"mappings":[{"name":"m","source":"managed/user",
        "target":"system/hubspot/contact","taskThreads":0,"enableSync":false,
        "properties":[{"source":"mail","target":"email"},{"source":"sn","target":"lastname"}])"
        + keys + R"(}],"objectsBefore":{"managed/user":[
        {"_id":"u1","_rev":"1","userName":"u1","sn":"Eins","mail":"a@x.org","city":"Bern"},
        {"_id":"u2","_rev":"1","userName":"u2","sn":"Zwei","mail":"b@x.org"}],
        "system/hubspot/contact":[
        {"_id":"101","email":"a@x.org","lastname":"Eins","__NAME__":"a@x.org","vid":"101"}]},
        "linksBefore":[]})";
    auto preview = readPreviewSet(objectOf(set));
    return preview ? std::move(*preview) : nullptr;
}

const QByteArray treeOnMail = R"(,"correlationQuery":{"type":"text/javascript",
    "file":"ui/correlateTreeToQueryFilter.js","expressionTree":{"any":["email"]},"mapping":"m"})";

/// "u1 FOUND UPDATE SUCCESS; …".
QString entriesOf(const ReconResult &result)
{
    QStringList lines;
    for (const ReconEntry &entry : result.entries) {
        lines.append(QStringList {entry.ofTargetPhase ? entry.targetId : entry.sourceId,
                                  entry.situation ? wordOf(*entry.situation) : u"-"_s,
                                  entry.action ? wordOf(*entry.action) : u"-"_s,
                                  wordOf(entry.status)}
                         .join(u' '));
    }
    return lines.join(u"; "_s);
}

} // namespace

/// Mappings as values, policies, expression trees, what only the server can do, and warnings.
class ReconMappingTest final : public QObject
{
    Q_OBJECT

private slots:
    void breaks_data();
    void breaks();
    void takesAllMappingsAway_data();
    void takesAllMappingsAway();
    void refusesWhatIsNoMapping();
    void decides_data();
    void decides();
    void makesFilters_data();
    void makesFilters();
    void dependsOnTheServer_data();
    void dependsOnTheServer();
    void takesTheTypesOfAProvisioner_data();
    void takesTheTypesOfAProvisioner();
    void isCancelled();
    void warns_data();
    void warns();
};

void ReconMappingTest::breaks_data()
{
    QTest::addColumn<QByteArray>("keys");

    const auto row = [](const char *name, const char *keys) {
        QTest::newRow(name) << QByteArray(keys);
    };
    row("unknown action", R"(,"policies":[{"situation":"ABSENT","action":"MAKE"}])");
    row("unknown situation", R"(,"policies":[{"situation":"HERE","action":"CREATE"}])");
    row("validSource as a text", R"(,"validSource":"/source/sn pr")");
    row("validSource as a boolean", R"(,"validSource":false)");
    row("bad filter", R"(,"sourceCondition":"/source/sn eq")");
    row("script that cannot be read",
        R"(,"validSource":{"type":"text/javascript","source":"if ("})");
    row("tree of an unknown mapping", R"(,"correlationQuery":{"type":"text/javascript",
        "file":"ui/correlateTreeToQueryFilter.js","expressionTree":{"any":["email"]},
        "mapping":"other"})");
    row("two kinds of correlation",
        R"(,"correlationQuery":{"type":"text/javascript","source":"1"},
            "correlationScript":{"type":"text/javascript","source":"[]"})");
    row("a policy's condition that throws", R"(,"policies":[{"situation":"ABSENT",
        "action":"REPORT","condition":{"type":"text/javascript","source":"throw 1"}}])");
    row("result that throws", R"(,"result":{"type":"text/javascript","source":"throw 1"})");
}

void ReconMappingTest::breaks()
{
    QFETCH(QByteArray, keys);
    const auto preview = previewWith(keys);
    QVERIFY(preview);
    const ReconResult result = preview->run(u"m"_s, {});
    QCOMPARE(result.state, ReconResult::State::Failed);
    QVERIFY(!result.cause.isEmpty());
}

void ReconMappingTest::takesAllMappingsAway_data()
{
    QTest::addColumn<QByteArray>("links");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("taken");

    QTest::newRow("none of that name") << QByteArray("c") << QByteArray("managed/user") << true;
    QTest::newRow("other ends") << QByteArray("b") << QByteArray("managed/role") << true;
    QTest::newRow("the same ends") << QByteArray("b") << QByteArray("managed/user") << false;
    QTest::newRow("itself") << QByteArray("a") << QByteArray("managed/role") << false;
}

void ReconMappingTest::takesAllMappingsAway()
{
    QFETCH(QByteArray, links);
    QFETCH(QByteArray, source);
    QFETCH(bool, taken);
    const QJsonArray list =
        objectOf(R"({"m":[{"name":"a","source":"managed/user","target":"t","links":")" + links
                 + R"("},{"name":"b","source":")" + source + R"(","target":"t"}]})")["m"_L1]
            .toArray();
    const auto mappings = readMappings(list);
    QVERIFY(mappings.has_value());
    QCOMPARE(mappings->unknown.isEmpty(), !taken);
    QCOMPARE(mappings->find(u"b"_s) == nullptr, taken);
}

void ReconMappingTest::refusesWhatIsNoMapping()
{
    const auto mappings = readMappings({QJsonObject {{u"name"_s, u"a"_s}}});
    QVERIFY(!mappings.has_value());
    QCOMPARE(mappings.error().kind, ErrorKind::InvalidInput);
}

void ReconMappingTest::decides_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("entries");

    const auto row = [](const char *name, const QByteArray &policies, const char *entries) {
        QTest::newRow(name) << treeOnMail + policies << QString::fromUtf8(entries);
    };
    row("defaults", "", "u1 FOUND UPDATE SUCCESS; u2 ABSENT CREATE SUCCESS");
    row("the first whose condition holds",
        R"(,"policies":[{"situation":"ABSENT","action":"IGNORE","condition":"/object/city pr"},
           {"situation":"ABSENT","action":"REPORT"},{"situation":"ABSENT","action":"CREATE"}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT REPORT SUCCESS");
    row("none holds", R"(,"policies":[{"situation":"ABSENT","action":"IGNORE",
           "condition":"/object/city pr"}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT CREATE SUCCESS");
    row("a lower-case situation never matches",
        R"(,"policies":[{"situation":"absent","action":"IGNORE"}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT CREATE SUCCESS");
    row("a lower-case action does", R"(,"policies":[{"situation":"ABSENT","action":"ignore"}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT IGNORE SUCCESS");
    row("NOREPORT has no entry", R"(,"policies":[{"situation":"ABSENT","action":"NOREPORT"}])",
        "u1 FOUND UPDATE SUCCESS");
    row("an action script", R"(,"policies":[{"situation":"ABSENT","action":{
           "type":"text/javascript","source":"source.userName == 'u2' ? 'REPORT' : 'CREATE'"}}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT REPORT SUCCESS");
    row("an action script that gives none", R"(,"policies":[{"situation":"ABSENT","action":{
           "type":"text/javascript","source":"'create'"}}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT CREATE FAILURE");
    row("EXCEPTION is a success to the server",
        R"(,"policies":[{"situation":"ABSENT","action":"EXCEPTION"}])",
        "u1 FOUND UPDATE SUCCESS; u2 ABSENT EXCEPTION SUCCESS");
}

void ReconMappingTest::decides()
{
    QFETCH(QByteArray, keys);
    const auto preview = previewWith(keys);
    QVERIFY(preview);
    QTEST(entriesOf(preview->run(u"m"_s, {})), "entries");
}

void ReconMappingTest::makesFilters_data()
{
    QTest::addColumn<QByteArray>("tree");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("filter");

    const auto row = [](const char *name, const char *tree, const char *source,
                        const char *filter) {
        QTest::newRow(name) << QByteArray(tree) << QByteArray(source) << QString::fromUtf8(filter);
    };
    row("any", R"({"any":["email","lastname"]})", R"({"mail":"a@x","sn":"S"})",
        R"(email eq "a@x" or lastname eq "S")");
    row("nested", R"({"any":["email",{"all":["lastname","email"]}]})", R"({"mail":"a","sn":"S"})",
        R"(email eq "a" or (lastname eq "S" and email eq "a"))");
    row("missing", R"({"any":["email"]})", "{}", R"(email eq "")");
    row("null", R"({"any":["email"]})", R"({"mail":null})", R"(email eq "")");
    row("0", R"({"any":["email"]})", R"({"mail":0})", R"(email eq "")");
    row("no property", R"({"any":["phone"]})", R"({"mail":"a"})", R"(phone eq "")");
    row("escaped", R"({"any":["email"]})", R"({"mail":"O'N\\"})", R"(email eq "O\'N\\")");
    row("a quote is not", R"({"any":["email"]})", R"({"mail":"a\"b"})", R"(email eq "a"b")");
    row("no operator", R"({"not":["email"]})", "{}", "");
    row("empty list", R"({"any":[]})", "{}", "");
}

void ReconMappingTest::makesFilters()
{
    QFETCH(QByteArray, tree);
    QFETCH(QByteArray, source);
    const auto preview = previewWith(treeOnMail);
    QVERIFY(preview);
    HostedScripts scripts(preview->objects());
    const SyncWorld world {preview->objects(), preview->links(), scripts};
    SyncRun run(preview->mappings(), *preview->mappings().find(u"m"_s), world);
    Correlation correlation = run.mapping.correlations.value(u"default"_s);
    correlation.tree = objectOf(tree);
    const auto filter = treeFilter(run, correlation, u"default"_s, objectOf(source));
    QVERIFY(filter.has_value());
    QTEST(*filter, "filter");
}

void ReconMappingTest::dependsOnTheServer_data()
{
    QTest::addColumn<QByteArray>("script");

    const auto row = [](const char *name, const char *script) {
        QTest::newRow(name) << QByteArray(script);
    };
    row("Groovy", R"({"type":"groovy","source":"true"})");
    row("a file", R"({"type":"text/javascript","file":"own.js"})");
    row("require", R"({"type":"text/javascript","source":"require('lib/own'); true"})");
    row("Java", R"({"type":"text/javascript","source":"new java.util.Date(); true"})");
    row("Java, caught",
        R"({"type":"text/javascript","source":"try { new java.util.Date() } catch (e) {} true"})");
    row("an action", R"({"type":"text/javascript","source":"openidm.action('x', 'y'); true"})");
    row("what was not read",
        R"({"type":"text/javascript","source":"openidm.read('managed/role/r') != null"})");
    row("older JavaScript",
        R"({"type":"text/javascript","source":"for each (var a in source) {} true"})");
}

/// Nothing is guessed: the entries say so, and nothing in the target phase is certain.
void ReconMappingTest::dependsOnTheServer()
{
    QFETCH(QByteArray, script);
    const auto preview = previewWith(treeOnMail + R"(,"validSource":)" + script);
    QVERIFY(preview);
    const ReconResult result = preview->run(u"m"_s, {});
    QCOMPARE(result.state, ReconResult::State::Success);
    QVERIFY(!result.complete);
    QCOMPARE(result.serverScripts, QStringList {u"validSource"_s});
    QCOMPARE(entriesOf(result),
             u"u1 - - UNKNOWN; u2 - - UNKNOWN; 101 UNASSIGNED EXCEPTION SUCCESS"_s);
    for (const ReconEntry &entry : result.entries)
        QVERIFY(!entry.certain);
    preview->visitChanges([](const ObjectChange &change) { QFAIL(qPrintable(change.id)); });
}

void ReconMappingTest::takesTheTypesOfAProvisioner_data()
{
    QTest::addColumn<QByteArray>("properties");
    QTest::addColumn<QString>("entries");
    QTest::addColumn<QString>("sent");

    const auto row = [](const char *name, const char *properties, const char *entries,
                        const char *sent) {
        QTest::newRow(name) << QByteArray(properties) << QString::fromUtf8(entries)
                            << QString::fromUtf8(sent);
    };
    row("all of them", R"("email":{"type":"string","required":true},"lastname":{"type":"string"})",
        "u1 ABSENT CREATE SUCCESS", R"({"email":["a@x.org"],"lastname":["Eins"]})");
    row("one is not there", R"("email":{"type":"string"})", "u1 ABSENT CREATE FAILURE", "");
    row("one cannot be created",
        R"("email":{"type":"string"},"lastname":{"type":"string","flags":["NOT_CREATABLE"]})",
        "u1 ABSENT CREATE SUCCESS", R"({"email":["a@x.org"]})");
    row("one has another type", R"("email":{"type":"string"},"lastname":{"type":"integer"})",
        "u1 ABSENT CREATE FAILURE", "");
    row("one is a list",
        R"("email":{"type":"string"},"lastname":{"type":"array","items":{"type":"string"}})",
        "u1 ABSENT CREATE SUCCESS", R"({"email":["a@x.org"],"lastname":["Eins"]})");
    row("a required one has no value",
        R"("email":{"type":"string"},"lastname":{"type":"string"},"id":{"required":true})",
        "u1 ABSENT CREATE FAILURE", "");
}

void ReconMappingTest::takesTheTypesOfAProvisioner()
{
    QFETCH(QByteArray, properties);
    QFETCH(QString, sent);
    const auto preview =
        readPreviewSet(objectOf(R"({"mappings":[{"name":"m","source":"managed/user",
        "target":"system/crm/person","properties":[{"source":"mail","target":"email"},
        {"source":"sn","target":"lastname"}]}],"objectTypes":{"system/crm":{"person":{"properties":{)"
                                + properties + R"(}}}},"objectsBefore":{"managed/user":[
        {"_id":"u1","_rev":"1","userName":"u1","sn":"Eins","mail":"a@x.org"}]},"linksBefore":[]})"));
    QVERIFY(preview.has_value());
    const QString entries = entriesOf((*preview)->run(u"m"_s, {}));
    QTEST(entries, "entries");
    const std::vector<SentWrite> writes = (*preview)->sent();
    QCOMPARE(writes.empty(), sent.isEmpty());
    if (!writes.empty())
        QCOMPARE(QJsonDocument(writes[0].attributes).toJson(QJsonDocument::Compact), sent.toUtf8());
}

void ReconMappingTest::isCancelled()
{
    const auto preview = previewWith(treeOnMail);
    QVERIFY(preview);
    std::stop_source stop;
    const ReconResult result = preview->run(u"m"_s, {}, stop.get_token(),
                                            [&](const ReconProgress &) { stop.request_stop(); });
    QCOMPARE(result.state, ReconResult::State::Canceled);
    QVERIFY(!result.complete);
    QCOMPARE(entriesOf(result), u"u1 FOUND UPDATE SUCCESS"_s);
}

void ReconMappingTest::warns_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("kinds");

    const auto row = [](const char *name, const QByteArray &keys, const char *kinds) {
        QTest::newRow(name) << keys << QString::fromUtf8(kinds);
    };
    row("of nothing", treeOnMail, "");
    row("links without source", R"(,"policies":[{"situation":"UNASSIGNED","action":"LINK"},
        {"situation":"ABSENT","action":"REPORT"}])",
        "nullSourceLinks");
    row("sources failed and targets are deleted",
        R"(,"validSource":{"type":"text/javascript","source":"throw 1"},
            "policies":[{"situation":"UNASSIGNED","action":"DELETE"}])",
        "deletedAfterFailure");
    row("a link to nowhere", R"(,"correlationScript":{"type":"text/javascript",
        "source":"[{_id: source._id + '-x'}]"})",
        "linkToNowhere");
    row("fields are wiped",
        treeOnMail + R"(,"sourceQuery":{"_queryFilter":"true","_fields":"_id,mail,userName"})",
        "wipedFields");
    row("an apostrophe in a query", treeOnMail + R"x(,"allowEmptySourceSet":true,
            "sourceQuery":{"_queryFilter":"sn eq \"O'N\""})x",
        "blindSearch");
    row("a filter that finds everything", R"x(,"correlationQuery":{"type":"text/javascript",
        "source":"({'_queryFilter':'email pr'})"})x",
        "filterNotApplied");
    row("ten threads", treeOnMail + R"(,"taskThreads":10,
        "validTarget":{"type":"text/javascript","source":"true"})",
        "firstRunAfterChange");
}

void ReconMappingTest::warns()
{
    QFETCH(QByteArray, keys);
    const auto preview = previewWith(keys);
    QVERIFY(preview);
    DamageWatch watch;
    PreviewSinks sinks;
    sinks.entry = [&](const ReconEntry &entry) { watch.take(entry); };
    (void)preview->run(u"m"_s, {}, {}, {}, sinks);
    QStringList kinds;
    const QList<ReconWarning> warnings = watch.warnings(*preview, u"m"_s, {});
    for (const ReconWarning &warning : warnings) {
        kinds.append(nameOf(warning.kind));
        QVERIFY(warning.count > 0);
    }
    QTEST(kinds.join(u' '), "kinds");
}

HUBKEEPER_TEST(ReconMappingTest)
#include "tst_reconmapping.moc"
