// SPDX-License-Identifier: MIT
#include "idm/links/linkfaults.h"
#include "idm/reconciliation/readruns.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What servers were seen to say of reconciliations, their entries and links; ids are made up.
class TestServerRuns : public QObject
{
    Q_OBJECT

private slots:
    void readsARunThatWorks();
    void readsARunThatIsOver();
    void states_data();
    void states();
    void moves();
    void whatHasNoIdIsNoRun();
    void failedEntries_data();
    void failedEntries();
    void readsAnEntry();
    void readsAnAssociation();
    void linkFaults_data();
    void linkFaults();
    void occupiedTargets();
    void quotes();
};

namespace {

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

/// OpenIDM 6.3.0, one second after the start.
constexpr auto working = R"({"_id":"a1-3334","mapping":"users_contacts","state":"ACTIVE",
"stage":"ACTIVE_QUERY_ENTRIES","stageDescription":"querying sets of entries to reconcile",
"progress":{"source":{"existing":{"processed":0,"total":"6"}},
"target":{"existing":{"processed":0,"total":"?"},"created":0},
"links":{"existing":{"processed":0,"total":"?"},"created":0}},
"situationSummary":{"ABSENT":0,"FOUND":0},"statusSummary":{"SUCCESS":0,"FAILURE":0},
"durationSummary":{},"parameters":{"sourceQuery":{"resourceName":"managed/user",
"queryId":"query-all-ids"}},"started":"2026-11-29T11:08:13.845Z","ended":"","duration":718})";

/// The same server, reconById.
constexpr auto finished = R"({"_id":"a1-3126","mapping":"users_contacts","state":"SUCCESS",
"stage":"COMPLETED_SUCCESS","stageDescription":"reconciliation completed.",
"progress":{"source":{"existing":{"processed":0,"total":"1"}},
"target":{"existing":{"processed":27,"total":"25"},"created":2},
"links":{"existing":{"processed":0,"total":"5"},"created":3}},
"situationSummary":{"ABSENT":2,"FOUND":3},"statusSummary":{"SUCCESS":4,"FAILURE":1},
"parameters":{"sourceIds":["m1,m2"],"targetQuery":{}},"started":"2026-11-29T11:08:11.533Z",
"ended":"2026-11-29T11:08:11.562Z","duration":29})";

const LinkUse forward {u"users_contacts"_s, u"users_contacts"_s, false, u"managed/user"_s,
                       u"system/hubspot/contact"_s};

ServerLink link(const QString &id, const std::optional<QString> &first,
                const std::optional<QString> &second)
{
    return {id, u"1"_s, u"users_contacts"_s, u"default"_s, first, second};
}

} // namespace

void TestServerRuns::readsARunThatWorks()
{
    const auto run = serverRunFrom(json(working));
    QVERIFY(run);
    QCOMPARE(run->id, u"a1-3334"_s);
    QVERIFY(!run->isOver());
    QCOMPARE(run->source.total, u"6"_s);
    QCOMPARE(run->source.knownTotal().value_or(-1), 6);
    QCOMPARE(run->target.total, u"?"_s);
    QVERIFY(!run->target.knownTotal());
    QVERIFY(!run->ended.isValid());
    QCOMPARE(run->progressText(), u"0 of 6 source objects, 0 of ? target objects, 0 created"_s);
}

void TestServerRuns::readsARunThatIsOver()
{
    const auto run = serverRunFrom(json(finished));
    QVERIFY(run);
    QVERIFY(run->isOver());
    QCOMPARE(run->state, ServerRunState::Success);
    QCOMPARE(run->failures, 1);
    QCOMPARE(run->situations.value(u"FOUND"_s), 3);
    QCOMPARE(run->target.processed, 27); // More than its total: as the server counts.
    QCOMPARE(run->target.created, 2);
    QCOMPARE(run->sourceIds, QStringList {u"m1,m2"_s});
    QCOMPARE(run->milliseconds, 29);
    QCOMPARE(run->started.msecsTo(run->ended), 29);
}

void TestServerRuns::states_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("isOver");
    QTest::newRow("works") << u"ACTIVE"_s << false;
    QTest::newRow("came to its end") << u"SUCCESS"_s << true;
    QTest::newRow("broke off") << u"FAILED"_s << true;
    QTest::newRow("cancelled") << u"CANCELED"_s << true;
    QTest::newRow("a word of another version") << u"PAUSED"_s << false;
}

void TestServerRuns::states()
{
    QFETCH(const QString, word);
    QFETCH(const bool, isOver);
    QJsonObject body = json(working);
    body.insert(u"state"_s, word);
    const auto run = serverRunFrom(body);
    QVERIFY(run);
    QCOMPARE(run->isOver(), isOver);
    QCOMPARE(run->stateWord, word);
}

void TestServerRuns::moves()
{
    const auto before = serverRunFrom(json(working));
    QVERIFY(before);
    ServerRun later = *before;
    later.milliseconds += 1000; // The time passes in a run that hangs, too.
    QVERIFY(!later.hasMovedSince(*before));
    later.source.processed = 1;
    QVERIFY(later.hasMovedSince(*before));
}

void TestServerRuns::whatHasNoIdIsNoRun()
{
    QCOMPARE(serverRunFrom({}).error().kind, ErrorKind::BadReply);
    QVERIFY(serverRunsFrom(json(R"({"_id":"","reconciliations":[]})"))->isEmpty());
    QCOMPARE(serverRunsFrom(json(R"({"reconciliations":[{}]})")).error().kind, ErrorKind::BadReply);
}

void TestServerRuns::failedEntries_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("action");
    QTest::addColumn<bool>("failed");
    QTest::newRow("done") << u"SUCCESS"_s << u"UPDATE"_s << false;
    QTest::newRow("failed") << u"FAILURE"_s << u"UPDATE"_s << true;
    QTest::newRow("EXCEPTION is a SUCCESS for the server")
        << u"SUCCESS"_s << u"EXCEPTION"_s << true;
    QTest::newRow("nothing done") << u"SUCCESS"_s << u"IGNORE"_s << false;
    QTest::newRow("without situation") << u"FAILURE"_s << QString() << true;
}

void TestServerRuns::failedEntries()
{
    QFETCH(const QString, status);
    QFETCH(const QString, action);
    QFETCH(const bool, failed);
    const AuditEntry entry =
        auditEntryFrom({{u"status"_s, status}, {u"action"_s, action}, {u"situation"_s, u"X"_s}});
    QCOMPARE(entry.isFailed(), failed);
    QCOMPARE(auditEntryJson(entry)["failed"_L1].toBool(), failed);
}

void TestServerRuns::readsAnEntry()
{
    const AuditEntry entry =
        auditEntryFrom(json(R"({"_id":"a1-29","timestamp":"2026-11-29T11:08:10.646Z",
"action":"EXCEPTION","linkQualifier":"default","situation":"AMBIGUOUS","sourceObjectId":"managed/user/m1",
"status":"SUCCESS","targetObjectId":null,"entryType":"entry","reconId":"a1-2879",
"exception":"org.forgerock.openidm.sync.SynchronizationException: Situation AMBIGUOUS marked as EXCEPTION",
"message":"Situation AMBIGUOUS marked as EXCEPTION. Root cause: Situation AMBIGUOUS marked as EXCEPTION",
"messageDetail":{"code":409,"reason":"Conflict","message":"Situation AMBIGUOUS marked as EXCEPTION"},
"reconciling":"source","ambiguousTargetObjectIds":"901, 902"})"));
    QVERIFY(!entry.ofTargetPhase);
    QCOMPARE(entry.sourceId, u"managed/user/m1"_s);
    QVERIFY(entry.targetId.isEmpty());
    QCOMPARE(entry.ambiguousTargetIds, QStringList({u"901"_s, u"902"_s}));
    QCOMPARE(entry.message, u"Situation AMBIGUOUS marked as EXCEPTION"_s); // Once.
    QVERIFY(entry.isFailed());
    QVERIFY(auditEntryJson(entry)["targetObjectId"_L1].isNull());
    QCOMPARE(auditEntryCells(entry).size(), auditEntryColumns().size());
}

void TestServerRuns::readsAnAssociation()
{
    const AuditEntry entry =
        auditEntryFrom(json(R"({"phase":"target","situation":"UNASSIGNED","action":"DELETE",
"targetObjectId":"system/hubspot/contact/7","status":"SUCCESS","ambiguousTargetObjectIds":["8"]})"));
    QVERIFY(entry.ofTargetPhase);
    QCOMPARE(entry.ambiguousTargetIds, QStringList {u"8"_s});
}

void TestServerRuns::linkFaults_data()
{
    QTest::addColumn<ServerLink>("one");
    QTest::addColumn<QString>("fault");
    QTest::newRow("good") << link(u"l"_s, u"m1"_s, u"101"_s) << QString();
    QTest::newRow("null source") << link(u"l"_s, {}, u"101"_s) << u"noSource"_s;
    QTest::newRow("null target") << link(u"l"_s, u"m1"_s, {}) << u"noTarget"_s;
    QTest::newRow("source gone") << link(u"l"_s, u"m9"_s, u"101"_s) << u"sourceGone"_s;
    QTest::newRow("target gone") << link(u"l"_s, u"m1"_s, u"999"_s) << u"targetGone"_s;
    QTest::newRow("both gone") << link(u"l"_s, u"m9"_s, u"999"_s) << u"bothGone"_s;
    QTest::newRow("case counts") << link(u"l"_s, u"M1"_s, u"101"_s) << u"sourceGone"_s;
}

void TestServerRuns::linkFaults()
{
    QFETCH(const ServerLink, one);
    QFETCH(const QString, fault);
    const SideIds sides {QSet<QString> {u"m1"_s}, QSet<QString> {u"101"_s}};
    const auto found = faultyLinks({one}, forward, sides);
    QCOMPARE(found.isEmpty() ? QString() : nameOf(found.first().fault), fault);

    LinkUse reversed = forward;
    reversed.isReversed = true;
    ServerLink turned = one;
    std::swap(turned.firstId, turned.secondId);
    const auto again = faultyLinks({turned}, reversed, sides);
    QCOMPARE(again.isEmpty() ? QString() : nameOf(again.first().fault), fault);

    // Nothing is said about a side that is not known.
    const auto unknown = faultyLinks({one}, forward, {});
    QCOMPARE(unknown.isEmpty(), one.firstId.has_value() && one.secondId.has_value());
}

void TestServerRuns::occupiedTargets()
{
    AuditEntry entry;
    entry.situation = u"FOUND_ALREADY_LINKED"_s;
    entry.sourceId = u"managed/user/m2"_s;
    entry.targetId = u"system/hubspot/contact/101"_s;
    entry.linkQualifier = u"default"_s;
    const QList<ServerLink> links {link(u"l1"_s, u"m1"_s, u"101"_s),
                                   link(u"l2"_s, u"m3"_s, u"102"_s)};
    const auto found = faultyLinks(links, forward, {}, {entry});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().fault, LinkFault::Occupies);
    QCOMPARE(found.first().link.id, u"l1"_s);
    QCOMPARE(found.first().other, u"m2"_s);
    entry.linkQualifier = u"other"_s;
    QVERIFY(faultyLinks(links, forward, {}, {entry}).isEmpty());
}

void TestServerRuns::quotes()
{
    QCOMPARE(quotedInFilter(u"O\"Neill\\"_s), u"\"O\\\"Neill\\\\\""_s);
}

HUBKEEPER_TEST(TestServerRuns)
#include "tst_serverruns.moc"
