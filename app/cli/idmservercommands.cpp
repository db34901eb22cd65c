// SPDX-License-Identifier: MIT
#include "commands.h"
#include "idmserver.h"
#include "options.h"
#include "secretinput.h"
#include "serversettings.h"
#include "session/idm/servercheck.h"
#include "session/idm/serveruse.h"
#include "standardinput.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString profileText(const Server &server)
{
    return server.profile ? nameOf(*server.profile) : u"by asking"_s;
}

struct ServerListArguments
{
    bool check = false;
    double timeLimit = 0; ///< Seconds; 0 is none.
};

/// What a check found, in a word, for the eye.
QString stateText(const ServerCheck &check)
{
    if (!check.facts || check.reach != ServerReach::Ready)
        return nameOf(check.reach);
    const QString version = check.facts->version.isEmpty() ? u"?"_s : check.facts->version;
    return u"ready, %1 %2"_s.arg(nameOf(check.facts->profile), version);
}

QString loginText(const Server &server)
{
    return server.login.kind == LoginKind::Bearer ? u"(token)"_s : server.login.userName;
}

/// What each server answers; nothing without --check. Fails with Cancelled or TimedOut.
Result<QList<ServerCheck>> checksOf(const QList<Server> &servers,
                                    const ServerListArguments &arguments, Services &services)
{
    if (!arguments.check)
        return QList<ServerCheck>();
    if (arguments.timeLimit > 0)
        services.interrupt.setTimeLimit(
            std::chrono::milliseconds(qint64(arguments.timeLimit * 1000)));
    return waitFor(checkServers(servers, services.session(), &services.calls), services.interrupt);
}

int runListServers(const ServerListArguments &arguments, Services &services)
{
    const auto registry = ServerRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const QList<Server> &servers = registry->servers();
    const auto checks = checksOf(servers, arguments, services);
    if (!checks)
        return services.output.failure(checks.error());
    QJsonArray list;
    QList<QStringList> rows {{u"LABEL"_s, u"KIND"_s, u"MODE"_s, u"USER"_s, u"ADDRESS"_s}};
    if (arguments.check)
        rows[0].append(u"STATE"_s);
    bool areReady = true;
    for (qsizetype i = 0; i < servers.size(); ++i) {
        QJsonObject json = asJson(servers[i]);
        rows.append({servers[i].label, nameOf(servers[i].kind), nameOf(servers[i].mode),
                     loginText(servers[i]), servers[i].address.toString()});
        if (arguments.check) {
            json.insert(u"check"_s, asJson((*checks)[i]));
            rows.last().append(stateText((*checks)[i]));
            areReady = areReady && (*checks)[i].reach == ServerReach::Ready;
        }
        list.append(json);
    }
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"No server is known yet."_s);
    else
        services.output.table(rows);
    for (qsizetype i = 0; i < checks->size() && !services.output.json; ++i) {
        if ((*checks)[i].error)
            services.output.message(
                u"%1: %2"_s.arg(servers[i].label, (*checks)[i].error->sentence()));
    }
    return areReady ? Done : Findings;
}

/// The password, token or key: from standard input or a file, or asked for at a terminal; nothing
/// if none of them.
Result<std::optional<Secret>> givenSecret(const ServerSettings &settings, const Server &server,
                                          bool ask, Services &services)
{
    const auto some = [](Secret secret) { return std::optional(std::move(secret)); };
    if (settings.keyFile)
        return loginKeyFrom(*settings.keyFile, server.login.kind).map(some);
    if (settings.secretFromInput)
        return loginSecretFrom(services.input, server.login.kind).map(some);
    const bool isTyped = server.login.kind != LoginKind::ServiceAccount;
    if (!ask || !isTyped || !StandardInput::isTerminal())
        return std::nullopt;
    const QString question = server.login.kind == LoginKind::Bearer
        ? u"Token for %1:"_s.arg(server.label)
        : u"Password of %1 on %2:"_s.arg(server.login.userName, server.label);
    return askForSecret(question, services).map(some);
}

/// How to store what a login still needs.
QString howToStore(const Server &server)
{
    const bool isKey = server.login.kind == LoginKind::ServiceAccount;
    return u"Store its %1: hubkeeper-cli idm servers set \"%2\" %3"_s.arg(
        isKey ? u"key"_s : u"password or token"_s, server.label,
        isKey ? u"--key-file FILE"_s : u"--secrets-stdin"_s);
}

Result<void> storeSecret(const Server &server, std::optional<Secret> secret, Services &services)
{
    if (!secret || secret->isEmpty())
        return {};
    return waitFor(services.keychain.write(secretIdOf(server), std::move(*secret), &services.calls),
                   services.interrupt);
}

void reportServer(const Server &server, bool hasSecret, Services &services)
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
    reportServer(*added, hasSecret, services);
    if (!hasSecret && !services.output.json)
        services.output.message(howToStore(*added));
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

int runSetServer(const std::string &name, const ServerSettings &settings, Services &services)
{
    const auto known = serverNamed(name, services);
    if (!known)
        return services.output.failure(known.error());
    // Read before anything is changed, for the login that it is for.
    Server wanted = *known;
    if (const auto applied = settings.applyTo(wanted); !applied)
        return services.output.failure(applied.error());
    auto secret = givenSecret(settings, wanted, false, services);
    if (!secret)
        return services.output.failure(secret.error());
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
    const bool hasSecret = secret->has_value();
    if (const auto stored = storeSecret(*after, std::move(*secret), services); !stored)
        return services.output.failure(stored.error());
    reportServer(*after, hasSecret, services);
    if (!hasSecret && after->login.kind != known->login.kind && !services.output.json)
        services.output.message(howToStore(*after));
    return Done;
}

int runForgetServer(const std::string &name, Services &services)
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
    const auto released = connectionsOf(server->id, services.paths);
    if (!released)
        return services.output.failure(released.error());
    if (const auto removed = registry->remove(server->id); !removed)
        return services.output.failure(removed.error());
    if (services.output.json) {
        services.output.result(
            QJsonObject {{u"forgotten"_s, server->id},
                         {u"connections"_s, QJsonArray::fromStringList(*released)}});
        return Done;
    }
    if (!released->isEmpty())
        services.output.message(
            u"It was the server of these connections: %1"_s.arg(released->join(u", "_s)));
    services.output.message(secret ? u"Forgotten. The keychain no longer holds a secret for it."_s
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
    addVerb(*group, "list", "The servers known", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ServerListArguments>();
        verb.add_flag("--check", arguments->check,
                      "Ask each whether it is ready, and who you are there");
        addTimeLimit(verb, arguments->timeLimit);
        return Run(
            [arguments](Services &services) { return runListServers(*arguments, services); });
    });
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
        return Run([settings, name](Services &services) {
            return runSetServer(*name, *settings, services);
        });
    });
    addVerb(*group, "forget", "Forget a server and its secret", chosen, [](CLI::App &verb) {
        auto name = std::make_shared<std::string>();
        verb.add_option("SERVER", *name, "Its label or id")->required()->type_name(serverArgument);
        return Run([name](Services &services) { return runForgetServer(*name, services); });
    });
}

} // namespace hubkeeper::cli
