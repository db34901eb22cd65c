// SPDX-License-Identifier: MIT
#include "idm/links/serverlink.h"
#include "reconcile/mapping/mappingreader.h"
#include "serverrig.h"
#include "session/idm/serveranalysis.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What a server itself says a run would find.
class TestServerAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void ways_data();
    void ways();
    void theReportMapping();
    void noReportMappingWhereItHurts_data();
    void noReportMappingWhereItHurts();
    void aCommercialServerAnalyses();
    void anOldServerIsNeverAsked();
    void aServerThatRunsForRealIsStopped();
    void aCommunityServerReports();
    void onlyWithConsent();
    void somebodyElseWritesMeanwhile();
    void whatWasLeftIsRemovedLater();

private:
    [[nodiscard]] static Result<AnalysisResult> analyse(ServerRig &server, bool mayWrite);
};

namespace {

const QString analysedMapping = u"managedUser_hubspotContactByMail"_s;

practice::IdmOptions profile(practice::IdmProfile profile)
{
    practice::IdmOptions options;
    options.profile = profile;
    return options;
}

QJsonObject syncOf(ServerRig &server)
{
    return (*outcomeOf(readConfig(server.session->client(), u"sync"_s, &server.calls)))->value;
}

/// What a run must not touch.
QByteArray stateOf(ServerRig &server)
{
    const auto links =
        *outcomeOf(readLinks(server.session->client(), analysedMapping, &server.calls));
    QByteArray state;
    for (const ServerLink &link : *links)
        state += QJsonDocument(serverLinkJson(link)).toJson(QJsonDocument::Compact);
    for (const auto &[number, object] : server.idm.state().managed.objects(u"managed/user"_s))
        state += object.id.toUtf8() + QByteArray::number(object.revision) + ' ';
    return state;
}

int runsOf(ServerRig &server)
{
    return int((*outcomeOf(readServerRuns(server.session->client(), &server.calls)))->size());
}

} // namespace

Result<AnalysisResult> TestServerAnalysis::analyse(ServerRig &server, bool mayWrite)
{
    WatchOptions options;
    options.firstPause = std::chrono::milliseconds(20);
    return *outcomeOf(analyseOnServer(*server.session, server.services(), server.journal,
                                      analysedMapping, mayWrite, options, &server.calls),
                      60'000);
}

void TestServerAnalysis::ways_data()
{
    QTest::addColumn<IdmProfile>("profile");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("way");
    QTest::newRow("community") << IdmProfile::Community << u"6.3.0"_s << u"report"_s;
    QTest::newRow("community of a high number") << IdmProfile::Community << u"8.1"_s << u"report"_s;
    QTest::newRow("7.5") << IdmProfile::Commercial << u"7.5.0"_s << u"analyze"_s;
    QTest::newRow("8.1") << IdmProfile::Commercial << u"8.1.0.1"_s << u"analyze"_s;
    QTest::newRow("cloud") << IdmProfile::Cloud << u"7.5.0-SNAPSHOT"_s << u"analyze"_s;
    QTest::newRow("7.4") << IdmProfile::Commercial << u"7.4.1"_s << QString();
    QTest::newRow("6.5") << IdmProfile::Commercial << u"6.5.0.3"_s << QString();
    QTest::newRow("not said") << IdmProfile::Cloud << QString() << QString();
    QTest::newRow("no number") << IdmProfile::Cloud << u"latest"_s << QString();
}

void TestServerAnalysis::ways()
{
    QFETCH(const IdmProfile, profile);
    QFETCH(const QString, version);
    QFETCH(const QString, way);
    ServerFacts facts;
    facts.profile = profile;
    facts.version = version;
    const auto found = analysisWayOf(facts);
    QCOMPARE(!found ? QString() : *found == AnalysisWay::Analyze ? u"analyze"_s : u"report"_s, way);
    if (!found)
        QCOMPARE(found.error().kind, ErrorKind::Refused);
}

void TestServerAnalysis::theReportMapping()
{
    const QJsonObject sync = QJsonDocument::fromJson(R"({"mappings":[{"name":"a",
"source":"managed/user","target":"system/x/y","links":"b","_id":"sync/a","taskThreads":10,
"onCreate":{"type":"text/javascript","source":"x"},"result":{"type":"text/javascript","source":"y"},
"validSource":{"type":"text/javascript","source":"source.a !=  'b'"},
"policies":[{"situation":"ABSENT","action":"CREATE","postAction":{"type":"text/javascript",
"source":"z"}}]},{"name":"b","source":"system/x/y","target":"managed/user"}]})")
                                 .object();
    const auto made = reportMapping(sync, u"a"_s);
    QVERIFY(made);
    QCOMPARE((*made)["name"_L1].toString(), u"hubkeeperReport_a"_s);
    QCOMPARE((*made)["links"_L1].toString(), u"b"_s);
    QCOMPARE((*made)["enableSync"_L1], QJsonValue(false));
    QCOMPARE((*made)["taskThreads"_L1].toInt(-1), 0);
    QCOMPARE((*made)["validSource"_L1]["source"_L1].toString(), u"source.a !=  'b'"_s);
    for (const auto &hook : {"onCreate"_L1, "result"_L1, "_id"_L1})
        QVERIFY(!made->contains(hook));
    const QJsonArray policies = (*made)["policies"_L1].toArray();
    QCOMPARE(policies.size(), reconSituations().size());
    for (const QJsonValue &policy : policies) {
        QCOMPARE(policy["action"_L1].toString(), u"REPORT"_s);
        QVERIFY(policy["postAction"_L1].isUndefined());
    }
}

void TestServerAnalysis::noReportMappingWhereItHurts_data()
{
    QTest::addColumn<QByteArray>("mappings");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("not there") << QByteArray(
        R"([{"name":"b","source":"managed/user","target":"system/x/y"}])")
                               << ErrorKind::NotFound;
    QTest::newRow("links that name nothing")
        << QByteArray(R"([{"name":"a","source":"managed/user","target":"system/x/y","links":"n"}])")
        << ErrorKind::Refused;
    QTest::newRow("there already")
        << QByteArray(R"([{"name":"a","source":"managed/user","target":"system/x/y"},
{"name":"hubkeeperReport_a","source":"managed/user","target":"system/x/y"}])")
        << ErrorKind::Refused;
}

void TestServerAnalysis::noReportMappingWhereItHurts()
{
    QFETCH(const QByteArray, mappings);
    QFETCH(const ErrorKind, kind);
    const QJsonObject sync {{u"mappings"_s, QJsonDocument::fromJson(mappings).array()}};
    QCOMPARE(reportMapping(sync, u"a"_s).error().kind, kind);
}

void TestServerAnalysis::aCommercialServerAnalyses()
{
    ServerRig server(profile(practice::IdmProfile::Commercial));
    const QByteArray before = stateOf(server);
    const auto found = analyse(server, false);
    QVERIFY2(found, found ? "" : qPrintable(found.error().sentence()));
    QCOMPARE(found->way, AnalysisWay::Analyze);
    QVERIFY(found->entries.size() > 20);
    QCOMPARE(stateOf(server), before);
}

/// Commercial 6.5 takes the word and runs. By what it can do it is known as a community server.
void TestServerAnalysis::anOldServerIsNeverAsked()
{
    ServerRig server(profile(practice::IdmProfile::Old));
    const QByteArray before = stateOf(server);
    const auto found = analyse(server, true);
    QVERIFY(found);
    QCOMPARE(found->way, AnalysisWay::ReportMapping);
    QCOMPARE(stateOf(server), before);

    Server known = server.session->server();
    known.profile = IdmProfile::Commercial; // Somebody says what it is.
    ServerSession commercial(known, Secret(QByteArray("openidm-admin")), server.services());
    const auto refused = *outcomeOf(analyseOnServer(commercial, server.services(), server.journal,
                                                    analysedMapping, true, {}, &server.calls));
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(runsOf(server), 1);
}

/// One that names a version that can, takes the word, and runs.
void TestServerAnalysis::aServerThatRunsForRealIsStopped()
{
    QByteArrayList sent;
    ScriptedServer stub([&sent](const WireRequest &request) {
        const QByteArray path = request.target.mid(sizeof "/openidm").split('?').first();
        sent.append(request.verb + ' ' + request.target.mid(sizeof "/openidm"));
        const QByteArray summary = R"({"_id":"r1","mapping":"m","state":"ACTIVE"})";
        WireAnswer answer;
        answer.body = path == "info/ping" ? R"({"state":"ACTIVE_READY"})"
            : path == "info/login"    ? R"({"authenticationId":"a","authorization":{"roles":[]}})"
            : path == "info/version"  ? R"({"productVersion":"7.5.0"})"
            : path == "sync/mappings" ? R"({"result":[]})"
            : request.verb == "GET" && path == "recon" ? QByteArray(R"({"reconciliations":[]})")
                                                       : summary;
        return answer;
    });
    ServerRig server;
    Server known = server.session->server();
    known.address = QUrl(stub.url().toString() + u"/openidm"_s);
    ServerSession session(known, Secret(QByteArray("x")), server.services());
    const auto found = *outcomeOf(analyseOnServer(session, server.services(), server.journal,
                                                  analysedMapping, false, {}, &server.calls));
    QCOMPARE(found.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(found.error().what.contains(u"may have written"_s));
    const auto count = [&sent](const QByteArray &part) {
        return std::count_if(sent.cbegin(), sent.cend(),
                             [&part](const QByteArray &one) { return one.contains(part); });
    };
    QCOMPARE(count("analyze=true"), 1);
    QCOMPARE(count("POST recon/r1?_action=cancel"), 1);
}

void TestServerAnalysis::aCommunityServerReports()
{
    ServerRig server;
    const QJsonObject sync = syncOf(server);
    const QByteArray before = stateOf(server);
    const auto found = analyse(server, true);
    QVERIFY2(found, found ? "" : qPrintable(found.error().sentence()));
    QCOMPARE(found->way, AnalysisWay::ReportMapping);
    QVERIFY(!found->notRemoved);
    QVERIFY(found->entries.size() > 20);
    for (const AuditEntry &entry : found->entries)
        QVERIFY(entry.action == u"REPORT"_s || entry.situation.isEmpty());
    QCOMPARE(stateOf(server), before);
    QCOMPARE(syncOf(server), sync);
    QVERIFY(!mayHaveLeftReport(server.session->server(), server.services()));
    QCOMPARE(server.journal->runs()->size(), 3); // Written, run, removed.
}

void TestServerAnalysis::onlyWithConsent()
{
    ServerRig server;
    const auto found = analyse(server, false);
    QCOMPARE(found.error().kind, ErrorKind::Refused);
    QVERIFY(server.journal->runs()->isEmpty());
    QCOMPARE(runsOf(server), 0);
    server.setMode(WriteMode::ReadOnly);
    QCOMPARE(analyse(server, true).error().kind, ErrorKind::Refused);
    QVERIFY(server.journal->runs()->isEmpty());
}

/// Between the writing and the removal: their work stays, ours goes.
void TestServerAnalysis::somebodyElseWritesMeanwhile()
{
    practice::IdmOptions options;
    options.reconPause = std::chrono::milliseconds(10);
    ServerRig server(options);
    bool isWritten = false;
    WatchOptions watch;
    watch.firstPause = std::chrono::milliseconds(20);
    watch.onLook = [&](const ServerRun &) {
        if (std::exchange(isWritten, true))
            return;
        auto &configurations = server.idm.state().configurations;
        for (auto &[id, content] : configurations) {
            if (id == u"sync"_s)
                content.insert(u"theirs"_s, true);
        }
    };
    const auto found =
        *outcomeOf(analyseOnServer(*server.session, server.services(), server.journal,
                                   analysedMapping, true, watch, &server.calls),
                   60'000);
    QVERIFY(found);
    QVERIFY(!found->notRemoved);
    const QJsonObject sync = syncOf(server);
    QVERIFY(sync["theirs"_L1].toBool());
    QVERIFY(!QJsonDocument(sync).toJson().contains("hubkeeperReport_"));
}

void TestServerAnalysis::whatWasLeftIsRemovedLater()
{
    ServerRig server;
    const QJsonObject sync = syncOf(server);
    WatchOptions watch;
    watch.firstPause = std::chrono::milliseconds(20);
    watch.onLook = [&](const ServerRun &) { server.setMode(WriteMode::ReadOnly); };
    const auto found =
        *outcomeOf(analyseOnServer(*server.session, server.services(), server.journal,
                                   analysedMapping, true, watch, &server.calls),
                   60'000);
    QVERIFY(found);
    QVERIFY(found->notRemoved); // Nobody may write any more.
    QVERIFY(QJsonDocument(syncOf(server)).toJson().contains("hubkeeperReport_"));
    QVERIFY(mayHaveLeftReport(server.session->server(), server.services()));

    server.setMode(WriteMode::Free);
    const auto removed = *outcomeOf(
        removeLeftReport(*server.session, server.services(), server.journal, &server.calls));
    QVERIFY(removed && *removed);
    QCOMPARE(syncOf(server), sync);
    QVERIFY(!mayHaveLeftReport(server.session->server(), server.services()));
}

HUBKEEPER_TEST(TestServerAnalysis)
#include "tst_serveranalysis.moc"
