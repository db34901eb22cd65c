// SPDX-License-Identifier: MIT
#include "importlinkrig.h"
#include "session/workbench/linkcolumns.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Columns of a table that name associated records, on a practice portal over real sockets.
class TestImportLinks final : public ImportLinkRig
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void cleanup() { stop(); }
    void names_data();
    void names();
    void mapsIdsBeforeKeys();
    void addsAndThenNothing();
    void labels();
    void aLabelThatDoesNotExist();
    void aNewRecordTakesItsAssociationsAlong();
    void aNewCompanyTakesItsContacts();
    void isMergedWithWhatIsStaged();
    void refusesRows_data();
    void refusesRows();
    void goesBackWithTheStep();
    void aRowWithoutKeyIsFoundById();
};

void TestImportLinks::names_data()
{
    QTest::addColumn<QString>("called");
    QTest::addColumn<QString>("name");
    QTest::newRow("ids") << u"associations.companies"_s << u"associations.companies"_s;
    QTest::newRow("HubSpot's ids") << u"Associated Company IDs"_s << u"associations.companies"_s;
    QTest::newRow("letter case") << u"associated contact ids "_s << u"associations.contacts"_s;
    QTest::newRow("domain") << u"associations.companies.domain"_s
                            << u"associations.companies.domain"_s;
    QTest::newRow("address") << u"Associated Contacts: email"_s << u"associations.contacts.email"_s;
    QTest::newRow("label") << u"associations.companies=Billing contact"_s
                           << u"associations.companies=Billing contact"_s;
    QTest::newRow("label of keys") << u" associations.Companies.domain = Primary"_s
                                   << u"associations.companies.domain=Primary"_s;
    QTest::newRow("label of HubSpot's ids")
        << u"Associated Company IDs (Primary)"_s << u"associations.companies=Primary"_s;
    QTest::newRow("no label") << u"associations.companies="_s << QString();
    QTest::newRow("not unique") << u"associations.companies.name"_s << QString();
    QTest::newRow("names") << u"Associated Company"_s << QString();
    QTest::newRow("property") << u"company"_s << QString();
}

void TestImportLinks::names()
{
    QFETCH(const QString, called);
    QFETCH(const QString, name);
    const auto column = importedLinkColumn(called);
    QCOMPARE(column ? linkColumnName(*column) : QString(), name);
}

void TestImportLinks::mapsIdsBeforeKeys()
{
    const QStringList columns {u"Email"_s, u"Associated Company IDs"_s,
                               u"associations.companies.domain"_s,
                               u"associations.contacts.email"_s};
    const QStringList expected {QString(), u"associations.companies"_s, QString(),
                                u"associations.contacts.email"_s};
    const auto mapping = mapColumns(columns, {}, {});
    QVERIFY(mapping);
    QCOMPARE(mapping->properties, expected);
    QCOMPARE(proposeColumns(columns, {}).properties, expected);
    const auto chosen = mapColumns(
        columns, {}, {{columns[1], QString()}, {columns[2], u"associations.companies.domain"_s}});
    QVERIFY(chosen);
    QCOMPARE(chosen->properties[2], u"associations.companies.domain"_s);
    const auto kept = mappingFromFile(mappingToFile(*mapping));
    QVERIFY(kept);
    QCOMPARE(kept->value(columns[1]), u"associations.companies"_s);
    const auto wrong = mapColumns(columns, {}, {{columns[2], u"associations.deals"_s}});
    QVERIFY(!wrong);
}

void TestImportLinks::addsAndThenNothing()
{
    const QString one = company(u"one.example"_s);
    const QString two = company(u"two.example"_s);
    const QString ada = make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}});
    const QByteArray csv = "email,associations.companies,city\n"
                           "ada@example.com,\""
        + one.toUtf8() + "; " + two.toUtf8() + ";" + one.toUtf8() + "\",\n";
    const ImportedTable table = import(csv);
    QCOMPARE(table.updates, 1);
    QCOMPARE(table.associations, 2);
    QCOMPARE(m_rig->session->changes().count(), 2);
    QCOMPARE(links().first().id, ada);
    QCOMPARE(links().first().label, u"ada@example.com - one.example"_s);
    const ImportedTable staged = import(csv);
    QCOMPARE(staged.unchanged, 1);
    QCOMPARE(rowsOf(staged).front().message, u"It is staged already."_s);
    QCOMPARE(apply(), 2);
    QStringList both {one, two};
    both.sort();
    QCOMPARE(linked(ObjectType::Contacts, ada, ObjectType::Companies), both);
    const ImportedTable again = import(csv);
    QCOMPARE(again.unchanged, 1);
    QCOMPARE(again.associations, 0);
    QCOMPARE(m_rig->session->changes().count(), 0);
    const ImportedTable fewer =
        import("email,associations.companies\nada@example.com," + one.toUtf8() + "\n");
    QCOMPARE(fewer.unchanged, 1); // Nothing is taken away.
}

/// The label of a column is added to what is there; the primary company becomes another one.
void TestImportLinks::labels()
{
    const QString one = company(u"one.example"_s);
    const QString two = company(u"two.example"_s);
    const QString ada = make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}});
    QCOMPARE(import("email,associations.companies\nada@example.com," + one.toUtf8() + "\n").updates,
             1);
    QCOMPARE(apply(), 1);
    QCOMPARE(kinds(ada, one), (QList {1, 279})); // The first company is primary on its own.
    const QByteArray csv = "email,associations.companies.domain=primary,associations.companies="
                           "Billing contact\nada@example.com,two.example,"
        + two.toUtf8() + "\n";
    const ImportedTable table = import(csv);
    QCOMPARE(table.associations, 1); // Both columns name one company.
    QCOMPARE(apply(), 1);
    QCOMPARE(kinds(ada, two), (QList {1, 279, 930}));
    QCOMPARE(kinds(ada, one), QList {279});
    QCOMPARE(import(csv).unchanged, 1);
    const ImportedTable fewer =
        import("email,associations.companies\nada@example.com," + two.toUtf8() + "\n");
    QCOMPARE(fewer.unchanged, 1); // A label is not taken away either.
}

void TestImportLinks::aLabelThatDoesNotExist()
{
    (void)company(u"one.example"_s);
    const auto checked = outcomeOf(
        checkImport(*m_rig->session,
                    request("email,associations.companies.domain=Boss\na@example.com,one.example\n",
                            ObjectType::Contacts),
                    &m_calls),
        20'000);
    QVERIFY(checked && !*checked);
    QCOMPARE(checked->error().kind, ErrorKind::InvalidInput);
    QVERIFY2(checked->error().sentence().contains(u"Billing contact"_s),
             qUtf8Printable(checked->error().sentence()));
}

void TestImportLinks::aNewRecordTakesItsAssociationsAlong()
{
    const QString one = company(u"one.example"_s);
    ChangeSet &changes = m_rig->session->changes();
    QCOMPARE(import("email\nfirst@example.com\n").creates, 1); // Has the local id "new-1".
    const ImportedTable table = import("Email,Associated Companies: domain\n"
                                       "plain@example.com,\n"
                                       "grace@example.com,ONE.example\n");
    QCOMPARE(table.creates, 2);
    QCOMPARE(table.associations, 1);
    QCOMPARE(links().size(), 1);
    const auto created = changes.row(ObjectType::Contacts, links().first().id);
    QVERIFY(created);
    QCOMPARE(created->label, u"grace@example.com"_s);
    QCOMPARE(links().first().to->id, one);
    QCOMPARE(apply(), 4);
    QCOMPARE(linked(ObjectType::Companies, one, ObjectType::Contacts).size(), 1);
}

void TestImportLinks::aNewCompanyTakesItsContacts()
{
    const QString ada = make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}});
    const QString bob = make(ObjectType::Contacts, {{u"email"_s, u"bob@example.com"_s}});
    QCOMPARE(import("domain\nfirst.example\n", ObjectType::Companies).creates, 1);
    const ImportedTable table = import("domain,associations.contacts.email\n"
                                       "new.example,ada@example.com;bob@example.com\n",
                                       ObjectType::Companies);
    QCOMPARE(table.associations, 2);
    for (const RowChange &link : links()) {
        QCOMPARE(link.type, ObjectType::Contacts); // A link belongs to the contact.
        const auto made = m_rig->session->changes().row(ObjectType::Companies, link.to->id);
        QVERIFY(made);
        QCOMPARE(made->label, u"new.example"_s);
    }
    QCOMPARE(apply(), 4);
    QCOMPARE(linked(ObjectType::Contacts, ada, ObjectType::Companies).size(), 1);
    QCOMPARE(linked(ObjectType::Contacts, bob, ObjectType::Companies).size(), 1);
}

void TestImportLinks::isMergedWithWhatIsStaged()
{
    const QString one = company(u"one.example"_s);
    const QString two = company(u"two.example"_s);
    QVERIFY(!make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}}).isEmpty());
    QCOMPARE(
        import("email,associations.companies\nada@example.com," + one.toUtf8() + "\n").associations,
        1);
    const ImportedTable table = import("email,associations.companies,city\nada@example.com,"
                                       + one.toUtf8() + ";" + two.toUtf8() + ",Thun\n");
    QCOMPARE(table.updates, 1);
    QCOMPARE(table.associations, 1);
    QCOMPARE(m_rig->session->changes().count(), 3);
    QCOMPARE(apply(), 3);
}

void TestImportLinks::refusesRows_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("why");
    QTest::newRow("no such id") << QByteArray("associations.companies") << QByteArray("99999999")
                                << u"No company has the ID 99999999."_s;
    QTest::newRow("not an id") << QByteArray("associations.companies") << QByteArray("Acme")
                               << u"No company has the ID Acme."_s;
    QTest::newRow("no such domain")
        << QByteArray("associations.companies.domain") << QByteArray("one.example;none.example")
        << u"No company has the domain none.example."_s;
    QTest::newRow("several") << QByteArray("associations.companies.domain")
                             << QByteArray("twin.example")
                             << u"Several companies have the domain twin.example: "_s;
    QTest::newRow("two primary companies")
        << QByteArray("associations.companies.domain=Primary")
        << QByteArray("one.example;two.example") << u"A contact has one primary company."_s;
    QTest::newRow("itself") << QByteArray("associations.contacts.email")
                            << QByteArray("ada@example.com")
                            << u"cannot be associated with itself."_s;
}

void TestImportLinks::refusesRows()
{
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, cell);
    QFETCH(const QString, why);
    (void)company(u"one.example"_s);
    (void)company(u"two.example"_s);
    (void)company(u"twin.example"_s);
    (void)company(u"twin.example"_s);
    (void)make(ObjectType::Contacts, {{u"email"_s, u"ada@example.com"_s}});
    const ImportedTable table = import("email,city," + column + "\nada@example.com,Thun," + cell
                                       + "\nnew@example.com,Bern,\n");
    QCOMPARE(table.refused, 1);
    QCOMPARE(table.creates, 1);
    QCOMPARE(table.associations, 0);
    const ImportedRow row = rowsOf(table).front();
    QCOMPARE(row.refusal, ImportRefusal::Association);
    QCOMPARE(row.column, 2);
    QVERIFY2(row.message.contains(why), qUtf8Printable(row.message));
    QCOMPARE(m_rig->session->changes().count(), 1); // The new one alone.
}

void TestImportLinks::goesBackWithTheStep()
{
    const QString one = company(u"one.example"_s);
    QCOMPARE(
        import("email,city,associations.companies\nnew@example.com,Thun," + one.toUtf8() + "\n")
            .associations,
        1);
    QCOMPARE(m_rig->session->changes().count(), 2);
    m_rig->session->changes().undo();
    QCOMPARE(m_rig->session->changes().count(), 0);
    m_rig->session->changes().redo();
    QCOMPARE(m_rig->session->changes().count(), 2);
    QCOMPARE(apply(), 2);
}

void TestImportLinks::aRowWithoutKeyIsFoundById()
{
    const QString id = make(ObjectType::Contacts, {{u"firstname"_s, u"Ada"_s}});
    QVERIFY(!make(ObjectType::Contacts, {{u"email"_s, u"bob@example.com"_s}}).isEmpty());
    const ImportedTable table = import("Record ID,Email,City\n" + id.toUtf8()
                                       + ",,Thun\n"
                                         ",bob@example.com,Bern\n"
                                         "99999999,,Chur\n"
                                         ",,Basel\n");
    const std::vector<ImportedRow> rows = rowsOf(table);
    QCOMPARE(rows.size(), 4U);
    QCOMPARE(rows[0].status, ImportedRow::Status::Updates);
    QCOMPARE(rows[0].id, id);
    QCOMPARE(rows[1].status, ImportedRow::Status::Updates);
    QCOMPARE(rows[2].message, u"No record has the ID 99999999."_s);
    QCOMPARE(rows[3].refusal, ImportRefusal::NoKey);
    const ImportedTable twins =
        import("Record ID,Email,City\n" + id.toUtf8() + ",,Thun\n" + id.toUtf8() + ",,Bern\n");
    QCOMPARE(rowsOf(twins).front().message, u"Row 3 has the same ID."_s);
}

HUBKEEPER_TEST(TestImportLinks)
#include "tst_importlinks.moc"
