// SPDX-License-Identifier: MIT
#include "commands.h"
#include "connectionsettings.h"
#include "options.h"
#include "secretinput.h"
#include "secretplacetext.h"
#include "session/connections/connectionsettings.h"
#include "session/idm/serverregistry.h"
#include "standardinput.h"
#include "waiting.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// What people call the server of a connection; empty if it has none that is known.
QString serverLabel(const Connection &connection, const ServerRegistry &servers)
{
    const Server *server = connection.server.isEmpty() ? nullptr : servers.find(connection.server);
    return server ? server->label : QString();
}

int runListConnections(Services &services)
{
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const auto servers = ServerRegistry::load(services.paths);
    if (!servers)
        return services.output.failure(servers.error());
    QJsonArray list;
    QList<QStringList> rows {{u"LABEL"_s, u"KIND"_s, u"MODE"_s, u"SERVER"_s, u"PROVISIONER"_s}};
    for (const Connection &connection : registry->connections()) {
        list.append(asJson(connection));
        rows.append({connection.label, nameOf(connection.kind), nameOf(connection.policy.mode),
                     serverLabel(connection, *servers), connection.provisionerPath});
    }
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"No connection is known yet."_s);
    else
        services.output.table(rows);
    return Done;
}

/// The label as the user types it, where it has to be typed and there is somebody to ask.
Result<std::optional<QString>> askedLabel(const Connection &known,
                                          const ConnectionSettings &settings, Services &services)
{
    Connection after = known;
    if (!StandardInput::isTerminal() || !settings.applyTo(after, known.label)
        || !liftsGuard(known, after))
        return std::nullopt;
    return askForLine(
               u"%1 is a production portal. To allow more, type its label:"_s.arg(known.label),
               services)
        .map([](const QString &typed) { return std::optional(typed.trimmed()); });
}

QString limitText(int limit)
{
    return limit == 0 ? u"no limit"_s : QString::number(limit);
}

QList<QStringList> settingsTable(const Connection &connection, const ServerRegistry &servers)
{
    const WritePolicy &policy = connection.policy;
    const auto orNone = [](const QString &text) { return text.isEmpty() ? u"none"_s : text; };
    return {{u"label"_s, connection.label},
            {u"id"_s, connection.id},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"color"_s, orNone(connection.colour)},
            {u"mode"_s, nameOf(policy.mode)},
            {u"API version"_s, nameOf(connection.apiVersion)},
            {u"portal's address"_s,
             connection.baseUrl.isEmpty() ? u"HubSpot's own"_s : connection.baseUrl.toString()},
            {u"another host"_s, connection.allowRemoteBaseUrl ? u"allowed"_s : u"refused"_s},
            {u"IDM server"_s, orNone(serverLabel(connection, servers))},
            {u"reserve"_s, u"%1 %"_s.arg(connection.reserve)},
            {u"most rows"_s, limitText(policy.mostRows)},
            {u"archiving"_s, policy.archiveAllowed ? u"allowed"_s : u"refused"_s},
            {u"most archives"_s, limitText(policy.mostArchives)},
            {u"most percent"_s, limitText(policy.mostPercent)},
            {u"protected"_s, orNone(policy.protectedProperties.join(u", "_s))}};
}

/// Each setting that is another one now; and what may be mistaken afterwards.
void reportSettings(const Connection &before, const Connection &after,
                    const ServerRegistry &servers, Services &services)
{
    const QList<QStringList> old = settingsTable(before, servers);
    const QList<QStringList> now = settingsTable(after, servers);
    bool isSame = before.inBook;
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (old[i] == now[i])
            continue;
        isSame = false;
        services.output.message(u"%1: %2 -> %3"_s.arg(now[i][0], old[i][1], now[i][1]));
    }
    if (isSame)
        services.output.message(
            u"Nothing was changed; `hubkeeper-cli connections set --help` lists "
            "the settings."_s);
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return;
    for (const Connection &other : registry->connections()) {
        if (other.id != after.id && other.label.compare(after.label, Qt::CaseInsensitive) == 0)
            services.output.message(u"Another connection is labeled \"%1\", too: %2"_s.arg(
                other.label, other.provisionerPath));
    }
}

int runSetConnection(const ConnectOptions &file, ConnectionSettings settings, Services &services)
{
    if (const auto found = settings.lookUpServer(services.paths); !found)
        return services.output.failure(found.error());
    const auto servers = ServerRegistry::load(services.paths);
    if (!servers)
        return services.output.failure(servers.error());
    const auto known = connectionFor(file, services);
    if (!known)
        return services.output.failure(known.error());
    // Asked before the lock is taken: others must not wait for an answer.
    auto answer = settings.confirmation();
    if (!answer) {
        const auto asked = askedLabel(*known, settings, services);
        if (!asked)
            return services.output.failure(asked.error());
        answer = *asked;
    }
    const auto stored =
        ConnectionRegistry::load(services.paths).and_then([&](ConnectionRegistry registry) {
            return registry.edit(*known, [&](Connection &connection) {
                return settings.applyTo(connection, answer);
            });
        });
    if (!stored)
        return services.output.failure(stored.error());
    if (services.output.json)
        services.output.result(asJson(*stored));
    else
        reportSettings(*known, *stored, *servers, services);
    return Done;
}

/// By label or id, else the one of a file, which may be in no registry yet.
Result<Connection> connectionNamed(const std::string &text, Services &services)
{
    const QString name = QString::fromStdString(text);
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return tl::unexpected(registry.error());
    if (const Connection *known = registry->byId(name))
        return *known;
    QList<Connection> called;
    for (const Connection &connection : registry->connections()) {
        if (connection.label.compare(name, Qt::CaseInsensitive) == 0)
            called.append(connection);
    }
    if (called.size() > 1)
        return fail(ErrorKind::InvalidInput,
                    u"%1 connections are labeled \"%2\"."_s.arg(called.size()).arg(name),
                    u"Give the path of the provisioner."_s);
    if (called.size() == 1)
        return called.first();
    const QString path = QFileInfo(name).absoluteFilePath();
    for (const Connection &connection : registry->connections()) {
        if (QFileInfo(connection.provisionerPath).absoluteFilePath() == path)
            return connection; // Whether its file is there or not.
    }
    if (!QFileInfo::exists(name))
        return fail(ErrorKind::NotFound, u"There is no connection or file \"%1\"."_s.arg(name),
                    u"`hubkeeper-cli connections list` shows what is known."_s);
    ConnectOptions file;
    file.file = text;
    return connectionFor(file, services);
}

int runShowConnection(const std::string &name, const std::string &format, Services &services)
{
    if (!format.empty())
        services.output.json = format == "json";
    const auto connection = connectionNamed(name, services);
    if (!connection)
        return services.output.failure(connection.error());
    const auto servers = ServerRegistry::load(services.paths);
    if (!servers)
        return services.output.failure(servers.error());
    const auto places = placesOf(*connection, services);
    if (!places)
        return services.output.failure(places.error());
    const SecretBackend backend = services.keychain.backend();
    if (services.output.json) {
        QJsonObject shown = asJson(*connection);
        shown.insert(u"backend"_s, backend.name);
        shown.insert(u"secrets"_s, placesJson(*places));
        services.output.result(shown);
        return Done;
    }
    services.output.table(settingsTable(*connection, *servers));
    services.output.line({});
    services.output.line(backend.answers
                             ? u"%1, service \"%2\""_s.arg(backend.name, backend.service)
                             : u"No keychain answers."_s);
    services.output.table(placesTable(*places));
    return Done;
}

/// The names of the secrets that the keychain has of a connection. Fails if it does not answer.
Result<QStringList> storedSecrets(const Connection &connection, Services &services)
{
    const auto places = placesOf(connection, services);
    if (!places)
        return tl::unexpected(places.error());
    QStringList stored;
    for (const SecretPlace &place : *places) {
        if (place.failure) {
            Error error = *place.failure;
            error.remedy = u"Nothing was forgotten. Unlock the keychain, or add --keep-secrets to "
                           "leave it as it is."_s;
            return tl::unexpected(error);
        }
        if (place.stored)
            stored.append(place.id.name);
    }
    return stored;
}

/// Those of a connection that is gone.
Result<void> forgetSecrets(const QStringList &names, const Connection &connection,
                           Services &services)
{
    const QString store = services.keychain.backend().name;
    for (const QString &name : names) {
        const auto removed = waitFor(
            services.keychain.remove({connection.id, name}, &services.calls), services.interrupt);
        if (!removed) {
            Error error = removed.error();
            error.remedy = u"The connection is forgotten. Remove the entry %1/%2 in %3."_s.arg(
                connection.id, name, store);
            return tl::unexpected(error);
        }
        services.output.message(u"Forgot %1 in %2."_s.arg(name, store));
    }
    return {};
}

/// With the connection its id goes, by which its secrets are found: so the keychain is asked
/// before, and emptied once the list is written.
int runForgetConnection(const std::string &name, bool keepSecrets, Services &services)
{
    const auto connection = connectionNamed(name, services);
    if (!connection)
        return services.output.failure(connection.error());
    auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    const auto secrets =
        keepSecrets ? Result<QStringList>(QStringList()) : storedSecrets(*connection, services);
    if (!secrets)
        return services.output.failure(secrets.error());
    if (const auto removed = registry->remove(connection->id); !removed)
        return services.output.failure(removed.error());
    if (const auto forgotten = forgetSecrets(*secrets, *connection, services); !forgotten)
        return services.output.failure(forgotten.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"forgotten"_s, connection->id},
                                            {u"secrets"_s, QJsonArray::fromStringList(*secrets)}});
    services.output.message(
        u"Forgot the connection %1. Its provisioner stays where it is."_s.arg(connection->label));
    if (keepSecrets)
        services.output.message(u"Secrets that it has in %1 stay there, as the entries %2/…"_s.arg(
            services.keychain.backend().name, connection->id));
    return Done;
}

} // namespace

void addConnectionCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("connections", "The local settings of provisioners");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The connections known", chosen,
            [](CLI::App &) { return Run(&runListConnections); });
    addVerb(*group, "set", "Change the local settings", chosen, [](CLI::App &verb) {
        auto file = std::make_shared<ConnectOptions>();
        auto settings = std::make_shared<ConnectionSettings>();
        file->addFileTo(verb);
        settings->addTo(verb);
        return Run([file, settings](Services &services) {
            return runSetConnection(*file, *settings, services);
        });
    });
    addVerb(*group, "show", "One connection: its settings, and where its secrets are", chosen,
            [](CLI::App &verb) {
                auto name = std::make_shared<std::string>();
                auto format = std::make_shared<std::string>();
                verb.add_option("NAME", *name, "Its label, its id, or the path of its provisioner")
                    ->required()
                    ->type_name(connectionArgument);
                addFormat(verb, *format, {"text", "json"});
                return Run([name, format](Services &services) {
                    return runShowConnection(*name, *format, services);
                });
            });
    addVerb(*group, "forget", "Drop the local settings, and the secrets in the keychain", chosen,
            [](CLI::App &verb) {
                auto name = std::make_shared<std::string>();
                auto keepSecrets = std::make_shared<bool>(false);
                verb.add_option("NAME", *name, "Its label, its id, or the path of its provisioner")
                    ->required()
                    ->type_name(connectionArgument);
                verb.add_flag("--keep-secrets", *keepSecrets, "Leave the secrets in the keychain");
                return Run([name, keepSecrets](Services &services) {
                    return runForgetConnection(*name, *keepSecrets, services);
                });
            });
}

} // namespace hubkeeper::cli
