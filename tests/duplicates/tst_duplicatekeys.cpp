// SPDX-License-Identifier: MIT
#include "duplicates/compare/comparevalues.h"
#include "duplicates/values/keytext.h"
#include "duplicates/values/similarity.h"
#include "duplicates/values/valuekeys.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Keys of values, and how near two of them are.
class TestDuplicateKeys : public QObject
{
    Q_OBJECT

private slots:
    void makesKeys_data();
    void makesKeys();
    void comparesNames_data();
    void comparesNames();
    void comparesOthers_data();
    void comparesOthers();
    void countsTypos_data();
    void countsTypos();
    void likenessIsNotCutTooEarly();
};

void TestDuplicateKeys::makesKeys_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("key");
    const auto row = [](const char *kind, const QString &value, const char *key) {
        QTest::addRow("%s: %s", kind, qPrintable(value))
            << QString::fromLatin1(kind) << value << QString::fromLatin1(key);
    };
    row("name", u"Müller"_s, "muller");
    row("name", u"MUELLER"_s, "muller");
    row("name", u"  Dr. José-María  O'Brien "_s, "jose maria obrien");
    row("name", u"Łukasz"_s, "lukasz");
    row("name", u"Sørensen"_s, "sorensen");
    row("name", u"Владимир"_s, "vladimir");
    row("name", u"Dr."_s, "dr");
    row("name", u"Smith Junior"_s, "smith jr");
    row("name", u"Smith 2nd"_s, "smith ii");
    row("name", u"Junior"_s, "junior");
    row("name", QString(), "");
    row("first", u"Smith, Anna Maria"_s, "anna maria");
    row("first", u"Anna Maria Smith"_s, "anna maria");
    row("last", u"Carlos de la Cruz"_s, "de la cruz");
    row("last", u"John Smith Jr."_s, "smith jr");
    row("first", u"John Smith, Jr."_s, "john");
    row("last", u"Carlos de la Cruz III"_s, "de la cruz iii");
    row("email", u"John.Smith+news@GoogleMail.com"_s, "johnsmith@gmail.com");
    row("email", u"John Smith <j.smith@example.com>"_s, "j.smith@example.com");
    row("email", u" j.smith+x@example.com "_s, "j.smith@example.com");
    row("email", u"mailto:a@b.de"_s, "a@b.de");
    row("phone", u"+49 (0)30 1234-567"_s, "49301234567");
    row("phone", u"0049 30 1234567"_s, "49301234567");
    row("phone", u"030/1234567"_s, "301234567");
    row("phone", u"(415) 555-0123 ext. 12"_s, "4155550123");
    row("phone", u"415-555-0123 x12"_s, "4155550123");
    row("phone", u"1-800-FLOWERS"_s, "18003569377");
    row("phone", u"n/a"_s, "");
    row("company", u"Müller & Söhne GmbH & Co. KG"_s, "muller and sohne");
    row("company", u"The Acme Corporation, Inc."_s, "acme");
    row("company", u"Société Générale S.A."_s, "societe generale");
    row("company", u"Acme GmbH Berlin"_s, "acme berlin");
    row("company", u"Ltd"_s, "ltd");
    row("company", u"Smith Bros. Intl"_s, "smith brothers international");
    row("domain", u"https://www.Shop.Example.co.uk/start?x"_s, "example.co.uk");
    row("domain", u"info@sub.example.com"_s, "example.com");
    row("street", u"12 Main St."_s, "main street");
    row("street", u"Hauptstr. 5a"_s, "hauptstrase");
    row("street", u"Hauptstraße 5a"_s, "hauptstrase");
    row("number", u"Hauptstraße 5a"_s, "5a");
    row("date", u"1980-02-09"_s, "19800209");
    row("date", u"9.2.1980"_s, "19800209");
    row("date", u"12/31/1980"_s, "19801231");
    row("date", u"9 Feb 80"_s, "19800209");
    row("date", u"1980-02-09T00:00:00Z"_s, "19800209");
    row("date", u"19800209"_s, "19800209");
    row("country", u"Deutschland"_s, "de");
    row("country", u"USA"_s, "us");
    row("code", u"SW1A 1AA"_s, "sw1a1aa");
}

void TestDuplicateKeys::makesKeys()
{
    QFETCH(QString, kind);
    QFETCH(QString, value);
    QFETCH(QString, key);
    const std::string text = value.toStdString();
    const std::string made = kind == u"name" ? nameKey(text)
        : kind == u"first"                   ? splitName(text).first
        : kind == u"last"                    ? splitName(text).last
        : kind == u"email"                   ? emailKey(text).address
        : kind == u"phone"                   ? phoneKey(text)
        : kind == u"company"                 ? companyKey(text)
        : kind == u"domain"                  ? domainKey(text).registrable
        : kind == u"street"                  ? streetKey(text).street
        : kind == u"number"                  ? streetKey(text).number
        : kind == u"date"                    ? dateKey(text)
        : kind == u"country"                 ? countryKey(text)
                                             : codeKey(text);
    QCOMPARE(QString::fromStdString(made), key);
}

void TestDuplicateKeys::comparesNames_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("level");
    const auto row = [](const char *a, const char *b, Level level) {
        QTest::addRow("%s, %s", a, b) << QString::fromUtf8(a) << QString::fromUtf8(b) << int(level);
    };
    row("John", "John", Level::Same);
    row("John", "", Level::Missing);
    row("William", "Bill", Level::Equivalent);
    row("Bob", "Robert", Level::Equivalent);
    row("Pepe", "José", Level::Equivalent);
    row("Katharina", "Kathi", Level::Equivalent);
    row("Hans", "Johannes", Level::Equivalent);
    row("Anna", "Anna Maria", Level::Equivalent);
    row("Smith", "Smith-Jones", Level::Equivalent);
    row("J.", "John", Level::Initial);
    row("J.", "Peter", Level::Differs);
    row("Jonh", "John", Level::Typo);
    row("Schmidt", "Schmitd", Level::Typo);
    row("John", "Mary", Level::Differs);
    row("Ann", "Ian", Level::Differs);
    row("Karl J.", "Karl", Level::Equivalent);
    row("Maria Clara", "Maria Vitória", Level::Similar);
    row("van Gorp", "van der Berg", Level::Differs);
    row("Berg", "van der Berg", Level::Equivalent);
    row("Kail J.", "Karl", Level::Typo);
    row("A. G.", "Arsenio", Level::Initial);
    row("Kate", "Kaue", Level::Typo);
    row("Eguène", "Eugène", Level::Typo);
    row("Smith Jr.", "Smith", Level::Related);
    row("Smith Jr.", "Smyth II", Level::Related);
    row("Smith Jr.", "Jones Jr.", Level::Differs);
    row("Smith Jr.", "Jones", Level::Differs);
    row("Smith Jr.", "Smith Junior", Level::Same);
}

void TestDuplicateKeys::comparesNames()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, level);
    const std::string keyA = nameKey(a.toStdString());
    const std::string keyB = nameKey(b.toStdString());
    QCOMPARE(int(nameLevel(keyA, keyB, fullNamesOf(keyA), fullNamesOf(keyB))), level);
    QCOMPARE(int(nameLevel(keyB, keyA, fullNamesOf(keyB), fullNamesOf(keyA))), level);
}

void TestDuplicateKeys::comparesOthers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("level");
    const auto row = [](const char *kind, const char *a, const char *b, Level level) {
        QTest::addRow("%s: %s, %s", kind, a, b) << QString::fromLatin1(kind) << QString::fromUtf8(a)
                                                << QString::fromUtf8(b) << int(level);
    };
    row("phone", "+49 30 1234567", "030 1234567", Level::Same);
    row("phone", "+1 415 555 0123", "(415) 555-0123", Level::Same);
    row("phone", "415 555 0123", "555-0123", Level::Equivalent);
    row("phone", "415 555 0123", "415 555 0132", Level::Typo);
    row("phone", "415 555 0123", "212 867 5309", Level::Differs);
    row("date", "1980-02-09", "1980-09-02", Level::Equivalent);
    row("date", "1980-02-09", "1980-02-08", Level::Typo);
    row("date", "1980-02-09", "1980-02-18", Level::Similar);
    row("date", "1980-02-09", "1991-03-08", Level::Differs);
    row("code", "94103", "94103-1234", Level::Equivalent);
    row("code", "94103", "94130", Level::Typo);
    row("text", "San Francisco", "San Fransisco", Level::Typo);
    row("text", "Frankfurt", "Frankfurt am Main", Level::Similar);
    row("text", "Bern", "Wien", Level::Differs);
}

void TestDuplicateKeys::comparesOthers()
{
    QFETCH(QString, kind);
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, level);
    const auto compare = [&kind](const std::string &one, const std::string &other) {
        return kind == u"phone" ? phoneLevel(phoneKey(one), phoneKey(other))
            : kind == u"date"   ? dateLevel(dateKey(one), dateKey(other))
            : kind == u"code"   ? codeLevel(codeKey(one), codeKey(other))
                                : textLevel(textKey(one), textKey(other));
    };
    QCOMPARE(int(compare(a.toStdString(), b.toStdString())), level);
    QCOMPARE(int(compare(b.toStdString(), a.toStdString())), level);
}

void TestDuplicateKeys::countsTypos_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("count");
    QTest::newRow("none") << u"abc"_s << u"abc"_s << 0;
    QTest::newRow("swapped") << u"abcd"_s << u"abdc"_s << 1;
    QTest::newRow("swapped, apart") << u"abcd"_s << u"cbad"_s << 2;
    QTest::newRow("dropped") << u"abcd"_s << u"acd"_s << 1;
    QTest::newRow("changed") << u"abcd"_s << u"axcd"_s << 1;
    QTest::newRow("all") << u"abc"_s << u"xyz"_s << 3;
    QTest::newRow("one is empty") << QString() << u"ab"_s << 2;
    QTest::newRow("more than asked") << u"abcdef"_s << u"uvwxyz"_s << 4;
    QTest::newRow("longer than is compared") << QString(100, u'a') << QString(80, u'a') << 0;
}

void TestDuplicateKeys::countsTypos()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, count);
    QCOMPARE(typos(a.toStdString(), b.toStdString(), 3), count);
    QCOMPARE(typos(b.toStdString(), a.toStdString(), 3), count);
}

void TestDuplicateKeys::likenessIsNotCutTooEarly()
{
    const std::vector<std::string> names {"martha",     "marhta", "dixon", "dicksonx", "jellyfish",
                                          "smellyfish", "a",      "ab",    "schmidt",  "schmitt"};
    for (const std::string &a : names) {
        for (const std::string &b : names) {
            const double whole = jaroWinkler(a, b);
            const double cut = jaroWinkler(a, b, 0.88);
            QVERIFY2(whole < 0.88 || qFuzzyCompare(cut, whole), (a + ", " + b).c_str());
        }
    }
    QVERIFY(std::abs(jaroWinkler("martha", "marhta") - 0.961) < 0.001); // Winkler 1990.
    QVERIFY(std::abs(jaroWinkler("dixon", "dicksonx") - 0.813) < 0.001);
}

HUBKEEPER_TEST(TestDuplicateKeys)
#include "tst_duplicatekeys.moc"
