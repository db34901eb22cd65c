// SPDX-License-Identifier: MIT
#include "duplicates/rules/matchrules.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What columns are, by mapping and by name; rules as text.
class TestMatchColumns : public QObject
{
    Q_OBJECT

private slots:
    void guesses_data();
    void guesses();
    void maps_data();
    void maps();
    void refusesMappings_data();
    void refusesMappings();
    void readsRules();
    void refusesRules_data();
    void refusesRules();
    void judges();

private:
    static QString fieldsOf(const MatchColumns &columns)
    {
        QStringList names;
        for (const MatchField field : columns.fields)
            names.append(nameOf(field));
        return names.join(u',');
    }
};

void TestMatchColumns::guesses_data()
{
    QTest::addColumn<QString>("headers");
    QTest::addColumn<QString>("fields");
    QTest::addColumn<bool>("areCompanies");
    QTest::newRow("properties") << u"hs_object_id,firstname,lastname,email,mobilephone,zip"_s
                                << u"id,firstname,lastname,email,phone,postalcode"_s << false;
    QTest::newRow("labels") << u"Record ID,First Name,Last Name,Email,Phone Number,Company Name"_s
                            << u"id,firstname,lastname,email,phone,company"_s << false;
    QTest::newRow("German") << u"Vorname,Nachname,E-Mail,Straße,PLZ,Ort,Geburtsdatum"_s
                            << u"firstname,lastname,email,street,postalcode,city,date"_s << false;
    QTest::newRow("companies") << u"name,domain,phone,city"_s << u"company,domain,phone,city"_s
                               << true;
    QTest::newRow("people with one name")
        << u"name,email,company"_s << u"name,email,company"_s << false;
    QTest::newRow("what is not known")
        << u"firstname,shoe size"_s << u"firstname,ignore"_s << false;
    QTest::newRow("too many") << u"phone,mobile,tel,lastname"_s << u"phone,phone,ignore,lastname"_s
                              << false;
}

void TestMatchColumns::guesses()
{
    QFETCH(QString, headers);
    QFETCH(bool, areCompanies);
    const MatchColumns columns = guessedColumns(headers.split(u','));
    QTEST(fieldsOf(columns), "fields");
    QCOMPARE(columns.kind == MatchKind::Companies, areCompanies);
}

void TestMatchColumns::maps_data()
{
    QTest::addColumn<QString>("mapping");
    QTest::addColumn<QString>("fields");
    QTest::newRow("one way") << u"firstname=given_name,lastname=surname,id=rec_id"_s
                             << u"id,firstname,lastname,ignore"_s;
    QTest::newRow("the other way")
        << u"given_name=firstname, surname=lastname"_s << u"id,firstname,lastname,ignore"_s;
    QTest::newRow("JSON") << u"{\"firstname\":\"given_name\",\"date_of_birth\":\"date\"}"_s
                          << u"id,firstname,ignore,date"_s;
    QTest::newRow("HubSpot's names")
        << u"hs_object_id=rec_id,birthdate=date_of_birth"_s << u"id,ignore,ignore,date"_s;
    QTest::newRow("a field of one's own")
        << u"favourite_colour=surname"_s << u"id,ignore,text,ignore"_s;
}

void TestMatchColumns::maps()
{
    QFETCH(QString, mapping);
    const auto columns =
        mappedColumns({u"rec_id"_s, u"given_name"_s, u"surname"_s, u"date_of_birth"_s}, mapping);
    QVERIFY2(columns, qPrintable(columns ? QString() : columns.error().sentence()));
    QTEST(fieldsOf(*columns), "fields");
}

void TestMatchColumns::refusesMappings_data()
{
    QTest::addColumn<QString>("mapping");
    QTest::addColumn<QString>("says");
    QTest::newRow("no pair") << u"firstname"_s << u"\"firstname\" is not a FIELD=COLUMN pair"_s;
    QTest::newRow("no column") << u"firstname=givenname1"_s << u"no column \"givenname1\""_s;
    QTest::newRow("nearly a field") << u"firstnam=given_name"_s << u"Did you mean \"firstname\""_s;
    QTest::newRow("column twice") << u"firstname=given_name,lastname=given_name"_s << u"twice"_s;
    QTest::newRow("field twice") << u"lastname=given_name,lastname=surname"_s
                                 << u"too many columns to \"lastname\""_s;
    QTest::newRow("broken JSON") << u"{\"firstname\":"_s << u"not a JSON object"_s;
    QTest::newRow("JSON of numbers") << u"{\"firstname\":1}"_s << u"is not a text"_s;
}

void TestMatchColumns::refusesMappings()
{
    QFETCH(QString, mapping);
    QFETCH(QString, says);
    const auto columns = mappedColumns({u"given_name"_s, u"surname"_s}, mapping);
    QVERIFY(!columns);
    QCOMPARE(columns.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(columns.error().sentence().contains(says), qPrintable(columns.error().sentence()));
}

void TestMatchColumns::readsRules()
{
    const MatchColumns columns = guessedColumns({u"firstname"_s, u"lastname"_s, u"email"_s});
    const auto rules = MatchRules::parse(u"# ours\n\nmatch email same\n"
                                         "NEVER  lastname differs, firstname differs # siblings\n"
                                         "only rules\n"_s,
                                         columns);
    QVERIFY(rules);
    QVERIFY(rules->isOnly());
    QCOMPARE(rules->rules().size(), size_t(2));
    QCOMPARE(rules->rules()[1].line, 4);
    QVERIFY(!rules->rules()[1].isMatch);
    QCOMPARE(rules->rules()[1].conditions.size(), size_t(2));
    QCOMPARE(rules->passes().size(), size_t(1));
}

void TestMatchColumns::refusesRules_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("verb") << u"\nmaybe email same"_s << u"Line 2 of the rules"_s;
    QTest::newRow("field") << u"match emial same"_s << u"Did you mean \"email\""_s;
    QTest::newRow("word") << u"match email roughly"_s << u"Known are: same, nickname"_s;
    QTest::newRow("half a condition") << u"match email"_s << u"not a field and a word"_s;
    QTest::newRow("no such column") << u"match phone same"_s << u"No column is \"phone\""_s;
    QTest::newRow("every pair") << u"match lastname similar"_s
                                << u"every record with every other"_s;
    QTest::newRow("too many") << QString(u"match email same\n"_s).repeated(101)
                              << u"too many; 100 is the limit"_s;
}

void TestMatchColumns::refusesRules()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto rules =
        MatchRules::parse(text, guessedColumns({u"lastname"_s, u"email"_s, u"firstname"_s}));
    QVERIFY(!rules);
    QVERIFY2(rules.error().sentence().contains(says), qPrintable(rules.error().sentence()));
}

void TestMatchColumns::judges()
{
    const auto rules = MatchRules::parse(u"match email same\nnever lastname differs\n"_s,
                                         guessedColumns({u"lastname"_s, u"email"_s}));
    QVERIFY(rules);
    FeatureLevels levels {};
    QVERIFY(!rules->verdict(levels));
    levels[size_t(Feature::Email)] = Level::Same;
    QCOMPARE(rules->verdict(levels), std::optional(true));
    levels[size_t(Feature::LastName)] = Level::Typo;
    QCOMPARE(rules->verdict(levels), std::optional(true));
    levels[size_t(Feature::LastName)] = Level::Differs;
    QCOMPARE(rules->verdict(levels), std::optional(false));
}

HUBKEEPER_TEST(TestMatchColumns)
#include "tst_matchcolumns.moc"
