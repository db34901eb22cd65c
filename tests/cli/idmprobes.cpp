// SPDX-License-Identifier: MIT
#include "portalprobes.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

QJsonObject idmOf(ServedPortal &portal)
{
    return portal.practice().announced().value("idm"_L1).toObject();
}

const QList<QByteArray> byName {"X-OpenIDM-Username: openidm-admin",
                                "X-OpenIDM-Password: openidm-admin", "X-OpenIDM-NoSession: true"};

/// What the practice IDM answers, over a socket of our own.
RawReply askIdm(ServedPortal &portal, const QByteArray &method, const QByteArray &target,
                const QByteArray &body = {}, const QList<QByteArray> &login = byName)
{
    const QUrl url(idmOf(portal).value("url"_L1).toString());
    QByteArray request = method + ' ' + url.path().toLatin1() + '/' + target
        + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(url.port())
        + "\r\nConnection: close\r\n";
    for (const QByteArray &header : login)
        request += header + "\r\n";
    if (!body.isEmpty())
        request += "Content-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n";
    return exchange(quint16(url.port()), request + "\r\n" + body);
}

QString statusText(const RawReply &reply)
{
    return QString::number(reply.status);
}

/// The system's test right after its configuration was written.
QString testAfterWrite(ServedPortal &portal)
{
    const QByteArray hubspot = "config/provisioner.openicf/hubspot";
    QJsonObject config = askIdm(portal, "GET", hubspot).json();
    config.remove(u"_id"_s);
    const RawReply written = askIdm(portal, "PUT", hubspot, QJsonDocument(config).toJson());
    if (written.status != 200)
        return u"not written"_s;
    return statusText(askIdm(portal, "POST", "system/hubspot?_action=test", "{}"));
}

} // namespace

QList<OptionRow> idmOptionRows()
{
    using P = ServedPortal;
    const QStringList base = usual + QStringList {u"--idm-port"_s, u"0"_s};
    const QByteArray users = "managed/user?_queryFilter=true&_fields=_id";
    return {
        {{u"--idm-port"_s, u"0"_s},
         u"none"_s,
         u"community openidm-admin"_s,
         [](P &p) {
             const QJsonObject idm = idmOf(p);
             return idm.isEmpty() ? u"none"_s
                                  : idm.value("profile"_L1).toString() + u' '
                     + askIdm(p, "GET", "info/login").text("authenticationId"_L1);
         }},
        {{u"--idm-profile"_s, u"commercial"_s},
         u"6.3.0"_s,
         u"7.5.0"_s,
         [](P &p) { return askIdm(p, "GET", "info/version").text("productVersion"_L1); },
         base},
        {{u"--idm-empty"_s},
         u"200"_s,
         u"404"_s,
         [](P &p) { return statusText(askIdm(p, "GET", "config/sync")); },
         base},
        {{u"--idm-token"_s, u"practice-token"_s},
         u"401"_s,
         u"200"_s,
         [](P &p) {
             return statusText(
                 askIdm(p, "GET", "info/login", {}, {"Authorization: Bearer practice-token"}));
         },
         base + QStringList {u"--idm-profile"_s, u"cloud"_s}},
        {{u"--idm-users"_s, u"5"_s},
         u"306"_s,
         u"11"_s,
         [users](P &p) { return askIdm(p, "GET", users).text("resultCount"_L1); },
         base},
        {{u"--idm-registration-ms"_s, u"0"_s}, u"404"_s, u"200"_s, testAfterWrite, base},
    };
}

} // namespace hubkeeper::test
