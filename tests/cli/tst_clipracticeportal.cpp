// SPDX-License-Identifier: MIT
#include "tst_clipracticeportal.h"

#include "../practice/switchprobes.h"
#include "servedportal.h"
#include "testkit/certificates.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace hubkeeper::practice::test;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

using Probe = std::function<QString(ServedPortal &)>;
using Preparation = std::function<void(ServedPortal &)>;
Q_DECLARE_METATYPE(Probe)
Q_DECLARE_METATYPE(Preparation)

namespace {

const QByteArray contacts = "/crm/v3/objects/contacts";
const QByteArray companies = "/crm/v3/objects/companies";

/// What most rows are started with beside their own option.
const QStringList usual {u"--control"_s, u"--write-provisioner"_s, u"p.json"_s};

QString statusOf(const RawReply &reply)
{
    return QString::number(reply.status);
}

QString stateOf(ServedPortal &portal, const QString &name)
{
    return portal.state(name).toVariant().toString();
}

QByteArray with(const QByteArray &properties)
{
    return R"({"properties":{)" + properties + "}}";
}

/// How many companies of a name just written a search finds.
QString foundAtOnce(ServedPortal &portal)
{
    (void)portal.company("Zephyr");
    return portal.post(companies + "/search", R"({"query":"Zephyr"})").text("total"_L1);
}

QString speedOf(ServedPortal &portal)
{
    QElapsedTimer timer;
    timer.start();
    (void)portal.get(contacts + "?limit=1");
    return timer.elapsed() >= 1500 ? u"slow"_s : u"fast"_s;
}

/// "http", or "https" and whom the certificate names.
QString schemeOf(ServedPortal &portal)
{
    const QUrl url = portal.practice().url();
    if (url.scheme() != "https"_L1)
        return url.scheme();
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(url.host(), quint16(url.port()));
    if (!socket.waitForEncrypted(10'000))
        return socket.errorString();
    return u"https "_s
        + socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u' ');
}

/// What the authorize page does: "page", "page Allow", "code", "error".
QString authorizeOf(ServedPortal &portal)
{
    const RawReply reply = portal.get("/oauth/authorize?client_id=" + portal.clientId()
                                      + "&redirect_uri=http%3A%2F%2Flocalhost%3A7777%2F"
                                        "&scope=oauth&state=s1");
    const QByteArray where = reply.headers.value("location");
    if (where.contains("code="))
        return u"code"_s;
    if (where.contains("error="))
        return u"error"_s;
    return reply.body.contains("Allow") ? u"page Allow"_s : u"page"_s;
}

QString twoFilterGroups(ServedPortal &portal)
{
    return statusOf(portal.post(
        contacts + "/search",
        R"({"filterGroups":[{"filters":[{"propertyName":"city","operator":"EQ","value":"a"}]},
                            {"filters":[{"propertyName":"city","operator":"EQ","value":"b"}]}]})"));
}

QString freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? QString::number(server.serverPort())
                                                  : QString();
}

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

struct OptionRow
{
    QStringList options;
    QString without;
    QString with;
    Probe probe;
    QStringList base = usual;
};

QList<OptionRow> optionRows()
{
    static Certificates certificates;
    static const Identity identity =
        certificates.server(u"practice.example"_s, u"IP:127.0.0.1"_s, 30, {});
    const QString certificate = certificates.path(identity.name + u".pem"_s);
    const QString key = certificates.path(identity.name + u".key"_s);
    const QString port = freePort();
    using P = ServedPortal;
    const auto state = [](const QString &name) -> Probe {
        return [name](P &portal) { return stateOf(portal, name); };
    };
    const Probe samePort = [port](P &portal) {
        return QString::number(portal.port()) == port ? u"that"_s : u"another"_s;
    };
    const Probe account = [](P &p) {
        const QJsonObject details = p.get("/account-info/v3/details").json();
        return details["portalId"_L1].toInteger() == 4711 ? u"that"_s : u"another"_s;
    };
    const Probe named = [](P &p) {
        return p.announced(u"name"_s) == "Mine" ? u"that"_s : u"another"_s;
    };
    const Probe firstId = [](P &p) {
        return p.get(contacts + "?limit=1").results().at(0)["id"_L1].toString();
    };
    return {
        {{u"--port"_s, port}, u"another"_s, u"that"_s, samePort},
        {{u"--contacts"_s, u"7"_s}, u"2000"_s, u"7"_s, state(u"contacts"_s)},
        {{u"--companies"_s, u"3"_s}, u"500"_s, u"3"_s, state(u"companies"_s)},
        {{u"--seed"_s, u"5"_s}, u"1"_s, u"5"_s, state(u"seed"_s)},
        {{u"--portal-id"_s, u"4711"_s}, u"another"_s, u"that"_s, account},
        {{u"--name"_s, u"Mine"_s}, u"another"_s, u"that"_s, named},
        {{u"--latency-ms"_s, u"1600"_s}, u"fast"_s, u"slow"_s, speedOf},
        {{u"--index-delay-ms"_s, u"0"_s}, u"0"_s, u"1"_s, foundAtOnce},
        {{u"--index-delay"_s, u"0"_s}, u"0"_s, u"1"_s, foundAtOnce},
        {{u"--tls-cert"_s, certificate, u"--tls-key"_s, key},
         u"http"_s,
         u"https practice.example"_s,
         schemeOf},
        {{u"--tls-certificate"_s, certificate, u"--tls-key"_s, key},
         u"http"_s,
         u"https practice.example"_s,
         schemeOf},
        {{u"--write-provisioner"_s, u"p.json"_s},
         u"no file"_s,
         u"200"_s,
         [](P &p) { return p.hasProvisioner() ? statusOf(p.refreshed()) : u"no file"_s; },
         {u"--control"_s}},
        {{u"--fault"_s, u"status,status=503,times=1"_s},
         u"200"_s,
         u"503"_s,
         [](P &p) { return statusOf(p.get(contacts)); }},
        {{u"--switch"_s, u"createLocation=true"_s},
         u"no"_s,
         u"yes"_s,
         [](P &p) {
             return p.post(companies, with({})).headers.contains("location") ? u"yes"_s : u"no"_s;
         }},
        {{u"--limit"_s, u"staticPerWindow=7"_s},
         u"190"_s,
         u"7"_s,
         [](P &p) {
             return QString::fromLatin1(p.get(contacts).headers.value("x-hubspot-ratelimit-max"));
         }},
        {{u"--bound"_s, u"filterGroups=1"_s}, u"200"_s, u"400"_s, twoFilterGroups},
        {{u"--scope"_s, u"crm.objects.contacts.read"_s},
         u"200"_s,
         u"403"_s,
         [](P &p) { return statusOf(p.get(companies)); }},
        {{u"--token-life"_s, u"60"_s},
         u"1800"_s,
         u"60"_s,
         [](P &p) { return p.refreshed().text("expires_in"_L1); }},
        {{u"--first-contact-id"_s, u"9007199254740993"_s},
         u"150000000001"_s,
         u"9007199254740993"_s,
         firstId},
        {{u"--setup"_s, R"({"usedToday":9})"_L1}, u"0"_s, u"9"_s, state(u"usedToday"_s)},
        {{u"--authorize"_s, u"interactive"_s}, u"page Allow"_s, u"page Allow"_s, authorizeOf},
        {{u"--authorize"_s, u"redirect"_s}, u"page Allow"_s, u"code"_s, authorizeOf},
        {{u"--authorize"_s, u"decline"_s}, u"page Allow"_s, u"error"_s, authorizeOf},
        {{u"--authorize"_s, u"silent"_s}, u"page Allow"_s, u"page"_s, authorizeOf},
        {{u"--control"_s},
         u"404"_s,
         u"403"_s, // The client does not send the control token.
         [](P &p) { return statusOf(p.get("/practice/state")); },
         {}},
    };
}

struct OrderRow
{
    const char *name;
    QJsonObject orders;
    QString before;
    QString after;
    Probe probe;
    Preparation prepare = [](ServedPortal &) {};
};

QList<OrderRow> orderRows()
{
    using P = ServedPortal;
    const auto object = [](const char *json) { return QJsonDocument::fromJson(json).object(); };
    const auto state = [](const QString &name) -> Probe {
        return [name](P &portal) { return stateOf(portal, name); };
    };
    const Preparation asApp = [](P &p) { p.token = p.accessToken(); };
    return {
        {"reset", object(R"({"reset":true})"), u"61"_s, u"60"_s, state(u"contacts"_s),
         [](P &p) { (void)p.contact("kept@example.com"); }},
        {"faults", object(R"({"faults":[{"kind":"locked"}]})"), u"200"_s, u"423"_s,
         [](P &p) { return statusOf(p.get(contacts)); }},
        {"switches", object(R"({"switches":{"createLocation":true}})"), u"no"_s, u"yes"_s,
         [](P &p) {
             return p.post(companies, with({})).headers.contains("location") ? u"yes"_s : u"no"_s;
         }},
        {"limits", object(R"({"limits":{"staticPerWindow":7}})"), u"190"_s, u"7"_s,
         [](P &p) {
             return QString::fromLatin1(p.get(contacts).headers.value("x-hubspot-ratelimit-max"));
         }},
        {"bounds", object(R"({"bounds":{"filterGroups":1}})"), u"200"_s, u"400"_s, twoFilterGroups},
        {"authorize", object(R"({"authorize":"decline"})"), u"code"_s, u"error"_s, authorizeOf},
        {"clock", object(R"({"clock":{"advanceMs":1801000}})"), u"200"_s, u"401"_s,
         [](P &p) { return statusOf(p.get(contacts)); }, asApp},
        {"expireAccessTokens", object(R"({"expireAccessTokens":true})"), u"200"_s, u"401"_s,
         [](P &p) { return statusOf(p.get(contacts)); }, asApp},
        {"staticTokens",
         object(R"({"staticTokens":{"pat-na1-mine":["crm.objects.contacts.read"]}})"), u"401 401"_s,
         u"200 403"_s,
         [](P &p) {
             p.token = "pat-na1-mine";
             return statusOf(p.get(contacts)) + u' ' + statusOf(p.get(companies));
         }},
        {"usedToday", object(R"({"usedToday":625000})"), u"200"_s, u"429 DAILY"_s,
         [](P &p) {
             const RawReply reply = p.get(contacts);
             return (statusOf(reply) + u' ' + reply.text("policyName"_L1)).trimmed();
         }},
        {"latencyMs", object(R"({"latencyMs":1600})"), u"fast"_s, u"slow"_s, speedOf},
        {"indexDelayMs", object(R"({"indexDelayMs":0})"), u"0"_s, u"1"_s, foundAtOnce},
        {"rules", object(R"({"rules":{"contacts":{"requiredOnCreate":["phone"]}}})"), u"201"_s,
         u"400"_s,
         [](P &p) {
             static int number = 0;
             return statusOf(p.post(
                 "/crm/objects/2026-09/contacts",
                 with(R"("email":"rule)" + QByteArray::number(++number) + R"(@example.com")")));
         }},
        {"inUse", object(R"({"inUse":{"contacts":["made_up"]}})"), u"204"_s, u"400"_s,
         [](P &p) {
             const QByteArray path = "/crm/v3/properties/contacts";
             (void)p.post(path, R"({"name":"made_up","label":"M","type":"string",
                 "fieldType":"text","groupName":"contactinformation"})");
             return statusOf(p.ask("DELETE", path + "/made_up"));
         }},
        {"clearRequests", object(R"({"clearRequests":true})"), u"1"_s, u"0"_s, state(u"requests"_s),
         [](P &p) { (void)p.get(contacts); }},
    };
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
    QStringList tested {u"--list"_s}; // Serves nothing: listsFaultsAndSwitches().
    const QList<OptionRow> rows = optionRows();
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
    const QList<OptionRow> rows = optionRows();
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
