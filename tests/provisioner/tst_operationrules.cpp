// SPDX-License-Identifier: MIT
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What the rules on operations, system actions and failure handling say beyond their examples.
class TestOperationRules : public QObject
{
    Q_OBJECT

private slots:
    void says_data();
    void says();
    void hostilePatternEnds();
};

namespace {

QByteArray action(const QByteArray &members)
{
    return R"([{"scriptId": "a", "actions": [{)" + members + "}]}]";
}

} // namespace

void TestOperationRules::says_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<ServerProfile>("profile");
    QTest::addColumn<QString>("rules");

    const auto row = [](const char *name, const char *block, const QByteArray &json,
                        const char *rules, ServerProfile profile = ServerProfile::Commercial) {
        QTest::newRow(name) << u'/' + QString::fromLatin1(block) << json << profile
                            << QString::fromLatin1(rules);
    };
    const char *options = "operationOptions";
    const char *actions = "systemActions";
    const char *handler = "syncFailureHandler";
    const auto community = ServerProfile::Community;
    // clang-format off
    row("no options",              options, "{}", "");
    row("allowed",                 options, R"({"CREATE": {"denied": false}})", "");
    row("denied for everything",   options, R"({"CREATE": {"denied": true}})", "HK704");
    row("same, community",         options, R"({"CREATE": {"denied": true}})", "HK704", community);
    row("all types",               options, R"({"DELETE": {"denied": true, "supportedObjectTypes": ["__ALL__"]}})", "");
    row("by features",             options, R"({"DELETE": {"objectFeatures": {"contact": {"denied": true, "onDeny": "DO_NOTHING", "operationOptionInfo": {"type": "object"}}}}})", "HK704");
    row("feature that reads",      options, R"({"GET": {"objectFeatures": {"contact": {"denied": true}}}})", "HK704 HK713");
    row("lower case operation",    options, R"({"delete": {"denied": false}})", "HK700");
    row("number for denied",       options, R"({"DELETE": {"denied": 1}})", "HK703");
    row("substituted",             options, R"({"DELETE": {"denied": {"$bool": "&{a}"}}})", "");
    row("number among types",      options, R"({"DELETE": {"denied": true, "supportedObjectTypes": [7]}})", "HK707");
    row("no actions",              actions, "[]", "");
    row("pattern of the bundle",   actions, action(R"("systemType": "org\\.forgerock\\..*", "actionType": "groovy", "actionSource": "1")"), "");
    row("only the beginning",      actions, action(R"("systemType": "org.forgerock", "actionType": "groovy", "actionSource": "1")"), "HK732");
    row("alternative",             actions, action(R"("systemType": "x|.*HubspotConnector", "actionType": "GROOVY", "actionSource": "1")"), "");
    row("open bracket",            actions, action(R"("systemType": "(.*", "actionType": "groovy", "actionSource": "1")"), "HK731");
    row("bracket closed too soon", actions, action(R"("systemType": ".*)|(.*", "actionType": "groovy", "actionSource": "1")"), "HK731");
    row("shell",                   actions, action(R"("systemType": ".*", "actionType": "shell", "actionSource": "ls")"), "HK728");
    row("nothing at all",          actions, action(""), "HK725 HK727 HK730");
    row("path upwards",            actions, action(R"("systemType": ".*", "actionType": "groovy", "actionFile": "script/../../x.groovy")"), "HK733");
    row("path of Windows",         actions, action(R"("systemType": ".*", "actionType": "groovy", "actionFile": "C:\\x.groovy")"), "HK735");
    row("path of one machine",     actions, action(R"("systemType": ".*", "actionType": "groovy", "actionFile": "C:/x.groovy")"), "HK733");
    row("secret returned",         actions, action(R"("systemType": ".*", "actionType": "groovy", "actionSource": "return configuration.refreshToken")"), "HK736");
    row("secret printed",          actions, action(R"("systemType": ".*", "actionType": "groovy", "actionSource": "println \"x ${c.clientSecret}\"\n1")"), "HK736");
    row("secret as the result",    actions, action(R"("systemType": ".*", "actionType": "groovy", "actionSource": "def c = connector\nc.configuration.clientSecret")"), "HK736");
    row("secret used",             actions, action(R"("systemType": ".*", "actionType": "groovy", "actionSource": "def s = c.clientSecret\nlogin(s)\n1")"), "");
    row("two dots in a name",      actions, action(R"("systemType": ".*", "actionType": "groovy", "actionFile": "script/a..b.groovy")"), "");
    row("dead letters",            handler, R"({"maxRetries": 0, "postRetryAction": "dead-letter-queue"})", "HK740");
    row("script",                  handler, R"({"maxRetries": 1, "postRetryAction": {"script": {"type": "groovy", "source": "1"}}})", "HK740");
    row("empty",                   handler, "{}", "HK740 HK742");
    row("fraction",                handler, R"({"maxRetries": 1.5, "postRetryAction": "logged-ignore"})", "HK740 HK741");
    row("object without script",   handler, R"({"maxRetries": 1, "postRetryAction": {}})", "HK740 HK745");
    row("substituted retries",     handler, R"({"maxRetries": {"$int": "&{a|5}"}, "postRetryAction": "&{b}"})", "HK740");
    // clang-format on
}

void TestOperationRules::says()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    QFETCH(ServerProfile, profile);
    const QByteArray file = withTextAt(faultlessProvisioner(profile), pointer, json.constData());

    QStringList ids;
    for (const Finding &finding :
         validate(JsonText(file), {profile, u"provisioner.openicf-hubspot.json"_s, {}})) {
        if (finding.ruleId.startsWith("HK7"_L1))
            ids.append(finding.ruleId);
    }
    ids.sort();

    QTEST(ids.join(u' '), "rules");
}

void TestOperationRules::hostilePatternEnds()
{
    QByteArray file = faultlessProvisioner();
    file.replace("hubspot.HubspotConnector", QByteArray(900, 'a') + '!');
    file = withTextAt(
        file, u"/systemActions"_s,
        action(R"("systemType": "(a|a|aa)*(a+)+b", "actionType": "groovy", "actionSource": "1")")
            .constData());

    // Within the test's time limit, whatever is said.
    QVERIFY(!validate(JsonText(file), {}).isEmpty());
}

HUBKEEPER_TEST(TestOperationRules)
#include "tst_operationrules.moc"
