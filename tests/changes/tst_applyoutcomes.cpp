// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Fails requests from the first one on whose path ends so, whatever it did.
ScriptedPortal::Fault breakingAt(ScriptedPortal &server, const QString &end)
{
    return [&server, end](const HttpRequest &) -> std::optional<Result<HttpReply>> {
        if (server.count(end) > 0)
            return lost();
        return {};
    };
}

} // namespace

/// What a run says about a row is true: unknown where nobody knows, unproven where nobody looked,
/// and nothing done to a record that was not named.
class TestApplyOutcomes : public QObject
{
    Q_OBJECT

private slots:
    void whatNobodyKnowsIsUnknown_data();
    void whatNobodyKnowsIsUnknown();
    void whatIsStoppedOnItsWayIsUnknown();
    void aLockedPortalDidNothing_data();
    void aLockedPortalDidNothing();
    void countsWhatIsNotProven();
    void leavesTheSurvivorOfAMergeAlone_data();
    void leavesTheSurvivorOfAMergeAlone();
    void dryRunChecksAndSendsNothing();
    void dryRunFindsTwoRowsWithOneAddress();
    void dryRunRefusesWhatTheRunRefuses_data();
    void dryRunRefusesWhatTheRunRefuses();
    void asksTheGuardAtTheMomentOfSending();
    void limitsTheShareOfThePortal_data();
    void limitsTheShareOfThePortal();
    void aCreateWithOtherValuesIsNotTheLostOne();
    void aClockAheadFindsTheLostCreate();
    void sendsNoHalfCharacters();
};

void TestApplyOutcomes::whatNobodyKnowsIsUnknown_data()
{
    QTest::addColumn<bool>("archive");
    QTest::addColumn<bool>("done");

    QTest::newRow("update, done") << false << true;
    QTest::newRow("update, not done") << false << false;
    QTest::newRow("archive, done") << true << true;
    QTest::newRow("archive, not done") << true << false;
}

/// The answer is lost, and so is the re-read. The next run finds out.
void TestApplyOutcomes::whatNobodyKnowsIsUnknown()
{
    QFETCH(bool, archive);
    QFETCH(bool, done);
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    if (archive)
        rig.archive(u"1"_s);
    else
        rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    const auto fault = breakingAt(rig.server, archive ? u"/batch/archive"_s : u"/batch/update"_s);
    (done ? rig.server.instead : rig.server.before) = fault;

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->unknown, 1);
    QCOMPARE((*summary)->failed, 0);
    QCOMPARE(rig.state(u"1"_s), RowState::Unknown);
    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::OutcomeUnknown);
    QCOMPARE(rig.journaled(), QStringList {u"unknown"_s});

    rig.server.instead = {};
    rig.server.before = {};
    QVERIFY(rig.run());
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.journaled(), QStringList {u"applied"_s});
}

/// The window closed twice, SIGINT, SIGTERM: cancelled while the request is on its way.
void TestApplyOutcomes::whatIsStoppedOnItsWayIsUnknown()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.server.instead = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        rig.server.silent = request.path.endsWith(u"/batch/read"_s); // The next one.
        return {};
    };
    ApplyRun *run = rig.start();
    QTRY_COMPARE(rig.server.count(u"/batch/update"_s), 1);

    run->cancel();

    QCOMPARE(rig.state(u"1"_s), RowState::Unknown);
    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::OutcomeUnknown);
    QTRY_COMPARE(rig.journaled(), QStringList {u"unknown"_s}); // Its thread writes.
}

void TestApplyOutcomes::aLockedPortalDidNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("423 locked") << 423;
    QTest::newRow("477 moving") << 477;
}

/// Both are said before anything is done (hubspot-api 11).
void TestApplyOutcomes::aLockedPortalDidNothing()
{
    QFETCH(int, status);
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    rig.server.before = on(u"/batch/create"_s, HttpReply {status, {}, "{}"});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->unknown, 0);
    QCOMPARE(rig.state(id), RowState::Failed);
    QCOMPARE(rig.journaled(), QStringList {u"failed"_s});
}

void TestApplyOutcomes::countsWhatIsNotProven()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (rig.server.count(u"/batch/update"_s) > 0 && request.path.endsWith(u"/batch/read"_s))
            return lost();
        return {};
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE((*summary)->unproven, 1);
    QVERIFY(rig.changes.row(contacts, u"1"_s)->isUnproven());
    const auto rows = rig.journal->rows((*summary)->runId);
    QVERIFY(rows->first().message.contains(u"could not be read again"_s));
}

void TestApplyOutcomes::leavesTheSurvivorOfAMergeAlone_data()
{
    QTest::addColumn<bool>("archive");
    QTest::newRow("update") << false;
    QTest::newRow("archive") << true;
}

void TestApplyOutcomes::leavesTheSurvivorOfAMergeAlone()
{
    QFETCH(bool, archive);
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.server.put(u"contacts"_s, u"2"_s, {{u"firstname"_s, u"Ada"_s}});
    if (archive)
        rig.archive(u"2"_s);
    else
        rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    rig.server.records[u"contacts"_s].erase(u"2"_s);
    rig.server.merged[u"2"_s] = u"1"_s;

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE(rig.state(u"2"_s), RowState::Failed);
    QCOMPARE(rig.errorKind(u"2"_s), ErrorKind::Conflict);
    QCOMPARE(rig.changes.row(contacts, u"2"_s)->error->existingId, u"1"_s);
    QCOMPARE(rig.changes.row(contacts, u"2"_s)->error->what, u"2 was merged into 1."_s);
    QCOMPARE(rig.text(u"1"_s, u"firstname"_s), u"Ada"_s);
    QCOMPARE(rig.server.sent.size(), 1U); // A read.
}

void TestApplyOutcomes::dryRunChecksAndSendsNothing()
{
    ApplyRig rig;
    for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
        rig.server.put(u"contacts"_s, id, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"3"_s, u"nosuch"_s, u"1"_s);
    rig.server.records[u"contacts"_s][u"2"_s].texts[u"firstname"_s] = u"Eva"_s;
    PropertyDefinition name;
    name.name = u"firstname"_s;
    name.type = u"string"_s;
    rig.definitions[contacts] = {name};
    RunOptions options;
    options.dryRun = true;

    const auto summary = rig.run({WriteMode::Confirm, 0, 0, {}, true}, options);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->sendable, 1);
    QCOMPARE((*summary)->conflicting, 1);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.state(u"1"_s), RowState::Staged);
    QCOMPARE(rig.state(u"2"_s), RowState::Conflicting);
    QCOMPARE(rig.state(u"3"_s), RowState::Failed);
    QVERIFY((*summary)->runId.isEmpty());
    QVERIFY(rig.journal->runs()->isEmpty());
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
}

/// HubSpot would refuse the second one when it is sent.
void TestApplyOutcomes::dryRunFindsTwoRowsWithOneAddress()
{
    ApplyRig rig;
    for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
        rig.server.put(u"contacts"_s, id, {{u"email"_s, u"old"_s + id}});
    rig.edit(u"1"_s, u"email"_s, u"new@example.com"_s);
    rig.edit(u"2"_s, u"email"_s, u"New@Example.com "_s);
    rig.edit(u"3"_s, u"email"_s, u"other@example.com"_s);
    RunOptions options;
    options.dryRun = true;

    const auto summary = rig.run(freely(), options);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->sendable, 2);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.state(u"2"_s), RowState::Failed);
    const auto refused = rig.changes.row(contacts, u"2"_s);
    QVERIFY(refused && refused->error);
    QVERIFY2(refused->error->what.contains(u"the same email"_s),
             qUtf8Printable(refused->error->what));
}

void TestApplyOutcomes::dryRunRefusesWhatTheRunRefuses_data()
{
    QTest::addColumn<WritePolicy>("policy");

    QTest::newRow("read-only") << WritePolicy {WriteMode::ReadOnly, 0, 0, {}, true};
    QTest::newRow("protected") << WritePolicy {WriteMode::Free, 0, 0, {u"firstname"_s}, true};
    QTest::newRow("too many") << WritePolicy {WriteMode::Free, 1, 0, {}, true};
}

void TestApplyOutcomes::dryRunRefusesWhatTheRunRefuses()
{
    QFETCH(WritePolicy, policy);
    RunOptions dry;
    dry.dryRun = true;
    for (const RunOptions &options : {dry, RunOptions()}) {
        ApplyRig rig;
        rig.server.put(u"contacts"_s, u"1"_s, {});
        rig.server.put(u"contacts"_s, u"2"_s, {});
        rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
        rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);

        const auto summary = rig.run(policy, options);

        QVERIFY(summary && !*summary);
        QCOMPARE(summary->error().kind, ErrorKind::Refused);
        QVERIFY(rig.server.sent.empty());
    }
}

/// Somebody sets the connection read-only while the run reads.
void TestApplyOutcomes::asksTheGuardAtTheMomentOfSending()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    const auto policy = [&] {
        WritePolicy held = freely();
        if (rig.server.count(u"/batch/read"_s) > 0)
            held.mode = WriteMode::ReadOnly;
        return held;
    };

    const auto summary = rig.outcomeOf(rig.startUnder(policy));

    QVERIFY(summary && *summary);
    QVERIFY((*summary)->stopped);
    QCOMPARE((*summary)->stopped->kind, ErrorKind::Refused);
    QCOMPARE(rig.state(u"1"_s), RowState::Skipped);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
    QCOMPARE(rig.journaled(), QStringList {u"skipped"_s});
}

void TestApplyOutcomes::limitsTheShareOfThePortal_data()
{
    QTest::addColumn<int>("records");
    QTest::addColumn<int>("percent");
    QTest::addColumn<bool>("allowed");

    QTest::newRow("2 of 20 at 10 %") << 20 << 10 << true;
    QTest::newRow("2 of 19 at 10 %") << 19 << 10 << false;
    QTest::newRow("2 of 2 at 100 %") << 2 << 100 << true;
    QTest::newRow("no limit") << 2 << 0 << true;
}

void TestApplyOutcomes::limitsTheShareOfThePortal()
{
    QFETCH(int, records);
    QFETCH(int, percent);
    QFETCH(bool, allowed);
    ApplyRig rig;
    for (int i = 1; i <= records; ++i)
        rig.server.put(u"contacts"_s, QString::number(i), {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    WritePolicy policy = freely();
    policy.mostPercent = percent;

    const auto summary = rig.run(policy);

    QVERIFY(summary);
    QCOMPARE(summary->has_value(), allowed);
    QCOMPARE(rig.server.count(u"/batch/update"_s), allowed ? 1 : 0);
    if (!allowed) {
        QCOMPARE(summary->error().kind, ErrorKind::Refused);
        QVERIFY(summary->error().what.contains(u"2 of 19"_s));
    }
}

/// Somebody made a contact of that address meanwhile: nobody can tell whether it is ours.
void TestApplyOutcomes::aCreateWithOtherValuesIsNotTheLostOne()
{
    ApplyRig rig;
    const QString id = rig.changes.addCreate(
        contacts, {{u"email"_s, u"eve@example.com"_s}, {u"firstname"_s, u"Eve"_s}}, u"Eve"_s);
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/create"_s))
            return {};
        rig.server.records[u"contacts"_s][u"9"_s] = {
            {{u"email"_s, u"eve@example.com"_s}, {u"firstname"_s, u"Eva"_s}},
            rig.server.now,
            rig.server.now};
        return lost();
    };

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id), RowState::Unknown);
    QCOMPARE(rig.errorKind(id), ErrorKind::OutcomeUnknown);
    QCOMPARE(rig.changes.row(contacts, id)->error->existingId, u"9"_s);
}

void TestApplyOutcomes::aClockAheadFindsTheLostCreate()
{
    ApplyRig rig;
    rig.clock.setUtcStart(rig.server.now.addSecs(3600));
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Ada"_s);
    QVERIFY(rig.run()); // The portal's time is known from its answers.
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    rig.server.instead = on(u"/batch/create"_s, lost());

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id), RowState::Applied);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
}

void TestApplyOutcomes::sendsNoHalfCharacters()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"a"_s + QChar(0xd800) + u'b');

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), RowState::Failed);
    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::Refused);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
}

HUBKEEPER_TEST(TestApplyOutcomes)
#include "tst_applyoutcomes.moc"
