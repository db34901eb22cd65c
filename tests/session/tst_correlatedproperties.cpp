// SPDX-License-Identifier: MIT
#include "session/idm/correlatedproperties.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What mappings say of how IDM finds records.
class TestCorrelatedProperties final : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatIsCompared_data();
    void readsWhatIsCompared();
};

void TestCorrelatedProperties::readsWhatIsCompared_data()
{
    QTest::addColumn<QByteArray>("mapping"); // Without its name.
    QTest::addColumn<QStringList>("contacts");
    QTest::addColumn<bool>("isUnread");
    const QByteArray toContacts = R"("source":"managed/user","target":"system/hubspot/contact",)";
    const QByteArray fromContacts = R"("source":"system/hubspot/contact","target":"managed/user",)";
    const auto tree = [](const QByteArray &fields) {
        return R"({"type":"text/javascript","file":"ui/correlateTreeToQueryFilter.js",)"
               R"("mapping":"m","expressionTree":)"
            + fields + '}';
    };
    const auto query = [](const QByteArray &value) { return "\"correlationQuery\":" + value; };
    const auto script = [](QByteArray text) {
        return R"("correlationQuery":{"type":"text/javascript","source":")"
            + text.replace('"', "\\\"") + "\"}";
    };
    const QStringList email {u"email"_s};
    const QStringList none;
    QTest::newRow("tree") << toContacts
            + query(tree(R"({"any":["email",{"all":["/phone","_id"]}]})"))
                          << QStringList {u"email"_s, u"phone"_s} << false;
    QTest::newRow("tree, other way") << fromContacts
            + R"("properties":[{"source":"email","target":"mail"},{"source":"x","target":"y"}],)"
            + query(tree(R"({"all":["mail"]})"))
                                     << email << false;
    QTest::newRow("script") << toContacts
            + script("({_queryFilter: 'email eq \"' + source.mail + '\" and lastname eq \"x\"'})")
                            << QStringList {u"email"_s, u"lastname"_s} << false;
    QTest::newRow("old query") << toContacts
            + script("({query: {Equals: {field: 'email', values: [source.mail]}}})")
                               << email << false;
    QTest::newRow("script, other way") << fromContacts
            + script("({_queryFilter: 'mail eq \"' + source.email + source['employee_no'] + '\"'})")
                                       << QStringList {u"email"_s, u"employee_no"_s} << false;
    QTest::newRow("two qualifiers")
        << toContacts
            + query(
                '[' + tree(R"({"any":["email"]})") + ','
                + tree(R"({"any":["phone"]})").replace("\"type\"", R"("linkQualifier":"b","type")")
                + ']')
        << QStringList {u"email"_s, u"phone"_s} << false;
    QTest::newRow("file") << toContacts
            + query(R"({"type":"text/javascript","file":"script/find.js"})")
                          << none << true;
    QTest::newRow("none") << toContacts + R"("properties":[])" << none << false;
    QTest::newRow("another system") << R"("source":"managed/user","target":"system/other/contact",)"
            + query(tree(R"({"any":["email"]})"))
                                    << none << false;
    QTest::newRow("another class") << R"("source":"managed/org","target":"system/hubspot/company",)"
            + query(tree(R"({"any":["domain"]})"))
                                   << none << false;
    QTest::newRow("wrong kinds") << toContacts + query("7") << none << false;
}

void TestCorrelatedProperties::readsWhatIsCompared()
{
    QFETCH(QByteArray, mapping);
    const QJsonDocument json = QJsonDocument::fromJson("[{\"name\":\"m\"," + mapping + "}]");
    QVERIFY(json.isArray());
    QStringList unread;
    QTEST(correlatedProperties(json.array(), u"hubspot"_s, ObjectType::Contacts, &unread),
          "contacts");
    QFETCH(bool, isUnread);
    QCOMPARE(unread, isUnread ? QStringList {u"m"_s} : QStringList());
}

HUBKEEPER_TEST(TestCorrelatedProperties)
#include "tst_correlatedproperties.moc"
