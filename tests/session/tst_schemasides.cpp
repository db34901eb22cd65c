// SPDX-License-Identifier: MIT
#include "session/schema/mappinguse.h"
#include "session/schema/schemaexport.h"
#include "session/schema/schemasides.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QByteArray file = R"({"objectTypes": {"person": {"nativeType": "contact", "properties": {
    "mail": {"type": "string", "nativeName": "email", "nativeType": "string"},
    "lastname": {"type": "string", "nativeName": "lastname", "nativeType": "string",
                 "flags": ["NOT_UPDATEABLE"]},
    "shoe": {"type": "string", "nativeName": "shoe_size", "nativeType": "string"}
}}}})";

PropertyDefinition defined(const QString &name, const QString &type = u"string"_s)
{
    PropertyDefinition definition;
    definition.name = name;
    definition.type = type;
    definition.fieldType = u"text"_s;
    return definition;
}

const AttributeSides *find(const ClassSides &sides, const QString &name)
{
    const auto found = std::find_if(sides.attributes.begin(), sides.attributes.end(),
                                    [&](const AttributeSides &one) { return one.name == name; });
    return found == sides.attributes.end() ? nullptr : &*found;
}

} // namespace

class TestSchemaSides : public QObject
{
    Q_OBJECT

private slots:
    void shippedFileIsTheDefault();
    void bringsThreeSidesTogether();
    void unknownSidesSayNothing();
    void findsMappings();
    void csvIsSafeInASpreadsheet_data();
    void csvIsSafeInASpreadsheet();
};

void TestSchemaSides::shippedFileIsTheDefault()
{
    QFile shipped(QStringLiteral(HUBKEEPER_SOURCE_DIR)
                  + u"/resources/samples/provisioner.openicf-hubspot.json"_s);
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const JsonText text(shipped.readAll());

    const auto sides = schemaSides(&text, nullptr);

    QCOMPARE(sides.size(), 5);
    for (const ClassSides &one : sides) {
        QVERIFY(!one.pointer.isEmpty());
        for (const AttributeSides &attribute : one.attributes) {
            QVERIFY2(!differs(attribute, true, false),
                     qPrintable(u"%1: %2 / %3"_s.arg(attribute.name, attribute.inDefault,
                                                     attribute.inFile)));
            QVERIFY(!attribute.pointer.isEmpty());
        }
    }
}

void TestSchemaSides::bringsThreeSidesTogether()
{
    const JsonText text(file);
    const Schema live = liveSchema(
        {defined(u"email"_s), defined(u"lastname"_s, u"number"_s), defined(u"nickname"_s)}, {});

    const ClassSides contact = schemaSides(&text, &live).constFirst();

    QCOMPARE(contact.key, u"person"_s);
    QCOMPARE(contact.pointer, u"/objectTypes/person"_s);
    const AttributeSides *mail = find(contact, u"mail"_s);
    QVERIFY(mail); // The file's name for HubSpot's email.
    QCOMPARE(mail->property, u"email"_s);
    QCOMPARE(mail->pointer, u"/objectTypes/person/properties/mail"_s);
    QVERIFY(!differs(*mail, true, true));
    const AttributeSides *last = find(contact, u"lastname"_s);
    QCOMPARE(last->inDefault, u"string"_s);
    QCOMPARE(last->inFile, u"string, NOT_UPDATEABLE"_s);
    QCOMPARE(last->inLive, u"number"_s);
    QVERIFY(differs(*last, true, true));
    QCOMPARE(find(contact, u"shoe"_s)->inDefault, QString());
    QCOMPARE(find(contact, u"nickname"_s)->inLive, u"string"_s);
    QVERIFY(!find(contact, u"profile-token"_s)->hasCounterpart);
    QVERIFY(find(contact, u"vid"_s)->isName);
}

void TestSchemaSides::unknownSidesSayNothing()
{
    for (const ClassSides &one : schemaSides(nullptr, nullptr)) {
        QVERIFY(one.pointer.isEmpty());
        for (const AttributeSides &attribute : one.attributes)
            QVERIFY(!differs(attribute, false, false));
    }
}

void TestSchemaSides::findsMappings()
{
    const JsonText sync(R"({"mappings": [
        {"name": "in", "source": "system/hubspot/contact", "target": "managed/user",
         "properties": [{"source": "email", "target": "mail"}, {"source": "lastname"}]},
        {"source": "managed/user", "target": "system/hubspot/contact",
         "properties": [{"source": "mail", "target": "email"}]},
        {"name": "other", "source": "system/ldap/contact", "target": "managed/user",
         "properties": [{"source": "email", "target": "mail"}]}, 7]})");

    const auto uses = mappingUses(sync, u"hubspot"_s, u"contact"_s, u"email"_s);

    QCOMPARE(uses,
             (QList<MappingUse> {{u"in"_s, true, u"mail"_s, u"/mappings/0/properties/0"_s},
                                 {u"2"_s, false, u"mail"_s, u"/mappings/1/properties/0"_s}}));
    QVERIFY(mappingUses(JsonText("{"), u"hubspot"_s, u"contact"_s, u"email"_s).isEmpty());
}

void TestSchemaSides::csvIsSafeInASpreadsheet_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << u"a-b"_s << QByteArray("a-b");
    QTest::newRow("comma") << u"a,b"_s << QByteArray("\"a,b\"");
    QTest::newRow("quotes") << u"a\"b"_s << QByteArray("\"a\"\"b\"");
    QTest::newRow("line feed") << u"a\nb"_s << QByteArray("\"a\nb\"");
    QTest::newRow("carriage return") << u"a\rb"_s << QByteArray("\"a\rb\"");
    QTest::newRow("formula") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("plus") << u"+1"_s << QByteArray("'+1");
    QTest::newRow("minus") << u"-1"_s << QByteArray("'-1");
    QTest::newRow("at") << u"@a,b"_s << QByteArray("\"'@a,b\"");
    QTest::newRow("tab") << u"\t=1"_s << QByteArray("'\t=1");
}

void TestSchemaSides::csvIsSafeInASpreadsheet()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, field);
    ClassSides sides;
    sides.key = u"contact"_s;
    AttributeSides attribute;
    attribute.name = name;
    sides.attributes.append(attribute);

    const QByteArray csv = schemaAsCsv({sides}, false, false);

    QVERIFY2(csv.contains("\r\ncontact," + field + ",,"), csv.constData());
}

HUBKEEPER_TEST(TestSchemaSides)
#include "tst_schemasides.moc"
