// SPDX-License-Identifier: MIT
#include "commands.h"
#include "idmserver.h"
#include "options.h"
#include "secretinput.h"
#include "standardinput.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// What `add` and `set` can say of a server; what is not given stays as it is.
struct ServerSettings
{
    std::optional<std::string> label;
    std::optional<std::string> address;
    std::optional<std::string> login;
    std::optional<std::string> user;
    std::optional<std::string> kind;
    std::optional<std::string> mode;
    std::optional<std::string> profile; ///< "ask" finds it by asking.
    std::optional<std::string> colour; ///< "#rrggbb" or "none".
    std::optional<std::string> proxy; ///< "host:port" or "none".
    std::optional<bool> acceptSelfSigned;
    std::optional<bool> ignoreHostName;
    std::optional<std::string> confirmLabel;
    bool secretFromInput = false;

    void addTo(CLI::App &verb);
    [[nodiscard]] Result<void> applyTo(Server &server) const;

private:
    [[nodiscard]] Result<void> applyAddress(Server &server) const;
    [[nodiscard]] Result<void> applyLooks(Server &server) const;
};

void ServerSettings::addTo(CLI::App &verb)
{
    addWords(verb, "--login", login, {"user", "basic", "bearer"},
             "How to log in: X-OpenIDM headers, HTTP Basic, or a bearer token");
    verb.add_option("--user", user, "The user name; openidm-admin if nothing is said");
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
    verb.add_flag("--secrets-stdin", secretFromInput,
                  "Read {\"password\":…} or {\"token\":…} from standard input");
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

Result<void> ServerSettings::applyTo(Server &server) const
{
    if (const auto applied = applyAddress(server); !applied)
        return applied;
    if (const auto applied = applyLooks(server); !applied)
        return applied;
    // Other words were refused with the options.
    if (login)
        server.login.kind = *loginKindFrom(QString::fromStdString(*login));
    if (user)
        server.login.userName = QString::fromStdString(*user);
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

QString profileText(const Server &server)
{
    return server.profile ? nameOf(*server.profile) : u"by asking"_s;
}

int runList(Services &services)
{
    const auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    QJsonArray list;
    QList<QStringList> rows {{u"LABEL"_s, u"KIND"_s, u"MODE"_s, u"USER"_s, u"ADDRESS"_s}};
    for (const Server &server : registry->servers()) {
        list.append(asJson(server));
        rows.append({server.label, nameOf(server.kind), nameOf(server.mode),
                     server.login.kind == LoginKind::Bearer ? u"(token)"_s : server.login.userName,
                     server.address.toString()});
    }
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"No server is known yet."_s);
    else
        services.output.table(rows);
    return Done;
}

/// The password or token: from standard input, or asked for at a terminal; nothing if neither.
Result<std::optional<Secret>> givenSecret(const ServerSettings &settings, const Server &server,
                                          bool ask, Services &services)
{
    const auto some = [](Secret secret) { return std::optional(std::move(secret)); };
    if (settings.secretFromInput)
        return loginSecretFrom(services.input).map(some);
    if (!ask || !StandardInput::isTerminal())
        return std::nullopt;
    const QString question = server.login.kind == LoginKind::Bearer
        ? u"Token for %1:"_s.arg(server.label)
        : u"Password of %1 on %2:"_s.arg(server.login.userName, server.label);
    return askForSecret(question, services).map(some);
}

Result<void> storeSecret(const Server &server, std::optional<Secret> secret, Services &services)
{
    if (!secret || secret->isEmpty())
        return {};
    return waitFor(services.keychain.write(secretIdOf(server), std::move(*secret), &services.calls),
                   services.interrupt);
}

void report(const Server &server, bool hasSecret, Services &services)
{
    if (services.output.json)
        return services.output.result(asJson(server));
    services.output.table({{u"label"_s, server.label},
                           {u"address"_s, server.address.toString()},
                           {u"login"_s, nameOf(server.login.kind)},
                           {u"user"_s, server.login.userName},
                           {u"kind"_s, nameOf(server.kind)},
                           {u"mode"_s, nameOf(server.mode)},
                           {u"profile"_s, profileText(server)}});
    if (hasSecret)
        services.output.message(u"The secret is in the keychain."_s);
}

int runAdd(const ServerSettings &settings, Services &services)
{
    Server server;
    server.login.userName = u"openidm-admin"_s;
    if (const auto applied = settings.applyTo(server); !applied)
        return services.output.failure(applied.error());
    auto secret = givenSecret(settings, server, true, services);
    if (!secret)
        return services.output.failure(secret.error());
    auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const auto added = registry->add(server);
    if (!added)
        return services.output.failure(added.error());
    const bool hasSecret = secret->has_value();
    if (const auto stored = storeSecret(*added, std::move(*secret), services); !stored) {
        if (const auto removed = registry->remove(added->id); !removed)
            services.output.complain(removed.error());
        return services.output.failure(stored.error());
    }
    report(*added, hasSecret, services);
    if (!hasSecret && !services.output.json)
        services.output.message(
            u"Store its password or token: hubkeeper-cli idm servers set \"%1\" --secrets-stdin"_s
                .arg(added->label));
    return Done;
}

/// Whether the label was repeated where a guard is lifted.
Result<void> checkGuard(const Server &before, const Server &after,
                        const std::optional<std::string> &confirmed)
{
    Server asProduction = before;
    if (after.kind == ConnectionKind::Production)
        setKind(asProduction, ConnectionKind::Production);
    if (!liftsGuard(asProduction, after)
        || (confirmed && QString::fromStdString(*confirmed).trimmed() == before.label))
        return {};
    return fail(ErrorKind::Refused,
                u"This would allow more on the production server %1."_s.arg(before.label),
                u"Repeat its label: --confirm-label \"%1\""_s.arg(before.label));
}

int runSet(const std::string &name, const ServerSettings &settings, Services &services)
{
    const auto known = serverNamed(name, services);
    if (!known)
        return services.output.failure(known.error());
    auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const auto after = registry->edit(known->id, [&](Server &server) {
        const Server before = server;
        return settings.applyTo(server).and_then(
            [&] { return checkGuard(before, server, settings.confirmLabel); });
    });
    if (!after)
        return services.output.failure(after.error());
    auto secret = givenSecret(settings, *after, false, services);
    if (!secret)
        return services.output.failure(secret.error());
    const bool hasSecret = secret->has_value();
    if (const auto stored = storeSecret(*after, std::move(*secret), services); !stored)
        return services.output.failure(stored.error());
    report(*after, hasSecret, services);
    return Done;
}

int runForget(const std::string &name, Services &services)
{
    const auto server = serverNamed(name, services);
    if (!server)
        return services.output.failure(server.error());
    auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const auto secret =
        waitFor(services.keychain.remove(secretIdOf(*server), &services.calls), services.interrupt);
    if (!secret && secret.error().kind != ErrorKind::NoKeychain)
        return services.output.failure(secret.error());
    if (const auto removed = registry->remove(server->id); !removed)
        return services.output.failure(removed.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"forgotten"_s, server->id}});
    else
        services.output.message(secret
                                    ? u"Forgotten, with its secret in the keychain."_s
                                    : u"Forgotten. No keychain answers: if it holds the secret of "
                                      "the server, it still does."_s);
    return Done;
}

} // namespace

void addIdmServerCommands(CLI::App &idm, Run &chosen)
{
    CLI::App *group = idm.add_subcommand("servers", "The IDM servers known");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The servers known", chosen, [](CLI::App &) { return Run(&runList); });
    addVerb(*group, "add", "Add a server", chosen, [](CLI::App &verb) {
        auto settings = std::make_shared<ServerSettings>();
        verb.add_option("LABEL", settings->label, "What to call it")->required();
        verb.add_option("ADDRESS", settings->address, "https://host:port/openidm")->required();
        settings->addTo(verb);
        return Run([settings](Services &services) { return runAdd(*settings, services); });
    });
    addVerb(*group, "set", "Change a server's settings, or its secret", chosen, [](CLI::App &verb) {
        auto settings = std::make_shared<ServerSettings>();
        auto name = std::make_shared<std::string>();
        verb.add_option("SERVER", *name, "Its label or id")->required()->type_name(serverArgument);
        verb.add_option("--label", settings->label, "Call it this");
        verb.add_option("--address", settings->address, "https://host:port/openidm");
        verb.add_option("--confirm-label", settings->confirmLabel,
                        "The label of a production server, to allow more on it");
        settings->addTo(verb);
        return Run(
            [settings, name](Services &services) { return runSet(*name, *settings, services); });
    });
    addVerb(*group, "forget", "Forget a server and its secret", chosen, [](CLI::App &verb) {
        auto name = std::make_shared<std::string>();
        verb.add_option("SERVER", *name, "Its label or id")->required()->type_name(serverArgument);
        return Run([name](Services &services) { return runForget(*name, services); });
    });
}

} // namespace hubkeeper::cli
