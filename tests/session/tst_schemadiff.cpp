// SPDX-License-Identifier: MIT
#include "session/schema/schemadiff.h"
#include "session/schema/schemapatch.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

using Kind = SchemaDifferenceKind;

PropertyDefinition property(const char *name, const char *type = "string",
                            const char *fieldType = "text", bool readOnly = false)
{
    PropertyDefinition definition;
    definition.name = QString::fromLatin1(name);
    definition.type = QString::fromLatin1(type);
    definition.fieldType = QString::fromLatin1(fieldType);
    definition.readOnlyValue = readOnly;
    return definition;
}

/// What the writable attributes of the shipped file stand for, and four more.
Schema livePortal()
{
    return liveSchema(
        {property("email"), property("firstname"), property("lastname"), property("phone"),
         property("company"), property("website"), property("address"), property("city"),
         property("age", "number"), property("score", "number", "number", true),
         property("roles", "enumeration", "checkbox"), property("vip", "bool")},
        {property("name"), property("phone"), property("city"), property("timezone"),
         property("description"), property("about_us"), property("is_public", "bool")});
}

QByteArray fileWith(const QByteArray &contactAttributes, bool readSchema = false)
{
    return QByteArray(R"({
    "configurationProperties": { "readSchema": )")
        + (readSchema ? "true" : "false") + R"( },
    "objectTypes": {
        "contact": {
            "nativeType": "contact",
            "properties": {
)" + contactAttributes
        + R"(
            }
        }
    }
}
)";
}

QList<SchemaDifference> differencesIn(const QByteArray &file)
{
    return schemaDifferences(JsonText(file), livePortal());
}

std::optional<SchemaDifference> differenceOf(const QString &attribute, Kind kind,
                                             const QByteArray &file)
{
    for (const SchemaDifference &difference : differencesIn(file)) {
        if (difference.attribute == attribute && difference.kind == kind)
            return difference;
    }
    return {};
}

QByteArray shippedFile()
{
    QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<SchemaDifference> driftIn(const QByteArray &file)
{
    QList<SchemaDifference> drift = differencesIn(file);
    drift.removeIf([](const SchemaDifference &difference) { return !difference.isDrift; });
    return drift;
}

} // namespace

class TestSchemaDiff : public QObject
{
    Q_OBJECT

private slots:
    void shippedFileDoesNotDrift();
    void difference_data();
    void difference();
    void reportsAllThreeSides();
    void suggestsARenamedProperty();
    void namesWhatIsMissing();
    void readSchemaDecidesWhatIsDrift();
    void unknownClassIsDrift();
    void patchEndsTheDrift();
    void patchIsDoneOnce();
    void patchKeepsEverythingElse();
    void patchAddsClasses();
    void patchLeavesBrokenTextAlone();
};

void TestSchemaDiff::shippedFileDoesNotDrift()
{
    const QList<SchemaDifference> drift = driftIn(shippedFile());

    QVERIFY2(drift.isEmpty(), qPrintable(drift.isEmpty() ? QString() : drift.first().attribute));
}

void TestSchemaDiff::difference_data()
{
    QTest::addColumn<QByteArray>("attribute");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind"); // Empty: none of this attribute.
    QTest::addColumn<bool>("drift");

    // clang-format off
    QTest::newRow("as in HubSpot")      << QByteArray(R"("email": {"type": "string"})")                            << u"email"_s << QString()               << false;
    QTest::newRow("other IDM name")     << QByteArray(R"("mail": {"type": "string", "nativeName": "EMail"})")      << u"mail"_s  << QString()               << false;
    QTest::newRow("any")                << QByteArray(R"("age": {"type": "any"})")                                 << u"age"_s   << QString()               << false;
    QTest::newRow("integer for number") << QByteArray(R"("age": {"type": "integer"})")                             << u"age"_s   << QString()               << false;
    QTest::newRow("text for number")    << QByteArray(R"("age": {"type": "string"})")                              << u"age"_s   << u"typeDiffers"_s        << true;
    QTest::newRow("text for list")      << QByteArray(R"("roles": {"type": "string"})")                            << u"roles"_s << u"typeDiffers"_s        << true;
    QTest::newRow("list of objects")    << QByteArray(R"("roles": {"type": "array", "items": {"type": "object"}})")<< u"roles"_s << u"typeDiffers"_s        << true;
    QTest::newRow("list without items") << QByteArray(R"("roles": {"type": "array"})")                             << u"roles"_s << QString()               << false;
    QTest::newRow("too lax")            << QByteArray(R"("score": {"type": "number"})")                            << u"score"_s << u"flagsDiffer"_s        << true;
    QTest::newRow("as strict")          << QByteArray(R"("score": {"type": "number", "flags": ["NOT_UPDATEABLE", "NOT_CREATABLE"]})") << u"score"_s << QString() << false;
    QTest::newRow("stricter")           << QByteArray(R"("email": {"type": "string", "flags": ["NOT_UPDATEABLE"]})") << u"email"_s << u"flagsDiffer"_s      << false;
    QTest::newRow("asks for more")      << QByteArray(R"("email": {"type": "string", "required": true})")          << u"email"_s << u"requiredDiffers"_s    << false;
    QTest::newRow("gone")               << QByteArray(R"("shoe_size": {"type": "string"})")                        << u"shoe_size"_s << u"attributeGone"_s  << true;
    QTest::newRow("computed")           << QByteArray(R"("canonical-vid": {"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})") << u"canonical-vid"_s << u"attributeGone"_s << false;
    QTest::newRow("the object's id")    << QByteArray(R"("id": {"type": "string", "nativeName": "__UID__"})")      << u"id"_s    << QString()               << false;
    // clang-format on
}

void TestSchemaDiff::difference()
{
    QFETCH(QByteArray, attribute);
    QFETCH(QString, name);
    QString found;
    bool drift = false;

    for (const SchemaDifference &difference : differencesIn(fileWith(attribute))) {
        if (difference.attribute == name) {
            found = nameOf(difference.kind);
            drift = difference.isDrift;
        }
    }

    QTEST(found, "kind");
    QTEST(drift, "drift");
}

void TestSchemaDiff::reportsAllThreeSides()
{
    const auto difference = differenceOf(
        u"phone"_s, Kind::TypeDiffers,
        fileWith(
            R"("phone": {"type": "array", "items": {"type": "string"}, "flags": ["AUDITED"]})"));

    QVERIFY(difference);
    QCOMPARE(difference->objectType, u"contact"_s);
    QCOMPARE(difference->inDefault, u"string"_s);
    QCOMPARE(difference->inFile, u"array of string, AUDITED"_s);
    QCOMPARE(difference->inLive, u"string"_s);
    QCOMPARE(difference->pointer, u"/objectTypes/contact/properties/phone"_s);
}

void TestSchemaDiff::suggestsARenamedProperty()
{
    const auto difference =
        differenceOf(u"first_name"_s, Kind::AttributeGone,
                     fileWith(R"("email": {"type": "string"}, "first_name": {"type": "string"})"));

    QVERIFY(difference);
    QCOMPARE(difference->suggestion, u"firstname"_s);
}

void TestSchemaDiff::namesWhatIsMissing()
{
    const QByteArray file = fileWith(R"("email": {"type": "string"})");

    const auto number = differenceOf(u"age"_s, Kind::AttributeMissing, file);
    QVERIFY(number);
    QVERIFY(number->inFile.isEmpty());
    QVERIFY(number->inDefault.isEmpty());
    QCOMPARE(number->inLive, u"number"_s);
    QCOMPARE(number->pointer, u"/objectTypes/contact/properties"_s);
    QVERIFY(!number->isDrift);
    QVERIFY(!differenceOf(u"email"_s, Kind::AttributeMissing, file));
    int classes = 0;
    for (const SchemaDifference &difference : differencesIn(file))
        classes += difference.kind == Kind::ClassMissing;
    QCOMPARE(classes, 4);
}

void TestSchemaDiff::readSchemaDecidesWhatIsDrift()
{
    const QByteArray computed =
        R"("profile-url": {"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})";

    QVERIFY(!differenceOf(u"profile-url"_s, Kind::AttributeGone, fileWith(computed))->isDrift);
    QVERIFY(differenceOf(u"profile-url"_s, Kind::AttributeGone, fileWith(computed, true))->isDrift);
}

void TestSchemaDiff::unknownClassIsDrift()
{
    const QByteArray file = R"({"objectTypes": {"people": {"nativeType": "contacts"}}})";
    const QList<SchemaDifference> drift = driftIn(file);

    QCOMPARE(drift.size(), 1);
    QCOMPARE(drift.first().kind, Kind::ClassUnknown);
    QCOMPARE(drift.first().objectType, u"people"_s);
    QCOMPARE(drift.first().suggestion, u"contact"_s);
}

void TestSchemaDiff::patchEndsTheDrift()
{
    const QByteArray file = fileWith(R"(                "age": {"type": "string"},
                "roles": {},
                "score": {
                    "type": "number",
                    "flags": ["AUDITED"]
                })",
                                     true);
    const JsonText text(file);

    const QByteArray patched = applied(file, patchedObjectTypes(text, livePortal()));

    const JsonText after(patched);
    QVERIFY2(after.isValid(), patched.constData());
    QVERIFY(driftIn(patched).isEmpty());
    for (const SchemaDifference &difference : differencesIn(patched))
        QVERIFY2(difference.kind == Kind::ClassMissing, qPrintable(difference.attribute));
    QCOMPARE(after.rawOf(after.at(u"/objectTypes/contact/properties/score/flags"_s)),
             R"(["AUDITED", "NOT_CREATABLE", "NOT_UPDATEABLE"])");
    QCOMPARE(after.rawOf(after.at(u"/objectTypes/contact/properties/roles/items/type"_s)),
             R"("string")");
}

void TestSchemaDiff::patchIsDoneOnce()
{
    const QByteArray file = fileWith(R"("email": {"type": "boolean"})");

    const QByteArray once = applied(file, patchedObjectTypes(JsonText(file), livePortal()));

    QVERIFY(once != file);
    QVERIFY(patchedObjectTypes(JsonText(once), livePortal()).isEmpty());
}

void TestSchemaDiff::patchKeepsEverythingElse()
{
    const QByteArray file = fileWith("                // ours\n"
                                     R"(                "shoe_size": {"type": "string", "x": 1},
                "email": {"type": "string", "flags": ["NOT_UPDATEABLE"]})");
    SchemaPatch onlyCorrect;
    onlyCorrect.addAttributes = false;

    QVERIFY(patchedObjectTypes(JsonText(file), livePortal(), onlyCorrect).isEmpty());
    const QByteArray patched = applied(file, patchedObjectTypes(JsonText(file), livePortal()));

    const QByteArray own = file.left(file.indexOf("\"NOT_UPDATEABLE\"]}"));
    QVERIFY(patched.startsWith(own));
    QVERIFY(patched.contains(
        ",\n                \"age\": { \"type\": \"number\", \"nativeName\": \"age\","));
}

void TestSchemaDiff::patchAddsClasses()
{
    SchemaPatch all;
    all.addClasses = true;
    for (const QByteArray &file : {QByteArray("{}"), QByteArray(R"({"objectTypes": {}})"),
                                   fileWith(R"("email": {"type": "string"})")}) {
        const QByteArray patched =
            applied(file, patchedObjectTypes(JsonText(file), livePortal(), all));

        QVERIFY2(JsonText(patched).isValid(), patched.constData());
        const QList<SchemaDifference> left = differencesIn(patched);
        QVERIFY2(left.isEmpty(), patched.constData());
    }
}

void TestSchemaDiff::patchLeavesBrokenTextAlone()
{
    for (const char *bytes : {"", "[]", "{\"objectTypes\": {\"contact\": {}", "null"})
        QVERIFY(patchedObjectTypes(JsonText(bytes), livePortal(), {true, true, true}).isEmpty());
    const JsonText odd(R"({"objectTypes": {"contact": 7, "company": {"properties": []}}})");
    QVERIFY(JsonText(applied(odd.bytes(), patchedObjectTypes(odd, livePortal()))).isValid());
}

HUBKEEPER_TEST(TestSchemaDiff)
#include "tst_schemadiff.moc"
