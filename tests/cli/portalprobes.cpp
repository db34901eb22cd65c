// SPDX-License-Identifier: MIT
#include "portalprobes.h"

#include "testkit/certificates.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

using practice::test::RawReply;

namespace {

const QByteArray companies = "/crm/v3/objects/companies";

QString statusOf(const RawReply &reply)
{
    return QString::number(reply.status);
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

} // namespace

QString stateOf(ServedPortal &portal, const QString &name)
{
    return portal.state(name).toVariant().toString();
}

QByteArray with(const QByteArray &properties)
{
    return R"({"properties":{)" + properties + "}}";
}

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
        {"edits", object(R"({"edits":[{"type":"contacts","id":"150000000001","userId":7,
                    "properties":{"city":"Atlantis"}}]})"),
         u"0"_s, u"1"_s,
         [](P &p) {
             const RawReply reply = p.get(contacts + "/150000000001?properties=city");
             return QString::number(reply.json()["properties"_L1]["city"_L1] == "Atlantis"_L1);
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

} // namespace hubkeeper::test
