// SPDX-License-Identifier: MIT
#include "provisioner/project/projectfile.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What differs between servers, and what a promoted object becomes.
class TestPromotionRules : public QObject
{
    Q_OBJECT

private slots:
    void promotes_data();
    void promotes();
    void placesThatAreMissing();
    void placesThatWereLeftOut();
    void otherServersAreNotAsked();
    void refusals_data();
    void refusals();
    void isInTheProjectFile();
};

namespace {

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

void TestPromotionRules::promotes_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("nothing declared")
        << QByteArray("{}") << QByteArray(R"({"a":1,"b":{"c":2,"d":[3]}})");
    QTest::newRow("kept") << QByteArray(R"({"keep":["/b/c"]})")
                          << QByteArray(R"({"a":1,"b":{"c":20,"d":[3]}})");
    QTest::newRow("kept in a list")
        << QByteArray(R"({"keep":["/b/d/0"]})") << QByteArray(R"({"a":1,"b":{"c":2,"d":[30]}})");
    QTest::newRow("given") << QByteArray(R"({"values":{"Live":{"/a":7,"/b/c":"x"}}})")
                           << QByteArray(R"({"a":7,"b":{"c":"x","d":[3]}})");
    QTest::newRow("given wins") << QByteArray(R"({"keep":["/a"],"values":{"Live":{"/a":7}}})")
                                << QByteArray(R"({"a":7,"b":{"c":2,"d":[3]}})");
    QTest::newRow("the target does not have it")
        << QByteArray(R"({"keep":["/a"]})") << QByteArray(R"({"b":{"c":2,"d":[3]}})");
    QTest::newRow("the source does not have it")
        << QByteArray(R"({"keep":["/own"]})")
        << QByteArray(R"({"a":1,"b":{"c":2,"d":[3]},"own":true})");
    QTest::newRow("a place of other objects")
        << QByteArray(R"({"keep":["/policies/0"],"values":{"Live":{"/taskThreads":4}}})")
        << QByteArray(R"({"a":1,"b":{"c":2,"d":[3]}})");
}

void TestPromotionRules::promotes()
{
    QFETCH(const QByteArray, rules);
    QFETCH(const QByteArray, expected);
    const auto read = promotionRulesFrom(json(rules));
    QVERIFY(read);
    const auto made = promoted(json(R"({"a":1,"b":{"c":2,"d":[3]}})"),
                               json(R"({"b":{"c":20,"d":[30]},"own":true})"), *read, u"Live"_s);
    QCOMPARE(made.value, json(expected));
    QVERIFY(made.missing.isEmpty());
}

void TestPromotionRules::placesThatAreMissing()
{
    const auto rules =
        promotionRulesFrom(json(R"({"keep":["/a","/b/c","/z"],"values":{"Live":{"/b/c":7}}})"));
    const auto made = promoted(json(R"({"a":1,"b":{"c":2}})"), std::nullopt, *rules, u"Live"_s);
    QCOMPARE(made.missing, QStringList {u"/a"_s}); // New there, and nobody says what it is.
    QCOMPARE(made.given, QStringList {u"/b/c"_s});
    QCOMPARE(made.skipped, QStringList {u"/z"_s}); // Neither has it.
    QVERIFY(made.kept.isEmpty());
}

/// A secret that only its server can read is not in what is promoted, but it is a place.
void TestPromotionRules::placesThatWereLeftOut()
{
    const auto rules = promotionRulesFrom(
        json(R"({"keep":["/b/own"],"values":{"Live":{"/b/secret":"&{hubspot.secret}"}}})"));
    const auto made = promoted(json(R"({"a":1,"b":{"c":2}})"), std::nullopt, *rules, u"Live"_s,
                               json(R"({"a":1,"b":{"c":2,"own":{},"secret":{"$crypto":{}}}})"));
    QCOMPARE(made.given, QStringList {u"/b/secret"_s});
    QCOMPARE(made.value, json(R"({"a":1,"b":{"c":2,"secret":"&{hubspot.secret}"}})"));
    QCOMPARE(made.missing, QStringList {u"/b/own"_s});
    QVERIFY(made.skipped.isEmpty());
}

void TestPromotionRules::otherServersAreNotAsked()
{
    const auto rules = promotionRulesFrom(json(R"({"values":{"Live":{"/a":7}}})"));
    const auto made = promoted(json(R"({"a":1})"), std::nullopt, *rules, u"Test"_s);
    QCOMPARE(made.value, json(R"({"a":1})"));
}

void TestPromotionRules::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no object") << QByteArray(R"({"promote":[]})");
    QTest::newRow("no list") << QByteArray(R"({"promote":{"keep":"/a"}})");
    QTest::newRow("no pointer") << QByteArray(R"({"promote":{"keep":["a"]}})");
    QTest::newRow("no number") << QByteArray(R"({"promote":{"keep":[1]}})");
    QTest::newRow("values of nobody") << QByteArray(R"({"promote":{"values":{"Live":1}}})");
    QTest::newRow("a value without place")
        << QByteArray(R"({"promote":{"values":{"Live":{"a":1}}}})");
    QTest::newRow("a member that nobody knows") << QByteArray(R"({"promote":{"kept":[]}})");
}

void TestPromotionRules::refusals()
{
    QFETCH(const QByteArray, text);
    const auto project = parseProjectFile(text, u"/x/.hubkeeper.json"_s);
    QVERIFY(!project);
    QCOMPARE(project.error().kind, ErrorKind::InvalidInput);
    QVERIFY(project.error().what.contains(u".hubkeeper.json"_s));
}

void TestPromotionRules::isInTheProjectFile()
{
    const auto project = parseProjectFile(
        R"({"server":"community","promote":{"keep":["/enabled"]}})", u"/x/.hubkeeper.json"_s);
    QVERIFY(project);
    QCOMPARE(project->promotion.keep, QStringList {u"/enabled"_s});
    QVERIFY(parseProjectFile("{}", u"/x/.hubkeeper.json"_s)->promotion.isEmpty());
}

HUBKEEPER_TEST(TestPromotionRules)
#include "tst_promotionrules.moc"
