// SPDX-License-Identifier: MIT
#include "portal/portalwriter.h"
#include "practice/server/practiceportal.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/reading/browserecords.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

namespace {

constexpr int speed = 4; // Of the clock; the faster, the more uneven by it.
constexpr int permits = 2; // A second, so twenty in HubSpot's ten.

practice::PracticeOptions narrowPortal(qint64 portalId)
{
    practice::PracticeOptions options;
    options.portalId = portalId;
    options.contacts = 3000;
    options.companies = 3;
    options.limits = {0, 30, 5, 0, 0}; // Thirty for an app: two clients side by side are too many.
    return options;
}

/// One program's.
BudgetRegistry &budgets()
{
    static BudgetRegistry registry;
    return registry;
}

/// One window's session, with secrets and journal of its own.
struct BudgetWindow
{
    BudgetWindow(const QUrl &portal, Clock &clock, OAuthCredentials credentials,
                 int permitsPerSecond = permits)
    {
        SessionParts parts;
        parts.connection.id = u"window"_s;
        parts.provisioner = std::make_shared<ProvisionerFacts>();
        parts.transport.base = portal;
        parts.permitsPerSecond = permitsPerSecond;
        parts.credentials = std::move(credentials);
        auto journal = Journal::open(folder.filePath(u"journal.sqlite"_s), clock, Secret());
        if (!journal)
            qFatal("%s", qUtf8Printable(journal.error().sentence()));
        parts.journal = std::move(*journal);
        session = std::make_unique<Session>(std::move(parts),
                                            SessionServices {clock, secrets, paths, budgets()});
        set = *RecordSet::create(folder.path(), ObjectType::Contacts, {u"email"_s});
    }

    [[nodiscard]] Call<BrowseSummary> *read()
    {
        BrowseQuery query;
        query.properties = {u"email"_s};
        return browseRecords(*session, query, *set, &parent);
    }

    /// So many searches, one after the other; counts those that failed.
    void search(int times)
    {
        if (times == 0) {
            searched = true;
            return;
        }
        SearchQuery query;
        query.text = u"a"_s;
        query.limit = 1;
        session->portal()
            .search(ObjectType::Contacts, query, &parent)
            ->onDone(&parent, [this, times](const Result<RecordPage> &page) {
                failed += page ? 0 : 1;
                search(times - 1);
            });
    }

    [[nodiscard]] int refusals() const
    {
        const auto &all = session->traffic().records();
        return int(std::count_if(all.begin(), all.end(),
                                 [](const TrafficRecord &one) { return one.status == 429; }));
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    MemorySecretStore secrets;
    std::unique_ptr<Session> session;
    std::unique_ptr<RecordSet> set;
    QObject parent;
    bool searched = false;
    int failed = 0;
};

using Instants = std::vector<practice::EpochMs>;

/// When calls with this in their path arrived, token exchanges left out.
Instants arrivals(const practice::PracticePortal &portal, const QByteArray &inPath = {})
{
    Instants all;
    for (const auto &request : portal.log().requests()) {
        if (!request.path.startsWith("/oauth") && request.path.contains(inPath))
            all.push_back(request.at);
    }
    return all;
}

int mostWithin(std::chrono::milliseconds window, Instants at)
{
    std::sort(at.begin(), at.end());
    qsizetype most = 0;
    for (auto first = at.begin(); first != at.end(); ++first) {
        const auto end = std::lower_bound(first, at.end(), *first + window.count());
        most = std::max<qsizetype>(most, end - first);
    }
    return int(most);
}

/// Both read everything at the same time.
void readBoth(BudgetWindow &one, BudgetWindow &two)
{
    std::optional<Result<BrowseSummary>> first;
    QObject context;
    one.read()->onDone(&context, [&](const Result<BrowseSummary> &summary) { first = summary; });
    const auto second = outcomeOf(two.read(), 60'000);
    QVERIFY(second);
    QVERIFY2(*second, *second ? "" : qPrintable(second->error().what));
    QTRY_VERIFY_WITH_TIMEOUT(first.has_value(), 30'000);
    QVERIFY2(*first, *first ? "" : qPrintable(first->error().what));
    QCOMPARE(one.set->rowCount(), 3000);
    QCOMPARE(two.set->rowCount(), 3000);
}

/// What a server was asked that knows three sign-ins, "one" and "two" to one portal and "three" to
/// another. Its tokens do not say to which.
struct ThreeSignIns
{
    QHash<QByteArray, Instants> lists; ///< When each asked for a list.
    QHash<QByteArray, int> questions; ///< How often each asked who it is.

    WireAnswer answerTo(const WireRequest &request, const Clock &clock)
    {
        WireAnswer answer;
        const QByteArray bearer = request.headers.value("authorization").mid(7);
        if (request.target.startsWith("/oauth")) {
            const QByteArray signIn = request.body.contains("three") ? "three"
                : request.body.contains("two")                       ? "two"
                                                                     : "one";
            answer.body = R"({"access_token":")" + signIn + R"(","expires_in":1800})";
        } else if (request.target.contains("account")) {
            ++questions[bearer];
            answer.body = bearer == "three" ? R"({"portalId":2})" : R"({"portalId":1})";
        } else {
            lists[bearer].push_back(clock.utc().toMSecsSinceEpoch());
            answer.body = R"({"results":[]})";
        }
        return answer;
    }
};

} // namespace

/// Sessions keep the limits of their account together, over real sockets (hubspot-api 12.1).
class TestSharedBudget : public QObject
{
    Q_OBJECT

private slots:
    void signInsOfOneAppShareThePermits();
    void appsOfOneAccountShareSearches();
    void appsOfOneAccountHaveTheirOwnPermits();
    void portalsDoNotShare();
    void anAccountThatIsClosedIsClosedToAll();
    void asksWhoItIsWhenTheTokenDoesNotTell();
    void reserveAppliesAtOnce();
};

/// The same app, two refresh tokens.
void TestSharedBudget::signInsOfOneAppShareThePermits()
{
    QuickClock clock(speed);
    practice::PracticePortal portal(narrowPortal(1), clock);
    QVERIFY(portal.start());
    BudgetWindow one(portal.url(), clock,
                     {portal.clientId(), portal.clientSecret(), portal.refreshToken()});
    BudgetWindow two(portal.url(), clock,
                     {portal.clientId(), portal.clientSecret(), portal.addRefreshToken()});

    readBoth(one, two);

    QCOMPARE(one.refusals() + two.refusals(), 0);
    const int most = mostWithin(10s, arrivals(portal));
    QVERIFY2(most <= 20 + 4, qPrintable(QString::number(most))); // They arrive unevenly.
    QVERIFY(most >= 15); // And none goes to waste.
}

void TestSharedBudget::appsOfOneAccountShareSearches()
{
    QuickClock clock(2); // A second is a short time: no faster.
    practice::PracticeOptions options = narrowPortal(1);
    options.limits.oauthPerWindow = 0;
    options.limits.searchPerSecond = 6; // Four each are too many.
    practice::PracticePortal portal(options, clock);
    QVERIFY(portal.start());
    BudgetWindow one(portal.url(), clock,
                     {portal.clientId(), portal.clientSecret(), portal.refreshToken()}, 100);
    BudgetWindow two(
        portal.url(), clock,
        {portal.foreignClientId(), portal.foreignClientSecret(), portal.foreignRefreshToken()},
        100);

    one.search(12);
    two.search(12);
    QTRY_VERIFY_WITH_TIMEOUT(one.searched && two.searched, 30'000);

    QCOMPARE(one.failed + two.failed, 0);
    QCOMPARE(one.refusals() + two.refusals(), 0);
}

void TestSharedBudget::appsOfOneAccountHaveTheirOwnPermits()
{
    QuickClock clock(speed / 2); // So that both keep up on a busy machine.
    practice::PracticePortal portal(narrowPortal(1), clock);
    QVERIFY(portal.start());
    BudgetWindow one(portal.url(), clock,
                     {portal.clientId(), portal.clientSecret(), portal.refreshToken()});
    BudgetWindow two(
        portal.url(), clock,
        {portal.foreignClientId(), portal.foreignClientSecret(), portal.foreignRefreshToken()});

    readBoth(one, two);

    QCOMPARE(one.refusals() + two.refusals(), 0);
    const int most = mostWithin(10s, arrivals(portal));
    QVERIFY2(most > 20 + 6, qPrintable(QString::number(most)));
}

void TestSharedBudget::portalsDoNotShare()
{
    QuickClock clock(speed / 2); // So that both keep up on a busy machine.
    practice::PracticePortal here(narrowPortal(1), clock);
    practice::PracticePortal there(narrowPortal(2), clock);
    QVERIFY(here.start() && there.start());
    BudgetWindow one(here.url(), clock,
                     {here.clientId(), here.clientSecret(), here.refreshToken()});
    BudgetWindow two(there.url(), clock,
                     {there.clientId(), there.clientSecret(), there.refreshToken()});

    readBoth(one, two);

    QCOMPARE(one.refusals() + two.refusals(), 0);
    Instants all = arrivals(here);
    const Instants others = arrivals(there);
    all.insert(all.end(), others.begin(), others.end());
    const int most = mostWithin(10s, all);
    QVERIFY2(most > 20 + 6, qPrintable(QString::number(most)));
}

/// Status 477 is about the account: the other app need not ask.
void TestSharedBudget::anAccountThatIsClosedIsClosedToAll()
{
    QuickClock clock(speed);
    practice::PracticePortal portal(narrowPortal(1), clock);
    QVERIFY(portal.start());
    BudgetWindow one(portal.url(), clock,
                     {portal.clientId(), portal.clientSecret(), portal.refreshToken()});
    BudgetWindow two(
        portal.url(), clock,
        {portal.foreignClientId(), portal.foreignClientSecret(), portal.foreignRefreshToken()});
    QVERIFY(outcomeOf(two.session->account(&two.parent)).value());
    practice::Fault moving;
    moving.kind = practice::FaultKind::Moving;
    moving.path.setPattern(u"account"_s);
    moving.pause = 1h;
    portal.addFault(moving);
    const auto first = outcomeOf(one.session->account(&one.parent));
    QVERIFY(first && !*first);
    const auto calls = portal.log().total();

    const auto second =
        outcomeOf(two.session->portal().list(ObjectType::Contacts, {}, &two.parent));

    QVERIFY(second && !*second);
    QCOMPARE(second->error().httpStatus, 477);
    QVERIFY(second->error().retryAfter.value() > 30min);
    QCOMPARE(portal.log().total(), calls);
}

/// At one address: two sign-ins to one portal, and one to another.
void TestSharedBudget::asksWhoItIsWhenTheTokenDoesNotTell()
{
    QuickClock clock(speed);
    ThreeSignIns signIns;
    auto &[lists, questions] = signIns;
    ScriptedServer server(
        [&](const WireRequest &request) { return signIns.answerTo(request, clock); });
    std::map<QByteArray, std::unique_ptr<BudgetWindow>> windows;
    for (const char *signIn : {"one", "two", "three"}) {
        auto window = std::make_unique<BudgetWindow>(
            server.url(), clock,
            OAuthCredentials {u"app"_s, Secret("secret"sv), Secret(std::string_view(signIn))});
        QVERIFY(outcomeOf(window->session->portal().list(ObjectType::Contacts, {}, &window->parent))
                    .value());
        windows[signIn] = std::move(window);
    }
    const auto isKnown = [](const BudgetWindow &window) {
        const auto &all = window.session->traffic().records();
        return std::any_of(all.begin(), all.end(), [](const TrafficRecord &one) {
            return one.url.contains(u"account"_s) && one.status == 200;
        });
    };
    for (const auto &[signIn, window] : windows)
        QTRY_VERIFY(isKnown(*window));
    QCoreApplication::processEvents();
    lists.clear();

    int left = 0;
    for (const auto &[signIn, window] : windows) {
        for (int i = 0; i < 10; ++i) {
            ++left;
            window->session->portal()
                .list(ObjectType::Contacts, {}, &window->parent)
                ->onDone(&window->parent,
                         [&left](const Result<RecordPage> &page) { left -= page ? 1 : 0; });
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(left, 0, 30'000);

    for (const char *signIn : {"one", "two", "three"})
        QCOMPARE(questions[signIn], 1);
    Instants together = lists["one"];
    together.insert(together.end(), lists["two"].begin(), lists["two"].end());
    const int most = mostWithin(5s, together);
    QVERIFY2(most <= 10 + 4, qPrintable(QString::number(most)));
    QVERIFY(lists["three"].back() - lists["three"].front() < 8000); // Nobody was in its way.
}

void TestSharedBudget::reserveAppliesAtOnce()
{
    QuickClock clock(speed / 2); // So that it keeps up on a busy machine.
    practice::PracticeOptions options = narrowPortal(1);
    options.limits.oauthPerWindow = 0;
    practice::PracticePortal portal(options, clock);
    QVERIFY(portal.start());
    BudgetWindow window(portal.url(), clock,
                        {portal.clientId(), portal.clientSecret(), portal.refreshToken()}, 10);
    QVERIFY(outcomeOf(window.session->account(&window.parent)).value());
    const auto timeOfTen = [&] {
        int left = 10;
        const auto begin = clock.now();
        for (int i = 0; i < 10; ++i) {
            window.session->portal()
                .list(ObjectType::Contacts, {}, &window.parent)
                ->onDone(&window.parent, [&left](const Result<RecordPage> &) { --left; });
        }
        const bool isDone = QTest::qWaitFor([&] { return left == 0; }, 30'000);
        return isDone ? clock.now() - begin : Clock::Instant::duration::max();
    };

    window.session->setReserve(90); // One a second.
    QCOMPARE(window.session->connection().reserve, 90);
    QVERIFY(timeOfTen() >= 9s);
    window.session->setReserve(0);
    QVERIFY(timeOfTen() < 8s);
}

HUBKEEPER_TEST(TestSharedBudget)
#include "tst_sharedbudget.moc"
