// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "idm/links/serverlink.h"
#include "idm/reconciliation/readruns.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>
#include <QUrlQuery>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Collections that are read page after page, as rows.
class TestPagedQuery : public QObject
{
    Q_OBJECT

private slots:
    void readsAHundredThousandLinks();
    void shortPagesAreNotTheEnd();
    void whatIsNotComplete_data();
    void whatIsNotComplete();
    void goesRoundInCircles();
    void asksForTheEntriesOfOneRun();

private:
    using Answer = std::function<QByteArray(const QUrlQuery &query)>;
    struct Rig;
};

struct TestPagedQuery::Rig
{
    explicit Rig(Answer answer)
        : server([answer = std::move(answer), this](const WireRequest &request) {
            ++requests;
            last =
                QUrlQuery(QString::fromUtf8(request.target.mid(request.target.indexOf('?') + 1)));
            WireAnswer reply;
            reply.body = answer(last);
            return reply;
        })
        , transport(options())
        , client(transport, clock, traffic, {LoginKind::StaticUser, u"admin"_s},
                 Secret(QByteArray("password")), u"/openidm"_s)
    {
    }

    [[nodiscard]] TransportOptions options() const
    {
        TransportOptions options;
        options.base = server.url();
        return options;
    }

    int requests = 0;
    QUrlQuery last;
    SystemClock clock;
    TrafficLog traffic;
    ScriptedServer server;
    QnamTransport transport;
    IdmClient client;
    QObject parent;
};

namespace {

QByteArray linkPage(int from, int count, const QByteArray &cookie)
{
    QByteArray page = R"({"result":[)";
    for (int i = from; i < from + count; ++i) {
        const QByteArray id = QByteArray::number(i);
        page += (i == from ? "" : ",") + QByteArray(R"({"_id":"l)") + id
            + R"(","_rev":"1","linkType":"a","linkQualifier":"default","firstId":"m)" + id
            + R"(","secondId":")" + id + "\"}";
    }
    return page + R"(],"pagedResultsCookie":)" + (cookie.isEmpty() ? "null" : '"' + cookie + '"')
        + "}";
}

} // namespace

void TestPagedQuery::readsAHundredThousandLinks()
{
    static constexpr int all = 100'000;
    Rig rig([](const QUrlQuery &query) {
        const int from = query.queryItemValue(u"_pagedResultsCookie"_s).toInt();
        const int size = query.queryItemValue(u"_pageSize"_s).toInt();
        const int end = std::min(from + size, all);
        return linkPage(from, end - from, end == all ? QByteArray() : QByteArray::number(end));
    });
    const auto links = outcomeOf(readLinks(rig.client, u"a"_s, &rig.parent), 60'000);
    QVERIFY(links && *links);
    QCOMPARE((*links)->size(), all);
    QCOMPARE((*links)->last().firstId, u"m99999"_s);
    QCOMPARE(rig.requests, 100);
    QCOMPARE(rig.last.queryItemValue(u"_queryFilter"_s, QUrl::FullyDecoded),
             u"/linkType eq \"a\""_s);
}

/// With the handler for filters, pages of a connector are short and not the end (idm-rest 9.3).
void TestPagedQuery::shortPagesAreNotTheEnd()
{
    Rig rig([](const QUrlQuery &query) {
        const int page = query.queryItemValue(u"_pagedResultsCookie"_s).toInt();
        return page == 0 ? linkPage(0, 1, "1")
            : page == 1  ? linkPage(0, 0, "2")
                         : linkPage(1, 2, {});
    });
    const auto links = outcomeOf(readLinks(rig.client, u"a"_s, &rig.parent));
    QVERIFY(links && *links);
    QCOMPARE((*links)->size(), 3);
}

void TestPagedQuery::whatIsNotComplete_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("the same cookie for ever") << linkPage(1, 1, "1");
    QTest::newRow("breaks off in the middle")
        << QByteArray(R"({"result":[],"error":{"code":500,"message":"it broke"}})");
    QTest::newRow("no rows") << QByteArray(R"({"rows":[]})");
    QTest::newRow("a link without an id") << QByteArray(R"({"result":[{"linkType":"a"}]})");
    QTest::newRow("a page of HTML") << QByteArray("<html>Proxy</html>");
}

void TestPagedQuery::whatIsNotComplete()
{
    QFETCH(const QByteArray, second);
    Rig rig([&second](const QUrlQuery &query) {
        return query.hasQueryItem(u"_pagedResultsCookie"_s) ? second : linkPage(0, 1, "1");
    });
    const auto links = outcomeOf(readLinks(rig.client, u"a"_s, &rig.parent));
    QVERIFY(links);
    QVERIFY(!*links);
    QVERIFY(rig.requests <= 3);
}

void TestPagedQuery::goesRoundInCircles()
{
    Rig rig([](const QUrlQuery &query) {
        const bool isSecond = query.queryItemValue(u"_pagedResultsCookie"_s) == "1"_L1;
        return linkPage(0, 1, isSecond ? "2" : "1");
    });
    const auto links = outcomeOf(readLinks(rig.client, u"a"_s, &rig.parent));
    QVERIFY(links && !*links);
    QCOMPARE(links->error().kind, ErrorKind::BadReply);
    QCOMPARE(rig.requests, 3);
}

void TestPagedQuery::asksForTheEntriesOfOneRun()
{
    Rig rig([](const QUrlQuery &) {
        return QByteArray(R"({"result":[{"action":"UPDATE","status":"SUCCESS"}]})");
    });
    QList<AuditEntry> entries;
    const auto count = outcomeOf(readAudit(
        rig.client, {u"a\"1&+%41"_s, u"ABSENT"_s},
        [&entries](const AuditEntry &entry) { entries.append(entry); }, &rig.parent));
    QCOMPARE(**count, 1);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(
        rig.last.queryItemValue(u"_queryFilter"_s, QUrl::FullyDecoded),
        u"/reconId eq \"a\\\"1&+%41\" and /entryType eq \"entry\" and /situation eq \"ABSENT\""_s);
}

HUBKEEPER_TEST(TestPagedQuery)
#include "tst_pagedquery.moc"
