// SPDX-License-Identifier: MIT
#include "portal/portalwriter.h"
#include "practicesession.h"
#include "session/writing/keepchanges.h"
#include "session/writing/resolverun.h"
#include "session/writing/stagerevert.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int fasterClock =
    20; // Of the clock: what was lost is looked for several times, with pauses.

} // namespace

/// What is taken back of a run of which not everything is known.
class TestStageRevert final : public QObject
{
    Q_OBJECT

private slots:
    void looksUpCreatesOfUnknownOutcome_data();
    void looksUpCreatesOfUnknownOutcome();
    void anInterruptedLookUpLeavesItUnknown();
    void aLostCreateIsGivenNoRecordOfAnotherRow();
};

void TestStageRevert::looksUpCreatesOfUnknownOutcome_data()
{
    QTest::addColumn<bool>("wasMade");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("made, no outcome") << true << QString();
    QTest::newRow("made, unknown") << true << u"unknown"_s;
    QTest::newRow("not made, no outcome") << false << QString();
}

void TestStageRevert::looksUpCreatesOfUnknownOutcome()
{
    QFETCH(bool, wasMade);
    QFETCH(QString, outcome);
    PracticeSession rig(PracticeSession::smallPortal(), fasterClock);
    Session &session = *rig.session;
    QObject parent;
    const auto account = outcomeOf(session.account(&parent));
    QVERIFY(account && *account);
    RunStart start;
    start.portalId = (*account)->portalId;
    const auto run = session.journal().beginRun(start);
    QVERIFY(run.has_value());
    JournalRow row;
    row.subject = u"contacts/new-1"_s;
    row.type = u"contacts"_s;
    row.kind = ChangeKind::Create;
    row.label = u"lost@example.com"_s;
    row.cells = {{u"email"_s, {{}, u"lost@example.com"_s}}, {u"city"_s, {{}, u"Rome"_s}}};
    QVERIFY(session.journal().addIntents(*run, {row}).has_value());
    row.outcome = outcome;
    if (!outcome.isEmpty())
        QVERIFY(session.journal().addOutcomes(*run, {row}).has_value());
    QString made;
    if (wasMade) {
        PortalWriter writer(session.portal().client(), session.portal().version());
        const auto created = outcomeOf(
            writer.create(ObjectType::Contacts,
                          {{u"email"_s, u"lost@example.com"_s}, {u"city"_s, u"Rome"_s}}, &parent));
        QVERIFY(created && *created);
        made = (*created)->id;
    }

    const auto staged = outcomeOf(stageRevert(session, {*run, {}, false}, &parent), 20'000);

    QVERIFY(staged && *staged);
    QCOMPARE(int((*staged)->rows.size()), wasMade ? 1 : 0);
    QCOMPARE((*staged)->left.size(), wasMade ? 0 : 1);
    if (wasMade) {
        QCOMPARE((*staged)->rows.front().kind, ChangeKind::Archive);
        QCOMPARE((*staged)->rows.front().id, made);
        QVERIFY(session.changes().contains(ObjectType::Contacts, made));
    } else {
        QVERIFY((*staged)->left.first().reason.contains(u"not in HubSpot"_s));
    }
}

/// Killed twice: once after the sending, and once while the next run was still looking for it. That
/// one has no intent in the journal, and yet the record may be there.
void TestStageRevert::anInterruptedLookUpLeavesItUnknown()
{
    PracticeSession rig;
    ChangeSet &changes = rig.session->changes();
    const QString sent =
        changes.addCreate(ObjectType::Companies, {{u"name"_s, u"Sent"_s}}, u"Sent"_s);
    const QString fresh =
        changes.addCreate(ObjectType::Companies, {{u"name"_s, u"Fresh"_s}}, u"Fresh"_s);
    changes.setSentAt(ObjectType::Companies, sent, QDateTime::currentDateTimeUtc());
    changes.setState(ObjectType::Companies, sent, RowState::Unknown);
    const auto run = rig.session->journal().beginRun({});
    QVERIFY(run.has_value());
    QObject parent;
    QVERIFY(outcomeOf(changes.claim(*run, {1, 2}, &parent)));
    QCOMPARE(changes.count(RowState::Sending), 2);

    QVERIFY(outcomeOf(finishInterrupted(changes, rig.session->journal(), &parent)));

    QCOMPARE(changes.row(ObjectType::Companies, sent)->state, RowState::Unknown);
    QCOMPARE(changes.row(ObjectType::Companies, fresh)->state, RowState::Skipped);
}

/// Two creates of one run are alike; one was made, the answer to the other was lost, and it was not
/// made.
void TestStageRevert::aLostCreateIsGivenNoRecordOfAnotherRow()
{
    PracticeSession rig(PracticeSession::smallPortal(), fasterClock);
    Session &session = *rig.session;
    QObject parent;
    const auto account = outcomeOf(session.account(&parent));
    QVERIFY(account && *account);
    RunStart start;
    start.portalId = (*account)->portalId;
    const auto run = session.journal().beginRun(start);
    QVERIFY(run.has_value());
    PortalWriter writer(session.portal().client(), session.portal().version());
    const auto created =
        outcomeOf(writer.create(ObjectType::Companies, {{u"name"_s, u"Lost Inc"_s}}, &parent));
    QVERIFY(created && *created);
    JournalRow made;
    made.subject = u"companies/new-1"_s;
    made.type = u"companies"_s;
    made.kind = ChangeKind::Create;
    made.label = u"Lost Inc"_s;
    made.cells = {{u"name"_s, {{}, u"Lost Inc"_s}}};
    JournalRow lost = made;
    lost.subject = u"companies/new-2"_s;
    QVERIFY(session.journal().addIntents(*run, {made, lost}).has_value());
    made.recordId = (*created)->id;
    made.outcome = outcome::applied;
    lost.outcome = outcome::unknown;
    QVERIFY(session.journal().addOutcomes(*run, {made, lost}).has_value());
    QVERIFY(session.journal().endRun(*run).has_value());

    const auto staged = outcomeOf(stageRevert(session, {*run, {}, false}, &parent), 60'000);
    QVERIFY(staged && *staged);
    QCOMPARE(int((*staged)->rows.size()), 1); // One record is there, and taken back once.
    QCOMPARE((*staged)->left.size(), 1);

    const auto resolved = outcomeOf(resolveRun(session, *run, {}, &parent), 60'000);
    QVERIFY(resolved && *resolved);
    QCOMPARE((*resolved)->rows.size(), 1);
    QCOMPARE((*resolved)->rows.first().subject, lost.subject);
    QCOMPARE((*resolved)->rows.first().outcome, QString(outcome::failed));
    QVERIFY((*resolved)->rows.first().recordId.isEmpty());
}

HUBKEEPER_TEST(TestStageRevert)
#include "tst_stagerevert.moc"
