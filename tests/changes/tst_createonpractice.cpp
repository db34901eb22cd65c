// SPDX-License-Identifier: MIT
#include "practicerunrig.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using practice::FaultKind;

/// A create reaches the practice portal once, whatever becomes of its answer.
class TestCreateOnPractice : public QObject
{
    Q_OBJECT

private slots:
    void createReachesThePortalOnce_data();
    void createReachesThePortalOnce();
    void createThatNeverArrived_data();
    void createThatNeverArrived();
    void findsALostCompany();
    void companiesOfOneDomain();
    void takenAddressNamesItsOwner();
};

void TestCreateOnPractice::createReachesThePortalOnce_data()
{
    QTest::addColumn<FaultKind>("kind");

    QTest::newRow("closed") << FaultKind::CloseAfterWork;
    QTest::newRow("reset") << FaultKind::ResetAfterWork;
    QTest::newRow("silence") << FaultKind::SilenceAfterWork;
    QTest::newRow("cut") << FaultKind::CutBody;
    QTest::newRow("half of the JSON") << FaultKind::BrokenJson;
    QTest::newRow("other JSON") << FaultKind::WrongShape;
    QTest::newRow("no JSON") << FaultKind::PlainText;
    QTest::newRow("502") << FaultKind::StatusAfterWork;
}

void TestCreateOnPractice::createReachesThePortalOnce()
{
    QFETCH(FaultKind, kind);
    PracticeRunRig rig;
    const int before = rig.contactCount();
    const QString id = rig.changes.addCreate(
        contacts, {{u"email"_s, u"Lost@Example.com"_s}, {u"firstname"_s, u"Lost"_s}}, {});
    const QString other =
        rig.changes.addCreate(contacts, {{u"email"_s, u"lost2@example.com"_s}}, {});
    rig.willFault(kind, u"/batch/create$"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.requests("/batch/create"), 1);
    QCOMPARE(rig.contactCount(), before + 2);
    const QString written = rig.changes.row(contacts, id)->writtenId;
    QCOMPARE(rig.stored(written, u"firstname"_s), u"Lost"_s);
    QVERIFY(rig.changes.row(contacts, other)->writtenId != written);
}

void TestCreateOnPractice::createThatNeverArrived_data()
{
    QTest::addColumn<FaultKind>("kind");

    QTest::newRow("closed") << FaultKind::CloseBeforeWork;
    QTest::newRow("silence") << FaultKind::SilenceBeforeWork;
    QTest::newRow("502") << FaultKind::Status;
}

void TestCreateOnPractice::createThatNeverArrived()
{
    QFETCH(FaultKind, kind);
    PracticeRunRig rig;
    const int before = rig.contactCount();
    rig.changes.addCreate(contacts, {{u"email"_s, u"new@example.com"_s}}, {});
    rig.willFault(kind, u"/batch/create$"_s);

    const auto first = rig.run();
    QVERIFY(first && *first);
    QCOMPARE((*first)->unknown, 1);
    QCOMPARE(rig.row(0).state, RowState::Unknown);
    QCOMPARE(rig.requests("/batch/create"), 1);
    QCOMPARE(rig.contactCount(), before);

    const auto second = rig.run();
    QVERIFY(second && *second);
    QCOMPARE((*second)->applied, 1);
    QCOMPARE(rig.contactCount(), before + 1);
}

void TestCreateOnPractice::findsALostCompany()
{
    PracticeRunRig rig;
    const int before = rig.server.liveCount(practice::ObjectType::Company);
    rig.changes.addCreate(companies,
                          {{u"name"_s, u"Lost and Found"_s}, {u"domain"_s, u"lost.example"_s}}, {});
    rig.willFault(FaultKind::CloseAfterWork, u"/batch/create$"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.requests("/companies/batch/create"), 1);
    QCOMPARE(rig.requests("/companies/search"), 2); // For the domain before, for the record after.
    QCOMPARE(rig.server.liveCount(practice::ObjectType::Company), before + 1);
}

/// HubSpot would make any number of them. Applied once more, it is meant.
void TestCreateOnPractice::companiesOfOneDomain()
{
    PracticeRunRig rig;
    const int before = rig.server.liveCount(practice::ObjectType::Company);
    const auto add = [&rig](const QString &domain) {
        return rig.changes.addCreate(companies, {{u"name"_s, u"A"_s}, {u"domain"_s, domain}}, {});
    };
    const QString first = add(u"one.example"_s);
    QVERIFY(*rig.run());
    const QString owner = rig.changes.row(companies, first)->writtenId;
    QTest::qWait(150); // The index.

    const QString second = add(u"ONE.example"_s);
    const QString other = add(u"two.example"_s);
    const auto summary = rig.run();
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE((*summary)->applied, 1);
    const auto refused = rig.changes.row(companies, second);
    QCOMPARE(refused->state, RowState::Failed);
    QCOMPARE(refused->error->existingId, owner);
    QCOMPARE(rig.changes.row(companies, other)->state, RowState::Applied);

    const auto again = rig.run();
    QVERIFY(again && *again);
    QCOMPARE((*again)->applied, 1);
    add(u"one.example"_s);
    RunOptions mayRepeat;
    mayRepeat.mayRepeatDomains = true;
    QCOMPARE((*rig.run(mayRepeat))->applied, 1);
    QCOMPARE(rig.server.liveCount(practice::ObjectType::Company), before + 4);
}

void TestCreateOnPractice::takenAddressNamesItsOwner()
{
    PracticeRunRig rig;
    const Record known = rig.firstContacts(1, {u"email"_s}).first();
    rig.changes.addCreate(contacts, {{u"email"_s, known.text(u"email"_s)}}, {});
    rig.changes.addCreate(contacts, {{u"email"_s, u"free@example.com"_s}}, {});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.row(0).state, RowState::Failed);
    QCOMPARE(rig.row(0).error->kind, ErrorKind::Conflict);
    QCOMPARE(rig.row(0).error->existingId, known.id);
}

HUBKEEPER_TEST(TestCreateOnPractice)
#include "tst_createonpractice.moc"
