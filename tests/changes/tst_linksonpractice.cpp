// SPDX-License-Identifier: MIT
#include "changes/run/associationplan.h"
#include "changes/run/inverserows.h"
#include "practicerunrig.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using practice::FaultKind;

namespace {

const QString hubSpots = u"HUBSPOT_DEFINED"_s;

/// Two lone companies, two contacts without any, and what the portal has between them.
struct LinkRig : PracticeRunRig
{
    QString ada = made(contacts, {{u"email"_s, u"ada@example.org"_s}});
    QString eve = made(contacts, {{u"email"_s, u"eve@example.org"_s}});
    QString acme = made(companies, {{u"name"_s, u"Acme"_s}});
    QString beta = made(companies, {{u"name"_s, u"Beta"_s}});

    QString made(ObjectType type, const QHash<QString, QString> &values)
    {
        const auto record = outcomeOf(portal.create(type, values, &parent));
        return record && *record ? (*record)->id : QString();
    }
    [[nodiscard]] QList<Association> links(const QString &contact)
    {
        const auto all = outcomeOf(portal.associations(contacts, contact, companies, &parent));
        return all && *all ? **all : QList<Association>();
    }
    /// "1 279" of what the portal has; empty: no link.
    [[nodiscard]] QString has(const QString &contact, const QString &company)
    {
        QList<int> ids;
        for (const AssociationKind &kind : linkNow(links(contact), company).kinds)
            ids.append(kind.typeId);
        std::sort(ids.begin(), ids.end());
        QStringList words;
        for (const int id : std::as_const(ids))
            words.append(QString::number(id));
        return words.join(u' ');
    }
    void link(const QString &contact, const QString &company, int typeId)
    {
        (void)outcomeOf(portal.associate(contacts, contact, companies, company,
                                         {{hubSpots, typeId, {}}}, &parent));
    }
    /// Stages from what the portal has now.
    void stage(const QString &contact, const QString &company, const QList<int> &wanted)
    {
        const QList<Association> all = links(contact);
        const LinkNow now = linkNow(all, company);
        QList<AssociationKind> kinds;
        for (const int id : wanted)
            kinds.append({hubSpots, id, {}});
        if (auto row = associationRow({{contacts, contact},
                                       {companies, company},
                                       u"a link"_s,
                                       now.kinds,
                                       kinds,
                                       now.primary}))
            (void)changes.addRows({*row}, Adding::Merge, {}, &changes);
    }
    std::vector<RowChange> inverse(const QString &runId)
    {
        return inverseRows(journal->rows(runId).value_or(QList<JournalRow>()), nullptr);
    }
};

} // namespace

/// Associations over real sockets against the practice portal.
class TestLinksOnPractice : public QObject
{
    Q_OBJECT

private slots:
    void addsLabelsMovesAndRemoves_data();
    void addsLabelsMovesAndRemoves();
    void movesAndRemovesInOneRun();
    void waitsForNewRecords();
    void dryRunSendsNothing();
    void seesWhatSomebodyElseChanged();
    void whatIsThereIsNotSent();
    void survivesFaults_data();
    void survivesFaults();
    void unknownOnesAreAskedAgain();
    void isolatesTheBadRow();
    void refusesRecordsThatAreGone();
    void refusesMergedRecords();
    void stoppedRunsKnowWhatTheyDid();
    void manyAtOnce();
    void readOnlyModeSendsNothing();
};

void TestLinksOnPractice::addsLabelsMovesAndRemoves_data()
{
    QTest::addColumn<ApiVersion>("version");
    for (const ApiVersion version : allApiVersions)
        QTest::newRow(qPrintable(nameOf(version))) << version;
}

void TestLinksOnPractice::addsLabelsMovesAndRemoves()
{
    QFETCH(ApiVersion, version);
    LinkRig rig;
    PortalWriter portal(rig.client, version);
    rig.link(rig.ada, rig.acme, 279);
    QCOMPARE(rig.has(rig.ada, rig.acme), u"1 279"_s); // The first company is primary.
    const auto apply = [&] {
        const auto summary = outcomeOf<RunSummary>(new ApplyRun(
            portal, rig.changes, *rig.journal,
            [] {
                return WritePolicy {WriteMode::Free, 0, 0, {}, true};
            },
            {}, rig.definitions, rig.clock, &rig.parent));
        rig.changes.removeApplied();
        return summary && *summary && rig.changes.isEmpty() ? (*summary)->runId : QString();
    };

    rig.stage(rig.ada, rig.beta, {279, 930});
    QVERIFY(!apply().isEmpty());
    QCOMPARE(rig.has(rig.ada, rig.beta), u"279 930"_s);

    rig.stage(rig.ada, rig.beta, {1}); // Moves the primary one, and takes a label off.
    const QString moved = apply();
    QVERIFY(!moved.isEmpty());
    QCOMPARE(rig.has(rig.ada, rig.beta), u"1 279"_s);
    QCOMPARE(rig.has(rig.ada, rig.acme), u"279"_s);

    rig.stage(rig.ada, rig.beta, {});
    const QString removed = apply();
    QVERIFY(!removed.isEmpty());
    QCOMPARE(rig.has(rig.ada, rig.beta), QString());

    for (const QString &run : {removed, moved}) {
        (void)rig.changes.addRows(rig.inverse(run), Adding::Merge, {}, &rig.changes);
        QVERIFY(!apply().isEmpty());
    }
    QCOMPARE(rig.has(rig.ada, rig.beta), u"279 930"_s);
    QCOMPARE(rig.has(rig.ada, rig.acme), u"1 279"_s); // Primary again, though no row names it.
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestLinksOnPractice::movesAndRemovesInOneRun()
{
    for (const bool removesFirst : {false, true}) {
        LinkRig rig;
        rig.link(rig.ada, rig.acme, 1);
        rig.link(rig.ada, rig.beta, 279);
        const auto remove = [&rig] { rig.stage(rig.ada, rig.acme, {}); };
        const auto promote = [&rig] { rig.stage(rig.ada, rig.beta, {1}); };
        removesFirst ? remove() : promote();
        removesFirst ? promote() : remove();

        const auto summary = rig.run();

        QVERIFY(summary && *summary);
        QCOMPARE((*summary)->applied, 2);
        QCOMPARE(rig.has(rig.ada, rig.acme), QString());
        QCOMPARE(rig.has(rig.ada, rig.beta), u"1 279"_s);

        rig.changes.removeApplied();
        (void)rig.changes.addRows(rig.inverse((*summary)->runId), Adding::Merge, {}, &rig.changes);
        const auto back = rig.run();
        QVERIFY(back && *back);
        QCOMPARE((*back)->applied, 2);
        QCOMPARE(rig.has(rig.ada, rig.acme), u"1 279"_s);
        QCOMPARE(rig.has(rig.ada, rig.beta), u"279"_s);
    }
}

void TestLinksOnPractice::waitsForNewRecords()
{
    LinkRig rig;
    const QString contact = rig.changes.addCreate(contacts, {{u"email"_s, u"n@example.org"_s}}, {});
    const QString company = rig.changes.addCreate(companies, {{u"name"_s, u"New"_s}}, {});
    const auto row = associationRow(
        {{contacts, contact}, {companies, company}, u"n"_s, {}, {primaryKind()}, {}});
    (void)rig.changes.addRows({*row}, Adding::Merge, {}, &rig.changes);
    RunOptions dry;
    dry.dryRun = true;
    const auto rehearsed = rig.run(dry);
    QVERIFY(rehearsed && *rehearsed);
    QCOMPARE((*rehearsed)->sendable, 3);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 3);
    const QString contactId = rig.changes.row(contacts, contact)->writtenId;
    const QString companyId = rig.changes.row(companies, company)->writtenId;
    QCOMPARE(rig.has(contactId, companyId), u"1 279"_s);
    const auto rows = rig.journal->rows((*summary)->runId);
    const auto noted = std::find_if(rows->begin(), rows->end(),
                                    [](const JournalRow &one) { return one.isAssociation(); });
    QVERIFY(noted != rows->end());
    QCOMPARE(noted->recordId, contactId);
    QCOMPARE(noted->toId, companyId);
}

void TestLinksOnPractice::dryRunSendsNothing()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.server.clearLog();
    RunOptions dry;
    dry.dryRun = true;

    const auto summary = rig.run(dry);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->sendable, 1);
    QCOMPARE(rig.row(0).state, RowState::Staged);
    QCOMPARE(rig.requests("/batch/create"), 0);
}

void TestLinksOnPractice::seesWhatSomebodyElseChanged()
{
    LinkRig rig;
    rig.link(rig.ada, rig.acme, 1);
    rig.link(rig.eve, rig.acme, 1);
    rig.link(rig.eve, rig.beta, 279);
    rig.stage(rig.ada, rig.acme, {1, 930});
    rig.stage(rig.eve, rig.acme, {});
    rig.link(rig.ada, rig.beta, 1); // A second writer: Acme is not primary any more.

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->conflicting, 1);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.row(0).state, RowState::Conflicting);
    QCOMPARE(shownKinds(rig.row(0).theirs.value(associationCell)), u"No label"_s);
    QCOMPARE(rig.has(rig.ada, rig.acme), u"279"_s);

    rig.changes.rebase(keyOf(rig.row(0))); // Ours shall stay: it is primary as well, then.
    QVERIFY(rig.run());
    QCOMPARE(rig.row(0).state, RowState::Applied);
    QCOMPARE(rig.has(rig.ada, rig.acme), u"1 279 930"_s);
}

void TestLinksOnPractice::whatIsThereIsNotSent()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.link(rig.ada, rig.acme, 279);
    rig.server.clearLog();

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.requests("/batch/create"), 0);
    QVERIFY(rig.inverse((*summary)->runId).empty()); // It is not this run's to take back.
}

void TestLinksOnPractice::survivesFaults_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<int>("times");
    QTest::addColumn<RowState>("state");

    QTest::newRow("once") << FaultKind::Status << 1 << RowState::Applied;
    QTest::newRow("always, but done") << FaultKind::StatusAfterWork << -1 << RowState::Applied;
    QTest::newRow("always") << FaultKind::Status << -1 << RowState::Failed;
    QTest::newRow("closed after work") << FaultKind::CloseAfterWork << 1 << RowState::Applied;
    QTest::newRow("closed always, but done")
        << FaultKind::CloseAfterWork << -1 << RowState::Applied;
}

void TestLinksOnPractice::survivesFaults()
{
    QFETCH(FaultKind, kind);
    QFETCH(int, times);
    QFETCH(RowState, state);
    LinkRig rig;
    rig.link(rig.eve, rig.acme, 1);
    rig.stage(rig.ada, rig.acme, {279});
    rig.stage(rig.eve, rig.acme, {});
    rig.willFault(kind, u"/batch/(create|archive)$"_s, times);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, state);
    const bool wanted = state == RowState::Applied;
    QCOMPARE(rig.has(rig.ada, rig.acme), wanted ? u"1 279"_s : QString());
    if (times < 0)
        QCOMPARE(rig.has(rig.eve, rig.acme), wanted ? QString() : u"1 279"_s);
}

/// The answer is lost, and so is what would have shown whether it was done.
void TestLinksOnPractice::unknownOnesAreAskedAgain()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.willFault(FaultKind::CloseAfterWork, u"associations/.*/batch/create$"_s, -1);
    practice::Fault fault;
    fault.kind = FaultKind::Status;
    fault.path = QRegularExpression(u"associations/.*/batch/read$"_s);
    fault.nth = 2;
    fault.times = -1;
    rig.server.addFault(fault);
    const auto lost = rig.run();
    QVERIFY(lost && *lost);
    QCOMPARE((*lost)->unknown, 1);
    QCOMPARE(rig.row(0).state, RowState::Unknown);

    rig.server.clearFaults();
    rig.server.clearLog();
    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.requests("/batch/create"), 0);
    QCOMPARE(rig.inverse((*summary)->runId).size(), 1U); // It was this one's.
}

void TestLinksOnPractice::isolatesTheBadRow()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.stage(rig.eve, rig.acme, {279, 4711}); // A type that does not exist refuses the batch.
    rig.stage(rig.eve, rig.beta, {279});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.row(1).state, RowState::Failed);
    QVERIFY2(rig.row(1).error->what.contains(u"4711"_s), qPrintable(rig.row(1).error->what));
    QCOMPARE(rig.has(rig.ada, rig.acme), u"1 279"_s);
    QCOMPARE(rig.has(rig.eve, rig.beta), u"1 279"_s);
}

void TestLinksOnPractice::refusesRecordsThatAreGone()
{
    LinkRig rig;
    rig.link(rig.eve, rig.acme, 279);
    rig.stage(rig.ada, rig.acme, {279});
    rig.stage(rig.eve, rig.acme, {});
    QVERIFY(*outcomeOf(rig.portal.archive(companies, rig.acme, &rig.parent)));

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE(rig.row(0).state, RowState::Failed);
    QCOMPARE(rig.row(0).error->kind, ErrorKind::NotFound);
    QCOMPARE(rig.row(1).state, RowState::Applied); // Nothing is left to be removed.
}

void TestLinksOnPractice::refusesMergedRecords()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    const auto merged = outcomeOf(rig.portal.merge(contacts, rig.eve, rig.ada, &rig.parent));
    QVERIFY(merged && *merged);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, RowState::Failed);
    QCOMPARE(rig.row(0).error->existingId, (*merged)->id);
    QCOMPARE(rig.has((*merged)->id, rig.acme), QString());
}

void TestLinksOnPractice::stoppedRunsKnowWhatTheyDid()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.willFault(FaultKind::SilenceAfterWork, u"associations/.*/batch/create$"_s, -1);
    auto *run = new ApplyRun(
        rig.portal, rig.changes, *rig.journal,
        [] {
            return WritePolicy {WriteMode::Free, 0, 0, {}, true};
        },
        {}, rig.definitions, rig.clock, &rig.parent);
    QTRY_COMPARE(rig.requests("/batch/create"), 1);
    run->cancel();

    QCOMPARE(rig.row(0).state, RowState::Unknown);
    const QString runId = rig.journal->runs()->first().id;
    QTRY_COMPARE(rig.journal->rows(runId)->first().outcome, outcome::unknown);
}

void TestLinksOnPractice::manyAtOnce()
{
    LinkRig rig;
    const QList<Record> some = rig.firstContacts(130, {});
    QCOMPARE(some.size(), 130);
    for (const Record &record : some)
        rig.stage(record.id, rig.acme, {1});
    const QList<Association> before = rig.links(some.last().id);
    rig.server.clearLog();

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 130);
    QCOMPARE(rig.requests("/batch/create"), 2);
    QCOMPARE(rig.has(some.last().id, rig.acme), u"1 279"_s);
    rig.changes.removeApplied();
    (void)rig.changes.addRows(rig.inverse((*summary)->runId), Adding::Merge, {}, &rig.changes);
    const auto back = rig.run();
    QVERIFY(back && *back);
    QCOMPARE((*back)->applied, 130);
    const QList<Association> after = rig.links(some.last().id);
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < after.size(); ++i) {
        QCOMPARE(after[i].toId, before[i].toId);
        QVERIFY(areSameKinds(after[i].kinds, before[i].kinds));
    }
}

void TestLinksOnPractice::readOnlyModeSendsNothing()
{
    LinkRig rig;
    rig.stage(rig.ada, rig.acme, {279});
    rig.server.clearLog();

    const auto summary = rig.run({}, WriteMode::ReadOnly);

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::Refused);
    QCOMPARE(rig.server.log().total(), 0U);
}

HUBKEEPER_TEST(TestLinksOnPractice)
#include "tst_linksonpractice.moc"
