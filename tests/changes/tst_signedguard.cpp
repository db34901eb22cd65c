// SPDX-License-Identifier: MIT
#include "changes/run/associationplan.h"
#include "changes/set/signedstate.h"
#include "policy/account.h"
#include "practicerunrig.h"
#include "samplerecords.h"
#include "signedfile.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What of a change set that came from a signed file may be sent where the policy file demands it.
class TestSignedGuard : public QObject
{
    Q_OBJECT

private slots:
    void guardWantsWhatWasSigned_data();
    void guardWantsWhatWasSigned();
    void guardWantsTrustedKeys();
    void progressOfARunIsNoEdit();
    void isKeptWithTheChanges();
    void newRecordsAndTheirLinksGo();
    void nothingElseIsSent();
};

void TestSignedGuard::guardWantsWhatWasSigned_data()
{
    QTest::addColumn<int>("edit");
    QTest::addColumn<QString>("says"); // Empty: it may be sent.
    QTest::newRow("as signed") << 0 << u""_s;
    QTest::newRow("another text") << 1 << u"is not as it was signed"_s;
    QTest::newRow("another cell") << 2 << u"is not as it was signed"_s;
    QTest::newRow("another record") << 3 << u"is not as it was signed"_s;
    QTest::newRow("taken back and forth") << 4 << u""_s;
    QTest::newRow("not from a file") << 5 << u"do not come from a signed file"_s;
    QTest::newRow("left out and taken in") << 6 << u""_s;
}

void TestSignedGuard::guardWantsWhatWasSigned()
{
    QFETCH(int, edit);
    QFETCH(QString, says);
    const SignedFile file;
    QVERIFY(file.sign(file.key));
    const auto read = readChangesFile(file.path);
    QVERIFY(read);
    ChangeSet changes;
    (void)outcomeOf(changes.addFile(*read, Adding::Merge, {}, &changes));
    Record first;
    first.id = u"1"_s;
    if (edit == 1 || edit == 4)
        changes.setText(contacts, first, {}, u"firstname"_s, u"other"_s);
    if (edit == 2)
        changes.setText(contacts, first, {}, u"phone"_s, u"1"_s);
    if (edit == 3)
        changes.setText(contacts, other(u"3"_s), {}, u"firstname"_s, u"x"_s);
    if (edit == 4)
        changes.undo();
    if (edit == 5)
        changes.setSignedAs(nullptr);
    if (edit == 6) {
        const std::vector<qint64> rows {changes.index().at(0).sequence};
        changes.setExcluded(rows, true);
        QVERIFY(!outcomeOf(compareWithSigned(changes, &changes))->value().isUnmodified());
        changes.setExcluded(rows, false);
    }
    const QString said = refusalToSend(changes, demanding(file.key));
    QVERIFY2(says.isEmpty() ? said.isEmpty() : said.contains(says), qUtf8Printable(said));
    if (!says.isEmpty())
        QVERIFY2(said.contains(u"/p.json"_s) && said.contains(u"(portals[0].signatures, line 4)"_s),
                 qUtf8Printable(said));

    const auto state = outcomeOf(compareWithSigned(changes, &changes));
    QVERIFY(state);
    QCOMPARE(state->value().isUnmodified(), says.isEmpty());
    changes.revertRow(contacts, u"2"_s);
    const auto without = outcomeOf(compareWithSigned(changes, &changes));
    QVERIFY(!without->value().isUnmodified());
    QVERIFY(!without->value().sentence().isEmpty());
}

void TestSignedGuard::guardWantsTrustedKeys()
{
    const SignedFile file;
    QVERIFY(file.sign(file.key));
    const auto read = readChangesFile(file.path);
    ChangeSet changes;
    (void)outcomeOf(changes.addFile(*read, Adding::Merge, {}, &changes));
    WritePolicy policy = demanding(file.key);
    QCOMPARE(refusalToSend(changes, policy), QString());

    QVERIFY(refusalToSend(changes, demanding(newSignerKey())).contains(u"does not name"_s));
    QVERIFY(refusalToSend(changes, demanding(file.key, 2)).contains(u"Signed by Signer"_s));
    policy.limits.portal = signedPortal + 1;
    QVERIFY(refusalToSend(changes, policy).contains(u"for the portal 4711"_s));
    policy = demanding(file.key);
    policy.limits.trustedKeys[0].accounts = {u"the-author"_s};
    QVERIFY(refusalToSend(changes, policy).contains(u"the signer is the author"_s));
    policy.limits.trustedKeys[0].accounts = {accountName()};
    QVERIFY(refusalToSend(changes, policy).contains(u"another person"_s));
    policy = demanding(file.key);
    QVERIFY(
        refusalToSend(changes, policy, {true, true, false}).contains(u"one by one"_s)); // A script.
    QCOMPARE(refusalToSend(changes, demanding(newSignerKey()), {true, true, true, false}),
             QString()); // A dry run sends nothing.
}

/// What a run notes in the rows, and taking out what was applied, voids nothing.
void TestSignedGuard::progressOfARunIsNoEdit()
{
    RowChange create = signedRow(u"new-1"_s, u"made"_s);
    create.kind = ChangeKind::Create;
    create.basedOn = {};
    const SignedFile file(changesToLines(signedHeader(),
                                         {create, signedRow(u"1"_s, u"one"_s),
                                          signedRow(u"2"_s, u"two"_s), signedRow(u"3"_s, u"3"_s)}));
    QVERIFY(file.sign(file.key));
    const auto read = readChangesFile(file.path);
    ChangeSet changes;
    (void)outcomeOf(changes.addFile(*read, Adding::Merge, {}, &changes));
    changes.setSentAt(contacts, u"new-1"_s, QDateTime::currentDateTimeUtc());
    changes.setWritten(contacts, u"new-1"_s, u"99"_s);
    changes.setState(contacts, u"new-1"_s, RowState::Applied);
    changes.setState(contacts, u"1"_s, RowState::Failed, Error {});
    changes.setState(contacts, u"2"_s, RowState::Conflicting, {}, {{u"firstname"_s, u"x"_s}});
    QCOMPARE(refusalToSend(changes, demanding(file.key)), QString());
    changes.removeApplied();
    QCOMPARE(changes.count(), 3);
    QVERIFY(outcomeOf(compareWithSigned(changes, &changes))->value().isUnmodified());
    QCOMPARE(refusalToSend(changes, demanding(file.key)), QString());
    changes.rebase(contacts, u"2"_s); // Somebody decided something.
    QVERIFY(!refusalToSend(changes, demanding(file.key)).isEmpty());
}

void TestSignedGuard::isKeptWithTheChanges()
{
    const SignedFile file;
    QVERIFY(file.sign(file.key));
    const auto read = readChangesFile(file.path);
    const QString store = file.folder.filePath(u"c.sqlite"_s);
    {
        ChangeSet changes;
        changes.keepIn(outcomeOf(ChangeStore::open(store, read->binding(), &changes))->value());
        (void)outcomeOf(changes.addFile(*read, Adding::Merge, {}, &changes));
        QVERIFY(outcomeOf(changes.flush(&changes))->has_value());
    }
    ChangeSet again;
    again.keepIn(outcomeOf(ChangeStore::open(store, read->binding(), &again))->value());
    QVERIFY(again.signedAs());
    QCOMPARE(*again.signedAs(), *read->contents);
    QCOMPARE(refusalToSend(again, demanding(file.key)), QString());
    QVERIFY(outcomeOf(compareWithSigned(again, &again))->value().isUnmodified());

    again.revertAll();
    again.setText(contacts, other(u"1"_s), {}, u"firstname"_s, u"x"_s);
    QVERIFY(!refusalToSend(again, demanding(file.key)).isEmpty());
}

namespace {

/// Two new records and the link between them, signed, and opened again.
struct SignedRun : PracticeRunRig
{
    SignedFile file {lines()};

    SignedRun()
    {
        changes.revertAll();
        (void)file.sign(file.key);
        if (const auto read = readChangesFile(file.path))
            (void)outcomeOf(changes.addFile(*read, Adding::Replace, {}, &changes));
    }
    QByteArray lines()
    {
        const QString contact = changes.addCreate(contacts, {{u"email"_s, u"n@example.org"_s}}, {});
        const QString company = changes.addCreate(companies, {{u"name"_s, u"New"_s}}, {});
        const auto link = associationRow(
            {{contacts, contact}, {companies, company}, u"n"_s, {}, {primaryKind()}, {}});
        (void)outcomeOf(changes.addRows({*link}, Adding::Merge, {}, &changes));
        return changesToLines(signedHeader(), changes.rows());
    }
    Result<RunSummary> runSigned()
    {
        return *outcomeOf<RunSummary>(new ApplyRun(
                                          portal, changes, *journal,
                                          [this] { return demanding(file.key); }, {}, definitions,
                                          clock, &parent),
                                      60'000);
    }
};

} // namespace

/// The link is sent with the ids that the portal gave; signed were the local ones.
void TestSignedGuard::newRecordsAndTheirLinksGo()
{
    SignedRun rig;
    QCOMPARE(rig.changes.count(), 3);
    const auto summary = rig.runSigned();
    QVERIFY2(summary, summary ? "" : qUtf8Printable(summary.error().sentence()));
    QVERIFY2(!summary->stopped,
             summary->stopped ? qUtf8Printable(summary->stopped->sentence()) : "");
    QCOMPARE(summary->applied, 3);
}

/// What was edited after the run had begun is not sent.
void TestSignedGuard::nothingElseIsSent()
{
    SignedRun rig;
    const int before = rig.contactCount();
    const RowChange first = rig.changes.at(0);
    Record record;
    record.id = first.id;
    rig.changes.setText(contacts, record, {}, u"email"_s, u"other@example.org"_s);
    const auto summary = rig.runSigned();
    QVERIFY(summary && summary->stopped);
    QVERIFY2(summary->stopped->what.contains(u"is not as it was signed"_s),
             qUtf8Printable(summary->stopped->what));
    QCOMPARE(rig.contactCount(), before);
    QCOMPARE(rig.row(0).state, RowState::Skipped);
}

HUBKEEPER_TEST(TestSignedGuard)
#include "tst_signedguard.moc"
