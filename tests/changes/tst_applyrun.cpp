// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "changes/run/inverserows.h"
#include "testkit/testprogram.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

#include <sqlite3.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Somebody else who has the journal's file open.
class OtherConnection
{
public:
    explicit OtherConnection(const QString &path)
    {
        if (sqlite3_open(path.toUtf8().constData(), &m_database) != SQLITE_OK)
            qFatal("The journal cannot be opened a second time.");
        sqlite3_busy_timeout(m_database, 5000);
    }
    ~OtherConnection() { sqlite3_close(m_database); }
    Q_DISABLE_COPY_MOVE(OtherConnection)

    void run(const char *sql) const
    {
        if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            qFatal("%s", sqlite3_errmsg(m_database));
    }
    /// Nobody else writes until this is gone.
    void lock() const { run("BEGIN IMMEDIATE"); }
    [[nodiscard]] int count(const QString &where) const
    {
        sqlite3_stmt *read = nullptr;
        const QByteArray sql = "SELECT COUNT(*) FROM entries WHERE " + where.toUtf8();
        sqlite3_prepare_v2(m_database, sql.constData(), -1, &read, nullptr);
        const int count = sqlite3_step(read) == SQLITE_ROW ? sqlite3_column_int(read, 0) : -1;
        sqlite3_finalize(read);
        return count;
    }

private:
    sqlite3 *m_database = nullptr;
};

/// The end of a journal, as a keychain keeps it.
class KeptHead final : public HeadKeeper
{
public:
    JournalHead head;

    [[nodiscard]] JournalHead known() const override { return head; }
    [[nodiscard]] Call<void> *keep(const JournalHead &newest, QObject *parent) override
    {
        head = newest;
        return new ReadyCall<void>({}, parent);
    }
};

} // namespace

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

    void createsOnce();
    void findsALostCreate();
    void aCreateNotFoundStaysUnknownUntilTheNextRun();
    void findsALostCompanyOnceTheIndexKnows();
    void givesEveryLostCreateItsOwnRecord();
    void aCreateWithoutKeyStaysUnknown();
    void anOlderContactIsNotTheLostOne();
    void takesRefusedCreatesApart();

    void archives();
    void archivesNothingThatChanged();

    void stopsWhenCredentialsAreRefused();
    void sendsNothingTheJournalDoesNotHold();
    void sendsNothingBeforeTheDiskHasIt();
    void aSlowDiskHoldsUpTheSendingAndNothingElse_data();
    void aSlowDiskHoldsUpTheSendingAndNothingElse();
    void stoppingBeforeTheBeginningSendsNothing_data();
    void stoppingBeforeTheBeginningSendsNothing();
    void remembersWhereTheJournalEnds();
    void countsWhatIsNotProven();
    void cancellingBeforeTheDiskHasItLeavesNothingIntended();
    void triesTheFirstRowsOnly();
    void sendsHundredsInBatches();
    void cancellingRecordsWhatWasSent();
    void finishesTheBatchesOnTheirWay();
    void locksRowsWhileTheyAreSent();
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

void TestApplyRun::createsOnce()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    ApplyRun *run = rig.start();
    QSignalSpy written(run, &ApplyRun::recordsWritten);

    QVERIFY(rig.outcomeOf(run));

    QCOMPARE(rig.state(id), RowState::Applied);
    QCOMPARE(rig.changes.row(contacts, id)->writtenId, u"1000"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(written[0][1].value<QList<Record>>().first().id, u"1000"_s);
    QCOMPARE(rig.journal->rows(rig.journal->runs()->first().id)->first().recordId, u"1000"_s);
}

void TestApplyRun::findsALostCreate()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"Eve@example.com"_s}}, u"Eve"_s);
    rig.server.instead = on(u"/batch/create"_s, lost());

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.changes.row(contacts, id)->writtenId, u"1000"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 1U);
}

void TestApplyRun::aCreateNotFoundStaysUnknownUntilTheNextRun()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    rig.server.before = on(u"/batch/create"_s, HttpReply {502, {}, "<html>"}, 1);

    const auto first = rig.run();
    QVERIFY(first && *first);
    QCOMPARE((*first)->unknown, 1);
    QCOMPARE(rig.state(id), RowState::Unknown);
    QCOMPARE(rig.errorKind(id), ErrorKind::OutcomeUnknown);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.server.count(u"/eve@example.com"_s), 2);
    QCOMPARE(rig.journaled(), QStringList {u"unknown"_s});

    rig.clock.advance(60s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id), RowState::Applied);
    QCOMPARE(rig.server.count(u"/eve@example.com"_s), 3);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 2);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 1U);
}

void TestApplyRun::findsALostCompanyOnceTheIndexKnows()
{
    ApplyRig rig;
    rig.server.put(u"companies"_s, u"5"_s, {{u"name"_s, u"Example"_s}}); // Older, same name.
    const QString id = rig.changes.addCreate(companies, {{u"name"_s, u"Example"_s}}, u"Example"_s);
    rig.server.instead = on(u"/batch/create"_s, lost());
    const auto started = rig.clock.now();

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id, companies), RowState::Applied);
    QCOMPARE(rig.changes.row(companies, id)->writtenId, u"1001"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QVERIFY(rig.clock.now() - started >= 10s);
}

void TestApplyRun::givesEveryLostCreateItsOwnRecord()
{
    ApplyRig rig;
    const QString first = rig.changes.addCreate(companies, {{u"name"_s, u"Twin"_s}}, {});
    const QString second = rig.changes.addCreate(companies, {{u"name"_s, u"Twin"_s}}, {});
    rig.server.instead = on(u"/batch/create"_s, lost());

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->unknown, 2); // Two records fit each: a person has to look.
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.state(first, companies), RowState::Unknown);
    QCOMPARE(rig.state(second, companies), RowState::Unknown);
}

void TestApplyRun::aCreateWithoutKeyStaysUnknown()
{
    ApplyRig rig;
    const QString id = rig.changes.addCreate(companies, {{u"phone"_s, u"123"_s}}, {});
    rig.server.instead = on(u"/batch/create"_s, lost());
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id, companies), RowState::Unknown);

    rig.server.instead = {};
    rig.clock.advance(60s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id, companies), RowState::Unknown);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
}

void TestApplyRun::anOlderContactIsNotTheLostOne()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"9"_s, {{u"email"_s, u"eve@example.com"_s}});
    const QString id = rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    rig.server.before = on(u"/batch/create"_s, lost());

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id), RowState::Failed);
    QCOMPARE(rig.errorKind(id), ErrorKind::Conflict);
    QCOMPARE(rig.changes.row(contacts, id)->error->existingId, u"9"_s);
}

void TestApplyRun::takesRefusedCreatesApart()
{
    ApplyRig rig;
    QStringList ids;
    for (int i = 0; i < 10; ++i) {
        ids.append(rig.changes.addCreate(
            contacts, {{u"email"_s, i == 3 ? u"taken@example.com"_s : u"c%1@example.com"_s.arg(i)}},
            {}));
    }
    rig.server.before = [](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/create"_s) || !request.body.contains("taken@"))
            return {};
        return ScriptedPortal::refusal(409, u"CONFLICT"_s,
                                       u"Contact already exists. Existing ID: 512"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 9);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 9U);
    QCOMPARE(rig.state(ids[3]), RowState::Failed);
    QCOMPARE(rig.changes.row(contacts, ids[3])->error->existingId, u"512"_s);
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

void TestApplyRun::stopsWhenCredentialsAreRefused()
{
    ApplyRig rig;
    for (int i = 1; i <= 700; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    rig.server.before = [](const HttpRequest &) -> std::optional<Result<HttpReply>> {
        return ScriptedPortal::refusal(401, u"INVALID_AUTHENTICATION"_s, u"no"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QVERIFY((*summary)->stopped);
    QCOMPARE((*summary)->stopped->kind, ErrorKind::Unauthorized);
    QCOMPARE((*summary)->failed, 400); // Four batches were on their way.
    QCOMPARE((*summary)->skipped, 300);
    QCOMPARE(rig.state(u"700"_s), RowState::Skipped);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
}

void TestApplyRun::sendsNothingTheJournalDoesNotHold()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    OtherConnection(rig.path())
        .run("CREATE TRIGGER full BEFORE INSERT ON entries WHEN new.kind = 'intent'"
             " BEGIN SELECT RAISE(ABORT, 'disk full'); END");

    const auto summary = rig.run();

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::Storage);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
    QCOMPARE(rig.state(u"1"_s), RowState::Skipped);
}

/// What another connection sees of the journal is on the disk.
void TestApplyRun::sendsNothingBeforeTheDiskHasIt()
{
    ApplyRig rig;
    for (int i = 1; i <= 250; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    int sent = 0;
    int missing = 0;
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/update"_s))
            return {};
        const OtherConnection journal(rig.path());
        const auto inputs = QJsonDocument::fromJson(request.body).object()[u"inputs"_s].toArray();
        for (const QJsonValue &input : inputs) {
            const QString id = input[u"id"_s].toString();
            ++sent;
            missing += journal.count(u"kind = 'intent' AND subject = 'contacts/%1'"_s.arg(id)) == 1
                ? 0
                : 1;
        }
        return {};
    };

    QVERIFY(rig.run());

    QCOMPARE(sent, 250);
    QCOMPARE(missing, 0);
}

void TestApplyRun::aSlowDiskHoldsUpTheSendingAndNothingElse_data()
{
    QTest::addColumn<QString>("lockedAt");
    QTest::addColumn<int>("reads");
    QTest::addColumn<int>("updates");
    QTest::newRow("the beginning") << u"the beginning"_s << 0 << 0;
    QTest::newRow("the intent") << u"the intent"_s << 1 << 0;
    QTest::newRow("the outcome") << u"the outcome"_s << 2 << 1;
}

void TestApplyRun::aSlowDiskHoldsUpTheSendingAndNothingElse()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    QFETCH(QString, lockedAt);
    std::optional<OtherConnection> disk;
    const auto lockAt = [&](const QString &place) {
        if (place == lockedAt)
            disk.emplace(rig.path()).lock();
    };
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!disk && request.path.endsWith(u"/batch/read"_s))
            lockAt(rig.server.count(u"/batch/update"_s) == 0 ? u"the intent"_s : u"the outcome"_s);
        return {};
    };
    lockAt(u"the beginning"_s);
    ApplyRun *run = rig.start();
    std::optional<Result<RunSummary>> outcome;
    run->onDone(&rig.parent, [&](const Result<RunSummary> &result) { outcome.emplace(result); });
    {
        qint64 longest = 0;
        QElapsedTimer turn;
        for (int i = 0; i < 200; ++i) {
            turn.start();
            ApplyRig::waitUntilIdle();
            longest = std::max(longest, turn.elapsed());
            QThread::msleep(1);
        }
        QVERIFY2(longest < 200, qPrintable(QString::number(longest))); // The window lives.
        QTEST(rig.server.count(u"/batch/read"_s), "reads");
        QTEST(rig.server.count(u"/batch/update"_s), "updates");
        QVERIFY(!outcome);
        disk.reset();
    }
    const auto deadline = QDeadlineTimer(10'000);
    while (!outcome && !deadline.hasExpired()) {
        ApplyRig::waitUntilIdle();
        QThread::msleep(1);
    }

    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->applied, 1);
    QCOMPARE(rig.journaled(), QStringList {u"applied"_s});
}

void TestApplyRun::stoppingBeforeTheBeginningSendsNothing_data()
{
    QTest::addColumn<bool>("early");
    QTest::newRow("cancelled") << false;
    QTest::newRow("finished early") << true;
}

/// The disk is still to learn of the run.
void TestApplyRun::stoppingBeforeTheBeginningSendsNothing()
{
    QFETCH(bool, early);
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    std::optional<OtherConnection> disk;
    disk.emplace(rig.path()).lock();
    ApplyRun *run = rig.start();
    ApplyRig::waitUntilIdle();
    QCOMPARE(rig.state(u"1"_s), RowState::Sending); // Nobody edits it meanwhile.
    if (early)
        run->finishEarly();
    else
        run->cancel();
    disk.reset();
    const auto outcome = rig.outcomeOf(run);

    QVERIFY(outcome.has_value());
    QCOMPARE(outcome->has_value(), early);
    QCOMPARE(rig.state(u"1"_s), RowState::Skipped);
    QCOMPARE(rig.errorKind(u"1"_s), ErrorKind::Cancelled);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
    const auto hasEnded = [&] {
        const auto runs = rig.journal->runs();
        return runs && runs->size() == 1 && runs->first().hasEnded();
    };
    QTRY_VERIFY(hasEnded());
}

void TestApplyRun::remembersWhereTheJournalEnds()
{
    ApplyRig rig;
    const auto keeper = std::make_shared<KeptHead>();
    rig.journal = *Journal::open(rig.folder.filePath(u"sealed.sqlite"_s), rig.clock,
                                 Secret(std::string_view("a key of the journal")), keeper);
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE(keeper->head.count, 4); // Begin, intent, outcome, end.
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

/// The intent may still reach the disk; what follows says that nothing came of it.
void TestApplyRun::cancellingBeforeTheDiskHasItLeavesNothingIntended()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    std::optional<OtherConnection> disk;
    rig.server.before = [&](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (request.path.endsWith(u"/batch/read"_s))
            disk.emplace(rig.path()).lock();
        return {};
    };
    ApplyRun *run = rig.start();
    QTRY_COMPARE(rig.server.count(u"/batch/read"_s), 1);
    ApplyRig::waitUntilIdle(); // The answer is there, and the intent in the queue.

    run->cancel();
    disk.reset();

    QCOMPARE(rig.state(u"1"_s), RowState::Skipped);
    QTRY_COMPARE(rig.journaled(), QStringList {u"skipped"_s});
    QTRY_VERIFY(rig.journal->runs()->first().endedAt.isValid());
    QCOMPARE(rig.server.count(u"/batch/update"_s), 0);
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestApplyRun::triesTheFirstRowsOnly()
{
    ApplyRig rig;
    for (int i = 1; i <= 5; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    RunOptions trial;
    trial.firstRows = 2;

    const auto first = rig.run(freely(), trial);
    QVERIFY(first && *first);
    QCOMPARE((*first)->applied, 2);
    QCOMPARE(rig.state(u"2"_s), RowState::Applied);
    QCOMPARE(rig.state(u"3"_s), RowState::Staged);

    const auto rest = rig.run();
    QVERIFY(rest && *rest);
    QCOMPARE((*rest)->applied, 3);
}

void TestApplyRun::sendsHundredsInBatches()
{
    ApplyRig rig;
    for (int i = 1; i <= 950; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    QSignalSpy changed(&rig.changes, &ChangeSet::changed);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 950);
    QCOMPARE(rig.server.count(u"/batch/update"_s), 10);
    QVERIFY(changed.size() < 40); // A window repaints per batch, not per row.
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestApplyRun::cancellingRecordsWhatWasSent()
{
    ApplyRig rig;
    for (int i = 1; i <= 500; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    const QString created =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    ApplyRun *run = rig.start();
    QElapsedTimer patience;
    patience.start();
    while (rig.server.count(u"/batch/update"_s) == 0 && patience.elapsed() < 10'000) {
        rig.server.silent =
            rig.server.count(u"/batch/create"_s) > 0 && rig.server.count(u"/batch/read"_s) >= 3;
        QCoreApplication::processEvents();
        rig.clock.advance(1ms);
        QThread::msleep(1);
    }
    rig.server.silent = true;
    run->cancel();
    const auto outcome = rig.outcomeOf(run);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
    for (const RowChange &row : rig.changes.rows())
        QVERIFY(row.state != RowState::Sending && row.state != RowState::Staged);
    QVERIFY(rig.state(created) == RowState::Unknown || rig.state(created) == RowState::Applied);
    QCOMPARE(rig.state(u"500"_s), RowState::Skipped);
    for (const RowChange &row : rig.changes.rows(0, 500))
        QVERIFY2(row.state == RowState::Applied || row.error, qPrintable(row.id)); // Each says why.
    QTRY_VERIFY(rig.journal->runs()->first().endedAt.isValid());
}

void TestApplyRun::finishesTheBatchesOnTheirWay()
{
    ApplyRig rig;
    for (int i = 1; i <= 950; ++i) {
        rig.server.put(u"contacts"_s, QString::number(i), {});
        rig.edit(QString::number(i), u"firstname"_s, u"Eve"_s);
    }
    ApplyRun *run = rig.start();
    QTRY_VERIFY(rig.server.count(u"/batch/update"_s) > 0);

    const int sent = rig.server.count(u"/batch/update"_s);
    run->finishEarly();
    const auto summary = rig.outcomeOf(run);

    QVERIFY(summary && *summary);
    const int written = rig.server.count(u"/batch/update"_s); // One may have been on its way.
    QVERIFY(written >= sent && written <= sent + 4);
    QCOMPARE((*summary)->applied, 100 * written);
    QCOMPARE((*summary)->skipped, 950 - 100 * written);
    QCOMPARE(rig.state(u"1"_s), RowState::Applied);
    QCOMPARE(rig.state(u"950"_s), RowState::Skipped);
    QCOMPARE(rig.errorKind(u"950"_s), ErrorKind::Cancelled);
    QVERIFY(!(*summary)->stopped); // Somebody wanted it.
    QCOMPARE(rig.journaled().count(u"applied"_s), 100 * written);
    QVERIFY(rig.journal->runs()->first().endedAt.isValid());
}

void TestApplyRun::locksRowsWhileTheyAreSent()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"1"_s, {{u"firstname"_s, u"Ada"_s}});
    rig.edit(u"1"_s, u"firstname"_s, u"Eve"_s);
    ApplyRun *run = rig.start();
    QCOMPARE(rig.state(u"1"_s), RowState::Sending);
    rig.edit(u"1"_s, u"firstname"_s, u"Bob"_s);

    QVERIFY(rig.outcomeOf(run));
    QCOMPARE(rig.server.text(u"contacts"_s, u"1"_s, u"firstname"_s), u"Eve"_s);
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
