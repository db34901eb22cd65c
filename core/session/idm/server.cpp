// SPDX-License-Identifier: MIT
#include "session/idm/server.h"

#include "net/proxies.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto usualPath = "/openidm"_L1;

tl::unexpected<Error> unusableServer(const QString &text, const QString &reason)
{
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("\"%1\" is not the address of a server: %2.").arg(text, reason),
                SessionText::tr("Give it like https://idm.example.com:8443/openidm."));
}

} // namespace

SecretId secretIdOf(const Server &server)
{
    return {server.id, u"serverLogin"_s};
}

Result<QUrl> serverAddressFrom(const QString &text)
{
    const QString typed = text.trimmed();
    QUrl url(typed.contains("://"_L1) ? typed : u"https://"_s + typed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return unusableServer(typed, SessionText::tr("it has no host"));
    if (!url.userInfo().isEmpty())
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("An address must not hold a user name or a password."),
                    SessionText::tr("Give the user by itself; the password goes to the keychain."));
    if (url.hasQuery() || url.hasFragment())
        return unusableServer(typed, SessionText::tr("it has a query"));
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return unusableServer(typed, SessionText::tr("only https and http are possible"));
    if (url.scheme() == "http"_L1 && !isLoopback(url.host()))
        return unusableServer(
            typed,
            SessionText::tr("over http the password could be read on the way; only "
                            "this computer is reached like that"));
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path.isEmpty() ? QString(usualPath) : path);
    return url;
}

TransportOptions transportOptionsOf(const Server &server)
{
    TransportOptions options;
    options.base = server.address;
    options.base.setPath({});
    options.acceptSelfSignedCertificates = server.acceptSelfSignedCertificates;
    options.disableHostNameVerifier = server.disableHostNameVerifier;
    options.proxyHost = server.proxyHost;
    options.proxyPort = server.proxyPort;
    return options;
}

QJsonObject entryOf(const Server &server)
{
    return {{u"id"_s, server.id},
            {u"label"_s, server.label},
            {u"address"_s, server.address.toString()},
            {u"login"_s, nameOf(server.login.kind)},
            {u"user"_s, server.login.userName},
            {u"kind"_s, nameOf(server.kind)},
            {u"colour"_s, server.colour},
            {u"mode"_s, nameOf(server.mode)},
            {u"profile"_s, server.profile ? nameOf(*server.profile) : QString()},
            {u"acceptSelfSignedCertificates"_s, server.acceptSelfSignedCertificates},
            {u"disableHostNameVerifier"_s, server.disableHostNameVerifier},
            {u"proxyHost"_s, server.proxyHost},
            {u"proxyPort"_s, server.proxyPort}};
}

Server serverFrom(const QJsonObject &entry)
{
    Server server;
    server.id = entry["id"_L1].toString();
    server.label = entry["label"_L1].toString();
    server.address = QUrl(entry["address"_L1].toString());
    server.login.kind = loginKindFrom(entry["login"_L1].toString()).value_or(LoginKind::StaticUser);
    server.login.userName = entry["user"_L1].toString();
    server.kind =
        connectionKindFrom(entry["kind"_L1].toString()).value_or(ConnectionKind::Production);
    server.colour = entry["colour"_L1].toString();
    server.mode = writeModeFrom(entry["mode"_L1].toString()).value_or(WriteMode::ReadOnly);
    server.profile = idmProfileFrom(entry["profile"_L1].toString());
    server.acceptSelfSignedCertificates = entry["acceptSelfSignedCertificates"_L1].toBool(false);
    server.disableHostNameVerifier = entry["disableHostNameVerifier"_L1].toBool(false);
    server.proxyHost = entry["proxyHost"_L1].toString();
    server.proxyPort = quint16(std::clamp(entry["proxyPort"_L1].toInt(0), 0, 65535));
    return server;
}

} // namespace hubkeeper
