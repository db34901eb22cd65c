// SPDX-License-Identifier: MIT
#include "importlinkrig.h"
#include "testkit/testprogram.h"

using namespace hubkeeper;
using namespace hubkeeper::test;

/// Tables that name all that their records shall be associated with.
class TestImportedRemovals final : public ImportLinkRig
{
    Q_OBJECT

private slots:
    void init() { start(); }
    void cleanup() { stop(); }
    void removesThoseNotNamed_data();
    void removesThoseNotNamed();
    void removesNoneThatAColumnCannotName();
};

void TestImportedRemovals::removesThoseNotNamed_data()
{
    QTest::addColumn<QByteArray>("cells"); // A and B are the domains of the companies it has.
    QTest::addColumn<bool>("emptyClears");
    QTest::addColumn<QStringList>("left"); // Domains, sorted.
    QTest::addColumn<int>("removed");
    QTest::newRow("one of two") << QByteArray("a.example,") << false << QStringList {u"a"_s} << 1;
    QTest::newRow("both") << QByteArray("a.example;b.example,") << false
                          << QStringList {u"a"_s, u"b"_s} << 0;
    QTest::newRow("another") << QByteArray("c.example,") << false << QStringList {u"c"_s} << 2;
    QTest::newRow("empty leaves") << QByteArray(",") << false << QStringList {u"a"_s, u"b"_s} << 0;
    QTest::newRow("empty clears") << QByteArray(",") << true << QStringList() << 2;
    QTest::newRow("short row") << QByteArray() << true << QStringList {u"a"_s, u"b"_s} << 0;
    QTest::newRow("named with a label")
        << QByteArray("a.example,b.example") << false << QStringList {u"a"_s, u"b"_s} << 0;
    QTest::newRow("a label says nothing of the others")
        << QByteArray(",b.example") << false << QStringList {u"a"_s, u"b"_s} << 0;
    QTest::newRow("refused") << QByteArray("nowhere.example,") << true
                             << QStringList {u"a"_s, u"b"_s} << 0;
}

/// A contact with two companies, and a table that names all it shall have.
void TestImportedRemovals::removesThoseNotNamed()
{
    QFETCH(const QByteArray, cells);
    QFETCH(const bool, emptyClears);
    QFETCH(const QStringList, left);
    QFETCH(const int, removed);
    const QString contact = make(ObjectType::Contacts, {{u"email"_s, u"one@links.example"_s}});
    QHash<QString, QString> domains;
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        domains.insert(company(name + u".example"_s), name);
    (void)import("email,associations.companies.domain\none@links.example,a.example;b.example\n");
    QCOMPARE(apply(), 2);

    ImportRequest wanted = request("email,associations.companies.domain,"
                                   "associations.companies.domain=Primary\none@links.example"
                                       + (cells.isNull() ? cells : ',' + cells) + '\n',
                                   ObjectType::Contacts);
    wanted.removesOtherLinks = true;
    wanted.emptyClears = emptyClears;
    const auto imported = outcomeOf(importTable(*m_rig->session, wanted, &m_calls), 20'000);
    QVERIFY(imported && *imported);
    QCOMPARE((*imported)->removedAssociations, removed);
    (void)apply();
    QStringList found;
    for (const QString &id : linked(ObjectType::Contacts, contact, ObjectType::Companies))
        found.append(domains.value(id));
    found.sort();
    QCOMPARE(found, left);
}

/// From the company's side, too; and a table without such a column is refused.
void TestImportedRemovals::removesNoneThatAColumnCannotName()
{
    const QString one = make(ObjectType::Contacts, {{u"email"_s, u"one@links.example"_s}});
    const QString two = make(ObjectType::Contacts, {{u"email"_s, u"two@links.example"_s}});
    const QString acme = company(u"acme.example"_s);
    (void)import("email,associations.companies.domain\none@links.example,acme.example\n"
                 "two@links.example,acme.example\n");
    QCOMPARE(apply(), 2);
    ImportRequest wanted =
        request("domain,associations.contacts.email\nacme.example,two@links.example\n",
                ObjectType::Companies);
    wanted.removesOtherLinks = true;
    const auto imported = outcomeOf(importTable(*m_rig->session, wanted, &m_calls), 20'000);
    QVERIFY(imported && *imported);
    QCOMPARE((*imported)->removedAssociations, 1);
    QCOMPARE(apply(), 1);
    QCOMPARE(linked(ObjectType::Companies, acme, ObjectType::Contacts), QStringList {two});
    QVERIFY(linked(ObjectType::Contacts, one, ObjectType::Companies).isEmpty());

    ImportRequest labelled = request("email,associations.companies.domain=Primary\n"
                                     "one@links.example,acme.example\n",
                                     ObjectType::Contacts);
    labelled.removesOtherLinks = true;
    const auto refused = outcomeOf(importTable(*m_rig->session, labelled, &m_calls), 20'000);
    QVERIFY(refused && !*refused);
    QCOMPARE(refused->error().kind, ErrorKind::InvalidInput);
}

HUBKEEPER_TEST(TestImportedRemovals)
#include "tst_importedremovals.moc"
