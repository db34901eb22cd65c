// SPDX-License-Identifier: MIT
#include "commands.h"
#include "consent.h"
#include "differencetext.h"
#include "idmprovisioner.h"
#include "options.h"
#include "provisionerfiles.h"
#include "session/idm/configchange.h"
#include "session/idm/deploy.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ChangeArguments
{
    ServerOptions server;
    std::string id;
    std::string file;
    std::string base;
    std::string note;
    bool dryRun = false;
    WriteConsent consent;
};

Result<JsonText> objectIn(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    return bytesOf(name, services).and_then([&](const QByteArray &bytes) -> Result<JsonText> {
        JsonText text(bytes);
        if (text.isValid() && text.node(text.root()).kind == JsonKind::Object)
            return text;
        return fail(ErrorKind::InvalidInput, u"%1 is not a JSON object."_s.arg(name));
    });
}

Result<ConfigWish> configWishOf(const ChangeArguments &arguments, bool deletes, Services &services)
{
    ConfigWish wish;
    wish.id = QString::fromStdString(arguments.id);
    if (const auto usable = checkConfigId(wish.id); !usable)
        return tl::unexpected(usable.error());
    if (deletes)
        return wish;
    const auto file = objectIn(arguments.file, services);
    if (!file)
        return tl::unexpected(file.error());
    wish.file = *file;
    if (arguments.base.empty())
        return wish;
    return objectIn(arguments.base, services).map([&wish](const JsonText &base) {
        wish.base = objectOf(base);
        return wish;
    });
}

QJsonObject configChangeJson(const ConfigChangePlan &plan)
{
    QJsonArray changes;
    if (plan.difference) {
        for (const MeaningChange &change : plan.difference->changes)
            changes.append(cli::asJson(change));
    }
    return {{u"id"_s, plan.write.object.id},
            {u"deletes"_s, plan.write.deletes},
            {u"isNew"_s, !plan.write.seen},
            {u"changes"_s, changes},
            {u"obstacles"_s, cli::asJson(plan.obstacles)}};
}

QJsonObject configChangeJson(const ConfigChangePlan &plan, const ConfigChangeReport &report)
{
    return {{u"plan"_s, configChangeJson(plan)},
            {u"written"_s,
             QJsonObject {{u"run"_s, report.written.run},
                          {u"rollbackFile"_s, report.rollbackFile},
                          {u"different"_s, QJsonArray::fromStringList(report.written.different)}}}};
}

void showConfigChange(const ConfigChangePlan &plan, Output &output)
{
    if (!plan.write.deletes)
        return showDifference(plan.difference, plan.obstacles, plan.write.object.id, output);
    output.line(u"%1 would be deleted."_s.arg(plan.write.object.id));
}

void showConfigChange(const ConfigChangePlan &plan, const ConfigChangeReport &report,
                      Output &output)
{
    output.line((plan.write.deletes ? u"%1 is deleted (run %2)."_s : u"%1 is written (run %2)."_s)
                    .arg(plan.write.object.id, report.written.run));
    if (!report.rollbackFile.isEmpty())
        output.line(u"What was there before: "_s + report.rollbackFile);
    if (!report.written.different.isEmpty())
        output.message(u"The server has other values than were sent at: %1"_s.arg(
            report.written.different.join(u", "_s)));
}

/// A deletion is asked about in every write mode.
int runChange(const ChangeArguments &arguments, bool deletes, Services &services)
{
    Output &output = services.output;
    const auto wish = configWishOf(arguments, deletes, services);
    if (!wish)
        return output.failure(wish.error());
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const auto plan =
        waitFor(planConfigChange(**session, *wish, &services.calls), services.interrupt);
    if (!plan)
        return output.failure(plan.error());
    if (!output.json)
        showConfigChange(*plan, output);
    if (const auto refusal = plan->refusal())
        return output.failure(*refusal, Refused,
                              output.json ? configChangeJson(*plan) : QJsonObject());
    if (plan->isSame() || arguments.dryRun) {
        if (output.json)
            output.result(QJsonObject {{u"plan"_s, configChangeJson(*plan)}});
        else
            output.message(arguments.dryRun ? u"Nothing was sent: a dry run."_s
                                            : u"Nothing to do: the server has it already."_s);
        return Done;
    }
    const Server &server = (*session)->server();
    const QString question = (deletes ? u"Delete %1 on %2?"_s : u"Write %1 to %2?"_s)
                                 .arg(plan->write.object.id, server.label);
    const auto agreed =
        agreeToWrite(server, question, arguments.consent, u"--dry-run"_s, services, deletes);
    if (!agreed)
        return output.failure(agreed.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    const auto report =
        outcomeOf(changeConfig(**session, services.session(), *journal, *plan,
                               QString::fromStdString(arguments.note), &services.calls),
                  services.interrupt);
    if (!report)
        return output.failure(report.error());
    if (output.json)
        output.result(configChangeJson(*plan, *report));
    else
        showConfigChange(*plan, *report, output);
    return Done;
}

void addChangeOptions(CLI::App &verb, ChangeArguments &arguments)
{
    verb.add_option("--note", arguments.note, "Why, for the journal");
    verb.add_flag("--dry-run", arguments.dryRun, "Show what would be sent");
    arguments.consent.addTo(verb);
    arguments.server.addTo(verb);
}

} // namespace

void addIdmPutCommands(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "put", "Write a configuration object of the server", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ChangeArguments>();
        verb.add_option("ID", arguments->id, "As in sync or provisioner.openicf/hubspot")
            ->required();
        verb.add_option("FILE", arguments->file, "What it is to be")
            ->required()
            ->type_name(fileArgument);
        verb.add_option("--base", arguments->base,
                        "What the file was made from: refused if the server has something else")
            ->type_name(fileArgument);
        addChangeOptions(verb, *arguments);
        return Run(
            [arguments](Services &services) { return runChange(*arguments, false, services); });
    });
    addVerb(idm, "delete", "Delete a configuration object of the server", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ChangeArguments>();
                verb.add_option("ID", arguments->id, "As in mapping/contacts")->required();
                addChangeOptions(verb, *arguments);
                return Run([arguments](Services &services) {
                    return runChange(*arguments, true, services);
                });
            });
}

} // namespace hubkeeper::cli
