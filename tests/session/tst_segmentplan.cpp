// SPDX-License-Identifier: MIT
#include "session/reading/segmentplan.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QTest>

#include <deque>
#include <set>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

/// A list of records as the portal pages it. `inclusive`: the cursor means "from", not "after".
class FakeList
{
public:
    FakeList(std::set<quint64> ids, bool inclusive)
        : m_ids(std::move(ids))
        , m_inclusive(inclusive)
    {
    }

    [[nodiscard]] RecordPage page(const QString &after) const
    {
        RecordPage page;
        const quint64 cursor = after.toULongLong();
        auto it = after.isEmpty() ? m_ids.begin()
            : m_inclusive         ? m_ids.lower_bound(cursor)
                                  : m_ids.upper_bound(cursor);
        for (; it != m_ids.end() && page.records.size() < 100; ++it) {
            Record record;
            record.id = QString::number(*it);
            page.records.append(record);
        }
        if (it != m_ids.end())
            page.after = m_inclusive ? QString::number(*it) : page.records.last().id;
        return page;
    }

    [[nodiscard]] quint64 largest() const { return *m_ids.rbegin(); }

private:
    const std::set<quint64> m_ids;
    const bool m_inclusive;
};

std::set<quint64> someIds(int count, quint64 first, quint64 spread)
{
    QRandomGenerator random(7);
    std::set<quint64> ids;
    while (int(ids.size()) < count)
        ids.insert(first + random.generate64() % spread);
    return ids;
}

} // namespace

class TestSegmentPlan : public QObject
{
    Q_OBJECT

private slots:
    void readsEverythingOnce_data();
    void readsEverythingOnce();
    void worksInParallel();
    void aJumpingCursorDoesNoHarm();
    void refusesDisorder();
    void remainingContinues();
};

void TestSegmentPlan::readsEverythingOnce_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("spread");
    QTest::addColumn<int>("parallel");
    QTest::addColumn<bool>("inclusive");

    for (const bool inclusive : {false, true}) {
        const char *kind = inclusive ? "from" : "after";
        QTest::addRow("one piece, %s", kind)
            << 950 << quint64(1) << quint64(2000) << 1 << inclusive;
        QTest::addRow("dense, %s", kind)
            << 20000 << quint64(1) << quint64(20000) << 10 << inclusive;
        QTest::addRow("sparse and high, %s", kind)
            << 20000 << quint64(150'000'000'001) << quint64(9'000'000'000) << 16 << inclusive;
        QTest::addRow("less than a page, %s", kind)
            << 3 << quint64(5) << quint64(3) << 10 << inclusive;
        QTest::addRow("above 2^53, %s", kind)
            << 3000 << (quint64(1) << 60) << quint64(1'000'000) << 8 << inclusive;
    }
}

void TestSegmentPlan::readsEverythingOnce()
{
    QFETCH(int, count);
    QFETCH(quint64, first);
    QFETCH(quint64, spread);
    QFETCH(int, parallel);
    QFETCH(bool, inclusive);
    const std::set<quint64> ids = someIds(count, first, spread);
    const FakeList list(ids, inclusive);
    SegmentPlan plan({IdRange {}}, parallel);
    plan.setLargestId(list.largest());
    std::set<quint64> seen;

    // Answers come back in an order of their own, as from a network.
    QRandomGenerator random(3);
    std::vector<SegmentPlan::Request> asked;
    for (;;) {
        while (const auto request = plan.next())
            asked.push_back(*request);
        if (asked.empty())
            break;
        QVERIFY(int(asked.size()) <= parallel + 1);
        const auto pick = asked.begin() + random.bounded(int(asked.size()));
        const auto taken = plan.take(pick->segment, list.page(pick->after));
        asked.erase(pick);
        QVERIFY(taken);
        for (const Record &record : *taken)
            QVERIFY2(seen.insert(record.id.toULongLong()).second, qPrintable(record.id));
    }

    QVERIFY(plan.isDone());
    QCOMPARE(seen.size(), ids.size());
}

void TestSegmentPlan::worksInParallel()
{
    const FakeList list(someIds(20000, 1, 40000), false);
    SegmentPlan plan({IdRange {}}, 10);
    plan.setLargestId(list.largest());
    const auto first = plan.next();
    QVERIFY(first);
    QVERIFY(!plan.next()); // Nothing is known of the ids yet.

    QVERIFY(plan.take(first->segment, list.page(first->after)));
    int asked = 0;
    while (plan.next())
        ++asked;

    QCOMPARE(asked, 10);
}

void TestSegmentPlan::aJumpingCursorDoesNoHarm()
{
    const std::set<quint64> ids = someIds(3000, 1, 6000);
    const FakeList list(ids, false);
    SegmentPlan plan({IdRange {}}, 2);
    plan.setLargestId(list.largest());
    std::set<quint64> seen;
    bool jumped = false;
    std::deque<SegmentPlan::Request> asked;
    for (;;) {
        while (const auto fresh = plan.next())
            asked.push_back(*fresh);
        if (asked.empty())
            break;
        const auto request = std::optional(asked.front());
        asked.pop_front();
        RecordPage page = list.page(request->after);
        if (!jumped && request->segment == 1) { // This portal skips 40 records at a made-up cursor.
            page.records = page.records.mid(40);
            jumped = true;
        }
        const auto taken = plan.take(request->segment, page);
        QVERIFY(taken);
        for (const Record &record : *taken)
            seen.insert(record.id.toULongLong());
    }

    QVERIFY(jumped);
    QCOMPARE(seen.size(), ids.size());
}

void TestSegmentPlan::refusesDisorder()
{
    SegmentPlan plan({IdRange {}}, 2);
    plan.setLargestId(100);
    const auto request = plan.next();
    RecordPage page;
    for (const QString &id : {u"7"_s, u"5"_s}) {
        Record record;
        record.id = id;
        page.records.append(record);
    }

    const auto taken = plan.take(request->segment, page);

    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, ErrorKind::BadReply);
}

void TestSegmentPlan::remainingContinues()
{
    const std::set<quint64> ids = someIds(5000, 1, 9000);
    const FakeList list(ids, true);
    std::set<quint64> seen;
    SegmentPlan first({IdRange {}}, 4);
    first.setLargestId(list.largest());
    for (int pages = 0; pages < 20; ++pages) {
        const auto request = first.next();
        const auto taken = first.take(request->segment, list.page(request->after));
        for (const Record &record : *taken)
            seen.insert(record.id.toULongLong());
    }

    SegmentPlan second(first.remaining(), 4);
    second.setLargestId(list.largest());
    for (auto request = second.next(); request; request = second.next()) {
        const auto taken = second.take(request->segment, list.page(request->after));
        for (const Record &record : *taken)
            QVERIFY(seen.insert(record.id.toULongLong()).second);
    }

    QCOMPARE(seen.size(), ids.size());
}

HUBKEEPER_TEST(TestSegmentPlan)
#include "tst_segmentplan.moc"
