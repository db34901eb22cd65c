// SPDX-License-Identifier: MIT
#include "provisioner/document/document.h"
#include "provisioner/document/objecttypeedits.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QByteArray typesFile = R"({
    "objectTypes": {
        "contact": {
            "nativeType": "contact",
            "properties": {
                "vid": { "type": "string", "nativeName": "__NAME__" },
                // The key of everything.
                "email": { "type": "string" },
                "a/b": { "type": "string", "flags": ["NOT_CREATABLE", "ODD"] }
            }
        },
        "bare": { "nativeType": "bare" }
    }
}
)";

const auto contact = u"/objectTypes/contact"_s;
const auto email = contact + u"/properties/email"_s;

} // namespace

/// Edits of the object types: each one step, nothing else of the file touched.
class TestObjectTypeEdits : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_document = Document::fromBytes(typesFile); }
    void cleanup()
    {
        // Whatever was done is one step.
        if (m_document->canUndo())
            m_document->undo();
        QCOMPARE(m_document->bytes(), typesFile);
    }
    void addsLaidOutLikeTheRest();
    void addsWhereThereAreNoProperties();
    void renamesTheKeyAlone();
    void movesWithoutTouchingOthers();
    void movesNotBeyondTheEnd();
    void duplicatesRightBehind();
    void removesNeighbours();
    void unknownFlagsStay();
    void setsAFlagOnSeveral();
    void refuses_data();
    void refuses();

private:
    [[nodiscard]] QByteArray raw(const QString &pointer) const
    {
        return m_document->text().rawOf(m_document->text().at(pointer));
    }

    std::unique_ptr<Document> m_document;
};

void TestObjectTypeEdits::addsLaidOutLikeTheRest()
{
    QVERIFY(addAttributes(*m_document, contact, {{u"x"_s, "{ }"}, {u"y"_s, "{ }"}}, u"Add"_s));
    QByteArray expected = typesFile;
    expected.replace("\"ODD\"] }\n",
                     "\"ODD\"] },\n                \"x\": { },\n                \"y\": { }\n");
    QCOMPARE(m_document->bytes(), expected);
}

void TestObjectTypeEdits::addsWhereThereAreNoProperties()
{
    QVERIFY(addAttributes(*m_document, u"/objectTypes/bare"_s, {{u"x"_s, "{ }"}}, u"Add"_s));
    QVERIFY(m_document->text().isValid());
    QCOMPARE(raw(u"/objectTypes/bare/properties/x"_s), "{ }"_ba);
    QCOMPARE(m_document->undoName(), u"Add"_s);
}

void TestObjectTypeEdits::renamesTheKeyAlone()
{
    QVERIFY(renameEntry(*m_document, contact, u"person"_s, u"Rename"_s));
    QByteArray expected = typesFile;
    QCOMPARE(m_document->bytes(), expected.replace("\"contact\": {", "\"person\": {"));
}

void TestObjectTypeEdits::movesWithoutTouchingOthers()
{
    QVERIFY(moveEntry(*m_document, email, -1, u"Move"_s));
    QVERIFY(m_document->text().isValid());
    const JsonText &text = m_document->text();
    const int first = text.node(text.at(contact + u"/properties"_s)).firstChild;
    QCOMPARE(text.keyOf(first), u"email"_s);
    QCOMPARE(text.keyOf(text.node(first).next), u"vid"_s);
    QVERIFY(m_document->bytes().contains("// The key of everything."));
}

void TestObjectTypeEdits::movesNotBeyondTheEnd()
{
    QVERIFY(moveEntry(*m_document, contact + u"/properties/vid"_s, -1, u"Move"_s));
    QVERIFY(moveEntry(*m_document, u"/objectTypes/bare"_s, 1, u"Move"_s));
    QVERIFY(!m_document->canUndo());
}

void TestObjectTypeEdits::duplicatesRightBehind()
{
    const auto name = duplicateEntry(*m_document, email, u"Duplicate"_s);
    QCOMPARE(name.value(), u"email2"_s);
    QVERIFY(
        m_document->bytes().contains("\"email\": { \"type\": \"string\" },\n"
                                     "                \"email2\": { \"type\": \"string\" },\n"));
}

void TestObjectTypeEdits::removesNeighbours()
{
    QVERIFY(removeEntries(*m_document,
                          {contact + u"/properties/vid"_s, email, contact + u"/properties/a~1b"_s},
                          u"Remove"_s));
    QVERIFY(m_document->text().isValid());
    QCOMPARE(m_document->text().node(m_document->text().at(contact + u"/properties"_s)).childCount,
             0);
}

void TestObjectTypeEdits::unknownFlagsStay()
{
    const QString attribute = contact + u"/properties/a~1b"_s;
    QVERIFY(setFlag(*m_document, {attribute}, u"NOT_UPDATEABLE"_s, true, u"Set"_s));
    QCOMPARE(raw(attribute + u"/flags"_s), R"(["NOT_CREATABLE", "ODD", "NOT_UPDATEABLE"])"_ba);
}

void TestObjectTypeEdits::setsAFlagOnSeveral()
{
    const QString other = contact + u"/properties/a~1b"_s;
    QVERIFY(setFlag(*m_document, {email, other}, u"NOT_CREATABLE"_s, true, u"Set"_s));
    QCOMPARE(raw(email + u"/flags"_s), R"(["NOT_CREATABLE"])"_ba);
    QCOMPARE(raw(other + u"/flags"_s), R"(["NOT_CREATABLE", "ODD"])"_ba);
}

void TestObjectTypeEdits::refuses_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"empty name", "taken name", "taken attribute", "gone", "no JSON"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestObjectTypeEdits::refuses()
{
    QFETCH(QString, what);
    if (what == "empty name"_L1)
        QVERIFY(!renameEntry(*m_document, email, u" "_s, u"x"_s));
    else if (what == "taken name"_L1)
        QVERIFY(!addObjectType(*m_document, u"bare"_s, u"x"_s));
    else if (what == "taken attribute"_L1)
        QVERIFY(!addAttributes(*m_document, contact, {{u"email"_s, "{}"}}, u"x"_s));
    else if (what == "gone"_L1)
        QVERIFY(!moveEntry(*m_document, contact + u"/properties/none"_s, 1, u"x"_s));
    else {
        const auto broken = Document::fromBytes(typesFile.left(200));
        QVERIFY(!addObjectType(*broken, u"new"_s, u"x"_s));
        QCOMPARE(broken->bytes(), typesFile.left(200));
    }
}

HUBKEEPER_TEST(TestObjectTypeEdits)
#include "tst_objecttypeedits.moc"
