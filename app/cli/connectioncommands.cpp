// SPDX-License-Identifier: MIT
#include "connectioncommands.h"

#include "net/ratebudget.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct PolicyArguments
{
    ConnectOptions connect;
    std::string label;
    std::string kind;
    std::string mode;
    int mostRows = -1;
    int reserve = -1;
};

QJsonObject asJson(const Connection &connection)
{
    return {{u"id"_s, connection.id},
            {u"label"_s, connection.label},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"mode"_s, nameOf(connection.policy.mode)},
            {u"apiVersion"_s, nameOf(connection.apiVersion)},
            {u"baseUrl"_s, connection.baseUrl.toString()},
            {u"reserve"_s, connection.reserve}};
}

int runList(Services &services)
{
    const auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    QJsonArray list;
    QList<QStringList> rows {{u"LABEL"_s, u"KIND"_s, u"MODE"_s, u"PROVISIONER"_s}};
    for (const Connection &connection : book->connections()) {
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

int runSet(const PolicyArguments &arguments, Services &services)
{
    auto connection = connectionFor(arguments.connect, services);
    if (!connection)
        return services.output.failure(connection.error());
    if (!arguments.label.empty())
        connection->label = QString::fromStdString(arguments.label);
    if (!arguments.kind.empty())
        connection->kind = *connectionKindFrom(QString::fromStdString(arguments.kind));
    if (!arguments.mode.empty())
        connection->policy.mode = *writeModeFrom(QString::fromStdString(arguments.mode));
    if (arguments.mostRows >= 0)
        connection->policy.mostRows = arguments.mostRows;
    if (arguments.reserve >= 0)
        connection->reserve = arguments.reserve;
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    if (const auto stored = book->store(*connection); !stored)
        return services.output.failure(stored.error());
    if (services.output.json)
        services.output.result(asJson(*connection));
    else
        services.output.message(u"%1: %2, %3"_s.arg(connection->label, nameOf(connection->kind),
                                                    nameOf(connection->policy.mode)));
    return Done;
}

int runForget(const ConnectOptions &options, Services &services)
{
    const auto connection = connectionFor(options, services);
    if (!connection)
        return services.output.failure(connection.error());
    auto book = ConnectionBook::load(services.paths);
    if (!book)
        return services.output.failure(book.error());
    if (const auto removed = book->remove(connection->id); !removed)
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
    CLI::App *group =
        app.add_subcommand("connections", "Label, kind and write mode of provisioners");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The connections known", chosen,
            [](CLI::App &) { return Run(&runList); });
    addVerb(*group, "set", "Change the local policy", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<PolicyArguments>();
        arguments->connect.addTo(verb);
        verb.add_option("--label", arguments->label, "What people call it");
        verb.add_option("--kind", arguments->kind, "production, sandbox or practice")
            ->check(CLI::IsMember({"production", "sandbox", "practice"}));
        verb.add_option("--mode", arguments->mode, "read-only, review, confirm or free")
            ->check(CLI::IsMember({"read-only", "review", "confirm", "free"}));
        verb.add_option("--most-rows", arguments->mostRows, "Largest run; 0 is no limit");
        verb.add_option("--reserve", arguments->reserve,
                        "Percent of HubSpot's limits left to other programs")
            ->check(CLI::Range(0, AccountBudget::mostReserve));
        return Run([arguments](Services &services) { return runSet(*arguments, services); });
    });
    addVerb(*group, "forget", "Drop the local policy", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addTo(verb);
        return Run([options](Services &services) { return runForget(*options, services); });
    });
}

} // namespace hubkeeper::cli
