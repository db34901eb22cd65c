// SPDX-License-Identifier: MIT
#include "tst_clipracticeportal.h"

#include "../practice/switchprobes.h"
#include "portalprobes.h"
#include "testkit/testprogram.h"

#include <QRegularExpression>
#include <QTest>

using namespace hubkeeper::practice::test;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// The long names in `practice --help`.
QStringList optionsOfTheHelp()
{
    static const QRegularExpression line(u"^ {1,4}(-\\S+)"_s, QRegularExpression::MultilineOption);
    const Program program;
    QStringList names;
    auto matches =
        line.globalMatch(QString::fromUtf8(program.run({u"practice"_s, u"--help"_s}).out));
    while (matches.hasNext()) {
        const QStringList together = matches.next().captured(1).split(u',');
        for (const QString &name : together) {
            if (name.startsWith("--"_L1) && name != "--help"_L1)
                names.append(name);
        }
    }
    return names;
}

struct FaultRow
{
    const char *name;
    int status; ///< 0: nothing came.
    bool closed;
    bool stored;
    const char *mark; ///< Found in the body.
};

const QList<FaultRow> faultRows {
    {"delay", 201, true, true, "createdate"},
    {"closeBeforeWork", 0, true, false, ""},
    {"closeAfterWork", 0, true, true, ""},
    {"resetBeforeWork", 0, true, false, ""},
    {"resetAfterWork", 0, true, true, ""},
    {"silenceBeforeWork", 0, false, false, ""},
    {"silenceAfterWork", 0, false, true, ""},
    {"cutBody", 201, true, true, "{"},
    {"brokenJson", 201, true, true, "{"},
    {"slowBody", 201, true, true, "createdate"},
    {"endlessBody", 201, false, true, ""},
    {"wrongShape", 200, true, true, "none"},
    {"plainText", 200, true, true, "All is well"},
    {"unknownFields", 201, true, true, "zzNew"},
    {"status", 502, true, false, "<html>"},
    {"statusAfterWork", 502, true, true, "<html>"},
    {"statusJson", 502, true, false, "correlationId"},
    {"emptyNotFound", 404, true, false, ""},
    {"locked", 423, true, false, "locked"},
    {"moving", 477, true, false, "moved"},
    {"unauthorized", 401, true, false, "EXPIRED_AUTHENTICATION"},
    {"rateTenSecondly", 429, true, false, "TEN_SECONDLY_ROLLING"},
    {"rateSecondly", 429, true, false, "secondly limit"},
    {"rateDaily", 429, true, false, "DAILY"},
};

} // namespace

TestCliPracticePortal::TestCliPracticePortal() = default;
TestCliPracticePortal::~TestCliPracticePortal() = default;

/// One of the size the probes of switches expect.
void TestCliPracticePortal::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        usual
        + QStringList {u"--contacts"_s, u"60"_s, u"--companies"_s, u"15"_s, u"--authorize"_s,
                       u"redirect"_s, u"--index-delay-ms"_s, u"300000"_s});
    QVERIFY(m_portal->practice().isServing());
}

void TestCliPracticePortal::cleanupTestCase()
{
    m_portal.reset();
}

void TestCliPracticePortal::everyOptionHasARow()
{
    const QStringList help = optionsOfTheHelp();
    QVERIFY(help.size() > 15);
    // The first serves nothing: listsFaultsAndSwitches(). The other needs one: tst_clirehearsal.
    QStringList tested {u"--list"_s, u"--snapshot"_s};
    const QList<OptionRow> rows = optionRows() + idmOptionRows();
    for (const OptionRow &row : rows) {
        for (const QString &word : row.options) {
            if (word.startsWith("--"_L1))
                tested.append(word);
        }
    }
    for (const QString &option : help)
        QVERIFY2(tested.contains(option), qPrintable(option));
    for (const QString &option : std::as_const(tested))
        QVERIFY2(help.contains(option), qPrintable(option));
}

void TestCliPracticePortal::option_data()
{
    QTest::addColumn<QStringList>("base");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("without");
    QTest::addColumn<QString>("with");
    QTest::addColumn<Probe>("probe");
    const QList<OptionRow> rows = optionRows() + idmOptionRows();
    for (const OptionRow &row : rows) {
        const QString name = row.options.value(0) + u' ' + row.options.value(1).section(u'/', -1);
        QTest::newRow(qPrintable(name))
            << row.base << row.options << row.without << row.with << row.probe;
    }
}

void TestCliPracticePortal::option()
{
    QFETCH(QStringList, base);
    QFETCH(QStringList, options);
    QFETCH(Probe, probe);
    ServedPortal without(base);
    QVERIFY(without.practice().isServing());
    QTEST(probe(without), "without");
    ServedPortal with(base + options);
    QVERIFY(with.practice().isServing());
    QTEST(probe(with), "with");
    QCOMPARE(with.practice().end().code, 0);
}

void TestCliPracticePortal::listsFaultsAndSwitches()
{
    const Program program;
    const Ended text = program.run({u"practice"_s, u"--list"_s});
    QCOMPARE(text.code, 0);
    const QJsonObject json = program.run({u"--json"_s, u"practice"_s, u"--list"_s}).json();
    QCOMPARE(json["switches"_L1].toArray().size(), switchProbes().size());
    QCOMPARE(json["faults"_L1].toArray().size(), faultRows.size());
    for (const SwitchProbe &probe : switchProbes())
        QVERIFY2(text.out.contains(QByteArray(probe.name) + "="), probe.name);
}

void TestCliPracticePortal::seedMakesOtherRecords()
{
    const auto names = [](const QString &seed) {
        ServedPortal portal(usual + QStringList {u"--seed"_s, seed});
        QStringList list;
        const QJsonArray records =
            portal.get(contacts + "?limit=20&properties=firstname,lastname").results();
        for (const QJsonValue &record : records)
            list.append(record["properties"_L1]["lastname"_L1].toString());
        return list;
    };
    const QStringList one = names(u"1"_s);
    QCOMPARE(one.size(), 20);
    QCOMPARE(names(u"1"_s), one);
    QVERIFY(names(u"2"_s) != one);
}

void TestCliPracticePortal::badOptions_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *name, const QStringList &options, const QByteArray &sentence) {
        QTest::newRow(name) << options << sentence;
    };
    row("port", {u"--port"_s, u"65536"_s}, "--port");
    row("contacts", {u"--contacts"_s, u"-1"_s}, "--contacts");
    row("fault", {u"--fault"_s, u"explode"_s}, "explode");
    row("switch", {u"--switch"_s, u"nonsense=true"_s}, "no switch named 'nonsense'");
    row("limit", {u"--limit"_s, u"perDecade=1"_s}, "no limit 'perDecade'");
    row("limit without number", {u"--limit"_s, u"perDay=many"_s}, "no limit 'perDay'");
    row("bound", {u"--bound"_s, u"pages=1"_s}, "no bound 'pages'");
    row("setup", {u"--setup"_s, u"{"_s}, "--setup needs a JSON object");
    row("order", {u"--setup"_s, R"({"nonsense":1})"_L1}, "has no 'nonsense' like that");
    row("authorize", {u"--authorize"_s, u"maybe"_s}, "--authorize");
    row("token life", {u"--token-life"_s, u"0"_s}, "--token-life");
    row("profile", {u"--idm-port"_s, u"0"_s, u"--idm-profile"_s, u"newest"_s}, "--idm-profile");
}

void TestCliPracticePortal::badOptions()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, sentence);
    const Program program;
    const Ended ended = program.run(QStringList {u"practice"_s} + options);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(sentence), ended.err.constData());
}

void TestCliPracticePortal::certificateThatIsNotThere()
{
    const Program program;
    const Ended ended = program.run(
        {u"practice"_s, u"--tls-cert"_s, u"missing.pem"_s, u"--tls-key"_s, u"missing.key"_s});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("missing.pem"), ended.err.constData());
}

void TestCliPracticePortal::everyOrderHasARow()
{
    const QString refusal =
        m_portal->practice().control({{u"nonsense"_s, 1}})["message"_L1].toString();
    const QString list = refusal.section(u"; it has "_s, 1);
    QVERIFY2(list.endsWith(u'.'), qPrintable(refusal));
    QStringList tested;
    const QList<OrderRow> rows = orderRows();
    for (const OrderRow &row : rows)
        tested.append(QString::fromLatin1(row.name));
    QStringList known = list.chopped(1).split(u", "_s);
    known.sort();
    tested.sort();
    QCOMPARE(tested, known);
}

void TestCliPracticePortal::order_data()
{
    QTest::addColumn<QJsonObject>("orders");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<Probe>("probe");
    QTest::addColumn<Preparation>("prepare");
    const QList<OrderRow> rows = orderRows();
    for (const OrderRow &row : rows)
        QTest::newRow(row.name) << row.orders << row.before << row.after << row.probe
                                << row.prepare;
}

void TestCliPracticePortal::order()
{
    QFETCH(QJsonObject, orders);
    QFETCH(Probe, probe);
    QFETCH(Preparation, prepare);
    ServedPortal &portal = *m_portal;
    const QByteArray token = portal.announced(u"staticToken"_s);
    portal.token = token;
    portal.practice().control({{u"reset"_s, true}});
    prepare(portal);
    QTEST(probe(portal), "before");
    const QJsonObject state = portal.practice().control(orders);
    QVERIFY2(!state.contains("message"_L1), qPrintable(state["message"_L1].toString()));
    QTEST(probe(portal), "after");
    portal.token = token;
}

void TestCliPracticePortal::badOrders_data()
{
    QTest::addColumn<QByteArray>("orders");
    for (const char *orders :
         {R"({"reset":1})", R"({"faults":{}})", R"({"faults":[{"kind":"explode"}]})",
          R"({"switches":{"nonsense":true}})", R"({"switches":{"nullClears":1}})",
          R"({"limits":{"perDay":-1}})", R"({"bounds":{"filterGroups":"3"}})",
          R"({"authorize":"maybe"})", R"({"clock":{"seconds":1}})", R"({"latencyMs":"1"})",
          R"({"latencyMs":-1})", R"({"usedToday":true})", R"({"expireAccessTokens":1})",
          R"({"staticTokens":[]})", R"({"rules":[]})", "[", "[]", ""})
        QTest::newRow(orders) << QByteArray(orders);
}

void TestCliPracticePortal::badOrders()
{
    QFETCH(QByteArray, orders);
    ServedPortal &portal = *m_portal;
    portal.more = {"X-Practice-Token: " + portal.announced(u"controlToken"_s)};
    const RawReply reply = portal.post("/practice/control", orders);
    portal.more.clear();
    QCOMPARE(reply.status, 400);
    QVERIFY(!reply.text("message"_L1).isEmpty());
}

void TestCliPracticePortal::switchByControl_data()
{
    QTest::addColumn<SwitchProbe>("probe");
    for (const SwitchProbe &probe : switchProbes())
        QTest::newRow(probe.name) << probe;
}

void TestCliPracticePortal::switchByControl()
{
    QFETCH(SwitchProbe, probe);
    ServedPortal &portal = *m_portal;
    for (const bool on : {false, true}) {
        portal.token = portal.announced(u"staticToken"_s);
        portal.contentType = "application/json";
        const QJsonObject state = portal.practice().control(
            {{u"reset"_s, true},
             {u"switches"_s, QJsonObject {{QString::fromLatin1(probe.name), on}}}});
        QCOMPARE(state["switches"_L1][QLatin1StringView(probe.name)].toBool(!on), on);
        QCOMPARE(probe.ask(portal), on ? probe.on : probe.off);
    }
    portal.token = portal.announced(u"staticToken"_s);
    portal.contentType = "application/json";
}

void TestCliPracticePortal::everyFaultHasARow()
{
    const Program program;
    QStringList tested;
    for (const FaultRow &row : faultRows)
        tested.append(QString::fromLatin1(row.name));
    QCOMPARE(program.run({u"--json"_s, u"practice"_s, u"--list"_s}).json()["faults"_L1].toArray(),
             QJsonArray::fromStringList(tested));
}

void TestCliPracticePortal::fault_data()
{
    QTest::addColumn<FaultRow>("row");
    for (const FaultRow &row : faultRows)
        QTest::newRow(row.name) << row;
}

void TestCliPracticePortal::fault()
{
    QFETCH(FaultRow, row);
    const QString name = QString::fromLatin1(row.name);
    ServedPortal &portal = *m_portal;
    portal.practice().control({{u"reset"_s, true},
                               {u"faults"_s,
                                QJsonArray {QJsonObject {{u"kind"_s, name},
                                                         {u"method"_s, u"POST"_s},
                                                         {u"path"_s, u"/contacts$"_s},
                                                         {u"status"_s, 502},
                                                         {u"pauseMs"_s, 20}}}}});
    const RawReply reply =
        portal.ask("POST", contacts, with(R"("email":"fault@example.com")"), 1000);
    QCOMPARE(reply.status, row.status);
    QCOMPARE(reply.closed, row.closed);
    QVERIFY2(reply.body.contains(row.mark), reply.body.constData());
    QCOMPARE(stateOf(portal, u"contacts"_s), row.stored ? u"61"_s : u"60"_s);
    QCOMPARE(portal.practice().count(u"POST /crm/v3/objects/contacts"_s), 1);
    QCOMPARE(portal.get(contacts).status, 200); // The next one is sound again.
}

/// hubspot-api 14, point 14: 401 after N calls.
void TestCliPracticePortal::unauthorizedAfterSomeCalls()
{
    ServedPortal portal(usual
                        + QStringList {u"--fault"_s, u"unauthorized,nth=3,times=2"_s, u"--fault"_s,
                                       u"status,status=524,nth=5"_s});
    QList<int> seen;
    for (int i = 0; i < 6; ++i)
        seen.append(portal.get(contacts).status);
    QCOMPARE(seen, (QList<int> {200, 200, 401, 401, 524, 200}));
}

HUBKEEPER_TEST(TestCliPracticePortal)
