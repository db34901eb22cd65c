// SPDX-License-Identifier: MIT
#include "changes/run/inverserows.h"
#include "practicerunrig.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using practice::FaultKind;

/// Runs over real sockets against the practice portal.
class TestApplyOnPractice : public QObject
{
    Q_OBJECT

private slots:
    void repairsAndReverts();
    void seesWhatSomebodyElseChanged();
    void waitsOutA429();
    void stagesOnlyMoveForward();
    void updateSurvivesAServerFault_data();
    void updateSurvivesAServerFault();
    void isolatesABadOption();
    void readOnlyModeSendsNothing();
    void triesTheFirstRows();
    void archivesAndSeesItGone();
    void saysWhenItCouldNotReadAgain();
    void endsWhenThePortalIsGone();
};

void TestApplyOnPractice::repairsAndReverts()
{
    PracticeRunRig rig;
    const QList<Record> before = rig.firstContacts(120, {u"firstname"_s, u"email"_s});
    QCOMPARE(before.size(), 120);
    for (const Record &record : before)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Repaired"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 120);
    QCOMPARE(rig.stored(before.last().id, u"firstname"_s), u"Repaired"_s);
    QCOMPARE(rig.stored(before.last().id, u"email"_s), before.last().text(u"email"_s));

    auto inverse = rig.journal->rows((*summary)->runId).map([&](const QList<JournalRow> &rows) {
        return inverseRows(rows, nullptr);
    });
    QVERIFY(inverse);
    rig.changes.removeApplied();
    (void)rig.changes.addRows(std::move(*inverse), Adding::Replace, {}, &rig.changes);
    const auto back = rig.run();
    QVERIFY(back && *back);
    QCOMPARE((*back)->applied, 120);
    for (const Record &record : before)
        QCOMPARE(rig.stored(record.id, u"firstname"_s), record.text(u"firstname"_s));
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestApplyOnPractice::seesWhatSomebodyElseChanged()
{
    PracticeRunRig rig;
    const QList<Record> known = rig.firstContacts(2, {u"firstname"_s, u"phone"_s});
    rig.changes.setText(contacts, known[0], {}, u"firstname"_s, u"Mine"_s);
    rig.changes.setText(contacts, known[1], {}, u"firstname"_s, u"Mine"_s);
    QVERIFY(*outcomeOf(
        rig.portal.update(contacts, known[0].id, {{u"firstname"_s, u"Theirs"_s}}, &rig.parent)));
    QVERIFY(*outcomeOf(
        rig.portal.update(contacts, known[1].id, {{u"phone"_s, u"+1 555 0100"_s}}, &rig.parent)));

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->conflicting, 1);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.row(0).theirs.value(u"firstname"_s), u"Theirs"_s);
    QCOMPARE(rig.stored(known[0].id, u"firstname"_s), u"Theirs"_s);
    QCOMPARE(rig.stored(known[1].id, u"firstname"_s), u"Mine"_s);
}

void TestApplyOnPractice::waitsOutA429()
{
    PracticeRunRig rig;
    const QList<Record> known = rig.firstContacts(3, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    rig.changes.addCreate(contacts, {{u"email"_s, u"new@example.com"_s}}, {});
    rig.willFault(FaultKind::RateTenSecondly, u"batch/(update|create)$"_s, 2);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 4);
    QCOMPARE(rig.requests("/batch/create") + rig.requests("/batch/update"), 4);
}

void TestApplyOnPractice::stagesOnlyMoveForward()
{
    PracticeRunRig rig;
    const auto definitions = outcomeOf(rig.portal.properties(contacts, &rig.parent));
    QVERIFY(definitions && *definitions);
    rig.definitions.insert(contacts, **definitions);
    const QString stage = u"lifecyclestage"_s;
    const auto apply = [&](const QString &after) {
        const Record now = rig.read(PracticeRunRig::contactId(0), {stage});
        rig.changes.setText(contacts, now, {}, stage, after);
        const auto summary = rig.run();
        return summary && *summary && (*summary)->applied == 1;
    };
    (void)apply({});
    QVERIFY(apply(u"customer"_s));

    QVERIFY(!apply(u"lead"_s));

    const RowChange row = *rig.changes.row(contacts, PracticeRunRig::contactId(0));
    QCOMPARE(row.state, RowState::Failed);
    QCOMPARE(row.error->kind, ErrorKind::Refused);
    QVERIFY(row.error->remedy.contains(u"Clear lifecyclestage first"_s));
    rig.changes.revertRow(contacts, PracticeRunRig::contactId(0));
    QVERIFY(apply({}));
    QVERIFY(apply(u"lead"_s));
}

void TestApplyOnPractice::updateSurvivesAServerFault_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<int>("times");
    QTest::addColumn<RowState>("state");

    QTest::newRow("once") << FaultKind::Status << 1 << RowState::Applied;
    QTest::newRow("always, but done") << FaultKind::StatusAfterWork << -1 << RowState::Applied;
    QTest::newRow("always") << FaultKind::Status << -1 << RowState::Failed;
    QTest::newRow("closed after work") << FaultKind::CloseAfterWork << 1 << RowState::Applied;
}

void TestApplyOnPractice::updateSurvivesAServerFault()
{
    QFETCH(FaultKind, kind);
    QFETCH(int, times);
    QFETCH(RowState, state);
    PracticeRunRig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    rig.willFault(kind, u"/batch/update$"_s, times);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, state);
    const bool wanted = state == RowState::Applied;
    QCOMPARE(rig.stored(known.id, u"firstname"_s), wanted ? u"Eve"_s : known.text(u"firstname"_s));
}

void TestApplyOnPractice::isolatesABadOption()
{
    PracticeRunRig rig;
    const QList<Record> known = rig.firstContacts(100, {u"hs_lead_status"_s, u"firstname"_s});
    for (int i = 0; i < 100; ++i) {
        if (i == 41)
            rig.changes.setText(contacts, known[i], {}, u"hs_lead_status"_s, u"boss"_s);
        else
            rig.changes.setText(contacts, known[i], {}, u"firstname"_s, u"Eve"_s);
    }

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 99);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.row(41).state, RowState::Failed);
    QCOMPARE(rig.row(41).error->fields.first().property, u"hs_lead_status"_s);
    QCOMPARE(rig.stored(known[99].id, u"firstname"_s), u"Eve"_s);

    // The definitions find it before anything is sent.
    const auto definitions = outcomeOf(rig.portal.properties(contacts, &rig.parent));
    QVERIFY(definitions && *definitions);
    rig.definitions[contacts] = **definitions;
    const int updates = rig.requests("/batch/update");
    QVERIFY(rig.run());
    QCOMPARE(rig.row(41).error->kind, ErrorKind::Refused);
    QCOMPARE(rig.requests("/batch/update"), updates);
}

void TestApplyOnPractice::readOnlyModeSendsNothing()
{
    PracticeRunRig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    rig.server.clearLog();

    const auto summary = rig.run({}, WriteMode::ReadOnly);

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::Refused);
    QCOMPARE(rig.server.log().total(), 0U);
}

void TestApplyOnPractice::triesTheFirstRows()
{
    PracticeRunRig rig;
    const QList<Record> known = rig.firstContacts(5, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    RunOptions trial;
    trial.firstRows = 2;

    const auto summary = rig.run(trial);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.stored(known[1].id, u"firstname"_s), u"Eve"_s);
    QCOMPARE(rig.stored(known[2].id, u"firstname"_s), known[2].text(u"firstname"_s));
    QCOMPARE(rig.row(2).state, RowState::Staged);
}

void TestApplyOnPractice::archivesAndSeesItGone()
{
    PracticeRunRig rig;
    const int before = rig.contactCount();
    const QList<Record> known = rig.firstContacts(3, {});
    rig.changes.addArchive(contacts, known[0], {});
    rig.changes.addArchive(contacts, known[1], {});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.contactCount(), before - 2);
    QList<LeftRow> left;
    QVERIFY(inverseRows(*rig.journal->rows((*summary)->runId), &left).empty());
    QCOMPARE(left.size(), 2);
}

void TestApplyOnPractice::saysWhenItCouldNotReadAgain()
{
    PracticeRunRig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    practice::Fault fault;
    fault.kind = FaultKind::Status;
    fault.path = QRegularExpression(u"/batch/read$"_s);
    fault.nth = 2;
    fault.times = -1;
    rig.server.addFault(fault);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, RowState::Applied);
    QVERIFY(rig.row(0).error);
    QVERIFY(rig.row(0).error->what.startsWith(u"Written, but"_s));
}

void TestApplyOnPractice::endsWhenThePortalIsGone()
{
    PracticeRunRig rig;
    const QList<Record> known = rig.firstContacts(2, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    rig.server.stop();

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->failed, 2);
    QCOMPARE(rig.row(0).error->kind, ErrorKind::Offline);
    QCOMPARE(rig.row(0).cells.size(), 1); // The edit is still there, to be applied again.
}

HUBKEEPER_TEST(TestApplyOnPractice)
#include "tst_applyonpractice.moc"
