// SPDX-License-Identifier: MIT
#include "portal/samevalue.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

PropertyDefinition define(const QString &kind)
{
    PropertyDefinition property;
    property.name = u"p"_s;
    property.type = kind;
    if (kind == "email"_L1) {
        property.name = u"email"_s;
        property.type = u"string"_s;
    } else if (kind == "domain"_L1) {
        property.name = u"domain"_s;
        property.type = u"string"_s;
        property.hubspotDefined = true;
    } else if (kind == "select"_L1 || kind == "checkbox"_L1) {
        property.type = u"enumeration"_s;
        property.fieldType = kind;
        property.options = {{u"A"_s, u"Alpha"_s, false}, {u"B"_s, u"Beta"_s, true}};
    } else if (kind == "owner"_L1) {
        property.type = u"enumeration"_s;
        property.externalOptions = true;
        property.options = {{u"1"_s, u"One"_s, false}, {u"lead"_s, u"Lead"_s, false}};
    } else if (kind == "user"_L1) {
        property.type = u"enumeration"_s;
        property.externalOptions = true;
        property.referencedObjectType = u"OWNER"_s;
    } else if (kind == "readonly"_L1) {
        property.type = u"string"_s;
        property.readOnlyValue = true;
    }
    return property;
}

} // namespace

class TestPropertyValue : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void showsTheWay();
    void refusesVeryLongText();
    void compares_data();
    void compares();
    void comparesUndefinedAsText();
    void ordersNumbers_data();
    void ordersNumbers();
    void reportsWhatMayBePersonal_data();
    void reportsWhatMayBePersonal();
};

void TestPropertyValue::refuses_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("accepted");

    // clang-format off
    QTest::newRow("plain text")          << u"string"_s   << u"Ada"_s                       << true;
    QTest::newRow("clearing")            << u"string"_s   << u""_s                          << true;
    QTest::newRow("pseudonym")           << u"string"_s   << u"masked-0123abcd"_s           << false;
    QTest::newRow("pseudonym, e-mail")   << u"email"_s    << u"person-0123abcd@masked.example"_s << false;
    QTest::newRow("read-only")           << u"readonly"_s << u"x"_s                         << false;
    QTest::newRow("clearing read-only")  << u"readonly"_s << u""_s                          << false;
    QTest::newRow("whole number")        << u"number"_s   << u"-12"_s                       << true;
    QTest::newRow("fraction")            << u"number"_s   << u"12.5"_s                      << true;
    QTest::newRow("leading point")       << u"number"_s   << u".5"_s                        << true;
    QTest::newRow("thousands")           << u"number"_s   << u"1,250"_s                     << false;
    QTest::newRow("words")               << u"number"_s   << u"twelve"_s                    << false;
    QTest::newRow("sign alone")          << u"number"_s   << u"-"_s                         << false;
    QTest::newRow("true")                << u"bool"_s     << u"true"_s                      << true;
    QTest::newRow("TRUE")                << u"bool"_s     << u"TRUE"_s                      << false;
    QTest::newRow("yes")                 << u"bool"_s     << u"yes"_s                       << false;
    QTest::newRow("option")              << u"select"_s   << u"A"_s                         << true;
    QTest::newRow("hidden option")       << u"select"_s   << u"B"_s                         << true;
    QTest::newRow("label for value")     << u"select"_s   << u"Alpha"_s                     << false;
    QTest::newRow("option case")         << u"select"_s   << u"a"_s                         << false;
    QTest::newRow("two in a select")     << u"select"_s   << u"A;B"_s                       << false;
    QTest::newRow("two in a checkbox")   << u"checkbox"_s << u"A;B"_s                       << true;
    QTest::newRow("append")              << u"checkbox"_s << u";B"_s                        << true;
    QTest::newRow("bad part")            << u"checkbox"_s << u"A;C"_s                       << false;
    QTest::newRow("external option")     << u"owner"_s    << u"77"_s                        << true;
    QTest::newRow("listed external one") << u"owner"_s    << u"lead"_s                      << true;
    QTest::newRow("external label")      << u"owner"_s    << u"Lead"_s                      << false;
    QTest::newRow("external garbage")    << u"owner"_s    << u"Garbage"_s                   << false;
    QTest::newRow("owner's id")          << u"user"_s     << u"70010001"_s                  << true;
    QTest::newRow("owner's name")        << u"user"_s     << u"Ada Keller"_s                << false;
    QTest::newRow("day")                 << u"date"_s     << u"2026-11-23"_s                << true;
    QTest::newRow("leap day")            << u"date"_s     << u"2024-02-29"_s                << true;
    QTest::newRow("no leap day")         << u"date"_s     << u"2026-02-29"_s                << false;
    QTest::newRow("midnight")            << u"date"_s     << u"1772323200000"_s             << true;
    QTest::newRow("one past midnight")   << u"date"_s     << u"1772323200001"_s             << false;
    QTest::newRow("other order")         << u"date"_s     << u"23.11.2026"_s                << false;
    QTest::newRow("instant")             << u"datetime"_s << u"2026-11-23T10:00:00Z"_s      << true;
    QTest::newRow("instant with zone")   << u"datetime"_s << u"2026-11-23T10:00:00+01:00"_s << true;
    QTest::newRow("instant, no zone")    << u"datetime"_s << u"2026-11-23T10:00:00"_s       << false;
    QTest::newRow("milliseconds")        << u"datetime"_s << u"1772323200001"_s             << true;
    QTest::newRow("seconds")             << u"datetime"_s << u"1745000000"_s                << false;
    QTest::newRow("seconds before 1970") << u"datetime"_s << u"-86400"_s                    << false;
    QTest::newRow("zero")                << u"datetime"_s << u"0"_s                         << true;
    QTest::newRow("bare host")           << u"domain"_s   << u"acme.example"_s              << true;
    QTest::newRow("address of a page")   << u"domain"_s   << u"https://acme.example/about"_s << false;
    QTest::newRow("host with a port")    << u"domain"_s   << u"acme.example:8080"_s         << false;
    QTest::newRow("two hosts")           << u"domain"_s   << u"a.example b.example"_s       << false;
    QTest::newRow("day for instant")     << u"datetime"_s << u"2026-11-23"_s                << false;
    QTest::newRow("address")             << u"email"_s    << u"ada@example.com"_s           << true;
    QTest::newRow("plus and slash")      << u"email"_s    << u"a+b/c@example.co.uk"_s       << true;
    QTest::newRow("no at")               << u"email"_s    << u"ada.example.com"_s           << false;
    QTest::newRow("two ats")             << u"email"_s    << u"a@b@example.com"_s           << false;
    QTest::newRow("no top level")        << u"email"_s    << u"ada@localhost"_s             << false;
    QTest::newRow("blank")               << u"email"_s    << u"ada lovelace@example.com"_s  << false;
    QTest::newRow("unknown type")        << u"json"_s     << u"{}"_s                        << false;
    // clang-format on
}

void TestPropertyValue::refuses()
{
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(bool, accepted);

    const QString refusal = refusalOf(define(kind), text);

    QVERIFY2(refusal.isEmpty() == accepted, qPrintable(refusal));
}

/// A refusal says what to write.
void TestPropertyValue::showsTheWay()
{
    const QString seconds = refusalOf(define(u"datetime"_s), u"1745000000"_s);
    QVERIFY(seconds.contains(u"1970-01-21T04:43:20Z"_s));
    QVERIFY(seconds.contains(u"write 2025-04-18T18:13:20Z"_s));
    QVERIFY(refusalOf(define(u"domain"_s), u"https://www.DUP.example.com/about"_s)
                .contains(u"write dup.example.com."_s));
    for (const QString &address : {u"https://dup.example.com\r"_s, u"dup.example.com\r\n"_s,
                                   u" dup.example.com"_s, u"https://dup.example.com\r/about"_s})
        QVERIFY2(refusalOf(define(u"domain"_s), address).contains(u"write dup.example.com."_s),
                 qPrintable(refusalOf(define(u"domain"_s), address)));
    for (const QString &address : {u"https://"_s, u"https:"_s, u"a b"_s, u"\r"_s}) // No host in it.
        QVERIFY2(!refusalOf(define(u"domain"_s), address).contains(u"write"_s),
                 qPrintable(refusalOf(define(u"domain"_s), address)));
}

void TestPropertyValue::refusesVeryLongText()
{
    QVERIFY(refusalOf(define(u"string"_s), QString(65'536, u'x')).isEmpty());
    QVERIFY(!refusalOf(define(u"string"_s), QString(65'537, u'x')).isEmpty());
}

void TestPropertyValue::compares_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("same");

    // clang-format off
    QTest::newRow("null and empty")    << u"string"_s   << QString()                << u""_s                          << true;
    QTest::newRow("letter case")       << u"string"_s   << u"Ada"_s                 << u"ada"_s                       << false;
    QTest::newRow("e-mail case")       << u"email"_s    << u"Ada@Example.com"_s     << u"ada@example.com"_s           << true;
    QTest::newRow("set order")         << u"checkbox"_s << u"A;B"_s                 << u"B;A"_s                       << true;
    QTest::newRow("set size")          << u"checkbox"_s << u"A;B"_s                 << u"A"_s                         << false;
    QTest::newRow("number form")       << u"number"_s   << u"12.50"_s               << u"+12.5"_s                     << true;
    QTest::newRow("exponent")          << u"number"_s   << u"1.2E3"_s               << u"1200"_s                      << true;
    QTest::newRow("zero")              << u"number"_s   << u"-0.0"_s                << u"0"_s                         << true;
    QTest::newRow("sign")              << u"number"_s   << u"-5"_s                  << u"5"_s                         << false;
    QTest::newRow("beyond 2^53")       << u"number"_s   << u"9007199254740993"_s    << u"9007199254740992"_s          << false;
    QTest::newRow("no numbers")        << u"number"_s   << u"x"_s                   << u"y"_s                         << false;
    QTest::newRow("day and midnight")  << u"date"_s     << u"2026-03-01"_s          << u"1772323200000"_s             << true;
    QTest::newRow("other day")         << u"date"_s     << u"2026-03-01"_s          << u"2026-03-02"_s                << false;
    QTest::newRow("zones")             << u"datetime"_s << u"2026-11-23T10:00:00Z"_s << u"2026-11-23T11:00:00+01:00"_s << true;
    QTest::newRow("milliseconds")      << u"datetime"_s << u"2026-03-01T00:00:00Z"_s << u"1772323200000"_s            << true;
    QTest::newRow("one ms apart")      << u"datetime"_s << u"2026-11-23T10:00:00Z"_s << u"2026-11-23T10:00:00.001Z"_s << false;
    QTest::newRow("value and nothing") << u"number"_s   << u"0"_s                   << u""_s                          << false;
    QTest::newRow("point and zero")    << u"number"_s   << u"1.0"_s                 << u"1e0"_s                       << true;
    QTest::newRow("leading zeros")     << u"number"_s   << u"007"_s                 << u"7"_s                         << true;
    QTest::newRow("20 digits")         << u"number"_s   << u"12345678901234567890"_s << u"12345678901234567000"_s     << false;
    QTest::newRow("beyond doubles")    << u"number"_s   << u"1e400"_s               << u"1e401"_s                     << false;
    QTest::newRow("tiny")              << u"number"_s   << u"0.00100"_s             << u"1e-3"_s                      << true;
    QTest::newRow("digits of others")  << u"number"_s   << u"\u0661"_s             << u"1"_s                         << false;
    QTest::newRow("decimal comma")     << u"number"_s   << u"1,5"_s                 << u"1.5"_s                       << false;
    QTest::newRow("boolean case")      << u"bool"_s     << u"True"_s                << u"true"_s                      << true;
    QTest::newRow("set with empties")  << u"checkbox"_s << u";A;;B;"_s              << u"B;A;A"_s                     << true;
    QTest::newRow("set of empties")    << u"checkbox"_s << u";;"_s                  << u""_s                          << true;
    QTest::newRow("option case")       << u"select"_s   << u"A"_s                   << u"a"_s                         << false;
    QTest::newRow("line ends")         << u"string"_s   << u"a\r\nb\rc"_s        << u"a\nb\nc"_s                 << true;
    QTest::newRow("line end at end")   << u"string"_s   << u"a\n"_s                << u"a"_s                         << false;
    QTest::newRow("no-break space")    << u"string"_s   << u"a\u00a0b"_s           << u"a b"_s                       << false;
    QTest::newRow("number as text")    << u"string"_s   << u"1"_s                   << u"1.0"_s                       << false;
    QTest::newRow("no day, one text")  << u"date"_s     << u"soon\r\n"_s          << u"soon\n"_s                   << true;
    // clang-format on
}

void TestPropertyValue::compares()
{
    QFETCH(QString, kind);
    QFETCH(QString, a);
    QFETCH(QString, b);

    QTEST(sameValue(define(kind), a, b), "same");
    QTEST(sameValue(define(kind), b, a), "same");
    QTEST(valueKey(define(kind), a) == valueKey(define(kind), b), "same");
}

void TestPropertyValue::comparesUndefinedAsText()
{
    const DefinitionsByName definitions {{u"p"_s, define(u"number"_s)}};

    QVERIFY(sameValue(definitions, u"p"_s, u"1"_s, u"1.0"_s));
    QVERIFY(!sameValue(definitions, u"q"_s, u"1"_s, u"1.0"_s));
    QVERIFY(sameValue(definitions, u"q"_s, u"a\r\n"_s, u"a\n"_s));
}

void TestPropertyValue::ordersNumbers_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("order"); // 2: not numbers.

    // clang-format off
    QTest::newRow("smaller")          << u"2"_s                    << u"10"_s                   << -1;
    QTest::newRow("same")             << u"2.50"_s                 << u"25e-1"_s                << 0;
    QTest::newRow("fraction")         << u"2.5"_s                  << u"2.49"_s                 << 1;
    QTest::newRow("more digits")      << u"2.5"_s                  << u"2.51"_s                 << -1;
    QTest::newRow("negative")         << u"-10"_s                  << u"-2"_s                   << -1;
    QTest::newRow("signs")            << u"-1"_s                   << u"1"_s                    << -1;
    QTest::newRow("zero")             << u"0.0"_s                  << u"-0"_s                   << 0;
    QTest::newRow("zero and little")  << u"0"_s                    << u"1e-300"_s               << -1;
    QTest::newRow("zero and less")    << u"0"_s                    << u"-1e-300"_s              << 1;
    QTest::newRow("beyond 2^64")      << u"98765432109876543210"_s << u"98765432109876543211"_s << -1;
    QTest::newRow("beyond doubles")   << u"1e400"_s                << u"9e399"_s                << 1;
    QTest::newRow("words")            << u"x"_s                    << u"1"_s                    << 2;
    QTest::newRow("nothing")          << u""_s                     << u"1"_s                    << 2;
    // clang-format on
}

void TestPropertyValue::ordersNumbers()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, order);
    const auto sign = [](std::optional<int> compared) {
        return !compared ? 2 : *compared < 0 ? -1 : int(*compared > 0);
    };

    QCOMPARE(sign(compareNumbers(a, b)), order);
    QCOMPARE(sign(compareNumbers(b, a)), order == 2 ? 2 : -order);
}

void TestPropertyValue::reportsWhatMayBePersonal_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("hubspotDefined");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("personal");

    // clang-format off
    QTest::newRow("nothing")             << u"string"_s   << true  << u""_s                     << false;
    QTest::newRow("text")                << u"string"_s   << true  << u"Ada"_s                  << true;
    QTest::newRow("e-mail")              << u"email"_s    << true  << u"ada@example.com"_s      << true;
    QTest::newRow("option")              << u"select"_s   << true  << u"A"_s                    << false;
    QTest::newRow("option of their own") << u"select"_s   << false << u"A"_s                    << false;
    QTest::newRow("no option")           << u"select"_s   << true  << u"Ada"_s                  << true;
    QTest::newRow("options")             << u"checkbox"_s << true  << u"A;B"_s                  << false;
    QTest::newRow("listed elsewhere")    << u"owner"_s    << true  << u"Ada"_s                  << true;
    QTest::newRow("listed here too")     << u"owner"_s    << true  << u"1"_s                    << false;
    QTest::newRow("number")              << u"number"_s   << true  << u"12.5"_s                 << false;
    QTest::newRow("number of their own") << u"number"_s   << false << u"12.5"_s                 << true;
    QTest::newRow("no number")           << u"number"_s   << true  << u"Ada"_s                  << true;
    QTest::newRow("instant")             << u"datetime"_s << true  << u"2026-11-23T10:00:00Z"_s << false;
    QTest::newRow("day of their own")    << u"date"_s     << false << u"1815-12-10"_s           << true;
    QTest::newRow("yes")                 << u"bool"_s     << false << u"true"_s                 << false;
    QTest::newRow("unknown type")        << u"json"_s     << true  << u"{}"_s                   << true;
    // clang-format on
}

void TestPropertyValue::reportsWhatMayBePersonal()
{
    QFETCH(QString, kind);
    QFETCH(bool, hubspotDefined);
    QFETCH(QString, text);
    QFETCH(bool, personal);
    PropertyDefinition property = define(kind);
    property.hubspotDefined = hubspotDefined;

    QCOMPARE(mayBePersonal(&property, property.name, text), personal);
    QCOMPARE(mayBePersonal(nullptr, property.name, text), !text.isEmpty());
    QCOMPARE(mayBePersonal(&property, u"phone"_s, text), !text.isEmpty());
}

HUBKEEPER_TEST(TestPropertyValue)
#include "tst_propertyvalue.moc"
