// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "idm/reading/mappinglist.h"
#include "idm/reading/pagedread.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

WireAnswer answer(const QByteArray &body, int status = 200)
{
    WireAnswer answer;
    answer.status = status;
    answer.body = body;
    answer.headers = {{"Content-Type", "application/json"}};
    return answer;
}

/// A page with rows of these ids.
QByteArray page(const QByteArrayList &ids, const QByteArray &cookie)
{
    QByteArrayList rows;
    for (const QByteArray &id : ids)
        rows.append("{\"_id\":\"" + id + "\"}");
    return "{\"result\":[" + rows.join(',') + "],\"resultCount\":" + QByteArray::number(ids.size())
        + ",\"pagedResultsCookie\":" + (cookie.isEmpty() ? "null" : '"' + cookie + '"') + '}';
}

/// The outcome; a call that never ended fails as well.
template <typename T>
Result<T> valueOr(const std::optional<Result<T>> &outcome)
{
    return outcome ? *outcome : fail(ErrorKind::TimedOut, u"it did not end"_s);
}

/// A client of a server that answers as it is told, request by request; the last answer stays.
struct PagedRig
{
    explicit PagedRig(QList<WireAnswer> given)
        : answers(std::move(given))
        , server([this](const WireRequest &) {
            return answers.size() > 1 ? answers.takeFirst() : answers.first();
        })
        , transport(options())
        , client(transport, clock, traffic, {}, Secret(QByteArray("x")), u"/openidm"_s)
    {
    }

    [[nodiscard]] TransportOptions options() const
    {
        TransportOptions options;
        options.base = server.url();
        return options;
    }

    Result<PagedTotals> read()
    {
        PagedQuery query;
        query.path = u"managed/user"_s;
        query.pageSize = 2;
        query.tries = 4;
        query.pause = std::chrono::milliseconds(1);
        const TakePage take = [this](const QByteArray &body, QObject *owner) {
            PageCount count;
            const QJsonArray rows =
                QJsonDocument::fromJson(body).object().value("result"_L1).toArray();
            for (const QJsonValue &row : rows) {
                const QString id = row["_id"_L1].toString();
                ++(ids.contains(id) ? count.seenTwice : count.added);
                ids.append(id);
            }
            return new ReadyCall<PageCount>(count, owner);
        };
        return valueOr(outcomeOf(readPages(client, query, take, &parent)));
    }

    QList<WireAnswer> answers;
    SystemClock clock;
    TrafficLog traffic;
    ScriptedServer server;
    QnamTransport transport;
    IdmClient client;
    QStringList ids;
    QObject parent;
};

} // namespace

/// Lists in pages: to their end or not at all.
class TestPagedRead : public QObject
{
    Q_OBJECT

private slots:
    void readsToTheNullCookie();
    void asksAgain_data();
    void asksAgain();
    void fails_data();
    void fails();
    void countsWhatComesTwice();
    void usesNoAddressThatIsTooLong();
    void stopsWhenCancelled();
    void readsMappings_data();
    void readsMappings();
};

void TestPagedRead::readsToTheNullCookie()
{
    PagedRig rig({answer(page({"a", "b"}, "2")), answer(page({}, "4")),
                  answer(page({"c"}, "x/y&z")), answer(page({"d"}, {}))});
    const auto totals = rig.read();
    QVERIFY(totals);
    QCOMPARE(totals->added, 4);
    QCOMPARE(totals->pages, 4); // A short page and an empty one are not the end.
    QCOMPARE(rig.ids, (QStringList {u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QVERIFY(rig.server.seen.front().target.contains("_queryFilter=true"));
    QVERIFY(rig.server.seen.front().target.contains("_pageSize=2"));
    QVERIFY2(rig.server.seen.back().target.contains("_pagedResultsCookie=x%2Fy%26z"),
             rig.server.seen.back().target);
}

void TestPagedRead::asksAgain_data()
{
    QTest::addColumn<WireAnswer>("fault");
    QTest::newRow("503") << answer(R"({"code":503,"message":"busy"})", 503);
    QTest::newRow("half a query") << answer(
        R"({"result":[{"_id":"c"}],"error":{"code":500,"message":"broke"}})");
    WireAnswer cut = answer(page({"c"}, {}));
    cut.cutAfter = 10;
    QTest::newRow("cut off") << cut;
}

/// Once the server failed for the moment: the page, not the list.
void TestPagedRead::asksAgain()
{
    QFETCH(WireAnswer, fault);
    PagedRig rig({answer(page({"a", "b"}, "2")), fault, answer(page({"c"}, {}))});
    const auto totals = rig.read();
    QVERIFY2(totals, totals ? "" : qPrintable(totals.error().what));
    QCOMPARE(totals->added, 3);
    QCOMPARE(rig.ids.size(), 3);
}

void TestPagedRead::fails_data()
{
    QTest::addColumn<QList<WireAnswer>>("answers");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const QList<WireAnswer> &answers, const QString &kind,
                        const QString &sentence) {
        QTest::newRow(name) << answers << kind << sentence;
    };
    const WireAnswer first = answer(page({"a", "b"}, "2"));
    row("a login that ends", {first, answer(R"({"code":401,"message":"Access Denied"})", 401)},
        u"unauthorized"_s, u"after 2 objects"_s);
    row("a cookie that comes again", {first, answer(page({"c"}, "2"))}, u"badReply"_s, u"repeat"_s);
    row("pages without an end",
        {first, answer(page({"a"}, "3")), answer(page({"a"}, "4")), answer(page({"a"}, "5"))},
        u"badReply"_s, u"repeat"_s);
    row("503 for good", {first, answer(R"({"code":503,"message":"busy"})", 503)}, u"serverFault"_s,
        u"busy"_s);
    row("half a query for good",
        {answer(R"({"result":[{"_id":"c"}],"error":{"code":500,"message":"broke"}})")},
        u"serverFault"_s, u"in the middle"_s);
    row("no list", {answer("{}")}, u"badReply"_s, u"no list"_s);
    row("HTML", {answer("<html>hello")}, u"badReply"_s, u"no IDM"_s);
}

void TestPagedRead::fails()
{
    QFETCH(QList<WireAnswer>, answers);
    PagedRig rig(answers);
    const auto totals = rig.read();
    QVERIFY(!totals);
    QTEST(nameOf(totals.error().kind), "kind");
    QFETCH(QString, sentence);
    QVERIFY2(totals.error().what.contains(sentence), qPrintable(totals.error().what));
    QVERIFY(totals.error().what.startsWith(u"managed/user could not be read"_s));
}

void TestPagedRead::countsWhatComesTwice()
{
    PagedRig rig({answer(page({"a", "b"}, "2")), answer(page({"b", "c"}, {}))});
    const auto totals = rig.read();
    QVERIFY(totals);
    QCOMPARE(totals->added, 3);
    QCOMPARE(totals->seenTwice, 1);
}

void TestPagedRead::usesNoAddressThatIsTooLong()
{
    PagedRig rig({answer(page({"a", "b"}, QByteArray(9000, 'c'))), answer(page({"d"}, {}))});
    QVERIFY(rig.read());
    const QByteArray target = rig.server.seen.back().target;
    QVERIFY2(target.size() < 8000 && target.contains("_pagedResultsOffset=2"), target.left(200));
}

void TestPagedRead::stopsWhenCancelled()
{
    WireAnswer slow = answer(page({"c"}, "3"));
    slow.silent = true;
    PagedRig rig({answer(page({"a", "b"}, "2")), slow});
    PagedQuery query;
    query.path = u"managed/user"_s;
    auto *call = readPages(
        rig.client, query,
        [](const QByteArray &, QObject *owner) {
            return new ReadyCall<PageCount>(PageCount {2, 0}, owner);
        },
        &rig.parent);
    QObject::connect(call, &CallBase::progressed, call, &CallBase::cancel);
    const auto totals = valueOr(outcomeOf(call));
    QVERIFY(!totals);
    QCOMPARE(totals.error().kind, ErrorKind::Cancelled);
}

void TestPagedRead::readsMappings_data()
{
    QTest::addColumn<IdmProfile>("profile");
    QTest::addColumn<QList<WireAnswer>>("answers");
    QTest::addColumn<QString>("names");
    const WireAnswer none = answer(R"({"code":404,"message":"none"})", 404);
    const WireAnswer sync = answer(R"({"mappings":[{"name":"a"},{"name":"b"}]})");
    QTest::newRow("community") << IdmProfile::Community << QList {sync} << u"a b"_s;
    QTest::newRow("never any") << IdmProfile::Community << QList {none} << u""_s;
    QTest::newRow("commercial") << IdmProfile::Commercial
                                << QList {answer(R"({"result":[{"name":"c"}]})")} << u"c"_s;
    QTest::newRow("commercial of before")
        << IdmProfile::Commercial << QList {none, sync} << u"a b"_s;
}

void TestPagedRead::readsMappings()
{
    QFETCH(IdmProfile, profile);
    QFETCH(QList<WireAnswer>, answers);
    PagedRig rig(answers);
    const auto list = valueOr(outcomeOf(readMappingList(rig.client, profile, &rig.parent)));
    QVERIFY(list);
    QStringList names;
    for (const QJsonValue &mapping : *list)
        names.append(mapping["name"_L1].toString());
    QTEST(names.join(u' '), "names");
}

HUBKEEPER_TEST(TestPagedRead)
#include "tst_pagedread.moc"
