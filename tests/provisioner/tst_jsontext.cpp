// SPDX-License-Identifier: MIT
#include "provisioner/text/jsontext.h"
#include "samplefiles.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Any bytes give a tree and a list of faults, and good ones the tree that Qt reads.
class TestJsonText : public QObject
{
    Q_OBJECT

private slots:
    void samplesAgreeWithQt();
    void faults_data();
    void faults();
    void oneMistakeDoesNotHideTheNext();
    void findsTheRoot_data();
    void findsTheRoot();
    void pointsFromTheRoot();
    void anyBytesEnd();
    void mutatedSamplesEnd();
};

void TestJsonText::samplesAgreeWithQt()
{
    QVERIFY(samples().size() >= 6);
    for (const QString &path : samples()) {
        const QByteArray bytes = contentOf(path);
        const JsonText text(bytes);

        QVERIFY2(text.isValid(), qPrintable(path));
        QCOMPARE(text.valueOf(text.root()).toObject(), QJsonDocument::fromJson(bytes).object());
        for (int i = 0; i < text.nodeCount(); ++i)
            QCOMPARE(text.at(text.pointerOf(i)), i);
    }
}

void TestJsonText::faults_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");

    // clang-format off
    QTest::newRow("empty")                  << ""_ba                         << 1 << 1;
    QTest::newRow("missing comma")          << "{\n \"a\": 1\n \"b\": 2}"_ba << 3 << 2;
    QTest::newRow("trailing comma, object") << "{\"a\": 1,}"_ba              << 1 << 8;
    QTest::newRow("trailing comma, array")  << "[1,]"_ba                     << 1 << 3;
    QTest::newRow("single quotes")          << "{'a': 1}"_ba                 << 1 << 2;
    QTest::newRow("bare word")              << "{\"a\": yes}"_ba             << 1 << 7;
    QTest::newRow("open string")            << "{\"a\": \"x\n}"_ba           << 1 << 7;
    QTest::newRow("missing colon")          << "{\"a\" 1}"_ba                << 1 << 6;
    QTest::newRow("missing value")          << "{\"a\": }"_ba                << 1 << 7;
    QTest::newRow("not closed")             << "{\"a\": 1"_ba                << 1 << 8;
    QTest::newRow("wrong bracket")          << "{\"a\": [1}"_ba              << 1 << 9;
    QTest::newRow("text after the end")    << "{} x"_ba                     << 1 << 4;
    QTest::newRow("leading zero")           << "{\"a\": 01}"_ba              << 1 << 7;
    QTest::newRow("columns are characters") << "{\"\xc3\xa4\": yes}"_ba      << 1 << 7;
    QTest::newRow("BOM counts nothing")     << "\xEF\xBB\xBF{\"a\": yes}"_ba << 1 << 7;
    QTest::newRow("bad UTF-8")              << "{\"a\": \"\xff\"}"_ba        << 1 << 7;
    QTest::newRow("open comment")           << "{} /* x"_ba                  << 1 << 4;
    // clang-format on
}

void TestJsonText::faults()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    QFETCH(int, column);

    const JsonText text(bytes);

    QVERIFY(!text.faults().empty());
    const TextPosition place = text.positionOf(text.faults().front().at.begin);
    QCOMPARE(place.line, line);
    QCOMPARE(place.column, column);
    QVERIFY(text.faults().front().message.endsWith(u'.'));
}

void TestJsonText::oneMistakeDoesNotHideTheNext()
{
    const JsonText text("{\n \"a\": 1\n \"b\": yes,\n \"c\": 3\n}");

    QCOMPARE(text.faults().size(), size_t(2));
    QCOMPARE(text.valueOf(text.at(u"/c"_s)).toInt(), 3);
}

void TestJsonText::findsTheRoot_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("root");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &root) {
        QTest::newRow(name) << bytes << (root.isEmpty() ? bytes : root);
    };
    // clang-format off
    row("frodo's",            R"({"idm": {"provisioner.openicf/a": {"x": 1}}})", R"({"x": 1})");
    row("frodo's, meta",      R"({"meta": {"y": {}}, "idm": {"provisioner.openicf/a": {}}})", "{}");
    row("frodo's, meta last", R"({"idm": {"provisioner.openicf/a": {}}, "meta": 1})", "{}");
    row("escaped key",        R"({"idm": {"provisioner.openicf\/a": {}}})", "{}");
    row("frodo's, cut",       R"({"idm": {"provisioner.openicf/a": {"x": 1)", R"({"x": 1)");
    row("brace too many",     R"({"idm": {"provisioner.openicf/a": {"x": 1}}, "y": 2}, "z": 3})", R"({"x": 1})");
    row("of something else",  R"({"idm": {"managed": {}}})", {});
    row("of two",             R"({"idm": {"provisioner.openicf/a": {}, "provisioner.openicf/b": {}}})", {});
    row("of many things",     R"({"idm": {"managed": {}, "provisioner.openicf/a": {}}})", {});
    row("list",               R"({"idm": {"provisioner.openicf/a": []}})", {});
    row("idm is a text",      R"({"idm": "provisioner.openicf/a"})", {});
    row("idm is a list",      R"({"idm": [{"provisioner.openicf/a": {}}]})", {});
    row("in a provisioner",   R"({"connectorRef": {}, "idm": {"provisioner.openicf/a": {}}})", {});
    row("deeper",             R"({"a": {"idm": {"provisioner.openicf/a": {}}}})", {});
    row("in a list",          R"([{"idm": {"provisioner.openicf/a": {}}}])", {});
    // clang-format on
}

void TestJsonText::findsTheRoot()
{
    QFETCH(QByteArray, bytes);
    const JsonText text(bytes);

    QTEST(text.rawOf(text.root()), "root");
    for (int i = 0; i < text.nodeCount(); ++i)
        QCOMPARE(text.at(text.pointerOf(i)), i);
}

void TestJsonText::pointsFromTheRoot()
{
    const JsonText text(R"({"meta": {"a": 1}, "idm": {"provisioner.openicf/a": {"a": 2}}})");

    QCOMPARE(text.rawOf(text.at(u"/a"_s)), "2"_ba);
    QCOMPARE(text.pointerOf(text.at(u"/a"_s)), u"/a"_s);
    QCOMPARE(text.pointerOf(text.root()), QString());
    QCOMPARE(text.rawOf(text.at(u"../meta/a"_s)), "1"_ba);
    QCOMPARE(text.at(u"../idm/provisioner.openicf~1a"_s), text.root());
    QCOMPARE(text.pointerOf(text.at(u"../idm"_s)), u"../idm"_s);
    QCOMPARE(text.rawOf(text.at(u".."_s)), text.bytes());
    QCOMPARE(text.covering(text.bytes().indexOf("1}")), JsonText::none);
    QCOMPARE(text.positionOf(text.node(text.root()).span.begin).column, 53);
    QCOMPARE(JsonText().at(u"../a"_s), JsonText::none);
}

void TestJsonText::anyBytesEnd()
{
    for (const QByteArray &bytes :
         {QByteArray(1 << 20, '['), QByteArray(1 << 20, '{'), QByteArray(1 << 20, '"'),
          QByteArray(1 << 20, '\0'), QByteArray(1 << 20, ','),
          QByteArray("{\"a\":").repeated(200'000), QByteArray("PK\x03\x04"),
          QByteArray("\xff\xfe{\0}\0", 6), QByteArray("\xc3"), QByteArray("/"), QByteArray("{/*"),
          QByteArray("\"\\")}) {
        const JsonText text(bytes);
        QVERIFY(!text.isValid());
    }
}

void TestJsonText::mutatedSamplesEnd()
{
    QRandomGenerator random(1);
    const QByteArray alphabet = "{}[]\",:\\/*\n 0etn\xff&$"_ba;
    for (const QString &path : samples()) {
        const QByteArray original = contentOf(path);
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes = original;
            for (int i = 0; i < 3; ++i) {
                const qsizetype at = random.bounded(int(bytes.size()));
                if (round % 3 == 0)
                    bytes.remove(at, random.bounded(20));
                else
                    bytes[at] = alphabet[random.bounded(int(alphabet.size()))];
            }
            const JsonText text(bytes);
            // Whatever came out: every span lies inside the text and inside its parent.
            for (int i = 0; i < text.nodeCount(); ++i) {
                const JsonText::Node &node = text.node(i);
                QVERIFY(node.span.begin >= 0 && node.span.begin <= node.span.end
                        && node.span.end <= bytes.size());
            }
            if (text.isValid())
                QVERIFY(text.root() != JsonText::none);
        }
    }
}

HUBKEEPER_TEST(TestJsonText)
#include "tst_jsontext.moc"
