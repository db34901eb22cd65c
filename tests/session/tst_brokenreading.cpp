// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/oauth.h"
#include "portal/access/tokenprovider.h"
#include "portal/portalwriter.h"
#include "practice/server/practiceportal.h"
#include "session/reading/readlist.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"
#include "testkit/testprogram.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int contactsToRead = 3000;
constexpr qint64 middle = 1000; ///< Records read when something happens.

practice::PracticeOptions slowPortal()
{
    practice::PracticeOptions options;
    options.contacts = contactsToRead;
    options.companies = 3;
    options.limits = {0, 0, 0, 0, 0};
    options.latency = 20ms; // Some pages are always on their way.
    return options;
}

TransportOptions brokenTransportTo(const QUrl &url)
{
    TransportOptions options;
    options.base = url;
    options.silence = 2s;
    return options;
}

/// One sign-in to a portal.
struct Client
{
    Client(const practice::PracticePortal &server, Clock &clock, Secret refreshToken)
        : transport(brokenTransportTo(server.url()))
        , credentials {server.clientId(), server.clientSecret(), std::move(refreshToken)}
        , tokens(transport, clock, tokenPath(), credentials.clone())
        , client(transport, clock, budget, tokens, traffic, [] { return 0.5; })
        , portal(client, ApiVersion::V2026_09)
    {
        tokens.recordInto(traffic);
    }

    [[nodiscard]] static QString tokenPath() { return ApiPaths(ApiVersion::V2026_09).token(); }
    [[nodiscard]] int repliesOf(int status) const
    {
        const auto &all = traffic.records();
        return int(std::count_if(all.begin(), all.end(),
                                 [&](const TrafficRecord &one) { return one.status == status; }));
    }

    AccountBudget budget {1000};
    QnamTransport transport;
    const OAuthCredentials credentials;
    TokenProvider tokens;
    TrafficLog traffic;
    RestClient client;
    PortalWriter portal;
    QObject parent;
};

/// A record set and what its readings left.
struct Grid
{
    [[nodiscard]] ReadList *read(Client &client)
    {
        BrowseQuery query;
        query.properties = {u"email"_s};
        query.parallel = 8;
        query.ranges = rest;
        auto *reading = new ReadList(client.portal, query, *set, &parent);
        QObject::connect(reading, &CallBase::finished, &parent,
                         [this, reading] { rest = reading->remaining(); });
        return reading;
    }
    /// Every id, in the set's own order.
    [[nodiscard]] QStringList ids()
    {
        QStringList ids;
        const auto order = outcomeOf(set->order({}, &parent));
        for (const qint64 row : **order)
            ids.append(set->idAt(row));
        return ids;
    }

    QTemporaryDir folder;
    std::unique_ptr<RecordSet> set {
        *RecordSet::create(folder.path(), ObjectType::Contacts, {u"email"_s})};
    std::vector<IdRange> rest {IdRange {}};
    QObject parent;
};

/// Does `work` once, in the middle of the reading.
template <typename Work>
void inTheMiddle(ReadList *reading, Work work)
{
    auto done = std::make_shared<bool>(false);
    QObject::connect(reading, &CallBase::progressed, reading, [=](qint64 records, qint64) {
        if (records >= middle && !std::exchange(*done, true))
            work();
    });
}

bool isPage(const practice::LoggedRequest &request)
{
    return request.method == "GET" && request.path.endsWith("/contacts");
}

/// How often each page was delivered, by its query.
QMap<QByteArray, int> pagesDelivered(const practice::PracticePortal &server)
{
    QMap<QByteArray, int> pages;
    for (const auto &request : server.log().requests()) {
        if (isPage(request) && request.worked && request.status == 200)
            ++pages[request.query];
    }
    return pages;
}

int tokenExchanges(const practice::PracticePortal &server)
{
    return server.log().count("POST", Client::tokenPath().toLatin1());
}

/// Complete, in order, nothing twice.
void verifyRecords(Grid &grid)
{
    const QStringList ids = grid.ids();
    QCOMPARE(ids.size(), contactsToRead);
    QVERIFY(std::is_sorted(ids.begin(), ids.end(), &idLess));
    QCOMPARE(std::set<QString>(ids.begin(), ids.end()).size(), size_t(contactsToRead));
}

/// That, and the portal delivered no page twice.
void verifyComplete(Grid &grid, const practice::PracticePortal &server)
{
    verifyRecords(grid);
    const auto pages = pagesDelivered(server);
    for (auto page = pages.begin(); page != pages.end(); ++page)
        QVERIFY2(*page == 1, page.key().constData());
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// What happens in the middle of reading a whole portal, over real sockets.
class TestBrokenReading : public QObject
{
    Q_OBJECT

private slots:
    void goesOnWhenTheTokenExpires();
    void stopsWhenTheRefreshIsRefusedAndGoesOnAfterANewSignIn();
    void goesOnAfterAShortBreakOfTheNetwork();
    void stopsWithoutNetworkAndGoesOnWhenItIsBack();

private:
    QuickClock m_clock {10};
};

void TestBrokenReading::goesOnWhenTheTokenExpires()
{
    practice::PracticePortal server(slowPortal(), m_clock);
    QVERIFY(server.start());
    Client client(server, m_clock, server.refreshToken());
    Grid grid;
    ReadList *reading = grid.read(client);
    inTheMiddle(reading, [&] { server.expireAccessTokens(); });

    const auto summary = outcomeOf<BrowseSummary>(reading, 60'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().what));
    QCOMPARE((*summary)->records, contactsToRead);
    QVERIFY(client.repliesOf(401) > 0);
    QCOMPARE(tokenExchanges(server), 2); // One at the start, one for all who were refused.
    verifyComplete(grid, server);
}

void TestBrokenReading::stopsWhenTheRefreshIsRefusedAndGoesOnAfterANewSignIn()
{
    practice::PracticePortal server(slowPortal(), m_clock);
    QVERIFY(server.start());
    Client revoked(server, m_clock, server.refreshToken());
    Grid grid;
    ReadList *reading = grid.read(revoked);
    inTheMiddle(reading, [&] {
        server.expireAccessTokens();
        (void)revoked.transport.send(revokeRequest(Client::tokenPath(), revoked.credentials),
                                     Secret(), &revoked.parent);
    });

    const auto broken = outcomeOf<BrowseSummary>(reading, 60'000);

    QVERIFY(broken && !*broken);
    QCOMPARE(broken->error().kind, ErrorKind::Unauthorized);
    QVERIFY2(!broken->error().remedy.isEmpty(), qPrintable(broken->error().what));
    QVERIFY(tokenExchanges(server) <= 3); // Nobody hammers the token endpoint.
    QTest::qWait(300); // What was on its way arrives.
    const qint64 kept = grid.set->rowCount();
    QVERIFY(kept >= middle && kept < contactsToRead);
    QVERIFY(!grid.rest.empty());
    const auto requests = server.log().total();

    Client anew(server, m_clock, server.addRefreshToken());
    const auto summary = outcomeOf<BrowseSummary>(grid.read(anew), 60'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().what));
    QCOMPARE((*summary)->records, contactsToRead - kept); // It did not begin anew.
    QVERIFY(server.log().total() - requests < 60);
    verifyRecords(grid);
}

void TestBrokenReading::goesOnAfterAShortBreakOfTheNetwork()
{
    practice::PracticePortal server(slowPortal(), m_clock);
    QVERIFY(server.start());
    Client client(server, m_clock, server.refreshToken());
    Grid grid;
    ReadList *reading = grid.read(client);
    inTheMiddle(reading, [&] {
        practice::Fault reset;
        reset.kind = practice::FaultKind::ResetBeforeWork;
        reset.times = 12;
        server.addFault(reset);
    });

    const auto summary = outcomeOf<BrowseSummary>(reading, 60'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().what));
    QCOMPARE((*summary)->records, contactsToRead);
    QVERIFY(client.repliesOf(0) > 0); // Requests without an answer.
    verifyComplete(grid, server);
}

/// The machine is not there any more, then it is again.
void TestBrokenReading::stopsWithoutNetworkAndGoesOnWhenItIsBack()
{
    practice::PracticeOptions options = slowPortal();
    options.port = freePort();
    practice::PracticePortal server(options, m_clock);
    QVERIFY(server.start());
    Client client(server, m_clock, server.refreshToken());
    Grid grid;
    ReadList *reading = grid.read(client);
    bool wasStopped = false;
    inTheMiddle(reading, [&] {
        // From the event loop: the page that was just delivered came over one of its sockets.
        QMetaObject::invokeMethod(
            &grid.parent,
            [&] {
                server.stop();
                wasStopped = true;
            },
            Qt::QueuedConnection);
    });

    const auto broken = outcomeOf<BrowseSummary>(reading, 60'000);

    QVERIFY(wasStopped);
    QVERIFY(broken && !*broken);
    QVERIFY2(broken->error().kind == ErrorKind::Offline
                 || broken->error().kind == ErrorKind::ConnectionLost,
             qPrintable(broken->error().what));
    QTest::qWait(100);
    const qint64 kept = grid.set->rowCount();
    QVERIFY(kept >= middle && kept < contactsToRead);

    QVERIFY(server.start());
    const auto summary = outcomeOf<BrowseSummary>(grid.read(client), 60'000);

    QVERIFY(summary);
    QVERIFY2(*summary, *summary ? "" : qPrintable(summary->error().what));
    QCOMPARE((*summary)->records, contactsToRead - kept);
    verifyRecords(grid);
}

HUBKEEPER_TEST(TestBrokenReading)
#include "tst_brokenreading.moc"
