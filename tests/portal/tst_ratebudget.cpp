// SPDX-License-Identifier: MIT
#include "portal/access/accountbudget.h"
#include "testkit/replyof.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

Error errorWith(ErrorKind kind, int status = 0)
{
    Error error;
    error.kind = kind;
    error.httpStatus = status;
    return error;
}

} // namespace

/// How fast requests may go.
class TestRateBudget : public QObject
{
    Q_OBJECT

private slots:
    void neverMoreThanPermits();
    void budgetUsesItsWindow();
    void searchIsSlower();
    void holdStopsTheFamily();
    void learnsTheWindow();
    void slowsDownNearTheEnd();
    void usesAllOfItAlone();
    void leavesWhatOthersUse();
    void reserveIsLeft();
    void signInsOfOneAppShareEverything();
    void appsShareWhatIsTheAccounts();
    void accountsShareNothing();
    void groupsJoin();
    void theCarefulOneCounts();
    void aReserveCountsAtOnce();
    void badHeadersAreIgnored();
    void closesForAWhile();
};

void TestRateBudget::neverMoreThanPermits()
{
    // Arrivals at random: in no second may there be more starts than permits.
    std::minstd_rand random(7);
    AccountBudget budget(9);
    Clock::Instant now {};
    std::vector<Clock::Instant> starts;
    for (int i = 0; i < 500; ++i) {
        now += std::chrono::microseconds(random() % 150'000);
        now += budget.delayAt(BudgetFamily::General, now);
        QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
        budget.spend(BudgetFamily::General, now);
        starts.push_back(now);
    }
    for (size_t i = 9; i < starts.size(); ++i)
        QVERIFY(starts[i] - starts[i - 9] >= 1s);
}

void TestRateBudget::budgetUsesItsWindow()
{
    AccountBudget budget(10);
    Clock::Instant now {};
    int started = 0;
    for (; now < Clock::Instant {} + 10s; now += 1ms) {
        while (budget.delayAt(BudgetFamily::General, now) == 0ms) {
            budget.spend(BudgetFamily::General, now);
            ++started;
        }
    }
    QCOMPARE(started, 100);
    AccountBudget nothing(0); // A limit below one is one.
    QCOMPARE(nothing.permitsPerSecond(), 1);
}

void TestRateBudget::searchIsSlower()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 0ms);
        budget.spend(BudgetFamily::Search, now);
    }
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 1050ms); // They may arrive closer.
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now + 400ms), 650ms);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
    for (int i = 0; i < 5; ++i) // Searches use permits, too.
        budget.spend(BudgetFamily::General, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 1000ms);
    QCOMPARE(budget.delayAt(BudgetFamily::Exempt, now), 0ms);
}

void TestRateBudget::holdStopsTheFamily()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    budget.hold(BudgetFamily::General, now + 5s);
    budget.hold(BudgetFamily::General, now + 2s); // A shorter one does not lift the longer.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 5000ms);
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now), 0ms);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now + 5s), 0ms);
}

namespace {

HttpReply windowReply(const QByteArray &max, const QByteArray &remaining)
{
    return replyOf(200, "{}",
                   {{"x-hubspot-ratelimit-interval-milliseconds", "10000"},
                    {"x-hubspot-ratelimit-max", max},
                    {"x-hubspot-ratelimit-remaining", remaining},
                    {"x-hubspot-ratelimit-daily", "250000"},
                    {"x-hubspot-ratelimit-daily-remaining", "249000"}});
}

} // namespace

void TestRateBudget::learnsTheWindow()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int i = 0; i < 50; ++i)
        budget.spend(BudgetFamily::General, now);
    budget.learn(windowReply("100", "50"), now, now);
    QCOMPARE(budget.report().windowMax, 100);
    QCOMPARE(budget.report().windowRemaining, 50);
    QCOMPARE(budget.report().window, 10'000ms);
    QCOMPARE(budget.report().dailyMax, 250'000);
    QCOMPARE(budget.report().dailyRemaining, 249'000);
    now += 2s;
    for (int i = 0; i < 50; ++i)
        budget.spend(BudgetFamily::General, now);
    // What was started before the window was known counts as well.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 8100ms); // Requests arrive unevenly.
    QCOMPARE(budget.delayAt(BudgetFamily::Search, now + 1s), 0ms);
}

void TestRateBudget::slowsDownNearTheEnd()
{
    AccountBudget budget(100);
    const Clock::Instant now {};
    budget.learn(windowReply("100", "10"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
    budget.learn(windowReply("100", "9"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 200ms);
    budget.learn(windowReply("100", "0"), now, now);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 2000ms);
}

void TestRateBudget::usesAllOfItAlone()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int calls = 1; calls <= 95; ++calls) {
        budget.spend(BudgetFamily::General, now);
        budget.learn(windowReply("100", QByteArray::number(100 - calls)), now, now);
    }
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

void TestRateBudget::leavesWhatOthersUse()
{
    AccountBudget budget(100);
    Clock::Instant now {};
    for (int calls = 0; calls < 10; ++calls)
        budget.spend(BudgetFamily::General, now);
    budget.learn(windowReply("100", "40"), now, now); // Fifty are somebody else's.
    now += 1s;
    int started = 0;
    for (; budget.delayAt(BudgetFamily::General, now) == 0ms; ++started)
        budget.spend(BudgetFamily::General, now);
    QCOMPARE(started, 40);
    budget.learn(windowReply("100", "50"), now, now); // They stopped.
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

namespace {

/// How many may start at `at`, having started them.
int startable(AccountBudget &budget, BudgetFamily family, Clock::Instant at)
{
    int started = 0;
    for (; budget.delayAt(family, at) == 0ms; ++started)
        budget.spend(family, at);
    return started;
}

} // namespace

void TestRateBudget::reserveIsLeft()
{
    AccountBudget budget(20, 4);
    const Clock::Instant now {};
    budget.setReserve(25);
    QCOMPARE(startable(budget, BudgetFamily::General, now), 15);
    QCOMPARE(startable(budget, BudgetFamily::Search, now + 2s), 3);
    QCOMPARE(budget.permitsPerSecond(), 20);
    budget.setReserve(1000); // Something is always left to us.
    QCOMPARE(startable(budget, BudgetFamily::General, now + 4s), 2);
    budget.setReserve(0);
    QCOMPARE(startable(budget, BudgetFamily::General, now + 6s), 20);
}

void TestRateBudget::signInsOfOneAppShareEverything()
{
    BudgetRegistry registry;
    const Clock::Instant now {};
    AccountBudget first(10);
    AccountBudget second(10);
    first.share(registry, u"portal a"_s, u"app"_s);
    second.share(registry, u"portal a"_s, u"app"_s);
    QCOMPARE(startable(first, BudgetFamily::General, now), 10);
    QCOMPARE(startable(second, BudgetFamily::General, now), 0);
    second.learn(windowReply("50", "40"), now, now);
    QCOMPARE(first.report().windowMax, 50);
    first.hold(BudgetFamily::General, now + 30s);
    QCOMPARE(second.delayAt(BudgetFamily::General, now), 30'000ms);
}

/// What HubSpot counts for the account is shared by its apps, what it counts for an app is not.
void TestRateBudget::appsShareWhatIsTheAccounts()
{
    BudgetRegistry registry;
    const Clock::Instant now {};
    AccountBudget ours(10);
    AccountBudget theirs(10);
    ours.share(registry, u"portal a"_s, u"app"_s);
    theirs.share(registry, u"portal a"_s, u"other app"_s);
    QCOMPARE(startable(ours, BudgetFamily::Search, now), 5);
    QCOMPARE(startable(theirs, BudgetFamily::Search, now), 0);
    QCOMPARE(startable(ours, BudgetFamily::General, now), 5); // Searches used permits, too,
    QCOMPARE(startable(theirs, BudgetFamily::General, now), 10); // but of their own app only.
    ours.learn(windowReply("50", "40"), now, now);
    QCOMPARE(theirs.report().windowMax, -1);
    QCOMPARE(theirs.report().dailyRemaining, 249'000);
    ours.hold(BudgetFamily::General, now + 30s);
    QCOMPARE(theirs.delayAt(BudgetFamily::General, now + 1s), 0ms);
    ours.hold(BudgetFamily::Search, now + 20s);
    QCOMPARE(theirs.delayAt(BudgetFamily::Search, now), 20'000ms);
    ours.close(now + 60s, errorWith(ErrorKind::ServerFault, 477)); // The account is on its way.
    QVERIFY(theirs.closedAt(now));
}

void TestRateBudget::accountsShareNothing()
{
    BudgetRegistry registry;
    const Clock::Instant now {};
    AccountBudget here(10);
    AccountBudget there(10);
    here.share(registry, u"portal a"_s, u"app"_s);
    there.share(registry, u"portal b"_s, u"app"_s);
    QCOMPARE(startable(here, BudgetFamily::Search, now), 5);
    QCOMPARE(startable(here, BudgetFamily::General, now), 5);
    QCOMPARE(startable(there, BudgetFamily::Search, now), 5);
    QCOMPARE(startable(there, BudgetFamily::General, now), 5);
    here.close(now + 60s, errorWith(ErrorKind::ServerFault, 477));
    QVERIFY(!there.closedAt(now));
}

/// Two sign-ins learn that they are on one portal: what each spent before counts for both.
void TestRateBudget::groupsJoin()
{
    BudgetRegistry registry;
    const Clock::Instant now {};
    AccountBudget first(10);
    AccountBudget window(10); // Another window with the first one's sign-in.
    AccountBudget second(10);
    first.share(registry, u"sign-in 1"_s, u"app"_s);
    window.share(registry, u"sign-in 1"_s, u"app"_s);
    second.share(registry, u"sign-in 2"_s, u"app"_s);
    for (int i = 0; i < 3; ++i) {
        first.spend(BudgetFamily::General, now);
        second.spend(BudgetFamily::Search, now + 500ms);
    }
    first.share(registry, u"portal"_s, u"app"_s);
    second.share(registry, u"portal"_s, u"app"_s);
    second.share(registry, u"portal"_s, u"app"_s); // Said twice is said once.

    const auto later = now + 600ms;
    QCOMPARE(startable(first, BudgetFamily::Search, later), 2);
    QCOMPARE(startable(second, BudgetFamily::General, later), 2);
    QCOMPARE(window.delayAt(BudgetFamily::General, later), 400ms); // It came along.
    QCOMPARE(startable(window, BudgetFamily::General, now + 1s), 3); // The first's ran out.
    QCOMPARE(startable(window, BudgetFamily::General, now + 1500ms), 3);
}

void TestRateBudget::theCarefulOneCounts()
{
    BudgetRegistry registry;
    const Clock::Instant now {};
    AccountBudget bold(20);
    bold.share(registry, u"portal"_s, u"app"_s);
    {
        AccountBudget careful(8);
        careful.share(registry, u"portal"_s, u"app"_s);
        QCOMPARE(bold.permitsPerSecond(), 8);
        careful.setReserve(50);
        QCOMPARE(startable(bold, BudgetFamily::General, now), 4);
        AccountBudget otherApp(30);
        otherApp.share(registry, u"portal"_s, u"other app"_s);
        QCOMPARE(startable(otherApp, BudgetFamily::Search, now), 2); // A reserve is of all limits.
        QCOMPARE(startable(otherApp, BudgetFamily::General, now), 28);
    }
    QCOMPARE(bold.permitsPerSecond(), 20); // It is gone, and its wishes with it.
    QCOMPARE(startable(bold, BudgetFamily::General, now + 1s), 20);
}

void TestRateBudget::aReserveCountsAtOnce()
{
    const Clock::Instant now {};
    AccountBudget budget(10);
    QCOMPARE(startable(budget, BudgetFamily::General, now), 10);
    budget.setReserve(50);
    QCOMPARE(startable(budget, BudgetFamily::General, now + 1s), 5);
    budget.setReserve(0);
    QCOMPARE(startable(budget, BudgetFamily::General, now + 1s), 5);
}

void TestRateBudget::badHeadersAreIgnored()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    for (const char *max : {"0", "-1", "abc", "", "99999999999999"})
        budget.learn(windowReply(max, "0"), now, now);
    budget.learn(windowReply("100", "-3"), now, now);
    QCOMPARE(budget.report().windowMax, -1);
    QCOMPARE(budget.delayAt(BudgetFamily::General, now), 0ms);
}

void TestRateBudget::closesForAWhile()
{
    AccountBudget budget(10);
    const Clock::Instant now {};
    QVERIFY(!budget.closedAt(now));
    budget.close(now + 60s, errorWith(ErrorKind::ServerFault, 477));
    const auto closed = budget.closedAt(now + 20s);
    QVERIFY(closed);
    QCOMPARE(closed->httpStatus, 477);
    QCOMPARE(closed->retryAfter.value(), 40'000ms);
    QVERIFY(!budget.closedAt(now + 60s));
}

HUBKEEPER_TEST(TestRateBudget)
#include "tst_ratebudget.moc"
