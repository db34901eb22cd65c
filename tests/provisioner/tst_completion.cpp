// SPDX-License-Identifier: MIT
#include "provisioner/document/newprovisioner.h"
#include "provisioner/model/completion.h"
#include "provisioner/text/jsonedit.h"
#include "testkit/testprogram.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// What may be written where. The place is marked by a bar in the text.
class TestCompletion final : public QObject
{
    Q_OBJECT

private slots:
    void offers_data();
    void offers();
    void inserts_data();
    void inserts();
    void leavesOutWhatIsThere();
    void knowsTheProfile();
    void takesAnyPlace();
};

namespace {

Completion at(QByteArray marked, ServerProfile profile = ServerProfile::Commercial)
{
    const qsizetype place = marked.indexOf('|');
    marked.remove(place, 1);
    return completionAt(JsonText(marked), place, profile);
}

QStringList textsOf(const Completion &completion)
{
    QStringList texts;
    for (const Candidate &candidate : completion.candidates)
        texts.append(candidate.text);
    return texts;
}

} // namespace

void TestCompletion::offers_data()
{
    QTest::addColumn<QByteArray>("marked");
    QTest::addColumn<QStringList>("first"); ///< The candidates begin with these; empty: none.
    // clang-format off
    const auto row = [](const char *name, const char *marked, const QStringList &first) {
        QTest::newRow(name) << QByteArray(marked) << first;
    };
    row("top-level key",           R"({"ena|"})", {u"enabled"_s});
    row("frodo's",                 R"({"idm": {"provisioner.openicf/a": {"ena|"}}})", {u"enabled"_s});
    row("frodo's, property",       R"({"idm": {"provisioner.openicf/a": {"configurationProperties": {"cli|"}}}})", {u"clientId"_s});
    row("beside frodo's",          R"({"meta": {"ena|"}, "idm": {"provisioner.openicf/a": {}}})", {});
    row("without quotes",          R"({conf|)", {u"configurationProperties"_s});
    row("contained",               R"({"Pool|"})", {u"poolConfigOption"_s, u"connectorPoolingSupported"_s});
    row("property",                R"({"configurationProperties": {"cli|)", {u"clientId"_s, u"clientSecret"_s});
    row("property, letter case",   R"({"configurationProperties": {"HTTP|"}})", {u"httpProxyHost"_s, u"httpProxyPort"_s});
    row("boolean of a property",   R"({"configurationProperties": {"readSchema": |}})", {u"false"_s, u"true"_s});
    row("number of a property",    R"({"configurationProperties": {"maximumConnections": |}})", {u"10"_s});
    row("secret",                  R"({"configurationProperties": {"clientSecret": |}})", {u"&{hubspot.clientSecret}"_s, u"null"_s});
    row("connectorRef member",     R"({"connectorRef": {"bundle|)", {u"bundleName"_s, u"bundleVersion"_s});
    row("bundle name",             R"({"connectorRef": {"bundleName": "|"}})", {u"org.forgerock.openicf.connectors.hubspot-connector"_s});
    row("version",                 R"({"connectorRef": {"bundleVersion": "|"}})", {u"[1.5.0.0,1.6.0.0)"_s});
    row("host",                    R"({"connectorRef": {"connectorHostRef": |}})", {u"#LOCAL"_s});
    row("pool",                    R"({"poolConfigOption": {"maxW|)", {u"maxWait"_s});
    row("pool value",              R"({"poolConfigOption": {"maxWait": |)", {u"150000"_s});
    row("handler",                 R"({"resultsHandlerConfig": {"enableC|)", {u"enableCaseInsensitiveFilter"_s});
    row("handler value",           R"({"resultsHandlerConfig": {"enableCaseInsensitiveFilter": t|)", {u"true"_s});
    row("operation",               R"({"operationTimeout": {"SCRIPT|)", {u"SCRIPT_ON_CONNECTOR"_s, u"SCRIPT_ON_RESOURCE"_s});
    row("time-out",                R"({"operationTimeout": {"GET": |)", {u"-1"_s, u"15000"_s});
    row("object type",             R"({"objectTypes": {"co|)", {u"contact"_s, u"company"_s, u"contactProperties"_s, u"companyProperties"_s});
    row("member of object type",   R"({"objectTypes": {"contact": {"na|)", {u"nativeType"_s});
    row("native object type",      R"({"objectTypes": {"person": {"nativeType": "own|)", {u"owner"_s});
    row("attribute of the class",  R"({"objectTypes": {"person": {"nativeType": "contact", "properties": {"first|"}}}})", {u"firstname"_s});
    row("member of attribute",     R"({"objectTypes": {"x": {"properties": {"a": {"t|)", {u"type"_s});
    row("attribute type",          R"({"objectTypes": {"x": {"properties": {"a": {"type": "s|)", {u"string"_s});
    row("native type",             R"({"objectTypes": {"x": {"properties": {"a": {"nativeType": "JAVA_TYPE_G|)", {u"JAVA_TYPE_GUARDEDSTRING"_s});
    row("flag",                    R"({"objectTypes": {"x": {"properties": {"a": {"flags": ["NOT_CR|)", {u"NOT_CREATABLE"_s});
    row("native name",             R"({"objectTypes": {"contact": {"nativeType": "contact", "properties": {"a": {"nativeName": "lastn|"}}}}})", {u"lastname"_s});
    row("items",                   R"({"objectTypes": {"x": {"properties": {"a": {"items": {"type": "ob|)", {u"object"_s});
    row("operation options",       R"({"operationOptions": {"CREATE": {"onDeny": |)", {u"DO_NOTHING"_s, u"THROW_EXCEPTION"_s});
    row("supported object types",  R"({"objectTypes": {"mine": {}}, "operationOptions": {"CREATE": {"supportedObjectTypes": ["|"]}}})", {u"mine"_s});
    row("after the last retry",    R"({"syncFailureHandler": {"postRetryAction": "|"}})", {u"logged-ignore"_s, u"dead-letter-queue"_s});
    row("system action",           R"({"systemActions": [{"actions": [{"action|)", {u"actionType"_s, u"actionSource"_s, u"actionFile"_s});
    row("language",                R"({"systemActions": [{"scriptId": "a", "actions": [{"actionType": "|)", {u"groovy"_s, u"javascript"_s});
    row("after broken lines",      "{\n\"a\": 'x,\n\"configurationProperties\": {\n\"clientI|", {u"clientId"_s});
    row("after a comment",        "{ // \"configurationProperties\": {\n \"ena|", {u"enabled"_s});
    row("in a comment",            "{ // ena|\n}", {});
    row("in a block comment",      "{ /* ena| */ }", {});
    row("outside",                 "{}|", {});
    row("free text",               R"({"displayName": "|"})", {});
    row("foreign key",             R"({"whatever": {"|"}})", {});
    // clang-format on
}

void TestCompletion::offers()
{
    QFETCH(QByteArray, marked);
    QFETCH(QStringList, first);
    const QStringList texts = textsOf(at(marked));
    QCOMPARE(texts.first(std::min(texts.size(),
                                  std::max(first.size(), qsizetype(first.isEmpty() ? 99 : 0)))),
             first);
}

void TestCompletion::inserts_data()
{
    QTest::addColumn<QByteArray>("marked");
    QTest::addColumn<QByteArray>("after"); ///< With the first candidate taken.
    // clang-format off
    const auto row = [](const char *name, const char *marked, const char *after) {
        QTest::newRow(name) << QByteArray(marked) << QByteArray(after);
    };
    row("key and value",       R"({"ena|"})",                        R"({"enabled": true})");
    row("key without quotes",  R"({ena|})",                          R"({"enabled": true})");
    row("quote not closed",    "{\"ena|\n}",                         "{\"enabled\": true\n}");
    row("value is there",      R"({"ena|": false})",                 R"({"enabled": false})");
    row("another follows",     "{\"ena|\n\"name\": \"x\"}",          "{\"enabled\": true,\n\"name\": \"x\"}");
    row("object",              R"({"poolC|})",                       R"({"poolConfigOption": {}})");
    row("default",             R"({"poolConfigOption": {"maxO|}})",  R"({"poolConfigOption": {"maxObjects": 10}})");
    row("word for a text",     R"({"enabled": "tr|"})",              R"({"enabled": true})");
    row("number",              R"({"operationTimeout": {"GET": 5|}})", R"({"operationTimeout": {"GET": 15000}})");
    row("text",                R"({"syncFailureHandler": {"postRetryAction": dead|}})", R"({"syncFailureHandler": {"postRetryAction": "dead-letter-queue"}})");
    // clang-format on
}

void TestCompletion::inserts()
{
    QFETCH(QByteArray, marked);
    QFETCH(QByteArray, after);
    const Completion completion = at(marked);
    QVERIFY(!completion.candidates.isEmpty());
    const QByteArray text = QByteArray(marked).replace("|", "");
    QCOMPARE(applied(text,
                     {{completion.replaced.begin, completion.replaced.size(),
                       completion.candidates.first().insert}}),
             after);
}

void TestCompletion::leavesOutWhatIsThere()
{
    const Completion keys = at(R"({"configurationProperties": {"clientId": "a", "client|"}})");
    QCOMPARE(textsOf(keys), QStringList {u"clientSecret"_s});
    // The key at the place itself may stay what it is.
    QVERIFY(
        textsOf(at(R"({"configurationProperties": {"clientI|d": "a"}})")).contains(u"clientId"_s));
    const Completion flags = at(
        R"({"objectTypes": {"x": {"properties": {"a": {"flags": ["NOT_CREATABLE", "NOT_|"]}}}}})");
    QVERIFY(!textsOf(flags).contains(u"NOT_CREATABLE"_s));
    QVERIFY(textsOf(flags).contains(u"NOT_UPDATEABLE"_s));
}

void TestCompletion::knowsTheProfile()
{
    QVERIFY(textsOf(at(R"({"|"})")).contains(u"producerBufferSize"_s));
    const QStringList community = textsOf(at(R"({"|"})", ServerProfile::Community));
    QVERIFY(!community.contains(u"producerBufferSize"_s));
    QVERIFY(community.contains(u"bufferSize"_s));
}

/// No place in a whole file, and none in its halves, is one that cannot be asked about; what is
/// inserted for a key is a member of JSON.
void TestCompletion::takesAnyPlace()
{
    const QByteArray sample = sampleProvisioner();
    for (qsizetype offset = 0; offset <= sample.size(); offset += 37) {
        (void)completionAt(JsonText(sample), offset);
        const QByteArray half = sample.first(offset);
        const Completion completion = completionAt(JsonText(half), offset);
        QVERIFY(completion.replaced.begin <= offset);
        QVERIFY(completion.replaced.end >= completion.replaced.begin);
    }
    for (const char *marked : {R"({"|"})", R"({"configurationProperties": {"|"}})",
                               R"({"objectTypes": {"contact": {"properties": {"|"}}}})",
                               R"({"objectTypes": {"a": {"properties": {"b": {"|"}}}}})"}) {
        const Completion completion = at(marked);
        QVERIFY(!completion.candidates.isEmpty());
        for (const Candidate &candidate : completion.candidates)
            QVERIFY2(JsonText('{' + candidate.insert + '}').isValid(), candidate.insert);
    }
}

HUBKEEPER_TEST(TestCompletion)
#include "tst_completion.moc"
