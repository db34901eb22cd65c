// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Running reconciliations, links and configuration objects as real processes against a practice
/// IDM, with a real keychain.
class TestCliIdmRecon : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void runsComparesAndExports();
    void whatFailedIsAFinding();
    void refusesOverAThreshold_data();
    void refusesOverAThreshold();
    void computesThePreviewItself();
    void asksAsTheServerWants();
    void watchesCancelsAndRefusesASecond();
    void ctrlCLeavesTheRun();
    void takesIdsWithCommas();
    void repairsLinksByAReviewedPlan();
    void saysWhatAnObjectIsLinkedWith();
    void writesAndDeletesConfiguration();
    void whatItPrintsHasAShape();
    void wrongUse_data();
    void wrongUse();

private:
    [[nodiscard]] Ended idm(const QStringList &arguments) const;
    void setMode(const QString &mode) const;
    /// A preview that says that so many targets are deleted.
    [[nodiscard]] QString previewFile(int deletes, bool isComplete = true) const;
    [[nodiscard]] QString faultOf(const Ended &ended, const QString &schema) const;
    /// The practice IDM stops for so long after each object.
    void slowDown(int milliseconds) const;

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
};

namespace {

const QString mapping = u"managedUser_hubspotContactByMail"_s;

} // namespace

void TestCliIdmRecon::init()
{
    m_program = std::make_unique<Program>();
    m_practice =
        Practice::with(*m_program,
                       {u"--idm-port"_s, u"0"_s, u"--contacts"_s, u"60"_s, u"--companies"_s, u"2"_s,
                        u"--idm-users"_s, u"20"_s, u"--control"_s, u"--index-delay-ms"_s, u"0"_s,
                        u"--write-provisioner"_s, m_program->path(u"p.json"_s)});
    QVERIFY(m_practice->isServing());
    const Ended added =
        m_program->run({u"idm"_s, u"servers"_s, u"add"_s, u"Practice"_s,
                        m_practice->announced()["idm"_L1]["url"_L1].toString(), u"--kind"_s,
                        u"practice"_s, u"--mode"_s, u"free"_s, u"--secrets-stdin"_s},
                       R"({"password": "openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
}

void TestCliIdmRecon::cleanup()
{
    if (m_program)
        (void)idm({u"servers"_s, u"forget"_s, u"Practice"_s}); // The keychain is shared.
    m_practice.reset();
    m_program.reset();
}

Ended TestCliIdmRecon::idm(const QStringList &arguments) const
{
    return m_program->run(QStringList {u"idm"_s} + arguments);
}

void TestCliIdmRecon::setMode(const QString &mode) const
{
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, mode}).code, 0);
}

QString TestCliIdmRecon::previewFile(int deletes, bool isComplete) const
{
    QJsonArray written;
    for (int i = 0; i < deletes; ++i)
        written.append(QJsonObject {{u"object"_s, u"system/hubspot/contact/%1"_s.arg(i)},
                                    {u"collection"_s, u"system/hubspot/contact"_s},
                                    {u"change"_s, u"deleted"_s}});
    const QJsonObject preview {{u"version"_s, 1},           {u"mapping"_s, mapping},
                               {u"complete"_s, isComplete}, {u"state"_s, u"SUCCESS"_s},
                               {u"targets"_s, 100},         {u"entries"_s, QJsonArray()},
                               {u"written"_s, written}};
    return m_program->write(u"preview.json"_s, QJsonDocument(preview).toJson());
}

QString TestCliIdmRecon::faultOf(const Ended &ended, const QString &schema) const
{
    const QJsonDocument printed = QJsonDocument::fromJson(ended.out);
    const QJsonValue value =
        printed.isArray() ? QJsonValue(printed.array()) : QJsonValue(printed.object());
    return faultIn(value, m_program->run({u"schemas"_s, schema}).json());
}

void TestCliIdmRecon::slowDown(int milliseconds) const
{
    const QUrl url(m_practice->announced()["idm"_L1]["url"_L1].toString());
    const QByteArray body = R"({"reconPauseMs":)" + QByteArray::number(milliseconds) + "}";
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    socket.write("POST /practice/control HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                 "Content-Type: application/json\r\nX-Practice-Token: "
                 + m_practice->announced()["idm"_L1]["controlToken"_L1].toString().toLatin1()
                 + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray reply;
    while (socket.waitForReadyRead(5000))
        reply += socket.readAll();
    QVERIFY2(reply.startsWith("HTTP/1.1 200"), reply);
}

void TestCliIdmRecon::runsComparesAndExports()
{
    const QString out = m_program->path(u"entries.csv"_s);
    const Ended first = idm({u"recon"_s, mapping, u"--json"_s, u"--output"_s, out});
    QCOMPARE(first.code, 1); // The start state has objects that end as EXCEPTION.
    const QJsonObject result = first.json()["results"_L1].toArray().first().toObject();
    QCOMPARE(result["run"_L1]["state"_L1].toString(), u"SUCCESS"_s);
    QVERIFY(!result["good"_L1].toBool());
    QVERIFY(result["failed"_L1].toInteger() > result["run"_L1]["failures"_L1].toInteger());
    const QList<QByteArray> lines = m_program->content(u"entries.csv"_s).trimmed().split('\n');
    QCOMPARE(lines.size(), 1 + result["entries"_L1].toInteger());
    QVERIFY(lines.first().startsWith("reconciling,situation,action,status,failed,"));
    QCOMPARE(QFileInfo(out).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());

    // The same entries as a preview: nothing differs. Without one of them, one does.
    const QString run = result["run"_L1]["id"_L1].toString();
    QCOMPARE(idm({u"recon"_s, u"show"_s, run, u"--output"_s, m_program->path(u"e.jsonl"_s)}).code,
             1);
    QJsonArray entries;
    for (const QByteArray &line : m_program->content(u"e.jsonl"_s).trimmed().split('\n'))
        entries.append(QJsonDocument::fromJson(line).object());
    QCOMPARE(entries.size(), result["entries"_L1].toInteger());
    const auto compare = [&](const QJsonArray &expected) {
        const QJsonObject preview {{u"mapping"_s, mapping}, {u"entries"_s, expected}};
        const QString file = m_program->write(u"p2.json"_s, QJsonDocument(preview).toJson());
        return idm({u"recon"_s, u"show"_s, run, u"--preview"_s, file, u"--json"_s})
            .json()["comparison"_L1]["different"_L1]
            .toInt(-1);
    };
    QCOMPARE(compare(entries), 0);
    entries.removeFirst();
    QCOMPARE(compare(entries), 1);
}

void TestCliIdmRecon::whatFailedIsAFinding()
{
    const Ended run = idm({u"recon"_s, mapping});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.out.contains("The server says SUCCESS, but"), run.out);
    QVERIFY2(run.out.contains("AMBIGUOUS"), run.out);
    const Ended journal = m_program->run({u"journal"_s, u"list"_s, u"--all"_s, u"--json"_s});
    QCOMPARE(journal.list().size(), 1);
    const QString id = journal.list().first()["id"_L1].toString();
    const Ended rows =
        m_program->run({u"journal"_s, u"show"_s, m_program->path(u"p.json"_s), id, u"--json"_s});
    QCOMPARE(rows.list().first()["thing"_L1].toString(), u"reconciliation"_s);
    QVERIFY(rows.list().first()["message"_L1].toString().contains(u"failed"_s));
}

void TestCliIdmRecon::refusesOverAThreshold_data()
{
    QTest::addColumn<int>("deletes");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<QString>("most");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("over") << 6 << true << u"5"_s << true;
    QTest::newRow("over a share") << 6 << true << u"5%"_s << true;
    QTest::newRow("as many") << 5 << true << u"5%"_s << false;
    QTest::newRow("not complete") << 0 << false << u"5"_s << true;
    QTest::newRow("not complete, without a threshold") << 0 << false << QString() << true;
}

void TestCliIdmRecon::refusesOverAThreshold()
{
    QFETCH(const int, deletes);
    QFETCH(const bool, isComplete);
    QFETCH(const QString, most);
    QFETCH(const bool, isRefused);
    QStringList words {u"recon"_s, mapping, u"--preview"_s, previewFile(deletes, isComplete)};
    if (!most.isEmpty())
        words << u"--max-delete"_s << most;
    const Ended run = idm(words);
    QCOMPARE(run.code, isRefused ? 7 : 1);
    QCOMPARE(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().size(), isRefused ? 0 : 1);
}

/// --preview without a file: computed now, shown, held against thresholds, compared with the run.
void TestCliIdmRecon::computesThePreviewItself()
{
    const Ended refused = idm({u"recon"_s, mapping, u"--preview"_s, u"--max-create"_s, u"0"_s});
    QCOMPARE(refused.code, 7);
    QVERIFY2(refused.err.contains("CREATE"), refused.err);
    QVERIFY2(refused.out.contains("ABSENT"), refused.out); // It was shown.
    QCOMPARE(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().size(), 0);

    const Ended run = idm({u"recon"_s, mapping, u"--preview"_s, u"--json"_s});
    const QJsonObject result = run.json()["results"_L1].toArray().first().toObject();
    QVERIFY2(result.contains("comparison"_L1), run.out + run.err);
    QCOMPARE(result["comparison"_L1]["different"_L1].toInt(-1), 0);
    QVERIFY(result["comparison"_L1]["same"_L1].toInt() > 0);
}

void TestCliIdmRecon::asksAsTheServerWants()
{
    setMode(u"read-only"_s);
    QCOMPARE(idm({u"recon"_s, mapping, u"--yes"_s}).code, 7);
    setMode(u"confirm"_s);
    QCOMPARE(idm({u"recon"_s, mapping}).code, 7); // Nobody confirmed it.
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--kind"_s, u"production"_s}).code, 0);
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, u"confirm"_s,
                  u"--confirm-label"_s, u"Practice"_s})
                 .code,
             0);
    const Ended unnamed = idm({u"recon"_s, mapping, u"--yes"_s});
    QCOMPARE(unnamed.code, 7);
    QVERIFY2(unnamed.err.contains("--confirm-label \"Practice\""), unnamed.err);
    QVERIFY(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().isEmpty());
    QCOMPARE(idm({u"recon"_s, mapping, u"--yes"_s, u"--confirm-label"_s, u"Practice"_s}).code, 1);
    QCOMPARE(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().size(), 1);
}

void TestCliIdmRecon::watchesCancelsAndRefusesASecond()
{
    QCOMPARE(idm({u"watch"_s}).code, 1); // None works.
    slowDown(200);
    const Ended started = idm({u"recon"_s, mapping, u"--no-wait"_s, u"--json"_s});
    QCOMPARE(started.code, 0);
    const QString run = started.json()["started"_L1].toArray().first()["run"_L1].toString();
    const Ended second = idm({u"recon"_s, mapping});
    QCOMPARE(second.code, 6);
    QVERIFY2(second.err.contains(run.toUtf8()), second.err);
    const Ended stuck = idm({u"watch"_s, u"--patience"_s, u"0.01"_s, u"--timeout"_s, u"3"_s});
    QCOMPARE(stuck.code, 4); // It still works, and goes on.
    QVERIFY2(stuck.err.contains("goes on on the server"), stuck.err);
    const Ended ended = idm({u"watch"_s, u"--cancel"_s, u"--json"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.json()["run"_L1]["state"_L1].toString(), u"CANCELED"_s);
    QCOMPARE(ended.json()["run"_L1]["id"_L1].toString(), run);
    QCOMPARE(idm({u"watch"_s, run, u"--cancel"_s}).code, 6); // It is over.
}

void TestCliIdmRecon::ctrlCLeavesTheRun()
{
    slowDown(200);
    QProcess process;
    m_program->prepare(process, {u"idm"_s, u"recon"_s, mapping});
    process.setReadChannel(QProcess::StandardError);
    process.start();
    QByteArray said;
    while (!said.contains("Started as") && process.waitForReadyRead(20'000))
        said += process.readAllStandardError();
    ::kill(pid_t(process.processId()), SIGINT);
    const Ended ended = Program::ended(process);
    QCOMPARE(ended.code, 130);
    QVERIFY2((said + ended.err).contains("idm watch"), ended.err);
    const QJsonArray runs = idm({u"recon"_s, u"list"_s, u"--json"_s}).list();
    QCOMPARE(runs.first()["state"_L1].toString(), u"ACTIVE"_s);
    QCOMPARE(idm({u"watch"_s, u"--cancel"_s}).code, 1);
}

/// A list has no ids with commas.
void TestCliIdmRecon::takesIdsWithCommas()
{
    const Ended run = idm({u"recon"_s, u"--ids"_s, u" 101,, 102"_s, u"--id"_s, u"a,b"_s, u"--id"_s,
                           u" c"_s, mapping, u"--json"_s});
    QStringList ids;
    for (const QJsonValue &one : run.json()["started"_L1].toArray())
        ids.append(one["id"_L1].toString());
    QCOMPARE(ids, (QStringList {u"101"_s, u"102"_s, u"a,b"_s, u" c"_s}));
}

void TestCliIdmRecon::repairsLinksByAReviewedPlan()
{
    const Ended run = idm({u"recon"_s, mapping, u"--json"_s});
    const QString id = run.json()["started"_L1].toArray().first()["run"_L1].toString();
    const Ended listed = idm({u"links"_s, u"list"_s, mapping, u"--run"_s, id, u"--json"_s});
    QCOMPARE(listed.code, 1);
    const QJsonArray faulty = listed.json()["faulty"_L1].toArray();
    QStringList faults;
    for (const QJsonValue &one : faulty)
        faults.append(one["fault"_L1].toString());
    QVERIFY2(faults.contains(u"occupies"_s), qPrintable(faults.join(u',')));
    const int before = listed.json()["count"_L1].toInt();

    const QString plan = m_program->path(u"links.json"_s);
    QCOMPARE(idm({u"links"_s, u"repair"_s, mapping, u"--run"_s, id, u"--plan"_s, plan}).code, 0);
    const auto count = [&] {
        return idm({u"links"_s, u"list"_s, mapping, u"--json"_s}).json()["count"_L1].toInt();
    };
    QCOMPARE(count(), before); // Only planned.
    const Ended repaired = idm({u"links"_s, u"repair"_s, u"--apply"_s, plan, u"--json"_s});
    QVERIFY2(repaired.code == 0, repaired.out + repaired.err);
    QCOMPARE(repaired.json()["applied"_L1].toInt(), faulty.size());
    QCOMPARE(count(), before - faulty.size());
    QCOMPARE(idm({u"links"_s, u"repair"_s, u"--apply"_s, plan}).code, 6); // They are gone.

    const QString back = repaired.json()["rollbackFile"_L1].toString();
    QCOMPARE(idm({u"links"_s, u"restore"_s, back}).code, 0);
    QCOMPARE(count(), before);
    const Ended again = idm({u"links"_s, u"repair"_s, u"--apply"_s, plan, u"--json"_s});
    QCOMPARE(again.code, 0);
    const QString journalRun = again.json()["run"_L1].toString();
    m_practice->controlIdm({{u"faults"_s,
                             QJsonArray {QJsonObject {{u"kind"_s, u"status"_s},
                                                      {u"status"_s, 500},
                                                      {u"method"_s, u"PUT"_s},
                                                      {u"path"_s, u"repo/link"_s}}}}});
    const Ended inPart = idm({u"rollback"_s, journalRun});
    QCOMPARE(inPart.code, 5);
    QVERIFY2(!inPart.err.isEmpty(), "says why");
    QCOMPARE(count(), before - 1);
    const Ended undone = idm({u"rollback"_s, journalRun}); // The rest.
    QVERIFY2(undone.code == 0, undone.err);
    QCOMPARE(count(), before);
}

void TestCliIdmRecon::saysWhatAnObjectIsLinkedWith()
{
    const QJsonObject first = idm({u"links"_s, u"list"_s, mapping, u"--all"_s, u"--json"_s})
                                  .json()["links"_L1]
                                  .toArray()
                                  .first()
                                  .toObject();
    const QString user = first["firstId"_L1].toString();
    const QString contact = first["secondId"_L1].toString();
    const auto of = [&](const QString &object) {
        return idm({u"links"_s, u"of"_s, object, u"--json"_s});
    };
    const Ended fromContact = of(u"system/*/contact/"_s + contact);
    QCOMPARE(faultOf(fromContact, u"idm-links-of"_s), QString());
    const QJsonObject links = fromContact.list().first().toObject();
    QCOMPARE(links["collection"_L1].toString(), u"system/hubspot/contact"_s);
    QCOMPARE(links["linked"_L1].toArray().first()["id"_L1].toString(), user);
    QVERIFY(of(u"managed/user/"_s + user).out.contains(contact.toUtf8()));
    QCOMPARE(of(u"managed/user/nobody"_s).code, 1); // Linked with nothing.
    QCOMPARE(of(u"system/hubspot/contact"_s).code, 2);
}

void TestCliIdmRecon::writesAndDeletesConfiguration()
{
    const QString sync = m_program->path(u"sync.json"_s);
    QCOMPARE(idm({u"get"_s, u"sync"_s, u"--output"_s, sync}).code, 0);
    QJsonObject object = QJsonDocument::fromJson(m_program->content(u"sync.json"_s)).object();
    QJsonArray mappings = object["mappings"_L1].toArray();
    QJsonObject changed = mappings.first().toObject();
    changed.insert(u"enableSync"_s, false);
    mappings.replace(0, changed);
    object.insert(u"mappings"_s, mappings);
    const QString mine = m_program->write(u"mine.json"_s, QJsonDocument(object).toJson());

    QCOMPARE(idm({u"put"_s, u"sync"_s, mine, u"--dry-run"_s}).code, 0);
    const auto first = [&] {
        return idm({u"get"_s, u"sync"_s}).json()["mappings"_L1].toArray().first().toObject();
    };
    QVERIFY(first().value("enableSync"_L1).isUndefined()); // It was dry.
    const Ended put = idm({u"put"_s, u"sync"_s, mine, u"--base"_s, sync, u"--json"_s});
    QVERIFY2(put.code == 0, put.out + put.err);
    QVERIFY(QFileInfo(put.json()["written"_L1]["rollbackFile"_L1].toString()).isFile());
    QCOMPARE(first().value("enableSync"_L1), QJsonValue(false));
    QCOMPARE(idm({u"put"_s, u"sync"_s, mine, u"--base"_s, sync}).code, 6); // The base is old.
    QCOMPARE(idm({u"put"_s, u"sync"_s, mine}).code, 0); // Nothing to do.

    changed.insert(u"links"_s, u"nothing"_s);
    mappings.replace(0, changed);
    object.insert(u"mappings"_s, mappings);
    const QString bad = m_program->write(u"bad.json"_s, QJsonDocument(object).toJson());
    QCOMPARE(idm({u"put"_s, u"sync"_s, bad}).code, 7);

    QCOMPARE(idm({u"delete"_s, u"sync"_s}).code, 7); // Asked in every mode.
    QCOMPARE(idm({u"delete"_s, u"sync"_s, u"--yes"_s}).code, 0);
    QCOMPARE(idm({u"get"_s, u"sync"_s}).code, 1);
    QCOMPARE(idm({u"delete"_s, u"sync"_s, u"--yes"_s}).code, 1);
}

void TestCliIdmRecon::whatItPrintsHasAShape()
{
    const auto check = [&](const QString &schema, const QStringList &arguments) {
        const Ended ended = idm(arguments + QStringList {u"--json"_s});
        QVERIFY2(!ended.out.isEmpty(), ended.err);
        QCOMPARE(faultOf(ended, schema), QString());
    };
    const Ended run = idm({u"recon"_s, mapping, u"--preview"_s, previewFile(1), u"--json"_s});
    QCOMPARE(faultOf(run, u"idm-recon"_s), QString());
    const QString id = run.json()["started"_L1].toArray().first()["run"_L1].toString();
    check(u"idm-recon-list"_s, {u"recon"_s, u"list"_s});
    check(u"idm-recon-show"_s, {u"recon"_s, u"show"_s, id, u"--preview"_s, previewFile(1)});
    check(u"idm-recon-show"_s, {u"watch"_s, id});
    check(u"idm-links"_s, {u"links"_s, u"list"_s, mapping, u"--all"_s});
    check(u"idm-links-repair"_s, {u"links"_s, u"repair"_s, mapping, u"--dry-run"_s});
    check(u"idm-links-repair"_s, {u"links"_s, u"repair"_s, mapping, u"--yes"_s});
    const QString file = m_program->write(u"o.json"_s, R"({"a":1})");
    check(u"idm-put"_s, {u"put"_s, u"ui/practice"_s, file});
    check(u"idm-put"_s, {u"delete"_s, u"ui/practice"_s, u"--yes"_s});
}

void TestCliIdmRecon::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no mapping") << QStringList {u"recon"_s} << 2;
    QTest::newRow("a mapping that is not there") << QStringList {u"recon"_s, u"nothing"_s} << 6;
    QTest::newRow("a threshold without a preview")
        << QStringList {u"recon"_s, mapping, u"--max-delete"_s, u"5"_s} << 2;
    QTest::newRow("not a preview")
        << QStringList {u"recon"_s, mapping, u"--preview"_s, u"p.json"_s} << 2;
    QTest::newRow("a run that nobody knows") << QStringList {u"recon"_s, u"show"_s, u"x"_s} << 1;
    QTest::newRow("neither csv nor jsonl")
        << QStringList {u"recon"_s, mapping, u"--output"_s, u"e.xlsx"_s} << 2;
    QTest::newRow("neither mapping nor plan") << QStringList {u"links"_s, u"repair"_s} << 2;
    QTest::newRow("links of nothing") << QStringList {u"links"_s, u"list"_s, u"nothing"_s} << 1;
    QTest::newRow("not a plan") << QStringList {u"links"_s, u"restore"_s, u"p.json"_s} << 2;
    QTest::newRow("three parts") << QStringList {u"put"_s, u"a/b/c"_s, u"p.json"_s} << 2;
}

void TestCliIdmRecon::wrongUse()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    const Ended ended = idm(arguments);
    QVERIFY2(ended.code == code, ended.err + QByteArray::number(ended.code));
    QVERIFY(!ended.err.isEmpty());
    QVERIFY(idm({u"recon"_s, u"list"_s, u"--json"_s}).list().isEmpty());
}

HUBKEEPER_TEST(TestCliIdmRecon)
#include "tst_cliidmrecon.moc"
