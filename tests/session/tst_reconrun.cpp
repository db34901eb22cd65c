// SPDX-License-Identifier: MIT
#include "serverrig.h"
#include "session/idm/configchange.h"
#include "session/idm/linkrepair.h"
#include "session/idm/reconrun.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Reconciliations, links and configuration objects of a practice IDM, over real sockets.
class TestReconRun : public QObject
{
    Q_OBJECT

private slots:
    void runsAndShowsEverySituation();
    void showsProgressAndCancels();
    void oneRunOfAMappingAtATime();
    void aRunThatHangsIsLeft();
    void oneIdAtATime();
    void readOnlyStartsNothing();
    void comparesWithThePreview();
    void findsAndRepairsLinks();
    void repairsWhatWasReviewedOnly();
    void theCloudShowsNoLinks();
    void aSideWithoutObjectsMakesNoOrphans();
    void writesAnyConfiguration();
    void refusesMappingsThatBreak_data();
    void refusesMappingsThatBreak();
};

namespace {

const QString mapping = u"managedUser_hubspotContactByMail"_s;

ReconOrder orderOf(const QString &id = {})
{
    ReconOrder order;
    order.mapping = mapping;
    order.id = id;
    return order;
}

WatchOptions quickly()
{
    WatchOptions options;
    options.firstPause = std::chrono::milliseconds(20);
    return options;
}

practice::IdmOptions slow(std::chrono::milliseconds pause)
{
    practice::IdmOptions options;
    options.reconPause = pause;
    return options;
}

Result<StartedRun> start(ServerRig &server, const ReconOrder &order)
{
    return *outcomeOf(startRun(*server.session, server.services(), server.journal, order,
                               u"because"_s, &server.calls));
}

Result<ServerRun> watch(ServerRig &server, const QString &id,
                        const WatchOptions &options = quickly())
{
    return *outcomeOf(watchRun(*server.session, server.services(), id, options, &server.calls),
                      60'000);
}

Result<RunResult> result(ServerRig &server, const QString &id,
                         const std::optional<PredictedRun> &predicted = {})
{
    return *outcomeOf(readRunResult(*server.session, {id, predicted, {}}, &server.calls), 30'000);
}

Result<LinkSurvey> survey(ServerRig &server, const QString &run = {}, bool looksTwice = true)
{
    LinkQuestion question;
    question.mapping = mapping;
    question.runId = run;
    question.looksTwice = looksTwice;
    return *outcomeOf(surveyLinks(*server.session, question, &server.calls), 30'000);
}

LinkPlan planOf(const ServerRig &server, const QList<FaultyLink> &links)
{
    return {server.session->server().id, u"Practice"_s, mapping, links};
}

int countOf(const LinkSurvey &survey, LinkFault fault)
{
    return int(std::count_if(survey.faulty.begin(), survey.faulty.end(),
                             [fault](const FaultyLink &one) { return one.fault == fault; }));
}

} // namespace

void TestReconRun::runsAndShowsEverySituation()
{
    ServerRig server;
    const auto started = start(server, orderOf());
    QVERIFY(started);
    const auto over = watch(server, started->id);
    QVERIFY(over);
    QCOMPARE(over->state, ServerRunState::Success);
    const auto came = result(server, started->id);
    QVERIFY(came);
    QVERIFY(came->hasEntries);
    QCOMPARE(came->entries, over->successes + over->failures);
    // EXCEPTION is a success for the server, and the run is SUCCESS; neither is for us.
    QVERIFY(came->failed > over->failures);
    QVERIFY(!came->isGood());
    QCOMPARE(came->failures.size(), came->failed);
    qint64 exceptions = 0;
    for (auto it = came->tally.cbegin(); it != came->tally.cend(); ++it)
        exceptions += it.key().action == "EXCEPTION"_L1 && it.key().failed ? it.value() : 0;
    QVERIFY(exceptions >= 2);

    const auto noted = *outcomeOf(noteResult(server.journal, *started, *came, &server.calls));
    QVERIFY(noted);
    const JournalRow row = server.rows().first();
    QCOMPARE(row.recordId, started->id);
    QVERIFY(row.message.contains(u"SUCCESS"_s) && row.message.contains(u"failed"_s));
    QCOMPARE(server.journal->runs()->first().state(), RunState::Ended);
}

void TestReconRun::showsProgressAndCancels()
{
    ServerRig server(slow(std::chrono::milliseconds(50)));
    const auto started = start(server, orderOf());
    QVERIFY(started);
    QList<ServerRun> looks;
    bool isAsked = false;
    WatchOptions options = quickly();
    options.onLook = [&](const ServerRun &run) {
        looks.append(run);
        if (std::exchange(isAsked, true))
            return;
        cancelRun(*server.session, server.services(), server.journal, started->id, &server.calls)
            ->onDone(&server.calls, [](const Result<void> &cancelled) { QVERIFY(cancelled); });
    };
    const auto over = watch(server, started->id, options);
    QVERIFY(over);
    QCOMPARE(over->state, ServerRunState::Canceled);
    QVERIFY(!looks.first().isOver());
    const auto again = *outcomeOf(
        cancelRun(*server.session, server.services(), server.journal, started->id, &server.calls));
    QCOMPARE(again.error().kind, ErrorKind::Conflict);
    QVERIFY(!result(server, started->id)->isGood());
}

void TestReconRun::oneRunOfAMappingAtATime()
{
    ServerRig server(slow(std::chrono::milliseconds(50)));
    const auto started = start(server, orderOf());
    QVERIFY(started);
    const auto second = start(server, orderOf());
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QCOMPARE(second.error().existingId, started->id);
    const auto runs = *outcomeOf(readServerRuns(server.session->client(), &server.calls));
    QCOMPARE(runs->size(), 1);
}

/// Of a run that stays ACTIVE and does nothing.
void TestReconRun::aRunThatHangsIsLeft()
{
    ServerRig server(slow(std::chrono::seconds(30)));
    const auto started = start(server, orderOf());
    QVERIFY(started);
    WatchOptions options = quickly();
    options.patience = std::chrono::milliseconds(1500);
    const auto over = watch(server, started->id, options);
    QVERIFY(!over);
    QCOMPARE(over.error().kind, ErrorKind::TimedOut);
    QVERIFY(over.error().remedy.contains(started->id));
    const auto run =
        *outcomeOf(readServerRun(server.session->client(), started->id, &server.calls));
    QCOMPARE(run->state, ServerRunState::Active); // It was not cancelled.
}

void TestReconRun::oneIdAtATime()
{
    ServerRig server;
    const auto links = *outcomeOf(readLinks(server.session->client(), mapping, &server.calls));
    const QString id = links->first().firstId.value();
    const auto started = start(server, orderOf(id));
    QVERIFY(started);
    QVERIFY(watch(server, started->id));
    const auto came = result(server, started->id);
    QVERIFY(came);
    QCOMPARE(came->entries, 1);
    QCOMPARE(came->run.sourceIds, QStringList {id});
}

void TestReconRun::readOnlyStartsNothing()
{
    ServerRig server;
    server.setMode(WriteMode::ReadOnly);
    const auto started = start(server, orderOf());
    QCOMPARE(started.error().kind, ErrorKind::Refused);
    QVERIFY(server.journal->runs()->isEmpty());
    QVERIFY((*outcomeOf(readServerRuns(server.session->client(), &server.calls)))->isEmpty());
}

void TestReconRun::comparesWithThePreview()
{
    ServerRig server;
    const auto first = start(server, orderOf());
    QVERIFY(first);
    QVERIFY(watch(server, first->id));
    PredictedRun predicted;
    RunQuestion question;
    question.id = first->id;
    question.sink = [&predicted](const AuditEntry &entry) { predicted.entries.append(entry); };
    QVERIFY(*outcomeOf(readRunResult(*server.session, question, &server.calls)));

    const auto same = result(server, first->id, predicted);
    QVERIFY(same->comparison);
    QCOMPARE(same->comparison->same(), same->entries);
    QVERIFY(same->comparison->differences().isEmpty());

    // Of one object: what is expected of the others does not count.
    const auto source = std::find_if(predicted.entries.begin(), predicted.entries.end(),
                                     [](const AuditEntry &entry) { return !entry.ofTargetPhase; });
    const PredictedRun one = predicted.ofSource(source->sourceId.section(u'/', -1));
    const auto sources =
        std::count_if(one.entries.begin(), one.entries.end(),
                      [](const AuditEntry &entry) { return !entry.ofTargetPhase; });
    QCOMPARE(sources, 1);
    QVERIFY(one.entries.contains(*source));

    AuditEntry &changed = predicted.entries.first();
    changed.action = u"DELETE"_s;
    predicted.entries.removeLast();
    const auto other = result(server, first->id, predicted);
    QCOMPARE(other->comparison->differences().size(), 2);
}

void TestReconRun::findsAndRepairsLinks()
{
    ServerRig server;
    (void)server.idm.state().links.add(
        {{}, 1, mapping, u"default"_s, std::nullopt, u"77"_s}); // As LINK in UNASSIGNED leaves it.
    const auto before = survey(server);
    QVERIFY(before);
    QCOMPARE(countOf(*before, LinkFault::NoSource), 1);
    QCOMPARE(countOf(*before, LinkFault::SourceGone), 1);
    QCOMPARE(countOf(*before, LinkFault::TargetGone), 1);
    QVERIFY(before->notCompared.isEmpty());

    const LinkPlan plan = planOf(server, before->faulty);
    const auto done = *outcomeOf(repairLinks(*server.session, server.services(), server.journal,
                                             plan, {}, {}, &server.calls));
    QVERIFY(done);
    QCOMPARE(done->written.count(outcome::applied), 3);
    QVERIFY(QFileInfo(done->rollbackFile).isFile());
    QCOMPARE(server.journal->runs()->size(), 1);
    const auto after = survey(server);
    QVERIFY(after->faulty.isEmpty());
    QCOMPARE(after->links.size(), before->links.size() - 3);

    QFile file(done->rollbackFile);
    QVERIFY(file.open(QFile::ReadOnly));
    const auto saved = linkPlanFrom(file.readAll());
    QVERIFY(saved);
    QCOMPARE(saved->links, plan.links);
    const auto back = *outcomeOf(restoreLinks(*server.session, server.services(), server.journal,
                                              *saved, {}, {}, &server.calls));
    QCOMPARE(back->written.count(outcome::applied), 3);
    QCOMPARE(survey(server)->faulty.size(), before->faulty.size());
}

void TestReconRun::repairsWhatWasReviewedOnly()
{
    ServerRig server;
    const auto found = survey(server);
    QVERIFY(found && !found->faulty.isEmpty());
    LinkPlan plan = planOf(server, found->faulty);
    plan.server = u"another"_s;
    const auto elsewhere = *outcomeOf(repairLinks(*server.session, server.services(),
                                                  server.journal, plan, {}, {}, &server.calls));
    QCOMPARE(elsewhere.error().kind, ErrorKind::Refused);

    plan = planOf(server, {found->faulty.first()});
    plan.links.first().link.revision = u"7"_s; // Somebody has changed it since.
    const auto changed = *outcomeOf(repairLinks(*server.session, server.services(), server.journal,
                                                plan, {}, {}, &server.calls));
    QVERIFY(changed);
    QCOMPARE(changed->written.count(outcome::conflict), 1);
    QCOMPARE(survey(server)->links.size(), found->links.size());
    QCOMPARE(linkPlanFrom("{}").error().kind, ErrorKind::InvalidInput);
}

void TestReconRun::theCloudShowsNoLinks()
{
    practice::IdmOptions options;
    options.profile = practice::IdmProfile::Cloud;
    ServerRig server(options);
    const auto found = survey(server);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Forbidden);
    QVERIFY(found.error().remedy.contains(u"cloud"_s));
}

void TestReconRun::aSideWithoutObjectsMakesNoOrphans()
{
    ServerRig server;
    const auto ids =
        *outcomeOf(readIds(server.session->client(), u"managed/user"_s, &server.calls));
    for (const QString &id : *ids)
        server.idm.state().managed.remove(u"managed/user"_s, id);
    const auto found = survey(server);
    QVERIFY(found);
    QCOMPARE(countOf(*found, LinkFault::SourceGone), 0);
    QCOMPARE(found->notCompared.size(), 1);
}

void TestReconRun::writesAnyConfiguration()
{
    ServerRig server;
    const JsonText text(R"({"enabled": true, "text": "made here"})");
    const auto plan = [&](const ConfigWish &wish) {
        return *outcomeOf(planConfigChange(*server.session, wish, &server.calls));
    };
    const auto change = [&](const ConfigChangePlan &what) {
        return *outcomeOf(changeConfig(*server.session, server.services(), server.journal, what, {},
                                       &server.calls));
    };
    const auto made = plan({u"ui/practice"_s, text, {}});
    QVERIFY(made);
    QVERIFY(!made->difference);
    QVERIFY(change(*made));
    QVERIFY(plan({u"ui/practice"_s, text, {}})->isSame());

    const auto theirs = plan({u"ui/practice"_s, JsonText(R"({"text": "theirs"})"), {}});
    const auto mine = plan({u"ui/practice"_s, JsonText(R"({"text": "mine"})"), {}});
    QVERIFY(change(*theirs));
    QCOMPARE(change(*mine).error().kind, ErrorKind::Conflict); // Decided before theirs.
    const QJsonObject base {{u"text"_s, u"made here"_s}};
    QCOMPARE(plan({u"ui/practice"_s, JsonText(R"({"text": "mine"})"), base}).error().kind,
             ErrorKind::Conflict); // Made from what was there before.

    const auto gone = plan({u"ui/practice"_s, {}, {}});
    QVERIFY(gone->write.deletes);
    const auto deleted = change(*gone);
    QVERIFY(deleted);
    QVERIFY(QFileInfo(deleted->rollbackFile).isFile());
    QCOMPARE(plan({u"ui/practice"_s, {}, {}}).error().kind, ErrorKind::NotFound);
}

void TestReconRun::refusesMappingsThatBreak_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isRefused");
    const QByteArray good = R"({"name":"a","source":"managed/user","target":"system/x/y")";
    QTest::newRow("good") << u"sync"_s << R"({"mappings":[)" + good + "}]}" << false;
    QTest::newRow("links that name nothing")
        << u"sync"_s << R"({"mappings":[)" + good + R"(,"links":"nothing"}]})" << true;
    QTest::newRow("an action that nobody knows")
        << u"sync"_s
        << R"({"mappings":[)" + good + R"(,"policies":[{"situation":"ABSENT","action":"MAKE"}]}]})"
        << true;
    QTest::newRow("no list") << u"sync"_s << QByteArray("{}") << true;
    QTest::newRow("a mapping of its own on community") << u"mapping/a"_s << good + "}" << true;
}

void TestReconRun::refusesMappingsThatBreak()
{
    QFETCH(const QString, id);
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isRefused);
    ServerRig server;
    const auto plan =
        *outcomeOf(planConfigChange(*server.session, {id, JsonText(text), {}}, &server.calls));
    QVERIFY(plan);
    QCOMPARE(plan->refusal().has_value(), isRefused);
    const auto changed = *outcomeOf(
        changeConfig(*server.session, server.services(), server.journal, *plan, {}, &server.calls));
    QCOMPARE(changed.has_value(), !isRefused);
}

HUBKEEPER_TEST(TestReconRun)
#include "tst_reconrun.moc"
