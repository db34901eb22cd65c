// SPDX-License-Identifier: MIT
#include "changes/set/associationcells.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// The kinds of a link as texts: kept, and shown to people.
class TestAssociationTexts : public QObject
{
    Q_OBJECT

private slots:
    void textsOfKinds_data();
    void textsOfKinds();
    void textsThatAreNone_data();
    void textsThatAreNone();
    void shownToPeople_data();
    void shownToPeople();
};

void TestAssociationTexts::textsOfKinds_data()
{
    QTest::addColumn<QList<AssociationKind>>("list");
    QTest::addColumn<QString>("text");

    const QString own = u"USER_DEFINED"_s;
    const QString hubSpots = u"HUBSPOT_DEFINED"_s;
    using Kinds = QList<AssociationKind>;
    QTest::newRow("none") << Kinds() << QString();
    QTest::newRow("one") << Kinds {{hubSpots, 279, {}}} << u"HUBSPOT_DEFINED/279"_s;
    QTest::newRow("in order") << Kinds {{own, 9, u"Boss"_s}, {hubSpots, 279, {}}, {hubSpots, 1, {}}}
                              << u"HUBSPOT_DEFINED/1; HUBSPOT_DEFINED/279; USER_DEFINED/9 Boss"_s;
    QTest::newRow("once") << Kinds {{own, 9, {}}, {own, 9, u"Boss"_s}} << u"USER_DEFINED/9"_s;
    QTest::newRow("label like a list") << Kinds {{own, 9, u"A; USER_DEFINED/10 B"_s}, {own, 11, {}}}
                                       << u"USER_DEFINED/9 A, USER_DEFINED/10 B; USER_DEFINED/11"_s;
    QTest::newRow("blanks") << Kinds {{own, 9, u" A\n B "_s}} << u"USER_DEFINED/9 A B"_s;
}

void TestAssociationTexts::textsOfKinds()
{
    QFETCH(QList<AssociationKind>, list);
    QFETCH(QString, text);

    QCOMPARE(kindsText(list), text);
    QVERIFY(areSameKinds(kindsOf(text), list));
    QVERIFY(isKindsText(text));
}

void TestAssociationTexts::textsThatAreNone_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"Primary"_s, u"279"_s, u"HUBSPOT_DEFINED/0"_s, u"HUBSPOT_DEFINED/x"_s,
          u"HUBSPOT_DEFINED/279;HUBSPOT_DEFINED/1"_s, u"HUBSPOT_DEFINED/279; HUBSPOT_DEFINED/1"_s,
          u"HUBSPOT_DEFINED/1; HUBSPOT_DEFINED/1"_s, u"x HUBSPOT_DEFINED/1"_s,
          u"HUBSPOT_DEFINED/1 "_s, u"HUBSPOT_DEFINED/99999999999"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestAssociationTexts::textsThatAreNone()
{
    QFETCH(QString, text);
    QVERIFY(!isKindsText(text));
}

void TestAssociationTexts::shownToPeople_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");

    QTest::newRow("no link") << QString() << QString();
    QTest::newRow("plain") << u"HUBSPOT_DEFINED/279"_s << u"No label"_s;
    QTest::newRow("labels") << u"HUBSPOT_DEFINED/1 Primary; HUBSPOT_DEFINED/279; USER_DEFINED/9 A"_s
                            << u"Primary, A"_s;
    QTest::newRow("unnamed") << u"HUBSPOT_DEFINED/279; USER_DEFINED/9"_s << u"USER_DEFINED/9"_s;
    QTest::newRow("companies") << u"HUBSPOT_DEFINED/450"_s << u"No label"_s;
}

void TestAssociationTexts::shownToPeople()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(shownKinds(text), shown);
}

HUBKEEPER_TEST(TestAssociationTexts)
#include "tst_associationtexts.moc"
