// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "changes/run/inverserows.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// One application of a change set: what is sent, what is not, and what is known afterwards.
class TestApplyRun : public QObject
{
    Q_OBJECT

private slots:
    void writesProvesAndReports();
    void refusesWhatTheGuardRefuses();
    void sendsNoFaultyCell();
    void leavesConflictsAlone();
    void changesOfOtherPropertiesAreNoConflict();
    void doesNotSendWhatIsThere();
    void missesRecordsThatAreGone();
    void isolatesTheBadRow();
    void keepsReasonsOfPartialFailures();
    void readsWhatALostUpdateDid_data();
    void readsWhatALostUpdateDid();
    void seesAWriteThatDidNothing();
    void journalsWhatThePortalStored();

    void archives();
    void archivesNothingThatChanged();

    void countsWhatIsNotProven();
    void revertRestores();
};

void TestApplyRun::writesProvesAndReports()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    RunOptions options;
    options.connection = u"Practice"_s;
    options.portalId = 7;
    ApplyRun *run = rig.start(freely(), options);
    QSignalSpy written(run, &ApplyRun::recordsWritten);
    QSignalSpy progressed(run, &CallBase::progressed);

    const auto summary = rig.outcomeOf(run);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"firstname"_s), u"Eve"_s);
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QVERIFY(!rig.changes.row(contacts, u"1"_s)->error);
    QCOMPARE(rig.journaled(), QStringList {u"applied"_s});
    QCOMPARE(rig.journal->runs()->first().connection, u"Practice"_s);
    QCOMPARE(rig.journal->runs()->first().id, (*summary)->runId);
    QVERIFY(rig.journal->runs()->first().endedAt.isValid());
    QCOMPARE(rig.server.sent.size(), 3U); // Read, write, read.
    QCOMPARE(written.size(), 1);
    QCOMPARE(written[0][1].value<QList<Record>>().first().text(u"firstname"_s), u"Eve"_s);
    QCOMPARE(progressed.last(), (QVariantList {1LL, 1LL}));
}

void TestApplyRun::refusesWhatTheGuardRefuses()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);

    const auto summary = rig.run({WriteMode::ReadOnly, 0, 0, {}, true});

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::Refused);
    QVERIFY(rig.server.sent.empty());
    QVERIFY(rig.journal->runs()->isEmpty());
    QCOMPARE(rig.state(u"1"_s), RowState::Staged);
}

void TestApplyRun::sendsNoFaultyCell()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.server.put(u"contacts"_s, u"2"_s, {});
    rig.edit(u"1"_s, u"createdate"_s, u"2026-11-23"_s);
    rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    PropertyDefinition name;
    name.name = u"firstname"_s;
    name.type = u"string"_s;
    PropertyDefinition created = name;
    created.name = u"createdate"_s;
    created.readOnlyValue = true;
    rig.definitions[contacts] = {name, created};

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), RowState::Failed);
    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::Refused);
    QCOMPARE(rig.changes.row(contacts, u"1"_s)->error->fields.first().property, u"createdate"_s);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"createdate"_s), QString());
}

void TestApplyRun::leavesConflictsAlone()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}, {u"phone"_s, u"1"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"1"_s, u"phone"_s, u"2"_s);
    rig.server.records[u"contacts"_s][u"1"_s].texts[u"firstname"_s] = u"Eva"_s;

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->conflicting, 1);
    QCOMPARE(rig.state(u"1"_s), RowState::Conflicting);
    QCOMPARE(rig.changes.row(contacts, u"1"_s)->theirs,
             (QHash<QString, QString> {{u"firstname"_s, u"Eva"_s}, {u"phone"_s, u"1"_s}}));
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
    QCOMPARE(rig.journaled(), QStringList {u"conflict"_s});

    rig.changes.rebase(contacts, u"1"_s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"firstname"_s), u"Eve"_s);
}

void TestApplyRun::changesOfOtherPropertiesAreNoConflict()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}, {u"phone"_s, u"1"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    auto &stored = rig.server.records[u"contacts"_s][u"1"_s];
    stored.texts[u"phone"_s] = u"2"_s;
    stored.updatedAt = rig.server.now;

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"phone"_s), u"2"_s);
}

void TestApplyRun::doesNotSendWhatIsThere()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.server.records[u"contacts"_s][u"1"_s].texts[u"firstname"_s] = u"Eve"_s;

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
}

void TestApplyRun::missesRecordsThatAreGone()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.server.put(u"contacts"_s, u"2"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    rig.server.records[u"contacts"_s].erase(u"1"_s);

    QVERIFY(rig.run());

    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::NotFound);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
}

void TestApplyRun::isolatesTheBadRow()
{
    ApplyRig rig;
    for (int i = 1; i <= 100; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"stage"_s, i == 37 ? u"boss"_s : u"lead"_s);
    }
    rig.server.before = [](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/update"_s) || !request.body.contains("boss"))
            return {};
        return ScriptedPortal::refusal(400, u"VALIDATION_ERROR"_s, u"boss is not an option"_s,
                                       u"stage"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 99);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.errorKind(u"37"_s), ErrorKind::Rejected);
    QCOMPARE(rig.changes.row(contacts, u"37"_s)->error->fields.first().property, u"stage"_s);
    QCOMPARE(rig.server.text(u"contacts"_s, u"100"_s, u"stage"_s), u"lead"_s);
    QVERIFY(rig.server.count(u"/batch/update"_s) <= 15);
}

void TestApplyRun::keepsReasonsOfPartialFailures()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.server.put(u"contacts"_s, u"2"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"2"_s, u"firstname"_s, u"Eve"_s);
    rig.server.instead = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/update"_s))
            return {};
        rig.server.records[u"contacts"_s][u"1"_s].texts.clear();
        return HttpReply {
            207,
            {},
            R"({"results":[{"id":"2","properties":{"firstname":"Eve"}}],"numErrors":1,"errors":[
            {"category":"VALIDATION_ERROR","message":"no","context":{"ids":["1"]}}]})"};
    };

    QVERIFY(rig.run());

    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::Rejected);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
    QCOMPARE(rig.journaled(), (QStringList {u"failed"_s, u"applied"_s}));
}

void TestApplyRun::readsWhatALostUpdateDid_data()
{
    QTest::addColumn<bool>("done");
    QTest::addColumn<bool>("readable");
    QTest::addColumn<RowState>("state");

    QTest::newRow("it was done") << true << true << RowState::Applied;
    QTest::newRow("it was not done") << false << true << RowState::Failed;
    QTest::newRow("nobody knows") << true << false << RowState::Unknown;
}

void TestApplyRun::readsWhatALostUpdateDid()
{
    QFETCH(bool, done);
    QFETCH(bool, readable);
    QFETCH(RowState, state);
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    const auto lose = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        const bool again = rig.server.count(u"/batch/update"_s) > 0 && !readable;
        if (request.path.endsWith(u"/batch/update"_s) || again)
            return lost();
        return {};
    };
    (done ? rig.server.instead : rig.server.before) = lose;

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), state);
    QVERIFY(rig.server.count(u"/batch/update"_s) > 1); // Fixed values may be sent again.
    if (!readable)
        QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::OutcomeUnknown);
}

void TestApplyRun::seesAWriteThatDidNothing()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.server.before =
        on(u"/batch/update"_s, HttpReply {200, {}, R"({"results":[{"id":"1","properties":{}}]})"});

    QVERIFY(rig.run());

    QCOMPARE(rig.state(u"1"_s), RowState::Failed);
    QVERIFY(rig.changes.row(contacts, u"1"_s)->error->what.contains(u"old value"_s));
}

void TestApplyRun::journalsWhatThePortalStored()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"email"_s, u"ada@example.com"_s}});
    rig.edit(u"1"_s, u"email"_s, u"Eve@Example.com"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    const auto rows = rig.journal->rows((*summary)->runId);
    QCOMPARE(rows->first().cells.value(u"email"_s),
             (CellChange {u"ada@example.com"_s, u"eve@example.com"_s}));
    QVERIFY(!rows->first().message.isEmpty());
}

void TestApplyRun::archives()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.server.put(u"contacts"_s, u"2"_s, {});
    rig.archive(u"1"_s);
    rig.archive(u"2"_s);
    rig.server.records[u"contacts"_s].erase(u"2"_s); // Gone already: as wanted.
    ApplyRun *run = rig.start();
    QSignalSpy archived(run, &ApplyRun::recordsArchived);

    QVERIFY(rig.outcomeOf(run));

    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
    QVERIFY(rig.server.records[u"contacts"_s].empty());
    QCOMPARE(archived[0][1].toStringList().size(), 2);
}

void TestApplyRun::archivesNothingThatChanged()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.archive(u"1"_s);
    rig.server.records[u"contacts"_s][u"1"_s].updatedAt = rig.server.now;

    QVERIFY(rig.run());
    QCOMPARE(rig.state(u"1"_s), RowState::Conflicting);
    QCOMPARE(rig.server.count(u"/batch/archive"_s), 0);

    rig.changes.rebase(contacts, u"1"_s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
}

void TestApplyRun::countsWhatIsNotProven()
{
    ApplyRig rig;
    for (const QString &id : {u"1"_s, u"2"_s}) {
        rig.server.put(u"contacts"_s, id, {});
        rig.edit(id, u"firstname"_s, u"Eve"_s);
    }
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        const bool isProof =
            request.path.endsWith(u"/batch/read"_s) && rig.server.count(u"/batch/update"_s) > 0;
        return isProof ? std::optional<Result<HttpReply>>(lost()) : std::nullopt;
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE((*summary)->unproven, 2);
    const JournalRun run = rig.journal->runs()->first();
    QCOMPARE(run.applied, 2);
    QCOMPARE(run.unproven, 2);
}

void TestApplyRun::revertRestores()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.server.put(u"contacts"_s, u"2"_s, {{u"email"_s, u"bob@example.com"_s}});
    const auto before = rig.server.records[u"contacts"_s][u"1"_s].texts;
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    rig.edit(u"2"_s, u"email"_s, u"BOB2@example.com"_s);
    rig.changes.addCreate(contacts, {{u"email"_s, u"new@example.com"_s}}, {});
    const auto run = rig.run();
    QVERIFY(run && *run);
    QCOMPARE((*run)->applied, 3);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 3U);
    rig.changes.removeApplied();
    QVERIFY(rig.changes.isEmpty());

    QList<LeftRow> left;
    auto inverse = rig.journal->rows((*run)->runId).map([&](const QList<JournalRow> &rows) {
        return inverseRows(rows, &left);
    });
    QVERIFY(inverse);
    (void)rig.changes.addRows(std::move(*inverse), Adding::Replace, {}, &rig.changes);
    RunOptions options;
    options.revertOf = (*run)->runId;
    const auto back = rig.run(freely(), options);

    QVERIFY(back && *back);
    QCOMPARE((*back)->applied, 3);
    QVERIFY(left.isEmpty());
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 2U);
    QCOMPARE(rig.server.records[u"contacts"_s][u"1"_s].texts, before);
    QCOMPARE(rig.server.text(u"contacts"_s, u"2"_s, u"email"_s), u"bob@example.com"_s);
    QCOMPARE(rig.journal->runs()->first().revertOf, (*run)->runId);
}

HUBKEEPER_TEST(TestApplyRun)
#include "tst_applyrun.moc"
