// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/policyinplace.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString signedContact = u"150000000001"_s;

} // namespace

/// Keys and signatures on the command line, with a real keychain (with-keyring.sh).
class TestCliSigning : public QObject
{
    Q_OBJECT

private slots:
    void keysAreMadeAndForgotten();
    void nothingIsKeptWithoutAKeychain();
    void signsWhatOthersSaved();
    void signedSetsAreApplied();
};

void TestCliSigning::keysAreMadeAndForgotten()
{
    const Program program;
    const Ended none = program.run({u"changes"_s, u"keys"_s, u"show-public"_s});
    QCOMPARE(none.code, 1);
    const Ended made = program.run({u"changes"_s, u"keys"_s, u"create"_s, u"desk"_s, u"--json"_s});
    QVERIFY2(made.code == 0, made.err);
    const QByteArray key = made.json()["key"_L1].toString().toLatin1();
    QCOMPARE(QByteArray::fromBase64(key).size(), 32);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"create"_s, u"DESK"_s}).code, 6);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"show-public"_s}).out.trimmed(), key);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"create"_s, u"other"_s}).code, 0);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"show-public"_s}).code, 2); // Which?
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"list"_s, u"--json"_s}).list().size(), 2);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"forget"_s, u"other"_s}).code, 7);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"forget"_s, u"other"_s, u"--yes"_s}).code, 0);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"list"_s, u"--json"_s}).list().size(), 1);
    // The file has nothing that is secret: the public key and names.
    const QByteArray kept = program.content(u"config/hubkeeper/signing-keys.json"_s);
    const QJsonObject entry = QJsonDocument::fromJson(kept).object()["keys"_L1][0].toObject();
    QCOMPARE(entry.keys(), (QStringList {u"created"_s, u"id"_s, u"key"_s, u"name"_s}));
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"forget"_s, u"desk"_s, u"--yes"_s}).code, 0);
}

void TestCliSigning::nothingIsKeptWithoutAKeychain()
{
    Program program;
    program.withoutKeychain();
    const Ended refused = program.run({u"changes"_s, u"keys"_s, u"create"_s, u"desk"_s});
    QCOMPARE(refused.code, 3);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"list"_s, u"--json"_s}).list().size(), 0);
}

void TestCliSigning::signsWhatOthersSaved()
{
    const Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QString set = program.path(u"set.jsonl"_s);
    const Ended dry =
        program.run({u"script"_s, program.path(u"p.json"_s), u"--source"_s,
                     u"connector.update('contact', '%1', {city: 'Thun'})"_s.arg(signedContact),
                     u"--dry-run"_s, u"--save-changes"_s, set});
    QVERIFY2(dry.code == 0, dry.err);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"create"_s}).code, 0);
    const Ended own = program.run({u"changes"_s, u"sign"_s, set});
    QCOMPARE(own.code, 7);
    QVERIFY2(own.err.contains("saved this change set yourself"), own.err);

    QByteArray lines = program.content(u"set.jsonl"_s);
    lines.replace(0, lines.indexOf("\",\"connection\""), "{\"author\":\"the-author");
    program.write(u"set.jsonl"_s, lines);
    const Ended made = program.run({u"changes"_s, u"sign"_s, set, u"--json"_s});
    QVERIFY2(made.code == 0, made.err);
    QCOMPARE(made.json()["signatures"_L1].toInt(), 1);
    QVERIFY(program.content(u"set.jsonl"_s).startsWith(lines));
    QCOMPARE(program.run({u"changes"_s, u"sign"_s, set}).code, 6); // Twice.
    // Without a policy file nobody is trusted.
    const Ended verified = program.run({u"changes"_s, u"verify"_s, set, u"--json"_s});
    QCOMPARE(verified.code, 1);
    QCOMPARE(verified.json()["signatures"_L1][0]["worth"_L1].toString(), u"notTrusted"_s);
    program.write(u"set.jsonl"_s,
                  lines.replace("Thun", "Bern") + program.content(u"set.jsonl"_s).split('\n').at(2)
                      + '\n');
    QCOMPARE(program.run({u"changes"_s, u"verify"_s, set, u"--json"_s})
                 .json()["signatures"_L1][0]["worth"_L1]
                 .toString(),
             u"broken"_s);
    QCOMPARE(program.run({u"changes"_s, u"format"_s, set, u"--check"_s}).code, 0);
    QCOMPARE(program.run({u"changes"_s, u"keys"_s, u"forget"_s, u"--yes"_s}).code, 0);
}

void TestCliSigning::signedSetsAreApplied()
{
    HUBKEEPER_NEEDS_POLICY("tst_clisigning");
    Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QString file = program.path(u"p.json"_s);
    const QString set = program.path(u"set.jsonl"_s);
    QCOMPARE(program
                 .run({u"connections"_s, u"set"_s, file, u"--kind"_s, u"sandbox"_s, u"--mode"_s,
                       u"free"_s})
                 .code,
             0);
    const Ended dry =
        program.run({u"script"_s, file, u"--source"_s,
                     u"connector.update('contact', '%1', {city: 'Thun'})"_s.arg(signedContact),
                     u"--dry-run"_s, u"--save-changes"_s, set});
    QVERIFY2(dry.code == 0, dry.err);
    QByteArray lines = program.content(u"set.jsonl"_s);
    lines.replace(0, lines.indexOf("\",\"connection\""), "{\"author\":\"the-author");
    program.write(u"set.jsonl"_s, lines);
    const Ended made = program.run({u"changes"_s, u"keys"_s, u"create"_s, u"desk"_s, u"--json"_s});
    QVERIFY2(made.code == 0, made.err);
    const QByteArray key = made.json()["key"_L1].toString().toLatin1();
    const auto demand = [&](const QByteArray &account) {
        return policy.setMembers(
            R"("portals": [{"signatures": 1}], "trustedKeys": [{"name": "Desk",)"
            R"( "key": ")"
            + key + R"(", "accounts": [")" + account + R"("]}])");
    };
    QVERIFY(demand("somebody"));
    const QStringList apply {u"changes"_s, u"apply"_s, file, set, u"--yes"_s, u"--json"_s};
    const Ended bare = program.run(apply);
    QCOMPARE(bare.code, 7);
    QVERIFY2(bare.out.contains("signed"), bare.out);
    QCOMPARE(program.run({u"changes"_s, u"check"_s, file, set}).code, 0); // It sends nothing.

    QCOMPARE(program.run({u"changes"_s, u"sign"_s, set}).code, 0);
    program.withoutKeychain(); // From here on nobody needs one.
    QCOMPARE(program.run({u"changes"_s, u"verify"_s, set}).code, 0);
    QVERIFY(demand("the-author"));
    QCOMPARE(program.run({u"changes"_s, u"verify"_s, set}).code, 1);
    QCOMPARE(program.run(apply).code, 7);
    QVERIFY(demand("root")); // Who applies.
    QCOMPARE(program.run(apply).code, 7);
    QVERIFY(demand("somebody"));
    const QByteArray signedLines = program.content(u"set.jsonl"_s);
    program.write(u"set.jsonl"_s, QByteArray(signedLines).replace("Thun", "Bern"));
    const Ended edited = program.run(apply);
    QCOMPARE(edited.code, 7);
    QVERIFY2(edited.out.contains("changed after it was signed"), edited.out);
    program.write(u"set.jsonl"_s, signedLines);
    const Ended sent = program.run(apply);
    QVERIFY2(sent.code == 0, sent.out + sent.err);
    QCOMPARE(sent.json()["applied"_L1].toInt(), 1);
}

HUBKEEPER_TEST(TestCliSigning)
#include "tst_clisigning.moc"
