// SPDX-License-Identifier: MIT
#include "idm/configuration/deploychecks.h"
#include "idm/configuration/deploydifference.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestDeployChecks : public QObject
{
    Q_OBJECT

private slots:
    void obstacles_data();
    void obstacles();
    void ids_data();
    void ids();
    void onlyAConnectorsPlace();
    void aNameOfAnother();
    void whatDiffers();
    void whatOnlyTheServerCanRead();
};

namespace {

QJsonObject provisioner()
{
    return {{u"name"_s, u"hubspot"_s},
            {u"enabled"_s, true},
            {u"configurationProperties"_s,
             QJsonObject {{u"clientId"_s, u"&{client}"_s}, {u"clientSecret"_s, u"s"_s}}},
            {u"operationTimeout"_s, QJsonObject {{u"GET"_s, -1}}}};
}

QJsonObject with(const QString &key, const QJsonValue &value)
{
    QJsonObject json = provisioner();
    json.insert(key, value);
    return json;
}

QStringList pointersOf(const QList<DeployObstacle> &obstacles)
{
    QStringList pointers;
    for (const DeployObstacle &one : obstacles)
        pointers.append(one.pointer);
    return pointers;
}

} // namespace

void TestDeployChecks::obstacles_data()
{
    QTest::addColumn<QJsonObject>("file");
    QTest::addColumn<QStringList>("community");
    QTest::addColumn<QStringList>("commercial");
    const auto row = [](const char *name, const QJsonObject &file, const QStringList &community,
                        const QStringList &commercial) {
        QTest::newRow(name) << file << community << commercial;
    };
    row("good", provisioner(), {}, {});
    QJsonObject nameless = provisioner();
    nameless.remove(u"name"_s);
    row("no name", nameless, {u"/name"_s}, {});
    row("a blank in it", with(u"name"_s, u"hub spot"_s), {u"/name"_s}, {u"/name"_s});
    row("enabled as text", with(u"enabled"_s, u"true"_s), {u"/enabled"_s}, {});
    row("a time-out as text", with(u"operationTimeout"_s, QJsonObject {{u"GET"_s, u"-1"_s}}),
        {u"/operationTimeout/GET"_s}, {u"/operationTimeout/GET"_s});
    row("a handler as text",
        with(u"resultsHandlerConfig"_s, QJsonObject {{u"enableFilteredResultsHandler"_s, u"x"_s}}),
        {u"/resultsHandlerConfig/enableFilteredResultsHandler"_s},
        {u"/resultsHandlerConfig/enableFilteredResultsHandler"_s});
    row("a substituted secret",
        with(u"configurationProperties"_s, QJsonObject {{u"clientSecret"_s, u"&{esv.secret}"_s}}),
        {u"/configurationProperties/clientSecret"_s}, {});
}

void TestDeployChecks::obstacles()
{
    QFETCH(const QJsonObject, file);
    QFETCH(const QStringList, community);
    QFETCH(const QStringList, commercial);
    const QString id = u"provisioner.openicf/hubspot"_s;

    QCOMPARE(pointersOf(deployObstacles(file, id, IdmProfile::Community, {})), community);
    QCOMPARE(pointersOf(deployObstacles(file, id, IdmProfile::Commercial, {})), commercial);
    QCOMPARE(pointersOf(deployObstacles(file, id, IdmProfile::Cloud, {})), commercial);
}

void TestDeployChecks::ids_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("usable");
    QTest::newRow("two parts") << u"provisioner.openicf/hubspot"_s << true;
    QTest::newRow("one part") << u"sync"_s << true;
    QTest::newRow("three parts") << u"provisioner.openicf/eu/hubspot"_s << false;
    QTest::newRow("a blank") << u"provisioner.openicf/hub spot"_s << false;
    QTest::newRow("no second part") << u"provisioner.openicf/"_s << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("a query") << u"sync?_action=x"_s << false;
    QTest::newRow("out of the folder") << u"../repo"_s << false;
}

void TestDeployChecks::ids()
{
    QFETCH(const QString, id);
    QFETCH(const bool, usable);
    QCOMPARE(checkConfigId(id).has_value(), usable);
}

void TestDeployChecks::onlyAConnectorsPlace()
{
    for (const QString &id : {u"sync"_s, u"mapping/hubspot"_s, u"a/b/c"_s})
        QCOMPARE(deployObstacles(provisioner(), id, IdmProfile::Commercial, {}).size(), 1);
}

void TestDeployChecks::aNameOfAnother()
{
    const QString id = u"provisioner.openicf/eu"_s;
    QJsonObject nameless = provisioner();
    nameless.remove(u"name"_s);
    const QList<ConfigObject> there {{u"provisioner.openicf/hubspot"_s, provisioner()},
                                     {id, provisioner()}};
    const auto found = deployObstacles(provisioner(), id, IdmProfile::Community, there);
    QCOMPARE(pointersOf(found), QStringList {u"/name"_s}); // By the first, not by itself.
    QVERIFY(found.first().what.contains(u"provisioner.openicf/hubspot"_s));

    const QList<ConfigObject> byId {{u"provisioner.openicf/hubspot"_s, nameless}};
    QCOMPARE(deployObstacles(provisioner(), id, IdmProfile::Commercial, byId).size(), 1);
    QCOMPARE(deployObstacles(provisioner(), id, IdmProfile::Community, byId).size(), 0);
}

void TestDeployChecks::whatDiffers()
{
    const JsonText file(R"({"enabled": true, "name": "hubspot", "description": "new"})");
    const ConfigObject there {u"provisioner.openicf/hubspot"_s,
                              {{u"name"_s, u"hubspot"_s}, {u"enabled"_s, false}}};
    const DeployDifference difference = differenceTo(file, there);
    QCOMPARE(difference.changes.size(), 2);
    QVERIFY(!difference.isSame());
    QVERIFY(differenceTo(JsonText(textOf(there)), there).isSame());
}

void TestDeployChecks::whatOnlyTheServerCanRead()
{
    const JsonText file(
        R"({"configurationProperties": {"clientId": "a", "clientSecret": "clear"}})");
    const QJsonObject block {{u"$crypto"_s, QJsonObject {{u"type"_s, u"x-simple-encryption"_s}}}};
    const ConfigObject there {
        u"provisioner.openicf/hubspot"_s,
        {{u"configurationProperties"_s,
          QJsonObject {{u"clientId"_s, u"a"_s}, {u"clientSecret"_s, block}}}}};

    const DeployDifference difference = differenceTo(file, there);

    QVERIFY(difference.isSame());
    QCOMPARE(difference.notCompared, QStringList {u"/configurationProperties/clientSecret"_s});
}

HUBKEEPER_TEST(TestDeployChecks)
#include "tst_deploychecks.moc"
