// SPDX-License-Identifier: MIT
#include "serversettings.h"

#include "options.h"
#include "session/idm/serverregistry.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr auto usualUser = "openidm-admin"_L1;

} // namespace

void ServerSettings::addLoginTo(CLI::App &verb)
{
    CLI::Option *way = addWords(verb, "--login", login, {"user", "basic", "bearer"},
                                "How to log in: X-OpenIDM headers, HTTP Basic, or a bearer token");
    CLI::Option *name =
        verb.add_option("--user", user, "The user name; openidm-admin if nothing is said");
    verb.add_option("--service-account", serviceAccount,
                    "Log in to the cloud as this service account: its id")
        ->type_name("ID")
        ->excludes(way)
        ->excludes(name);
    CLI::Option *file =
        verb.add_option("--key-file", keyFile,
                        "The private key of a service account, a JWK; it goes to the keychain")
            ->type_name(fileArgument);
    verb.add_flag("--secrets-stdin", secretFromInput,
                  "Read {\"password\":…} or {\"token\":…}, or the JWK of a service account, from "
                  "standard input")
        ->excludes(file);
}

void ServerSettings::addTo(CLI::App &verb)
{
    addLoginTo(verb);
    addWords(verb, "--kind", kind, {"production", "sandbox", "practice"}, "The kind of server");
    addWords(verb, "--mode", mode, {"read-only", "review", "confirm", "free"},
             "How it is written to; a new one is read-only");
    addWords(verb, "--profile", profile, {"ask", "community", "commercial", "cloud"},
             "What the server is, if it is not to be found by asking");
    verb.add_option("--colour,--color", colour, "Shown beside the label: '#rrggbb', or none");
    verb.add_option("--proxy", proxy, "host:port of a proxy for https, or none");
    verb.add_flag_function(
        "--accept-self-signed,!--refuse-self-signed",
        [this](std::int64_t given) { acceptSelfSigned = given > 0; },
        "Whether a self-signed certificate is accepted");
    verb.add_flag_function(
        "--ignore-host-name,!--check-host-name",
        [this](std::int64_t given) { ignoreHostName = given > 0; },
        "Whether the host name in the certificate may be another one");
}

Result<void> ServerSettings::applyAddress(Server &server) const
{
    if (address) {
        const auto url = serverAddressFrom(QString::fromStdString(*address));
        if (!url)
            return tl::unexpected(url.error());
        server.address = *url;
    }
    if (!proxy)
        return {};
    const QString text = QString::fromStdString(*proxy);
    server.proxyHost.clear();
    server.proxyPort = 0;
    if (text == "none"_L1)
        return {};
    bool isNumber = false;
    const int port = text.section(u':', -1).toInt(&isNumber);
    if (!isNumber || port < 1 || port > 65535 || text.count(u':') != 1 || text.startsWith(u':'))
        return fail(ErrorKind::InvalidInput, u"\"%1\" is not host:port."_s.arg(text),
                    u"Use --proxy proxy.example.com:3128, or --proxy none."_s);
    server.proxyHost = text.section(u':', 0, 0);
    server.proxyPort = quint16(port);
    return {};
}

Result<void> ServerSettings::applyLooks(Server &server) const
{
    if (label)
        server.label = QString::fromStdString(*label).trimmed();
    if (!colour)
        return {};
    return colorFrom(*colour).map([&server](const QString &color) { server.colour = color; });
}

Result<void> ServerSettings::applyLogin(Server &server) const
{
    ServerLogin &own = server.login;
    if (login) {
        if (own.kind == LoginKind::ServiceAccount)
            own.userName = usualUser;
        own.kind = *loginKindFrom(QString::fromStdString(*login)); // Other words were refused.
    }
    if (user)
        own.userName = QString::fromStdString(*user);
    if (serviceAccount) {
        own.kind = LoginKind::ServiceAccount;
        own.userName = QString::fromStdString(*serviceAccount).trimmed();
    }
    if (own.kind == LoginKind::ServiceAccount && own.userName.isEmpty())
        return fail(ErrorKind::InvalidInput, u"A service account has an id."_s,
                    u"Give the id that the cloud's console shows: --service-account ID"_s);
    return {};
}

Result<void> ServerSettings::applyTo(Server &server) const
{
    if (const auto applied = applyAddress(server); !applied)
        return applied;
    if (const auto applied = applyLooks(server); !applied)
        return applied;
    if (const auto applied = applyLogin(server); !applied)
        return applied;
    // Other words were refused with the options.
    if (kind)
        setKind(server, *connectionKindFrom(QString::fromStdString(*kind)));
    if (mode)
        server.mode = *writeModeFrom(QString::fromStdString(*mode));
    if (profile)
        server.profile = idmProfileFrom(QString::fromStdString(*profile));
    server.acceptSelfSignedCertificates =
        acceptSelfSigned.value_or(server.acceptSelfSignedCertificates);
    server.disableHostNameVerifier = ignoreHostName.value_or(server.disableHostNameVerifier);
    return {};
}

} // namespace hubkeeper::cli
