// SPDX-License-Identifier: MIT
#include "practicesession.h"
#include "session/writing/applychanges.h"
#include "session/writing/runscript.h"
#include "session/writing/stagerevert.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

#include <sqlite3.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using practice::FaultKind;

namespace {

const QString first = u"150000000001"_s;
const QString second = u"150000000002"_s;

practice::Fault scriptFault(FaultKind kind, const QByteArray &method, int status = 500)
{
    practice::Fault scriptFault;
    scriptFault.kind = kind;
    scriptFault.method = method;
    scriptFault.path.setPattern(u"/contacts"_s);
    scriptFault.status = status;
    return scriptFault;
}

} // namespace

/// Real runs of scripts leave their trace in the journal and can be reverted.
class TestRunScript : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_rig = std::make_unique<PracticeSession>(); }
    void cleanup() { m_rig.reset(); }
    void journalsAndReverts();
    void takesSeveralWritesOfARecordBackAtOnce();
    void keepsWhatThePortalStored();
    void journalsDefinitions();
    void leavesNoRunWithoutAWrite_data();
    void leavesNoRunWithoutAWrite();
    void journalsWhatFailed_data();
    void journalsWhatFailed();
    void journalsWhatWasSentBeforeTheEnd_data();
    void journalsWhatWasSentBeforeTheEnd();
    void finishesTheWriteOnItsWay();
    void stopsAtOnceWithWhatIsKnown();
    void provesAWriteByWhatTheConnectorRead();
    void sendsNothingWithoutAJournal();

private:
    Result<ScriptOutcome> run(const QString &text, std::chrono::milliseconds limit = 20s);
    /// What the portal stores, without asking it.
    [[nodiscard]] QString stored(const QString &id, const QString &property);
    [[nodiscard]] QList<JournalRun> runs() { return *m_rig->session->journal().runs(); }
    [[nodiscard]] QList<JournalRow> rows() { return *m_rig->session->journal().rows(m_runId); }
    /// A script of two updates, when the first one has reached the portal.
    [[nodiscard]] ScriptRun *inTheFirstWrite(const practice::Fault &ofTheWrite);
    /// What could not be reverted.
    QStringList revert();

    std::unique_ptr<PracticeSession> m_rig;
    QString m_runId;
};

Result<ScriptOutcome> TestRunScript::run(const QString &text, std::chrono::milliseconds limit)
{
    ScriptRequest request;
    request.text = text;
    request.dryRun = false;
    request.timeLimit = limit;
    ScriptRunOptions options;
    options.name = u"tidy.js"_s;
    options.recorded = [this](const QString &runId) { m_runId = runId; };
    m_runId.clear();
    return *outcomeOf<ScriptOutcome>(
        runScript(*m_rig->session, request, options, m_rig->session.get()), 30'000);
}

QString TestRunScript::stored(const QString &id, const QString &property)
{
    const auto record = m_rig->server.record(practice::ObjectType::Contact, id.toLongLong());
    return record && !record->archivedAt ? record->values.value(property) : u"not there"_s;
}

QStringList TestRunScript::revert()
{
    const auto staged =
        *outcomeOf(stageRevert(*m_rig->session, {m_runId, {}, false}, m_rig->session.get()));
    const auto applied =
        *outcomeOf(applyChanges(*m_rig->session, {}, m_rig->session.get()), 30'000);
    if (!staged || !applied || applied->applied != m_rig->session->changes().count())
        return {u"failed"_s};
    QStringList left;
    for (const LeftRow &row : staged->left)
        left.append(row.label);
    return left;
}

void TestRunScript::journalsAndReverts()
{
    const QString city = stored(first, u"city"_s);
    QSignalSpy written(m_rig->session.get(), &Session::recordsWritten);
    QSignalSpy archived(m_rig->session.get(), &Session::recordsArchived);

    const auto outcome = run(uR"(
        const made = connector.create("contact", {email: "new@example.com", firstname: "Nell"});
        connector.update("contact", "150000000001", {city: "Atlantis"});
        connector.remove("contact", "150000000002");
        made._id)"_s);

    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence()));
    const QString made = outcome->result.toString();
    QCOMPARE(stored(first, u"city"_s), u"Atlantis"_s);
    QCOMPARE(stored(second, u"email"_s), u"not there"_s);
    QCOMPARE(written.size(), 2);
    QCOMPARE(archived.size(), 1);

    QCOMPARE(runs().size(), 1);
    QTRY_VERIFY(runs().constFirst().endedAt.isValid());
    const JournalRun run = runs().constFirst();
    QCOMPARE(run.id, m_runId);
    QCOMPARE(run.note, u"Script “tidy.js”"_s);
    QCOMPARE(run.connection, u"Practice"_s);
    QVERIFY(run.portalId != 0);
    QVERIFY(run.endedAt.isValid());
    QCOMPARE(run.rows, 3);
    QCOMPARE(run.applied, 3);
    const QList<JournalRow> all = rows();
    QCOMPARE(all[0].kind, ChangeKind::Create);
    QCOMPARE(all[0].recordId, made);
    QCOMPARE(all[0].label, u"new@example.com"_s);
    QCOMPARE(all[0].cells.value(u"firstname"_s), (CellChange {u""_s, u"Nell"_s}));
    QCOMPARE(all[1].kind, ChangeKind::Update);
    QCOMPARE(all[1].recordId, first);
    QCOMPARE(all[1].label, stored(first, u"email"_s));
    QCOMPARE(all[1].cells.value(u"city"_s), (CellChange {city, u"Atlantis"_s}));
    QCOMPARE(all[2].kind, ChangeKind::Archive);
    QCOMPARE(all[2].recordId, second);
    QCOMPARE(all[2].outcome, u"applied"_s);
    const auto verdict = m_rig->session->journal().verify();
    QVERIFY(verdict && verdict->state != JournalState::Altered);
    QCOMPARE(verdict->entries, 8);

    QCOMPARE(revert(), QStringList {all[2].label});
    QCOMPARE(stored(first, u"city"_s), city);
    QCOMPARE(stored(made, u"email"_s), u"not there"_s);
    QCOMPARE(runs().constFirst().revertOf, m_runId);
    QVERIFY(m_rig->session->journal().verify()->state != JournalState::Altered);
}

void TestRunScript::takesSeveralWritesOfARecordBackAtOnce()
{
    const QString city = stored(first, u"city"_s);
    const QString name = stored(first, u"firstname"_s);

    const auto outcome = run(uR"(
        connector.update("contact", "150000000001", {city: "Atlantis"});
        connector.update("contact", "150000000001", {city: "Thule", firstname: "Nell"});
        const made = connector.create("contact", {email: "short@example.com"});
        connector.remove("contact", made._id);
        made._id)"_s);

    QVERIFY(outcome);
    QCOMPARE(rows().size(), 4);
    QCOMPARE(rows()[1].cells.value(u"city"_s), (CellChange {u"Atlantis"_s, u"Thule"_s}));
    QCOMPARE(revert(), QStringList());
    QCOMPARE(m_rig->session->changes().count(), 1);
    QCOMPARE(stored(first, u"city"_s), city);
    QCOMPARE(stored(first, u"firstname"_s), name);
}

void TestRunScript::keepsWhatThePortalStored()
{
    const auto outcome =
        run(u"connector.update('contact', '150000000001', {email: 'Ada@Example.COM'}); 1"_s);

    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence()));
    const JournalRow row = rows().constFirst();
    QCOMPARE(row.outcome, u"applied"_s);
    QCOMPARE(row.cells.value(u"email"_s).after, u"ada@example.com"_s);
    QVERIFY(row.message.contains("another text"_L1));
    QCOMPARE(revert(), QStringList());
}

void TestRunScript::journalsDefinitions()
{
    const auto outcome = run(uR"(
        connector.create("contactProperties", {name: "shoe_size", label: "Shoe size",
            groupName: "contactinformation", type: "string", fieldType: "text"});
        connector.update("contactProperties", "shoe_size", {label: "Size of shoes"});
        1)"_s);

    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence()));
    QCOMPARE(rows().size(), 2);
    QVERIFY(rows()[1].isDefinition());
    QCOMPARE(rows()[1].recordId, u"shoe_size"_s);
    QCOMPARE(rows()[1].cells.value(u"label"_s), (CellChange {u"Shoe size"_s, u"Size of shoes"_s}));
    QList<LeftRow> left;
    QVERIFY(inverseRows(rows(), &left).empty());
    QVERIFY(left.isEmpty()); // They go back beside the change set.
}

void TestRunScript::leavesNoRunWithoutAWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("reads") << u"connector.get('contact', '150000000001').city; 1"_s;
    QTest::newRow("nothing to update") << u"connector.update('contact', '150000000001', {}); 1"_s;
    QTest::newRow("unknown attribute")
        << u"connector.update('contact', '150000000001', {nosuch: 1})"_s;
    QTest::newRow("read-only class") << u"connector.create('owner', {email: 'x@example.com'})"_s;
    QTest::newRow("unknown record") << u"connector.update('contact', '7', {city: 'Rome'})"_s;
    QTest::newRow("no id") << u"connector.remove('contact', '../x')"_s;
    QTest::newRow("gone") << u"connector.remove('contact', '7')"_s;
}

void TestRunScript::leavesNoRunWithoutAWrite()
{
    QFETCH(QString, text);
    (void)run(text);
    QCOMPARE(m_runId, QString());
    QVERIFY(runs().isEmpty());
}

void TestRunScript::journalsWhatFailed_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("throws");
    QTest::addColumn<QString>("outcome");

    const QString update = u"connector.update('contact', '150000000001', {city: 'Atlantis'}); 1"_s;
    const QString create = u"connector.create('contact', {email: 'new@example.com'}); 1"_s;
    const QString remove = u"connector.remove('contact', '150000000001'); 1"_s;
    // clang-format off
    QTest::newRow("update refused")         << FaultKind::StatusJson      << QByteArray("PATCH")  << 400 << update << true  << u"failed"_s;
    QTest::newRow("update without scope")   << FaultKind::StatusJson      << QByteArray("PATCH")  << 403 << update << true  << u"failed"_s;
    QTest::newRow("create refused")         << FaultKind::StatusJson      << QByteArray("POST")   << 400 << create << true  << u"failed"_s;
    QTest::newRow("create, answer lost")    << FaultKind::CloseAfterWork  << QByteArray("POST")   << 500 << create << false << u"applied"_s;
    QTest::newRow("create, never arrived")  << FaultKind::CloseBeforeWork << QByteArray("POST")   << 500 << create << true  << u"unknown"_s;
    QTest::newRow("delete refused")         << FaultKind::StatusJson      << QByteArray("DELETE") << 400 << remove << true  << u"failed"_s;
    // clang-format on
}

void TestRunScript::journalsWhatFailed()
{
    QFETCH(FaultKind, kind);
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(QString, text);
    QFETCH(bool, throws);
    m_rig->server.addFault(scriptFault(kind, method, status));

    const auto outcome = run(text);

    QCOMPARE(!outcome, throws);
    QCOMPARE(rows().size(), 1);
    QTEST(rows().constFirst().outcome, "outcome");
    QCOMPARE(rows().constFirst().message.isEmpty(), !throws);
    QTRY_VERIFY(runs().constFirst().endedAt.isValid());
    QVERIFY(m_rig->session->journal().verify()->state != JournalState::Altered);
}

void TestRunScript::journalsWhatWasSentBeforeTheEnd_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("failed") << u"throw new Error('enough')"_s << ErrorKind::InvalidInput;
    QTest::newRow("time limit, computing") << u"for (;;) {}"_s << ErrorKind::TimedOut;
    QTest::newRow("time limit, writing")
        << u"connector.update('contact', '150000000002', {city: 'Thule'})"_s << ErrorKind::TimedOut;
    QTest::newRow("cancelled, computing") << u"for (;;) {}"_s << ErrorKind::Cancelled;
    QTest::newRow("cancelled, writing")
        << u"connector.update('contact', '150000000002', {city: 'Thule'})"_s
        << ErrorKind::Cancelled;
}

void TestRunScript::journalsWhatWasSentBeforeTheEnd()
{
    QFETCH(QString, end);
    QFETCH(ErrorKind, kind);
    const bool writing = end.startsWith("connector"_L1);
    const QString city = stored(first, u"city"_s);
    const QString other = stored(second, u"city"_s);
    practice::Fault pause = scriptFault(FaultKind::SilenceAfterWork, "PATCH");
    pause.nth = 2;
    m_rig->server.addFault(pause);
    ScriptRequest request;
    request.text = u"connector.update('contact', '150000000001', {city: 'Atlantis'});"
                   "console.log('first done');"_s
        + end;
    request.dryRun = false;
    request.timeLimit = kind == ErrorKind::TimedOut ? 700ms : 20'000ms;
    ScriptRunOptions options;
    options.recorded = [this](const QString &runId) { m_runId = runId; };
    ScriptRun *script = runScript(*m_rig->session, request, options, m_rig->session.get());
    if (kind == ErrorKind::Cancelled) {
        connect(script, &ScriptRun::printed, script,
                [script] { QTimer::singleShot(300, script, &CallBase::cancel); });
    }

    const auto outcome = *outcomeOf<ScriptOutcome>(script, 30'000);

    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, kind);
    QTRY_VERIFY(runs().constFirst().endedAt.isValid());
    QCOMPARE(rows().size(), writing ? 2 : 1);
    QCOMPARE(rows()[0].outcome, u"applied"_s);
    if (writing) {
        QCOMPARE(rows()[1].outcome, u"unknown"_s);
        QCOMPARE(rows()[1].cells.value(u"city"_s), (CellChange {other, u"Thule"_s}));
        QCOMPARE(stored(second, u"city"_s), u"Thule"_s); // The answer alone was lost.
    }
    m_rig->server.clearFaults();
    QCOMPARE(revert(), QStringList());
    QCOMPARE(stored(first, u"city"_s), city);
    QCOMPARE(stored(second, u"city"_s), other);
}

ScriptRun *TestRunScript::inTheFirstWrite(const practice::Fault &ofTheWrite)
{
    m_rig->server.addFault(ofTheWrite);
    ScriptRequest request;
    request.text = u"connector.update('contact', '150000000001', {city: 'Atlantis'});"
                   "connector.update('contact', '150000000002', {city: 'Thule'});"_s;
    request.dryRun = false;
    ScriptRunOptions options;
    options.recorded = [this](const QString &runId) { m_runId = runId; };
    ScriptRun *script = runScript(*m_rig->session, request, options, m_rig->session.get());
    const bool arrived =
        QTest::qWaitFor([this] { return stored(first, u"city"_s) == "Atlantis"_L1; }, 10'000);
    return arrived ? script : nullptr;
}

void TestRunScript::finishesTheWriteOnItsWay()
{
    const QString other = stored(second, u"city"_s);
    practice::Fault late = scriptFault(FaultKind::Delay, "PATCH");
    late.pause = 400ms;
    QVERIFY(!m_rig->session->isWriting());
    ScriptRun *script = inTheFirstWrite(late);
    QVERIFY(script);
    std::optional<Result<ScriptOutcome>> outcome;
    script->onDone(m_rig->session.get(), [&](const Result<ScriptOutcome> &its) { outcome = its; });
    QVERIFY(m_rig->session->isWriting());
    QCOMPARE(rows().constFirst().outcome, u"intended"_s);

    QVERIFY(outcomeOf(m_rig->session->finishWrites(m_rig->session.get())).value());

    QVERIFY(!m_rig->session->isWriting());
    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
    QCOMPARE(rows().size(), 1); // The script went no further.
    QCOMPARE(rows().constFirst().outcome, u"applied"_s);
    QVERIFY(rows().constFirst().message.isEmpty());
    QTRY_VERIFY(runs().constFirst().endedAt.isValid());
    QCOMPARE(stored(second, u"city"_s), other);
    QVERIFY(outcomeOf(m_rig->session->finishWrites(m_rig->session.get())).value()); // Nothing left.
}

void TestRunScript::stopsAtOnceWithWhatIsKnown()
{
    QVERIFY(inTheFirstWrite(scriptFault(FaultKind::SilenceAfterWork, "PATCH")));

    m_rig->session->stopWrites();

    QVERIFY(!m_rig->session->isWriting()); // All before the event loop turns again.
    QTRY_COMPARE(rows().constFirst().outcome, u"unknown"_s); // The journal's thread writes.
    QTRY_VERIFY(runs().constFirst().endedAt.isValid());
    QVERIFY(m_rig->session->journal().verify()->state != JournalState::Altered);
}

/// Before, write, and what the answer is made of: no fourth call.
void TestRunScript::provesAWriteByWhatTheConnectorRead()
{
    m_rig->server.clearLog();
    QVERIFY(run(u"connector.update('contact', '150000000001', {city: 'Atlantis'}); 1"_s));
    const QByteArray path = "/crm/objects/2026-09/contacts/" + first.toLatin1();
    QCOMPARE(m_rig->server.log().count("GET", path), 2);
    QCOMPARE(m_rig->server.log().count("PATCH", path), 1);
    QCOMPARE(rows().constFirst().outcome, u"applied"_s);

    // Where that reading fails, the write is proven by itself.
    practice::Fault broken = scriptFault(FaultKind::StatusJson, "GET", 403);
    broken.nth = 2;
    m_rig->server.addFault(broken);
    QVERIFY(!run(u"connector.update('contact', '150000000001', {city: 'Thule'}); 1"_s));
    QCOMPARE(rows().constFirst().outcome, u"applied"_s);
    QCOMPARE(rows().constFirst().cells.value(u"city"_s), (CellChange {u"Atlantis"_s, u"Thule"_s}));
}

void TestRunScript::sendsNothingWithoutAJournal()
{
    const QByteArray path = m_rig->folder.filePath(u"journal.sqlite"_s).toUtf8();
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(path.constData(), &other), SQLITE_OK);
    QCOMPARE(sqlite3_exec(other, "DROP TABLE head", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(other);
    const QString city = stored(first, u"city"_s);

    const auto outcome =
        run(u"connector.update('contact', '150000000001', {city: 'Atlantis'}); 1"_s);

    QVERIFY(!outcome);
    QVERIFY2(outcome.error().what.contains("journal"_L1), qPrintable(outcome.error().what));
    QCOMPARE(stored(first, u"city"_s), city);
}

HUBKEEPER_TEST(TestRunScript)
#include "tst_runscript.moc"
