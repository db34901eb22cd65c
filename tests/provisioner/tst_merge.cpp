// SPDX-License-Identifier: MIT
#include "provisioner/document/merge.h"
#include "provisioner/text/jsontext.h"
#include "testkit/testprogram.h"

#include <QJsonObject>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Two edits of one file: what each side changed stays, what both changed is asked.
class TestMerge : public QObject
{
    Q_OBJECT

private slots:
    void merges_data();
    void merges();
    void choices_data();
    void choices();
    void keepsTheirLayout();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void orderOfSidesIsFairWithoutConflicts();
};

void TestMerge::merges_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<QStringList>("conflicts");
    const QStringList none;
    // clang-format off
    QTest::newRow("nothing changed")         << R"({"a":1})"_ba << R"({"a":1})"_ba << R"({"a":1})"_ba << R"({"a":1})"_ba << none;
    QTest::newRow("only mine")               << R"({"a":1})"_ba << R"({"a":2})"_ba << R"({"a":1})"_ba << R"({"a":2})"_ba << none;
    QTest::newRow("only theirs")             << R"({"a":1})"_ba << R"({"a":1})"_ba << R"({"a":2})"_ba << R"({"a":2})"_ba << none;
    QTest::newRow("both the same")           << R"({"a":1})"_ba << R"({"a":2})"_ba << R"({"a":2})"_ba << R"({"a":2})"_ba << none;
    QTest::newRow("different members")       << R"({"a":1,"b":1})"_ba << R"({"a":2,"b":1})"_ba << R"({"a":1,"b":3})"_ba << R"({"a":2,"b":3})"_ba << none;
    QTest::newRow("both differently")        << R"({"a":1})"_ba << R"({"a":2})"_ba << R"({"a":3})"_ba << R"({"a":3})"_ba << QStringList{u"/a"_s};
    QTest::newRow("nested")                  << R"({"o":{"a":1,"b":1}})"_ba << R"({"o":{"a":2,"b":1}})"_ba << R"({"o":{"a":1,"b":2}})"_ba << R"({"o":{"a":2,"b":2}})"_ba << none;
    QTest::newRow("I add")                   << R"({"a":1})"_ba << R"({"a":1,"b":2})"_ba << R"({"a":3})"_ba << R"({"a":3,"b":2})"_ba << none;
    QTest::newRow("I remove")                << R"({"a":1,"b":2})"_ba << R"({"a":1})"_ba << R"({"a":3,"b":2})"_ba << R"({"a":3})"_ba << none;
    QTest::newRow("they remove")             << R"({"a":1,"b":2})"_ba << R"({"a":3,"b":2})"_ba << R"({"a":1})"_ba << R"({"a":3})"_ba << none;
    QTest::newRow("I edit, they remove")     << R"({"a":1,"b":2})"_ba << R"({"a":1,"b":3})"_ba << R"({"a":1})"_ba << R"({"a":1})"_ba << QStringList{u"/b"_s};
    QTest::newRow("I remove, they edit")     << R"({"a":1,"b":2})"_ba << R"({"a":1})"_ba << R"({"a":1,"b":3})"_ba << R"({"a":1,"b":3})"_ba << QStringList{u"/b"_s};
    QTest::newRow("both add differently")    << R"({})"_ba << R"({"o":{"a":1}})"_ba << R"({"o":{"b":1}})"_ba << R"({"o":{"b":1,"a":1}})"_ba << none;
    QTest::newRow("both add one member")     << R"({})"_ba << R"({"o":{"a":1}})"_ba << R"({"o":{"a":2}})"_ba << R"({"o":{"a":2}})"_ba << QStringList{u"/o/a"_s};
    QTest::newRow("object against value")    << R"({"o":{"a":1}})"_ba << R"({"o":{"a":2}})"_ba << R"({"o":7})"_ba << R"({"o":7})"_ba << QStringList{u"/o"_s};
    QTest::newRow("lists are one value")     << R"({"l":[1]})"_ba << R"({"l":[1,2]})"_ba << R"({"l":[0,1]})"_ba << R"({"l":[0,1]})"_ba << QStringList{u"/l"_s};
    QTest::newRow("list on one side")        << R"({"l":[1],"a":1})"_ba << R"({"l":[1,2],"a":1})"_ba << R"({"l":[1],"a":2})"_ba << R"({"l":[1,2],"a":2})"_ba << none;
    const auto frodo = [](const QByteArray &meta, const QByteArray &inner) { return R"({"meta":)" + meta + R"(,"idm":{"provisioner.openicf/a":)" + inner + "}}"; };
    QTest::newRow("frodo's")                 << frodo("1", R"({"a":1,"b":1})") << frodo("1", R"({"a":2,"b":1})") << frodo("2", R"({"a":1,"b":3})") << frodo("2", R"({"a":2,"b":3})") << none;
    QTest::newRow("frodo's, both")           << frodo("1", R"({"a":1})") << frodo("2", R"({"a":2})") << frodo("3", R"({"a":3})") << frodo("3", R"({"a":3})") << QStringList{u"../meta"_s, u"/a"_s};
    QTest::newRow("idm of another")          << R"({"idm":{"managed":1}})"_ba << R"({"idm":{"managed":2}})"_ba << R"({"idm":{"managed":3}})"_ba << R"({"idm":{"managed":3}})"_ba << QStringList{u"/idm/managed"_s};
    QTest::newRow("layout is not a change")     << R"({"a":1,"o":{"x":1}})"_ba << R"({"a":2,"o":{"x":1}})"_ba << "{\n \"o\": {\"x\": 1},\n \"a\": 1\n}"_ba << "{\n \"o\": {\"x\": 1},\n \"a\": 2\n}"_ba << none;
    QTest::newRow("escapes are no change")   << R"({"a":"/"})"_ba << R"({"a":"\/"})"_ba << R"({"a":"x"})"_ba << R"({"a":"x"})"_ba << none;
    QTest::newRow("encrypted meanwhile")     << R"({"s":"clear","a":1})"_ba << R"({"s":"clear","a":2})"_ba << R"({"s":{"$crypto":{"type":"t","value":1}},"a":1})"_ba << R"({"s":{"$crypto":{"type":"t","value":1}},"a":2})"_ba << none;
    QTest::newRow("cipher is one value")     << R"({"s":{"$crypto":{"type":"t","value":1}}})"_ba << R"({"s":{"$crypto":{"type":"u","value":1}}})"_ba << R"({"s":{"$crypto":{"type":"t","value":2}}})"_ba << R"({"s":{"$crypto":{"type":"t","value":2}}})"_ba << QStringList{u"/s"_s};
    QTest::newRow("keys with slashes")       << R"({"a/b":1,"c~":1})"_ba << R"({"a/b":2,"c~":1})"_ba << R"({"a/b":3,"c~":2})"_ba << R"({"a/b":3,"c~":2})"_ba << QStringList{u"/a~1b"_s};
    QTest::newRow("large numbers")           << R"({"a":9007199254740993})"_ba << R"({"a":9007199254740992})"_ba << R"({"a":9007199254740993})"_ba << R"({"a":9007199254740992})"_ba << none;
    QTest::newRow("two removed in a row")    << R"({"a":1,"b":2,"c":3})"_ba << R"({"a":1})"_ba << R"({"a":2,"b":2,"c":3})"_ba << R"({"a":2})"_ba << none;
    // clang-format on
}

void TestMerge::merges()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    QFETCH(QByteArray, result);
    QFETCH(QStringList, conflicts);

    const auto merge = merged(base, mine, theirs);
    QVERIFY(merge);
    QCOMPARE(merge->bytes, result);
    QStringList found;
    for (const MergeConflict &conflict : merge->conflicts)
        found.append(conflict.pointer);
    QCOMPARE(found, conflicts);
}

void TestMerge::choices_data()
{
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("withMine");
    QTest::newRow("value") << R"({"a":2})"_ba
                           << R"({"a":3})"_ba
                           << R"({"a":2})"_ba;
    QTest::newRow("I removed it") << R"({})"_ba
                                  << R"({"a":3})"_ba
                                  << R"({})"_ba;
    QTest::newRow("they removed it") << R"({"a":2})"_ba
                                     << "{ }"_ba
                                     << R"({"a":2 })"_ba;
}

void TestMerge::choices()
{
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    QFETCH(QByteArray, withMine);
    const QByteArray base = R"({"a":1})";

    QCOMPARE(merged(base, mine, theirs, {{u"/a"_s, MergeSide::Theirs}})->bytes, theirs);
    QCOMPARE(merged(base, mine, theirs, {{u"/a"_s, MergeSide::Mine}})->bytes, withMine);
    QCOMPARE(merged(base, mine, theirs, {{u"/other"_s, MergeSide::Mine}})->bytes, theirs);
}

void TestMerge::keepsTheirLayout()
{
    const QByteArray base = "{\n  \"a\": 1,\n  \"b\": { \"c\": 1 }\n}\n";
    const QByteArray mine = "{\n  \"a\": 5,\n  \"b\": { \"c\": 1, \"d\": true }\n}\n";
    const QByteArray theirs = "{\r\n\t// kept\r\n\t\"b\": { \"c\": 2 },\r\n\t\"a\": 1\r\n}\r\n";

    QCOMPARE(merged(base, mine, theirs)->bytes,
             "{\r\n\t// kept\r\n\t\"b\": { \"c\": 2, \"d\": true },\r\n\t\"a\": 5\r\n}\r\n"_ba);
    QCOMPARE(merged(base, mine, theirs)->mineTaken, 2);
    QCOMPARE(merged(base, mine, theirs)->theirsKept, 1);
}

void TestMerge::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::newRow("base") << "{"_ba
                          << "{}"_ba
                          << "{}"_ba;
    QTest::newRow("mine") << "{}"_ba
                          << "{\"a\":}"_ba
                          << "{}"_ba;
    QTest::newRow("theirs") << "{}"_ba
                            << "{}"_ba
                            << ""_ba;
}

void TestMerge::refusesWhatIsNoJson()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    const auto merge = merged(base, mine, theirs);
    QVERIFY(!merge);
    QCOMPARE(merge.error().kind, ErrorKind::InvalidInput);
}

void TestMerge::orderOfSidesIsFairWithoutConflicts()
{
    const QByteArray base = R"({"a":1,"b":{"x":1,"y":[1]},"c":null})";
    const QByteArray one = R"({"a":1,"b":{"x":2,"y":[1]},"d":{"n":1}})";
    const QByteArray two = R"({"a":9,"b":{"x":1,"y":[1,2]},"c":null})";
    const auto value = [](const QByteArray &bytes) {
        const JsonText text(bytes);
        return text.valueOf(text.root()).toObject();
    };
    QCOMPARE(value(merged(base, one, two)->bytes), value(merged(base, two, one)->bytes));
}

HUBKEEPER_TEST(TestMerge)
#include "tst_merge.moc"
