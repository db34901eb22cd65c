// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/tokenprovider.h"
#include "portal/portalwriter.h"
#include "practice/server/practicethread.h"
#include "session/reading/readlist.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using practice::FaultKind;

namespace {

constexpr int liveContacts = 2500;

practice::PracticeOptions portalOptions()
{
    practice::PracticeOptions options;
    options.contacts = liveContacts;
    options.companies = 3;
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

TransportOptions transportTo(const QUrl &url)
{
    TransportOptions options;
    options.base = url;
    options.silence = 2s;
    return options;
}

/// One window on a portal: a client with its own connections, on a budget others may share.
struct Window
{
    Window(const practice::PracticePortal &server, Clock &clock, std::shared_ptr<AccountBudget> of)
        : budget(std::move(of))
        , transport(transportTo(server.url()))
        , tokens(server.staticToken())
        , client(transport, clock, *budget, tokens, traffic, [] { return 0.5; })
        , portal(client, ApiVersion::V2026_09)
        , set(*RecordSet::create(folder.path(), ObjectType::Contacts, {u"email"_s}))
    {
    }

    [[nodiscard]] ReadList *read(std::vector<IdRange> ranges = {IdRange {}}, int parallel = 8)
    {
        BrowseQuery query;
        query.properties = {u"email"_s};
        query.parallel = parallel;
        query.ranges = std::move(ranges);
        return new ReadList(portal, query, *set, &parent);
    }
    /// What a search finds, instead of the list.
    [[nodiscard]] ReadList *search(const QList<SearchFilter> &group, int parallel = 8,
                                   std::vector<IdRange> ranges = {IdRange {}})
    {
        BrowseQuery query;
        query.properties = {u"email"_s};
        query.parallel = parallel;
        query.ranges = std::move(ranges);
        query.search.emplace();
        query.search->groups = {group};
        return new ReadList(portal, query, *set, &parent);
    }
    /// Every id of the set, in the set's own order.
    [[nodiscard]] QStringList ids()
    {
        QStringList ids;
        const auto order = outcomeOf(set->order({}, &parent));
        for (const qint64 row : **order)
            ids.append(set->idAt(row));
        return ids;
    }
    [[nodiscard]] int repliesOf(int status) const
    {
        const auto &all = traffic.records();
        return int(std::count_if(all.begin(), all.end(),
                                 [&](const auto &one) { return one.status == status; }));
    }

    QTemporaryDir folder;
    std::shared_ptr<AccountBudget> budget;
    QnamTransport transport;
    TokenProvider tokens;
    TrafficLog traffic;
    RestClient client;
    PortalWriter portal;
    std::unique_ptr<RecordSet> set;
    QObject parent;
};

practice::Fault fault(FaultKind kind, int nth, int times, int status = 500)
{
    practice::Fault fault;
    fault.kind = kind;
    fault.path.setPattern(u"/contacts$"_s);
    fault.nth = nth;
    fault.times = times;
    fault.status = status;
    return fault;
}

} // namespace

/// A whole portal is read over real sockets.
class TestReadList : public QObject
{
    Q_OBJECT

private slots:
    void readsEverythingOnceInOrder_data();
    void readsEverythingOnceInOrder();
    void readsAPortalWithoutRecords();
    void reportsItsProgress();
    void survivesPassingFaults();
    void continuesABrokenReading();
    void continuesACancelledReading();
    void keepsFewPagesInMemory();
    void neverProvokesAStorm();
    void leavesRoomForOthers();
    void reportsWhatStopsIt();
    void readsWhatASearchFinds_data();
    void readsWhatASearchFinds();
    void oneSearchIsEnoughForAPage();
    void continuesABrokenSearch();

private:
    QuickClock m_clock;
};

void TestReadList::readsEverythingOnceInOrder_data()
{
    QTest::addColumn<int>("parallel");
    QTest::addColumn<bool>("emptyPages");
    QTest::newRow("one after the other") << 1 << false;
    QTest::newRow("eight at a time") << 8 << false;
    QTest::newRow("more pieces than pages") << 40 << false;
    QTest::newRow("with empty pages") << 8 << true;
}

void TestReadList::readsEverythingOnceInOrder()
{
    QFETCH(int, parallel);
    QFETCH(bool, emptyPages);
    practice::PracticeOptions options = portalOptions();
    options.switches.emptyPages = emptyPages;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));

    const auto summary = outcomeOf<BrowseSummary>(window.read({IdRange {}}, parallel), 30'000);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->records, liveContacts);
    QCOMPARE((*summary)->total, liveContacts);
    QVERIFY((*summary)->complete);
    const QStringList ids = window.ids();
    QCOMPARE(ids.size(), liveContacts);
    QVERIFY(std::is_sorted(ids.begin(), ids.end(), &idLess));
    QCOMPARE(std::set<QString>(ids.begin(), ids.end()).size(), size_t(liveContacts));
}

void TestReadList::readsAPortalWithoutRecords()
{
    practice::PracticeOptions options = portalOptions();
    options.contacts = 0;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));

    const auto summary = outcomeOf<BrowseSummary>(window.read());

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->records, 0);
    QCOMPARE((*summary)->total, 0);
}

void TestReadList::reportsItsProgress()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));
    ReadList *reading = window.read();
    qint64 last = 0;
    qint64 lastTotal = -1;
    bool neverBack = true;
    connect(reading, &CallBase::progressed, this, [&](qint64 done, qint64 total) {
        neverBack = neverBack && done >= last && total >= lastTotal;
        last = done;
        lastTotal = total;
    });

    QVERIFY(outcomeOf<BrowseSummary>(reading).value());

    QVERIFY(neverBack);
    QCOMPARE(last, liveContacts);
    QCOMPARE(lastTotal, liveContacts);
}

/// What the retry table repeats does not break a reading, and doubles nothing.
void TestReadList::survivesPassingFaults()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    server.addFault(fault(FaultKind::Status, 3, 2, 502));
    server.addFault(fault(FaultKind::CloseBeforeWork, 9, 1));
    server.addFault(fault(FaultKind::CutBody, 12, 1));
    server.addFault(fault(FaultKind::RateTenSecondly, 15, 1));
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));

    const auto summary = outcomeOf<BrowseSummary>(window.read(), 30'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().what));
    QCOMPARE((*summary)->records, liveContacts);
    QCOMPARE(window.set->rowCount(), liveContacts);
    QCOMPARE(window.repliesOf(502), 2);
    QCOMPARE(window.repliesOf(429), 1);
}

void TestReadList::continuesABrokenReading()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    server.addFault(fault(FaultKind::StatusJson, 12, -1, 403));
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));
    ReadList *broken = window.read();
    std::vector<IdRange> rest;
    connect(broken, &CallBase::finished, this, [&] { rest = broken->remaining(); });
    const auto first = outcomeOf<BrowseSummary>(broken, 30'000);
    QVERIFY(first && !*first);
    QCOMPARE(first->error().kind, ErrorKind::Forbidden);
    QVERIFY(!rest.empty());
    server.clearFaults();

    const auto second = outcomeOf<BrowseSummary>(window.read(rest), 30'000);

    QVERIFY(second && *second);
    QVERIFY((*second)->records <= liveContacts - 500); // It did not begin anew.
    QCOMPARE(window.set->rowCount(), liveContacts);
    const QStringList ids = window.ids();
    QCOMPARE(std::set<QString>(ids.begin(), ids.end()).size(), size_t(liveContacts));
}

void TestReadList::continuesACancelledReading()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));
    ReadList *reading = window.read();
    std::vector<IdRange> rest;
    connect(reading, &CallBase::finished, this, [&] { rest = reading->remaining(); });
    connect(reading, &CallBase::progressed, reading, [&](qint64 done, qint64) {
        if (done > 600)
            reading->cancel();
    });

    const auto cancelled = outcomeOf<BrowseSummary>(reading, 30'000);

    QVERIFY(cancelled && !*cancelled);
    QCOMPARE(cancelled->error().kind, ErrorKind::Cancelled);
    QTest::qWait(100); // What was on its way arrives.
    const auto requests = server.log().total();
    QTest::qWait(100);
    QCOMPARE(server.log().total(), requests); // Nothing goes on behind our back.
    QVERIFY(outcomeOf<BrowseSummary>(window.read(rest), 30'000).value());
    QTRY_COMPARE(window.set->rowCount(), liveContacts);
}

/// Pages that came, but are not on the disk yet, and pages on their way.
void TestReadList::keepsFewPagesInMemory()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));
    ReadList *reading = window.read({IdRange {}}, 4);
    qint64 most = 0;
    qint64 read = 0;
    connect(reading, &CallBase::progressed, this, [&](qint64 done, qint64) {
        read = done;
        most = std::max(most, read - window.set->rowCount());
    });

    QVERIFY(outcomeOf<BrowseSummary>(reading, 30'000).value());

    QVERIFY2(most <= 8 * 100, qPrintable(QString::number(most)));
}

/// The provisioner permits far more than the account: after the first refusals the headers rule.
void TestReadList::neverProvokesAStorm()
{
    practice::PracticeOptions options = portalOptions();
    options.limits.staticPerWindow = 20;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(200));

    const auto summary = outcomeOf<BrowseSummary>(window.read(), 60'000);

    QVERIFY(summary && *summary);
    QCOMPARE(window.set->rowCount(), liveContacts);
    QVERIFY2(window.repliesOf(429) <= 8, // Those that were on their way when the first came.
             qPrintable(QString::number(window.repliesOf(429))));
}

/// With a reserve of half the window another program may use the rest, and nobody is refused.
void TestReadList::leavesRoomForOthers()
{
    practice::PracticeOptions options = portalOptions();
    options.contacts = 1000;
    options.limits.staticPerWindow = 40;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window ours(server, m_clock, std::make_shared<AccountBudget>(4));
    ours.budget->setReserve(50);
    Window theirs(server, m_clock, std::make_shared<AccountBudget>(2));
    std::optional<Result<BrowseSummary>> other;
    QObject context;
    theirs.read()->onDone(&context, [&](const Result<BrowseSummary> &summary) { other = summary; });

    const auto summary = outcomeOf<BrowseSummary>(ours.read(), 60'000);

    QVERIFY(summary && *summary);
    QTRY_VERIFY(other.has_value());
    QCOMPARE(ours.repliesOf(429) + theirs.repliesOf(429), 0);
}

void TestReadList::reportsWhatStopsIt()
{
    practice::PracticePortal server(portalOptions(), m_clock);
    QVERIFY(server.start());
    server.addFault(fault(FaultKind::RateDaily, 5, -1));
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000));

    const auto summary = outcomeOf<BrowseSummary>(window.read(), 30'000);

    QVERIFY(summary && !*summary);
    QCOMPARE(summary->error().kind, ErrorKind::RateLimited);
    QVERIFY(!summary->error().remedy.isEmpty());
}

void TestReadList::readsWhatASearchFinds_data()
{
    QTest::addColumn<int>("parallel");
    QTest::addColumn<int>("reach");
    QTest::newRow("one after the other") << 1 << 10'000;
    QTest::newRow("eight at a time") << 8 << 10'000;
    QTest::newRow("beyond the reach of HubSpot's cursor") << 8 << 400;
}

void TestReadList::readsWhatASearchFinds()
{
    QFETCH(int, parallel);
    QFETCH(int, reach);
    practice::PracticeOptions options = portalOptions();
    options.indexDelay = 0ms;
    options.bounds.searchReach = reach;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window all(server, m_clock, std::make_shared<AccountBudget>(1000, 1000));
    QVERIFY(outcomeOf<BrowseSummary>(all.read(), 30'000).value());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000, 1000));
    const SearchFilter present {u"hs_object_id"_s, SearchOperator::HasProperty, {}, {}, {}};

    const auto summary = outcomeOf<BrowseSummary>(window.search({present}, parallel), 60'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().sentence()));
    QCOMPARE((*summary)->records, liveContacts);
    QCOMPARE((*summary)->total, liveContacts);
    const QStringList ids = window.ids();
    QCOMPARE(ids, all.ids());
}

/// The quick search of a person: nothing else is asked.
void TestReadList::oneSearchIsEnoughForAPage()
{
    practice::PracticeOptions options = portalOptions();
    options.contacts = 150;
    options.indexDelay = 0ms;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000, 1000));
    const SearchFilter present {u"hs_object_id"_s, SearchOperator::HasProperty, {}, {}, {}};

    const auto summary = outcomeOf<BrowseSummary>(window.search({present}), 30'000);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->records, 150);
    QCOMPARE((*summary)->total, 150);
    QCOMPARE(server.log().count("POST", "/crm/objects/2026-09/contacts/search"), 1);
}

void TestReadList::continuesABrokenSearch()
{
    practice::PracticeOptions options = portalOptions();
    options.indexDelay = 0ms;
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    practice::Fault broken = fault(FaultKind::StatusJson, 6, -1, 403);
    broken.path.setPattern(u"/contacts/search$"_s);
    server.addFault(broken);
    Window window(server, m_clock, std::make_shared<AccountBudget>(1000, 1000));
    const SearchFilter present {u"hs_object_id"_s, SearchOperator::HasProperty, {}, {}, {}};
    ReadList *reading = window.search({present});
    std::optional<BrowseQuery> rest;
    connect(reading, &CallBase::finished, this, [&] { rest = reading->rest(); });
    const auto first = outcomeOf<BrowseSummary>(reading, 30'000);
    QVERIFY(first && !*first);
    QCOMPARE(first->error().kind, ErrorKind::Forbidden);
    QVERIFY(rest && rest->search);
    server.clearFaults();

    const auto second = outcomeOf<BrowseSummary>(window.search({present}, 8, rest->ranges), 30'000);

    QVERIFY(second && *second);
    QVERIFY((*second)->records < liveContacts); // It did not begin anew.
    QTRY_COMPARE(window.set->rowCount(), liveContacts);
}

HUBKEEPER_TEST(TestReadList)
#include "tst_readlist.moc"
