// SPDX-License-Identifier: MIT
#include "changesapply.h"
#include "changesreview.h"
#include "commands.h"
#include "consent.h"
#include "options.h"
#include "rowtext.h"
#include "standardinput.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

int runDiscard(const ChangesArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    if (const auto loaded = load(**session, arguments, services); !loaded)
        return services.output.failure(loaded.error());
    ChangeSet &changes = (*session)->changes();
    const int count = changes.count();
    const int dropped = count - changes.count(RowState::Applied); // The others are in HubSpot.
    if (dropped > 0 && !arguments.yes) {
        showRows(changes.rows(), services.output);
        if (!StandardInput::isTerminal())
            return services.output.failure(
                fail(ErrorKind::Refused, u"%1 would be dropped."_s.arg(rowCount(dropped)),
                     u"Look at them with `changes show`, then add --yes."_s)
                    .value());
        const auto yes = askYes(u"Drop %1?"_s.arg(rowCount(dropped)), services);
        if (!yes || !*yes)
            return yes ? int(Refused) : services.output.failure(yes.error());
    }
    changes.revertAll();
    const auto saved = waitFor(changes.flush(&services.calls), services.interrupt);
    if (!saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(
            QJsonObject {{u"dropped"_s, dropped}, {u"applied"_s, count - dropped}});
    services.output.message(
        dropped == 0 && count > 0
            ? u"Nothing was waiting; %1 that had been applied are off the list."_s.arg(
                rowCount(count))
            : u"Dropped %1; nothing was sent."_s.arg(rowCount(dropped)));
    return Done;
}

Run prepareList(CLI::App &verb)
{
    auto arguments = std::make_shared<ReviewArguments>();
    verb.add_option("SET", arguments->set,
                    "A change set file, or a provisioner: what is staged for its connection")
        ->type_name(fileArgument);
    verb.add_flag("--group", arguments->group,
                  "By operation, property, old and new value, with counts");
    arguments->choice.addTo(verb);
    return [arguments](Services &services) { return runListChanges(*arguments, services); };
}

Run prepareShow(CLI::App &verb)
{
    auto arguments = std::make_shared<ReviewArguments>();
    verb.add_option("SET", arguments->set,
                    "A change set file, or a provisioner: what is staged for its connection")
        ->required()
        ->type_name(fileArgument);
    arguments->choice.addTo(verb);
    return [arguments](Services &services) { return runShowChanges(*arguments, services); };
}

Run prepareExclude(CLI::App &verb, bool excludes)
{
    auto arguments = std::make_shared<ExcludeArguments>();
    verb.add_option("FILE", arguments->file, "The provisioner of the connection")
        ->required()
        ->type_name(fileArgument);
    arguments->choice.addTo(verb);
    verb.add_flag("--all", arguments->choice.all, "All rows");
    return [arguments, excludes](Services &services) {
        return runExclude(*arguments, excludes, services);
    };
}

Run prepareCheck(CLI::App &verb)
{
    auto arguments = std::make_shared<ApplyArguments>();
    arguments->dryRun = true;
    arguments->addTo(verb);
    return [arguments](Services &services) { return runApply(*arguments, services); };
}

Run preparePlan(CLI::App &verb)
{
    auto arguments = std::make_shared<ApplyArguments>();
    arguments->addTo(verb);
    return [arguments](Services &services) { return runPlan(*arguments, services); };
}

Run prepareApply(CLI::App &verb)
{
    auto arguments = std::make_shared<ApplyArguments>();
    arguments->addTo(verb);
    arguments->addSendingTo(verb);
    return [arguments](Services &services) { return runApply(*arguments, services); };
}

Run prepareDiscard(CLI::App &verb)
{
    auto arguments = std::make_shared<ChangesArguments>();
    arguments->connect.addTo(verb);
    verb.add_flag("--yes", arguments->yes, "Drop it without a question");
    return [arguments](Services &services) { return runDiscard(*arguments, services); };
}

} // namespace

void addChangesCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("changes", "Review and send staged changes");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "What is staged, by connection; of one, its rows or their groups",
            chosen, &prepareList);
    addVerb(*group, "show", "The old and new values of a change set", chosen, &prepareShow);
    addVerb(*group, "exclude", "Leave rows out of what is sent; they are kept", chosen,
            [](CLI::App &verb) { return prepareExclude(verb, true); });
    addVerb(*group, "include", "Take rows in again that were left out", chosen,
            [](CLI::App &verb) { return prepareExclude(verb, false); });
    addVerb(*group, "plan", "How many calls and how much time sending a change set takes", chosen,
            &preparePlan);
    addVerb(*group, "check", "Check a change set at the portal and send nothing", chosen,
            &prepareCheck);
    addVerb(*group, "apply", "Send a change set, after a question", chosen, &prepareApply);
    addVerb(*group, "discard", "Drop what is staged for a connection", chosen, &prepareDiscard);
    addSigningCommands(*group, chosen);
}

} // namespace hubkeeper::cli
