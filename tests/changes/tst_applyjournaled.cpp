// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "testkit/testprogram.h"

#include <QDeadlineTimer>
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

/// Nothing is sent before the journal has it on the disk.
class TestApplyJournaled : public QObject
{
    Q_OBJECT

private slots:
    void sendsNothingTheJournalDoesNotHold();
    void sendsNothingBeforeTheDiskHasIt();
    void aSlowDiskHoldsUpTheSendingAndNothingElse_data();
    void aSlowDiskHoldsUpTheSendingAndNothingElse();
    void stoppingBeforeTheBeginningSendsNothing_data();
    void stoppingBeforeTheBeginningSendsNothing();
    void remembersWhereTheJournalEnds();
    void cancellingBeforeTheDiskHasItLeavesNothingIntended();
};

void TestApplyJournaled::sendsNothingTheJournalDoesNotHold()
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
void TestApplyJournaled::sendsNothingBeforeTheDiskHasIt()
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

void TestApplyJournaled::aSlowDiskHoldsUpTheSendingAndNothingElse_data()
{
    QTest::addColumn<QString>("lockedAt");
    QTest::addColumn<int>("reads");
    QTest::addColumn<int>("updates");
    QTest::newRow("the beginning") << u"the beginning"_s << 0 << 0;
    QTest::newRow("the intent") << u"the intent"_s << 1 << 0;
    QTest::newRow("the outcome") << u"the outcome"_s << 2 << 1;
}

void TestApplyJournaled::aSlowDiskHoldsUpTheSendingAndNothingElse()
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

void TestApplyJournaled::stoppingBeforeTheBeginningSendsNothing_data()
{
    QTest::addColumn<bool>("early");
    QTest::newRow("cancelled") << false;
    QTest::newRow("finished early") << true;
}

/// The disk is still to learn of the run.
void TestApplyJournaled::stoppingBeforeTheBeginningSendsNothing()
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

void TestApplyJournaled::remembersWhereTheJournalEnds()
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

/// The intent may still reach the disk; what follows says that nothing came of it.
void TestApplyJournaled::cancellingBeforeTheDiskHasItLeavesNothingIntended()
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

HUBKEEPER_TEST(TestApplyJournaled)
#include "tst_applyjournaled.moc"
