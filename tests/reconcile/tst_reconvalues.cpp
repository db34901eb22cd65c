// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "reconcile/values/exactjson.h"
#include "reconcile/values/jsonmatch.h"
#include "reconcile/values/propertypointer.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

QJsonValue json(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().at(0);
}

} // namespace

/// Pointers, conditions and numbers of mappings (recon-vectors/facts.md, 5, 29, 33).
class ReconValuesTest final : public QObject
{
    Q_OBJECT

private slots:
    void pointsAt_data();
    void pointsAt();
    void puts_data();
    void puts();
    void matches_data();
    void matches();
    void keepsFractionsApart();
    void saysWhereJsonIsWrong();
};

void ReconValuesTest::pointsAt_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("found");

    const auto row = [](const char *pointer, const char *found) {
        QTest::newRow(pointer) << QString::fromUtf8(pointer) << QByteArray(found);
    };
    row("", R"({"a":{"b":[1,{"c":2}]},"a.b":3,"a/b":4,"a~1b":5,"n":null})");
    row("n", "null");
    row("/a.b", "3");
    row("a%2Fb", "4");
    row("a~1b", "5");
    row("a/b/0", "1");
    row("/a/b/1/c", "2");
    row("a/b/2", "");
    row("a/b/x", "");
    row("a/x/y", "");
    row("a.b/c", "");
}

void ReconValuesTest::pointsAt()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, found);
    const QJsonValue object = json(R"({"a":{"b":[1,{"c":2}]},"a.b":3,"a/b":4,"a~1b":5,"n":null})");
    const QJsonValue value = PropertyPointer(pointer).in(object);
    QCOMPARE(value, found.isEmpty() ? QJsonValue(QJsonValue::Undefined) : json(found));
}

void ReconValuesTest::puts_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("after"); // Empty: it cannot be put.

    const auto row = [](const char *name, const char *before, const char *pointer,
                        const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(pointer)
                            << QByteArray(after);
    };
    row("plain", "{}", "a", R"({"a":7})");
    row("over another", R"({"a":1})", "/a", R"({"a":7})");
    row("parents are made", "{}", "a/b/c", R"({"a":{"b":{"c":7}}})");
    row("an index makes an object", "{}", "a/0", R"({"a":{"0":7}})");
    row("in a list", R"({"a":[1,2]})", "a/1", R"({"a":[1,7]})");
    row("after a list", R"({"a":[1,2]})", "a/-", R"({"a":[1,2,7]})");
    row("beyond a list", R"({"a":[1,2]})", "a/3", "");
    row("below null", R"({"a":null})", "a/b", "");
    row("below a text", R"({"a":"x"})", "a/b", "");
    row("escaped", "{}", "a%2Fb", R"({"a/b":7})");
}

void ReconValuesTest::puts()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, pointer);
    QFETCH(QByteArray, after);
    QJsonObject object = json(before).toObject();
    QCOMPARE(PropertyPointer(pointer).put(object, 7), !after.isEmpty());
    QCOMPARE(object, json(after.isEmpty() ? before : after).toObject());
}

void ReconValuesTest::matches_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("expected");

    const auto row = [](const char *filter, bool expected) {
        QTest::newRow(filter) << QString::fromUtf8(filter) << expected;
    };
    row("/object/text eq \"Bern\"", true);
    row("/object/text eq \"bern\"", false);
    row("/object/text sw \"Be\"", true);
    row("/object/text co \"er\"", true);
    row("/object/age eq 20", true);
    row("/object/age eq \"20\"", false);
    row("/object/digits eq 5", false);
    row("/object/age ge 20", true);
    row("/object/age lt 20", false);
    row("/object/tags eq \"vip\"", true);
    row("/object/tags co \"vi\"", true);
    row("/object/tags eq \"no\"", false);
    row("/object/empty pr", true);
    row("/object/nothing pr", false);
    row("/object/missing pr", false);
    row("! (/object/missing eq \"x\")", true);
    row("/object/flag eq true", true);
    row("text eq \"Bern\"", false); // Without /object it finds nothing.
    row("/object/age gt 10 and /object/flag eq false", false);
    row("/object/age gt 10 or /object/flag eq false", true);
    row("true", true);
    row("false", false);
}

void ReconValuesTest::matches()
{
    QFETCH(QString, filter);
    const QJsonValue root = json(R"({"object":{"text":"Bern","age":20,"digits":"5",
        "tags":["a","vip"],"empty":"","nothing":null,"flag":true}})");
    const auto parsed = parseCrestFilter(filter);
    QVERIFY(parsed.has_value());
    const bool isMatch = matchesJson(*parsed, root);
    QTEST(isMatch, "expected");
}

/// 5 and 5.0 are two values to a server.
void ReconValuesTest::keepsFractionsApart()
{
    const auto read =
        parseExactJson(R"({"a":5,"b":5.0,"c":5.5,"d":1e3,"e":"5.0 \" 7.0","f":[-2.0],"g":-2})");
    QVERIFY(read.has_value());
    const QJsonObject object = read->toObject();
    QVERIFY(object["a"_L1] != object["b"_L1]);
    QVERIFY(!isMarkedNumber(object["a"_L1]));
    QVERIFY(isMarkedNumber(object["b"_L1]));
    QVERIFY(!isMarkedNumber(object["c"_L1]));
    QVERIFY(isMarkedNumber(object["d"_L1]));
    QVERIFY(isMarkedNumber(object["f"_L1].toArray().at(0)));
    QCOMPARE(object["e"_L1].toString(), u"5.0 \" 7.0"_s);
    const QJsonValue plain =
        json(R"({"a":5,"b":5,"c":5.5,"d":1000,"e":"5.0 \" 7.0","f":[-2],"g":-2})");
    QCOMPARE(withoutMarks(object), plain);
}

void ReconValuesTest::saysWhereJsonIsWrong()
{
    const auto read = parseExactJson(R"({"a":5,)");
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(read.error().what.contains(u"character"_s), qPrintable(read.error().what));
}

HUBKEEPER_TEST(ReconValuesTest)
#include "tst_reconvalues.moc"
