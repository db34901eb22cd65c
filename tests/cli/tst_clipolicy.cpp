// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/policyinplace.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString policyContact = u"150000000001"_s;

/// The program, a practice portal with an IDM beside it, both known as sandboxes, which the policy
/// file is for.
struct Rig
{
    Program program;
    std::unique_ptr<Practice> practice;
    QString file;

    explicit Rig(bool hasKeychain = false)
    {
        if (!hasKeychain)
            program.withoutKeychain();
        practice = std::make_unique<Practice>(program, QStringList {u"--idm-port"_s, u"0"_s});
        file = program.path(u"p.json"_s);
        setKind(u"sandbox"_s);
    }
    [[nodiscard]] Ended run(const QStringList &arguments) const { return program.run(arguments); }
    void setKind(const QString &kind) const
    {
        QCOMPARE(
            run({u"connections"_s, u"set"_s, file, u"--kind"_s, kind, u"--mode"_s, u"free"_s}).code,
            0);
    }
    [[nodiscard]] QByteArray portal() const
    {
        return QByteArray::number(practice->announced()["portalId"_L1].toInteger());
    }
    [[nodiscard]] bool reads() const
    {
        return run({u"get"_s, file, u"contact"_s, policyContact, u"--json"_s}).code == 0;
    }
    [[nodiscard]] QString savedSet() const
    {
        const QString path = program.path(u"set.jsonl"_s);
        const Ended dry =
            run({u"script"_s, file, u"--source"_s,
                 u"connector.update('contact', '%1', {city: 'Thun'})"_s.arg(policyContact),
                 u"--dry-run"_s, u"--save-changes"_s, path});
        return dry.code == 0 ? path : QString();
    }
    /// Everything that writes to a portal, by name.
    [[nodiscard]] QList<std::pair<QString, QStringList>> writes() const
    {
        return {
            {u"update"_s,
             {u"update"_s, file, u"contact"_s, policyContact, u"--set"_s, u"city=Bern"_s,
              u"--yes"_s}},
            {u"create"_s,
             {u"create"_s, file, u"contact"_s, u"--set"_s, u"email=x@example.com"_s, u"--yes"_s}},
            {u"delete"_s, {u"delete"_s, file, u"contact"_s, policyContact, u"--yes"_s}},
            {u"property"_s,
             {u"create"_s, file, u"contactProperties"_s, u"--set"_s, u"name=shoe"_s, u"--set"_s,
              u"label=Shoe"_s, u"--set"_s, u"groupName=contactinformation"_s, u"--set"_s,
              u"type=string"_s, u"--set"_s, u"fieldType=text"_s, u"--yes"_s}},
            {u"script"_s,
             {u"script"_s, file, u"--source"_s,
              u"connector.update('contact', '%1', {city: 'Bern'})"_s.arg(policyContact),
              u"--yes"_s}},
            {u"changes"_s,
             {u"changes"_s, u"apply"_s, file, program.path(u"set.jsonl"_s), u"--yes"_s}},
        };
    }
};

} // namespace

/// The administrator's policy file, obeyed by the command line at every door that writes.
class TestCliPolicy : public QObject
{
    Q_OBJECT

private slots:
    void everyWriteIsRefused_data();
    void everyWriteIsRefused();
    void revertsAreRefused();
    void practiceIsExempt();
    void limitsCount();
    void serversAreGuarded_data();
    void serversAreGuarded();
    void showsTheRules();
    void checksADraft_data();
    void checksADraft();
};

void TestCliPolicy::everyWriteIsRefused_data()
{
    QTest::addColumn<QByteArray>("members"); // Empty: damaged. %1 is the portal.
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("read-only") << QByteArray("\"portals\": [{\"mode\": \"read-only\"}]")
                               << QByteArray("portals[0].mode, line 2");
    QTest::newRow("read-only for this portal")
        << QByteArray("\"portals\": [{\"ids\": [%1], \"mode\": \"read-only\"}]")
        << QByteArray("portals[0].mode, line 2");
    QTest::newRow("another portal is allowed")
        << QByteArray("\"allowedPortals\": [1]") << QByteArray("allowedPortals, line 2");
    QTest::newRow("damaged") << QByteArray() << QByteArray("is damaged: line 2");
    QTest::newRow("unsigned") << QByteArray(
        R"("portals": [{"signatures": 1}], "trustedKeys": [{"name": "N", "key":
                      "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=", "accounts": ["n"]}])")
                              << QByteArray("portals[0].signatures, line 2");
}

void TestCliPolicy::everyWriteIsRefused()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, says);
    PolicyInPlace::remove();
    Rig rig;
    QVERIFY(!rig.savedSet().isEmpty());
    QVERIFY(members.isEmpty() ? policy.set("{\n\"masking\": oops}")
                              : policy.setMembers(members.replace("%1", rig.portal())));
    const QString patches = u"PATCH "_s;
    for (const auto &[name, arguments] : rig.writes()) {
        rig.practice->control({{u"clearRequests"_s, true}});
        const Ended refused = rig.run(arguments);
        QVERIFY2(refused.code == 7, (name.toUtf8() + ": " + refused.err).constData());
        QVERIFY2(refused.err.contains("/etc/hubkeeper/policy.json"),
                 (name.toUtf8() + ": " + refused.err).constData());
        QVERIFY2(refused.err.contains(says), (name.toUtf8() + ": " + refused.err).constData());
        const QJsonObject counts = rig.practice->requests()["counts"_L1].toObject();
        for (auto call = counts.begin(); call != counts.end(); ++call) {
            QVERIFY2(!call.key().startsWith(patches) && !call.key().startsWith(u"DELETE"_s)
                         && !call.key().endsWith(u"/create"_s) && !call.key().endsWith(u"/update"_s)
                         && !call.key().endsWith(u"/archive"_s),
                     qPrintable(name + u": "_s + call.key()));
        }
    }
    QVERIFY(rig.reads());
}

void TestCliPolicy::revertsAreRefused()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    PolicyInPlace::remove();
    Rig rig;
    const Ended sent =
        rig.run({u"changes"_s, u"apply"_s, rig.file, rig.savedSet(), u"--yes"_s, u"--json"_s});
    QCOMPARE(sent.code, 0);
    QVERIFY(policy.setMembers("\"portals\": [{\"mode\": \"read-only\"}]"));
    const Ended refused = rig.run(
        {u"journal"_s, u"revert"_s, rig.file, sent.json()["run"_L1].toString(), u"--yes"_s});
    QVERIFY2(refused.code == 7, refused.err);
    QVERIFY2(refused.err.contains("portals[0].mode"), refused.err);
}

void TestCliPolicy::practiceIsExempt()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    PolicyInPlace::remove();
    Rig rig;
    QVERIFY(policy.set("{ damaged"));
    const QStringList update {u"update"_s,   rig.file,   u"contact"_s,
                              policyContact, u"--set"_s, u"city=Bern"_s};
    QCOMPARE(rig.run(update).code, 7);
    rig.setKind(u"practice"_s);
    const Ended done = rig.run(update);
    QVERIFY2(done.code == 0, done.err);
}

void TestCliPolicy::limitsCount()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    PolicyInPlace::remove();
    Rig rig;
    const auto sets = [&](const QByteArray &members) {
        return policy.setMembers("\"contact\": \"the desk\", \"portals\": [{" + members + "}]");
    };
    const QString set = rig.program.path(u"two.jsonl"_s);
    const QString script = u"connector.update('contact', '150000000001', {city: 'Thun'});"
                           "connector.update('contact', '150000000002', {city: 'Thun'})"_s;
    QCOMPARE(rig.run({u"script"_s, rig.file, u"--source"_s, script, u"--dry-run"_s,
                      u"--save-changes"_s, set})
                 .code,
             0);
    const QStringList apply {u"changes"_s, u"apply"_s, rig.file, set, u"--yes"_s};
    const std::pair<QByteArray, QByteArray> cases[] = {
        {"\"mostRows\": 1", "would write 2 records; /etc/hubkeeper/policy.json allows 1"},
        {"\"mostPercent\": 1", "allows 1 %"},
        {"\"protectedProperties\": [\"CITY\"]", "protects the property city"},
    };
    for (const auto &[members, says] : cases) {
        QVERIFY(sets(members));
        const Ended refused = rig.run(apply);
        QCOMPARE(refused.code, 7);
        QVERIFY2(refused.err.contains(says) && refused.err.contains("the desk"), refused.err);
    }
    QVERIFY(sets("\"archiving\": false"));
    const Ended archive = rig.run({u"delete"_s, rig.file, u"contact"_s, policyContact, u"--yes"_s});
    QCOMPARE(archive.code, 7);
    QVERIFY2(archive.err.contains("portals[0].archiving"), archive.err);
    QVERIFY(sets("\"mode\": \"confirm\"")); // The connection's own is free.
    QStringList unasked = apply;
    unasked.removeLast();
    QCOMPARE(rig.run(unasked).code, 7);
    const Ended done = rig.run(apply);
    QVERIFY2(done.code == 0, done.err);
}

void TestCliPolicy::serversAreGuarded_data()
{
    QTest::addColumn<QByteArray>("members"); // Empty: damaged.
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("says"); // Empty: it is written.
    QTest::newRow("read-only") << QByteArray("\"servers\": [{\"mode\": \"read-only\"}]")
                               << u"sandbox"_s << QByteArray("servers[0].mode, line 2");
    QTest::newRow("another server is allowed")
        << QByteArray("\"allowedServers\": [\"https://idm.example.com\"]") << u"sandbox"_s
        << QByteArray("allowedServers, line 2");
    QTest::newRow("damaged") << QByteArray() << u"sandbox"_s << QByteArray("damaged");
    QTest::newRow("looser") << QByteArray("\"servers\": [{\"mode\": \"free\"}]") << u"sandbox"_s
                            << QByteArray();
    QTest::newRow("practice") << QByteArray() << u"practice"_s << QByteArray();
}

void TestCliPolicy::serversAreGuarded()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    QFETCH(QByteArray, members);
    QFETCH(QString, kind);
    QFETCH(QByteArray, says);
    PolicyInPlace::remove();
    Rig rig(true);
    const QString address = rig.practice->announced()["idm"_L1]["url"_L1].toString();
    QVERIFY(!address.isEmpty());
    const Ended added =
        rig.program.run({u"idm"_s, u"servers"_s, u"add"_s, u"Rig"_s, address, u"--kind"_s, kind,
                         u"--mode"_s, u"free"_s, u"--secrets-stdin"_s},
                        R"({"password": "openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
    QVERIFY(members.isEmpty() ? policy.set("{ damaged") : policy.setMembers(members));
    rig.program.write(u"object.json"_s, R"({"_id": "some/thing", "value": 1})");
    const QStringList common {u"--server"_s, u"Rig"_s, u"--yes"_s};
    const Ended put = rig.run(
        QStringList {u"idm"_s, u"put"_s, u"some/thing"_s, rig.program.path(u"object.json"_s)}
        + common);
    const Ended recon = rig.run(
        QStringList {u"idm"_s, u"recon"_s, u"managedUser_hubspotContactByMail"_s, u"--no-wait"_s}
        + common);
    (void)rig.run({u"idm"_s, u"servers"_s, u"forget"_s, u"Rig"_s}); // The keychain is shared.
    if (says.isEmpty()) {
        QVERIFY2(put.code == 0, put.err);
        return;
    }
    for (const Ended &refused : {put, recon}) {
        QVERIFY2(refused.code == 7, refused.err);
        QVERIFY2(refused.err.contains(says), refused.err);
        QVERIFY2(refused.err.contains("/etc/hubkeeper/policy.json"), refused.err);
    }
}

void TestCliPolicy::showsTheRules()
{
    HUBKEEPER_NEEDS_POLICY("tst_clipolicy");
    Program program;
    const Ended none = program.run({u"policy"_s, u"show"_s, u"--json"_s});
    QCOMPARE(none.code, 0);
    QCOMPARE(none.json()["present"_L1].toBool(), false);
    QVERIFY(policy.setMembers("\"masking\": true, \"portals\": [{\"mostRows\": 7}]"));
    const Ended shown = program.run({u"policy"_s, u"show"_s, u"--json"_s});
    QCOMPARE(shown.code, 0);
    QCOMPARE(shown.json()["portals"_L1][0]["mostRows"_L1].toInt(), 7);
    QCOMPARE(shown.json()["masking"_L1].toBool(), true);
    const Ended text = program.run({u"policy"_s, u"show"_s});
    QVERIFY2(text.out.contains("All portals: most records in one run: 7"), text.out);
    program.set(u"HUBKEEPER_POLICY"_s, u"/nonexistent"_s); // No variable moves it.
    QCOMPARE(program.run({u"policy"_s, u"show"_s, u"--json"_s}).json()["path"_L1].toString(),
             PolicyInPlace::path());
    QCOMPARE(QProcess::execute(u"chmod"_s, {u"666"_s, PolicyInPlace::path()}), 0);
    const Ended open = program.run({u"policy"_s, u"show"_s});
    QCOMPARE(open.code, 7);
    QVERIFY2(open.err.contains("others than root can write"), open.err);
}

void TestCliPolicy::checksADraft_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("good") << QByteArray("{\"format\": \"hubkeeper-policy\", \"version\": 1}") << 0
                          << QByteArray("Good");
    QTest::newRow("faults") << QByteArray(
        "{\"format\": \"hubkeeper-policy\",\n\"version\": 1, \"x\": 1}")
                            << 1 << QByteArray("draft.json:2:15: \"x\" is not known");
}

void TestCliPolicy::checksADraft()
{
    QFETCH(QByteArray, content);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    Program program;
    program.write(u"draft.json"_s, content);
    const Ended checked = program.run({u"policy"_s, u"check"_s, u"draft.json"_s});
    QCOMPARE(checked.code, code);
    QVERIFY2((checked.out + checked.err).contains(says), checked.out + checked.err);
    const Ended json = program.run({u"policy"_s, u"check"_s, u"draft.json"_s, u"--json"_s});
    QCOMPARE(json.code, code);
    QCOMPARE(json.json()["valid"_L1].toBool(), code == 0);
    QCOMPARE(json.json()["faults"_L1].toArray().isEmpty(), code == 0);
    QCOMPARE(program.run({u"policy"_s, u"check"_s, u"gone.json"_s}).code, 2);
}

HUBKEEPER_TEST(TestCliPolicy)
#include "tst_clipolicy.moc"
