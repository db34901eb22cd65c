// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretmask.h"
#include "provisioner/document/meaningdiff.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

/// "~/a:1>2 +/b:3 -/c:4"
QString shown(const QList<MeaningChange> &changes)
{
    QStringList words;
    for (const MeaningChange &change : changes) {
        const bool added = change.kind == MeaningChange::Kind::Added;
        const bool removed = change.kind == MeaningChange::Kind::Removed;
        words.append((added         ? u'+'
                          : removed ? u'-'
                                    : u'~')
                     + change.pointer + u':'
                     + (added         ? change.after
                            : removed ? change.before
                                      : change.before + u'>' + change.after));
    }
    return words.join(u' ');
}

} // namespace

/// What differs between two provisioners for IDM, and what of it may be seen.
class TestMeaningDiff : public QObject
{
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void secretsAreMasked();
    void masks_data();
    void masks();
    void masksBrokenTexts_data();
    void masksBrokenTexts();
    void maskKeepsTheRest();
};

void TestMeaningDiff::changes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("expected");
    const auto properties = [](const char *json) {
        return QByteArray("{\"configurationProperties\":{") + json + "}}";
    };
    const QString cp = u"/configurationProperties/"_s;
    // clang-format off
    QTest::newRow("equal")      << QByteArray(R"({"a":1})") << QByteArray(R"({ "a" : 1 })") << QString();
    QTest::newRow("order")      << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"b":2,"a":1})") << QString();
    QTest::newRow("comment")    << QByteArray(R"({"a":1})") << QByteArray("{/* x */\"a\":1}") << QString();
    QTest::newRow("number")     << QByteArray(R"({"a":1.0})") << QByteArray(R"({"a":1})") << QString();
    QTest::newRow("big number") << QByteArray(R"({"a":9007199254740993})") << QByteArray(R"({"a":9007199254740992})") << u"~/a:9007199254740993>9007199254740992"_s;
    QTest::newRow("escape")     << QByteArray(R"({"a":"\u0061"})") << QByteArray(R"({"a":"a"})") << QString();
    QTest::newRow("last of two") << QByteArray(R"({"a":1,"a":2})") << QByteArray(R"({"a":2})") << QString();
    QTest::newRow("changed")    << QByteArray(R"({"a":{"b":1}})") << QByteArray(R"({"a":{"b":2}})") << u"~/a/b:1>2"_s;
    QTest::newRow("added")      << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1,"b":null})") << u"+/b:null"_s;
    QTest::newRow("removed")    << QByteArray(R"({"a":1,"b/~":[2]})") << QByteArray(R"({"a":1})") << u"-/b~1~0:[2]"_s;
    QTest::newRow("kind")       << QByteArray(R"({"a":1})") << QByteArray(R"({"a":"1"})") << u"~/a:1>\"1\""_s;
    QTest::newRow("list")       << QByteArray(R"({"a":[1,2]})") << QByteArray(R"({"a":[2,1,3]})") << u"~/a/0:1>2 ~/a/1:2>1 +/a/2:3"_s;
    QTest::newRow("flags are a set") << QByteArray(R"({"flags":["A","B"]})") << QByteArray(R"({"flags":["B","A"]})") << QString();
    QTest::newRow("another flag") << QByteArray(R"({"flags":["A"]})") << QByteArray(R"({"flags":["B"]})") << u"~/flags:[\"A\"]>[\"B\"]"_s;
    QTest::newRow("enabled is the default") << QByteArray(R"({"enabled":true})") << QByteArray("{}") << QString();
    QTest::newRow("disabled is not") << QByteArray("{}") << QByteArray(R"({"enabled":false})") << u"+/enabled:false"_s;
    QTest::newRow("converted")  << properties(R"("permitsPerSecond":"6")") << properties(R"("permitsPerSecond":6)") << QString();
    QTest::newRow("default left out") << properties(R"("maximumConnections":10,"httpProxyHost":null)") << properties("") << QString();
    QTest::newRow("not the default") << properties(R"("maximumConnections":5)") << properties("") << u"-"_s + cp + u"maximumConnections:5"_s;
    QTest::newRow("scripts by id") << QByteArray(R"({"systemActions":[{"scriptId":"a","x":1},{"scriptId":"b"}]})")
                                   << QByteArray(R"({"systemActions":[{"scriptId":"b"},{"scriptId":"a","x":2}]})")
                                   << u"~/systemActions/1/x:1>2"_s;
    // clang-format on
}

void TestMeaningDiff::changes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QTEST(shown(meaningDiff(JsonText(before), JsonText(after))), "expected");
}

void TestMeaningDiff::secretsAreMasked()
{
    const JsonText before(R"({"configurationProperties":{"clientSecret":"one-secret"}})");
    const JsonText after(R"({"configurationProperties":{"clientSecret":"two-secret"}})");
    QCOMPARE(shown(meaningDiff(before, after)),
             u"~/configurationProperties/clientSecret:\"(secret)\">\"(another secret)\""_s);
    QVERIFY(meaningDiff(before, before).isEmpty());
}

void TestMeaningDiff::masks_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("masked");
    QTest::newRow("client secret") << QByteArray(R"("clientSecret":"x")") << true;
    QTest::newRow("a number") << QByteArray(R"("refreshToken":12345)") << true;
    QTest::newRow("unknown key") << QByteArray(R"("hapiKey":"x")") << true;
    QTest::newRow("password") << QByteArray(R"("proxyPassword":"x")") << true;
    QTest::newRow("a pasted token") << QByteArray(R"("clientId":"pat-na1-1234")") << true;
    QTest::newRow("cipher text") << QByteArray(
        R"("clientSecret":{"$crypto":{"value":{"data":"x"}}})")
                                 << true;
    QTest::newRow("default of a substitution") << QByteArray(R"("clientSecret":"&{a|x}")") << true;
    QTest::newRow("substitution") << QByteArray(R"("clientSecret":"&{a}")") << false;
    QTest::newRow("null") << QByteArray(R"("clientSecret":null)") << false;
    QTest::newRow("client id") << QByteArray(R"("clientId":"x")") << false;
    QTest::newRow("attribute of that name")
        << QByteArray(R"("objectTypes":{"contact":{"properties":{"profile-token":)"
                      R"({"nativeName":"profile-token"}}}})")
        << false;
}

void TestMeaningDiff::masks()
{
    QFETCH(QByteArray, member);
    const QByteArray text = "{" + member + "}";
    QTEST(maskedText(JsonText(text)) != text, "masked");
}

void TestMeaningDiff::masksBrokenTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no colon") << QByteArray("{\"clientSecret\" \"hidden\", \"a\": 1}");
    QTest::newRow("wrong quotes") << QByteArray("{'clientSecret': 'hidden'}");
    QTest::newRow("bare") << QByteArray("{clientSecret: hidden}");
    QTest::newRow("open text") << QByteArray("{\"clientSecret\": \"hidden\n}");
    QTest::newRow("cut") << QByteArray("\"clientSecret\": \"hidden");
    QTest::newRow("equals") << QByteArray("clientSecret=hidden\n");
    QTest::newRow("comment") << QByteArray("{\"a\": 1 /* clientSecret: hidden */}");
}

void TestMeaningDiff::masksBrokenTexts()
{
    QFETCH(QByteArray, text);
    const QByteArray masked = maskedText(JsonText(text));
    QVERIFY2(!masked.contains("hidden"), masked.constData());
}

void TestMeaningDiff::maskKeepsTheRest()
{
    const QByteArray text = "{\r\n\t\"clientSecret\" : \"x\", // note\r\n \"b\":[ 1 ]}";
    QCOMPARE(maskedText(JsonText(text)), QByteArray(text).replace("\"x\"", "\"(secret)\""));
}

HUBKEEPER_TEST(TestMeaningDiff)
#include "tst_meaningdiff.moc"
