// SPDX-License-Identifier: MIT
#include "changes/run/inverserows.h"
#include "changes/run/run.h"
#include "journal/journal.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/tokenprovider.h"
#include "practice/server/practiceportal.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using practice::FaultKind;

namespace {

const auto contacts = ObjectType::Contacts;
const auto companies = ObjectType::Companies;
const QString firstContact = u"150000000001"_s;

practice::PracticeOptions options()
{
    practice::PracticeOptions options;
    options.contacts = 150;
    options.companies = 10;
    options.indexDelay = 100ms;
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

TransportOptions transportTo(const QUrl &url)
{
    TransportOptions options;
    options.base = url;
    options.silence = 700ms;
    return options;
}

/// A client and a practice portal with a real connection between them.
struct Rig
{
    QTemporaryDir folder;
    SystemClock portalClock;
    practice::PracticePortal server {options(), portalClock};
    QUrl url {(void(server.start()), server.url())};
    QuickClock clock;
    QnamTransport transport {transportTo(url)};
    AccountBudget budget {1000};
    TrafficLog traffic;
    TokenProvider tokens {server.staticToken()};
    RestClient client {transport, clock, budget, tokens, traffic, [] { return 0.0; }};
    PortalWriter portal {client, ApiVersion::V2026_09};
    ChangeSet changes;
    std::unique_ptr<Journal> journal {
        *Journal::open(folder.filePath(u"journal.sqlite"_s), clock, Secret())};
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    QObject parent;

    std::optional<Result<RunSummary>> run(const RunOptions &runOptions = {},
                                          WriteMode mode = WriteMode::Free)
    {
        return outcomeOf<RunSummary>(new ApplyRun(
                                         portal, changes, *journal,
                                         [mode] {
                                             return WritePolicy {mode, 0, 0, {}, true};
                                         },
                                         runOptions, definitions, clock, &parent),
                                     60'000);
    }

    [[nodiscard]] static QString contactId(int number)
    {
        return QString::number(firstContact.toLongLong() + number);
    }
    [[nodiscard]] Record read(const QString &id, const QStringList &properties,
                              ObjectType type = contacts)
    {
        ReadOptions readOptions;
        readOptions.properties = properties;
        const auto record = outcomeOf(portal.read(type, id, readOptions, &parent));
        return record && *record ? **record : Record();
    }
    /// Live contacts as a grid shows them.
    [[nodiscard]] QList<Record> firstContacts(int count, const QStringList &properties)
    {
        QList<Record> records;
        ListOptions listOptions;
        listOptions.properties = properties;
        while (records.size() < count) {
            const auto page = outcomeOf(portal.list(contacts, listOptions, &parent));
            if (!page || !*page || (*page)->records.isEmpty())
                break;
            records.append((*page)->records);
            listOptions.after = (*page)->after;
        }
        return records.first(std::min<qsizetype>(count, records.size()));
    }
    /// What the portal stores, without asking it.
    [[nodiscard]] QString stored(const QString &id, const QString &property)
    {
        const auto record = server.record(practice::ObjectType::Contact, id.toLongLong());
        return record ? record->values.value(property) : u"no such record"_s;
    }
    [[nodiscard]] int contactCount() const
    {
        return server.liveCount(practice::ObjectType::Contact);
    }
    [[nodiscard]] int requests(const QByteArray &end) const
    {
        const QList<practice::LoggedRequest> &all = server.log().requests();
        return int(std::count_if(all.begin(), all.end(),
                                 [&](const auto &one) { return one.path.endsWith(end); }));
    }
    void willFault(FaultKind kind, const QString &path, int times = 1, int status = 502)
    {
        practice::Fault fault;
        fault.kind = kind;
        fault.path = QRegularExpression(path);
        fault.times = times;
        fault.status = status;
        server.addFault(fault);
    }
    [[nodiscard]] RowChange row(int index) const { return changes.at(index); }
};

} // namespace

/// Runs over real sockets against the practice portal.
class TestApplyOnPractice : public QObject
{
    Q_OBJECT

private slots:
    void repairsAndReverts();
    void seesWhatSomebodyElseChanged();
    void waitsOutA429();
    void createReachesThePortalOnce_data();
    void createReachesThePortalOnce();
    void createThatNeverArrived_data();
    void createThatNeverArrived();
    void findsALostCompany();
    void companiesOfOneDomain();
    void stagesOnlyMoveForward();
    void updateSurvivesAServerFault_data();
    void updateSurvivesAServerFault();
    void isolatesABadOption();
    void takenAddressNamesItsOwner();
    void readOnlyModeSendsNothing();
    void triesTheFirstRows();
    void archivesAndSeesItGone();
    void saysWhenItCouldNotReadAgain();
    void endsWhenThePortalIsGone();
};

void TestApplyOnPractice::repairsAndReverts()
{
    Rig rig;
    const QList<Record> before = rig.firstContacts(120, {u"firstname"_s, u"email"_s});
    QCOMPARE(before.size(), 120);
    for (const Record &record : before)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Repaired"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 120);
    QCOMPARE(rig.stored(before.last().id, u"firstname"_s), u"Repaired"_s);
    QCOMPARE(rig.stored(before.last().id, u"email"_s), before.last().text(u"email"_s));

    auto inverse = rig.journal->rows((*summary)->runId).map([&](const QList<JournalRow> &rows) {
        return inverseRows(rows, nullptr);
    });
    QVERIFY(inverse);
    rig.changes.removeApplied();
    (void)rig.changes.addRows(std::move(*inverse), Adding::Replace, {}, &rig.changes);
    const auto back = rig.run();
    QVERIFY(back && *back);
    QCOMPARE((*back)->applied, 120);
    for (const Record &record : before)
        QCOMPARE(rig.stored(record.id, u"firstname"_s), record.text(u"firstname"_s));
    QVERIFY(rig.journal->verify()->state != JournalState::Altered);
}

void TestApplyOnPractice::seesWhatSomebodyElseChanged()
{
    Rig rig;
    const QList<Record> known = rig.firstContacts(2, {u"firstname"_s, u"phone"_s});
    rig.changes.setText(contacts, known[0], {}, u"firstname"_s, u"Mine"_s);
    rig.changes.setText(contacts, known[1], {}, u"firstname"_s, u"Mine"_s);
    QVERIFY(*outcomeOf(
        rig.portal.update(contacts, known[0].id, {{u"firstname"_s, u"Theirs"_s}}, &rig.parent)));
    QVERIFY(*outcomeOf(
        rig.portal.update(contacts, known[1].id, {{u"phone"_s, u"+1 555 0100"_s}}, &rig.parent)));

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->conflicting, 1);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.row(0).theirs.value(u"firstname"_s), u"Theirs"_s);
    QCOMPARE(rig.stored(known[0].id, u"firstname"_s), u"Theirs"_s);
    QCOMPARE(rig.stored(known[1].id, u"firstname"_s), u"Mine"_s);
}

void TestApplyOnPractice::waitsOutA429()
{
    Rig rig;
    const QList<Record> known = rig.firstContacts(3, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    rig.changes.addCreate(contacts, {{u"email"_s, u"new@example.com"_s}}, {});
    rig.willFault(FaultKind::RateTenSecondly, u"batch/(update|create)$"_s, 2);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 4);
    QCOMPARE(rig.requests("/batch/create") + rig.requests("/batch/update"), 4);
}

void TestApplyOnPractice::createReachesThePortalOnce_data()
{
    QTest::addColumn<FaultKind>("kind");

    QTest::newRow("closed") << FaultKind::CloseAfterWork;
    QTest::newRow("reset") << FaultKind::ResetAfterWork;
    QTest::newRow("silence") << FaultKind::SilenceAfterWork;
    QTest::newRow("cut") << FaultKind::CutBody;
    QTest::newRow("half of the JSON") << FaultKind::BrokenJson;
    QTest::newRow("other JSON") << FaultKind::WrongShape;
    QTest::newRow("no JSON") << FaultKind::PlainText;
    QTest::newRow("502") << FaultKind::StatusAfterWork;
}

void TestApplyOnPractice::createReachesThePortalOnce()
{
    QFETCH(FaultKind, kind);
    Rig rig;
    const int before = rig.contactCount();
    const QString id = rig.changes.addCreate(
        contacts, {{u"email"_s, u"Lost@Example.com"_s}, {u"firstname"_s, u"Lost"_s}}, {});
    const QString other =
        rig.changes.addCreate(contacts, {{u"email"_s, u"lost2@example.com"_s}}, {});
    rig.willFault(kind, u"/batch/create$"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.requests("/batch/create"), 1);
    QCOMPARE(rig.contactCount(), before + 2);
    const QString written = rig.changes.row(contacts, id)->writtenId;
    QCOMPARE(rig.stored(written, u"firstname"_s), u"Lost"_s);
    QVERIFY(rig.changes.row(contacts, other)->writtenId != written);
}

void TestApplyOnPractice::createThatNeverArrived_data()
{
    QTest::addColumn<FaultKind>("kind");

    QTest::newRow("closed") << FaultKind::CloseBeforeWork;
    QTest::newRow("silence") << FaultKind::SilenceBeforeWork;
    QTest::newRow("502") << FaultKind::Status;
}

void TestApplyOnPractice::createThatNeverArrived()
{
    QFETCH(FaultKind, kind);
    Rig rig;
    const int before = rig.contactCount();
    rig.changes.addCreate(contacts, {{u"email"_s, u"new@example.com"_s}}, {});
    rig.willFault(kind, u"/batch/create$"_s);

    const auto first = rig.run();
    QVERIFY(first && *first);
    QCOMPARE((*first)->unknown, 1);
    QCOMPARE(rig.row(0).state, RowState::Unknown);
    QCOMPARE(rig.requests("/batch/create"), 1);
    QCOMPARE(rig.contactCount(), before);

    const auto second = rig.run();
    QVERIFY(second && *second);
    QCOMPARE((*second)->applied, 1);
    QCOMPARE(rig.contactCount(), before + 1);
}

void TestApplyOnPractice::findsALostCompany()
{
    Rig rig;
    const int before = rig.server.liveCount(practice::ObjectType::Company);
    rig.changes.addCreate(companies,
                          {{u"name"_s, u"Lost and Found"_s}, {u"domain"_s, u"lost.example"_s}}, {});
    rig.willFault(FaultKind::CloseAfterWork, u"/batch/create$"_s);

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.requests("/companies/batch/create"), 1);
    QCOMPARE(rig.requests("/companies/search"), 2); // For the domain before, for the record after.
    QCOMPARE(rig.server.liveCount(practice::ObjectType::Company), before + 1);
}

/// HubSpot would make any number of them. Applied once more, it is meant.
void TestApplyOnPractice::companiesOfOneDomain()
{
    Rig rig;
    const int before = rig.server.liveCount(practice::ObjectType::Company);
    const auto add = [&rig](const QString &domain) {
        return rig.changes.addCreate(companies, {{u"name"_s, u"A"_s}, {u"domain"_s, domain}}, {});
    };
    const QString first = add(u"one.example"_s);
    QVERIFY(*rig.run());
    const QString owner = rig.changes.row(companies, first)->writtenId;
    QTest::qWait(150); // The index.

    const QString second = add(u"ONE.example"_s);
    const QString other = add(u"two.example"_s);
    const auto summary = rig.run();
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE((*summary)->applied, 1);
    const auto refused = rig.changes.row(companies, second);
    QCOMPARE(refused->state, RowState::Failed);
    QCOMPARE(refused->error->existingId, owner);
    QCOMPARE(rig.changes.row(companies, other)->state, RowState::Applied);

    const auto again = rig.run();
    QVERIFY(again && *again);
    QCOMPARE((*again)->applied, 1);
    add(u"one.example"_s);
    RunOptions mayRepeat;
    mayRepeat.mayRepeatDomains = true;
    QCOMPARE((*rig.run(mayRepeat))->applied, 1);
    QCOMPARE(rig.server.liveCount(practice::ObjectType::Company), before + 4);
}

void TestApplyOnPractice::stagesOnlyMoveForward()
{
    Rig rig;
    const auto definitions = outcomeOf(rig.portal.properties(contacts, &rig.parent));
    QVERIFY(definitions && *definitions);
    rig.definitions.insert(contacts, **definitions);
    const QString stage = u"lifecyclestage"_s;
    const auto apply = [&](const QString &after) {
        const Record now = rig.read(Rig::contactId(0), {stage});
        rig.changes.setText(contacts, now, {}, stage, after);
        const auto summary = rig.run();
        return summary && *summary && (*summary)->applied == 1;
    };
    (void)apply({});
    QVERIFY(apply(u"customer"_s));

    QVERIFY(!apply(u"lead"_s));

    const RowChange row = *rig.changes.row(contacts, Rig::contactId(0));
    QCOMPARE(row.state, RowState::Failed);
    QCOMPARE(row.error->kind, ErrorKind::Refused);
    QVERIFY(row.error->remedy.contains(u"Clear lifecyclestage first"_s));
    rig.changes.revertRow(contacts, Rig::contactId(0));
    QVERIFY(apply({}));
    QVERIFY(apply(u"lead"_s));
}

void TestApplyOnPractice::updateSurvivesAServerFault_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<int>("times");
    QTest::addColumn<RowState>("state");

    QTest::newRow("once") << FaultKind::Status << 1 << RowState::Applied;
    QTest::newRow("always, but done") << FaultKind::StatusAfterWork << -1 << RowState::Applied;
    QTest::newRow("always") << FaultKind::Status << -1 << RowState::Failed;
    QTest::newRow("closed after work") << FaultKind::CloseAfterWork << 1 << RowState::Applied;
}

void TestApplyOnPractice::updateSurvivesAServerFault()
{
    QFETCH(FaultKind, kind);
    QFETCH(int, times);
    QFETCH(RowState, state);
    Rig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    rig.willFault(kind, u"/batch/update$"_s, times);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, state);
    const bool wanted = state == RowState::Applied;
    QCOMPARE(rig.stored(known.id, u"firstname"_s), wanted ? u"Eve"_s : known.text(u"firstname"_s));
}

void TestApplyOnPractice::isolatesABadOption()
{
    Rig rig;
    const QList<Record> known = rig.firstContacts(100, {u"hs_lead_status"_s, u"firstname"_s});
    for (int i = 0; i < 100; ++i) {
        if (i == 41)
            rig.changes.setText(contacts, known[i], {}, u"hs_lead_status"_s, u"boss"_s);
        else
            rig.changes.setText(contacts, known[i], {}, u"firstname"_s, u"Eve"_s);
    }

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 99);
    QCOMPARE((*summary)->failed, 1);
    QCOMPARE(rig.row(41).state, RowState::Failed);
    QCOMPARE(rig.row(41).error->fields.first().property, u"hs_lead_status"_s);
    QCOMPARE(rig.stored(known[99].id, u"firstname"_s), u"Eve"_s);

    // The definitions find it before anything is sent.
    const auto definitions = outcomeOf(rig.portal.properties(contacts, &rig.parent));
    QVERIFY(definitions && *definitions);
    rig.definitions[contacts] = **definitions;
    const int updates = rig.requests("/batch/update");
    QVERIFY(rig.run());
    QCOMPARE(rig.row(41).error->kind, ErrorKind::Refused);
    QCOMPARE(rig.requests("/batch/update"), updates);
}

void TestApplyOnPractice::takenAddressNamesItsOwner()
{
    Rig rig;
    const Record known = rig.firstContacts(1, {u"email"_s}).first();
    rig.changes.addCreate(contacts, {{u"email"_s, known.text(u"email"_s)}}, {});
    rig.changes.addCreate(contacts, {{u"email"_s, u"free@example.com"_s}}, {});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.row(0).state, RowState::Failed);
    QCOMPARE(rig.row(0).error->kind, ErrorKind::Conflict);
    QCOMPARE(rig.row(0).error->existingId, known.id);
}

void TestApplyOnPractice::readOnlyModeSendsNothing()
{
    Rig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    rig.server.clearLog();

    const auto summary = rig.run({}, WriteMode::ReadOnly);

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::Refused);
    QCOMPARE(rig.server.log().total(), 0U);
}

void TestApplyOnPractice::triesTheFirstRows()
{
    Rig rig;
    const QList<Record> known = rig.firstContacts(5, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    RunOptions trial;
    trial.firstRows = 2;

    const auto summary = rig.run(trial);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.stored(known[1].id, u"firstname"_s), u"Eve"_s);
    QCOMPARE(rig.stored(known[2].id, u"firstname"_s), known[2].text(u"firstname"_s));
    QCOMPARE(rig.row(2).state, RowState::Staged);
}

void TestApplyOnPractice::archivesAndSeesItGone()
{
    Rig rig;
    const int before = rig.contactCount();
    const QList<Record> known = rig.firstContacts(3, {});
    rig.changes.addArchive(contacts, known[0], {});
    rig.changes.addArchive(contacts, known[1], {});

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 2);
    QCOMPARE(rig.contactCount(), before - 2);
    QList<LeftRow> left;
    QVERIFY(inverseRows(*rig.journal->rows((*summary)->runId), &left).empty());
    QCOMPARE(left.size(), 2);
}

void TestApplyOnPractice::saysWhenItCouldNotReadAgain()
{
    Rig rig;
    const Record known = rig.firstContacts(1, {u"firstname"_s}).first();
    rig.changes.setText(contacts, known, {}, u"firstname"_s, u"Eve"_s);
    practice::Fault fault;
    fault.kind = FaultKind::Status;
    fault.path = QRegularExpression(u"/batch/read$"_s);
    fault.nth = 2;
    fault.times = -1;
    rig.server.addFault(fault);

    QVERIFY(rig.run());

    QCOMPARE(rig.row(0).state, RowState::Applied);
    QVERIFY(rig.row(0).error);
    QVERIFY(rig.row(0).error->what.startsWith(u"Written, but"_s));
}

void TestApplyOnPractice::endsWhenThePortalIsGone()
{
    Rig rig;
    const QList<Record> known = rig.firstContacts(2, {u"firstname"_s});
    for (const Record &record : known)
        rig.changes.setText(contacts, record, {}, u"firstname"_s, u"Eve"_s);
    rig.server.stop();

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->failed, 2);
    QCOMPARE(rig.row(0).error->kind, ErrorKind::Offline);
    QCOMPARE(rig.row(0).cells.size(), 1); // The edit is still there, to be applied again.
}

HUBKEEPER_TEST(TestApplyOnPractice)
#include "tst_applyonpractice.moc"
