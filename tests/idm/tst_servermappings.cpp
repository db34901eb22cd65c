// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingtable.h"
#include "idm/mappings/queryfields.h"
#include "idm/mappings/servermappings.h"
#include "testkit/mappingfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject mapping(const QString &name, int threads = 10)
{
    return {{u"name"_s, name},
            {u"source"_s, u"managed/user"_s},
            {u"target"_s, u"managed/role"_s},
            {u"taskThreads"_s, threads}};
}

ServerMappings twoInTheList()
{
    ServerMappings mappings;
    mappings.sync = ConfigObject {
        u"sync"_s,
        {{u"mappings"_s, QJsonArray {mapping(u"a"_s), mapping(u"b"_s)}}, {u"other"_s, 1}}};
    return mappings;
}

/// "lastname eq!" for a value that breaks on quotes.
QString shown(const QList<QueryField> &fields)
{
    QStringList texts;
    for (const QueryField &field : fields)
        texts.append(field.attribute + u' ' + field.op
                     + (field.breaksOnQuotes ? u"!"_s : QString()));
    return texts.join(u", "_s);
}

} // namespace

/// The mappings of a server, one of them changed; and how they are read.
class TestServerMappings : public QObject
{
    Q_OBJECT

private slots:
    void oneIsChangedInItsPlace();
    void newOnesGoWhereTheProfileHasThem();
    void singleOnesStaySingle();
    void theNameIsKept();
    void queriesInScripts_data();
    void queriesInScripts();
    void treesInOneLine_data();
    void treesInOneLine();
    void aTableHasThePlaces();
};

void TestServerMappings::oneIsChangedInItsPlace()
{
    const ServerMappings before = twoInTheList();
    const auto after = changed(before, {u"a"_s, mapping(u"a"_s, 0)}, IdmProfile::Community);
    QVERIFY(after);
    const QJsonArray list = after->sync->value["mappings"_L1].toArray();
    QCOMPARE(list, (QJsonArray {mapping(u"a"_s, 0), mapping(u"b"_s)}));
    QCOMPARE(after->sync->value["other"_L1].toInt(), 1);
    QCOMPARE(after->find(u"a"_s)->configId, u"sync"_s);
}

void TestServerMappings::newOnesGoWhereTheProfileHasThem()
{
    const auto community =
        changed(twoInTheList(), {u"c"_s, mapping(u"c"_s)}, IdmProfile::Community);
    QVERIFY(community);
    QCOMPARE(community->sync->value["mappings"_L1].toArray().size(), 3);
    const auto onEmpty = changed({}, {u"c"_s, mapping(u"c"_s)}, IdmProfile::Community);
    QVERIFY(onEmpty && onEmpty->sync);
    for (const IdmProfile profile : {IdmProfile::Commercial, IdmProfile::Cloud}) {
        const auto after = changed(twoInTheList(), {u"c"_s, mapping(u"c"_s)}, profile);
        QVERIFY(after);
        QCOMPARE(after->single.size(), 1);
        QCOMPARE(after->single.first().id, u"mapping/c"_s);
        QCOMPARE(*after->sync, *twoInTheList().sync);
    }
    // A server would keep it under another id.
    QVERIFY(!changed({}, {u"c d"_s, mapping(u"c d"_s)}, IdmProfile::Commercial));
}

void TestServerMappings::singleOnesStaySingle()
{
    ServerMappings before = twoInTheList();
    before.single = {{u"mapping/c"_s, mapping(u"c"_s)}};
    const auto after = changed(before, {u"c"_s, mapping(u"c"_s, 0)}, IdmProfile::Commercial);
    QVERIFY(after);
    QCOMPARE(after->single.first().value["taskThreads"_L1].toInt(-1), 0);
    QCOMPARE(*after->sync, *before.sync);
    QCOMPARE(after->all().size(), 3);
}

void TestServerMappings::theNameIsKept()
{
    const auto renamed = changed(twoInTheList(), {u"a"_s, mapping(u"z"_s)}, IdmProfile::Community);
    QVERIFY(!renamed);
    QCOMPARE(renamed.error().kind, ErrorKind::InvalidInput);
}

void TestServerMappings::queriesInScripts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("fields");
    // clang-format off
    QTest::newRow("plain quotes")  << uR"js(({_queryFilter: 'lastname eq "' + source.sn + '"'}))js"_s                         << u"lastname eq!"_s;
    QTest::newRow("escaped")       << uR"js(({_queryFilter: 'lastname eq "' + source.sn.replace(/"/g, '\\"') + '"'}))js"_s    << u"lastname eq"_s;
    QTest::newRow("stringify")     << uR"js(({_queryFilter: 'lastname eq ' + JSON.stringify(source.sn)}))js"_s                << u"lastname eq"_s;
    QTest::newRow("two")           << uR"js(({_queryFilter: 'a eq "' + source.a + '" and b sw "' + source.b + '"'}))js"_s     << u"a eq!, b sw!"_s;
    QTest::newRow("with a slash")  << uR"js(({"_queryFilter": "/email eq \"" + source.mail + "\""}))js"_s                     << u"email eq!"_s;
    QTest::newRow("literal")       << uR"js(({_queryFilter: 'type eq "customer"'}))js"_s                                      << u"type eq"_s;
    QTest::newRow("template")      << uR"js(({_queryFilter: `name eq "${source.name}"`}))js"_s                                << u"name eq!"_s;
    QTest::newRow("present")       << uR"js(({_queryFilter: 'email pr'}))js"_s                                                << u"email pr"_s;
    QTest::newRow("everything")    << uR"js(({_queryFilter: 'true'}))js"_s                                                    << QString();
    QTest::newRow("no filter")     << uR"js(({_queryId: 'for-userName', uid: source.mail + ' eq '}))js"_s                     << QString();
    QTest::newRow("not a query")   << uR"js(source.a == 'x eq y')js"_s                                                        << QString();
    // clang-format on
}

void TestServerMappings::queriesInScripts()
{
    QFETCH(QString, script);
    QFETCH(QString, fields);
    QCOMPARE(shown(queryFieldsIn(script)), fields);
}

void TestServerMappings::treesInOneLine_data()
{
    QTest::addColumn<QByteArray>("tree");
    QTest::addColumn<QString>("line");
    QTest::newRow("any") << QByteArray(R"({"any": ["mail"]})") << u"any of (mail)"_s;
    QTest::newRow("nested") << QByteArray(R"({"any": ["mail", {"all": ["sn", "givenName"]}]})")
                            << u"any of (mail, all of (sn, givenName))"_s;
    QTest::newRow("odd") << QByteArray(R"({"any": 5})") << uR"({"any":5})"_s;
}

void TestServerMappings::treesInOneLine()
{
    QFETCH(QByteArray, tree);
    QFETCH(QString, line);
    QCOMPARE(treeLine(QJsonDocument::fromJson(tree).object()), line);
}

void TestServerMappings::aTableHasThePlaces()
{
    const JsonText text(faultlessMappings());
    const QList<MappingTable> tables = tablesOf(text);
    QCOMPARE(tables.size(), 2);
    const MappingTable &second = tables.last();
    QCOMPARE(second.links, u"managedUser_hubspotContact"_s);
    QCOMPARE(second.pointer, u"/mappings/1"_s);
    QCOMPARE(second.properties.size(), 4);
    QCOMPARE(second.properties[3].target, u"userName"_s);
    for (const MappingTable::Property &property : second.properties)
        QVERIFY(text.at(property.pointer) != JsonText::none);
    QCOMPARE(second.correlation.first().value, u"any of (mail)"_s);
    for (const MappingTable::Policy &policy : second.policies)
        QVERIFY(!policy.isDefault);
    const auto setting = [&](const QString &name) {
        for (const MappingTable::Setting &one : second.settings) {
            if (one.name == name)
                return one;
        }
        return MappingTable::Setting();
    };
    QVERIFY(setting(u"enableSync"_s).isDefault);
    QCOMPARE(setting(u"taskThreads"_s).value, u"0"_s);
    QVERIFY(setting(u"validSource"_s).value.startsWith("JavaScript: source.email"_L1));
    const MappingTable bare =
        tableOf(JsonText(R"({"name": "a", "source": "b", "target": "c"})"), 0);
    QCOMPARE(bare.policies.size(), 13);
    QVERIFY(bare.policies.first().isDefault);
}

HUBKEEPER_TEST(TestServerMappings)
#include "tst_servermappings.moc"
