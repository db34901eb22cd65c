// SPDX-License-Identifier: MIT
#include "session/workbench/columnmapping.h"
#include "session/workbench/importvalue.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What a cell means for its property, and which column is which: pure.
class TestImportValue : public QObject
{
    Q_OBJECT

private slots:
    void values_data();
    void values();
    void mapsColumns();
    void refusesColumns();
    void keepsAMapping();
};

namespace {

PropertyDefinition definitionOf(const QString &type, const QString &fieldType = {},
                                const QList<PropertyOption> &options = {})
{
    PropertyDefinition definition;
    definition.name = u"p"_s;
    definition.label = u"Label of p"_s;
    definition.type = type;
    definition.fieldType = fieldType;
    definition.options = options;
    return definition;
}

ImportReading reading(DateOrder dates = DateOrder::Unknown)
{
    ImportReading reading;
    reading.dates = dates;
    Owner owner;
    owner.id = u"77"_s;
    owner.email = u"Olga@Example.com"_s;
    owner.firstName = u"Olga"_s;
    owner.lastName = u"Roe"_s;
    reading.owners = {owner};
    return reading;
}

} // namespace

void TestImportValue::values_data()
{
    QTest::addColumn<PropertyDefinition>("definition");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("expected"); // "!": refused
    QTest::addColumn<int>("dates");
    const PropertyDefinition text = definitionOf(u"string"_s, u"text"_s);
    const PropertyDefinition number = definitionOf(u"number"_s, u"number"_s);
    const PropertyDefinition date = definitionOf(u"date"_s, u"date"_s);
    const PropertyDefinition instant = definitionOf(u"datetime"_s, u"date"_s);
    const PropertyDefinition choice = definitionOf(u"enumeration"_s, u"select"_s,
                                                   {{u"v1"_s, u"First"_s},
                                                    {u"v2"_s, u"Second"_s},
                                                    {u"v3"_s, u"Twin"_s},
                                                    {u"v4"_s, u"Twin"_s}});
    const PropertyDefinition boxes =
        definitionOf(u"enumeration"_s, u"checkbox"_s, {{u"a"_s, u"Alpha"_s}, {u"b"_s, u"Beta"_s}});
    const PropertyDefinition flag = definitionOf(u"bool"_s, u"booleancheckbox"_s);
    PropertyDefinition owner = definitionOf(u"enumeration"_s, u"select"_s);
    owner.referencedObjectType = u"OWNER"_s;
    PropertyDefinition readOnly = text;
    readOnly.readOnlyValue = true;
    const int unknown = int(DateOrder::Unknown);
    const int dayFirst = int(DateOrder::DayMonthYear);
    const int monthFirst = int(DateOrder::MonthDayYear);
    const auto row = [](const char *name, const PropertyDefinition &definition, const QString &cell,
                        const QString &expected, int dates) {
        QTest::newRow(name) << definition << cell << expected << dates;
    };
    row("text", text, u" Anna "_s, u"Anna"_s, unknown);
    row("empty", number, u"  "_s, {}, unknown);
    row("lost characters", text, u"caf\uFFFD"_s, u"!"_s, unknown);
    row("read-only", readOnly, u"x"_s, u"!"_s, unknown);
    row("number", number, u"1250"_s, u"1250"_s, unknown);
    row("decimal comma", number, u"12,5"_s, u"12.5"_s, unknown);
    row("thousands", number, u"1,234,567"_s, u"1234567"_s, unknown);
    row("thousands and point", number, u"1,250.50"_s, u"1250.50"_s, unknown);
    row("points and comma", number, u"1.250,50"_s, u"1250.50"_s, unknown);
    row("comma that may be both", number, u"1,250"_s, u"!"_s, unknown);
    row("not a number", number, u"many"_s, u"!"_s, unknown);
    row("value", choice, u"v2"_s, u"v2"_s, unknown);
    row("label", choice, u"first"_s, u"v1"_s, unknown);
    row("label of two", choice, u"Twin"_s, u"!"_s, unknown);
    row("no option", choice, u"Third"_s, u"!"_s, unknown);
    row("several", boxes, u"Beta; a;Beta"_s, u"b;a"_s, unknown);
    row("yes", flag, u"Yes"_s, u"true"_s, unknown);
    row("no", flag, u"FALSE"_s, u"false"_s, unknown);
    row("maybe", flag, u"maybe"_s, u"!"_s, unknown);
    row("ISO day", date, u"2026-11-05"_s, u"2026-11-05"_s, unknown);
    row("midnight", date, u"2026-11-05T00:00:00"_s, u"2026-11-05"_s, unknown);
    row("clear day", date, u"28/10/2023"_s, u"2023-10-28"_s, unknown);
    row("clear month", date, u"10-28-23"_s, u"2023-10-28"_s, unknown);
    row("named month", date, u"2023.OCT.28"_s, u"2023-10-28"_s, unknown);
    row("day, named month", date, u"5-nov-2026"_s, u"2026-11-05"_s, unknown);
    row("unclear day", date, u"5/11/2026"_s, u"!"_s, unknown);
    row("day first", date, u"5/11/2026"_s, u"2026-11-05"_s, dayFirst);
    row("month first", date, u"5/11/2026"_s, u"2026-05-11"_s, monthFirst);
    row("same either way", date, u"5.5.2026"_s, u"2026-05-05"_s, unknown);
    row("not a day", date, u"31/02/2026"_s, u"!"_s, dayFirst);
    row("day and time", instant, u"28/10/2020 14:30"_s, u"2020-10-28T14:30:00Z"_s, unknown);
    row("ISO without zone", instant, u"2026-11-05T13:45:00"_s, u"2026-11-05T13:45:00Z"_s, unknown);
    row("milliseconds", instant, u"1793886300000"_s, u"1793886300000"_s, unknown);
    row("owner by address", owner, u"olga@example.com"_s, u"77"_s, unknown);
    row("owner by name", owner, u"Olga Roe"_s, u"77"_s, unknown);
    row("no owner", owner, u"bob@example.com"_s, u"!"_s, unknown);
}

void TestImportValue::values()
{
    QFETCH(const PropertyDefinition, definition);
    QFETCH(const QString, cell);
    QFETCH(const QString, expected);
    QFETCH(const int, dates);
    const auto value = importValue(definition, cell, reading(DateOrder(dates)));
    if (expected == "!"_L1) {
        QVERIFY2(!value, qPrintable(value.value_or(QString())));
        QVERIFY(!value.error().what.isEmpty());
        return;
    }
    QVERIFY2(value, qPrintable(value ? QString() : value.error().what));
    QCOMPARE(*value, expected);
}

void TestImportValue::mapsColumns()
{
    PropertyDefinition email = definitionOf(u"string"_s);
    email.name = u"email"_s;
    email.label = u"E-mail"_s;
    PropertyDefinition city = definitionOf(u"string"_s);
    city.name = u"city"_s;
    city.label = u"Town"_s;
    const auto mapping =
        mapColumns({u"Record ID"_s, u" EMAIL "_s, u"town"_s, u"Remarks"_s, QString()},
                   {email, city}, {{u"remarks"_s, QString()}});
    QVERIFY(mapping);
    QCOMPARE(mapping->properties,
             (QStringList {u"id"_s, u"email"_s, u"city"_s, QString(), QString()}));
    const auto chosen = mapColumns({u"x"_s}, {email, city}, {{u"X"_s, u"city"_s}});
    QVERIFY(chosen);
    QCOMPARE(chosen->properties, QStringList {u"city"_s});
}

void TestImportValue::refusesColumns()
{
    PropertyDefinition email = definitionOf(u"string"_s);
    email.name = u"email"_s;
    email.label = u"E-mail"_s;
    QVERIFY(!mapColumns({u"email"_s, u"E-mail"_s}, {email}, {}));
    QVERIFY(!mapColumns({u"email"_s}, {email}, {{u"mail"_s, u"email"_s}}));
    QVERIFY(!mapColumns({u"email"_s}, {email}, {{u"email"_s, u"mail"_s}}));
}

void TestImportValue::keepsAMapping()
{
    const ColumnMapping mapping {{u"E-Mail"_s, u"Notes"_s}, {u"email"_s, QString()}};
    const auto chosen = mappingFromFile(mappingToFile(mapping));
    QVERIFY(chosen);
    QCOMPARE(*chosen, (ChosenColumns {{u"E-Mail"_s, u"email"_s}, {u"Notes"_s, QString()}}));
    QVERIFY(!mappingFromFile("{}"));
    QVERIFY(
        !mappingFromFile("{\"format\":\"hubkeeper-mapping\",\"version\":1,\"columns\":{\"a\":1}}"));
}

HUBKEEPER_TEST(TestImportValue)
#include "tst_importvalue.moc"
