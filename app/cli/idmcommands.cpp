// SPDX-License-Identifier: MIT
#include "base/compactjson.h"
#include "base/savefile.h"
#include "commands.h"
#include "differencetext.h"
#include "idm/system/connectorstatus.h"
#include "idm/system/systemactions.h"
#include "idmprovisioner.h"
#include "options.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QJsonObject serverAnswerJson(const TestAnswer &answer)
{
    return {{u"name"_s, answer.name},
            {u"enabled"_s, answer.isEnabled},
            {u"ok"_s, answer.isGood()},
            {u"error"_s, answer.error},
            {u"explanation"_s, answer.explanation()},
            {u"config"_s, answer.config},
            {u"bundleVersion"_s, answer.bundleVersion},
            {u"objectTypes"_s, QJsonArray::fromStringList(answer.objectTypes)}};
}

QJsonObject serverAnswerJson(const ConnectorStatus &status)
{
    QJsonObject json {{u"id"_s, status.id},
                      {u"name"_s, status.name},
                      {u"state"_s, nameOf(status.state)},
                      {u"detail"_s, status.detail},
                      {u"next"_s, status.next}};
    if (status.bundle)
        json.insert(u"bundle"_s,
                    QJsonObject {{u"state"_s, nameOf(status.bundle->state)},
                                 {u"detail"_s, status.bundle->detail},
                                 {u"version"_s, status.bundle->connector.bundleVersion}});
    if (status.test)
        json.insert(u"test"_s, serverAnswerJson(*status.test));
    return json;
}

/// All provisioners of the server, or the one that was asked for.
Result<QList<ConnectorStatus>> statusesOf(IdmClient &client, IdmProfile profile,
                                          const FileOnServer &what, Services &services)
{
    QJsonObject wanted;
    QStringList ids;
    if (!what.file.empty()) {
        const auto file = provisionerIn(what.file, services);
        if (!file)
            return tl::unexpected(file.error());
        wanted = objectOf(*file);
    }
    if (!what.file.empty() || !what.id.empty()) {
        ids.append(what.configId());
    } else {
        const auto all = waitFor(listConfig(client, &services.calls), services.interrupt);
        if (!all)
            return tl::unexpected(all.error());
        for (const QString &id : *all) {
            if (id.startsWith(provisionerPrefix) && checkConfigId(id))
                ids.append(id);
        }
    }
    QList<ConnectorStatus> statuses;
    for (const QString &id : ids) {
        const auto status =
            waitFor(readStatus(client, id, profile, wanted, &services.calls), services.interrupt);
        if (!status)
            return tl::unexpected(status.error());
        statuses.append(*status);
    }
    return statuses;
}

void showServer(const Server &server, const ServerFacts &facts, Output &output)
{
    output.table({{u"server"_s, u"%1, %2"_s.arg(server.label, server.address.toString())},
                  {u"readiness"_s, u"%1 (%2)"_s.arg(nameOf(facts.readiness), facts.state)},
                  {u"product"_s,
                   u"OpenIDM %1, %2 profile"_s.arg(facts.version.isEmpty() ? u"of unknown version"_s
                                                                           : facts.version,
                                                   nameOf(facts.profile))},
                  {u"user"_s,
                   facts.isAdministrator() ? facts.userName
                                           : u"%1, not an administrator"_s.arg(facts.userName)},
                  {u"roles"_s, facts.roles.isEmpty() ? u"none"_s : facts.roles.join(u", "_s)}});
}

int runStatus(const FileOnServer &what, Services &services)
{
    const auto session = openFor(what, services);
    if (!session)
        return services.output.failure(session.error());
    const auto facts = waitFor((*session)->ask(&services.calls), services.interrupt);
    if (!facts)
        return services.output.failure(facts.error());
    const auto statuses = statusesOf((*session)->client(), facts->profile, what, services);
    if (!statuses)
        return services.output.failure(statuses.error());

    Output &output = services.output;
    QJsonArray list;
    bool areActive = facts->readiness == Readiness::Ready;
    for (const ConnectorStatus &status : *statuses) {
        list.append(serverAnswerJson(status));
        areActive = areActive && status.state == ConnectorStatus::State::Active;
    }
    if (output.json) {
        output.result(QJsonObject {{u"server"_s, cli::asJson(*facts)}, {u"connectors"_s, list}});
        return areActive ? Done : Findings;
    }
    showServer((*session)->server(), *facts, output);
    for (const ConnectorStatus &status : *statuses) {
        output.line({});
        output.line(u"%1: %2"_s.arg(status.id, nameOf(status.state)));
        output.line(u"  "_s + status.detail);
        if (!status.next.isEmpty())
            output.line(u"  Next: "_s + status.next);
    }
    if (statuses->isEmpty())
        output.line(u"The server has no connector configuration."_s);
    return areActive ? Done : Findings;
}

int runTestConnectors(const ServerOptions &options, const std::string &name, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    IdmClient &client = (*session)->client();
    QList<TestAnswer> answers;
    if (name.empty()) {
        const auto all = waitFor(testAll(client, &services.calls), services.interrupt);
        if (!all)
            return services.output.failure(all.error());
        answers = *all;
    } else {
        const auto one = waitFor(testOne(client, QString::fromStdString(name), &services.calls),
                                 services.interrupt);
        if (!one)
            return services.output.failure(one.error());
        answers.append(*one);
    }
    QJsonArray list;
    QList<QStringList> rows;
    bool areGood = true;
    for (const TestAnswer &answer : answers) {
        areGood = areGood && answer.isGood();
        list.append(serverAnswerJson(answer));
        rows.append({answer.isGood() ? u"ok"_s : u"FAILED"_s, answer.name, answer.bundleVersion,
                     answer.explanation()});
    }
    if (services.output.json) {
        services.output.result(list);
    } else {
        services.output.columns = 0; // Sentences are not cut.
        services.output.table(rows);
    }
    if (answers.isEmpty() && !services.output.json)
        services.output.message(u"The server has no connector to test."_s);
    return areGood ? Done : Findings;
}

int runConnectors(const ServerOptions &options, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto loaded =
        waitFor(availableConnectors((*session)->client(), &services.calls), services.interrupt);
    if (!loaded)
        return services.output.failure(loaded.error());
    QJsonArray list;
    QList<QStringList> rows {{u"CONNECTOR"_s, u"BUNDLE"_s, u"VERSION"_s, u"HOST"_s}};
    for (const LoadedConnector &one : *loaded) {
        const QString host = one.isLocal() ? u"#LOCAL"_s : one.host;
        list.append(QJsonObject {{u"connectorName"_s, one.connectorName},
                                 {u"bundleName"_s, one.bundleName},
                                 {u"bundleVersion"_s, one.bundleVersion},
                                 {u"displayName"_s, one.displayName},
                                 {u"connectorHostRef"_s, host}});
        rows.append({one.connectorName, one.bundleName, one.bundleVersion, host});
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(rows);
    return Done;
}

int runGetConfig(const ServerOptions &options, const std::string &name, const std::string &path,
                 Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto object =
        waitFor(readConfig((*session)->client(), QString::fromStdString(name), &services.calls),
                services.interrupt);
    if (!object)
        return services.output.failure(object.error());
    if (path.empty()) {
        services.output.raw(textOf(*object));
        return Done;
    }
    const QString file = QString::fromStdString(path);
    if (const auto saved = saveFile(file, textOf(*object), FileMode::KeepOrPrivate); !saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"id"_s, object->id}, {u"file"_s, file}});
    else
        services.output.message(u"Written to %1."_s.arg(file));
    return Done;
}

int runServerDiff(const FileOnServer &what, Services &services)
{
    const auto file = provisionerIn(what.file, services);
    if (!file)
        return services.output.failure(file.error());
    const auto session = openFor(what, services);
    if (!session)
        return services.output.failure(session.error());
    const auto facts = waitFor((*session)->ask(&services.calls), services.interrupt);
    if (!facts)
        return services.output.failure(facts.error());
    const auto others =
        waitFor(readProvisioners((*session)->client(), &services.calls), services.interrupt);
    if (!others)
        return services.output.failure(others.error());
    const QString id = what.configId();
    std::optional<DeployDifference> difference;
    for (const ConfigObject &object : *others) {
        if (object.id == id)
            difference = differenceTo(*file, object);
    }
    const auto obstacles = deployObstacles(objectOf(*file), id, facts->profile, *others);
    const bool isSame = difference && difference->isSame();
    if (!services.output.json) {
        showDifference(difference, obstacles, id, services.output);
        return isSame && obstacles.isEmpty() ? Done : Findings;
    }
    QJsonArray changes;
    QStringList notCompared;
    if (difference) {
        for (const MeaningChange &change : difference->changes)
            changes.append(cli::asJson(change));
        notCompared = difference->notCompared;
    }
    services.output.result(QJsonObject {{u"id"_s, id},
                                        {u"isNew"_s, !difference},
                                        {u"equal"_s, isSame},
                                        {u"changes"_s, changes},
                                        {u"notCompared"_s, QJsonArray::fromStringList(notCompared)},
                                        {u"obstacles"_s, cli::asJson(obstacles)}});
    return isSame && obstacles.isEmpty() ? Done : Findings;
}

void addReads(CLI::App &group, Run &chosen)
{
    addVerb(group, "status", "Is the connector there, enabled, registered, working?", chosen,
            [](CLI::App &verb) {
                auto what = std::make_shared<FileOnServer>();
                what->addTo(verb, false);
                return Run([what](Services &services) { return runStatus(*what, services); });
            });
    addVerb(group, "test", "The server's own test of its connectors", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ServerOptions>();
        auto name = std::make_shared<std::string>();
        verb.add_option("NAME", *name, "One connector, by its name; all if none is given");
        options->addTo(verb);
        return Run([options, name](Services &services) {
            return runTestConnectors(*options, *name, services);
        });
    });
    addVerb(group, "connectors", "The connector bundles that the server has loaded", chosen,
            [](CLI::App &verb) {
                auto options = std::make_shared<ServerOptions>();
                options->addTo(verb);
                return Run(
                    [options](Services &services) { return runConnectors(*options, services); });
            });
    addVerb(group, "get", "One configuration object of the server", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ServerOptions>();
        auto name = std::make_shared<std::string>();
        auto output = std::make_shared<std::string>();
        verb.add_option("ID", *name, "As in provisioner.openicf/hubspot or sync")->required();
        verb.add_option("--output", *output, "Write it to a file")->type_name(fileArgument);
        options->addTo(verb);
        return Run([options, name, output](Services &services) {
            return runGetConfig(*options, *name, *output, services);
        });
    });
    addVerb(group, "diff", "How a file differs from what the server has", chosen,
            [](CLI::App &verb) {
                auto what = std::make_shared<FileOnServer>();
                what->addTo(verb, true);
                return Run([what](Services &services) { return runServerDiff(*what, services); });
            });
}

} // namespace

void addIdmCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("idm", "An IDM server, its connectors and mappings");
    group->require_subcommand(1);
    group->fallthrough();
    addIdmServerCommands(*group, chosen);
    addReads(*group, chosen);
    addIdmDeployCommands(*group, chosen);
    addIdmMappingCommands(*group, chosen);
    addIdmPreviewCommand(*group, chosen);
    addIdmAnalyzeCommand(*group, chosen);
    addIdmReconCommands(*group, chosen);
    addIdmLinkCommands(*group, chosen);
    addIdmPutCommands(*group, chosen);
    addIdmPromoteCommand(*group, chosen);
}

} // namespace hubkeeper::cli
