// SPDX-License-Identifier: MIT
#include "commands.h"
#include "connectionsettings.h"
#include "options.h"
#include "secretinput.h"
#include "secretplacetext.h"
#include "session/connections/connectionsettings.h"
#include "standardinput.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

int runList(Services &services)
{
    const auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    QJsonArray list;
    QList<QStringList> rows {{u"LABEL"_s, u"KIND"_s, u"MODE"_s, u"PROVISIONER"_s}};
    for (const Connection &connection : registry->connections()) {
        list.append(asJson(connection));
        rows.append({connection.label, nameOf(connection.kind), nameOf(connection.policy.mode),
                     connection.provisionerPath});
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

QList<QStringList> settingsTable(const Connection &connection)
{
    const WritePolicy &policy = connection.policy;
    const auto orNone = [](const QString &text) { return text.isEmpty() ? u"none"_s : text; };
    return {{u"label"_s, connection.label},
            {u"id"_s, connection.id},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"colour"_s, orNone(connection.colour)},
            {u"mode"_s, nameOf(policy.mode)},
            {u"API version"_s, nameOf(connection.apiVersion)},
            {u"portal's address"_s,
             connection.baseUrl.isEmpty() ? u"HubSpot's own"_s : connection.baseUrl.toString()},
            {u"another host"_s, connection.allowRemoteBaseUrl ? u"allowed"_s : u"refused"_s},
            {u"reserve"_s, u"%1 %"_s.arg(connection.reserve)},
            {u"most rows"_s, limitText(policy.mostRows)},
            {u"archiving"_s, policy.archiveAllowed ? u"allowed"_s : u"refused"_s},
            {u"most archives"_s, limitText(policy.mostArchives)},
            {u"most percent"_s, limitText(policy.mostPercent)},
            {u"protected"_s, orNone(policy.protectedProperties.join(u", "_s))}};
}

/// Each setting that is another one now; and what may be mistaken afterwards.
void reportSettings(const Connection &before, const Connection &after, Services &services)
{
    const QList<QStringList> old = settingsTable(before);
    const QList<QStringList> now = settingsTable(after);
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
            services.output.message(u"Another connection is labelled \"%1\", too: %2"_s.arg(
                other.label, other.provisionerPath));
    }
}

int runSet(const ConnectOptions &file, const ConnectionSettings &settings, Services &services)
{
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
        reportSettings(*known, *stored, services);
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
                    u"%1 connections are labelled \"%2\"."_s.arg(called.size()).arg(name),
                    u"Give the path of the provisioner."_s);
    if (called.size() == 1)
        return called.first();
    if (!QFileInfo::exists(name))
        return fail(ErrorKind::NotFound, u"There is no connection or file \"%1\"."_s.arg(name),
                    u"`hubkeeper-cli connections list` shows what is known."_s);
    ConnectOptions file;
    file.file = text;
    return connectionFor(file, services);
}

int runShow(const std::string &name, const std::string &format, Services &services)
{
    if (!format.empty())
        services.output.json = format == "json";
    const auto connection = connectionNamed(name, services);
    if (!connection)
        return services.output.failure(connection.error());
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
    services.output.table(settingsTable(*connection));
    services.output.line({});
    services.output.line(backend.answers
                             ? u"%1, service \"%2\""_s.arg(backend.name, backend.service)
                             : u"No keychain answers."_s);
    services.output.table(placesTable(*places));
    return Done;
}

int runForget(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    auto registry = ConnectionRegistry::load(services.paths);
    if (!registry)
        return services.output.failure(registry.error());
    if (const auto removed = registry->remove(connection->id); !removed)
        return services.output.failure(removed.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"forgotten"_s, connection->id}});
    else
        services.output.message(
            u"Forgotten. Its secrets stay in the keychain; see secrets forget."_s);
    return Done;
}

} // namespace

void addConnectionCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("connections", "The local settings of provisioners");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The connections known", chosen,
            [](CLI::App &) { return Run(&runList); });
    addVerb(*group, "set", "Change the local settings", chosen, [](CLI::App &verb) {
        auto file = std::make_shared<ConnectOptions>();
        auto settings = std::make_shared<ConnectionSettings>();
        file->addFileTo(verb);
        settings->addTo(verb);
        return Run(
            [file, settings](Services &services) { return runSet(*file, *settings, services); });
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
                    return runShow(*name, *format, services);
                });
            });
    addVerb(*group, "forget", "Drop the local settings", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addTo(verb);
        return Run([options](Services &services) { return runForget(*options, services); });
    });
}

} // namespace hubkeeper::cli
